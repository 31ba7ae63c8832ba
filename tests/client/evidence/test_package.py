# SPDX-License-Identifier: Apache-2.0
"""The package after packing: opening, proofs, papers that come later, and changes that are interrupted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from packs import Case, chain_record_of, put, receipt_of

from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import checksums, merkle, store
from concordat.evidence.fields import FieldError
from concordat.evidence.manifest import Entry
from concordat.evidence.package import Package, PackageError
from concordat.evidence.papers import CoSignature
from concordat.evidence.proof import ProofError
from concordat.evidence.steps import Role, Step
from concordat.evidence.verify import verify_exhibit_proof, verify_package

SIGNATURE = "0x" + "5a" * 65


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("packed"))
    case.pack()
    return case


@pytest.fixture
def case(packed: Case, tmp_path: Path) -> Case:
    """A copy of a packed case, free to be spoiled."""
    shutil.copytree(packed.folder, tmp_path / "case")
    copy = object.__new__(Case)
    copy.folder = tmp_path / "case"
    copy.files, copy.record, copy.out = (
        copy.folder / "phone",
        copy.folder / "record.yaml",
        copy.folder / "out" / "0317.acq",
    )
    return copy


@pytest.fixture
def package(case: Case) -> Package:
    return Package.open(case.out)


def test_it_holds_what_was_packed(package: Package) -> None:
    assert package.name == "0317.acq"
    assert package.record.case == package.manifest.case == "0317"
    assert package.record_bytes.startswith(b"concordat: record/1")
    paths = [entry.path for entry in package.exhibits()]
    assert paths == [
        "chat/empty.txt", "chat/messages.json", "image.raw", "log/access.log", "银行/流水.csv",
        "documents/minutes.pdf", "documents/seal.txt", "report/collection-report.json",
    ]  # fmt: skip
    assert [entry.n for entry in package.exhibits()] == list(range(1, 9))
    assert package.manifest.leaves == 9
    assert package.exhibit(2).number == "E-01"
    assert package.exhibit(6).role == "MINUTES"
    assert package.exhibit(8).role == "COLLECTION_REPORT"
    assert [note["n"] for note in package.notes()][:1] == [1]


def test_the_root_by_the_definition_alone(package: Package) -> None:
    """From the bytes on disk to the root with hashlib and hmac, as README.txt tells a stranger to."""
    import hmac

    folder = package.folder
    seed = bytes.fromhex((folder / "salt.seed").read_text())
    data = [(folder / "manifest.json").read_bytes(), *(folder / "exhibits.jsonl").read_bytes().splitlines()]
    nodes = []
    for index, each in enumerate(data):
        salt = hmac.new(seed, b"concordat leaf salt" + index.to_bytes(8, "big"), hashlib.sha256).digest()
        nodes.append(hashlib.sha256(b"\x00" + salt + each).digest())

    def tree(hashes: list[bytes]) -> bytes:
        if len(hashes) == 1:
            return hashes[0]
        split = 1 << (len(hashes) - 1).bit_length() - 1
        return hashlib.sha256(b"\x01" + tree(hashes[:split]) + tree(hashes[split:])).digest()

    assert package.root() == tree(nodes)
    assert package.leaf(3) == nodes[3]
    assert package.signatures.acquisition["root"] == "0x" + tree(nodes).hex()


def test_the_checksums_are_those_of_all_files(package: Package) -> None:
    said = checksums.parse((package.folder / "SHA256SUMS").read_bytes())
    names = [name for name in package.files.present() if name != "SHA256SUMS"]
    assert said == {name: hashlib.sha256((package.folder / name).read_bytes()).hexdigest() for name in names}
    if tool := shutil.which("sha256sum"):  # GNU coreutils, where they are, agree
        command = [tool, "--check", "--strict", "SHA256SUMS"]
        assert subprocess.run(command, cwd=package.folder, capture_output=True).returncode == 0


@pytest.mark.parametrize("name", ["plain", "with space", "line\nend", "back\\slash", "\r", "\\n", "银行.csv"])
def test_checksums_hold_any_name(name: str) -> None:
    sums = {name: "ab" * 32, "other": "cd" * 32}
    assert checksums.parse(checksums.render(sums)) == sums


@pytest.mark.parametrize(
    "data", [b"x", b"\xff", b"ab  name\n", b"ab" * 32 + b" name", (b"ab" * 32 + b"  a\n") * 2]
)
def test_what_is_no_checksum_is_refused(data: bytes) -> None:
    with pytest.raises(checksums.ChecksumsError):
        checksums.parse(data)


def test_only_the_owner_may_read_it(package: Package) -> None:
    assert (package.folder / "salt.seed").stat().st_mode & 0o600 == 0o600
    if os.name == "posix":  # elsewhere a mode says nothing of others
        assert package.folder.stat().st_mode & 0o077 == 0
        assert (package.folder / "salt.seed").stat().st_mode & 0o077 == 0


def test_the_readme_says_why_to_back_it_up(package: Package) -> None:
    text = (package.folder / "README.txt").read_text("utf-8")
    for part in (
        "BACK THIS FOLDER UP",
        "salt.seed",
        "sha256sum --check SHA256SUMS",
        "openssl dgst",
        "备份",
        "0317",
    ):
        assert part in text


def test_the_commands_of_the_readme_give_salt_and_leaf(package: Package) -> None:
    """As they are printed, with N and SALT filled in; where bash, openssl and xxd are."""
    text = (package.folder / "README.txt").read_text("utf-8")
    salt, leaf = re.findall(r"^ +(\{ printf .*?openssl dgst .*?)$", text, re.DOTALL | re.MULTILINE)
    assert "hexkey:$(cat salt.seed)" in salt and "exhibits.jsonl" in leaf
    if not all(map(shutil.which, ("bash", "openssl", "xxd"))):
        return
    for command, expected in ((salt, package.salt(3)), (leaf, package.leaf(3))):
        filled = command.replace("'%016x' N", "'%016x' 3").replace("-n Np", "-n 3p")
        filled = filled.replace("SALT", package.salt(3).hex())
        done = subprocess.run(
            ["bash", "-c", filled], cwd=package.folder, capture_output=True, text=True, check=True
        )
        assert done.stdout.split("= ")[1].strip() == expected.hex()


def test_no_such_exhibit(package: Package) -> None:
    for n in (0, 9, -1):
        for ask in (package.exhibit, package.proof):
            with pytest.raises(UsageError, match="8, counted from 1"):
                ask(n)


# Opening


def test_what_is_no_package_is_said(case: Case) -> None:
    for path in (case.folder / "none", case.files):
        with pytest.raises(UsageError) as error:
            Package.open(path)
        assert error.value.code == "package.none"
    case.out.rename(case.out.with_name("0317.acq.partial"))
    with pytest.raises(UsageError) as error:
        Package.open(case.out.with_name("0317.acq.partial"))
    assert error.value.code == "package.unfinished"


@pytest.mark.parametrize(
    "name", ["record.yaml", "manifest.json", "exhibits.jsonl", "salt.seed", "signatures.json", "SHA256SUMS"]
)
def test_a_core_file_that_is_missing_or_changed_is_named(case: Case, name: str) -> None:
    path = case.out / name
    data = path.read_bytes()
    path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    with pytest.raises(PackageError, match=name):
        Package.open(case.out)
    path.unlink()
    with pytest.raises(PackageError, match=name):
        Package.open(case.out)


def test_a_document_that_is_missing_or_of_another_size_is_named(case: Case) -> None:
    put(case.out / "documents" / "minutes.pdf", b"short")
    with pytest.raises(PackageError, match="minutes"):
        Package.open(case.out)
    (case.out / "documents" / "minutes.pdf").unlink()
    with pytest.raises(PackageError, match="minutes"):
        Package.open(case.out)


def test_a_forged_history_does_not_cover_for_a_changed_record(case: Case) -> None:
    """Record, history and checksums rewritten to fit each other: the manifest names the old record."""
    package = Package(case.out)
    (case.out / "history.jsonl").unlink()
    (case.out / "record.yaml").write_bytes(b"case: another")
    hashes = {
        name: store.sha256_of(case.out / name) for name in package.files.present() if name != "SHA256SUMS"
    }
    package.files.commit("packed", {}, placed=hashes)
    with pytest.raises(PackageError, match="not the one that the manifest names"):
        Package.open(case.out)


# Proof of one exhibit


def test_a_proof_stands_alone(case: Case, package: Package) -> None:
    for entry in package.exhibits():
        form = json.loads(json.dumps(package.proof(entry.n)))
        file = case.out / entry.path if entry.inside else case.files / entry.path
        result = verify_exhibit_proof(form, file, chain_record=chain_record_of(package))
        assert result.ok and result.matched == (entry.path,) and result.chain_checked


def test_a_proof_without_manifest_says_so(case: Case, package: Package) -> None:
    form = package.proof(3, with_manifest=False)
    assert "supports" not in json.dumps(form)
    result = verify_exhibit_proof(form, case.files / "image.raw")
    assert result.ok and result.notes == ("no_manifest",)
    assert any("leaves the manifest out" in sentence for sentence in result.sentences())


def test_a_proof_names_a_changed_file(case: Case, package: Package) -> None:
    put(case.files / "image.raw", b"\x01" + (case.files / "image.raw").read_bytes()[1:])
    result = verify_exhibit_proof(package.proof(3), case.files / "image.raw")
    assert not result.ok and result.changed[0].exhibit == 3
    assert verify_exhibit_proof(package.proof(3), case.files / "gone").missing[0].exhibit == 3


def _set(*keys: Any) -> Callable[[dict[str, Any]], None]:
    *way, last, value = keys

    def spoil(form: dict[str, Any]) -> None:
        for key in way:
            form = form[key]
        form[last] = value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _set("root", "0x" + "00" * 32),
        _set("agency", 5),
        _set("leaves", 10),
        _set("leaves", 8),
        _set("chain", "id", 1),
        _set("exhibit", "index", 2),
        _set("exhibit", "salt", "00" * 32),
        _set("exhibit", "data", "sha256", "00" * 32),
        _set("exhibit", "data", "path", "other.raw"),
        _set("exhibit", "path", 0, "00" * 32),
        _set("exhibit", "path", []),
        _set("manifest", "data", "facts", "0x" + "00" * 20),
        _set("manifest", "index", 1),
        _set("manifest", "salt", "00" * 32),
        _set("note", "x"),
        _set("exhibit", "note", "x"),
    ],
)
def test_a_proof_of_which_anything_was_changed_fails(
    package: Package, spoil: Callable[[dict[str, Any]], None]
) -> None:
    form = package.proof(3)
    spoil(form)
    with pytest.raises((ProofError, FieldError)):
        verify_exhibit_proof(form)


def test_without_the_manifest_agency_and_chain_are_compared_with_the_record(package: Package) -> None:
    form = package.proof(3, with_manifest=False)
    form["agency"] = 5
    result = verify_exhibit_proof(form, chain_record=chain_record_of(package))
    assert not result.opened and [m.what for m in result.mismatches] == ["agency"]


def test_a_copier_who_registered_the_root_is_not_opened_by_the_proof(package: Package) -> None:
    result = verify_exhibit_proof(package.proof(3), chain_record=chain_record_of(package, agency=9))
    assert not result.opened and "Not opened" in " ".join(result.sentences())


# Papers that come later


def test_signatures_are_laid_in(package: Package) -> None:
    assert package.signatures.collector is None
    assert package.signatures.acquisition["deadline"] is None
    package.cosign(CoSignature(2, "0x" + "bb" * 20, 0, 1_773_900_000, SIGNATURE))
    package.cosign(CoSignature(1, "0x" + "AA" * 20, 3, 1_773_900_000, SIGNATURE))
    package.sign(SIGNATURE, deadline=1_773_900_000, co_signers=bytes([7] * 32))
    again = Package.open(package.folder).signatures
    assert again.collector == {"address": package.manifest.collector, "signature": SIGNATURE}
    assert again.acquisition["deadline"] == 1_773_900_000
    assert again.acquisition["coSigners"] == "0x" + "07" * 32
    assert [each.address for each in again.cosignatures] == ["0x" + "aa" * 20, "0x" + "bb" * 20]
    package.cosign(CoSignature(2, "0x" + "bb" * 20, 0, 1_774_000_000, SIGNATURE))
    assert [each.deadline for each in Package.open(package.folder).signatures.cosignatures] == [
        1_773_900_000,
        1_774_000_000,
    ]


def test_a_co_signature_after_registration_is_marked_as_late(package: Package) -> None:
    package.cosign(CoSignature(1, "0x" + "bb" * 20, 3, 9, SIGNATURE))
    package.set_receipt(receipt_of(package))
    package.cosign(CoSignature(2, "0x" + "aa" * 20, 0, 9, SIGNATURE))
    signatures = Package.open(package.folder).signatures
    assert [each.address[2:4] for each in signatures.cosignatures] == ["aa", "bb"]
    assert [each.address[2:4] for each in signatures.bound] == ["bb"]


def test_what_is_no_signature_is_not_laid_in(package: Package) -> None:
    for signature in ("", "0x", "0xzz", "5a" * 65):
        with pytest.raises(FieldError):
            package.sign(signature, deadline=1, co_signers=bytes(32))
    assert Package.open(package.folder).signatures.collector is None


def test_a_receipt_is_laid_in_once(package: Package) -> None:
    assert package.receipt is None
    receipt = receipt_of(package)
    package.set_receipt(receipt)
    package.set_receipt(receipt)
    assert Package.open(package.folder).receipt == receipt
    assert [entry["event"] for entry in package.history] == ["packed", "registered"]
    with pytest.raises(PackageError) as error:
        package.set_receipt(replace(receipt, agency=9))
    assert error.value.code == "package.other_receipt"
    assert Package.open(package.folder).receipt == receipt


def test_a_reorganised_chain_may_move_the_registration(package: Package) -> None:
    package.set_receipt(receipt_of(package))
    moved = receipt_of(package, block=13, block_hash="0x" + "33" * 32)
    package.set_receipt(moved)
    assert Package.open(package.folder).receipt == moved


def test_certificates_are_laid_in_but_nothing_that_was_packed_is_replaced(package: Package) -> None:
    package.put("certified", {"certificate/certificate.json": b"{}", "proof.json": b"{}"}, language="en")
    package.put("certified", {"certificate/certificate.json": b"{} "})
    assert (package.folder / "certificate" / "certificate.json").read_bytes() == b"{} "
    assert verify_package(package).ok
    for name in ("manifest.json", "receipt.json", "documents/minutes.pdf", "report/x.pdf", "history.jsonl"):
        with pytest.raises(PackageError):
            package.put("spoiled", {name: b""})


def test_history_is_appended_to(package: Package) -> None:
    package.note("refused", reasons=["DELAY"])
    events = Package.open(package.folder).history
    assert [entry["event"] for entry in events] == ["packed", "refused"]
    assert events[1]["prev"] == events[0]["hash"]
    assert events[1]["details"] == {"reasons": ["DELAY"]}


def test_supplements_have_a_tree_of_their_own(case: Case, package: Package) -> None:
    before = package.root()
    put(case.folder / "late" / "letter.txt", b"statement of source")
    put(case.folder / "other" / "letter.txt", b"limits of use")
    documents = [
        (Role.SOURCE_STATEMENT, case.folder / "late" / "letter.txt"),
        (Role.USE_LIMITS, case.folder / "other" / "letter.txt"),
    ]
    first = package.supplement([Step.USE_LIMITS_STATED, Step.SOURCE_STATEMENT], documents)
    second = package.supplement([Step.TRANSLATED], documents[:1])
    assert (first.number, second.number) == (1, 2)
    assert [each.number for each in Package.open(package.folder).supplements()] == [1, 2]
    entries = list(first.tree.exhibits())
    assert [entry.path for entry in entries] == ["documents/letter.txt", "documents/2-letter.txt"]
    assert [entry.role for entry in entries] == ["SOURCE_STATEMENT", "USE_LIMITS"]
    assert first.steps == (Step.SOURCE_STATEMENT, Step.USE_LIMITS_STATED)
    assert first.tree.root() != second.tree.root()
    assert first.tree.seed.read_bytes() != second.tree.seed.read_bytes()
    assert merkle.verify(first.tree.leaf(2), 2, 3, first.tree.path(2), first.tree.root())
    assert package.root() == before
    assert verify_package(package).ok
    put(first.folder / "documents" / "letter.txt", b"statement of sourcE")
    assert [item.name for item in verify_package(package).changed] == ["supplements/001/documents/letter.txt"]


def test_a_supplement_without_documents_or_steps_is_refused(case: Case, package: Package) -> None:
    for steps, documents in (([Step.TRANSLATED], []), ([], [(Role.OTHER, case.record)])):
        with pytest.raises(UsageError) as error:
            package.supplement(steps, documents)
        assert error.value.code == "supplement.empty"
    with pytest.raises(FileError):
        package.supplement([Step.TRANSLATED], [(Role.TRANSLATION, case.folder / "none")])
    assert package.supplements() == []


# Interrupted changes


class Killed(BaseException):
    """The process dies here."""


def _die_at(monkeypatch: pytest.MonkeyPatch, which: int, error: BaseException) -> list[int]:
    """Let the ``which``-th durable step fail; returns the count of steps so far."""
    count = [0]
    real_fsync, real_replace = os.fsync, Path.replace

    def step() -> None:
        count[0] += 1
        if count[0] == which:
            raise error

    def fsync(descriptor: int) -> None:
        step()
        real_fsync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        step()
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replaced)
    return count


@pytest.mark.parametrize("error", [Killed(), OSError(28, "No space left on device")], ids=["killed", "full"])
@pytest.mark.parametrize("which", range(1, 20))
def test_a_change_that_stops_anywhere_is_whole_or_not_at_all(
    case: Case, monkeypatch: pytest.MonkeyPatch, which: int, error: BaseException
) -> None:
    package = Package.open(case.out)
    package.cosign(CoSignature(2, "0x" + "bb" * 20, 0, 1, SIGNATURE))
    before = package.signatures
    with monkeypatch.context() as patch:
        count = _die_at(patch, which, error)
        try:
            package.sign(SIGNATURE, deadline=9, co_signers=bytes(32))
        except (Killed, FileError) as raised:
            if isinstance(raised, FileError):
                assert raised.code == "disk.full" and raised.kept and raised.next
    if count[0] < which:
        assert Package.open(case.out).signatures.collector is not None
        return
    again = Package.open(case.out)
    assert again.signatures == before or again.signatures.collector is not None
    assert verify_package(again).ok
    again.sign(SIGNATURE, deadline=9, co_signers=bytes(32))
    after = Package.open(case.out)
    assert after.signatures.collector is not None and len(after.signatures.cosignatures) == 1
    result = verify_package(after)
    assert result.ok and not result.items and not result.notes
    assert not [path for path in case.out.iterdir() if path.suffix in (".new", ".tmp")]


@pytest.mark.parametrize(
    "name", ["../../secret", "/etc/passwd", "documents/../../x", "C:x", "a\\b", "", "a//b", "."]
)
def test_a_package_from_strangers_cannot_lead_out_of_its_folder(
    case: Case, package: Package, name: str
) -> None:
    package.files.history.append({"at": "", "event": "x", "files": {name: "00" * 32}, "details": {}})
    with pytest.raises(PackageError):
        Package.open(case.out)
    assert verify_package(case.out).changed[0].name == "history.jsonl"
    line = replace(package.exhibit(6), path=name).encode()
    with pytest.raises(FieldError):
        Entry.decode(line)


def test_errors_of_the_package_are_failures_of_verification() -> None:
    assert issubclass(PackageError, VerificationError) and PackageError.exit_code == 4


def test_an_entry_is_inside_only_with_a_role() -> None:
    assert not Entry(1, "a", 0, "", "", "OPAQUE").inside
    assert Entry(1, "a", 0, "", "", "OPAQUE", role="MINUTES").inside
