# SPDX-License-Identifier: Apache-2.0
"""What agreements cost, to the unit."""

from __future__ import annotations

from brownie import web3

from tests.contracts.clock import now
from tests.contracts.cooperation.agreeing import (
    accept,
    agreed,
    draft,
    in_force,
    obligation,
    propose,
    ratify,
    withdraw,
)
from tests.contracts.cooperation.stage import PAPER, Kind
from tests.contracts.gasbook import GasBook
from tests.contracts.nodes import node
from tests.contracts.suite import CN, MY, Suite

PROPOSAL = "agreement: propose, two parties and five kinds"


def test_proposal(suite: Suite, gas: GasBook) -> None:
    gas.note(PROPOSAL, suite.agreements.propose(draft(), {"from": suite.cn_authority}))


def test_acceptance(suite: Suite, gas: GasBook) -> None:
    thread, version = propose(suite, draft())
    gas.note("agreement: accept, the last of two", accept(suite, thread, version, "my"))


def test_ratification(suite: Suite, gas: GasBook) -> None:
    thread = agreed(suite, draft())
    gas.note("agreement: ratify, the first", ratify(suite, thread, "cn"))
    gas.note("agreement: ratify, into force", ratify(suite, thread, "my"))


def test_performance(suite: Suite, gas: GasBook) -> None:
    thread = in_force(suite, draft(obligations=[obligation()]))
    tx = suite.agreements.perform(thread, 0, PAPER, {"from": suite.my_authority})
    gas.note("agreement: perform an obligation", tx)


def test_withdrawal(suite: Suite, gas: GasBook) -> None:
    gas.note("agreement: withdraw", withdraw(suite, in_force(suite), "my"))


def test_the_live_rules_are_cheap_to_read(suite: Suite) -> None:
    """As another contract pays for it: what a call uses, without the transaction around it."""
    thread = in_force(suite)
    data = suite.agreements.termsBetween.encode_input(thread, MY, CN, Kind.EVIDENCE, now())
    asked = {"to": suite.agreements.address, "data": data, "from": suite.stranger.address}
    used = int(node().request("eth_estimateGas", asked), 16) - intrinsic(data)
    assert used <= 20_000


def intrinsic(data: str) -> int:
    """Gas of a transaction with this calldata that does nothing."""
    given = bytes(web3.to_bytes(hexstr=data))
    return 21_000 + 4 * given.count(0) + 16 * (len(given) - given.count(0))
