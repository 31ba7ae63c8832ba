# SPDX-License-Identifier: Apache-2.0
"""What follows from holds and objections: Malaysia's police asks, a bank of Singapore answers."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from concordat.membership.standing.score import Account, Outcome
from tests.contracts.assets.objectors import DISMISSED, IN_PART, UPHELD, object_to
from tests.contracts.assets.stage import (
    COMMITMENT,
    HELD,
    HELD_PART,
    NOT_FOUND,
    REFUSED,
    UNREADABLE,
    answer,
    check,
    endorsed,
    held,
    hold_id,
    target,
    target_of,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.standing.disputes import recorded
from tests.contracts.membership.rated import account
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, Suite

REPLY_WITHIN, CHECK_WITHIN = DAY, 4 * HOUR
REPORT_WITHIN = 182 * DAY
AMOUNT = 1_000_00


@pytest.fixture
def asked(suite: Suite) -> tuple[bytes, bytes]:
    """A freeze from abroad that binds since now: request and target."""
    named = target(suite, target=target_of(COMMITMENT, suite.actor("account holder")))
    return endorsed(suite, named), named[1]


def report(suite: Suite, asked: tuple[bytes, bytes]) -> Any:
    return suite.reports.reportHold(*asked, {"from": suite.stranger})


def answered(suite: Suite, asked: tuple[bytes, bytes], kind: int = HELD, amount: int = AMOUNT) -> None:
    answer(suite, *asked, kind, amount)
    check(suite, *asked)


def nothing(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    with reverts("NothingToReport", hold_id(*asked)):
        report(suite, asked)


@pytest.mark.parametrize(("kind", "amount"), [(HELD, AMOUNT), (HELD_PART, 1), (NOT_FOUND, 0)])
def test_an_answer_in_time_is_told_once_it_is_checked(
    suite: Suite, asked: tuple[bytes, bytes], kind: int, amount: int
) -> None:
    due = now() + REPLY_WITHIN
    nothing(suite, asked)
    next_block_at(due)
    answer(suite, *asked, kind, amount)
    nothing(suite, asked)
    check(suite, *asked)
    tx = report(suite, asked)
    assert recorded(tx) == [(suite.ids["sg_bank"], suite.ids["my_police"], Outcome.FREEZE_ANSWERED)]
    assert bytes(tx.events["OutcomeRecorded"][0]["ref"]) == hold_id(*asked)
    nothing(suite, asked)


def test_a_late_answer_is_late(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    next_block_at(now() + REPLY_WITHIN + HOUR)
    answered(suite, asked, NOT_FOUND)
    assert recorded(report(suite, asked))[0][2] == Outcome.FREEZE_ANSWERED_LATE
    nothing(suite, asked)


def test_what_is_held_late_is_told_while_it_is_overdue_only(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    """Whether a message was sent again, and the clock began anew, what is held does not show."""
    next_block_at(now() + REPLY_WITHIN + HOUR)
    answered(suite, asked)
    nothing(suite, asked)


def test_overdue_is_told_once_and_the_answer_is_not_late_again(
    suite: Suite, asked: tuple[bytes, bytes]
) -> None:
    due = now() + REPLY_WITHIN
    next_block_at(due)
    nothing(suite, asked)
    next_block_at(due + 1)
    assert recorded(report(suite, asked))[0][2] == Outcome.FREEZE_OVERDUE
    nothing(suite, asked)
    answered(suite, asked, NOT_FOUND)
    nothing(suite, asked)


def test_a_message_sent_again_starts_the_clock_anew(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    answered(suite, asked, UNREADABLE)
    nothing(suite, asked)
    next_block_at(now() + 2 * REPLY_WITHIN)
    suite.holds.sendAgain(*asked, b"\x01" * 32, 1, {"from": suite.my_requester})
    next_block_at(now() + REPLY_WITHIN - HOUR)
    answered(suite, asked, NOT_FOUND)
    assert recorded(report(suite, asked))[0][2] == Outcome.FREEZE_ANSWERED


def test_a_coded_refusal_in_time_is_no_outcome_and_a_late_one_is_late(
    suite: Suite, asked: tuple[bytes, bytes]
) -> None:
    answered(suite, asked, REFUSED)
    nothing(suite, asked)


def test_a_late_refusal_is_late(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    next_block_at(now() + REPLY_WITHIN + HOUR)
    answered(suite, asked, REFUSED)
    assert recorded(report(suite, asked))[0][2] == Outcome.FREEZE_ANSWERED_LATE


def test_at_home_it_weighs_nothing(suite: Suite) -> None:
    request = held(suite)
    tx = report(suite, request)
    assert recorded(tx) == [(suite.ids["sg_bank"], suite.ids["sg_police"], Outcome.FREEZE_ANSWERED)]
    assert account(suite, "sg_bank") == Account()


def test_what_is_not_there_says_nothing(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    nothing(suite, (asked[0], b"\x01" * 32))


@pytest.mark.parametrize("late", [False, True])
def test_what_nobody_told_in_half_a_year_is_past(
    suite: Suite, asked: tuple[bytes, bytes], late: bool
) -> None:
    answered(suite, asked)
    next_block_at(suite.holds.holdOf(hold_id(*asked))[3] + REPORT_WITHIN + late)
    (nothing if late else report)(suite, asked)


# Objections


def objected(suite: Suite, asked: tuple[bytes, bytes], outcome: int, released: int = 0) -> None:
    answered(suite, asked)
    object_to(suite, asked[0])
    if outcome:
        suite.objections.review(*asked, outcome, released, b"\x0d" * 32, {"from": suite.reviewer})


def report_objection(suite: Suite, asked: tuple[bytes, bytes]) -> Any:
    return suite.reports.reportObjection(*asked, 1, {"from": suite.stranger})


def reference(asked: tuple[bytes, bytes]) -> bytes:
    return bytes(web3.keccak(encode(["bytes32", "uint16"], [hold_id(*asked), 1])))


@pytest.mark.parametrize(("outcome", "released"), [(UPHELD, 0), (IN_PART, 1)])
def test_an_upheld_objection_is_told_of_who_asked(
    suite: Suite, asked: tuple[bytes, bytes], outcome: int, released: int
) -> None:
    objected(suite, asked, outcome, released)
    tx = report_objection(suite, asked)
    assert recorded(tx) == [(suite.ids["my_police"], suite.ids["sg_bank"], Outcome.FREEZE_UNJUSTIFIED)]
    assert bytes(tx.events["OutcomeRecorded"][0]["ref"]) == reference(asked)
    with reverts("NothingToReport", reference(asked)):
        report_objection(suite, asked)


def test_an_objection_upheld_half_a_year_ago_is_past(suite: Suite, asked: tuple[bytes, bytes]) -> None:
    objected(suite, asked, UPHELD)
    next_block_at(now() + REPORT_WITHIN + DAY)
    with reverts("NothingToReport", reference(asked)):
        report_objection(suite, asked)


@pytest.mark.parametrize("outcome", [0, DISMISSED])
def test_other_objections_say_nothing(suite: Suite, asked: tuple[bytes, bytes], outcome: int) -> None:
    objected(suite, asked, outcome)
    with reverts("NothingToReport", reference(asked)):
        report_objection(suite, asked)
