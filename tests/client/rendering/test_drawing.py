# SPDX-License-Identifier: Apache-2.0
"""Drawings in documents: the same picture in HTML and PDF, and back from JSON."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from concordat.rendering import html, json, pdf
from concordat.rendering.content import (
    Anchor,
    Document,
    Dot,
    Drawing,
    Label,
    Paragraph,
    Rect,
    Section,
    Stroke,
    Text,
    Tone,
    data,
)

SHAPES = (
    Rect(0, 0, 100, 40, "#e8eaed"),
    Dot(20, 20, 3, "#5b9bd5"),
    Stroke(0, 39.5, 100, 39.5, "#1a1a1a"),
    Label(50, 30, Text("half", "一半"), 8, "#1a1a1a", Anchor.MIDDLE),
    Label(99, 30, data("<b>&"), anchor=Anchor.END),
)


def document(*shapes: object, width: float = 100, **changes: object) -> Document:
    """A document with one drawing."""
    drawing = Drawing("d", width, 40, shapes or SHAPES, Text("A picture", "一幅图"))  # type: ignore[arg-type]
    given: dict[str, object] = {
        "kind": "drawing/1",
        "title": Text("Drawing", "图"),
        "number": "1",
        "agency": data("XX"),
        "case": "",
        "case_title": "",
        "dated": datetime(2026, 1, 2, tzinfo=UTC),
        "generator": "test",
        "statement": Text("A test", "测试"),
        "review": Text("by nobody", "无"),
        "sections": (Section("s", Text("One", "一"), (drawing,)),),
    }
    return Document(**{**given, **changes})  # type: ignore[arg-type]


def test_a_drawing_comes_back_from_json() -> None:
    made = document()
    assert json.decode(json.encode(made)) == made


def test_html_has_it_as_one_picture_with_its_words() -> None:
    page = html.render(document())
    (svg,) = re.findall(r"<svg.*?</svg>", page, re.S)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    assert [child.tag for child in root] == ["rect", "circle", "line", "text", "text"]
    assert root.get("viewBox") == "0 0 100 40" and root.get("aria-label") == "A picture  一幅图"
    assert [child.text for child in root][3:] == ["half  一半", "<b>&"]
    assert "<figcaption>" in page and "<script" not in page


@pytest.mark.parametrize("width", [100, 471, 2_000])
def test_pdf_has_its_words_and_is_the_same_each_time(width: float) -> None:
    made = document(width=width)
    content = pdf.render(made)
    assert content == pdf.render(made)
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "half" in text and "一半" in text and "A picture" in text


def test_what_was_reviewed_is_named_and_old_documents_keep_their_json() -> None:
    plain = document()
    assert b"reviewed" not in json.encode(plain)
    assert "Standards: by nobody." in html.render(plain)
    named = document(reviewed=Text("Freeze profile", "措施规则"))
    assert json.decode(json.encode(named)) == named
    assert "Freeze profile: by nobody." in html.render(named) and "措施规则：无。" in html.render(named)


def test_what_a_document_does_not_have_is_not_shown() -> None:
    assert ">Case<" not in html.render(document())
    assert ">Case<" in html.render(document(case="0317"))


def test_a_warning_stands_out_on_paper_too() -> None:
    section = Section("s", Text("One", "一"), (Paragraph(Text("Beware", "注意"), Tone.WARNING),))
    reader = PdfReader(io.BytesIO(pdf.render(document(sections=(section,)), ("en",))))
    fonts: list[str] = []

    def visit(text: str, _c: object, _t: object, font: dict[str, str] | None, _s: float) -> None:
        if "Beware" in text and font:
            fonts.append(font["/BaseFont"])

    reader.pages[0].extract_text(visitor_text=visit)
    assert fonts and all("Bold" in font for font in fonts)
