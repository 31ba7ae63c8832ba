# SPDX-License-Identifier: Apache-2.0
"""The fields of a rulebook, read one by one; every mistake is a finding with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final, NamedTuple, TypeVar

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from concordat.evidence import yamltree
from concordat.evidence.laws import Certainty, Law, LawKind, Reference, Text, article
from concordat.evidence.yamltree import Reason, column_of, entries, kind, line_of

MAX_BYTES: Final = 512 * 1024
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
"""Far beyond every range that is asked for, and short enough for ``int``."""
_CERTAINTIES: Final = {certainty.value: certainty for certainty in Certainty}
_KINDS: Final = {sort.value: sort for sort in LawKind}
_LAW_ID: Final = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_REFUSED: Final = {
    Reason.TOO_LARGE: f"the file is larger than {MAX_BYTES // 1024} KiB",
    Reason.NOT_TEXT: "not YAML: {detail}",
    Reason.NOT_YAML: "not YAML: {detail}",
    Reason.EMPTY: "the file is empty",
    Reason.DIRECTIVE: "directives (%) are not used here: rulebooks are YAML 1.2",
    Reason.SECOND_DOCUMENT: "a second document begins: one file holds one",
    Reason.ANCHOR: "anchors and aliases are not used here: write it out",
    Reason.TOO_DEEP: "nested too deeply",
}

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
    """Root of the only document, or the first reason why the text is no tree without tags."""
    try:
        document = yamltree.compose(text, MAX_BYTES)
    except yamltree.Refused as why:
        return Finding(why.line, why.column, _REFUSED[why.reason].format(detail=why.detail))
    for (line, column, _), tag in document.tags.items():
        return Finding(line, column, f"tags are not used here: {tag}")
    return document.root


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
        self.findings.append(Finding(line_of(node), column_of(node), message))

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
        for entry in entries(node):
            name = entry.name or "?"
            if name not in known:
                self.report(entry.key, f"unknown key {name!r}{nearest(name, known)}")
            elif entry.first:
                self.report(entry.key, f"{name} is given twice")
            else:
                found[name] = entry.value
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
        seen = kind(node)
        if seen == "str" and node.value.strip():
            return str(node.value)
        if seen in ("int", "float", "timestamp", "bool"):
            self.report(node, f"{node.value} is read as {seen}, not as text: write it in quotes")
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
        if kind(node) != "int" or not _DECIMAL.fullmatch(node.value):
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
        if kind(node) == "bool" and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.report(node, "write true or false: YAML 1.2 has no other words for it")
        return None

    def day(self, node: Node | None) -> date | None:
        """Day such as 2022-12-01."""
        if node is None:
            return None
        if kind(node) in ("timestamp", "str") and _DAY.fullmatch(node.value):
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                pass
        self.report(node, "a day such as 2022-12-01 is expected here")
        return None

    def or_null(self, node: Node | None, read: Callable[[Node | None], T | None]) -> T | None:
        """Value that ``read`` reads, or None for null."""
        return None if node is None or kind(node) == "null" else read(node)


class SourceReader(Reader):
    """Reads what every part of a rulebook has: sentences in two languages, laws and places in them."""

    def text(self, node: Node | None, *, sentence: bool = True) -> Text | None:
        """``{en: ..., zh: ...}``, each in its own language and, if a sentence, with its full stop."""
        parts = self.mapping(node, ("en", "zh"))
        en, zh = self.string(parts.get("en")), self.string(parts.get("zh"))
        if en is None or zh is None:
            return None
        if not _CHINESE.search(zh):
            self.report(parts["zh"], "this is not Chinese")
        if _CHINESE.search(en):
            self.report(parts["en"], "this is not English")
        if sentence and not (en.endswith(".") and zh.endswith("。")):
            self.report(parts["en"], "sentences end with a full stop (. and 。)")
        return Text(en.strip(), zh.strip())

    def law(self, node: Node) -> Law | None:
        """One source of law."""
        parts = self.mapping(
            node, ("id", "kind", "title", "adopted", "in_force", "repealed", "certainty"), ("note",)
        )
        name = self.identifier(parts.get("id"), _LAW_ID, "like SPC-2021")
        sort = self.word(parts.get("kind"), _KINDS, "kind of law")
        title = self.text(parts.get("title"), sentence=False)
        adopted = self.or_null(parts.get("adopted"), self.day)
        in_force = self.or_null(parts.get("in_force"), self.day)
        repealed = self.or_null(parts.get("repealed"), self.day)
        certainty = self.certainty(parts.get("certainty"))
        note = self.text(parts["note"]) if "note" in parts else None
        if name is None or sort is None or title is None or certainty is None:
            return None
        return Law(name, sort, title, adopted, in_force, repealed, certainty, note, line_of(node))

    def identifier(self, node: Node | None, form: re.Pattern[str], like: str) -> str | None:
        """Text of a given form; ``like`` shows it."""
        name = self.string(node)
        if name is not None and node is not None and not form.fullmatch(name):
            self.report(node, f"{name!r} is no id: write it {like}")
            return None
        return name

    def reference(self, parts: Mapping[str, Node]) -> Reference | None:
        """``law`` and ``article`` of a mapping."""
        law, place = self.string(parts.get("law")), self.place(parts.get("article"))
        return Reference(law, place) if law and place else None

    def place(self, node: Node | None) -> Text | None:
        """Article in the short form that has a Chinese one, or with ``en`` and ``zh``."""
        if isinstance(node, MappingNode):
            return self.text(node, sentence=False)
        short = self.string(node)
        found = article(short) if short else None
        if short and node is not None and found is None:
            self.report(node, f"{short!r} is no short form of an article: give it as {{en: ..., zh: ...}}")
        return found

    def see(self, node: Node | None) -> tuple[Reference, ...]:
        """Further references."""
        found = (self.reference(self.mapping(entry, ("law", "article"))) for entry in self.items(node))
        return tuple(reference for reference in found if reference)

    def certainty(self, node: Node | None) -> Certainty | None:
        """How well the source is known."""
        return self.word(node, _CERTAINTIES, "certainty")
