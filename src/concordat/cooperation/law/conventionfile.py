# SPDX-License-Identifier: Apache-2.0
"""``conventions.yaml``: conventions and memoranda on which requests can stand, with what each carries."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ruamel.yaml.nodes import MappingNode, Node

from concordat.cooperation.law import lawreader
from concordat.cooperation.law.lawreader import CONVENTION_ID, KINDS, LawReader, spot
from concordat.cooperation.law.parts import Convention
from concordat.cooperation.words import DIRECT_KINDS, LegalBasis, RequestKind
from concordat.evidence.laws import Text
from concordat.evidence.rulefields import Finding
from concordat.evidence.yamltree import entries

FORMAT: Final = "cooperation-conventions/1"

_BASES: Final = {str(basis.name): basis for basis in LegalBasis}


def read(text: str) -> tuple[Mapping[str, Convention] | None, list[Finding]]:
    """Read the file: conventions by id (None if there are mistakes), and all mistakes."""

    def form(root: Node) -> tuple[Mapping[str, Convention] | None, list[Finding]]:
        reader = _Conventions()
        return reader.book(root), reader.findings

    return lawreader.read(text, form)


def loads(text: str, path: str = "conventions.yaml") -> Mapping[str, Convention]:
    """Read the file.

    Raises:
        LawFileError: with every mistake.
    """
    return lawreader.require(*read(text), path)


class _Conventions(LawReader):
    """Reads each part of the file."""

    def book(self, root: Node) -> Mapping[str, Convention]:
        parts = self.mapping(root, ("concordat", "review", "conventions"))
        self.format(parts.get("concordat"), FORMAT)
        self.review(parts.get("review"))
        found: dict[str, Convention] = {}
        for each in self.each(parts.get("conventions"), self.convention):
            if each.id in found:
                self.findings.append(Finding(*each.spot, f"{each.id} stands already"))
            found[each.id] = each
        return MappingProxyType(found)

    def convention(self, node: Node) -> Convention | None:
        parts = self.mapping(
            node, ("id", "basis", "title", "text", "adopted", "in_force", "kinds", "certainty"), ("note",)
        )
        name = self.identifier(
            parts.get("id"), CONVENTION_ID, "in capitals, like UNTOC, at most 31 characters"
        )
        basis = self.word(parts.get("basis"), _BASES, "basis")
        title = self.text(parts.get("title"), sentence=False)
        text, adopted = self.string(parts.get("text")), self.day(parts.get("adopted"))
        in_force = self.or_null(parts.get("in_force"), self.day)
        kinds = self.carried(parts.get("kinds"))
        certainty, note = self.certainty(parts.get("certainty")), self.note(parts.get("note"))
        if in_force and adopted and in_force < adopted:
            self.report(node, "in force before it was adopted")
        if basis is LegalBasis.POLICE and not set(kinds) <= DIRECT_KINDS:
            self.report(node, "what stands on police cooperation carries nothing but direct kinds")
        if (
            name is None
            or basis is None
            or title is None
            or text is None
            or adopted is None
            or certainty is None
        ):
            return None
        return Convention(name, basis, title, text, adopted, in_force, kinds, certainty, note, spot(node))

    def carried(self, node: Node | None) -> Mapping[RequestKind, Text]:
        """Article by kind."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.report(node, "kinds with their articles are expected here")
            return {}
        found = {}
        for entry in entries(node):
            kind = self.word(entry.key, KINDS, "kind")
            place = self.place(entry.value)
            if entry.first is not None:
                self.report(entry.key, f"{entry.name} is given twice")
            if kind is not None and place is not None:
                found[kind] = place
        return MappingProxyType(found)
