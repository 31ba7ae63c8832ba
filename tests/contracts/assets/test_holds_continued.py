# SPDX-License-Identifier: Apache-2.0
"""A hold that continues another one: named by one officer, ended by two; and the objections go along."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.holding import hold, refused_in, release
from tests.contracts.assets.objectors import (
    DISMISSED,
    IN_PART,
    UPHELD,
    awaits_review,
    review,
    status,
)
from tests.contracts.assets.stage import (
    BEHIND,
    HELD,
    HELD_PART,
    LATER_CREDITS,
    REASON_OTHER,
    VIRTUAL_ASSET,
    WHOLE,
    answer,
    ask,
    check,
    hold_id,
    hold_status,
    order,
    ratified,
    stop_order,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, REVIEW, Suite

AMOUNT = 1_000_00
CHECK_WITHIN = 4 * HOUR
NOTHING = (0, 0, 0, 0, 0)
Which = tuple[bytes, bytes]


def asked(suite: Suite, name: str, **changes: Any) -> Which:
    """A freeze that waits for its answer; before a judgment its money may go back."""
    named = target(suite, name, **changes)
    return ratified(suite, named, given=order(f"order for {name}", asset_class=VIRTUAL_ASSET)), named[1]


def holding(suite: Suite, name: str, **changes: Any) -> Which:
    which = asked(suite, name, **changes)
    answer(suite, *which)
    check(suite, *which)
    return which


def naming(suite: Suite, earlier: Which, which: Which, **changes: Any) -> Which:
    """Answered as the continuation of another hold, by one officer."""
    answer(suite, *which, **({"earlier_request": earlier[0], "earlier_target": earlier[1]} | changes))
    return which


def continued(suite: Suite, earlier: Which, name: str) -> Which:
    which = naming(suite, earlier, asked(suite, name))
    check(suite, *which)
    return which


def hexed(which: Which) -> str:
    return "0x" + hold_id(*which).hex()


def balance(suite: Suite, which: Which) -> tuple[int, ...]:
    return tuple(suite.holds.balanceAt(*which, now()))


def objected(suite: Suite, which: Which, grounds: bytes = b"\x02" * 32) -> None:
    suite.objections.objectAsMember(*which, grounds, {"from": suite.bank_objector})


def returnable(suite: Suite, which: Which) -> int:
    return int(suite.holds.returnable(*which)[2])


# One officer ends nothing


def test_one_officer_ends_no_hold(suite: Suite) -> None:
    """The attack: a second request of the same agency, answered as a continuation and never checked."""
    first = holding(suite, "first")
    second = naming(suite, first, asked(suite, "second"))
    assert [hold_status(suite, *which) for which in (first, second)] == ["Held", "Held"]
    next_block_at(hold(suite, second)[3] + CHECK_WITHIN + 1)
    with refused_in(second, "Lapsed"):
        check(suite, *second)
    assert [hold_status(suite, *which) for which in (first, second)] == ["Held", "Lapsed"]
    assert balance(suite, first) == (AMOUNT, 0, 0, 0, AMOUNT)
    assert balance(suite, second) == NOTHING


def test_until_then_money_counts_once_and_the_earlier_has_all_its_rights(suite: Suite) -> None:
    first = holding(suite, "first")
    second = naming(suite, first, asked(suite, "second"))
    assert (balance(suite, first), balance(suite, second)) == ((AMOUNT, 0, 0, 0, AMOUNT), NOTHING)
    assert (returnable(suite, first), returnable(suite, second)) == (AMOUNT, 0)
    suite.holds.renew(*first, DAY, b"\x09" * 32, {"from": suite.high_ratifier})
    release(suite, first, 400_00)
    with refused_in(second, "Held"):
        suite.objections.dispose(*second, 0, 0, b"\x0d" * 32, {"from": suite.judge})
    tx = check(suite, *second)
    assert dict(tx.events["Continued"]) == {"hold": hexed(first), "by": hexed(second), "amount": 600_00}
    assert balance(suite, first) == (AMOUNT, AMOUNT, 0, 0, 0)
    assert balance(suite, second) == (AMOUNT, 0, 0, 0, AMOUNT)


def test_the_answer_says_what_it_will_continue(suite: Suite) -> None:
    first, second = holding(suite, "first"), asked(suite, "second")
    tx = answer(suite, *second, earlier_request=first[0], earlier_target=first[1])
    assert dict(tx.events["Continuing"]) == {"hold": hexed(second), "earlier": hexed(first)}
    link = suite.holds.linkOf(hold_id(*second))
    assert link[9] and suite.holds.linkOf(hold_id(*first))[6] == now() + CHECK_WITHIN
    newest = ["0x" + each.hex() for each in second]
    assert list(suite.holds.newestOf(*first)) == ["0x" + each.hex() for each in first]
    check(suite, *second)
    assert list(suite.holds.newestOf(*first)) == newest
    assert list(suite.holds.newestOf(*second)) == newest


@pytest.mark.parametrize("late", [0, 1])
def test_one_at_a_time_and_a_lapsed_one_frees_the_place(suite: Suite, late: int) -> None:
    first = holding(suite, "first")
    second, third = naming(suite, first, asked(suite, "second")), asked(suite, "third")
    last = hold(suite, second)[3] + CHECK_WITHIN
    next_block_at(last + late)
    if late == 0:
        with reverts("AlreadyContinuing", hexed(first), last):
            naming(suite, first, third)
        return
    naming(suite, first, third)
    check(suite, *third)
    assert [hold_status(suite, *each) for each in (first, second, third)] == ["Continued", "Lapsed", "Held"]


@pytest.mark.parametrize("kind", [HELD, BEHIND])
def test_nothing_stands_on_what_is_not_confirmed(suite: Suite, kind: int) -> None:
    first = holding(suite, "first")
    second, third = naming(suite, first, asked(suite, "second")), asked(suite, "third")
    with reverts("EarlierMisstated", hexed(second)):
        naming(suite, second, third, kind=kind)


# What the check finds


def test_it_holds_no_less_when_it_is_confirmed(suite: Suite) -> None:
    """Corrected downwards, or more came in to the earlier one."""
    first = asked(suite, "first", amount=0, scope=WHOLE | LATER_CREDITS)
    answer(suite, *first)
    check(suite, *first)
    second = naming(suite, first, asked(suite, "second", amount=0, scope=WHOLE))
    suite.holds.credit(*first, 5, {"from": suite.teller})
    with reverts("AmountMisstated", hexed(second), AMOUNT, AMOUNT + 5):
        check(suite, *second)
    answer(suite, *second, HELD_PART, 1)
    with reverts("AmountMisstated", hexed(second), 1, AMOUNT + 5):
        check(suite, *second)
    answer(suite, *second, amount=AMOUNT + 5)
    check(suite, *second)
    assert hold_status(suite, *first) == "Continued"


def test_what_a_court_ordered_meanwhile_only_a_court_continues(suite: Suite) -> None:
    first = holding(suite, "first")
    second = naming(suite, first, asked(suite, "second"))
    suite.holds.renew(*first, DAY, b"\x09" * 32, {"from": suite.judge})
    with reverts("CourtOrdered", hexed(first)):
        check(suite, *second)
    assert hold_status(suite, *first) == "Held"


@pytest.mark.parametrize("end", ["released", "withdrawn", "expired"])
def test_what_ended_meanwhile_only_counts(suite: Suite, end: str) -> None:
    """The later stands on its own request; what was held before counts all the same."""
    named = target(suite, "first")
    first = ask(suite, stop_order("first", period=2 * DAY), named), named[1]
    suite.requests.ratify(first[0], {"from": suite.ratifier})
    answer(suite, *first)
    check(suite, *first)
    since, until = hold(suite, first)[3:5]
    second = asked(suite, "second")
    next_block_at(until - HOUR)
    naming(suite, first, second)
    if end == "released":
        release(suite, first, reason=3)
    if end == "withdrawn":
        suite.requests.withdraw(first[0], 1, {"from": suite.releaser})
    if end == "expired":
        next_block_at(until)
    before = balance(suite, first) if end != "expired" else (AMOUNT, AMOUNT, 0, 0, 0)
    event = check(suite, *second).events["Continued"]
    assert event["amount"] == 0
    assert hold_status(suite, *first) == end.capitalize()
    assert (balance(suite, first), balance(suite, second)) == (before, (AMOUNT, 0, 0, 0, AMOUNT))
    assert suite.holds.linkOf(hold_id(*second))[2:4] == (until - HOUR - since, 1)


@pytest.mark.parametrize("by", ["reviewer", "court"])
def test_what_was_decided_meanwhile_nobody_continues(suite: Suite, by: str) -> None:
    first = holding(suite, "first")
    second = naming(suite, first, asked(suite, "second"))
    if by == "reviewer":
        objected(suite, first)
        review(suite, *first, UPHELD)
    else:
        suite.objections.dispose(*first, AMOUNT, 0, b"\x0d" * 32, {"from": suite.judge})
    with reverts("EarlierMisstated", hexed(first)):
        check(suite, *second)
    next_block_at(hold(suite, second)[3] + CHECK_WITHIN + 1)
    suite.holds.recordLapse(*second, {"from": suite.actor("stranger")})
    assert (hold_status(suite, *second), balance(suite, second)) == ("Lapsed", NOTHING)


def test_what_was_let_go_of_while_pending_counts_once_confirmed(suite: Suite) -> None:
    first = _less(suite)
    second = naming(suite, first, asked(suite, "second"))
    release(suite, second, 100_00)
    assert balance(suite, second) == NOTHING
    check(suite, *second)
    assert balance(suite, second) == (AMOUNT, 100_00, 0, 0, AMOUNT - 100_00)


def _less(suite: Suite) -> Which:
    """A hold of which a part was let go already."""
    first = holding(suite, "first")
    suite.holds.release(*first, 400_00, REASON_OTHER, {"from": suite.releaser})
    return first


# The objections go along


def test_an_objection_blocks_the_return_of_what_continues(suite: Suite) -> None:
    first = holding(suite, "first")
    objected(suite, first)
    second = continued(suite, first, "second")
    third = continued(suite, second, "third")
    assert awaits_review(suite, *third) and returnable(suite, third) == 0
    review(suite, *first, DISMISSED)
    assert not any(awaits_review(suite, *each) for each in (first, second, third))
    assert returnable(suite, third) == AMOUNT


def test_an_upheld_objection_lets_go_of_the_newest(suite: Suite) -> None:
    first = holding(suite, "first")
    objected(suite, first)
    second = continued(suite, first, "second")
    review(suite, *first, IN_PART, 400_00)
    assert balance(suite, second) == (AMOUNT, 400_00, 0, 0, 600_00)
    assert not awaits_review(suite, *second)
    objected(suite, second)
    third = continued_part(suite, second)
    review(suite, *second, UPHELD)
    assert hold_status(suite, *third) == "Released"
    assert status(suite, *second) == "Decided"


def continued_part(suite: Suite, earlier: Which) -> Which:
    which = naming(suite, earlier, asked(suite, "rest", amount=600_00), amount=600_00)
    check(suite, *which)
    return which


def test_each_of_two_objections_along_the_chain_is_awaited(suite: Suite) -> None:
    first = holding(suite, "first")
    objected(suite, first)
    second = continued(suite, first, "second")
    objected(suite, second)
    review(suite, *second, DISMISSED)
    assert awaits_review(suite, *second) and returnable(suite, second) == 0
    review(suite, *first, DISMISSED)
    assert not awaits_review(suite, *second) and returnable(suite, second) == AMOUNT


def test_whoever_asked_for_the_newest_does_not_review(suite: Suite) -> None:
    """An institution's own hold, continued for the police."""
    own, given = target(suite, "own"), stop_order("own", period=DAY)
    tx = suite.requests.holdOwn(given, own, {"from": suite.teller})
    first = bytes(tx.events["FreezeRequested"]["request"]), own[1]
    check(suite, *first)
    suite.objections.objectAsMember(*first, b"\x02" * 32, {"from": suite.police_objector})
    continued(suite, first, "second")
    suite.appoint("sg_police", "police reviewer", REVIEW)
    with reverts("OwnRequest", suite.ids["sg_police"]):
        review(suite, *first, UPHELD, by="police reviewer")
    review(suite, *first, UPHELD)
