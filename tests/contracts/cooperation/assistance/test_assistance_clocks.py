# SPDX-License-Identifier: Apache-2.0
"""Every clock to its second, who is responsible meanwhile, and the clock that stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from brownie import chain
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.assistance.acts import (
    ACKNOWLEDGE_BY,
    ANSWER_BY,
    LONGEST,
    NUMBER,
    PATHS,
    PAUSED_AT,
    PROMISED,
    SENT_AT,
    SUPPLEMENT_WITHIN,
    ask,
    bring_to,
    direct_order,
    do,
    hexed,
    status,
    told,
)
from tests.contracts.cooperation.stage import MESSAGE
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, Suite

EXECUTABLE = ("Received", "Assigned", "Accepted", "AcceptedWithConditions", "Executing", "Partial")


# To the second


def test_receipt_is_overdue_a_second_later(suite: Suite) -> None:
    request = bring_to(suite, "Sent")
    acknowledge, answer = told(suite, request, ACKNOWLEDGE_BY), told(suite, request, ANSWER_BY)
    assert acknowledge == told(suite, request, SENT_AT) + PROMISED[0]
    assert status(suite, request, acknowledge) == "Sent"
    assert status(suite, request, acknowledge + 1) == "OverdueReceipt"
    assert status(suite, request, answer) == "OverdueReceipt"
    assert status(suite, request, answer + 1) == "Overdue"


@pytest.mark.parametrize("path", EXECUTABLE)
def test_the_answer_is_overdue_a_second_later(suite: Suite, path: str) -> None:
    request = bring_to(suite, path)
    due = told(suite, request, ANSWER_BY)
    assert due == told(suite, request, SENT_AT) + PROMISED[1]
    assert status(suite, request, due) == path
    assert status(suite, request, due + 1) == "Overdue"


@pytest.mark.parametrize(
    "path", ["Fulfilled", "Confirmed", "Disputed", "DisputeLost", "Refused", "Withdrawn"]
)
def test_what_is_over_is_never_overdue(suite: Suite, path: str) -> None:
    assert status(suite, bring_to(suite, path), 2**40 - 1) == path


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_supplement_comes_to_the_very_second(suite: Suite, late: int) -> None:
    request = bring_to(suite, "SupplementAsked")
    asked, due = told(suite, request, PAUSED_AT), told(suite, request, ANSWER_BY)
    assert status(suite, request, asked + SUPPLEMENT_WITHIN) == "SupplementAsked"
    assert status(suite, request, asked + SUPPLEMENT_WITHIN + 1) == "Stale"
    next_block_at(asked + SUPPLEMENT_WITHIN + late)
    if late > 0:
        with reverts("AssistanceInStatus", hexed(request), NUMBER["Stale"]):
            do(suite, request, "supplement")
        return
    do(suite, request, "supplement")
    assert told(suite, request, ANSWER_BY) == due + SUPPLEMENT_WITHIN + late


def test_a_postponement_is_over_at_its_end(suite: Suite) -> None:
    request = bring_to(suite, "Postponed, executing")
    before, until = suite.assistance.pauseOf(request)
    due = told(suite, request, ANSWER_BY)
    assert before == NUMBER["Executing"]
    assert due == told(suite, request, SENT_AT) + PROMISED[1] + until - told(suite, request, PAUSED_AT)
    assert status(suite, request, until - 1) == "Postponed"
    assert status(suite, request, until) == "Executing"
    assert status(suite, request, due) == "Executing"
    assert status(suite, request, due + 1) == "Overdue"
    next_block_at(until)
    do(suite, request, "answer")
    assert told(suite, request, ANSWER_BY) == due
    assert suite.assistance.pauseOf(request) == (0, 0)


def test_a_postponement_that_ends_early_gives_back_what_is_left(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    due = told(suite, request, ANSWER_BY)
    paused = do(suite, request, "postpone").timestamp
    next_block_at(paused + 10 * DAY)
    do(suite, request, "accept")
    assert told(suite, request, ANSWER_BY) == due + 10 * DAY


@pytest.mark.parametrize("more", [0, 1])
def test_180_days_of_postponement_in_all(suite: Suite, more: int) -> None:
    request = bring_to(suite, "Assigned")
    by = {"from": suite.my_answerer}
    begin = now() + HOUR
    next_block_at(begin)
    suite.answers.postpone(request, begin + 100 * DAY, 1, MESSAGE, by)
    again = begin + 50 * DAY
    next_block_at(again)
    latest = again + LONGEST - 100 * DAY
    if more:
        with reverts("PostponedTooLong", latest + 1, latest):
            suite.answers.postpone(request, latest + 1, 1, MESSAGE, by)
        return
    suite.answers.postpone(request, latest, 1, MESSAGE, by)
    assert status(suite, request, latest - 1) == "Postponed"
    # Nothing is left, not even a second.
    next_block_at(latest + 1)
    with reverts("PostponedTooLong", latest + 3, latest + 1):
        suite.answers.postpone(request, latest + 3, 1, MESSAGE, by)


def test_nothing_is_postponed_into_the_past(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    at = now() + HOUR
    next_block_at(at)
    with reverts("PostponedTooLong", at, at + LONGEST):
        suite.answers.postpone(request, at, 1, MESSAGE, {"from": suite.my_answerer})


def test_whoever_is_late_stops_no_clock(suite: Suite) -> None:
    request = bring_to(suite, "Overdue, assigned")
    for act in ("askSupplement", "postpone"):
        with reverts("AssistanceInStatus", hexed(request), NUMBER["Overdue"]):
            do(suite, request, act)


def test_three_supplements_are_enough(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    for _ in range(3):
        do(suite, request, "askSupplement", "supplement")
    with reverts("TooManySupplements", hexed(request), 3):
        do(suite, request, "askSupplement")


# Who is responsible

RESPONSIBLE = {
    "Submitted": "cn_authority",
    "NotPassedOn": None,
    "Sent": "my_authority",
    "Received": "my_authority",
    "Assigned": "my_police",
    "SupplementAsked": "cn_police",
    "Accepted": "my_police",
    "AcceptedWithConditions": "my_police",
    "Postponed": "my_police",
    "Executing": "my_police",
    "Partial": "my_police",
    "Fulfilled": "cn_police",
    "OverdueAtHome": "cn_authority",
    "OverdueReceipt": "my_authority",
    "Overdue": "my_authority",
}


@pytest.mark.parametrize("path", PATHS)
def test_somebody_is_responsible(suite: Suite, path: str) -> None:
    request = bring_to(suite, path)
    expected = RESPONSIBLE.get(path.split(",")[0])
    assert suite.assistance.responsibleAt(request, now()) == (suite.ids[expected] if expected else 0)


@pytest.mark.parametrize("acknowledged", [False, True])
def test_it_escalates_by_itself(suite: Suite, acknowledged: bool) -> None:
    """Nobody sends anything: a second after the deadline the central authority there is responsible."""
    request = ask(suite, direct_order(suite))
    if acknowledged:
        suite.assistance.acknowledge(request, MESSAGE, {"from": suite.my_answerer})
    due = told(suite, request, ANSWER_BY if acknowledged else ACKNOWLEDGE_BY)
    assert suite.assistance.responsibleAt(request, due) == suite.ids["my_police"]
    assert suite.assistance.responsibleAt(request, due + 1) == suite.ids["my_authority"]


# The clock that stands, against a model


@dataclass
class Clock:
    """What the deadline should be, told in a few lines.

    Attributes:
        due: until when the answer is due; moves by each second that the clock stood.
        left: seconds of postponement that may still be announced.
    """

    due: int
    left: int = LONGEST
    supplements: int = 3
    since: int = 0
    until: int = 0
    stood: list[int] = field(default_factory=list)

    def resume(self, at: int) -> None:
        if not self.since:
            return
        stood = (min(at, self.until) if self.until else at) - self.since
        self.due += stood
        self.stood.append(stood)
        self.since = self.until = 0

    def is_late(self, at: int) -> bool:
        stood = min(at, self.until) - self.since if self.since and self.until else 0
        return at > self.due + stood


PAUSES = st.lists(
    st.tuples(
        st.sampled_from(["supplement", "postpone"]),
        st.integers(1, 70 * DAY),  # what is announced, or how long the supplement takes
        st.integers(1, 80 * DAY),  # when the next act comes
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pauses=PAUSES)
@example(pauses=[("postpone", 70 * DAY, 70 * DAY), ("supplement", 60 * DAY, DAY), ("postpone", 9, 3)])
def test_the_deadline_moves_by_the_time_that_the_clock_stood(
    suite: Suite, pauses: list[tuple[str, int, int]]
) -> None:
    chain.revert()  # each example from the same beginning
    request = bring_to(suite, "Assigned")
    clock = Clock(told(suite, request, ANSWER_BY))
    at = now()
    for what, length, wait in pauses:
        at += wait
        if clock.is_late(at):
            break
        next_block_at(at)
        if what == "supplement" and clock.supplements and length <= SUPPLEMENT_WITHIN:
            clock.resume(at)
            do(suite, request, "askSupplement")
            clock.since, clock.supplements = at, clock.supplements - 1
            at += length
            next_block_at(at)
            do(suite, request, "supplement")
            clock.resume(at)
        elif what == "postpone" and length <= clock.left:
            clock.resume(at)
            suite.answers.postpone(request, at + length, 1, MESSAGE, {"from": suite.my_answerer})
            clock.since, clock.until, clock.left = at, at + length, clock.left - length
        else:
            chain.mine()
    at = max(at, clock.until) + 1
    clock.resume(at)
    assert told(suite, request, ANSWER_BY) == clock.due
    assert status(suite, request, clock.due + 1) == "Overdue"
    if at <= clock.due:
        assert status(suite, request, clock.due) == "Assigned"
