# SPDX-License-Identifier: Apache-2.0
"""The outbox on disk (SQLite): intents, and the signed transactions that were made for them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from concordat.errors import FileError
from concordat.ledger.transactions import Signed

_SCHEMA = """
create table if not exists intents (
    number integer primary key,
    key text not null,               -- SHA-256 of suite, sender and call
    genesis text not null,
    sender text not null,
    label text not null,
    accepted_at real not null,
    closed_at real,                  -- null: the outcome is not recorded
    outcome text,
    transaction_hash text
);
create unique index if not exists one_unfinished on intents (key) where closed_at is null;
create table if not exists attempts (
    hash text primary key,
    intent integer not null references intents (number),
    raw blob not null,
    sender text not null,
    nonce integer not null,
    made_at real not null
);
"""


@dataclass(frozen=True)
class Intent:
    """Something that was accepted from the user.

    Attributes:
        label: what it is, "EvidenceRegistry.register".
        accepted_at: seconds since 1970 UTC.
    """

    number: int
    sender: str
    label: str
    accepted_at: float


class OutboxFile:
    """The tables. Every change is on the disk when the method returns."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> None:
        """Make the database if it is not there.

        Raises:
            FileError: it cannot be made, or is damaged.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as connection:
            connection.executescript(_SCHEMA)

    def accept(self, key: str, genesis: str, sender: str, label: str) -> Intent:
        """Write down an intent; the unfinished one with the same key if there is one."""
        with self._connection() as connection:
            connection.execute(
                "insert or ignore into intents (key, genesis, sender, label, accepted_at)"
                " values (?, ?, ?, ?, ?)",
                (key, genesis, sender, label, time.time()),
            )
            row = connection.execute(
                "select number, sender, label, accepted_at from intents where key = ? and closed_at is null",
                (key,),
            ).fetchone()
        return Intent(*row)

    def unfinished(self, genesis: str) -> list[Intent]:
        """Intents of one suite that are not closed, oldest first."""
        if not self._path.exists():
            return []
        with self._connection() as connection:
            rows = connection.execute(
                "select number, sender, label, accepted_at from intents"
                " where genesis = ? and closed_at is null order by number",
                (genesis,),
            ).fetchall()
        return [Intent(*row) for row in rows]

    def add_attempt(self, intent: Intent, signed: Signed) -> None:
        """Write down a signed transaction, before it is sent."""
        with self._connection() as connection:
            connection.execute(
                "insert or ignore into attempts values (?, ?, ?, ?, ?, ?)",
                (signed.hash, intent.number, signed.raw, signed.sender, signed.nonce, time.time()),
            )

    def attempts(self, intent: Intent) -> list[Signed]:
        """The signed transactions of an intent, oldest first."""
        with self._connection() as connection:
            rows = connection.execute(
                "select raw, hash, sender, nonce from attempts where intent = ? order by made_at, nonce",
                (intent.number,),
            ).fetchall()
        return [Signed(*row) for row in rows]

    def close(self, intent: Intent, outcome: str, transaction: str | None = None) -> None:
        """Record the outcome of an intent."""
        with self._connection() as connection:
            connection.execute(
                "update intents set closed_at = ?, outcome = ?, transaction_hash = ? where number = ?",
                (time.time(), outcome, transaction, intent.number),
            )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self._path, timeout=10)
            try:
                connection.execute("pragma synchronous = full")
                with connection:
                    yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            full = "full" in str(error)
            raise FileError(
                "The disk is full: the outbox could not be written."
                if full
                else f"The outbox {self._path} cannot be used: {error}.",
                code="disk.full" if full else "outbox.damaged",
                kept="Nothing was sent.",
                next="Free some space and run the command again."
                if full
                else "Take it from a backup. Without one, look on the chain for what was sent.",
            ) from error
