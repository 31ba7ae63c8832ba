# SPDX-License-Identifier: Apache-2.0
"""Cursors: written, read, set back where the chain was reorganised; and words for every event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.casework.telling import cursors, eventwords
from concordat.casework.telling.cursors import ALL, Cursor
from concordat.casework.telling.eventwords import assets, cooperation, membership
from concordat.errors import FileError, UsageError
from concordat.ledger import artifacts
from concordat.ledger.feed import Mark
from concordat.ledger.protocol import Event

GENESIS = bytes(range(32))


def digest(block: int, fork: int = 0) -> str:
    return f"0x{fork:032x}{block:032x}"


def event(block: int, index: int, fork: int = 0) -> Event:
    return Event("Genesis", "SuiteFounded", {}, "0x", block, digest(block, fork), index)


class Fork:
    """A chain that from some block on is another one."""

    def __init__(self, length: int, since: int = 1 << 60) -> None:
        self.first, self.length, self.since = 0, length, since

    def mark(self, block: int) -> Mark | None:
        return Mark(block, digest(block, int(block >= self.since))) if block <= self.length else None


@pytest.mark.parametrize("index", [0, 7, ALL])
def test_a_cursor_is_read_as_written(index: int) -> None:
    cursor = Cursor(12, index, digest(12))
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "12", "12:1", "a:b:0x", f"12:-1:{digest(1)}", f"1:1:{digest(1)}0", "１:1:0x"]
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no cursor"):
        Cursor.parse(text)


def test_a_cursor_knows_what_was_told() -> None:
    cursor = Cursor(5).after(event(7, 3))
    assert cursor.has_told(event(7, 3)) and cursor.has_told(event(6, 9))
    assert not cursor.has_told(event(7, 4))
    assert cursor.after_block(Mark(7, digest(7))).has_told(event(7, 400))


@given(st.integers(2, 400), st.integers(0, 400))
def test_a_reorganisation_sets_back_to_a_block_that_is_as_it_was(length: int, since: int) -> None:
    cursor = cursors.start(Fork(length))  # type: ignore[arg-type]
    for block in range(length):
        cursor = cursor.after_block(Mark(block, digest(block)))
    found, anew = cursors.settled(Fork(length, since), cursor)  # type: ignore[arg-type]
    if since >= length:
        assert (found, anew) == (cursor, None)
    else:
        assert found.block < since and anew == found.block + 1
        back, depth = length - 1 - found.block, length - since
        assert back <= 4 * depth + 2 or not found.trail
    assert len(cursor.trail) < 24


def test_a_shorter_chain_is_another_one() -> None:
    cursor = Cursor(9, ALL, digest(9), (Mark(3, digest(3)),))
    found, anew = cursors.settled(Fork(5), cursor)  # type: ignore[arg-type]
    assert (found.block, anew) == (3, 4)


def test_a_cursor_survives(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    assert cursors.read(path, GENESIS) is None
    cursor = Cursor(9, 4, digest(9), (Mark(3, digest(3)), Mark(7, digest(7))))
    cursors.write(path, cursor, GENESIS)
    assert cursors.read(path, GENESIS) == cursor
    with pytest.raises(UsageError, match="another suite"):
        cursors.read(path, bytes(32))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"\xff", b'{"cursor":"1:all:0x","genesis":"","trail":[],"version":1}']
)
def test_a_damaged_file_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(content)
    with pytest.raises(FileError, match="damaged"):
        cursors.read(path, GENESIS)


def known() -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, entry)
        for name in artifacts.names()
        for entry in artifacts.load(name).abi
        if entry["type"] == "event"
    ]


def test_every_event_of_the_suite_has_words_in_both_languages() -> None:
    texts = {**membership.TEXTS, **assets.TEXTS, **cooperation.TEXTS}
    there = {(contract, entry["name"]) for contract, entry in known()}
    assert there == {(contract, name) for contract, names in texts.items() for name in names}
    assert all(
        en and any(ord(c) > 0x2E80 for c in zh) for names in texts.values() for en, zh in names.values()
    )


def made(part: dict[str, Any], fill: int) -> Any:
    kind = part["type"]
    if kind.endswith("]"):
        size = kind[kind.rindex("[") + 1 : -1]
        inner = {**part, "type": kind[: kind.rindex("[")]}
        return [made(inner, fill)] * int(size or fill)
    if kind == "tuple":
        return tuple(made(each, fill) for each in part["components"])
    if kind.startswith("bytes"):
        return (b"\xff" * fill * 32)[: int(kind[5:] or 64)].ljust(int(kind[5:] or 0), b"\0")
    if kind.startswith("uint"):
        return (1 << int(kind[4:])) - 1 if fill else 0
    return {"address": "0x" + "ab" * 20, "bool": bool(fill), "string": "\x1b[2J" * fill}[kind]


@pytest.mark.parametrize("fill", [0, 1, 2])
def test_whatever_an_event_holds_it_can_be_told(fill: int) -> None:
    for contract, entry in known():
        args = {part["name"]: made(part, fill) for part in entry["inputs"]}
        told = eventwords.as_json(Event(contract, entry["name"], args, "0x", 1, digest(1), 0, 5), {})
        assert told["text"]["en"].startswith(eventwords.title(event_of(contract, entry)).en)
        assert told["at"] == "1970-01-01T00:00:05Z" and told["cursor"] == f"1:0:{digest(1)}"


def event_of(contract: str, entry: dict[str, Any]) -> Event:
    return Event(contract, entry["name"], {}, "0x", 1, "0x", 0)
