# SPDX-License-Identifier: Apache-2.0
"""Acts of objecting and reviewing to begin with."""

from __future__ import annotations

from typing import Any

from brownie import web3

from tests.contracts.assets.stage import (
    COMMITMENT,
    held,
    hold_id,
    target_of,
)
from tests.contracts.clock import now
from tests.contracts.suite import DAY, Suite

OBJECTION = {
    "Objection": [
        {"name": "request", "type": "bytes32"},
        {"name": "target", "type": "bytes32"},
        {"name": "grounds", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
UPHELD, IN_PART, DISMISSED = 1, 2, 3
STATUS = ("None", "Pending", "Overdue", "Decided")
GROUNDS, OTHER_GROUNDS = bytes(web3.keccak(text="half of it is mine")), b"\x02" * 32
DECISION = b"\x0d" * 32
AMOUNT = 1_000_00
REVIEW_WITHIN = 10 * DAY


def on_notice(suite: Suite, key: Any | None = None) -> tuple[bytes, bytes]:
    """A hold whose account holder has a key: request and target."""
    return held(suite, target=target_of(COMMITMENT, key or suite.actor("account holder")))


def signed(
    suite: Suite, request: bytes, grounds: bytes = GROUNDS, altered: dict[str, Any] | None = None
) -> tuple[Any, ...]:
    """The arguments of objectTo; some may be altered after they were signed."""
    key = suite.actor("account holder")
    deadline = now() + DAY
    values = (request, target_of(COMMITMENT, key), grounds, deadline)
    given = {
        "request": request,
        "account": bytes(COMMITMENT),
        "key": key.address,
        "grounds": grounds,
        "deadline": deadline,
        "signature": suite.sign(key, suite.objections, OBJECTION, values),
    }
    return tuple((given | (altered or {})).values())


def object_to(
    suite: Suite, request: bytes, grounds: bytes = GROUNDS, altered: dict[str, Any] | None = None
) -> Any:
    """The account holder signs, a stranger sends."""
    given = signed(suite, request, grounds, altered)
    return suite.objections.objectTo(*given, {"from": suite.actor("stranger")})


def objected(suite: Suite) -> tuple[bytes, bytes]:
    request, named = on_notice(suite)
    object_to(suite, request)
    return request, named


def review(
    suite: Suite,
    request: bytes,
    named: bytes,
    outcome: int = UPHELD,
    released: int = 0,
    by: str = "reviewer",
    decision: bytes = DECISION,
) -> Any:
    return suite.objections.review(request, named, outcome, released, decision, {"from": suite.actors[by]})


def status(suite: Suite, request: bytes, named: bytes, number: int = 1, at: int | None = None) -> str:
    return STATUS[suite.objections.statusAt(request, named, number, now() if at is None else at)]


def record(suite: Suite, agency: str = "sg_police") -> tuple[int, ...]:
    """Objections, upheld, upheld in part, overdue reviews."""
    return tuple(suite.objections.recordOf(suite.ids[agency]))


def amount_held(suite: Suite, request: bytes, named: bytes) -> int:
    return int(suite.holds.holdOf(hold_id(request, named))[2])


def awaits_review(suite: Suite, request: bytes, named: bytes) -> bool:
    return bool(suite.holds.holdOf(hold_id(request, named))[7] & 64)
