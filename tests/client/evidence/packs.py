# SPDX-License-Identifier: Apache-2.0
"""A small case on disk, as an investigator has it, for the tests of packages."""

from __future__ import annotations

from pathlib import Path

from concordat.evidence.draft import PackageDraft, PackContext
from concordat.evidence.journal import Journal
from concordat.evidence.package import Package
from concordat.evidence.packing import pack
from concordat.evidence.papers import Receipt
from concordat.evidence.verify import ChainRecord

RECORD = """\
concordat: record/1
case: "0317"
title: Phone of a money mule
agency: MY-PDRM
method: STORAGE_IMAGING
forums: [MY, CN]
place: {country: MY, subdivision: MY-01, description: Johor Bahru}
data_location: MY
started: 2026-03-17T09:30:00+08:00
ended: 2026-03-17T11:05:00+08:00
clock: {source: NTP, offset_ms: 120}
legal_basis:
  type: WARRANT
  reference: "W 12/2026"
  from: 2026-03-16T00:00:00+08:00
  until: 2026-03-20T00:00:00+08:00
officers:
  collector: {name: A. Officer, badge: "100"}
tools: [{name: imager, version: "4.1"}]
confidentiality: RESTRICTED
items:
  - {path: chat/messages.json, category: COMMUNICATION, number: "E-01"}
documents:
  - {role: MINUTES, file: documents/minutes.pdf}
  - {role: SEAL_PHOTO, file: documents/seal.txt}
steps:
  MINUTES_MADE: {document: MINUTES}
  FREELY_OBTAINED: declared
  TECHNICAL_STANDARD_FOLLOWED: {attester: "Lab 7", reference: "GA/T 756-2021"}
"""
FILES = {
    "chat/messages.json": b'{"messages": [{"from": "a", "text": "hello"}]}',
    "chat/empty.txt": b"",
    "log/access.log": b'192.0.2.7 - - [17/Mar/2026:01:30:00 +0000] "GET / HTTP/1.1" 200 12\n' * 20,
    "image.raw": bytes(range(256)) * 64,
    "银行/流水.csv": "日期,金额\n2026-03-17,100\n".encode(),
}
CONTEXT = PackContext(
    chain_id=1337,
    genesis=bytes(range(32)),
    registry="0x" + "Ab" * 20,
    agency=4,
    collector="0x" + "Cd" * 20,
    appointment=2,
    standard_version=1,
    home_forum=458,
)


class Case:
    """Record, documents and collected files below one folder."""

    def __init__(self, folder: Path, files: dict[str, bytes] | None = None, record: str = RECORD) -> None:
        self.folder = folder
        self.files = folder / "phone"
        self.record = folder / "record.yaml"
        self.out = folder / "out" / "0317.acq"
        self.out.parent.mkdir(parents=True)
        self.record.write_text(record, encoding="utf-8")
        for name, data in {**FILES, **(files or {})}.items():
            put(self.files / name, data)
        put(folder / "documents" / "minutes.pdf", b"%PDF-1.4 minutes")
        put(folder / "documents" / "seal.txt", b"a photo of the seal")

    def pack(self, journal: Journal | None = None, report: bool = True) -> Package:
        return pack(
            self.record,
            [self.files],
            self.out,
            CONTEXT,
            write_report=write_report if report else None,
            journal=journal,
        )


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def write_report(draft: PackageDraft) -> Path:
    """A stand-in for the collection report: any file will do."""
    path = draft.folder / "report" / "collection-report.json"
    listed = ",".join(f'"{entry.path}"' for entry in draft.entries())
    put(path, f'{{"case":"{draft.record.case}","exhibits":[{listed}]}}'.encode())
    put(path.with_suffix(".html"), b"<html></html>")
    return path


def receipt_of(package: Package, **changes: object) -> Receipt:
    manifest = package.manifest
    values: dict[str, object] = {
        "chain_id": manifest.chain_id,
        "genesis": f"0x{manifest.genesis.hex()}",
        "registry": manifest.registry,
        "agency": manifest.agency,
        "root": f"0x{package.root().hex()}",
        "transaction": "0x" + "11" * 32,
        "block": 12,
        "block_hash": "0x" + "22" * 32,
        "log_index": 0,
        "registered_at": 1_773_800_000,
        "verdict": 1,
        "facts": f"0x{stored(manifest.facts):040x}",
        "standard_version": manifest.standard_version,
    }
    return Receipt(**{**values, **changes})  # type: ignore[arg-type]


def stored(declared: int) -> int:
    """Facts as the contract stores them: one officer, signature and qualification of the collector seen."""
    return declared | 1 << 70 | 0b1000001 << 6


def chain_record_of(package: Package, **changes: object) -> ChainRecord:
    return ChainRecord.of(receipt_of(package, **changes))
