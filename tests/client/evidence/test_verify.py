# SPDX-License-Identifier: Apache-2.0
"""Verification: whatever is changed is named, and nothing else is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import FILES, Case, chain_record_of, put, receipt_of

from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, store
from concordat.evidence.manifest import Entry
from concordat.evidence.package import Package
from concordat.evidence.papers import CoSignature
from concordat.evidence.verify import ChainRecord, State, VerificationResult, verify_package

EXHIBITS = {"documents/minutes.pdf": 6, "documents/seal.txt": 7, "report/collection-report.json": 8}
COLLECTED = {name: n for n, name in enumerate(sorted(FILES, key=lambda name: name.encode()), 1)}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Packed, signed, registered, supplemented: every kind of file is in it."""
    case = Case(tmp_path_factory.mktemp("registered"))
    package = case.pack()
    package.cosign(CoSignature(2, "0x" + "bb" * 20, 0, 1, "0x" + "5a" * 65))
    package.sign("0x" + "5a" * 65, deadline=9, co_signers=bytes(32))
    package.set_receipt(receipt_of(package))
    package.put("certified", {"certificate/certificate.json": b"{}"})
    return case


@pytest.fixture(scope="module")
def spoilt(registered: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A copy in which a byte is flipped, and flipped back."""
    return _copy(registered, tmp_path_factory.mktemp("spoilt") / "case")


@pytest.fixture
def case(registered: Case, tmp_path: Path) -> Case:
    return _copy(registered, tmp_path / "case")


def _copy(case: Case, folder: Path) -> Case:
    shutil.copytree(case.folder, folder)
    copy = object.__new__(Case)
    copy.folder, copy.files, copy.record = folder, folder / "phone", folder / "record.yaml"
    copy.out = folder / "out" / "0317.acq"
    return copy


def _verify(case: Case, **more: ChainRecord) -> VerificationResult:
    return verify_package(case.out, [case.files], **more)


def _flip(path: Path, at: int, mask: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= mask
    path.write_bytes(bytes(data))


def test_untouched_it_passes(registered: Case) -> None:
    result = _verify(registered, chain_record=chain_record_of(Package.open(registered.out)))
    assert result.ok and result.opened and result.chain_checked
    assert not result.items and not result.mismatches and not result.notes and not result.unchecked
    assert sorted(result.matched) == sorted([*FILES, *EXHIBITS])
    assert result.root == "0x" + Package(registered.out).root().hex()
    assert result.sentences() == ["All that was looked at is as it was packed; exhibits that match: 8."]
    result.require()


def test_verifying_writes_nothing(registered: Case) -> None:
    before = {path: path.stat().st_mtime_ns for path in registered.folder.rglob("*")}
    _verify(registered)
    assert before == {path: path.stat().st_mtime_ns for path in registered.folder.rglob("*")}


# One byte, anywhere


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_one_flipped_byte_in_the_package_names_exactly_that_file(
    registered: Case, spoilt: Case, data: st.DataObject
) -> None:
    names = sorted(
        path.relative_to(registered.out).as_posix() for path in registered.out.rglob("*") if path.is_file()
    )
    name = data.draw(st.sampled_from(names))
    path = spoilt.out / name
    at, mask = data.draw(st.integers(0, path.stat().st_size - 1)), data.draw(st.integers(1, 255))
    _flip(path, at, mask)
    result = _verify(spoilt, chain_record=chain_record_of(Package(registered.out)))
    _flip(path, at, mask)
    assert not result.ok
    assert [(item.state, item.name, item.exhibit) for item in result.items] == [
        (State.CHANGED, name, EXHIBITS.get(name) if name in EXHIBITS else None)
    ]
    assert not result.mismatches
    if name == "exhibits.jsonl":
        assert result.unjudged and not result.matched
    else:
        assert len(result.matched) == 8 - (name in EXHIBITS)
    with pytest.raises(VerificationError, match=name.replace(".", r"\.")):
        result.require()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_flipped_byte_in_a_collected_file_names_exactly_that_exhibit(
    registered: Case, spoilt: Case, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in FILES if FILES[name])))
    at, mask = data.draw(st.integers(0, len(FILES[name]) - 1)), data.draw(st.integers(1, 255))
    _flip(spoilt.files / name, at, mask)
    result = _verify(spoilt)
    _flip(spoilt.files / name, at, mask)
    (item,) = result.items
    assert (item.state, item.name, item.exhibit, item.differs) == (
        State.CHANGED,
        name,
        COLLECTED[name],
        ("sha256", "sm3"),
    )
    assert item.expected_size == item.actual_size == len(FILES[name])
    assert len(result.matched) == 7 and "The others stand: 7 exhibits match." in result.sentences()


# Changed, missing, extra, renamed


def test_all_at_once_each_is_named(case: Case) -> None:
    put(case.files / "image.raw", b"shorter")
    (case.files / "chat" / "messages.json").unlink()
    put(case.files / "new.txt", b"new")
    (case.files / "log" / "access.log").rename(case.files / "log" / "old.log")
    result = _verify(case)
    assert [(item.name, item.exhibit) for item in result.changed] == [("image.raw", 3)]
    assert (result.changed[0].expected_size, result.changed[0].actual_size) == (16384, 7)
    assert [(item.name, item.exhibit) for item in result.missing] == [("chat/messages.json", 2)]
    assert [item.name for item in result.extra] == ["new.txt"]
    assert [(item.name, item.now) for item in result.renamed] == [("log/access.log", "log/old.log")]
    assert sorted(result.matched) == sorted(["chat/empty.txt", "银行/流水.csv", *EXHIBITS])
    english, chinese = result.sentences("en"), result.sentences("zh")
    assert len(english) == len(chinese) == 6
    assert "Changed: exhibit 3 (image.raw) (SHA-256, SM3; 7 bytes, 16384 were registered)." in english
    assert "Missing: exhibit 2 (chat/messages.json)." in english
    assert "Renamed: exhibit 4 (log/access.log) is here as log/old.log, with the same content." in english
    assert "Extra: new.txt was not registered." in english
    assert "已改动：第 3 项（image.raw）（SHA-256、SM3；现为 7 字节，登记时为 16384 字节）。" in chinese
    assert "其余证据项不受影响：5 项相符。" in chinese


def test_extra_and_renamed_files_take_nothing_from_what_was_registered(case: Case) -> None:
    put(case.files / "new.txt", b"new")
    (case.files / "log").rename(case.files / "logs")
    result = _verify(case)
    assert result.ok and len(result.extra) == len(result.renamed) == 1


def test_two_files_that_changed_places_are_both_named(case: Case) -> None:
    one, two = case.files / "image.raw", case.files / "log" / "access.log"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert {item.name for item in _verify(case).changed} == {"image.raw", "log/access.log"}


def test_a_copy_elsewhere_verifies_and_single_files_do(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.files, tmp_path / "usb stick")
    assert verify_package(case.out, [tmp_path / "usb stick"]).ok
    single = verify_package(case.out, [case.files / "log" / "access.log"])
    assert single.ok and single.matched[-1] == "log/access.log" and single.unchecked == 4
    put(case.files / "log" / "access.log", b"x")
    single = verify_package(case.out, [case.files / "log" / "access.log"])
    assert [item.exhibit for item in single.changed] == [4] and not single.missing


def test_without_the_files_they_count_as_not_looked_at(case: Case) -> None:
    result = verify_package(case.out)
    assert result.ok and result.unchecked == 5 and sorted(result.matched) == sorted(EXHIBITS)
    assert "Not looked at, because their files were not given: 5 exhibits." in result.sentences()


def test_a_folder_that_is_not_there_is_said(case: Case) -> None:
    result = verify_package(case.out, [case.folder / "none"])
    assert not result.ok and result.of(State.UNREADABLE) and len(result.missing) == 5


def test_a_file_that_cannot_be_read_is_named(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, *more: int, **named: int) -> int:
        if str(path).endswith("image.raw"):
            raise PermissionError(13, "Permission denied")
        return real(path, *more, **named)

    monkeypatch.setattr(os, "open", refuse)
    result = _verify(case)
    assert [(item.exhibit, item.now) for item in result.of(State.UNREADABLE)] == [(3, "Permission denied")]
    assert not result.ok


@pytest.mark.parametrize(
    "name", ["README.txt", "record.yaml", "manifest.json", "salt.seed", "history.jsonl", "SHA256SUMS"]
)
def test_a_file_of_the_package_that_is_gone_is_named(case: Case, name: str) -> None:
    (case.out / name).unlink()
    result = _verify(case)
    assert [item.name for item in result.missing] == [name] and not result.ok


def test_history_and_checksums_both_damaged_are_both_named(case: Case) -> None:
    for name in ("history.jsonl", "SHA256SUMS"):
        _flip(case.out / name, 3, 255)
    assert [item.name for item in _verify(case).changed] == ["history.jsonl", "SHA256SUMS"]


def test_a_stranger_in_the_package_is_extra(case: Case) -> None:
    put(case.out / "documents" / "planted.pdf", b"x")
    result = _verify(case)
    assert [item.name for item in result.extra] == ["documents/planted.pdf"] and result.ok


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(UsageError):
            verify_package(path)


# Somebody who rewrites the package from end to end


def _vouch_again(package: Package) -> None:
    """What a forger does at last: history and checksums that fit the forged files."""
    (package.folder / "history.jsonl").unlink()
    hashes = {
        name: store.sha256_of(package.folder / name)
        for name in package.files.present()
        if name != "SHA256SUMS"
    }
    package.files.commit("packed", {}, placed=hashes)


def test_a_consistently_forged_package_fails_by_its_root(case: Case) -> None:
    """One exhibit replaced; list, manifest, history and checksums rewritten to fit: the root does not."""
    package = Package(case.out)
    chain = chain_record_of(package)
    put(case.files / "image.raw", b"forged")
    digests = Entry(3, "image.raw", 6, store.sha256_of(case.files / "image.raw"), "00" * 32, "OPAQUE")
    lines = (case.out / "exhibits.jsonl").read_bytes().splitlines(keepends=True)
    lines[2] = digests.encode() + b"\n"
    (case.out / "exhibits.jsonl").write_bytes(b"".join(lines))
    form = {**package.manifest.as_dict(), "exhibits_sha256": store.sha256_of(case.out / "exhibits.jsonl")}
    (case.out / "manifest.json").write_bytes(canonical.dumps(form))
    _vouch_again(package)
    result = _verify(case, chain_record=chain)
    assert not result.ok and not result.opened
    assert {(m.what, m.where) for m in result.mismatches} == {
        ("root", "signatures.json"), ("root", "receipt.json"), ("root", "chain"),
    }  # fmt: skip


def test_a_document_forged_with_history_and_checksums_is_named_by_the_list(case: Case) -> None:
    put(case.out / "documents" / "minutes.pdf", b"%PDF-1.4 MINUTES")
    _vouch_again(Package(case.out))
    assert [(item.name, item.exhibit) for item in _verify(case).changed] == [("documents/minutes.pdf", 6)]


def test_a_record_forged_with_history_and_checksums_is_named_by_the_manifest(case: Case) -> None:
    put(case.out / "record.yaml", b"case: another")
    _vouch_again(Package(case.out))
    assert [item.name for item in _verify(case).changed] == ["record.yaml"]


# The record of the chain (review A9, A10)


def _facts(package: Package) -> str:
    return f"0x{package.manifest.facts ^ 1 << 36:040x}"


@pytest.mark.parametrize(
    ("what", "changes"),
    [
        ("agency", lambda package: {"agency": 9}),
        ("facts", lambda package: {"facts": _facts(package)}),
        ("root", lambda package: {"root": "0x" + "77" * 32}),
        ("chain_id", lambda package: {"chain_id": 1}),
        ("genesis", lambda package: {"genesis": "0x" + "77" * 32}),
        ("registry", lambda package: {"registry": "0x" + "77" * 20}),
        ("standard_version", lambda package: {"standard_version": 2}),
    ],
)
def test_a_record_of_another_agency_or_other_facts_is_not_opened(
    registered: Case, what: str, changes: Callable[[Package], dict[str, object]]
) -> None:
    """A copier who registers the root for itself, an insider who occupies it with wrong facts."""
    package = Package(registered.out)
    result = _verify(registered, chain_record=chain_record_of(package, **changes(package)))
    assert [mismatch.what for mismatch in result.mismatches] == [what]
    assert not result.opened and not result.ok and not result.items
    assert any("Not opened" in sentence for sentence in result.sentences())
    assert any("不予打开" in sentence for sentence in result.sentences("zh"))
    with pytest.raises(VerificationError) as error:
        result.require()
    assert error.value.code == "verification.not_opened" and error.value.exit_code == 4


def test_what_the_contract_added_to_the_facts_is_no_difference(registered: Case) -> None:
    package = Package(registered.out)
    record = chain_record_of(package)
    assert record.facts != package.manifest.facts
    assert _verify(registered, chain_record=record).opened


def test_a_receipt_of_another_registration_in_the_package_is_named(case: Case) -> None:
    package = Package(case.out)
    (case.out / "receipt.json").write_bytes(receipt_of(package, agency=9).encode())
    _vouch_again(package)
    assert [(m.what, m.where) for m in _verify(case).mismatches] == [("agency", "receipt.json")]


def test_a_list_longer_than_the_manifest_says_is_named(case: Case) -> None:
    package = Package(case.out)
    form = {**package.manifest.as_dict(), "leaves": 12}
    (case.out / "manifest.json").write_bytes(canonical.dumps(form))
    _vouch_again(package)
    assert ("leaves", "exhibits.jsonl") in {(m.what, m.where) for m in _verify(case).mismatches}


# The result


def test_the_result_as_json_is_stable_and_safe_to_print(case: Case) -> None:
    put(case.files / "line\nend \u202etxt", b"new")
    result = _verify(case)
    form = result.as_dict()
    assert list(form) == [
        "name", "ok", "opened", "root", "matched", "changed", "missing", "unreadable", "renamed", "extra",
        "mismatches", "unchecked", "unjudged", "chain_checked", "notes",
    ]  # fmt: skip
    assert form["extra"][0]["name"] == "line\\nend \\u202etxt"
    assert not any("\n" in sentence or "\u202e" in sentence for sentence in _all(result))


def _all(result: VerificationResult) -> Iterator[str]:
    yield from result.sentences("en")
    yield from result.sentences("zh")
