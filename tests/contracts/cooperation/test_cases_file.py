# SPDX-License-Identifier: Apache-2.0
"""The file of a case: clocks that run by themselves, victims counted once, minutes."""

from __future__ import annotations

import pytest
from brownie import web3
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.casework import (
    CASE,
    NO_TEAM,
    case_status,
    contested,
    item,
    leader,
    opened,
    proposed,
    running,
)
from tests.contracts.cooperation.stage import PAPER, TH
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, SG, ZERO32, Suite

CODE = 17
MOST_KEYS = 200


def with_deadline(suite: Suite, due: int) -> int:
    """Of Malaysia; its number."""
    return int(suite.cases.setDeadline(CASE, CODE, due, leader(suite, "my_police")).return_value)


# Clocks


def test_overdue_without_any_transaction(suite: Suite) -> None:
    """Met at its second is met in time; a second later it is overdue."""
    opened(suite)
    due = now() + 10 * DAY
    tx = suite.cases.setDeadline(CASE, CODE, due, leader(suite, "my_police"))
    assert dict(tx.events["DeadlineSet"]) == {
        "id": "0x" + CASE.hex(),
        "number": 1,
        "jurisdiction": MY,
        "code": CODE,
        "due": due,
    }
    assert suite.cases.deadlineOf(CASE, 1) == (MY, CODE, due, 0)
    assert suite.cases.deadlinesOf(CASE) == 1
    assert not suite.cases.isOverdue(CASE, 1, due)
    assert suite.cases.isOverdue(CASE, 1, due + 1)


def test_met_at_its_second(suite: Suite) -> None:
    opened(suite)
    due = now() + DAY
    with_deadline(suite, due)
    next_block_at(due)
    tx = suite.cases.meetDeadline(CASE, 1, PAPER, leader(suite, "my_prosecutor"))
    assert tx.events["DeadlineMet"]["evidence"] == "0x" + PAPER.hex()
    assert suite.cases.deadlineOf(CASE, 1)[3] == due
    assert not suite.cases.isOverdue(CASE, 1, due + 1)


def test_met_late_was_overdue_until_then(suite: Suite) -> None:
    opened(suite)
    due = now() + DAY
    with_deadline(suite, due)
    next_block_at(due + 5)
    suite.cases.meetDeadline(CASE, 1, PAPER, leader(suite, "my_police"))
    assert suite.cases.isOverdue(CASE, 1, due + 4)
    assert not suite.cases.isOverdue(CASE, 1, due + 5)


def test_the_end_of_the_case_stops_its_clocks(suite: Suite) -> None:
    opened(suite)
    due = now() + DAY
    with_deadline(suite, due)
    closed = suite.cases.close(CASE, 1, PAPER, leader(suite, "my_police")).timestamp
    assert closed < due
    assert not suite.cases.isOverdue(CASE, 1, due + 1)


def test_what_was_overdue_before_the_end_was_overdue(suite: Suite) -> None:
    opened(suite)
    due = now() + DAY
    with_deadline(suite, due)
    next_block_at(due + 5)
    suite.cases.close(CASE, 1, PAPER, leader(suite, "my_police"))
    assert [suite.cases.isOverdue(CASE, 1, due + late) for late in (0, 1, 4, 5)] == [False, True, True, False]


def test_each_claimant_sets_clocks_of_its_own(suite: Suite) -> None:
    contested(suite)
    assert with_deadline(suite, now() + DAY) == 1
    tx = suite.cases.setDeadline(CASE, CODE, now() + DAY, leader(suite, "cn_police"))
    assert tx.return_value == 2
    assert suite.cases.deadlineOf(CASE, 2)[0] == CN


def test_clocks_are_refused(suite: Suite) -> None:
    contested(suite)
    by = leader(suite, "my_police")
    due = now() + DAY
    next_block_at(due)
    with reverts("InvalidDeadline", due, due):
        suite.cases.setDeadline(CASE, CODE, due, by)
    with reverts("NotAClaimant", CASE, SG):
        suite.cases.setDeadline(CASE, CODE, now() + DAY, leader(suite, "sg_police"))
    for ask in (suite.cases.meetDeadline, suite.cases.isOverdue):
        given = (PAPER, by) if ask == suite.cases.meetDeadline else (now(),)
        with reverts("NoSuchDeadline", CASE, 1):
            ask(CASE, 1, *given)
    with_deadline(suite, now() + DAY)
    with reverts("NotConcernedByCase", CASE, CN):
        suite.cases.meetDeadline(CASE, 1, PAPER, leader(suite, "cn_police"))
    with reverts("EmptyText"):
        suite.cases.meetDeadline(CASE, 1, ZERO32, by)
    suite.cases.meetDeadline(CASE, 1, PAPER, by)
    with reverts("AlreadyMet", CASE, 1):
        suite.cases.meetDeadline(CASE, 1, PAPER, by)


# Victims


def test_the_same_victim_reported_twice_counts_once(suite: Suite) -> None:
    contested(suite)
    first = suite.cases.countVictims(CASE, NO_TEAM, [item(1), item(2), item(1)], {"from": suite.my_asker})
    assert dict(first.events["VictimsCounted"]) == {
        "id": "0x" + CASE.hex(),
        "agency": suite.ids["my_police"],
        "given": 3,
        "added": 2,
        "total": 2,
    }
    second = suite.cases.countVictims(CASE, NO_TEAM, [item(2), item(3)], leader(suite, "cn_prosecutor"))
    assert second.return_value == 1
    assert suite.cases.victims(CASE) == 3
    assert [suite.cases.wasCounted(CASE, item(n)) for n in range(5)] == [False, True, True, True, False]
    assert suite.cases.countedBy(CASE, item(2)) == suite.ids["my_police"], "whoever came first"
    assert suite.cases.countedBy(CASE, item(3)) == suite.ids["cn_prosecutor"]
    assert [suite.cases.victimsCountedBy(CASE, country) for country in (MY, CN, SG)] == [2, 1, 0]


def test_each_case_counts_its_own(suite: Suite) -> None:
    for case in (opened(suite), opened(suite, commitment=PAPER)):
        suite.cases.countVictims(case, NO_TEAM, [item(1)], {"from": suite.my_asker})
        assert suite.cases.victims(case) == 1


@given(batches=st.lists(st.lists(st.integers(0, 30), max_size=12), min_size=1, max_size=4))
@settings(max_examples=12, deadline=None)
def test_victims_counted_are_the_set_of_keys(suite: Suite, batches: list[list[int]]) -> None:
    """Whoever counts them, in whatever portions. Each example has a case of its own."""
    case = contested(suite, commitment=web3.keccak(text=f"{web3.eth.block_number} {batches}"))
    agencies = ("my_police", "cn_police", "cn_prosecutor")
    known: set[int] = set()
    for number, batch in enumerate(batches):
        by = leader(suite, agencies[number % len(agencies)])
        added = suite.cases.countVictims(case, NO_TEAM, [item(n) for n in batch], by).return_value
        assert added == len(set(batch) - known)
        known |= set(batch)
    assert suite.cases.victims(case) == len(known)


def test_a_member_of_a_team_of_the_case_counts(suite: Suite) -> None:
    team = running(suite, "sg_police")
    suite.cases.countVictims(CASE, team, [item(1)], {"from": suite.sg_asker})
    assert suite.cases.victims(CASE) == 1
    suite.teams.remove(team, suite.ids["sg_police"], PAPER, leader(suite, "my_police"))
    with reverts("NotConcernedByCase", CASE, SG):
        suite.cases.countVictims(CASE, team, [item(2)], {"from": suite.sg_asker})


def test_a_team_that_does_not_run_or_works_on_another_case_counts_nothing(suite: Suite) -> None:
    team = proposed(suite, ("sg_police", "th_police"))
    suite.teams.join(team, leader(suite, "sg_police"))
    other = opened(suite, commitment=PAPER)
    for case in (CASE, other):
        with reverts("NotConcernedByCase", case, SG):
            suite.cases.countVictims(case, team, [item(1)], {"from": suite.sg_asker})
    suite.teams.join(team, leader(suite, "th_police"))
    with reverts("NotConcernedByCase", other, SG):
        suite.cases.countVictims(other, team, [item(1)], {"from": suite.sg_asker})
    suite.cases.countVictims(CASE, team, [item(1)], {"from": suite.sg_asker})


@pytest.mark.parametrize("officer", ["my_answerer", "my_coordinator", "stranger"])
def test_others_count_nothing(suite: Suite, officer: str) -> None:
    opened(suite)
    with reverts("NotAuthorised"):
        suite.cases.countVictims(CASE, NO_TEAM, [item(1)], {"from": suite.actors[officer]})
    with reverts("NotConcernedByCase", CASE, TH):
        suite.cases.countVictims(CASE, NO_TEAM, [item(1)], {"from": suite.th_asker})


def test_as_many_as_fit_into_a_call(suite: Suite) -> None:
    opened(suite)
    keys = [item(number) for number in range(MOST_KEYS + 1)]
    with reverts("TooManyKeys", MOST_KEYS + 1, MOST_KEYS):
        suite.cases.countVictims(CASE, NO_TEAM, keys, {"from": suite.my_asker})
    suite.cases.countVictims(CASE, NO_TEAM, keys[:-1], {"from": suite.my_asker})
    assert suite.cases.victims(CASE) == MOST_KEYS


# Minutes


def test_minutes_are_anchored(suite: Suite) -> None:
    contested(suite)
    tx = suite.cases.anchorMinutes(CASE, PAPER, leader(suite, "cn_police"))
    assert tx.events["MinutesAnchored"]["agency"] == suite.ids["cn_police"]
    assert tx.events["MinutesAnchored"]["record"] == "0x" + PAPER.hex()
    with reverts("EmptyText"):
        suite.cases.anchorMinutes(CASE, ZERO32, leader(suite, "cn_police"))
    with reverts("NotAClaimant", CASE, SG):
        suite.cases.anchorMinutes(CASE, PAPER, leader(suite, "sg_police"))
    assert case_status(suite) == "Conflict"
