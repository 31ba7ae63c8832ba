# SPDX-License-Identifier: Apache-2.0
"""The agency's own encryption key: made here, published, kept in all its versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from concordat.afterwards import afterwards
from concordat.casework.desk import Desk
from concordat.errors import UsageError
from concordat.ledger.protocol import Receipt
from concordat.mail.sealed import KeyRing
from concordat.membership import agencies


@dataclass(frozen=True)
class NewKey:
    """A key that is published.

    Attributes:
        public: 32 bytes.
        missing: earlier versions whose private keys are not in this workspace.
    """

    agency: int
    version: int
    public: bytes
    missing: tuple[int, ...]
    receipt: Receipt


def new_encryption_key(desk: Desk, agency: int, password: Callable[[str], str]) -> NewKey:
    """Make the next version of the encryption key and publish it. One that was made and not sent is sent.

    Args:
        desk: with the agency's own key, which alone may publish.
        agency: its number.
        password: asked for the new key's password.

    Raises:
        UsageError: the password is too short, or somebody published at the same time.
        ContractError: the key is not the agency's; the encryption key stays here and is published next time.
        FileError: it cannot be written.
    """
    ring = KeyRing(desk.workspace.keys, agency)
    _, newest = agencies.encryption_key(desk.chain, agency)
    version = newest + 1
    if version in ring.versions():  # of a run that ended before it was published
        public = ring.public(version)
    else:
        public = ring.create(version, password(f"encryption key {version}"))
    receipt = agencies.publish_encryption_key(desk.ledger, desk.signer, public)
    with afterwards(f"Version {version} of the encryption key is published.", "See: concordat agency show"):
        there, _ = agencies.encryption_key(desk.chain, agency, version)
    if there != public:
        raise UsageError(
            f"Somebody else published version {version} of the encryption key at the same time.",
            code="sealed.key_race",
            kept="Both keys are published; the one made here is stored under another version.",
            next="Make one more, from one workspace only: concordat agency encryption-key --new",
        )
    known = set(ring.versions())
    missing = tuple(each for each in range(1, version) if each not in known)
    return NewKey(agency, version, public, missing, receipt)
