# SPDX-License-Identifier: Apache-2.0
"""Requests: who asks and ratifies; what binds when; what time does by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.stage import (
    CASH,
    FREEZE,
    SEIZE,
    STOP,
    VEHICLE,
    answer,
    ask,
    check,
    hold_id,
    hold_status,
    order,
    profile_key,
    request_id,
    request_status,
    stop_order,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, REQUEST, SG, ZERO32, Suite

FREEZE_KEY, STOP_KEY = profile_key(SG, FREEZE, CASH), profile_key(SG, STOP, CASH)
RATIFY_WITHIN, STOP_RATIFY_WITHIN = 2 * DAY, DAY
FOREIGN, DECLINED, WITHDRAWN, BY_COURT, OWN, RECORDED = (1 << bit for bit in range(6))
NOBODY_ELSE = ("ratifier", "endorser", "teller", "checker", "judge", "prosecutor", "reviewer", "stranger")


def abroad(suite: Suite, given: tuple[Any, ...]) -> bytes:
    return ask(suite, given, by="my_requester", agency="my_police")


def bound_at(suite: Suite, request: bytes) -> int:
    return int(suite.requests.requestOf(request)[5])


def flags(suite: Suite, request: bytes) -> int:
    return int(suite.requests.requestOf(request)[8])


# Asking


def test_a_freeze_is_asked_and_binds_nobody_yet(suite: Suite) -> None:
    named = target(suite)
    tx = suite.requests.request(order(), [named], {"from": suite.requester})
    request = request_id(suite.ids["sg_police"], order())
    event = tx.events["FreezeRequested"]
    assert bytes(event["request"]) == request == bytes(tx.return_value or request)
    assert (event["agency"], event["key"], event["officer"]) == (
        suite.ids["sg_police"],
        FREEZE_KEY,
        suite.requester,
    )
    assert (event["profileVersion"], event["period"], bytes(event["order"])) == (1, 90 * DAY, order()[0])
    shown = tx.events["TargetNamed"]
    assert bytes(shown["hold"]) == hold_id(request, named[1])
    assert (shown["institution"], bytes(shown["target"])) == (named[0], named[1])
    assert (shown["currency"], shown["amount"], shown["scope"], shown["keyVersion"]) == (702, 1_000_00, 0, 1)
    stored = suite.requests.requestOf(request)
    expected = (suite.ids["sg_police"], FREEZE_KEY, 1, tx.timestamp, 0, 0, 90 * DAY, RATIFY_WITHIN, 0)
    assert stored == expected
    word = sum(
        value << at for value, at in zip(stored, (0, 32, 56, 72, 112, 152, 192, 224, 248), strict=True)
    )
    assert suite.requests.packedRequestOf(request) == word
    assert request_status(suite, request) == "AwaitingRatification"
    assert hold_status(suite, request, named[1]) == "Dormant"
    assert suite.holds.replyBy(request, named[1]) == 2**40 - 1


def test_a_stop_payment_binds_at_once(suite: Suite) -> None:
    request = ask(suite, stop_order())
    assert request_status(suite, request) == "Provisional"
    assert bound_at(suite, request) == now()
    named = target(suite)[1]
    assert hold_status(suite, request, named) == "Open"
    assert suite.holds.replyBy(request, named) == now() + HOUR


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_other_powers_ask_for_nothing(suite: Suite, who: str) -> None:
    with reverts("NotAuthorised", suite.actors[who], REQUEST):
        ask(suite, order(), by=who)


def test_what_is_missing_is_refused(suite: Suite) -> None:
    with reverts("EmptyOrder"):
        suite.requests.request((ZERO32, *order()[1:]), [target(suite)], {"from": suite.requester})
    with reverts("NoTargets"):
        suite.requests.request(order(), [], {"from": suite.requester})
    with reverts("NoProfile", profile_key(SG, FREEZE, VEHICLE)):
        ask(suite, order(asset_class=VEHICLE))
    for period in (0, 180 * DAY + 1):
        with reverts("PeriodBeyondProfile", period, 180 * DAY):
            ask(suite, order(period=period))
    ask(suite, order(period=180 * DAY))


def test_an_order_makes_one_request(suite: Suite) -> None:
    request = ask(suite, order())
    with reverts("AlreadyRequested", "0x" + request.hex()):
        ask(suite, order())
    assert abroad(suite, order()) != request  # another agency's is another


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"target": ZERO32}, "EmptyTarget"),
        ({"amount": 0}, "AmountMissing"),
        ({"amount": 0, "scope": 6}, "AmountMissing"),
    ],
)
def test_a_target_says_what_and_how_much(suite: Suite, changes: dict[str, Any], error: str) -> None:
    with reverts(error):
        ask(suite, order(), target(suite, **changes))


def test_a_target_stands_once_in_a_request(suite: Suite) -> None:
    with reverts("TargetTwice", "0x" + target(suite)[1].hex()):
        ask(suite, order(), target(suite), target(suite))
    ask(suite, order(), target(suite), target(suite, "another"))
    ask(suite, order("another order"), target(suite))


def test_institutions_of_the_country_are_asked(suite: Suite) -> None:
    for name in ("sg_court", "sg_unit", "sg_police"):
        with reverts("NotAnInstitution", suite.ids[name]):
            ask(suite, order(), target(suite, institution=name))
    with reverts("OtherJurisdiction", suite.ids["my_bank"], SG):
        ask(suite, order(), target(suite, institution="my_bank"))
    for unknown in (0, SG << 16 | 99):
        with reverts("NotAnInstitution", unknown):
            ask(suite, order(), (unknown, *target(suite)[1:]))
    # Each change of institution along the list is looked at.
    with reverts("NotAnInstitution", suite.ids["sg_unit"]):
        ask(suite, order(), target(suite), target(suite, "two", "sg_unit"), target(suite, "three"))


def test_things_are_kept_by_any_member_but_who_asks(suite: Suite) -> None:
    given = order(measure=SEIZE, asset_class=VEHICLE)
    with reverts("NotAnInstitution", suite.ids["sg_police"]):
        ask(suite, given, target(suite, institution="sg_police"))
    ask(suite, given, target(suite, institution="sg_unit"))


def test_no_request_is_no_request(suite: Suite) -> None:
    for call in (
        lambda: suite.requests.ratify(RULE, {"from": suite.ratifier}),
        lambda: suite.requests.endorse(RULE, {"from": suite.endorser}),
        lambda: suite.requests.decline(RULE, 1, {"from": suite.endorser}),
        lambda: suite.requests.withdraw(RULE, 1, {"from": suite.releaser}),
        lambda: suite.requests.recordLapse(RULE, {"from": suite.stranger}),
    ):
        with reverts("NoSuchRequest", "0x" + RULE.hex()):
            call()
    assert request_status(suite, RULE) == "None"


RULE = b"\x33" * 32


# Ratifying


@pytest.mark.parametrize(
    ("by", "agency", "court"),
    [("high_ratifier", "sg_police", 0), ("judge", "sg_court", BY_COURT), ("prosecutor", "sg_prosecutor", 0)],
)
def test_a_freeze_binds_once_ratified(suite: Suite, by: str, agency: str, court: int) -> None:
    request = ask(suite, order())
    tx = suite.requests.ratify(request, {"from": suite.actors[by]})
    event = tx.events["FreezeRatified"]
    assert (event["agency"], event["officer"]) == (suite.ids[agency], suite.actors[by])
    assert request_status(suite, request) == "Running"
    assert bound_at(suite, request) == tx.timestamp
    assert flags(suite, request) == court
    assert suite.requests.ratifierOf(request) == suite.actors[by]
    with reverts("WrongStatus", "0x" + request.hex(), 4):
        suite.requests.ratify(request, {"from": suite.high_ratifier})


def test_ratifying_moves_no_clock_of_a_stop_payment(suite: Suite) -> None:
    request = ask(suite, stop_order())
    bound = bound_at(suite, request)
    next_block_at(now() + HOUR)
    suite.requests.ratify(request, {"from": suite.ratifier})
    assert bound_at(suite, request) == bound
    assert request_status(suite, request) == "Running"


@pytest.mark.parametrize("by", ["requester", "ratifier", "endorser", "reviewer", "teller", "releaser"])
def test_right_agency_wrong_power(suite: Suite, by: str) -> None:
    """A freeze wants the higher rank."""
    request = ask(suite, order())
    with reverts("NotAuthorised"):
        suite.requests.ratify(request, {"from": suite.actors[by]})


@pytest.mark.parametrize("by", ["unit_ratifier", "my_high_ratifier", "my_judge", "my_public_prosecutor"])
def test_right_power_wrong_agency(suite: Suite, by: str) -> None:
    """Another agency's rank, and another country's court."""
    request = ask(suite, order())
    with reverts("NotOfRequester"):
        suite.requests.ratify(request, {"from": suite.actors[by]})


@pytest.mark.parametrize("stop", [True, False])
@pytest.mark.parametrize("late", [-1, 0, 1])
def test_ratified_to_the_very_second_or_lapsed(suite: Suite, stop: bool, late: int) -> None:
    request = ask(suite, stop_order() if stop else order())
    named, by = target(suite)[1], suite.ratifier if stop else suite.high_ratifier
    deadline = now() + (STOP_RATIFY_WITHIN if stop else RATIFY_WITHIN)
    assert request_status(suite, request, deadline) != "Lapsed"
    assert request_status(suite, request, deadline + 1) == "Lapsed"
    assert hold_status(suite, request, named, deadline) == ("Overdue" if stop else "Dormant")
    assert hold_status(suite, request, named, deadline + 1) == "Lapsed"
    next_block_at(deadline + late)
    if late <= 0:
        suite.requests.ratify(request, {"from": by})
        assert request_status(suite, request) == "Running"
        return
    with reverts("WrongStatus", "0x" + request.hex(), 5):
        suite.requests.ratify(request, {"from": by})


def test_a_lapse_goes_on_record_once(suite: Suite) -> None:
    request = ask(suite, order())
    deadline = now() + RATIFY_WITHIN
    with reverts("NotLapsed", "0x" + request.hex(), 1):
        suite.requests.recordLapse(request, {"from": suite.stranger})
    next_block_at(deadline + 1)
    event = suite.requests.recordLapse(request, {"from": suite.stranger}).events["RequestLapseRecorded"]
    assert (event["agency"], event["lapsedAt"]) == (suite.ids["sg_police"], deadline)
    with reverts("LapseAlreadyRecorded", "0x" + request.hex()):
        suite.requests.recordLapse(request, {"from": suite.stranger})
    for act in (
        lambda: suite.requests.ratify(request, {"from": suite.high_ratifier}),
        lambda: suite.requests.withdraw(request, 1, {"from": suite.releaser}),
    ):
        with reverts("WrongStatus", "0x" + request.hex(), 5):
            act()


def test_a_provisional_stop_takes_its_holds_with_it(suite: Suite) -> None:
    request, named = ask(suite, stop_order()), target(suite)[1]
    lapses = now() + STOP_RATIFY_WITHIN + 1
    answer(suite, request, named)
    check(suite, request, named)
    assert hold_status(suite, request, named, lapses - 1) == "Held"
    assert hold_status(suite, request, named, lapses) == "Lapsed"
    assert suite.holds.balanceAt(request, named, lapses) == (1_000_00, 1_000_00, 0, 0, 0)
