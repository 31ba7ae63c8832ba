# SPDX-License-Identifier: Apache-2.0
"""Lists from the source: every form that is known, how names meet paths, and what a wrong list is told."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from concordat.errors import FileError, UsageError
from concordat.evidence.intake import Exhibit, FindingCode, Outcome, Summary, intake

from . import samples as s

FILES = {
    "a.txt": b"alpha",
    "sub/b.csv": b"beta",
    "sub/c d.bin": bytes(3000),
    "new\nline": b"n",
    "back\\slash": b"s",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def compare(root: Path, text: str | bytes, *, at: Path | None = None) -> tuple[dict[str, Exhibit], Summary]:
    path = at or root.parent / "list.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    taken = intake([root], expect=path)
    return {exhibit.path: exhibit for exhibit in taken}, taken.summary


def digest(algorithm: str, data: bytes) -> str:
    return hashlib.new(algorithm, data).hexdigest()


def escaped(name: str) -> tuple[str, str]:
    """As GNU writes names with a backslash or a line end: a backslash before the line, escapes "
    "in the name."""
    changed = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return ("\\" if changed != name else ""), changed


def gnu(algorithm: str, mark: str = " ", prefix: str = "") -> str:
    return "".join(
        f"{escaped(name)[0]}{digest(algorithm, data)} {mark}{prefix}{escaped(name)[1]}\n"
        for name, data in FILES.items()
    )


def bsd(label: str, algorithm: str) -> str:
    return "".join(
        f"{escaped(name)[0]}{label} ({escaped(name)[1]}) = {digest(algorithm, data)}\n"
        for name, data in FILES.items()
    )


FORMS: tuple[tuple[str, str, str], ...] = (
    ("gnu", gnu("sha256"), "SHA-256"),
    ("gnu binary", gnu("sha256", "*"), "SHA-256"),
    ("gnu ./", gnu("sha256", prefix="./"), "SHA-256"),
    ("gnu below a folder", gnu("sha256", prefix="evidence/phone/"), "SHA-256"),
    ("gnu absolute elsewhere", gnu("sha256", prefix="/mnt/usb/"), "SHA-256"),
    ("windows line ends", gnu("sha256").replace("\n", "\r\n"), "SHA-256"),
    ("comments", "# made by sha256sum\n; note\n\n" + gnu("sha256"), "SHA-256"),
    ("bsd", bsd("SHA256", "sha256"), "SHA-256"),
    ("openssl", bsd("SHA2-256", "sha256").replace(" (", "(").replace(" =", "="), "SHA-256"),
    ("bsd sm3", bsd("SM3", "sm3"), "SM3"),
    ("sm3sum", gnu("sm3"), "SM3"),
    ("md5sum", gnu("md5"), "MD5"),
    ("sha1sum", gnu("sha1"), "SHA-1"),
    ("md5 and sha256 together", gnu("md5") + gnu("sha256"), "SHA-256"),
)


@pytest.mark.parametrize(("text", "algorithm"), [f[1:] for f in FORMS], ids=[f[0] for f in FORMS])
def test_lists_of_sums(root: Path, text: str, algorithm: str) -> None:
    found, summary = compare(root, text)
    assert summary.outcomes == {Outcome.MATCHED: len(FILES)}
    assert not summary.comparisons
    for exhibit in found.values():
        assert exhibit.comparison is not None
        assert (exhibit.comparison.algorithm, exhibit.comparison.of) == (algorithm, "file")
    weak = [finding for finding in summary.findings if finding.code is FindingCode.EXPECT_WEAK_ONLY]
    assert bool(weak) is (algorithm in ("MD5", "SHA-1"))
    assert all(set(exhibit.extra) == ({algorithm} if weak else set()) for exhibit in found.values())


def test_a_list_in_upper_case_hex(root: Path) -> None:
    found, _ = compare(root, f"{digest('sha256', b'alpha').upper()}  a.txt\n")
    assert found["a.txt"].comparison is not None
    assert found["a.txt"].comparison.outcome is Outcome.MATCHED


def test_what_sha256sum_itself_writes(root: Path) -> None:
    """The tool's own list where it is installed; elsewhere the same lines, written by hand above."""
    tool = shutil.which("sha256sum")
    if tool is None:
        text = gnu("sha256").encode()
    else:
        text = subprocess.run([tool, *sorted(FILES)], cwd=root, capture_output=True, check=True).stdout
    _, summary = compare(root, text)
    assert summary.outcomes == {Outcome.MATCHED: len(FILES)}


def test_matched_mismatched_not_listed_and_missing(root: Path) -> None:
    listed = {"a.txt": b"alpha", "sub/b.csv": b"other", "gone.txt": b"x"}
    text = "".join(f"{digest('sha256', data)}  {name}\n" for name, data in listed.items())
    found, summary = compare(root, text)
    outcomes = {path: exhibit.comparison.outcome for path, exhibit in found.items() if exhibit.comparison}
    assert outcomes == {
        "a.txt": Outcome.MATCHED, "sub/b.csv": Outcome.MISMATCHED, "sub/c d.bin": Outcome.NOT_LISTED,
        "new\nline": Outcome.NOT_LISTED, "back\\slash": Outcome.NOT_LISTED,
    }  # fmt: skip
    (wrong,) = [f for f in found["sub/b.csv"].findings if f.code is FindingCode.EXPECT_MISMATCH]
    assert digest("sha256", b"beta") in wrong.text()
    assert digest("sha256", b"other") in wrong.text("zh")
    (gone,) = summary.comparisons
    assert (gone.path, gone.outcome, gone.expected) == ("gone.txt", Outcome.MISSING, digest("sha256", b"x"))
    assert [(f.code, f.path) for f in summary.findings] == [(FindingCode.EXPECT_MISSING, "gone.txt")]
    assert summary.outcomes == {
        Outcome.MATCHED: 1, Outcome.MISMATCHED: 1, Outcome.NOT_LISTED: 3, Outcome.MISSING: 1,
    }  # fmt: skip


def test_a_list_that_lies_beside_its_files_below_the_folder(root: Path) -> None:
    found, summary = compare(root, f"{digest('sha256', b'beta')}  b.csv\n", at=root / "sub" / "SHA256SUMS")
    assert found["sub/b.csv"].comparison is not None
    assert found["sub/b.csv"].comparison.outcome is Outcome.MATCHED
    assert not summary.comparisons


def test_a_list_with_this_machines_absolute_paths(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("lists") / "list"
    lines = [f"{digest('sha256', b'alpha')}  {root}/a.txt\n", f"{'0' * 64}  /etc/other\n"]
    found, _ = compare(root, "".join(lines), at=elsewhere)
    assert found["a.txt"].comparison is not None
    assert found["a.txt"].comparison.outcome is Outcome.MATCHED


def test_undecodable_names(root: Path) -> None:
    raw = b"caf\xe9"
    (root / os.fsdecode(raw)).write_bytes(b"coffee")
    found, _ = compare(root, digest("sha256", b"coffee").encode() + b"  " + raw + b"\n")
    comparison = found["caf%E9"].comparison
    assert comparison is not None
    assert comparison.outcome is Outcome.MATCHED


HASHDEEP = "%%%% HASHDEEP-1.0\n%%%% size,{columns},filename\n## Invoked from: /x\n## $ hashdeep -r .\n## \n"


def test_hashdeep(root: Path) -> None:
    both = "".join(
        f"{len(data)},{digest('md5', data)},{digest('sha256', data)},./{name}\n"
        for name, data in FILES.items()
        if "\n" not in name
    )
    _, summary = compare(root, HASHDEEP.format(columns="md5,sha256") + both)
    assert summary.outcomes == {Outcome.MATCHED: 4, Outcome.NOT_LISTED: 1}
    only = "".join(
        f"{len(d)},{digest('sha1', d)},{'0' * 48},.\\{n}\n".replace("/", "\\")
        for n, d in FILES.items()
        if n[0] in "as"
    )
    found, summary = compare(root, HASHDEEP.format(columns="sha1,tiger") + only)
    assert summary.outcomes[Outcome.MATCHED] == 3
    assert set(found["a.txt"].extra) == {"SHA-1"}


def test_hashdeep_names_may_hold_commas(root: Path) -> None:
    (root / "a,b,c").write_bytes(b"commas")
    found, _ = compare(root, HASHDEEP.format(columns="sha256") + f"6,{digest('sha256', b'commas')},a,b,c\n")
    comparison = found["a,b,c"].comparison
    assert comparison is not None
    assert comparison.outcome is Outcome.MATCHED


MEDIUM = s.mbr()


def ftk(data: bytes, name: str) -> bytes:
    return (
        "Created By AccessData® FTK® Imager 4.7.1.2\r\n\r\nCase Information: \r\n"
        "Acquired using: ADI4.7.1.2\r\n"
        f"Case Number: 0317\r\n--------------------------------------------------------------\r\n"
        f"\r\nInformation for {name}:\r\n\r\n"
        "Physical Evidentiary Item (Source) Information:\r\n[Drive Geometry]\r\n"
        " Sector Count: 2.048\r\n[Computed Hashes]\r\n"
        f" MD5 checksum:    {digest('md5', data)}\r\n SHA1 checksum:   {digest('sha1', data)}\r\n\r\n"
        "Image Verification Results:\r\n Verification started:  Tue Mar 17 10:01:12 2026\r\n"
        f" MD5 checksum:    {digest('md5', data)} : verified\r\n"
        f" SHA1 checksum:   {digest('sha1', data)} : verified\r\n"
    ).encode("cp1252")


def ewfacquire(data: bytes, name: str) -> bytes:
    return (
        f"ewfacquire 20140814\n\nThe following acquiry parameters were provided:\n"
        f"Image path and filename:\t\t{name}\n"
        "Case number:\t\t\t\t0317\n\nWritten: 1.0 MiB (1048576 bytes) in 1 second(s).\n"
        f"MD5 hash calculated over data:\t\t{digest('md5', data)}\n"
        f"SHA256 hash calculated over data:\t{digest('sha256', data)}\n"
        "ewfacquire: SUCCESS\n"
    ).encode()


def guymager(data: bytes, name: str) -> bytes:
    return (
        "GUYMAGER ACQUISITION INFO FILE\n==============================\n\nImage path and file name: "
        + name
        + "\n"
        f"MD5 hash                   : {digest('md5', data)}\n"
        f"MD5 hash verified source   : {digest('md5', data)}\n"
        f"SHA1 hash                  : --\nSHA256 hash                : {digest('sha256', data)}\n"
    ).encode()


def dc3dd(data: bytes, name: str) -> bytes:
    return (
        f"dc3dd 7.2.646 started at 2026-03-17 09:31:02 +0800\n"
        f"input results for device `/dev/sdb':\n   2048 sectors in\n"
        f"   {digest('sha256', data)} (sha256)\n\noutput results for file `{name}':\n   2048 sectors out\n"
    ).encode()


@pytest.mark.parametrize("log", [ftk, ewfacquire, guymager, dc3dd])
def test_imaging_logs_against_a_raw_image(tmp_path: Path, log: Callable[[bytes, str], bytes]) -> None:
    root = tmp_path / "given"
    root.mkdir()
    (root / "usb.dd").write_bytes(MEDIUM)
    (root / "notes.txt").write_bytes(b"notes")
    found, summary = compare(root, log(MEDIUM, "usb.dd"))
    comparison = found["usb.dd"].comparison
    assert comparison is not None
    assert (comparison.outcome, comparison.of) == (Outcome.MATCHED, "file")
    assert found["notes.txt"].comparison is None
    assert summary.outcomes == {Outcome.MATCHED: 1}
    (root / "usb.dd").write_bytes(MEDIUM[:-1] + b"x")
    _, summary = compare(root, log(MEDIUM, "usb.dd"))
    assert summary.outcomes == {Outcome.MISMATCHED: 1}
    (root / "usb.dd").unlink()
    _, summary = compare(root, log(MEDIUM, "C:\\case\\usb.dd"))
    assert summary.outcomes == {Outcome.MISSING: 1}
    assert summary.comparisons[0].of == "medium"


def test_an_imaging_log_against_the_digest_inside_an_e01(tmp_path: Path) -> None:
    root = tmp_path / "given"
    root.mkdir()
    right = s.e01(bytes.fromhex(digest("md5", MEDIUM)), bytes.fromhex(digest("sha1", MEDIUM)))
    wrong = s.e01(bytes(range(16)), bytes(range(20)))
    for data, outcome in ((right, Outcome.MATCHED), (wrong, Outcome.MISMATCHED)):
        (root / "usb.E01").write_bytes(data)
        for name in ("D:\\case\\usb", "/case/usb.Exx", "/case/elsewhere"):
            found, summary = compare(root, ftk(MEDIUM, name))
            assert summary.outcomes == {outcome: 1}, name
            comparison = found["usb.E01"].comparison or summary.comparisons[0]
            assert (comparison.path, comparison.outcome, comparison.of) == ("usb.E01", outcome, "medium")
            assert comparison.algorithm == "SHA-1"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "no digest was found"),
        (b"hello\nworld\n", "no digest was found"),
        (b"\x7fELF\0\0", "not a text file"),
        (b"a" * 70_000, "not a text file"),
        (gnu("sha256").encode() + b"nonsense\n", "line 6: expected"),
        (gnu("sha512").encode(), "only SHA-256, SM3, SHA-1 and MD5"),
        (bsd("WHIRLPOOL", "sha512").encode(), "only SHA-256, SM3, SHA-1 and MD5"),
        (
            ("0" * 64 + "  a\n" + "1" * 64 + "  a\n").encode(),
            "line 2: a is listed with two different digests",
        ),
        (HASHDEEP.format(columns="sha256").encode() + b"12,zz\n", "line 6: the columns"),
        (HASHDEEP.format(columns="tiger").encode() + b"12,zz,a\n", "line 6: none of"),
        (b"MD5 hash: " + b"0" * 32 + b"\nMD5 hash: " + b"1" * 32 + b"\n", "two different MD5 digests"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(root: Path, text: bytes, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        compare(root, text)
    assert why in caught.value.message
    assert (caught.value.code, caught.value.exit_code) == ("intake.expect", 2)


def test_a_list_that_cannot_be_read(root: Path) -> None:
    with pytest.raises(FileError) as caught:
        intake([root], expect=root / "none")
    assert caught.value.exit_code == 8


def test_known_digests_are_not_enough_when_the_list_asks_for_others(root: Path) -> None:
    from concordat.evidence.intake import Hashes

    path = root.parent / "list"
    path.write_text(gnu("md5"))
    taken = intake([root], expect=path, resume=lambda *_: Hashes("0" * 64, "0" * 64))
    assert all(exhibit.sha256 != "0" * 64 for exhibit in taken)
    assert taken.summary.outcomes == {Outcome.MATCHED: len(FILES)}
