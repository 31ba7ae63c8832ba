# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (one mistake a line)
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import RECORD, changed, line_of, mistakes, only_mistake

from concordat.evidence.record import Mistake, Record, RecordError, parse


def test_number_of_a_case_is_not_turned_into_317() -> None:
    mistake = only_mistake(changed('case: "0317"', "case: 0317"))
    assert mistake == Mistake(
        2, "case", "0317 without quotes is a number, not text.", 'Write it in quotes: "0317"'
    )


@pytest.mark.parametrize(
    ("old", "new", "field", "what", "right"),
    [
        ("case: ", "cases: ", "cases", "no such field", "Did you mean case?"),
        ('"7.3.1"', "7.30", "tools[0].version", "7.30 without quotes", '"7.30"'),
        ("agency: MY-PDRM", "agency: 0317", "agency", "begins with a zero", '"0317"'),
        ("agency: MY-PDRM", "agency: 0", "agency", "least", "MY-PDRM"),
        ("agency: MY-PDRM", "agency: true", "agency", "without quotes", '"true"'),
        ("agency: MY-PDRM", "agency:", "agency", "empty", "MY-PDRM"),
        ("agency: MY-PDRM", 'agency: "  "', "agency", "blank", "MY-PDRM"),
        ("record/1", "record/2", "concordat", "'record/2'", "record/1"),
        ("STORAGE_IMAGING", "storage-imaging", "method", "not allowed", "Did you mean STORAGE_IMAGING?"),
        ("[MY, CN]", "MY", "forums", "must be a list", "[MY, CN]"),
        ("[MY, CN]", "[]", "forums", "empty", "[MY, CN]"),
        ("[MY, CN]", "[MY, MY]", "forums", "twice", "one of them"),
        ("[MY, CN]", "[MY, CHN]", "forums[1]", "'CHN'", "Did you mean"),
        ("country: MY", "country: Malaysia", "place.country", "'Malaysia'", "Did you mean MY?"),
        ("MY-01", "Johor", "place.subdivision", "form", "MY-01"),
        ("data_location: MY", "data_location: 马来西亚", "data_location", "not allowed", "Did you mean MY?"),
        ("T09:30:00+08:00", "T09:30:00", "started", "no offset", "2026-03-17T09:30:00+08:00"),
        ("2026-03-17T09:30:00+08:00", "2026-03-17", "started", "no offset", "T09:30"),
        ("2026-03-17T09:30:00+08:00", "2026-02-30T09:30:00+08:00", "started", "calendar", "Correct"),
        ("2026-03-17T09:30:00+08:00", "1969-12-31T23:59:59Z", "started", "before 1970", "year"),
        ("2026-03-17T09:30:00+08:00", "9999-12-31T23:59:59Z", "started", "too late", "year"),
        ("source: NTP", "source: SUNDIAL", "clock.source", "'SUNDIAL'", "NTP, GNSS, MANUAL"),
        ("offset_ms: 120", "offset_ms: 1.5", "clock.offset_ms", "whole number", "120"),
        ("offset_ms: 120", "offset_ms: 120 ms", "clock.offset_ms", "whole number", "120"),
        (", offset_ms: 120", "", "clock.offset_ms", "missing", "offset_ms: 120"),
        ("type: WARRANT", "type: WARANT", "legal_basis.type", "'WARANT'", "Did you mean WARRANT?"),
        ("present: true, reason", "present: yes, reason", "holder.present", "true or false", "true"),
        ("category: COMMUNICATION", "category: CHAT", "items[0].category", "'CHAT'", "COMMUNICATION"),
        ("phone/chat.json", "/phone/chat.json", "items[0].path", "form", "inside the folder"),
        ("phone/chat.json", "a/../../b", "items[0].path", "form", "inside the folder"),
        ("phone/chat.json", r"phone\chat.json", "items[0].path", "form", "forward slashes"),
        ("phone/chat.json", "C:/phone/chat.json", "items[0].path", "form", "inside the folder"),
        ("role: MINUTES", "role: MINUTE", "documents[0].role", "'MINUTE'", "Did you mean MINUTES?"),
        ("preserve: false", "preserve: no", "preserve", "true or false", "true"),
        ("mandate: null", "mandate: 0x12", "mandate", "without quotes", '"0x12"'),
        ("mandate: null", 'mandate: "0x12"', "mandate", "form", "64 hexadecimal"),
        ("mandate: null", "mandat: null", "mandat", "no such field", "Did you mean mandate?"),
        ("FREELY_OBTAINED: declared", "FREELY_OBTAINED: true", "steps.FREELY_OBTAINED", "not allowed", "declared"),
        ("MINUTES_MADE: {document: MINUTES}", "MINUTES_MADE: declared", "steps.MINUTES_MADE", "'declared'", "cannot be declared only"),
        ("MINUTES_MADE: {document: MINUTES}", "MINUTES_MADE: {document: LEGAL_BASIS}", "steps.MINUTES_MADE.document", "'LEGAL_BASIS'", "MINUTES"),
        ("MINUTES_MADE: {document: MINUTES}", "VIDEO_RECORDED: {document: VIDEO}", "steps.VIDEO_RECORDED", "no document has this role", "role: VIDEO"),
        ("REPRODUCIBLE:", "SECOND_OFFICER_SIGNED: declared", "steps.SECOND_OFFICER_SIGNED", "contract sees", "Remove"),
        ("REPRODUCIBLE:", "COLLECTOR_SIGNED:", "steps.COLLECTOR_SIGNED", "contract sees", "Remove"),
        ("REPRODUCIBLE:", "REPRODUCABLE: declared", "steps.REPRODUCABLE", "no such field", "Did you mean REPRODUCIBLE?"),
        ("present: true, reason: null", "presnt: ", "holder.presnt", "no such field", "Did you mean present?"),
        ("preserve: false", 'case: "0318"', "case", "already on line 2", "one of the two"),
        ("title: Phone", "title: !!binary Phone", "title", "tag", "Remove"),
        ("title: Phone", "title: !!str Phone", "title", "tag", "Remove"),
        ("title: Phone", "!!str title: Phone", "title", "tag", "Remove"),
        ("forums: [MY, CN]", "? [forums]\n: [MY, CN]", "", "key must be a word", "key: value"),
    ],
)  # fmt: skip
def test_mistake_has_line_field_and_what_would_be_right(
    old: str, new: str, field: str, what: str, right: str
) -> None:
    found = [mistake for mistake in mistakes(changed(old, new)) if mistake.field == field]
    assert len(found) == 1, mistakes(changed(old, new))
    assert found[0].line == line_of(old)
    assert what in found[0].message
    assert right in found[0].right


@pytest.mark.parametrize(
    "key",
    [
        "concordat",
        "case",
        "agency",
        "method",
        "forums",
        "place",
        "data_location",
        "started",
        "ended",
        "officers",
    ],
)
def test_required_fields(key: str) -> None:
    lines = RECORD.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith(" "))
    mistake = only_mistake("".join(lines[:start] + lines[end:]))
    assert (mistake.field, mistake.message, bool(mistake.right)) == (key, "It is missing.", True)


def test_all_mistakes_at_once_in_order_of_lines() -> None:
    text = changed('case: "0317"', "case: 0317", changed("preserve: false", "preserv: false"))
    text = changed("offset_ms: 120", "offset_ms: x", text)
    found = mistakes(text)
    assert [mistake.field for mistake in found] == ["case", "clock.offset_ms", "preserv"]
    with pytest.raises(RecordError) as caught:
        parse(text, "my.yaml")
    assert caught.value.message.startswith("my.yaml has 3 mistakes:\n  line 2: case: 0317 ")
    assert (caught.value.exit_code, caught.value.code) == (2, "record.invalid")
    assert caught.value.kept and caught.value.next


@pytest.mark.parametrize("key", ["path", "number"])
def test_items_are_named_once(key: str) -> None:
    other = {"path": "path: other.json, number: E-01", "number": "path: phone/chat.json, number: E-02"}
    wrong = other["path" if key == "number" else "number"]
    text = changed("documents:\n", f"  - {{{wrong}}}\ndocuments:\n")
    mistake = only_mistake(text)
    assert (mistake.field, mistake.line) == (f"items[1].{key}", line_of("documents:"))
    assert f"already on line {line_of('phone/chat.json')}" in mistake.message


def test_documents_are_named_once() -> None:
    mistake = only_mistake(changed("documents/warrant.pdf", "documents/minutes.pdf"))
    assert mistake.field == "documents[1].file"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("# only a comment\n", "empty"),
        ("- 1\n", "a list"),
        ("just words\n", "text"),
        ("a: [1,\n", "not YAML"),
        ("a:\tb\n\tc: d\n", "not YAML"),
        ("a: \x00\n", "not YAML"),
        ('a: "\\U00110000"\n', "not YAML"),
        ('a: "\\UFFFFFFFF"\n', "not YAML"),
        ('a: "\\uD800"\n', "not YAML"),
        ("a: 1\n---\nb: 2\n", "not YAML"),
        ("%YAML 1.1\n---\nplace: NO\n", "Directives"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "Directives"),
        ("a: &x [1]\nb: *x\n", "Anchors"),
        ("<<: {a: 1}\n", "no such field"),
        ("[" * 20 + "]" * 20, "levels"),
        ("x" * ((1 << 20) + 1), "longer"),
        ("a: " + "9" * 5000, "no such field"),
    ],
)
def test_what_is_no_record(text: str, what: str) -> None:
    assert any(what in mistake.message for mistake in mistakes(text))


def test_an_alias_bomb_is_refused_before_it_expands() -> None:
    levels = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))
    assert "Anchors" in only_mistake("a0: &a0 [x]\n" + levels).message


def test_a_deep_bomb_is_refused_before_it_recurses() -> None:
    assert "levels" in only_mistake("[" * 500_000).message


@given(st.text(max_size=200))
def test_any_text_gives_a_record_or_mistakes(text: str) -> None:
    try:
        parse(text)
    except RecordError as error:
        assert error.mistakes


@given(
    st.integers(0, len(RECORD) - 1),
    st.integers(0, 20),
    st.sampled_from(["", " ", ":", "- ", "[", "0", "null", "\n"]),
)
def test_any_damage_gives_a_record_or_mistakes(start: int, length: int, put: str) -> None:
    try:
        assert isinstance(parse(RECORD[:start] + put + RECORD[start + length :]), Record)
    except RecordError as error:
        assert all(mistake.line >= 1 and mistake.message for mistake in error.mistakes)
