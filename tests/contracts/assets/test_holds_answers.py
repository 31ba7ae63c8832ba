# SPDX-License-Identifier: Apache-2.0
"""Answers: who says what when, on behalf of which institution."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.impersonation import as_module
from tests.contracts.assets.stage import (
    ACKNOWLEDGED,
    BEHIND,
    DELIVERED,
    HELD,
    HELD_PART,
    HOLD_STATUS,
    NOT_FOUND,
    REFUSED,
    WHOLE,
    answer,
    answer_of,
    ask,
    check,
    held,
    hold_id,
    hold_status,
    order,
    ratified,
    stop_order,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, CHECK, DAY, HOUR, ZERO32, Suite

AMOUNT = 1_000_00
REPLY_WITHIN, CHECK_WITHIN = DAY, 4 * HOUR
RECORDED = 128


def asked(suite: Suite, **changes: Any) -> tuple[bytes, bytes]:
    """A freeze that binds and waits for its answer: request and target."""
    named = target(suite, **changes)
    return ratified(suite, named), named[1]


def hold(suite: Suite, which: tuple[bytes, bytes]) -> Any:
    return suite.holds.holdOf(hold_id(*which))


def refused_in(suite: Suite, which: tuple[bytes, bytes], status: str) -> Any:
    return reverts("HoldInStatus", "0x" + hold_id(*which).hex(), HOLD_STATUS.index(status))


# Receipts


def test_delivered_then_acknowledged_then_held(suite: Suite) -> None:
    which = asked(suite)
    clock = suite.holds.replyBy(*which)
    assert clock == now() + REPLY_WITHIN
    answer(suite, *which, DELIVERED)
    assert hold_status(suite, *which) == "Delivered"
    answer(suite, *which, ACKNOWLEDGED)
    assert (hold_status(suite, *which), suite.holds.replyBy(*which)) == ("Acknowledged", clock)
    for kind in (DELIVERED, ACKNOWLEDGED):
        with refused_in(suite, which, "Acknowledged"):
            answer(suite, *which, kind)
    event = answer(suite, *which, detail=b"\x05" * 32).events["Answered"]
    assert (event["kind"], event["officer"], event["amount"]) == (HELD, suite.teller, AMOUNT)
    assert (event["until"], bytes(event["detail"])) == (now() + 90 * DAY, b"\x05" * 32)
    assert hold(suite, which)[:5] == (suite.ids["sg_bank"], 702, AMOUNT, now(), now() + 90 * DAY)


def test_a_receipt_is_no_answer(suite: Suite) -> None:
    which = asked(suite)
    clock = suite.holds.replyBy(*which)
    for kind, status in ((DELIVERED, "Delivered"), (ACKNOWLEDGED, "Acknowledged")):
        answer(suite, *which, kind)
        assert hold_status(suite, *which, at=clock) == status
        assert hold_status(suite, *which, at=clock + 1) == "Overdue"
        with reverts("NothingToCheck", "0x" + hold_id(*which).hex()):
            check(suite, *which)


def test_late_is_counted_and_taken(suite: Suite) -> None:
    which = asked(suite)
    clock = suite.holds.replyBy(*which)
    with reverts("NothingLapsed", "0x" + hold_id(*which).hex(), HOLD_STATUS.index("Open")):
        suite.holds.recordLapse(*which, {"from": suite.stranger})
    next_block_at(clock + 1)
    event = suite.holds.recordLapse(*which, {"from": suite.stranger}).events["HoldLapseRecorded"]
    assert (event["institution"], event["status"]) == (suite.ids["sg_bank"], HOLD_STATUS.index("Overdue"))
    with reverts("LapseAlreadyRecorded", "0x" + hold_id(*which).hex()):
        suite.holds.recordLapse(*which, {"from": suite.stranger})
    answer(suite, *which)
    assert hold_status(suite, *which) == "Held"
    assert hold(suite, which)[7] & RECORDED == 0
    next_block_at(now() + CHECK_WITHIN + 1)
    tx = suite.holds.recordLapse(*which, {"from": suite.stranger})
    assert tx.events["HoldLapseRecorded"]["status"] == HOLD_STATUS.index("Lapsed")


# Who


@pytest.mark.parametrize("by", ["checker", "bank_releaser", "requester", "judge", "endorser", "stranger"])
def test_answering_takes_the_power(suite: Suite, by: str) -> None:
    which = asked(suite)
    with reverts("NotAuthorised", suite.actors[by], ANSWER):
        answer(suite, *which, by=by)
    with reverts("NotAuthorised", suite.actors[by], ANSWER):
        suite.holds.credit(*which, 1, {"from": suite.actors[by]})
    with reverts("NotAuthorised", suite.actors[by], ANSWER):
        suite.holds.confirmRelease(*which, {"from": suite.actors[by]})


def test_nobody_answers_for_another_institution(suite: Suite) -> None:
    which = held(suite)
    theirs = (suite.ids["sg_payer"], suite.ids["sg_bank"])
    for act in (
        lambda: answer(suite, *which, by="payer_teller"),
        lambda: check(suite, *which, by="payer_checker"),
        lambda: suite.holds.credit(*which, 1, {"from": suite.payer_teller}),
        lambda: suite.holds.confirmRelease(*which, {"from": suite.payer_teller}),
    ):
        with reverts("NotTheInstitution", *theirs):
            act()


@pytest.mark.parametrize("by", ["teller", "other_teller", "requester", "bank_releaser", "stranger"])
def test_checking_takes_a_power_of_its_own(suite: Suite, by: str) -> None:
    which = asked(suite)
    answer(suite, *which)
    with reverts("NotAuthorised", suite.actors[by], CHECK):
        check(suite, *which, by=by)


def test_there_must_be_a_hold(suite: Suite) -> None:
    request, _ = asked(suite)
    missing = (request, b"\x44" * 32)
    for act in (
        lambda: answer(suite, *missing),
        lambda: check(suite, *missing),
        lambda: suite.holds.credit(*missing, 1, {"from": suite.teller}),
        lambda: suite.holds.release(*missing, 1, 1, {"from": suite.releaser}),
        lambda: suite.holds.renew(*missing, 1, ZERO32, {"from": suite.high_ratifier}),
        lambda: suite.holds.recordLapse(*missing, {"from": suite.stranger}),
        lambda: suite.holds.sendAgain(*missing, ZERO32, 1, {"from": suite.requester}),
    ):
        with reverts("NoSuchHold", "0x" + hold_id(*missing).hex()):
            act()
    assert hold_status(suite, *missing) == "None"
    assert suite.holds.balanceAt(*missing, now()) == (0,) * 5


# What


@pytest.mark.parametrize(
    ("kind", "amount", "fine"),
    [
        (HELD, AMOUNT, True),
        (HELD, AMOUNT - 1, False),
        (HELD, AMOUNT + 1, False),
        (HELD, 0, False),
        (HELD_PART, AMOUNT - 1, True),
        (HELD_PART, 1, True),
        (HELD_PART, 0, False),
        (HELD_PART, AMOUNT, False),
        (NOT_FOUND, 0, True),
        (NOT_FOUND, 1, False),
        (DELIVERED, 1, False),
    ],
)
def test_amount_and_kind_fit(suite: Suite, kind: int, amount: int, fine: bool) -> None:
    request, named = asked(suite)
    given = (request, named, kind, amount, 0, ZERO32, ZERO32, ZERO32)
    if fine:
        suite.holds.answer([given], {"from": suite.teller})
        return
    with reverts("AmountMisstated", "0x" + hold_id(request, named).hex(), amount, AMOUNT):
        suite.holds.answer([given], {"from": suite.teller})


@pytest.mark.parametrize("kind", [HELD, HELD_PART])
def test_of_a_whole_balance_any_amount_is_held(suite: Suite, kind: int) -> None:
    request, named = asked(suite, amount=0, scope=WHOLE)
    with reverts("AmountMisstated"):
        answer(suite, request, named, kind, 0)
    answer(suite, request, named, kind, 77)
    assert hold(suite, (request, named))[2] == 77


@pytest.mark.parametrize(("kind", "code"), [(REFUSED, 0), (HELD, 1), (NOT_FOUND, 1)])
def test_a_refusal_says_why_and_nothing_else_does(suite: Suite, kind: int, code: int) -> None:
    request, named = asked(suite)
    with reverts("RefusalCode", code):
        answer(suite, request, named, kind, code=code)


def test_an_answer_says_something(suite: Suite) -> None:
    with reverts("NotAnAnswer", 0):
        answer(suite, *asked(suite), 0)


def test_nobody_answers_what_binds_nobody(suite: Suite) -> None:
    named = target(suite)[1]
    request = ask(suite, order())
    with refused_in(suite, (request, named), "Dormant"):
        answer(suite, request, named)


def test_many_are_answered_together_or_none(suite: Suite) -> None:
    one, two = target(suite, "one"), target(suite, "two")
    first, second = ratified(suite, one, two), ratified(suite, one, given=order("other"))
    answers = [answer_of(first, one[1]), answer_of(first, two[1], NOT_FOUND), answer_of(second, one[1])]
    with reverts("AmountMisstated"):
        suite.holds.answer([*answers[:2], answer_of(second, one[1], amount=1)], {"from": suite.teller})
    assert hold_status(suite, first, one[1]) == "Open"
    suite.holds.answer(answers, {"from": suite.teller})
    seen = [hold_status(suite, *which) for which in ((first, one[1]), (first, two[1]), (second, one[1]))]
    assert seen == ["Held", "NotFound", "Held"]


# The modules


def test_only_the_requests_open_holds(suite: Suite) -> None:
    named, key = target(suite), 0
    for by in ("requester", "teller", "stranger"):
        with reverts("NotTheModule", suite.actors[by]):
            suite.holds.openHolds(b"\1" * 32, 1, key, [named], {"from": suite.actors[by]})
        with reverts("NotTheModule", suite.actors[by]):
            suite.holds.openOwn(b"\1" * 32, named, 1, suite.teller, {"from": suite.actors[by]})


@pytest.mark.parametrize("by", ["stranger", "requester", "teller", "judge", "restitution", "objections"])
def test_only_its_own_module_does_what_follows_from_its_acts(suite: Suite, by: str) -> None:
    which = held(suite)
    account = as_module(getattr(suite, by)) if by in ("restitution", "objections") else suite.actors[by]
    acts = {
        "objections": [
            lambda: suite.holds.setObjected(*which, True, {"from": account}),
            lambda: suite.holds.releaseOnReview(*which, 1, suite.reviewer, {"from": account}),
            lambda: suite.holds.dispose(*which, 0, 0, suite.judge, {"from": account}),
        ],
        "restitution": [lambda: suite.holds.payOut(*which, 1, {"from": account})],
    }
    for module, calls in acts.items():
        for call in calls if module != by else ():
            with reverts("NotTheModule", account):
                call()


def test_behind_takes_a_hold_before(suite: Suite) -> None:
    which = asked(suite)
    with reverts("EarlierMisstated"):
        answer(suite, *which, BEHIND)


def test_a_stop_payment_is_answered_within_its_hour(suite: Suite) -> None:
    named = target(suite)[1]
    request = ask(suite, stop_order())
    assert suite.holds.replyBy(request, named) == now() + HOUR
    answer(suite, request, named)
    check(suite, request, named)
    suite.requests.ratify(request, {"from": suite.ratifier})
    until = hold(suite, (request, named))[4]
    assert hold_status(suite, request, named, at=until - 1) == "Held"
    assert hold_status(suite, request, named, at=until) == "Expired"
    assert suite.holds.balanceAt(request, named, until) == (AMOUNT, AMOUNT, 0, 0, 0)
