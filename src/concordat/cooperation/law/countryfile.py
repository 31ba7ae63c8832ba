# SPDX-License-Identifier: Apache-2.0
"""``<country>.yaml``: whom to ask there, on what, in which language, and how its law names offences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from ruamel.yaml.nodes import Node

from concordat.cooperation.law import lawreader
from concordat.cooperation.law.lawreader import (
    CONVENTION_ID,
    FIELD_ID,
    MAX_MONTHS,
    OFFENCE_ID,
    SOURCE,
    LawReader,
    spot,
)
from concordat.cooperation.law.parts import (
    Authority,
    Bond,
    Check,
    Country,
    DeathPenalty,
    Extradition,
    Matter,
    Membership,
    MinimumFields,
    Offence,
    Treaty,
    TreatyCheck,
)
from concordat.evidence import places
from concordat.evidence.rulefields import Finding

FORMAT: Final = "cooperation-country/1"

_MATTERS: Final = {matter.value: matter for matter in Matter}
_BONDS: Final = {bond.value: bond for bond in Bond}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


def read(text: str) -> tuple[Country | None, list[Finding]]:
    """Read the file; its content (None if there are mistakes) and all mistakes."""

    def form(root: Node) -> tuple[Country | None, list[Finding]]:
        reader = _Form()
        return reader.country(root), reader.findings

    return lawreader.read(text, form)


def loads(text: str, path: str = "the file") -> Country:
    """Read the file.

    Raises:
        LawFileError: with every mistake.
    """
    return lawreader.require(*read(text), path)


class _Form(LawReader):
    """Reads each part of the file."""

    def country(self, root: Node) -> Country | None:
        parts = self.mapping(
            root,
            (
                "concordat", "jurisdiction", "name", "review", "laws", "languages", "authorities",
                "conventions", "reciprocity", "death_penalty", "extradition",
            ),
            ("minimum", "treaties", "offences"),
        )  # fmt: skip
        self.format(parts.get("concordat"), FORMAT)
        jurisdiction = self.place_code(parts.get("jurisdiction"))
        name, review = self.text(parts.get("name"), sentence=False), self.review(parts.get("review"))
        laws = self.read_laws(parts.get("laws"))
        languages = self.each(
            parts.get("languages"), lambda node: self.identifier(node, _LANGUAGE, "like en, zh, ms")
        )
        authorities = self.once(parts.get("authorities"), self.each(parts.get("authorities"), self.authority))
        minimum = self.minimum(parts["minimum"]) if "minimum" in parts else None
        treaties = self.each(parts.get("treaties"), self.treaty)
        memberships = self.each(parts.get("conventions"), self.membership)
        reciprocity = self.text(parts.get("reciprocity"))
        death, extradition = (
            self.death_penalty(parts.get("death_penalty")),
            self.extradition(parts.get("extradition")),
        )
        offences = self.each(parts.get("offences"), self.offence)
        self.findings += _twice(memberships, offences)
        for treaty in treaties:
            if treaty.partner == jurisdiction:
                self.findings.append(Finding(*treaty.spot, "a treaty is with another country"))
        self.check_cited()
        if (
            jurisdiction is None
            or name is None
            or review is None
            or reciprocity is None
            or death is None
            or extradition is None
        ):
            return None
        return Country(
            jurisdiction, name, review, MappingProxyType(dict(laws)), languages, authorities, minimum,
            treaties, memberships, reciprocity, death, extradition, offences,
        )  # fmt: skip

    def place_code(self, node: Node | None) -> str | None:
        """Code of a country."""
        code = self.string(node)
        if code is None or node is None:
            return None
        try:
            number = places.numeric(code)
        except places.PlaceError as error:
            self.report(node, error.message)
            return None
        if number >= places.INTL or len(code) != 2:
            self.report(node, f"{code} is no country")
            return None
        return code

    def once(self, node: Node | None, found: tuple[Authority, ...]) -> tuple[Authority, ...]:
        """One authority for each matter."""
        matters = [each.matter for each in found]
        if node is not None and len(set(matters)) < len(matters):
            self.report(node, "two authorities are named for one matter")
        return found

    def authority(self, node: Node) -> Authority | None:
        parts = self.mapping(node, ("matter", "name", *SOURCE))
        matter = self.word(parts.get("matter"), _MATTERS, "matter")
        name, source = self.text(parts.get("name"), sentence=False), self.source(parts)
        return Authority(matter, name, source) if matter and name and source else None

    def minimum(self, node: Node) -> MinimumFields | None:
        parts = self.mapping(node, ("because", *SOURCE), ("waived", "added"))
        waived = self.ids(parts["waived"]) if "waived" in parts else ()
        added = self.ids(parts["added"]) if "added" in parts else ()
        because, source = self.text(parts.get("because")), self.source(parts)
        both = set(waived) & set(added)
        if both or not (waived or added):
            self.report(node, "a field is waived or added, not both, and at least one is")
        return MinimumFields(waived, added, because, source, spot(node)) if because and source else None

    def treaty(self, node: Node) -> Treaty | None:
        parts = self.mapping(
            node, ("with", "matter", "title", "signed", "in_force", "state", "certainty"), ("note", "checks")
        )
        partner = self.place_code(parts.get("with"))
        matter = self.word(parts.get("matter"), _MATTERS, "matter")
        title = self.text(parts.get("title"), sentence=False)
        signed, in_force = (
            self.or_null(parts.get("signed"), self.day),
            self.or_null(parts.get("in_force"), self.day),
        )
        bond = self.word(parts.get("state"), _BONDS, "state")
        certainty, note = self.certainty(parts.get("certainty")), self.note(parts.get("note"))
        checks = self.each(parts.get("checks"), self.treaty_check)
        if signed and in_force and in_force < signed:
            self.report(node, "in force before it was signed")
        if in_force and bond is not Bond.PARTY:
            self.report(node, "what is in force has the state PARTY")
        if partner is None or matter is None or title is None or bond is None or certainty is None:
            return None
        return Treaty(partner, matter, title, signed, in_force, bond, certainty, note, checks, spot(node))

    def treaty_check(self, node: Node) -> TreatyCheck | None:
        parts = self.mapping(node, ("id", "says", "article", "certainty"))
        name = self.identifier(parts.get("id"), FIELD_ID, "in small letters, like warrant")
        says, place = self.text(parts.get("says")), self.place(parts.get("article"))
        certainty = self.certainty(parts.get("certainty"))
        return TreatyCheck(name, says, place, certainty) if name and says and place and certainty else None

    def membership(self, node: Node) -> Membership | None:
        parts = self.mapping(node, ("id", "state", "certainty"))
        name = self.identifier(parts.get("id"), CONVENTION_ID, "in capitals, like UNTOC")
        bond = self.word(parts.get("state"), _BONDS, "state")
        certainty = self.certainty(parts.get("certainty"))
        return Membership(name, bond, certainty, spot(node)) if name and bond and certainty else None

    def death_penalty(self, node: Node | None) -> DeathPenalty | None:
        parts = self.mapping(node, ("in_law", "for_mapped", "says", *SOURCE))
        in_law, mapped = self.boolean(parts.get("in_law")), self.boolean(parts.get("for_mapped"))
        says, source = self.text(parts.get("says")), self.source(parts)
        if node is not None and mapped and in_law is False:
            self.report(node, "a penalty that is not in the law threatens no offence")
        if in_law is None or mapped is None or says is None or source is None:
            return None
        return DeathPenalty(in_law, mapped, says, source)

    def extradition(self, node: Node | None) -> Extradition | None:
        parts = self.mapping(node, ("least_months", "provisional_days", "nationals", "checks", *SOURCE))
        months = self.integer(parts.get("least_months"), 0, MAX_MONTHS, "the number of months")
        days = self.integer(parts.get("provisional_days"), 0, 366, "the number of days (0: not known)")
        nationals, source = self.text(parts.get("nationals")), self.source(parts)
        checks = self.each(parts.get("checks"), self.checked)
        ids = [each.id for each in checks]
        if node is not None and len(set(ids)) < len(ids):
            self.report(node, "a check is named twice")
        if months is None or days is None or nationals is None or source is None or not checks:
            return None
        return Extradition(months, days, nationals, checks, source)

    def checked(self, node: Node) -> Check | None:
        parts = self.mapping(node, ("id", "says", *SOURCE))
        name = self.identifier(parts.get("id"), FIELD_ID, "in small letters, like warrant")
        says, source = self.text(parts.get("says")), self.source(parts)
        return Check(name, says, source) if name and says and source else None

    def offence(self, node: Node) -> Offence | None:
        parts = self.mapping(node, ("offence", "title", "most_months", "penalty", *SOURCE))
        name = self.identifier(parts.get("offence"), OFFENCE_ID, "in capitals, like TELECOM_FRAUD")
        title = self.text(parts.get("title"), sentence=False)
        months = self.integer(parts.get("most_months"), 0, MAX_MONTHS, "months of prison (0: for life)")
        penalty, source = self.text(parts.get("penalty")), self.source(parts)
        if name is None or title is None or months is None or penalty is None or source is None:
            return None
        return Offence(name, title, months, penalty, source, spot(node))


def _twice(memberships: tuple[Membership, ...], offences: tuple[Offence, ...]) -> Iterator[Finding]:
    """Entries of one name that stand twice."""
    named: Mapping[str, list[tuple[str, tuple[int, int]]]] = {
        "convention": [(each.convention, each.spot) for each in memberships],
        "offence": [(each.offence, each.spot) for each in offences],
    }
    for what, entries in named.items():
        seen: set[str] = set()
        for name, place in entries:
            if name in seen:
                yield Finding(*place, f"the {what} {name} stands already")
            seen.add(name)
