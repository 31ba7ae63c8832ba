# SPDX-License-Identifier: Apache-2.0
"""``concordat key``: encrypted keystores of the workspace, and which key is used by default."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.cli.options import group, pass_session
from concordat.cli.output import fields, table
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.ledger import keystore
from concordat.ledger.keystore import StoredKey


@group("key")
def key() -> None:
    """Keys of this workspace: new, import, list, use."""


@key.command("new")
@click.argument("name")
@pass_session
def new(session: Session, name: str) -> None:
    """Make a new random key and store it encrypted."""
    _show(session, keystore.create(session.keys, name, session.new_password(name)))


@key.command("import")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--bare", is_flag=True, help="FILE holds a bare private key in hex, not a keystore.")
@pass_session
def import_(session: Session, name: str, file: Path, bare: bool) -> None:
    """Take over a key from FILE: a keystore of another program, opened and kept with the same password."""
    folder = session.keys
    if bare:
        stored = keystore.import_private_key(folder, name, _bare(file), session.new_password(name))
    else:
        password = session.password(file.name)
        stored = keystore.import_file(folder, name, file, password, password)
    _show(session, stored)


@key.command("list")
@pass_session
def list_(session: Session) -> None:
    """List the keys of this workspace."""
    keys = keystore.stored(session.keys)
    chosen = _default(session)
    rows = [(each.uri, each.address, "default" if each.uri == chosen else "") for each in keys]
    data = {
        "keys": [{"name": each.name, "address": each.address, "uri": each.uri} for each in keys],
        "default": chosen,
    }
    session.out.result(data, table(("key", "address", ""), rows) if rows else "No keys.")


@key.command("use")
@click.argument("uri")
@pass_session
def use(session: Session, uri: str) -> None:
    """Use this key where a command names none."""
    scheme = uri.partition(":")[0]
    if scheme not in {"keystore", "external", "node"}:
        raise UsageError(
            f"'{uri}' names no key.",
            code="key.uri",
            next="Use keystore:NAME, external:URL#ADDRESS or node:ADDRESS.",
        )
    if scheme == "keystore":
        keystore.find(session.keys, uri.partition(":")[2])
    session.workspace.set(key=uri)
    session.out.result({"default": uri}, f"{uri} is used where a command names no key.")


def _default(session: Session) -> str:
    try:
        return session.workspace.config.key
    except UsageError:
        return ""


def _bare(file: Path) -> bytes:
    with store.guard("read the private key"):
        text = file.read_text(encoding="utf-8").strip()
    try:
        return bytes.fromhex(text.removeprefix("0x"))
    except ValueError as error:
        raise UsageError(
            f"{file.name} holds no private key in hex.", code="key.invalid", kept="No key was written."
        ) from error


def _show(session: Session, stored: StoredKey) -> None:
    session.out.result(
        {"name": stored.name, "address": stored.address, "uri": stored.uri},
        fields([("key", stored.uri), ("address", stored.address)]),
    )
    session.out.say(
        "Back up the folder keys/ and the password: without either, nobody can sign with this key again."
    )
