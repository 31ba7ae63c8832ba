# SPDX-License-Identifier: Apache-2.0
"""YAML 1.2 text into plain values, each with its line, before anything is taken as true.

A record is read by people and by courts, so what could make two readers see two things is refused: duplicate
keys, anchors and aliases, merge keys, tags, several documents, and directives (``%YAML 1.1`` makes NO false).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from concordat.evidence.record.mistakes import Mistake, Path, field_name

MAX_CHARACTERS: Final = 1 << 20
"""A record of a megabyte is no record: what is long belongs into a document."""
MAX_DEPTH: Final = 12
MAX_NUMBER: Final = 40

_TAG: Final = "tag:yaml.org,2002:"
_PLAIN_TAGS: Final = frozenset(_TAG + kind for kind in ("str", "int", "float", "bool", "null", "timestamp"))


class Unreadable(Exception):
    """The text is no YAML tree that we take; nothing further can be said about it."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


@dataclass(frozen=True, slots=True)
class Scalar:
    """How a scalar was written.

    Attributes:
        text: as in the file, without quotes.
        quoted: whether quotes or a block style made it a string.

    """

    text: str
    quoted: bool


@dataclass(slots=True)
class Tree:
    """Values of a record and where they stand.

    Attributes:
        value: dicts, lists, strings, numbers, booleans, None. Time stamps stay strings.
        lines: line of each value, or of its key if it has one, by path.
        scalars: how each scalar was written, by path.
        mistakes: what was refused on the way.

    """

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    scalars: dict[Path, Scalar] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Give the line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Tree:
    """Read one YAML document.

    Raises:
        Unreadable: not YAML, too large, too deep, aliases, directives or several documents.

    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            Mistake(
                1,
                "",
                f"The record is longer than {MAX_CHARACTERS} characters.",
                "Attach long texts as documents.",
            )
        )
    try:
        _refuse_tricks(text)
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = (error.problem or "it cannot be read").splitlines()[0]
        raise Unreadable(
            Mistake(
                mark.line + 1 if mark else 1,
                "",
                f"This is not YAML: {what}.",
                "Check indentation and quotes.",
            )
        ) from None
    except YAMLError as error:
        what = str(error).splitlines()[0]
        raise Unreadable(Mistake(1, "", f"This is not YAML: {what}.", "Save it as UTF-8 text.")) from None
    if root is None:
        raise Unreadable(Mistake(1, "", "The record is empty.", "Write one with: concordat record new"))
    tree = Tree()
    tree.value = _build(root, (), tree)
    return tree


def _refuse_tricks(text: str) -> None:
    """Look at the stream before building, so that aliases never expand and nesting never recurses."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
            raise Unreadable(Mistake(line, "", "Directives (%) are not allowed.", "Records are YAML 1.2."))
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise Unreadable(
                Mistake(
                    line,
                    "",
                    "Anchors (&) and aliases (*) are not allowed.",
                    "Write the value out, or quote it.",
                )
            )
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Unreadable(
                Mistake(line, "", f"More than {MAX_DEPTH} levels are nested.", "A record has four.")
            )


def _build(node: Node, path: Path, tree: Tree) -> Any:
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _build_mapping(node, path, tree)
    if isinstance(node, SequenceNode):
        return [_build(child, (*path, index), tree) for index, child in enumerate(node.value)]
    return _build_scalar(node, path, tree)


def _build_mapping(node: MappingNode, path: Path, tree: Tree) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            tree.mistakes.append(
                Mistake(line, field_name(path), "A key must be a word.", "Write key: value.")
            )
            continue
        key = str(key_node.value)
        here = (*path, key)
        if key in result:
            tree.mistakes.append(
                Mistake(
                    line,
                    field_name(here),
                    f"It is already on line {tree.lines[here]}.",
                    "Keep one of the two.",
                )
            )
            continue
        tree.lines[here] = line
        result[key] = _build(value_node, here, tree)
    return result


def _build_scalar(node: Node, path: Path, tree: Tree) -> Any:
    text, tag = str(node.value), str(node.tag)
    quoted = getattr(node, "style", None) is not None
    tree.scalars[path] = Scalar(text, quoted)
    if tag not in _PLAIN_TAGS:
        tree.mistakes.append(
            Mistake(
                tree.lines[path],
                field_name(path),
                f"The tag {tag.replace(_TAG, '!!')} is not allowed.",
                "Remove it.",
            )
        )
        return text
    if quoted:
        return text
    match tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return _integer(text)
        case "float":
            return _number(text)
        case _:
            return text


def _integer(text: str) -> int | float:
    """Value of a plain integer; only its type matters where it is not wanted."""
    if len(text) > MAX_NUMBER:
        return float("inf")
    digits = text.replace("_", "")
    try:
        return int(digits, 0)
    except ValueError:
        return int(digits)


def _number(text: str) -> float:
    try:
        return float(text.replace("_", ""))
    except ValueError:  # .inf and .nan
        return float("inf")
