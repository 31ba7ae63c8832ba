# SPDX-License-Identifier: Apache-2.0
"""Bands: horizontal strips from which pages are filled. Arithmetic only, but for `Band.draw`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from concordat.rendering.lines import Line


@dataclass(frozen=True, slots=True)
class Column:
    """Lines one below the other; `x` in points from the left edge of the page."""

    x: float
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Sum of the lines' heights."""
        return sum(line.leading for line in self.lines)


class Picture(Protocol):
    """Something that is no text."""

    @property
    def height(self) -> float:
        """In points."""

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw with the upper edge at `top` (points from the foot of the page)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One strip.

    Attributes:
        columns: what stands in it, side by side.
        left, width: the strip's place and width on the page, for fill and rules.
        above, below: padding inside the strip.
        fill, bar: colours of the ground and of the thick bar at its left edge.
        rule: colour of the hairline under the strip; `rule_width` its weight.
        keep: how many of the next strips must stand on the same page.
        header: strips to be repeated when this one begins a page.
        anchor: (key, title) of a bookmark that points here.
        picture: drawn over the whole strip; such a strip has no columns and is not cut.

    """

    columns: tuple[Column, ...] = ()
    left: float = 0
    width: float = 0
    above: float = 0
    below: float = 0
    fill: str = ""
    bar: str = ""
    rule: str = ""
    rule_width: float = 0.4
    keep: int = 0
    header: tuple[Band, ...] = field(default=(), repr=False)
    anchor: tuple[str, str] | None = None
    picture: Picture | None = None

    @property
    def height(self) -> float:
        """Height of the whole strip."""
        tallest = max((column.height for column in self.columns), default=0)
        return self.above + max(tallest, self.picture.height if self.picture else 0) + self.below

    def split(self, room: float) -> tuple[Band, Band] | None:
        """Cut between lines so that the first part is at most `room` high; None if not even one line fits."""
        first, rest = [], []
        for column in self.columns:
            count = _fitting(column.lines, room - self.above)
            first.append(replace(column, lines=column.lines[:count]))
            rest.append(replace(column, lines=column.lines[count:]))
        if not any(column.lines for column in first):
            return None
        return (
            replace(self, columns=tuple(first), below=0, rule=""),
            replace(self, columns=tuple(rest), above=2, anchor=None),
        )

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw with the upper edge at `top` (points from the foot of the page)."""
        bottom = top - self.height
        if self.fill:
            canvas.setFillColor(HexColor(self.fill))
            canvas.rect(self.left, bottom, self.width, self.height, stroke=0, fill=1)
        if self.bar:
            canvas.setFillColor(HexColor(self.bar))
            canvas.rect(self.left, bottom, 3, self.height, stroke=0, fill=1)
        if self.rule:
            canvas.setStrokeColor(HexColor(self.rule))
            canvas.setLineWidth(self.rule_width)
            canvas.line(self.left, bottom, self.left + self.width, bottom)
        if self.picture:
            self.picture.draw(canvas, top - self.above)
        for column in self.columns:
            y = top - self.above
            for line in column.lines:
                draw_line(canvas, line, column.x, y)
                y -= line.leading


def draw_line(canvas: Canvas, line: Line, x: float, top: float) -> None:
    """Draw one line of text; its base line is at four fifths of the largest size."""
    size = max((piece.size for piece in line.pieces), default=0)
    base = top - (line.leading - size) / 2 - size * 0.8
    for piece in line.pieces:
        canvas.setFillColor(HexColor(piece.color))
        canvas.setFont(piece.font, piece.size)
        canvas.drawString(x + piece.x, base, piece.text)


def _fitting(lines: Sequence[Line], room: float) -> int:
    used = 0.0
    for count, line in enumerate(lines):
        used += line.leading
        if used > room:
            return count
    return len(lines)


def _together(band: Band, waiting: Sequence[Band], room: float) -> float:
    """Give the height of a strip with all that must follow it on the same page.

    `waiting` ends with the next strip. A group that no page could hold is not kept together.
    """
    total, reach, index = band.height, band.keep, 0
    while index < min(reach, len(waiting)):
        following = waiting[-1 - index]
        total += following.height
        index += 1
        reach = max(reach, index + following.keep)
    return total if total <= room else band.height


Page = list[tuple[Band, float]]


def paginate(bands: Iterable[Band], room: float) -> list[Page]:
    """Fill pages of `room` points; each entry is a strip and its upper edge's distance from the top."""
    waiting = list(bands)[::-1]
    pages: list[Page] = [[]]
    used = 0.0
    while waiting:
        band = waiting.pop()
        if not pages[-1] and band.header and used == 0:
            for header in band.header:
                pages[-1].append((header, used))
                used += header.height
        needed = _together(band, waiting, room)
        fresh = not pages[-1] or (band.header != () and len(pages[-1]) == len(band.header))
        if used + needed <= room or (fresh and used + band.height <= room):
            pages[-1].append((band, used))
            used += band.height
            continue
        parts = band.split(room - used) if (fresh or band.height > room / 3) else None
        if parts:
            pages[-1].append((parts[0], used))
            waiting.append(parts[1])
        else:
            waiting.append(band)
        if not parts and fresh:
            raise ValueError("a strip of the page is higher than the page and cannot be cut")
        pages.append([])
        used = 0.0
    return pages
