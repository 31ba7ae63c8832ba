# SPDX-License-Identifier: Apache-2.0
"""Watching: every new thing is told at least once, also across a lost node, a failing listener and a kill.

What was told is kept in ``.concordat/watch.json``, written after each success; what is over is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from concordat.casework.desk import Desk
from concordat.casework.institution import news
from concordat.casework.institution.news import News
from concordat.casework.telling import looping
from concordat.casework.telling.tellers import Teller, TellError
from concordat.errors import ConcordatError, FileError
from concordat.evidence import canonical, fields, store

NAME: Final = "watch.json"


@dataclass(frozen=True)
class Round:
    """What one look brought.

    Attributes:
        told: that was told now.
        said: what was told of each, by its key.
        failed: that was not taken, and why; it is told again.
        lost: why nothing could be read; None if it could.
    """

    told: tuple[News, ...] = ()
    failed: tuple[tuple[News, TellError], ...] = ()
    lost: ConcordatError | None = None
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def look(desk: Desk, tellers: Sequence[Teller], *, with_content: bool = False) -> Round:
    """One round: read what is new, tell it, and keep what was told.

    Raises:
        NodeError: the node is lost; what was told before stays told.
        FileError: what was told cannot be kept, or its file is damaged.
    """
    path = desk.workspace.root / NAME
    known, now = _read(path), desk.clock.now
    present = news.news(desk)
    known &= {each.key for each in present}  # what is over needs no memory
    contents = news.Contents(desk) if with_content else None
    told, failed, said = [], [], {}
    for each in present:
        if each.key in known:
            continue
        content = {"content": contents.of(each)} if contents else {}
        said[each.key] = {**each.as_json(now), **content}
        try:
            for teller in tellers:
                teller.tell(said[each.key])
        except TellError as error:
            failed.append((each, error))
            continue
        known.add(each.key)
        _write(path, known)
        told.append(each)
    _write(path, known)
    return Round(tuple(told), tuple(failed), said=said)


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


def _read(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with store.guard("read what was told before"):
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FORM)
    except ConcordatError as error:
        raise FileError(
            f"{path.name} of the workspace is damaged.",
            code="watch.damaged",
            next=f"Delete {path}; then everything that is open now is told once more.",
        ) from error
    return set(values["told"])


def _write(path: Path, known: set[str]) -> None:
    content = canonical.dumps({"version": 1, "told": sorted(known)})
    with store.guard("keep what was told", kept="It is told again in the next round."):
        if not path.exists() or path.read_bytes() != content:
            store.write(path, content)


_FORM: Final[Mapping[str, Any]] = {
    "version": fields.number(1, 1),
    "told": fields.list_of(fields.text),
}
