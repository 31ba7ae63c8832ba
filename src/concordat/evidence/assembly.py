# SPDX-License-Identifier: Apache-2.0
"""Putting a package together, file by file, in the folder of a running pack."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from concordat.errors import UsageError
from concordat.evidence import canonical, store
from concordat.evidence.documents import DocumentNames, describe
from concordat.evidence.draft import PackageDraft, PackContext, WriteReport
from concordat.evidence.fields import MOST
from concordat.evidence.intake import Exhibit, Intake, Summary, shown
from concordat.evidence.journal import Journal
from concordat.evidence.layout import MANIFEST, NOTES, README, RECORD, SIGNATURES
from concordat.evidence.manifest import REPORT_ROLE, Entry, Manifest, Support
from concordat.evidence.package import Package
from concordat.evidence.packagetext import readme
from concordat.evidence.papers import Signatures
from concordat.evidence.partial import Partial
from concordat.evidence.record import Item, Record
from concordat.evidence.record.model import THE_MANIFEST, THIS_RECORD
from concordat.evidence.tree import LIST, SEED

REPORT_FOLDER: Final = "report"

DIGESTED: Final = "What was digested is kept; the next run goes on from there."


class Assembly:
    """One package in the making: takes the exhibits, then closes.

    Args:
        partial: the folder in which it is made.
        record, text: the record, and its bytes.
        documents: role and file of each document that the record cites.
        context: for which chain, by whom.
    """

    def __init__(
        self,
        partial: Partial,
        record: Record,
        text: bytes,
        documents: list[tuple[str, Path]],
        context: PackContext,
    ) -> None:
        self._partial = partial
        self._record = record
        self._text = text
        self._documents = documents
        self._context = context
        self._hashes: dict[str, str] = {}
        self._roles: dict[str, int] = {}
        self._count = 0
        self._size = 0
        self._digest = hashlib.sha256()

    @property
    def folder(self) -> Path:
        """Where the package is being made."""
        return self._partial.folder

    def take(self, exhibits: Intake, not_twice: set[str]) -> Summary:
        """Write the lines of all collected files, then those of the documents, which are copied.

        Args:
            exhibits: the collected files.
            not_twice: real paths of record and documents, never taken for collected files.

        Raises:
            UsageError: the record annotates a file that is not there.
        """
        names_not_twice = {os.path.normcase(Path(source).name) for source in not_twice}
        annotations = {item.path: item for item in self._record.items}
        with store.replacing(self.folder / NOTES) as notes, store.replacing(self.folder / LIST) as lines:
            for exhibit in exhibits:
                self._partial.add(exhibit)
                # Resolving a path costs more than digesting a small file: first compare only the name.
                if (
                    os.path.normcase(exhibit.source.name) in names_not_twice
                    and _real(exhibit.source) in not_twice
                ):
                    continue
                entry = self._entry(exhibit, annotations.pop(exhibit.path, None))
                self._add(lines, entry)
                if exhibit.observations or exhibit.findings or exhibit.manual:
                    notes.write(canonical.dumps(_note(entry.n, exhibit)) + b"\n")
            self._partial.save()
            expect_all_annotated(annotations)
            names = DocumentNames()
            for role, source in self._documents:
                self._add(lines, self._copied(names.name(source), role, source))
        return exhibits.summary

    def close(
        self, summary: Summary, journal: Journal | None, write_report: WriteReport | None, name: str
    ) -> None:
        """Write report, manifest and papers; the folder is then a package but for its name."""
        record_sha256 = hashlib.sha256(self._text).hexdigest()
        refusals = journal.concerning(self._record.case, record_sha256) if journal else ()
        draft = PackageDraft(
            folder=self.folder,
            record=self._record,
            record_sha256=record_sha256,
            context=self._context,
            facts=self._record.facts().declared().pack(),
            supports=self._supports(),
            findings=tuple(summary.findings),
            comparisons=tuple(summary.comparisons),
            refusals=refusals,
            exhibits=self._count,
            size=self._size,
            exhibits_sha256=self._digest.hexdigest(),
        )
        if write_report is not None:
            self._report(write_report(draft))
        manifest = self._manifest(draft)
        files = {
            RECORD: self._text,
            MANIFEST: manifest.encode(),
            README: readme(self._record.case, name),
        }
        for file, data in files.items():
            store.write(self.folder / file, data)
            self._hashes[file] = hashlib.sha256(data).hexdigest()
        for file in (LIST, NOTES, SEED):
            self._hashes[file] = store.sha256_of(self.folder / file)
        package = Package(self.folder)
        root = package.root()
        unsigned = Signatures.unsigned(manifest, root).encode()
        package.files.commit("packed", {SIGNATURES: unsigned}, placed=self._hashes, root=f"0x{root.hex()}")

    def _entry(self, exhibit: Exhibit, annotation: Item | None) -> Entry:
        return Entry(
            n=self._count + 1,
            path=exhibit.path,
            size=exhibit.size,
            sha256=exhibit.sha256,
            sm3=exhibit.sm3,
            kind=str(exhibit.kind),
            category=str(annotation.category) if annotation and annotation.category else None,
            number=annotation.number if annotation else None,
            media=exhibit.media,
            findings=tuple(str(finding.code) for finding in exhibit.findings),
            path_bytes=exhibit.path_bytes,
        )

    def _copied(self, path: str, role: str, source: Path) -> Entry:
        target = self.folder / path
        store.copy(source, target)
        entry = describe(self._count + 1, path, target, role)
        self._hashes[path] = entry.sha256
        self._roles.setdefault(role, entry.n)
        return entry

    def _report(self, path: Path | None) -> None:
        """Make the report's JSON the last exhibit; its renderings are files of the package."""
        below = self.folder / REPORT_FOLDER
        for file in sorted(below.rglob("*")) if below.is_dir() else ():
            if file.is_file():
                self._hashes[file.relative_to(self.folder).as_posix()] = store.sha256_of(file)
        if path is not None:
            name = path.relative_to(self.folder).as_posix()
            with (self.folder / LIST).open("ab") as lines:
                self._add(lines, describe(self._count + 1, name, path, REPORT_ROLE))
                lines.flush()
                os.fsync(lines.fileno())

    def _manifest(self, draft: PackageDraft) -> Manifest:
        context = self._context
        return Manifest(
            case=self._record.case,
            agency=context.agency,
            collector=context.collector.lower(),
            appointment=context.appointment,
            facts=draft.facts,
            forum=context.home_forum,
            standard_version=context.standard_version,
            mandate=self._record.mandate or bytes(32),
            preserve=self._record.preserve,
            chain_id=context.chain_id,
            genesis=context.genesis,
            registry=context.registry.lower(),
            leaves=self._count + 1,
            exhibits_sha256=self._digest.hexdigest(),
            record_sha256=draft.record_sha256,
            supports=draft.supports,
            findings=tuple(finding.as_dict() for finding in draft.findings),
            refusals=tuple(refusal.hash for refusal in draft.refusals),
        )

    def _supports(self) -> tuple[Support, ...]:
        """What each step rests on, roles turned into the numbers of the documents."""
        found = []
        for step, kind, by in self._record.supports():
            if kind == "attester":
                found.append(Support(step.name, attester=by))
            elif kind == "declared":
                found.append(Support(step.name))
            elif by in (THIS_RECORD, THE_MANIFEST):
                found.append(Support(step.name, exhibit=0))
            elif by in self._roles:
                found.append(Support(step.name, exhibit=self._roles[by]))
            else:
                raise UsageError(
                    f"Step {step.name} cites a document with the role {by}, but the record names none.",
                    code="record.no_document",
                    next="Name it under documents.",
                )
        return tuple(found)

    def _add(self, lines: BinaryIO, entry: Entry) -> None:
        line = entry.encode() + b"\n"
        lines.write(line)
        self._digest.update(line)
        self._count += 1
        self._size += entry.size


def _note(n: int, exhibit: Exhibit) -> dict[str, object]:
    return {
        "n": n,
        "manual": exhibit.manual,
        "observations": {name: _plain(value) for name, value in exhibit.observations.items()},
        "findings": [finding.as_dict() for finding in exhibit.findings],
    }


def _plain(value: object) -> object:
    """An observation as canonical JSON can hold it: very large numbers and undecodable text become text."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if isinstance(value, int) and abs(value) > MOST:
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _real(path: Path) -> str:
    return os.path.realpath(path)


def expect_all_annotated(left: Iterable[str], kept: str = DIGESTED) -> None:
    """Refuse a record that annotates files which are not there: else the annotation would be lost unseen."""
    if names := sorted(left):
        raise UsageError(
            f"The record annotates under items what is not among the files: {', '.join(map(shown, names))}.",
            code="record.no_such_item",
            kept=kept,
            next="Correct these paths in the record (below the folder given), or give the files as well.",
        )
