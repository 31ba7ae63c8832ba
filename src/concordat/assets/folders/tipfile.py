# SPDX-License-Identifier: Apache-2.0
"""The tipster's private file of one tip, ``NAME.tip``: the key made for it, and what it signed.

Whoever has this file can claim the reward. It names nobody.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from concordat.assets.folders import slips
from concordat.assets.tips import SignedClaim, SignedTip
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, store

ENDING: Final = ".tip"
FORMAT: Final = "tip/1"
RELAY: Final = "tip-relay/1"
_LARGEST: Final = 32 << 20


@dataclass(frozen=True)
class TipFile:
    """One tip as its author keeps it.

    Attributes:
        chain_id, genesis: of the suite.
        secret: private key of the tipster.
        signed: the tip.
        message: the sealed message.
    """

    chain_id: int
    genesis: bytes
    signed: SignedTip
    message: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Of the tip, 32 bytes."""
        return self.signed.id


def write(path: Path, tip: TipFile) -> None:
    """Write the tipster's own file.

    Raises:
        UsageError: it exists.
        FileError: it cannot be written.
    """
    if path.exists():
        raise UsageError(
            f"{path.name} exists.",
            code="file.exists",
            kept="It was not touched.",
            next=f"Go on with it: concordat tip submit {path.name}; or give another name with --out.",
        )
    content = {**_common(tip.chain_id, tip.genesis), "concordat": FORMAT, "secret": tip.secret.hex()}
    content |= {"tip": _tip_json(tip.signed), "message": base64.b64encode(tip.message).decode()}
    with store.guard("write the tip", kept="Nothing was sent."):
        store.write(path, canonical.dumps(content))


def read(path: Path) -> TipFile:
    """Read the tipster's own file.

    Raises:
        FileError: it cannot be read.
        UsageError: it is none.
    """
    values = _values(
        path, {**_COMMON, "secret": fields.hexed(32), "tip": _is_tip, "message": fields.text}, FORMAT
    )
    return TipFile(
        values["chain_id"],
        bytes.fromhex(values["genesis"]),
        _tip(values["tip"]),
        _binary(path, values["message"]),
        bytes.fromhex(values["secret"]),
    )


@dataclass(frozen=True)
class Relay:
    """What somebody else may send in the tipster's place; it holds no key.

    Attributes:
        signed: a tip, or the claim of a reward.
        message: sealed to the agency: the lead, or where to pay.
    """

    chain_id: int
    genesis: bytes
    signed: SignedTip | SignedClaim
    message: bytes = field(repr=False)


def write_relay(path: Path, relay: Relay) -> None:
    """Write what is to be handed to whoever sends it.

    Raises:
        FileError: it cannot be written.
    """
    signed = relay.signed
    act = {"tip": _tip_json(signed)} if isinstance(signed, SignedTip) else {"claim": _claim_json(signed)}
    content = {**_common(relay.chain_id, relay.genesis), "concordat": RELAY, **act}
    content["message"] = base64.b64encode(relay.message).decode()
    with store.guard("write what is to be sent"):
        store.write(path, canonical.dumps(content))


def read_relay(path: Path) -> Relay:
    """Read what somebody asks to have sent.

    Raises:
        FileError: it cannot be read.
        UsageError: it is none.
    """
    values = _values(path, {**_COMMON, "message": fields.text}, RELAY, {"tip": _is_tip, "claim": _is_claim})
    if ("tip" in values) == ("claim" in values):
        raise _none(path)
    signed = _tip(values["tip"]) if "tip" in values else _claim(values["claim"])
    message = _binary(path, values["message"])
    return Relay(values["chain_id"], bytes.fromhex(values["genesis"]), signed, message)


def _common(chain_id: int, genesis: bytes) -> dict[str, Any]:
    return {"chain_id": chain_id, "genesis": genesis.hex()}


def _tip_json(signed: SignedTip) -> dict[str, Any]:
    return {
        "agency": signed.agency,
        "tipster": signed.tipster.lower(),
        "message": signed.message.hex(),
        "key_version": signed.key_version,
        "deadline": signed.deadline,
        "signature": signed.signature.hex(),
    }


def _claim_json(signed: SignedClaim) -> dict[str, Any]:
    return {
        "agency": signed.agency,
        "tipster": signed.tipster.lower(),
        "message": signed.message.hex(),
        "payee": signed.payee.hex(),
        "deadline": signed.deadline,
        "signature": signed.signature.hex(),
    }


def _tip(values: Mapping[str, Any]) -> SignedTip:
    return SignedTip(
        values["agency"],
        values["tipster"],
        bytes.fromhex(values["message"]),
        values["key_version"],
        values["deadline"],
        bytes.fromhex(values["signature"]),
    )


def _claim(values: Mapping[str, Any]) -> SignedClaim:
    return SignedClaim(
        values["agency"],
        values["tipster"],
        bytes.fromhex(values["message"]),
        bytes.fromhex(values["payee"]),
        values["deadline"],
        bytes.fromhex(values["signature"]),
    )


def _values(
    path: Path,
    form: Mapping[str, fields.Check],
    kind: str,
    more: Mapping[str, fields.Check] | None = None,
) -> dict[str, Any]:
    with store.guard(f"read {path}"):
        if path.stat().st_size > _LARGEST:
            raise _none(path)
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, {**form, "concordat": fields.one_of(kind)}, more)
    except VerificationError as error:
        raise _none(path) from error
    return dict(values)


def _binary(path: Path, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _none(path) from error


def _none(path: Path) -> UsageError:
    return UsageError(
        f"{path.name} is no tip, or it was changed.",
        code="tip.no_file",
        kept="Nothing was sent.",
        next=f"Name the {ENDING} file that concordat tip submit made, or what was signed to be sent.",
    )


_COMMON: Final[Mapping[str, fields.Check]] = {
    "chain_id": fields.number(1),
    "genesis": fields.hexed(32),
}
_SIGNED: Final[Mapping[str, fields.Check]] = {
    "agency": fields.number(1, (1 << 32) - 1),
    "tipster": slips.address,
    "message": fields.hexed(32),
    "deadline": fields.number(1, (1 << 40) - 1),
    "signature": fields.hexed(65),
}
_is_tip: Final = fields.within({**_SIGNED, "key_version": fields.number(1, (1 << 32) - 1)})
_is_claim: Final = fields.within({**_SIGNED, "payee": fields.hexed(32)})
