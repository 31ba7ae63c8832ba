# SPDX-License-Identifier: Apache-2.0
"""Objections: by the key of the notice or by a member, decided by others than those who hold, and in time."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import WalletMock, web3

from tests.contracts.assets.clock import next_block_at
from tests.contracts.assets.stage import (
    COMMITMENT,
    HELD,
    HELD_PART,
    answer,
    ask,
    check,
    endorsed,
    held,
    hold_id,
    hold_status,
    order,
    ratified,
    target,
    target_of,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, NOBODY, OBJECT, REVIEW, ZERO32, Suite, now

OBJECTION = {
    "Objection": [
        {"name": "request", "type": "bytes32"},
        {"name": "target", "type": "bytes32"},
        {"name": "grounds", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
UPHELD, IN_PART, DISMISSED = 1, 2, 3
STATUS = ("None", "Pending", "Overdue", "Decided")
GROUNDS, OTHER_GROUNDS = bytes(web3.keccak(text="half of it is mine")), b"\x02" * 32
DECISION = b"\x0d" * 32
AMOUNT = 1_000_00
REVIEW_WITHIN = 10 * DAY


def on_notice(suite: Suite, key: Any | None = None) -> tuple[bytes, bytes]:
    """A hold whose account holder has a key: request and target."""
    return held(suite, target=target_of(COMMITMENT, key or suite.actor("account holder")))


def signed(
    suite: Suite, request: bytes, grounds: bytes = GROUNDS, altered: dict[str, Any] | None = None
) -> tuple[Any, ...]:
    """The arguments of objectTo; some may be altered after they were signed."""
    key = suite.actor("account holder")
    deadline = now() + DAY
    values = (request, target_of(COMMITMENT, key), grounds, deadline)
    given = {
        "request": request,
        "account": bytes(COMMITMENT),
        "key": key.address,
        "grounds": grounds,
        "deadline": deadline,
        "signature": suite.sign(key, suite.objections, OBJECTION, values),
    }
    return tuple((given | (altered or {})).values())


def object_to(
    suite: Suite, request: bytes, grounds: bytes = GROUNDS, altered: dict[str, Any] | None = None
) -> Any:
    """The account holder signs, a stranger sends."""
    given = signed(suite, request, grounds, altered)
    return suite.objections.objectTo(*given, {"from": suite.actor("stranger")})


def objected(suite: Suite) -> tuple[bytes, bytes]:
    request, named = on_notice(suite)
    object_to(suite, request)
    return request, named


def review(
    suite: Suite,
    request: bytes,
    named: bytes,
    outcome: int = UPHELD,
    released: int = 0,
    by: str = "reviewer",
    decision: bytes = DECISION,
) -> Any:
    return suite.objections.review(request, named, outcome, released, decision, {"from": suite.actors[by]})


def status(suite: Suite, request: bytes, named: bytes, number: int = 1, at: int | None = None) -> str:
    return STATUS[suite.objections.statusAt(request, named, number, now() if at is None else at)]


def record(suite: Suite, agency: str = "sg_police") -> tuple[int, ...]:
    """Objections, upheld, upheld in part, overdue reviews."""
    return tuple(suite.objections.recordOf(suite.ids[agency]))


def amount_held(suite: Suite, request: bytes, named: bytes) -> int:
    return int(suite.holds.holdOf(hold_id(request, named))[2])


def awaits_review(suite: Suite, request: bytes, named: bytes) -> bool:
    return bool(suite.holds.holdOf(hold_id(request, named))[7] & 64)


# By the account holder


def test_whoever_has_the_notice_objects_and_anybody_carries_it(suite: Suite) -> None:
    request, named = on_notice(suite)
    tx = object_to(suite, request)
    event = tx.events["Objected"]
    assert event["hold"] == "0x" + hold_id(request, named).hex()
    assert (event["number"], event["noticeKey"]) == (1, suite.actor("account holder"))
    assert (event["grounds"], event["reviewBy"]) == ("0x" + GROUNDS.hex(), tx.timestamp + REVIEW_WITHIN)

    hold = hold_id(request, named)
    assert suite.objections.objectionCount(hold) == 1
    assert suite.objections.objectionOf(hold, 1)[:4] == (tx.timestamp, 0, 0, 0)
    assert suite.objections.reviewBy(request, named, 1) == tx.timestamp + REVIEW_WITHIN
    assert suite.objections.reviewBy(request, named, 2) == 0
    assert awaits_review(suite, request, named)
    assert record(suite) == (1, 0, 0, 0)
    assert hold_status(suite, request, named) == "Held"


def test_the_holder_may_be_a_contract_wallet(suite: Suite) -> None:
    key = suite.actor("account holder")
    wallet = WalletMock.deploy(key, {"from": key})
    request, named = on_notice(suite, wallet)
    values = (request, named, GROUNDS, now() + DAY)
    signature = suite.sign(key, suite.objections, OBJECTION, values)
    suite.objections.objectTo(request, COMMITMENT, wallet, *values[2:], signature, {"from": key})
    assert status(suite, request, named) == "Pending"


def test_digest_is_what_was_signed(suite: Suite) -> None:
    request, named = on_notice(suite)
    deadline = now() + DAY
    digest = suite.objections.objectionDigest(request, named, GROUNDS, deadline)
    signature = suite.sign(
        suite.actor("account holder"), suite.objections, OBJECTION, (request, named, GROUNDS, deadline)
    )
    signer = web3.eth.account._recover_hash(bytes(digest), signature=signature)
    assert signer == suite.actor("account holder")


@pytest.mark.parametrize("change", ["request", "account", "key"])
def test_another_opening_opens_no_target(suite: Suite, change: str) -> None:
    request, _ = on_notice(suite)
    other = suite.actor("stranger").address if change == "key" else b"\x0e" * 32
    with reverts("NotTheNoticeKey"):
        object_to(suite, request, altered={change: other})


@pytest.mark.parametrize("change", ["grounds", "deadline", "signature"])
def test_what_was_not_signed_is_no_objection(suite: Suite, change: str) -> None:
    request, _ = on_notice(suite)
    other = {"grounds": OTHER_GROUNDS, "deadline": now() + 2 * DAY, "signature": b"\x01" * 65}[change]
    with reverts("InvalidSignature", suite.actor("account holder")):
        object_to(suite, request, altered={change: other})


def test_an_empty_notice_key_signs_nothing(suite: Suite) -> None:
    """A target that was made without a key is nobody's to object to."""
    request, _ = held(suite, target=target_of(COMMITMENT, NOBODY))
    with reverts("InvalidSignature"):
        object_to(suite, request, altered={"key": NOBODY})


def test_a_signature_is_good_until_its_last_second(suite: Suite) -> None:
    request, named = on_notice(suite)
    early = signed(suite, request)
    next_block_at(early[4] + 1)
    with reverts("DeadlinePassed", early[4], early[4] + 1):
        suite.objections.objectTo(*early, {"from": suite.actor("stranger")})
    late = signed(suite, request)
    next_block_at(late[4])
    suite.objections.objectTo(*late, {"from": suite.actor("stranger")})
    assert status(suite, request, named) == "Pending"


def test_an_objection_says_why(suite: Suite) -> None:
    request, named = on_notice(suite)
    with reverts("EmptyGrounds"):
        object_to(suite, request, ZERO32)
    with reverts("EmptyGrounds"):
        suite.objections.objectAsMember(request, named, ZERO32, {"from": suite.bank_objector})


def test_only_against_what_is_held(suite: Suite) -> None:
    given = target(suite, target=target_of(COMMITMENT, suite.actor("account holder")))
    request = ratified(suite, given)
    hold = hold_id(request, given[1])
    with reverts("NothingHeld", hold):
        object_to(suite, request)
    answer(suite, request, given[1], HELD)
    object_to(suite, request)  # also before the second officer confirmed it
    review(suite, request, given[1], UPHELD)
    with reverts("NothingHeld", hold):
        object_to(suite, request, OTHER_GROUNDS)


def test_not_once_the_hold_is_over(suite: Suite) -> None:
    request, named = on_notice(suite)
    until = suite.holds.holdOf(hold_id(request, named))[4]
    next_block_at(until)
    with reverts("NothingHeld", hold_id(request, named)):
        suite.objections.objectAsMember(request, named, GROUNDS, {"from": suite.bank_objector})


def test_also_against_what_is_held_in_part(suite: Suite) -> None:
    given = target(suite, target=target_of(COMMITMENT, suite.actor("account holder")))
    request = ratified(suite, given)
    answer(suite, request, given[1], HELD_PART, 400_00)
    check(suite, request, given[1])
    object_to(suite, request)
    review(suite, request, given[1], IN_PART, 399_99)
    assert amount_held(suite, request, given[1]) == 1


# By a member


def test_a_member_objects_but_not_to_its_own_request(suite: Suite) -> None:
    request, named = on_notice(suite)
    with reverts("OwnRequest", suite.ids["sg_police"]):
        suite.objections.objectAsMember(request, named, GROUNDS, {"from": suite.police_objector})
    with reverts("NotAuthorised", suite.teller, OBJECT):
        suite.objections.objectAsMember(request, named, GROUNDS, {"from": suite.teller})
    tx = suite.objections.objectAsMember(request, named, GROUNDS, {"from": suite.bank_objector})
    assert tx.events["Objected"]["noticeKey"] == suite.bank_objector
    assert status(suite, request, named) == "Pending"


def test_what_is_no_target_is_not_held(suite: Suite) -> None:
    request, _ = on_notice(suite)
    with reverts("NothingHeld"):
        suite.objections.objectAsMember(request, b"\x01" * 32, GROUNDS, {"from": suite.bank_objector})


# One at a time


def test_one_objection_at_a_time(suite: Suite) -> None:
    request, named = objected(suite)
    with reverts("StillPending", hold_id(request, named), 1):
        object_to(suite, request, OTHER_GROUNDS)
    review(suite, request, named, DISMISSED)
    object_to(suite, request, OTHER_GROUNDS)
    assert status(suite, request, named, 2) == "Pending"
    assert record(suite) == (2, 0, 0, 0)


@pytest.mark.parametrize(("outcome", "released"), [(DISMISSED, 0), (IN_PART, 1)])
def test_the_same_grounds_are_heard_once(suite: Suite, outcome: int, released: int) -> None:
    """Whoever saw the signature of a decided objection cannot send it again."""
    request, named = on_notice(suite)
    first = signed(suite, request)
    suite.objections.objectTo(*first, {"from": suite.actor("stranger")})
    review(suite, request, named, outcome, released)
    with reverts("SameGrounds", hold_id(request, named), GROUNDS):
        suite.objections.objectTo(*first, {"from": suite.actor("stranger")})
    object_to(suite, request, OTHER_GROUNDS)
    review(suite, request, named, DISMISSED)
    with reverts("SameGrounds", hold_id(request, named), GROUNDS):
        object_to(suite, request)


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
