# SPDX-License-Identifier: Apache-2.0
"""Call detail records, as tables or JSON: who called whom, when, how long, from which cell."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe
from concordat.evidence.intake.kinds.tables import DURATION, PHONE, TIME, Table, understood


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by the meaning of columns or keys."""
    if keys := probe.keys():
        meanings = understood(keys)
        if {"calling", "called", "time"} <= meanings and meanings & {"duration", "cell", "calltype"}:
            yield Candidate(Kind.CALL_RECORDS, "application/json", 80)
    elif (table := probe.table()) is not None:
        yield from _table(table)


def _table(table: Table) -> Iterator[Candidate]:
    ends = {"calling", "called"} & set(table.meanings)
    support = {"duration", "cell", "calltype"} & set(table.meanings)
    if not ends or not support or not table.has("time"):
        return
    sound = (
        bool(table.rows)
        and table.share("time", TIME) >= 0.8
        and all(table.share(end, PHONE) >= 0.7 for end in ends)
        and ("duration" not in support or table.share("duration", DURATION) >= 0.8)
    )
    certain = sound and (len(ends) == 2 or len(support) >= 2)
    yield Candidate(Kind.CALL_RECORDS, "text/csv", 88 if certain else 60, {"columns": len(table.meanings)})
