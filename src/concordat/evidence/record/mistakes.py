# SPDX-License-Identifier: Apache-2.0
"""Mistakes in a record: where, in which field, what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concordat.errors import UsageError


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake.

    Attributes:
        line: from 1.
        field: dotted name, for example ``items[0].category``; empty for the file as a whole.
        message: what is wrong.
        right: what would be right.

    """

    line: int
    field: str
    message: str
    right: str

    def __str__(self) -> str:
        where = f"line {self.line}: " + (f"{self.field}: " if self.field else "")
        return f"{where}{self.message} {self.right}".rstrip()


class RecordError(UsageError):
    """A record with mistakes: all of them, in the order of their lines.

    Attributes:
        path: name of the file, for messages.
        mistakes: at least one.

    """

    default_code = "record.invalid"

    def __init__(self, path: str, mistakes: Iterable[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(sorted(mistakes))
        count = "one mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        lines = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(
            f"{path} has {count}:\n{lines}",
            kept="Nothing was written, hashed or sent.",
            next=f"Correct {path} and run the command again.",
        )


Path = tuple[str | int, ...]
"""Where a value is in a record: keys and indices from the root."""


def field_name(path: Path) -> str:
    """Write a path as people do: ``items[0].category``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name
