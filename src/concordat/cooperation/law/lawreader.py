# SPDX-License-Identifier: Apache-2.0
"""Reads what the three sorts of files have in common; every mistake is a finding with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from ruamel.yaml.nodes import Node

from concordat.cooperation.law.parts import Source, Spot
from concordat.cooperation.words import RequestKind
from concordat.errors import UsageError
from concordat.evidence import rulefields
from concordat.evidence.laws import Certainty, Law, LawKind, Text
from concordat.evidence.rulefields import Finding, SourceReader
from concordat.evidence.rules import Review
from concordat.evidence.yamltree import column_of, line_of

SOURCE: Final = ("law", "article", "certainty")
KINDS: Final = {str(kind.name): kind for kind in RequestKind}
MAX_MONTHS: Final = 1_200
FIELD_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
OFFENCE_ID: Final = re.compile(r"[A-Z][A-Z0-9_]{0,31}")
CONVENTION_ID: Final = re.compile(r"[A-Z][A-Z0-9-]{0,30}")

T = TypeVar("T")


class LawFileError(UsageError):
    """A file of the law of cooperation that cannot be used.

    Attributes:
        findings: every mistake with line and column.
    """

    default_code = "cooperation.law"

    def __init__(self, path: str, findings: tuple[Finding, ...]) -> None:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(
            f"{findings[0].at(path)}{more}.", kept="Nothing was read from it.", next="Correct the file."
        )
        self.findings = findings


class LawReader(SourceReader):
    """What every file has: format, review, laws, and sources that cite them."""

    def __init__(self) -> None:
        super().__init__()
        self.laws: dict[str, Law] = {}
        self._cited: list[tuple[Node, str]] = []

    def each(self, node: Node | None, read: Callable[[Node], T | None]) -> tuple[T, ...]:
        """Every entry of a list that can be read."""
        return tuple(found for item in self.items(node) if (found := read(item)) is not None)

    def format(self, node: Node | None, expected: str) -> None:
        """The file is of the format that is expected."""
        found = self.string(node)
        if node is not None and found is not None and found != expected:
            self.report(node, f"this is no file of the format {expected}")

    def review(self, node: Node | None) -> Review | None:
        """Whether a lawyer has read it."""
        parts = self.mapping(node, ("status", "by", "date"))
        status = self.word(parts.get("status"), {each: each for each in ("drafted", "reviewed")}, "status")
        by = self.or_null(parts.get("by"), self.string)
        day = self.or_null(parts.get("date"), self.day)
        if node is None or status is None:
            return None
        if (status == "reviewed") != (by is not None and day is not None):
            self.report(node, "what is reviewed says by whom and when; what is drafted does not")
        return Review(status, by, day)

    def read_laws(self, node: Node | None) -> Mapping[str, Law]:
        """The laws of the file by id."""
        for item in self.items(node):
            law = self.law(item)
            if law is None:
                continue
            if law.id in self.laws:
                self.report(item, f"the id {law.id} is given to more than one law")
            if law.kind is not LawKind.CHOICE and law.adopted is None and law.certainty is Certainty.READ:
                self.report(item, f"{law.id}: who has read it knows the day of its adoption")
            if law.in_force and law.adopted and law.in_force < law.adopted:
                self.report(item, f"{law.id}: in force before it was adopted")
            self.laws[law.id] = law
        return self.laws

    def source(self, parts: Mapping[str, Node]) -> Source | None:
        """``law``, ``article`` and ``certainty`` of a mapping."""
        reference, certainty = self.reference(parts), self.certainty(parts.get("certainty"))
        if reference and "law" in parts:
            self._cited.append((parts["law"], reference.law))
        return Source(reference, certainty) if reference and certainty else None

    def check_cited(self) -> None:
        """Every law that is cited is among the file's."""
        for node, law in self._cited:
            if law not in self.laws:
                known = rulefields.nearest(law, self.laws)
                self.report(node, f"cites {law}, which is not among the laws of this file{known}")

    def kinds(self, node: Node | None) -> Iterator[tuple[Node, RequestKind]]:
        """Kinds of a list, each once."""
        seen: set[RequestKind] = set()
        for item in self.items(node):
            kind = self.word(item, KINDS, "kind")
            if kind in seen:
                self.report(item, f"{item.value} is named twice")
            elif kind is not None:
                seen.add(kind)
                yield item, kind

    def ids(self, node: Node | None) -> tuple[str, ...]:
        """Ids of fields, each once."""
        found: list[str] = []
        for item in self.items(node):
            name = self.identifier(item, FIELD_ID, "in small letters, like bank_account")
            if name in found:
                self.report(item, f"{name} is named twice")
            elif name is not None:
                found.append(name)
        return tuple(found)

    def note(self, node: Node | None) -> Text | None:
        """A sentence that may be left out."""
        return None if node is None else self.text(node)


def spot(node: Node) -> Spot:
    """Line and column of a node."""
    return line_of(node), column_of(node)


def read(text: str, form: Callable[[Node], tuple[T | None, list[Finding]]]) -> tuple[T | None, list[Finding]]:
    """Read a file with the reader of its sort; its content, and all mistakes in the order of their places."""
    root = rulefields.compose(text)
    if isinstance(root, Finding):
        return None, [root]
    content, findings = form(root)
    return (None if findings else content), sorted(dict.fromkeys(findings))


def require(content: T | None, findings: list[Finding], path: str) -> T:
    """The content.

    Raises:
        LawFileError: there are mistakes.
    """
    if findings or content is None:
        raise LawFileError(path, tuple(findings) or (Finding(1, 1, "nothing can be read"),))
    return content
