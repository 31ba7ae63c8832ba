# SPDX-License-Identifier: Apache-2.0
"""One golden acquisition for every standard; for every rule one change that makes exactly that rule fail."""

from __future__ import annotations

from dataclasses import dataclass, replace

import goldens
import pytest

from concordat.evidence.facts import Algorithm, Facts, algorithms_mask
from concordat.evidence.methods import Method
from concordat.evidence.places import UNKNOWN, numeric
from concordat.evidence.rulebook import ReasonText, Rulebook, bundled, bundled_jurisdictions
from concordat.evidence.rules import Carrier, Rule
from concordat.evidence.standards import (
    Assessment,
    Origin,
    Severity,
    Standard,
    Verdict,
    adoption_faults,
    after_cure,
    check,
    supplementable,
)
from concordat.evidence.steps import Step, mask, mask_of, steps_in

VERDICTS = {
    Severity.NOTED: Verdict.CONFORMS_WITH_NOTE,
    Severity.CURABLE: Verdict.CURABLE,
    Severity.FATAL: Verdict.REFUSED,
}
# CN07b asks for a witness or a video, CN08 for a video where conditions allow: without either both are told.
FALLS_WITH = {"CN07b": {"CN08"}}

STANDARDS = [
    pytest.param(code, origin, method, id=f"{code}-{origin.name.lower()}-{method.name}")
    for code in bundled_jurisdictions()
    for origin, method in goldens.standards_of(bundled(code))
]
RULES = [
    pytest.param(code, origin, method, rule.id, id=f"{rule.id}-{origin.name.lower()}-{method.name}")
    for code in bundled_jurisdictions()
    for rule in bundled(code).rules
    if rule.carried
    for origin, methods in rule.applies.items()
    for method in sorted(methods)
]


@dataclass(frozen=True)
class Case:
    """A golden acquisition before its forum, registered half an hour after its end."""

    book: Rulebook
    standard: Standard
    facts: Facts
    origin: Origin
    forum: int

    @property
    def at(self) -> int:
        return self.facts.ended_at + 1800

    def assess(self, facts: Facts | None = None, at: int | None = None) -> Assessment:
        return check(facts or self.facts, self.standard, self.forum, self.at if at is None else at)

    def reasons(self, assessment: Assessment) -> list[ReasonText]:
        return self.book.reasons(assessment, self.origin, self.facts.method)


def case(code: str, origin: Origin, method: Method) -> Case:
    """Read from the committed file, not made from the rules under test."""
    golden = goldens.read(code)[goldens.name(origin, method)]
    standard = Standard.unpack(int(golden["words"][0], 16), int(golden["words"][1], 16))
    return Case(bundled(code), standard, Facts.unpack(int(golden["facts"], 16)), origin, numeric(code))


def broken(golden: Case, rule: Rule) -> Assessment:
    """Assess the golden acquisition with the one change that the rule forbids."""
    facts = golden.facts
    if rule.carrier is Carrier.OFFICERS:
        return golden.assess(replace(facts, officers=rule.number - 1))
    if rule.carrier is Carrier.DELAY:
        return golden.assess(at=facts.ended_at + rule.number * 3600 + 1)
    if rule.carrier is Carrier.ALGORITHMS:
        return golden.assess(replace(facts, algorithms=algorithms_mask(Algorithm.MD5, Algorithm.SHA_1)))
    location = UNKNOWN if Step.DATA_IN_FORUM in rule.steps else facts.data_location
    return golden.assess(replace(facts, steps=facts.steps & ~rule.mask, data_location=location))


@pytest.mark.parametrize(("code", "origin", "method"), STANDARDS)
def test_words_are_the_committed_ones(code: str, origin: Origin, method: Method) -> None:
    golden = case(code, origin, method)
    assert golden.book.compile(origin, method) == golden.standard, "run goldens.py and look at the difference"


@pytest.mark.parametrize(("code", "origin", "method"), STANDARDS)
def test_golden_acquisition_conforms(code: str, origin: Origin, method: Method) -> None:
    golden = case(code, origin, method)
    assessment = golden.assess()
    assert assessment == Assessment(Verdict.CONFORMS, 0, 0, 0)
    assert golden.reasons(assessment) == []


@pytest.mark.parametrize(("code", "origin", "method"), STANDARDS)
def test_may_be_adopted(code: str, origin: Origin, method: Method) -> None:
    book = bundled(code)
    baseline = None if code == "INTL" else bundled("INTL").compile(Origin.DOMESTIC, method)
    other = None if method is Method.OTHER else book.compile(origin, Method.OTHER)
    assert adoption_faults(book.compile(origin, method), baseline, other, method=method) == []


@pytest.mark.parametrize(("code", "origin", "method", "rule_id"), RULES)
def test_one_change_flips_exactly_one_rule(code: str, origin: Origin, method: Method, rule_id: str) -> None:
    golden = case(code, origin, method)
    rule = golden.book.rule(rule_id)
    assessment = broken(golden, rule)
    found = {reason.rule_id: reason for reason in golden.reasons(assessment)}
    assert set(found) == {rule_id} | FALLS_WITH.get(rule_id, set())
    reason = found[rule_id]
    assert reason.severity is rule.severity
    assert assessment.verdict is VERDICTS[rule.severity]
    assert (reason.missing, reason.cure) == (rule.missing, rule.cure)
    assert reason.law in golden.book.laws
    assert golden.book.law(reason.law).title.zh in reason.citation.zh


@pytest.mark.parametrize(("code", "origin", "method"), STANDARDS)
def test_every_step_that_is_asked_for_is_missed(code: str, origin: Origin, method: Method) -> None:
    """Also the baseline's steps inside a national standard, and those of OTHER, have their sentence."""
    golden = case(code, origin, method)
    standard = golden.standard
    for step in steps_in(standard.fatal | standard.curable | standard.noted):
        assessment = golden.assess(replace(golden.facts, steps=golden.facts.steps & ~mask(step)))
        assert assessment.verdict not in (Verdict.CONFORMS, Verdict.NO_STANDARD)
        assert [reason.steps for reason in golden.reasons(assessment)] == [(step,)]
    nothing = golden.assess(replace(golden.facts, steps=0, officers=0, algorithms=0, data_location=UNKNOWN))
    found = golden.reasons(nothing)
    assert len(found) == nothing.fatal.bit_count() + nothing.curable.bit_count() + nothing.noted.bit_count()
    assert "ADOPTED" not in {reason.rule_id for reason in found}


@pytest.mark.parametrize("code", ["CN", "MY", "SG"])
@pytest.mark.parametrize("origin", list(Origin))
def test_other_is_met_only_by_what_meets_every_method(code: str, origin: Origin) -> None:
    other = case(code, origin, Method.OTHER)
    for method in Method:
        standard = bundled(code).compile(origin, method)
        assert standard.delay_hours >= other.standard.delay_hours
        assert standard.fewest_officers <= other.standard.fewest_officers
        facts = replace(other.facts, method=method)
        assert check(facts, standard, other.forum, other.at).verdict is Verdict.CONFORMS


def malaysian(*more: Step) -> Facts:
    """What conforms in Malaysia, with the further steps named."""
    facts = case("MY", Origin.DOMESTIC, Method.STORAGE_IMAGING).facts
    return replace(facts, steps=facts.steps | mask(*more))


FOR_CHINA = (Step.NO_UNEXPLAINED_CHANGE, Step.FREELY_OBTAINED, Step.TREATY_CHANNEL_CITED)


def test_malaysian_acquisition_before_the_chinese_court_lacks_three_papers() -> None:
    facts = malaysian(*FOR_CHINA)
    at = facts.ended_at + 1800
    home = check(facts, bundled("MY").compile(Origin.DOMESTIC, facts.method), numeric("MY"), at)
    assert home.verdict is Verdict.CONFORMS

    china, standard = bundled("CN"), bundled("CN").compile(Origin.FOREIGN, facts.method)
    assessment = check(facts, standard, numeric("CN"), at)
    assert assessment.verdict is Verdict.CURABLE
    reasons = china.reasons(assessment, Origin.FOREIGN, facts.method)
    assert [(reason.rule_id, reason.steps[0], reason.late) for reason in reasons] == [
        ("CF1a", Step.SOURCE_STATEMENT, True),
        ("CF2a", Step.USE_LIMITS_STATED, True),
        ("CF3", Step.TRANSLATED, True),
    ]
    assert "两" not in "".join(reason.missing.zh for reason in reasons)

    supplied = supplementable(assessment, standard)
    assert supplied == mask(Step.SOURCE_STATEMENT, Step.USE_LIMITS_STATED, Step.TRANSLATED)
    cured = after_cure(facts, standard, numeric("CN"), at, cured=supplied)
    assert cured.verdict is Verdict.CONFORMS_WITH_NOTE


def test_without_a_channel_the_chinese_court_refuses_it() -> None:
    facts = malaysian(Step.NO_UNEXPLAINED_CHANGE, Step.FREELY_OBTAINED, Step.SOURCE_STATEMENT)
    assessment = check(
        facts, bundled("CN").compile(Origin.FOREIGN, facts.method), numeric("CN"), facts.ended_at
    )
    found = bundled("CN").reasons(assessment, Origin.FOREIGN, facts.method)
    assert [reason.rule_id for reason in found if reason.severity is Severity.FATAL] == ["CF4a"]


def test_one_acquisition_has_a_worth_of_its_own_in_each_forum() -> None:
    """S029: three forums, three lists of reasons."""
    facts = malaysian(*FOR_CHINA)
    lists = {}
    for code in ("MY", "CN", "SG"):
        origin = Origin.DOMESTIC if code == "MY" else Origin.FOREIGN
        book = bundled(code)
        found = check(facts, book.compile(origin, facts.method), numeric(code), facts.ended_at)
        lists[code] = [reason.rule_id for reason in book.reasons(found, origin, facts.method)]
    assert lists == {"MY": [], "CN": ["CF1a", "CF2a", "CF3"], "SG": []}


def test_chinese_acquisition_before_the_malaysian_court_lacks_the_certificate() -> None:
    facts = case("CN", Origin.DOMESTIC, Method.STORAGE_IMAGING).facts
    book = bundled("MY")
    found = check(facts, book.compile(Origin.FOREIGN, facts.method), numeric("MY"), facts.ended_at)
    reasons = book.reasons(found, Origin.FOREIGN, facts.method)
    assert [(reason.rule_id, reason.severity) for reason in reasons] == [
        ("MY1", Severity.FATAL),
        ("MY7", Severity.CURABLE),
        ("MY2", Severity.CURABLE),
    ]


@pytest.mark.parametrize("code", bundled_jurisdictions())
@pytest.mark.parametrize("origin", list(Origin))
def test_surveillance_without_approval_is_fatal_everywhere(code: str, origin: Origin) -> None:
    """S031."""
    if not bundled(code).versions(origin, Method.TECHNICAL_SURVEILLANCE):
        assert code == "INTL"
        return
    golden = case(code, origin, Method.TECHNICAL_SURVEILLANCE)
    without = golden.facts.steps & ~mask(Step.SURVEILLANCE_APPROVED_OR_UNUSED)
    assessment = golden.assess(replace(golden.facts, steps=without))
    assert assessment.verdict is Verdict.REFUSED
    assert golden.reasons(assessment)[0].rule_id in ("B13c", "CN16")


def test_two_chinese_investigators_are_asked_for_at_home_and_never_late() -> None:
    golden = case("CN", Origin.DOMESTIC, Method.ONSITE_EXTRACTION)
    alone = replace(golden.facts, officers=1, steps=golden.facts.steps & ~mask(Step.SECOND_OFFICER_SIGNED))
    assessment = golden.assess(alone)
    assert {reason.rule_id: reason.late for reason in golden.reasons(assessment)} == {
        "CN01": False,
        "CN05": False,
    }
    assert supplementable(assessment, golden.standard) == 0


def test_signatures_are_never_supplied_by_a_document() -> None:
    for code in bundled_jurisdictions():
        for origin, method in goldens.standards_of(bundled(code)):
            assert bundled(code).compile(origin, method).late_curable & 0xFF == 0


def test_asking_nothing_optional_blocks_nothing() -> None:
    """S104: what no rule of a profile asks for may be left out."""
    golden = case("SG", Origin.DOMESTIC, Method.VICTIM_SUBMISSION)
    asked = golden.standard.fatal | golden.standard.curable
    assessment = golden.assess(replace(golden.facts, steps=asked))
    assert assessment.verdict is Verdict.CONFORMS_WITH_NOTE
    assert mask_of(step for r in golden.reasons(assessment) for step in r.steps) == golden.standard.noted
