# SPDX-License-Identifier: Apache-2.0
"""An append-only log (JSON lines) in which every entry carries the hash of the one before and its own.

So an entry cannot be altered, moved or taken out of the middle unseen. That the end was cut off, a log cannot
tell about itself: whoever cites the hash of its last entry can.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from concordat.errors import VerificationError
from concordat.evidence import canonical, store

START = "0" * 64
_OWN = frozenset({"n", "prev", "hash"})


class BrokenLogError(VerificationError):
    """A line of the log is not what was written."""

    default_code = "log.broken"


class ChainedLog:
    """The log in one file. A file that does not exist is a log without entries."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self, *, whole: bool = False) -> list[dict[str, Any]]:
        """Read and check all entries.

        A last line without its end is what a cut in the middle of writing leaves. It never counted and is
        passed over, unless the ``whole`` file is asked for.

        Raises:
            BrokenLogError: a line was altered, moved or removed; names the line.
        """
        data = self.path.read_bytes() if self.path.exists() else b""
        lines = data.split(b"\n")
        if lines.pop() and whole:
            raise self._broken(len(lines) + 1, "is not complete")
        found: list[dict[str, Any]] = []
        for number, line in enumerate(lines, 1):
            entry = self._entry(line, number)
            if entry["n"] != number or entry["prev"] != (found[-1]["hash"] if found else START):
                raise self._broken(number, "does not follow the line before")
            found.append(entry)
        return found

    def append(self, body: Mapping[str, Any]) -> str:
        """Add an entry durably; return its hash (hex).

        Args:
            body: JSON values under any keys but ``n``, ``prev`` and ``hash``.

        Raises:
            BrokenLogError: the log so far is broken; nothing is added to it.
        """
        if _OWN & body.keys():
            raise ValueError(f"the keys {sorted(_OWN)} are the log's own")
        before = self.entries()
        self._drop_unfinished_line()
        entry = {**body, "n": len(before) + 1, "prev": before[-1]["hash"] if before else START}
        entry["hash"] = _digest(entry)
        store.append(self.path, canonical.dumps(entry) + b"\n")
        return str(entry["hash"])

    def _entry(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            entry = canonical.loads(line)
        except canonical.NotCanonicalError as error:
            raise self._broken(number, "cannot be read") from error
        if not isinstance(entry, dict) or not entry.keys() >= _OWN:
            raise self._broken(number, "is no entry")
        if entry["hash"] != _digest({key: value for key, value in entry.items() if key != "hash"}):
            raise self._broken(number, "was altered")
        return entry

    def _broken(self, number: int, how: str) -> BrokenLogError:
        return BrokenLogError(
            f"Line {number} of {self.path.name} {how}.",
            kept="Nothing was added to it.",
            next=f"Take {self.path.name} from a backup.",
        )

    def _drop_unfinished_line(self) -> None:
        if not self.path.exists():
            return
        with self.path.open("r+b") as stream:
            data = stream.read()
            stream.truncate(data.rfind(b"\n") + 1)


def _digest(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical.dumps(entry)).hexdigest()
