# SPDX-License-Identifier: Apache-2.0
"""States from events alone, held against what the contracts say: any member can rebuild all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from concordat.casework.events import PAGE
from concordat.cooperation.rebuilding.agreed import Agreements
from concordat.cooperation.rebuilding.assisted import Assisted
from concordat.cooperation.rebuilding.casefiles import Cases
from concordat.cooperation.rebuilding.freezes import Freezes
from concordat.cooperation.rebuilding.ground import Ground
from concordat.evidence.laws import Text
from concordat.ledger.chain import Chain
from concordat.ledger.feed import Feed
from concordat.ledger.protocol import Event

Ask = Callable[..., Any]
"""Asks a contract: its name, the function, the arguments."""

KINDS: Final = {
    "freeze": Text("freeze requests", "冻结请求"),
    "hold": Text("holds", "控制措施"),
    "assistance": Text("requests for assistance", "协助请求"),
    "agreement": Text("agreements", "协定"),
    "case": Text("cases", "案件"),
}


@dataclass(frozen=True)
class Difference:
    """A value that the contract says otherwise than the events.

    Attributes:
        kind: of the object, a key of ``KINDS``.
        id: of the object, 32 bytes.
        name: of the value.
        rebuilt: from events.
        there: by the contract.
    """

    kind: str
    id: bytes
    name: str
    rebuilt: Any
    there: Any


@dataclass(frozen=True)
class Comparison:
    """How the two agree.

    Attributes:
        at: block up to which events were read, and of which the contracts were asked; 0 where there are none.
        events: how many were read.
        objects: how many of each kind.
        equal: how many of each kind are equal in every value.
    """

    at: int
    events: int
    objects: dict[str, int]
    equal: dict[str, int]
    differences: tuple[Difference, ...]


@dataclass
class World:
    """Everything that was rebuilt."""

    events: int = 0
    ground: Ground = field(default_factory=Ground)
    agreements: Agreements = field(default_factory=Agreements)
    cases: Cases = field(default_factory=Cases)

    def __post_init__(self) -> None:
        self.freezes = Freezes(self.ground)
        self.assisted = Assisted(self.ground, self.agreements)

    def take(self, events: Iterable[Event]) -> World:
        """Learn from events, oldest first, with times."""
        takers = {
            "AgencyRegistry": self.ground.take,
            "AgreementRegistry": self.agreements.take,
            "AssistanceRequests": self.assisted.take,
            "AssistanceAnswers": self.assisted.take,
            "CaseRegistry": self.cases.take,
            **dict.fromkeys(("FreezeProfiles", "FreezeRequests", "Holds", "Objections"), self.freezes.take),
        }
        for event in events:
            self.events += 1
            taker = takers.get(event.contract)
            if taker:
                taker(event)
        return self


def rebuild(chain: Chain) -> Comparison:
    """Rebuild everything from the events of a chain, and compare it with the contracts at the same block."""
    feed, world = Feed(chain), World()
    head = feed.head().block
    for first in range(feed.first, head + 1, PAGE):
        world.take(feed.between(first, min(first + PAGE - 1, head)).events)

    def ask(contract: str, function: str, *args: Any) -> Any:
        return chain.call(contract, function, *args, block=head)

    return compare(world, ask, feed.time_of(head), head)


def compare(world: World, ask: Ask, at: int, block: int = 0) -> Comparison:
    """Hold every object against what the contracts say.

    Args:
        world: rebuilt.
        ask: asks a contract.
        at: time of which statuses are compared, seconds since 1970 UTC.
        block: at which the contracts are asked, to be told.
    """
    objects, equal = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    found: list[Difference] = []
    for kind, key, rebuilt, there in _pairs(world, ask, at):
        objects[kind] += 1
        wrong = [name for name in rebuilt if rebuilt[name] != there[name]]
        equal[kind] += not wrong
        found += [Difference(kind, key, name, rebuilt[name], there[name]) for name in wrong]
    return Comparison(block, world.events, objects, equal, tuple(found))


def _pairs(world: World, ask: Ask, at: int) -> Iterator[tuple[str, bytes, dict[str, Any], dict[str, Any]]]:
    """Each object as rebuilt and as the contract says."""
    for key in world.freezes.requests:
        rebuilt = {**world.freezes.request_values(key), "status": int(world.freezes.request_status(key, at))}
        there = ask("FreezeRequests", "requestOf", key)._asdict()
        yield "freeze", key, rebuilt, {**there, "status": ask("FreezeRequests", "statusAt", key, at)}
    for key, hold in world.freezes.holds.items():
        rebuilt = {**world.freezes.hold_values(key), "status": int(world.freezes.hold_status(key, at))}
        there = ask("Holds", "holdOf", key)._asdict()
        status = ask("Holds", "statusAt", hold.request, hold.target, at)
        yield "hold", key, rebuilt, {**there, "status": status}
    for key, request in world.assisted.requests.items():
        rebuilt = {**request.values(), "status": int(world.assisted.status_at(key, at))}
        there = ask("AssistanceRequests", "requestOf", key)._asdict()
        yield "assistance", key, rebuilt, {**there, "status": ask("AssistanceRequests", "statusAt", key, at)}
    for key, thread in world.agreements.threads.items():
        yield "agreement", key, thread.values(at), _agreement(ask, key, list(thread.parties), at)
    for key, case in world.cases.cases.items():
        yield "case", key, case.values(), _case(ask, key)


def _agreement(ask: Ask, key: bytes, parties: list[int], at: int) -> dict[str, Any]:
    registry = "AgreementRegistry"
    return {
        "status": ask(registry, "statusAt", key, at),
        "agreedVersion": ask(registry, "agreedVersion", key),
        "binds": {party: ask(registry, "bindsAt", key, party, at) for party in sorted(parties)},
    }


def _case(ask: Ask, key: bytes) -> dict[str, Any]:
    registry = "CaseRegistry"
    numbers = range(1, ask(registry, "deadlinesOf", key) + 1)
    return {
        "status": ask(registry, "statusOf", key),
        "lead": ask(registry, "leadOf", key),
        "claimants": sorted(ask(registry, "claimantsOf", key)),
        "consultUntil": ask(registry, "consultUntil", key),
        "victims": ask(registry, "victims", key),
        "deadlines": [tuple(ask(registry, "deadlineOf", key, number))[2:] for number in numbers],
    }
