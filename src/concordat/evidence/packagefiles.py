# SPDX-License-Identifier: Apache-2.0
"""The files of a package and who vouches for each: ``history.jsonl`` first, ``SHA256SUMS`` for people.

Every change of a package is one entry of the history with the hashes of the files that it wrote. In order:

1. new content of files that exist is laid beside them as ``NAME.new``; files that did not exist are written;
2. the entry is added to the history: from here on the change has happened;
3. ``NAME.new`` takes the place of ``NAME``, and ``SHA256SUMS`` is written anew from the history.

A stop before 2 leaves files that nobody vouches for; a stop after 2 is finished by the next change, and
readers see the new content already.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from concordat.evidence import checksums, fields, store
from concordat.evidence.chained import ChainedLog

HISTORY: Final = "history.jsonl"
SUMS: Final = "SHA256SUMS"
_NEW = ".new"
_LEFTOVERS = (_NEW, ".tmp")
_HASH = fields.hexed(32)


def _files(value: Any) -> bool:
    """Hashes by name. A package may come from strangers: no name leads out of it."""
    return isinstance(value, dict) and all(fields.below(name) and _HASH(value[name]) for name in value)


_ENTRY: Mapping[str, fields.Check] = {
    "n": fields.number(1),
    "prev": _HASH,
    "hash": _HASH,
    "at": fields.text,
    "event": fields.text,
    "files": _files,
    "details": lambda value: isinstance(value, dict),
}


class PackageFiles:
    """One folder, its history and its checksums."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.history = ChainedLog(folder / HISTORY)

    def vouched(self) -> dict[str, str]:
        """SHA-256 (hex) by name of every file that the history knows, itself excepted.

        Raises:
            BrokenLogError: the history was altered.
            FieldError: an entry is of another form, or names a file that does not lie in the package.
        """
        known: dict[str, str] = {}
        for entry in self.history.entries():
            fields.check(entry, f"Line {entry['n']} of {HISTORY}", _ENTRY)
            known.update(entry["files"])
        return known

    def present(self) -> list[str]:
        """Names of all files in the folder, sorted; what an interrupted change left is not named."""
        names = []
        for folder, _, members in os.walk(self.folder):
            below = Path(folder).relative_to(self.folder)
            names += [(below / member).as_posix() for member in members if not member.endswith(_LEFTOVERS)]
        return sorted(names)

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self.folder / PurePosixPath(name)

    def current(self, name: str, digest: str | None) -> Path:
        """Where the content lies that the history vouches for: in place, or still beside it."""
        place = self.path(name)
        beside = place.with_name(place.name + _NEW)
        if beside.is_file() and store.sha256_of(beside) == digest:
            return beside
        return place

    def commit(
        self,
        event: str,
        files: Mapping[str, bytes],
        *,
        placed: Mapping[str, str] | None = None,
        **details: Any,
    ) -> None:
        """Change the package: see the module.

        Args:
            event: one word for what happened.
            files: new content by name.
            placed: SHA-256 (hex) by name of files that were written already and that nobody vouches for yet.
            details: JSON values for the entry.

        Raises:
            OSError: the disk is full or refuses.
            BrokenLogError: the history was altered; nothing is written.
        """
        self.finish()
        known = self.vouched()
        for name, data in files.items():
            place = self.path(name)
            store.write(place.with_name(place.name + _NEW) if name in known else place, data)
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} | dict(placed or {})
        self.history.append({"at": present_time(), "event": event, "files": hashes, "details": details})
        self.finish()

    def finish(self) -> None:
        """Finish a change that was stopped after its entry. May be called at any time."""
        known = self.vouched()
        for name, digest in known.items():
            place = self.path(name)
            if (waiting := self.current(name, digest)) != place:
                waiting.replace(place)
                store.settle_folder(place.parent)
        sums = self.expected_sums(known)
        if known and (not self.path(SUMS).is_file() or self.path(SUMS).read_bytes() != sums):
            store.write(self.path(SUMS), sums)

    def sums_stand(self, known: Mapping[str, str]) -> bool:
        """Whether ``SHA256SUMS`` says what the history says, or said before its last, interrupted change."""
        said = self.path(SUMS).read_bytes()
        if said == self.expected_sums(known):
            return True
        lines = self.path(HISTORY).read_bytes().splitlines(keepends=True)
        earlier: dict[str, str] = {}
        for entry in self.history.entries()[:-1]:
            earlier.update(entry["files"])
        before = hashlib.sha256(b"".join(lines[: len(self.history.entries()) - 1])).hexdigest()
        return said == checksums.render({**earlier, HISTORY: before})

    def expected_sums(self, known: Mapping[str, str]) -> bytes:
        """What ``SHA256SUMS`` has to say."""
        return checksums.render({**known, HISTORY: store.sha256_of(self.path(HISTORY))} if known else known)


def present_time() -> str:
    """Now, as ISO 8601 in UTC with seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
