# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from records import RECORD, changed, only_mistake

from concordat.evidence.facts import Algorithm, FactsError, algorithms_mask
from concordat.evidence.methods import Method
from concordat.evidence.record import RecordError, parse, schema
from concordat.evidence.steps import SEEN, STEPS, Role, Step, Support, mask, steps_in

# What a right record says


def test_a_record_is_read() -> None:
    record = parse(RECORD)
    assert (record.case, record.agency, record.home, record.forum_numbers) == (
        "0317",
        "MY-PDRM",
        "MY",
        (458, 156),
    )
    assert record.legal_basis is not None and record.legal_basis.valid_from == datetime.fromisoformat(
        "2026-03-16T00:00+08:00"
    )
    assert record.items[0].number == "E-01"
    assert [document.role for document in record.documents] == [Role.MINUTES, Role.LEGAL_BASIS]
    assert (record.preserve, record.mandate) == (False, None)


def test_facts_are_declared_ones() -> None:
    facts = parse(RECORD).facts()
    assert facts == facts.declared()
    assert (facts.started_at, facts.duration_minutes) == (1773711000, 95)
    assert (facts.place, facts.data_location, facts.method) == (458, 458, Method.STORAGE_IMAGING)
    assert facts.algorithms == algorithms_mask(Algorithm.SHA_256, Algorithm.SM3)


def test_each_step_is_shown_with_what_supports_it() -> None:
    assert [tuple(support) for support in parse(RECORD).supports()] == [
        (Step.LEGAL_BASIS_CITED, "document", "LEGAL_BASIS"),
        (Step.LEGAL_BASIS_IN_TIME, "document", "RECORD"),
        (Step.FREELY_OBTAINED, "declared", ""),
        (Step.CLOCK_OFFSET_RECORDED, "document", "RECORD"),
        (Step.TOOL_IDENTIFIED, "document", "RECORD"),
        (Step.TECHNICAL_STANDARD_FOLLOWED, "attester", "Digital Forensics Laboratory (GA/T 756-2021)"),
        (Step.MINUTES_MADE, "document", "MINUTES"),
        (Step.ITEMS_NUMBERED, "document", "MANIFEST"),
        (Step.CONFIDENTIALITY_SET, "document", "RECORD"),
    ]


def test_facts_and_supports_name_the_same_steps() -> None:
    record = parse(RECORD)
    assert steps_in(record.facts().steps) == tuple(support.step for support in record.supports())


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("clock: {source: NTP, offset_ms: 120}", "clock:", Step.CLOCK_OFFSET_RECORDED),
        ('name: dc3dd, version: "7.3.1", validation: LAB-31', "name: , version: ", Step.TOOL_IDENTIFIED),
        ("confidentiality: RESTRICTED", "confidentiality: ~", Step.CONFIDENTIALITY_SET),
        ("  from: 2026-03-16T00:00:00+08:00\n", "", Step.LEGAL_BASIS_IN_TIME),
        ("from: 2026-03-16", "from: 2026-03-18", Step.LEGAL_BASIS_IN_TIME),
        ("until: 2026-03-30", "until: 2026-03-17", Step.LEGAL_BASIS_IN_TIME),
        ("FREELY_OBTAINED: declared", "FREELY_OBTAINED:", Step.FREELY_OBTAINED),
    ],
)  # fmt: skip
def test_a_step_stands_and_falls_with_what_carries_it_out(old: str, new: str, lost: Step) -> None:
    before, after = parse(RECORD).facts().steps, parse(changed(old, new)).facts().steps
    assert before & ~after == mask(lost)


def test_legal_basis_without_end_is_open_and_its_bounds_count() -> None:
    open_end = parse(changed("  until: 2026-03-30T00:00:00+08:00\n", ""))
    at_start = parse(changed("from: 2026-03-16T00:00:00+08:00", "from: 2026-03-17T01:30:00Z"))
    at_end = parse(changed("until: 2026-03-30T00:00:00+08:00", "until: 2026-03-17T09:30:00+08:00"))
    for record in (open_end, at_start, at_end):
        assert record.facts().steps & mask(Step.LEGAL_BASIS_IN_TIME)


def test_groups_left_blank_are_absent() -> None:
    text = changed("second: {name: Officer Two, rank: Sergeant}", "second: {name: , rank: }")
    text = changed(
        "witness: {present: true, eligible: true}", "witness: {present: , eligible: , reason: }", text
    )
    text = changed("  - {role: LEGAL_BASIS", "  - {role: , file: }\n  - {role: LEGAL_BASIS", text)
    record = parse(text)
    assert (record.second, record.witness, len(record.documents)) == (None, None, 2)


def test_norway_stays_norway() -> None:
    text = changed("place: {country: MY, subdivision: MY-01, description: Police station}", "place: NO")
    record = parse(
        changed(
            "forums: [MY, CN]", "forums: [NO, CN]", changed("data_location: MY", "data_location: NO", text)
        )
    )
    assert (record.place.country, record.data_location, record.home, record.facts().place) == (
        "NO",
        "NO",
        "NO",
        578,
    )


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        ("2026-03-17T09:30:00+08:00", 1773711000),
        ("2026-03-17T01:30Z", 1773711000),
        ("2026-03-17t01:30:00z", 1773711000),
        ("2026-03-17 01:30:00.999Z", 1773711000),
        ('"2026-03-16T20:30:00-05:00"', 1773711000),
        ("2026-03-17T07:00:00+05:30", 1773711000),
        ("1970-01-01T00:00:00Z", 0),
    ],
)
def test_times_with_offset(time: str, seconds: int) -> None:
    text = changed("ended: 2026-03-17T11:05:30+08:00", f"ended: {time}")
    assert parse(changed("2026-03-17T09:30:00+08:00", time, text)).facts().started_at == seconds


@given(started=st.integers(0, 2**36 - 1), lasted=st.integers(0, 60 * 65535), part=st.integers(0, 999))
def test_end_in_facts_is_never_later_than_the_real_one(started: int, lasted: int, part: int) -> None:
    if started + lasted >= 250_000_000_000:
        return

    def text_of(seconds: int) -> str:
        return datetime.utcfromtimestamp(seconds).isoformat() + f".{part:03}Z"  # noqa: DTZ004

    text = changed("2026-03-17T09:30:00+08:00", text_of(started))
    try:
        record = parse(changed("2026-03-17T11:05:30+08:00", text_of(started + lasted), text))
    except RecordError:
        assert started + lasted >= 2**36 - 1
        return
    facts = record.facts()
    assert facts.started_at <= record.started.timestamp()
    assert record.ended.timestamp() - 61 < facts.ended_at <= record.ended.timestamp()


def test_end_before_start_has_no_facts() -> None:
    with pytest.raises(FactsError, match="duration_minutes"):
        parse(changed("ended: 2026-03-17", "ended: 2026-03-16")).facts()


def test_mandate_and_agency_number() -> None:
    key = "0x" + "aB" * 32
    record = parse(changed("mandate: null", f'mandate: "{key}"', changed("agency: MY-PDRM", "agency: 7")))
    assert (record.mandate, record.agency) == (b"\xab" * 32, 7)


def test_names_in_any_script() -> None:
    record = parse(changed("path: phone/chat.json", "path: 手机/聊天 记录.json"))
    assert record.items[0].path == "手机/聊天 记录.json"


def test_byte_order_mark_is_nothing() -> None:
    assert parse("\ufeff" + RECORD) == parse(RECORD)


# Steps


@pytest.mark.parametrize("step", [step for step in Step if not SEEN >> step & 1])
def test_every_step_can_be_attested_and_only_some_declared(step: Step) -> None:
    rest = changed("REPRODUCIBLE:", f"{step.name}: {{attester: Somebody}}", _without(step))
    assert (step, "attester", "Somebody") in parse(rest).supports()
    declared = changed("REPRODUCIBLE:", f"{step.name}: declared", _without(step))
    if STEPS[step].support is Support.DECLARED:
        assert (step, "declared", "") in parse(declared).supports()
    else:
        assert only_mistake(declared).field == f"steps.{step.name}"


@pytest.mark.parametrize("step", [step for step in Step if not SEEN >> step & 1])
def test_a_step_cites_only_roles_that_it_allows(step: Step) -> None:
    allowed = STEPS[step].roles or tuple(Role)
    assert (step, "document", allowed[-1].value) in parse(_citing(step, allowed[-1])).supports()
    for role in [role for role in Role if role not in allowed][:1]:
        assert only_mistake(_citing(step, role)).field == f"steps.{step.name}.document"


def _citing(step: Step, role: Role) -> str:
    """The record with a document of a role that the step cites."""
    text = changed("documents:\n", f"documents:\n  - {{role: {role}, file: d/x.pdf}}\n", _without(step))
    return changed("REPRODUCIBLE:", f"{step.name}: {{document: {role}}}", text)


def _without(step: Step) -> str:
    """The record without any other claim of the step."""
    lines = [
        line for line in RECORD.splitlines(keepends=True) if not line.strip().startswith(f"{step.name}: ")
    ]
    text = "".join(lines)
    return text if "REPRODUCIBLE:" in text else changed("steps:\n", "steps:\n  REPRODUCIBLE:\n", text)


# The published schema


def test_the_published_schema_is_what_the_code_makes() -> None:
    published = (files("concordat") / "data" / "record.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema()
    Draft202012Validator.check_schema(schema())


def test_every_field_is_described() -> None:
    def walk(part: object, where: str) -> None:
        if not isinstance(part, dict):
            return
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), f"{where}.{name}"
            walk(field, f"{where}.{name}")
        for key in ("items", "then", "else"):
            walk(part.get(key), where)

    walk(schema(), "record")
