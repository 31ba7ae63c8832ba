# SPDX-License-Identifier: Apache-2.0
"""The second pair of eyes, corrections, messages sent again, credits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.stage import (
    DELIVERED,
    HELD,
    HELD_PART,
    HOLD_STATUS,
    LATER_CREDITS,
    MISMATCH,
    MOVED_ON,
    NO_FUNDS,
    NOT_FOUND,
    REASON_OTHER,
    REFUSED,
    UNREADABLE,
    WHOLE,
    answer,
    check,
    held,
    hold_id,
    hold_status,
    order,
    ratified,
    seen,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, REQUEST, ZERO32, Suite

AMOUNT = 1_000_00
REPLY_WITHIN, CHECK_WITHIN = DAY, 4 * HOUR
OUTCOMES = {
    NOT_FOUND: "NotFound",
    NO_FUNDS: "NoFunds",
    MOVED_ON: "MovedOn",
    MISMATCH: "Mismatch",
    UNREADABLE: "Unreadable",
    REFUSED: "Refused",
}


def asked(suite: Suite, **changes: Any) -> tuple[bytes, bytes]:
    """A freeze that binds and waits for its answer: request and target."""
    named = target(suite, **changes)
    return ratified(suite, named), named[1]


def hold(suite: Suite, which: tuple[bytes, bytes]) -> Any:
    return suite.holds.holdOf(hold_id(*which))


def refused_in(suite: Suite, which: tuple[bytes, bytes], status: str) -> Any:
    return reverts("HoldInStatus", "0x" + hold_id(*which).hex(), HOLD_STATUS.index(status))


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_holding_is_confirmed_in_time_or_lapses(suite: Suite, late: int) -> None:
    which = asked(suite)
    answer(suite, *which)
    last = now() + CHECK_WITHIN
    assert (hold_status(suite, *which, at=last), hold_status(suite, *which, at=last + 1)) == (
        "Held",
        "Lapsed",
    )
    next_block_at(last + late)
    if late > 0:
        with refused_in(suite, which, "Lapsed"):
            check(suite, *which)
        with refused_in(suite, which, "Lapsed"):
            answer(suite, *which)
        assert suite.holds.balanceAt(*which, now()) == (AMOUNT, AMOUNT, 0, 0, 0)
        return
    assert check(suite, *which).events["Checked"]["officer"] == suite.checker
    assert hold_status(suite, *which, at=last + 1) == "Held"
    with reverts("AlreadyChecked", "0x" + hold_id(*which).hex()):
        check(suite, *which)


@pytest.mark.parametrize("kind", OUTCOMES)
def test_an_outcome_that_nobody_confirmed_counts_as_none(suite: Suite, kind: int) -> None:
    which = asked(suite)
    clock = suite.holds.replyBy(*which)
    answer(suite, *which, kind)
    last = now() + CHECK_WITHIN
    assert hold_status(suite, *which) == OUTCOMES[kind]
    assert hold_status(suite, *which, at=last) == OUTCOMES[kind]
    assert hold_status(suite, *which, at=last + 1) == "Open"
    assert hold_status(suite, *which, at=clock + 1) == "Overdue"
    next_block_at(last + 1)
    with refused_in(suite, which, "Open"):
        check(suite, *which)
    answer(suite, *which, kind)
    check(suite, *which)
    assert hold_status(suite, *which, at=clock + DAY) == OUTCOMES[kind]


def test_confirmed_is_final_but_what_nobody_could_read(suite: Suite) -> None:
    for kind, status in OUTCOMES.items():
        named = target(suite, f"account {kind}")
        which = (ratified(suite, named, given=order(f"order {kind}")), named[1])
        answer(suite, *which, kind)
        check(suite, *which)
        if kind == UNREADABLE:
            answer(suite, *which)
            continue
        with refused_in(suite, which, status):
            answer(suite, *which)
    which = held(suite, name="held")
    with refused_in(suite, which, "Held"):
        answer(suite, *which, HELD_PART, 1)


def test_a_wrong_outcome_is_corrected_before_its_check(suite: Suite) -> None:
    which = asked(suite)
    answer(suite, *which, NOT_FOUND)
    answer(suite, *which, by="other_teller")
    assert hold_status(suite, *which) == "Held"


def test_a_wrong_amount_is_corrected_without_time_won(suite: Suite) -> None:
    """No new period and no new time for the check; what was held in part stays the most."""
    which = asked(suite)
    answer(suite, *which)
    since, until = hold(suite, which)[3:5]
    next_block_at(since + HOUR)
    answer(suite, *which, HELD_PART, 600_00)
    assert hold(suite, which)[2:5] == (600_00, since, until)
    with reverts("AmountMisstated"):
        answer(suite, *which, HELD, AMOUNT)
    with refused_in(suite, which, "HeldPart"):
        answer(suite, *which, NOT_FOUND)
    assert hold_status(suite, *which, at=since + CHECK_WITHIN + 1) == "Lapsed"


def test_a_correction_after_a_release_keeps_the_books(suite: Suite) -> None:
    """Of an unchecked holding a part was let go, then the amount is corrected."""
    which = asked(suite, amount=0, scope=WHOLE)
    answer(suite, *which, amount=50)
    suite.holds.release(*which, 10, REASON_OTHER, {"from": suite.releaser})
    assert suite.holds.balanceAt(*which, now()) == (50, 10, 0, 0, 40)
    answer(suite, *which, amount=2_000)
    assert suite.holds.balanceAt(*which, now()) == (2_010, 10, 0, 0, 2_000)
    answer(suite, *which, HELD_PART, amount=5)
    assert suite.holds.balanceAt(*which, now()) == (15, 10, 0, 0, 5)


def test_a_correction_beyond_all_counting_is_refused(suite: Suite) -> None:
    which, most = asked(suite, amount=0, scope=WHOLE), 2**96 - 1
    answer(suite, *which, amount=50)
    suite.holds.release(*which, 10, REASON_OTHER, {"from": suite.releaser})
    with reverts("AmountMisstated", "0x" + hold_id(*which).hex(), most, 40):
        answer(suite, *which, amount=most)
    answer(suite, *which, amount=most - 10)


@pytest.mark.parametrize("field", ["state", "amount", "since", "corrections"])
def test_a_check_confirms_what_was_seen_and_nothing_else(suite: Suite, field: str) -> None:
    which = asked(suite)
    answer(suite, *which, HELD_PART, 600_00)
    found = seen(suite, *which)[2:]
    other = {"state": found[0] - 1, "amount": AMOUNT, "since": found[2] - 1, "corrections": 1}[field]
    with reverts("OtherThanSeen", "0x" + hold_id(*which).hex(), *found):
        suite.holds.check([seen(suite, *which, **{field: other})], {"from": suite.checker})
    check(suite, *which)


@pytest.mark.parametrize("first", [HELD, NOT_FOUND])
def test_an_answer_changed_while_the_check_is_on_its_way_is_not_confirmed(suite: Suite, first: int) -> None:
    """The same again is another answer too: its sealed message may say something else."""
    which = asked(suite)
    answer(suite, *which, first)
    before = seen(suite, *which)
    answer(suite, *which, first, by="other_teller", detail=b"\x0e" * 32)
    found = seen(suite, *which)[2:]
    assert found[3] == before[5] + 1
    with reverts("OtherThanSeen", "0x" + hold_id(*which).hex(), *found):
        suite.holds.check([before], {"from": suite.checker})


def test_a_credit_while_the_check_is_on_its_way_is_not_confirmed(suite: Suite) -> None:
    which = asked(suite, amount=0, scope=WHOLE | LATER_CREDITS)
    answer(suite, *which, amount=100)
    before = seen(suite, *which)
    suite.holds.credit(*which, 5, {"from": suite.teller})
    with reverts("OtherThanSeen", "0x" + hold_id(*which).hex(), *seen(suite, *which)[2:]):
        suite.holds.check([before], {"from": suite.checker})


# Sent again


def test_an_unreadable_message_is_sent_again(suite: Suite) -> None:
    which = asked(suite)
    answer(suite, *which, UNREADABLE)
    check(suite, *which)
    clock = suite.holds.replyBy(*which)
    assert hold_status(suite, *which, at=clock + 10 * DAY) == "Unreadable"  # stops the clock
    next_block_at(clock + DAY)
    tx = suite.holds.sendAgain(*which, b"\x08" * 32, 2, {"from": suite.requester})
    event = tx.events["SentAgain"]
    assert (bytes(event["message"]), event["keyVersion"]) == (b"\x08" * 32, 2)
    assert (hold_status(suite, *which), suite.holds.replyBy(*which)) == ("Open", tx.timestamp + REPLY_WITHIN)
    answer(suite, *which, DELIVERED)
    assert suite.holds.replyBy(*which) == tx.timestamp + REPLY_WITHIN
    with refused_in(suite, which, "Delivered"):
        suite.holds.sendAgain(*which, b"\x08" * 32, 2, {"from": suite.requester})


def test_only_who_asked_sends_again(suite: Suite) -> None:
    which = asked(suite)
    answer(suite, *which, UNREADABLE)
    with reverts("NotAuthorised", suite.ratifier, REQUEST):
        suite.holds.sendAgain(*which, ZERO32, 2, {"from": suite.ratifier})
    with reverts("NotOfRequester", suite.my_requester, suite.ids["my_police"], suite.ids["sg_police"]):
        suite.holds.sendAgain(*which, ZERO32, 2, {"from": suite.my_requester})
    suite.requests.withdraw(which[0], 1, {"from": suite.releaser})
    with refused_in(suite, which, "Withdrawn"):
        suite.holds.sendAgain(*which, ZERO32, 2, {"from": suite.requester})


# Credits


def test_more_comes_in_and_is_held_too(suite: Suite) -> None:
    which = asked(suite, amount=0, scope=WHOLE | LATER_CREDITS)
    with refused_in(suite, which, "Open"):
        suite.holds.credit(*which, 5, {"from": suite.teller})
    answer(suite, *which, amount=100)
    event = suite.holds.credit(*which, 5, {"from": suite.teller}).events["Credited"]
    assert (event["amount"], event["held"]) == (5, 105)
    suite.holds.release(*which, 50, REASON_OTHER, {"from": suite.releaser})
    suite.holds.credit(*which, 7, {"from": suite.teller})
    assert suite.holds.balanceAt(*which, now()) == (112, 50, 0, 0, 62)
    for amount in (0, 2**96 - 1):
        with reverts("AmountMisstated"):
            suite.holds.credit(*which, amount, {"from": suite.teller})


@pytest.mark.parametrize("scope", [0, WHOLE, LATER_CREDITS])
def test_credits_only_where_they_were_asked(suite: Suite, scope: int) -> None:
    which = asked(suite, scope=scope)
    answer(suite, *which)
    with reverts("NoLaterCredits", "0x" + hold_id(*which).hex()):
        suite.holds.credit(*which, 1, {"from": suite.teller})
