# SPDX-License-Identifier: Apache-2.0
"""Objections: by the key of the notice or by a member, against what is held, one at a time."""

from __future__ import annotations

import pytest
from brownie import WalletMock, web3

from tests.contracts.assets.objectors import (
    DISMISSED,
    GROUNDS,
    IN_PART,
    OBJECTION,
    OTHER_GROUNDS,
    REVIEW_WITHIN,
    UPHELD,
    amount_held,
    awaits_review,
    object_to,
    objected,
    on_notice,
    record,
    review,
    signed,
    status,
)
from tests.contracts.assets.stage import (
    COMMITMENT,
    HELD,
    HELD_PART,
    answer,
    check,
    held,
    hold_id,
    hold_status,
    ratified,
    target,
    target_of,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, NOBODY, OBJECT, ZERO32, Suite

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
