# SPDX-License-Identifier: Apache-2.0
"""From what was read to findings."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from types import TracebackType

from concordat.evidence.intake.findings import Finding, FindingCode, info, warn
from concordat.evidence.intake.hashing import Digests
from concordat.evidence.intake.index import CaseIndex
from concordat.evidence.intake.kinds import Recognised
from concordat.evidence.intake.model import Context, Summary
from concordat.evidence.intake.names import json_path, name_bytes
from concordat.evidence.intake.walk import Entry


class Remarks:
    """Says of each file what somebody should know. Holds a scratch database on disk, so that memory stays bounded."""

    def __init__(
        self, context: Context, index: CaseIndex | None, expect: str | os.PathLike[str] | None
    ) -> None:
        self._context = context
        self._index = index
        self._expect = expect
        self._seen: sqlite3.Connection | None = None

    def __enter__(self) -> Remarks:
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("CREATE TABLE seen (sha256 BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID")
        self._seen.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._seen is not None:
            self._seen.close()

    @property
    def algorithms(self) -> tuple[str, ...]:
        """Further digests that the expected list asks for."""
        return ()

    def of(self, entry: Entry, digests: Digests, recognised: Recognised) -> Iterator[Finding]:
        """Findings about one file."""
        if json_path(entry.path)[1] is not None:
            yield info(FindingCode.NAME_UNDECODABLE, entry.path)
        if not digests.size:
            yield info(FindingCode.EMPTY_FILE, entry.path)
            return
        yield from self._duplicates(entry, digests)

    def finish(self, summary: Summary) -> None:
        """Findings that need all files."""

    def _duplicates(self, entry: Entry, digests: Digests) -> Iterator[Finding]:
        assert self._seen is not None  # noqa: S101 - entered before use
        key = bytes.fromhex(digests.sha256)
        first = self._seen.execute("SELECT path FROM seen WHERE sha256 = ?", (key,)).fetchone()
        if first is None:
            self._seen.execute("INSERT INTO seen VALUES (?, ?)", (key, name_bytes(entry.path)))
        else:
            path = bytes(first[0]).decode("utf-8", "surrogateescape")
            yield info(FindingCode.DUPLICATE_IN_ACQUISITION, entry.path, first=path)
        for known in self._index.find(digests.sha256) if self._index else ():
            if (known.case, known.package) == (self._context.case, self._context.package):
                continue
            place = {"package": known.package, "number": str(known.number), "case": known.case}
            if known.case == self._context.case:
                yield info(FindingCode.DUPLICATE_IN_CASE, entry.path, **place)
            else:
                yield warn(FindingCode.DUPLICATE_IN_OTHER_CASE, entry.path, **place)


def acquisition_findings(context: Context) -> Iterator[Finding]:
    """Findings that concern the whole acquisition."""
    if context.clock_offset_ms:
        offset = context.clock_offset_ms
        yield (warn if abs(offset) > 1000 else info)(
            FindingCode.CLOCK_OFFSET,
            seconds=f"{abs(offset) / 1000:g}",
            direction="fast" if offset > 0 else "slow",
            direction_zh="快" if offset > 0 else "慢",
        )
