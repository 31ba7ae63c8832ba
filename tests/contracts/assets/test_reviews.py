# SPDX-License-Identifier: Apache-2.0
"""Reviews: by others than those who asked or hold; a wrong is undone at once and goes on record."""

from __future__ import annotations

import pytest

from tests.contracts.assets.objectors import (
    AMOUNT,
    DECISION,
    DISMISSED,
    GROUNDS,
    IN_PART,
    REVIEW_WITHIN,
    UPHELD,
    amount_held,
    awaits_review,
    object_to,
    objected,
    on_notice,
    record,
    review,
    status,
)
from tests.contracts.assets.stage import (
    COMMITMENT,
    answer,
    ask,
    endorsed,
    hold_id,
    hold_status,
    order,
    ratified,
    target,
    target_of,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, REVIEW, ZERO32, Suite

# Deciding


def test_upheld_lets_go_of_all_and_is_counted(suite: Suite) -> None:
    request, named = objected(suite)
    next_block_at(now() + HOUR)
    tx = review(suite, request, named, UPHELD)
    event = tx.events["ObjectionDecided"]
    assert (event["reviewer"], event["officer"]) == (suite.ids["sg_prosecutor"], suite.reviewer)
    assert (event["outcome"], event["released"], event["number"]) == (UPHELD, AMOUNT, 1)
    objection = suite.objections.objectionOf(hold_id(request, named), 1)
    assert objection[1:] == (tx.timestamp, UPHELD, AMOUNT, "0x" + GROUNDS.hex(), "0x" + DECISION.hex())
    assert hold_status(suite, request, named) == "Released"
    assert not awaits_review(suite, request, named)
    assert status(suite, request, named) == "Decided"
    assert status(suite, request, named, at=tx.timestamp - 1) == "Pending"
    assert record(suite) == (1, 1, 0, 0)


def test_upheld_in_part_lets_go_of_a_part(suite: Suite) -> None:
    request, named = objected(suite)
    review(suite, request, named, IN_PART, 400_00)
    assert amount_held(suite, request, named) == 600_00
    assert hold_status(suite, request, named) == "Held"
    assert not awaits_review(suite, request, named)
    assert record(suite) == (1, 0, 1, 0)


def test_dismissed_lets_go_of_nothing(suite: Suite) -> None:
    request, named = objected(suite)
    review(suite, request, named, DISMISSED)
    assert amount_held(suite, request, named) == AMOUNT
    assert not awaits_review(suite, request, named)
    assert record(suite) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("outcome", "released"),
    [(0, 0), (0, 1), (UPHELD, 1), (UPHELD, AMOUNT), (DISMISSED, 1), (IN_PART, 0), (IN_PART, AMOUNT),
     (IN_PART, AMOUNT + 1)],
)  # fmt: skip
def test_amount_and_outcome_fit(suite: Suite, outcome: int, released: int) -> None:
    request, named = objected(suite)
    with reverts("OutcomeMisstated", outcome, released):
        review(suite, request, named, outcome, released)


@pytest.mark.parametrize(("outcome", "counts"), [(UPHELD, (1, 1, 0, 0)), (IN_PART, (1, 0, 1, 0))])
def test_a_wrong_goes_on_record_also_when_the_hold_is_over(
    suite: Suite, outcome: int, counts: tuple[int, ...]
) -> None:
    request, named = objected(suite)
    suite.holds.release(request, named, AMOUNT, 2, {"from": suite.releaser})
    with reverts("OutcomeMisstated", IN_PART, 1):
        review(suite, request, named, IN_PART, 1)
    tx = review(suite, request, named, outcome)
    assert tx.events["ObjectionDecided"]["released"] == 0
    assert record(suite) == counts
    assert hold_status(suite, request, named) == "Released"


def test_what_a_court_disposed_of_no_review_lets_go(suite: Suite) -> None:
    request, named = objected(suite)
    suite.objections.dispose(request, named, AMOUNT, 0, DECISION, {"from": suite.judge})
    review(suite, request, named, UPHELD)
    assert amount_held(suite, request, named) == AMOUNT
    assert hold_status(suite, request, named) == "Disposed"
    assert record(suite) == (1, 1, 0, 0)


def test_a_decision_is_in_writing_and_comes_once(suite: Suite) -> None:
    request, named = objected(suite)
    with reverts("EmptyDecision"):
        review(suite, request, named, UPHELD, decision=ZERO32)
    review(suite, request, named, DISMISSED)
    with reverts("NoObjectionPending", hold_id(request, named)):
        review(suite, request, named, UPHELD)


def test_without_objection_nothing_is_reviewed(suite: Suite) -> None:
    request, named = on_notice(suite)
    with reverts("NoObjectionPending", hold_id(request, named)):
        review(suite, request, named)


# Who decides


def test_whoever_holds_or_asked_does_not_decide(suite: Suite) -> None:
    given = target(suite, institution="sg_payer", target=target_of(COMMITMENT, suite.actor("account holder")))
    request = ratified(suite, given)
    answer(suite, request, given[1], by="payer_teller")
    object_to(suite, request)
    suite.appoint("sg_police", "police_reviewer", REVIEW)
    suite.appoint("sg_payer", "payer_reviewer", REVIEW)
    with reverts("OwnRequest", suite.ids["sg_police"]):
        review(suite, request, given[1], by="police_reviewer")
    with reverts("NotTheReviewer", suite.ids["sg_payer"]):
        review(suite, request, given[1], by="payer_reviewer")
    review(suite, request, given[1], by="unit_reviewer")  # at home it took nothing over


@pytest.mark.parametrize(
    "other", ["teller", "checker", "requester", "high_ratifier", "prosecutor", "bank_objector"]
)
def test_other_powers_decide_nothing(suite: Suite, other: str) -> None:
    request, named = objected(suite)
    with reverts("NotAuthorised"):
        review(suite, request, named, by=other)


def test_a_court_decides_where_the_profile_says_so(suite: Suite) -> None:
    request, named = objected(suite)
    review(suite, request, named, by="judge")
    assert hold_status(suite, request, named) == "Released"


def test_who_renewed_never_reviews(suite: Suite) -> None:
    request, named = objected(suite)
    suite.holds.renew(request, named, DAY, b"\x09" * 32, {"from": suite.judge})
    assert suite.holds.renewedBy(hold_id(request, named), suite.judge)
    with reverts("OwnRenewal", suite.judge):
        review(suite, request, named, by="judge")
    review(suite, request, named)


def test_who_ratified_never_reviews(suite: Suite) -> None:
    """The profile lets judges do both; one judge never does both."""
    key = suite.actor("account holder")
    given = target(suite, target=target_of(COMMITMENT, key))
    request = ask(suite, order(), given)
    suite.requests.ratify(request, {"from": suite.judge})
    assert suite.requests.ratifierOf(request) == suite.judge
    answer(suite, request, given[1])
    object_to(suite, request)
    with reverts("OwnRatification", suite.judge):
        review(suite, request, given[1], by="judge")
    review(suite, request, given[1], by="reviewer")
    assert hold_status(suite, request, given[1]) == "Released"


def test_the_law_of_the_institution_decides(suite: Suite) -> None:
    request, named = objected(suite)
    for other in ("my_reviewer", "my_judge"):
        with reverts("OtherJurisdiction"):
            review(suite, request, named, by=other)


def test_of_a_foreign_request_also_not_who_took_it_over(suite: Suite) -> None:
    given = target(suite, target=target_of(COMMITMENT, suite.actor("account holder")))
    request = endorsed(suite, given)
    answer(suite, request, given[1])
    object_to(suite, request)
    with reverts("NotTheReviewer", suite.ids["sg_unit"]):
        review(suite, request, given[1], by="unit_reviewer")
    with reverts("OtherJurisdiction", suite.ids["my_prosecutor"], 702):
        review(suite, request, given[1], by="my_reviewer")
    review(suite, request, given[1], by="reviewer")
    assert record(suite, "my_police") == (1, 1, 0, 0)
    assert record(suite, "sg_unit") == (0, 0, 0, 0)


# Time


def test_a_review_is_overdue_after_its_last_second(suite: Suite) -> None:
    request, named = objected(suite)
    begun, last = now(), now() + REVIEW_WITHIN
    assert suite.objections.reviewBy(request, named, 1) == last
    assert status(suite, request, named, at=begun - 1) == "None"
    assert status(suite, request, named, at=begun) == "Pending"
    assert status(suite, request, named, at=last) == "Pending"
    assert status(suite, request, named, at=last + 1) == "Overdue"
    assert status(suite, request, named, 0) == "None"
    assert status(suite, request, named, 2) == "None"


def test_what_is_overdue_goes_on_record_once(suite: Suite) -> None:
    request, named = objected(suite)
    hold, last = hold_id(request, named), now() + REVIEW_WITHIN
    anybody = {"from": suite.actor("stranger")}
    with reverts("NotOverdue", hold, 1):
        suite.objections.recordOverdue(request, named, 1, anybody)
    with reverts("NotOverdue", hold, 2):
        suite.objections.recordOverdue(request, named, 2, anybody)
    next_block_at(last)
    with reverts("NotOverdue", hold, 1):
        suite.objections.recordOverdue(request, named, 1, anybody)
    next_block_at(last + HOUR)
    tx = suite.objections.recordOverdue(request, named, 1, anybody)
    assert tx.events["ReviewOverdueRecorded"]["requester"] == suite.ids["sg_police"]
    with reverts("AlreadyRecorded", hold, 1):
        suite.objections.recordOverdue(request, named, 1, anybody)
    assert record(suite) == (1, 0, 0, 1)


def test_a_late_decision_counts_as_overdue_too(suite: Suite) -> None:
    request, named = objected(suite)
    next_block_at(now() + REVIEW_WITHIN + 1)
    review(suite, request, named, UPHELD)
    assert status(suite, request, named) == "Decided"
    suite.objections.recordOverdue(request, named, 1, {"from": suite.actor("stranger")})
    assert record(suite) == (1, 1, 0, 1)


def test_a_decision_in_the_last_second_is_in_time(suite: Suite) -> None:
    request, named = objected(suite)
    last = now() + REVIEW_WITHIN
    next_block_at(last)
    assert review(suite, request, named, DISMISSED).timestamp == last
    with reverts("NotOverdue"):
        suite.objections.recordOverdue(request, named, 1, {"from": suite.actor("stranger")})


def test_a_request_without_holds_has_no_objections(suite: Suite) -> None:
    request = ask(suite, order("unanswered"))
    assert suite.objections.statusAt(request, b"\x01" * 32, 1, now()) == 0
