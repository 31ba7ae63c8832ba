# SPDX-License-Identifier: Apache-2.0
"""A jurisdiction's rulebook: laws and rules, the standards they make, the sentences behind each reason.

``bundled("CN").compile(Origin.FOREIGN, Method.STORAGE_IMAGING)`` is the standard to adopt or check against;
``reasons`` turns what the check found into sentences with the article of law behind each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timezone
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

from concordat.errors import FileError, UsageError
from concordat.evidence.assess import Assessment, Reason
from concordat.evidence.compile import Compiled, merge, union
from concordat.evidence.laws import Law, Text
from concordat.evidence.methods import Method
from concordat.evidence.reasontexts import ReasonText, cite, unwritten
from concordat.evidence.rulefields import Finding
from concordat.evidence.rulefile import RuleFile, parse
from concordat.evidence.rules import METHODS, Review, Rule, Version
from concordat.evidence.steps import Step
from concordat.evidence.words import HOUR, Origin, Severity, Standard, StandardError

__all__ = [
    "BASELINE",
    "ReasonText",
    "Rulebook",
    "RulebookError",
    "bundled",
    "bundled_jurisdictions",
    "bundled_text",
    "load",
    "loads",
]

BASELINE: Final = "INTL"


class RulebookError(UsageError):
    """A rulebook that cannot be read, or does not make a standard.

    Attributes:
        findings: every mistake with line and column; empty when the file's form is right.

    """

    default_code = "standards.rulebook"

    def __init__(
        self, message: str, *, findings: tuple[Finding, ...] = (), code: str = "", advice: str = ""
    ) -> None:
        super().__init__(message, code=code, next=advice or "Run `concordat standard lint` on the file.")
        self.findings = findings


@dataclass(frozen=True, eq=False)
class Rulebook:
    """What one jurisdiction asks of evidence. Immutable; standards are compiled once.

    Attributes:
        jurisdiction: alpha-2 code, or INTL or EU.
        zone: offset in which its dates are meant.
        laws: by id.
        standards: versions in the order of the file.
        rules: all rules, those for the client's pre-check among them.

    """

    jurisdiction: str
    name: Text
    zone: timezone
    review: Review
    laws: Mapping[str, Law]
    standards: tuple[Version, ...]
    rules: tuple[Rule, ...]
    _compiled: dict[tuple[Origin, Method, int, Rulebook | None], Compiled] = field(
        default_factory=dict, repr=False
    )

    def law(self, name: str) -> Law:
        """Find a law by its id.

        Raises:
            RulebookError: there is none.

        """
        try:
            return self.laws[name]
        except KeyError:
            raise RulebookError(f"The rulebook of {self.jurisdiction} has no law {name!r}.") from None

    def rule(self, name: str) -> Rule:
        """Find a rule by its id.

        Raises:
            RulebookError: there is none.

        """
        for rule in self.rules:
            if rule.id == name:
                return rule
        raise RulebookError(f"The rulebook of {self.jurisdiction} has no rule {name!r}.")

    def versions(self, origin: Origin, method: Method) -> tuple[Version, ...]:
        """All versions for an origin and method, the earliest first."""
        found = (v for v in self.standards if v.origin is origin and method in v.methods)
        return tuple(sorted(found, key=lambda version: version.from_hour))

    def version(self, origin: Origin, method: Method, at: int | None = None) -> Version:
        """Find the version in force for a collection that started at this Unix second, or the latest.

        Raises:
            RulebookError: none is in force then.

        """
        found = self.versions(origin, method)
        for version in reversed(found):
            if at is None or version.from_hour * HOUR <= at:
                return version
        raise RulebookError(
            f"{self.jurisdiction} has no standard for {method.name}, {origin.name.lower()}"
            + (", that was in force then." if found else "."),
            code="standards.none",
        )

    def rules_for(self, origin: Origin, method: Method, at: int | None = None) -> tuple[Rule, ...]:
        """Its own rules for an origin and method whose law was in force when the version began."""
        day = self.version(origin, method, at).from_day
        return tuple(rule for rule in self.rules if rule.covers(origin, method) and self._in_force(rule, day))

    def compile(
        self, origin: Origin, method: Method, baseline: Rulebook | None = None, *, at: int | None = None
    ) -> Standard:
        """Compile the standard with the baseline merged in.

        Args:
            origin: foreign or domestic; of the baseline itself always domestic.
            method: OTHER gives the union of all methods.
            baseline: the international rulebook; the bundled one if None.
            at: Unix second of the start of collection; None for the latest version.

        Raises:
            RulebookError: no such standard, or the rules do not fit into one.

        """
        version = self.version(origin, method, at)
        following = [v.from_hour for v in self.versions(origin, method) if v.from_hour > version.from_hour]
        try:
            return self.compiled(origin, method, baseline, at=at).standard(
                version.from_hour, min(following, default=0)
            )
        except StandardError as error:
            raise RulebookError(f"{self._about(origin, method)}: {error.message}") from error
        except KeyError as error:
            raise RulebookError(
                f"{self._about(origin, method)}: no rule says {Reason(error.args[0]).name.lower()}."
            ) from error

    def compiled(
        self, origin: Origin, method: Method, baseline: Rulebook | None = None, *, at: int | None = None
    ) -> Compiled:
        """Compile without packing, with the rules behind each bit."""
        base = self._baseline(baseline)
        version = self.version(origin, method, at)
        key = (origin, method, version.from_hour, base)
        if key not in self._compiled:
            self._compiled[key] = self._compile(version, method, base)
        return self._compiled[key]

    def reasons(
        self,
        assessment: Assessment,
        origin: Origin,
        method: Method,
        baseline: Rulebook | None = None,
        *,
        at: int | None = None,
    ) -> list[ReasonText]:
        """Every reason of an assessment in words: fatal first, then curable, then noted, each by bit."""
        if assessment.fatal >> Reason.NO_STANDARD & 1:
            return [unwritten(Reason.NO_STANDARD, Severity.FATAL)]
        compiled = self.compiled(origin, method, baseline, at=at)
        books = (self, *(book for book in (self._baseline(baseline),) if book))
        masks = (
            (Severity.FATAL, assessment.fatal),
            (Severity.CURABLE, assessment.curable),
            (Severity.NOTED, assessment.noted),
        )
        return [
            self._reason(bit, severity, compiled, books)
            for severity, mask in masks
            for bit in range(Reason.NO_STANDARD + 1)
            if mask >> bit & 1
        ]

    def _compile(self, version: Version, method: Method, base: Rulebook | None) -> Compiled:
        origin, moment = version.origin, version.from_hour * HOUR
        below = base.compiled(Origin.DOMESTIC, method) if base else None
        if method is not Method.OTHER:
            return merge(self.rules_for(origin, method, moment), below)
        covered = [
            (m, found[0].from_hour * HOUR) for m in sorted(METHODS) if (found := self.versions(origin, m))
        ]
        return union((self.compiled(origin, m, base, at=max(moment, first)) for m, first in covered), below)

    def _baseline(self, given: Rulebook | None) -> Rulebook | None:
        return None if self.jurisdiction == BASELINE else given or bundled(BASELINE)

    def _in_force(self, rule: Rule, day: date) -> bool:
        law = self.laws.get(rule.source.law)
        return law is not None and law.in_force_on(day)

    def _about(self, origin: Origin, method: Method) -> str:
        return f"{self.jurisdiction}, {origin.name.lower()}, {method.name}"

    def _reason(
        self, bit: int, severity: Severity, compiled: Compiled, books: tuple[Rulebook, ...]
    ) -> ReasonText:
        rules = compiled.rules_at(bit)
        if not rules:
            return unwritten(bit, severity)
        rule = rules[0]
        book = next(book for book in books if rule in book.rules)
        steps = compiled.clauses[bit - Reason.CLAUSE_0][0].any_of if _is_clause(bit) else ()
        steps = (Step(bit),) if bit < Reason.CLAUSE_0 else steps
        return ReasonText(
            rule_id=rule.id,
            severity=severity,
            law=rule.source.law,
            article=rule.source.article.en,
            certainty=rule.certainty,
            missing=rule.missing,
            cure=rule.cure,
            steps=steps,
            citation=cite(book.laws[rule.source.law], rule.source.article),
            late=severity is Severity.CURABLE and any(compiled.late >> step & 1 for step in steps),
            bit=bit,
            also=tuple(other.id for other in rules[1:]),
        )


@cache
def bundled(jurisdiction: str) -> Rulebook:
    """Read the rulebook that comes with the package.

    Raises:
        RulebookError: there is none for this jurisdiction, or its file holds freeze profiles only.

    """
    name = f"{jurisdiction.lower()}.yaml"
    if jurisdiction.upper() not in bundled_jurisdictions():
        raise RulebookError(
            f"No rulebook for {jurisdiction} comes with this package.",
            code="standards.not-bundled",
            advice=f"Use one of {', '.join(bundled_jurisdictions())}, or give a file.",
        )
    return loads(bundled_text(jurisdiction), name)


@cache
def bundled_jurisdictions(section: str = "standards") -> tuple[str, ...]:
    """Codes of the jurisdictions whose files come with the package and have a section, the baseline first.

    Args:
        section: ``standards`` of evidence, or ``freeze``: some files have one, some both.

    """
    names = (file.name for file in (files("concordat") / "data" / "standards").iterdir())
    codes = [name.removesuffix(".yaml").upper() for name in names if name.endswith(".yaml")]
    # A look at the text: reading nine files to learn what one of them is called would slow every command.
    have = (code for code in codes if f"\n{section}:" in bundled_text(code))
    return tuple(sorted(have, key=lambda code: (code != BASELINE, code)))


def bundled_text(jurisdiction: str) -> str:
    """Text of a file that comes with the package; the jurisdiction must be one that has a file."""
    file = files("concordat") / "data" / "standards" / f"{jurisdiction.lower()}.yaml"
    return file.read_bytes().decode("utf-8")


def load(source: str | Path) -> Rulebook:
    """Read a rulebook from a file, or from its text (anything with a line break is text).

    Raises:
        FileError: the file cannot be read.
        RulebookError: with every mistake of form.

    """
    if isinstance(source, str) and "\n" in source:
        return loads(source)
    path = Path(source)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            f"{path} cannot be read: {error}.", code="standards.unreadable", next="Give a YAML file in UTF-8."
        ) from error
    return loads(text, str(path))


def loads(text: str, path: str = "the rulebook") -> Rulebook:
    """Read a rulebook from its text; ``path`` is for messages.

    Raises:
        RulebookError: with every mistake of form.

    """
    content, findings = parse(text)
    if content is None or findings:
        first = findings[0].at(path) if findings else path
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        raise RulebookError(f"{first}{more}.", findings=tuple(findings), code="standards.form")
    if not content.versions:
        raise RulebookError(
            f"{path} holds freeze profiles only, no standards of evidence.",
            code="standards.profiles-only",
            advice="Give a file that has standards and rules.",
        )
    return from_content(content)


def from_content(content: RuleFile) -> Rulebook:
    """Make a rulebook of what was read."""
    laws = {law.id: law for law in content.laws}
    return Rulebook(
        content.jurisdiction,
        content.name,
        content.zone,
        content.review,
        MappingProxyType(laws),
        content.versions,
        content.rules,
    )


def _is_clause(bit: int) -> bool:
    return Reason.CLAUSE_0 <= bit <= Reason.CLAUSE_5
