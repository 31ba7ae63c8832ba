# SPDX-License-Identifier: Apache-2.0
"""Holds on one account one after the other: what was held counts, and who comes later waits for its turn."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.impersonation import as_module
from tests.contracts.assets.stage import (
    BEHIND,
    FREEZE,
    HELD,
    HELD_PART,
    HOLD_STATUS,
    NOT_FOUND,
    REASON_OTHER,
    SECURITIES,
    USD,
    Profile,
    adopt_profiles,
    answer,
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
from tests.contracts.suite import DAY, HOUR, JUDGE, SG, Suite

AMOUNT = 1_000_00
CHECK_WITHIN, TURN_WITHIN = 4 * HOUR, DAY
Which = tuple[bytes, bytes]


def asked(suite: Suite, name: str, given: Any = None, **changes: Any) -> Which:
    """A freeze that waits for its answer."""
    named = target(suite, name, **changes)
    return ratified(suite, named, given=given or order(f"order for {name}")), named[1]


def link(suite: Suite, which: Which) -> Any:
    """Counted along the chain: seconds, stops, waiting, since."""
    return suite.holds.linkOf(hold_id(*which))[2:6]


def reply(suite: Suite, which: Which, kind: int, earlier: Which, **changes: Any) -> Any:
    return answer(
        suite, *which, kind, **({"earlier_request": earlier[0], "earlier_target": earlier[1]} | changes)
    )


def until(suite: Suite, which: Which) -> int:
    return int(suite.holds.holdOf(hold_id(*which))[4])


def refused_in(which: Which, status: str) -> Any:
    return reverts("HoldInStatus", "0x" + hold_id(*which).hex(), HOLD_STATUS.index(status))


def brief(suite: Suite, **changes: Any) -> None:
    """A class of assets whose law allows 100 days in all, 60 at once."""
    profile = Profile(**({"longest": 60 * DAY, "total": 100 * DAY} | changes))
    adopt_profiles(suite, "sg_authority", SG, (FREEZE, SECURITIES, profile))


def securities(name: str, period: int = 60 * DAY) -> tuple[Any, ...]:
    return order(f"order for {name}", asset_class=SECURITIES, period=period)


# Continuing


def test_the_earlier_ends_when_the_later_is_confirmed(suite: Suite) -> None:
    first, second = held(suite, name="first"), asked(suite, "second")
    began = suite.holds.holdOf(hold_id(*first))[3]
    next_block_at(began + 10 * DAY)
    event = reply(suite, second, HELD, first).events["Answered"]
    assert bytes(event["earlier"]) == hold_id(*first)
    assert [hold_status(suite, *which) for which in (first, second)] == ["Held", "Held"]
    answered = now()
    check(suite, *second)
    assert hold_status(suite, *first) == "Continued"
    assert suite.holds.holdOf(hold_id(*first))[2] == 0
    assert suite.holds.balanceAt(*first, now()) == (AMOUNT, AMOUNT, 0, 0, 0)
    assert suite.holds.balanceAt(*second, now()) == (AMOUNT, 0, 0, 0, AMOUNT)
    assert link(suite, second) == (10 * DAY, 0, 0, answered)
    assert suite.holds.linkOf(hold_id(*second))[:2] == ("0x" + first[0].hex(), "0x" + first[1].hex())
    assert until(suite, second) == answered + 90 * DAY


def test_holds_that_continue_each_other_share_one_total(suite: Suite) -> None:
    """100 days in all: 60, then 40 though 60 were asked, then none."""
    brief(suite)
    first = asked(suite, "first", securities("first"))
    answer(suite, *first)
    check(suite, *first)
    began = suite.holds.holdOf(hold_id(*first))[3]
    second, third = asked(suite, "second", securities("second")), asked(suite, "third", securities("third"))
    next_block_at(began + 59 * DAY)
    reply(suite, second, HELD, first)
    check(suite, *second)
    assert until(suite, second) == began + 100 * DAY
    with reverts("TotalBeyondProfile", 101 * DAY, 100 * DAY):
        suite.holds.renew(*second, DAY, b"\1" * 32, {"from": suite.high_ratifier})
    next_block_at(began + 100 * DAY - 1)
    reply(suite, third, HELD, second)
    assert until(suite, third) == began + 100 * DAY
    assert link(suite, third)[0] == 100 * DAY - 1


def test_nothing_is_left_of_a_total_that_is_used_up(suite: Suite) -> None:
    brief(suite, total=60 * DAY)
    long = asked(suite, "long")  # cash: 90 days
    answer(suite, *long)
    check(suite, *long)
    began = suite.holds.holdOf(hold_id(*long))[3]
    second = asked(suite, "second", securities("second"))
    next_block_at(began + 60 * DAY)
    with reverts("NothingLeft", "0x" + hold_id(*second).hex(), 60 * DAY, 60 * DAY):
        reply(suite, second, HELD, long)
    assert hold_status(suite, *long) == "Held"


def test_stop_payments_count_along_the_chain(suite: Suite) -> None:
    """Three at most (Thailand: 72 hours, then a court)."""
    before: Which | None = None
    for number in range(4):
        named = target(suite, f"stop {number}")
        which = (ask(suite, stop_order(f"stop {number}", period=HOUR), named), named[1])
        if before is None:
            answer(suite, *which)
        elif number < 3:
            reply(suite, which, HELD, before)
            assert link(suite, which)[1] == number
            check(suite, *which)
        else:
            with reverts("TooManyStops", "0x" + hold_id(*which).hex(), 4, 3):
                reply(suite, which, HELD, before)
        before = which if number < 3 else before
    assert before is not None
    frozen = asked(suite, "frozen")
    reply(suite, frozen, HELD, before)  # a freeze is no stop
    assert link(suite, frozen)[1] == 3


@pytest.mark.parametrize("kind", [HELD, HELD_PART, BEHIND])
def test_the_earlier_is_a_live_hold_of_the_same_institution_and_currency(suite: Suite, kind: int) -> None:
    which, amount = asked(suite, "later"), 1 if kind == HELD_PART else AMOUNT
    others = {
        "itself": which,
        "nothing": (which[0], b"\x66" * 32),
        "open": asked(suite, "open"),
        "other currency": held(suite, name="dollars", currency=USD),
    }
    payer = asked(suite, "with the payer", institution="sg_payer")
    answer(suite, *payer, by="payer_teller")
    others["other institution"] = payer
    released = held(suite, name="released")
    suite.holds.release(*released, AMOUNT, REASON_OTHER, {"from": suite.releaser})
    others["released"] = released
    waiting = asked(suite, "waiting")
    reply(suite, waiting, BEHIND, held(suite, name="before"))
    others["waiting"] = waiting
    for name, earlier in others.items():
        with reverts("EarlierMisstated", "0x" + hold_id(*earlier).hex()):
            reply(suite, which, kind, earlier, amount=amount)
        assert hold_status(suite, *which) == "Open", name


def test_only_what_holds_or_waits_has_an_earlier(suite: Suite) -> None:
    first, second = held(suite, name="first"), asked(suite, "second")
    with reverts("EarlierMisstated"):
        reply(suite, second, NOT_FOUND, first)
    answer(suite, *second)
    with reverts("EarlierMisstated"):  # a correction
        reply(suite, second, HELD, first)


def test_what_a_court_ordered_only_a_court_continues(suite: Suite) -> None:
    named = target(suite, "by court")
    request = ask(suite, order("by court"), named)
    suite.requests.ratify(request, {"from": suite.judge})
    answer(suite, request, named[1])
    by_court, second = (request, named[1]), asked(suite, "second")
    with reverts("CourtOrdered", "0x" + hold_id(*by_court).hex()):
        reply(suite, second, HELD, by_court)
    third = target(suite, "third")
    another = ask(suite, order("another"), third)
    suite.requests.ratify(another, {"from": suite.judge})
    reply(suite, (another, third[1]), HELD, by_court)
    check(suite, another, third[1])
    assert hold_status(suite, *by_court) == "Continued"


# Waiting


def queue(suite: Suite, first: Which, name: str) -> Which:
    which = asked(suite, name)
    reply(suite, which, BEHIND, first)
    check(suite, *which)
    return which


def test_eight_wait_and_the_ninth_does_not(suite: Suite) -> None:
    first = held(suite, name="first")
    waiting = [queue(suite, first, f"waiting {number}") for number in range(8)]
    assert link(suite, first)[2] == 8
    ninth = asked(suite, "ninth")
    with reverts("QueueFull", "0x" + hold_id(*first).hex(), 8):
        reply(suite, ninth, BEHIND, first)
    suite.requests.withdraw(waiting[0][0], 1, {"from": suite.releaser})
    assert hold_status(suite, *waiting[0]) == "Withdrawn"
    event = suite.holds.recordLapse(*waiting[0], {"from": suite.stranger}).events["HoldLapseRecorded"]
    assert event["status"] == HOLD_STATUS.index("Withdrawn")
    reply(suite, ninth, BEHIND, first)
    assert link(suite, first)[2] == 8


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_turn_comes_and_is_taken_or_lapses(suite: Suite, late: int) -> None:
    first = held(suite, name="first")
    began, ends = suite.holds.holdOf(hold_id(*first))[3:5]
    second = queue(suite, first, "second")
    assert hold_status(suite, *second, at=ends - 1) == "Waiting"
    assert hold_status(suite, *second, at=ends) == "Turn"
    assert hold_status(suite, *second, at=ends + TURN_WITHIN) == "Turn"
    assert hold_status(suite, *second, at=ends + TURN_WITHIN + 1) == "Lapsed"
    with refused_in(second, "Waiting"):
        reply(suite, second, HELD, first)
    next_block_at(ends + TURN_WITHIN + late)
    if late > 0:
        with refused_in(second, "Lapsed"):
            reply(suite, second, HELD, first)
        suite.holds.recordLapse(*second, {"from": suite.stranger})
        assert link(suite, first)[2] == 0
        return
    reply(suite, second, HELD, first)
    assert hold_status(suite, *second) == "Held"
    assert link(suite, second)[0] == ends - began
    assert link(suite, first)[2] == 0


def test_on_its_turn_it_names_whom_it_waited_for(suite: Suite) -> None:
    """Otherwise the time before would not count."""
    first = held(suite, name="first")
    second, third = queue(suite, first, "second"), queue(suite, first, "third")
    began = suite.holds.holdOf(hold_id(*first))[3]
    next_block_at(began + 5 * DAY)
    suite.holds.release(*first, AMOUNT, REASON_OTHER, {"from": suite.releaser})
    assert hold_status(suite, *second) == "Turn"
    with reverts("EarlierMisstated"):
        answer(suite, *second)
    with reverts("EarlierMisstated"):
        reply(suite, second, HELD, held(suite, name="stray"))
    reply(suite, second, HELD, first)
    assert link(suite, second)[0] == 5 * DAY
    # The third still has its turn; now another stands before it.
    reply(suite, third, BEHIND, second)
    check(suite, *third)
    assert (hold_status(suite, *third), link(suite, second)[2], link(suite, first)[2]) == ("Waiting", 1, 0)


@pytest.mark.parametrize(
    "end", ["released", "withdrawn", "unchecked", "returned", "forfeited", "continued", "lapsed"]
)
def test_each_end_of_the_earlier_lets_the_next_take_its_turn(suite: Suite, end: str) -> None:
    named = target(suite, "first")
    given = stop_order("first") if end == "lapsed" else order("first")
    first = (ask(suite, given, named), named[1])
    if end != "lapsed":
        suite.requests.ratify(first[0], {"from": suite.high_ratifier})
    answer(suite, *first)
    if end != "unchecked":
        check(suite, *first)
    answered = suite.holds.holdOf(hold_id(*first))[3]
    second = queue(suite, first, "second")
    assert hold_status(suite, *second) == "Waiting"
    objections, restitution = as_module(suite.objections), as_module(suite.restitution)
    if end == "released":
        suite.holds.release(*first, AMOUNT, REASON_OTHER, {"from": suite.releaser})
    if end == "withdrawn":
        suite.requests.withdraw(first[0], 1, {"from": suite.releaser})
    if end == "unchecked":
        assert hold_status(suite, *second, at=answered + CHECK_WITHIN) == "Waiting"
        next_block_at(answered + CHECK_WITHIN + 1)
    if end == "returned":
        suite.holds.dispose(*first, 1, 0, suite.judge, {"from": objections})
        assert hold_status(suite, *second, at=now() + 900 * DAY) == "Waiting"
        suite.holds.payOut(*first, 1, {"from": restitution})
    if end == "forfeited":
        suite.holds.dispose(*first, 0, AMOUNT, suite.judge, {"from": objections})
    if end == "continued":
        heir = asked(suite, "heir")
        reply(suite, heir, HELD, first)
        check(suite, *heir)
    if end == "lapsed":
        next_block_at(suite.requests.requestOf(first[0])[3] + DAY + 1)
    reply(suite, second, HELD, first)
    assert hold_status(suite, *second) == "Held"


def test_waiting_ends_with_its_request(suite: Suite) -> None:
    first = held(suite, name="first")
    second = queue(suite, first, "second")
    suite.requests.withdraw(second[0], 1, {"from": suite.releaser})
    assert hold_status(suite, *second, at=until(suite, first)) == "Withdrawn"


def test_waiting_that_nobody_confirmed_counts_as_none(suite: Suite) -> None:
    first, second = held(suite, name="first"), asked(suite, "second")
    reply(suite, second, BEHIND, first)
    assert hold_status(suite, *second, at=now() + CHECK_WITHIN) == "Waiting"
    assert hold_status(suite, *second, at=now() + CHECK_WITHIN + 1) == "Open"
    answer(suite, *second)  # nothing stood before it after all
    assert (hold_status(suite, *second), link(suite, first)[2]) == ("Held", 0)
    assert hold_status(suite, *first) == "Held"


def test_two_who_wait_are_not_counted_twice(suite: Suite) -> None:
    first = held(suite, name="first")
    second = asked(suite, "second")
    for _ in range(3):
        reply(suite, second, BEHIND, first)
    assert link(suite, first)[2] == 1
    third = held(suite, name="third")
    reply(suite, second, BEHIND, third)
    assert (link(suite, first)[2], link(suite, third)[2]) == (0, 1)


def test_whoever_waits_behind_counts_what_was_counted_before(suite: Suite) -> None:
    """A chain of three: continued, then waited for."""
    first, second = held(suite, name="first"), asked(suite, "second")
    began = suite.holds.holdOf(hold_id(*first))[3]
    next_block_at(began + 10 * DAY)
    reply(suite, second, HELD, first)
    check(suite, *second)
    third = queue(suite, second, "third")
    next_block_at(began + 30 * DAY)
    suite.holds.release(*second, AMOUNT, REASON_OTHER, {"from": suite.releaser})
    reply(suite, third, HELD, second)
    assert link(suite, third)[0] == 30 * DAY


def test_a_renewal_counts_what_was_held_before(suite: Suite) -> None:
    adopt_profiles(
        suite,
        "sg_authority",
        SG,
        (FREEZE, SECURITIES, Profile(longest=60 * DAY, total=100 * DAY, ratifiers=JUDGE)),
    )
    first = held(suite, name="first")
    began = suite.holds.holdOf(hold_id(*first))[3]
    named = target(suite, "second")
    second = (ask(suite, securities("second", 30 * DAY), named), named[1])
    suite.requests.ratify(second[0], {"from": suite.judge})
    next_block_at(began + 50 * DAY)
    reply(suite, second, HELD, first)
    check(suite, *second)
    with reverts("TotalBeyondProfile", 100 * DAY + 1, 100 * DAY):
        suite.holds.renew(*second, 20 * DAY + 1, b"\1" * 32, {"from": suite.judge})
    suite.holds.renew(*second, 20 * DAY, b"\1" * 32, {"from": suite.judge})
    assert until(suite, second) == began + 100 * DAY
