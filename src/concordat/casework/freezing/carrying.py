# SPDX-License-Identifier: Apache-2.0
"""Sealed messages carried by hand, for whoever has no mailbox or cannot reach it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from concordat.assets.folders.freezefile import FreezeFile
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming, post
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.mail import sealed
from concordat.mail.httpmailbox import LARGEST
from concordat.mail.mailbox import SEALED
from concordat.mail.sealed import Envelope


@dataclass(frozen=True)
class Carried:
    """A message that was written or taken in.

    Attributes:
        digest: its hash, 32 bytes.
        envelope: what is written on its outside.
        shared: whether it lies in the mailbox, too.
    """

    digest: bytes
    envelope: Envelope
    shared: bool = False


def export(desk: Desk, digest: bytes, path: Path) -> Carried:
    """Write a message to a file, as it is sealed.

    Args:
        desk: of the sender; it is looked for in the workspace, in folders of requests and in the mailbox.
        digest: its hash, 32 bytes.
        path: the file to write.

    Raises:
        UsageError: it is nowhere, or the file exists.
        FileError: it cannot be written.
    """
    if path.exists():
        raise UsageError(
            f"{path.name} exists.", code="file.exists", kept="It was not touched.", next="Name another file."
        )
    data = _found(desk, digest)
    with store.guard(f"write {path}"):
        store.write(path, data)
    return Carried(digest, Envelope.from_bytes(data))


def take_in(desk: Desk, path: Path, *, share: bool = False) -> Carried:
    """Keep a message that came as a file; doing it again does no harm.

    Args:
        desk: of the recipient, or of whoever passes it on.
        path: the file.
        share: leave it in the mailbox as well.

    Raises:
        VerificationError: it is no sealed message.
        FileError: it cannot be read or kept.
    """
    with store.guard(f"read {path}"), path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    envelope = Envelope.from_bytes(data)
    if envelope.to_bytes() != data:  # the chain has the hash of these very bytes
        raise UsageError(
            f"{path.name} was changed on its way: it is not written as sealed messages are.",
            code="sealed.malformed",
            kept="Nothing of it was used.",
            next="Ask the sender to send the original file again.",
        )
    digest = post.keep(desk, data)
    return Carried(digest, envelope, post.send(desk, [data]) if share else False)


def digest_named(desk: Desk, text: str) -> bytes:
    """The message that is meant by its hash, or the beginning of it, of those in reach.

    Raises:
        UsageError: none or several are.
    """
    begins = text.lower().removeprefix("0x")
    hexed = re.fullmatch(r"[0-9a-f]{6,64}", begins) is not None
    if hexed and len(begins) == 64:
        return bytes.fromhex(begins)
    found = {each for each in _in_reach(desk) if each.hex().startswith(begins)} if hexed else set()
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} messages here begin with '{text[:70]}'.",
            code="freeze.no_message",
            next="Give 0x and more digits of its hash, as it was told when it was made.",
        )
    return found.pop()


def _found(desk: Desk, digest: bytes) -> bytes:
    for file in naming.files(desk):
        if digest in {file.told.order.message, *(each.message for each in file.told.targets)}:
            return file.message(digest)
    return post.fetch(desk, digest)


def _in_reach(desk: Desk) -> set[bytes]:
    """Hashes of the messages in the workspace and in the folders of requests."""
    found = {digest for file in naming.files(desk) for digest in _told(file)}
    folder = desk.workspace.messages
    for path in folder.iterdir() if folder.is_dir() else ():
        if re.fullmatch(r"[0-9a-f]{64}", path.stem) and path.suffix == SEALED:
            found.add(bytes.fromhex(path.stem))
    return found


def _told(file: FreezeFile) -> list[bytes]:
    return [sealed.digest(each) for each in file.messages()]
