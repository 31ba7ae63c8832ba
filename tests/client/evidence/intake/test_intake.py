# SPDX-License-Identifier: Apache-2.0
"""The intake as a whole: exhibits, findings, files that do not hold still, resuming, progress."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from concordat.errors import ConcordatError, FileError, UsageError
from concordat.evidence.intake import (
    CaseIndex,
    Context,
    Exhibit,
    Finding,
    FindingCode,
    FindingSeverity,
    Hashes,
    Kind,
    intake,
    remarks,
    run,
)
from concordat.evidence.intake.findings import _TEXTS
from concordat.evidence.intake.hashing import CHUNK
from concordat.evidence.intake.reading import open_evidence

from . import samples as s

START = datetime.fromisoformat("2026-03-17T09:30:00+08:00")
END = datetime.fromisoformat("2026-03-17T11:05:00+08:00")
RECORD = Context(
    case="0317", package="p1", started=START, ended=END, country="MY", now=END + timedelta(days=1)
)


def take(root: Path, context: Context = RECORD, **options: object) -> list[Exhibit]:
    return list(intake([root], context=context, **options))  # type: ignore[arg-type]


def one(root: Path, name: str, data: bytes, context: Context = RECORD) -> Exhibit:
    path = root / name
    path.write_bytes(data)
    os.utime(path, (START.timestamp(), START.timestamp()))
    return next(intake([path], context=context))


def codes(exhibit: Exhibit) -> list[FindingCode]:
    return [finding.code for finding in exhibit.findings]


def test_an_exhibit_says_all_about_its_file(tmp_path: Path) -> None:
    exhibit = one(tmp_path, "photo.jpg", s.picture("JPEG", taken="2026:03:17 09:42:10", place=(1.49, 103.74)))
    data = (tmp_path / "photo.jpg").read_bytes()
    assert exhibit.path == "photo.jpg"
    assert exhibit.source == tmp_path / "photo.jpg"
    assert (exhibit.size, exhibit.mtime_ns) == (len(data), int(START.timestamp()) * 10**9)
    assert exhibit.sha256 == hashlib.sha256(data).hexdigest()
    assert exhibit.sm3 == hashlib.new("sm3", data).hexdigest()
    assert (exhibit.kind, exhibit.media, exhibit.manual) == (Kind.PHOTO, "image/jpeg", False)
    assert exhibit.observations["taken"] == "2026-03-17T09:42:10"
    assert exhibit.findings == ()


def test_names_do_not_decide_and_a_wrong_extension_is_found(tmp_path: Path) -> None:
    for name, data, kind in (
        ("holiday.jpg", s.STATEMENT_EN, Kind.TRANSFER_RECORD),
        ("notes.txt", s.picture("PNG"), Kind.PHOTO),
        ("invoice.pdf", s.zipped("a"), Kind.ARCHIVE),
        ("song.mp3", bytes(5000), Kind.OPAQUE),
    ):
        exhibit = one(tmp_path, name, data)
        assert exhibit.kind is kind
        assert FindingCode.EXTENSION_MISMATCH in codes(exhibit), name
        assert name[name.index(".") :] in exhibit.findings[0].text()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", s.STATEMENT_EN), ("a.CSV", s.CDR), ("a.log", s.ip_log()), ("a.json", s.TELEGRAM),
        ("a.html", s.HTML),
        ("a.eml", s.MAIL), ("a.xml", s.CAMT), ("a.jpeg", s.picture("JPEG")), ("a.dd", s.mbr()),
        ("a.E01", s.e01(bytes(16), bytes(20))),
        ("a.mp4", s.movie()), ("a.txt", s.WHATSAPP), ("noextension", s.pdf()), ("a.unknown", b"hello"),
        (".hidden", b"hello"),
    ],
)  # fmt: skip
def test_a_right_extension_is_no_finding(tmp_path: Path, name: str, data: bytes) -> None:
    assert FindingCode.EXTENSION_MISMATCH not in codes(one(tmp_path, name, data))


@pytest.mark.parametrize(
    ("taken", "offset", "relation"),
    [
        ("2026:03:17 09:42:10", "", None),
        ("2026:03:17 09:42:10", "+08:00", None),
        ("2026:03:17 01:42:10", "+00:00", None),
        ("2026:03:17 09:42:10", "+00:00", "after"),
        ("2026:03:17 11:30:00", "", "after"),
        ("2026:03:17 09:27:00", "", None),  # within what clocks differ
        ("2025:12:31 23:59:59", "", "before"),
    ],
)
def test_time_of_a_photo_against_the_record(
    tmp_path: Path, taken: str, offset: str, relation: str | None
) -> None:
    exhibit = one(tmp_path, "p.jpg", s.picture("JPEG", taken=taken, offset=offset))
    found = [finding for finding in exhibit.findings if finding.code is FindingCode.EXIF_TIME_OUTSIDE]
    assert [finding.values["relation"] for finding in found] == ([relation] if relation else [])
    if found:
        assert found[0].severity is (FindingSeverity.WARN if relation == "after" else FindingSeverity.INFO)


@pytest.mark.parametrize(
    ("country", "place", "found"),
    [
        ("MY", (1.4927, 103.7414), False), ("MY", (39.9, 116.4), True), ("CN", (39.9, 116.4), False),
        ("SG", (1.3, 103.8), False), ("SG", (3.14, 101.7), True), ("US", (21.3, -157.8), False),
        ("ZZ", (39.9, 116.4), False), ("", (39.9, 116.4), False),
    ],
)  # fmt: skip
def test_place_of_a_photo_against_the_record(
    tmp_path: Path, country: str, place: tuple[float, float], found: bool
) -> None:
    exhibit = one(tmp_path, "p.jpg", s.picture("JPEG", place=place), Context(country=country))
    assert (FindingCode.EXIF_PLACE_OUTSIDE in codes(exhibit)) is found


def test_times_in_the_future(tmp_path: Path) -> None:
    now = Context(now=datetime(2026, 3, 1, tzinfo=UTC))
    for name, data in (
        ("a.eml", s.MAIL), ("a.log", s.ip_log()), ("a.mp4", s.movie()), ("a.pdf", s.pdf()),
        ("a.jpg", s.picture("JPEG", taken="2026:03:17 09:42:10")),
    ):  # fmt: skip
        exhibit = one(tmp_path, name, data, now)
        # the file's own time and the time inside
        assert codes(exhibit).count(FindingCode.TIME_IN_FUTURE) == 2, name
        assert FindingCode.TIME_IN_FUTURE not in codes(one(tmp_path, name, data))


def test_a_clock_that_was_wrong_is_mentioned(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    for offset, severity, word in ((120, "info", "fast"), (-90_000, "warn", "slow")):
        (finding,) = intake([tmp_path], context=Context(clock_offset_ms=offset)).summary.findings
        assert (finding.code, finding.severity) == (FindingCode.CLOCK_OFFSET, severity)
        assert word in finding.text()
    assert not intake([tmp_path], context=Context(clock_offset_ms=0)).summary.findings


def test_duplicates_in_this_and_other_cases(tmp_path: Path) -> None:
    root = tmp_path / "given"
    root.mkdir()
    for name in ("a", "b", "c", "empty1", "empty2"):
        (root / name).write_bytes({"a": b"same", "b": b"same", "c": b"other"}.get(name, b""))
        os.utime(root / name, (START.timestamp(), START.timestamp()))
    with CaseIndex(tmp_path / "index.db") as index:
        same, other = (hashlib.sha256(data).hexdigest() for data in (b"same", b"other"))
        index.replace("0317", "p1", [(same, 1)])  # this very package: not its own duplicate
        index.replace("0317", "p0", [(same, 4)])
        index.replace("0999", "x", [(other, 7)])
        a, b, c, *empty = take(root, index=index)
    assert codes(a) == [FindingCode.DUPLICATE_IN_CASE]
    assert codes(b) == [FindingCode.DUPLICATE_IN_ACQUISITION, FindingCode.DUPLICATE_IN_CASE]
    assert codes(c) == [FindingCode.DUPLICATE_IN_OTHER_CASE]
    assert "exhibit 7 of package x in case 0999" in c.findings[0].text()
    assert all(codes(exhibit) == [FindingCode.EMPTY_FILE] for exhibit in empty)


def test_the_digest_in_an_image_is_of_the_medium(tmp_path: Path) -> None:
    exhibit = one(tmp_path, "disk.E01", s.e01(bytes(range(16)), bytes(range(20))))
    (finding,) = exhibit.findings
    assert finding.code is FindingCode.EMBEDDED_HASH_OF_MEDIUM
    assert "not of this file" in finding.text("en")
    assert bytes(range(16)).hex() in finding.text("zh")


def test_the_ambiguous_is_marked_for_a_person(tmp_path: Path) -> None:
    exhibit = one(tmp_path, "p.jpg", s.picture("JPEG") + s.zipped("hidden.txt"))
    assert exhibit.manual
    assert codes(exhibit) == [FindingCode.AMBIGUOUS_KIND]
    assert "archive" in exhibit.findings[0].text()


def test_a_full_disk_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(400):
        (tmp_path / f"{number:03d}").write_bytes(b"%d" % number)
    connect = sqlite3.connect

    def small(*args: object, **kwargs: object) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 4")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr(remarks.sqlite3, "connect", small)
    with pytest.raises(FileError, match="disk is full") as caught:
        list(intake([tmp_path]))
    assert (caught.value.code, caught.value.exit_code) == ("intake.scratch", 8)


def test_what_took_the_place_of_a_file_is_not_waited_for_nor_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"secret")
    (tmp_path / "link").symlink_to("target")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError):
        open_evidence(str(tmp_path / "link"))
    with open_evidence(str(tmp_path / "pipe")) as pipe:  # opening it the usual way would wait for a writer
        assert not pipe.closed


class Meddler:
    """Something that touches files while they are read: told by progress, which runs between two chunks."""

    def __init__(self, act: object) -> None:
        self.act = act

    def begin(self, files: int, size: int) -> None: ...

    def advance(self, size: int, files: int) -> None:
        if size:
            self.act()  # type: ignore[operator]

    def end(self) -> None: ...


@pytest.mark.parametrize("change", ["grow", "shrink", "rewrite", "touch", "replace", "remove"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, change: str) -> None:
    path = tmp_path / "live.db"
    path.write_bytes(bytes(3 * CHUNK))

    def act() -> None:
        if change == "grow":
            with path.open("ab") as file:
                file.write(b"more")
        elif change == "shrink":
            os.truncate(path, CHUNK)
        elif change == "rewrite":
            with path.open("r+b") as file:
                file.write(b"x")
            os.utime(path, (1, 1))
        elif change == "touch":
            os.utime(path, ns=(1, 1))
        elif change == "replace":
            (tmp_path / "new").write_bytes(bytes(3 * CHUNK))
            (tmp_path / "new").replace(path)
        else:
            path.unlink(missing_ok=True)

    with pytest.raises(FileError) as caught:
        list(intake([path], progress=Meddler(act)))
    error = caught.value
    assert (error.exit_code, error.code) == (8, "file.changed")
    assert "live.db changed while it was being read" in error.message
    assert error.kept
    assert error.next


def test_files_that_come_or_go_meanwhile(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"x")
    coming = intake([tmp_path])
    (tmp_path / "c").write_bytes(b"x")
    with pytest.raises(UsageError, match="2 files were counted, but 3 were read"):
        list(coming)
    going = intake([tmp_path])
    (tmp_path / "b").unlink()
    with pytest.raises(UsageError, match="3 files were counted, but 2"):
        list(going)


def test_a_file_whose_bytes_stop_coming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad").write_bytes(bytes(3 * CHUNK))
    from concordat.evidence.intake import reading

    class BadSector(reading.io.FileIO):
        def readinto(self, buffer: object) -> int:
            if self.tell() >= CHUNK:
                raise OSError(5, "Input/output error")
            return super().readinto(buffer)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(run, "open_evidence", lambda source: BadSector(source, "r"))
    with pytest.raises(FileError, match=f"Input/output error, after {CHUNK} bytes"):
        list(intake([tmp_path]))


def test_what_was_digested_before_is_not_read_again(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(s.picture("PNG") + name.encode())
    first = {exhibit.path: exhibit for exhibit in intake([tmp_path])}
    asked: list[tuple[str, int, int]] = []

    def known(path: str, size: int, mtime_ns: int) -> Hashes | None:
        asked.append((path, size, mtime_ns))
        return Hashes("0" * 64, "1" * 64) if path == "a" else None

    again = intake([tmp_path], resume=known)
    a, b = again
    assert (a.sha256, a.sm3, a.kind) == ("0" * 64, "1" * 64, Kind.PHOTO)
    assert b.sha256 == first["b"].sha256
    assert again.summary.reused == 1
    assert asked == [(e.path, e.size, e.mtime_ns) for e in first.values()]


def test_an_undecodable_name_is_always_read(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff")).write_bytes(b"abc")
    (exhibit,) = intake([tmp_path], resume=lambda *_: Hashes("0" * 64, "0" * 64))
    assert exhibit.sha256 == hashlib.sha256(b"abc").hexdigest()


class Counting:
    def __init__(self) -> None:
        self.events: list[tuple[str, int, int]] = []

    def begin(self, files: int, size: int) -> None:
        self.events.append(("begin", files, size))

    def advance(self, size: int, files: int) -> None:
        self.events.append(("advance", files, size))

    def end(self) -> None:
        self.events.append(("end", 0, 0))


def test_progress_adds_up_and_always_ends(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(3 * CHUNK + 1))
    (tmp_path / "small").write_bytes(b"x")
    (tmp_path / "zero").write_bytes(b"")
    progress = Counting()
    taken = intake([tmp_path], progress=progress)
    list(taken)
    total = 3 * CHUNK + 2
    assert progress.events[0] == ("begin", 3, total)
    assert progress.events[-1] == ("end", 0, 0)
    assert sum(event[1] for event in progress.events[1:]) == 3
    assert sum(event[2] for event in progress.events[1:]) == total
    assert (taken.summary.files, taken.summary.size, taken.summary.complete) == (3, total, True)
    stopped = Counting()
    halfway = intake([tmp_path], progress=stopped)
    next(halfway)
    halfway.close()
    assert stopped.events[-1] == ("end", 0, 0)
    assert not halfway.summary.complete
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sm3")]


def test_the_same_folder_gives_the_same_exhibits(tmp_path: Path) -> None:
    for name in ("b", "a", "c/d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    assert take(tmp_path) == take(tmp_path)


def test_every_code_has_sentences_that_its_values_fill(tmp_path: Path) -> None:
    assert set(_TEXTS) == set(FindingCode)
    for english, chinese in _TEXTS.values():
        assert english.endswith((".", "}."))
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


def test_a_finding_is_one_safe_line_and_json(tmp_path: Path) -> None:
    name = "a\nb\x1b[2J.txt"
    (tmp_path / name).write_bytes(b"hello")
    (tmp_path / "link").symlink_to("to\nthere")
    finding = intake([tmp_path]).summary.findings[0]
    assert isinstance(finding, Finding)
    assert finding.text() == (
        "A symbolic link to “to\\nthere”; it was not followed, its target is not part of the acquisition."
    )
    form = finding.as_dict()
    assert (form["code"], form["severity"], form["path"]) == ("LINK_NOT_FOLLOWED", "info", "link")


def test_errors_say_what_was_kept_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConcordatError) as caught:
        intake([tmp_path / "none"])
    assert caught.value.kept
    assert caught.value.next
