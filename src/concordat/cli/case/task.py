# SPDX-License-Identifier: Apache-2.0
"""``concordat case task``: what one unit gives another to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import tasks
from concordat.casework.cooperating.tasks import TaskStanding
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called as short_name
from concordat.casework.freezing.offices import names, own_agency
from concordat.cli.assistance.words import choice, told
from concordat.cli.desk import FILE, open_desk, warn_of_clock
from concordat.cli.freeze.words import chosen, due, hexed
from concordat.cli.options import MOMENT, group, key_option, pass_session
from concordat.cli.output import Marked, fields, moment, printable, table
from concordat.cli.session import Session
from concordat.cooperation.caselists import TaskDecline
from concordat.cooperation.states import TaskStatus
from concordat.cooperation.tasktexts import TaskText

TASK = click.argument("task", metavar="TASK")


@group("task")
def task() -> None:
    """Tasks inside one country, or within a joint team: assign, accept, done, decline, consolidate.

    TASK is 0x and the beginning of a task's id. What a task says is read by who assigns it and who does it; a
    coordinator of the country sees who, whom, when, and how it stands.
    """


@task.command("assign")
@click.argument("agency", metavar="AGENCY")
@click.argument("file", type=FILE)
@click.option("--due", "due_", type=MOMENT, required=True, help="Until when.")
@click.option("--team", metavar="TEAM", help="Joint team, for an agency of another country.")
@key_option
@pass_session
def assign(
    session: Session, agency: str, file: Path, due_: int, team: str | None, key_uri: str | None
) -> None:
    """Give an AGENCY the task in FILE.

    Example: concordat case task assign CN-YUNNAN task.txt --due 2026-12-01T18:00:00+08:00
    """
    desk = open_desk(session, key_uri)
    done, found = tasks.assign(desk, agency, file, due_, team=team)
    text = f"{agency.upper()} has the task {hexed(found)}\ndue {due(due_, desk.clock.now)}"
    told(session, done, text, task=hexed(found), due=moment(due_))


@task.command("accept")
@TASK
@key_option
@pass_session
def accept(session: Session, task: str, key_uri: str | None) -> None:
    """Take a TASK on; what it says is shown first.

    Example: concordat case task accept 0x5f2c91
    """

    def agree(text: TaskText) -> None:
        session.out.say(_said(text))
        session.confirm("Take this task on?")

    done = tasks.accept(open_desk(session, key_uri), task, agree)
    told(session, done, f"The task {done.name} is accepted. Then: concordat case task done {done.name} FILE")


@task.command("done")
@TASK
@click.argument("file", type=FILE)
@key_option
@pass_session
def done_(session: Session, task: str, file: Path, key_uri: str | None) -> None:
    """Say that a TASK that was accepted is done, with the result in FILE, sealed to who assigned it.

    Example: concordat case task done 0x5f2c91 result.pdf
    """
    done = tasks.complete(open_desk(session, key_uri), task, file)
    told(session, done, f"The task {done.name} is done.")


@task.command("decline")
@TASK
@click.option("--reason", type=choice(TaskDecline), required=True, help="Why.")
@key_option
@pass_session
def decline(session: Session, task: str, reason: str, key_uri: str | None) -> None:
    """Do not take a TASK on; inside one country a complete task is not declined without a reason.

    Example: concordat case task decline 0x5f2c91 --reason NOT_COMPETENT
    """
    code = chosen(TaskDecline, reason)
    done = tasks.decline(open_desk(session, key_uri), task, int(code))
    told(session, done, f"The task {done.name} is declined. {code.label()[session.lang]}")


@task.command("cancel")
@TASK
@key_option
@pass_session
def cancel(session: Session, task: str, key_uri: str | None) -> None:
    """Take a TASK back, as the agency that assigned it.

    Example: concordat case task cancel 0x5f2c91
    """
    done = tasks.cancel(open_desk(session, key_uri), task)
    told(session, done, f"The task {done.name} is cancelled.")


@task.command("consolidate")
@click.argument("into", metavar="TASK")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
@key_option
@pass_session
def consolidate(session: Session, into: str, others: tuple[str, ...], key_uri: str | None) -> None:
    """Say that OTHER tasks of your country belong to a TASK, as a coordinator.

    Example: concordat case task consolidate 0x5f2c91 0xa81b30 0x77c0de
    """
    done = tasks.consolidate(open_desk(session, key_uri), into, others)
    told(session, done, f"They belong to {done.name}.")


@task.command("list")
@click.option("--country", is_flag=True, help="All of your country, for coordinators: who, whom, when.")
@key_option
@pass_session
def list_(session: Session, country: bool, key_uri: str | None) -> None:
    """List tasks that your agency gave or has, and how they stand; what is late is OVERDUE.

    Example: concordat case task list --country
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, known = tasks.list_(desk, country=country), names(desk.chain)
    rows = [_row(each, known, session.lang, desk.clock.now) for each in found]
    text = table(("task", "from", "to", "status", "due", "belongs to"), rows) if rows else "There is none."
    session.out.result({"tasks": [_data(each, known) for each in found]}, text)


@task.command("show")
@TASK
@key_option
@pass_session
def show(session: Session, task: str, key_uri: str | None) -> None:
    """Show a TASK with its times; to the two agencies also what it says and what came of it.

    Example: concordat case task show 0x5f2c91
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, known = tasks.standing(desk, tasks.named(desk, task).id), names(desk.chain)
    said, result = _texts(desk, found)
    each = found.task
    rows = [
        ("task", hexed(each.id)),
        ("from", short_name(known, each.assigner)),
        ("to", short_name(known, each.assignee)),
        ("status", found.status.label()[session.lang]),
        ("assigned", moment(each.assigned_at)),
        ("accepted", moment(each.accepted_at) if each.accepted_at else ""),
        ("ended", moment(each.done_at) if each.done_at else ""),
        ("due", due(each.due, desk.clock.now)),
    ]
    parts = [fields(rows), _said(said) if said else "", _said(result) if result else ""]
    data = {
        **_data(found, known),
        "text": said.as_text if said else None,
        "result": result.as_text if result else None,
    }
    session.out.result(data, "\n\n".join(part for part in parts if part))


def _texts(desk: Desk, found: TaskStanding) -> tuple[TaskText | None, TaskText | None]:
    """What it says and what came of it, to the two agencies."""
    if own_agency(desk) not in (found.task.assigner, found.task.assignee):
        return None, None
    return tasks.read(desk, found.task.id), tasks.result(desk, found.task.id)


def _said(text: TaskText) -> str:
    return f"{text.name}:\n{printable(text.as_text or f'{len(text.content)} bytes')}"


def _row(found: TaskStanding, known: Mapping[int, str], lang: str, now: int) -> tuple[str, ...]:
    each, overdue = found.task, found.status is TaskStatus.OVERDUE or found.late
    status = found.status.label()[lang]
    return (
        hexed(each.id)[:14],
        short_name(known, each.assigner),
        short_name(known, each.assignee),
        Marked(TaskStatus.OVERDUE.label()[lang], "bad") if overdue else status,
        due(each.due, now),
        hexed(found.into)[:14] if found.into else "",
    )


def _data(found: TaskStanding, known: Mapping[int, str]) -> dict[str, Any]:
    each = found.task
    return {
        "id": hexed(each.id),
        "from": short_name(known, each.assigner),
        "to": short_name(known, each.assignee),
        "status": found.status.name,
        "late": found.late,
        "assigned": moment(each.assigned_at),
        "accepted": moment(each.accepted_at) if each.accepted_at else None,
        "ended": moment(each.done_at) if each.done_at else None,
        "due": moment(each.due),
        "into": hexed(found.into) if found.into else None,
    }
