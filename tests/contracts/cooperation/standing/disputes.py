# SPDX-License-Identifier: Apache-2.0
"""Disputes to begin with: the Chinese police asked, Malaysia's answered; Singapore and others may be drawn.

The stand-in for the requests says whatever `tell` told it. Each act takes the officer who usually does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from brownie import web3
from eth_abi import encode

from concordat.membership.standing.score import Outcome
from tests.contracts.clock import now, pass_time
from tests.contracts.cooperation.stage import KH, PH, TH, Kind
from tests.contracts.suite import DAY, SG, ZERO32, Suite

ANSWER, USE_BREACH, OUTCOME = 1, 2, 3
STATUS = ("None", "Committing", "Revealing", "Voting", "Upheld", "Dismissed", "Undecided")
REQUEST = bytes(web3.keccak(text="a request"))
GROUNDS, REASONS = b"\x41" * 32, b"\x42" * 32
CLAIM, DEFENCE = b"\x51" * 32, b"\x52" * 32
"""Secrets of claimant and respondent."""
OTHERS = {SG: "sg_authority", TH: "th_authority", KH: "kh_authority", PH: "ph_authority"}
"""Who may be drawn for a dispute of China with Malaysia, in the order of membership."""
CASE_ONLY = 1
"""The least limit of use."""
OPEN_WITHIN, COMMIT_WITHIN, REVEAL_WITHIN, VOTE_WITHIN = 60 * DAY, 14 * DAY, 7 * DAY, 21 * DAY


class State(IntEnum):
    """AssistanceStatus of the contracts."""

    NONE = 0
    SUBMITTED = 1
    SENT = 3
    RECEIVED = 4
    ASSIGNED = 5
    POSTPONED = 9
    PARTIAL = 11
    FULFILLED = 12
    CONFIRMED = 13
    DISPUTED = 14
    DISPUTE_LOST = 15
    REFUSED = 16
    WITHDRAWN = 17
    OVERDUE_RECEIPT = 19
    OVERDUE = 20


def commitment(secret: bytes) -> bytes:
    return bytes(web3.keccak(encode(["bytes32"], [secret])))


def tell(
    suite: Suite, request: bytes = REQUEST, status: State | None = None, ago: int = 10, **changes: Any
) -> bytes:
    """Let the stand-in know a request: acknowledged and answered in time, unless `changes` say otherwise.

    Args:
        ago: days since it was sent.
    """
    begun = now() - ago * DAY
    values = {
        "asker": suite.ids["cn_police"],
        "receiver": suite.ids["my_police"],
        "executor": suite.ids["my_police"],
        "kind": Kind.EVIDENCE,
        "state": State.FULFILLED,
        "urgency": 0,
        "flags": 0,
        "sent_at": begun,
        "acknowledge_by": begun + DAY,
        "answer_by": begun + 5 * DAY,
        "paused_at": 0,
        "changed_at": begun + 4 * DAY,
        "acknowledged_at": begun + DAY,
        "answered_at": begun + 4 * DAY,
        "ground": 0,
        "forum": 0,
        "methods": 0,
    }
    assert changes.keys() <= values.keys()
    values |= changes
    suite.assistance.set(request, tuple(values.values()), status or values["state"], {"from": suite.stranger})
    suite.assistance.setUseLimits(request, CASE_ONLY, {"from": suite.stranger})
    return request


def commit_both(
    suite: Suite, request: bytes = REQUEST, asker: bytes = CLAIM, executor: bytes = DEFENCE
) -> None:
    """Both sides committed with the request; b"" is no commitment."""
    given = [commitment(secret) if secret else ZERO32 for secret in (asker, executor)]
    suite.assistance.setSecrets(request, *given, {"from": suite.stranger})


def dispute_id(
    suite: Suite, kind: int = ANSWER, subject: bytes = REQUEST, claimant: str = "cn_police"
) -> bytes:
    values = [kind, subject, suite.ids[claimant]]
    return bytes(web3.keccak(encode(["uint8", "bytes32", "uint32"], values)))


def open_dispute(
    suite: Suite,
    kind: int = ANSWER,
    subject: bytes = REQUEST,
    by: str = "cn_objector",
    given: bytes = ZERO32,
    grounds: bytes = GROUNDS,
) -> Any:
    return suite.panels.open(kind, subject, grounds, given, {"from": suite.actors[by]})


def opened(suite: Suite) -> bytes:
    """The asker disputes the answer; both had committed."""
    tell(suite)
    commit_both(suite)
    open_dispute(suite)
    return dispute_id(suite)


def reveal(suite: Suite, dispute: bytes, *secrets: bytes) -> Any:
    for secret in secrets:
        tx = suite.panels.reveal(dispute, secret, {"from": suite.stranger})
    return tx


def drawn(suite: Suite) -> tuple[bytes, list[int]]:
    """The dispute of `opened` before its panel."""
    dispute = opened(suite)
    reveal(suite, dispute, CLAIM, DEFENCE)
    return dispute, panel_of(suite, dispute)


def panel_of(suite: Suite, dispute: bytes) -> list[int]:
    return [int(country) for country in suite.panels.panelOf(dispute)]


def vote(suite: Suite, dispute: bytes, country: int, uphold: bool = True) -> Any:
    return suite.panels.vote(dispute, uphold, REASONS, {"from": suite.actors[OTHERS[country]]})


def decide(suite: Suite, dispute: bytes, uphold: bool) -> Any:
    """Two of the panel vote alike; it is closed."""
    for country in panel_of(suite, dispute)[:2]:
        vote(suite, dispute, country, uphold)
    return close(suite, dispute)


def close(suite: Suite, dispute: bytes) -> Any:
    return suite.panels.close(dispute, {"from": suite.stranger})


def status(suite: Suite, dispute: bytes, at: int | None = None) -> str:
    return STATUS[suite.panels.statusAt(dispute, now() if at is None else at)]


def draw(members: Sequence[int], seed_of: tuple[bytes, bytes, bytes]) -> list[int]:
    """The draw, done again from what is public: both secrets and the dispute."""
    left = list(members)
    seed = web3.keccak(encode(["bytes32"] * 3, list(seed_of)))
    for step in range(min(3, len(left))):
        number = int.from_bytes(web3.keccak(encode(["bytes32", "uint256"], [bytes(seed), step])))
        at = step + number % (len(left) - step)
        left[step], left[at] = left[at], left[step]
    return left[:3]


def recorded(tx: Any) -> list[tuple[int, int, Outcome]]:
    """Who was rated, by whose word, and what for."""
    events = [event for event in tx.events if event.name == "OutcomeRecorded"]
    return [(event["agency"], event["counterparty"], Outcome(event["kind"])) for event in events]


def state(suite: Suite, request: bytes = REQUEST) -> State:
    return State(suite.assistance.requestOf(request)[4])


def leave(suite: Suite, *countries: int) -> None:
    for country in countries:
        suite.agencies.leave({"from": suite.actors[OTHERS[country]]})


def pass_beyond(seconds: int) -> None:
    """Let so many seconds and one more pass."""
    pass_time(seconds + 1)
