# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance route | new | ask``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import asking
from concordat.casework.cooperating.asking import Asked, Plan
from concordat.casework.desk import Desk
from concordat.casework.freezing import offices
from concordat.cli.assistance.words import COUNTRY, KIND, called, choice, told
from concordat.cli.desk import PATH, open_desk, warn_of_clock
from concordat.cli.freeze.words import chosen, hexed
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.session import Session
from concordat.cooperation.orders.requesttemplate import template
from concordat.cooperation.words import RequestKind, Urgency
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.membership import numbers


@command("route")
@click.argument("country", type=COUNTRY, metavar="COUNTRY")
@click.argument("kind", type=KIND, metavar="KIND")
@click.option("--urgency", type=choice(Urgency), help="Why it is urgent.")
@click.option("--agency", help="The agency that is wished; for direct kinds.")
@key_option
@pass_session
def route(
    session: Session, country: int, kind: str, urgency: str | None, agency: str | None, key_uri: str | None
) -> None:
    """Say which agency of COUNTRY receives requests of a KIND; where it named none, say that.

    Example: concordat assistance route MY EVIDENCE
    """
    desk = open_desk(session, key_uri)
    why = chosen(Urgency, urgency) if urgency else Urgency.NONE
    wanted = chosen(RequestKind, kind)
    receiver = asking.route(desk, country, wanted, why, agency)
    who = called(offices.names(desk.chain), receiver)
    way = "agency to agency" if wanted.is_direct else "through the central authorities"
    data = {"agency": receiver, "kind": wanted.name, "country": alpha(country), "direct": wanted.is_direct}
    session.out.result(data, f"{wanted.label()[session.lang]} in {alpha(country)}: {who}, {way}.")


@command("new")
@click.argument("kind", type=KIND, metavar="KIND")
@click.argument("file", type=PATH)
@click.option("--to", "country", type=COUNTRY, required=True, help="Country that is asked.")
@pass_session
def new(session: Session, kind: str, file: Path, country: int) -> None:
    """Write a request of a KIND to a FILE, commented and to be filled in; send nothing.

    Example: concordat assistance new EVIDENCE request.yaml --to MY
    """
    own = session.workspace.config.agency
    asker = alpha(numbers.jurisdiction_of(own)) if own else ""
    text = template(chosen(RequestKind, kind), alpha(country), asker=asker, lang=session.lang)
    if file.exists():
        raise UsageError(
            f"{file} exists.", code="file.exists", kept="It was not touched.", next="Name another file."
        )
    with store.guard(f"write {file}"):
        store.write(file, text.encode())
    session.out.result(
        {"file": str(file)}, f"{file} is written. Fill it in, then: concordat assistance ask {file}"
    )


@command("ask")
@click.argument("request", type=PATH)
@click.option("--out", type=PATH, help="The private folder to make; default: REQUEST with .request.")
@click.option("--check", is_flag=True, help="Show what would be asked of whom; write and send nothing.")
@key_option
@pass_session
def ask(session: Session, request: Path, out: Path | None, check: bool, key_uri: str | None) -> None:
    """Ask for what REQUEST says (YAML or JSON; or the .request folder of an unfinished one).

    What is coercive goes to the own central authority first, which passes it on; police information goes
    straight to its receiver. Salt, secret and the sealed message are laid into a private folder before
    anything is sent: back it up. Running the command again finishes what was interrupted.

    Example: concordat assistance ask request.yaml
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    if check:
        _tell_plan(session, desk, asking.check(desk, request))
        return
    asked = asking.ask(desk, request, out=out)
    told(session, asked.done, _sentence(desk, asked), **_asked_data(asked))
    if not asked.carried:
        session.out.warn(
            f"There is no mailbox: carry the sealed message in {asked.file.name}/messages to its recipient."
        )


def _sentence(desk: Desk, asked: Asked) -> str:
    names, direct = offices.names(desk.chain), asked.first == asked.receiver
    what = f"{asked.done.name} is asked of {called(names, asked.receiver)}."
    if direct:
        return f"{what} It has to acknowledge; see: concordat assistance show {asked.file.name}"
    return (
        f"{what} {called(names, asked.first)} has to pass it on; "
        f"see: concordat assistance show {asked.file.name}"
    )


def _asked_data(asked: Asked) -> dict[str, Any]:
    told_, order = asked.file.told, asked.file.told.order
    return {
        "request": hexed(told_.id),
        "folder": str(asked.file.folder),
        "receiver": asked.receiver,
        "message_to": asked.first,
        "message": hexed(order.message),
        "checklist": hexed(order.checklist) if any(order.checklist) else None,
        "carried": asked.carried,
    }


def _tell_plan(session: Session, desk: Desk, plan: Plan) -> None:
    names, request = offices.names(desk.chain), plan.request
    methods = ", ".join(each.name for each in request.methods)
    rows = [
        ("number", request.number),
        ("kind", request.kind.label()[session.lang]),
        ("to", called(names, plan.receiver)),
        ("through", "" if plan.direct else called(names, plan.first)),
        ("stands on", request.standing.basis.label()[session.lang]),
        ("urgent", request.urgency.label()[session.lang] if request.why else ""),
        ("forum", f"{request.forum or ''} {methods}".strip()),
        ("checked at", moment(desk.clock.now)),
    ]
    data = {
        "number": request.number,
        "kind": request.kind.name,
        "receiver": plan.receiver,
        "message_to": plan.first,
        "checklist": dict(plan.checklist.content) if plan.checklist else None,
    }
    session.out.result(data, fields([(name, value) for name, value in rows if value]))
