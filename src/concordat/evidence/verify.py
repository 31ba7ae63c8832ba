# SPDX-License-Identifier: Apache-2.0
"""Is it still what was registered? Package, collected files and record of the chain, against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from concordat.errors import VerificationError
from concordat.evidence import proof, store
from concordat.evidence.comparison import Comparison, compare, compare_one
from concordat.evidence.facts import Facts
from concordat.evidence.inspection import Inspection, inspect
from concordat.evidence.intake import Progress
from concordat.evidence.intake.hashing import TwinHasher
from concordat.evidence.layout import RECEIPT, SIGNATURES
from concordat.evidence.manifest import Entry, Manifest
from concordat.evidence.package import Package
from concordat.evidence.papers import Receipt, Signatures
from concordat.evidence.results import Item, Mismatch, VerificationResult
from concordat.evidence.resulttexts import State

__all__ = [
    "ChainRecord",
    "Item",
    "Mismatch",
    "State",
    "VerificationResult",
    "verify_exhibit_proof",
    "verify_package",
]

StrPath = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class ChainRecord:
    """What a chain holds under (agency, root), and which chain it is.

    Args:
        chain_id, genesis (32 bytes), registry (address): where it was read.
        agency, root (32 bytes): under which key.
        facts: as stored: declared, with what the contract saw added.
        standard_version: by which it was judged.
    """

    chain_id: int
    genesis: bytes
    registry: str
    agency: int
    root: bytes
    facts: int
    standard_version: int

    @classmethod
    def of(cls, receipt: Receipt) -> ChainRecord:
        """The record as a receipt states it."""
        return cls(
            chain_id=receipt.chain_id,
            genesis=bytes.fromhex(receipt.genesis[2:]),
            registry=receipt.registry,
            agency=receipt.agency,
            root=bytes.fromhex(receipt.root[2:]),
            facts=int(receipt.facts, 16),
            standard_version=receipt.standard_version,
        )


def verify_package(
    package: Package | StrPath,
    roots: Sequence[StrPath] | None = None,
    *,
    chain_record: ChainRecord | None = None,
    progress: Progress | None = None,
) -> VerificationResult:
    """Verify a package, and the collected files if they are given. Writes nothing.

    Args:
        package: the package, in whatever state.
        roots: the paths that were packed, or copies of them; None: only the package is looked at.
        chain_record: what the chain holds; then manifest and chain are compared field by field.
        progress: told how far the reading of the files is.

    Raises:
        UsageError: there is no package, or one whose packing was not finished.
        FileError: the package cannot be read at all.
    """
    held = package if isinstance(package, Package) else Package(package)
    held.expect_folder()
    with store.guard(f"read {held.name}", kept="Nothing was changed."):
        documents = _documents(held)
        found = inspect(held, documents)
        compared = _exhibits(held, found, documents, roots, progress)
        root = held.root() if found.rooted else b""
        mismatches = _mismatches(held, found, root, chain_record)
    return VerificationResult(
        name=held.name,
        root=f"0x{root.hex()}" if root else "",
        matched=tuple(compared.matched),
        items=(*found.items, *compared.items),
        mismatches=tuple(mismatches),
        unchecked=compared.unchecked,
        unjudged=not found.listed,
        chain_checked=chain_record is not None,
        notes=("interrupted",) if found.interrupted else (),
    )


def verify_exhibit_proof(
    form: Any, file: StrPath | None = None, *, chain_record: ChainRecord | None = None
) -> VerificationResult:
    """Verify the proof of one exhibit (parsed JSON), and the exhibit's file if it is given.

    Raises:
        VerificationError: the proof does not prove what it says.
    """
    proven = proof.check(form)
    with TwinHasher() as hasher:
        item = compare_one(proven.entry, Path(file), hasher) if file is not None else None
    mismatches: list[Mismatch] = []
    if chain_record is not None:
        mismatches += _against_chain(_place(proven), chain_record)
        mismatches += _root_mismatch(proven.root, chain_record.root, "chain")
        if proven.manifest is not None:
            mismatches += _declared_otherwise(proven.manifest, chain_record)
    return VerificationResult(
        name=f"exhibit {proven.entry.n}",
        root=f"0x{proven.root.hex()}",
        matched=() if item or file is None else (proven.entry.path,),
        items=(item,) if item else (),
        mismatches=tuple(mismatches),
        unchecked=int(file is None),
        chain_checked=chain_record is not None,
        notes=() if proven.manifest else ("no_manifest",),
    )


def _documents(package: Package) -> dict[str, Entry]:
    """Exhibits that lie in the package, by name; none if the list cannot be read."""
    try:
        return {entry.path: entry for entry in package.documents()}
    except (VerificationError, FileNotFoundError):
        return {}


def _exhibits(
    package: Package,
    found: Inspection,
    documents: Mapping[str, Entry],
    roots: Sequence[StrPath] | None,
    progress: Progress | None,
) -> Comparison:
    """Compare exhibits with the list, if that stands."""
    result = Comparison()
    if not found.listed:
        return result
    with TwinHasher() as hasher:
        for entry in documents.values():
            if item := compare_one(entry, package.files.path(entry.path), hasher):
                result.items.append(item)
            else:
                result.matched.append(entry.path)
    collected = (entry for entry in package.exhibits() if not entry.inside)
    if roots is None:
        result.unchecked = sum(1 for _ in collected)
        return result
    own = frozenset(entry.sha256 for entry in documents.values())
    if found.manifest is not None:
        own |= {found.manifest.record_sha256}
    files = compare(collected, roots, ignore=own, exclude=[package.folder], progress=progress)
    return Comparison(result.matched + files.matched, result.items + files.items, files.unchecked)


def _mismatches(
    package: Package, found: Inspection, root: bytes, chain_record: ChainRecord | None
) -> list[Mismatch]:
    """What the manifest says otherwise than the papers and the chain. A damaged manifest says nothing."""
    said = found.manifest
    if said is None:
        return []
    result: list[Mismatch] = []
    if found.listed and (count := package.tree.count()) != said.leaves:
        result.append(Mismatch("leaves", str(said.leaves), str(count), "exhibits.jsonl"))
    if root and not found.bad(SIGNATURES):
        signed = Signatures.decode(package.current(SIGNATURES, found.known).read_bytes())
        result += _root_mismatch(root, bytes.fromhex(signed.acquisition["root"][2:]), SIGNATURES)
    if RECEIPT in found.known and not found.bad(RECEIPT):
        receipt = Receipt.decode(package.current(RECEIPT, found.known).read_bytes())
        result += _against(said, root, ChainRecord.of(receipt), RECEIPT)
    if chain_record is not None:
        result += _against(said, root, chain_record, "chain")
    return result


def _against(said: Manifest, root: bytes, record: ChainRecord, where: str) -> list[Mismatch]:
    found = _against_chain(said, record, where) + _declared_otherwise(said, record, where)
    return found + (_root_mismatch(root, record.root, where) if root else [])


def _against_chain(said: Manifest | _Place, record: ChainRecord, where: str = "chain") -> list[Mismatch]:
    """Whose and where: agency, chain, genesis, registry."""
    pairs = (
        ("agency", str(said.agency), str(record.agency)),
        ("chain_id", str(said.chain_id), str(record.chain_id)),
        ("genesis", f"0x{said.genesis.hex()}", f"0x{record.genesis.hex()}"),
        ("registry", said.registry.lower(), record.registry.lower()),
    )
    return [Mismatch(what, mine, theirs, where) for what, mine, theirs in pairs if mine != theirs]


def _declared_otherwise(said: Manifest, record: ChainRecord, where: str = "chain") -> list[Mismatch]:
    """What: the declared facts (stored ones without what the contract saw) and the standard."""
    declared = Facts.unpack(record.facts).declared().pack()
    pairs = (
        ("facts", f"0x{said.facts:040x}", f"0x{declared:040x}"),
        ("standard_version", str(said.standard_version), str(record.standard_version)),
    )
    return [Mismatch(what, mine, theirs, where) for what, mine, theirs in pairs if mine != theirs]


def _root_mismatch(root: bytes, other: bytes, where: str) -> list[Mismatch]:
    return [] if root == other else [Mismatch("root", f"0x{root.hex()}", f"0x{other.hex()}", where)]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a proof says that its acquisition is registered."""

    agency: int
    chain_id: int
    genesis: bytes
    registry: str


def _place(proven: proof.ExhibitProof) -> _Place:
    return _Place(proven.agency, proven.chain_id, proven.genesis, proven.registry)
