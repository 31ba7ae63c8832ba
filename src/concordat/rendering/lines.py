# SPDX-License-Identifier: Apache-2.0
"""Breaking text into lines: Latin between words, Chinese between characters, hashes and paths anywhere.

Text is drawn character by character from here, never through a mark-up language, so no name of a file can be
taken for an instruction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from concordat.rendering.fonts import MONO, REGULAR, drawable, font_for, width
from concordat.rendering.visible import visible

# What must not begin a line, and what must not end one.
_NO_START = frozenset("，。、；：？！）》」』】〕”’%)]},.;:?!·…—–")
# As wide as a hanzi in a Chinese font; between Latin letters they are taken from the Latin one.
_QUOTES = frozenset("‘’“”")
_NO_END = frozenset("（《「『【〔“‘([{")
# After these a path or a code may be broken.
_HASH = re.compile(r"(0x)?[0-9a-f]+")
_HASH_LEAST = 32
_BREAK_AFTER = frozenset("/\\_-.:,;=&?")


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks; sizes in points."""

    font: str = REGULAR
    size: float = 9.5
    leading: float = 13.5
    color: str = "#1a1a1a"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in one font, at a place in a line (points from its left end)."""

    x: float
    text: str
    font: str
    size: float
    color: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces and its height."""

    pieces: tuple[Piece, ...]
    leading: float
    width: float


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    font: str
    style: Style
    width: float


_Atom = list[_Glyph]


def break_lines(runs: Sequence[Run], room: float) -> tuple[Line, ...]:
    """Break one paragraph into lines no wider than `room` points."""
    lines: list[Line] = []
    current: _Atom = []
    for atom in _fitting(_atoms([glyph for run in runs for glyph in _glyphs(run)]), room):
        if current and _width(current) + _width(_stripped(atom)) > room:
            lines.append(_line(current))
            current = []
        current += atom
    if current or not lines:
        lines.append(_line(current) if current else Line((), runs[0].style.leading if runs else 0, 0))
    return tuple(lines)


def _glyphs(run: Run) -> Iterator[_Glyph]:
    """Give each character its font; `visible` has left none without."""
    text = visible(run.text, drawable)
    for index, char in enumerate(text):
        wanted = MONO if char in _QUOTES and _latin(text, index) else run.style.font
        font = font_for(char, wanted) or REGULAR
        yield _Glyph(char, font, run.style, width(char, font) * run.style.size)


def _latin(text: str, index: int) -> bool:
    """Tell whether no neighbour of a character is a wide one."""
    return not any(_wide(char) for char in text[max(index - 1, 0) : index + 2])


def _atoms(glyphs: Sequence[_Glyph]) -> Iterator[_Atom]:
    """Group characters that must stay together; spaces stay at the end of the group before them."""
    atom: _Atom = []
    for glyph in glyphs:
        if atom and _may_break(atom[-1].char, glyph.char):
            yield atom
            atom = []
        atom.append(glyph)
    if atom:
        yield atom


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    if before == " " or _wide(before) or _wide(after):
        return True
    return before in _BREAK_AFTER and after.isalnum() and before not in ".,:"


def _wide(char: str) -> bool:
    """Tell whether lines may be broken beside this character: hanzi, kana, full-width forms."""
    return (
        "\u2e80" <= char <= "\ud7a3"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uffef"
        or char > "\uffff"
    )


def _fitting(atoms: Iterator[_Atom], room: float) -> Iterator[_Atom]:
    """Cut what is wider than a whole line, wherever it must be."""
    for atom in atoms:
        limit = _even(atom, room)
        while _width(_stripped(atom)) > limit:
            used, count = 0.0, 0
            while count < len(atom) - 1 and used + atom[count].width <= limit:
                used += atom[count].width
                count += 1
            count = max(count, 1)
            yield atom[:count]
            atom = atom[count:]
        if atom:
            yield atom


def _even(atom: _Atom, room: float) -> float:
    """Narrow the room for a long hash, so that its lines become equally long and easy to compare."""
    if len(atom) < _HASH_LEAST or not _HASH.fullmatch("".join(glyph.char for glyph in atom)):
        return room
    whole = _width(atom)
    per_line = ceil(len(atom) / ceil(whole / room))
    return min(room, whole / len(atom) * (per_line + 0.5))


def _stripped(atom: _Atom) -> _Atom:
    end = len(atom)
    while end and atom[end - 1].char == " ":
        end -= 1
    return atom[:end]


def _width(atom: _Atom) -> float:
    return sum(glyph.width for glyph in atom)


def _line(atom: _Atom) -> Line:
    """Join characters of the same look into pieces."""
    shown = _stripped(atom) or atom
    pieces: list[Piece] = []
    x = 0.0
    for (font, style), group in groupby(shown, key=lambda glyph: (glyph.font, glyph.style)):
        glyphs = list(group)
        pieces.append(Piece(x, "".join(glyph.char for glyph in glyphs), font, style.size, style.color))
        x += _width(glyphs)
    return Line(tuple(pieces), max(glyph.style.leading for glyph in atom), x)
