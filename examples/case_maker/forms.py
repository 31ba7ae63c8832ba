# SPDX-License-Identifier: Apache-2.0
"""A kit for official-looking forms as PDF: head, fields, tables, signatures, a stamp that says SPECIMEN.

The PDFs are invariant (no time, no random id) and not compressed, so that their bytes depend on reportlab and
the fonts alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from . import story

_FONTS = Path(__file__).resolve().parents[2] / "src" / "concordat" / "data" / "fonts"
REGULAR, BOLD, MONO = "ConcordatSerif-Regular", "ConcordatSerif-Bold", "ConcordatMono-Regular"
INK, RULE, SHADE = colors.HexColor("#1a1d24"), colors.HexColor("#5b6474"), colors.HexColor("#eef0f4")
WIDTH = A4[0] - 40 * mm


def _load_fonts() -> None:
    for name in (REGULAR, BOLD, MONO):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"{name}.ttf")))


def _style(
    name: str, size: float, font: str = REGULAR, *, centred: bool = False, apart: bool = False
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.42,
        textColor=INK,
        wordWrap="CJK",
        alignment=TA_CENTER if centred else TA_LEFT,
        spaceBefore=9 if apart else 0,
        spaceAfter=3 if apart else 0,
    )


_BODY = _style("body", 9.4)
_SMALL = _style("small", 8)
_LABEL = _style("label", 8.2, BOLD)
_CODE = _style("code", 6.6, MONO)
_TITLE = _style("title", 15, BOLD, centred=True)
_SUBTITLE = _style("subtitle", 10.4, centred=True)
_AGENCY = _style("agency", 11, BOLD, centred=True)
_SECTION = _style("section", 10.2, BOLD, apart=True)


def _text(words: str, style: ParagraphStyle = _BODY) -> Paragraph:
    """Lay out plain words; `wordWrap` breaks Latin words too, so words of Latin-only text wrap as usual."""
    chosen = (
        style
        if any("\u2e80" <= c <= "\uffef" for c in words)
        else ParagraphStyle(style.name + "l", style, wordWrap=None)
    )
    return Paragraph(escape(words).replace("\n", "<br/>"), chosen)


class _Signature(Flowable):
    """A line to sign on, signed with a scribble that belongs to no alphabet."""

    def __init__(self, role: str, name: str, when: str) -> None:
        super().__init__()
        self.role, self.name, self.when = role, name, when
        self.width, self.height = WIDTH / 2 - 4 * mm, 23 * mm

    def draw(self) -> None:
        """Draw scribble, line and the words under it."""
        page = self.canv
        dice = story.dice(f"signature {self.name}")
        if self.when:
            page.setStrokeColor(colors.HexColor("#1f3a8a"))
            page.setLineWidth(1.1)
            x, y = 6 * mm, 15 * mm
            stroke = page.beginPath()
            stroke.moveTo(x, y)
            for _ in range(7):
                reach = [dice.randrange(-18, 34) / 2 for _ in range(4)]
                stroke.curveTo(x + 4, y + reach[0], x + 9, y - reach[1], x + 14, y + reach[2] / 4)
                x, y = x + 14, y + reach[2] / 4
            stroke.curveTo(x + 10, y - 8, x - 60, y - 10, x + 24, y - 2)
            page.drawPath(stroke)
        page.setStrokeColor(RULE)
        page.setLineWidth(0.6)
        page.line(0, 11 * mm, self.width - 8 * mm, 11 * mm)
        page.setFillColor(INK)
        page.setFont(BOLD, 8)
        page.drawString(0, 7.4 * mm, self.role)
        page.setFont(REGULAR, 8)
        page.drawString(0, 3.6 * mm, self.name)
        page.drawString(0, 0, self.when or "（未签名 / not signed）")


class _Stamp(Flowable):
    """A round stamp that imitates nobody's: a double ring, the agency's short name and SPECIMEN."""

    def __init__(self, words: str, colour: str) -> None:
        super().__init__()
        self.words, self.colour = words, colors.HexColor(colour)
        self.width = self.height = 0

    def draw(self) -> None:
        """Draw the stamp over the signatures, at the right."""
        page = self.canv
        page.saveState()
        page.translate(WIDTH - 20 * mm, 9 * mm)
        page.rotate(-9)
        page.setStrokeColor(self.colour, alpha=0.75)
        page.setFillColor(self.colour, alpha=0.75)
        page.setLineWidth(1.6)
        page.circle(0, 0, 16 * mm)
        page.setLineWidth(0.7)
        page.circle(0, 0, 10.6 * mm)
        page.setFont(BOLD, 9)
        page.drawCentredString(0, 1.2 * mm, "SPECIMEN")
        page.drawCentredString(0, -3.6 * mm, "样本")
        around = self.words + " · "
        page.setFont(BOLD, 7.2)
        for number, letter in enumerate(around):
            page.saveState()
            page.rotate(90 - 360 * number / len(around) - 90)
            page.drawCentredString(0, 12 * mm, letter)
            page.restoreState()
        page.restoreState()


@dataclass(slots=True)
class Form:
    """A form under construction; `pdf()` gives its bytes."""

    agency: Sequence[str]
    title: str
    subtitle: str
    number: str
    accent: str = "#22396b"
    parts: list[Flowable] = field(default_factory=list)

    def __post_init__(self) -> None:
        _load_fonts()

    def section(self, words: str) -> Form:
        """Add a heading."""
        self.parts.append(_text(words, _SECTION))
        return self

    def say(self, *paragraphs: str) -> Form:
        """Add paragraphs."""
        for words in paragraphs:
            self.parts += [_text(words), Spacer(1, 1.4 * mm)]
        return self

    def fields(self, *rows: tuple[str, str]) -> Form:
        """Add boxed fields: label at the left, value at the right."""
        table = Table([[_text(a, _LABEL), _text(b)] for a, b in rows], colWidths=[46 * mm, WIDTH - 46 * mm])
        table.setStyle(_grid((0, -1)))
        self.parts += [table, Spacer(1, 2.5 * mm)]
        return self

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[int],
        code: int | None = None,
    ) -> Form:
        """Add a table; its columns share the width by `shares`, column `code` is in the monospaced font."""
        cells = [[_text(words, _LABEL) for words in head]]
        cells += [
            [_text(words, _CODE if n == code else _SMALL) for n, words in enumerate(row)] for row in rows
        ]
        table = Table(cells, colWidths=[WIDTH * share / sum(shares) for share in shares], repeatRows=1)
        table.setStyle(_grid((-1, 0)))
        self.parts += [table, Spacer(1, 2.5 * mm)]
        return self

    def signed(self, *people: tuple[str, str, str], stamp: str = "", colour: str = "#b3202a") -> Form:
        """Add signatures (role, name, when; empty if not signed), two a row, and a stamp over them."""
        self.parts.append(Spacer(1, 5 * mm))
        marks: list[Flowable | str] = [_Signature(*person) for person in people]
        marks += [""] * (len(marks) % 2)
        pairs = [marks[i : i + 2] for i in range(0, len(marks), 2)]
        self.parts.append(
            Table(pairs, colWidths=[WIDTH / 2] * 2, style=TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0)]))
        )
        if stamp:
            self.parts.append(_Stamp(stamp, colour))
        return self

    def pdf(self) -> bytes:
        """Lay the form out on A4 and give the PDF's bytes, the same for the same words."""
        out = io.BytesIO()
        document = BaseDocTemplate(
            out,
            pagesize=A4,
            invariant=1,
            pageCompression=0,
            title=self.title,
            author=" / ".join(self.agency),
            subject=self.number,
        )
        frame = Frame(
            20 * mm,
            18 * mm,
            WIDTH,
            A4[1] - 36 * mm,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        document.addPageTemplates([PageTemplate(frames=[frame], onPage=self._furniture)])
        head: list[Flowable] = [_text(line, _AGENCY) for line in self.agency]
        head += [
            Spacer(1, 4 * mm),
            _text(self.title, _TITLE),
            Spacer(1, 1 * mm),
            _text(self.subtitle, _SUBTITLE),
            Spacer(1, 5 * mm),
        ]
        document.build(head + self.parts)
        return out.getvalue()

    def _furniture(self, page: Canvas, document: BaseDocTemplate) -> None:
        page.saveState()
        page.setFillColor(colors.HexColor(self.accent))
        page.rect(0, A4[1] - 4 * mm, A4[0], 4 * mm, stroke=0, fill=1)
        page.setFillColor(RULE)
        page.setFont(REGULAR, 7.5)
        page.drawRightString(A4[0] - 20 * mm, A4[1] - 11 * mm, self.number)
        page.setStrokeColor(RULE)
        page.setLineWidth(0.4)
        page.line(20 * mm, 14 * mm, A4[0] - 20 * mm, 14 * mm)
        page.drawString(
            20 * mm,
            10 * mm,
            "Fictional document, demonstration case 0317 · 演示案例 0317 虚构文书 · Dokumen rekaan",
        )
        page.drawRightString(A4[0] - 20 * mm, 10 * mm, str(document.page))
        page.restoreState()


def _grid(shaded_to: tuple[int, int]) -> TableStyle:
    """Rule a table; the cells from the first one to `shaded_to` are its labels."""
    return TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, RULE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 2.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.2),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("BACKGROUND", (0, 0), shaded_to, SHADE),
        ]
    )
