# SPDX-License-Identifier: Apache-2.0
"""The content model: what a document says, before anyone decides what it looks like.

A document is a list of numbered sections, a section is a list of blocks. JSON, HTML and PDF are three
renderings of the same `Document`, so they cannot say different things. Every wording is a `Text` in all
languages at once; the languages are chosen when HTML or PDF is rendered, and the JSON (whose hash is
committed to the chain) does not depend on the choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

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


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The list of exhibits: the full list by its hash, the first ones in full.

    `entries` are the lines of ``exhibits.jsonl`` as they stand, at most `LIMIT`.
    """

    count: int
    size: int
    sha256: str
    entries: tuple[Mapping[str, Any], ...]


LIMIT: Final = 500
"""How many exhibits (and rows of any other list that grows with them) a document shows in full."""

Block = Paragraph | Facts | Items | Code | Table | VerdictBox | Signatures | Exhibits


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; its number is its place in the document."""

    key: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `kind` is its machine name (``collection-report/1``), `number` its own number, `dated` the moment that
    dates it, never the moment of rendering. `review` says who reviewed the standards.
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

    def facts(self) -> Iterator[Fact]:
        """Give every fact of the document, in order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Facts):
                    yield from block.rows
                elif isinstance(block, VerdictBox):
                    yield from block.details
