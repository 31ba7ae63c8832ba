# SPDX-License-Identifier: Apache-2.0
"""The package ``NAME.acq/``: all that belongs to one acquisition, except the collected files themselves.

It holds the salts. Whoever loses it can never show again that a file belongs to the acquisition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

from concordat.errors import UsageError
from concordat.evidence import canonical, opening, proof, store, supplements
from concordat.evidence.layout import CORE, MANIFEST, NOTES, PARTIAL, README, RECEIPT, RECORD, SIGNATURES
from concordat.evidence.manifest import Entry, Manifest
from concordat.evidence.opening import KEPT, PackageError
from concordat.evidence.packagefiles import PackageFiles
from concordat.evidence.papers import CoSignature, Receipt, Signatures
from concordat.evidence.record import Record, parse
from concordat.evidence.steps import Role, Step
from concordat.evidence.supplements import Supplement
from concordat.evidence.tree import LIST, SEED, AcquisitionTree

__all__ = ["Package", "PackageError"]


class Package:
    """One acquisition in its folder. ``Package(path)`` checks nothing; `Package.open` does."""

    def __init__(self, folder: str | PathLike[str]) -> None:
        self.folder = Path(folder)
        self.files = PackageFiles(self.folder)
        self.tree = AcquisitionTree(self.folder / MANIFEST, self.folder / LIST, self.folder / SEED)

    @classmethod
    def open(cls, folder: str | PathLike[str]) -> Package:
        """Open a package and check what can be checked without reading its documents or the exhibits.

        Raises:
            UsageError: there is no package, or one whose packing was not finished.
            PackageError: a file is missing, or is not the one that was written.
            FileError: a file cannot be read.
        """
        package = cls(folder)
        package.expect_folder()
        with store.guard(f"read {package.folder.name}", kept=KEPT):
            opening.check(package)
        return package

    @property
    def name(self) -> str:
        """``NAME.acq``."""
        return self.folder.resolve().name

    # What was packed

    @cached_property
    def manifest(self) -> Manifest:
        """Leaf 0."""
        return Manifest.decode((self.folder / MANIFEST).read_bytes())

    @cached_property
    def record(self) -> Record:
        """The investigator's record, as it was packed."""
        return parse(self.record_bytes.decode("utf-8"), RECORD)

    @property
    def record_bytes(self) -> bytes:
        """record.yaml."""
        return (self.folder / RECORD).read_bytes()

    def exhibits(self) -> Iterator[Entry]:
        """All exhibits in order, read as they are asked for."""
        return self.tree.exhibits()

    def exhibit(self, n: int) -> Entry:
        """Exhibit ``n``, from 1.

        Raises:
            TreeError: there is none.
        """
        self._expect_exhibit(n)
        return Entry.decode(self.tree.line(n))

    def notes(self) -> Iterator[dict[str, Any]]:
        """What intake remarked on single exhibits: ``{"n", "manual", "observations", "findings"}``."""
        path = self.folder / NOTES
        if path.exists():
            with path.open("rb") as stream:
                for line in stream:
                    yield canonical.loads(line.rstrip(b"\n"), NOTES)

    def root(self) -> bytes:
        """Merkle root, computed from the files."""
        return self.tree.root()

    def leaf(self, index: int) -> bytes:
        """Hash of leaf ``index`` (0 is the manifest)."""
        return self.tree.leaf(index)

    def salt(self, index: int) -> bytes:
        """Salt of leaf ``index``."""
        return self.tree.salt(index)

    def proof(self, n: int, *, with_manifest: bool = True) -> dict[str, Any]:
        """The proof of exhibit ``n`` that stands alone (see `concordat.evidence.proof`).

        Raises:
            TreeError: there is no such exhibit.
        """
        self._expect_exhibit(n)
        return proof.build(self.tree, self.manifest, n, with_manifest=with_manifest)

    # What came later

    @property
    def signatures(self) -> Signatures:
        """What is to be signed, and who has."""
        return Signatures.decode(self.current(SIGNATURES).read_bytes())

    def sign(self, signature: str, *, deadline: int, co_signers: bytes) -> None:
        """Lay in the collector's signature and the two fields that it fixes.

        Args:
            signature: hex with 0x, over ``Acquisition``.
            deadline: last moment of its use, seconds since 1970 UTC.
            co_signers: hash of the set of co-signers, 32 bytes; zero if there are none.
        """
        now = self.signatures
        fixed = {**now.acquisition, "deadline": deadline, "coSigners": f"0x{co_signers.hex()}"}
        collector = {"address": str(fixed["collector"]), "signature": signature.lower()}
        self._put("signed", {SIGNATURES: replace(now, acquisition=fixed, collector=collector).encode()})

    def cosign(self, added: CoSignature) -> None:
        """Lay in a co-signature; it replaces one of the same signer. After registration it is late."""
        address, signature = added.address.lower(), added.signature.lower()
        added = replace(added, address=address, signature=signature, late=self.receipt is not None)
        now = self.signatures
        others = [each for each in now.cosignatures if each.address != added.address]
        ordered = tuple(sorted([*others, added], key=lambda each: each.address))
        data = replace(now, cosignatures=ordered).encode()
        self._put("co-signed", {SIGNATURES: data}, role=added.role, address=added.address)

    @property
    def receipt(self) -> Receipt | None:
        """Where the acquisition was registered, or None."""
        path = self.current(RECEIPT)
        return Receipt.decode(path.read_bytes()) if path.exists() else None

    def set_receipt(self, receipt: Receipt) -> None:
        """Lay in the receipt. The same one again changes nothing.

        Raises:
            PackageError: the package holds the receipt of another registration.
        """
        now = self.receipt
        if now == receipt:
            return
        if now is not None and (now.agency, now.root, now.chain_id) != (
            receipt.agency,
            receipt.root,
            receipt.chain_id,
        ):
            raise PackageError(
                "This package holds the receipt of another registration.",
                code="package.other_receipt",
                kept="The receipt in the package was left as it is.",
                next="See with `concordat verify` what this package is.",
            )
        self._put("registered", {RECEIPT: receipt.encode()}, transaction=receipt.transaction)

    def put(self, event: str, files: Mapping[str, bytes], **details: Any) -> None:
        """Lay in further files (certificate, proof.json) under one entry of the history.

        Raises:
            PackageError: a name is one that the package manages itself.
        """
        for name in files:
            if name in (*CORE, RECEIPT, NOTES, README) or name.startswith(
                ("documents/", "supplements/", "report/")
            ):
                raise PackageError(f"{name} is not to be replaced.", code="package.name_taken", kept=KEPT)
        self._put(event, files, **details)

    @property
    def history(self) -> list[dict[str, Any]]:
        """All that happened to the package, oldest first; append-only, each entry bound to the one before."""
        return self.files.history.entries()

    def note(self, event: str, **details: Any) -> None:
        """Add an entry to the history that changes no file."""
        self._put(event, {}, **details)

    def supplements(self) -> list[Supplement]:
        """All supplements in order."""
        folder = self.folder / supplements.FOLDER
        known = self.files.vouched()
        names = sorted({name.split("/")[1] for name in known if name.startswith(f"{supplements.FOLDER}/")})
        return [supplements.read(folder / name) for name in names]

    def supplement(self, steps: Iterable[Step], documents: Sequence[tuple[Role, Path]]) -> Supplement:
        """Lay in documents that came later, with a tree of their own (see `supplements.add`)."""
        return supplements.add(self.files, self.manifest, self.root(), steps, documents)

    # Checks

    def expect_folder(self) -> None:
        """Refuse what is no package at all, or not yet one.

        Raises:
            UsageError: there is no such folder, nothing of a package in it, or its packing was not finished.
        """
        if not self.folder.is_dir():
            raise UsageError(
                f"{self.folder} is no package: there is no such folder.",
                code="package.none",
                next="Name the folder that ends in .acq.",
            )
        if self.name.endswith(PARTIAL):
            raise UsageError(
                f"{self.name} is a package whose packing was not finished.",
                code="package.unfinished",
                kept="What was already digested is kept in it.",
                next="Run the same `concordat pack` again; it goes on where it stopped.",
            )
        if not any(self.files.path(name).is_file() for name in CORE):
            raise UsageError(
                f"{self.folder} is no package: nothing of one is in it.",
                code="package.none",
                next="Name the folder that ends in .acq.",
            )

    def documents(self) -> Iterator[Entry]:
        """The exhibits that lie in the package: the last ones of the list."""
        for line in self.tree.lines():
            if b'"role":null' not in line:
                yield Entry.decode(line)

    def _expect_exhibit(self, n: int) -> None:
        if not 1 <= n < self.manifest.leaves:
            raise UsageError(
                f"There is no exhibit {n}: {self.name} has {self.manifest.leaves - 1}, counted from 1.",
                code="package.no_such_exhibit",
                next="Name one of them.",
            )

    def current(self, name: str, known: Mapping[str, str] | None = None) -> Path:
        """Where the content of a file lies that the history vouches for (see `PackageFiles.current`)."""
        known = self.files.vouched() if known is None else known
        return self.files.current(name, known.get(name))

    def _put(self, event: str, files: Mapping[str, bytes], **details: Any) -> None:
        with store.guard(f"write to {self.name}", kept="The package is as it was before."):
            self.files.commit(event, files, **details)
