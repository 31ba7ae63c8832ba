# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance show | list | timeline | search | mandate``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from concordat.casework.cooperating import requestviews
from concordat.casework.cooperating.requestviews import Duty, Shown, View
from concordat.casework.desk import Desk
from concordat.casework.freezing import offices
from concordat.cli.assistance.eventtext import event_data, event_line
from concordat.cli.assistance.words import called
from concordat.cli.desk import open_desk, warn_of_clock
from concordat.cli.freeze.words import due, hexed
from concordat.cli.options import MOMENT, command, key_option, pass_session
from concordat.cli.output import Marked, fields, local, moment, table
from concordat.cli.session import Session
from concordat.cooperation.orders.request import method_bit
from concordat.cooperation.states import AssistanceFlag
from concordat.cooperation.words import RefusalGround
from concordat.evidence.methods import Method
from concordat.evidence.places import alpha

REQUEST = click.argument("request", metavar="REQUEST")
AT = click.option("--at", type=MOMENT, help="Judge by this later time; default: now.")
HEAD = ("request", "kind", "from", "to", "status", "to act", "by")


@command("show")
@REQUEST
@AT
@key_option
@pass_session
def show(session: Session, request: str, at: int | None, key_uri: str | None) -> None:
    """Show a REQUEST: its status by both clocks, who has to act until when, and everything that happened.

    Example: concordat assistance show CN-2026-0042
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found = requestviews.show(desk, request, at)
    session.out.result(shown_data(found), _shown_text(session, desk, found))


@command("list")
@click.option("--all", "everything", is_flag=True, help="Of all agencies, whomever they concern.")
@click.option("--overdue", is_flag=True, help="Only those where somebody is late.")
@click.option("--open", "unfinished", is_flag=True, help="Only those under which something is owed.")
@AT
@key_option
@pass_session
def list_(
    session: Session, everything: bool, overdue: bool, unfinished: bool, at: int | None, key_uri: str | None
) -> None:
    """List requests that concern the own agency; a deadline that passed shows without any transaction.

    A central authority sees all requests of agencies of its country, and to it.
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found = [
        view
        for view in requestviews.list_(desk, everything=everything, at=at)
        if (not overdue or view.status.is_late) and (not unfinished or not view.status.is_over)
    ]
    _tell_views(session, desk, found)


@command("search")
@click.argument("reference", metavar="REFERENCE")
@key_option
@pass_session
def search(session: Session, reference: str, key_uri: str | None) -> None:
    """Find requests by number, case, key, or the REFERENCE on an outside channel (INTERPOL, liaison...).

    Example: concordat assistance search IP-2026-7781
    """
    desk = open_desk(session, key_uri)
    _tell_views(session, desk, requestviews.search(desk, reference))


@command("timeline")
@REQUEST
@key_option
@pass_session
def timeline(session: Session, request: str, key_uri: str | None) -> None:
    """Show the acts of a REQUEST in their order: who, when, how long it took, and what is due next.

    Example: concordat assistance timeline CN-2026-0042
    """
    desk = open_desk(session, key_uri)
    found, names = requestviews.show(desk, request), offices.names(desk.chain)
    lines, before = [], 0
    for event in found.history:
        after = f"+{_span(event.time - before)}" if before else ""
        lines.append(f"{local(event.time)}  {after:>8}  {event_line(event, names, session.lang)}")
        before = event.time
    view = found.view
    if view.due:
        lines.append(f"{local(view.due)}  {'due':>8}  {called(names, view.responsible)}")
    data = {"events": [event_data(each) for each in found.history], "due": _moment(view.due)}
    session.out.result(data, "\n".join(lines))


@command("mandate")
@REQUEST
@key_option
@pass_session
def mandate(session: Session, request: str, key_uri: str | None) -> None:
    """Say what a REQUEST covers: who may collect what, where, from when; its key is cited in the record.

    Example: concordat assistance mandate CN-2026-0042
    """
    desk = open_desk(session, key_uri)
    found, names = requestviews.show(desk, request), offices.names(desk.chain)
    data = mandate_data(found)
    if not found.accepted_at:
        session.out.result(data, f"{found.view.name} covers nothing: it was not accepted.")
        return
    who = ", ".join(called(names, each) for each in data["agencies"])
    rows = [
        ("mandate", hexed(found.view.id)),
        ("covers", ", ".join(Method[each].label(session.lang) for each in data["methods"]) or "nothing"),
        ("collected in", str(data["place"])),
        ("by", who),
        ("from", str(data["from"])),
        ("until", str(data["until"] or "it is answered, refused or withdrawn")),
    ]
    advice = f'In the record, write: "mandate: {hexed(found.view.id)}"; then concordat pack and register.'
    session.out.result(data, fields(rows) + "\n" + advice)


def mandate_data(found: Shown) -> dict[str, Any]:
    """What a request covers as a mandate."""
    view = found.view
    request = view.request
    granted = request.flags & AssistanceFlag.PRESENCE_GRANTED
    over = request.answered_at or request.changed_at
    return {
        "request": hexed(view.id),
        "place": alpha(view.order.to),
        "agencies": [request.executor, *([request.asker] if granted else [])],
        "methods": [each.name for each in Method if request.methods >> method_bit(each) & 1],
        "from": _moment(found.accepted_at),
        "until": _moment(over) if request.state.is_over else None,
    }


def view_data(view: View) -> dict[str, Any]:
    """The stable values of a request in a list."""
    request = view.request
    return {
        "request": hexed(view.id),
        "name": view.name,
        "kind": request.kind.name,
        "from": request.asker,
        "to": alpha(view.order.to),
        "receiver": request.receiver,
        "executor": request.executor or None,
        "status": view.there.name,
        "status_by_this_clock": view.status.name,
        "responsible": view.responsible or None,
        "duty": view.duty.value,
        "due": _moment(view.due),
    }


def shown_data(found: Shown) -> dict[str, Any]:
    """The stable values of a request."""
    view, request = found.view, found.view.request
    basis, agreement = found.basis
    return {
        **view_data(view),
        "basis": basis.name,
        "agreement": hexed(agreement) if any(agreement) else None,
        "use_limits": [str(each.name) for each in found.use_limits],
        "urgency": request.urgency.name,
        "channel": view.order.channel.name,
        "forum": alpha(request.forum) if request.forum else None,
        "methods": [each.name for each in Method if request.methods >> method_bit(each) & 1],
        "flags": [str(each.name) for each in AssistanceFlag if each & request.flags],
        "sent_at": _moment(request.sent_at),
        "acknowledge_by": _moment(request.acknowledge_by),
        "answer_by": _moment(request.answer_by),
        "acknowledged_at": _moment(request.acknowledged_at),
        "answered_at": _moment(request.answered_at),
        "accepted_at": _moment(found.accepted_at),
        "ground": RefusalGround(request.ground).name if request.ground else None,
        "folder": str(found.found.file.folder) if found.found.file else None,
        "unread": found.unread,
        "history": [event_data(each) for each in found.history],
    }


def status_cell(view: View, lang: str) -> str:
    """The status, red where somebody is late."""
    text = view.status.label()[lang]
    return Marked(text, "bad") if view.status.is_late else text


def _shown_text(session: Session, desk: Desk, found: Shown) -> str:
    names, lang, view = offices.names(desk.chain), session.lang, found.view
    rows = list(_rows(found, names, lang))
    parts = [fields(rows)]
    parts.append("\n".join(_history(found, names, lang)))
    if view.duty is not Duty.NOTHING:
        parts.append(f"{called(names, view.responsible)}: {view.duty.label()[lang]}.")
    if found.unread:
        parts.append(
            f"{found.unread} messages are not opened yet: concordat assistance receive {found.view.name}"
        )
    return "\n\n".join(parts)


def _rows(found: Shown, names: Mapping[int, str], lang: str) -> Iterator[tuple[str, str]]:
    view, request = found.view, found.view.request
    basis, agreement = found.basis
    yield "request", hexed(view.id)
    if view.glance:
        yield "number", view.glance.number
        yield "folder", str(view.glance.folder)
    yield "kind", request.kind.label()[lang]
    yield "from", called(names, request.asker)
    yield "to", called(names, request.receiver)
    if request.executor:
        yield "executes", called(names, request.executor)
    status = view.status.label()[lang]
    if view.status is not view.there:
        status += f" by this machine's clock; by the chain's: {view.there.label()[lang]}"
    yield "status", Marked(status, "bad") if view.status.is_late else status
    if request.ground:
        yield "ground", RefusalGround(request.ground).label()[lang]
    yield "stands on", f"{basis.label()[lang]} {hexed(agreement)[:14] if any(agreement) else ''}".strip()
    if request.urgency:
        yield "urgent", request.urgency.label()[lang]
    if view.due:
        yield "due", due(view.due, view.at)
    if request.forum:
        yield "forum", alpha(request.forum)
    for limit in found.use_limits.labels():
        yield "use", limit[lang]
    if request.flags & AssistanceFlag.PRESENCE_WISHED:
        granted = request.flags & AssistanceFlag.PRESENCE_GRANTED
        yield "presence", "granted" if granted else "wished"


def _history(found: Shown, names: Mapping[int, str], lang: str) -> Iterator[str]:
    for event in found.history:
        yield f"{local(event.time)}  {event_line(event, names, lang)}"


def _tell_views(session: Session, desk: Desk, found: Iterable[View]) -> None:
    names, lang = offices.names(desk.chain), session.lang
    views = list(found)
    rows = [
        (
            view.name,
            view.request.kind.label()[lang],
            called(names, view.request.asker),
            alpha(view.order.to),
            status_cell(view, lang),
            called(names, view.responsible) if view.responsible else "",
            due(view.due, view.at) if view.due else "",
        )
        for view in views
    ]
    data = {"requests": [view_data(each) for each in views]}
    session.out.result(data, table(HEAD, rows) if rows else "There are none.")


def _moment(at: int) -> str | None:
    return moment(at) if at else None


def _span(seconds: int) -> str:
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
