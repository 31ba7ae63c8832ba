# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance paper | export | verify-record``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import acting, naming, papers, recording
from concordat.casework.cooperating.recording import Verified
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import hexed
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import fields, moment, one_line
from concordat.cli.session import Session

REQUEST = click.argument("request", metavar="REQUEST")


@command("paper")
@REQUEST
@key_option
@pass_session
def paper(session: Session, request: str, key_uri: str | None) -> None:
    """Write all papers of a REQUEST that the own agency can write, into its folder: PDF, HTML, JSON.

    Each act writes its paper by itself; this writes those of the other side's acts, and what is missing.

    Example: concordat assistance paper CN-2026-0042
    """
    desk = open_desk(session, key_uri)
    found = naming.request_named(desk, request)
    acting.known(desk, found)
    _, file = acting.with_folder(desk, found)
    written = papers.write_all(desk, file)
    data = {"folder": str(file.papers), "files": [path.name for path in written]}
    session.out.result(data, f"{len(written)} files are in {file.papers}.")


@command("export")
@REQUEST
@click.argument("file", type=FILE)
@click.option("--without-content", is_flag=True, help="Leave out what was opened: nothing personal is in it.")
@key_option
@pass_session
def export(session: Session, request: str, file: Path, without_content: bool, key_uri: str | None) -> None:
    """Write the own record of a REQUEST to a FILE, signed: all acts with their times, receipts, messages.

    It proves what was sent, seen and done by each side. With what was opened it is personal: keep it so.

    Example: concordat assistance export CN-2026-0042 record.json
    """
    done = recording.export(open_desk(session, key_uri), request, file, content=not without_content)
    session.out.result({"file": str(file), **_data(done)}, f"{file} is signed by {done.signer}.")


@command("verify-record")
@click.argument("file", type=FILE)
@click.option("--online", is_flag=True, help="Compare events and signer with the chain, too.")
@pass_session
def verify_record(session: Session, file: Path, online: bool) -> None:
    """Verify a record that somebody exported; without a node, but for the suite that this workspace pinned.

    Example: concordat assistance verify-record record.json
    """
    data = recording.read(file)
    desk = open_desk(session, None)
    recording.require_suite(desk, data)
    found = recording.verify(data, desk if online else None)
    rows = [
        ("record of", one_line(found.agency_name)),
        ("request", hexed(found.request)),
        ("written", moment(found.written_at)),
        ("signed by", found.signer),
        ("events", str(found.events)),
    ]
    lines = [fields(rows), *(f"- {each}" for each in found.checked)]
    if not online:
        lines.append("Whether the events are the chain's, says: --online")
    session.out.result(_data(found), "\n".join(lines))


def _data(found: Verified) -> dict[str, Any]:
    return {
        "request": hexed(found.request),
        "agency": found.agency,
        "signer": found.signer,
        "written_at": moment(found.written_at),
        "events": found.events,
        "messages": found.messages,
        "opened": found.opened,
        "checked": list(found.checked),
        "compared_with_chain": found.with_chain,
    }
