# SPDX-License-Identifier: Apache-2.0
"""The YAML form of a rulebook: text to laws, versions and rules, with a finding for every mistake of form.

``docs/standards.md`` describes the format. What rules mean together is judged by ``lint``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from concordat.evidence import places
from concordat.evidence.facts import WEAK_ALGORITHMS, Algorithm
from concordat.evidence.laws import Law, Text
from concordat.evidence.methods import Method
from concordat.evidence.rulefields import Finding, SourceReader, compose
from concordat.evidence.rules import METHODS, PRECHECKS, Carrier, Review, Rule, Version
from concordat.evidence.steps import Step
from concordat.evidence.words import CLAUSE_STEPS, HOUR, Origin, Severity
from concordat.evidence.yamltree import line_of

FORMAT: Final = "standards/1"
MAX_DELAY_HOURS: Final = (1 << 12) - 1
MAX_OFFICERS: Final = (1 << 3) - 1

_ORIGINS: Final = {origin.name.lower(): origin for origin in Origin}
_SEVERITIES: Final = {severity.name.lower(): severity for severity in Severity if severity}
_STEPS: Final = {step.name: step for step in Step}
_RULE_METHODS: Final = {method.name: method for method in Method if method in METHODS}
_ALGORITHMS: Final = {algorithm.label: algorithm for algorithm in Algorithm}
_RULE_ID: Final = re.compile(r"[A-Z]{1,4}[0-9]{1,3}[a-z]?")
_ZONE: Final = re.compile(r"([+-])(0\d|1[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What a file says, as far as its form is right.

    Attributes:
        versions: empty in a file that holds freeze profiles only.
        freeze: its freeze profiles as they are written, for ``assets.profilefile`` to read; None without any.

    """

    jurisdiction: str
    name: Text
    zone: timezone
    review: Review
    laws: tuple[Law, ...]
    versions: tuple[Version, ...]
    rules: tuple[Rule, ...]
    freeze: Node | None = None


def parse(text: str) -> tuple[RuleFile | None, list[Finding]]:
    """Read a rulebook's text.

    Returns:
        The content (None if a part without which there is none is wrong) and all mistakes of form in it.

    """
    root = compose(text)
    if isinstance(root, Finding):
        return None, [root]
    form = _Form()
    content = form.file(root)
    return content, sorted(form.findings)


def first_hour(day: date, zone: timezone) -> int:
    """Hours since 1970 UTC of the first full hour of a local day: never before the day has begun there."""
    seconds = int(datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).timestamp())
    return -(-seconds // HOUR)


class _Form(SourceReader):
    """Reads each part of a rulebook."""

    def __init__(self) -> None:
        super().__init__()
        self.zone = timezone(timedelta(0))

    def file(self, root: Node) -> RuleFile | None:
        parts = self.mapping(
            root,
            ("concordat", "jurisdiction", "name", "zone", "review", "laws"),
            ("standards", "rules", "freeze"),
        )
        self.standards_given(root, parts)
        self.word(parts.get("concordat"), {FORMAT: FORMAT}, "format")
        jurisdiction = self.jurisdiction(parts.get("jurisdiction"))
        self.zone = self.offset(parts.get("zone"))
        name = self.text(parts.get("name"), sentence=False)
        review = self.review(parts.get("review"))
        laws = [law for node in self.items(parts.get("laws")) if (law := self.law(node))]
        versions = [version for node in self.items(parts.get("standards")) if (version := self.version(node))]
        rules = [rule for node in self.items(parts.get("rules")) if (rule := self.rule(node))]
        if jurisdiction is None or name is None or review is None:
            return None
        return RuleFile(
            jurisdiction,
            name,
            self.zone,
            review,
            tuple(laws),
            tuple(versions),
            tuple(rules),
            parts.get("freeze"),
        )

    def standards_given(self, root: Node, parts: Mapping[str, Node]) -> None:
        """Only a file with freeze profiles does without standards; no file has half of them."""
        together = ("rules", "standards")
        if "freeze" in parts and not any(key in parts for key in together):
            return
        for key in together:
            if isinstance(root, MappingNode) and key not in parts:
                self.report(root, f"{key} is missing")

    def jurisdiction(self, node: Node | None) -> str | None:
        code = self.string(node)
        if code is None or node is None:
            return None
        try:
            places.numeric(code)
        except places.PlaceError as error:
            self.report(node, str(error))
            return None
        if code in ("UNKNOWN", "XX"):
            self.report(node, "a standard belongs to a known jurisdiction")
            return None
        return code

    def offset(self, node: Node | None) -> timezone:
        value = self.string(node)
        match = _ZONE.fullmatch(value) if value else None
        if match:
            sign = -1 if match[1] == "-" else 1
            return timezone(sign * timedelta(hours=int(match[2]), minutes=int(match[3])))
        if value is not None and node is not None:
            self.report(node, 'the offset from UTC is written like "+08:00"')
        return timezone(timedelta(0))

    def review(self, node: Node | None) -> Review | None:
        parts = self.mapping(node, ("status", "by", "date"))
        status = self.word(
            parts.get("status"), {word: word for word in ("drafted", "reviewed")}, "review status"
        )
        by, day = self.or_null(parts.get("by"), self.string), self.or_null(parts.get("date"), self.day)
        if status is None or node is None:
            return None
        if status == "drafted" and (by or day):
            self.report(node, "a reviewer or a date is named, but the status is drafted")
        if status == "reviewed" and not (by and day):
            self.report(node, "reviewed needs by and date: a person vouches for it")
        return Review(status, by, day)

    def version(self, node: Node) -> Version | None:
        parts = self.mapping(node, ("origin", "methods", "from"))
        origin = self.word(parts.get("origin"), _ORIGINS, "origin")
        methods = self.methods(parts.get("methods"), every=frozenset(Method))
        day = self.day(parts.get("from"))
        if origin is None or methods is None or day is None:
            return None
        hour = first_hour(day, self.zone)
        if not 0 < hour < 1 << 20:
            self.report(parts["from"], f"{day} cannot be written as an hour since 1970")
            return None
        return Version(origin, methods, day, hour, line_of(node))

    def methods(self, node: Node | None, every: frozenset[Method] = METHODS) -> frozenset[Method] | None:
        """``all``, a list of methods, or ``{except: [...]}``."""
        if node is None:
            return None
        if isinstance(node, ScalarNode):
            return self.word(node, {"all": every}, "methods (all, a list, or {except: [...]})")
        if isinstance(node, SequenceNode):
            return self.named_methods(node, every)
        left_out = self.named_methods(self.mapping(node, ("except",)).get("except"), every)
        return None if left_out is None else every - left_out

    def named_methods(self, node: Node | None, every: frozenset[Method]) -> frozenset[Method] | None:
        known = {method.name: method for method in every}
        found: set[Method] = set()
        for entry in self.items(node):
            if isinstance(entry, ScalarNode) and entry.value == "OTHER" and "OTHER" not in known:
                self.report(entry, "OTHER is not named in rules: it is asked for the union of all methods")
                continue
            method = self.word(entry, known, "method")
            if method in found:
                self.report(entry, f"{entry.value} is named twice")
            elif method is not None:
                found.add(method)
        return frozenset(found) or None

    def rule(self, node: Node) -> Rule | None:
        carriers = [carrier.value for carrier in Carrier]
        parts = self.mapping(
            node,
            ("id", "applies", "severity", "law", "article", "certainty", "missing", "cure"),
            ("late", "see", "because", *carriers),
        )
        name = self.identifier(parts.get("id"), _RULE_ID, "like CN06a")
        applies = self.applies(parts.get("applies"))
        severity = self.word(parts.get("severity"), _SEVERITIES, "severity")
        source = self.reference(parts)
        see = self.see(parts.get("see"))
        certainty = self.certainty(parts.get("certainty"))
        missing, cure = self.text(parts.get("missing")), self.text(parts.get("cure"))
        late = bool(self.boolean(parts.get("late")))
        because = self.text(parts["because"]) if "because" in parts else None
        given = [carrier for carrier in Carrier if carrier.value in parts]
        if len(given) != 1:
            self.report(node, f"exactly one of {', '.join(carriers)} is needed, not {len(given)}")
            return None
        steps, number, precheck = self.test(given[0], parts[given[0].value])
        if (
            name is None
            or applies is None
            or severity is None
            or source is None
            or certainty is None
            or missing is None
            or cure is None
        ):
            return None
        return Rule(
            name, applies, given[0], steps, number, precheck, severity, late, source, see, certainty, missing,
            cure, because, line_of(node),
        )  # fmt: skip

    def applies(self, node: Node | None) -> Mapping[Origin, frozenset[Method]] | None:
        parts = self.mapping(node, (), tuple(_ORIGINS))
        if node is not None and not parts:
            self.report(node, "domestic, foreign or both say where the rule applies")
        found = {_ORIGINS[key]: methods for key, value in parts.items() if (methods := self.methods(value))}
        return found if found and len(found) == len(parts) else None

    def test(self, carrier: Carrier, node: Node) -> tuple[tuple[Step, ...], int, str]:
        """Steps, number and name of what the rule asks; empty where it has none or is wrong."""
        steps: tuple[Step, ...] = ()
        number, name = 0, ""
        if carrier is Carrier.STEP:
            step = self.word(node, _STEPS, "step")
            steps = () if step is None else (step,)
        elif carrier is Carrier.CLAUSE:
            steps = self.clause(node)
        elif carrier is Carrier.OFFICERS:
            number = self.integer(node, 1, MAX_OFFICERS, "the number of officers") or 0
        elif carrier is Carrier.DELAY:
            number = self.integer(node, 1, MAX_DELAY_HOURS, "the delay in hours") or 0
        elif carrier is Carrier.ALGORITHMS:
            number = self.algorithms(node)
        elif carrier is Carrier.PRECHECK:
            name = self.word(node, {check: check for check in PRECHECKS}, "check") or ""
        elif self.boolean(node) is False:
            self.report(node, "information is true or left out")
        return steps, number, name

    def clause(self, node: Node) -> tuple[Step, ...]:
        entries = node.value if isinstance(node, SequenceNode) else []
        if not 2 <= len(entries) <= CLAUSE_STEPS:
            self.report(node, f"any_of names two or three steps, not {len(entries)} (one alone is requires)")
            return ()
        steps = [step for entry in entries if (step := self.word(entry, _STEPS, "step")) is not None]
        if len(set(steps)) != len(steps):
            self.report(node, "any_of names a step twice")
        return tuple(dict.fromkeys(steps))

    def algorithms(self, node: Node) -> int:
        result = 0
        for entry in self.items(node):
            algorithm = self.word(entry, _ALGORITHMS, "hash algorithm")
            if algorithm is None:
                continue
            if WEAK_ALGORITHMS >> algorithm & 1:
                self.report(entry, f"{algorithm.label} is never accepted alone: leave it out")
            result |= 1 << algorithm
        return result
