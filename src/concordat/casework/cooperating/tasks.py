# SPDX-License-Identifier: Apache-2.0
"""Tasks between units of one country, and within a joint team: assigned, accepted, done, joined together."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from concordat.casework import doing
from concordat.casework.cooperating import audience, casenames, caserecord, sharedpost, teams
from concordat.casework.cooperating.casenames import short
from concordat.casework.cooperating.shelf import Shelf
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.cooperation import casetexts, tasks, tasktexts
from concordat.cooperation.states import TaskStatus
from concordat.cooperation.tasks import NO_TEAM, Task
from concordat.cooperation.tasktexts import RESULT_KIND, SALT, TASK_KIND, TaskText
from concordat.errors import UsageError, VerificationError
from concordat.evidence import fields
from concordat.ledger.protocol import Event, Receipt
from concordat.membership import numbers

Done = doing.Done[Any]


@dataclass(frozen=True)
class TaskStanding:
    """A task as the chain has it; a coordinator sees this and no more.

    Attributes:
        late: whether its time is over by this machine's clock.
        into: the task to which it was joined, if any.
    """

    task: Task
    status: TaskStatus
    late: bool
    into: bytes | None
    assigned: Event


def assign(desk: Desk, to: str, path: Path, due: int, *, team: str | None = None) -> tuple[Done, bytes]:
    """Give another agency something to do: of the own country, or a member of a joint team. Gives the task.

    Salt and sealed message are kept before anything is sent, so that running it again doubles nothing.

    Args:
        desk: of an officer with LEAD or COORDINATE.
        to: the agency.
        path: what is to be done.
        due: seconds since 1970 UTC.
        team: the joint team, for an agency of another country.
    """
    assignee, own = number_of(desk.chain, to), own_agency(desk)
    through = teams.team_named(desk, team).id if team else NO_TEAM
    content, name = caserecord.content_of(path), casetexts.plain_name(path.name)
    key, kept = _prepared(desk, own, assignee, through, name, content, due)
    text = tasktexts.read(kept["text"].encode())
    message = bytes.fromhex(kept["message"])
    sharedpost.send(desk, sharedpost.fetch(desk, message))
    done = _once(
        desk,
        key,
        "assign",
        "TaskAssigned",
        lambda: tasks.assign(desk.ledger, desk.signer, assignee, text.subject, due, message, through),
    )
    return done, key


def accept(desk: Desk, text: str, agree: Callable[[TaskText], None]) -> Done:
    """Take a task on, after it was read."""
    found = named(desk, text)
    if _event(desk, found.id, "TaskAccepted") is None:
        agree(read(desk, found.id))
    return _once(
        desk, found.id, "accept", "TaskAccepted", lambda: tasks.accept(desk.ledger, desk.signer, found.id)
    )


def complete(desk: Desk, text: str, path: Path) -> Done:
    """Say that a task is done, with the result, sealed to whoever assigned it."""
    found = named(desk, text)
    earlier = _event(desk, found.id, "TaskDone")
    if earlier:
        digest = bytes(earlier.args["result"])
    else:
        content, name = caserecord.content_of(path), casetexts.plain_name(path.name)
        result = TaskText(secrets.token_bytes(SALT), name, content)
        digest = _sealed(desk, result, RESULT_KIND, [found.assigner, found.assignee])
    return _once(
        desk,
        found.id,
        "done",
        "TaskDone",
        lambda: tasks.complete(desk.ledger, desk.signer, found.id, digest),
    )


def decline(desk: Desk, text: str, reason: int) -> Done:
    """Do not take a task on."""
    found = named(desk, text)
    return _once(
        desk,
        found.id,
        "decline",
        "TaskDeclined",
        lambda: tasks.decline(desk.ledger, desk.signer, found.id, reason),
    )


def cancel(desk: Desk, text: str) -> Done:
    """Take a task back, as the assigner."""
    found = named(desk, text)
    return _once(
        desk, found.id, "cancel", "TaskCancelled", lambda: tasks.cancel(desk.ledger, desk.signer, found.id)
    )


def consolidate(desk: Desk, into: str, others: Sequence[str]) -> Done:
    """Say that tasks belong to another one, all of the own country. By COORDINATE."""
    target = named(desk, into).id
    joined = [each for each in dict.fromkeys(named(desk, text).id for text in others) if each != target]
    if not joined:
        raise UsageError("A task is not joined with itself.", code="task.itself", kept="Nothing was sent.")
    known = {bytes(each.args["task"]): each for each in _joined(desk) if bytes(each.args["into"]) == target}
    earlier = known[joined[0]] if all(each in known for each in joined) else None
    return doing.once(
        desk,
        target,
        short(target),
        None,
        "consolidate",
        earlier,
        lambda: tasks.consolidate(
            desk.ledger, desk.signer, target, [each for each in joined if each not in known]
        ),
    )


# Questions


def read(desk: Desk, task: bytes) -> TaskText:
    """What a task says, compared with its subject on the chain.

    Raises:
        UsageError: it is nowhere, or sealed to others: who assigns and who does it read it, nobody else.
        VerificationError: it says other things than the chain.
    """
    event = _assigned(desk, task)
    data = sharedpost.fetch(desk, bytes(event.args["message"]))
    text = tasktexts.read(sharedpost.opened(desk, data, TASK_KIND))
    if text.subject != bytes(event.args["subject"]):
        raise VerificationError(
            "The message says other things than the chain.",
            code="task.differs",
            kept="Nothing was sent.",
            next="Call the assigning agency back by a number that you know already.",
        )
    return text


def result(desk: Desk, task: bytes) -> TaskText | None:
    """What came of a task; None while it is not done."""
    event = _event(desk, task, "TaskDone")
    if event is None:
        return None
    data = sharedpost.fetch(desk, bytes(event.args["result"]))
    return tasktexts.read(sharedpost.opened(desk, data, RESULT_KIND))


def named(desk: Desk, text: str) -> Task:
    """The task that is meant by the beginning of its id.

    Raises:
        UsageError: none or several are.
    """
    known = [bytes(each.args["task"]) for each in tasks.assigned(desk.chain)]
    found = tasks.task_of(desk.chain, casenames.only(known, text, "tasks", "concordat case task list"))
    assert found is not None  # noqa: S101 - its event is there
    return found


def standing(desk: Desk, task: bytes) -> TaskStanding:
    """A task as the chain has it now."""
    found = tasks.task_of(desk.chain, task)
    assert found is not None  # noqa: S101 - its event is there
    status = tasks.status_at(desk.chain, task, desk.chain.now())
    open_ = status in (TaskStatus.ASSIGNED, TaskStatus.ACCEPTED, TaskStatus.OVERDUE)
    into = [bytes(each.args["into"]) for each in _joined(desk) if bytes(each.args["task"]) == task]
    return TaskStanding(
        found,
        status,
        open_ and desk.clock.now > found.due,
        into[-1] if into else None,
        _assigned(desk, task),
    )


def list_(desk: Desk, *, country: bool = False) -> list[TaskStanding]:
    """Tasks that the own agency gave or has; or all that agencies of the own country gave or have."""
    own = own_agency(desk)
    home = numbers.jurisdiction_of(own)
    found = []
    for event in tasks.assigned(desk.chain):
        sides = (event.args["from"], event.args["to"])
        concerned = own in sides or (country and home in map(numbers.jurisdiction_of, sides))
        if concerned:
            found.append(standing(desk, bytes(event.args["task"])))
    return found


def _prepared(
    desk: Desk, own: int, to: int, team: bytes, name: str, content: bytes, due: int
) -> tuple[bytes, dict[str, Any]]:
    """What is kept of a task before it is sent: as of an earlier run, or made now."""
    shelf = _shelf(desk)
    for key, kept in shelf.every():
        known = tasktexts.read(kept["text"].encode())
        same = (kept["to"], kept["team"], kept["due"]) == (to, team.hex(), due)
        if same and (known.name, known.content) == (name, content):
            return key, kept
    audience.require_in(desk, [to])
    text = TaskText(secrets.token_bytes(SALT), name, content)
    kept = {
        "to": to,
        "team": team.hex(),
        "due": due,
        "text": text.to_bytes().decode(),
        "message": _sealed(desk, text, TASK_KIND, [own, to]).hex(),
    }
    key = tasks.task_id(own, to, text.subject)
    shelf.put(key, kept)
    return key, kept


def _sealed(desk: Desk, text: TaskText, kind: str, readers: Sequence[int]) -> bytes:
    """Seal a text to exactly the two agencies, keep it, and leave it for them; gives its hash."""
    message = sharedpost.seal(desk, text.to_bytes(), kind, readers)
    sharedpost.keep(desk, message.data)
    sharedpost.send(desk, message.data)
    return message.hash


def _assigned(desk: Desk, task: bytes) -> Event:
    return next(each for each in tasks.assigned(desk.chain) if bytes(each.args["task"]) == task)


def _joined(desk: Desk) -> list[Event]:
    return desk.chain.events(tasks.TASKS, "Consolidated")


def _event(desk: Desk, task: bytes, name: str) -> Event | None:
    found = [each for each in tasks.history(desk.chain, task) if each.name == name]
    return found[-1] if found else None


def _once(desk: Desk, task: bytes, act: str, name: str, send: Callable[[], Receipt]) -> Done:
    return doing.once(desk, task, short(task), None, act, _event(desk, task, name), send)


def _shelf(desk: Desk) -> Shelf:
    return Shelf(desk, "tasks", _FORM)


_FORM: Final[dict[str, fields.Check]] = {
    "to": fields.number(1),
    "team": fields.hexed(32),
    "due": fields.number(),
    "text": fields.text,
    "message": fields.hexed(32),
}
