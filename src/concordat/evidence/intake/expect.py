# SPDX-License-Identifier: Apache-2.0
"""Comparing what was read with what a list from the source expects: the source stage of the hash comparison.

A list's own names may be relative to the folder given, to where the list lies, or have a leading folder in
common (a path of the machine where it was made). The log of an imaging tool speaks of the medium: it is
compared with the digest of a raw image, or with the digest that an E01 image carries inside.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from concordat.evidence.intake.expect_formats import STRONG, WEAK, Expected, ExpectedList, read_list
from concordat.evidence.intake.names import name_bytes


class Outcome(StrEnum):
    """How one file compares with the list."""

    MATCHED = "matched"
    MISMATCHED = "mismatched"
    NOT_LISTED = "not_listed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One result. For MISSING the path is the list's, else the exhibit's.

    ``of`` says what was digested: "file", or "medium" for the digest that a disk image carries of its medium.
    """

    path: str
    outcome: Outcome
    algorithm: str = ""
    expected: str = ""
    actual: str = ""
    of: str = "file"


class Expectation:
    """A list in use: asked once for each file, and at the end for what was missing.

    Raises:
        FileError, UsageError: see `read_list`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        listed = read_list(path)
        self._folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120 - compared with os.path results
        self._found: set[str] = set()
        self._medium = listed.entries[0] if listed.medium else None
        self._candidates: list[Comparison] = []
        self._matched = False
        self._entries = {} if listed.medium else {_plain(entry.name): entry for entry in listed.entries}
        self._common = _common_folder(list(self._entries))
        self.algorithms = _needed(listed)
        """Digests to compute beside SHA-256 and SM3, because some entry has nothing better."""

    def compare(
        self, path: str, source: str, digests: Mapping[str, str], *, image: bool, carried: Mapping[str, str]
    ) -> Comparison | None:
        """Compare one file.

        Args:
            path, source: relative path (surrogate-escaped) and location.
            digests: computed digests of the file by algorithm.
            image: whether it is an image of a medium.
            carried: digests of its medium that an image carries inside.

        Returns:
            the result, or None if the list is a medium's and this file is not its image.
        """
        if self._medium is not None:
            return self._compare_medium(path, digests, image, carried)
        name, entry = self._entry(path, source)
        if entry is None:
            return Comparison(path, Outcome.NOT_LISTED)
        self._found.add(name)
        return _compared(path, entry, digests, "file")

    def rest(self) -> list[Comparison]:
        """Return what is left at the end: listed but missing, or a medium whose image was not found."""
        if self._medium is None:
            return [
                Comparison(entry.name, Outcome.MISSING, *_best(entry))
                for name, entry in self._entries.items()
                if name not in self._found
            ]
        if self._matched:
            return []
        if len(self._candidates) == 1:
            return self._candidates
        return [
            Comparison(self._medium.name or "(medium)", Outcome.MISSING, *_best(self._medium), of="medium")
        ]

    def _entry(self, path: str, source: str) -> tuple[str, Expected | None]:
        for name in (path, self._beside(source), self._common + path, _plain(os.path.abspath(source))):  # noqa: PTH100
            entry = self._entries.get(name)
            if entry is not None:
                return name, entry
        return "", None

    def _beside(self, source: str) -> str:
        """The file's path as seen from where the list lies."""
        try:
            return os.path.relpath(source, self._folder).replace(os.sep, "/")
        except ValueError:  # another drive of Windows
            return ""

    def _compare_medium(
        self, path: str, digests: Mapping[str, str], image: bool, carried: Mapping[str, str]
    ) -> Comparison | None:
        medium = self._medium
        assert medium is not None  # noqa: S101 - the caller asked
        of = "medium" if carried else "file"
        result = _compared(path, medium, carried or digests, of)
        if result.outcome is Outcome.MATCHED:
            self._matched = True
            return result
        if result.outcome is Outcome.NOT_LISTED:
            return None
        if _names_image(medium.name, path):
            self._matched = True  # the log names it: the result stands with the file
            return result
        if image:
            self._candidates.append(result)
        return None


def _compared(path: str, entry: Expected, digests: Mapping[str, str], of: str) -> Comparison:
    for algorithm in (*STRONG, *WEAK):
        expected, actual = entry.digests.get(algorithm), digests.get(algorithm)
        if expected is None or actual is None:
            continue
        if expected == actual:
            return Comparison(path, Outcome.MATCHED, algorithm, expected, actual, of)
        if algorithm == "SHA-256" and expected == digests.get("SM3"):
            # sm3sum writes the same unlabelled lines of 64 digits as sha256sum
            return Comparison(path, Outcome.MATCHED, "SM3", expected, expected, of)
        return Comparison(path, Outcome.MISMATCHED, algorithm, expected, actual, of)
    return Comparison(path, Outcome.NOT_LISTED)


def _names_image(logged: str, path: str) -> bool:
    """Whether a log's image is this file; logs leave out the extension, or write .Exx for all segments."""
    named, file = PurePosixPath(_plain(logged)), PurePosixPath(path)
    return bool(logged) and file.name in (named.name, named.stem + file.suffix, named.name + file.suffix)


def _best(entry: Expected) -> tuple[str, str]:
    algorithm = next(name for name in (*STRONG, *WEAK) if name in entry.digests)
    return algorithm, entry.digests[algorithm]


def _needed(listed: ExpectedList) -> tuple[str, ...]:
    bare = [entry for entry in listed.entries if not any(name in entry.digests for name in STRONG)]
    return tuple(name for name in WEAK if any(name in entry.digests for entry in bare))


def _plain(name: str) -> str:
    """A list's name as an exhibit's path. Backslashes separate only where the name is clearly Windows'."""
    if name.startswith((".\\", "\\\\")) or (len(name) > 2 and name[1:3] == ":\\"):
        name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:].lstrip("/")
    return name


def _common_folder(names: list[str]) -> str:
    """The folder, with its slash, that all names share; "" if none: they are relative to what was given."""
    if not names:
        return ""
    first, last = min(names, key=name_bytes), max(names, key=name_bytes)
    alike = 0
    while alike < min(len(first), len(last)) and first[alike] == last[alike]:
        alike += 1
    return first[: first.rfind("/", 0, alike) + 1]
