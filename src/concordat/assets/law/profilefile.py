# SPDX-License-Identifier: Apache-2.0
"""The section ``freeze:`` of a rulebook: how long, by whom and with whose consent assets may be held.

``docs/standards.md`` describes the format. What profiles mean together is judged by ``profilelint``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode

from concordat.assets.law.profileparts import (
    DEADLINES,
    FIRST_POWER,
    ROLES,
    UNLIMITED,
    Deadlines,
    Endorser,
    FreezeSection,
    Limit,
    Note,
    OwnHold,
    Profile,
    Source,
)
from concordat.assets.values.periods import SAME_TIME, Rule
from concordat.assets.words import AssetClass, Measure, PeriodUnit
from concordat.errors import UsageError
from concordat.evidence import places
from concordat.evidence.laws import Text
from concordat.evidence.rulefields import Finding, SourceReader
from concordat.evidence.yamltree import column_of, line_of
from concordat.membership import numbers
from concordat.membership.agencies import Competence
from concordat.membership.powers import Power

MAX_HOURS: Final = ((1 << 24) - 1) // 3600
MAX_COUNT: Final = 9999

_MEASURES: Final = {measure.name: measure for measure in Measure}
_CLASSES: Final = {each.name: each for each in AssetClass}
_UNITS: Final = {unit.name.lower(): unit for unit in PeriodUnit}
_POWERS: Final = {str(power.name): power for power in Power if power >= 1 << FIRST_POWER}
_COMPETENCES: Final = {competence.name: competence for competence in Competence}
_SOURCE: Final = ("law", "article", "certainty")
_OPTIONAL: Final = ("return_before_judgment", "own_hold", "deadlines", "endorser")
_PROFILE_ID: Final = re.compile(r"[A-Z]{2}F[0-9]{1,2}")
_AGENCY: Final = re.compile(r"([A-Z]{2})-([1-9][0-9]{0,4})")


def read(node: Node, jurisdiction: str) -> tuple[FreezeSection | None, list[Finding]]:
    """Read a section.

    Args:
        node: the value of ``freeze``.
        jurisdiction: code of the file's own, whose agencies may endorse.

    Returns:
        The content (None if something without which there is none is wrong) and all mistakes of form in it.

    """
    form = _Form(jurisdiction)
    section = form.section(node)
    return section, sorted(form.findings)


class _Form(SourceReader):
    """Reads each part of the section."""

    def __init__(self, jurisdiction: str) -> None:
        super().__init__()
        self.jurisdiction = jurisdiction
        self.counting: Rule | None = None
        self.endorser: Endorser | None = None

    def section(self, node: Node) -> FreezeSection | None:
        parts = self.mapping(node, ("from", "counting", "endorser", "deadlines", "profiles"), ("also",))
        self.counting = self.counts(parts.get("counting"))
        self.endorser = self.endorsing(parts.get("endorser"))
        day = self.day(parts.get("from"))
        groups = [group for each in self.items(parts.get("deadlines")) if (group := self.hours(each))]
        notes = [note for each in self.items(parts.get("also")) if (note := self.note(each))]
        profiles = [found for each in self.items(parts.get("profiles")) if (found := self.profile(each))]
        if day is None or self.counting is None:
            return None
        start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.counting.zone))
        seconds = int(start.timestamp())
        if seconds <= 0:
            self.report(parts["from"], f"{day} cannot be written as seconds since 1970")
            return None
        return FreezeSection(day, seconds, tuple(groups), tuple(profiles), tuple(notes))

    def counts(self, node: Node | None) -> Rule | None:
        """How this country counts, as a rule of one working day, from which all periods are made."""
        parts = self.mapping(
            node, ("zone", "holidays", "first_day_counts", "ends_at", "moves_on"), ("free_days", "work_days")
        )
        zone, ends_at = self.string(parts.get("zone")), self.string(parts.get("ends_at"))
        holidays = self.or_null(parts.get("holidays"), self.string)
        first, moves = self.boolean(parts.get("first_day_counts")), self.boolean(parts.get("moves_on"))
        if node is None or zone is None or ends_at is None or first is None or moves is None:
            return None
        free, worked = self.days(parts.get("free_days")), self.days(parts.get("work_days"))
        try:
            return Rule(PeriodUnit.WORKING_DAYS, 1, first, zone, ends_at, holidays or "", free, worked, moves)
        except UsageError as error:
            self.report(node, _lower(error.message))
            return None

    def days(self, node: Node | None) -> frozenset[date]:
        return frozenset(day for each in self.items(node) if (day := self.day(each)))

    def period(self, node: Node | None) -> Rule | None:
        """``{count, unit}``, counted as the section says, or as it says itself."""
        parts = self.mapping(node, ("count", "unit"), ("first_day_counts", "ends_at", "moves_on"))
        return self.rule(node, parts)

    def rule(self, node: Node | None, parts: Mapping[str, Node]) -> Rule | None:
        count = self.integer(parts.get("count"), 1, MAX_COUNT, "the count")
        unit = self.word(parts.get("unit"), _UNITS, "unit")
        base = self.counting
        if node is None or count is None or unit is None or base is None:
            return None
        own = unit is PeriodUnit.HOURS
        first = self.boolean(parts.get("first_day_counts"))
        moves = self.boolean(parts.get("moves_on"))
        ends_at = self.string(parts.get("ends_at")) or (SAME_TIME if own else base.ends_at)
        try:
            return replace(
                base,
                unit=unit,
                count=count,
                first_day_counts=(not own and base.first_day_counts) if first is None else first,
                ends_at=ends_at,
                moves_on=(not own and base.moves_on) if moves is None else moves,
            )
        except UsageError as error:
            self.report(node, _lower(error.message))
            return None

    def sum(self, node: Node | None) -> tuple[Rule, ...]:
        """One period, or a list of periods that are added up."""
        if node is None:
            return ()
        nodes = self.items(node) if isinstance(node, SequenceNode) else [node]
        return tuple(rule for each in nodes if (rule := self.period(each)))

    def endorsing(self, node: Node | None) -> Endorser | None:
        """``none``, ``{competence: ...}`` or ``{agency: MY-2}``."""
        if node is None:
            return None
        if isinstance(node, ScalarNode):
            return self.word(node, {"none": Endorser()}, "endorser (none, {competence: ...}, {agency: ...})")
        parts = self.mapping(node, (), ("competence", "agency"))
        if len(parts) != 1:
            self.report(node, "an endorser is named by its competence or as an agency, one of the two")
        elif "competence" in parts:
            name = self.word(parts["competence"], {each: each for each in _COMPETENCES}, "competence")
            return None if name is None else Endorser(competence=name)
        else:
            return self.agency(parts["agency"])
        return None

    def agency(self, node: Node) -> Endorser | None:
        label = self.identifier(node, _AGENCY, "like MY-2")
        match = _AGENCY.fullmatch(label or "")
        if match is None:
            return None
        if match[1] != self.jurisdiction or int(match[2]) > 0xFFFF:
            self.report(node, f"the endorser is an agency of {self.jurisdiction} itself")
            return None
        return Endorser(agency=numbers.number_of(places.numeric(match[1]), int(match[2])))

    def source(self, parts: Mapping[str, Node]) -> Source | None:
        reference, certainty = self.reference(parts), self.certainty(parts.get("certainty"))
        return Source(reference, certainty) if reference and certainty else None

    def hours(self, node: Node) -> Deadlines | None:
        parts = self.mapping(node, _SOURCE, ("measures", *DEADLINES))
        measures = [
            found
            for each in self.items(parts.get("measures"))
            if (found := self.word(each, _MEASURES, "measure"))
        ]
        what = "a deadline in hours"
        hours = {
            act: count
            for act in DEADLINES
            if (count := self.integer(parts.get(act), 1, MAX_HOURS, what)) is not None
        }
        source = self.source(parts)
        if not any(act in parts for act in DEADLINES):
            self.report(node, f"none of {', '.join(DEADLINES)} is said")
        return Deadlines(hours, frozenset(measures), source, _spot(node)) if source else None

    def note(self, node: Node) -> Note | None:
        parts = self.mapping(node, (*_SOURCE, "says"))
        source, says = self.source(parts), self.text(parts.get("says"))
        return Note(source, says, _spot(node)) if source and says else None

    def profile(self, node: Node) -> Profile | None:
        parts = self.mapping(
            node,
            ("id", "measure", "classes", *_SOURCE, "says", "period", "renewals", *ROLES, "ranks"),
            ("see", "longest", "renewal", "total", "stops", *_OPTIONAL),
        )
        name = self.identifier(parts.get("id"), _PROFILE_ID, "like CNF1")
        measure = self.word(parts.get("measure"), _MEASURES, "measure")
        classes = self.classes(parts.get("classes"))
        source, says = self.source(parts), self.text(parts.get("says"))
        renewals = self.renewals(parts.get("renewals"))
        roles = [self.powers(parts.get(role)) for role in ROLES]
        endorser = self.endorsing(parts["endorser"]) if "endorser" in parts else self.endorser
        rest = (
            self.see(parts.get("see")),
            self.or_null(parts.get("period"), self.period),
            self.period(parts.get("renewal")),
            self.limit(parts.get("longest")),
            self.sum(parts.get("total")),
            self.integer(parts.get("stops"), 1, 255, "the number of stop-payments") or 0,
            self.ranks(parts.get("ranks")),
            self.source(self.mapping(parts.get("return_before_judgment"), _SOURCE)),
            self.own_hold(parts.get("own_hold")),
            self.hours(parts["deadlines"]) if "deadlines" in parts else None,
        )
        if (
            name is None
            or measure is None
            or not classes
            or source is None
            or says is None
            or renewals is None
            or endorser is None
        ):
            return None
        see, period, renewal, longest, total, stops, ranks, returns, own, deadlines = rest
        spots = {"": _spot(node)} | {key: _spot(value) for key, value in parts.items()}
        return Profile(
            name, measure, classes, source, see, says, period, renewal, longest, renewals, total, stops,
            roles[0], roles[1], roles[2], roles[3], ranks, returns, own, deadlines, endorser, spots,
        )  # fmt: skip

    def classes(self, node: Node | None) -> tuple[AssetClass, ...]:
        found: list[AssetClass] = []
        for entry in self.items(node):
            each = self.word(entry, _CLASSES, "asset class")
            if each in found:
                self.report(entry, f"{entry.value} is named twice")
            elif each is not None:
                found.append(each)
        return tuple(found)

    def renewals(self, node: Node | None) -> int | None:
        if isinstance(node, ScalarNode) and node.value == "unlimited":
            return UNLIMITED
        return self.integer(node, 0, UNLIMITED - 1, "the number of renewals (or unlimited)")

    def powers(self, node: Node | None) -> Power:
        found = Power(0)
        for entry in self.items(node):
            power = self.word(entry, _POWERS, "power")
            if power is not None and power & found:
                self.report(entry, f"{entry.value} is named twice")
            found |= power or Power(0)
        return found

    def ranks(self, node: Node | None) -> dict[Power, Text]:
        parts = self.mapping(node, (), _POWERS)
        found = {_POWERS[key]: self.text(value, sentence=False) for key, value in parts.items()}
        return {power: text for power, text in found.items() if text}

    def limit(self, node: Node | None) -> Limit | None:
        parts = self.mapping(node, ("count", "unit", *_SOURCE))
        rule, source = self.rule(node, parts), self.source(parts)
        return Limit(rule, source) if rule and source else None

    def own_hold(self, node: Node | None) -> OwnHold | None:
        parts = self.mapping(node, ("period", *_SOURCE, "says"), ("total",))
        period, total = self.period(parts.get("period")), self.sum(parts.get("total"))
        source, says = self.source(parts), self.text(parts.get("says"))
        return OwnHold(period, total, source, says) if period and source and says else None


def _spot(node: Node) -> tuple[int, int]:
    return line_of(node), column_of(node)


def _lower(message: str) -> str:
    """A sentence of another module as a finding: those begin small and end without a full stop."""
    return message[:1].lower() + message[1:].rstrip(".")
