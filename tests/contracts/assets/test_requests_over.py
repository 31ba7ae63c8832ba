# SPDX-License-Identifier: Apache-2.0
"""Withdrawing a request, and what an institution holds by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.stage import (
    CASH,
    FREEZE,
    STOP,
    Profile,
    adopt_profiles,
    answer,
    ask,
    check,
    endorsed,
    hold_id,
    hold_status,
    order,
    profile_key,
    ratified,
    request_id,
    request_status,
    stop_order,
    target,
)
from tests.contracts.clock import now
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, DAY, HOUR, JUDGE, MY, SG, Suite

FREEZE_KEY, STOP_KEY = profile_key(SG, FREEZE, CASH), profile_key(SG, STOP, CASH)
FOREIGN, DECLINED, WITHDRAWN, BY_COURT, OWN, RECORDED = (1 << bit for bit in range(6))


def abroad(suite: Suite, given: tuple[Any, ...]) -> bytes:
    return ask(suite, given, by="my_requester", agency="my_police")


def foreign_freeze(suite: Suite) -> bytes:
    """Ratified in Malaysia; waits in Singapore."""
    request = abroad(suite, order())
    suite.requests.ratify(request, {"from": suite.my_high_ratifier})
    return request


# Withdrawing


def test_a_withdrawal_lets_go_at_once(suite: Suite) -> None:
    request, named = ratified(suite), target(suite)[1]
    answer(suite, request, named)
    with reverts("NoReason"):
        suite.requests.withdraw(request, 0, {"from": suite.releaser})
    tx = suite.requests.withdraw(request, 2, {"from": suite.releaser})
    assert tx.events["FreezeWithdrawn"]["reason"] == 2
    assert request_status(suite, request) == "Withdrawn"
    assert hold_status(suite, request, named) == "Withdrawn"
    assert suite.holds.balanceAt(request, named, now())[4] == 0
    with reverts("WrongStatus", "0x" + request.hex(), 7):
        suite.requests.withdraw(request, 2, {"from": suite.releaser})
    with reverts("HoldInStatus"):
        answer(suite, request, named)


@pytest.mark.parametrize("by", ["requester", "high_ratifier", "endorser", "teller", "judge"])
def test_withdrawing_takes_the_power(suite: Suite, by: str) -> None:
    with reverts("NotAuthorised"):
        suite.requests.withdraw(ratified(suite), 1, {"from": suite.actors[by]})


@pytest.mark.parametrize("by", ["bank_releaser", "my_releaser", "unit_releaser", "court_releaser"])
def test_withdrawing_takes_the_agency(suite: Suite, by: str) -> None:
    with reverts("NotOfRequester"):
        suite.requests.withdraw(ratified(suite), 1, {"from": suite.actors[by]})


def test_whoever_took_it_over_may_withdraw(suite: Suite) -> None:
    waiting = foreign_freeze(suite)
    with reverts("NotOfRequester"):
        suite.requests.withdraw(waiting, 1, {"from": suite.unit_releaser})
    suite.requests.withdraw(waiting, 1, {"from": suite.my_releaser})
    taken = endorsed(suite, given=order("another order"))
    suite.requests.withdraw(taken, 1, {"from": suite.unit_releaser})
    assert request_status(suite, taken) == "Withdrawn"


def test_what_a_court_ordered_only_a_court_withdraws(suite: Suite) -> None:
    request = ask(suite, order())
    suite.requests.ratify(request, {"from": suite.judge})
    for by in ("releaser", "court_releaser", "my_judge"):
        with reverts("CourtOrdered", "0x" + request.hex()):
            suite.requests.withdraw(request, 1, {"from": suite.actors[by]})
    with reverts("NotAuthorised"):
        suite.requests.withdraw(request, 1, {"from": suite.prosecutor})
    suite.requests.withdraw(request, 1, {"from": suite.judge})


# An institution by itself


def own(suite: Suite, **changes: Any) -> bytes:
    given = stop_order("own", **changes)
    suite.requests.holdOwn(given, target(suite), {"from": suite.teller})
    return request_id(suite.ids["sg_bank"], given)


def test_an_institution_stops_a_payment_by_itself(suite: Suite) -> None:
    request, named = own(suite), target(suite)[1]
    assert request_status(suite, request) == "Running"
    stored = suite.requests.requestOf(request)
    assert stored[4:6] == (now(), now())
    assert stored[8] == OWN
    assert hold_status(suite, request, named) == "Held"
    assert hold_status(suite, request, named, now() + HOUR + 1) == "Lapsed"
    check(suite, request, named)
    hold = suite.holds.holdOf(hold_id(request, named))
    assert (hold[2], hold[4]) == (1_000_00, hold[3] + 2 * DAY)
    assert hold_status(suite, request, named, hold[4]) == "Expired"
    with reverts("WrongStatus", "0x" + request.hex(), 4):
        suite.requests.ratify(request, {"from": suite.ratifier})


def test_who_may_not_hold_by_himself(suite: Suite) -> None:
    def hold(given: Any, named: Any, by: str) -> None:
        suite.requests.holdOwn(given, named, {"from": suite.actors[by]})

    with reverts("NotAuthorised", suite.checker, ANSWER):
        hold(stop_order(), target(suite), "checker")
    suite.appoint("sg_police", "answering police", ANSWER)
    with reverts("NotAnInstitution", suite.ids["sg_police"]):
        hold(stop_order(), target(suite), "answering police")
    with reverts("NotTheInstitution", suite.ids["sg_bank"], suite.ids["sg_payer"]):
        hold(stop_order(), target(suite, institution="sg_payer"), "teller")
    with reverts("OwnHoldNotAllowed", FREEZE_KEY):
        hold(order(period=DAY), target(suite), "teller")
    with reverts("OwnHoldNotAllowed", STOP_KEY):
        hold(stop_order(), target(suite, institution="my_bank"), "my_teller")
    for period in (0, 3 * DAY + 1):
        with reverts("PeriodBeyondProfile", period, 3 * DAY):
            hold(stop_order(period=period), target(suite), "teller")
    with reverts("AmountMissing"):
        hold(stop_order(), target(suite, amount=0, scope=1), "teller")


def test_where_the_law_lets_no_institution_it_may_not(suite: Suite) -> None:
    adopt_profiles(suite, "my_authority", MY, (STOP, CASH, Profile(ratifiers=JUDGE)))
    with reverts("OwnHoldNotAllowed", profile_key(MY, STOP, CASH)):
        suite.requests.holdOwn(
            stop_order(jurisdiction=MY), target(suite, institution="my_bank"), {"from": suite.my_teller}
        )


def test_an_institution_lets_go_of_its_own(suite: Suite) -> None:
    request = own(suite)
    with reverts("NotOfRequester"):
        suite.requests.withdraw(request, 1, {"from": suite.releaser})
    suite.requests.withdraw(request, 1, {"from": suite.bank_releaser})
    assert hold_status(suite, request, target(suite)[1]) == "Withdrawn"
