# SPDX-License-Identifier: Apache-2.0
"""Reading what people and programs wrote, YAML 1.2 or JSON, field by field, with every mistake and where it
stands.

Both forms become plain values with positions, so that one reader judges both. Nothing is guessed: a number
where text is expected has to be quoted, a time needs its offset from UTC, an unknown key is a mistake.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from concordat.errors import ConcordatError, UsageError
from concordat.evidence.record.mistakes import Path, field_name
from concordat.evidence.yamltree import (
    Document,
    Reason,
    Refused,
    column_of,
    compose,
    entries,
    kind,
    line_of,
)

MAX_BYTES: Final = 4 << 20
"""Hundreds of accounts under one order take less than one megabyte."""
MAX_TEXT: Final = 8_000
LAST_SECOND: Final = 2**36 - 1

T = TypeVar("T")

_REFUSED: Final = {
    Reason.TOO_LARGE: f"it is longer than {MAX_BYTES >> 20} MiB",
    Reason.NOT_TEXT: "not YAML: {detail}",
    Reason.NOT_YAML: "not YAML: {detail}",
    Reason.EMPTY: "the file is empty",
    Reason.DIRECTIVE: "directives (%) are not used here",
    Reason.SECOND_DOCUMENT: "a second document begins: one file holds one",
    Reason.ANCHOR: "anchors (&) and aliases (*) are not used here: write the value out",
    Reason.TOO_DEEP: "nested too deeply",
}
_SEEN: Final = {bool: "a yes or no", int: "a number", float: "a number", type(None): "nothing"}
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2})?([Zz]|[+-]\d{2}:\d{2})")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that hide what a text says: controls, line separators, bidirectional overrides, half
characters.
"""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake.

    Attributes:
        line, column: from 1; 0 if the form has no lines (JSON of a message).
        field: dotted name such as ``targets[0].account``; empty for the whole.
        message: what is wrong and what would be right.

    """

    line: int
    column: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: " if self.line else ""
        return f"{where}{self.field + ': ' if self.field else ''}{self.message}"


class MistakesError(UsageError):
    """Something written with mistakes: all of them, in the order of their places."""

    default_code = "assets.mistakes"

    def __init__(self, what: str, mistakes: Iterable[Mistake], *, code: str = "") -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        count = "one mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        super().__init__(
            f"{what} has {count}:\n" + "\n".join(f"  {mistake}" for mistake in self.mistakes),
            code=code,
            kept="Nothing was written or sent.",
            next=f"Correct {what} and run the command again.",
        )


@dataclass(slots=True)
class Tree:
    """Plain values, where they stand, and what was wrong on the way."""

    value: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    bare: set[Path] = field(default_factory=set)
    """Scalars that YAML took for something else than text."""
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def by_people(self) -> bool:
        """Whether a person wrote it (YAML, with lines), and not a program (JSON of a message)."""
        return bool(self.places)

    def note(self, path: Path, message: str) -> None:
        """Note a mistake at a value, or at the nearest thing around it that stands somewhere."""
        near = path
        while near and near not in self.places:
            near = near[:-1]
        line, column = self.places.get(near, (0, 0))
        self.mistakes.append(Mistake(line, column, field_name(path), message))

    def root(self) -> Field:
        """The whole, to be read."""
        return Field(self, self.value, ())


def read_yaml(text: str) -> Tree:
    """Values of a YAML 1.2 text; what makes it unreadable is its only mistake."""
    tree = Tree()
    try:
        document = compose(text.removeprefix("\ufeff"), MAX_BYTES)
    except Refused as why:
        message = _REFUSED[why.reason].format(detail=why.detail)
        tree.mistakes.append(Mistake(why.line, why.column, "", message))
        return tree
    for (line, column, _), tag in document.tags.items():
        tree.mistakes.append(Mistake(line, column, "", f"tags are not used here: {tag}"))
    tree.value = _build(document.root, (), tree, document)
    return tree


def read_json(data: bytes) -> Tree:
    """Values of a JSON text; what makes it unreadable is its only mistake."""
    tree = Tree()
    if len(data) > MAX_BYTES:
        tree.note((), f"it is longer than {MAX_BYTES >> 20} MiB")
        return tree
    try:
        tree.value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_no_float
        )
    except RecursionError:
        tree.note((), "nested too deeply")
    except ValueError as error:
        tree.note((), f"not JSON: {str(error)[:200]}")
    return tree


def _build(node: Node, path: Path, tree: Tree, document: Document) -> Any:
    tree.places.setdefault(path, (line_of(node), column_of(node)))
    if isinstance(node, MappingNode):
        return _mapping(node, path, tree, document)
    if isinstance(node, SequenceNode):
        return [_build(child, (*path, number), tree, document) for number, child in enumerate(node.value)]
    text, seen = str(node.value), kind(node)
    if seen in ("str", "timestamp"):
        return text
    tree.bare.add(path)
    if seen == "null":
        return None
    if seen == "bool":
        return text.lower() == "true"
    return int(text) if seen == "int" and re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text) else float("nan")


def _mapping(node: MappingNode, path: Path, tree: Tree, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, key, value, first in entries(node):
        place = (line_of(key), column_of(key))
        if name is None:
            tree.mistakes.append(Mistake(*place, field_name(path), "a key must be a word"))
            continue
        if first is not None:
            twice = f"{name} stands already on line {line_of(first)}"
            tree.mistakes.append(Mistake(*place, field_name((*path, name)), twice))
            continue
        tree.places[(*path, name)] = place
        found[name] = _build(value, (*path, name), tree, document)
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_number(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON number")


def _no_float(number: str) -> Any:
    raise ValueError(f"{number[:40]} has a fraction or an exponent: amounts are whole minor units")


@dataclass(frozen=True, slots=True)
class Field:
    """One value and where it stands. What is wrong is noted once and read as None."""

    tree: Tree
    value: Any
    path: Path

    def wrong(self, message: str) -> None:
        """Note a mistake here."""
        self.tree.note(self.path, message)

    def keys(self, required: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Field]:
        """Fields of a group by key.

        Unknown and missing keys are mistakes; an empty value is a missing one.
        """
        if not isinstance(self.value, dict):
            self.wrong(f"a group of fields is expected here: {', '.join((*required, *optional))}")
            return {}
        known = (*required, *optional)
        for key in self.value:
            if key not in known:
                Field(self.tree, None, (*self.path, key)).wrong(
                    f"there is no such field{_nearest(key, known)}"
                )
        found = {
            key: Field(self.tree, self.value[key], (*self.path, key))
            for key in known
            if self.value.get(key) is not None and (key in required or not _blank(self.value[key]))
        }
        for key in required:
            if key not in found:
                Field(self.tree, None, (*self.path, key)).wrong("it is missing")
        return found

    def items(self, most: int) -> Iterator[Field]:
        """Entries of a list that has at least one and not more than ``most``."""
        if not isinstance(self.value, list) or not self.value:
            self.wrong("a list with at least one entry is expected here")
            return
        if len(self.value) > most:
            self.wrong(f"{len(self.value)} entries; at most {most} are possible")
            return
        for number, value in enumerate(self.value):
            yield Field(self.tree, value, (*self.path, number))

    def text(self, longest: int = 200, *, lines: bool = False) -> str | None:
        """Text that says something, in one line unless ``lines``; spaces around it are dropped."""
        if self.path in self.tree.bare:
            self.wrong(f"this is {_SEEN[type(self.value)]} to YAML, not text: write it in quotes")
            return None
        if not isinstance(self.value, str) or not self.value.strip():
            self.wrong("text is expected here, and it may not be empty")
            return None
        found = self.value.strip()
        problem = text_problem(found, longest, lines=lines)
        if problem:
            self.wrong(problem)
            return None
        return found

    def matching(self, form: re.Pattern[str], like: str) -> str | None:
        """Text of a form; ``like`` says what is expected.

        What was found is not repeated: it may be private.
        """
        found = self.text()
        if found is not None and not form.fullmatch(found):
            self.wrong(f"this is not {like}")
            return None
        return found

    def word(self, known: Mapping[str, T], what: str) -> T | None:
        """One of the known words."""
        name = self.text()
        if name is None:
            return None
        if name not in known:
            choices = "" if len(known) > 16 else f"; possible: {', '.join(known)}"
            self.wrong(f"unknown {what} {name[:40]!r}{_nearest(name, known) or choices}")
            return None
        return known[name]

    def integer(self, least: int, most: int) -> int | None:
        """Whole number within limits."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and least <= self.value <= most:
            return self.value
        self.wrong(f"a whole number from {least} to {most} is expected here")
        return None

    def flag(self) -> bool | None:
        """Either ``true`` or ``false``."""
        if isinstance(self.value, bool):
            return self.value
        self.wrong("true or false is expected here")
        return None

    def time(self) -> int | None:
        """Seconds since 1970 UTC, from ISO 8601 with an offset."""
        found = self.text()
        if found is None:
            return None
        try:
            return seconds(found)
        except ValueError as error:
            self.wrong(str(error))
            return None

    def read(self, parse: Callable[[str], T], longest: int = 200) -> T | None:
        """Text that ``parse`` takes; its refusal is the mistake."""
        found = self.text(longest)
        if found is None:
            return None
        try:
            return parse(found)
        except ConcordatError as error:
            self.wrong(error.message)
            return None


def text_problem(text: str, longest: int, *, lines: bool = False) -> str | None:
    """Why a text cannot stand in an order or an answer: too long, or it hides what it says."""
    if len(text) > longest:
        return f"{len(text)} characters; at most {longest} are possible"
    if _CONTROL.search(text) or (not lines and "\n" in text):
        return "it holds a line break, a control character or one that changes the direction of writing"
    return None


def seconds(text: str) -> int:
    """Seconds since 1970 UTC.

    Args:
        text: ISO 8601 with an offset, such as 2026-11-22T09:30:00+08:00.

    Raises:
        ValueError: says what is wrong.

    """
    if not _TIME.fullmatch(text):
        raise ValueError("a time with its offset from UTC is expected here, as in 2026-11-22T09:30:00+08:00")
    try:
        found = int(datetime.fromisoformat(text.upper()).timestamp())
    except (ValueError, OverflowError):
        raise ValueError("this time is not in the calendar") from None
    if not 0 <= found <= LAST_SECOND:
        raise ValueError("this time is before 1970 or too late: check the year")
    return found


def _blank(value: Any) -> bool:
    """Whether nothing is filled in: a group of a template that was left as it was."""
    if isinstance(value, dict):
        return all(_blank(each) for each in value.values())
    if isinstance(value, list):
        return all(_blank(each) for each in value)
    return value is None


def _nearest(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""
