# SPDX-License-Identifier: Apache-2.0
"""The institution's spreadsheet and its own messages: out, filled in, back, sent in bulk and once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freeze_stage import ACCOUNTS, Stage, stop, target
from openpyxl import load_workbook

from concordat.assets import iso20022
from concordat.assets.inbox.booksheet import INDEX, SHEET
from concordat.assets.iso20022 import (
    Assignment,
    Finding,
    PaymentResolution,
    Reply,
    Resolution,
    agent_of,
    message_id,
)
from concordat.assets.states import HoldStatus
from concordat.assets.values.money import parse
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework.institution import answering, books, checking, incoming, isomessages
from concordat.casework.institution.incoming import Duty
from concordat.errors import ConcordatError, NodeError, UsageError

MANY = 230
UETR = "97ed4827-7b6f-4491-a06f-b548d5a7512d"


def inbox(stage: Stage) -> list[incoming.Arrival]:
    return incoming.arrivals(stage.desk("teller"))


def many(stage: Stage, count: int) -> None:
    """One request with many accounts at one bank, ratified."""
    targets = [target("SG-MERLION", f"account:MERLSGSG:{n:010d}", "SGD 10.00") for n in range(count)]
    stage.running(number="MANY", targets=targets)


def fill(path: Path, change: Callable[[int, dict[str, str]], dict[str, str]]) -> None:
    """Fill in a book as a bank's clerk does: number and present texts in, texts to set out."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        sheet = book[SHEET]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value:
                for key, text in change(int(row[0].value), {}).items():
                    row[INDEX[key]].value = text
        book.save(path)
        return
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    for row in rows[1:]:
        for key, text in change(int(row[0]), {}).items():
            row[INDEX[key]] = text
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def held(_: int, __: dict[str, str]) -> dict[str, str]:
    return {"kind": "HELD", "held": "10.00", "executed_at": "2026-03-16T08:30:00+08:00", "officer": "desk 7"}


@pytest.fixture
def one_book(freezing: Stage) -> Path:
    """The book of one request, not filled in."""
    freezing.running()
    path = freezing.folder / "book.xlsx"
    books.export_book(freezing.desk("teller"), path)
    return path


# The spreadsheet


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_out_filled_in_and_back(freezing: Stage, ending: str) -> None:
    many(freezing, 3)
    path = freezing.folder / f"book.{ending}"
    exported = books.export_book(freezing.desk("teller"), path)
    assert (exported.targets, exported.left_out) == (3, ())
    fill(
        path, lambda number, row: held(number, row) if number != 2 else {"kind": "not found", "officer": "7"}
    )
    given = books.answers_of_book(freezing.desk("teller"), path, "desk 7")
    assert [each.kind for each in given] == [AnswerKind.HELD, AnswerKind.NOT_FOUND, AnswerKind.HELD]
    done = answering.answer(freezing.desk("teller"), given)
    assert len(done.sent) == 3 and len(done.receipts) == 1
    checking.check(freezing.desk("checker"))
    assert sorted(each.at.status for each in inbox(freezing)) == [
        HoldStatus.HELD,
        HoldStatus.HELD,
        HoldStatus.NOT_FOUND,
    ]


def test_hundreds_come_back_by_one_book_and_a_cut_in_between_doubles_nothing(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(freezing, MANY)
    path = freezing.folder / "book.csv"
    books.export_book(freezing.desk("teller"), path)
    fill(path, held)
    before, told = freezing.sent(), []
    given = books.answers_of_book(freezing.desk("teller"), path, "")
    assert len(given) == MANY

    real = freezing.node.eth_sendRawTransaction
    fail_at = [2]

    def cut(raw: str) -> str:
        fail_at[0] -= 1
        if fail_at[0] == 0:
            real(raw)  # it arrived, and nobody was told
            raise NodeError("The node is lost.", kept="Nothing was sent.")
        return real(raw)

    monkeypatch.setattr(freezing.node, "eth_sendRawTransaction", cut)
    with pytest.raises(ConcordatError) as raised:
        answering.answer(freezing.desk("teller"), given, lambda done, of: told.append((done, of)))
    assert "The first 100 answers stand" in raised.value.kept
    assert told == [(100, MANY)]
    monkeypatch.setattr(freezing.node, "eth_sendRawTransaction", real)

    again = books.answers_of_book(freezing.desk("teller"), path, "")  # the same book still fits
    done = answering.answer(freezing.desk("teller"), again, lambda done, of: told.append((done, of)))
    assert (len(done.before), len(done.sent), len(done.receipts)) == (200, 30, 1)
    assert told[-1] == (MANY, MANY)
    assert freezing.sent() - before == 3
    assert {each.duty for each in inbox(freezing)} == {Duty.CHECK}
    assert len(freezing.ledger.events("Holds", "Answered")) == MANY
    third = answering.answer(freezing.desk("teller"), again)
    assert (len(third.before), third.receipts) == (MANY, ())
    assert not freezing.desk("teller").ledger.outbox.unfinished(freezing.desk("teller").chain)

    checked = checking.check(freezing.desk("checker"))
    assert len(checked.receipts) == 3 and {each.duty for each in inbox(freezing)} == {Duty.NOTHING}


def test_one_bad_row_and_nothing_of_the_book_is_sent(freezing: Stage) -> None:
    many(freezing, 3)
    path = freezing.folder / "book.xlsx"
    books.export_book(freezing.desk("teller"), path)
    fill(path, lambda number, row: {**held(number, row), **({"held": "11.00"} if number == 2 else {})})
    sent = freezing.sent()
    with pytest.raises(UsageError) as raised:
        books.answers_of_book(freezing.desk("teller"), path, "")
    assert f"{SHEET}!Q3" in raised.value.message
    assert freezing.sent() == sent


def test_a_row_that_the_chain_no_longer_takes_stops_all(freezing: Stage, one_book: Path) -> None:
    fill(one_book, lambda *_: {**held(0, {}), "held": "1500.00"})
    given = books.answers_of_book(freezing.desk("teller"), one_book, "")
    (arrival,) = inbox(freezing)
    freezing.answer(arrival.request.id, kind=AnswerKind.NO_FUNDS)
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), given)
    assert "cannot be changed" in raised.value.message


def test_a_row_without_answer_stays_for_later(freezing: Stage) -> None:
    many(freezing, 3)
    path = freezing.folder / "book.xlsx"
    books.export_book(freezing.desk("teller"), path)
    fill(path, lambda number, row: held(number, row) if number == 3 else {})
    assert len(books.answers_of_book(freezing.desk("teller"), path, "")) == 1


def test_a_changed_or_missing_row_is_told(freezing: Stage) -> None:
    many(freezing, 3)
    path = freezing.folder / "book.csv"
    books.export_book(freezing.desk("teller"), path)
    whole = path.read_bytes()
    rows = whole.decode("utf-8-sig").splitlines(keepends=True)
    path.write_bytes("".join([rows[0], rows[1], rows[3]]).encode("utf-8-sig"))
    with pytest.raises(UsageError) as raised:
        books.answers_of_book(freezing.desk("teller"), path, "")
    assert "number 2" in raised.value.message
    path.write_bytes(whole.replace(b"account:MERLSGSG:0000000001", b"account:MERLSGSG:0000000009"))
    with pytest.raises(UsageError) as raised:
        books.answers_of_book(freezing.desk("teller"), path, "")
    assert "not yours" in raised.value.message and "0000000009" not in raised.value.message


def test_another_institutions_book(freezing: Stage, one_book: Path) -> None:
    with pytest.raises(UsageError) as raised:
        books.answers_of_book(freezing.desk("orchid-teller"), one_book, "")
    assert raised.value.code == "inbox.other_book"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\xff", b"no,hold\n1,2\n"])
def test_any_other_file_is_a_sentence(freezing: Stage, content: bytes) -> None:
    path = freezing.folder / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(UsageError) as raised:
        books.answers_of_book(freezing.desk("teller"), path, "")
    assert raised.value.code == "inbox.book"


def test_exporting_nothing_over_something_or_as_something_else(freezing: Stage) -> None:
    with pytest.raises(UsageError) as raised:
        books.export_book(freezing.desk("teller"), freezing.folder / "book.xlsx")
    assert raised.value.code == "inbox.nothing"
    freezing.running()
    with pytest.raises(UsageError):
        books.export_book(freezing.desk("teller"), freezing.folder / "book.ods")
    path = freezing.folder / "book.csv"
    path.write_bytes(b"answers of yesterday")
    with pytest.raises(UsageError) as raised:
        books.export_book(freezing.desk("teller"), path)
    assert raised.value.code == "file.exists" and path.read_bytes() == b"answers of yesterday"


def test_what_cannot_be_opened_is_left_out_and_said(freezing: Stage) -> None:
    freezing.running()
    for path in freezing.mailbox.rglob("*.sealed"):
        path.unlink()
    freezing.running(number="JCC-2")
    exported = books.export_book(freezing.desk("teller"), freezing.folder / "book.xlsx")
    assert exported.targets == 1 and len(exported.left_out) == 1
    assert "not in the mailbox" in exported.left_out[0].why


# Messages of the bank's systems


def stopped(stage: Stage, **changes: Any) -> incoming.Arrival:
    """A stop-payment of one payment that is named by its UETR."""
    payment = {"amount": "SGD 1,500.00", "value_time": "2026-03-16T08:00:00+08:00", "uetr": UETR}
    named = target("SG-MERLION", ACCOUNTS[0], "SGD 1,500.00", payment=payment)
    stage.running(number="STOP", **stop(targets=[named], **changes))
    return inbox(stage)[0]


def read(stage: Stage, data: bytes) -> tuple[Any, ...]:
    path = stage.folder / "message.xml"
    path.write_bytes(data)
    return isomessages.answers_of(stage.desk("teller"), path, "desk 7")


def resolution(arrival: incoming.Arrival, confirmation: str = "RJCR", **payment: Any) -> bytes:
    given = {"cancellation_id": message_id(arrival.id), "end_to_end_id": "NOTPROVIDED", **payment}
    assignment = Assignment("R-1", agent_of("core banking"), agent_of("desk"), 1_773_650_000)
    return iso20022.write_resolution(Resolution(assignment, confirmation, (PaymentResolution(**given),)))


def test_messages_go_out_as_files_that_read_back(freezing: Stage) -> None:
    arrival = stopped(freezing)
    freezing.running(number="PLAIN")
    exported = isomessages.export(freezing.desk("teller"), freezing.folder / "iso")
    assert exported.targets == 2 and not exported.left_out
    names = sorted(path.name for path in exported.files)
    assert len(names) == 3 and sum("camt.056" in name for name in names) == 1
    recall = next(path for path in exported.files if "camt.056" in path.name)
    content, _ = iso20022.read_recall(recall.read_bytes())
    assert content.payments[0].uetr == UETR and content.payments[0].id == message_id(arrival.id)
    query = next(path for path in exported.files if path.name == f"{message_id(arrival.id)}.auth.001.xml")
    asked, _ = iso20022.read_query(query.read_bytes())
    assert asked.confidential and asked.search.owner == "Tan Ah Invented"


def test_what_messages_do_not_carry_is_said(freezing: Stage) -> None:
    wallet = target("SG-KOPIPAY", "eip155:1:0x" + "ab" * 20)
    del wallet["whole_balance"]
    freezing.running(
        number="COIN",
        measure="SEIZE",
        asset_class="VIRTUAL_ASSET",
        targets=[{**wallet, "whole_balance": "USDT"}],
    )
    exported = isomessages.export(freezing.desk("kopi-teller"), freezing.folder / "iso")
    assert exported.files == () and len(exported.left_out) == 1
    assert "auth.001" in exported.left_out[0].why


def test_a_reply_that_there_is_no_such_account(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    exported = isomessages.export(freezing.desk("teller"), freezing.folder / "iso")
    query, _ = iso20022.read_query(exported.files[0].read_bytes())
    for status, kind in (("NFOU", AnswerKind.NOT_FOUND), ("FOUN", AnswerKind.ACKNOWLEDGED)):
        findings = tuple(Finding(wanted, status) for wanted in query.search.wanted)
        reply = Reply("RESP-1", query.id, "COMP", query.search, findings)
        (given,) = read(freezing, iso20022.write_reply(reply))
        assert (given.hold, given.kind) == (f"0x{arrival.id.hex()}", kind)
    for status, findings in (
        ("NRES", tuple(Finding(wanted, "NFOU") for wanted in query.search.wanted)),
        ("COMP", tuple(Finding(wanted, "NOAP") for wanted in query.search.wanted)),
    ):
        with pytest.raises(UsageError) as raised:
            read(freezing, iso20022.write_reply(Reply("R", query.id, status, query.search, findings)))
        assert raised.value.code == "iso20022.for_a_person"


@pytest.mark.parametrize(
    ("given", "kind", "code"),
    [
        ({"status": "ACCR"}, AnswerKind.HELD, None),
        ({"status": "ACCR", "amount": parse("SGD 1,500.00")}, AnswerKind.HELD, None),
        ({"status": "ACCR", "amount": parse("SGD 200.00")}, AnswerKind.HELD_PART, None),
        ({"status": "PDCR"}, AnswerKind.ACKNOWLEDGED, None),
        ({"status": "RJCR", "reason": "NOOR"}, AnswerKind.NOT_FOUND, None),
        ({"status": "RJCR", "reason": "AM04"}, AnswerKind.NO_FUNDS, None),
        ({"status": "RJCR", "reason": "LEGL"}, AnswerKind.REFUSED, Refusal.OTHER),
    ],
)
def test_a_resolution_becomes_the_nearest_answer(
    freezing: Stage, given: dict[str, Any], kind: AnswerKind, code: Refusal | None
) -> None:
    arrival = stopped(freezing)
    (answer,) = read(freezing, resolution(arrival, **given))
    assert (answer.kind, answer.code) == (kind, code)
    assert answer.remarks.startswith("camt.029")
    assert len(answering.answer(freezing.desk("teller"), [answer]).sent) == 1


def test_a_resolution_is_found_by_its_payment(freezing: Stage) -> None:
    arrival = stopped(freezing)
    (answer,) = read(freezing, resolution(arrival, cancellation_id=None, uetr=UETR, status="ACCR"))
    assert answer.hold == f"0x{arrival.id.hex()}"
    other = UETR.replace("97", "98")
    with pytest.raises(UsageError):
        read(freezing, resolution(arrival, cancellation_id=None, uetr=other, status="ACCR"))


def test_messages_of_other_kinds_and_hostile_ones(freezing: Stage) -> None:
    stopped(freezing)
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]>'
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09">&a;</Document>'
    )
    for data in (
        b"",
        b"<a/>",
        b"\xff\xfe",
        bomb,
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:auth.002.',
    ):
        with pytest.raises(UsageError) as raised:
            read(freezing, data)
        assert raised.value.kept
