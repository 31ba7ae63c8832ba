# SPDX-License-Identifier: Apache-2.0
"""What the forum asks of evidence from abroad, as a list that travels with the request.

The list holds the two words of each standard, so that a collection is judged by exactly what was asked, and
in words each step with its law, so that whoever collects knows what to do. It is written from the standards
in force, as the chain has them; where the rulebook that explains them is here, with article and cure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.assets.orders.fieldtree import MAX_TEXT, text_problem
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, places
from concordat.evidence.asked import Asked, ask
from concordat.evidence.assess import Assessment, check
from concordat.evidence.facts import Facts
from concordat.evidence.laws import Certainty
from concordat.evidence.methods import Method
from concordat.evidence.reasontexts import cite
from concordat.evidence.rulebook import Rulebook
from concordat.evidence.rules import Rule
from concordat.evidence.standards import Clause, Severity, Standard
from concordat.evidence.steps import STEPS, Step, steps_in

FORMAT: Final = "checklist/1"


@dataclass(frozen=True, slots=True)
class InForce:
    """A standard as the chain has it, with the number of its version (0: from the rulebook, not adopted)."""

    standard: Standard
    version: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list that was read and agrees with itself.

    Attributes:
        forum, place: codes: whose standard, and where it is to be collected.
        content: the whole, as it is hashed.
    """

    forum: str
    place: str
    standards: Mapping[Method, InForce]
    content: Mapping[str, Any]

    @property
    def hash(self) -> bytes:
        """``checklist`` of the order on the chain."""
        return bytes(keccak(canonical.dumps(dict(self.content))))

    def lines(self, method: Method) -> list[dict[str, Any]]:
        """Each thing that is asked of a method, in words."""
        for each in self.content["methods"]:
            if each["method"] == method.name:
                return list(each["lines"])
        return []

    def judge(self, facts: Facts, method: Method, at: int) -> Assessment:
        """Judge a collection by this list alone.

        Args:
            facts: as declared, with what the contract sees.
            method: by which it was collected.
            at: time of registration, seconds since 1970 UTC.

        Raises:
            VerificationError: the list says nothing of this method.
        """
        if method not in self.standards:
            raise VerificationError(
                f"The checklist says nothing of {method.label()}.",
                code="checklist.method",
                kept="Nothing was judged.",
                next="Ask the other side for a checklist of this method.",
            )
        known = self.standards[method]
        return check(facts, known.standard, places.numeric(self.forum), at, version=known.version)

    def missing(self, assessment: Assessment, method: Method) -> list[dict[str, Any]]:
        """The lines of the list that an assessment by it found missing, the gravest first."""
        order = {severity.name: -severity for severity in Severity}
        bits = assessment.fatal | assessment.curable | assessment.noted
        found = [line for line in self.lines(method) if bits >> line["bit"] & 1]
        return sorted(found, key=lambda line: (order[line["severity"]], line["bit"]))


def export(
    forum: str,
    place: str,
    methods: Collection[Method],
    rulebooks: Mapping[str, Rulebook],
    adopted: Mapping[Method, InForce] | None = None,
) -> Checklist:
    """Write the list of a forum.

    Args:
        forum: code of whose standard the evidence is to meet.
        place: code of where it is collected.
        methods: that the request covers.
        rulebooks: by code, for the words.
        adopted: standards in force on the chain; where one is not given, the rulebook's is taken.

    Raises:
        UsageError: there is no standard for a method.
    """
    blocks = [_method(forum, place, method, rulebooks, (adopted or {}).get(method)) for method in methods]
    return read({"concordat": FORMAT, "forum": forum, "place": place, "methods": blocks})


def read(content: Any) -> Checklist:
    """Read a list that came with a request.

    Raises:
        VerificationError: it is none, or its words are no standard.
    """
    fields.check(content, "The checklist", _FORM)
    standards = {}
    for each in content["methods"]:
        a, b = (int(word, 16) for word in each["standard"])
        try:
            standard = Standard.unpack(a, b)
        except UsageError as error:
            raise VerificationError(
                "The checklist holds words that are no standard.", code="checklist.standard"
            ) from error
        standards[Method[each["method"]]] = InForce(standard, each["version"])
    if len(standards) < len(content["methods"]):
        raise VerificationError("The checklist names a method twice.", code="checklist.method")
    for code in (content["forum"], content["place"]):
        places.numeric(code)
    return Checklist(content["forum"], content["place"], standards, content)


def _method(
    forum: str,
    place: str,
    method: Method,
    rulebooks: Mapping[str, Rulebook],
    adopted: InForce | None,
) -> dict[str, Any]:
    known = ask([forum], places.numeric(place), method, rulebooks)
    if adopted is None and not known:
        raise UsageError(
            f"{forum} has no standard for {method.label()} abroad.",
            code="checklist.none",
            kept="Nothing was written.",
            next="Leave forum and method out, or ask the forum's central authority to adopt one.",
        )
    given = adopted or InForce(known[0].standard)
    words = known[0] if known and _same(known[0].standard, given.standard) else None
    return {
        "method": method.name,
        "version": given.version,
        "standard": [f"0x{word:064x}" for word in given.standard.pack()],
        "lines": [*_steps(given.standard, words), *_clauses(given.standard, words)],
        "officers": given.standard.fewest_officers,
        "register_within_hours": given.standard.delay_hours,
    }


def _same(one: Standard, other: Standard) -> bool:
    """Whether two versions ask the same; when each begins and ends is another matter."""
    bare = [replace(each, from_hour=0, until_hour=0) for each in (one, other)]
    return bare[0] == bare[1]


def _steps(standard: Standard, words: Asked | None) -> Iterator[dict[str, Any]]:
    for severity, mask in (
        (Severity.FATAL, standard.fatal),
        (Severity.CURABLE, standard.curable),
        (Severity.NOTED, standard.noted),
    ):
        for step in steps_in(mask):
            rules = words.rules_for(step) if words else ()
            yield _line(int(step), severity, (step,), rules, words, late=standard.late_curable >> step & 1)


def _clauses(standard: Standard, words: Asked | None) -> Iterator[dict[str, Any]]:
    for index, clause in enumerate(standard.clauses):
        rules = words.rules_for_clause(clause) if words else ()
        yield _line(64 + index, clause.severity, clause.any_of, rules, words, late=_late(standard, clause))


def _late(standard: Standard, clause: Clause) -> int:
    return int(bool(clause.steps & standard.late_curable))


def _line(
    bit: int,
    severity: Severity,
    steps: tuple[Step, ...],
    rules: tuple[Rule, ...],
    words: Asked | None,
    *,
    late: int,
) -> dict[str, Any]:
    line: dict[str, Any] = {
        "bit": bit,
        "severity": severity.name,
        "any_of": [step.name for step in steps],
        "attests": [dict(STEPS[step].attests) for step in steps],
        "may_be_late": bool(late),
    }
    if rules and words:
        rule = rules[0]
        citation = cite(words.law_of(rule), rule.source.article)
        line |= {
            "rule": rule.id,
            "law": citation.as_dict(),
            "certainty": rule.certainty.value,
            "do": rule.cure.as_dict(),
        }
    return line


def _plain(value: Any) -> bool:
    """Text that hides nothing of what it says."""
    return isinstance(value, str) and bool(value) and text_problem(value, MAX_TEXT) is None


def _code(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{2,7}", value) is not None


def _some(inner: fields.Check) -> fields.Check:
    """A list with at least one entry."""
    return lambda value: fields.list_of(inner)(value) and bool(value)


_BOTH: Final[Mapping[str, fields.Check]] = {"en": _plain, "zh": _plain}
_LINE: Final[Mapping[str, fields.Check]] = {
    "bit": fields.number(0, 69),
    "severity": fields.one_of("FATAL", "CURABLE", "NOTED"),
    "any_of": _some(fields.one_of(*Step.__members__)),
    "attests": _some(fields.within(_BOTH)),
    "may_be_late": fields.flag,
}
_WORDS: Final[Mapping[str, fields.Check]] = {
    "rule": _plain,
    "law": fields.within(_BOTH),
    "certainty": fields.one_of(*(each.value for each in Certainty)),
    "do": fields.within(_BOTH),
}
_METHOD: Final[Mapping[str, fields.Check]] = {
    "method": fields.one_of(*Method.__members__),
    "version": fields.number(),
    "standard": lambda value: fields.list_of(fields.hexed(32, "0x"))(value) and len(value) == 2,
    "lines": fields.list_of(fields.within(_LINE, _WORDS)),
    "officers": fields.number(0, 7),
    "register_within_hours": fields.number(0, 4095),
}
_FORM: Final[Mapping[str, fields.Check]] = {
    "concordat": fields.one_of(FORMAT),
    "forum": _code,
    "place": _code,
    "methods": _some(fields.within(_METHOD)),
}
