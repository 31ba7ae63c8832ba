# SPDX-License-Identifier: Apache-2.0
"""Tasks between units and agencies on the chain, one function an act or question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eth_utils.crypto import keccak

from concordat.cooperation.states import TaskStatus
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

TASKS: Final = "Tasks"
NO_TEAM: Final = bytes(32)
HISTORY: Final = ("TaskAssigned", "TaskAccepted", "TaskDone", "TaskDeclined", "TaskCancelled", "Consolidated")


@dataclass(frozen=True)
class Task:
    """A task as it stands on the chain. Times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        id: 32 bytes.
        assigner, assignee: numbers of agencies.
    """

    id: bytes
    assigner: int
    assignee: int
    assigned_at: int
    accepted_at: int
    done_at: int
    due: int


# Acts


def assign(
    ledger: Ledger, officer: Signer, to: int, subject: bytes, due: int, message: bytes, team: bytes = NO_TEAM
) -> Receipt:
    """Give another agency something to do, of the own country or of a joint team. By LEAD or COORDINATE."""
    return ledger.send(officer, TASKS, "assign", team, to, subject, due, message)


def accept(ledger: Ledger, officer: Signer, task: bytes) -> Receipt:
    """Take a task on."""
    return ledger.send(officer, TASKS, "accept", task)


def complete(ledger: Ledger, officer: Signer, task: bytes, result: bytes) -> Receipt:
    """Say that a task that was accepted is done, with the hash of its result."""
    return ledger.send(officer, TASKS, "complete", task, result)


def decline(ledger: Ledger, officer: Signer, task: bytes, reason: int) -> Receipt:
    """Do not take a task on."""
    return ledger.send(officer, TASKS, "decline", task, reason)


def cancel(ledger: Ledger, officer: Signer, task: bytes) -> Receipt:
    """Take a task back, as the assigner."""
    return ledger.send(officer, TASKS, "cancel", task)


def consolidate(ledger: Ledger, officer: Signer, into: bytes, tasks: Sequence[bytes]) -> Receipt:
    """Say that tasks belong together. By COORDINATE."""
    return ledger.send(officer, TASKS, "consolidate", into, list(tasks))


# Questions


def task_of(ledger: Ledger, task: bytes) -> Task | None:
    """A task; None if there is none of this id."""
    found = Task(task, *map(int, ledger.call(TASKS, "taskOf", task)))
    return found if found.assigned_at else None


def status_at(ledger: Ledger, task: bytes, at: int) -> TaskStatus:
    """What a task is at a time."""
    return TaskStatus(ledger.call(TASKS, "statusAt", task, at))


def task_id(assigner: int, assignee: int, subject: bytes) -> bytes:
    """Id of a task: ``keccak256(abi.encode(from, to, subject))``."""
    return bytes(keccak(assigner.to_bytes(32, "big") + assignee.to_bytes(32, "big") + subject))


def assigned(ledger: Ledger, *, by: int | None = None, to: int | None = None) -> list[Event]:
    """The events by which tasks were assigned, oldest first."""
    filters = {"from": by, "to": to}
    return ledger.events(TASKS, "TaskAssigned", **{k: v for k, v in filters.items() if v is not None})


def history(ledger: Ledger, task: bytes) -> list[Event]:
    """All events of a task, and of what was joined with it, oldest first, without times."""
    return eventlog.of(ledger, TASKS, HISTORY, task=task)
