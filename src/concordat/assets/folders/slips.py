# SPDX-License-Identifier: Apache-2.0
"""A victim's slip: what shows that a claim is his, and the key that confirms that the money came.

Whoever has a slip can confirm one payment of one claim, and object to how it was entered; no more. It holds
no name and no account number. The key is in the slip only: once it is handed over and deleted at the agency,
the agency cannot confirm in the victim's place.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eth_account import Account as Key

from concordat.assets.values import planwords
from concordat.assets.values.money import Money
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, store

ENDING: Final = ".slip.json"
FORMAT: Final = "restitution-slip/1"
_LARGEST: Final = 64 << 10


@dataclass(frozen=True)
class Slip:
    """One slip.

    Attributes:
        chain_id, genesis: of the suite.
        plan: 32 bytes.
        number: of the claim in the agency's list.
        victim: the agency's reference.
        payee: account to pay to, masked.
        amount: that is claimed.
        commitment: with the key it opens the claim.
        key: address of the confirmation key, lower case.
        secret: its private key; empty where the victim has it himself.
    """

    chain_id: int
    genesis: bytes
    plan: bytes
    number: int
    victim: str
    payee: str
    amount: Money
    commitment: bytes
    key: str
    secret: bytes = field(repr=False, default=b"")

    @property
    def claim(self) -> bytes:
        """Id of the claim, 32 bytes."""
        return planwords.claim_id(self.commitment, self.key)

    def as_json(self) -> dict[str, Any]:
        """What the file says."""
        return {
            "concordat": FORMAT,
            "chain_id": self.chain_id,
            "genesis": self.genesis.hex(),
            "plan": self.plan.hex(),
            "number": self.number,
            "victim": self.victim,
            "payee": self.payee,
            "claimed": self.amount.as_dict(),
            "commitment": self.commitment.hex(),
            "key": self.key,
            "secret": self.secret.hex(),
        }


def new_key() -> tuple[str, bytes]:
    """A confirmation key: address in lower case, and private key."""
    made = Key.create()
    return str(made.address).lower(), bytes(made.key)


def new_salt() -> bytes:
    """32 random bytes for one commitment."""
    return secrets.token_bytes(32)


def file_name(number: int) -> str:
    """Of the slip of a claim. A victim's reference may be no name of a file."""
    return f"{number:05d}{ENDING}"


def write(path: Path, slip: Slip) -> None:
    """Write a slip, for its owner's eyes."""
    store.write(path, canonical.dumps(slip.as_json()))


def read(path: Path) -> Slip:
    """Read a slip.

    Raises:
        FileError: it cannot be read.
        UsageError: it is none, was changed, or its key is not the one that it names.
    """
    with store.guard(f"read {path}"):
        if path.stat().st_size > _LARGEST:
            raise _none(path)
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FORM)
        amount = Money.from_dict(values["claimed"])
    except (VerificationError, UsageError) as error:
        raise _none(path) from error
    found = Slip(
        values["chain_id"],
        bytes.fromhex(values["genesis"]),
        bytes.fromhex(values["plan"]),
        values["number"],
        values["victim"],
        values["payee"],
        amount,
        bytes.fromhex(values["commitment"]),
        values["key"],
        bytes.fromhex(values["secret"]),
    )
    if found.secret and _address_of(found.secret) != found.key:
        raise _none(path)
    return found


def in_folder(folder: Path) -> list[Path]:
    """The slips that lie directly in a folder, by name."""
    if not folder.is_dir():
        return []
    with store.guard(f"look into {folder}"):
        return sorted(path for path in folder.iterdir() if path.name.endswith(ENDING) and path.is_file())


def address(value: Any) -> bool:
    """An address in lower case."""
    return isinstance(value, str) and re.fullmatch(r"0x[0-9a-f]{40}", value) is not None


def digits(value: Any) -> bool:
    """A whole number as text: canonical JSON holds no number above 2**53, and wei are beyond it."""
    return isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,28}", value) is not None


def _address_of(secret: bytes) -> str:
    try:
        return str(Key.from_key(secret).address).lower()
    except ValueError:
        return ""


def _none(path: Path) -> UsageError:
    return UsageError(
        f"{path.name} is no slip of a restitution plan, or it was changed.",
        code="restitution.no_slip",
        kept="Nothing was sent.",
        next=f"Take the file as it was handed over (it ends with {ENDING}).",
    )


def _secret(value: Any) -> bool:
    return value == "" or fields.hexed(32)(value)


_FORM: Final[Mapping[str, fields.Check]] = {
    "concordat": fields.one_of(FORMAT),
    "chain_id": fields.number(1),
    "genesis": fields.hexed(32),
    "plan": fields.hexed(32),
    "number": fields.number(1),
    "victim": fields.text,
    "payee": fields.text,
    "claimed": lambda value: isinstance(value, dict),
    "commitment": fields.hexed(32),
    "key": address,
    "secret": _secret,
}
