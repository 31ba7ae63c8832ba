# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze request | ratify | endorse | decline``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.assets.orders.order import Target
from concordat.assets.orders.ordertemplate import template
from concordat.assets.words import Measure, Refusal
from concordat.casework.freezing import offices, requesting
from concordat.casework.freezing.opening import Opened
from concordat.casework.freezing.preparing import Plan, hours
from concordat.casework.freezing.requesting import Ratifying, Requested
from concordat.cli.desk import PATH, open_desk, warn_of_clock
from concordat.cli.freeze.words import CODE, amount, chosen, due, due_data, hexed, told
from concordat.cli.options import PLACE, command, key_option, pass_session
from concordat.cli.output import fields, moment, table
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.membership import numbers

MEASURE = click.Choice([each.name for each in Measure], case_sensitive=False)


@command("request")
@click.argument("order", type=PATH)
@click.option("--new", is_flag=True, help="Write ORDER, commented and to be filled in; send nothing.")
@click.option("--measure", type=MEASURE, default="FREEZE", show_default=True, help="With --new: the measure.")
@click.option("--in", "place", type=PLACE, help="With --new: country of the institutions.")
@click.option("--out", type=PATH, help="The private folder to make; default: ORDER with the ending .freeze.")
@click.option("--check", is_flag=True, help="Show what would be asked of whom; write and send nothing.")
@key_option
@pass_session
def request(
    session: Session,
    order: Path,
    new: bool,
    measure: str,
    place: int | None,
    out: Path | None,
    check: bool,
    key_uri: str | None,
) -> None:
    """Ask institutions to hold what ORDER names (YAML or JSON; or the .freeze folder of an unfinished one).

    Salts, notice keys and sealed messages are laid into a private folder before anything is sent: back it up.
    Running the command again after an interruption finishes it; nothing is asked twice.
    """
    if new:
        _write_template(session, order, chosen(Measure, measure), place)
        return
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    if check:
        _tell_plan(session, requesting.check(desk, order), offices.names(desk.chain))
        return
    sent = requesting.request(desk, order, out=out)
    told(session, sent.done, _sentence(sent), **_requested_data(sent))
    if not sent.carried:
        session.out.warn(
            f"There is no mailbox: carry the {len(sent.file.messages())} sealed messages in "
            f"{sent.file.name}/messages to their recipients."
        )


@command("ratify")
@click.argument("request", metavar="REQUEST")
@click.option("--check", is_flag=True, help="Show what it says; ratify nothing.")
@click.option("--reveal", is_flag=True, help="Show accounts in full.")
@key_option
@pass_session
def ratify(session: Session, request: str, check: bool, reveal: bool, key_uri: str | None) -> None:
    """Ratify a REQUEST, as the requester's higher power, or as court or prosecutor where the law says so.

    Its order is shown first where the folder is in reach, compared with the chain; else what the chain says.
    """
    desk = open_desk(session, key_uri)
    if check:
        found = requesting.ratifying(desk, request)
        session.out.result(_ratifying_data(found, reveal), _ratifying_text(session, found, reveal))
        if found.opened is not None:
            found.opened.require_same()
        return

    def agree(found: Ratifying) -> None:
        session.out.say(_ratifying_text(session, found, reveal))
        session.confirm(f"Ratify {found.name}?")

    done = requesting.ratify(desk, request, agree)
    told(session, done, f"{done.name} is ratified.")


@command("endorse")
@click.argument("request", metavar="REQUEST")
@click.option("--check", is_flag=True, help="Show what it says; endorse nothing.")
@click.option("--reveal", is_flag=True, help="Show accounts in full.")
@key_option
@pass_session
def endorse(session: Session, request: str, check: bool, reveal: bool, key_uri: str | None) -> None:
    """Take over a foreign REQUEST, as the domestic authority; from then on it binds the institutions.

    The message is opened, compared with the chain, and shown first.
    """
    desk = open_desk(session, key_uri)
    if check:
        opened = requesting.examine(desk, request)
        session.out.result(_opened_data(opened, reveal), _opened_text(session, opened, reveal))
        opened.require_same()
        return

    def agree(opened: Opened) -> None:
        session.out.say(_opened_text(session, opened, reveal))
        session.confirm(f"Endorse {opened.message.order.number}?")

    done = requesting.endorse(desk, request, agree)
    told(session, done, f"{done.name} is endorsed: it binds the institutions, and their reply clock runs.")


@command("decline")
@click.argument("request", metavar="REQUEST")
@click.option("--code", type=CODE, required=True, help="Why.")
@key_option
@pass_session
def decline(session: Session, request: str, code: str, key_uri: str | None) -> None:
    """Decline to take over a foreign REQUEST, as the domestic authority."""
    reason = chosen(Refusal, code)
    session.confirm(f"Decline {request}? It cannot be taken back.")
    done = requesting.decline(open_desk(session, key_uri), request, reason)
    told(session, done, f"{done.name} is declined: {reason.label()[session.lang]}", code=reason.name)


def _write_template(session: Session, path: Path, measure: Measure, place: int | None) -> None:
    if place is None:
        raise UsageError(
            "In which country are the institutions?",
            code="order.jurisdiction",
            kept="Nothing was written.",
            next="Say it with --in, for example --in SG.",
        )
    if path.exists():
        raise UsageError(f"{path} exists.", code="file.exists", kept="It was not touched.")
    with store.guard("write the order"):
        store.write(path, template(measure, alpha(place), lang=session.lang).encode())
    session.out.result({"file": str(path)}, f"Fill in {path}. Then: concordat freeze request {path}")


def _sentence(sent: Requested) -> str:
    count = len(sent.file.told.targets)
    following = (
        "It binds nobody before the authority there has endorsed it."
        if sent.foreign
        else "Next, who ratifies: concordat freeze ratify " + hexed(sent.file.told.id)[:14]
    )
    targets = "One target" if count == 1 else f"{count} targets"
    return f"{targets} named under {sent.done.name}; the folder is {sent.file.name}. {following}"


def _requested_data(sent: Requested) -> dict[str, Any]:
    return {
        "request": hexed(sent.file.told.id),
        "folder": str(sent.file.folder),
        "holds": [hexed(sent.file.told.hold(number + 1)) for number in range(len(sent.file.told.targets))],
        "foreign": sent.foreign,
        "carried": sent.carried,
    }


def _tell_plan(session: Session, plan: Plan, names: Any) -> None:
    order, profile, lang = plan.order, plan.profile, session.lang
    pairs = [
        ("order", order.number),
        ("measure", f"{order.measure.label()[lang]}, {order.asset_class.label()[lang]}"),
        ("where", order.jurisdiction),
        ("period", f"{order.period.text(lang)}, {hours(plan.period)} (at most {hours(profile.longest)})"),
        ("profile", f"version {plan.profile_version}"),
        ("ratified within", hours(profile.ratify_within)),
        ("answered within", hours(profile.reply_within)),
    ]
    if plan.foreign:
        pairs.append(("endorsed by", offices.called(names, profile.endorser)))
    rows = [
        (
            str(number),
            offices.called(names, int(target.institution)),
            target.account.masked,
            _asked(target, lang),
        )
        for number, target in enumerate(order.targets, 1)
    ]
    data = {
        "order": order.number,
        "profile_version": plan.profile_version,
        "period_seconds": plan.period,
        "longest_seconds": profile.longest,
        "foreign": plan.foreign,
        "endorser": profile.endorser if plan.foreign else None,
        "recipients": list(plan.recipients),
        "targets": len(order.targets),
    }
    text = f"{fields(pairs)}\n{table(('#', 'institution', 'account', 'amount'), rows)}\nNothing was sent."
    session.out.result(data, text)


def _asked(target: Target, lang: str) -> str:
    if target.amount:
        return target.amount.format(lang)
    return f"all ({target.currency.alpha})" if target.currency else "all"


def _ratifying_text(session: Session, found: Ratifying, reveal: bool) -> str:
    if found.opened is not None:
        return _opened_text(session, found.opened, reveal)
    view, known, lang = found.view, found.view.request, session.lang
    pairs = [
        ("request", hexed(view.id)),
        ("from", offices.called(found.names, known.agency)),
        ("measure", f"{known.measure.label()[lang]}, {known.asset_class.label()[lang]}"),
        ("where", alpha(known.jurisdiction)),
        ("period", hours(known.period)),
        ("requested", moment(known.requested_at)),
        ("status", view.status.label()[lang]),
        ("lapses unless ratified", due(view.lapses_at, view.at)),
    ]
    rows = [
        (
            str(each.number),
            offices.called(found.names, each.named.institution),
            amount(each.named.amount, each.named.currency) if each.named.amount else "all",
        )
        for each in view.holds
    ]
    return (
        f"{fields(pairs)}\n{table(('#', 'institution', 'amount'), rows)}\n"
        "Its folder is not here, so this is only what the chain says: compare it with the order itself."
    )


def _ratifying_data(found: Ratifying, reveal: bool) -> dict[str, Any]:
    known = found.view.request
    return {
        "request": hexed(found.view.id),
        "agency": known.agency,
        "measure": known.measure.name,
        "asset_class": known.asset_class.name,
        "jurisdiction": alpha(known.jurisdiction),
        "period_seconds": known.period,
        "status": found.view.status.name,
        "lapses_at": due_data(found.view.lapses_at),
        "order": _opened_data(found.opened, reveal) if found.opened else None,
    }


def _opened_text(session: Session, opened: Opened, reveal: bool) -> str:
    order, lang = opened.message.order, session.lang
    officer = order.officer
    pairs = [
        ("order", order.number),
        ("case", order.case),
        ("from", numbers.label(int(order.agency))),
        ("officer", f"{officer.rank} {officer.name}; call back: {officer.contact}"),
        ("measure", f"{order.measure.label()[lang]}, {order.asset_class.label()[lang]}"),
        ("period", order.period.text(lang)),
        ("law", "; ".join(f"{basis.law} {basis.article}" for basis in order.legal_basis)),
        ("grounds", order.grounds),
    ]
    rows = []
    for each in opened.message.targets:
        named, target = opened.named.get(each.word), each.target
        asked = amount(named.amount, named.currency) if named and named.amount else "all"
        shown = target.account.canonical if reveal else target.account.masked
        rows.append((str(each.number + 1), shown, target.holder or "", asked))
    lines = [fields(pairs), table(("#", "account", "holder", "amount"), rows)]
    lines += [f"DIFFERS: {each}" for each in opened.differences]
    return "\n".join(lines)


def _opened_data(opened: Opened, reveal: bool) -> dict[str, Any]:
    order = opened.message.order
    accounts = [each.target.account for each in opened.message.targets]
    return {
        "order": order.number,
        "agency": order.agency,
        "measure": order.measure.name,
        "asset_class": order.asset_class.name,
        "period": order.period.as_json(),
        "targets": [each.canonical if reveal else each.masked for each in accounts],
        "differences": list(opened.differences),
    }
