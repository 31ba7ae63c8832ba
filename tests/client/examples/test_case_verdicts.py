# SPDX-License-Identifier: Apache-2.0
"""The records of the example case are judged as the story says, under the standards as they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from case_files import CASE, STANDARDS

from concordat.evidence.assess import Assessment, Reason, Verdict, check, origin_of
from concordat.evidence.cures import after_cure, settle, supplementable
from concordat.evidence.facts import Facts
from concordat.evidence.places import INTL, numeric
from concordat.evidence.precheck import precheck
from concordat.evidence.record import Record, parse
from concordat.evidence.rulebook import Rulebook, load
from concordat.evidence.steps import Step, mask_of, steps_in
from concordat.evidence.words import Standard

REGISTERED_AT = int(datetime(2026, 3, 17, 12, 0, tzinfo=UTC).timestamp())
BASELINE = load(STANDARDS / "intl.yaml")
FOREIGN_STEPS = {Step.SOURCE_STATEMENT, Step.USE_LIMITS_STATED, Step.TRANSLATED}


def record(name: str) -> Record:
    path = CASE / f"{name}.yaml"
    return parse(path.read_text("utf-8"), path.name)


@cache
def rulebook(forum: str) -> Rulebook:
    return load(STANDARDS / f"{forum.lower()}.yaml")


def signed(facts: Facts, officers: int = 1, *seen: Step) -> Facts:
    """Add what the contract sees: the collector signs and is qualified, and others as given."""
    steps = facts.steps | mask_of((Step.COLLECTOR_SIGNED, Step.COLLECTOR_QUALIFIED, *seen))
    return replace(facts, officers=officers, steps=steps)


def standard(of: Record, forum: str) -> Standard:
    origin = origin_of(of.facts().place, numeric(forum))
    return rulebook(forum).compile(origin, of.method, BASELINE)


def judge(of: Record, forum: str, facts: Facts | None = None) -> Assessment:
    return check(facts or signed(of.facts()), standard(of, forum), numeric(forum), REGISTERED_AT)


def steps(mask: int) -> set[Step]:
    return set(steps_in(mask & (1 << 64) - 1))


@pytest.mark.parametrize("name", ["my-phone", "cn-online", "refused"])
def test_what_a_record_cites_is_there_and_every_exhibit_is_annotated_once(name: str) -> None:
    told = record(name)
    assert all((CASE / document.file).is_file() for document in told.documents)
    folder = CASE / "exhibits" / name
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {item.path for item in told.items} == there
    assert all(item.category and item.number and item.carrier for item in told.items)


def test_the_phone_conforms_at_home_without_a_second_officer() -> None:
    result = judge(record("my-phone"), "MY")
    assert (result.verdict, result.missing) == (Verdict.CONFORMS, 0)


def test_the_phone_conforms_in_singapore() -> None:
    assert judge(record("my-phone"), "SG").verdict is Verdict.CONFORMS


def test_before_a_chinese_court_the_phone_lacks_exactly_three_papers() -> None:
    result = judge(record("my-phone"), "CN")
    assert result.verdict is Verdict.CURABLE
    assert (result.fatal, result.noted) == (0, 0)
    assert steps(result.curable) == FOREIGN_STEPS
    assert result.curable >> 64 == 0  # neither officers nor delay


def test_the_cooperation_letter_is_what_keeps_the_phone_from_refusal_in_china() -> None:
    told = record("my-phone")
    facts = signed(told.facts())
    without = replace(facts, steps=facts.steps & ~mask_of((Step.TREATY_CHANNEL_CITED,)))
    result = judge(told, "CN", without)
    assert result.verdict is Verdict.REFUSED
    assert steps(result.fatal) == {Step.TREATY_CHANNEL_CITED}


def test_the_three_papers_cure_the_phone_in_china() -> None:
    told = record("my-phone")
    law, home = standard(told, "CN"), numeric("CN")
    first = judge(told, "CN")
    assert steps(supplementable(first, law)) == FOREIGN_STEPS
    papers = {path.stem for path in (CASE / "documents/cure-cn").glob("*.pdf")}
    assert papers == {"source-statement", "use-limits", "translation-zh"}
    cured = after_cure(signed(told.facts()), law, home, REGISTERED_AT, cured=mask_of(FOREIGN_STEPS))
    assert cured.verdict is Verdict.CONFORMS_WITH_NOTE


def test_the_online_extraction_is_curable_for_one_signature_and_one_paper() -> None:
    result = judge(record("cn-online"), "CN")
    assert (result.verdict, result.fatal) == (Verdict.CURABLE, 0)
    assert steps(result.curable) == {Step.SECOND_OFFICER_SIGNED, Step.ITEM_LIST_MADE}
    assert result.curable >> 64 == 1 << Reason.OFFICERS - 64


def test_the_second_officer_and_the_list_cure_the_online_extraction() -> None:
    told = record("cn-online")
    law, home = standard(told, "CN"), numeric("CN")
    assert steps(supplementable(judge(told, "CN"), law)) == {Step.ITEM_LIST_MADE}
    stored = signed(told.facts())
    cosigned = mask_of((Step.SECOND_OFFICER_SIGNED,))
    half = after_cure(stored, law, home, REGISTERED_AT, cured=cosigned, officers_added=1)
    assert half.verdict is Verdict.CURABLE
    assert steps(half.curable) == {Step.ITEM_LIST_MADE}
    both = cosigned | mask_of((Step.ITEM_LIST_MADE,))
    whole = after_cure(stored, law, home, REGISTERED_AT, cured=both, officers_added=1)
    assert whole.verdict is Verdict.CONFORMS_WITH_NOTE
    assert (CASE / "documents/cure-online/item-list.pdf").is_file()


def test_the_interception_is_refused_for_three_fatal_reasons() -> None:
    result = judge(record("refused"), "CN")
    assert result.verdict is Verdict.REFUSED
    assert steps(result.fatal) == {
        Step.LEGAL_BASIS_IN_TIME,
        Step.HASHES_MATCH_ALL_STAGES,
        Step.SURVEILLANCE_APPROVED_OR_UNUSED,
    }


def test_more_signatures_and_preservation_do_not_save_the_interception() -> None:
    told = record("refused")
    facts = signed(told.facts(), 2, Step.SECOND_OFFICER_SIGNED)
    home = judge(told, "CN", facts)
    origin = origin_of(facts.place, INTL)
    baseline = check(facts, BASELINE.compile(origin, told.method, None), INTL, REGISTERED_AT)
    assert settle(home, baseline, preserve=True) is Verdict.REFUSED


def test_every_fatal_reason_has_words_and_an_article() -> None:
    told = record("refused")
    result = judge(told, "CN")
    origin = origin_of(told.facts().place, numeric("CN"))
    told_reasons = [
        r for r in rulebook("CN").reasons(result, origin, told.method) if r.severity.name == "FATAL"
    ]
    assert len(told_reasons) == 3
    assert all(reason.article and reason.missing["en"] and reason.missing["zh"] for reason in told_reasons)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("my-phone", {("field.use_limits", "noted")}),
        ("cn-online", set()),
        ("refused", {("time.after_legal_basis", "fatal")}),
    ],
)
def test_the_precheck_says_what_the_masks_cannot(name: str, expected: set[tuple[str, str]]) -> None:
    told = record(name)
    found = precheck(told, {forum: rulebook(forum) for forum in told.forums}, REGISTERED_AT)
    said = {(finding.code, finding.severity) for finding in found}
    assert expected <= said
    assert not {code for code, severity in said - expected if severity != "noted"}
