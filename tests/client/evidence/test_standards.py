# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL
from concordat.evidence.standards import (
    Assessment,
    Clause,
    Origin,
    Reason,
    Severity,
    Standard,
    StandardError,
    Verdict,
    after_cure,
    check,
    origin_of,
    settle,
    supplementable,
)
from concordat.evidence.steps import Step, mask

MY, CN = 458, 156
HOUR = 3600
START = 500_000 * HOUR
ALL = 2**64 - 1
A, B, C, D = Step.MINUTES_MADE, Step.TOOL_IDENTIFIED, Step.VIDEO_RECORDED, Step.TRANSLATED

severities = st.sampled_from([Severity.NOTED, Severity.CURABLE, Severity.FATAL])
clauses = st.builds(
    Clause, any_of=st.lists(st.sampled_from(Step), min_size=1, max_size=3).map(tuple), severity=severities
)
masks = st.integers(0, ALL)
standards = st.builds(
    Standard,
    fatal=masks,
    curable=masks,
    noted=masks,
    late_curable=masks,
    delay_hours=st.integers(0, 4095),
    algorithms=st.integers(0, 255),
    fewest_officers=st.integers(0, 7),
    officers_severity=st.sampled_from(Severity),
    delay_severity=st.sampled_from(Severity),
    clauses=st.lists(clauses, max_size=6).map(tuple),
    from_hour=st.integers(0, 2**20 - 1),
    until_hour=st.integers(0, 2**20 - 1),
)


def facts(**changes: Any) -> Facts:
    base = Facts(START, 60, MY, MY, Method.STORAGE_IMAGING, 1, 2, mask(A, B, C, D))
    return replace(base, **changes)


def standard(**changes: Any) -> Standard:
    base = Standard(fatal=mask(A), curable=mask(B), noted=mask(C), delay_hours=24, algorithms=3)
    return replace(base, **changes)


def assess(f: Facts, s: Standard, at: int = START + HOUR) -> Assessment:
    return check(f, s, MY, at, version=3)


# Words


@given(standards)
def test_words_round_trip(value: Standard) -> None:
    a, b = value.pack()
    assert a < 1 << 256 and b < 1 << 256
    assert Standard.unpack(a, b) == value


def test_layout_of_the_words() -> None:
    clause = Clause((A, B), Severity.CURABLE)
    a, b = standard(
        from_hour=5, until_hour=9, late_curable=7, clauses=(clause,), delay_severity=Severity.FATAL
    ).pack()
    assert (a >> 192, a >> 128 & ALL, a >> 64 & ALL) == (mask(A), mask(B), mask(C))
    assert (a >> 44 & 0xFFFFF, a >> 24 & 0xFFFFF, a >> 12 & 0xFFF) == (5, 9, 24)
    assert (a >> 9 & 7, a >> 1 & 0xFF, a & 1) == (1, 3, 1)
    assert b >> 192 == 7
    assert b >> 172 & 0xFFFFF == 2 << 18 | A << 12 | B << 6 | B
    assert (b >> 70 & 3, b >> 68 & 3, b & ((1 << 68) - 1)) == (2, 3, 0)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        (1 << 256, 0, "256 bits"),
        (0, -1, "256 bits"),
        (0, 1, "spare"),
        (0, 1 << 67, "spare"),
        (1, 0, "exactly when"),
        (0, 1 << 190, "exactly when"),
        (1, 5 << 172, "without a severity"),
        (1, 1 << 170, "after an empty"),
    ],
)
def test_words_that_are_no_standard(a: int, b: int, why: str) -> None:
    with pytest.raises(StandardError, match=why):
        Standard.unpack(a, b)


def test_values_that_do_not_fit() -> None:
    with pytest.raises(StandardError, match="fewest_officers is 8"):
        standard(fewest_officers=8)
    with pytest.raises(StandardError, match="at most 6"):
        standard(clauses=(Clause((A,), Severity.NOTED),) * 7)
    with pytest.raises(StandardError, match="one to three"):
        Clause((), Severity.NOTED)
    with pytest.raises(StandardError, match="one to three"):
        Clause((A, B, C, D), Severity.NOTED)
    with pytest.raises(StandardError, match="severity"):
        Clause((A,), Severity.NONE)


def test_clause_repeats_its_last_step_only_in_the_word() -> None:
    assert Clause((A, B, B), Severity.NOTED) == Clause((A, B), Severity.NOTED)
    assert Clause((A, A, B), Severity.NOTED).any_of == (A, A, B)
    assert Clause((A,), Severity.FATAL).pack() == 3 << 18 | A << 12 | A << 6 | A


# Check


def test_nothing_missing_conforms() -> None:
    assert assess(facts(), standard()) == Assessment(Verdict.CONFORMS, 0, 0, 0, 3)


@pytest.mark.parametrize(
    ("missing", "verdict", "field"),
    [
        (A, Verdict.REFUSED, "fatal"),
        (B, Verdict.CURABLE, "curable"),
        (C, Verdict.CONFORMS_WITH_NOTE, "noted"),
    ],
)
def test_missing_step_weighs_by_its_mask(missing: Step, verdict: Verdict, field: str) -> None:
    result = assess(facts(steps=facts().steps & ~mask(missing)), standard())
    assert result.verdict is verdict
    assert getattr(result, field) == result.missing == mask(missing)


def test_the_worst_reason_decides() -> None:
    assert assess(facts(steps=0), standard()).verdict is Verdict.REFUSED
    assert assess(facts(steps=mask(A)), standard()).verdict is Verdict.CURABLE


@given(masks, masks, masks, masks)
def test_missing_is_what_is_asked_and_not_there(steps: int, fatal: int, curable: int, noted: int) -> None:
    s = standard(fatal=fatal, curable=curable, noted=noted)
    result = assess(facts(steps=steps, data_location=CN), s)
    assert (result.fatal, result.curable, result.noted) == (fatal & ~steps, curable & ~steps, noted & ~steps)


@pytest.mark.parametrize(
    ("steps", "met"), [(0, False), (mask(A), True), (mask(B), True), (mask(C), True), (mask(D), False)]
)
def test_clause_wants_any_one(steps: int, met: bool) -> None:
    s = Standard(0, 0, 0, 24, 3, clauses=(Clause((A, B, C), Severity.FATAL),))
    result = assess(facts(steps=steps), s)
    assert (result.fatal == 0) is met
    assert met or result.fatal == 1 << Reason.CLAUSE_0


@pytest.mark.parametrize("index", range(6))
@pytest.mark.parametrize(("severity", "field"), [(1, "noted"), (2, "curable"), (3, "fatal")])
def test_each_clause_has_its_bit_and_severity(index: int, severity: int, field: str) -> None:
    kept = Clause((A,), Severity.FATAL)
    six = [kept] * 6
    six[index] = Clause((Step.NOTICE_GIVEN,), Severity(severity))
    result = assess(facts(), standard(clauses=tuple(six)))
    assert getattr(result, field) == 1 << Reason.CLAUSE_0 + index


@pytest.mark.parametrize(("officers", "short"), [(1, True), (2, False), (3, False)])
def test_officers(officers: int, short: bool) -> None:
    result = assess(facts(officers=officers), standard(fewest_officers=2))
    assert result.curable == (1 << Reason.OFFICERS if short else 0)


def test_officers_severity() -> None:
    s = standard(fewest_officers=2, officers_severity=Severity.FATAL)
    assert assess(facts(officers=1), s).fatal == 1 << Reason.OFFICERS
    s = standard(fewest_officers=2, officers_severity=Severity.NOTED)
    assert assess(facts(officers=1), s).noted == 1 << Reason.OFFICERS


@pytest.mark.parametrize(("late", "delayed"), [(-1, False), (0, False), (1, True)])
def test_delay_to_the_second(late: int, delayed: bool) -> None:
    at = facts().ended_at + 24 * HOUR + late
    result = assess(facts(), standard(), at)
    assert result.curable == (1 << Reason.DELAY if delayed else 0)


def test_delay_counts_from_the_end_and_may_be_fatal() -> None:
    at = START + 24 * HOUR + 1
    assert assess(facts(), standard(), at).verdict is Verdict.CONFORMS
    assert (
        assess(facts(duration_minutes=0), standard(delay_severity=Severity.FATAL), at).fatal
        == 1 << Reason.DELAY
    )


def test_registered_in_the_second_of_the_end() -> None:
    assert assess(facts(duration_minutes=0), standard(), START).verdict is Verdict.CONFORMS


@pytest.mark.parametrize(
    ("used", "accepted", "met"), [(1, 3, True), (2, 3, True), (4, 3, False), (0, 255, False), (64, 3, False)]
)
def test_algorithms(used: int, accepted: int, met: bool) -> None:
    result = assess(facts(algorithms=used), standard(algorithms=accepted))
    assert result.fatal == (0 if met else 1 << Reason.ALGORITHMS)


def test_date_unproven_needs_a_newer_standard_and_a_passed_delay() -> None:
    until = START // HOUR + 100
    s = standard(until_hour=until)
    late = facts().ended_at + 24 * HOUR + 1
    both = 1 << Reason.DELAY | 1 << Reason.DATE_UNPROVEN
    assert assess(facts(), s, late).curable == 1 << Reason.DELAY
    assert assess(facts(), s, until * HOUR - 1).curable == 1 << Reason.DELAY
    assert assess(facts(), s, until * HOUR).curable == both
    assert assess(facts(), replace(s, delay_hours=4000), until * HOUR).curable == 0
    assert assess(facts(), standard(), until * HOUR).curable == 1 << Reason.DELAY


@pytest.mark.parametrize(
    ("start", "in_force"),
    [(100 * HOUR - 1, False), (100 * HOUR, True), (200 * HOUR - 1, True), (200 * HOUR, False)],
)
def test_in_force_at_the_hour(start: int, in_force: bool) -> None:
    s = standard(from_hour=100, until_hour=200)
    assert s.in_force_at(start) is in_force
    verdict = check(facts(started_at=start), s, MY, start + HOUR).verdict
    assert verdict is (Verdict.CONFORMS if in_force else Verdict.NO_STANDARD)


def test_open_end() -> None:
    assert standard(from_hour=0, until_hour=0).in_force_at(2**36 - 1)


def test_no_standard() -> None:
    assert check(facts(), None, MY, START) == Assessment(
        Verdict.NO_STANDARD, 1 << Reason.NO_STANDARD, 0, 0, 0
    )


def test_data_in_forum_is_seen_from_the_place() -> None:
    s = standard(fatal=mask(Step.DATA_IN_FORUM))
    assert check(facts(), s, MY, START).fatal == 0
    assert check(facts(data_location=CN), s, MY, START).fatal == mask(Step.DATA_IN_FORUM)
    assert check(facts(data_location=CN), s, CN, START).fatal == 0


def test_origin() -> None:
    assert origin_of(MY, MY) is Origin.DOMESTIC
    assert origin_of(MY, CN) is Origin.FOREIGN
    assert origin_of(MY, INTL) is Origin.DOMESTIC


@pytest.mark.parametrize("labelled", [*Verdict, *Severity])
def test_labels(labelled: Verdict | Severity) -> None:
    assert labelled.label() != labelled.label("zh")


# Preservation and cure

REFUSED = Assessment(Verdict.REFUSED, 1, 0, 0)


@pytest.mark.parametrize(
    ("home", "baseline_fatal", "preserve", "verdict"),
    [
        (REFUSED, 0, True, Verdict.PRESERVED),
        (REFUSED, 0, False, Verdict.REFUSED),
        (REFUSED, 2, True, Verdict.REFUSED),
        (REFUSED, 1 << Reason.NO_STANDARD, True, Verdict.REFUSED),
        (Assessment(Verdict.CURABLE, 0, 1, 0), 0, True, Verdict.CURABLE),
        (Assessment(Verdict.NO_STANDARD, 1 << Reason.NO_STANDARD, 0, 0), 0, True, Verdict.PRESERVED),
        (Assessment(Verdict.NO_STANDARD, 1 << Reason.NO_STANDARD, 0, 0), 0, False, Verdict.REFUSED),
    ],
)
def test_settle(home: Assessment, baseline_fatal: int, preserve: bool, verdict: Verdict) -> None:
    assert settle(home, Assessment(Verdict.CONFORMS, baseline_fatal, 0, 0), preserve) is verdict


def test_cure_stays_visible() -> None:
    bare = facts(steps=mask(A, C))
    assert after_cure(bare, standard(), MY, START).verdict is Verdict.CURABLE
    cured = after_cure(bare, standard(late_curable=mask(B)), MY, START, cured=mask(B), version=4)
    assert cured == Assessment(Verdict.CONFORMS_WITH_NOTE, 0, 0, 0, 4)


def test_cure_counts_only_where_it_may_come_late() -> None:
    bare = facts(steps=mask(A, C))
    assert after_cure(bare, standard(), MY, START, cured=mask(B)).verdict is Verdict.CURABLE


def test_officer_added_later() -> None:
    s = standard(fewest_officers=2)
    cured = after_cure(facts(officers=1), s, MY, START, officers_added=1)
    assert cured == Assessment(Verdict.CONFORMS_WITH_NOTE, 0, 0, 0)
    assert after_cure(facts(officers=15), s, MY, START, officers_added=9).curable == 0


def test_signature_added_to_what_conformed_costs_nothing() -> None:
    assert after_cure(facts(), standard(), MY, START, officers_added=1).verdict is Verdict.CONFORMS


def test_supplement_never_brings_what_the_contract_sees() -> None:
    s = standard(curable=mask(B, Step.WITNESS_SIGNED), late_curable=mask(B, Step.WITNESS_SIGNED))
    assert supplementable(check(facts(steps=mask(A, C)), s, MY, START), s) == mask(B)


def test_confirmed_date_answers_date_and_delay() -> None:
    s = standard(until_hour=START // HOUR + 100)
    at = START + 200 * HOUR
    before, after = check(facts(), s, MY, at), after_cure(facts(), s, MY, at, date_confirmed=True)
    assert before.curable == 1 << Reason.DELAY | 1 << Reason.DATE_UNPROVEN
    assert (after.curable, after.verdict) == (0, Verdict.CONFORMS_WITH_NOTE)


def test_confirmed_date_can_leave_a_note() -> None:
    s = standard(until_hour=START // HOUR + 100, delay_severity=Severity.NOTED)
    after = after_cure(facts(), s, MY, START + 200 * HOUR, date_confirmed=True)
    assert (after.curable, after.noted, after.verdict) == (0, 1 << Reason.DELAY, Verdict.CONFORMS_WITH_NOTE)


def test_cure_cannot_mend_what_is_fatal() -> None:
    assert after_cure(facts(steps=0), standard(), MY, START, cured=mask(B, C)).verdict is Verdict.REFUSED


def test_supplementable_is_missing_curable_and_late() -> None:
    s = standard(late_curable=mask(B, D), clauses=(Clause((D, Step.NOTICE_GIVEN), Severity.CURABLE),))
    assert supplementable(assess(facts(steps=mask(A, C)), s), s) == mask(B, D)
    assert supplementable(assess(facts(steps=mask(A, C, D)), s), s) == mask(B)
    assert supplementable(assess(facts(), s), s) == 0
