# SPDX-License-Identifier: Apache-2.0
"""The collected files against the list of exhibits: matched, changed, missing, extra, renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os import PathLike, fspath
from pathlib import Path

from concordat.evidence.intake import Progress, json_path
from concordat.evidence.intake.hashing import TwinHasher
from concordat.evidence.intake.reading import open_evidence
from concordat.evidence.intake.walk import Entry as Found
from concordat.evidence.intake.walk import roots, walk
from concordat.evidence.manifest import Entry
from concordat.evidence.results import Item
from concordat.evidence.resulttexts import State

StrPath = str | PathLike[str]
# Path as JSON holds it, and the hex of its bytes where it is not Unicode.
_Key = tuple[str, str | None]


@dataclass(slots=True)
class Comparison:
    """What the comparison found: names that match, and items that do not simply."""

    matched: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    unchecked: int = 0


def compare_one(
    entry: Entry, file: Path, hasher: TwinHasher, progress: Progress | None = None
) -> Item | None:
    """Compare one file with its line; None if it is as it was registered.

    A file of another size is not read: its digests cannot be those of the line.
    """
    try:
        with open_evidence(fspath(file)) as reader:
            size = reader.seek(0, 2)
            if size != entry.size:
                return _changed(entry, ("sha256", "sm3"), size)
            reader.seek(0)
            digests = hasher.digest(
                reader, advance=None if progress is None else lambda n: progress.advance(n, 0)
            )
    except FileNotFoundError:
        return Item(State.MISSING, entry.path, entry.n, expected_size=entry.size)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Item(State.UNREADABLE, entry.path, entry.n, expected_size=entry.size, now=reason)
    differs = tuple(name for name in ("sha256", "sm3") if getattr(digests, name) != getattr(entry, name))
    return _changed(entry, differs, digests.size) if differs else None


def compare(
    entries: Iterable[Entry],
    paths: Sequence[StrPath],
    *,
    ignore: frozenset[str] = frozenset(),
    exclude: Sequence[StrPath] = (),
    progress: Progress | None = None,
) -> Comparison:
    """Compare the files below ``paths`` with the lines of collected exhibits.

    If only single files are given, the other exhibits count as unchecked and not as missing, and a file that
    stands under another path than the registered one is measured by the exhibit of its name, if there is one.

    Args:
        entries: lines of exhibits that do not lie in the package.
        paths: the folders or files that were packed, or copies of them.
        ignore: SHA-256 (hex) of files that are no exhibits but belong here (record and documents).
        exclude: folders not to enter (the package).
        progress: told how far the reading is.
    """
    return _Comparing({(entry.path, entry.path_bytes): entry for entry in entries}, ignore, progress).run(
        paths, exclude
    )


class _Comparing:
    def __init__(self, waiting: dict[_Key, Entry], ignore: frozenset[str], progress: Progress | None) -> None:
        self._waiting = waiting
        self._ignore = ignore
        self._progress = progress
        self._result = Comparison()
        self._strangers: list[tuple[str, str, str, int]] = []

    def run(self, paths: Sequence[StrPath], exclude: Sequence[StrPath]) -> Comparison:
        given = roots(paths, self._trouble)
        if self._progress is not None:
            self._progress.begin(len(self._waiting), sum(entry.size for entry in self._waiting.values()))
        try:
            with TwinHasher() as hasher:
                for found in walk(given, note=lambda _finding: None, trouble=self._trouble, exclude=exclude):
                    self._take(found, hasher, alone=not any(root.folder for root in given))
        finally:
            if self._progress is not None:
                self._progress.end()
        self._settle(whole=any(root.folder for root in given) or not given)
        return self._result

    def _take(self, found: Found, hasher: TwinHasher, *, alone: bool) -> None:
        key = json_path(found.path)
        entry = self._waiting.pop(key, None) or (self._namesake(key) if alone else None)
        if entry is None:
            self._stranger(key[0], found, hasher)
        elif item := compare_one(entry, Path(found.source), hasher, self._progress):
            self._result.items.append(item)
        else:
            self._result.matched.append(entry.path)
        if self._progress is not None:
            self._progress.advance(0, 1)

    def _namesake(self, key: _Key) -> Entry | None:
        same = [other for other in self._waiting if other[0].rpartition("/")[2] == key[0]]
        return self._waiting.pop(same[0]) if len(same) == 1 else None

    def _stranger(self, name: str, found: Found, hasher: TwinHasher) -> None:
        try:
            with open_evidence(found.source) as reader:
                digests = hasher.digest(reader)
        except OSError as error:
            self._trouble(name, error.strerror or type(error).__name__)
            return
        self._strangers.append((name, digests.sha256, digests.sm3, digests.size))

    def _settle(self, *, whole: bool) -> None:
        """Match what is missing with what is strange: the same content under another name was renamed."""
        strangers: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for name, sha256, sm3, size in self._strangers:
            if sha256 not in self._ignore:
                strangers.setdefault((sha256, sm3), []).append((name, size))
        for entry in self._waiting.values():
            if here := strangers.get((entry.sha256, entry.sm3)):
                now, size = here.pop(0)
                self._result.items.append(Item(State.RENAMED, entry.path, entry.n, (), entry.size, size, now))
            elif whole:
                self._result.items.append(Item(State.MISSING, entry.path, entry.n, expected_size=entry.size))
            else:
                self._result.unchecked += 1
        self._result.items.sort(key=lambda item: item.exhibit or 0)
        self._result.items += _extra(strangers.values())

    def _trouble(self, where: str, why: str) -> None:
        self._result.items.append(Item(State.UNREADABLE, where, now=why))


def _extra(strangers: Iterable[list[tuple[str, int]]]) -> Iterator[Item]:
    for name, size in sorted(each for group in strangers for each in group):
        yield Item(State.EXTRA, name, actual_size=size)


def _changed(entry: Entry, differs: tuple[str, ...], size: int) -> Item:
    return Item(State.CHANGED, entry.path, entry.n, differs, entry.size, size)
