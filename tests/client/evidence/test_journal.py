# SPDX-License-Identifier: Apache-2.0
"""The journal of refusals, and the log that it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packs import Case

from concordat.errors import FileError
from concordat.evidence.chained import START, BrokenLogError, ChainedLog
from concordat.evidence.journal import Journal

RECORD = "22" * 32


def test_a_refusal_is_kept_with_facts_reasons_and_time(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "refusals.jsonl")
    kept = journal.refused("0317", RECORD, 77, ["MINUTES_MADE", "DELAY"], at="2026-03-18T00:00:00Z")
    assert Journal(tmp_path / "refusals.jsonl").all() == [kept]
    assert (kept.case, kept.record_sha256, kept.facts, kept.reasons) == (
        "0317",
        RECORD,
        77,
        ("MINUTES_MADE", "DELAY"),
    )
    assert kept.at == "2026-03-18T00:00:00Z"


def test_the_same_attempt_is_written_once_and_a_flipped_bit_again(tmp_path: Path) -> None:
    """Declaration shopping (A13): the attempt with one bit more is another entry, and both stay."""
    journal = Journal(tmp_path / "refusals.jsonl")
    first = journal.refused("0317", RECORD, 77, ["DELAY"])
    assert journal.refused("0317", RECORD, 77, ["DELAY"]) == first
    second = journal.refused("0317", RECORD, 77 | 1 << 20, ["DELAY"])
    assert [each.hash for each in journal.all()] == [first.hash, second.hash]


def test_refusals_concern_a_case_or_a_record(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "refusals.jsonl")
    by_case = journal.refused("0317", RECORD, 1, ["A"])
    by_record = journal.refused("0400", "33" * 32, 2, ["B"])
    journal.refused("0500", "44" * 32, 3, ["C"])
    assert journal.concerning("0317", "33" * 32) == (by_case, by_record)
    assert journal.uncited("0317", "33" * 32, [by_case.hash]) == (by_record,)
    assert journal.concerning("none", "55" * 32) == ()


def test_the_next_manifest_of_the_case_cites_them(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "refusals.jsonl")
    first = journal.refused("0317", RECORD, 1, ["A"])
    journal.refused("another case", "33" * 32, 2, ["B"])
    second = journal.refused("0317", "44" * 32, 3, ["C"])
    manifest = Case(tmp_path / "case").pack(journal).manifest
    assert manifest.refusals == (first.hash, second.hash)
    assert journal.uncited("0317", manifest.record_sha256, manifest.refusals) == ()


def test_an_altered_journal_is_not_packed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "refusals.jsonl")
    journal.refused("0317", RECORD, 1, ["A"])
    path = tmp_path / "refusals.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"A"', b'"B"'))
    with pytest.raises(BrokenLogError, match="Line 1"):
        Case(tmp_path / "case").pack(journal)
    with pytest.raises(BrokenLogError):
        journal.refused("0317", RECORD, 2, ["C"])


def test_a_journal_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "refusals.jsonl").mkdir()
    with pytest.raises(FileError):
        Journal(tmp_path / "refusals.jsonl").refused("0317", RECORD, 1, ["A"])


def _log(folder: Path, entries: int = 4) -> ChainedLog:
    log = ChainedLog(folder / "log.jsonl")
    for number in range(entries):
        log.append({"what": f"event {number}"})
    return log


def test_entries_are_bound_to_each_other(tmp_path: Path) -> None:
    entries = _log(tmp_path).entries()
    assert [entry["n"] for entry in entries] == [1, 2, 3, 4]
    assert [entry["prev"] for entry in entries] == [START, *(entry["hash"] for entry in entries[:-1])]


@given(line=st.integers(0, 3), data=st.data())
def test_any_flipped_byte_is_found_and_its_line_named(
    tmp_path_factory: pytest.TempPathFactory, line: int, data: st.DataObject
) -> None:
    log = _log(tmp_path_factory.mktemp("log"))
    lines = log.path.read_bytes().splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines[line]) - 2))
    flipped = bytearray(lines[line])
    flipped[at] ^= data.draw(st.integers(1, 255))
    log.path.write_bytes(b"".join([*lines[:line], bytes(flipped), *lines[line + 1 :]]))
    with pytest.raises(BrokenLogError, match=f"Line {line + 1} "):
        log.entries(whole=True)


@pytest.mark.parametrize("order", [[1, 2, 3], [0, 2, 3], [0, 1, 3], [1, 0, 2, 3], [0, 0, 1, 2, 3], [3]])
def test_lines_cannot_be_removed_moved_or_repeated(tmp_path: Path, order: list[int]) -> None:
    log = _log(tmp_path)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[i] for i in order))
    with pytest.raises(BrokenLogError):
        log.entries()


def test_a_line_cut_off_in_writing_never_counted(tmp_path: Path) -> None:
    log = _log(tmp_path, 2)
    whole = log.path.read_bytes()
    log.path.write_bytes(whole + b'{"what":"event 2","n"')
    assert len(log.entries()) == 2
    with pytest.raises(BrokenLogError, match=r"Line 3 .* is not complete"):
        log.entries(whole=True)
    log.append({"what": "event 2"})
    assert [entry["what"] for entry in log.entries(whole=True)] == ["event 0", "event 1", "event 2"]
    assert log.path.read_bytes().startswith(whole)


def test_its_own_keys_are_its_own(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="own"):
        ChainedLog(tmp_path / "log.jsonl").append({"hash": "mine"})


def test_an_entry_with_a_wrong_hash_of_its_own_is_found(tmp_path: Path) -> None:
    log = _log(tmp_path, 1)
    entry = json.loads(log.path.read_bytes())
    log.path.write_bytes(
        (json.dumps({**entry, "what": "else"}, sort_keys=True, separators=(",", ":")) + "\n").encode()
    )
    with pytest.raises(BrokenLogError, match="was altered"):
        log.entries()
