# SPDX-License-Identifier: Apache-2.0
"""Papers of cooperation: all that the law asks is in them, in two languages; hostile words do nothing."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import pytest
from assistance_papers import ACT, THERE, drafts, every, extradited, judged, petition, timeline
from pypdf import PdfReader
from request_samples import POLICE

from concordat.cooperation.agreements.comparison import changes
from concordat.cooperation.law import library
from concordat.cooperation.orders.messages import Answer, Refusal, Words
from concordat.cooperation.orders.requestfile import parse
from concordat.cooperation.papers import extradition, letters, replies
from concordat.cooperation.words import LegalBasis, RefusalGround, RequestKind
from concordat.evidence.assess import Verdict
from concordat.evidence.methods import Method
from concordat.rendering import html, json, pdf
from concordat.rendering.content import Document, Table
from concordat.rendering.fonts import REGULAR, drawable
from concordat.rendering.lines import Run, Style, break_lines
from concordat.rendering.present import wordings

PAPERS = list(every())
NAMES = [f"{number}-{paper.kind}" for number, paper in enumerate(PAPERS)]
IMLA_13 = (
    "Nature of the case",
    "Facts of the case",
    "Provisions of law that apply",
    "What is asked for",
    "For what purpose",
    "What it has to do with the case",
    "Wished time limit",
    "Asking agency",
)


def words(document: Document) -> str:
    """All that a paper says, in English, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.render(document, ("en",)))).split())


@pytest.mark.parametrize("paper", PAPERS, ids=NAMES)
def test_json_html_and_pdf_say_it(paper: Document) -> None:
    assert json.decode(json.encode(paper)) == paper
    assert pdf.render(paper) == pdf.render(paper)
    reader = PdfReader(io.BytesIO(pdf.render(paper)))
    text = "".join(page.extract_text() for page in reader.pages)
    assert paper.number in text.replace("\n", "")
    for language in ("en", "zh"):
        assert paper.title.of(language) in html.render(paper, (language,))


@pytest.mark.parametrize("paper", PAPERS, ids=NAMES)
def test_every_wording_is_in_both_languages(paper: Document) -> None:
    for fact in paper.facts():
        assert fact.label.en.isascii(), fact.label
        assert re.search(r"[\u4e00-\u9fff]", fact.label.zh), fact.label
    for section in paper.sections:
        assert section.title.en != section.title.zh
    assert len({section.key for section in paper.sections}) == len(paper.sections)


def test_each_kind_of_paper_is_there() -> None:
    assert {paper.kind for paper in PAPERS} == {
        "assistance-request/1",
        "assistance-transmission/1",
        "assistance-acknowledgement/1",
        "assistance-conditions/1",
        "assistance-refusal/1",
        "assistance-answer/1",
        "agreement-summary/1",
        "extradition-checklist/1",
    }


def test_the_letter_has_the_fields_of_article_13() -> None:
    said = words(PAPERS[0])
    for label in IMLA_13:
        assert label in said, label
    assert "International Mutual Legal Assistance in Criminal Matters (2018), art. 13" in said
    assert "41 victims" in said
    assert "Two servers, rack 7" in said


def test_the_letter_shows_channel_outside_reference_urgency_and_presence() -> None:
    said = words(PAPERS[0])
    for part in (
        "INTERPOL (National Central Bureau)",
        "IP-2026-7781",
        "data are about to be lost",
        "The host deletes its logs",
        "own officials wish to be present",
        "not to be passed on to any third state",
        "+86 10 0000 0000",
        "5F2C 91A0",
    ):
        assert part in said, part


def test_the_letter_carries_the_whole_checklist() -> None:
    said, found = words(PAPERS[0]), petition().checklist
    assert found is not None
    for method in found.standards:
        for line in found.lines(method):
            assert all(each["en"] in said for each in line["attests"])
    tables = [block for section in PAPERS[0].sections for block in section.blocks if isinstance(block, Table)]
    rows = [row for table in tables if table.key.startswith("steps") for row in table.rows]
    assert len(rows) == len(set(rows)) < sum(len(found.lines(method)) for method in found.standards)


@pytest.mark.parametrize("paper", PAPERS, ids=NAMES)
def test_every_character_has_a_glyph_and_the_foot_has_room(paper: Document) -> None:
    shown = html.render(paper)
    assert {char for char in shown if not drawable(char) and not char.isspace()} == set()
    text = "  ".join(wordings(paper.statement, ("en", "zh")))
    assert break_lines([Run(text, Style(REGULAR, 7.2, 10.5))], 10_000)[0].width < 400


def test_a_request_between_police_is_short() -> None:
    request = parse(POLICE)
    short = letters.request_letter(
        petition(request=request, own_authority=None, checklist=None, agreement=None), ACT
    )
    said = words(short)
    assert "verification of persons" in said
    assert "TLP:AMBER" in said
    assert "Passed on by" not in said
    assert not any(section.key.startswith("checklist") for section in short.sections)


def test_fields_that_nobody_asked_for_are_shown_too() -> None:
    content = {**petition().request.content, "danger": "Two persons are held."}
    said = words(letters.request_letter(petition(request=replace(petition().request, content=content)), ACT))
    assert "Facts of the danger" in said
    assert "Two persons are held." in said


def test_a_promise_of_reciprocity_is_in_the_letter() -> None:
    whole = petition()
    standing = replace(
        whole.request.standing, basis=LegalBasis.RECIPROCITY, agreement=None, promise="So do we."
    )
    said = words(letters.request_letter(petition(request=replace(whole.request, standing=standing)), ACT))
    assert "promise of reciprocity" in said
    assert "So do we." in said


def test_a_lawful_refusal_says_that_it_costs_nothing() -> None:
    lawful, other = (paper for paper in PAPERS if paper.kind == "assistance-refusal/1")
    assert "costs nobody any standing" in words(lawful)
    assert "6 NO_SUBSTANTIAL_LINK" in words(lawful)
    assert "counts as one without ground" in words(other)


@pytest.mark.parametrize("ground", RefusalGround)
def test_every_ground_has_its_paper(ground: RefusalGround) -> None:
    said = words(replies.refusal(petition(), ACT, Refusal(ground, "Why.")))
    assert ground.label().en.rstrip(".") in said


def test_the_answer_shows_what_the_forum_misses() -> None:
    found = judged()
    assert found.assessment.verdict not in (Verdict.CONFORMS, Verdict.NO_STANDARD)
    said = words(next(paper for paper in PAPERS if paper.kind == "assistance-answer/1"))
    assert found.assessment.verdict.label() in said
    assert "Not shown:" in said
    assert "0x" + "5a" * 32 in said
    other = replies.answer(petition(checklist=None), ACT, Answer(True, "Done."), [found])
    assert "Not shown:" in words(other)
    unknown = replies.answer(
        petition(), ACT, Answer(True, "Done."), [replace(found, method=Method.LIVE_CAPTURE)]
    )
    assert "Not shown:" in words(unknown)


def test_presence_is_granted_or_not_where_it_was_wished() -> None:
    one, other = (words(replies.conditions(petition(), ACT, Words("a"), presence=p)) for p in (True, False))
    assert "Presence of officials granted" in one
    assert "Presence of officials not granted" in other
    unwished = petition(request=replace(petition().request, presence=False))
    assert "Presence of officials" not in words(replies.conditions(unwished, ACT, Words("a"), presence=False))


def test_the_summary_says_what_was_changed_and_binds_to_the_version() -> None:
    paper = next(each for each in PAPERS if each.kind == "agreement-summary/1")
    said = words(paper)
    assert "60 days instead of 90 days" in said
    assert "Name a contact point." in said
    assert "A/RES/55/25" in said
    assert len(changes(*drafts())) == 1


def test_the_extradition_checklist_follows_the_country_and_its_treaty() -> None:
    paper = PAPERS[-1]
    said = words(paper)
    parts = (
        "Treaty on Extradition between China and Thailand",
        "1999-03-07",
        "within sixty days",
        "12 months",
        "prima facie",
        "Fraud on the public",
        "OVERDUE: no answer",
        "time alone",
        "Attorney General",
    )
    for part in parts:
        assert part in said, part
    assert said.count("■") == 2
    lacking = extradition.missing("CN", "TH", {"warrant"})
    assert set(lacking) >= {"facts", "identity", "treaty_provisional"}
    assert "warrant" not in lacking
    assert "treaty_provisional" not in extradition.missing("MY", "TH", ())
    assert extradition.missing("CN", "FR", ()) == ()


@pytest.mark.parametrize("code", library.countries())
def test_every_country_has_its_checklist(code: str) -> None:
    request = replace(extradited(), to=code)
    home = "MY" if code == "CN" else "CN"
    paper = extradition.checklist(petition(request=request, home=home, checklist=None), ACT, [])
    said = words(paper)
    assert all(check.says.en in said for check in library.country(code).extradition.checks)
    assert "Nothing is recorded yet." in said


def test_an_unknown_country_is_said_to_be_unknown() -> None:
    request = replace(extradited(), to="FR")
    said = words(extradition.checklist(petition(request=request, home="JP", checklist=None), ACT, timeline()))
    assert "Nothing about this country comes with this project" in said
    assert "No treaty on extradition between the two is known here" in said
    assert "a person has to compare the laws" in said


@pytest.mark.parametrize(
    "bad",
    ["<script>alert(1)</script>", "&amp;<b>", "\u202eevil", "a" * 4_000, "\x07\x00", "😀 ༀ", "line\u2028two"],
)
def test_what_others_wrote_is_shown_and_does_nothing(bad: str) -> None:
    whole = petition()
    content = {**whole.request.content, "facts": bad, "evidence_items": (bad,)}
    request = replace(whole.request, content=content, number=bad[:60], outside=bad[:60])
    paper = letters.request_letter(petition(request=request), ACT)
    assert "<script>" not in html.render(paper)
    assert pdf.render(paper).startswith(b"%PDF")
    assert pdf.render(replies.answer(whole, ACT, Answer(True, bad))).startswith(b"%PDF")
    assert letters.acknowledgement(whole, ACT, THERE).number == "CN-2026-0042/ACK-2042"


def test_every_kind_of_request_has_a_letter() -> None:
    for kind in RequestKind:
        paper = letters.request_letter(petition(request=replace(petition().request, kind=kind)), ACT)
        assert kind.label().en in words(paper)
