# SPDX-License-Identifier: Apache-2.0
"""From the text of a record to a :class:`Record`, or to all its mistakes at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final

from concordat.evidence.record.explain import explain, without_blanks
from concordat.evidence.record.mistakes import Mistake, Path, RecordError, field_name
from concordat.evidence.record.model import Record, build
from concordat.evidence.record.schema import EXAMPLE_TIME
from concordat.evidence.record.values import Tree, Unreadable, read

FIRST_SECOND: Final = 0
LAST_SECOND: Final = 2**36 - 1

_TIMES: Final[tuple[Path, ...]] = (
    ("started",),
    ("ended",),
    ("legal_basis", "from"),
    ("legal_basis", "until"),
    ("preservation", "until"),
)


def parse(text: str, path: str | PurePath = "record.yaml") -> Record:
    """Read a record.

    Args:
        text: YAML 1.2.
        path: name of the file, for messages.

    Raises:
        RecordError: with every mistake, its line and field, and what would be right.

    """
    try:
        tree = read(text.removeprefix("\ufeff"))
    except Unreadable as error:
        raise RecordError(str(path), [error.mistake]) from None
    mistakes = [*tree.mistakes, *explain(tree)]
    told = {mistake.field for mistake in mistakes}
    mistakes += [mistake for mistake in _beyond_the_schema(tree) if mistake.field not in told]
    if mistakes:
        raise RecordError(str(path), mistakes)
    return build(without_blanks(tree.value))


def _beyond_the_schema(tree: Tree) -> Iterator[Mistake]:
    """Find what a schema cannot say; tolerates values that the schema has already refused."""
    if not isinstance(tree.value, dict):
        return
    yield from _leading_zeros(tree)
    yield from _impossible_times(tree)
    yield from _repetitions(tree, "items", "path")
    yield from _repetitions(tree, "items", "number")
    yield from _repetitions(tree, "documents", "file")
    yield from _missing_documents(tree)


def _leading_zeros(tree: Tree) -> Iterator[Mistake]:
    for path, scalar in tree.scalars.items():
        digits = scalar.text.lstrip("+-")
        if not scalar.quoted and digits.isdigit() and digits[0] == "0" and digits != "0":
            yield Mistake(
                tree.line(path),
                field_name(path),
                f"{scalar.text} begins with a zero, which a number loses.",
                f'Write "{scalar.text}" in quotes if it is a name.',
            )


def _impossible_times(tree: Tree) -> Iterator[Mistake]:
    """Refuse days that the calendar does not have, and times that Facts cannot hold."""
    for path in _TIMES:
        value = _at(tree.value, path)
        if not isinstance(value, str):
            continue
        try:
            seconds = datetime.fromisoformat(value.upper()).timestamp()
        except (ValueError, OverflowError):
            yield Mistake(
                tree.line(path),
                field_name(path),
                f"{value} is not in the calendar.",
                f"Correct it, as in {EXAMPLE_TIME}.",
            )
            continue
        if not FIRST_SECOND <= seconds <= LAST_SECOND:
            yield Mistake(
                tree.line(path), field_name(path), f"{value} is before 1970 or too late.", "Check the year."
            )


def _repetitions(tree: Tree, section: str, key: str) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(_list_at(tree.value, section)):
        value = entry.get(key) if isinstance(entry, dict) else None
        if not isinstance(value, str):
            continue
        line = tree.line((section, index, key))
        if value in seen:
            what = f"{value} is already on line {seen[value]}."
            yield Mistake(line, field_name((section, index, key)), what, f"Give each entry its own {key}.")
        seen.setdefault(value, line)


def _missing_documents(tree: Tree) -> Iterator[Mistake]:
    """Find steps that cite a document of a role that no document has."""
    roles = {entry.get("role") for entry in _list_at(tree.value, "documents") if isinstance(entry, dict)}
    steps = tree.value.get("steps")
    for name, claim in steps.items() if isinstance(steps, dict) else ():
        role = claim.get("document") if isinstance(claim, dict) else None
        if isinstance(role, str) and role not in roles:
            yield Mistake(
                tree.line(("steps", name)),
                f"steps.{name}",
                f"It cites {role}, but no document has this role.",
                f"Add under documents: - {{role: {role}, file: documents/...}}",
            )


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _list_at(value: Any, key: str) -> list[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else []
