# SPDX-License-Identifier: Apache-2.0
"""Claims: entered while the notice runs, disputed by their holders, corrected by others than who planned."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.victims import (
    AMOUNT,
    DECIDED,
    PAPER,
    PRO_RATA,
    TRACING,
    awarded,
    claim_of,
    decide,
    enter,
    entry,
    object_to,
    objections_until,
    open_plan,
    signed_objection,
    victims_entry,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, JUDGE, REVIEW, ZERO32, Suite

OTHER_GROUNDS = b"\x02" * 32


def sums(suite: Suite, plan: bytes) -> tuple[int, int, int]:
    """How many claims, their sum, and what was traced or fixed."""
    _, _, _, _, _, _, _, _, claims, claimed, _, shares, _ = suite.restitution.planOf(plan)
    return claims, claimed, shares


def claim(suite: Suite, plan: bytes, given: bytes) -> dict[str, Any]:
    names = ("amount", "share", "paid", "paidAt", "confirmedAt", "byVictim", "objected")
    return dict(zip(names, suite.restitution.claimOf(plan, given), strict=True))


def correct(suite: Suite, plan: bytes, amount: int, by: str = "reviewer", decision: bytes = PAPER) -> Any:
    """Decide the victim's objection."""
    given = claim_of(suite.actor("victim"))
    return suite.restitution.decideObjection(plan, given, amount, decision, {"from": suite.actors[by]})


def disputed(suite: Suite, amount: int = AMOUNT, traced: int = 0, method: int = PRO_RATA) -> bytes:
    """A plan whose one claim its holder disputes, beside another claim."""
    plan = open_plan(suite, method=method)
    enter(suite, plan, victims_entry(suite, amount, traced), entry("other", 500, 100 if traced else 0))
    object_to(suite, plan)
    return plan


# Entering


def test_claims_come_in_bulk_and_are_summed(suite: Suite) -> None:
    plan = open_plan(suite)
    tx = enter(suite, plan, entry("one", 300), entry("two", 500))
    assert [event["amount"] for event in tx.events["ClaimEntered"]] == [300, 500]
    enter(suite, plan, entry("three", 2**96 - 1), entry("four", 2**96 - 1))
    assert sums(suite, plan) == (4, 800 + 2 * (2**96 - 1), 0)
    assert claim(suite, plan, entry("one")[0])["amount"] == 300


def test_what_was_traced_is_summed_too(suite: Suite) -> None:
    plan = open_plan(suite, method=TRACING)
    enter(suite, plan, entry("one", 300, 300), entry("two", 500, 0), entry("three", 500, 7))
    assert sums(suite, plan) == (3, 1300, 307)
    assert claim(suite, plan, entry("three")[0])["share"] == 7


@pytest.mark.parametrize(("method", "traced"), [(TRACING, 301), (PRO_RATA, 1)])
def test_no_more_is_traced_than_claimed_and_nothing_pro_rata(suite: Suite, method: int, traced: int) -> None:
    plan = open_plan(suite, method=method)
    given = entry("one", 300, traced)
    with reverts("TracedMisstated", given[0]):
        enter(suite, plan, given)


def test_a_claim_is_somebodys_and_for_something_and_once(suite: Suite) -> None:
    plan = open_plan(suite)
    with reverts("NoClaims"):
        enter(suite, plan)
    with reverts("EmptyClaim"):
        enter(suite, plan, (ZERO32, 1, 0))
    with reverts("EmptyClaim"):
        enter(suite, plan, entry("one", 0))
    with reverts("ClaimTwice", entry("one")[0]):
        enter(suite, plan, entry("one"), entry("one", 1))
    assert sums(suite, plan) == (0, 0, 0)


def test_the_same_victim_may_stand_in_two_plans(suite: Suite) -> None:
    for name in ("first", "second"):
        plan = open_plan(suite, awarded(suite, name=name), name=name)
        enter(suite, plan, victims_entry(suite))
        assert sums(suite, plan) == (1, AMOUNT, 0)


def test_claims_come_until_the_last_second_of_the_notice(suite: Suite) -> None:
    plan = open_plan(suite)
    until = suite.restitution.planOf(plan)[7]
    next_block_at(until)
    enter(suite, plan, entry("one"))
    next_block_at(until + 1)
    with reverts("NoticeOver", until):
        enter(suite, plan, entry("two"))


def test_only_the_agency_that_planned_enters(suite: Suite) -> None:
    plan = open_plan(suite)
    with reverts("NotThePlanner", suite.ids["sg_unit"], suite.ids["sg_police"]):
        enter(suite, plan, entry("one"), by="unit_distributor")
    with reverts("NotAuthorised"):
        enter(suite, plan, entry("one"), by="teller")


def test_after_the_decision_nothing_is_entered(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one"))
    decide(suite, plan)
    with reverts("PlanInState", plan, DECIDED):
        enter(suite, plan, entry("two"))


# Objecting


def test_the_victim_objects_and_anybody_carries_it(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, victims_entry(suite))
    tx = object_to(suite, plan)
    event = tx.events["ClaimObjected"]
    assert (event["claim"], event["grounds"]) == (
        "0x" + claim_of(suite.actor("victim")).hex(),
        "0x" + PAPER.hex(),
    )
    assert claim(suite, plan, claim_of(suite.actor("victim")))["objected"]
    assert suite.restitution.planOf(plan)[6] == 1


@pytest.mark.parametrize("change", ["commitment", "key"])
def test_another_opening_opens_no_claim(suite: Suite, change: str) -> None:
    plan = open_plan(suite)
    enter(suite, plan, victims_entry(suite))
    other = suite.actor("stranger").address if change == "key" else PAPER
    with reverts("NotTheClaimKey"):
        object_to(suite, plan, altered={change: other})


@pytest.mark.parametrize("change", ["grounds", "deadline", "signature"])
def test_what_was_not_signed_is_no_objection(suite: Suite, change: str) -> None:
    plan = open_plan(suite)
    enter(suite, plan, victims_entry(suite))
    other = {"grounds": OTHER_GROUNDS, "deadline": now() + 2 * DAY, "signature": b"\x01" * 65}[change]
    with reverts("InvalidSignature", suite.actor("victim")):
        object_to(suite, plan, altered={change: other})


def test_an_objection_says_why_and_comes_in_time(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, victims_entry(suite))
    with reverts("EmptyGrounds"):
        object_to(suite, plan, ZERO32)
    given = signed_objection(suite, plan)
    next_block_at(given[4] + 1)
    with reverts("DeadlinePassed", given[4], given[4] + 1):
        suite.restitution.objectTo(*given, {"from": suite.actor("stranger")})
    until = objections_until(suite, plan)
    next_block_at(until - 10)
    suite.actor("stranger").transfer(suite.actor("victim"), 0)
    given = signed_objection(suite, plan)
    next_block_at(until + 1)
    with reverts("NoticeOver", until):
        suite.restitution.objectTo(*given, {"from": suite.actor("stranger")})


def test_until_a_week_after_the_notice_to_the_second(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, victims_entry(suite))
    until = objections_until(suite, plan)
    next_block_at(until - 10)
    suite.actor("stranger").transfer(suite.actor("victim"), 0)
    given = signed_objection(suite, plan)
    next_block_at(until)
    suite.restitution.objectTo(*given, {"from": suite.actor("stranger")})
    assert suite.restitution.planOf(plan)[6] == 1


def test_one_at_a_time_and_no_signature_twice(suite: Suite) -> None:
    plan, given = open_plan(suite), claim_of(suite.actor("victim"))
    enter(suite, plan, victims_entry(suite))
    first = signed_objection(suite, plan)
    suite.restitution.objectTo(*first, {"from": suite.actor("stranger")})
    with reverts("AlreadyObjected", given):
        object_to(suite, plan, OTHER_GROUNDS)
    correct(suite, plan, AMOUNT)
    with reverts("AlreadyObjected", given):
        suite.restitution.objectTo(*first, {"from": suite.actor("stranger")})
    object_to(suite, plan, OTHER_GROUNDS)
    assert suite.restitution.planOf(plan)[6] == 1


# Correcting


@pytest.mark.parametrize("amount", [1, AMOUNT - 1, AMOUNT, 7 * AMOUNT])
def test_pro_rata_the_decision_is_the_claim(suite: Suite, amount: int) -> None:
    plan = disputed(suite)
    tx = correct(suite, plan, amount)
    assert tx.events["ClaimObjectionDecided"]["amount"] == amount
    found = claim(suite, plan, claim_of(suite.actor("victim")))
    assert (found["amount"], found["objected"]) == (amount, False)
    assert sums(suite, plan) == (2, amount + 500, 0)
    assert suite.restitution.planOf(plan)[6] == 0
    decide(suite, plan)


@pytest.mark.parametrize(("traced", "claimed"), [(0, 300), (299, 300), (300, 300), (400, 400)])
def test_tracing_the_decision_is_what_was_traced(suite: Suite, traced: int, claimed: int) -> None:
    plan = disputed(suite, 300, 200, TRACING)
    correct(suite, plan, traced)
    found = claim(suite, plan, claim_of(suite.actor("victim")))
    assert (found["amount"], found["share"]) == (claimed, traced)
    assert sums(suite, plan) == (2, claimed + 500, traced + 100)


def test_pro_rata_no_claim_is_decided_away(suite: Suite) -> None:
    plan = disputed(suite)
    with reverts("EmptyClaim"):
        correct(suite, plan, 0)


def test_only_what_is_disputed_and_in_writing(suite: Suite) -> None:
    plan = disputed(suite)
    with reverts("EmptyDecision"):
        correct(suite, plan, AMOUNT, decision=ZERO32)
    with reverts("NoObjection", entry("other")[0]):
        suite.restitution.decideObjection(plan, entry("other")[0], 1, PAPER, {"from": suite.reviewer})
    with reverts("NoSuchClaim", PAPER):
        suite.restitution.decideObjection(plan, PAPER, 1, PAPER, {"from": suite.reviewer})
    correct(suite, plan, AMOUNT)
    with reverts("NoObjection", claim_of(suite.actor("victim"))):
        correct(suite, plan, AMOUNT)


def test_whoever_planned_does_not_correct(suite: Suite) -> None:
    plan = disputed(suite)
    suite.appoint("sg_police", "police_reviewer", REVIEW)
    suite.appoint("sg_unit", "judging_officer", JUDGE)
    with reverts("NotTheReviewer", suite.ids["sg_police"]):
        correct(suite, plan, 1, by="police_reviewer")
    with reverts("NotACourt", suite.ids["sg_unit"]):
        correct(suite, plan, 1, by="judging_officer")
    for other in ("my_reviewer", "my_judge"):
        with reverts("OtherJurisdiction"):
            correct(suite, plan, 1, by=other)
    for other in ("distributor", "high_ratifier", "prosecutor", "teller"):
        with reverts("NotAuthorised", suite.actors[other], REVIEW | JUDGE):
            correct(suite, plan, 1, by=other)
    correct(suite, plan, 1, by="unit_reviewer")


def test_a_court_corrects(suite: Suite) -> None:
    plan = disputed(suite)
    correct(suite, plan, 1, by="judge")
    assert sums(suite, plan) == (2, 501, 0)
