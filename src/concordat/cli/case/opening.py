# SPDX-License-Identifier: Apache-2.0
"""``concordat case open | invite | receive | export``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from concordat.casework.cooperating import caserecord, cases, sharedpost
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import names
from concordat.cli.assistance.words import called, told
from concordat.cli.desk import FILE, PATH, open_desk
from concordat.cli.freeze.words import chosen, hexed
from concordat.cli.options import WORD, command, key_option, pass_session
from concordat.cli.session import Session
from concordat.cooperation.words import ClaimGround
from concordat.errors import UsageError

CASE = click.argument("case", metavar="CASE")
#: Grounds on which somebody claims; proceedings are taken over by a transfer alone.
GROUND = click.Choice(
    [str(each.name) for each in ClaimGround if each is not ClaimGround.TRANSFERRED], case_sensitive=False
)


@command("open")
@click.argument("number", metavar="NUMBER")
@click.option("--ground", type=GROUND, required=True, help="On what the own country claims it.")
@click.option("--title", default="", help="What you call it here; it is never sent.")
@click.option("--out", type=PATH, help="Folder to make; default: NUMBER.case here.")
@key_option
@pass_session
def open_(
    session: Session, number: str, ground: str, title: str, out: Path | None, key_uri: str | None
) -> None:
    """Open a case and claim it for your country, which leads; its secret is kept in a .case folder.

    The chain sees no number: only the hash of number and secret. Back the folder up.

    Example: concordat case open CN-2026-0317 --ground EFFECT
    """
    desk = open_desk(session, key_uri)
    done = cases.open_case(desk, number, chosen(ClaimGround, ground), title=title, out=out)
    folder = str(done.file.folder) if done.file else ""
    text = f"The case {done.name} is open: {hexed(done.about)}\nIts secret is in {folder}: back it up."
    told(session, done, text, folder=folder)


@command("invite")
@CASE
@click.argument("agencies", metavar="AGENCY...", nargs=-1, required=True)
@click.option("--from-start", is_flag=True, help="Also what was put on record before, as far as you read it.")
@key_option
@pass_session
def invite(
    session: Session, case: str, agencies: tuple[str, ...], from_start: bool, key_uri: str | None
) -> None:
    """Tell other agencies the number and the secret of a CASE, sealed to each of them.

    They can then read what is put on record from now on, claim, and count victims under the same pseudonyms.
    Units of the own country are let in the same way, so that each reads what it needs to know.

    Example: concordat case invite CN-2026-0317 MY-PDRM SG-SPF
    """
    desk = open_desk(session, key_uri)
    done = cases.invite(desk, case, agencies, from_the_start=from_start)
    known = names(desk.chain)
    data = {
        "id": hexed(done.file.id),
        "hash": hexed(done.digest),
        "agencies": [known.get(each) for each in done.agencies],
        "carried": done.carried,
    }
    whom = ", ".join(called(known, each) for each in done.agencies)
    how = (
        "They run" if done.carried else "There is no mailbox: concordat case export HASH FILE, then they run"
    )
    session.out.result(
        data, f"Sealed to {whom}. Tell them the hash.\n{how}: concordat case receive {hexed(done.digest)}"
    )


@command("receive")
@click.argument("message", metavar="HASH_OR_FILE")
@click.option("--out", type=PATH, help="Folder to make; default: NUMBER.case here.")
@key_option
@pass_session
def receive(session: Session, message: str, out: Path | None, key_uri: str | None) -> None:
    """Take in an invitation, or a text about a case that was carried by hand.

    What an invitation says is compared with the chain: number and secret must open the id of a case there.

    Example: concordat case receive 0x5f2c91…
    """
    desk = open_desk(session, key_uri)
    data = _message(desk, message)
    if not caserecord.is_opening(data):
        session.out.result({"kind": "text"}, "The text is kept. Read it: concordat case show CASE --texts")
        return
    file = cases.receive(desk, data, out)
    told_ = {"kind": "opening", "id": hexed(file.id), "number": file.number, "folder": str(file.folder)}
    session.out.result(told_, f"The case {file.number} is in {file.folder}: back it up.")


@command("export")
@click.argument("digest", type=WORD, metavar="HASH")
@click.argument("file", type=FILE)
@key_option
@pass_session
def export(session: Session, digest: bytes, file: Path, key_uri: str | None) -> None:
    """Write a sealed message of a HASH to a FILE, to be carried by hand where there is no mailbox.

    Example: concordat case export 0x… invitation.sealed
    """
    desk = open_desk(session, key_uri)
    written = sharedpost.written_out(desk, digest, file)
    known = names(desk.chain)
    whom = [called(known, each) for each in written.recipients]
    data = {"hash": hexed(digest), "file": str(file), "recipients": list(written.recipients)}
    session.out.result(data, f"{file} is sealed to {', '.join(whom)}: carry it there.")


def _message(desk: Desk, text: str) -> bytes:
    """A message that is meant by its hash, or by the file that it came in."""
    if re.fullmatch(r"0x[0-9a-fA-F]{64}", text):
        data = sharedpost.fetch(desk, bytes.fromhex(text[2:]))
        post.keep(desk, data)
        return data
    if not Path(text).is_file():
        raise UsageError(
            f"'{text[:80]}' is neither a file nor 0x and 64 digits.",
            code="case.no_message",
            kept="Nothing was kept.",
            next="Give the whole hash, as the sender told it, or the file.",
        )
    return sharedpost.taken_in(desk, Path(text))
