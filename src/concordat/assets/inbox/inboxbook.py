# SPDX-License-Identifier: Apache-2.0
"""A bank's spreadsheet: requests out as XLSX or CSV, answers back in, all of them or none.

XLSX: the request's columns are locked, the bank's are text cells with lists to choose from; nothing is a
formula, and none is ever evaluated. CSV: UTF-8 with a byte order mark, commas, every field in quotes, CRLF;
on the way back in semicolons and tabs are taken too, as spreadsheet programs of some countries write them.
What would begin a formula there gets an apostrophe before it.

A file that comes back is hostile until read: its size is limited before and after unpacking, and whatever
makes a reader fail ends in a sentence.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import TYPE_STRING  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill, Protection  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from concordat.assets.inbox.bookcells import BookError, CellMistake, Formula, Raw, plain, read_rows
from concordat.assets.inbox.booksheet import (
    CODES,
    COLUMNS,
    INDEX,
    KINDS,
    MORE,
    REASONS,
    SHEET,
    SPARE_ROWS,
    BookRow,
    guarded,
    request_cells,
)
from concordat.assets.orders.answers import WORD, Answer
from concordat.assets.words import AnswerKind, Refusal

MAX_FILE: Final = 8 << 20
MAX_UNPACKED: Final = 24 << 20
"""Five hundred requests unpack to about one megabyte."""
MAX_MEMBERS: Final = 200
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 60
_TEXT: Final = "@"
_LOCKED: Final = PatternFill("solid", fgColor="EEEEEE")
_HEADING: Final = PatternFill("solid", fgColor="D0DCE8")


def write_xlsx(rows: Sequence[BookRow]) -> bytes:
    """Give the workbook for these requests."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for number, column in enumerate(COLUMNS, start=1):
        _put(sheet.cell(1, number), column.title, locked=True).font = Font(bold=True)
        sheet.cell(1, number).fill = _HEADING
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for number, row in enumerate(rows, start=1):
        texts = request_cells(number, row)
        for place, column in enumerate(COLUMNS):
            _put(
                sheet.cell(number + 1, place + 1), "" if column.fill else texts[place], locked=not column.fill
            )
    for spare in range(len(rows) + 2, len(rows) + 2 + SPARE_ROWS):
        for place, column in enumerate(COLUMNS):
            _put(sheet.cell(spare, place + 1), "", locked=not column.fill and column.key != "no")
    _codes(book.create_sheet(CODES))
    _guide(sheet, len(rows) + 1 + SPARE_ROWS)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(rows: Sequence[BookRow]) -> bytes:
    """Give the same rows as CSV; see the module for its dialect."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.title for column in COLUMNS])
    empty = [""] * sum(column.fill for column in COLUMNS)
    for number, row in enumerate(rows, start=1):
        writer.writerow([*map(guarded, request_cells(number, row)), *empty])
    return out.getvalue().encode("utf-8-sig")


def read(
    data: bytes, rows: Sequence[BookRow], *, now: int, officer: str = "", name: str = "the workbook"
) -> tuple[Answer, ...]:
    """Read a book that was filled in, XLSX or CSV, told apart by its first bytes.

    Args:
        data: the file.
        rows: the requests as they were handed out, in that order.
        now: seconds since 1970 UTC.
        officer: reference of the answering officer, where a row names none.
        name: of the file, for messages.

    Returns:
        The answers in the order of the requests; rows without one are left out.

    Raises:
        BookError: every bad cell with sheet, name of the cell, what was found and what is expected; or why
            the file cannot be read. Then no answer is given at all.

    """
    return read_rows(_lines(data, name), rows, now=now, officer=officer, name=name)


def handed_out(data: bytes, name: str = "the workbook") -> tuple[tuple[str, str], ...]:
    """Key of the hold, and time by which to answer, of each request in a book, in their order.

    So the rows that were handed out can be made again, and :func:`read` compares them cell by cell.

    Raises:
        BookError: it cannot be read, or a row is missing.

    """
    found: dict[int, tuple[str, str]] = {}
    for cells in _lines(data, name):
        texts = [plain(cell)[0] for cell in cells]
        number, hold, reply_by = (_cell(texts, key) for key in ("no", "hold", "reply_by"))
        if re.fullmatch(r"[0-9]{1,6}", number) and WORD.fullmatch(hold):
            found.setdefault(int(number), (hold, reply_by))
    missing = [number for number in range(1, max(found, default=0) + 1) if number not in found]
    if missing or not found:
        what = f"no whole row with the number {missing[0]}" if missing else "no request"
        raise _unreadable(name, what, "every row as it was handed out")
    return tuple(found[number] for number in sorted(found))


def _cell(texts: Sequence[str], key: str) -> str:
    return texts[INDEX[key]] if INDEX[key] < len(texts) else ""


def _lines(data: bytes, name: str) -> Iterator[list[Raw]]:
    if len(data) > MAX_FILE:
        raise _unreadable(name, f"a file of {len(data) >> 20} MiB", f"at most {MAX_FILE >> 20} MiB")
    return _xlsx(data, name) if data.startswith(b"PK") else _csv(data, name)


def _put(cell: Any, text: str, *, locked: bool) -> Any:
    """Write text that stays text, whatever it begins with."""
    if text:
        cell.value = text
        cell.data_type = TYPE_STRING
        cell.quotePrefix = guarded(text) != text
    cell.number_format = _TEXT
    cell.protection = Protection(locked=locked)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if locked:
        cell.fill = _LOCKED
    return cell


def _guide(sheet: Any, last: int) -> None:
    """Freeze the heading, offer lists, lock what is not the bank's."""
    sheet.freeze_panes = "B2"
    for key, count, column in (("kind", len(KINDS), "A"), ("code", len(REASONS), "D")):
        rule = DataValidation(
            type="list", formula1=f"{CODES}!${column}$2:${column}${count + 1}", allow_blank=True
        )
        rule.error = f"Choose one of the list on sheet {CODES}. 请从 {CODES} 工作表所列项中选择。"
        rule.showErrorMessage = True
        letter = get_column_letter(INDEX[key] + 1)
        rule.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(rule)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.protection.autoFilter = False


def _codes(sheet: Any) -> None:
    """Write the second sheet: what each choice means."""
    more = ("another destination of the same number", "同一序号的另一转入方")
    kinds = [(name, *_both(AnswerKind[name])) if name != MORE else (name, *more) for name in KINDS]
    reasons = [(name, *_both(Refusal[name])) for name in REASONS]
    heading = ("Answer 答复", "English", "中文", "Reason 理由", "English", "中文")
    for number, title in enumerate(heading, start=1):
        _put(sheet.cell(1, number), title, locked=True).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 40 if number % 3 else 30
    for first, table in ((1, kinds), (4, reasons)):
        for place, row in enumerate(table, start=2):
            for number, text in enumerate(row):
                _put(sheet.cell(place, first + number), text, locked=True)
    sheet.protection.sheet = True


def _both(known: AnswerKind | Refusal) -> tuple[str, str]:
    text = known.label()
    return text.en, text.zh


def _xlsx(data: bytes, name: str) -> Iterator[list[Raw]]:
    _refuse_bomb(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        if SHEET not in book.sheetnames:
            raise _unreadable(name, "a workbook without it", f"the sheet {SHEET!r}")
        found = []
        for row in book[SHEET].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS):
            found.append([Formula() if cell.data_type == "f" else cell.value for cell in row])
    except BookError:
        raise
    except Exception as error:
        # A broken or hostile workbook makes its reader fail in any way; none of them concerns the user.
        raise _unreadable(
            name, f"a workbook that cannot be read ({type(error).__name__})", "an .xlsx file as handed out"
        ) from None
    return _bounded(found, name)


def _refuse_bomb(data: bytes, name: str) -> None:
    """Look at the directory of the archive only: what it would unpack to, and whether it is a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _unreadable(name, "a broken archive", "an .xlsx file") from None
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _unreadable(
            name, "an archive that unpacks to far more than a workbook", f"at most {MAX_UNPACKED >> 20} MiB"
        )
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise _unreadable(name, "an archive that is no workbook", "an .xlsx file")


def _csv(data: bytes, name: str) -> Iterator[list[Raw]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(
            name, "neither .xlsx nor UTF-8 text", "an .xlsx file, or CSV saved as 'CSV UTF-8'"
        ) from None
    if "\0" in text:
        raise _unreadable(name, "binary data", "an .xlsx or CSV file")
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _unreadable(name, f"broken CSV ({error})", "every quote closed") from None
    return _bounded([[_formula(cell) for cell in row] for row in rows], name)


def _formula(text: str) -> Raw:
    """A text that a spreadsheet program would calculate is a formula."""
    return Formula() if text.lstrip().startswith(("=", "＝")) else text


def _bounded(rows: list[list[Raw]], name: str) -> Iterator[list[Raw]]:
    if len(rows) > MAX_ROWS:
        raise _unreadable(name, f"more than {MAX_ROWS} rows", "the rows that were handed out")
    return iter(rows)


def _unreadable(name: str, found: str, expected: str) -> BookError:
    return BookError(name, [CellMistake(0, 0, found, expected)])
