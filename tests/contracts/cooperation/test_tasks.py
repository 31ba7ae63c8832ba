# SPDX-License-Identifier: Apache-2.0
"""Tasks: assigned, accepted, done, each with its time; within a country or a joint team."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from concordat.cooperation.states import TaskStatus
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.casework import leader, running
from tests.contracts.cooperation.stage import MESSAGE, PAPER
from tests.contracts.gasbook import GasBook
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, COORDINATE, DAY, LEAD, MY, SG, ZERO32, Suite

SUBJECT, RESULT, NO_TEAM = b"\x51" * 32, b"\x52" * 32, ZERO32
NONE, ASSIGNED, ACCEPTED, DONE, DECLINED, CANCELLED, OVERDUE = TaskStatus
DUE = 10 * DAY


def assigned(suite: Suite, by: str = "my_leader", **changes: Any) -> bytes:
    """A task of Malaysia's police for its prosecutor; its key."""
    values = {
        "team": NO_TEAM,
        "to": suite.ids["my_prosecutor"],
        "subject": SUBJECT,
        "due": now() + DUE,
        "message": MESSAGE,
    }
    given = tuple((values | changes).values())
    tx = suite.tasks.assign(*given, {"from": suite.actors[by]})
    event = tx.events["TaskAssigned"]
    task = bytes(web3.keccak(encode(["uint32", "uint32", "bytes32"], (event["from"], given[1], given[2]))))
    assert event["task"] == "0x" + task.hex()
    assert event["officer"] == suite.actors[by]
    return task


def accept(suite: Suite, task: bytes, by: str = "my_prosecution_answerer") -> Any:
    return suite.tasks.accept(task, {"from": suite.actors[by]})


def complete(suite: Suite, task: bytes, by: str = "my_prosecution_answerer") -> Any:
    return suite.tasks.complete(task, RESULT, {"from": suite.actors[by]})


def decline(suite: Suite, task: bytes, by: str = "my_prosecution_answerer") -> Any:
    return suite.tasks.decline(task, 2, {"from": suite.actors[by]})


def cancel(suite: Suite, task: bytes, by: str = "my_leader") -> Any:
    return suite.tasks.cancel(task, {"from": suite.actors[by]})


def status(suite: Suite, task: bytes, at: int | None = None) -> int:
    return int(suite.tasks.statusAt(task, now() if at is None else at))


# A life


def test_assigned_accepted_done_each_with_its_time(suite: Suite) -> None:
    task = assigned(suite)
    start = now()
    next_block_at(start + DAY)
    assert accept(suite, task).events["TaskAccepted"]["agency"] == suite.ids["my_prosecutor"]
    next_block_at(start + 2 * DAY)
    assert complete(suite, task).events["TaskDone"]["result"] == "0x" + RESULT.hex()
    assert suite.tasks.taskOf(task) == (
        suite.ids["my_police"],
        suite.ids["my_prosecutor"],
        start,
        start + DAY,
        start + 2 * DAY,
        suite.tasks.taskOf(task)[5],
    )
    times = (start - 1, start, start + DAY - 1, start + DAY, start + 2 * DAY - 1, start + 2 * DAY)
    assert [status(suite, task, at) for at in times] == [
        *(NONE, ASSIGNED, ASSIGNED, ACCEPTED, ACCEPTED, DONE),
    ]


@pytest.mark.parametrize("accepted", [False, True])
def test_it_is_overdue_without_a_transaction(suite: Suite, accepted: bool) -> None:
    task = assigned(suite)
    due = suite.tasks.taskOf(task)[5]
    if accepted:
        accept(suite, task)
    assert status(suite, task, due) == (ACCEPTED if accepted else ASSIGNED)
    assert status(suite, task, due + 1) == OVERDUE


def test_what_is_overdue_is_still_done(suite: Suite) -> None:
    task = assigned(suite)
    due = suite.tasks.taskOf(task)[5]
    next_block_at(due + DAY)
    accept(suite, task)
    assert status(suite, task) == OVERDUE
    next_block_at(due + 2 * DAY)
    complete(suite, task)
    assert [status(suite, task, at) for at in (due + 2 * DAY - 1, due + 2 * DAY)] == [OVERDUE, DONE]


def test_it_is_declined_with_a_reason(suite: Suite) -> None:
    task = assigned(suite)
    with reverts("NoReason"):
        suite.tasks.decline(task, 0, {"from": suite.my_prosecution_answerer})
    assert decline(suite, task).events["TaskDeclined"]["reason"] == 2
    assert status(suite, task) == DECLINED


def test_who_assigned_cancels(suite: Suite) -> None:
    task = assigned(suite)
    assert (
        cancel(suite, task, by="my_coordinator").events["TaskCancelled"]["agency"] == suite.ids["my_police"]
    )
    assert status(suite, task) == CANCELLED


ACTS = {"accept": accept, "complete": complete, "decline": decline, "cancel": cancel}
POSSIBLE = {
    ASSIGNED: {"accept", "decline", "cancel"},
    ACCEPTED: {"complete", "decline", "cancel"},
    DONE: set(),
    DECLINED: set(),
    CANCELLED: set(),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", POSSIBLE)
def test_each_act_has_its_state(suite: Suite, state: TaskStatus, act: str) -> None:
    task = assigned(suite)
    if state in (ACCEPTED, DONE):
        accept(suite, task)
    last = {DONE: complete, DECLINED: decline, CANCELLED: cancel}.get(state)
    if last:
        last(suite, task)
    if act in POSSIBLE[state]:
        ACTS[act](suite, task)
        return
    with reverts("TaskInStatus", task, state):
        ACTS[act](suite, task)


@pytest.mark.parametrize("act", ACTS)
def test_a_task_that_is_none(suite: Suite, act: str) -> None:
    with reverts("NoSuchTask", PAPER):
        ACTS[act](suite, PAPER)
    assert status(suite, PAPER) == NONE


def test_done_has_a_result(suite: Suite) -> None:
    task = assigned(suite)
    accept(suite, task)
    with reverts("EmptyResult"):
        suite.tasks.complete(task, ZERO32, {"from": suite.my_prosecution_answerer})


# Who


@pytest.mark.parametrize("by", ["my_leader", "my_coordinator"])
def test_who_assigns(suite: Suite, by: str) -> None:
    assigned(suite, by=by)


def test_who_does_not(suite: Suite) -> None:
    for by in ("my_answerer", "my_police", "stranger"):
        with reverts("NotAuthorised", suite.actors[by], LEAD | COORDINATE):
            assigned(suite, by=by)


def test_who_was_given_it_does_it(suite: Suite) -> None:
    task = assigned(suite)
    ours, theirs = suite.ids["my_prosecutor"], suite.ids["my_police"]
    for act in (accept, complete, decline):
        with reverts("NotTheAssignee", theirs, ours):
            act(suite, task, by="my_answerer")
        with reverts("NotAuthorised", suite.my_prosecution_leader, ANSWER):
            act(suite, task, by="my_prosecution_leader")
    with reverts("NotTheAssigner", ours, theirs):
        cancel(suite, task, by="my_prosecution_leader")


@pytest.mark.parametrize(
    ("error", "changes"), [("EmptySubject", {"subject": ZERO32}), ("NoSuchAgency", {"to": 5})]
)
def test_what_is_no_task(suite: Suite, error: str, changes: dict[str, Any]) -> None:
    with reverts(error):
        assigned(suite, **changes)


def test_it_is_assigned_once_and_ahead(suite: Suite) -> None:
    task = assigned(suite)
    with reverts("AlreadyAssigned", task):
        assigned(suite)
    next_block_at(time := now() + DAY)
    with reverts("InvalidDue", time, time):
        assigned(suite, due=time, subject=PAPER)


# Across borders


def test_nobody_abroad_without_a_team(suite: Suite) -> None:
    with reverts("OtherJurisdiction", suite.ids["cn_police"], MY):
        assigned(suite, to=suite.ids["cn_police"])


def test_members_of_a_team_give_each_other_tasks(suite: Suite) -> None:
    team = running(suite)
    task = assigned(suite, team=team, to=suite.ids["cn_police"])
    accept(suite, task, by="cn_answerer")
    complete(suite, task, by="cn_answerer")
    assert status(suite, task) == DONE


def test_only_members_of_a_team(suite: Suite) -> None:
    team = running(suite)
    with reverts("NotInTeam", suite.ids["sg_court"], team):
        assigned(suite, team=team, to=suite.ids["sg_court"])
    with reverts("NotInTeam", suite.ids["my_prosecutor"], team):
        assigned(suite, team=team, by="my_prosecution_leader", to=suite.ids["cn_police"])


def test_the_team_runs(suite: Suite) -> None:
    with reverts("TeamNotRunning", PAPER, 0):
        assigned(suite, team=PAPER, to=suite.ids["cn_police"])
    team = running(suite)
    suite.teams.end(team, leader(suite, "my_police"))
    with reverts("TeamNotRunning", team, 3):
        assigned(suite, team=team, to=suite.ids["cn_police"])


# Coordination


def test_a_coordinator_puts_together_what_belongs_together(suite: Suite) -> None:
    into, others = assigned(suite), [assigned(suite, subject=PAPER), assigned(suite, subject=RESULT)]
    tx = suite.tasks.consolidate(into, others, {"from": suite.my_coordinator})
    assert [event["task"] for event in tx.events["Consolidated"]] == ["0x" + task.hex() for task in others]
    assert all(event["into"] == "0x" + into.hex() for event in tx.events["Consolidated"])
    with reverts("NoSuchTask", MESSAGE):
        suite.tasks.consolidate(into, [MESSAGE], {"from": suite.my_coordinator})
    with reverts("NoSuchTask", MESSAGE):
        suite.tasks.consolidate(MESSAGE, others, {"from": suite.my_coordinator})
    with reverts("NotAuthorised", suite.my_leader, COORDINATE):
        suite.tasks.consolidate(into, others, {"from": suite.my_leader})
    with reverts("OtherJurisdiction", suite.ids["my_police"], SG):
        suite.tasks.consolidate(into, others, {"from": suite.sg_coordinator})


def test_gas(suite: Suite, gas: GasBook) -> None:
    given = (NO_TEAM, suite.ids["my_prosecutor"], SUBJECT, now() + DUE, MESSAGE)
    tx = suite.tasks.assign(*given, {"from": suite.my_leader})
    gas.note("task: assign", tx)
    gas.note("task: accept", accept(suite, tx.return_value))
    gas.note("task: complete", complete(suite, tx.return_value))
