# SPDX-License-Identifier: Apache-2.0
"""Five years, event by event, on the model that the contract is compared with.

Askers are drawn from those who are no enemies of order (honest, slow, who mends); each other agency but the
silent gets a request from at least MINIMUM of their jurisdictions every quarter. Malicious agencies and the
ring ask on top. The ring asks and confirms itself as often as it likes. Spiteful agencies open as many
requests to the victim as count and dispute every answer; of what they are asked by it, they claim that it was
used against its limits, and find its freezes unjustified.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

from benchmarks.standing.people import Kind, Manner, Member, members
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.membership.standing.replay import Accounts, Annulled, Declared, Event, Recorded
from concordat.membership.standing.score import DAY, QUARTER, Outcome

START: Final = 228 * QUARTER
QUARTERS: Final = 20
MINIMUM: Final = 8
"""Jurisdictions of the honest rest that ask each agency something each quarter."""
MORE: Final = 4
"""That ask besides, at most."""
SHAM: Final = 40
"""Sham requests of each of the ring to each other of it, each quarter."""
SPITE: Final = 60
"""Requests of each spiteful agency to the victim each quarter: three times the 20 open ones that count."""
TRUST: Final = 8
"""Requests of the victim to each of them, each quarter."""
PANEL: Final = 3
PANEL_SPEAKS: Final = 42 * DAY
"""Seconds from an outcome to a panel's word on it: 14 days to commit, 7 to reveal, 21 to vote."""
FREEZES: Final = 0.25
"""Share of requests that ask for a freeze."""
MALICE: Final = 6
"""Requests of each malicious agency each quarter."""

_ASKERS: Final = frozenset({Kind.HONEST, Kind.VICTIM, Kind.SLOW, Kind.MENDING})


@dataclass(frozen=True)
class Moment:
    """How an agency stands at the end of a quarter."""

    score: int
    tier: int
    withheld: Power


@dataclass
class World:
    """Everybody, and what happened so far.

    Args:
        seed: of all chances.
        jurisdictions: of the thirty agencies.
        collude, spite: whether the rings do what they are for; else their members are merely what they are.
    """

    seed: int
    jurisdictions: int = 30
    collude: bool = True
    spite: bool = True
    accounts: Accounts = field(default_factory=Accounts)
    events: list[Event] = field(default_factory=list)
    history: dict[int, list[Moment]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members = members(self.jurisdictions)
        self._chance = random.Random(self.seed)
        self._serial = 0
        self._pending: list[tuple[int, int, Event]] = []
        # One voice a jurisdiction: that of its first agency.
        self._voices = {jurisdiction_of(each.number): each for each in reversed(self.members)}
        for jurisdiction in self._voices:
            self._apply(Declared(jurisdiction, True, START))

    def run(self, quarters: int = QUARTERS) -> World:
        """Let time pass."""
        for quarter in range(quarters):
            begin = START + quarter * QUARTER
            acts = list(self._quarter(quarter))
            times = sorted(self._chance.randrange(DAY, QUARTER - DAY) for _ in acts)
            self._chance.shuffle(acts)
            if self.collude:
                self._collude(begin)
            for act, passed in zip(acts, times, strict=True):
                self._happen(*act, quarter, begin + passed)
            self._note(begin + QUARTER - 1)
        return self

    def of(self, kind: Kind) -> list[Member]:
        """All of a kind."""
        return [each for each in self.members if each.kind is kind]

    def _quarter(self, quarter: int) -> Iterator[tuple[Member, Member]]:
        """Who asks whom."""
        askers = [each for each in self.members if each.kind in _ASKERS]
        for receiver in self.members:
            if receiver.kind is Kind.SILENT:
                continue
            others = _one_each(askers, receiver)
            for asker in self._chance.sample(
                others, min(MINIMUM + self._chance.randint(0, MORE), len(others))
            ):
                yield asker, receiver
        for asker in self.of(Kind.MALICIOUS) + self.of(Kind.RING):
            for receiver in self._chance.sample(_one_each(askers, asker), MALICE):
                yield asker, receiver
        if self.spite:
            for asker in self.of(Kind.SPITEFUL):
                for victim in self.of(Kind.VICTIM):
                    yield from ((asker, victim) for _ in range(SPITE))
                    yield from ((victim, asker) for _ in range(TRUST))

    def _happen(self, asker: Member, receiver: Member, quarter: int, at: int) -> None:
        """One request and what becomes of it."""
        withheld = self.accounts.withheld_at(asker.number, at)
        spite = self._spites(asker, receiver)
        freeze = not spite and self._is(FREEZES)
        if withheld & (Power.REQUEST if freeze else Power.ASK):
            return
        manner = receiver.manner(quarter)
        if spite:
            self._say(receiver, asker, Outcome.ANSWERED_IN_TIME, at)
            self._claim(asker, receiver, Outcome.DISPUTE_LOST, at)
        elif freeze:
            self._freeze(asker, receiver, quarter, at)
        else:
            self._assist(asker, receiver, manner, at)
            if self._spites(receiver, asker):
                self._claim(receiver, asker, Outcome.USE_LIMIT_BREACHED, at)
            elif self._is(asker.manner(quarter).breach):
                self._say(asker, receiver, Outcome.USE_LIMIT_BREACHED, at)

    def _freeze(self, asker: Member, receiver: Member, quarter: int, at: int) -> None:
        manner = receiver.manner(quarter)
        if self._is(manner.ignore):
            self._say(receiver, asker, Outcome.FREEZE_OVERDUE, at)
        elif self._is(manner.late):
            self._say(receiver, asker, Outcome.FREEZE_ANSWERED_LATE, at)
        else:
            self._say(receiver, asker, Outcome.FREEZE_ANSWERED, at)
        if self._spites(receiver, asker):
            self._found_wrong(asker, receiver, Outcome.FREEZE_UNJUSTIFIED, at)
        elif self._is(asker.manner(quarter).unjustified):
            self._say(asker, receiver, Outcome.FREEZE_UNJUSTIFIED, at)

    def _assist(self, asker: Member, receiver: Member, manner: Manner, at: int) -> None:
        if self._is(manner.refuse):
            return
        if self._is(manner.late_acknowledged):
            self._say(receiver, asker, Outcome.ACKNOWLEDGED_LATE, at)
        if self._is(manner.ignore):
            self._say(receiver, asker, Outcome.OVERDUE, at)
            return
        if self._is(manner.other):
            self._say(receiver, asker, Outcome.REFUSED_WITHOUT_GROUND, at)
            return
        late = self._is(manner.late)
        self._say(receiver, asker, Outcome.ANSWERED_LATE if late else Outcome.ANSWERED_IN_TIME, at)
        if self._is(manner.wrong):
            self._say(receiver, asker, Outcome.DISPUTE_LOST, at)
        elif self._is(manner.confirm):
            self._say(receiver, asker, Outcome.CONFIRMED, at)
        if self._is(manner.excluded):
            half = self._is(0.5)  # of them are the court's fault
            (self._found_wrong if half else self._say)(receiver, asker, Outcome.EVIDENCE_EXCLUDED, at)

    def _found_wrong(self, rated: Member, other: Member, outcome: Outcome, at: int) -> None:
        """A court or reviewer of the other side said what is not so; the rated agency goes to a panel."""
        identity = self._say(rated, other, outcome, at)
        if not self._panel_errs(other, rated):
            then = at + PANEL_SPEAKS
            self._later(Annulled(identity, then))
            self._later(Recorded(self._identity(), rated.number, other.number, Outcome.CONFIRMED, then))

    def _claim(self, claimant: Member, respondent: Member, lost: Outcome, at: int) -> None:
        """A dispute without reason. Whoever wins it is confirmed by the panel."""
        if self._panel_errs(claimant, respondent):
            self._say(respondent, claimant, lost, at)
        else:
            self._say(claimant, respondent, Outcome.DISPUTE_LOST, at)
            self._say(respondent, claimant, Outcome.CONFIRMED, at)

    def _panel_errs(self, claimant: Member, respondent: Member) -> bool:
        """Whether most of three other jurisdictions vote against who is right (the respondent)."""
        sides = {jurisdiction_of(claimant.number), jurisdiction_of(respondent.number)}
        panel = self._chance.sample([each for each in self._voices if each not in sides], PANEL)
        return 2 * sum(self._errs(self._voices[each], claimant) for each in panel) > PANEL

    def _errs(self, voice: Member, claimant: Member) -> bool:
        friends = voice.kind is claimant.kind and voice.kind in (Kind.SPITEFUL, Kind.RING)
        return friends or not self._is(voice.manner(-1).right)

    def _collude(self, begin: int) -> None:
        """Sham requests, at once when the quarter begins: before anybody else has said anything."""
        ring = self.of(Kind.RING)
        for asker in ring:
            if self.accounts.withheld_at(asker.number, begin) & Power.ASK:
                continue
            for receiver in ring:
                for _ in range(SHAM if receiver is not asker else 0):
                    self._say(receiver, asker, Outcome.ANSWERED_IN_TIME, begin)
                    self._say(receiver, asker, Outcome.CONFIRMED, begin)

    def _say(self, rated: Member, other: Member, outcome: Outcome, at: int) -> bytes:
        identity = self._identity()
        self._apply(Recorded(identity, rated.number, other.number, outcome, at))
        return identity

    def _identity(self) -> bytes:
        self._serial += 1
        return self._serial.to_bytes(32)

    def _later(self, event: Event) -> None:
        self._serial += 1
        heappush(self._pending, (event.at, self._serial, event))

    def _catch_up(self, at: int) -> None:
        """What was to happen until now happens first."""
        while self._pending and self._pending[0][0] <= at:
            event = heappop(self._pending)[2]
            self.events.append(event)
            self.accounts.apply(event)

    def _apply(self, event: Event) -> None:
        self._catch_up(event.at)
        self.events.append(event)
        self.accounts.apply(event)

    def _note(self, at: int) -> None:
        self._catch_up(at)
        for each in self.members:
            number = each.number
            moment = Moment(
                self.accounts.score(number, at),
                self.accounts.tier(number, at),
                self.accounts.withheld_at(number, at),
            )
            self.history.setdefault(number, []).append(moment)

    def _spites(self, rater: Member, other: Member) -> bool:
        return self.spite and (rater.kind, other.kind) == (Kind.SPITEFUL, Kind.VICTIM)

    def _is(self, chance: float) -> bool:
        return self._chance.random() < chance


def _one_each(askers: Sequence[Member], receiver: Member) -> list[Member]:
    """One asker of each jurisdiction but the receiver's."""
    own = jurisdiction_of(receiver.number)
    by_jurisdiction = {jurisdiction_of(each.number): each for each in askers}
    return [each for jurisdiction, each in by_jurisdiction.items() if jurisdiction != own]
