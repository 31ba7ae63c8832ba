# SPDX-License-Identifier: Apache-2.0
"""``kinds.yaml``: what a request of each kind has to say, and how long an answer may take by default."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ruamel.yaml.nodes import MappingNode, Node

from concordat.cooperation.law import lawreader
from concordat.cooperation.law.lawreader import FIELD_ID, SOURCE, LawReader, spot
from concordat.cooperation.law.parts import Deadlines, FieldSpec, Form, KindBook, KindSpec, Matter
from concordat.cooperation.words import RequestKind
from concordat.evidence import rulefields
from concordat.evidence.rulefields import Finding
from concordat.evidence.yamltree import entries

FORMAT: Final = "cooperation-kinds/1"
MAX_HOURS: Final = ((1 << 32) - 1) // 3600
HOUR: Final = 3600

_FORMS: Final = {form.value: form for form in Form}
_MATTERS: Final = {matter.value: matter for matter in Matter}


def read(text: str) -> tuple[KindBook | None, list[Finding]]:
    """Read the file; its content (None if there are mistakes) and all mistakes."""

    def form(root: Node) -> tuple[KindBook | None, list[Finding]]:
        reader = _Kinds()
        return reader.book(root), reader.findings

    return lawreader.read(text, form)


def loads(text: str, path: str = "kinds.yaml") -> KindBook:
    """Read the file.

    Raises:
        LawFileError: with every mistake.
    """
    return lawreader.require(*read(text), path)


class _Kinds(LawReader):
    """Reads each part of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, FieldSpec] = {}
        self.groups: dict[str, tuple[str, ...]] = {}

    def book(self, root: Node) -> KindBook | None:
        parts = self.mapping(root, ("concordat", "review", "laws", "fields", "groups", "kinds"))
        self.format(parts.get("concordat"), FORMAT)
        review = self.review(parts.get("review"))
        laws = self.read_laws(parts.get("laws"))
        for field in self.each(parts.get("fields"), self.field):
            self.fields[field.id] = field
        self.groups = self.read_groups(parts.get("groups"))
        found = self.each(parts.get("kinds"), self.kind)
        kinds = {each.kind: each for each in found}
        missing = [kind.name for kind in RequestKind if kind not in kinds]
        if "kinds" in parts and missing:
            self.report(parts["kinds"], f"nothing is said of {', '.join(missing)}")
        self.check_cited()
        if review is None:
            return None
        return KindBook(
            review,
            MappingProxyType(dict(laws)),
            MappingProxyType(self.fields),
            MappingProxyType(self.groups),
            MappingProxyType(kinds),
        )

    def field(self, node: Node) -> FieldSpec | None:
        parts = self.mapping(node, ("id", "form", "label", "hint", *SOURCE))
        name = self.identifier(parts.get("id"), FIELD_ID, "in small letters, like bank_account")
        form = self.word(parts.get("form"), _FORMS, "form")
        label = self.text(parts.get("label"), sentence=False)
        hint, source = self.text(parts.get("hint")), self.source(parts)
        if name in self.fields:
            self.report(node, f"the field {name} stands already")
        if name is None or form is None or label is None or hint is None or source is None:
            return None
        found = FieldSpec(name, form, label, hint, source, spot(node))
        self.fields.setdefault(name, found)
        return found

    def read_groups(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.report(node, "groups of fields by their names are expected here")
            return {}
        found = {}
        for entry in entries(node):
            if entry.first is not None:
                self.report(entry.key, f"{entry.name} is given twice")
            found[entry.name or "?"] = self.known(entry.value)
        return found

    def known(self, node: Node | None) -> tuple[str, ...]:
        """Ids of fields that the vocabulary has."""
        found = self.ids(node)
        for name in found:
            if node is not None and name not in self.fields:
                self.report(node, f"there is no field {name}{rulefields.nearest(name, self.fields)}")
        return found

    def kind(self, node: Node) -> KindSpec | None:
        parts = self.mapping(
            node,
            ("kind", "matter", "says", *SOURCE, "group", "deadlines"),
            ("see", "required", "optional", "note"),
        )
        kind = self.word(parts.get("kind"), lawreader.KINDS, "kind")
        matter = self.word(parts.get("matter"), _MATTERS, "matter")
        says, source = self.text(parts.get("says")), self.source(parts)
        group = self.word(parts.get("group"), {name: name for name in self.groups}, "group")
        required = self.known(parts["required"]) if "required" in parts else ()
        optional = self.known(parts["optional"]) if "optional" in parts else ()
        deadlines = self.deadlines(parts.get("deadlines"))
        see, note = self.see(parts.get("see")), self.note(parts.get("note"))
        common = self.groups.get(group or "", ())
        for name in (*required, *optional):
            if (*common, *required, *optional).count(name) > 1:
                self.report(node, f"{name} is named twice")
        if (
            kind is None
            or matter is None
            or says is None
            or source is None
            or group is None
            or deadlines is None
        ):
            return None
        return KindSpec(
            kind, matter, says, source, see, group, required, optional, deadlines, note, spot(node)
        )

    def deadlines(self, node: Node | None) -> Deadlines | None:
        keys = ("acknowledge", "answer", "acknowledge_urgent", "answer_urgent")
        parts = self.mapping(node, (*keys[:2], *SOURCE), keys[2:])
        hours = [self.hours(parts, key) for key in keys]
        source = self.source(parts)
        if source is None or node is None:
            return None
        if ("acknowledge_urgent" in parts) != ("answer_urgent" in parts):
            self.report(node, "what is urgent has both hours, or neither")
        first, answer, first_urgent, urgent = hours
        if first > answer or first_urgent > urgent:
            self.report(node, "an answer is due after its acknowledgement")
        if urgent and (urgent > answer or first_urgent > first):
            self.report(node, "what is urgent takes no longer than what is not")
        return Deadlines(first * HOUR, answer * HOUR, first_urgent * HOUR, urgent * HOUR, source)

    def hours(self, parts: Mapping[str, Node], key: str) -> int:
        return self.integer(parts.get(key), 1, MAX_HOURS, "a deadline in hours") or 0
