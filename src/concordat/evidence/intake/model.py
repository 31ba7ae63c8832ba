# SPDX-License-Identifier: Apache-2.0
"""What intake gives: exhibits, one at a time, and a summary at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from concordat.evidence.intake.expect import Comparison, Outcome
from concordat.evidence.intake.findings import Finding
from concordat.evidence.intake.kinds import Kind, Observation


@dataclass(frozen=True, slots=True)
class Hashes:
    """Both digests of one file, lower-case hex of 32 bytes each."""

    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file as it was read.

    Args:
        path: POSIX path relative to the folder given (or the name of a file given directly), as on disk.
            Valid Unicode: bytes that were not UTF-8 stand as ``%XX``, and then ``path_bytes`` decides.
        source: where the file lies.
        size: bytes read.
        mtime_ns: time of the last change as the file system tells it, nanoseconds since 1970 UTC.
        sha256, sm3: hex digests of the content.
        kind: what the content is.
        media: its media type, or None if unknown.
        manual: True if the content speaks for more than one kind, or hardly for any: a person should look.
        observations: what was read on the way (JSON values).
        findings: what somebody should know before registering.
        path_bytes: hex of the path's bytes if they are not UTF-8, else None.
        extra: further digests that an expected list asked for, by name ("MD5", "SHA-1"); never used alone.
        comparison: result against the expected list, or None if there is none or it does not concern this
            file.
    """

    path: str
    source: Path
    size: int
    mtime_ns: int
    sha256: str
    sm3: str
    kind: Kind
    media: str | None
    manual: bool
    observations: Mapping[str, Observation]
    findings: tuple[Finding, ...]
    path_bytes: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the record says, as far as findings need it. What is not given is not compared.

    Args:
        case: the case's number at this agency.
        package: name of the package being made, so that the index does not call an exhibit its own duplicate.
        started, ended: times of the collection, with offset.
        country: ISO 3166-1 alpha-2 code of the place.
        clock_offset_ms: how far the collecting clock was ahead of true time.
        now: the present time; default: the machine's.
    """

    case: str = ""
    package: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    country: str = ""
    clock_offset_ms: int | None = None
    now: datetime | None = None


@dataclass(slots=True)
class Summary:
    """What the whole intake amounts to. Complete once the last exhibit was taken.

    Args:
        files, size: exhibits taken so far and their bytes.
        total_files, total_size: the same as counted before anything was read.
        reused: exhibits whose digests came from an earlier run.
        complete: True after the last exhibit.
        findings: about the acquisition, or about something that is no exhibit (a link, an empty folder).
            Those about an exhibit are in ``Exhibit.findings``.
        outcomes: how many files compared how with the expected list; empty without one.
        comparisons: results that belong to no exhibit taken: listed but missing.
    """

    files: int = 0
    size: int = 0
    total_files: int = 0
    total_size: int = 0
    reused: int = 0
    complete: bool = False
    findings: list[Finding] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    comparisons: list[Comparison] = field(default_factory=list)


class Progress(Protocol):
    """Told how far the reading is. Called often and from the reading thread: it must return at once."""

    def begin(self, files: int, size: int) -> None:
        """The files were counted: ``files`` of them, ``size`` bytes together."""

    def advance(self, size: int, files: int) -> None:
        """``size`` more bytes and ``files`` more files were read."""

    def end(self) -> None:
        """Nothing more will come, whether all was read or not."""


Resume = Callable[[str, int, int], Hashes | None]
"""``(path, size, mtime_ns)`` to the digests of an earlier, interrupted run, or None."""
