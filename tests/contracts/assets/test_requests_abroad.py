# SPDX-License-Identifier: Apache-2.0
"""Requests from abroad: ratified there, taken over by the domestic authority here, or binding nobody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.stage import (
    FREEZE,
    SECURITIES,
    Profile,
    adopt_profiles,
    answer,
    ask,
    hold_status,
    order,
    profile_key,
    request_status,
    stop_order,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, SG, Suite

RATIFY_WITHIN, STOP_RATIFY_WITHIN = 2 * DAY, DAY
FOREIGN, DECLINED, WITHDRAWN, BY_COURT, OWN, RECORDED = (1 << bit for bit in range(6))


def abroad(suite: Suite, given: tuple[Any, ...]) -> bytes:
    return ask(suite, given, by="my_requester", agency="my_police")


def foreign_freeze(suite: Suite) -> bytes:
    """Ratified in Malaysia; waits in Singapore."""
    request = abroad(suite, order())
    suite.requests.ratify(request, {"from": suite.my_high_ratifier})
    return request


def bound_at(suite: Suite, request: bytes) -> int:
    return int(suite.requests.requestOf(request)[5])


def flags(suite: Suite, request: bytes) -> int:
    return int(suite.requests.requestOf(request)[8])


def test_a_foreign_freeze_waits_for_both(suite: Suite) -> None:
    request, named = abroad(suite, order()), target(suite)[1]
    assert flags(suite, request) == FOREIGN
    assert request_status(suite, request) == "AwaitingRatification"
    with reverts("WrongStatus", "0x" + request.hex(), 1):
        suite.requests.endorse(request, {"from": suite.endorser})
    suite.requests.ratify(request, {"from": suite.my_high_ratifier})
    assert request_status(suite, request) == "AwaitingEndorsement"
    assert (bound_at(suite, request), hold_status(suite, request, named)) == (0, "Dormant")
    tx = suite.requests.endorse(request, {"from": suite.endorser})
    assert tx.events["FreezeEndorsed"]["endorser"] == suite.ids["sg_unit"]
    assert (request_status(suite, request), bound_at(suite, request)) == ("Running", tx.timestamp)
    with reverts("WrongStatus", "0x" + request.hex(), 4):
        suite.requests.endorse(request, {"from": suite.endorser})


def test_a_foreign_stop_is_endorsed_at_once_and_ratified_in_time(suite: Suite) -> None:
    request = abroad(suite, stop_order())
    asked = now()
    assert request_status(suite, request) == "AwaitingEndorsement"
    suite.requests.endorse(request, {"from": suite.endorser})
    assert request_status(suite, request) == "Provisional"
    assert request_status(suite, request, asked + STOP_RATIFY_WITHIN + 1) == "Lapsed"
    suite.requests.ratify(request, {"from": suite.my_ratifier})
    assert request_status(suite, request, asked + 300 * DAY) == "Running"


def test_a_foreign_stop_may_be_ratified_first(suite: Suite) -> None:
    request = abroad(suite, stop_order())
    suite.requests.ratify(request, {"from": suite.my_ratifier})
    with reverts("WrongStatus", "0x" + request.hex(), 2):
        suite.requests.ratify(request, {"from": suite.my_ratifier})
    assert request_status(suite, request) == "AwaitingEndorsement"
    suite.requests.endorse(request, {"from": suite.endorser})
    assert request_status(suite, request) == "Running"


def test_courts_and_prosecutors_of_the_requesters_country_ratify(suite: Suite) -> None:
    request = abroad(suite, order())
    for by in ("judge", "prosecutor", "high_ratifier"):
        with reverts("NotOfRequester"):
            suite.requests.ratify(request, {"from": suite.actors[by]})
    suite.requests.ratify(request, {"from": suite.my_judge})
    assert flags(suite, request) == FOREIGN | BY_COURT


@pytest.mark.parametrize("by", ["ratifier", "teller", "judge", "unit_releaser", "stranger"])
def test_only_the_endorser_takes_over(suite: Suite, by: str) -> None:
    request = foreign_freeze(suite)
    with reverts("NotAuthorised"):
        suite.requests.endorse(request, {"from": suite.actors[by]})
    with reverts("NotAuthorised"):
        suite.requests.decline(request, 1, {"from": suite.actors[by]})


def test_another_agencys_endorser_does_not(suite: Suite) -> None:
    other = suite.appoint("sg_authority", "other endorser", 1 << 15)
    with reverts("NotTheEndorser", suite.ids["sg_authority"], suite.ids["sg_unit"]):
        suite.requests.endorse(foreign_freeze(suite), {"from": other})


def test_what_is_declined_binds_nobody(suite: Suite) -> None:
    request, named = foreign_freeze(suite), target(suite)[1]
    with reverts("NoReason"):
        suite.requests.decline(request, 0, {"from": suite.endorser})
    tx = suite.requests.decline(request, 7, {"from": suite.endorser})
    assert tx.events["FreezeDeclined"]["code"] == 7
    assert request_status(suite, request) == "Declined"
    assert suite.requests.endedAt(request) == tx.timestamp
    assert hold_status(suite, request, named) == "Lapsed"
    for act in (
        lambda: suite.requests.endorse(request, {"from": suite.endorser}),
        lambda: suite.requests.decline(request, 7, {"from": suite.endorser}),
        lambda: suite.requests.withdraw(request, 1, {"from": suite.my_releaser}),
        lambda: suite.requests.ratify(request, {"from": suite.my_high_ratifier}),
    ):
        with reverts("WrongStatus", "0x" + request.hex(), 6):
            act()
    with reverts("HoldInStatus"):
        answer(suite, request, named)


@pytest.mark.parametrize("late", [0, 1])
def test_what_nobody_endorses_lapses_in_the_end(suite: Suite, late: int) -> None:
    request = abroad(suite, order())
    longest = now() + 180 * DAY
    suite.requests.ratify(request, {"from": suite.my_high_ratifier})
    next_block_at(longest + late)
    if not late:
        suite.requests.endorse(request, {"from": suite.endorser})
        return
    with reverts("WrongStatus", "0x" + request.hex(), 5):
        suite.requests.endorse(request, {"from": suite.endorser})
    assert hold_status(suite, request, target(suite)[1]) == "Lapsed"
    event = suite.requests.recordLapse(request, {"from": suite.stranger}).events["RequestLapseRecorded"]
    assert event["lapsedAt"] == longest


def test_without_an_endorser_nothing_comes_from_abroad(suite: Suite) -> None:
    adopt_profiles(suite, "sg_authority", SG, (FREEZE, SECURITIES, Profile()))
    with reverts("ForeignNotAccepted", profile_key(SG, FREEZE, SECURITIES)):
        abroad(suite, order(asset_class=SECURITIES))
