# SPDX-License-Identifier: Apache-2.0
"""From blocks of content to strips of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from concordat.rendering import present
from concordat.rendering.bands import Band, Column
from concordat.rendering.content import (
    Block,
    Code,
    Composed,
    Drawing,
    Fact,
    Facts,
    Items,
    Mark,
    Paragraph,
    Section,
    Signatures,
    Table,
    Text,
    Tone,
    VerdictBox,
)
from concordat.rendering.fonts import BOLD, MONO, REGULAR
from concordat.rendering.lines import Line, Run, Style, break_lines
from concordat.rendering.pictures import Placed

LEFT: Final = 62.0
WIDTH: Final = 471.0

INK, GREY, RULE, GROUND, ACCENT = "#1a1a1a", "#5a5f66", "#c9cdd3", "#f3f4f6", "#1f3350"

BODY = Style(REGULAR, 9.5, 14, INK)
NOTE = Style(REGULAR, 8.2, 12, GREY)
LABEL = Style(BOLD, 8.6, 12.5, INK)
LABEL_SECOND = Style(REGULAR, 8.2, 12, GREY)
VALUE = Style(REGULAR, 9.2, 13, INK)
VALUE_MONO = Style(MONO, 7.6, 11.5, INK)
CODE_NAME = Style(MONO, 6.8, 12.5, INK)
CELL = Style(REGULAR, 8, 11.2, INK)
CELL_MONO = Style(MONO, 6.7, 9.6, INK)
CELL_HEAD = Style(BOLD, 7.8, 11, INK)
MARK = Style(REGULAR, 8, 12.5, GREY)
WARNING = Style(BOLD, 9.5, 14, INK)
_TONES: Final[Mapping[Tone, Style]] = {Tone.BODY: BODY, Tone.NOTE: NOTE, Tone.WARNING: WARNING}
HEADING = Style(BOLD, 12.5, 18, ACCENT)


class Writer:
    """Turns sections into strips, in the languages chosen."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self._makers: dict[type, Callable[[Any], Iterable[Band]]] = {
            Paragraph: self._paragraph,
            Facts: self._facts,
            Items: self._items,
            Code: self._code,
            Table: self._table,
            VerdictBox: self._verdict,
            Signatures: self._signatures,
            Drawing: self._drawing,
        }

    def section(self, number: int, section: Section) -> Iterator[Band]:
        """Give the heading and all blocks of one section."""
        words = present.wordings(section.title, self.languages)
        heading = f"{number}  " + "  ".join(words)
        yield space(18, keep=4)
        yield Band(
            columns=(Column(LEFT, break_lines([Run(heading, HEADING)], WIDTH)),),
            left=LEFT,
            width=WIDTH,
            below=2,
            rule=ACCENT,
            rule_width=0.8,
            keep=3,
            anchor=(section.key, f"{number} {' '.join(words)}"),
        )
        yield space(5, keep=1)
        last = section.blocks[-1:]
        for block in section.blocks:
            bands = self.block(block)
            # A closing paragraph belongs to what stands before it, any other to what follows.
            ends = isinstance(block, Paragraph) and block in last
            yield from (replace(band, keep=0) for band in bands) if ends else bands

    def block(self, block: Block) -> Iterable[Band]:
        """Give the strips of one block."""
        shown = block.shown() if isinstance(block, Composed) else block
        return self._makers[type(shown)](shown)

    def lines(self, text: Text, style: Style, room: float, second: Style | None = None) -> tuple[Line, ...]:
        """Set a wording in all languages: side by side if that fits, else one below the other."""
        words = present.wordings(text, self.languages)
        if len(words) > 1 and second is None:
            joined = break_lines([Run("  ".join(words), style)], room)
            if len(joined) == 1:
                return joined
        styles = (style, *(second or style for _ in words[1:]))
        return tuple(
            line
            for word, each in zip(words, styles, strict=True)
            for line in break_lines([Run(word, each)], room)
        )

    def _paragraph(self, block: Paragraph) -> Iterable[Band]:
        style = _TONES[block.tone]
        for word in present.wordings(block.text, self.languages):
            yield Band(columns=(Column(LEFT, break_lines([Run(word, style)], WIDTH)),), below=3, keep=2)
        yield space(3)

    def _items(self, block: Items) -> Iterable[Band]:
        for number, entry in enumerate(block.entries, 1):
            sign = break_lines([Run(f"{number}." if block.ordered else "–", BODY)], 18)
            yield Band(
                columns=(Column(LEFT, sign), Column(LEFT + 18, self.lines(entry, BODY, WIDTH - 18))), below=4
            )
        yield space(3)

    def _code(self, block: Code) -> Iterable[Band]:
        style = Style(MONO, 7.4, 11.5, INK)
        room = WIDTH - 20
        for index, line in enumerate(block.lines):
            last = index == len(block.lines) - 1
            yield Band(
                columns=(Column(LEFT + 10, break_lines([Run(line or " ", style)], room)),),
                left=LEFT,
                width=WIDTH,
                fill=GROUND,
                above=5 if index == 0 else 0,
                below=5 if last else 0,
            )
        yield space(6)

    def _facts(self, block: Facts) -> Iterable[Band]:
        for fact in block.rows:
            yield self.fact(fact)
        yield space(5)

    def fact(self, fact: Fact, left: float = LEFT, width: float = WIDTH) -> Band:
        """Set one fact: label, value, mark."""
        label_width, mark_width = width * 0.27, (width * 0.21 if fact.mark else 0)
        value_left = left + label_width + 10
        room = width - label_width - mark_width - (20 if fact.mark else 10)
        style = VALUE_MONO if fact.mono else VALUE
        label = (
            break_lines([Run(fact.label.en, CODE_NAME)], label_width)
            if fact.label.is_data and fact.label.en.isupper()
            else self.lines(fact.label, LABEL, label_width, LABEL_SECOND)
        )
        columns = [
            Column(left, label),
            Column(value_left, tuple(line for text in fact.lines for line in self.lines(text, style, room))),
        ]
        if fact.mark:
            columns.append(Column(left + width - mark_width, self._mark(fact, mark_width)))
        return Band(columns=tuple(columns), left=left, width=width, above=3.5, below=4, rule=RULE)

    def _mark(self, fact: Fact, room: float) -> tuple[Line, ...]:
        text = present.mark_text(fact)
        if text is None or fact.mark is None:
            return ()
        color = {Mark.SEEN: ACCENT, Mark.MEASURED: ACCENT, Mark.SUPPORTED: INK, Mark.DECLARED: GREY}[
            fact.mark
        ]
        style = replace(MARK, color=color)
        sign = f"{present.SIGNS[fact.mark]} "
        return self.lines(
            Text(*(sign + word if i == self._first else word for i, word in enumerate(text))), style, room
        )

    @property
    def _first(self) -> int:
        """Place in a `Text` of the language that comes first."""
        return 0 if self.languages[0] == "en" else 1

    def _table(self, block: Table) -> Iterable[Band]:
        total = sum(column.share for column in block.columns)
        gap = 8.0
        lefts, rooms, x = [], [], LEFT
        for column in block.columns:
            part = WIDTH * column.share / total
            lefts.append(x + 4)
            rooms.append(part - gap)
            x += part
        head = Band(
            columns=tuple(
                Column(left, self.lines(column.label, CELL_HEAD, room))
                for left, room, column in zip(lefts, rooms, block.columns, strict=True)
            ),
            left=LEFT,
            width=WIDTH,
            above=4,
            below=4,
            fill=GROUND,
            rule=INK,
            keep=1,
        )
        yield space(4, keep=2)
        yield head
        for row in block.rows:
            columns = tuple(
                Column(
                    left,
                    tuple(line for text in cell for line in self._cell(text, room, column.mono)),
                )
                for left, room, column, cell in zip(lefts, rooms, block.columns, row, strict=True)
            )
            yield Band(columns=columns, left=LEFT, width=WIDTH, above=3.5, below=4, rule=RULE, header=(head,))
        yield space(6)

    def _cell(self, text: Text, room: float, mono: bool) -> tuple[Line, ...]:
        return self.lines(text, CELL_MONO if mono and text.is_data else CELL, room)

    def _verdict(self, block: VerdictBox) -> Iterable[Band]:
        color = present.VERDICT_COLORS[block.code]
        left, room = LEFT + 16, WIDTH - 28
        forum = self.lines(block.forum, Style(BOLD, 10, 15, INK), room)
        verdict = self.lines(block.verdict, Style(BOLD, 15, 22, color), room)
        meaning = self.lines(block.meaning, Style(REGULAR, 9, 13, INK), room)
        box = Band(left=LEFT, width=WIDTH, fill=GROUND, bar=color)
        yield space(6, keep=3 + len(block.details))
        head = Column(left, (*forum, *verdict, *meaning))
        yield replace(box, columns=(head,), above=8, below=4, keep=len(block.details))
        for index, fact in enumerate(block.details):
            last = index == len(block.details) - 1
            inner = self.fact(fact, left, room)
            yield replace(box, columns=inner.columns, above=1, below=9 if last else 0, keep=0 if last else 1)
        yield space(6)

    def _drawing(self, block: Drawing) -> Iterable[Band]:
        yield Band(picture=Placed(block, LEFT, WIDTH, self.languages), above=6, below=3, keep=1)
        yield Band(columns=(Column(LEFT, self.lines(block.caption, NOTE, WIDTH)),), below=6)

    def _signatures(self, block: Signatures) -> Iterable[Band]:
        half = WIDTH / 2
        caption = self.lines(present.LABELS["signature"], NOTE, half - 20)
        for row in block.rows:
            who = self.lines(row.role, LABEL, half - 10) + break_lines([Run(row.name, VALUE)], half - 10)
            if row.detail:
                who += break_lines([Run(row.detail, NOTE)], half - 10)
            yield Band(columns=(Column(LEFT, who),), above=14, keep=2)
            yield Band(left=LEFT + half, width=half, above=10, rule=INK, rule_width=0.6, keep=1)
            yield Band(columns=(Column(LEFT + half, caption),), above=2, below=6)


def space(height: float, keep: int = 0) -> Band:
    """Give an empty strip."""
    return Band(above=height, keep=keep)
