# SPDX-License-Identifier: Apache-2.0
"""The content model: what a document says, before anyone decides what it looks like.

A document is a list of numbered sections, a section is a list of blocks. JSON, HTML and PDF are three
renderings of the same `Document`, so they cannot say different things. Every wording is a `Text` in all
languages at once; the languages are chosen when HTML or PDF is rendered, and the JSON (whose hash is
committed to the chain) does not depend on the choice.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

LANGUAGES: Final = ("en", "zh")
"""What a document can be rendered in; the default is both, in this order."""


class Text(NamedTuple):
    """One wording in every language of the documents. Data (a name, a hash) is the same in all."""

    en: str
    zh: str

    @property
    def is_data(self) -> bool:
        """Whether there is only one wording, to be shown once."""
        return self.en == self.zh

    def of(self, language: str) -> str:
        """Give the wording in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.en


def data(value: object) -> Text:
    """Wrap something that is the same in every language."""
    return Text(str(value), str(value))


class Mark(StrEnum):
    """What stands behind a fact."""

    SEEN = "seen"
    MEASURED = "measured"
    SUPPORTED = "supported"
    DECLARED = "declared"


class Tone(StrEnum):
    """How a paragraph is meant."""

    BODY = "body"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row "label: value", with what stands behind it.

    `lines` are shown one below the other; `mark` is None for what is no fact of the case (a number, a name).
    """

    key: str
    label: Text
    lines: tuple[Text, ...]
    mark: Mark | None = None
    exhibit: int | None = None
    attester: str | None = None
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose."""

    text: Text
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of facts."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences, numbered or not."""

    entries: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be typed as they stand."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `share` is its part of the width, out of the sum of all shares."""

    key: str
    label: Text
    share: int
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; each cell is a tuple of lines."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Text, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class VerdictBox:
    """The verdict of one forum, set apart from everything else."""

    forum: Text
    code: str
    verdict: Text
    meaning: Text
    details: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """One person and the room for a hand-written signature."""

    role: Text
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places for signatures on paper. The signatures that count on chain are elsewhere."""

    rows: tuple[Signature, ...]


class Composed(ABC):
    """A block that only one kind of documents has; it is shown as a table that every document may have.

    Who makes one names it to ``json.register``, so that it is read back as what it was.
    """

    __slots__ = ()

    @abstractmethod
    def shown(self) -> Table:
        """What is seen of it."""


class Anchor(StrEnum):
    """Which part of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle. Places of all shapes in points, from the upper left corner of the drawing."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle around its place."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """A short text in one line; `y` is its base line."""

    x: float
    y: float
    text: Text
    size: float = 8.0
    color: str = "#1a1a1a"
    anchor: Anchor = Anchor.START


Shape = Rect | Dot | Stroke | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of few shapes: a chart, a QR code. `caption` says what it shows; colours are ``#rrggbb``."""

    key: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    caption: Text


LIMIT: Final = 500
"""How many rows of a list that grows with its subject (exhibits, holds) a document shows in full."""

Block = Paragraph | Facts | Items | Code | Table | VerdictBox | Signatures | Drawing | Composed


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; its number is its place in the document."""

    key: str
    title: Text
    blocks: tuple[Block, ...]


STANDARDS: Final = Text("Standards", "标准")


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `kind` is its machine name (``collection-report/1``), `number` its own number, `dated` the moment that
    dates it, never the moment of rendering. `review` says who reviewed what `reviewed` names. `case` and
    `case_title` may be empty: then they are not shown.
    """

    kind: str
    title: Text
    number: str
    agency: Text
    case: str
    case_title: str
    dated: datetime
    generator: str
    statement: Text
    review: Text
    sections: tuple[Section, ...]
    # Not in the JSON where it is the default: documents that were made before it existed keep their hash.
    reviewed: Text = field(default=STANDARDS, metadata={"unless": STANDARDS})

    def facts(self) -> Iterator[Fact]:
        """Give every fact of the document, in order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Facts):
                    yield from block.rows
                elif isinstance(block, VerdictBox):
                    yield from block.details
