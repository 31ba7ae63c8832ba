# SPDX-License-Identifier: Apache-2.0
"""YAML 1.2 as a tree with positions, read field by field; every mistake is a finding with line and column.

The file is composed, never constructed, so that nothing is guessed: ``NO`` stays Norway, ``0123`` is refused
where text is wanted, and anchors, aliases and tags do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final, NamedTuple, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.events import CollectionEndEvent as EndEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_BYTES: Final = 512 * 1024
MAX_DEPTH: Final = 8
_TAG: Final = "tag:yaml.org,2002:"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

T = TypeVar("T")


class Finding(NamedTuple):
    """One mistake; line and column count from 1."""

    line: int
    column: int
    message: str

    def at(self, path: str) -> str:
        """``path:line:column: message``, as compilers write it."""
        return f"{path}:{self.line}:{self.column}: {self.message}"


def compose(text: str) -> Node | Finding:
    """Root of the only document, or the first reason why the text is no tree."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Finding(1, 1, f"the file is larger than {MAX_BYTES // 1024} KiB")
    try:
        refused = _forbidden(text)
        if refused:
            return refused
        root = _yaml().compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Finding(line, column, f"not YAML: {error.problem}")
    except YAMLError as error:
        return Finding(1, 1, f"not YAML: {str(error).splitlines()[0]}")
    return root if isinstance(root, Node) else Finding(1, 1, "the file is empty")


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def _forbidden(text: str) -> Finding | None:
    """First event that a plain tree does not have. Events are flat, so a bomb cannot go off here."""
    depth = documents = 0
    for event in _yaml().parse(text):
        message = ""
        if isinstance(event, DocumentStartEvent):
            documents += 1
            message = "a second document begins: one file holds one" if documents > 1 else ""
        elif isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            message = "anchors and aliases are not used here: write it out"
        elif isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)) and event.tag:
            message = f"tags are not used here: {event.tag}"
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
            message = message or ("nested too deeply" if depth > MAX_DEPTH else "")
        elif isinstance(event, EndEvent):
            depth -= 1
        if message:
            return Finding(event.start_mark.line + 1, event.start_mark.column + 1, message)
    return None


def line_of(node: Node) -> int:
    """Line of a node, counted from 1."""
    return int(node.start_mark.line) + 1


def nearest(word: str, known: Collection[str]) -> str:
    """`` (did you mean X?)``, or nothing."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""


class Reader:
    """Reads fields and collects findings; a field that is wrong yields None and one finding."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def report(self, node: Node, message: str) -> None:
        """Note a mistake at a node."""
        self.findings.append(Finding(line_of(node), int(node.start_mark.column) + 1, message))

    def mapping(
        self, node: Node | None, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Node]:
        """Values by key; unknown, repeated and missing keys are findings."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.report(node, f"a mapping with {', '.join(sorted(required)) or 'keys'} is expected here")
            return {}
        known = {*required, *optional}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            if name not in known:
                self.report(key, f"unknown key {name!r}{nearest(name, known)}")
            elif name in found:
                self.report(key, f"{name} is given twice")
            else:
                found[name] = value
        for name in sorted(set(required) - set(found)):
            self.report(node, f"{name} is missing")
        return found

    def items(self, node: Node | None) -> list[Node]:
        """Nodes of a list that is not empty."""
        if node is None:
            return []
        if isinstance(node, SequenceNode) and node.value:
            return list(node.value)
        self.report(node, "a list with at least one entry is expected here")
        return []

    def string(self, node: Node | None) -> str | None:
        """Text that is not empty. A number, date, boolean or null has to be quoted to be text."""
        if node is None:
            return None
        kind = _kind(node)
        if kind == "str" and node.value.strip():
            return str(node.value)
        if kind in ("int", "float", "timestamp", "bool"):
            self.report(node, f"{node.value} is read as {kind}, not as text: write it in quotes")
        else:
            self.report(node, "text is expected here, and it may not be empty")
        return None

    def word(self, node: Node | None, known: Mapping[str, T], what: str) -> T | None:
        """One of the known words."""
        name = self.string(node)
        if name is None or node is None:
            return None
        if name in known:
            return known[name]
        self.report(node, f"unknown {what} {name!r}{nearest(name, known)}")
        return None

    def integer(self, node: Node | None, least: int, most: int, what: str) -> int | None:
        """Whole number in decimal, without leading zeros, in a range."""
        if node is None:
            return None
        if _kind(node) != "int" or not re.fullmatch(r"0|-?[1-9]\d*", node.value):
            self.report(node, f"{what} is a whole number in decimal without leading zeros")
        elif not least <= int(node.value) <= most:
            self.report(node, f"{what} is {node.value}: it must be from {least} to {most}")
        else:
            return int(node.value)
        return None

    def boolean(self, node: Node | None) -> bool | None:
        """Boolean ``true`` or ``false``; YAML 1.2 knows no yes, no, on, off."""
        if node is None:
            return None
        if _kind(node) == "bool" and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.report(node, "write true or false: YAML 1.2 has no other words for it")
        return None

    def day(self, node: Node | None) -> date | None:
        """Day such as 2022-12-01."""
        if node is None:
            return None
        if _kind(node) in ("timestamp", "str") and _DAY.fullmatch(node.value):
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                pass
        self.report(node, "a day such as 2022-12-01 is expected here")
        return None

    def or_null(self, node: Node | None, read: Callable[[Node | None], T | None]) -> T | None:
        """Value that ``read`` reads, or None for null."""
        return None if node is None or _kind(node) == "null" else read(node)


def _kind(node: Node) -> str:
    """``str``, ``int``, ``bool``, ``null``, ``timestamp``, ``map``, ``seq``: what YAML 1.2 takes it for."""
    return str(node.tag).removeprefix(_TAG)
