# SPDX-License-Identifier: Apache-2.0
"""Messages to several agencies: sealed, left in the mailbox, kept, fetched by their hash and opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.errors import UsageError, VerificationError
from concordat.evidence import store
from concordat.mail import shared
from concordat.mail.httpmailbox import LARGEST
from concordat.mail.sealed import KeyRing
from concordat.mail.shared import SharedMessage
from concordat.membership import agencies


def seal(desk: Desk, message: bytes, kind: str, readers: Iterable[int]) -> SharedMessage:
    """Seal a message to the newest published keys of agencies.

    Raises:
        UsageError: some of them published none, or the message is too large.
    """
    keys = {number: agencies.encryption_key(desk.chain, number) for number in set(readers)}
    missing = [number for number, (_, version) in keys.items() if not version]
    if missing:
        known = names(desk.chain)
        raise post.no_key(called(known, number) for number in missing)
    return shared.seal(message, kind=kind, genesis_id=desk.chain.genesis_id, readers=keys)


def send(desk: Desk, data: bytes) -> bool:
    """Leave a message in the mailbox; where there is none, keep it here so that it can be carried."""
    carried = post.send(desk, [data])
    if not carried:
        post.keep(desk, data)
    return carried


def keep(desk: Desk, data: bytes) -> bytes:
    """Keep a message in the workspace; returns its hash."""
    return post.keep(desk, data)


def fetch(desk: Desk, digest: bytes) -> bytes:
    """The message of a hash, from the workspace or the mailbox.

    Raises:
        UsageError: it is nowhere.
        VerificationError: what is there is another one.
    """
    try:
        return post.fetch(desk, digest)
    except UsageError as error:
        if error.code != "freeze.no_message":
            raise
        raise UsageError(
            error.message,
            code="case.no_message",
            kept=error.kept,
            next="Ask the sender for the file, then: concordat case receive FILE",
        ) from error


def opened(desk: Desk, data: bytes, kind: str, key: bytes | None = None) -> bytes:
    """What is in a message, for the own agency.

    Args:
        desk: of the reader.
        data: the message's file.
        kind: that is expected.
        key: of the message, where it was told later; None: it is sealed to the own agency.

    Raises:
        UsageError: it is for others, or the key is not here.
        VerificationError: it was changed, or is of another kind or suite.
        AuthorityError: the password of the key is wrong.
    """
    found = shared.read(data)
    if found.kind != kind:
        raise VerificationError(
            f"This message is of kind '{found.kind}', and '{kind}' is expected here.", code="sealed.kind"
        )
    return found.open(key or key_of(desk, data), desk.chain.genesis_id)


def key_of(desk: Desk, data: bytes) -> bytes:
    """The key of one message, which opens that message alone; see :func:`opened` for what it raises."""
    found, own = shared.read(data), own_agency(desk)
    ring = KeyRing(desk.workspace.keys, own)
    return ring.open(found.key_for(own), desk.password, kind=found.kind, genesis_id=desk.chain.genesis_id)


def taken_in(desk: Desk, path: Path) -> bytes:
    """A message that came as a file, kept in the workspace; doing it again does no harm.

    Raises:
        VerificationError: it is no message to several agencies.
        FileError: it cannot be read or kept.
    """
    with store.guard(f"read {path}"), path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    shared.read(data)
    post.keep(desk, data)
    return data


def written_out(desk: Desk, digest: bytes, path: Path) -> SharedMessage:
    """Write a message to a file, as it is sealed, to be carried by hand.

    Raises:
        UsageError: it is nowhere, or the file exists.
        FileError: it cannot be written.
    """
    if path.exists():
        raise UsageError(
            f"{path.name} exists.", code="file.exists", kept="It was not touched.", next="Name another file."
        )
    data = fetch(desk, digest)
    found = shared.read(data)
    with store.guard(f"write {path}"):
        store.write(path, data)
    return found
