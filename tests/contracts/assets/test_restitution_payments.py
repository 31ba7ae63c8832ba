# SPDX-License-Identifier: Apache-2.0
"""Payments: by who holds the money, to a claim, at most its share, confirmed by the victim's own key."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import WalletMock, web3
from eth_abi import encode

from tests.contracts.assets.stage import hold_id
from tests.contracts.assets.victims import (
    AMOUNT,
    COMMITMENT,
    OPEN,
    PAPER,
    PAYMENT,
    PAYMENT_RECEIPT,
    TRACING,
    awarded,
    before_judgment,
    claim_of,
    confirm,
    decide,
    decided,
    enter,
    entry,
    open_plan,
    pay,
    proceeds,
    signed_receipt,
    victims_entry,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, DISTRIBUTE, HOUR, KEEP, ZERO32, Suite

ONE, TWO = entry("one")[0], entry("two")[0]


def claim(suite: Suite, plan: bytes, given: bytes) -> dict[str, Any]:
    names = ("amount", "share", "paid", "paidAt", "confirmedAt", "byVictim", "objected")
    return dict(zip(names, suite.restitution.claimOf(plan, given), strict=True))


def paid(suite: Suite, plan: bytes) -> int:
    return int(suite.restitution.planOf(plan)[12])


def left(suite: Suite, source: tuple[bool, bytes, bytes]) -> int:
    return int(suite.holds.returnable(*source[1:])[2])


# Paying


def test_the_institution_pays_shares(suite: Suite) -> None:
    source = awarded(suite, 900)
    plan = decided(suite, entry("one", 1000), entry("two", 2000), sources=[source])
    assert (suite.restitution.shareOf(plan, ONE), suite.restitution.shareOf(plan, TWO)) == (300, 600)
    tx = pay(suite, plan, (ONE, 300), (TWO, 100))
    assert [(event["source"], event["amount"]) for event in tx.events["Paid"]] == [(0, 300), (0, 100)]
    assert tx.events["Paid"][0]["paymentHash"] == "0x" + PAYMENT.hex()
    assert claim(suite, plan, TWO)["paid"] == 100
    assert claim(suite, plan, TWO)["paidAt"] == tx.timestamp
    assert (paid(suite, plan), left(suite, source)) == (400, 500)
    pay(suite, plan, (TWO, 500))
    assert (paid(suite, plan), left(suite, source)) == (900, 0)


def test_at_most_the_share_also_in_parts(suite: Suite) -> None:
    plan = decided(suite, entry("one", 1000), entry("two", 2000), sources=[awarded(suite, 900)])
    with reverts("BeyondShare", ONE, 301, 300):
        pay(suite, plan, (ONE, 301))
    pay(suite, plan, (ONE, 299))
    with reverts("BeyondShare", ONE, 2, 1):
        pay(suite, plan, (ONE, 2))
    with reverts("BeyondShare", ONE, 1, 0):
        pay(suite, plan, (ONE, 1), (ONE, 1))


def test_all_or_none(suite: Suite) -> None:
    source = awarded(suite, 900)
    plan = decided(suite, entry("one", 1000), entry("two", 2000), sources=[source])
    with reverts("BeyondShare", TWO, 601, 600):
        pay(suite, plan, (ONE, 300), (TWO, 601))
    assert (paid(suite, plan), left(suite, source), claim(suite, plan, ONE)["paid"]) == (0, 900, 0)


def test_a_payment_is_to_somebody_of_something_with_a_number(suite: Suite) -> None:
    plan = decided(suite, entry("one"))
    with reverts("NoClaims"):
        pay(suite, plan)
    with reverts("NoSuchClaim", TWO):
        pay(suite, plan, (TWO, 1))
    with reverts("ZeroPayment", ONE):
        pay(suite, plan, (ONE, 0))
    with reverts("ZeroPayment", ONE):
        suite.restitution.pay(plan, 0, [(ONE, 1, ZERO32)], {"from": suite.teller})
    with reverts("NoSuchSource", 1):
        pay(suite, plan, (ONE, 1), source=1)


def test_not_before_the_decision(suite: Suite) -> None:
    plan = open_plan(suite, method=TRACING)
    enter(suite, plan, entry("one", 100, 100))
    with reverts("PlanInState", plan, OPEN):
        pay(suite, plan, (ONE, 1))


def test_only_who_holds_the_money_pays(suite: Suite) -> None:
    plan = decided(suite, entry("one"))
    with reverts("NotThePayer", suite.ids["sg_payer"], suite.ids["sg_bank"]):
        pay(suite, plan, (ONE, 1), by="payer_teller")
    for other in ("distributor", "judge", "checker", "bank_keeper", "keeper"):
        with reverts("NotAuthorised", suite.actors[other], ANSWER):
            pay(suite, plan, (ONE, 1), by=other)


def test_proceeds_are_paid_by_the_custodian(suite: Suite) -> None:
    thing = proceeds(suite)
    plan = decided(suite, entry("one"), sources=[thing])
    with reverts("NotThePayer", suite.ids["sg_bank"], suite.ids["sg_police"]):
        pay(suite, plan, (ONE, 1), by="bank_keeper")
    with reverts("NotAuthorised", suite.teller, KEEP):
        pay(suite, plan, (ONE, 1))
    pay(suite, plan, (ONE, AMOUNT), by="keeper")
    assert suite.assets.returnable(thing[1])[2] == 0
    assert paid(suite, plan) == AMOUNT


def test_from_several_sources_each_by_its_own_payer(suite: Suite) -> None:
    thing = proceeds(suite, 700)
    plan = decided(suite, entry("one", 3000), sources=[awarded(suite, 300), thing])
    pay(suite, plan, (ONE, 300))
    pay(suite, plan, (ONE, 700), source=1, by="keeper")
    assert claim(suite, plan, ONE)["paid"] == 1000


def test_a_source_gives_no_more_than_it_has(suite: Suite) -> None:
    first = awarded(suite, 300)
    plan = decided(suite, entry("one", 1000), sources=[first, awarded(suite, 700, "second")])
    with reverts("AmountMisstated", hold_id(*first[1:]), 301, 300):
        pay(suite, plan, (ONE, 301))
    pay(suite, plan, (ONE, 300))
    pay(suite, plan, (ONE, 700), source=1)


def test_a_source_that_is_over_leaves_the_others_payable(suite: Suite) -> None:
    first, second = before_judgment(suite), before_judgment(suite, name="another wallet")
    plan = open_plan(suite, first, second)
    enter(suite, plan, entry("one", 5 * AMOUNT))
    decide(suite, plan, "high_ratifier")
    suite.holds.release(*first[1:], AMOUNT, 2, {"from": suite.releaser})
    with reverts("NothingToReturn", hold_id(*first[1:])):
        pay(suite, plan, (ONE, 1))
    pay(suite, plan, (ONE, AMOUNT), source=1)
    with reverts("NothingToReturn", hold_id(*second[1:])):
        pay(suite, plan, (ONE, 1), source=1)


def test_before_judgment_an_objection_stops_payment(suite: Suite) -> None:
    source = before_judgment(suite)
    plan = open_plan(suite, source)
    enter(suite, plan, entry("one"))
    decide(suite, plan, "high_ratifier")
    pay(suite, plan, (ONE, 100))
    suite.objections.objectAsMember(*source[1:], PAPER, {"from": suite.bank_objector})
    with reverts("NothingToReturn"):
        pay(suite, plan, (ONE, 1))
    suite.objections.review(*source[1:], 3, 0, PAPER, {"from": suite.reviewer})
    pay(suite, plan, (ONE, AMOUNT - 100))


# Confirming


def test_the_victim_confirms_and_anybody_carries_it(suite: Suite) -> None:
    plan, given = decided(suite, victims_entry(suite)), claim_of(suite.actor("victim"))
    with reverts("NotPaid", given):
        confirm(suite, plan, 0)
    pay(suite, plan, (given, 400))
    tx = confirm(suite, plan, 400)
    assert (tx.events["PaymentConfirmed"]["byVictim"], tx.events["PaymentConfirmed"]["receipt"]) == (
        True,
        "0x" + ZERO32.hex(),
    )
    found = claim(suite, plan, given)
    assert (found["confirmedAt"], found["byVictim"]) == (tx.timestamp, True)
    with reverts("AlreadyConfirmed", given):
        confirm(suite, plan, 400)


def test_a_receipt_is_over_what_was_paid_so_far(suite: Suite) -> None:
    plan, given = decided(suite, victims_entry(suite)), claim_of(suite.actor("victim"))
    pay(suite, plan, (given, 400))
    for other in (399, 401, AMOUNT):
        with reverts("InvalidSignature", suite.actor("victim")):
            confirm(suite, plan, other)
    confirm(suite, plan, 400)
    first = signed_receipt(suite, plan, 400)
    pay(suite, plan, (given, 100))
    found = claim(suite, plan, given)
    assert (found["confirmedAt"], found["byVictim"]) == (0, False)
    with reverts("InvalidSignature", suite.actor("victim")):
        suite.restitution.confirm(*first, {"from": suite.actor("stranger")})
    confirm(suite, plan, 500)


@pytest.mark.parametrize("change", ["commitment", "key"])
def test_another_opening_confirms_nothing(suite: Suite, change: str) -> None:
    plan = decided(suite, victims_entry(suite))
    pay(suite, plan, (claim_of(suite.actor("victim")), 400))
    other = suite.actor("stranger").address if change == "key" else PAPER
    with reverts("NotTheClaimKey"):
        confirm(suite, plan, 400, {change: other})


def test_a_receipt_has_a_deadline(suite: Suite) -> None:
    plan = decided(suite, victims_entry(suite))
    pay(suite, plan, (claim_of(suite.actor("victim")), 400))
    given = signed_receipt(suite, plan, 400)
    next_block_at(given[3] + 1)
    with reverts("DeadlinePassed", given[3], given[3] + 1):
        suite.restitution.confirm(*given, {"from": suite.actor("stranger")})
    given = signed_receipt(suite, plan, 400)
    next_block_at(given[3])
    suite.restitution.confirm(*given, {"from": suite.actor("stranger")})


def test_the_victim_may_have_a_contract_wallet(suite: Suite) -> None:
    key = suite.actor("victim")
    wallet = WalletMock.deploy(key, {"from": key})
    given = bytes(web3.keccak(encode(["bytes32", "address"], [COMMITMENT, wallet.address])))
    plan = decided(suite, (given, AMOUNT, 0))
    pay(suite, plan, (given, AMOUNT))
    deadline = now() + HOUR
    signature = suite.sign(key, suite.restitution, PAYMENT_RECEIPT, (plan, given, AMOUNT, deadline))
    suite.restitution.confirm(plan, COMMITMENT, wallet, deadline, signature, {"from": key})
    assert claim(suite, plan, given)["byVictim"]


def test_a_paper_receipt_stands_until_the_victim_signs(suite: Suite) -> None:
    plan, given = decided(suite, victims_entry(suite)), claim_of(suite.actor("victim"))
    by = {"from": suite.distributor}
    with reverts("NotPaid", given):
        suite.restitution.confirmByReceipt(plan, given, PAPER, by)
    pay(suite, plan, (given, 400))
    with reverts("EmptyDecision"):
        suite.restitution.confirmByReceipt(plan, given, ZERO32, by)
    with reverts("NoSuchClaim", ONE):
        suite.restitution.confirmByReceipt(plan, ONE, PAPER, by)
    with reverts("NotThePlanner", suite.ids["sg_unit"], suite.ids["sg_police"]):
        suite.restitution.confirmByReceipt(plan, given, PAPER, {"from": suite.unit_distributor})
    with reverts("NotAuthorised", suite.teller, DISTRIBUTE):
        suite.restitution.confirmByReceipt(plan, given, PAPER, {"from": suite.teller})

    event = suite.restitution.confirmByReceipt(plan, given, PAPER, by).events["PaymentConfirmed"]
    assert (event["byVictim"], event["receipt"]) == (False, "0x" + PAPER.hex())
    with reverts("AlreadyConfirmed", given):
        suite.restitution.confirmByReceipt(plan, given, PAPER, by)
    confirm(suite, plan, 400)
    assert claim(suite, plan, given)["byVictim"]
    with reverts("AlreadyConfirmed", given):
        suite.restitution.confirmByReceipt(plan, given, PAPER, by)


def test_also_once_the_plan_is_closed(suite: Suite) -> None:
    plan, given = decided(suite, victims_entry(suite)), claim_of(suite.actor("victim"))
    pay(suite, plan, (given, 400))
    suite.restitution.close(plan, {"from": suite.distributor})
    confirm(suite, plan, 400)
    assert claim(suite, plan, given)["byVictim"]
