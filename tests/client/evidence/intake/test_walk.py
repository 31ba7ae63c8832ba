# SPDX-License-Identifier: Apache-2.0
"""What is found below the paths given, in which order, and what becomes of what is no plain file."""

from __future__ import annotations

import os
import socket
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.errors import FileError, UsageError
from concordat.evidence.intake import Exhibit, FindingCode, intake, walk
from concordat.evidence.intake.names import json_path, name_bytes, shown


def put(root: Path, *names: str, content: bytes = b"x") -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def paths(*given: Path, **options: object) -> list[str]:
    return [exhibit.path for exhibit in intake(given, **options)]  # type: ignore[arg-type]


def test_the_order_is_that_of_the_bytes_of_full_paths(tmp_path: Path) -> None:
    put(tmp_path, "b", "a/z", "a.txt", "a-b/c", "a/é", "a/中", "B", "a/\U0001f600")
    found = paths(tmp_path)
    assert found == sorted(found, key=lambda path: path.encode())
    assert found == ["B", "a-b/c", "a.txt", "a/z", "a/é", "a/中", "a/\U0001f600", "b"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab./-\u00e9\ud55c ", min_size=1, max_size=12), min_size=1, max_size=12))
def test_the_order_is_that_of_bytes_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    root = tmp_path_factory.mktemp("names")
    for name in names:
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        if not parts:
            continue
        path = root.joinpath(*parts)
        if any(parent.is_file() for parent in path.parents) or path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    expected = sorted(
        (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()),
        key=lambda path: path.encode(),
    )
    if expected:
        assert paths(root) == expected


def test_links_are_never_followed_but_named(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", "secret")
    root = put(tmp_path / "given", "plain")
    (root / "file-link").symlink_to(outside / "secret")
    (root / "folder-link").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "dangling").symlink_to("nowhere")
    taken = intake([root])
    assert [exhibit.path for exhibit in taken] == ["plain"]
    links = [finding for finding in taken.summary.findings if finding.code is FindingCode.LINK_NOT_FOLLOWED]
    assert [finding.path for finding in links] == ["dangling", "file-link", "folder-link", "loop"]
    assert links[0].values["target"] == "nowhere"
    assert "nowhere" in links[0].text("zh")


def test_a_link_given_itself_is_refused_with_its_target(tmp_path: Path) -> None:
    put(tmp_path, "real/a")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(UsageError) as caught:
        intake([tmp_path / "link"])
    assert caught.value.code == "intake.link_given"
    assert str(tmp_path / "real") in caught.value.next


def test_pipes_and_sockets_are_refused_all_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "plain")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # the name of a socket is limited to about a hundred bytes
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("socket")
        with pytest.raises(FileError) as caught:
            intake([tmp_path])
    assert caught.value.exit_code == 8
    assert "named pipe" in caught.value.message
    assert "a socket" in caught.value.message
    assert "2 paths" in caught.value.message


@pytest.mark.parametrize(
    ("mode", "word"),
    [
        (stat.S_IFCHR, "character device"),
        (stat.S_IFBLK, "block device"),
        (stat.S_IFIFO, "pipe"),
        (0, "neither"),
    ],
)
def test_a_sentence_for_every_special_thing(mode: int, word: str) -> None:
    assert word in walk.special(mode)


def test_a_character_device_given_itself_is_refused() -> None:
    with pytest.raises(FileError, match="character device"):
        intake([os.devnull])


def test_a_block_device_is_read_when_named_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    device = put(tmp_path, "sdb", content=b"sector" * 1000) / "sdb"
    real = os.lstat

    def as_device(path: str) -> os.stat_result:
        status = real(path)
        if os.fspath(path) != str(device):
            return status
        # a device tells neither size nor a meaningful time
        return os.stat_result((stat.S_IFBLK | 0o600, *status[1:6], 0, *status[7:10]))

    monkeypatch.setattr(os, "lstat", as_device)
    (exhibit,) = intake([device])
    assert (exhibit.path, exhibit.size, exhibit.mtime_ns) == ("sdb", 6000, 0)
    with pytest.raises(FileError, match="block device"):
        intake([tmp_path])


def test_all_that_cannot_be_read_is_named_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a", "b", "c/d")
    from concordat.evidence.intake import reading, run

    def refusing(source: str) -> object:
        if source.endswith(("b", "d")):
            raise PermissionError(13, "Permission denied", source)
        return reading.open_evidence(source)

    monkeypatch.setattr(run, "open_evidence", refusing)
    with pytest.raises(FileError) as caught:
        intake([tmp_path, tmp_path / "not there"])
    error = caught.value
    assert (error.exit_code, error.code) == (8, "file.unreadable")
    assert error.message.count("Permission denied") == 2
    assert "not there" in error.message
    assert "Nothing was digested" in error.kept


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", "closed/b")
    real = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(FileError, match="closed: Permission denied"):
        intake([tmp_path])


def test_empty_folders_are_mentioned_and_empty_files_are_exhibits(tmp_path: Path) -> None:
    put(tmp_path, "empty.txt", content=b"")
    (tmp_path / "hollow" / "inner").mkdir(parents=True)
    taken = intake([tmp_path])
    (exhibit,) = taken
    assert (exhibit.size, exhibit.path) == (0, "empty.txt")
    assert [finding.code for finding in exhibit.findings] == [FindingCode.EMPTY_FILE]
    assert [(f.code, f.path) for f in taken.summary.findings] == [(FindingCode.EMPTY_FOLDER, "hollow/inner")]


def test_nothing_to_take_is_said(tmp_path: Path) -> None:
    for nothing in ([], [tmp_path]):
        with pytest.raises(UsageError, match="no file"):
            intake(nothing)


def test_names_are_kept_exactly_and_shown_escaped(tmp_path: Path) -> None:
    names = [
        "line\nbreak",
        "tab\t",
        "esc\x1b[31m",
        "rtl\u202egpj.exe",
        "back\\slash",
        "聊天记录.txt",
        "तस्वीर",
        " lead",
        "e\u0301",
        "é",
    ]
    put(tmp_path, *names)
    found = paths(tmp_path)
    assert set(found) == set(names)
    assert unicodedata.normalize("NFC", "e\u0301") == "é"  # two names, two exhibits
    assert shown("line\nbreak") == "line\\nbreak"
    assert shown("rtl\u202egpj.exe") == "rtl\\u202egpj.exe"
    assert shown("back\\slash") == "back\\\\slash"
    assert shown("esc\x1b[31m") == "esc\\x1b[31m"
    assert shown("聊天记录.txt") == "聊天记录.txt"


def test_names_that_are_no_utf8_have_a_defined_form(tmp_path: Path) -> None:
    for name in (b"caf\xe9", b"caf\xe8", b"plain"):
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    found = {exhibit.path: exhibit for exhibit in intake([tmp_path])}
    assert list(found) == ["caf%E8", "caf%E9", "plain"]
    assert found["caf%E9"].path_bytes == b"caf\xe9".hex()
    assert found["plain"].path_bytes is None
    assert FindingCode.NAME_UNDECODABLE in {finding.code for finding in found["caf%E9"].findings}
    assert shown("caf\udce9") == "caf\\xe9"
    for exhibit in found.values():
        exhibit.path.encode("utf-8")


@given(st.binary(min_size=1, max_size=40).filter(lambda raw: b"\0" not in raw and b"/" not in raw))
def test_every_name_of_a_disk_can_be_restored(raw: bytes) -> None:
    path = raw.decode("utf-8", "surrogateescape")
    text, path_bytes = json_path(path)
    assert name_bytes(path) == raw
    assert (bytes.fromhex(path_bytes) if path_bytes is not None else text.encode()) == raw
    shown(path).encode("utf-8")
    assert "\n" not in shown(path)


def test_half_a_pair_of_utf16_as_windows_allows_it() -> None:
    assert json_path("x\ud800y") == ("x%ED%A0%80y", "78eda08079")
    assert shown("x\ud800y") == "x\\ud800y"


def test_names_that_differ_only_in_case_are_all_taken_and_mentioned(tmp_path: Path) -> None:
    put(tmp_path, "sub/A.txt", "sub/a.TXT", "sub/b")
    taken = intake([tmp_path])
    assert [exhibit.path for exhibit in taken] == ["sub/A.txt", "sub/a.TXT", "sub/b"]
    (finding,) = [finding for finding in taken.summary.findings if finding.code is FindingCode.NAMES_COLLIDE]
    assert (finding.path, finding.values["count"]) == ("sub", "2")


def test_hard_links_are_two_exhibits_of_one_content(tmp_path: Path) -> None:
    put(tmp_path, "one")
    os.link(tmp_path / "one", tmp_path / "two")
    first, second = intake([tmp_path])
    assert first.sha256 == second.sha256
    assert [finding.code for finding in second.findings] == [FindingCode.DUPLICATE_IN_ACQUISITION]
    assert second.findings[0].values["first"] == "one"


def test_a_path_given_twice_or_inside_another_is_taken_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "root/a", "root/sub/b", "root2/c")
    root = tmp_path / "root"
    monkeypatch.chdir(tmp_path)
    assert paths(root, Path("root"), root / ".." / "root", root / "sub", root / "a", tmp_path / "root2") == [
        "a",
        "c",
        "sub/b",
    ]


def test_several_roots_are_merged_in_one_order(tmp_path: Path) -> None:
    put(tmp_path, "one/b", "one/d", "two/a", "two/c")
    put(tmp_path, "alone")
    assert paths(tmp_path / "two", tmp_path / "one", tmp_path / "alone") == ["a", "alone", "b", "c", "d"]


def test_the_same_path_from_two_roots_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "one/x/a", "two/x/a")
    with pytest.raises(UsageError) as caught:
        intake([tmp_path / "one", tmp_path / "two"])
    assert caught.value.code == "intake.same_path"
    assert "x/a would stand twice" in caught.value.message


def test_the_package_being_written_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a", "case.acq.partial/manifest.json")
    taken = intake([tmp_path], exclude=[tmp_path / "case.acq.partial"])
    assert [exhibit.path for exhibit in taken] == ["a"]
    assert [(f.code, f.path) for f in taken.summary.findings] == [(FindingCode.LEFT_OUT, "case.acq.partial")]


def test_a_junction_of_windows_counts_as_a_link(tmp_path: Path) -> None:
    class Junction:
        st_mode = stat.S_IFDIR
        st_reparse_tag = 0xA0000003

    assert walk.is_link(Junction())  # type: ignore[arg-type]
    assert not walk.is_link(os.lstat(tmp_path))


def test_a_deep_tree_needs_no_recursion(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(600):
        deep /= "d"
    deep.mkdir(parents=True)
    put(deep, "leaf")
    (exhibit,) = intake([tmp_path])
    assert isinstance(exhibit, Exhibit)
    assert exhibit.path.count("/") == 600
