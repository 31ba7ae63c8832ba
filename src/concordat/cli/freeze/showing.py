# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze list | show | deadlines | lapse``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from concordat.assets.holds import HOLDS, Named
from concordat.assets.inbox.deadlines import Deadline, calendar
from concordat.assets.life import NEVER
from concordat.assets.states import HoldFlag, HoldStatus, Outcome
from concordat.assets.words import AnswerKind
from concordat.casework.freezing import naming, showing
from concordat.casework.freezing.offices import called
from concordat.casework.freezing.showing import Listed, Listing, Shown
from concordat.casework.freezing.views import HoldView, RequestView
from concordat.cli.desk import FILE, F, open_desk, warn_of_clock
from concordat.cli.freeze.words import account, amount, amount_data, done_data, due, due_data, hexed
from concordat.cli.options import MOMENT, command, key_option, pass_session
from concordat.cli.output import Marked, fields, moment, styled, table
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.ledger.protocol import Event

CLOCKS = 60
"""Seconds by which the two clocks may differ without its being told."""

_BY_MACHINE = "by this machine's clock"


def at_option(function: F) -> F:
    """``--at``: look ahead."""
    return click.option("--at", type=MOMENT, help="Judge by this later time; default: now.")(function)


@command("list")
@click.option("--overdue", is_flag=True, help="Only those where somebody is late.")
@click.option("--mine", is_flag=True, help="Only those that the own agency made.")
@click.option("--institution", is_flag=True, help="Only what names the own agency as institution.")
@click.option("--all", "everything", is_flag=True, help="Of all agencies, whomever they concern.")
@at_option
@key_option
@pass_session
def list_(
    session: Session,
    overdue: bool,
    mine: bool,
    institution: bool,
    everything: bool,
    at: int | None,
    key_uri: str | None,
) -> None:
    """List requests as they stand now; a deadline that passed shows without any transaction."""
    desk = open_desk(session, key_uri)
    listing = showing.list_(
        desk,
        overdue=overdue,
        mine=mine,
        institution=institution,
        everything=everything,
        at=at,
    )
    rows = [_row(row, listing.names, session.lang) for row in listing.rows]
    head: tuple[str, ...] = ("request", "order", "from", "measure", "status", "holds", "next")
    if any(_differs(row.view) for row in listing.rows):
        head = (*head, _BY_MACHINE)
        rows = [
            (*cells, _here(row.view, session.lang)) for cells, row in zip(rows, listing.rows, strict=True)
        ]
    text = table(head, rows) if rows else ("Nobody is late." if overdue else "There are no requests.")
    data = {
        "at": moment(listing.at),
        "chain_at": moment(listing.there),
        "machine_at": moment(listing.here),
        "requests": [_row_data(row) for row in listing.rows],
    }
    session.out.result(data, text)
    if at is None:
        warn_of_clock(session, desk)
    _tell_clocks(session, listing)


@command("show")
@click.argument("request", metavar="REQUEST|HOLD")
@click.option("--reveal", is_flag=True, help="Show accounts and holders in full, where the folder is here.")
@at_option
@key_option
@pass_session
def show(session: Session, request: str, reveal: bool, at: int | None, key_uri: str | None) -> None:
    """Show a REQUEST with its holds, deadlines, balances, objections and all that happened."""
    shown = showing.show(open_desk(session, key_uri), request, at)
    view, lang = shown.view, session.lang
    lines = [fields(_head(shown, lang))]
    for hold in view.holds:
        lines += [
            "",
            styled(f"#{hold.number}  {naming.short(hold.id)}", "head"),
            fields(_hold(shown, hold, lang, reveal)),
        ]
    lines += ["", styled({"en": "History", "zh": "经过"}[lang], "head")]
    lines += [f"  {moment(event.time)}  {_happened(event, lang)}" for event in shown.events]
    session.out.result(_shown_data(shown, reveal), "\n".join(lines))


@command("deadlines")
@click.argument("request", metavar="[REQUEST|HOLD]", required=False, default="")
@click.option("--ics", type=FILE, help="Write them as a calendar (iCalendar).")
@click.option("--personal", is_flag=True, help="With account (masked) and holder in the calendar.")
@key_option
@pass_session
def deadlines(session: Session, request: str, ics: Path | None, personal: bool, key_uri: str | None) -> None:
    """List the deadlines that run: of one request, or of all that concern the own agency."""
    desk = open_desk(session, key_uri)
    found, now = showing.deadlines(desk, request), desk.clock.now
    if ics is not None:
        if ics.exists() and ics.suffix != ".ics":
            raise UsageError(f"{ics} exists.", code="file.exists", kept="It was not touched.")
        with store.guard("write the calendar"):
            store.write(ics, calendar(found, stamp=now, personal=personal, lang=session.lang))
    rows = [(due(each.at, now), each.due.label()[session.lang], each.order, each.key[:12]) for each in found]
    text = table(("until", "what", "order", "of"), rows) if rows else "No deadline runs."
    data = {"deadlines": [_deadline_data(each) for each in found], "file": str(ics) if ics else None}
    session.out.result(data, text)


@command("lapse")
@click.argument("request", metavar="REQUEST|HOLD")
@key_option
@pass_session
def lapse(session: Session, request: str, key_uri: str | None) -> None:
    """Turn what time did (overdue, lapsed, expired, late reviews) into events, once; it is true without."""
    found = showing.record_lapses(open_desk(session, key_uri), request)
    lines = [f"{done.name}: recorded, {moment(done.receipt.time)}" for done in found.done]
    session.out.result({"done": [done_data(done) for done in found.done]}, "\n".join(lines))


def _row(row: Listed, names: Mapping[int, str], lang: str) -> tuple[str, ...]:
    view = row.view
    status = view.status.label()[lang]
    following = f"{row.next_due.due.label()[lang]}: {due(row.next_due.at, view.at)}" if row.next_due else ""
    return (
        naming.short(view.id),
        row.number,
        called(names, view.request.agency),
        f"{view.request.measure.label()[lang]} {alpha(view.request.jurisdiction)}",
        Marked(status, "bad") if row.alert else status,
        _counted((hold.status for hold in view.holds), lang),
        following,
    )


def _differs(view: RequestView) -> bool:
    """Whether this machine's clock, later than the chain's, says another thing."""
    return view.status is not view.status_here or any(
        hold.status is not hold.status_here for hold in view.holds
    )


def _here(view: RequestView, lang: str) -> str:
    """What is so by this machine's clock, if it is another thing."""
    if not _differs(view):
        return ""
    return f"{view.status_here.label()[lang]}; {_counted((hold.status_here for hold in view.holds), lang)}"


def _counted(statuses: Iterable[HoldStatus], lang: str) -> str:
    counted = Counter(statuses)
    return ", ".join(f"{count} {status.label()[lang]}" for status, count in sorted(counted.items()))


def _row_data(row: Listed) -> dict[str, Any]:
    view = row.view
    return {
        **_request_data(view),
        "order": row.number or None,
        "alert": row.alert,
        "next": _deadline_data(row.next_due) if row.next_due else None,
        "holds": [
            {
                "id": hexed(hold.id),
                "number": hold.number,
                "status": hold.status.name,
                "status_by_machine": hold.status_here.name,
            }
            for hold in view.holds
        ],
    }


def _request_data(view: RequestView) -> dict[str, Any]:
    request = view.request
    return {
        "request": hexed(view.id),
        "agency": request.agency,
        "jurisdiction": alpha(request.jurisdiction),
        "measure": request.measure.name,
        "asset_class": request.asset_class.name,
        "status": view.status.name,
        "status_by_chain": view.status_there.name,
        "status_by_machine": view.status_here.name,
        "lapses_at": due_data(view.lapses_at),
    }


def _deadline_data(deadline: Deadline) -> dict[str, Any]:
    return {"due": deadline.due.value, "at": moment(deadline.at), "of": deadline.key}


def _tell_clocks(session: Session, listing: Listing) -> None:
    if abs(listing.at - listing.there) > CLOCKS:
        session.out.say(
            f"Judged at {moment(listing.at)}; the chain's clock stands at {moment(listing.there)}."
        )


def _head(shown: Shown, lang: str) -> list[tuple[str, str]]:
    view, request = shown.view, shown.view.request
    pairs = [
        ("request", hexed(view.id)),
        ("order", shown.file.order.number if shown.file else "(its folder is not here)"),
        ("from", called(shown.names, request.agency)),
        ("measure", showing.measure_of(view, lang)),
        ("where", alpha(request.jurisdiction)),
        ("status", view.status.label()[lang]),
        ("profile", f"version {request.profile_version}"),
        ("requested", moment(request.requested_at)),
    ]
    if request.foreign:
        pairs.append(("endorser", called(shown.names, view.profile.endorser)))
    if view.lapses_at != NEVER:
        pairs.append(("lapses unless confirmed", due(view.lapses_at, view.at)))
    if abs(view.at - shown.there) > CLOCKS:
        pairs.append(("judged at", f"{moment(view.at)}; the chain's clock stands at {moment(shown.there)}"))
    if view.here > view.at:
        pairs.append(("judged at", f"{moment(view.at)}; by this machine's clock it is {moment(view.here)}"))
    if view.status is not view.status_here:
        pairs.append((_BY_MACHINE, view.status_here.label()[lang]))
    record = shown.record
    if record.objections:
        upheld = record.upheld + record.upheld_in_part
        pairs.append(("objections to its agency", f"{record.objections}, upheld {upheld}"))
    return pairs


def _hold(shown: Shown, hold: HoldView, lang: str, reveal: bool) -> list[tuple[str, str]]:
    at, held = shown.view.at, hold.hold
    pairs = [
        ("institution", called(shown.names, held.institution)),
        ("status", hold.status.label()[lang] + _unchecked(hold)),
        ("asked", _asked(hold.named)),
    ]
    if hold.status is not hold.status_here:
        pairs.insert(2, (_BY_MACHINE, hold.status_here.label()[lang]))
    target = shown.target(hold)
    if target is not None:
        holder = f", {target.holder}" if reveal and target.holder else ""
        pairs.insert(1, ("account", account(target.account, reveal) + holder))
    for name, deadline in (
        ("answer until", hold.reply_by),
        ("check until", hold.check_by),
        ("take the turn until", hold.turn_by),
        ("held until", hold.end),
        ("review until", hold.review_by),
    ):
        if deadline != NEVER:
            pairs.append((name, due(deadline, at)))
    balance = shown.balances.get(hold.id)
    if balance is not None and balance.held:
        for name in ("held", "released", "returned", "forfeited", "remaining"):
            units = getattr(balance, name)
            if units or name in ("held", "remaining"):
                pairs.append((f"{name} in all" if name == "held" else name, amount(units, held.currency)))
    for objection in shown.objections.get(hold.id, ()):
        said = "awaits review" if objection.outcome is Outcome.NONE else objection.outcome.label()[lang]
        pairs.append((f"objection {objection.number}", f"{moment(objection.objected_at)}, {said}"))
    return pairs


def _asked(named: Named) -> str:
    return amount(named.amount, named.currency) if named.amount else "the whole balance"


def _unchecked(hold: HoldView) -> str:
    return " (not checked yet)" if hold.check_by != NEVER else ""


def _happened(event: Event, lang: str) -> str:
    """One line of the history: event, what it is about, who, in values that are public."""
    args = event.args
    parts = [event.name]
    if "hold" in args:
        parts.append(naming.short(args["hold"]))
    if event.contract == HOLDS and "kind" in args:
        parts.append(AnswerKind(args["kind"]).label()[lang])
    if "outcome" in args:
        parts.append(Outcome(args["outcome"]).label()[lang])
    if "officer" in args:
        parts.append(f"by {args['officer']}")
    return ", ".join(parts)


def _shown_data(shown: Shown, reveal: bool) -> dict[str, Any]:
    view = shown.view
    return {
        **_request_data(view),
        "at": moment(view.at),
        "chain_at": moment(shown.there),
        "machine_at": moment(view.here),
        "order": shown.file.order.number if shown.file else None,
        "endorser": view.profile.endorser if view.request.foreign else None,
        "requested_at": moment(view.request.requested_at),
        "ratified_at": moment(view.request.ratified_at) if view.request.ratified_at else None,
        "bound_at": moment(view.request.bound_at) if view.request.bound_at else None,
        "holds": [_hold_data(shown, hold, reveal) for hold in view.holds],
        "history": [
            {
                "event": event.name,
                "time": moment(event.time),
                "block": event.block,
                "transaction": event.transaction,
                "hold": hexed(event.args["hold"]) if "hold" in event.args else None,
            }
            for event in shown.events
        ],
    }


def _hold_data(shown: Shown, hold: HoldView, reveal: bool) -> dict[str, Any]:
    target, balance = shown.target(hold), shown.balances.get(hold.id)
    currency = hold.hold.currency
    return {
        "id": hexed(hold.id),
        "number": hold.number,
        "institution": hold.hold.institution,
        "account": account(target.account, reveal) if target else None,
        "status": hold.status.name,
        "status_by_machine": hold.status_here.name,
        "checked": hold.hold.checked,
        "objected": bool(hold.hold.flags & HoldFlag.OBJECTED),
        "asked": amount_data(hold.named.amount, currency),
        "reply_by": due_data(hold.reply_by),
        "check_by": due_data(hold.check_by),
        "turn_by": due_data(hold.turn_by),
        "until": due_data(hold.end),
        "review_by": due_data(hold.review_by),
        "balance": {
            name: str(getattr(balance, name))
            for name in ("held", "released", "returned", "forfeited", "remaining")
        }
        if balance
        else None,
        "objections": [
            {"number": each.number, "outcome": each.outcome.name}
            for each in shown.objections.get(hold.id, ())
        ],
    }
