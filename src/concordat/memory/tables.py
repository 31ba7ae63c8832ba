# SPDX-License-Identifier: Apache-2.0
"""Tables that take back what a refused transaction wrote: bulk acts take effect wholly or not at all."""

from __future__ import annotations

from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_MISSING = object()


class Table(dict[K, V]):
    """A dictionary of values that never change themselves; written by item only."""

    def __init__(self, journal: list[tuple[Any, Any, Any]]) -> None:
        super().__init__()
        self._journal = journal

    def __setitem__(self, key: K, value: V) -> None:
        self._journal.append((self, key, self.get(key, _MISSING)))
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._journal.append((self, key, self.get(key, _MISSING)))
        super().__delitem__(key)


class Tables:
    """All tables of a suite in memory, with one journal."""

    def __init__(self) -> None:
        self._journal: list[tuple[Any, Any, Any]] = []

    def table(self) -> Table[Any, Any]:
        """A new table."""
        return Table(self._journal)

    def keep(self) -> None:
        """The transaction took effect."""
        self._journal.clear()

    def undo(self) -> None:
        """It was refused: put back what was there before."""
        while self._journal:
            table, key, before = self._journal.pop()
            if before is _MISSING:
                dict.pop(table, key, None)
            else:
                dict.__setitem__(table, key, before)
