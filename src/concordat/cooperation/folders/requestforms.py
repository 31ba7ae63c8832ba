# SPDX-License-Identifier: Apache-2.0
"""What lies in the private folder of a request for assistance beside the request: secrets, and what the chain
is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any, Final

from concordat.cooperation.assistance import ChainOrder
from concordat.cooperation.orders.request import RequestSecrets
from concordat.cooperation.words import Channel, LegalBasis, RequestKind, Urgency
from concordat.evidence import fields

VERSION: Final = 1


@unique
class Part(StrEnum):
    """Which part the agency whose folder this is has in the request."""

    ASKER = "asker"
    ASKED = "asked"


@dataclass(frozen=True)
class Told:
    """What the chain is told of a request.

    Attributes:
        part: of the own agency.
        chain_id, genesis: of the suite for which it was made.
        agency: number of the agency that asks.
        id: key of the request, 32 bytes.
    """

    part: Part
    chain_id: int
    genesis: bytes
    agency: int
    id: bytes
    order: ChainOrder


def secrets_json(secrets: RequestSecrets) -> dict[str, Any]:
    """For ``secrets.json``."""
    return {"version": VERSION, "salt": secrets.salt.hex(), "panel": secrets.panel.hex()}


def read_secrets(values: Any) -> RequestSecrets:
    """What ``secrets.json`` says.

    Raises:
        FieldError: it is not of this form.
    """
    fields.check(values, "secrets.json", _SECRETS)
    return RequestSecrets(bytes.fromhex(values["salt"]), bytes.fromhex(values["panel"]))


def told_json(told: Told) -> dict[str, Any]:
    """For ``told.json``."""
    order = told.order
    return {
        "version": VERSION,
        "part": told.part.value,
        "chain_id": told.chain_id,
        "genesis": told.genesis.hex(),
        "agency": told.agency,
        "id": told.id.hex(),
        "kind": str(order.kind.name),
        "to": order.to,
        "asked": order.agency,
        "basis": str(order.basis.name),
        "agreement": order.agreement.hex(),
        "urgency": str(order.urgency.name),
        "channel": str(order.channel.name),
        "forum": order.forum,
        "methods": order.methods,
        "presence": order.presence,
        "checklist": order.checklist.hex(),
        "order": order.order.hex(),
        "message": order.message.hex(),
        "secret": order.secret.hex(),
    }


def read_told(values: Any) -> Told:
    """What ``told.json`` says.

    Raises:
        FieldError: it is not of this form.
    """
    fields.check(values, "told.json", _TOLD)
    word = bytes.fromhex
    return Told(
        Part(values["part"]),
        values["chain_id"],
        word(values["genesis"]),
        values["agency"],
        word(values["id"]),
        ChainOrder(
            RequestKind[values["kind"]],
            values["to"],
            values["asked"],
            LegalBasis[values["basis"]],
            word(values["agreement"]),
            Urgency[values["urgency"]],
            Channel[values["channel"]],
            values["forum"],
            values["methods"],
            values["presence"],
            word(values["checklist"]),
            word(values["order"]),
            word(values["message"]),
            word(values["secret"]),
        ),
    )


_AGENCIES: Final = (1 << 32) - 1
_SECRETS: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "salt": fields.hexed(32),
    "panel": fields.hexed(32),
}
_TOLD: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "part": fields.one_of(*(part.value for part in Part)),
    "chain_id": fields.number(1),
    "genesis": fields.hexed(32),
    "agency": fields.number(1, _AGENCIES),
    "id": fields.hexed(32),
    "kind": fields.one_of(*(str(each.name) for each in RequestKind)),
    "to": fields.number(1, 999),
    "asked": fields.number(0, _AGENCIES),
    "basis": fields.one_of(*(str(each.name) for each in LegalBasis)),
    "agreement": fields.hexed(32),
    "urgency": fields.one_of(*(str(each.name) for each in Urgency)),
    "channel": fields.one_of(*(str(each.name) for each in Channel)),
    "forum": fields.number(0, 999),
    "methods": fields.number(0, 0xFFFF),
    "presence": fields.flag,
    "checklist": fields.hexed(32),
    "order": fields.hexed(32),
    "message": fields.hexed(32),
    "secret": fields.hexed(32),
}
