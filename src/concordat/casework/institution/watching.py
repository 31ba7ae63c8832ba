# SPDX-License-Identifier: Apache-2.0
"""Watching: every new thing is told at least once, also across a lost node, a failing listener and a kill.

What was told is kept in ``.concordat/watch.json``, written after each success; what is over is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from concordat.casework.desk import Desk
from concordat.casework.institution import news
from concordat.casework.institution.news import News
from concordat.casework.telling import looping, memory
from concordat.casework.telling.tellers import Teller

NAME: Final = "watch.json"
Round: TypeAlias = memory.Round[News]


def look(desk: Desk, tellers: Sequence[Teller], *, with_content: bool = False) -> Round:
    """One round: read what is new, tell it, and keep what was told.

    Raises:
        NodeError: the node is lost; what was told before stays told.
        FileError: what was told cannot be kept, or its file is damaged.
    """
    now, present = desk.clock.now, news.news(desk)
    contents = news.Contents(desk) if with_content else None

    def say(one: News) -> Mapping[str, Any]:
        content = {"content": contents.of(one)} if contents else {}
        return {**one.as_json(now), **content}

    return memory.tell(desk.workspace.root / NAME, present, say, tellers)


def watch(
    desks: Callable[[], Desk],
    tellers: Sequence[Teller],
    report: Callable[[Round], None],
    *,
    every: float,
    with_content: bool = False,
    rounds: int = 0,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Look again and again. A lost node is waited for.

    Args:
        desks: gives a fresh desk a round, since a desk asks the chain once and keeps the answer.
        tellers: who is told.
        report: is given every round.
        every: seconds between two rounds.
        with_content: whether the messages are opened, and told as well.
        rounds: how many; 0: until it is stopped.
        sleep: waits.

    Raises:
        ConcordatError: what no waiting cures, such as a wrong password or another chain.
    """
    looping.again(
        lambda: report(look(desks(), tellers, with_content=with_content)),
        lambda error: report(Round(lost=error)),
        every=every,
        rounds=rounds,
        sleep=sleep,
    )
