# SPDX-License-Identifier: Apache-2.0
"""The institution's spreadsheet: what is to be answered out, answers back in, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from concordat.assets.inbox import inboxbook
from concordat.assets.inbox.booksheet import BookRow
from concordat.assets.orders.answers import Answer
from concordat.assets.orders.fieldtree import seconds
from concordat.assets.orders.order import Order
from concordat.assets.orders.ordermessage import OpenedTarget
from concordat.casework.desk import Desk
from concordat.casework.institution import incoming
from concordat.casework.institution.incoming import Arrival, Duty, Letter, name_of
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import store


@dataclass(frozen=True)
class LeftOut:
    """A target that did not go along, and why."""

    arrival: Arrival
    why: str


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        files: that were written.
        targets: that went along.
    """

    files: tuple[Path, ...]
    targets: int
    left_out: tuple[LeftOut, ...]


def export_book(desk: Desk, path: Path) -> Exported:
    """Write what is to be answered as a workbook (.xlsx) or CSV (.csv).

    Raises:
        UsageError: another kind of file, nothing to answer, or the file exists.
        FileError: it cannot be written.
    """
    write = _writer(path)
    ready, left_out = readable(desk)
    if not ready:
        raise nothing_to_write(left_out)
    if path.exists():
        raise UsageError(
            f"{path.name} exists; it may hold answers.",
            code="file.exists",
            kept="It was not touched.",
            next="Name another file.",
        )
    rows = [_row(arrival, arrival.due, *letter.required()) for arrival, letter in ready]
    with store.guard(f"write {path}"):
        store.write(path, write(rows))
    return Exported((path,), len(rows), tuple(left_out))


def answers_of_book(desk: Desk, path: Path, officer: str) -> tuple[Answer, ...]:
    """The answers of a book that was filled in; nothing is sent.

    The rows as they were handed out are made again from the messages, wherever the book was exported, and
    compared cell by cell.

    Raises:
        BookError: every bad cell; then there are no answers at all.
        UsageError: a request in it is not of this institution, or cannot be opened here.
    """
    data = read_file(path, inboxbook.MAX_FILE)
    handed = inboxbook.handed_out(data, path.name)
    known = {each.id: each for each in incoming.arrivals(desk)}
    wanted = [known.get(bytes.fromhex(hold[2:])) for hold, _ in handed]
    strange = [hold for (hold, _), found in zip(handed, wanted, strict=True) if found is None]
    if strange:
        raise UsageError(
            f"{len(strange)} requests in {path.name} are not of this institution ({strange[0][:12]}…).",
            code="inbox.other_book",
            kept="No answer of it was taken over.",
            next="Use the workspace of the institution that exported it.",
        )
    arrivals = [each for each in wanted if each is not None]
    letters = incoming.letters(desk, arrivals)
    rows = []
    for arrival, (_, reply_by) in zip(arrivals, handed, strict=True):
        rows.append(_row(arrival, _seconds(reply_by, arrival), *letters[arrival.id].required()))
    return inboxbook.read(data, rows, now=desk.clock.now, officer=officer, name=path.name)


def readable(desk: Desk) -> tuple[list[tuple[Arrival, Letter]], list[LeftOut]]:
    """What is to be answered and can be opened; and what cannot."""
    due = [each for each in incoming.arrivals(desk) if each.duty in (Duty.ANSWER, Duty.TURN)]
    letters = incoming.letters(desk, due)
    good = [(each, letters[each.id]) for each in due if letters[each.id].problem is None]
    bad = [
        LeftOut(each, problem.message) for each in due if (problem := letters[each.id].problem) is not None
    ]
    return good, bad


def _row(arrival: Arrival, reply_by: int, order: Order, opened: OpenedTarget) -> BookRow:
    return BookRow(
        hold=f"0x{arrival.id.hex()}",
        order=order.number,
        case=order.case,
        measure=order.measure,
        period=order.period,
        reply_by=reply_by,
        contact=order.officer.contact,
        target=opened.target,
    )


def _writer(path: Path) -> Callable[[Sequence[BookRow]], bytes]:
    known = {".xlsx": inboxbook.write_xlsx, ".csv": inboxbook.write_csv}
    if path.suffix.lower() not in known:
        raise UsageError(
            f"{path.name} is neither .xlsx nor .csv.",
            code="inbox.kind",
            kept="Nothing was written.",
            next="Name the file with one of these endings.",
        )
    return known[path.suffix.lower()]


def _seconds(text: str, arrival: Arrival) -> int:
    """The deadline as the book has it: it moves when an answer comes, and binds nobody from there."""
    try:
        return seconds(text)
    except (ValueError, ConcordatError):
        return arrival.due  # another text than any that was handed out: the reader says so


def read_file(path: Path, most: int) -> bytes:
    """A file, and at most one byte more than ``most``, so that its reader sees that it is too long."""
    with store.guard(f"read {path}", kept="Nothing was sent."), path.open("rb") as stream:
        return stream.read(most + 1)


def nothing_to_write(left_out: Sequence[LeftOut]) -> UsageError:
    """The refusal to write a file about nothing."""
    reasons = "".join(f"\n  {name_of(each.arrival)}: {each.why}" for each in left_out[:20])
    return UsageError(
        f"None of the {len(left_out)} requests to be answered can be opened:{reasons}"
        if left_out
        else "Nothing is to be answered at this institution.",
        code="inbox.nothing",
        kept="Nothing was written.",
        next="Answer them UNREADABLE, with the reason." if left_out else "",
    )
