# SPDX-License-Identifier: Apache-2.0
"""What must not work with requests, however hostile a side is. Each test says the rule that has to hold."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.evidence.methods import Method
from concordat.membership.standing.score import Outcome
from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import next_block_at, now, pass_time
from tests.contracts.cooperation.assistance.acts import (
    ANSWER_BY,
    ASSIGNED_LATE,
    BEYOND_CAP,
    FLAGS,
    PAUSED_AT,
    SUPPLEMENT_WITHIN,
    THEIR_SECRET,
    ask,
    bring_to,
    direct_order,
    do,
    order,
    status,
    told,
)
from tests.contracts.cooperation.stage import MESSAGE
from tests.contracts.cooperation.standing.disputes import recorded
from tests.contracts.reverts import reverts
from tests.contracts.suite import ASK, DAY, HOUR, LEAD, MY, REQUEST, ZERO32, Suite

IMAGING = Method.STORAGE_IMAGING
PRESENT = order(methods=1 << IMAGING, presence=True)
REASON = b"\x07" * 32


def who(suite: Suite, name: str) -> dict[str, Any]:
    return {"from": suite.actors[name]}


def direct(suite: Suite, name: str = "an order") -> bytes:
    return ask(suite, direct_order(suite, name))


def forward(suite: Suite, request: bytes, to: str) -> None:
    suite.assistance.forward(request, suite.ids[to], MESSAGE, who(suite, "my_answerer"))


def reported(suite: Suite, request: bytes) -> list[tuple[int, int, Outcome]]:
    return recorded(suite.reports.reportRequest(request, who(suite, "stranger")))


# Forwarding


@pytest.mark.parametrize("acknowledged", [False, True])
def test_who_is_late_does_not_pass_its_lateness_on(suite: Suite, acknowledged: bool) -> None:
    request = direct(suite)
    if acknowledged:
        suite.assistance.acknowledge(request, THEIR_SECRET, who(suite, "my_answerer"))
    pass_time(73 * HOUR)
    assert status(suite, request) == "Overdue"
    with reverts("AssistanceInStatus"):
        forward(suite, request, "my_court")
    assert {rated for rated, _, _ in reported(suite, request)} == {suite.ids["my_police"]}


def test_a_forwarded_request_counts_as_it_counted_when_it_was_sent(suite: Suite) -> None:
    first = direct(suite, "first")
    for number in range(20):
        direct(suite, f"to police {number}")
        ask(suite, direct_order(suite, f"to prosecutor {number}", agency=suite.ids["my_prosecutor"]))
    forward(suite, first, "my_prosecutor")
    assert not told(suite, first, FLAGS) & BEYOND_CAP
    counts = [
        suite.assistance.openBetween(suite.ids["cn_police"], suite.ids[it])
        for it in ("my_police", "my_prosecutor")
    ]
    assert counts == [20, 21]


def test_the_first_receiver_does_not_take_back_what_was_assigned(suite: Suite) -> None:
    request = direct(suite)
    pass_time(25 * HOUR)
    suite.assistance.assign(request, suite.ids["my_prosecutor"], MESSAGE, who(suite, "my_transmitter"))
    with reverts("AssistanceInStatus"):
        forward(suite, request, "my_court")


# Assigning


def test_an_authority_answers_for_what_it_assigned_too_late(suite: Suite) -> None:
    request = bring_to(suite, "Received")
    next_block_at(told(suite, request, ANSWER_BY) - 1)
    do(suite, request, "assign")
    assert told(suite, request, FLAGS) == ASSIGNED_LATE
    pass_time(60)
    assert status(suite, request) == "Overdue"
    rated = (suite.ids["my_authority"], suite.ids["cn_police"], Outcome.OVERDUE)
    assert reported(suite, request) == [rated]


def test_who_was_assigned_in_time_answers_for_its_time(suite: Suite) -> None:
    request = bring_to(suite, "Overdue, assigned")
    assert told(suite, request, FLAGS) == 0
    assert [rated for rated, _, _ in reported(suite, request)] == [suite.ids["my_police"]]


def test_a_direct_receiver_answers_for_what_its_authority_had_to_take_over(suite: Suite) -> None:
    request = direct(suite)
    pass_time(25 * HOUR)
    suite.assistance.assign(request, suite.ids["my_prosecutor"], MESSAGE, who(suite, "my_transmitter"))
    pass_time(48 * HOUR)
    assert [(rated, kind) for rated, _, kind in reported(suite, request)] == [
        (suite.ids["my_police"], Outcome.ACKNOWLEDGED_LATE),
        (suite.ids["my_police"], Outcome.OVERDUE),
    ]


def test_a_country_whose_authority_is_suspended_answers_all_the_same(suite: Suite) -> None:
    request = bring_to(suite, "Sent")
    council = {"from": as_module(suite.timelock)}
    suite.agencies.suspendByCouncil(suite.ids["my_authority"], now() + 90 * DAY, REASON, council)
    suite.assistance.acknowledge(request, THEIR_SECRET, who(suite, "my_authority_answerer"))
    with reverts("NotAuthorised"):
        do(suite, request, "assign")
    suite.assistance.assign(request, suite.ids["my_police"], MESSAGE, who(suite, "my_authority_answerer"))
    do(suite, request, "answer")
    assert status(suite, request) == "Fulfilled"


@pytest.mark.parametrize("act", ["supplement", "withdraw", "confirm"])
def test_what_was_asked_before_goes_on_without_the_power_to_ask(suite: Suite, act: str) -> None:
    request = bring_to(suite, "Fulfilled" if act == "confirm" else "SupplementAsked")
    by_standing = {"from": as_module(suite.reputation)}
    suite.agencies.withhold(suite.ids["cn_police"], REQUEST | ASK | LEAD, now() + 180 * DAY, by_standing)
    with reverts("NotAuthorised"):
        do(suite, request, act)
    called = getattr(suite.answers if act == "confirm" else suite.assistance, act)
    given = {"supplement": [MESSAGE], "withdraw": [1], "confirm": []}[act]
    called(request, *given, who(suite, "cn_objector"))


# A supplement that never comes


def stale_with_presence(suite: Suite) -> bytes:
    request = bring_to(suite, "Assigned", PRESENT)
    suite.answers.accept(request, ZERO32, True, who(suite, "my_answerer"))
    do(suite, request, "askSupplement", "pastSupplement")
    assert status(suite, request) == "Stale"
    return request


def covered(suite: Suite, request: bytes, at: int) -> list[bool]:
    agencies = (suite.ids["cn_police"], suite.ids["my_police"])
    return [suite.mandates.covers(request, agency, MY, MY, at, IMAGING) for agency in agencies]


@pytest.mark.parametrize("end", ["", "refuse", "withdraw"])
def test_nothing_is_covered_while_a_supplement_is_missing_for_too_long(suite: Suite, end: str) -> None:
    """Nor afterwards, for what was collected in that time."""
    request = stale_with_presence(suite)
    last = told(suite, request, PAUSED_AT) + SUPPLEMENT_WITHIN
    assert covered(suite, request, last) == [True, True]
    pass_time(80 * DAY)
    if end:
        do(suite, request, end)
    for at in (last + 1, last + 40 * DAY, now()):
        assert covered(suite, request, at) == [False, False]
    assert covered(suite, request, last) == [True, True]


def test_who_is_asked_ends_a_stale_request(suite: Suite) -> None:
    request = stale_with_presence(suite)
    do(suite, request, "refuse")
    assert status(suite, request) == "Refused"
    with reverts("NothingToReport"):  # it cost nothing: in time, with its ground
        reported(suite, request)


def test_who_answered_in_part_does_not_refuse_by_a_detour(suite: Suite) -> None:
    request = bring_to(suite, "Partial")
    do(suite, request, "askSupplement")
    with reverts("AssistanceInStatus"):
        do(suite, request, "refuse")
    do(suite, request, "pastSupplement", "refuse")
    assert status(suite, request) == "Refused"


# Counting


def test_who_ignored_twenty_requests_is_late_with_the_next(suite: Suite) -> None:
    for number in range(20):
        direct(suite, f"ignored {number}")
    assert told(suite, direct(suite, "beyond"), FLAGS) & BEYOND_CAP
    pass_time(60 * DAY)
    assert suite.assistance.openBetween(suite.ids["cn_police"], suite.ids["my_police"]) == 0
    last = direct(suite, "last")
    pass_time(5 * DAY)
    assert status(suite, last) == "Overdue"
    assert len(reported(suite, last)) == 2


def test_officials_are_present_by_consent_of_the_authority_there(suite: Suite) -> None:
    with reverts("InvalidOrder", 8):
        ask(suite, direct_order(suite, presence=True))
