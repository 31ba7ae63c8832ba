# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (one bad cell a line)
from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from orders import UETR, order

from concordat.assets.inbox.bookcells import BookError, word
from concordat.assets.inbox.booksheet import (
    COLUMNS,
    FILLED,
    INDEX,
    KINDS,
    REASONS,
    SHEET,
    BookRow,
    guarded,
)
from concordat.assets.inbox.inboxbook import MAX_FILE, read, write_csv, write_xlsx
from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.values import accounts
from concordat.assets.values.money import parse
from concordat.assets.words import AnswerKind, Refusal

NOW = 1_795_200_000
TIME = "2026-11-20T10:00:00+08:00"
SECONDS = 1_795_140_000
TX = "0x" + "cd" * 32
Cells = Mapping[tuple[int, str], Any]


def rows(count: int = 4) -> list[BookRow]:
    """Requests in turn with a cap of SGD 1,234.50 and for the whole balance."""
    found, (capped, whole) = order(), order().targets
    return [
        BookRow(
            f"0x{number:064x}", found.number, found.case, found.measure, found.period, NOW + 3600,
            found.officer.contact, capped if number % 2 else whole,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def filled(cells: Cells, count: int = 4) -> bytes:
    """The workbook with these cells filled in, by row of the sheet and column."""
    book = load_workbook(io.BytesIO(write_xlsx(rows(count))))
    for (place, key), value in cells.items():
        book[SHEET].cell(place, INDEX[key] + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled_csv(cells: Cells, count: int = 4, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    lines = list(csv.reader(io.StringIO(write_csv(rows(count)).decode("utf-8-sig"), newline="")))
    for (place, key), value in cells.items():
        lines[place - 1][INDEX[key]] = value
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue().encode(encoding)


def back(data: bytes, count: int = 4) -> tuple[Answer, ...]:
    return read(data, rows(count), now=NOW, officer="O-1", name="answers.xlsx")


def refused(data: bytes, count: int = 4) -> BookError:
    with pytest.raises(BookError) as error:
        back(data, count)
    assert error.value.kept and error.value.next
    return error.value


def cells_of(error: BookError) -> dict[str, str]:
    return {mistake.cell: str(mistake) for mistake in error.mistakes}


HELD = {(2, "kind"): "HELD", (2, "executed_at"): TIME, (2, "held"): "1234.50"}
MOVED = {
    (3, "kind"): "moved on", (3, "moved_institution"): "Example Bank", (3, "moved_bic"): "TESTSGSG",
    (3, "moved_account"): "card:4111 1111 1111 1111", (3, "moved_amount"): "SGD 1,000.00", (3, "moved_at"): TIME,
    (3, "moved_reference"): UETR.upper(), (3, "remarks"): "= and so on", (3, "officer"): "O-2",
}  # fmt: skip
ANSWERS = (
    Answer(rows()[0].hold, AnswerKind.HELD, "O-1", executed_at=SECONDS, held=parse("SGD 1234.50")),
    Answer(
        rows()[1].hold, AnswerKind.MOVED_ON, "O-2", remarks="= and so on",
        moved_on=(MovedOn("Example Bank", parse("SGD 1000.00"), SECONDS, "TESTSGSG", accounts.card("4111111111111111"), UETR),),
    ),
)  # fmt: skip


def as_text(cells: Cells) -> dict[tuple[int, str], Any]:
    """As a cell that the bank formatted as text keeps it."""
    return {place: value for place, value in cells.items() if value != "= and so on"}


def test_empty_book_answers_nothing() -> None:
    assert back(write_xlsx(rows())) == () == back(write_csv(rows()))


def test_answers_come_back_from_both_forms() -> None:
    cells = as_text({**HELD, **MOVED})
    expected = (ANSWERS[0], replace(ANSWERS[1], remarks=None))
    assert back(filled(cells)) == expected
    for delimiter in ",;\t":
        assert back(filled_csv(cells, delimiter=delimiter)) == expected


def test_text_that_only_begins_like_a_formula_is_text() -> None:
    book = load_workbook(io.BytesIO(filled(as_text({**HELD, **MOVED}))))
    cell = book[SHEET].cell(3, INDEX["remarks"] + 1)
    cell.value, cell.data_type = "= and so on", "s"
    out = io.BytesIO()
    book.save(out)
    assert back(out.getvalue()) == ANSWERS


def test_several_destinations_take_a_row_each() -> None:
    more = {
        (6, "no"): 2, (6, "kind"): "MORE", (6, "moved_institution"): "Example Exchange",
        (6, "moved_amount"): 5, (6, "moved_at"): TIME, (6, "moved_reference"): TX,
    }  # fmt: skip
    (answer,) = back(filled(as_text({**MOVED, **more})))
    assert answer.moved_on[1] == MovedOn("Example Exchange", parse("SGD 5.00"), SECONDS, transaction_hash=TX)
    error = refused(filled(as_text({**MOVED, **more, (6, "remarks"): "x", (6, "moved_at"): ""})))
    assert set(cells_of(error)) == {"AA6", "X6"}
    assert "N3" in cells_of(refused(filled(more)))


def test_every_kind_and_reason_can_be_chosen() -> None:
    earlier = "0x" + "EE" * 32
    for kind in (name for name in KINDS if name not in ("MORE", "MOVED_ON")):
        cells = {(2, "kind"): kind.lower().replace("_", " ")}
        if AnswerKind[kind].takes:
            cells |= {(2, "executed_at"): TIME, (2, "held"): "1234.50" if kind == "HELD" else "SGD 1.00"}
        cells |= {(2, "code"): "immunity"} if kind == "REFUSED" else {}
        cells |= {(2, "earlier"): earlier} if kind == "BEHIND" else {}
        cells |= {(2, "remarks"): "why"} if kind in ("MISMATCH", "UNREADABLE") else {}
        (answer,) = back(filled(cells))
        assert answer.kind is AnswerKind[kind]
        assert answer.earlier == (earlier.lower() if kind == "BEHIND" else None)
    for reason in REASONS:
        (answer,) = back(filled({(2, "kind"): "REFUSED", (2, "code"): reason, (2, "remarks"): "r"}))
        assert answer.code is Refusal[reason]


def test_workbook_is_locked_but_for_the_banks_cells() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(rows())))
    sheet = book[SHEET]
    assert sheet.protection.sheet and sheet.freeze_panes == "B2"
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {"N2": f"Codes!$A$2:$A${len(KINDS) + 1}", "O2": f"Codes!$D$2:$D${len(REASONS) + 1}"}
    for line in book[SHEET].iter_rows(min_row=2, max_row=5):
        for cell, column in zip(line, COLUMNS, strict=True):
            assert cell.protection.locked is not column.fill
            assert cell.number_format == "@" and cell.data_type != "f"
    codes = [cell.value for cell in book["Codes"]["A"]][1:]
    assert codes[: len(KINDS)] == list(KINDS)


@pytest.mark.parametrize(
    "name", ["=1+1", "+60 3", "-x", "@SUM(A1)", "\t=1", "＝1+1", "'=1", '=HYPERLINK("http://x")']
)
def test_no_name_becomes_a_formula(name: str) -> None:
    hostile = [replace(row, target=replace(row.target, holder=name)) for row in rows(1)]
    book = load_workbook(io.BytesIO(write_xlsx(hostile)))
    assert all(cell.data_type != "f" for line in book[SHEET].iter_rows() for cell in line)
    text = next(csv.reader(io.StringIO(write_csv(hostile).decode("utf-8-sig").split("\r\n", 1)[1])))[
        INDEX["holder"]
    ]
    assert not text.startswith(("=", "+", "-", "@", "\t", "＝"))
    for data in (write_xlsx(hostile), write_csv(hostile)):
        assert read(data, hostile, now=NOW) == ()


@given(st.text(max_size=30))
def test_nothing_guarded_begins_a_formula(text: str) -> None:
    assert guarded(text).endswith(text)
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("cells", "cell", "found"),
    [
        ({(2, "kind"): "HOLD"}, "N2", "'HOLD'"),
        ({(2, "held"): "1234.50"}, "N2", "nothing"),
        ({**HELD, (2, "held"): "1.234,50"}, "Q2", "'1.234,50'"),
        ({**HELD, (2, "held"): "1234.505"}, "Q2", "3 digits"),
        ({**HELD, (2, "held"): "MYR 1234.50"}, "Q2", "asked was SGD"),
        ({**HELD, (2, "held"): "1234.49"}, "Q2", "held in part"),
        ({**HELD, (2, "held"): "9999.00"}, "Q2", "more than"),
        ({**HELD, (2, "held"): 1.5e17}, "Q2", "scientific"),
        ({**HELD, (2, "held"): 10**17}, "Q2", "rounded to 15 digits"),
        ({**HELD, (2, "held"): "=1234.5"}, "Q2", "formula"),
        ({**HELD, (2, "held"): True}, "Q2", "TRUE"),
        ({**HELD, (2, "executed_at"): datetime(2026, 11, 20, 10)}, "P2", "converted"),  # noqa: DTZ001
        ({**HELD, (2, "executed_at"): "2026-11-20T10:00:00"}, "P2", "offset"),
        ({**HELD, (2, "executed_at"): "2036-11-20T10:00:00Z"}, "P2", "future"),
        ({**HELD, (2, "code"): "IMMUNITY"}, "O2", "does not belong"),
        ({(2, "kind"): "REFUSED", (2, "code"): "NO"}, "O2", "'NO'"),
        ({(2, "kind"): "REFUSED"}, "O2", "missing"),
        ({(2, "kind"): "BEHIND", (2, "earlier"): "0x12"}, "S2", "64 digits"),
        ({(2, "kind"): "MOVED_ON"}, "T2", "missing"),
        ({(2, "kind"): "MISMATCH"}, "AA2", "in words"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_bic"): "TEST"}, "U3", "no BIC"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_account"): "card:4111111111111112"}, "V3", "check digit"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_account"): 4111111111111111}, "V3", "15 digits"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_account"): "iban:GB33BUKB20201555555555", (3, "no"): 1}, "A2", ""),
        ({**MOVED, (3, "remarks"): "", (3, "moved_reference"): "abc"}, "Y3", "UETR"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_at"): ""}, "X3", "nothing"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_amount"): "0"}, "W3", "zero"),
        ({(2, "account"): "iban:DE89370400440532013000"}, "F2", "another text"),
        ({(2, "holder"): "Somebody"}, "G2", "another text"),
        ({(2, "asked"): "SGD 1.00"}, "H2", "SGD 1.00"),
        ({(2, "asked"): 1234.5}, "H2", "1234.5"),
        ({(2, "case"): 317}, "C2", "'317'"),
        ({(2, "hold"): "0x1"}, "M2", "'0x1'"),
        ({**HELD, (2, "officer"): "x" * 201}, "Z2", "at most 200"),
        ({**HELD, (2, "remarks"): "a\u202eb"}, "AA2", "direction of writing"),
        ({**MOVED, (3, "remarks"): "", (3, "moved_institution"): "x" * 141}, "T3", "at most 140"),
        ({(2, "no"): ""}, "A2", "nothing"),
        ({(2, "no"): 9}, "A2", "'9'"),
        ({(1, "held"): "Amount"}, "Q1", "'Amount'"),
        ({(2, "remarks"): "x" * 5000}, "AA2", "5000 characters"),
    ],
)  # fmt: skip
def test_each_bad_cell_is_told_by_its_name(cells: Cells, cell: str, found: str) -> None:
    error = refused(filled(cells))
    told = cells_of(error)
    if cell == "A2":
        assert any(each.startswith("A") for each in told) or "" in told
    else:
        assert found in told[cell] and told[cell].startswith(f"Requests!{cell}: found ")
    assert "4111111111111112" not in str(error) and "370400440532013000" not in str(error)


def test_nothing_is_half_applied() -> None:
    cells = {**as_text({**HELD, **MOVED}), (4, "kind"): "x", (5, "held"): "y"}
    error = refused(filled(cells))
    assert {"N4", "N5", "Q5"} <= set(cells_of(error))


def test_missing_repeated_and_foreign_rows_are_told() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(rows())))
    book[SHEET].delete_rows(3)
    out = io.BytesIO()
    book.save(out)
    assert "no row with the number 2" in str(refused(out.getvalue()))
    lines = write_csv(rows()).decode("utf-8-sig").splitlines(keepends=True)
    assert "once" in str(refused("".join([*lines, lines[1]]).encode()))
    assert "from 1 to 3" in str(refused(write_csv(rows(4)), 3))
    swapped = "".join([lines[0], lines[3], lines[1], lines[2], lines[4]])
    assert back(swapped.encode()) == ()


def test_columns_that_were_moved_or_added_are_told() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(rows())))
    book[SHEET].insert_cols(3)
    out = io.BytesIO()
    book.save(out)
    assert {"C1", "AB1"} <= set(cells_of(refused(out.getvalue())))


def test_five_hundred_rows() -> None:
    cells = {}
    for place in range(2, 502):
        cells |= {(place, "kind"): "HELD PART", (place, "executed_at"): TIME, (place, "held"): f"{place}.00"}
    answers = back(filled(cells, 500), 500)
    assert len(answers) == 500
    assert [answer.held for answer in answers] == [parse(f"SGD {place}.00") for place in range(2, 502)]


def _archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _with_sheet(replace_by: bytes) -> bytes:
    """The workbook with other XML as its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_xlsx(rows()))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, replace_by if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"
t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
FAR = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        b"%PDF-1.7",
        b"PK\x03\x04broken",
        b"\xff\xfe\x00",
        "序号,文号".encode("gbk"),
        b'"open',
        b"a\x00b",
        b"x" * (MAX_FILE + 1),
        _archive(**{"a.txt": b"x"}),
        _archive(**{"xl/workbook.xml": b"<x/>"}),
        _archive(**{"xl/workbook.xml": bytes(30 << 20)}),
        _archive(**{f"{number}.xml": b"" for number in range(300)}),
        _with_sheet(LAUGHS),
        _with_sheet(FAR),
        _with_sheet(b"<broken"),
        write_csv(rows()) + b"\r\n" * 6_000,
    ],
    ids=lambda data: f"{len(data)}-{data[:8]!r}",
)  # fmt: skip
def test_hostile_file_ends_in_a_sentence(data: bytes) -> None:
    error = refused(data)
    assert "Traceback" not in str(error) and "expected" in str(error)


def test_book_without_its_sheet_is_told() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(rows())))
    book[SHEET].title = "Tabelle1"
    out = io.BytesIO()
    book.save(out)
    assert "the sheet 'Requests'" in str(refused(out.getvalue()))


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_damaged_workbook_never_fails_otherwise(chance: random.Random) -> None:
    data = bytearray(write_xlsx(rows(1)))
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(BookError):
        read(bytes(data), rows(1), now=NOW)


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail_otherwise(data: bytes) -> None:
    with pytest.raises(BookError):
        back(data)


@given(
    st.dictionaries(
        st.tuples(st.integers(2, 5), st.sampled_from([column.key for column in COLUMNS])),
        st.text(max_size=12) | st.sampled_from(["HELD", "MORE", "1", TIME, "1.00", UETR]),
        max_size=8,
    )
)
def test_no_cells_make_reading_fail_otherwise(cells: dict[tuple[int, str], str]) -> None:
    try:
        assert all(isinstance(answer, Answer) for answer in back(filled_csv(cells, encoding="utf-8-sig")))
    except UnicodeEncodeError:
        assert any("\ud800" <= char <= "\udfff" for text in cells.values() for char in text)
    except BookError as error:
        assert error.mistakes


def test_words_are_known_however_typed() -> None:
    assert word(" held  part ") == word("Held-Part") == "HELD_PART"
    assert len(FILLED) + 13 == len(COLUMNS)
