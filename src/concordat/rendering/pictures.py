# SPDX-License-Identifier: Apache-2.0
"""A drawing on a page of the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from concordat.rendering import present
from concordat.rendering.bands import draw_line
from concordat.rendering.content import Anchor, Dot, Drawing, Label, Rect, Stroke
from concordat.rendering.fonts import REGULAR
from concordat.rendering.lines import Run, Style, break_lines

# Which part of a label's width stands left of its place.
_LEFT: Final[Mapping[Anchor, float]] = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing at its place, as large as there is room and no larger than it is.

    Attributes:
        left, room: points; where it begins and how wide it may be.
    """

    drawing: Drawing
    left: float
    room: float
    languages: Sequence[str]

    @property
    def scale(self) -> float:
        """Points of the page for a point of the drawing."""
        return min(1.0, self.room / self.drawing.width)

    @property
    def height(self) -> float:
        """In points of the page."""
        return self.drawing.height * self.scale

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw all shapes, the first undermost."""
        canvas.saveState()
        canvas.translate(self.left, top)
        canvas.scale(self.scale, self.scale)
        for shape in self.drawing.shapes:
            match shape:
                case Rect():
                    canvas.setFillColor(HexColor(shape.fill))
                    canvas.rect(shape.x, -shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1)
                case Dot():
                    canvas.setFillColor(HexColor(shape.fill))
                    canvas.circle(shape.x, -shape.y, shape.radius, stroke=0, fill=1)
                case Stroke():
                    canvas.setStrokeColor(HexColor(shape.color))
                    canvas.setLineWidth(shape.width)
                    canvas.line(shape.x1, -shape.y1, shape.x2, -shape.y2)
                case Label():
                    self._label(canvas, shape)
        canvas.restoreState()

    def _label(self, canvas: Canvas, label: Label) -> None:
        style = Style(REGULAR, label.size, label.size, label.color)
        words = "  ".join(present.wordings(label.text, self.languages))
        line = break_lines([Run(words, style)], 10_000)[0]
        # A line is drawn from its top; its base line is at four fifths of its size.
        draw_line(canvas, line, label.x - line.width * _LEFT[label.anchor], -label.y + label.size * 0.8)
