# SPDX-License-Identifier: Apache-2.0
"""``concordat intel match``: which accounts and phones two agencies both know, and nothing of the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import matching
from concordat.casework.cooperating.matching import Matched
from concordat.casework.freezing import offices
from concordat.cli.desk import FILE, open_desk
from concordat.cli.options import group, key_option, pass_session
from concordat.cli.output import moment, table
from concordat.cli.session import Session

VALUES = click.argument("values", type=FILE)
MESSAGE = click.argument("message", type=FILE)
OUT = click.option("--out", type=FILE, required=True, help="The message for the other side: carry it there.")


@group("match")
def match() -> None:
    """Learn with another agency which accounts and phones both know; of the others it learns only how many.

    VALUES is a file with one a line: account:BIC:NUMBER, iban:…, card:…, phone:+60…. Four steps: ask, there
    answer, here finish, there close. Whoever is asked cannot read what is asked, and nobody can try numbers
    alone; but whoever asks about numbers that it only guesses learns which of them are known there. So match
    with those whom you trust for it; how much was asked is limited and logged.
    """


@match.command("ask")
@VALUES
@click.option("--with", "peer", required=True, metavar="AGENCY", help="With whom.")
@OUT
@key_option
@pass_session
def ask(session: Session, values: Path, peer: str, out: Path, key_uri: str | None) -> None:
    """Begin a matching about VALUES; their message is sealed and signed.

    Example: concordat intel match ask ours.txt --with CN-MPS --out ask.sealed
    """
    done = matching.ask(open_desk(session, key_uri), values, peer, out)
    text = (
        f"{done.own} values are asked about. "
        f"Carry {out} to {done.peer_name}; there: concordat intel match answer"
    )
    session.out.result(_data(done), text)


@match.command("answer")
@MESSAGE
@VALUES
@OUT
@key_option
@pass_session
def answer(session: Session, message: Path, values: Path, out: Path, key_uri: str | None) -> None:
    """Answer a MESSAGE with the own VALUES, hidden as theirs are.

    Example: concordat intel match answer ask.sealed ours.txt --out answer.sealed
    """
    done = matching.answer(open_desk(session, key_uri), message, values, out)
    text = (
        f"{done.peer_name} asks about {done.theirs} values; {done.own} of ours are compared. "
        f"Carry {out} back; there: concordat intel match finish"
    )
    session.out.result(_data(done), text)


@match.command("finish")
@MESSAGE
@OUT
@key_option
@pass_session
def finish(session: Session, message: Path, out: Path, key_uri: str | None) -> None:
    """Learn from the answer what both know; the last MESSAGE lets the other side learn it, too.

    Example: concordat intel match finish answer.sealed --out finish.sealed
    """
    done = matching.finish(open_desk(session, key_uri), message, out)
    _tell_common(session, done)
    session.out.say(f"Carry {out} to {done.peer_name}; there: concordat intel match close")


@match.command("close")
@MESSAGE
@key_option
@pass_session
def close(session: Session, message: Path, key_uri: str | None) -> None:
    """Learn, as who answered, what both know.

    Example: concordat intel match close finish.sealed
    """
    _tell_common(session, matching.close(open_desk(session, key_uri), message))


@match.command("log")
@key_option
@pass_session
def log(session: Session, key_uri: str | None) -> None:
    """Show what was asked of whom, and how much was found; never a value.

    Example: concordat intel match log
    """
    desk = open_desk(session, key_uri)
    found, names = matching.log(desk), offices.names(desk.chain)
    rows = [
        (
            moment(each["at"]),
            each["what"],
            offices.called(names, each["peer"]),
            str(each["count"]),
            each["session"][:12],
        )
        for each in found
    ]
    data = {"log": [{**each, "at": moment(each["at"])} for each in found]}
    text = table(("when", "what", "with", "values", "session"), rows) if rows else "Nothing was matched yet."
    session.out.result(data, text)


def _tell_common(session: Session, done: Matched) -> None:
    common = done.common or ()
    head = f"{len(common)} of {done.own} values are known to {done.peer_name}, too, which has {done.theirs}."
    session.out.result(_data(done), "\n".join([head, *common]))


def _data(done: Matched) -> dict[str, Any]:
    return {
        "session": done.session.hex(),
        "peer": done.peer_name,
        "file": str(done.out) if done.out else None,
        "own": done.own,
        "theirs": done.theirs or None,
        "common": None if done.common is None else list(done.common),
    }
