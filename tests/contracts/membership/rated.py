# SPDX-License-Identifier: Apache-2.0
"""Outcomes as modules of the suite record them, and what became of the rated, in the words of the client."""

from __future__ import annotations

from itertools import count
from typing import Any

from brownie import web3

from concordat.membership.standing.score import DAY, QUARTER, Account, Outcome, Tally, quarter_of
from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import block_at, now, pass_time
from tests.contracts.nodes import set_storage
from tests.contracts.suite import Suite, agency_id

RATED = "my_police"
OVERDUE, IN_TIME, LOST = Outcome.OVERDUE, Outcome.ANSWERED_IN_TIME, Outcome.DISPUTE_LOST
_ACCOUNTS_SLOT = 0
_references = count(1)


def reference() -> bytes:
    """One that was not used before."""
    return bytes(web3.keccak(text=f"subject {next(_references)}"))


def outcome_id(suite: Suite, outcome: Outcome, ref: bytes, agency: str = RATED) -> bytes:
    return bytes(suite.reputation.outcomeId(suite.ids[agency], outcome, ref))


def say(
    suite: Suite,
    outcome: Outcome,
    by: int = 764,
    agency: str = RATED,
    ref: bytes | None = None,
    ordinal: int = 1,
) -> Any:
    """Panels record it, as said by the agency of that ordinal of a jurisdiction."""
    panels = {"from": as_module(suite.panels)}
    given = (suite.ids[agency], agency_id(by, ordinal), outcome, ref or reference())
    return suite.reputation.record(*given, panels)


def id_of(tx: Any) -> bytes:
    """The outcome that a transaction recorded."""
    return bytes(tx.events["OutcomeRecorded"]["outcome"])


def take_back(suite: Suite, outcome: bytes) -> Any:
    return suite.reputation.annul(outcome, b"\x0d" * 32, {"from": as_module(suite.panels)})


def account(suite: Suite, agency: str = RATED) -> Account:
    return Account(*suite.reputation.accountOf(suite.ids[agency]))


def tally(suite: Suite, by: int, agency: str = RATED, quarter: int | None = None) -> Tally:
    of = quarter_of(now()) if quarter is None else quarter
    return Tally(*suite.reputation.tallyOf(suite.ids[agency], by, of))


def points(suite: Suite, agency: str = RATED) -> int:
    return int(suite.reputation.scoreOf(suite.ids[agency]))


def withheld(suite: Suite, agency: str = RATED) -> tuple[int, int]:
    """Powers, and until when."""
    powers, until = suite.agencies.withheldOf(suite.ids[agency])
    return int(powers), int(until)


def bind(suite: Suite, country: str = "my") -> None:
    suite.reputation.declare(True, {"from": suite.actors[f"{country}_authority"]})


def begin_quarter() -> None:
    """Pass to the first second of the next quarter."""
    block_at((quarter_of(now()) + 1) * QUARTER)


def pass_days(days: int) -> None:
    pass_time(days * DAY)


def put(suite: Suite, given: Account, agency: str = RATED) -> None:
    """Make the account this, past all code: the thresholds are looked at from both sides."""
    fields = (
        (given.good, 0),
        (given.bad, 96),
        (given.quarter, 192),
        (given.parties, 208),
        (given.parties_before, 216),
        (given.tier, 224),
        (given.withheld_until, 232),
    )
    slot = suite.ids[agency].to_bytes(32) + _ACCOUNTS_SLOT.to_bytes(32)
    set_storage(suite.reputation, bytes(web3.keccak(slot)), sum(value << at for value, at in fields))
    assert account(suite, agency) == given
