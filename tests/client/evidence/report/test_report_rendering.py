# SPDX-License-Identifier: Apache-2.0
"""Names that try to be mark-up, to hide, or not to fit; and glyphs that must really be there."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources

import pytest
import report_samples as samples
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFontFile

from concordat.evidence.report import Document, Text, collection_report, to_html, to_pdf
from concordat.evidence.report.inputs import Person
from concordat.rendering.content import LIMIT
from concordat.rendering.fonts import drawable, font_for
from concordat.rendering.lines import Run, Style, break_lines
from concordat.rendering.visible import visible

FONTS = resources.files("concordat").joinpath("data", "fonts")
HOSTILE = (
    "<script>alert(1)</script>.txt",
    '"><img src=x onerror=alert(1)>.jpg',
    "</style><style>body{display:none}.css",
    "&lt;b&gt;.txt",
    "<font size=99><a href='file:///etc/passwd'>x</a></font>.pdf",
    "%s%n{0}${HOME}.log",
    "photo\u202egpj.exe",
    "line one\nline two.txt",
    "zero\u200bwidth.txt",
    "😀 party.png",
    "한국어.txt",
    "bell\x07.txt",
    "x" * 2000 + ".bin",
    "很长的文件名" * 200 + ".doc",
)


def hostile() -> Document:
    rows = [samples.entry(number, path) for number, path in enumerate(HOSTILE, 1)]
    person = Person(name="<b>Eve</b>", badge="</td>", qualification="<para>")
    record = replace(
        samples.RECORD, collector=person, title="<h1>&title;</h1>", place_description="</dl><hr>"
    )
    return collection_report(samples.collection(record=record, exhibits=samples.exhibit_list(rows)))


class Tags(HTMLParser):
    """Collects what a browser would take as elements, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


def text_of(document: Document, languages: tuple[str, ...] = ("en", "zh")) -> str:
    reader = PdfReader(io.BytesIO(to_pdf(document, languages)))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_nothing_in_html_comes_from_names() -> None:
    parser = Tags()
    parser.feed(to_html(hostile()))
    clean = Tags()
    clean.feed(to_html(collection_report(samples.collection())))
    assert parser.seen == clean.seen
    assert parser.attributes == clean.attributes
    assert not parser.seen & {"script", "img", "a", "font", "iframe", "link", "object"}


def test_html_fetches_and_runs_nothing() -> None:
    html = to_html(collection_report(samples.collection()))
    assert "default-src 'none'" in html
    assert not re.search(r"(src|href)=|url\((?!data:)|@import|https?://(?!www\.w3\.org)", html)


def test_hidden_characters_are_written_out_in_html() -> None:
    html = to_html(hostile())
    for sign in ("\u202e", "\u200b", "\x07"):
        assert sign not in html
    assert r"photo\u{202E}gpj.exe" in html
    assert r"line one\u{A}line two.txt" in html


def test_marks_of_the_pdf_writer_are_plain_text() -> None:
    text = text_of(hostile()).replace("\n", "")
    assert "<script>alert(1)</script>.txt" in text.replace(" ", "")
    assert "<b>Eve</b>" in text


def test_missing_glyphs_are_written_out_in_pdf() -> None:
    text = text_of(hostile())
    assert r"\u{1F600}" in text
    assert r"\u{202E}" in text
    assert r"\u{D55C}" in text


def test_chinese_glyphs_are_embedded() -> None:
    reader = PdfReader(io.BytesIO(to_pdf(collection_report(samples.collection()))))
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()
            fonts[described["/BaseFont"]] = described
    assert {name.split("+")[1] for name in fonts} == {
        "ConcordatSerif-Regular",
        "ConcordatSerif-Bold",
        "ConcordatMono-Regular",
    }
    for font in fonts.values():
        outlines = font["/FontDescriptor"]["/FontFile2"].get_object().get_data()
        assert outlines[:4] in (b"\x00\x01\x00\x00", b"true")


def test_html_carries_its_own_glyphs() -> None:
    html = to_html(collection_report(samples.collection()))
    faces = re.findall(
        r'font-family: "([^"]+)"; font-weight: (\d+); src: url\(data:font/ttf;base64,([^)]+)\)', html
    )
    assert [face[:2] for face in faces] == [
        ("Concordat Serif", "400"),
        ("Concordat Serif", "700"),
        ("Concordat Mono", "400"),
    ]
    regular = TTFontFile(io.BytesIO(base64.b64decode(faces[0][2])))
    bold = TTFontFile(io.BytesIO(base64.b64decode(faces[1][2])))
    whole = TTFontFile(io.BytesIO(FONTS.joinpath("ConcordatSerif-Regular.ttf").read_bytes()))
    for char in "李伟明群聊记录ACae09；（）":
        assert regular.charWidths[ord(char)] == whole.charWidths[ord(char)], char
    assert all(ord(char) in bold.charToGlyph for char in "电子数据取证报告概要")
    assert len(regular.charToGlyph) < 1000


def test_fonts_are_the_ones_that_were_made() -> None:
    for row in json.loads(FONTS.joinpath("fonts.json").read_text()):
        content = FONTS.joinpath(row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert len(content) < 3_500_000


def test_chinese_text_can_be_read_back() -> None:
    text = text_of(collection_report(samples.collection()), ("zh",)).replace("\n", "")
    for words in (
        "电子数据取证报告",
        "对所申报事实的评估，并非裁决",
        "李伟明",
        "局限与未查验事项",
        "群聊记录",
    ):
        assert words in text


def test_rare_and_traditional_hanzi_have_glyphs() -> None:
    for char in "玥珺喆镕赟堃翀犇繁體鑑識髙ạẵЖΩかカ§№—“”●◎◆○✓":
        assert drawable(char), char
    assert font_for("玥", "ConcordatSerif-Regular") == "ConcordatSerifMore-Regular"


def test_visible_is_unambiguous() -> None:
    assert visible("a\u202eb") == r"a\u{202E}b"
    assert visible(r"a\u{202E}b") == r"a\\u{202E}b"
    assert visible(r"C:\users\x") == r"C:\users\x"
    assert visible("\ud800") == r"\u{D800}"
    assert visible("no\u00a0break") == r"no\u{A0}break"


@pytest.mark.parametrize("text", [*HOSTILE, "a b " * 300, "中文，标点。" * 50, "deadbeef" * 40, "", " "])
@pytest.mark.parametrize("room", [20.0, 120.0, 471.0])
def test_lines_never_overflow_and_lose_nothing(text: str, room: float) -> None:
    lines = break_lines([Run(text, Style())], room)
    assert all(line.width <= room for line in lines)
    drawn = "".join(piece.text for line in lines for piece in line.pieces)
    assert drawn.replace(" ", "") == visible(text, drawable).replace(" ", "")


def test_no_line_begins_with_closing_punctuation() -> None:
    lines = break_lines([Run("这是一段用来检验避头尾规则的文字，其中标点不得置于行首。" * 8, Style())], 150)
    assert not [line for line in lines if line.pieces and line.pieces[0].text[0] in "，。；：）"]


def test_pages_are_numbered_and_carry_the_hash() -> None:
    document = collection_report(samples.collection())
    reader = PdfReader(io.BytesIO(to_pdf(document, ("en",))))
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {count}" in text
        assert "JSON SHA-256" in text
        assert "Assessment of declared facts, not a ruling" in text


def test_a_field_longer_than_a_page_runs_over_pages() -> None:
    lines = "\n".join(f"line {number} of a very long description" for number in range(300))
    record = replace(samples.RECORD, place_description=lines, use_limits="word " * 8000 + "THE-END")
    party = replace(samples.ABROAD.reasons[0], cure=Text("cure " * 4000 + "LAST", "补正" * 4000))
    forum = replace(samples.ABROAD, reasons=(party,))
    document = collection_report(samples.collection(record=record, assessments=(forum,)))
    text = text_of(document)
    assert "line 299 of a very long description" in text
    assert "THE-END" in text
    assert "LAST" in text


def test_pdf_is_dated_by_the_record() -> None:
    reader = PdfReader(io.BytesIO(to_pdf(collection_report(samples.collection()))))
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == "D:20260317030500+00'00'"
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert len(reader.outline) == len(collection_report(samples.collection()).sections)


def test_long_lists_of_findings_are_cut_and_counted() -> None:
    findings = samples.FINDINGS * (LIMIT + 7)
    html = to_html(collection_report(samples.collection(findings=findings)))
    assert f"The first {LIMIT} of {LIMIT + 7} findings" in html
