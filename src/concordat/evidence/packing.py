# SPDX-License-Identifier: Apache-2.0
"""Packing: from a record and the collected files to a package, offline.

Nothing of the evidence is changed or copied. A pack that is stopped, by whatever, leaves ``NAME.acq.partial``
and goes on from there; ``NAME.acq`` appears at once and complete, or not at all.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from concordat.errors import FileError, UsageError
from concordat.evidence import store
from concordat.evidence.assembly import Assembly
from concordat.evidence.draft import PackageDraft, PackContext, WriteReport
from concordat.evidence.intake import CaseIndex, Context, Progress, intake
from concordat.evidence.journal import Journal
from concordat.evidence.layout import ENDING, PARTIAL
from concordat.evidence.package import Package
from concordat.evidence.partial import Partial
from concordat.evidence.places import numeric
from concordat.evidence.record import Record, parse

__all__ = ["PackContext", "PackageDraft", "WriteReport", "pack"]

StrPath = str | PathLike[str]


def pack(
    record_path: StrPath,
    paths: Iterable[StrPath],
    out: StrPath,
    context: PackContext,
    *,
    write_report: WriteReport | None = None,
    journal: Journal | None = None,
    expect: StrPath | None = None,
    index: CaseIndex | None = None,
    progress: Progress | None = None,
) -> Package:
    """Make a package. Needs no network.

    Args:
        record_path: the record; its documents are looked for beside it.
        paths: collected files and folders. Record and documents among them are not taken twice.
        out: the package to make; ``.acq`` is added if it is not there.
        context: for which chain, by whom.
        write_report: makes the collection report.
        journal: refusals that the manifest has to cite.
        expect: list of digests from the source, to be compared.
        index: this agency's own cases, to find duplicates; the package is added to it.
        progress: told how far the reading is.

    Raises:
        RecordError: the record says wrong things.
        UsageError: the package exists; record and context or record and files do not fit together.
        FileError: a file cannot be read or changed meanwhile, or the disk is full.
    """
    target = _target(Path(out))
    given = tuple(paths)
    with store.guard(f"read {os.fspath(record_path)}", kept="Nothing was written."):
        text = Path(record_path).read_bytes()
    record = parse(_decoded(text, record_path), Path(record_path).name)
    _expect_fit(record, context)
    documents = documents_of(record, record_path)
    partial = Partial(target.with_name(target.name + PARTIAL), given)
    assembly = Assembly(partial, record, text, documents, context)
    with _explained(partial, target), partial:
        summary = assembly.take(
            intake(
                given,
                expect=expect,
                index=index,
                progress=progress,
                resume=partial.known,
                context=_intake_context(record, target),
                exclude=[partial.folder, target],
            ),
            {os.path.realpath(record_path), *(os.path.realpath(file) for _, file in documents)},
        )
        assembly.close(summary, journal, write_report, target.name)
        partial.become(target)
    package = Package(target)
    if index is not None:
        index.replace(record.case, target.name, ((entry.sha256, entry.n) for entry in package.exhibits()))
    return package


def _target(out: Path) -> Path:
    """The package's folder; refuses one that exists."""
    target = out if out.name.endswith(ENDING) else out.with_name(out.name + ENDING)
    if os.path.lexists(target):
        raise UsageError(
            f"{target} exists already, and a package is never overwritten.",
            code="pack.exists",
            kept="It was left as it is.",
            next="Give another name: what corrects an acquisition is a new package that supersedes it.",
        )
    return target


def _decoded(text: bytes, path: StrPath) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{os.fspath(path)} is not UTF-8 text (byte {error.start}).",
            code="record.invalid",
            kept="Nothing was written.",
            next="Save it as UTF-8.",
        ) from error


def _expect_fit(record: Record, context: PackContext) -> None:
    """Refuse a record that speaks of another agency or home than the workspace."""
    agency = str(record.agency)
    if agency.isdecimal() and int(agency) != context.agency:
        raise UsageError(
            f"The record is of agency {agency}, but this workspace acts for agency {context.agency}.",
            code="record.other_agency",
            kept="Nothing was written.",
            next="Correct agency in the record, or use the workspace of that agency.",
        )
    if numeric(record.home) != context.home_forum:
        raise UsageError(
            f"The record's first forum is {record.home}, but this agency's home is {context.home_forum}.",
            code="record.other_home",
            kept="Nothing was written.",
            next="Name the home forum first under forums.",
        )


def documents_of(record: Record, record_path: StrPath) -> list[tuple[str, Path]]:
    """Role and file of each document; all of them must be there before anything is read.

    Raises:
        FileError: one is not there.
    """
    folder = Path(record_path).parent
    found = [(str(document.role), folder / document.file) for document in record.documents]
    missing = [os.fspath(path) for _, path in found if not path.is_file()]
    if missing:
        raise FileError(
            f"The record cites documents that are not there: {', '.join(missing)}.",
            code="file.missing",
            kept="Nothing was written.",
            next="Put them there, or correct documents in the record: paths count from the record's folder.",
        )
    return found


def _intake_context(record: Record, target: Path) -> Context:
    return Context(
        case=record.case,
        package=target.name,
        started=record.started,
        ended=record.ended,
        country=record.place.country,
        clock_offset_ms=record.clock.offset_ms if record.clock else None,
    )


@contextlib.contextmanager
def _explained(partial: Partial, target: Path) -> Iterator[None]:
    """Say of an error of the disk what was kept and that the same command goes on."""
    try:
        yield
    except OSError as error:
        name = partial.folder.name
        kept = f"The evidence is untouched. Digests of {partial.saved} files are kept in {name}."
        again = "then run the same command again; it goes on from there."
        full = store.refusal(error, f"finish {target.name}", kept=kept)
        full.next = f"Free some space, {again}" if full.code == "disk.full" else f"Remove the cause, {again}"
        raise full from error
