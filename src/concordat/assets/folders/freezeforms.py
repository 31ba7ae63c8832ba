# SPDX-License-Identifier: Apache-2.0
"""What lies in the private folder of a request beside the order: secrets, and what the chain is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from concordat.assets.orders.ordermessage import TargetSecrets
from concordat.assets.requests import ChainOrder, ChainTarget
from concordat.assets.states import Scope
from concordat.assets.values import commitments
from concordat.assets.words import AssetClass, Measure
from concordat.evidence import fields

VERSION: Final = 1


@dataclass(frozen=True)
class Secrets:
    """What opens the commitments of one request.

    Attributes:
        salt: of the order's commitment.
        targets: of every target, in their order.
    """

    salt: bytes = field(repr=False)
    targets: tuple[TargetSecrets, ...] = field(repr=False)


@dataclass(frozen=True)
class Told:
    """What the chain is told of a request.

    Attributes:
        chain_id, genesis: of the suite for which it was made.
        agency: number of the requesting agency.
        id: of the request, 32 bytes.
        targets: in the order's own order.
    """

    chain_id: int
    genesis: bytes
    agency: int
    id: bytes
    order: ChainOrder
    targets: tuple[ChainTarget, ...]

    def hold(self, number: int) -> bytes:
        """Id of the hold of a target by its number, from 1."""
        return commitments.hold_id(self.id, self.targets[number - 1].target)


def secrets_json(secrets: Secrets) -> dict[str, Any]:
    """For ``secrets.json``."""
    return {
        "version": VERSION,
        "salt": secrets.salt.hex(),
        "targets": [
            {
                "salt": each.salt.hex(),
                "detail_salt": each.detail_salt.hex(),
                "notice_key": each.notice_key,
                "notice_secret": each.notice_secret.hex() if each.notice_secret else None,
            }
            for each in secrets.targets
        ],
    }


def read_secrets(values: Any) -> Secrets:
    """What ``secrets.json`` says.

    Raises:
        FieldError: it is not of this form.
    """
    fields.check(values, "secrets.json", _SECRETS)
    return Secrets(
        bytes.fromhex(values["salt"]),
        tuple(
            TargetSecrets(
                bytes.fromhex(each["salt"]),
                bytes.fromhex(each["detail_salt"]),
                each["notice_key"],
                bytes.fromhex(each["notice_secret"]) if each["notice_secret"] else None,
            )
            for each in values["targets"]
        ),
    )


def told_json(told: Told) -> dict[str, Any]:
    """For ``request.json``."""
    order = told.order
    return {
        "version": VERSION,
        "chain_id": told.chain_id,
        "genesis": told.genesis.hex(),
        "agency": told.agency,
        "id": told.id.hex(),
        "order": order.order.hex(),
        "measure": order.measure.name,
        "asset_class": order.asset_class.name,
        "jurisdiction": order.jurisdiction,
        "period": order.period,
        "message": order.message.hex(),
        "targets": [_target_json(target) for target in told.targets],
    }


def _target_json(target: ChainTarget) -> dict[str, Any]:
    return {
        "institution": target.institution,
        "target": target.target.hex(),
        "currency": target.currency,
        "amount": str(target.amount),  # canonical JSON holds no number above 2**53, and wei are beyond it
        "scope": int(target.scope),
        "message": target.message.hex(),
        "key_version": target.key_version,
    }


def read_told(values: Any) -> Told:
    """What ``request.json`` says.

    Raises:
        FieldError: it is not of this form.
    """
    fields.check(values, "request.json", _TOLD)
    word = bytes.fromhex
    return Told(
        values["chain_id"],
        word(values["genesis"]),
        values["agency"],
        word(values["id"]),
        ChainOrder(
            word(values["order"]),
            Measure[values["measure"]],
            AssetClass[values["asset_class"]],
            values["jurisdiction"],
            values["period"],
            word(values["message"]),
        ),
        tuple(
            ChainTarget(
                each["institution"],
                word(each["target"]),
                each["currency"],
                int(each["amount"]),
                Scope(each["scope"]),
                word(each["message"]),
                each["key_version"],
            )
            for each in values["targets"]
        ),
    )


def _address(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"0x[0-9a-f]{40}", value) is not None


def _digits(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,28}", value) is not None


_AGENCY: Final = fields.number(1, (1 << 32) - 1)
_SECRET: Final[Mapping[str, fields.Check]] = {
    "salt": fields.hexed(32),
    "detail_salt": fields.hexed(32),
    "notice_key": _address,
    "notice_secret": fields.maybe(fields.hexed(32)),
}
_SECRETS: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "salt": fields.hexed(32),
    "targets": fields.list_of(fields.within(_SECRET)),
}
_TARGET: Final[Mapping[str, fields.Check]] = {
    "institution": _AGENCY,
    "target": fields.hexed(32),
    "currency": fields.number(0, 65_535),
    "amount": _digits,
    "scope": fields.number(0, 7),
    "message": fields.hexed(32),
    "key_version": _AGENCY,
}
_TOLD: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "chain_id": fields.number(1),
    "genesis": fields.hexed(32),
    "agency": _AGENCY,
    "id": fields.hexed(32),
    "order": fields.hexed(32),
    "measure": fields.one_of(*Measure.__members__),
    "asset_class": fields.one_of(*AssetClass.__members__),
    "jurisdiction": fields.number(1, 1023),
    "period": fields.number(1, (1 << 32) - 1),
    "message": fields.hexed(32),
    "targets": fields.list_of(fields.within(_TARGET)),
}
