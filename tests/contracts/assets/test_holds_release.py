# SPDX-License-Identifier: Apache-2.0
"""Letting go, disposing, paying out; and that no unit of money is lost or made on the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.holding import (
    AMOUNT,
    OBJECTED,
    Which,
    hold,
    refused_in,
    release,
    renew,
)
from tests.contracts.assets.impersonation import as_module
from tests.contracts.assets.stage import (
    REASON_OTHER,
    VIRTUAL_ASSET,
    answer,
    ask,
    check,
    endorsed,
    held,
    hold_id,
    hold_status,
    order,
    ratified,
    request_id,
    stop_order,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, JUDGE, RELEASE, Suite


def balance(suite: Suite, which: Which, at: int | None = None) -> tuple[int, ...]:
    """Held, released, returned, forfeited, remaining; the first is the sum of the others."""
    found = tuple(suite.holds.balanceAt(*which, now() if at is None else at))
    assert found[0] == sum(found[1:])
    return found


def by_court(suite: Suite, name: str = "by court") -> Which:
    """Ratified by a judge, answered and checked."""
    named = target(suite, name)
    which = (ask(suite, order(name), named), named[1])
    suite.requests.ratify(which[0], {"from": suite.judge})
    answer(suite, *which)
    check(suite, *which)
    return which


def from_abroad(suite: Suite) -> Which:
    named = target(suite)
    which = (endorsed(suite, named), named[1])
    answer(suite, *which)
    check(suite, *which)
    return which


def own(suite: Suite) -> Which:
    given, named = stop_order("own", period=2 * DAY), target(suite)
    suite.requests.holdOwn(given, named, {"from": suite.teller})
    which = (request_id(suite.ids["sg_bank"], given), named[1])
    check(suite, *which)
    return which


# Letting go


def test_a_part_and_then_all(suite: Suite) -> None:
    which = held(suite)
    event = release(suite, which, 400_00, reason=4).events["Released"]
    assert (event["agency"], event["officer"]) == (suite.ids["sg_police"], suite.releaser)
    assert (event["amount"], event["reason"]) == (400_00, 4)
    assert balance(suite, which) == (AMOUNT, 400_00, 0, 0, 600_00)
    assert hold_status(suite, *which) == "Held"
    with reverts("AmountMisstated", "0x" + hold_id(*which).hex(), 600_01, 600_00):
        release(suite, which, 600_01)
    release(suite, which, 600_00, reason=REASON_OTHER)
    assert balance(suite, which) == (AMOUNT, AMOUNT, 0, 0, 0)
    assert hold_status(suite, *which) == "Released"
    assert hold(suite, which)[2:5] == (0, now(), now())
    assert hold(suite, which)[8] == REASON_OTHER
    for act in (lambda: release(suite, which, 1), lambda: renew(suite, which)):
        with refused_in(which, "Released"):
            act()


def test_letting_go_says_why_and_how_much(suite: Suite) -> None:
    which = held(suite)
    with reverts("NoReason"):
        release(suite, which, reason=0)
    with reverts("AmountMisstated", "0x" + hold_id(*which).hex(), 0, AMOUNT):
        release(suite, which, 0)


def test_what_is_not_checked_yet_is_let_go_too(suite: Suite) -> None:
    named = target(suite)
    which = (ratified(suite, named), named[1])
    with refused_in(which, "Open"):
        release(suite, which)
    answer(suite, *which)
    release(suite, which)
    assert hold_status(suite, *which) == "Released"


@pytest.mark.parametrize("by", ["requester", "high_ratifier", "judge", "teller", "endorser", "stranger"])
def test_letting_go_takes_the_power(suite: Suite, by: str) -> None:
    which = held(suite)
    with reverts("NotAuthorised", suite.actors[by], RELEASE):
        release(suite, which, by=by)


@pytest.mark.parametrize("by", ["bank_releaser", "unit_releaser", "court_releaser", "my_releaser"])
def test_letting_go_takes_the_agency(suite: Suite, by: str) -> None:
    which = held(suite)
    with reverts("NotOfRequester"):
        release(suite, which, by=by)


def test_from_abroad_both_let_go(suite: Suite) -> None:
    which = from_abroad(suite)
    with reverts("NotOfRequester"):
        release(suite, which, by="releaser")
    release(suite, which, 1, by="my_releaser")
    release(suite, which, 1, by="unit_releaser")


def test_an_institution_lets_go_of_its_own(suite: Suite) -> None:
    which = own(suite)
    with reverts("NotOfRequester"):
        release(suite, which, by="releaser")
    release(suite, which, by="bank_releaser")


def test_what_a_court_ordered_only_a_court_lets_go(suite: Suite) -> None:
    renewed = held(suite)
    renew(suite, renewed, by="judge")
    for which in (renewed, by_court(suite)):
        for by in ("releaser", "court_releaser", "my_judge"):
            with reverts("CourtOrdered", "0x" + hold_id(*which).hex()):
                release(suite, which, by=by)
        with reverts("NotAuthorised", suite.prosecutor, RELEASE | JUDGE):
            release(suite, which, by="prosecutor")
        release(suite, which, by="judge")


def test_of_a_foreign_case_its_own_court_lets_go(suite: Suite) -> None:
    named = target(suite)
    request = ask(suite, order(), named, by="my_requester", agency="my_police")
    suite.requests.ratify(request, {"from": suite.my_judge})
    suite.requests.endorse(request, {"from": suite.endorser})
    answer(suite, request, named[1])
    with reverts("CourtOrdered"):
        release(suite, (request, named[1]), by="unit_releaser")
    release(suite, (request, named[1]), 1, by="my_judge")
    release(suite, (request, named[1]), 1, by="judge")


def test_what_a_court_renewed_outlives_a_withdrawal_by_others(suite: Suite) -> None:
    which = held(suite)
    renew(suite, which, by="judge")
    suite.requests.withdraw(which[0], 1, {"from": suite.releaser})
    assert hold_status(suite, *which) == "Held"
    release(suite, which, by="judge")
    court = by_court(suite)
    renew(suite, court, by="judge")
    suite.requests.withdraw(court[0], 1, {"from": suite.judge})  # a court itself
    assert hold_status(suite, *court) == "Withdrawn"


def test_an_end_before_the_withdrawal_stays_that_end(suite: Suite) -> None:
    which = held(suite)
    ends = hold(suite, which)[4]
    next_block_at(ends + 1)
    suite.requests.withdraw(which[0], 1, {"from": suite.releaser})
    assert hold_status(suite, *which) == "Expired"


def test_the_institution_reports_that_it_let_go(suite: Suite) -> None:
    which = held(suite)
    with refused_in(which, "Held"):
        suite.holds.confirmRelease(*which, {"from": suite.teller})
    release(suite, which)
    tx = suite.holds.confirmRelease(*which, {"from": suite.teller})
    assert tx.events["ReleaseConfirmed"]["officer"] == suite.teller
    expired = held(suite, name="expired")
    next_block_at(hold(suite, expired)[4])
    suite.holds.confirmRelease(*expired, {"from": suite.teller})
    named = target(suite, "never held")
    open_ = (ratified(suite, named, given=order("never")), named[1])
    with refused_in(open_, "Open"):
        suite.holds.confirmRelease(*open_, {"from": suite.teller})


# What courts and victims do


def dispose(suite: Suite, which: Which, to_return: int, forfeited: int) -> Any:
    account = {"from": as_module(suite.objections)}
    return suite.holds.dispose(*which, to_return, forfeited, suite.judge, account)


def pay_out(suite: Suite, which: Which, amount: int) -> Any:
    return suite.holds.payOut(*which, amount, {"from": as_module(suite.restitution)})


def test_a_court_divides_what_is_held(suite: Suite) -> None:
    which = held(suite)
    release(suite, which, 100_00)
    for to_return, forfeited, given in ((900_01, 0, 900_01), (900_00, 1, 900_01), (2**96 - 1, 2, 2**96 - 1)):
        with reverts("SplitMisstated", "0x" + hold_id(*which).hex(), given, 900_00):
            dispose(suite, which, to_return, forfeited)
    event = dispose(suite, which, 500_00, 300_00).events["Disposed"]
    assert (event["toReturn"], event["forfeited"], event["released"]) == (500_00, 300_00, 100_00)
    assert balance(suite, which) == (AMOUNT, 200_00, 0, 300_00, 500_00)
    assert suite.holds.returnable(*which) == (suite.ids["sg_bank"], 702, 500_00, True)
    assert hold_status(suite, *which, at=2**40 - 1) == "Disposed"
    with refused_in(which, "Disposed"):
        dispose(suite, which, 1, 0)
    with reverts("CourtOrdered"):
        release(suite, which, 1)
    with refused_in(which, "Disposed"):
        release(suite, which, 1, by="judge")


def test_what_was_awarded_stays_until_it_is_paid(suite: Suite) -> None:
    which = held(suite)
    dispose(suite, which, 500_00, 500_00)
    suite.requests.withdraw(which[0], 1, {"from": suite.releaser})
    next_block_at(now() + 300 * DAY)
    event = pay_out(suite, which, 200_00).events["PaidOut"]
    assert (event["amount"], event["remaining"]) == (200_00, 300_00)
    with reverts("AmountMisstated", "0x" + hold_id(*which).hex(), 300_01, 300_00):
        pay_out(suite, which, 300_01)
    with reverts("AmountMisstated", "0x" + hold_id(*which).hex(), 0, 300_00):
        pay_out(suite, which, 0)
    with refused_in(which, "Disposed"):
        suite.holds.confirmRelease(*which, {"from": suite.teller})
    pay_out(suite, which, 300_00)
    assert balance(suite, which) == (AMOUNT, 0, 500_00, 500_00, 0)
    assert hold(suite, which)[4] == now()
    with reverts("NothingToReturn", "0x" + hold_id(*which).hex()):
        pay_out(suite, which, 1)


def test_before_judgment_only_where_the_law_says_so(suite: Suite) -> None:
    cash = held(suite, name="cash")
    assert suite.holds.returnable(*cash)[2:] == (0, False)
    with reverts("NothingToReturn", "0x" + hold_id(*cash).hex()):
        pay_out(suite, cash, 1)
    named = target(suite, "virtual", currency=1003)
    which = (ratified(suite, named, given=order("virtual", asset_class=VIRTUAL_ASSET)), named[1])
    assert suite.holds.returnable(*which)[2:] == (0, False)
    answer(suite, *which)
    assert suite.holds.returnable(*which)[2:] == (0, False)  # not checked yet
    check(suite, *which)
    assert suite.holds.returnable(*which) == (suite.ids["sg_bank"], 1003, AMOUNT, False)
    objections = {"from": as_module(suite.objections)}
    suite.holds.setObjected(*which, True, objections)
    assert hold(suite, which)[7] & OBJECTED
    assert suite.holds.returnable(*which)[2:] == (0, False)  # an objection waits
    suite.holds.setObjected(*which, False, objections)
    pay_out(suite, which, 400_00)
    assert balance(suite, which) == (AMOUNT, 0, 400_00, 0, 600_00)
    pay_out(suite, which, 600_00)
    assert balance(suite, which) == (AMOUNT, 0, AMOUNT, 0, 0)
    assert hold_status(suite, *which) == "Expired"


def test_what_is_over_goes_back_to_nobody(suite: Suite) -> None:
    named = target(suite, "virtual")
    which = (ratified(suite, named, given=order("virtual", asset_class=VIRTUAL_ASSET)), named[1])
    answer(suite, *which)
    check(suite, *which)
    pay_out(suite, which, 1)
    ends = hold(suite, which)[4]
    next_block_at(ends)
    with reverts("NothingToReturn", "0x" + hold_id(*which).hex()):
        pay_out(suite, which, 1)
    assert balance(suite, which, ends - 1) == (AMOUNT, 0, 1, 0, AMOUNT - 1)
    assert balance(suite, which, ends) == (AMOUNT, AMOUNT - 1, 1, 0, 0)


def test_an_upheld_objection_lets_go_whoever_ordered(suite: Suite) -> None:
    which = by_court(suite)
    account = {"from": as_module(suite.objections)}
    tx = suite.holds.releaseOnReview(*which, 1, suite.reviewer, account)
    event = tx.events["Released"]
    assert (event["agency"], event["officer"]) == (suite.ids["sg_prosecutor"], suite.reviewer)
    assert (event["amount"], event["reason"]) == (1, 5)
    suite.holds.releaseOnReview(*which, AMOUNT - 1, suite.reviewer, account)
    assert hold_status(suite, *which) == "Released"
    with refused_in(which, "Released"):
        suite.holds.releaseOnReview(*which, 1, suite.reviewer, account)


def test_no_hold_outlives_its_end_whatever_is_called(suite: Suite) -> None:
    """Nobody does anything for a year: nothing is held."""
    which = held(suite)
    provisional = target(suite, "provisional")
    stop = (ask(suite, stop_order("stop", period=HOUR), provisional), provisional[1])
    answer(suite, *stop)
    for one in (which, stop):
        assert balance(suite, one, now() + 365 * DAY)[4] == 0
        assert hold_status(suite, *one, at=now() + 365 * DAY) in ("Expired", "Lapsed")
