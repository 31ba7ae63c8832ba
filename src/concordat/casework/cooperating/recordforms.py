# SPDX-License-Identifier: Apache-2.0
"""The form of a record of a request for assistance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from concordat.evidence import fields

FORMAT: Final = "assistance-record/1"


def _mapping_of(inner: fields.Check) -> fields.Check:
    return lambda value: (
        isinstance(value, dict) and all(isinstance(key, str) and inner(each) for key, each in value.items())
    )


def part(order: Any) -> dict[str, Any]:
    """What the checks need of an order."""
    return {name: order.get(name) for name in ORDER} if isinstance(order, dict) else {}


def _any(_value: Any) -> bool:
    return True


_EVENT: Final[Mapping[str, fields.Check]] = {
    "contract": fields.text,
    "name": fields.text,
    "args": _mapping_of(_any),
    "transaction": fields.hexed(32, "0x"),
    "block": fields.number(),
    "blockHash": fields.hexed(32, "0x"),
    "logIndex": fields.number(),
    "time": fields.number(),
}
ORDER: Final[Mapping[str, fields.Check]] = {
    name: fields.hexed(32, "0x") for name in ("order", "checklist", "message")
}
FORM: Final[Mapping[str, fields.Check]] = {
    "concordat": fields.one_of(FORMAT),
    "chainId": fields.number(1),
    "genesis": fields.hexed(32, "0x"),
    "contract": fields.hexed(20, "0x"),
    "request": fields.hexed(32, "0x"),
    "agency": fields.number(1, (1 << 32) - 1),
    "agencyName": fields.text,
    "writtenAt": fields.number(0, (1 << 40) - 1),
    "events": fields.list_of(fields.within(_EVENT)),
    "messages": _mapping_of(fields.text),
    "opened": _mapping_of(_any),
    "papers": _mapping_of(fields.hexed(32)),
    "signer": fields.hexed(20, "0x"),
    "signature": fields.hexed(65, "0x"),
}
