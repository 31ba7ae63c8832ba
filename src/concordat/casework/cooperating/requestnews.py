# SPDX-License-Identifier: Apache-2.0
"""What is new about requests for assistance for an agency: what it owes, what came, which deadline is near.

News are states, not events: whoever looks later sees the same, each under a lasting key. What escalated is
news for whoever it escalated to. Nothing personal is in them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from concordat.casework.cooperating import requestviews
from concordat.casework.cooperating.requestviews import Duty, View
from concordat.casework.desk import Desk
from concordat.casework.telling import looping, memory
from concordat.casework.telling.tellers import Teller

NAME: Final = "watch-assistance.json"
FORMAT: Final = "assistance-news/1"
STAGES: Final = (7 * 86_400, 86_400, 3600, 0)
"""Seconds before a deadline at which it is told again; the last once it has passed."""


@dataclass(frozen=True)
class News:
    """One new thing.

    Attributes:
        key: lasting: the same thing is never told twice under it.
        duty: what the own agency has to do.
        deadline: whether it is told again because its time is near or has passed.
    """

    key: str
    duty: Duty
    view: View = field(repr=False)
    deadline: bool = False

    def as_json(self) -> dict[str, Any]:
        """What is told."""
        view = self.view
        return {
            "concordat": FORMAT,
            "id": self.key,
            "what": "deadline" if self.deadline else self.duty.value,
            "duty": self.duty.value,
            "request": f"0x{view.id.hex()}",
            "kind": view.request.kind.name,
            "from": view.request.asker,
            "to": view.order.to,
            "status": view.status.name,
            "due": view.due or None,
            "overdue": view.status.is_late,
            "time": view.at,
        }


def news(desk: Desk) -> list[News]:
    """Everything that the own agency owes now, what is due first at the top."""
    return [each for view, duty in requestviews.owed(desk) for each in _of(view, duty)]


def look(desk: Desk, tellers: Sequence[Teller]) -> memory.Round[News]:
    """One round: read what is new, tell it, and keep what was told; see :func:`memory.tell`."""
    return memory.tell(desk.workspace.root / NAME, news(desk), News.as_json, tellers)


def watch(
    desks: Callable[[], Desk],
    tellers: Sequence[Teller],
    report: Callable[[memory.Round[News]], None],
    *,
    every: float,
    rounds: int = 0,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Look again and again; see :func:`looping.again`."""
    looping.again(
        lambda: report(look(desks(), tellers)),
        lambda error: report(memory.Round(lost=error)),
        every=every,
        rounds=rounds,
        sleep=sleep,
    )


def _of(view: View, duty: Duty) -> Iterator[News]:
    # What was answered in part, or came again after a supplement, is new; so is what escalated.
    state = f"{view.request.state.name.lower()}:{view.request.changed_at}:{view.responsible}"
    key = f"{duty.value}:{view.id.hex()}:{state}"
    yield News(key, duty, view)
    start = view.request.changed_at
    stages = [stage for stage in STAGES if view.due - start >= 2 * stage]
    reached = [stage for stage in stages if view.due and view.at > view.due - stage]
    if reached and duty is not Duty.RECEIVE:
        yield News(f"deadline:{key}:{view.due}:{min(reached)}", duty, view, deadline=True)
