# SPDX-License-Identifier: Apache-2.0
"""Statutory clocks: what the code of a case's deadline means, how long it runs, and where that is written.

The file ``standards/cooperation/deadlines.yaml`` holds them; the chain has code and date alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ruamel.yaml.nodes import Node

from concordat.assets.values import periods
from concordat.assets.values.periods import PeriodError, Rule
from concordat.assets.words import PeriodUnit
from concordat.cooperation.law import lawreader
from concordat.cooperation.law.lawreader import SOURCE, LawReader
from concordat.cooperation.law.parts import Source
from concordat.errors import UsageError
from concordat.evidence import places
from concordat.evidence.laws import Law, Text
from concordat.evidence.places import PlaceError
from concordat.evidence.rulefields import Finding
from concordat.evidence.rules import Review

FORMAT: Final = "cooperation-deadlines/1"
FILE: Final = "deadlines.yaml"
MOST_CODE: Final = (1 << 16) - 1
_NAME: Final = re.compile(r"[A-Z][A-Z0-9_]{1,40}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_UNITS: Final = {each.value: each for each in PeriodUnit}


@dataclass(frozen=True)
class LegalClock:
    """A clock that the law sets.

    Attributes:
        jurisdiction: alpha-2.
        code: on the chain.
        starts: what it runs from.
        rule: how it is counted.
        source: where it is written, and how well that is known.
    """

    jurisdiction: str
    code: int
    name: str
    label: Text
    starts: Text
    rule: Rule
    source: Source
    note: Text | None = None

    def due(self, start: int) -> int:
        """When it is over, if what starts it happened then (seconds since 1970 UTC).

        Raises:
            UsageError: the time is out of bounds, or the calendar is not known.
        """
        return periods.end_of(start, self.rule)


@dataclass(frozen=True)
class ClockBook:
    """The file."""

    review: Review
    laws: Mapping[str, Law]
    clocks: tuple[LegalClock, ...]


def of(jurisdiction: str) -> tuple[LegalClock, ...]:
    """The clocks of a jurisdiction (alpha-2), by code."""
    return tuple(each for each in book().clocks if each.jurisdiction == jurisdiction)


def find(jurisdiction: str, code: int) -> LegalClock | None:
    """A clock by its code; None where the list does not have it."""
    return next((each for each in of(jurisdiction) if each.code == code), None)


def named(jurisdiction: int, text: str) -> LegalClock:
    """A clock of a jurisdiction (ISO 3166-1 numeric) by its name or code.

    Raises:
        UsageError: the list does not have it.
    """
    country = places.alpha(jurisdiction)
    for each in of(country):
        if text.upper() == each.name or text == str(each.code):
            return each
    known = ", ".join(each.name for each in of(country)) or "none"
    raise UsageError(
        f"No statutory clock of {country} is called '{text[:70]}'.",
        code="case.clock",
        kept="Nothing was sent.",
        next=f"Those that are known: {known}. See: concordat case deadline codes",
    )


@cache
def book() -> ClockBook:
    """The file of the package."""
    text = (files("concordat") / "data" / "standards" / "cooperation" / FILE).read_bytes().decode("utf-8")
    return loads(text)


def loads(text: str, path: str = FILE) -> ClockBook:
    """Read the file.

    Raises:
        LawFileError: with every mistake.
    """

    return lawreader.require(*read(text), path)


def read(text: str) -> tuple[ClockBook | None, list[Finding]]:
    """Read the file; its content (None if there are mistakes) and all mistakes."""

    def form(root: Node) -> tuple[ClockBook | None, list[Finding]]:
        reader = _Clocks()
        return reader.book(root), reader.findings

    return lawreader.read(text, form)


class _Clocks(LawReader):
    """Reads each part of the file."""

    def book(self, root: Node) -> ClockBook | None:
        parts = self.mapping(root, ("concordat", "review", "laws", "clocks"))
        self.format(parts.get("concordat"), FORMAT)
        review = self.review(parts.get("review"))
        laws = self.read_laws(parts.get("laws"))
        clocks: dict[tuple[str, int | str], LegalClock] = {}
        for node in self.items(parts.get("clocks")):
            found = self.clock(node)
            if found is None:
                continue
            for key in ((found.jurisdiction, found.code), (found.jurisdiction, found.name)):
                if key in clocks:
                    self.report(node, f"{found.jurisdiction} has {key[1]} twice")
                clocks[key] = found
        self.check_cited()
        return ClockBook(review, laws, tuple(dict.fromkeys(clocks.values()))) if review else None

    def clock(self, node: Node) -> LegalClock | None:
        parts = self.mapping(
            node, ("jurisdiction", "code", "name", "label", "from", "period", *SOURCE), ("note",)
        )
        country = self.country(parts.get("jurisdiction"))
        code = self.integer(parts.get("code"), 1, MOST_CODE, "code")
        name = self.identifier(parts.get("name"), _NAME, "like FIRST_INTERROGATION")
        label = self.text(parts.get("label"), sentence=False)
        starts = self.text(parts.get("from"), sentence=False)
        rule = self.period(parts.get("period"))
        source, note = self.source(parts), self.note(parts.get("note"))
        if country and code and name and label and starts and rule and source:
            return LegalClock(country, code, name, label, starts, rule, source, note)
        return None

    def country(self, node: Node | None) -> str | None:
        found = self.identifier(node, _COUNTRY, "as two capital letters, like MY")
        try:
            return found if found is None else places.alpha(places.numeric(found))
        except PlaceError as error:
            assert node is not None  # noqa: S101 - something was read from it
            self.report(node, error.message.rstrip("."))
            return None

    def period(self, node: Node | None) -> Rule | None:
        parts = self.mapping(node, ("unit", "count", "ends_at", "zone"), ("first_day_counts",))
        unit = self.word(parts.get("unit"), _UNITS, "unit")
        count = self.integer(parts.get("count"), 1, 8760, "count")
        ends, zone = self.string(parts.get("ends_at")), self.string(parts.get("zone"))
        first = bool(self.boolean(parts.get("first_day_counts")))
        if node is None or not (unit and count and ends and zone):
            return None
        try:
            return Rule(unit, count, first, zone, ends)
        except PeriodError as error:
            self.report(node, error.message.rstrip("."))
            return None
