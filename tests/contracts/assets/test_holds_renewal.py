# SPDX-License-Identifier: Apache-2.0
"""Holding for longer: before the end, by whom, how often, how long in all."""

from __future__ import annotations

import pytest

from tests.contracts.assets.holding import (
    BY_COURT,
    PAPER,
    Which,
    hold,
    refused_in,
    renew,
)
from tests.contracts.assets.stage import (
    FREEZE,
    HOLD_STATUS,
    SECURITIES,
    Profile,
    adopt_profiles,
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
from tests.contracts.clock import next_block_at
from tests.contracts.reverts import reverts
from tests.contracts.suite import CHECK, DAY, MY, SG, ZERO32, Suite


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


@pytest.mark.parametrize(
    ("by", "agency", "court"),
    [("high_ratifier", "sg_police", 0), ("prosecutor", "sg_prosecutor", 0), ("judge", "sg_court", BY_COURT)],
)
def test_a_hold_is_renewed_from_its_end(suite: Suite, by: str, agency: str, court: int) -> None:
    which = held(suite)
    ends = hold(suite, which)[4]
    event = renew(suite, which, by=by).events["Renewed"]
    assert (event["agency"], event["officer"], event["until"]) == (
        suite.ids[agency],
        suite.actors[by],
        ends + 30 * DAY,
    )
    assert bytes(event["order"]) == PAPER
    assert hold(suite, which)[6] == 1
    assert hold(suite, which)[7] & BY_COURT == court
    assert hold_status(suite, *which, at=ends + 30 * DAY - 1) == "Held"
    assert hold_status(suite, *which, at=ends + 30 * DAY) == "Expired"


@pytest.mark.parametrize("late", [-1, 0])
def test_renewed_before_the_end_or_never(suite: Suite, late: int) -> None:
    which = held(suite)
    next_block_at(hold(suite, which)[4] + late)
    if late < 0:
        renew(suite, which)
        return
    with refused_in(which, "Expired"):
        renew(suite, which)
    event = suite.holds.recordLapse(*which, {"from": suite.stranger}).events["HoldLapseRecorded"]
    assert event["status"] == HOLD_STATUS.index("Expired")


def test_limits_of_renewing(suite: Suite) -> None:
    which = held(suite)
    with reverts("EmptyOrder"):
        suite.holds.renew(*which, DAY, ZERO32, {"from": suite.high_ratifier})
    for period in (0, 180 * DAY + 1):
        with reverts("PeriodBeyondProfile", period, 180 * DAY):
            renew(suite, which, period)
    for _ in range(3):
        renew(suite, which, DAY)
    with reverts("TooManyRenewals", "0x" + hold_id(*which).hex(), 3):
        renew(suite, which, DAY)


def test_all_periods_together_have_a_limit(suite: Suite) -> None:
    which = held(suite)  # 90 of 720 days
    for period in (180 * DAY, 180 * DAY):
        renew(suite, which, period)
    adopt_profiles(
        suite,
        "sg_authority",
        SG,
        (FREEZE, SECURITIES, Profile(longest=100 * DAY, total=100 * DAY, renewals=255)),
    )
    named = target(suite, "securities")
    short = (ratified(suite, named, given=order("short", asset_class=SECURITIES)), named[1])
    answer(suite, *short)
    check(suite, *short)
    with reverts("TotalBeyondProfile", 100 * DAY + 1, 100 * DAY):
        renew(suite, short, 10 * DAY + 1)
    for _ in range(10):
        renew(suite, short, DAY)
    assert hold(suite, short)[6] == 10


def test_without_limits_there_are_none(suite: Suite) -> None:
    """Malaysia's profile of the stage: as often and as long as its authority renews."""
    my_ratifier = {"from": suite.my_high_ratifier}
    named = target(suite, institution="my_bank")
    request = ask(suite, order(jurisdiction=MY), named, by="my_requester", agency="my_police")
    suite.requests.ratify(request, my_ratifier)
    answer(suite, request, named[1], by="my_teller")
    check(suite, request, named[1], by="my_checker")
    for _ in range(9):
        suite.holds.renew(request, named[1], 180 * DAY, PAPER, my_ratifier)
    assert hold(suite, (request, named[1]))[6] == 9


@pytest.mark.parametrize("by", ["requester", "ratifier", "releaser", "reviewer", "teller", "checker"])
def test_renewing_takes_the_power(suite: Suite, by: str) -> None:
    with reverts("NotAuthorised"):
        renew(suite, held(suite), by=by)


@pytest.mark.parametrize("by", ["unit_ratifier", "my_high_ratifier", "my_judge", "my_public_prosecutor"])
def test_renewing_takes_the_agency(suite: Suite, by: str) -> None:
    with reverts("NotOfRequester"):
        renew(suite, held(suite), by=by)


def test_from_abroad_the_endorser_renews(suite: Suite) -> None:
    which = from_abroad(suite)
    for by in ("my_high_ratifier", "my_judge", "my_public_prosecutor", "high_ratifier"):
        with reverts("NotOfRequester"):
            renew(suite, which, by=by)
    renew(suite, which, by="unit_ratifier")
    renew(suite, which, by="judge")


def test_what_nobody_confirmed_is_not_renewed(suite: Suite) -> None:
    named = target(suite)
    which = (ratified(suite, named), named[1])
    with refused_in(which, "Open"):
        renew(suite, which)
    answer(suite, *which)
    with refused_in(which, "Held"):
        renew(suite, which)


def test_an_institution_extends_its_own_within_the_law(suite: Suite) -> None:
    which = own(suite)
    for by, error in (("teller", "NotAuthorised"), ("ratifier", "NotAuthorised")):
        with reverts(error, suite.actors[by], CHECK):
            renew(suite, which, DAY, by=by)
    with reverts("NotTheInstitution", suite.ids["sg_payer"], suite.ids["sg_bank"]):
        renew(suite, which, DAY, by="payer_checker")
    with reverts("TotalBeyondProfile", 5 * DAY + 1, 5 * DAY):
        renew(suite, which, 3 * DAY + 1, by="checker")
    renew(suite, which, 3 * DAY, by="checker")
    with reverts("TotalBeyondProfile", 5 * DAY + 1, 5 * DAY):
        renew(suite, which, 1, by="checker")
