# SPDX-License-Identifier: Apache-2.0
"""The agency's own index: whole packages or nothing, several writers at once, files that are no index."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from concordat.errors import FileError
from concordat.evidence.intake import CaseIndex, Occurrence

A, B = "aa" * 32, "bb" * 32


def test_a_package_is_found_replaced_and_removed(tmp_path: Path) -> None:
    with CaseIndex(tmp_path / "index.db") as index:
        index.replace("0317", "one", [(A, 1), (B, 2), (A, 3)])
        index.replace("0318", "two", [(A, 9)])
        assert index.find(A) == (
            Occurrence("0317", "one", 1),
            Occurrence("0317", "one", 3),
            Occurrence("0318", "two", 9),
        )
        index.replace("0317", "one", [(B, 1)])
        assert index.find(A) == (Occurrence("0318", "two", 9),)
        index.remove("0318", "two")
        assert index.find(A) == ()
    with CaseIndex(tmp_path / "index.db") as index:
        assert index.find(B) == (Occurrence("0317", "one", 1),)


def test_all_or_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[str, int]]:
        yield B, 1
        raise RuntimeError("the walk broke off")

    with CaseIndex(tmp_path / "index.db") as index:
        index.replace("0317", "one", [(A, 1)])
        with pytest.raises(RuntimeError):
            index.replace("0317", "one", failing())
        assert index.find(A) == (Occurrence("0317", "one", 1),)
        assert index.find(B) == ()


def test_several_writers_at_once(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def write(worker: int) -> None:
        try:
            with CaseIndex(tmp_path / "index.db") as index:
                for round_ in range(5):
                    index.replace("0317", f"p{worker}-{round_}", [(A, number) for number in range(20)])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with CaseIndex(tmp_path / "index.db") as index:
        assert len(index.find(A)) == 6 * 5 * 20


def test_a_reader_sees_the_old_state_until_the_new_one_is_whole(tmp_path: Path) -> None:
    with CaseIndex(tmp_path / "index.db") as writer, CaseIndex(tmp_path / "index.db") as reader:
        writer.replace("0317", "one", [(A, 1)])

        def watching() -> Iterator[tuple[str, int]]:
            yield B, 1
            assert reader.find(A) == (Occurrence("0317", "one", 1),)
            assert reader.find(B) == ()

        writer.replace("0317", "one", watching())
        assert reader.find(B) == (Occurrence("0317", "one", 1),)


def test_what_is_no_index_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, foreign, newer = tmp_path / "text", tmp_path / "foreign.db", tmp_path / "newer.db"
    text.write_bytes(b"not a database, but long enough to look at" * 20)
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for path in (text, foreign, newer, tmp_path / "no folder" / "index.db"):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(FileError) as caught:
            CaseIndex(path)
        assert caught.value.code == "intake.index"
        assert (path.read_bytes() if path.exists() else None) == before
