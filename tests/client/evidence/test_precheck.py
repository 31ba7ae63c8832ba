# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (one case a line)
from __future__ import annotations

import re
from datetime import datetime

import pytest
from records import RECORD, changed

from concordat.evidence.precheck import FIELDS, Finding, is_empty, precheck
from concordat.evidence.precheck_rules import KNOWN, months_after
from concordat.evidence.record import parse
from concordat.evidence.rulebook import bundled
from concordat.evidence.rules import PRECHECKS

BOOKS = {code: bundled(code) for code in ("INTL", "CN", "MY", "SG")}
END = 1773716730
NOW = END + 3600

CHINESE = changed("[MY, CN]", "[CN, MY]", changed("data_location: MY", "data_location: CN"))
CHINESE = changed("country: MY, subdivision: MY-01", "country: CN, subdivision: CN-44", CHINESE)


def find(text: str, now: int = NOW, **more: object) -> list[Finding]:
    return precheck(parse(text), BOOKS, now, **more)  # type: ignore[arg-type]


def codes(text: str, now: int = NOW) -> set[str]:
    return {finding.code for finding in find(text, now)}


def test_a_record_in_order_has_no_findings() -> None:
    assert find(RECORD) == []


# Times: the inequalities of requirement S008, each with its own code


@pytest.mark.parametrize(
    ("old", "new", "now", "code", "field"),
    [
        ("from: 2026-03-16", "from: 2026-03-18", NOW, "time.before_legal_basis", "legal_basis.from"),
        ("until: 2026-03-30", "until: 2026-03-17", NOW, "time.after_legal_basis", "legal_basis.until"),
        ("until: 2026-03-30", "until: 2026-03-15", NOW, "time.basis_reversed", "legal_basis.until"),
        ("ended: 2026-03-17", "ended: 2026-03-16", NOW, "time.end_before_start", "ended"),
        ("title:", "title:", END - 7200, "time.start_in_future", "started"),
        ("title:", "title:", END - 1, "time.end_in_future", "ended"),
        ("title:", "title:", END + 720 * 3600 + 1, "time.too_late", "ended"),
        ("ended: 2026-03-17", "ended: 2026-05-17", NOW + 10**7, "duration.too_long", "ended"),
        ("offset_ms: 120", "offset_ms: -60001", NOW, "clock.offset_large", "clock.offset_ms"),
    ],
)
def test_times(old: str, new: str, now: int, code: str, field: str) -> None:
    found = {finding.code: finding for finding in find(changed(old, new), now)}
    assert found[code].field == field
    others = {name for name in found if name.startswith("time.")} - {code}
    assert others <= {"time.too_late"} if now > NOW else not others


@pytest.mark.parametrize(
    ("now", "late"), [(END, False), (END + 720 * 3600, False), (END + 720 * 3600 + 1, True)]
)
def test_bounds_of_now(now: int, late: bool) -> None:
    assert codes(RECORD, now) == ({"time.too_late"} if late else set())


def test_bounds_of_the_legal_basis() -> None:
    text = changed("from: 2026-03-16T00:00:00", "from: 2026-03-17T09:30:00")
    assert codes(changed("until: 2026-03-30T00:00:00", "until: 2026-03-17T09:30:00", text)) == set()


def test_bounds_of_clock_and_duration() -> None:
    assert codes(changed("offset_ms: 120", "offset_ms: 60000")) == set()
    longest = changed("ended: 2026-03-17T11:05:30", "ended: 2026-05-01T21:45:59")
    assert "duration.too_long" not in codes(longest, NOW + 10**7)
    parse(longest).facts()
    assert "duration.too_long" in codes(changed("21:45:59", "21:46:00", longest), NOW + 10**7)


def test_order_of_times_names_the_rule() -> None:
    found = find(changed("ended: 2026-03-17", "ended: 2026-03-16"))
    assert [finding.rule for finding in found if finding.code == "time.end_before_start"] == ["B08b"]


# What contradicts itself


@pytest.mark.parametrize(
    ("replacements", "code"),
    [
        ([("present: true, reason: null", "present: false")], "holder.absence_unreasoned"),
        ([("REPRODUCIBLE:", "HOLDER_ABSENCE_REASONED: {document: MINUTES}")], "holder.reason_missing"),
        ([("REPRODUCIBLE:", "WITNESS_ABSENCE_REASONED: {document: MINUTES}")], "witness.reason_missing"),
        (
            [
                ("REPRODUCIBLE:", "WITNESS_ELIGIBLE: declared"),
                ("present: true, eligible", "present: false, eligible"),
            ],
            "witness.eligible_but_absent",
        ),
        (
            [("REPRODUCIBLE:", "WITNESS_ELIGIBLE: declared"), ("eligible: true", "eligible: false")],
            "witness.not_eligible",
        ),
        (
            [
                (
                    "REPRODUCIBLE:",
                    "WITNESS_ELIGIBLE: declared\n  WITNESS_ABSENCE_REASONED: {document: MINUTES}",
                ),
                ("eligible: true", "eligible: true, reason: none came"),
            ],
            "witness.contradiction",
        ),
        (
            [
                (
                    "REPRODUCIBLE:",
                    "WRITE_BLOCKER_USED: {attester: Lab}\n  WRITE_BLOCKER_WAIVER_REASONED: {attester: Lab}",
                )
            ],
            "step.write_blocker_contradiction",
        ),
        ([("data_location: MY", "data_location: SG")], "mandate.missing"),
        ([("country: MY, subdivision: MY-01", "country: SG")], "mandate.missing"),
    ],
)
def test_contradictions(replacements: list[tuple[str, str]], code: str) -> None:
    text = RECORD
    for old, new in replacements:
        text = changed(old, new, text)
    assert codes(text) == {code}


def test_absence_with_reason_and_step_is_in_order() -> None:
    text = changed("present: true, reason: null", "present: false, reason: fled")
    assert codes(changed("REPRODUCIBLE:", "HOLDER_ABSENCE_REASONED: {document: MINUTES}", text)) == set()


def test_public_data_abroad_and_mandates_need_no_finding() -> None:
    abroad = changed("data_location: MY", "data_location: SG")
    assert codes(changed("REPRODUCIBLE:", "DATA_PUBLIC: declared", abroad)) == set()
    assert codes(changed("mandate: null", f'mandate: "0x{"ab" * 32}"', abroad)) == set()


@pytest.mark.parametrize(
    ("method", "old", "new", "code"),
    [
        ("PROVIDER_PRODUCTION", "  reference: MC-JB-2026-0311\n", "", "method.order_number"),
        ("DATA_PRESERVATION", "  issuer_rank: Magistrate\n", "", "method.approver_rank"),
        ("TECHNICAL_SURVEILLANCE", "  issuer_rank: Magistrate\n", "", "method.approver_rank"),
        ("ONLINE_EXTRACTION", ", locator: IMEI ending 4471", "", "method.source_locator"),
        ("FOREIGN_TRANSFER", "description: Phone of the holder, ", "", "method.source_description"),
        ("VICTIM_SUBMISSION", "description: Phone of the holder, ", "", "method.source_description"),
    ],
)
def test_what_a_method_needs(method: str, old: str, new: str, code: str) -> None:
    text = changed("STORAGE_IMAGING", method)
    assert not any(name.startswith("method.") for name in codes(text))
    assert code in codes(changed(old, new, text))


# Rules that rulebooks leave to the client


def test_every_named_check_exists() -> None:
    assert KNOWN == PRECHECKS


@pytest.mark.parametrize(
    ("replacements", "code", "field"),
    [
        ([("category: COMMUNICATION", "category: PHYSICAL")], "rule.data-category", "items[0].category"),
        ([('items:\n  - {path: phone/chat.json, category: COMMUNICATION, carrier: Phone, number: "E-01"}', "items: []")], "rule.data-category", "items"),
        ([("category: COMMUNICATION, ", "")], "rule.item-list-columns", "items[0].category"),
        ([("title:", "title:")], "rule.jargon-explained", "steps.JARGON_EXPLAINED"),
        ([("REPRODUCIBLE:", "ORIGINAL_NOT_SEIZED_REASONED: {document: MINUTES}")], "rule.original-not-seized-reason", "original_not_seized.reason"),
        (
            [
                ("REPRODUCIBLE:", "ORIGINAL_NOT_SEIZED_REASONED: {document: MINUTES}"),
                ("preserve: false", "original_not_seized: {reason: ABROAD}"),
            ],
            "rule.original-not-seized-reason",
            "original_not_seized.location",
        ),
        ([("REPRODUCIBLE:", "WRITE_BLOCKER_WAIVER_REASONED: {attester: Lab}")], "rule.video-when-write-blocker-waived", "steps.VIDEO_RECORDED"),
        ([("STORAGE_IMAGING", "DATA_PRESERVATION")], "rule.preservation-ground", "preservation.reason"),
        ([("STORAGE_IMAGING", "DATA_PRESERVATION")], "rule.preservation-period", "preservation.until"),
        (
            [
                ("STORAGE_IMAGING", "DATA_PRESERVATION"),
                ("preserve: false", "preservation: {reason: LARGE_VOLUME, until: 2026-09-17T09:30:01+08:00}"),
            ],
            "rule.preservation-period",
            "preservation.until",
        ),
    ],
)  # fmt: skip
def test_rules_of_china(replacements: list[tuple[str, str]], code: str, field: str) -> None:
    text = CHINESE
    for old, new in replacements:
        text = changed(old, new, text)
    found = [finding for finding in find(text) if finding.code == code]
    assert [(finding.field, finding.forum) for finding in found] == [(field, "CN")]
    assert found[0].rule.startswith("CN")
    assert BOOKS["CN"].rule(found[0].rule).missing.as_dict() == found[0].message


def test_rules_of_china_are_kept() -> None:
    text = changed("STORAGE_IMAGING", "DATA_PRESERVATION", CHINESE)
    text = changed("preserve: false", "preservation: {reason: OTHER, until: 2026-09-17T09:30:00+08:00}", text)
    text = changed("REPRODUCIBLE:", "JARGON_EXPLAINED: {attester: Interpreter}", text)
    assert codes(text) == set()


def test_source_that_nobody_knows_abroad() -> None:
    text = changed("source: {description: Phone of the holder, locator: IMEI ending 4471}", "source:")
    found = {finding.code: finding for finding in find(text)}
    assert (found["rule.source-known"].forum, found["rule.source-known"].severity) == ("CN", "fatal")
    stated = changed(
        "  - {role: MINUTES", "  - {role: SOURCE_STATEMENT, file: d/s.pdf}\n  - {role: MINUTES", text
    )
    stated = changed("REPRODUCIBLE:", "SOURCE_STATEMENT: {document: SOURCE_STATEMENT}", stated)
    assert "rule.source-known" not in codes(stated)


def test_data_of_a_forum_taken_from_outside_it() -> None:
    text = changed("data_location: MY", "data_location: CN")
    assert {"rule.collection-in-forum", "mandate.missing"} <= codes(text)
    assert "rule.collection-in-forum" not in codes(
        changed("mandate: null", f'mandate: "0x{"ab" * 32}"', text)
    )


def test_number_used_before_in_the_case() -> None:
    found = find(RECORD, used_numbers={"E-01"})
    assert [(finding.code, finding.field) for finding in found] == [
        ("rule.numbers-unique", "items[0].number")
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-17T09:30:00+08:00", "2026-09-17T09:30:00+08:00"),
        ("2026-08-31T00:00:00Z", "2027-02-28T00:00:00Z"),
        ("2027-08-31T00:00:00Z", "2028-02-29T00:00:00Z"),
        ("2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ],
)
def test_six_calendar_months(start: str, end: str) -> None:
    assert months_after(datetime.fromisoformat(start), 6) == datetime.fromisoformat(end)


# Fields that a country asks for, and that no other needs


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (", qualification: Examiner", "", "officers.collector.qualification"),
        ("  issuer_rank: Magistrate\n", "", "legal_basis.issuer_rank"),
        ("clock: {source: NTP, offset_ms: 120}\n", "", "clock"),
        ("confidentiality: RESTRICTED\n", "", "confidentiality"),
        ("use_limits: For case 0317 only\n", "", "use_limits"),
    ],
)
def test_empty_field_that_a_forum_asks_for(old: str, new: str, field: str) -> None:
    found = find(changed(old, new))
    assert [(finding.code, finding.severity) for finding in found] == [(f"field.{field}", "noted")]
    assert found[0].forum and found[0].rule


def test_fields_that_no_forum_asks_for_do_not_matter() -> None:
    text = changed("use_limits: For case 0317 only\n", "", changed("forums: [MY, CN]", "forums: [MY]"))
    text = changed("  second: {name: Officer Two, rank: Sergeant}\n", "", text)
    text = changed("witness: {present: true, eligible: true}\n", "", text)
    text = re.sub(r"\nitems:\n[^\n]*", "", text)
    assert find(text) == []


def test_second_officer_is_asked_for_in_china_alone() -> None:
    bare = changed("  second: {name: Officer Two, rank: Sergeant}\n", "", CHINESE)
    assert "field.officers.second" in codes(bare)


def test_forums_without_rulebook_ask_nothing() -> None:
    text = changed("forums: [MY, CN]", "forums: [MY, FR]")
    assert codes(changed("use_limits: For case 0317 only\n", "", text)) == set()


def test_a_forum_without_standard_at_that_time_asks_nothing() -> None:
    text = CHINESE.replace("2026-", "1996-")
    assert find(changed("witness: {present: true, eligible: true}\n", "", text)) == []


@pytest.mark.parametrize("field", sorted({field for fields in FIELDS.values() for field in fields}))
def test_every_field_can_be_seen_to_be_empty(field: str) -> None:
    assert not is_empty(parse(RECORD), field)


def test_findings_are_in_both_languages_and_codes_are_stable_words() -> None:
    text = CHINESE
    for old, new in (
        ("STORAGE_IMAGING", "DATA_PRESERVATION"),
        ("ended: 2026-03-17", "ended: 2026-03-16"),
        ("offset_ms: 120", "offset_ms: 70000"),
        ("  issuer_rank: Magistrate\n", ""),
    ):
        text = changed(old, new, text)
    found = find(text)
    assert len(found) >= 6
    for finding in found:
        assert re.fullmatch(r"[a-z]+(\.[a-z_-]+)+", finding.code)
        assert finding.severity in ("noted", "curable", "fatal")
        assert finding.message["en"] and re.search(r"[\u4e00-\u9fff]", finding.message["zh"])
