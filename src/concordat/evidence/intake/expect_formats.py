# SPDX-License-Identifier: Apache-2.0
"""The lists of digests that sources hand over: sha256sum and its kin, hashdeep, logs of imaging tools."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from concordat.errors import FileError, UsageError
from concordat.evidence.intake.names import shown

STRONG = ("SHA-256", "SM3")
WEAK = ("SHA-1", "MD5")
"""Digests that are computed only beside the two real ones, and only if a list holds nothing better."""

_LINE_BYTES = 1 << 16
_NAMES = {"MD5": "MD5", "SHA1": "SHA-1", "SHA256": "SHA-256", "SHA2256": "SHA-256", "SM3": "SM3"}
_BY_LENGTH = {32: "MD5", 40: "SHA-1", 64: "SHA-256"}
_HEX = {"MD5": 32, "SHA-1": 40, "SHA-256": 64, "SM3": 64}
_GNU = re.compile(r"(\\?)([0-9A-Fa-f]{32,128})(?: [ *]|\t+)(.+)", re.DOTALL)
_BSD = re.compile(r"(\\?)([A-Za-z][A-Za-z0-9/-]{1,12}) ?\((.+)\) ?= ?([0-9A-Fa-f]{32,128})", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\nr])")
_ESCAPED = {"\\": "\\", "n": "\n", "r": "\r"}
_LABELLED = re.compile(
    r"\b(MD5|SHA-?1|SHA-?256|SM3)\b[^:=]{0,60}[:=]\s*([0-9A-Fa-f]{32,64})(?![0-9A-Fa-f])", re.IGNORECASE
)
_PARENTHESISED = re.compile(r"^\s*([0-9A-Fa-f]{32,64}) \((MD5|SHA-?1|SHA-?256)\)", re.IGNORECASE)
_IMAGE_NAMES = (
    re.compile(r"^Information for (.+?):?\s*$"),
    re.compile(
        r"^Image (?:path and file ?name|filename|file name|path)[^:]{0,20}:\s*(.+?)\s*$", re.IGNORECASE
    ),
)


@dataclass(slots=True)
class Expected:
    """One file of a list: its name there, the line, and digests by algorithm (lower-case hex)."""

    name: str
    line: int
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpectedList:
    """A list as read. ``medium``: it is the log of an imaging tool, whose digests are of the medium."""

    entries: tuple[Expected, ...]
    medium: bool


def read_list(path: str | os.PathLike[str]) -> ExpectedList:
    """Read a list.

    Raises:
        FileError: the file cannot be read.
        UsageError: it is no list that is known, a line is wrong, or two lines contradict each other.
    """
    try:
        lines = list(_lines(Path(path)))
    except OSError as error:
        raise FileError(
            f"The list {shown(os.fspath(path))} cannot be read: {error.strerror}.",
            kept="Nothing was digested and nothing was written.",
            next="Make it readable or leave --expect out.",
        ) from error
    first = next((line for _, line in lines if line.strip()), "")
    if first.startswith("%%%% HASHDEEP"):
        return ExpectedList(_merged(path, _hashdeep(path, lines)), medium=False)
    if any(_GNU.fullmatch(line) or _BSD.fullmatch(line) for _, line in lines[:40]):
        return ExpectedList(_merged(path, _sums(path, lines)), medium=False)
    return ExpectedList((_log(path, lines),), medium=True)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends. Bytes that are not UTF-8 stay, so that names match the disk's."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            for number, text in enumerate(file.read(1 << 24).decode("utf-16", "replace").splitlines(), 1):
                yield number, text
            return
        number = 0
        while line := file.readline(_LINE_BYTES):
            number += 1
            if len(line) == _LINE_BYTES or (number == 1 and b"\0" in line):
                raise _wrong(path, number, "this is not a text file of digests")
            yield number, line.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape").rstrip("\r\n")


def _sums(path: str | os.PathLike[str], lines: Sequence[tuple[int, str]]) -> Iterator[Expected]:
    for number, line in lines:
        if not line.strip() or line.startswith(("#", ";")):
            continue
        if match := _BSD.fullmatch(line):
            escaped, label, name, digest = match.groups()
            algorithm = _NAMES.get(label.upper().replace("-", "").replace("/", ""))
        elif match := _GNU.fullmatch(line):
            escaped, digest, name = match.groups()
            algorithm = _BY_LENGTH.get(len(digest))
        else:
            raise _wrong(path, number, "expected “digest  name” or “SHA256 (name) = digest”")
        if algorithm is None or len(digest) != _HEX[algorithm]:
            raise _wrong(path, number, "only SHA-256, SM3, SHA-1 and MD5 are known")
        if escaped:
            name = _ESCAPE.sub(lambda found: _ESCAPED[found.group(1)], name)
        yield Expected(name, number, {algorithm: digest.lower()})


def _hashdeep(path: str | os.PathLike[str], lines: Sequence[tuple[int, str]]) -> Iterator[Expected]:
    columns: list[str] = []
    for number, line in lines:
        if line.startswith("%%%% ") and not line.startswith("%%%% HASHDEEP"):
            columns = line[5:].strip().split(",")
        elif line.strip() and not line.startswith(("##", "%%%%")):
            cells = line.split(",", len(columns) - 1)
            if len(columns) < 3 or columns[-1] != "filename" or len(cells) != len(columns):
                raise _wrong(path, number, "the columns named in the second line are not there")
            digests = {
                known: cell.lower()
                for column, cell in zip(columns, cells, strict=True)
                if (known := _NAMES.get(column.upper())) and len(cell) == _HEX[known]
            }
            if not digests:
                raise _wrong(path, number, "none of SHA-256, SHA-1 and MD5 is in this line")
            yield Expected(cells[-1], number, digests)


def _log(path: str | os.PathLike[str], lines: Sequence[tuple[int, str]]) -> Expected:
    """An imaging tool's log: the first digest of each algorithm; verification repeats them further down."""
    found = Expected("", 0)
    for number, line in lines:
        for pattern in _IMAGE_NAMES:
            if not found.name and (match := pattern.match(line)):
                found.name = match.group(1)
        labelled, parenthesised = _LABELLED.search(line), _PARENTHESISED.match(line)
        if labelled:
            label, digest = labelled.groups()
        elif parenthesised:
            digest, label = parenthesised.groups()
        else:
            continue
        algorithm = _NAMES[label.upper().replace("-", "")]
        if len(digest) != _HEX[algorithm]:
            continue
        known = found.digests.setdefault(algorithm, digest.lower())
        if known != digest.lower():
            raise _wrong(
                path,
                number,
                f"the log holds two different {algorithm} digests, so it is not clear which counts",
            )
        found.line = found.line or number
    if not found.digests:
        raise _wrong(
            path, 1, "no digest was found; known are sha256sum (GNU and BSD), hashdeep and imaging logs"
        )
    return found


def _merged(path: str | os.PathLike[str], entries: Iterator[Expected]) -> tuple[Expected, ...]:
    """One entry for each name, since a list may hold a line for each algorithm."""
    by_name: dict[str, Expected] = {}
    for entry in entries:
        known = by_name.setdefault(entry.name, entry)
        for algorithm, digest in entry.digests.items():
            if known.digests.setdefault(algorithm, digest) != digest:
                raise _wrong(path, entry.line, f"{shown(entry.name)} is listed with two different digests")
    return tuple(by_name.values())


def _wrong(path: str | os.PathLike[str], line: int, why: str) -> UsageError:
    return UsageError(
        f"The list {shown(os.fspath(path))} cannot be used, line {line}: {why}.",
        code="intake.expect",
        kept="Nothing was digested and nothing was written.",
        next="Correct the list, or give one that sha256sum, hashdeep or the imaging tool wrote.",
    )
