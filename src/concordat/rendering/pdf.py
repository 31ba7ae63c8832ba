# SPDX-License-Identifier: Apache-2.0
"""A document as PDF: A4, embedded fonts, bookmarks, page x of y, the JSON's hash at the foot of every page.

The same document gives the same bytes: the only date in the file is the document's own.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from concordat.rendering import json, present
from concordat.rendering.bands import Band, Column, Page, draw_line, paginate
from concordat.rendering.content import LANGUAGES, Document, Text, data
from concordat.rendering.fonts import BOLD, MONO, REGULAR, font_for
from concordat.rendering.lines import Line, Run, Style, break_lines
from concordat.rendering.pdf_blocks import ACCENT, GREY, GROUND, INK, LEFT, RULE, WIDTH, Writer, space

PAGE_WIDTH, PAGE_HEIGHT = A4
TOP: Final = 70.0
FOOT: Final = 68.0
SMALL = Style(REGULAR, 7.2, 10.5, GREY)
SMALL_MONO = Style(MONO, 6.6, 10.5, GREY)


def render(document: Document, languages: Sequence[str] = LANGUAGES) -> bytes:
    """Render a document as PDF.

    Args:
        document: what to render.
        languages: ``("en",)``, ``("zh",)`` or both, in the order in which they are shown.

    """
    writer = Writer(present.chosen(languages))
    digest = hashlib.sha256(json.encode(document)).hexdigest()
    bands = [*_title(document, writer)]
    for number, section in enumerate(document.sections, 1):
        bands += writer.section(number, section)
    pages = paginate(bands, PAGE_HEIGHT - TOP - FOOT)
    return _draw(document, writer, pages, digest)


def _title(document: Document, writer: Writer) -> Iterator[Band]:
    """Give the strips of the title block."""
    yield _centred(document.agency, Style(REGULAR, 10.5, 15, GREY), writer)
    yield space(6)
    for index, word in enumerate(present.wordings(document.title, writer.languages)):
        yield _centred(
            data(word), Style(BOLD, 21 if index == 0 else 16, 30 if index == 0 else 24, ACCENT), writer
        )
    yield Band(left=LEFT, width=WIDTH, above=6, rule=ACCENT, rule_width=1.6)
    yield Band(left=LEFT, width=WIDTH, above=2.2, rule=ACCENT, rule_width=0.5)
    yield space(6)
    for name, lines in present.head_rows(document):
        label = writer.lines(name, Style(BOLD, 9, 13.5, INK), WIDTH * 0.3)
        value = tuple(
            line
            for text in lines
            for line in writer.lines(text, Style(REGULAR, 9.5, 13.5, INK), WIDTH * 0.68)
        )
        yield Band(columns=(Column(LEFT, label), Column(LEFT + WIDTH * 0.32, value)), above=2, below=2)
    yield space(8)
    yield from _notice(document, writer)


def _notice(document: Document, writer: Writer) -> Iterator[Band]:
    """Give the box that says what the document is not."""
    statement = Text(f"{document.statement.en}.", f"{document.statement.zh}。")
    room = WIDTH - 24
    lines = (
        *writer.lines(statement, Style(BOLD, 9.5, 14, INK), room),
        *writer.lines(present.review_text(document), Style(REGULAR, 9, 13.5, INK), room),
    )
    yield Band(
        columns=(Column(LEFT + 12, lines),), left=LEFT, width=WIDTH, above=8, below=8, fill=GROUND, bar=ACCENT
    )


def _centred(text: Text, style: Style, writer: Writer) -> Band:
    """Centre each line of a wording."""
    lines = writer.lines(text, style, WIDTH)
    widest = max(line.width for line in lines)
    if len(lines) == 1:
        return Band(columns=(Column(LEFT + (WIDTH - widest) / 2, lines),))
    return Band(columns=(Column(LEFT, tuple(_shifted(line, (WIDTH - line.width) / 2) for line in lines)),))


def _shifted(line: Line, by: float) -> Line:
    return replace(line, pieces=tuple(replace(piece, x=piece.x + by) for piece in line.pieces))


def _draw(document: Document, writer: Writer, pages: Sequence[Page], digest: str) -> bytes:
    """Draw all pages."""
    out = io.BytesIO()
    font_for(
        " ", REGULAR
    )  # registers it: without a first font of ours the file would name one it does not embed
    first: Any = REGULAR
    canvas = Canvas(
        out,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        initialFontName=first,
        lang=present.HTML_LANGUAGE[writer.languages[0]],
    )
    _metadata(canvas, document, writer, digest)
    for number, page in enumerate(pages, 1):
        for band, down in page:
            top = PAGE_HEIGHT - TOP - down
            band.draw(canvas, top)
            if band.anchor:
                key, title = band.anchor
                canvas.bookmarkHorizontal(key, 0, top)
                canvas.addOutlineEntry(title, key)
        _running(canvas, document, writer, number, len(pages), digest)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _metadata(canvas: Canvas, document: Document, writer: Writer, digest: str) -> None:
    """Set the document's properties; the date is the record's, not that of rendering."""
    stamp = f"D:{document.dated.astimezone(UTC):%Y%m%d%H%M%S}+00'00'"
    canvas.setDateFormatter(lambda *_: stamp)
    canvas.setTitle(f"{' '.join(present.wordings(document.title, writer.languages))} {document.number}")
    canvas.setAuthor(document.agency.of(writer.languages[0]))
    canvas.setSubject(f"{document.case} {document.case_title}".strip())
    canvas.setKeywords(f"sha256:{digest}")
    canvas.setCreator(document.generator)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _running(canvas: Canvas, document: Document, writer: Writer, page: int, pages: int, digest: str) -> None:
    """Draw the running head and the foot of one page."""
    right = LEFT + WIDTH
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(HexColor(RULE))
    if page > 1:
        title = "  ".join(present.wordings(document.title, writer.languages))
        draw_line(canvas, _one(title, SMALL), LEFT, PAGE_HEIGHT - 40)
        number = _one(document.number, SMALL)
        draw_line(canvas, number, right - number.width, PAGE_HEIGHT - 40)
        canvas.line(LEFT, PAGE_HEIGHT - 53, right, PAGE_HEIGHT - 53)
    canvas.line(LEFT, 54, right, 54)
    statement = "  ".join(present.wordings(document.statement, writer.languages))
    draw_line(canvas, _one(statement, SMALL), LEFT, 50)
    draw_line(canvas, _one(f"JSON SHA-256 {digest}", SMALL_MONO), LEFT, 39)
    count = Text(f"Page {page} of {pages}", f"第{page}页，共{pages}页")
    for index, word in enumerate(present.wordings(count, writer.languages)):
        line = _one(word, SMALL)
        draw_line(canvas, line, right - line.width, 50 - 11 * index)


def _one(text: str, style: Style) -> Line:
    """Set a single line, whatever its length."""
    return break_lines([Run(text, style)], 10_000)[0]
