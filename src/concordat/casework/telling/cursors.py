# SPDX-License-Identifier: Apache-2.0
"""How far the events of a suite were told: a place on the chain, and marks by which a reorganisation shows.

A cursor is a block, the number of the last event told in it, and the block's hash. It is written as
``BLOCK:INDEX:HASH``; ``all`` for the index says that nothing of the block is left to tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from concordat.errors import ConcordatError, FileError, UsageError
from concordat.evidence import canonical, fields, store
from concordat.ledger.feed import Feed, Mark
from concordat.ledger.protocol import Event

ALL: Final = fields.MOST
"""Index after every event of a block."""
_FORM: Final = re.compile(r"([0-9]{1,15}):([0-9]{1,9}|all):(0x[0-9a-f]{64})")


@dataclass(frozen=True)
class Cursor:
    """How far was told.

    Attributes:
        block: up to which everything was told, this one up to ``index``.
        index: log index of the last event told in it; ``ALL``: of the whole block.
        hash: of the block; "": it was never looked at, as before the first block of the suite.
        trail: earlier blocks as they were then, oldest first, the farther back the fewer.
    """

    block: int
    index: int = ALL
    hash: str = ""
    trail: tuple[Mark, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """From the text of a cursor.

        Raises:
            UsageError: it is none.
        """
        found = _FORM.fullmatch(text.strip().lower())
        if not found:
            raise UsageError(
                f"'{text}' is no cursor.",
                code="events.cursor",
                next="A cursor is BLOCK:INDEX:HASH, as told by concordat events --json.",
            )
        return cls(int(found[1]), ALL if found[2] == "all" else int(found[2]), found[3])

    def __str__(self) -> str:
        """As ``parse`` reads it."""
        return f"{self.block}:{'all' if self.index == ALL else self.index}:{self.hash}"

    def has_told(self, event: Event) -> bool:
        """Whether an event was told."""
        return (event.block, event.log_index) <= (self.block, self.index)

    def after(self, event: Event) -> Cursor:
        """The cursor once this event is told."""
        return self._at(event.block, event.log_index, event.block_hash)

    def after_block(self, mark: Mark) -> Cursor:
        """The cursor once all of a block is told."""
        return self._at(mark.block, ALL, mark.hash)

    def _at(self, block: int, index: int, digest: str) -> Cursor:
        moved = self.hash and (self.block, self.hash) != (block, digest)
        trail = _thinned((*self.trail, Mark(self.block, self.hash))) if moved else self.trail
        return replace(self, block=block, index=index, hash=digest, trail=trail)


def place_of(event: Event) -> str:
    """The cursor of an event as text."""
    return str(Cursor(event.block, event.log_index, event.block_hash))


def start(feed: Feed) -> Cursor:
    """Before anything was told."""
    return Cursor(feed.first - 1)


def settled(feed: Feed, cursor: Cursor) -> tuple[Cursor, int | None]:
    """The cursor on the chain as it is now.

    Returns:
        the cursor, set back to the last block that is as it was, if the chain was reorganised; and the first
        block whose events are told anew then, else None.
    """
    if not cursor.hash or feed.mark(cursor.block) == (cursor.block, cursor.hash):
        return cursor, None
    for place in range(len(cursor.trail) - 1, -1, -1):
        mark = cursor.trail[place]
        if feed.mark(mark.block) == mark:
            return Cursor(mark.block, ALL, mark.hash, cursor.trail[:place]), mark.block + 1
    return start(feed), feed.first


def read(path: Path, genesis_id: bytes) -> Cursor | None:
    """The cursor that a file keeps; None if there is no file yet.

    Raises:
        FileError: the file is damaged.
        UsageError: it is of another suite.
    """
    if not path.exists():
        return None
    with store.guard("read the cursor"):
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FILE)
    except ConcordatError as error:
        raise FileError(
            f"The cursor in {path.name} is damaged.",
            code="events.damaged",
            kept="Nothing was told.",
            next=f"Delete {path}; then everything is told from the beginning, or from --since.",
        ) from error
    if values["genesis"] != f"0x{genesis_id.hex()}":
        raise UsageError(
            f"The cursor in {path.name} is of another suite.",
            code="events.other_suite",
            kept="Nothing was told.",
            next="Name another file with --cursor.",
        )
    trail = tuple(Mark(block, digest) for block, digest in values["trail"])
    return replace(Cursor.parse(values["cursor"]), trail=trail)


def write(path: Path, cursor: Cursor, genesis_id: bytes) -> None:
    """Keep a cursor, durably.

    Raises:
        FileError: it cannot be kept; what was told is told again.
    """
    content = canonical.dumps(
        {
            "version": 1,
            "genesis": f"0x{genesis_id.hex()}",
            "cursor": str(cursor),
            "trail": [[mark.block, mark.hash] for mark in cursor.trail],
        }
    )
    with store.guard("keep the cursor", kept="What was told is told again."):
        store.write(path, content)


def _thinned(trail: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The newest mark, the oldest, and of those between them the fewer the farther back.

    One is left out if the next older one is at most twice as far back as the one that was kept last.
    """
    newest = trail[-1].block
    kept = [trail[-1]]
    for place in range(len(trail) - 2, -1, -1):
        reach = 2 * (newest - kept[-1].block) + 1
        if not place or newest - trail[place - 1].block > reach:
            kept.append(trail[place])
    return tuple(reversed(kept))


def _is_mark(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and fields.number()(value[0])
        and fields.hexed(32, "0x")(value[1])
    )


def _is_cursor(value: Any) -> bool:
    return isinstance(value, str) and _FORM.fullmatch(value) is not None


_FILE: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(1, 1),
    "genesis": fields.hexed(32, "0x"),
    "cursor": _is_cursor,
    "trail": fields.list_of(_is_mark),
}
