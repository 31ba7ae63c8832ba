# SPDX-License-Identifier: Apache-2.0
"""The fonts of the PDF: real outlines, embedded, and which of them draws a character.

``tools/fonts.py`` makes the files; ``data/fonts/fonts.json`` holds their hashes.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib import resources

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "ConcordatSerif-Regular"
BOLD = "ConcordatSerif-Bold"
MORE = "ConcordatSerifMore-Regular"
MONO = "ConcordatMono-Regular"

# Who draws what a font lacks, in this order. MORE has the rarer hanzi only.
_FALLBACK = {
    REGULAR: (REGULAR, MORE),
    BOLD: (BOLD, MORE),
    MONO: (MONO, REGULAR, MORE),
}


@cache
def _glyphs(name: str) -> frozenset[int]:
    """Load and register one font; give the code points it draws."""
    outlines = resources.files("concordat").joinpath("data", "fonts", f"{name}.ttf").read_bytes()
    font = TTFont(name, io.BytesIO(outlines))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


@lru_cache(maxsize=65_536)
def font_for(char: str, wanted: str) -> str | None:
    """Give the font that draws a character instead of the one wanted, or None if no font has a glyph."""
    code = ord(char)
    return next((name for name in _FALLBACK[wanted] if code in _glyphs(name)), None)


def drawable(char: str) -> bool:
    """Tell whether any of the fonts has a glyph."""
    return font_for(char, MONO) is not None


@lru_cache(maxsize=65_536)
def width(char: str, font: str) -> float:
    """Give the width of a character at size 1; the font must be one that `font_for` gave."""
    return float(pdfmetrics.getFont(font).stringWidth(char, 1))
