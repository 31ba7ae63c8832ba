# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance pass-on | decline | acknowledge | assign | forward``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from concordat.casework.cooperating import passing
from concordat.casework.cooperating.opening import Opened
from concordat.casework.desk import Desk
from concordat.casework.freezing import offices
from concordat.cli.assistance.requesttext import request_data, request_text
from concordat.cli.assistance.words import called, choice, from_file, told
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import chosen
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.session import Session
from concordat.cooperation.words import DeclineReason

F = TypeVar("F", bound=Callable[..., Any])

REQUEST = click.argument("request", metavar="REQUEST")


def _note_option(function: F) -> F:
    return click.option("--note", type=FILE, help="File with a note for whoever gets it.")(function)


@command("pass-on")
@REQUEST
@_note_option
@click.option("--check", is_flag=True, help="Show what it says; pass nothing on.")
@key_option
@pass_session
def pass_on(session: Session, request: str, note: Path | None, check: bool, key_uri: str | None) -> None:
    """Pass a REQUEST of an agency of the own country on, as its central authority.

    It is opened, compared with the chain, shown, and sealed anew to the other central authority.

    Example: concordat assistance pass-on 0x5f2c91
    """
    desk = open_desk(session, key_uri)
    if check:
        _tell_request(session, desk, passing.examine(desk, request))
        return

    def agree(opened: Opened) -> None:
        session.out.say(request_text(session, desk, opened))
        session.confirm(f"Pass {opened.opening.request.number} on?")

    done = passing.pass_on(desk, request, from_file(note) if note else None, agree)
    text = f"{done.name} is passed on. The other central authority has to acknowledge it."
    told(session, done, text, carry=True)


@command("decline")
@REQUEST
@click.option("--reason", type=choice(DeclineReason), required=True, help="Why.")
@key_option
@pass_session
def decline(session: Session, request: str, reason: str, key_uri: str | None) -> None:
    """Do not pass a REQUEST on, as the own central authority.

    Example: concordat assistance decline 0x5f2c91 --reason INCOMPLETE
    """
    code = chosen(DeclineReason, reason)
    done = passing.decline(open_desk(session, key_uri), request, code)
    told(session, done, f"{done.name} is not passed on. {code.label()[session.lang]}")


@command("acknowledge")
@REQUEST
@click.option("--check", is_flag=True, help="Show what it says; acknowledge nothing.")
@key_option
@pass_session
def acknowledge(session: Session, request: str, check: bool, key_uri: str | None) -> None:
    """Open a REQUEST that came, and acknowledge it, as who is asked.

    The message is compared with the chain; the receipt proves when it was delivered. The own secret for the
    draw of a panel is kept in the private folder that is made here: back it up.

    Example: concordat assistance acknowledge 0x5f2c91
    """
    desk = open_desk(session, key_uri)
    opened = passing.examine(desk, request)
    if check:
        _tell_request(session, desk, opened)
        return
    done = passing.acknowledge(desk, request)
    next_ = (
        "Answer it: concordat assistance accept"
        if opened.opening.request.kind.is_direct
        else "Assign who executes it: concordat assistance assign"
    )
    folder = done.file.name if done.file else None
    told(session, done, f"{done.name} is acknowledged, and lies in {folder}. {next_}", folder=folder)


@command("assign")
@REQUEST
@click.argument("agency", metavar="AGENCY")
@_note_option
@key_option
@pass_session
def assign(session: Session, request: str, agency: str, note: Path | None, key_uri: str | None) -> None:
    """Assign the AGENCY of the own country that executes a REQUEST, as the asked central authority.

    Example: concordat assistance assign CN-MPS-CN-2026-0042.request MY-PDRM
    """
    desk = open_desk(session, key_uri)
    done = passing.assign(desk, request, agency, from_file(note) if note else None)
    told(session, done, f"{done.name} is assigned to {_who(desk, agency)}.", carry=True)


@command("forward")
@REQUEST
@click.argument("agency", metavar="AGENCY")
@_note_option
@key_option
@pass_session
def forward(session: Session, request: str, agency: str, note: Path | None, key_uri: str | None) -> None:
    """Pass a direct REQUEST on to the competent AGENCY of the own country; its clocks run on.

    Only until its acknowledgement is due: who is late stays late.

    Example: concordat assistance forward 0x5f2c91 MY-PDRM
    """
    desk = open_desk(session, key_uri)
    done = passing.forward(desk, request, agency, from_file(note) if note else None)
    told(session, done, f"{done.name} is forwarded to {_who(desk, agency)}.", carry=True)


def _who(desk: Desk, agency: str) -> str:
    return called(offices.names(desk.chain), offices.number_of(desk.chain, agency))


def _tell_request(session: Session, desk: Desk, opened: Opened) -> None:
    session.out.result(request_data(opened), request_text(session, desk, opened))
