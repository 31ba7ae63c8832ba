# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze message``: sealed messages carried by hand."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.freezing import carrying
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import hexed
from concordat.cli.options import group, key_option, pass_session
from concordat.cli.session import Session
from concordat.membership import numbers


@group("message")
def message() -> None:
    """Carry sealed messages by hand, where there is no mailbox: export, import."""


@message.command("export")
@click.argument("digest", metavar="HASH")
@click.argument("file", type=FILE)
@key_option
@pass_session
def export(session: Session, digest: str, file: Path, key_uri: str | None) -> None:
    """Write the message of a HASH (or its beginning) to a FILE; it stays sealed, any way may carry it."""
    desk = open_desk(session, key_uri)
    done = carrying.export(desk, carrying.digest_named(desk, digest), file)
    envelope = done.envelope
    data = {"hash": hexed(done.digest), "file": str(file), "recipient": envelope.recipient}
    session.out.result(
        data, f"{file} is sealed to agency {numbers.label(envelope.recipient)}: carry it there."
    )


@message.command("import")
@click.argument("file", type=FILE)
@click.option("--share", is_flag=True, help="Leave it in the mailbox as well.")
@key_option
@pass_session
def import_(session: Session, file: Path, share: bool, key_uri: str | None) -> None:
    """Take in a message that came as a FILE; from then on it is found by its hash."""
    done = carrying.take_in(open_desk(session, key_uri), file, share=share)
    data = {
        "hash": hexed(done.digest),
        "kind": done.envelope.kind,
        "recipient": done.envelope.recipient,
        "shared": done.shared,
    }
    session.out.result(data, f"{hexed(done.digest)}, for agency {numbers.label(done.envelope.recipient)}.")
    if share and not done.shared:
        session.out.warn("This workspace has no mailbox.")
