# SPDX-License-Identifier: Apache-2.0
"""From the cells of a filled-in workbook to answers, or to every mistake with the name of its cell."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from concordat.assets.inbox.booksheet import (
    ASKED,
    COLUMNS,
    FILLED,
    INDEX,
    KINDS,
    MORE,
    MOVED,
    PRIVATE,
    REASONS,
    SHEET,
    BookRow,
    clean,
    guarded,
    request_cells,
)
from concordat.assets.orders.answers import WORD, Answer, MovedOn, misfits
from concordat.assets.orders.fieldtree import seconds, text_problem
from concordat.assets.orders.orderfile import TRANSACTION_HASH, UETR
from concordat.assets.values import accounts, money
from concordat.assets.values.money import Currency, Money
from concordat.assets.words import AnswerKind, Refusal
from concordat.errors import ConcordatError, UsageError

T = TypeVar("T")

LONGEST: Final = 4_000
MAX_TOLD: Final = 200
_SHOWN: Final = 60
_TIME_LIKE: Final = "a time with its offset as text, such as 2026-11-22T09:30:00+08:00"
_EXPECTED: Final[Mapping[str, str]] = {
    "kind": f"one of {', '.join(KINDS)}",
    "code": f"one of {', '.join(REASONS)}",
    "executed_at": _TIME_LIKE,
    "moved_at": _TIME_LIKE,
    "held": "an amount such as 1234.50",
    "balance": "an amount such as 1234.50",
    "moved_amount": "an amount such as 1234.50",
    "earlier": "the key of a hold: 0x and 64 digits",
    "moved_reference": "a UETR, or 0x and 64 digits of a transaction",
}
_LONGEST_TEXT: Final = {"officer": 200, "remarks": LONGEST, "moved_institution": 140}
_CELL_OF: Final = {"moved_on": "moved_institution"}


@dataclass(frozen=True, slots=True, order=True)
class CellMistake:
    """One bad cell.

    Attributes:
        row, column: from 1, as the spreadsheet program counts; 0 for the book as a whole.
        found: what stands there; of accounts and names only that something does.
        expected: what would be right.

    """

    row: int
    column: int
    found: str
    expected: str

    @property
    def cell(self) -> str:
        """Its name, such as D17; of a whole row its number."""
        if not self.row:
            return ""
        return f"{get_column_letter(self.column)}{self.row}" if self.column else f"row {self.row}"

    def __str__(self) -> str:
        where = f"{SHEET}!{self.cell}" if self.column else self.cell
        return ": ".join(part for part in (where, f"found {self.found}; expected {self.expected}") if part)


class BookError(UsageError):
    """A workbook with mistakes: all of them. No answer of it was taken over."""

    default_code = "inbox.book"

    def __init__(self, name: str, mistakes: Iterable[CellMistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        told = [f"  {mistake}" for mistake in self.mistakes[:MAX_TOLD]]
        if len(self.mistakes) > MAX_TOLD:
            told.append(f"  and {len(self.mistakes) - MAX_TOLD} more")
        count = "one mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        super().__init__(
            f"{name} has {count}:\n" + "\n".join(told),
            kept="No answer of it was taken over; the requests stand as before.",
            next="Correct the cells and hand it in again.",
        )


Raw = Any
"""What a program gives for a cell: text, number, time, boolean, None, or :class:`Formula`."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that calculates. It is never evaluated."""


def read_rows(
    lines: Iterable[Sequence[Raw]], rows: Sequence[BookRow], *, now: int, officer: str, name: str
) -> tuple[Answer, ...]:
    """Give all answers of a book, in the order of the requests; rows without an answer are left for later.

    Args:
        lines: rows of the sheet, the heading first.
        rows: the requests as they were handed out, in that order.
        now: seconds since 1970 UTC.
        officer: reference of the answering officer, where a row names none.
        name: of the file, for messages.

    Raises:
        BookError: every bad cell; then no answer is given at all.

    """
    reader = _Reader(rows, now, officer)
    given = iter(lines)
    reader.heading(next(given, ()))
    if reader.mistakes:
        raise BookError(name, reader.mistakes)
    found = [line for place, cells in enumerate(given, start=2) if (line := reader.line(place, cells))]
    reader.none_missing()
    for line in found:
        if line.is_more:
            reader.further(line)
    answers = {line.number: reader.answer(line) for line in found if not line.is_more}
    if reader.mistakes:
        raise BookError(name, reader.mistakes)
    return tuple(answer for _, answer in sorted(answers.items()) if answer is not None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the sheet: where it stands, the number of its request, its texts by column."""

    place: int
    number: int
    texts: Mapping[str, str]
    readable: bool
    """Whether each cell held text or a plain number; if not, that has been noted."""

    @property
    def is_more(self) -> bool:
        return word(self.texts["kind"]) == MORE


@dataclass(slots=True)
class _Reader:
    """Reads rows and collects mistakes."""

    rows: Sequence[BookRow]
    now: int
    officer: str
    mistakes: list[CellMistake] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    """Row in the sheet of each number."""
    moves: dict[int, list[tuple[int, MovedOn]]] = field(default_factory=dict)
    """Further destinations by number, each with the row that gives it."""

    def wrong(self, row: int, key: str, found: str, expected: str) -> None:
        self.mistakes.append(CellMistake(row, INDEX[key] + 1, found, expected))

    def heading(self, cells: Sequence[Raw]) -> None:
        """Refuse a sheet whose columns are not those that were handed out."""
        for column in COLUMNS:
            text, _ = plain(cells[INDEX[column.key]]) if INDEX[column.key] < len(cells) else ("", None)
            if text != column.title:
                self.wrong(1, column.key, shown(text), f"the heading {column.title!r}")
        for place in range(len(COLUMNS), len(cells)):
            if plain(cells[place])[0]:
                self.mistakes.append(CellMistake(1, place + 1, "a column", "no further columns"))

    def line(self, place: int, cells: Sequence[Raw]) -> _Line | None:
        """Give a row, unless it is empty or belongs to no request."""
        texts, before = {}, len(self.mistakes)
        for column in COLUMNS:
            cell = cells[INDEX[column.key]] if INDEX[column.key] < len(cells) else None
            texts[column.key], problem = plain(cell)
            if problem:
                self.wrong(place, column.key, problem, _EXPECTED.get(column.key, "text"))
        if not any(texts.values()) and len(self.mistakes) == before:
            return None
        readable = len(self.mistakes) == before
        number = self._number(place, texts)
        return _Line(place, number, texts, readable) if number else None

    def _number(self, place: int, texts: dict[str, str]) -> int:
        """Number of a row; 0 if it has none, or one that another row has."""
        found = re.fullmatch(r"[0-9]{1,6}", texts["no"])
        number = int(texts["no"]) if found else 0
        if not 1 <= number <= len(self.rows):
            self.wrong(place, "no", shown(texts["no"]), f"a number from 1 to {len(self.rows)}")
            return 0
        is_more = word(texts["kind"]) == MORE
        expected = dict(zip(ASKED, request_cells(number, self.rows[number - 1]), strict=True))
        for key in ASKED:
            text = clean(texts[key])
            if text not in (expected[key], guarded(expected[key])) and not (is_more and not text):
                found_text = "another text" if key in PRIVATE else shown(text)
                self.wrong(place, key, found_text, "the text as it was handed out (this column is not yours)")
        if not is_more and number in self.seen:
            self.wrong(place, "no", str(number), f"each request once; {number} is in row {self.seen[number]}")
            return 0
        if not is_more:
            self.seen[number] = place
        return number

    def none_missing(self) -> None:
        """Refuse a sheet from which a row was taken out."""
        for number in range(1, len(self.rows) + 1):
            if number not in self.seen:
                self.mistakes.append(
                    CellMistake(0, 0, f"no row with the number {number}", "every row that was handed out")
                )

    def further(self, line: _Line) -> None:
        """Take a row that only gives another destination."""
        for key in FILLED:
            if line.texts[key] and key not in (*MOVED, "kind"):
                self.wrong(line.place, key, shown(line.texts[key], key), f"nothing in a row of {MORE}")
        moved = self._moved(line)
        if moved:
            self.moves.setdefault(line.number, []).append((line.place, moved))

    def answer(self, line: _Line) -> Answer | None:
        """Give the answer of a row, or None if it has none yet."""
        empty = not any(line.texts[key] for key in FILLED) and line.number not in self.moves
        if empty or not line.readable:
            return None
        before = len(self.mistakes)
        own = self._moved(line) if any(line.texts[key] for key in MOVED) else None
        moves = [(line.place, own)] if own else []
        moves += self.moves.get(line.number, [])
        target = self.rows[line.number - 1].target
        kind = self._read(line, "kind", lambda text: AnswerKind[word(text)])
        if kind is None and not line.texts["kind"]:
            self.wrong(line.place, "kind", "nothing", _EXPECTED["kind"])
        draft: Any = {
            "hold": self.rows[line.number - 1].hold,
            "kind": kind,
            "officer": line.texts["officer"] or self.officer,
            "code": self._read(line, "code", lambda text: Refusal[word(text)]),
            "executed_at": self._read(line, "executed_at", seconds),
            "held": self._money(line, "held", target.currency),
            "balance": self._money(line, "balance", target.currency),
            "earlier": self._read(line, "earlier", _key),
            "moved_on": tuple(moved for _, moved in moves),
            "remarks": line.texts["remarks"] or None,
        }
        self._plain_texts(line, ("officer", "remarks"))
        if not draft["officer"]:
            self.wrong(line.place, "officer", "nothing", "the reference of the answering officer")
        if len(self.mistakes) > before:
            return None
        answer = Answer(**draft)
        self._fit(line, answer, [place for place, _ in moves])
        return answer

    def _plain_texts(self, line: _Line, keys: tuple[str, ...]) -> None:
        for key in keys:
            problem = text_problem(line.texts[key], _LONGEST_TEXT[key], lines=key == "remarks")
            if problem:
                self.wrong(line.place, key, shown(line.texts[key], key), f"plain text ({problem})")

    def _fit(self, line: _Line, answer: Answer, places: list[int]) -> None:
        """Note what does not fit the request, at the cell that says it."""
        for misfit in misfits(answer, self.rows[line.number - 1].target, now=self.now):
            move = re.fullmatch(r"moved_on\[(\d+)\]\.(\w+)", misfit.field)
            place = places[int(move[1])] if move else line.place
            key = f"moved_{move[2]}" if move else _CELL_OF.get(misfit.field, misfit.field)
            text = line.texts[key] if place == line.place else "the value"
            self.wrong(place, key, shown(text, key), f"{'another' if text else 'a'} value: {misfit.message}")

    def _moved(self, line: _Line) -> MovedOn | None:
        """Give the destination in a row."""
        before = len(self.mistakes)
        self._plain_texts(line, ("moved_institution",))
        for key in ("moved_institution", "moved_amount", "moved_at"):
            if not line.texts[key]:
                self.wrong(line.place, key, "nothing", "institution, amount and time of what moved on")
        reference = self._read(line, "moved_reference", _reference) or ""
        found: Any = {
            "institution": line.texts["moved_institution"],
            "amount": self._money(line, "moved_amount", self.rows[line.number - 1].target.currency),
            "at": self._read(line, "moved_at", seconds),
            "bic": self._read(line, "moved_bic", accounts.bic),
            "account": self._read(line, "moved_account", accounts.parse),
            "uetr": reference if reference and not reference.startswith("0x") else None,
            "transaction_hash": reference if reference.startswith("0x") else None,
        }
        return None if len(self.mistakes) > before else MovedOn(**found)

    def _money(self, line: _Line, key: str, currency: Currency | None) -> Money | None:
        return self._read(line, key, lambda text: money.parse(text, None if _named(text) else currency))

    def _read(self, line: _Line, key: str, read: Callable[[str], T]) -> T | None:
        """Value of a cell; None if it is empty or wrong, which is noted."""
        text = line.texts[key]
        if not text:
            return None
        try:
            return read(text)
        except ConcordatError as error:
            expected = f"{_EXPECTED.get(key, 'another value')} ({error.message})"
        except (KeyError, ValueError):
            expected = _EXPECTED[key]
        self.wrong(line.place, key, shown(text, key), expected)
        return None


def plain(cell: Raw) -> tuple[str, str | None]:
    """Text of a cell, and what is wrong with it if a spreadsheet program made something else of it."""
    if cell is None:
        return "", None
    if isinstance(cell, str):
        text = cell.strip()
        return (text, None) if len(text) <= LONGEST else ("", f"{len(text)} characters")
    if isinstance(cell, Formula):
        return "", "a formula"
    if isinstance(cell, bool):
        return "", f"the truth value {str(cell).upper()}"
    if isinstance(cell, int):
        return (str(cell), None) if abs(cell) < 10**15 else ("", "a number that was rounded to 15 digits")
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, (datetime, date, time, timedelta)):
        return "", "a date or time that the program converted (format the cell as text)"
    return "", "something that is neither text nor number"


def _number_text(number: float) -> tuple[str, str | None]:
    """A number as the program shows it; it keeps 15 digits, so longer ones have lost some."""
    if not math.isfinite(number):
        return "", "a number beyond all bounds"
    text = repr(int(number)) if number.is_integer() and abs(number) < 10**15 else repr(number)
    if "e" in text or len(text.strip("-").replace(".", "")) > 15:
        return "", "a number in scientific notation or rounded to 15 digits (format the cell as text)"
    return text, None


def word(text: str) -> str:
    """A choice as it is known, however it was typed: ``held part`` is HELD_PART."""
    return re.sub(r"[ _-]+", "_", text.strip()).upper()


def shown(text: str, key: str = "") -> str:
    """What stands in a cell, for a message; not if it may be an account or a name."""
    if not text:
        return "nothing"
    if key in PRIVATE:
        return f"a text of {len(text)} characters"
    cut = clean(text)
    return repr(cut if len(cut) <= _SHOWN else f"{cut[:_SHOWN]}…")


def _named(text: str) -> bool:
    """Whether an amount names its currency."""
    return text[:1].isalpha()


def _key(text: str) -> str:
    if not WORD.fullmatch(text.lower()):
        raise ValueError
    return text.lower()


def _reference(text: str) -> str:
    found = text.lower()
    if not UETR.fullmatch(found) and not TRANSACTION_HASH.fullmatch(found):
        raise ValueError
    return found
