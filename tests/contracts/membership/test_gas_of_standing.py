# SPDX-License-Identifier: Apache-2.0
"""What standing costs: as much after a hundred outcomes as after one.

ERC-8004's `getSummary` walks the list of feedback: 649,506 gas for a hundred (peers, "ERC-8004").
"""

from __future__ import annotations

from brownie import web3

from concordat.membership.standing.score import Outcome
from tests.contracts.gasbook import GasBook
from tests.contracts.membership.rated import RATED, begin_quarter, id_of, say, take_back
from tests.contracts.suite import Suite

SUMMARY_OF_ERC_8004 = 649_506
HUNDRED = 100


def steady_reference(number: int) -> bytes:
    return bytes(web3.keccak(text=f"a subject without zeros {number}"))


def test_outcomes(suite: Suite, gas: GasBook) -> None:
    """The first of a country in a quarter opens a slot for its tally."""
    begin_quarter()
    say(suite, Outcome.OVERDUE, by=700, ref=steady_reference(0))
    first = say(suite, Outcome.OVERDUE, ref=steady_reference(1))
    again = say(suite, Outcome.ANSWERED_IN_TIME, ref=steady_reference(2))
    gas.note("standing: first outcome of a country in a quarter", first)
    gas.note("standing: another of the same country", again)
    gas.note("standing: take an outcome back", take_back(suite, id_of(first)))
    assert again.gas_used < first.gas_used < SUMMARY_OF_ERC_8004 // 5


def test_a_score_costs_the_same_after_a_hundred_outcomes(suite: Suite, gas: GasBook) -> None:
    begin_quarter()
    say(suite, Outcome.OVERDUE)
    read = suite.reputation.scoreOf
    one = read.transact(suite.ids[RATED], {"from": suite.stranger})
    latest = None
    for number in range(HUNDRED):
        latest = say(suite, Outcome.OVERDUE, by=100 + number % 50, ordinal=2)
    hundred = read.transact(suite.ids[RATED], {"from": suite.stranger})
    gas.note("standing: read a score, with a hundred outcomes on record", hundred)
    assert hundred.gas_used == one.gas_used < SUMMARY_OF_ERC_8004 // 10
    assert latest is not None
    assert latest.gas_used < SUMMARY_OF_ERC_8004 // 5
