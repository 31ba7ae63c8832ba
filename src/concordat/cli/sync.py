# SPDX-License-Identifier: Apache-2.0
"""``concordat sync``: read what packing needs, for work without network."""

from __future__ import annotations

from concordat.cli.desk import open_desk
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.session import Session


@command("sync")
@key_option
@pass_session
def sync(session: Session, key_uri: str | None) -> None:
    """Read standards and the key's appointments, so that check and pack need no network."""
    desk = open_desk(session, key_uri)
    book, identity, registry = desk.workspace.refresh_standards(desk.chain), desk.identity, desk.registry
    data = {
        "read_at": moment(book.read_at),
        "standards": sum(1 for _ in book.all()),
        "address": identity.address,
        "appointments": len(identity.posts),
        "registry": registry,
    }
    pairs = [(name.replace("_", " "), str(value)) for name, value in data.items()]
    session.out.result(data, fields(pairs))
