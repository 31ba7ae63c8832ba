# SPDX-License-Identifier: Apache-2.0
"""YAML 1.2 text into nodes with positions, for everything that people write here: records and rulebooks.

The text is composed, never constructed, so that nothing is guessed: ``NO`` stays Norway. People and courts
read these files, so what could make two readers see two things is refused: anchors and aliases, tags, several
documents, and directives (``%YAML 1.1`` makes NO false). How a refusal is worded is left to the callers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

MAX_DEPTH: Final = 12
"""Levels within each other; a rulebook has six, a record four."""

_CORE: Final = "tag:yaml.org,2002:"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Reason(Enum):
    """Why a text is no tree."""

    TOO_LARGE = auto()
    NOT_TEXT = auto()
    NOT_YAML = auto()
    EMPTY = auto()
    DIRECTIVE = auto()
    SECOND_DOCUMENT = auto()
    ANCHOR = auto()
    TOO_DEEP = auto()


class Refused(Exception):
    """The text is no tree that anybody here takes; nothing further can be said about it.

    Attributes:
        line, column: from 1.
        detail: what the parser says, if the reason is NOT_TEXT or NOT_YAML; else empty.

    """

    def __init__(self, reason: Reason, line: int = 1, column: int = 1, detail: str = "") -> None:
        super().__init__(reason.name, line, column, detail)
        self.reason, self.line, self.column, self.detail = reason, line, column, detail


@dataclass(frozen=True, slots=True)
class Document:
    """The only document of a text.

    Attributes:
        tags: the tags that were written, by line and column from 1 and whether a collection has them.

    """

    root: Node
    tags: dict[tuple[int, int, bool], str]

    def tag(self, node: Node) -> str | None:
        """Tag that was written before a node, with ``!!`` for YAML's own, or None."""
        return self.tags.get((line_of(node), column_of(node), isinstance(node, CollectionNode)))


class Entry(NamedTuple):
    """One key of a mapping with its value.

    Attributes:
        name: None if the key is no scalar.
        first: the key of the same name that came before, if the name is repeated.

    """

    name: str | None
    key: Node
    value: Node
    first: Node | None


def compose(text: str, most: int) -> Document:
    """Nodes of the only document.

    Args:
        most: bytes that the text may have in UTF-8.

    Raises:
        Refused: the text is no tree, or holds something that could be read in two ways.

    """
    if len(text.encode("utf-8", "replace")) > most:
        raise Refused(Reason.TOO_LARGE)
    try:
        tags = _walk(text)
        root = _yaml().compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Refused(Reason.NOT_YAML, line, column, _first_line(error.problem)) from None
    except YAMLError as error:
        raise Refused(Reason.NOT_TEXT, detail=_first_line(str(error))) from None
    except (ValueError, OverflowError):  # of chr(), which the parser trusts with what follows \U
        raise Refused(Reason.NOT_TEXT, detail="an escape (\\U) names no character") from None
    if not isinstance(root, Node):
        raise Refused(Reason.EMPTY)
    return Document(root, tags)


def entries(node: MappingNode) -> Iterator[Entry]:
    """Keys and values in the order of the file, repeated ones too."""
    seen: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, ScalarNode) else None
        yield Entry(name, key, value, None if name is None else seen.get(name))
        if name is not None:
            seen.setdefault(name, key)


def kind(node: Node) -> str:
    """What YAML 1.2 sees: str, int, float, bool, null, timestamp, map, seq."""
    return str(node.tag).removeprefix(_CORE)


def line_of(node: Node) -> int:
    """Line of a node, from 1."""
    return int(node.start_mark.line) + 1


def column_of(node: Node) -> int:
    """Column of a node, from 1."""
    return int(node.start_mark.column) + 1


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def _first_line(problem: str | None) -> str:
    return problem.splitlines()[0] if problem else "it cannot be read"


def _walk(text: str) -> dict[tuple[int, int, bool], str]:
    """Tags in the text. Events are flat: aliases never expand here, and nesting never recurses."""
    depth = documents = 0
    tags: dict[tuple[int, int, bool], str] = {}
    for event in _yaml().parse(text):
        documents += isinstance(event, DocumentStartEvent)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        reason = _trick(event, documents, depth)
        if reason:
            raise Refused(reason, line, column)
        if isinstance(event, ScalarEvent) and _SURROGATE.search(event.value):
            raise Refused(Reason.NOT_TEXT, line, column, "an escape (\\u) names half of a character")
        if isinstance(event, (ScalarEvent, CollectionStartEvent)) and event.tag:
            of_collection = isinstance(event, CollectionStartEvent)
            tags[line, column, of_collection] = str(event.tag).replace(_CORE, "!!")
    return tags


def _trick(event: Event, documents: int, depth: int) -> Reason | None:
    if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
        return Reason.DIRECTIVE
    if documents > 1:
        return Reason.SECOND_DOCUMENT
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
        return Reason.ANCHOR
    return Reason.TOO_DEEP if depth > MAX_DEPTH else None
