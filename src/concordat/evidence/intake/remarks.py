# SPDX-License-Identifier: Apache-2.0
"""From what was read to findings, one file at a time; what must be remembered goes to a scratch database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType

from concordat.errors import FileError
from concordat.evidence.intake.expect import Comparison, Expectation, Outcome
from concordat.evidence.intake.extensions import extension_of, promises_other
from concordat.evidence.intake.findings import Finding, FindingCode, info, warn
from concordat.evidence.intake.hashing import Digests
from concordat.evidence.intake.index import CaseIndex
from concordat.evidence.intake.kinds import Kind, Recognised
from concordat.evidence.intake.model import Context, Summary
from concordat.evidence.intake.names import json_path, name_bytes
from concordat.evidence.intake.remarks_time import clock_findings, time_findings
from concordat.evidence.intake.walk import Entry

_CARRIED = {"MD5": "medium_md5", "SHA-1": "medium_sha1"}


class Remarks:
    """Says of each file what somebody should know before registering."""

    def __init__(self, context: Context, index: CaseIndex | None, expectation: Expectation | None) -> None:
        self._context = context
        self._index = index
        self._expectation = expectation
        self._seen: sqlite3.Connection | None = None

    def __enter__(self) -> Remarks:
        # An unnamed database lives on disk once it outgrows its cache, and is gone when it is closed.
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("CREATE TABLE seen (sha256 BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID")
        self._seen.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._seen is not None:
            self._seen.close()
            self._seen = None

    @property
    def algorithms(self) -> tuple[str, ...]:
        """Further digests that the expected list asks for."""
        return self._expectation.algorithms if self._expectation else ()

    def compare(self, entry: Entry, digests: Digests, recognised: Recognised) -> Comparison | None:
        """Compare with the expected list."""
        if self._expectation is None:
            return None
        carried = {
            name: str(recognised.observations[key])
            for name, key in _CARRIED.items()
            if key in recognised.observations
        }
        computed = {**digests.extra, "SHA-256": digests.sha256, "SM3": digests.sm3}
        image = recognised.kind is Kind.DISK_IMAGE
        return self._expectation.compare(entry.path, entry.source, computed, image=image, carried=carried)

    def of(
        self, entry: Entry, digests: Digests, recognised: Recognised, comparison: Comparison | None
    ) -> Iterator[Finding]:
        """Findings about one file, most general first."""
        if json_path(entry.path)[1] is not None:
            yield info(FindingCode.NAME_UNDECODABLE, entry.path)
        if comparison is not None:
            yield from expect_findings(comparison)
        if not digests.size:
            yield info(FindingCode.EMPTY_FILE, entry.path)
            return
        yield from _kind_findings(entry, recognised)
        yield from self._duplicates(entry, digests)
        yield from time_findings(entry, recognised, self._context)

    def begin(self) -> Iterator[Finding]:
        """Findings that need no file."""
        yield from clock_findings(self._context)
        if self.algorithms:
            yield info(FindingCode.EXPECT_WEAK_ONLY, algorithms=", ".join(self.algorithms))

    def finish(self, summary: Summary) -> None:
        """Results and findings that need all files."""
        for comparison in self._expectation.rest() if self._expectation else ():
            summary.comparisons.append(comparison)
            summary.outcomes[comparison.outcome] += 1
            summary.findings.extend(expect_findings(comparison))

    def _duplicates(self, entry: Entry, digests: Digests) -> Iterator[Finding]:
        first = self._first_with(bytes.fromhex(digests.sha256), entry)
        if first is not None:
            path = first.decode("utf-8", "surrogateescape")
            yield info(FindingCode.DUPLICATE_IN_ACQUISITION, entry.path, first=path)
        for known in self._index.find(digests.sha256) if self._index else ():
            if (known.case, known.package) == (self._context.case, self._context.package):
                continue
            place = {"package": known.package, "number": str(known.number), "case": known.case}
            if known.case == self._context.case:
                yield info(FindingCode.DUPLICATE_IN_CASE, entry.path, **place)
            else:
                yield warn(FindingCode.DUPLICATE_IN_OTHER_CASE, entry.path, **place)

    def _first_with(self, digest: bytes, entry: Entry) -> bytes | None:
        """Return the bytes of the first path with this content, or remember this one as the first."""
        assert self._seen is not None  # noqa: S101 - entered before use
        try:
            first = self._seen.execute("SELECT path FROM seen WHERE sha256 = ?", (digest,)).fetchone()
            if first is not None:
                return bytes(first[0])
            self._seen.execute("INSERT INTO seen VALUES (?, ?)", (digest, name_bytes(entry.path)))
        except sqlite3.Error as error:
            raise FileError(
                f"The scratch file that serves to find duplicates cannot be written: {error}.",
                code="intake.scratch",
                kept="The evidence is untouched; what was digested so far serves the next run.",
                next="Free space in the folder for temporary files, then run the command again.",
            ) from error
        return None


def expect_findings(comparison: Comparison) -> Iterator[Finding]:
    """Put a comparison that did not match into words."""
    if comparison.outcome is Outcome.MISMATCHED:
        yield warn(
            FindingCode.EXPECT_MISMATCH,
            comparison.path,
            algorithm=comparison.algorithm,
            of=comparison.of,
            of_zh="存储介质" if comparison.of == "medium" else "文件",
            actual=comparison.actual,
            expected=comparison.expected,
        )
    elif comparison.outcome is Outcome.NOT_LISTED:
        yield info(FindingCode.EXPECT_NOT_LISTED, comparison.path)
    elif comparison.outcome is Outcome.MISSING:
        yield warn(FindingCode.EXPECT_MISSING, comparison.path)


def _kind_findings(entry: Entry, recognised: Recognised) -> Iterator[Finding]:
    if promises_other(entry.path, recognised.media):
        yield warn(
            FindingCode.EXTENSION_MISMATCH,
            entry.path,
            extension="." + extension_of(entry.path),
            media=recognised.media or "application/octet-stream",
            kind=recognised.kind.label("en"),
            kind_zh=recognised.kind.label("zh"),
        )
    if recognised.manual:
        others = recognised.rivals or (Kind.OPAQUE if recognised.kind is Kind.ARCHIVE else Kind.DOCUMENT,)
        yield warn(
            FindingCode.AMBIGUOUS_KIND,
            entry.path,
            kind=recognised.kind.label("en"),
            kind_zh=recognised.kind.label("zh"),
            others=", ".join(kind.label("en") for kind in others),
            others_zh="、".join(kind.label("zh") for kind in others),
        )
    carried = {name: recognised.observations.get(key) for name, key in _CARRIED.items()}
    held = {name: str(digest) for name, digest in carried.items() if digest}
    if held:
        yield info(
            FindingCode.EMBEDDED_HASH_OF_MEDIUM,
            entry.path,
            algorithms=", ".join(held),
            digest=", ".join(held.values()),
        )
