# SPDX-License-Identifier: Apache-2.0
"""Packing: what goes in, what is refused, and what a stop at any moment leaves."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from packs import CONTEXT, RECORD, Case, put, write_report

from concordat.errors import FileError, UsageError
from concordat.evidence.facts import Facts
from concordat.evidence.intake import CaseIndex, Progress
from concordat.evidence.manifest import Support
from concordat.evidence.package import Package
from concordat.evidence.packing import PackageDraft, pack
from concordat.evidence.record import RecordError, parse
from concordat.evidence.steps import SEEN
from concordat.evidence.verify import verify_package


class Counting(Progress):
    """Counts what is told; ``at`` is called with the number of files read so far."""

    def __init__(self) -> None:
        self.files = 0

    def begin(self, files: int, size: int) -> None:
        self.files = 0

    def advance(self, size: int, files: int) -> None:
        self.files += files

    def end(self) -> None:
        pass


def test_the_manifest_says_what_record_and_workspace_say(tmp_path: Path) -> None:
    case = Case(tmp_path)
    said = case.pack().manifest
    assert (said.case, said.agency, said.appointment, said.forum, said.standard_version) == (
        "0317",
        4,
        2,
        458,
        1,
    )
    assert (said.chain_id, said.genesis, said.registry) == (1337, CONTEXT.genesis, CONTEXT.registry.lower())
    assert said.collector == CONTEXT.collector.lower()
    assert said.mandate == bytes(32) and not said.preserve
    facts = Facts.unpack(said.facts)
    assert facts == parse(RECORD).facts().declared()
    assert facts.officers == 0 and facts.steps & SEEN == 0
    supports = {support.step: support for support in said.supports}
    assert supports["MINUTES_MADE"] == Support("MINUTES_MADE", exhibit=6)
    assert supports["FREELY_OBTAINED"] == Support("FREELY_OBTAINED")
    assert supports["TECHNICAL_STANDARD_FOLLOWED"].attester == "Lab 7 (GA/T 756-2021)"
    assert supports["CLOCK_OFFSET_RECORDED"].exhibit == 0
    assert [finding["code"] for finding in said.findings] == ["CLOCK_OFFSET"]


def test_two_packs_of_the_same_files_have_other_salts_and_another_root(tmp_path: Path) -> None:
    case = Case(tmp_path)
    first = case.pack()
    case.out = case.out.with_name("second.acq")
    second = case.pack()
    assert first.manifest.exhibits_sha256 == second.manifest.exhibits_sha256
    assert first.root() != second.root()


def test_mandate_and_preserve_come_from_the_record(tmp_path: Path) -> None:
    mandate = "0x" + "9f" * 32
    said = Case(tmp_path, record=RECORD + f'preserve: true\nmandate: "{mandate}"\n').pack().manifest
    assert said.preserve and said.mandate.hex() == "9f" * 32


def test_collected_files_are_neither_copied_nor_touched(tmp_path: Path) -> None:
    case = Case(tmp_path)
    before = {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in case.files.rglob("*") if path.is_file()
    }
    package = case.pack()
    assert before == {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in case.files.rglob("*") if path.is_file()
    }
    assert not any(entry.path in package.files.present() for entry in package.exhibits() if not entry.inside)


def test_record_documents_and_package_among_the_files_are_not_taken_twice(tmp_path: Path) -> None:
    case = Case(tmp_path)
    put(case.files / "record.yaml", b"a file of the phone that happens to be called so")
    record = RECORD.replace("path: chat/messages.json", "path: phone/chat/messages.json")
    case.record.write_text(record, encoding="utf-8")
    package = pack(case.record, [case.folder], case.out, CONTEXT, write_report=write_report)
    paths = [entry.path for entry in package.exhibits()]
    assert "record.yaml" not in paths and "phone/record.yaml" in paths
    assert sum("minutes.pdf" in path for path in paths) == 1
    assert not any(".acq" in path for path in paths)
    result = verify_package(package, [case.folder])
    assert result.ok and not result.items


def test_documents_of_the_same_name_get_names_of_their_own(tmp_path: Path) -> None:
    record = RECORD.replace("documents/seal.txt", "other/Minutes.pdf")
    case = Case(tmp_path, record=record)
    put(case.folder / "other" / "Minutes.pdf", b"another file")
    package = case.pack()
    assert [e.path for e in package.exhibits() if e.inside][:2] == [
        "documents/minutes.pdf",
        "documents/2-Minutes.pdf",
    ]
    assert verify_package(package).ok


@pytest.mark.parametrize("name", ["a.tmp", "a.new"])
def test_documents_named_like_what_the_package_writes_itself(tmp_path: Path, name: str) -> None:
    case = Case(tmp_path, record=RECORD.replace("documents/seal.txt", f"documents/{name}"))
    put(case.folder / "documents" / name, b"x")
    package = case.pack()
    assert verify_package(package).ok and package.exhibit(7).path == f"documents/{name}_"


def test_names_that_are_not_unicode_are_kept(tmp_path: Path) -> None:
    case = Case(tmp_path)
    odd = os.fsdecode(os.fsencode(case.files) + b"/\xff.txt")
    try:
        Path(odd).write_bytes(b"odd")
    except OSError:  # the file system wants Unicode, so there are no such names to keep
        return
    package = case.pack()
    entry = next(e for e in package.exhibits() if e.path_bytes)
    assert (entry.path, entry.path_bytes) == ("%FF.txt", b"\xff.txt".hex())
    assert verify_package(package, [case.files]).ok
    Path(odd).write_bytes(b"add")
    assert [item.exhibit for item in verify_package(package, [case.files]).changed] == [entry.n]


def test_the_report_is_the_last_exhibit_and_sees_all_others(tmp_path: Path) -> None:
    seen: list[PackageDraft] = []

    def report(draft: PackageDraft) -> Path:
        seen.append(draft)
        assert [entry.n for entry in draft.entries()] == list(range(1, draft.exhibits + 1))
        assert [note["n"] for note in draft.notes()]
        return write_report(draft)

    case = Case(tmp_path)
    package = pack(case.record, [case.files], case.out, CONTEXT, write_report=report)
    lines = (case.out / "exhibits.jsonl").read_bytes().splitlines(keepends=True)
    assert seen[0].exhibits_sha256 == hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    assert seen[0].facts == package.manifest.facts and seen[0].supports == package.manifest.supports
    assert json.loads(lines[-1])["role"] == "COLLECTION_REPORT"
    assert "report/collection-report.html" in package.files.vouched()
    assert Case(tmp_path / "without").pack(report=False).manifest.leaves == package.manifest.leaves - 1


def test_the_index_learns_the_package_and_finds_duplicates(tmp_path: Path) -> None:
    case = Case(tmp_path)
    with CaseIndex(tmp_path / "index.sqlite") as index:
        first = pack(case.record, [case.files], case.out, CONTEXT, index=index)
        assert {found.package for found in index.find(first.exhibit(3).sha256)} == {"0317.acq"}
        second = pack(case.record, [case.files], tmp_path / "second", CONTEXT, index=index)
    assert second.name == "second.acq"
    assert "DUPLICATE_IN_CASE" in second.exhibit(3).findings


# What is refused


def test_a_package_is_never_overwritten(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.pack()
    before = (case.out / "manifest.json").read_bytes()
    with pytest.raises(UsageError) as error:
        case.pack()
    assert error.value.code == "pack.exists" and (case.out / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (replace(CONTEXT, home_forum=156), "record.other_home"),
        (replace(CONTEXT, agency=5), "record.other_agency"),
    ],
)
def test_a_record_of_another_agency_or_home_is_refused(tmp_path: Path, context: object, code: str) -> None:
    case = Case(tmp_path, record=RECORD.replace("agency: MY-PDRM", "agency: 4"))
    with pytest.raises(UsageError) as error:
        pack(case.record, [case.files], case.out, context)  # type: ignore[arg-type]
    assert error.value.code == code and not list(case.out.parent.iterdir())


def test_a_wrong_record_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    case = Case(tmp_path, record=RECORD.replace("+08:00", "", 1))
    with pytest.raises(RecordError):
        case.pack()
    case.record.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="UTF-8"):
        case.pack()
    case.record.unlink()
    with pytest.raises(FileError):
        case.pack()
    assert not list(case.out.parent.iterdir())


def test_documents_that_are_not_there_are_all_named(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for name in ("minutes.pdf", "seal.txt"):
        (case.folder / "documents" / name).unlink()
    with pytest.raises(FileError, match=r"minutes\.pdf.*seal\.txt"):
        case.pack()


def test_an_annotated_file_that_is_not_there_is_named_and_the_digests_are_kept(tmp_path: Path) -> None:
    case = Case(tmp_path, record=RECORD.replace("chat/messages.json", "chat/message.json"))
    with pytest.raises(UsageError, match=r"chat/message\.json"):
        case.pack()
    case.record.write_text(RECORD, encoding="utf-8")
    assert verify_package(case.pack(), [case.files]).ok


def test_an_unfinished_pack_of_other_files_is_left_alone(tmp_path: Path) -> None:
    case = Case(tmp_path, record=RECORD.replace("chat/messages.json", "none"))
    with pytest.raises(UsageError):
        case.pack()
    progress = (case.out.with_name("0317.acq.partial") / "progress.jsonl").read_bytes()
    other = Case(tmp_path / "other")
    with pytest.raises(UsageError) as error:
        pack(other.record, [other.files], case.out, CONTEXT)
    assert error.value.code == "pack.other_files" and str(case.files) in error.value.message
    assert (case.out.with_name("0317.acq.partial") / "progress.jsonl").read_bytes() == progress


def test_two_packs_at_once_do_not_meet_in_one_folder(tmp_path: Path) -> None:
    case = Case(tmp_path)

    def report(draft: PackageDraft) -> None:
        with pytest.raises(UsageError) as error:
            case.pack()
        assert error.value.code == "pack.running"

    pack(case.record, [case.files], case.out, CONTEXT, write_report=report)
    assert verify_package(Package.open(case.out), [case.files]).ok


# Stops


def _many(folder: Path, files: int = 600) -> Case:
    return Case(folder, {f"many/{n:04}.txt": f"file {n}".encode() for n in range(files)})


def test_digests_of_an_earlier_run_are_not_read_again_unless_the_file_changed(tmp_path: Path) -> None:
    case = _many(tmp_path)
    folder = case.out.with_name("0317.acq.partial")
    with pytest.raises(RuntimeError):
        pack(case.record, [case.files], case.out, CONTEXT, write_report=_fail)
    seed = (folder / "salt.seed").read_bytes()
    known = (folder / "progress.jsonl").read_bytes().splitlines()
    assert len(known) == 605
    target = case.files / "many" / "0007.txt"
    put(target, b"FILE 7")
    os.utime(target, ns=(1, 1))
    with pytest.raises(RuntimeError):
        pack(case.record, [case.files], case.out, CONTEXT, write_report=_fail)
    assert len((folder / "progress.jsonl").read_bytes().splitlines()) == 606
    package = case.pack()
    assert (case.out / "salt.seed").read_bytes() == seed
    assert verify_package(package, [case.files]).ok
    assert sorted(path.name for path in case.out.iterdir() if path.suffix == ".jsonl") == [
        "exhibits.jsonl", "history.jsonl", "intake.jsonl",
    ]  # fmt: skip


def _fail(draft: PackageDraft) -> Path:
    raise RuntimeError("the report fails")


def test_a_damaged_line_of_progress_costs_only_its_file(tmp_path: Path) -> None:
    case = _many(tmp_path)
    with pytest.raises(RuntimeError):
        pack(case.record, [case.files], case.out, CONTEXT, write_report=_fail)
    progress = case.out.with_name("0317.acq.partial") / "progress.jsonl"
    lines = progress.read_bytes().splitlines(keepends=True)
    progress.write_bytes(b"".join([b"\x00\x00\n", b"[1]\n", *lines[2:-1], lines[-1][:20]]))
    assert verify_package(case.pack(), [case.files]).ok


_PACK = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from packs import CONTEXT, write_report
from concordat.evidence.packing import pack
pack(sys.argv[2], [sys.argv[3]], sys.argv[4], CONTEXT, write_report=write_report)
"""


def test_killed_at_any_moment_the_next_run_goes_on(tmp_path: Path) -> None:
    """SIGKILL (TerminateProcess on Windows) after random times; then one run to the end."""
    chance = random.Random(317)
    case = _many(tmp_path, 1500)
    command = [
        sys.executable,
        "-c",
        _PACK,
        str(Path(__file__).parent),
        str(case.record),
        str(case.files),
        str(case.out),
    ]
    started = time.monotonic()
    subprocess.run([*command[:-1], str(tmp_path / "whole.acq")], check=True)
    whole = time.monotonic() - started
    partial, seeds = case.out.with_name("0317.acq.partial"), set()
    for _ in range(6):
        running = subprocess.Popen(command)
        time.sleep(chance.uniform(whole * 0.3, whole))
        running.kill()
        if running.wait() == 0:
            break
        assert running.returncode in (-signal.SIGKILL, 1)
        if case.out.exists():  # killed after the last step
            Package.open(case.out)
        if (partial / "salt.seed").exists():
            seeds.add((partial / "salt.seed").read_bytes())
    if not case.out.exists():
        subprocess.run(command, check=True)
    assert not partial.exists()
    assert len(seeds | {(case.out / "salt.seed").read_bytes()}) == 1
    result = verify_package(Package.open(case.out), [case.files])
    assert result.ok and not result.items and len(result.matched) == 1508
    lists = [(folder / "exhibits.jsonl").read_bytes() for folder in (case.out, tmp_path / "whole.acq")]
    assert lists[0] == lists[1]


def _full_at(monkeypatch: pytest.MonkeyPatch, which: int) -> list[int]:
    count = [0]
    real = os.fsync

    def fsync(descriptor: int) -> None:
        count[0] += 1
        if count[0] == which:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return count


def test_a_full_disk_at_any_moment_says_what_was_kept_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For every write that is made durable: let it fail, and run again."""
    which, failed = 0, 0
    while True:
        which += 1
        case = Case(tmp_path / str(which))
        with monkeypatch.context() as patch:
            count = _full_at(patch, which)
            try:
                case.pack()
            except FileError as error:
                failed += 1
                assert error.code == "disk.full" and error.exit_code == 8
                assert (
                    "kept" in error.kept
                    and "0317.acq.partial" in error.kept
                    and "same command again" in error.next
                )
                assert not case.out.exists()
        if count[0] < which:
            break
        package = Package.open(case.out) if case.out.exists() else case.pack()
        assert verify_package(package, [case.files]).ok
    assert failed > 10


def test_what_cannot_be_read_is_said_with_what_was_kept(tmp_path: Path) -> None:
    case = Case(tmp_path)
    (case.out.with_name("0317.acq.partial")).write_bytes(b"a file where the folder has to be")
    with pytest.raises(FileError):
        case.pack()
