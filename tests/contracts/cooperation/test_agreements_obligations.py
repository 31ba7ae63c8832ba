# SPDX-License-Identifier: Apache-2.0
"""Duties under an agreement: performed or breached, by the clock alone, turn by turn."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Mapping

import pytest
from brownie.exceptions import VirtualMachineError
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.cooperation.states import ObligationStatus
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.agreeing import (
    NOTICE,
    agreed,
    among,
    draft,
    in_force,
    obligation,
    propose,
    ratify,
    withdraw,
)
from tests.contracts.cooperation.stage import COUNTRIES, PAPER, YEAR
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, SG, ZERO32, Suite

NONE, PENDING = ObligationStatus.NONE, ObligationStatus.PENDING
PERFORMED, BREACHED = ObligationStatus.PERFORMED, ObligationStatus.BREACHED
DUE = 30 * DAY
Seen = tuple[int, int, int]


def seen(suite: Suite, thread: bytes, at: int, country: str = "my", number: int = 0) -> Seen:
    """Status, turn, due time."""
    found = suite.agreements.obligationAt(thread, number, COUNTRIES[country], at)
    return int(found[0]), int(found[1]), int(found[2])


def perform(suite: Suite, thread: bytes, country: str = "my", number: int = 0) -> int:
    """Perform a duty; the turn."""
    by_authority = {"from": suite.actors[f"{country}_authority"]}
    tx = suite.agreements.perform(thread, number, PAPER, by_authority)
    return int(tx.events["ObligationPerformed"]["turn"])


def owing(suite: Suite, *duties: tuple[object, ...], **changes: object) -> tuple[bytes, int]:
    """An agreement with these duties, in force since the time that is returned."""
    thread = in_force(suite, draft(obligations=list(duties or [obligation()]), **changes))
    return thread, now()


# Once


def test_what_is_not_performed_is_breached_without_a_transaction(suite: Suite) -> None:
    thread, start = owing(suite)
    due = start + DUE
    assert seen(suite, thread, start - 1) == (NONE, 0, 0)
    assert seen(suite, thread, start) == (PENDING, 1, due)
    assert seen(suite, thread, due) == (PENDING, 1, due)
    assert seen(suite, thread, due + 1) == (BREACHED, 1, due)
    assert seen(suite, thread, due + 9 * YEAR) == (BREACHED, 1, due)


def test_it_is_performed_at_its_last_second(suite: Suite) -> None:
    thread, start = owing(suite)
    next_block_at(start + DUE)
    assert perform(suite, thread) == 1
    assert seen(suite, thread, start + DUE - 1)[0] == PENDING
    assert seen(suite, thread, start + DUE)[0] == PERFORMED
    assert suite.agreements.turnOf(thread, 0, MY, 1) == (start + DUE, start + DUE)


def test_performing_late_shows(suite: Suite) -> None:
    thread, start = owing(suite)
    next_block_at(start + DUE + 1)
    perform(suite, thread)
    assert seen(suite, thread, start + DUE)[0] == PENDING
    assert seen(suite, thread, start + DUE + 1)[0] == PERFORMED
    due, performed_at = suite.agreements.turnOf(thread, 0, MY, 1)
    assert performed_at == due + 1


def test_each_party_for_itself(suite: Suite) -> None:
    thread, start = owing(suite)
    perform(suite, thread, "my")
    assert seen(suite, thread, start + DUE + 1, "my")[0] == PERFORMED
    assert seen(suite, thread, start + DUE + 1, "cn")[0] == BREACHED


def test_a_duty_of_one_is_nobody_elses(suite: Suite) -> None:
    thread, start = owing(suite, obligation(), obligation(debtor=CN))
    assert seen(suite, thread, start, "cn", number=1)[0] == PENDING
    with reverts("NoSuchObligation", thread, 1, MY):
        perform(suite, thread, "my", number=1)
    with reverts("NoSuchObligation", thread, 2, MY):
        perform(suite, thread, "my", number=2)
    with reverts("NoSuchObligation", thread, 1, MY):
        suite.agreements.obligationAt(thread, 1, MY, start)
    with reverts("NoSuchObligation", thread, 1, MY):
        suite.agreements.turnOf(thread, 1, MY, 1)


def test_who_joins_later_has_as_much_time(suite: Suite) -> None:
    thread = agreed(suite, among("cn", "my", "sg", obligations=[obligation()]))
    ratify(suite, thread, "cn", "my")
    assert seen(suite, thread, now() + YEAR, "sg") == (NONE, 0, 0)
    next_block_at(joined := now() + 100 * DAY)
    ratify(suite, thread, "sg")
    assert seen(suite, thread, joined, "sg") == (PENDING, 1, joined + DUE)
    assert seen(suite, thread, joined, "my")[0] == BREACHED


def test_what_falls_due_after_leaving_is_not_owed(suite: Suite) -> None:
    thread, _ = owing(suite, obligation(due_within=NOTICE), obligation(due_within=NOTICE - 1))
    start = now()
    next_block_at(start)
    withdraw(suite, thread, "my")
    assert now() == start
    assert seen(suite, thread, start) == (NONE, 0, 0)
    assert suite.agreements.turnOf(thread, 0, MY, 1) == (0, 0)
    assert seen(suite, thread, start + NOTICE, number=1) == (BREACHED, 1, start + NOTICE - 1)
    with reverts("NoSuchObligation", thread, 0, MY):
        perform(suite, thread)


# Who and when


def test_only_who_is_bound_performs(suite: Suite) -> None:
    thread = agreed(suite, draft(obligations=[obligation()]))
    with reverts("NotRatified", thread, MY):
        perform(suite, thread)
    ratify(suite, thread, "my")
    with reverts("NotYetDue", thread, 0):
        perform(suite, thread)
    ratify(suite, thread, "cn")
    perform(suite, thread)
    with reverts("NotRatified", thread, SG):
        perform(suite, thread, "sg")


def test_not_before_it_is_in_force(suite: Suite) -> None:
    day = now() + YEAR
    thread, _ = owing(suite, enters_at=day)
    with reverts("NotYetDue", thread, day):
        perform(suite, thread)
    next_block_at(day)
    perform(suite, thread)


def test_what_is_only_proposed_has_no_duties(suite: Suite) -> None:
    thread, _ = propose(suite, draft(obligations=[obligation()]))
    with reverts("NoSuchObligation", thread, 0, CN):
        perform(suite, thread, "cn")


def test_it_is_performed_once_and_shown(suite: Suite) -> None:
    thread, _ = owing(suite)
    with reverts("EmptyInstrument"):
        suite.agreements.perform(thread, 0, ZERO32, {"from": suite.my_authority})
    perform(suite, thread)
    with reverts("AlreadyPerformed", thread, 0, MY, 1):
        perform(suite, thread)


# Again and again


def test_a_yearly_report(suite: Suite) -> None:
    thread, start = owing(suite, obligation(due_within=DUE, every=YEAR))
    first, second = start + DUE, start + DUE + YEAR
    assert perform(suite, thread) == 1
    assert seen(suite, thread, first) == (PERFORMED, 1, first)
    assert seen(suite, thread, first + 1) == (PENDING, 2, second)
    with reverts("AlreadyPerformed", thread, 0, MY, 1):
        next_block_at(first)
        perform(suite, thread)
    next_block_at(first + 1)
    assert perform(suite, thread) == 2
    assert seen(suite, thread, second) == (PERFORMED, 2, second)


def test_a_turn_that_was_missed_is_not_forgotten(suite: Suite) -> None:
    thread, start = owing(suite, obligation(due_within=DUE, every=YEAR))
    first, second = start + DUE, start + DUE + YEAR
    assert seen(suite, thread, first + 1) == (BREACHED, 1, first)
    assert seen(suite, thread, second + 1) == (BREACHED, 2, second)
    next_block_at(first + DAY)
    assert perform(suite, thread) == 2
    assert seen(suite, thread, first + DAY - 1) == (BREACHED, 1, first)
    assert seen(suite, thread, first + DAY) == (PERFORMED, 2, second)
    assert suite.agreements.turnOf(thread, 0, MY, 1) == (first, 0)
    assert suite.agreements.turnOf(thread, 0, MY, 0) == (0, 0)


def test_once_is_no_second_turn(suite: Suite) -> None:
    thread, _ = owing(suite)
    assert suite.agreements.turnOf(thread, 0, MY, 2) == (0, 0)


@pytest.mark.parametrize("turn", [34_000, 34_867, 2**16 - 1])
def test_no_turn_lies_beyond_all_time(suite: Suite, turn: int) -> None:
    """After some 34,800 years seconds no longer fit their 40 bits: cut off, it would be due in the past."""
    thread, start = owing(suite, obligation(due_within=DUE, every=YEAR))
    due = start + DUE + (turn - 1) * YEAR
    expected = due if due < 2**40 - 1 else 0
    assert suite.agreements.turnOf(thread, 0, MY, turn) == (expected, 0)


# The same in Python, for whatever times


def model(
    start: int, until: int | None, duty: tuple[int, int], performed: Mapping[int, int], at: int
) -> Seen:
    """What obligationAt answers, turn by turn.

    Args:
        start: since when the debtor is bound, seconds.
        until: when it is bound no more; None: always.
        duty: due within and every, seconds.
        performed: times by turn.
        at: the time asked about.
    """
    within, every = duty
    if at < start:
        return NONE, 0, 0
    found: Seen = (NONE, 0, 0)
    turn, due = 1, start + within
    while until is None or due < until:
        done = turn in performed and performed[turn] <= at
        if at <= due:
            missed = found[0] == BREACHED and not done
            return found if missed else (PERFORMED if done else PENDING, turn, due)
        found = (PERFORMED if done else BREACHED, turn, due)
        if not every:
            return found
        turn, due = turn + 1, due + every
    return found


@pytest.mark.parametrize("seed", range(8))
def test_turns_are_those_of_the_model(suite: Suite, seed: int) -> None:
    """A life drawn by its number, and what it looks like from whatever time Hypothesis thinks of."""
    drawn = random.Random(seed)
    within, every = drawn.randint(1, 40 * DAY), drawn.choice([0, drawn.randint(DAY, 30 * DAY)])
    thread, start = owing(suite, obligation(due_within=within, every=every))
    performed: dict[int, int] = {}
    for _ in range(drawn.randint(0, 5)):
        next_block_at(now() + drawn.randint(1, 20 * DAY))
        with contextlib.suppress(VirtualMachineError):
            turn = perform(suite, thread)
            performed[turn] = now()
    until = None
    if drawn.random() < 0.5:
        withdraw(suite, thread, "my")
        until = now() + NOTICE
    edges = [start + within + turn * every + second for turn in range(4) for second in (0, 1)]
    last = max(now(), start + within) + NOTICE + 2 * every

    @settings(max_examples=60, deadline=None)
    @given(st.one_of(st.integers(start - 1, last), st.sampled_from(edges)))
    def compare(at: int) -> None:
        assert seen(suite, thread, at) == model(start, until, (within, every), performed, at)

    compare()


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_the_model_itself(at: int) -> None:
    """Guard: bound at 1, due at 2 and every second day, the first performed at 2."""
    found = model(1, None, (1, 2), {1: 2}, at)
    assert found == [(NONE, 0, 0), (PENDING, 1, 2), (PERFORMED, 1, 2), (PENDING, 2, 4)][at]
