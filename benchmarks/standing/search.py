# SPDX-License-Identifier: Apache-2.0
"""Looks for something worse than the bounds say: random floods against random neglect, on the very model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.standing.bounds import RING, Means
from benchmarks.standing.world import PANEL_SPEAKS, START
from concordat.membership.numbers import number_of
from concordat.membership.standing.replay import Accounts, Annulled, Recorded
from concordat.membership.standing.score import QUARTER, Outcome

_RATED: Final = number_of(1, 1)
_FRIENDS: Final = range(2, 1 + RING)
_REST: Final = 25
_FLOODS: Final = (0, 1, 5, 40)
SETTLED: Final = 8
"""Quarters after which a lift is counted as of who has been at it for two years."""


@dataclass(frozen=True)
class Plan:
    """One quarter of an attack.

    Attributes:
        flood: sham requests of each friend, all answered and confirmed at once, first thing in the quarter.
        jurisdictions: of the rest, that ask.
        overdue: of each of them, the requests that become overdue.
        answered: of how many of them one more request is answered and confirmed.
    """

    flood: int
    jurisdictions: int
    overdue: int
    answered: int


@dataclass
class Pair:
    """The same agency with the ring's help and without."""

    lifted: Accounts
    alone: Accounts
    serial: int = 0

    def said(self, by: int, outcome: Outcome, at: int, *, sham: bool = False) -> None:
        """Record what was said of it in both worlds, what is sham only in one."""
        self.serial += 1
        event = Recorded(self.serial.to_bytes(8), _RATED, number_of(by, 1), outcome, at)
        self.lifted.apply(event)
        if not sham:
            self.alone.apply(event)

    def lift(self, at: int) -> int:
        """How much the ring lifts it now, in basis points."""
        return self.lifted.score(_RATED, at) - self.alone.score(_RATED, at)


def lifts(plans: list[Plan]) -> Iterator[tuple[int, int, int]]:
    """Quarter, lift and tier with the ring, whenever the lift can be at a peak."""
    pair = Pair(Accounts(), Accounts())
    for quarter, plan in enumerate(plans):
        at = START + quarter * QUARTER
        for friend in _FRIENDS:
            for _ in range(plan.flood):
                pair.said(friend, Outcome.ANSWERED_IN_TIME, at, sham=True)
                pair.said(friend, Outcome.CONFIRMED, at, sham=True)
        yield quarter, pair.lift(at), pair.lifted.tier(_RATED, at)
        for each in range(plan.jurisdictions):
            for _ in range(plan.overdue):
                pair.said(10 + each, Outcome.OVERDUE, at + 1)
            if each < plan.answered:
                pair.said(10 + each, Outcome.ANSWERED_IN_TIME, at + 2)
                pair.said(10 + each, Outcome.CONFIRMED, at + 2)
            yield quarter, pair.lift(at + 2), pair.lifted.tier(_RATED, at + 2)


def plans(chance: random.Random, least: int, quarters: int) -> list[Plan]:
    """An attack, steady or changing: at least so many of the rest have a request overdue each quarter."""
    steady = chance.random() < 0.5
    # Half of the attacks meet the least that the rest is to do: there the lift is greatest.
    bare = chance.random() < 0.5

    def one() -> Plan:
        jurisdictions = least if bare else chance.randint(least, _REST)
        answered = 0 if bare else chance.randint(0, jurisdictions)
        return Plan(chance.choice(_FLOODS), jurisdictions, 1 if bare else chance.randint(1, 3), answered)

    first = one()
    return [first if steady else one() for _ in range(quarters)]


def worst_lift(seed: int, least: int, attacks: int, quarters: int = 12) -> tuple[int, int]:
    """The greatest lift found at any time, and from the third year on; `least` as for `plans`."""
    chance, ever, settled = random.Random(seed), 0, 0
    steady = [[Plan(max(_FLOODS), least + more, 1, 0)] * quarters for more in range(5)]
    for attack in [*steady, *(plans(chance, least, quarters) for _ in range(attacks))]:
        for quarter, found, _ in lifts(attack):
            ever = max(ever, found)
            settled = max(settled, found if quarter >= SETTLED else 0)
    return ever, settled


def enough(quarters: int = 20, settled: int = 12) -> int:
    """The fewest jurisdictions, one overdue request each, that keep who is flooded with praise in tier 1."""
    for jurisdictions in range(1, _REST):
        found = lifts([Plan(max(_FLOODS), jurisdictions, 1, 0)] * quarters)
        if all(tier for quarter, _, tier in found if quarter >= settled):
            return jurisdictions
    return _REST


@dataclass(frozen=True)
class Spite:
    """What spiteful raters do to a victim each quarter.

    Attributes:
        means: of their spite.
        errs: how often a panel is wrong.
        flood: requests between each of them and the victim.
        share: of them that comes before a panel; they confirm nothing.
        confirmed: whether who wins a dispute is confirmed.
        helpers: other jurisdictions that have one answer of the victim confirmed, when panels have spoken.
    """

    means: Means
    errs: float
    flood: int
    share: float = 1.0
    confirmed: bool = True
    helpers: int = 0

    def outcomes(self, chance: random.Random) -> Iterator[tuple[Outcome, bool]]:
        """What one request says of the victim, and whether a panel takes it back."""
        if self.means is Means.DISPUTES:
            yield Outcome.ANSWERED_IN_TIME, False
        if chance.random() >= self.share:
            return
        wrong = chance.random() < self.errs
        if self.means is Means.COURTS:
            yield Outcome.FREEZE_UNJUSTIFIED, not wrong
        elif wrong:
            misuse = self.means is Means.MISUSE
            yield Outcome.USE_LIMIT_BREACHED if misuse else Outcome.DISPUTE_LOST, False
        if not wrong and (self.confirmed or self.means is Means.DISPUTES):
            yield Outcome.CONFIRMED, False


def worst_spite(seed: int, spite: Spite, quarters: int = 12) -> tuple[int, int]:
    """The lowest score of a victim, each quarter when panels have spoken, and its worst tier then."""
    chance, accounts, serial = random.Random(seed), Accounts(), 0
    lowest, tier = 10_000, 0
    for quarter in range(quarters):
        at, then = START + quarter * QUARTER, START + quarter * QUARTER + PANEL_SPEAKS
        said = [
            (rater, *each)
            for rater in range(10, 10 + RING)
            for _ in range(spite.flood)
            for each in spite.outcomes(chance)
        ]
        wrong = []
        for rater, outcome, taken_back in said:
            serial += 1
            event = Recorded(serial.to_bytes(8), _RATED, number_of(rater, 1), outcome, at)
            accounts.apply(event)
            wrong += [Annulled(event.id, then)] if taken_back else []
        for each in wrong:
            accounts.apply(each)
        for helper in range(20, 20 + spite.helpers):
            for outcome in (Outcome.ANSWERED_IN_TIME, Outcome.CONFIRMED):
                serial += 1
                accounts.apply(Recorded(serial.to_bytes(8), _RATED, number_of(helper, 1), outcome, then))
        lowest = min(lowest, accounts.score(_RATED, then))
        tier = max(tier, accounts.tier(_RATED, then))
    return lowest, tier
