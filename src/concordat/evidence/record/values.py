# SPDX-License-Identifier: Apache-2.0
"""The text of a record as plain values, each with its line, before anything is taken as true."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from concordat.evidence.record.mistakes import Mistake, Path, field_name
from concordat.evidence.yamltree import MAX_DEPTH, Document, Reason, Refused, compose, entries, kind, line_of

MAX_BYTES: Final = 1 << 20
"""A record of a megabyte is no record: what is long belongs into a document."""
MAX_NUMBER: Final = 40

_REFUSED: Final = {
    Reason.TOO_LARGE: ("The record is longer than 1 MiB.", "Attach long texts as documents."),
    Reason.NOT_TEXT: ("This is not YAML: {detail}.", "Save it as UTF-8 text."),
    Reason.NOT_YAML: ("This is not YAML: {detail}.", "Check indentation and quotes."),
    Reason.EMPTY: ("The record is empty.", "Write one with: concordat record new"),
    Reason.DIRECTIVE: ("Directives (%) are not allowed.", "Records are YAML 1.2."),
    Reason.SECOND_DOCUMENT: ("This is not YAML of one document: here a second begins.", "Remove ---."),
    Reason.ANCHOR: ("Anchors (&) and aliases (*) are not allowed.", "Write the value out, or quote it."),
    Reason.TOO_DEEP: (f"More than {MAX_DEPTH} levels are nested.", "A record has four."),
}


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
    try:
        document = compose(text, MAX_BYTES)
    except Refused as why:
        message, right = _REFUSED[why.reason]
        raise Unreadable(Mistake(why.line, "", message.format(detail=why.detail), right)) from None
    tree = Tree()
    tree.value = _build(document.root, (), tree, document)
    return tree


def _build(node: Node, path: Path, tree: Tree, document: Document) -> Any:
    tree.lines.setdefault(path, line_of(node))
    _refuse_tag(node, path, tree, document)
    if isinstance(node, MappingNode):
        return _build_mapping(node, path, tree, document)
    if isinstance(node, SequenceNode):
        return [_build(child, (*path, index), tree, document) for index, child in enumerate(node.value)]
    return _build_scalar(node, path, tree)


def _refuse_tag(node: Node, path: Path, tree: Tree, document: Document) -> None:
    tag = document.tag(node)
    if tag is not None:
        what = f"The tag {tag} is not allowed."
        tree.mistakes.append(Mistake(tree.lines[path], field_name(path), what, "Remove it."))


def _build_mapping(node: MappingNode, path: Path, tree: Tree, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, key, value, first in entries(node):
        line = line_of(key)
        if name is None:
            wrong = Mistake(line, field_name(path), "A key must be a word.", "Write key: value.")
            tree.mistakes.append(wrong)
            continue
        here = (*path, name)
        if first is not None:
            already = f"It is already on line {line_of(first)}."
            tree.mistakes.append(Mistake(line, field_name(here), already, "Keep one of the two."))
            continue
        tree.lines[here] = line
        _refuse_tag(key, here, tree, document)
        result[name] = _build(value, here, tree, document)
    return result


def _build_scalar(node: Node, path: Path, tree: Tree) -> Any:
    text = str(node.value)
    quoted = getattr(node, "style", None) is not None
    tree.scalars[path] = Scalar(text, quoted)
    if quoted:
        return text
    match kind(node):
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
