# SPDX-License-Identifier: Apache-2.0
"""``concordat case show | list | alerts``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from concordat.casework.cooperating import casefile, casenames
from concordat.casework.cooperating.casefile import Alert, Clock, Entry, Standing
from concordat.casework.freezing.offices import called as short_name
from concordat.casework.freezing.offices import names
from concordat.cli.assistance.words import called
from concordat.cli.case.opening import CASE
from concordat.cli.desk import open_desk, warn_of_clock
from concordat.cli.freeze.words import due, hexed
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import Marked, fields, moment, one_line, styled, table
from concordat.cli.session import Session
from concordat.cooperation.states import CaseStatus
from concordat.evidence.places import alpha

HEAD = ("case", "status", "leads", "claimed by", "victims", "overdue")


@command("show")
@CASE
@click.option("--texts", is_flag=True, help="With what was put on record, as far as it is sealed to you.")
@key_option
@pass_session
def show(session: Session, case: str, texts: bool, key_uri: str | None) -> None:
    """Show a CASE: who claims and leads it, proposals, clocks, victims, and what happened when.

    Documents that were put on record are laid into the folder of the case (texts/) when they are read.

    Example: concordat case show CN-2026-0317 --texts
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found = casenames.case_named(desk, case)
    standing, known = casefile.show(desk, found), names(desk.chain)
    entries = list(casefile.history(desk, found)) if texts else []
    parts = [_text(standing, known, session.lang, desk.clock.now)]
    parts += ["\n".join(_entry(each, known, session.lang)) for each in entries]
    data = {**standing_data(standing, known), "history": [_entry_data(each) for each in entries]}
    session.out.result(data, "\n\n".join(parts))


@command("list")
@key_option
@pass_session
def list_(session: Session, key_uri: str | None) -> None:
    """List all cases on this chain; those that you were told of with their number.

    Example: concordat case list
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, known = casefile.list_(desk), names(desk.chain)
    text = table(HEAD, [_row(each, known, session.lang) for each in found])
    data = {"cases": [standing_data(each, known) for each in found]}
    session.out.result(data, text if found else "There is no case.")


@command("alerts")
@click.option("--days", type=click.IntRange(0, 365), default=3, show_default=True, help="How far ahead.")
@key_option
@pass_session
def alerts(session: Session, days: int, key_uri: str | None) -> None:
    """List your country's clocks that are OVERDUE, or end within some days; nobody has to send anything.

    Example: concordat case alerts --days 7
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found = casefile.alerts(desk, soon=days * 86_400)
    rows = [_alert(each, session.lang, desk.clock.now) for each in found]
    data = {"alerts": [_alert_data(each) for each in found]}
    session.out.result(data, table(("case", "what", "due", ""), rows) if rows else "Nothing is due.")


def standing_data(found: Standing, known: Mapping[int, str]) -> dict[str, Any]:
    """The stable values of a case."""
    return {
        "id": hexed(found.found.id),
        "name": found.found.name,
        "status": found.status.name,
        "lead": short_name(known, found.lead) if found.lead else None,
        "claims": [
            {
                "jurisdiction": alpha(claim.jurisdiction),
                "ground": claim.ground.name,
                "agency": short_name(known, claim.agency),
                "since": moment(claim.since),
                "agrees_to": hexed(agreed) if any(agreed) else None,
            }
            for claim, agreed in found.claims
        ],
        "proposals": {hexed(key): short_name(known, agency) for key, agency in found.proposals.items()},
        "offered_to": short_name(known, found.offer.args["to"]) if found.offer else None,
        "consult_until": moment(found.consult_until) if found.consult_until else None,
        "consultation_overdue": found.consult_overdue,
        "deadlines": [_clock_data(each) for each in found.clocks],
        "victims": found.victims,
    }


def _text(found: Standing, known: Mapping[int, str], lang: str, now: int) -> str:
    rows = [
        ("case", found.found.name),
        ("id", hexed(found.found.id)),
        ("status", found.status.label()[lang]),
        ("leads", called(known, found.lead)),
        ("victims", str(found.victims)),
    ]
    if found.status is CaseStatus.CONFLICT:
        overdue = "OVERDUE: " if found.consult_overdue else ""
        rows.append(("consult until", overdue + due(found.consult_until, now)))
    if found.offer:
        rows.append(("offered to", called(known, found.offer.args["to"])))
    parts = [fields(rows), table(_CLAIMS, list(_claims(found, known, lang)))]
    if found.proposals and found.status is not CaseStatus.OPEN:
        proposed = [(hexed(key)[:14], called(known, agency)) for key, agency in found.proposals.items()]
        parts.append(table(("proposal", "to lead"), proposed))
    if found.clocks:
        parts.append(table(_CLOCKS, [_clock(each, lang, now) for each in found.clocks]))
    return "\n\n".join(parts)


_CLAIMS = ("claimed by", "agency", "on", "since", "agrees to")
_CLOCKS = ("clock", "of", "what", "due", "")


def _claims(found: Standing, known: Mapping[int, str], lang: str) -> Iterator[tuple[str, ...]]:
    for claim, agreed in found.claims:
        yield (
            alpha(claim.jurisdiction),
            short_name(known, claim.agency),
            claim.ground.label()[lang],
            moment(claim.since),
            hexed(agreed)[:14] if any(agreed) else "",
        )


def _clock(clock: Clock, lang: str, now: int) -> tuple[str, ...]:
    deadline = clock.deadline
    what = clock.law.label[lang] if clock.law else f"code {deadline.code}"
    late = deadline.met_at > deadline.due
    if deadline.met_at:
        state = Marked(f"met {moment(deadline.met_at)}{', late' if late else ''}", "warn" if late else "good")
    else:
        state = _state(clock)
    return str(deadline.number), alpha(deadline.jurisdiction), what, due(deadline.due, now), state


def _state(clock: Clock) -> Marked:
    if clock.overdue:
        return Marked("OVERDUE", "bad")
    return Marked("OVERDUE by this machine's clock", "bad") if clock.here else Marked("", "dim")


def _clock_data(clock: Clock) -> dict[str, Any]:
    deadline = clock.deadline
    return {
        "number": deadline.number,
        "jurisdiction": alpha(deadline.jurisdiction),
        "code": deadline.code,
        "clock": clock.law.name if clock.law else None,
        "due": moment(deadline.due),
        "met": moment(deadline.met_at) if deadline.met_at else None,
        "overdue": clock.overdue,
        "overdue_by_this_clock": clock.here,
    }


def _row(found: Standing, known: Mapping[int, str], lang: str) -> tuple[str, ...]:
    late = sum(each.overdue or each.here for each in found.clocks) + found.consult_overdue
    return (
        found.found.name,
        found.status.label()[lang],
        called(known, found.lead),
        " ".join(alpha(claim.jurisdiction) for claim, _ in found.claims),
        str(found.victims),
        Marked(str(late), "bad") if late else "",
    )


def _entry(entry: Entry, known: Mapping[int, str], lang: str) -> Iterator[str]:
    args = entry.event.args
    who = args.get("agency") or args.get("from")
    by = f" ({short_name(known, who)})" if who else ""
    place = args.get("jurisdiction") or args.get("by")
    where = f" [{alpha(place)}]" if place else ""
    yield styled(f"{moment(entry.event.time)}  {entry.event.name}{by}{where}", "head")
    if entry.unread:
        yield f"  not read: {one_line(entry.unread)}"
    if entry.text is None:
        return
    said = entry.text.as_text
    if said is None:
        yield f"  {entry.text.name}: {len(entry.text.content)} bytes, in texts/"
        return
    yield from (f"  {one_line(line)}" for line in said.splitlines()[:40])


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "event": entry.event.name,
        "time": moment(entry.event.time),
        "transaction": entry.event.transaction,
        "text": entry.text.as_text if entry.text else None,
        "document": entry.text.name if entry.text else None,
        "unread": entry.unread or None,
    }


def _alert(alert: Alert, lang: str, now: int) -> tuple[str, ...]:
    state = Marked("OVERDUE", "bad") if alert.overdue else Marked("soon", "warn")
    return alert.case.name, _what(alert, lang), due(alert.due, now), state


def _what(alert: Alert, lang: str) -> str:
    if alert.what is None:
        return "consultation about who leads"
    law, number = alert.what.law, alert.what.deadline.number
    return f"clock {number}: {law.label[lang] if law else f'code {alert.what.deadline.code}'}"


def _alert_data(alert: Alert) -> dict[str, Any]:
    return {
        "case": hexed(alert.case.id),
        "name": alert.case.name,
        "clock": alert.what.deadline.number if alert.what else None,
        "what": "deadline" if alert.what else "consultation",
        "due": moment(alert.due),
        "overdue": alert.overdue,
    }
