# SPDX-License-Identifier: Apache-2.0
"""What the account holder gets with the notice, as a file: enough to object without being a member.

It holds the private key that came with the notice: whoever has the file can object in the holder's place, and
do nothing else. It needs no network to sign an objection; anybody may send what was signed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eth_account import Account as Key

from concordat.assets.objections import OBJECTION, OBJECTIONS, SignedObjection
from concordat.assets.values import commitments
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, typed
from concordat.ledger.signer import LocalSigner

FORMAT: Final = "freeze-notice/1"
SIGNED: Final = "freeze-objection/1"
CONTRACT: Final = OBJECTIONS


@dataclass(frozen=True)
class Notice:
    """One notice.

    Attributes:
        chain_id, genesis, objections: suite, and the contract that takes objections.
        request, target: of the hold, 32 bytes each.
        account: salted account commitment, 32 bytes.
        secret: private key, 32 bytes.
    """

    chain_id: int
    genesis: bytes
    objections: str
    request: bytes
    target: bytes
    account: bytes
    secret: bytes = field(repr=False)

    @property
    def hold(self) -> bytes:
        """Id of the hold, 32 bytes."""
        return commitments.hold_id(self.request, self.target)

    def to_bytes(self) -> bytes:
        """The file, canonical JSON."""
        return canonical.dumps(
            {
                "concordat": FORMAT,
                "chain_id": self.chain_id,
                "genesis": self.genesis.hex(),
                "objections": self.objections,
                "request": self.request.hex(),
                "target": self.target.hex(),
                "account": self.account.hex(),
                "secret": self.secret.hex(),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Notice:
        """Read a notice.

        Raises:
            UsageError: it is none, or its key is not the one that the target names.
        """
        values = _read(data, "The notice", _NOTICE)
        found = cls(
            values["chain_id"],
            bytes.fromhex(values["genesis"]),
            values["objections"],
            bytes.fromhex(values["request"]),
            bytes.fromhex(values["target"]),
            bytes.fromhex(values["account"]),
            bytes.fromhex(values["secret"]),
        )
        if commitments.target(found.account, found.signer().address) != found.target:
            raise _wrong("The notice", "its key does not open its target")
        return found

    def signer(self) -> LocalSigner:
        """The key that came with the notice."""
        try:
            return LocalSigner(Key.from_key(self.secret))
        except ValueError as error:
            raise _wrong("The notice", "its key is none") from error

    def sign(self, grounds: bytes, deadline: int) -> SignedObjection:
        """Sign an objection, without any network.

        Args:
            grounds: hash of the grounds, 32 bytes.
            deadline: last moment of its use, seconds since 1970 UTC.
        """
        key = self.signer()
        domain = typed.domain(self.chain_id, self.objections, self.genesis)
        message = {
            "request": self.request,
            "target": self.target,
            "grounds": grounds,
            "deadline": deadline,
        }
        signature = key.sign_typed(domain, OBJECTION, "Objection", message)
        return SignedObjection(
            self.request, self.target, self.account, key.address, grounds, deadline, signature
        )


def signed_bytes(signed: SignedObjection) -> bytes:
    """A signed objection as a file, canonical JSON; it holds no secret."""
    return canonical.dumps(
        {
            "concordat": SIGNED,
            "request": signed.request.hex(),
            "target": signed.target.hex(),
            "account": signed.account.hex(),
            "notice_key": signed.notice_key,
            "grounds": signed.grounds.hex(),
            "deadline": signed.deadline,
            "signature": signed.signature.hex(),
        }
    )


def read_signed(data: bytes) -> SignedObjection:
    """Read a signed objection.

    Raises:
        UsageError: it is none.
    """
    values = _read(data, "The signed objection", _SIGNED)
    return SignedObjection(
        bytes.fromhex(values["request"]),
        bytes.fromhex(values["target"]),
        bytes.fromhex(values["account"]),
        values["notice_key"],
        bytes.fromhex(values["grounds"]),
        values["deadline"],
        bytes.fromhex(values["signature"]),
    )


def _read(data: bytes, what: str, form: Mapping[str, fields.Check]) -> Any:
    try:
        values = canonical.loads(data, what)
        fields.check(values, what, form)
    except VerificationError as error:
        raise _wrong(what, "it was changed, or is another file") from error
    return values


def _wrong(what: str, why: str) -> UsageError:
    return UsageError(
        f"{what} cannot be used: {why}.",
        code="freeze.notice",
        kept="Nothing was signed or sent.",
        next="Use the file as it was handed over with the notice.",
    )


def _address(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"0x[0-9a-fA-F]{40}", value) is not None


_WORD: Final = fields.hexed(32)
_NOTICE: Final[Mapping[str, fields.Check]] = {
    "concordat": fields.one_of(FORMAT),
    "chain_id": fields.number(1),
    "genesis": _WORD,
    "objections": _address,
    "request": _WORD,
    "target": _WORD,
    "account": _WORD,
    "secret": _WORD,
}
_SIGNED: Final[Mapping[str, fields.Check]] = {
    "concordat": fields.one_of(SIGNED),
    "request": _WORD,
    "target": _WORD,
    "account": _WORD,
    "notice_key": _address,
    "grounds": _WORD,
    "deadline": fields.number(0, (1 << 40) - 1),
    "signature": fields.hexed(65),
}
