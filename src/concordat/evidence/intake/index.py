# SPDX-License-Identifier: Apache-2.0
"""This agency's own index of what it has already packed: SHA-256 to case, package and exhibit number.

It is a local file, never shared and never on a chain: duplicates in other agencies' cases are not seen here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from concordat.errors import FileError
from concordat.evidence.intake.names import shown

_VERSION = 1
_SCHEMA = """
CREATE TABLE exhibit (
    sha256 BLOB NOT NULL, case_number TEXT NOT NULL, package TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (sha256, case_number, package, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX exhibit_package ON exhibit (case_number, package);
"""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """Where a content is already held: case, package and the exhibit's number in it."""

    case: str
    package: str
    number: int


class CaseIndex:
    """The index in one SQLite file. Several processes may use it at once; a package is in it wholly or not.

    Args:
        path: the file, made if it does not exist; its folder must exist.
        timeout: seconds to wait for another process that is writing.

    Raises:
        FileError: the file cannot be opened or is no index.
    """

    def __init__(self, path: Path, *, timeout: float = 30.0) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(path, timeout=timeout, isolation_level=None)
            with self._transaction():
                (version,) = self._db.execute("PRAGMA user_version").fetchone()
                if version == 0:
                    self._create()
                elif version != _VERSION:
                    raise sqlite3.DatabaseError(f"it is of version {version}, this program knows {_VERSION}")
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def __enter__(self) -> CaseIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(self, sha256: str) -> tuple[Occurrence, ...]:
        """All places that hold this content (hex digest), ordered."""
        try:
            rows = self._db.execute(
                "SELECT case_number, package, number FROM exhibit WHERE sha256 = ? ORDER BY 1, 2, 3",
                (bytes.fromhex(sha256),),
            )
            return tuple(Occurrence(case, package, number) for case, package, number in rows)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def replace(self, case: str, package: str, exhibits: Iterable[tuple[str, int]]) -> None:
        """Record a package: ``(sha256 hex, number)`` of all its exhibits, instead of what was known of it.

        All or nothing: if ``exhibits`` or the disk fails, the index is as it was before.
        """
        try:
            with self._transaction():
                self._forget(case, package)
                self._db.executemany(
                    "INSERT OR IGNORE INTO exhibit VALUES (?, ?, ?, ?)",
                    ((bytes.fromhex(sha256), case, package, number) for sha256, number in exhibits),
                )
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def remove(self, case: str, package: str) -> None:
        """Forget a package."""
        try:
            with self._transaction():
                self._forget(case, package)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _create(self) -> None:
        if self._db.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise sqlite3.DatabaseError("it is a database of something else")
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {_VERSION}")

    def _forget(self, case: str, package: str) -> None:
        self._db.execute("DELETE FROM exhibit WHERE case_number = ? AND package = ?", (case, package))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write under a lock taken at the start: two writers wait for each other instead of failing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _failed(self, error: sqlite3.Error) -> FileError:
        return FileError(
            f"The index of this agency's cases {shown(str(self._path))} cannot be used: {error}.",
            code="intake.index",
            kept="Evidence and packages are untouched; the index only serves to find duplicates.",
            next="Free disk space or move the file away: it is made anew, and then knows only new packages.",
        )
