# SPDX-License-Identifier: Apache-2.0
"""What the steps of a request for assistance cost, to the unit."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import web3

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.assistance.acts import (
    ACQUISITION,
    ACTS,
    ask,
    bring_to,
    direct_order,
    do,
    order,
)
from tests.contracts.cooperation.stage import PAPER
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import CN, Suite

MOST_FOR_ASKING, MOST_FOR_A_STEP = 200_000, 100_000
SEALED, SECRET, ROOT = (bytes(web3.keccak(text=name)) for name in ("a message", "a secret", "a root"))


def asked(suite: Suite, **changes: Any) -> tuple[Any, ...]:
    return order(message=SEALED, secret=SECRET, forum=CN, checklist=PAPER, methods=4, **changes)


def test_asking_the_police_directly(suite: Suite, gas: GasBook) -> None:
    given = direct_order(suite, message=SEALED, secret=SECRET)
    tx = suite.assistance.ask(given, {"from": suite.cn_asker})
    gas.note("assistance: ask, police to police", tx)
    assert tx.gas_used <= MOST_FOR_ASKING
    again = suite.assistance.ask(direct_order(suite, "another", secret=SECRET), {"from": suite.cn_asker})
    gas.note("assistance: ask once more, police to police", again)


def test_asking_through_the_authorities(suite: Suite, gas: GasBook) -> None:
    tx = suite.assistance.ask(asked(suite), {"from": suite.cn_asker})
    gas.note("assistance: ask through the central authorities", tx)
    assert tx.gas_used <= MOST_FOR_ASKING


def test_asking_under_an_agreement(suite: Suite, gas: GasBook) -> None:
    given = asked(suite, basis=2, agreement=suite.convention)
    gas.note("assistance: ask under an agreement", suite.assistance.ask(given, {"from": suite.cn_asker}))


@pytest.mark.parametrize(
    ("path", "act", "name"),
    [
        ("Submitted", "passOn", "pass on"),
        ("Sent", "acknowledge", "acknowledge"),
        ("Received", "assign", "assign"),
        ("Assigned", "accept", "accept"),
        ("Assigned", "askSupplement", "ask for a supplement"),
        ("SupplementAsked", "supplement", "supplement"),
        ("Assigned", "postpone", "postpone"),
        ("Assigned", "refuse", "refuse"),
        ("Fulfilled", "confirm", "confirm"),
    ],
)
def test_a_step(suite: Suite, gas: GasBook, path: str, act: str, name: str) -> None:
    request = bring_to(suite, path, asked(suite))
    tx = ACTS[act](suite, request)
    gas.note(f"assistance: {name}", tx)
    assert tx.gas_used <= MOST_FOR_A_STEP


def test_an_answer_with_one_acquisition(suite: Suite, gas: GasBook) -> None:
    request = bring_to(suite, "Accepted", asked(suite))
    suite.register(suite.collection(suite.collector, root=ROOT), suite.collector)
    reference = (ACQUISITION, suite.ids["my_police"], ROOT)
    next_block_at(now() + 10)
    tx = suite.answers.answer(request, True, 0, [reference], SEALED, {"from": suite.my_answerer})
    gas.note("assistance: answer with one acquisition", tx)


def test_the_whole_way(suite: Suite, gas: GasBook) -> None:
    """Guard: a request through both authorities to its confirmation stays below half a million."""
    request = ask(suite, asked(suite))
    acts = ("passOn", "acknowledge", "assign", "accept", "answer", "confirm")
    assert sum(do(suite, request, act).gas_used for act in acts) <= 500_000
