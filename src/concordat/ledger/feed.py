# SPDX-License-Identifier: Apache-2.0
"""Everything that a suite says, block by block: all events of all its contracts, former versions included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from concordat.errors import NodeError
from concordat.ledger import artifacts, logs
from concordat.ledger.chain import Chain
from concordat.ledger.protocol import Event, in_order
from concordat.ledger.rpc import quantity

DIRECTORY: Final = "Directory"
_MISSING: Final = "node.block_missing"


class Mark(NamedTuple):
    """A block as it was seen.

    Attributes:
        block: its number.
        hash: 0x and 64 digits; another one there later means that the chain was reorganised.
    """

    block: int
    hash: str


@dataclass(frozen=True)
class Said:
    """What some blocks hold.

    Attributes:
        events: oldest first, with times.
        unknown: events of contracts, or of versions, that this installation does not know.
    """

    events: tuple[Event, ...]
    unknown: int = 0


class Feed:
    """The events of a suite in their order.

    Args:
        chain: where.
    """

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._times: dict[int, int] = {}

    @property
    def genesis_id(self) -> bytes:
        """Of the suite, 32 bytes."""
        return self._chain.genesis_id

    @property
    def first(self) -> int:
        """The first block that can hold anything of the suite."""
        return self._chain.since

    def head(self) -> Mark:
        """The newest block."""
        return _mark(self._chain.block("latest"))

    def mark(self, block: int) -> Mark | None:
        """A block as it stands now; None if the chain does not reach so far."""
        try:
            return _mark(self._chain.block(block))
        except NodeError as error:
            if error.code != _MISSING:
                raise
            return None

    def time_of(self, block: int) -> int:
        """When a block was made, seconds since 1970 UTC."""
        if block not in self._times:
            self._times[block] = quantity(self._chain.block(block)["timestamp"])
        return self._times[block]

    def block_at(self, time: int) -> int:
        """The first block made at a time or later; one past the newest if there is none."""
        low, high = self.first, self.head().block + 1
        while low < high:
            middle = (low + high) // 2
            if quantity(self._chain.block(middle)["timestamp"]) < time:
                low = middle + 1
            else:
                high = middle
        return low

    def between(self, first: int, last: int) -> Said:
        """What these blocks hold, both included."""
        if first > last:
            return Said(())
        contracts = self._contracts(last)
        found = self._chain.logs_of(sorted(contracts), [], first, last)
        events = [event for log in found for event in _decoded(log, contracts)]
        timed = tuple(replace(each, time=self.time_of(each.block)) for each in in_order(events))
        return Said(timed, len(found) - len(timed))

    def _contracts(self, last: int) -> Mapping[str, str]:
        """Every contract that was ever part of the suite, by lower-case address; names from the Directory.

        Asked each time: the Council lists new versions, and former ones go on with what they began.
        """
        at = self._chain.address(DIRECTORY).lower()
        listed = self._chain.logs_of(at, [], self.first, last)
        known = {at: DIRECTORY, self._chain.address("Genesis").lower(): "Genesis"}
        for event in logs.decode(listed, {at: DIRECTORY}):
            if event.name == "ModuleListed":
                known[event.args["at"].lower()] = event.args["name"].rstrip(b"\0").decode("ascii", "replace")
        return known


def _decoded(log: Mapping[str, Any], contracts: Mapping[str, str]) -> Sequence[Event]:
    """The event of a log; none if a newer contract than this installation's says something of its own."""
    if contracts.get(str(log["address"]).lower()) not in artifacts.names():
        return ()
    try:
        return logs.decode([log], contracts)
    except ValueError:
        return ()


def _mark(block: Mapping[str, Any]) -> Mark:
    return Mark(quantity(block["number"]), str(block["hash"]))
