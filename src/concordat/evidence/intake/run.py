# SPDX-License-Identifier: Apache-2.0
"""The intake itself: count, read, digest, recognise, compare; one exhibit at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from concordat.errors import UsageError
from concordat.evidence.intake.expect import Expectation
from concordat.evidence.intake.findings import Finding
from concordat.evidence.intake.hashing import HEAD, Digests, TwinHasher
from concordat.evidence.intake.index import CaseIndex
from concordat.evidence.intake.kinds import Probe, recognise
from concordat.evidence.intake.model import Context, Exhibit, Progress, Resume, Summary
from concordat.evidence.intake.names import json_path
from concordat.evidence.intake.reading import broken, changed, open_evidence, same_file, state, unreadable
from concordat.evidence.intake.remarks import Remarks
from concordat.evidence.intake.walk import Entry, Root, reason, roots, walk

StrPath = str | os.PathLike[str]


class Intake(Iterator[Exhibit]):
    """Iterator over the exhibits, in order. ``summary`` is complete after the last one."""

    def __init__(
        self,
        given: tuple[Root, ...],
        summary: Summary,
        remarks: Remarks,
        progress: Progress | None,
        resume: Resume | None,
        exclude: tuple[StrPath, ...],
    ) -> None:
        self.summary = summary
        self._given = given
        self._remarks = remarks
        self._progress = progress
        self._resume = resume
        self._exclude = exclude
        self._steps = self._run()

    def __next__(self) -> Exhibit:
        return next(self._steps)

    def close(self) -> None:
        """Stop early and give back the thread and the scratch file."""
        self._steps.close()  # type: ignore[attr-defined]

    def _run(self) -> Iterator[Exhibit]:
        if self._progress is not None:
            self._progress.begin(self.summary.total_files, self.summary.total_size)
        try:
            with TwinHasher() as hasher, self._remarks:
                for entry in walk(self._given, note=_ignore, trouble=_refuse, exclude=self._exclude):
                    exhibit = self._take(entry, hasher)
                    self.summary.files += 1
                    self.summary.size += exhibit.size
                    yield exhibit
                self._finish()
        finally:
            if self._progress is not None:
                self._progress.end()

    def _take(self, entry: Entry, hasher: TwinHasher) -> Exhibit:
        path, path_bytes = json_path(entry.path)
        at = 0

        def advance(size: int) -> None:
            nonlocal at
            at += size
            if self._progress is not None:
                self._progress.advance(size, 0)

        try:
            with open_evidence(entry.source) as reader:
                before = state(entry, reader)
                known = self._known(entry, path, path_bytes, before.size, before.mtime_ns)
                if known is None:
                    digests = hasher.digest(
                        reader, limit=before.size, extra=self._remarks.algorithms, advance=advance
                    )
                else:
                    digests = Digests(*known, {}, before.size, reader.read(HEAD) or b"")
                    advance(before.size)
                recognised = recognise(Probe(digests.head, before.size, reader))
                if (
                    digests.size != before.size
                    or state(entry, reader) != before
                    or not same_file(entry, before)
                ):
                    raise changed(entry)
        except OSError as error:
            raise broken(entry, at, error) from error
        if self._progress is not None:
            self._progress.advance(0, 1)
        comparison = self._remarks.compare(entry, digests, recognised)
        if comparison is not None:
            self.summary.outcomes[comparison.outcome] += 1
        return Exhibit(
            path=path,
            source=Path(entry.source),
            size=digests.size,
            mtime_ns=before.mtime_ns,
            sha256=digests.sha256,
            sm3=digests.sm3,
            kind=recognised.kind,
            media=recognised.media,
            manual=recognised.manual,
            observations=recognised.observations,
            findings=tuple(self._remarks.of(entry, digests, recognised, comparison)),
            path_bytes=path_bytes,
            extra=digests.extra,
            comparison=comparison,
        )

    def _known(
        self, entry: Entry, path: str, path_bytes: str | None, size: int, mtime_ns: int
    ) -> tuple[str, str] | None:
        """Digests of an earlier run: only for proper names, and only if no further digest is asked for."""
        if self._resume is None or path_bytes is not None or entry.device or self._remarks.algorithms:
            return None
        hashes = self._resume(path, size, mtime_ns)
        if hashes is None:
            return None
        self.summary.reused += 1
        return hashes.sha256, hashes.sm3

    def _finish(self) -> None:
        if self.summary.files != self.summary.total_files:
            raise UsageError(
                f"{self.summary.total_files} files were counted, but {self.summary.files} were read: "
                "files came or went meanwhile.",
                code="intake.folder_changed",
                kept="The evidence is untouched; what was digested so far serves the next run.",
                next="Work on a copy or an image that nothing writes to, then run the command again.",
            )
        self._remarks.finish(self.summary)
        self.summary.complete = True


def intake(
    paths: Iterable[StrPath],
    *,
    expect: StrPath | None = None,
    index: CaseIndex | None = None,
    progress: Progress | None = None,
    resume: Resume | None = None,
    context: Context | None = None,
    exclude: Iterable[StrPath] = (),
) -> Intake:
    """Take files and folders in as exhibits.

    Everything below ``paths`` is looked at and opened once before anything is read, so that all that cannot
    be read is named at once. Then one exhibit at a time is digested, recognised and remarked on; memory
    does not grow with the size of files, nor with their number beyond the names of one folder.

    Args:
        paths: files, folders, or block devices named themselves. Links are refused here and reported below.
        expect: a list of digests from the source (sha256sum, hashdeep, log of an imaging tool).
        index: this agency's own cases, to find duplicates. It is only read.
        progress: told how far the reading is.
        resume: digests of an interrupted run; such files are not digested again.
        context: what the record says, for findings about times, place and clock.
        exclude: folders not to enter, such as the package being written.

    Raises:
        UsageError: a path is a link, nothing is there to take, or two files would stand under the same path.
        FileError: something cannot be read, or changed while it was read.
    """
    left_out = tuple(exclude)
    summary = Summary()
    remarks = Remarks(context or Context(), index, Expectation(expect) if expect is not None else None)
    summary.findings.extend(remarks.begin())
    given = _survey(tuple(paths), summary, left_out)
    return Intake(given, summary, remarks, progress, resume, left_out)


def _survey(paths: tuple[StrPath, ...], summary: Summary, exclude: tuple[StrPath, ...]) -> tuple[Root, ...]:
    """Count what there is and open each file once; raise one error that names all that cannot be read."""
    troubles: list[tuple[str, str]] = []

    def trouble(where: str, why: str) -> None:
        troubles.append((where, why))

    given = roots(paths, trouble)
    for entry in walk(given, note=summary.findings.append, trouble=trouble, exclude=exclude):
        try:
            with open_evidence(entry.source) as reader:
                summary.total_size += state(entry, reader).size
        except OSError as error:
            trouble(entry.source, reason(error))
        summary.total_files += 1
    if troubles:
        raise unreadable(troubles, kept="Nothing was digested and nothing was written.")
    if not summary.total_files:
        raise UsageError(
            "There is no file in what was given.",
            code="intake.nothing",
            kept="Nothing was written.",
            next="Name files, or folders that hold some.",
        )
    return given


def _ignore(_finding: Finding) -> None:
    """The survey has noted it."""


def _refuse(where: str, why: str) -> None:
    raise unreadable(
        [(where, why)], kept="The evidence is untouched; what was digested so far serves the next run."
    )
