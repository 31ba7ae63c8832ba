# SPDX-License-Identifier: Apache-2.0
"""What acts about freezing cost, to the unit, and what they may cost at most (docs/requirements.md)."""

from __future__ import annotations

from brownie import web3

from tests.contracts.assets.stage import (
    HELD,
    REASON_OTHER,
    answer,
    answer_of,
    ask,
    check,
    endorsed,
    held,
    order,
    ratified,
    stop_order,
    target,
)
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import DAY, Suite

MOST_FOR_A_REQUEST, MOST_FOR_A_FURTHER_TARGET, MOST_FOR_AN_ANSWER = 100_000, 35_000, 50_000
HUNDRED = 100


def targets(suite: Suite, count: int) -> list[tuple[object, ...]]:
    """Many accounts at one bank; each message's hash without zeros, as most are."""
    return [
        target(suite, f"account {n}", message=bytes(web3.keccak(text=f"message {n}"))) for n in range(count)
    ]


def test_request(suite: Suite, gas: GasBook) -> None:
    tx = suite.requests.request(order(), targets(suite, 1), {"from": suite.requester})
    gas.note("freeze: request with one target", tx)
    assert tx.gas_used <= MOST_FOR_A_REQUEST


def test_stop_payment(suite: Suite, gas: GasBook) -> None:
    tx = suite.requests.request(stop_order(), targets(suite, 1), {"from": suite.requester})
    gas.note("freeze: stop-payment of one payment", tx)
    assert tx.gas_used <= MOST_FOR_A_REQUEST


def test_further_targets(suite: Suite, gas: GasBook) -> None:
    one = suite.requests.request(order("one"), targets(suite, 1), {"from": suite.requester})
    many = suite.requests.request(order("many"), targets(suite, HUNDRED), {"from": suite.requester})
    gas.note("freeze: request with 100 targets", many)
    assert (many.gas_used - one.gas_used) / (HUNDRED - 1) <= MOST_FOR_A_FURTHER_TARGET


def test_ratify(suite: Suite, gas: GasBook) -> None:
    request = ask(suite, order())
    gas.note("freeze: ratify", suite.requests.ratify(request, {"from": suite.high_ratifier}))


def test_endorse(suite: Suite, gas: GasBook) -> None:
    request = ask(suite, order(), by="my_requester", agency="my_police")
    suite.requests.ratify(request, {"from": suite.my_high_ratifier})
    gas.note("freeze: endorse", suite.requests.endorse(request, {"from": suite.endorser}))


def test_answer(suite: Suite, gas: GasBook) -> None:
    named = target(suite)
    request = ratified(suite, named)
    tx = answer(suite, request, named[1], detail=bytes(web3.keccak(text="sealed answer")))
    gas.note("freeze: answer", tx)
    assert tx.gas_used <= MOST_FOR_AN_ANSWER


def test_many_answers(suite: Suite, gas: GasBook) -> None:
    named = targets(suite, HUNDRED)
    request = ratified(suite, *named)
    answers = [answer_of(request, one[1], HELD) for one in named]
    gas.note("freeze: 100 answers", suite.holds.answer(answers, {"from": suite.teller}))


def test_check(suite: Suite, gas: GasBook) -> None:
    named = target(suite)
    request = endorsed(suite, named)
    answer(suite, request, named[1])
    gas.note("freeze: check", check(suite, request, named[1]))


def test_renew(suite: Suite, gas: GasBook) -> None:
    request, named = held(suite)
    tx = suite.holds.renew(request, named, 30 * DAY, b"\x09" * 32, {"from": suite.high_ratifier})
    gas.note("freeze: renew", tx)


def test_release(suite: Suite, gas: GasBook) -> None:
    request, named = held(suite)
    part = suite.holds.release(request, named, 400_00, REASON_OTHER, {"from": suite.releaser})
    gas.note("freeze: release of a part", part)
    rest = suite.holds.release(request, named, 600_00, REASON_OTHER, {"from": suite.releaser})
    gas.note("freeze: release of the rest", rest)
