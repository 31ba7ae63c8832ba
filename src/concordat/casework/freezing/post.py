# SPDX-License-Identifier: Apache-2.0
"""Sealed messages between agencies: left in the mailbox, fetched, kept in the workspace, opened.

A message can always be carried by hand too; then there need be no mailbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from concordat.casework.desk import Desk
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.ledger.protocol import Ledger
from concordat.mail import sealed
from concordat.mail.httpmailbox import HttpMailbox, is_url
from concordat.mail.mailbox import SEALED, FolderMailbox, Mailbox
from concordat.mail.sealed import Envelope, KeyRing
from concordat.membership import agencies

REQUEST: Final = "freeze-request"
ANSWER: Final = "freeze-answer"
OBJECTION: Final = "freeze-objection"
"""Kinds of messages, bound into their encryption."""


def mailbox(desk: Desk) -> Mailbox | None:
    """The workspace's mailbox; None if it has none. A relative folder is beside ``.concordat``.

    Raises:
        UsageError: what the workspace names is no address.
    """
    config = desk.workspace.config
    if is_url(config.mailbox):
        return HttpMailbox(config.mailbox, config.ca or None)
    return FolderMailbox(desk.workspace.root.parent / Path(config.mailbox)) if config.mailbox else None


def send(desk: Desk, messages: Iterable[bytes]) -> bool:
    """Leave messages in the mailbox; False if the workspace has none, so that they are to be carried."""
    box = mailbox(desk)
    if box is None:
        return False
    for message in messages:
        box.put(message)
    return True


def keep(desk: Desk, data: bytes) -> bytes:
    """Keep a received message in the workspace; returns its hash."""
    digest = sealed.digest(data)
    with store.guard("keep a received message"):
        store.write(_kept(desk, digest), data)
    return digest


def fetch(desk: Desk, digest: bytes) -> bytes:
    """The message of a hash: as kept in the workspace, else from the mailbox, which is then kept.

    Raises:
        UsageError: it is nowhere.
        VerificationError: what is there is another one.
    """
    path = _kept(desk, digest)
    if path.exists():
        with store.guard("read a received message"):
            data = path.read_bytes()
        if sealed.digest(data) == digest:  # else it is damaged here: fetched again
            return data
    box = mailbox(desk)
    found = box.get(digest) if box else None
    if found is None:
        raise UsageError(
            f"The message 0x{digest.hex()[:12]}… is not here and not in the mailbox.",
            code="freeze.no_message",
            kept="Nothing was sent.",
            next="Ask the sender for the file, then: concordat freeze message import FILE",
        )
    keep(desk, found)
    return found


def unseal(desk: Desk, agency: int, digest: bytes, kind: str) -> bytes:
    """Fetch a message to an agency and open it with the key of this workspace to which it was sealed.

    Raises:
        UsageError: it is nowhere, is for another agency, or its key is not here.
        VerificationError: it was changed, or is of another kind.
        AuthorityError: the password of the key is wrong.
    """
    ring = KeyRing(desk.workspace.keys, agency)
    data = fetch(desk, digest)
    return ring.open(data, desk.password, kind=kind, genesis_id=desk.chain.genesis_id)


def seal(ledger: Ledger, message: bytes, *, to: int, kind: str) -> Envelope:
    """Seal a message to the newest published key of an agency.

    Raises:
        UsageError: it published none.
    """
    key, version = agencies.encryption_key(ledger, to)
    if not version:
        raise no_key([agencies.agency(ledger, to).name])
    return sealed.seal(
        message, kind=kind, genesis_id=ledger.genesis_id, recipient=to, key_version=version, public_key=key
    )


def no_key(names: Iterable[str]) -> UsageError:
    """The refusal to send to agencies to which nothing can be sealed."""
    return UsageError(
        f"No encryption key is published by: {', '.join(sorted(names))}.",
        code="freeze.no_key",
        kept="Nothing was sent.",
        next="Ask for one: its agency makes it with concordat agency encryption-key --new",
    )


def _kept(desk: Desk, digest: bytes) -> Path:
    return desk.workspace.messages / f"{digest.hex()}{SEALED}"
