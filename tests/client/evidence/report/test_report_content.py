# SPDX-License-Identifier: Apache-2.0
"""Both documents: what they say, that they always say it in the same bytes, and that size does not hurt."""

from __future__ import annotations

import hashlib
import json as stdlib_json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import report_samples as samples

from concordat.errors import UsageError
from concordat.evidence import canonical, merkle
from concordat.evidence.report import (
    Document,
    Mark,
    ReportError,
    collection_report,
    decode,
    encode,
    registration_certificate,
    to_html,
    to_pdf,
)
from concordat.evidence.report.exhibits import Exhibits
from concordat.evidence.report.inputs import Person, Review
from concordat.rendering.content import Code, Paragraph, VerdictBox

BOTH = pytest.mark.parametrize("kind", ["report", "certificate"])


def make(kind: str) -> Document:
    if kind == "report":
        return collection_report(samples.collection())
    return registration_certificate(samples.certificate())


def facts(document: Document) -> dict[str, tuple[str, ...]]:
    return {fact.key: tuple(line.en for line in fact.lines) for fact in document.facts()}


@BOTH
def test_json_is_canonical_and_reads_back(kind: str) -> None:
    document = make(kind)
    content = encode(document)
    assert canonical.dumps(stdlib_json.loads(content)) == content
    assert encode(decode(content)) == content
    assert to_html(decode(content)) == to_html(document)


@BOTH
def test_same_input_gives_the_same_bytes(kind: str) -> None:
    first, second = make(kind), make(kind)
    assert encode(first) == encode(second)
    assert to_html(first) == to_html(second)
    assert to_pdf(first) == to_pdf(second)


def test_bytes_do_not_depend_on_the_process() -> None:
    program = (
        "import hashlib, report_samples as samples\n"
        "from concordat.evidence.report import *\n"
        "for d in (collection_report(samples.collection()), "
        "registration_certificate(samples.certificate())):\n"
        "    for b in (encode(d), to_html(d).encode(), to_pdf(d)): print(hashlib.sha256(b).hexdigest())\n"
    )
    here = str(Path(samples.__file__).parent)
    path = os.pathsep.join([here, *(each for each in sys.path if each)])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(outputs) == 1
    assert len(outputs.pop().split()) == 6


@BOTH
def test_the_five_fields_of_the_project_description(kind: str) -> None:
    found = facts(make(kind))
    assert found["time"] == (
        "2026-03-17 01:30:00 – 03:05:00 UTC",
        "2026-03-17 09:30:00 – 11:05:00 UTC+08:00",
    )
    assert found["place"] == ("Malaysia", "MY-01", "Police headquarters, digital evidence room 3")
    assert found["forensic_personnel"] == (
        "Aminah binti Yusof, Inspector, G/17731",
        "李伟明, Sergeant, G/20418",
    )
    assert "photo or picture (image/jpeg): 1" in found["data_format"][0]
    assert "communication: 1" in found["data_type"][0]


def test_every_fact_of_the_case_says_what_stands_behind_it() -> None:
    marks = {fact.key: fact for fact in collection_report(samples.collection()).facts()}
    assert marks["MINUTES_MADE"].mark is Mark.SUPPORTED
    assert marks["MINUTES_MADE"].exhibit == 5
    assert marks["WRITE_BLOCKER_USED"].attester == "Sgt. 李伟明"
    assert marks["FREELY_OBTAINED"].mark is Mark.DECLARED
    assert marks["legal_basis"].exhibit == 6
    assert marks["clock.offset"].exhibit == 5
    assert marks["place"].mark is Mark.DECLARED
    assert marks["data_format"].mark is Mark.MEASURED
    assert not [key for key, fact in marks.items() if fact.mark is Mark.SEEN]
    for key in ("time", "started", "collector", "holder", "witness", "method", "tool.1", "case"):
        assert marks[key].mark is not None, key


def test_the_certificate_marks_what_the_contract_saw() -> None:
    marks = {fact.key: fact.mark for fact in registration_certificate(samples.certificate()).facts()}
    assert marks["COLLECTOR_SIGNED"] is Mark.SEEN
    assert marks["collector.signature"] is Mark.SEEN
    assert marks["collector.qualified"] is Mark.SEEN
    assert marks["second_officer.signature"] is Mark.SEEN
    assert marks["agency"] is Mark.SEEN
    assert marks["collector"] is Mark.DECLARED, "the contract saw a key, not a name"
    assert marks["registered_at"] is Mark.SEEN
    assert marks["witness"] is Mark.DECLARED
    assert "witness.signature" not in marks
    assert marks["place"] is Mark.DECLARED


@BOTH
def test_statement_and_review_stand_on_every_document(kind: str) -> None:
    document = make(kind)
    for html, words in (
        (
            to_html(document, ("en",)),
            ("Assessment of declared facts, not a ruling", "not reviewed by counsel"),
        ),
        (to_html(document, ("zh",)), ("对所申报事实的评估，并非裁决", "未经法律专业人士审阅")),
    ):
        for word in words:
            assert word in html


def test_a_review_counts_only_with_a_person_and_a_date() -> None:
    for review, expected in (
        (Review(status="reviewed"), "not reviewed by counsel"),
        (Review(status="reviewed", by="Tan Mei Ling"), "not reviewed by counsel"),
        (Review(status="drafted", by="Tan Mei Ling", date="2026-05-01"), "not reviewed by counsel"),
        (
            Review(status="reviewed", by="Tan Mei Ling", date="2026-05-01"),
            "reviewed by Tan Mei Ling, 2026-05-01",
        ),
    ):
        given = samples.collection(assessments=(replace(samples.HOME, review=review),))
        assert expected in collection_report(given).review.en


def test_one_standard_without_review_decides_for_the_whole_document() -> None:
    reviewed = replace(samples.HOME, review=Review(status="reviewed", by="Tan Mei Ling", date="2026-05-01"))
    document = collection_report(samples.collection(assessments=(reviewed, samples.ABROAD)))
    assert document.review.en == "drafted by engineers, not reviewed by counsel"


def test_findings_stand_apart_from_the_verdict() -> None:
    document = collection_report(samples.collection())
    sections = {section.key: section for section in document.sections}
    assert any(isinstance(block, VerdictBox) for block in sections["assessment"].blocks)
    assert not any(isinstance(block, VerdictBox) for block in sections["findings"].blocks)
    assert "EXIF_PLACE_OUTSIDE" not in str(sections["assessment"])
    assert "EXIF_PLACE_OUTSIDE" in str(sections["findings"])


def test_the_report_knows_nothing_of_the_chain() -> None:
    content = encode(collection_report(samples.collection())).decode()
    for value in (samples.RECEIPT.root, samples.RECEIPT.manifest_sha256, samples.RECEIPT.transaction):
        assert value not in content


@BOTH
def test_limits_are_said(kind: str) -> None:
    section = next(section for section in make(kind).sections if section.key == "limits")
    text = str(section)
    for words in ("does not prove that they were true", "has to trust", "exculpatory", "synthetic media"):
        assert words in text


def test_a_hundred_thousand_exhibits_show_five_hundred() -> None:
    total = 100_000
    given = samples.collection(exhibits=samples.exhibit_list(samples.many(total), "ab" * 32))
    document = collection_report(given)
    shown = [b for s in document.sections for b in s.blocks if isinstance(b, Exhibits)]
    assert shown[0].count == total
    assert len(shown[0].entries) == 500
    assert len(encode(document)) < 500_000
    html = to_html(document)
    assert "mail/000500.eml" in html
    assert "mail/000501.eml" not in html
    assert "first 500 of 100,000" in html
    assert "ab" * 32 in html
    assert len(to_pdf(document)) < 2_000_000


@pytest.mark.parametrize("languages", [("fr",), (), ("en", "de")])
def test_an_unknown_language_is_refused(languages: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="No document can be made"):
        to_html(make("report"), languages)


def test_one_language_leaves_the_other_out() -> None:
    document = make("report")
    english, chinese = to_html(document, ("en",)), to_html(document, ("zh",))
    assert "概要" not in english
    assert "Summary" not in chinese
    assert '<html lang="en">' in english
    assert '<html lang="zh-Hans">' in chinese
    assert to_html(document, ("zh", "en")).index("概要") < to_html(document, ("zh", "en")).index("Summary")


def test_the_chosen_language_does_not_change_the_hash_of_the_report() -> None:
    document = make("report")
    digest = hashlib.sha256(encode(document)).hexdigest()
    for languages in (("en",), ("zh",), ("en", "zh")):
        assert digest in to_html(document, languages)


def test_other_bytes_are_no_document() -> None:
    with pytest.raises(ReportError):
        decode(b'{"kind":"x"}')


def test_a_bare_record_still_makes_both_documents() -> None:
    record = replace(
        samples.RECORD,
        title="",
        place_subdivision="",
        place_description="",
        clock_source="",
        clock_offset_ms=None,
        legal_basis=None,
        collector=Person(name="X"),
        second=None,
        holder=None,
        witness=None,
        tools=(),
        confidentiality="",
        use_limits="",
        source_description="",
        source_locator="",
    )
    bare = samples.collection(
        record=record,
        steps=(),
        findings=(),
        assessments=(),
        refusals=(),
        expected={},
        exhibits=samples.exhibit_list([]),
    )
    after = samples.certificate(record=record, steps=(), events=(), exhibits=samples.exhibit_list([]))
    for document in (collection_report(bare), registration_certificate(after)):
        assert "not stated in the record" in to_html(document)
        assert to_pdf(document).startswith(b"%PDF")


def test_times_are_shown_in_utc_and_local_time() -> None:
    certificate = registration_certificate(samples.certificate())
    found = facts(certificate)
    assert found["registered_at"] == ("2026-03-17 06:41:09 UTC", "2026-03-17 14:41:09 UTC+08:00")
    assert certificate.dated == datetime(2026, 3, 17, 6, 41, 9, tzinfo=UTC)


def test_the_commands_for_checking_by_hand_give_the_leaf(tmp_path: Path) -> None:
    seed, manifest = bytes(range(32)), b'{"concordat":"manifest/1"}'
    (tmp_path / "salt.seed").write_text(seed.hex())
    (tmp_path / "manifest.json").write_bytes(manifest)
    (tmp_path / "exhibits.jsonl").write_bytes(b"{}\n")
    document = registration_certificate(samples.certificate())
    lines = next(b.lines for s in document.sections for b in s.blocks if isinstance(b, Code))
    local = "\n".join(line for line in lines[: lines.index(f"TX={samples.RECEIPT.transaction}")])
    shown = subprocess.run(
        ["bash", "-eu", "-c", local], cwd=tmp_path, capture_output=True, check=True, text=True
    ).stdout.split()
    assert shown[0] == hashlib.sha256(b"{}\n").hexdigest()
    assert shown[2] == merkle.leaf_hash(merkle.salt(seed, 0), manifest).hex()


def test_numbers_are_stable_and_differ() -> None:
    assert make("report").number == make("report").number
    other = samples.collection(exhibits=samples.exhibit_list(None, "00" * 32))
    assert collection_report(other).number != make("report").number


def test_prose_of_a_document_is_in_both_languages() -> None:
    for kind in ("report", "certificate"):
        for section in make(kind).sections:
            assert not section.title.is_data
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    assert not block.text.is_data
