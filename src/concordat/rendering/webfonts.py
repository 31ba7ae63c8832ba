# SPDX-License-Identifier: Apache-2.0
"""Fonts inside an HTML file: of each font only the glyphs that the document needs.

A court's computer may have no Chinese font and no network. So the file carries its own glyphs, as the PDF
does.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontMaker

from concordat.rendering.fonts import BOLD, MONO, MORE, REGULAR, font_for

_FACES: Final[Mapping[str, tuple[str, int]]] = {
    REGULAR: ("Concordat Serif", 400),
    BOLD: ("Concordat Serif", 700),
    MORE: ("Concordat Serif More", 400),
    MONO: ("Concordat Mono", 400),
}


def style(texts: Mapping[str, str]) -> str:
    """Make the ``@font-face`` rules for the characters that are shown in each font.

    Args:
        texts: by name of a font (REGULAR, BOLD, MONO) all that is shown in it.
    """
    needed: dict[str, set[str]] = {}
    for wanted, text in texts.items():
        for char in set(text):
            name = font_for(char, wanted)
            if name:
                needed.setdefault(name, set()).add(char)
    return "".join(_face(name, needed[name]) for name in _FACES if name in needed)


def _face(name: str, chars: Iterable[str]) -> str:
    family, weight = _FACES[name]
    content = base64.b64encode(subset(name, sorted(ord(char) for char in chars))).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url(data:font/ttf;base64,{content}) format("truetype"); }}\n'
    )


def subset(name: str, codes: list[int]) -> bytes:
    """Cut one of the fonts down to some characters (sorted, all of them in the font); a TrueType file."""
    font: Any = pdfmetrics.getFont(name)
    tables = dict(_tables(font.face.makeSubset(codes)))
    maker: Any = TTFontMaker()
    for tag, content in tables.items():
        maker.add(tag, _cmap(codes, _glyphs(tables["cmap"])) if tag == "cmap" else content)
    made: bytes = maker.makeStream()
    return made


def _tables(font: bytes) -> Iterator[tuple[str, bytes]]:
    """Read the table directory of a TrueType file."""
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        yield tag.decode("ascii"), font[offset : offset + length]


def _glyphs(cmap: bytes) -> tuple[int, ...]:
    """Read the glyph of each character from the table that the PDF needs (format 6, counted from 0)."""
    offset = struct.unpack_from(">L", cmap, 8)[0]
    count = struct.unpack_from(">H", cmap, offset + 8)[0]
    return struct.unpack_from(f">{count}H", cmap, offset + 10)


def _cmap(codes: list[int], glyphs: tuple[int, ...]) -> bytes:
    """Write the table that a browser needs: Unicode, format 12, one group for each character."""
    groups = b"".join(
        struct.pack(">LLL", code, code, glyph) for code, glyph in zip(codes, glyphs, strict=True)
    )
    body = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + body
