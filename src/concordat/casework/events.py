# SPDX-License-Identifier: Apache-2.0
"""Events of the whole suite: read from anywhere on, and told to others, each at least once and in order.

How far was told is kept after each event that was taken. Whoever does not take one is told the same again
before any later one. A chain that was reorganised is noticed by the hashes of its blocks, said, and what it
holds since then is told anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from concordat.casework.telling import cursors, eventwords
from concordat.casework.telling.cursors import Cursor
from concordat.casework.telling.tellers import Teller, TellError
from concordat.errors import UsageError
from concordat.ledger import artifacts
from concordat.ledger.chain import Chain
from concordat.ledger.feed import Feed, Mark
from concordat.ledger.protocol import Event
from concordat.membership import agencies

NAME: Final = "events.json"
"""Of the cursor in a workspace."""
PAGE: Final = 2_000
"""Blocks that are asked for at once."""
SHORTEST_PREFIX: Final = 8
"""Digits by which an id may be shortened."""
REORGANISED: Final = "ChainReorganised"


@dataclass(frozen=True)
class Wanted:
    """Which events are told; all by default.

    Attributes:
        of: names, ``Contract.Event`` or ``Contract``; empty: all.
        agency: number of an agency that must be named; None: any.
        prefix: lower-case hexadecimal digits that an id or address must begin with; "": any.
    """

    of: frozenset[str] = frozenset()
    agency: int | None = None
    prefix: str = ""

    def holds(self, event: Event) -> bool:
        """Whether it is one of them."""
        named = not self.of or bool({event.contract, f"{event.contract}.{event.name}"} & self.of)
        if not named or (self.agency is None and not self.prefix):
            return named
        return any(self._is_about(part, value) for part, value in _leaves(event))

    def _is_about(self, part: Mapping[str, Any], value: Any) -> bool:
        if self.agency is not None:
            return part.get("internalType") == "AgencyId" and value == self.agency
        text = value.hex() if isinstance(value, bytes) else str(value).lower().removeprefix("0x")
        return part["type"] in ("bytes32", "address") and text.startswith(self.prefix)


ALL: Final = Wanted()


@dataclass
class Stream:
    """The events of a suite, with the names that people give.

    Args:
        chain: where.
        wanted: which are told.
    """

    chain: Chain
    wanted: Wanted = ALL
    unknown: int = field(default=0, init=False)

    @cached_property
    def feed(self) -> Feed:
        """Everything that the suite says."""
        return Feed(self.chain)

    def start(self, since: str | int | None) -> Cursor:
        """Before the first event that is wanted.

        Args:
            since: a cursor, the number of a block, or None for the beginning of the suite.
        """
        if since is None:
            return cursors.start(self.feed)
        if isinstance(since, str):
            return Cursor.parse(since)
        return Cursor(max(since, self.feed.first) - 1)

    def start_at(self, time: int) -> Cursor:
        """Before the first event at a time (seconds since 1970 UTC) or later."""
        return Cursor(self.feed.block_at(time) - 1)

    def after(self, cursor: Cursor) -> Iterator[tuple[Event | None, Cursor]]:
        """What is wanted after a cursor, oldest first, each with the cursor once it is told.

        With None for the event: nothing more is wanted up to there.
        """
        head = self.feed.head()
        first = cursor.block if cursor.index != cursors.ALL else cursor.block + 1
        while first <= head.block:
            last = self._page_end(first, head)
            said = self.feed.between(first, last.block)
            self.unknown += said.unknown
            for event in said.events:
                if not cursor.has_told(event) and self.wanted.holds(event):
                    cursor = cursor.after(event)
                    yield event, cursor
            cursor = cursor.after_block(last)
            yield None, cursor
            first = last.block + 1

    def told(self, event: Event) -> dict[str, Any]:
        """What is told of an event; the same whenever it is."""
        if any(number not in self._names for number in _agencies_in(event)):
            del self._names  # somebody was admitted since
        return eventwords.as_json(event, self._names)

    def words(self, event: Event, lang: str) -> str:
        """An event in one line for people."""
        return eventwords.sentence(event, self._names, lang)

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {
            event.args["agency"]: event.args["name"].rstrip(b"\0").decode("ascii", "replace")
            for event in self.chain.events(agencies.REGISTRY, "AgencyAdmitted")
        }

    def _page_end(self, first: int, head: Mark) -> Mark:
        if head.block - first < PAGE:
            return head
        return self.feed.mark(first + PAGE - 1) or head


@dataclass(frozen=True)
class Round:
    """What one look brought.

    Attributes:
        told: what was told of each event, in order.
        failed: why the next one was not taken; it is told again, before any later one.
        reorganised: first block whose events are told anew, because the chain is another one from there.
        unknown: events that this installation cannot read.
        cursor: how far was told.
    """

    cursor: Cursor
    told: tuple[Mapping[str, Any], ...] = ()
    failed: TellError | None = None
    reorganised: int | None = None
    unknown: int = 0


def look(
    stream: Stream,
    tellers: Sequence[Teller],
    start: Cursor,
    path: Path | None = None,
    seen: Callable[[Mapping[str, Any]], None] = lambda _: None,
) -> Round:
    """One round: tell what is new since the kept cursor, or since ``start`` where none is kept yet.

    Args:
        stream: of the suite.
        tellers: who is told.
        start: where to begin.
        path: where the cursor is kept; None: nowhere.
        seen: is given everything that was told, once everybody took it.

    Raises:
        NodeError: the node is lost; what was told before stays told.
        FileError: the cursor cannot be kept, or is damaged.
    """
    feed, told, before = stream.feed, [], stream.unknown
    cursor, anew = cursors.settled(feed, _kept(path, feed) or start)
    try:
        if anew is not None:
            _tell(tellers, _reorganised(anew), seen)
            _keep(path, cursor, feed)
        for event, reached in stream.after(cursor):
            if event is not None:
                told.append(stream.told(event))
                _tell(tellers, told[-1], seen)
            cursor = reached
            _keep(path, cursor, feed)
    except TellError as error:
        return Round(cursor, tuple(told[:-1]), error, anew, stream.unknown - before)
    return Round(cursor, tuple(told), None, anew, stream.unknown - before)


def wanted(chain: Chain, of: Sequence[str], about: str | None) -> Wanted:
    """Which events are meant.

    Args:
        chain: that knows agencies by name.
        of: ``Contract.Event`` or ``Contract``.
        about: name or number of an agency, or the beginning of an id or address, with 0x.

    Raises:
        UsageError: there is no such event or agency.
    """
    names = frozenset(_name_of(each) for each in of)
    if about is None:
        return Wanted(names)
    if not about.lower().startswith("0x"):
        return Wanted(names, agency=agencies.find_agency(chain, about).number)
    digits = about[2:].lower()
    if not SHORTEST_PREFIX <= len(digits) <= 64 or not set(digits) <= set("0123456789abcdef"):
        raise UsageError(
            f"'{about}' is no id.",
            code="events.about",
            next=f"Give 0x and at least {SHORTEST_PREFIX} hexadecimal digits, or the name of an agency.",
        )
    return Wanted(names, prefix=digits)


def _name_of(text: str) -> str:
    contract, _, event = text.partition(".")
    abi = artifacts.load(contract).abi if contract in artifacts.names() else ()
    known = [entry["name"] for entry in abi if entry["type"] == "event"]
    if not known or (event and event not in known):
        raise UsageError(
            f"No contract of this suite says '{text}'.",
            code="events.unknown",
            next=f"{contract} says: {', '.join(sorted(known))}"
            if known
            else "Write CONTRACT or CONTRACT.EVENT.",
        )
    return text


def _leaves(event: Event) -> Iterator[tuple[Mapping[str, Any], Any]]:
    for part in eventwords.inputs(event.contract, event.name):
        yield from _inside(part, event.args[part["name"]])


def _inside(part: Mapping[str, Any], value: Any) -> Iterator[tuple[Mapping[str, Any], Any]]:
    if part["type"].endswith("]"):
        kind, meant = part["type"].rpartition("[")[0], str(part.get("internalType", "")).rpartition("[")[0]
        for each in value:
            yield from _inside({**part, "type": kind, "internalType": meant}, each)
    elif part["type"] == "tuple":
        for inner, each in zip(part["components"], value, strict=True):
            yield from _inside(inner, each)
    else:
        yield part, value


def _agencies_in(event: Event) -> Iterator[int]:
    for part, value in _leaves(event):
        if part.get("internalType") == "AgencyId" and value:
            yield value


def _reorganised(first: int) -> dict[str, Any]:
    return {
        "event": REORGANISED,
        "from_block": first,
        "text": {
            "en": f"The chain was reorganised: what was told from block {first} on does not count; "
            "it is told anew as it is now.",
            "zh": f"链已重组：自区块 {first} 起此前通知的内容作废，现按最新状态重新通知。",
        },
    }


def _tell(
    tellers: Sequence[Teller], told: Mapping[str, Any], seen: Callable[[Mapping[str, Any]], None]
) -> None:
    for teller in tellers:
        teller.tell(told)
    seen(told)


def _kept(path: Path | None, feed: Feed) -> Cursor | None:
    return cursors.read(path, feed.genesis_id) if path else None


def _keep(path: Path | None, cursor: Cursor, feed: Feed) -> None:
    if path and cursor.hash:
        cursors.write(path, cursor, feed.genesis_id)
