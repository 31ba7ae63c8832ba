# SPDX-License-Identifier: Apache-2.0
"""What acts about cases and teams cost, to the unit, and what a victim may cost at most."""

from __future__ import annotations

from tests.contracts.cooperation.casework import (
    CASE,
    COMMITMENT,
    EFFECT,
    ITEM,
    NO_TEAM,
    TERRITORY,
    contested,
    item,
    leader,
    opened,
    proposal_id,
    running,
    share,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import Suite

HUNDRED = 100
MOST_FOR_A_VICTIM, MOST_FOR_ONE_COUNTED_BEFORE = 24_000, 4_000


def test_open_and_claim(suite: Suite, gas: GasBook) -> None:
    gas.note("case: open", suite.cases.open(COMMITMENT, TERRITORY, MESSAGE, leader(suite, "my_police")))
    gas.note("case: claim", suite.cases.claim(CASE, EFFECT, PAPER, leader(suite, "cn_police")))


def test_settle(suite: Suite, gas: GasBook) -> None:
    contested(suite)
    proposed = suite.cases.proposeLead(CASE, suite.ids["cn_police"], PAPER, leader(suite, "my_police"))
    gas.note("case: propose who leads", proposed)
    proposal = proposal_id(suite, "cn_police")
    settled = suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    gas.note("case: agree, settled between two", settled)


def test_transfer(suite: Suite, gas: GasBook) -> None:
    opened(suite)
    offered = suite.cases.offerTransfer(CASE, suite.ids["cn_police"], PAPER, leader(suite, "my_police"))
    gas.note("case: offer transfer", offered)
    accepted = suite.cases.acceptTransfer(CASE, PAPER, leader(suite, "cn_police"))
    gas.note("case: accept transfer", accepted)


def test_victims(suite: Suite, gas: GasBook) -> None:
    opened(suite)
    keys = [item(number) for number in range(HUNDRED)]
    by = {"from": suite.my_asker}
    suite.cases.countVictims(CASE, NO_TEAM, [PAPER], by)
    counted = suite.cases.countVictims(CASE, NO_TEAM, keys, by)
    gas.note("case: count 100 victims", counted)
    assert counted.gas_used / HUNDRED <= MOST_FOR_A_VICTIM
    again = suite.cases.countVictims(CASE, NO_TEAM, keys, by)
    gas.note("case: count 100 victims that were counted", again)
    assert again.gas_used / HUNDRED <= MOST_FOR_ONE_COUNTED_BEFORE


def test_share(suite: Suite, gas: GasBook) -> None:
    team = running(suite)
    share(suite, team, item=item(0))
    gas.note("team: share an item", suite.teams.share(team, ITEM, MESSAGE, leader(suite, "my_police")))
