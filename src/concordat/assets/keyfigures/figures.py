# SPDX-License-Identifier: Apache-2.0
"""Key figures of freezing, from events alone: whoever has the log computes the same.

How long institutions take, whether they answer in time, what was asked and held, what became of it, and
how often a freeze was found unjustified. Times in seconds since 1970 UTC, durations in seconds, amounts in
minor units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final

from concordat.assets.keyfigures.tally import Tally
from concordat.assets.law.profiles import FreezeProfile
from concordat.assets.profilebook import parts_of
from concordat.assets.states import Outcome, Scope
from concordat.assets.words import AnswerKind, AssetClass, Measure
from concordat.ledger.protocol import Event

EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "FreezeProfiles": ("ProfileAdopted",),
    "FreezeRequests": (
        "FreezeRequested",
        "FreezeRatified",
        "FreezeEndorsed",
        "FreezeDeclined",
        "FreezeWithdrawn",
    ),
    "Holds": (
        "TargetNamed",
        "Answered",
        "Checked",
        "Continuing",
        "Continued",
        "SentAgain",
        "Renewed",
        "Credited",
        "Released",
        "Disposed",
        "PaidOut",
    ),
    "Objections": ("Objected", "ObjectionDecided"),
}
"""Contract to the events that the figures are made of, each with the time of its block."""


@dataclass(frozen=True)
class HoldFigures:
    """One hold as it counts.

    Attributes:
        requester, institution: numbers of agencies.
        bound_at: since when the institution was bound; 0: never.
        began_at: when its reply clock began; later than ``bound_at`` if a message was sent again.
        due: when it had to have answered.
        over_at: when the request was over: withdrawn, declined, never ratified.
        acknowledged_at, answered_at: 0: not.
        waited: behind an earlier hold, before this outcome.
        late: answered too late, or not at all although it is due.
        overdue: not answered although it is due.
        asked: minor units; 0 where the whole balance, or a thing, was asked.
        ended: what time ended: expired, lapsed, withdrawn.
        remaining: still held.
    """

    request: bytes
    hold: bytes
    requester: int
    institution: int
    jurisdiction: int
    measure: Measure
    asset_class: AssetClass
    currency: int
    whole: bool
    requested_at: int
    bound_at: int
    began_at: int
    due: int
    over_at: int
    acknowledged_at: int
    answered_at: int
    outcome: AnswerKind | None
    waited: bool
    late: bool
    overdue: bool
    asked: int
    held: int
    released: int
    ended: int
    returned: int
    forfeited: int
    continued: int
    remaining: int
    objections: int
    upheld: int
    upheld_in_part: int
    dismissed: int

    @property
    def judged(self) -> bool:
        """Whether it can be said if the answer was in time."""
        return bool(self.answered_at) or self.overdue

    @property
    def to_acknowledge(self) -> int | None:
        """Seconds until a person saw it; None if none did."""
        seen = self.acknowledged_at if self.bound_at else 0
        return max(0, seen - self.began_at) if seen else None

    @property
    def to_hold(self) -> int | None:
        """Seconds until it was held; None if it was not, or had to wait behind an earlier hold."""
        taken = self.outcome is not None and self.outcome.takes and not self.waited
        return max(0, self.answered_at - self.began_at) if taken and self.bound_at else None


def figures_of(events: Iterable[Event], at: int) -> list[HoldFigures]:
    """Every hold that was ever asked for, from the log; in the order in which they were named.

    Args:
        events: all of ``EVENTS``, oldest first, each with the time of its block.
        at: the moment of which is told; events after it do not count.
    """
    log = _Log()
    for event in events:
        if event.time <= at:
            log.add(event)
    return [log.figures(named, at) for named in log.named]


class _Log:
    """What is kept of the log while it is read."""

    def __init__(self) -> None:
        self.profiles: dict[tuple[int, int], FreezeProfile] = {}
        self.requests: dict[bytes, Event] = {}
        self.ratified: dict[bytes, int] = {}
        self.endorsed: dict[bytes, int] = {}
        self.ended: dict[bytes, int] = {}
        self.named: list[Event] = []
        self.tallies: dict[bytes, Tally] = {}

    def add(self, event: Event) -> None:
        """Take in one event."""
        args, name = event.args, event.name
        if name == "ProfileAdopted":
            self.profiles[args["key"], args["version"]] = FreezeProfile.of(args["profile"])
        elif name == "FreezeRequested":
            self.requests[args["request"]] = event
        elif name == "FreezeRatified":
            self.ratified[args["request"]] = event.time
        elif name == "FreezeEndorsed":
            self.endorsed[args["request"]] = event.time
        elif name in ("FreezeDeclined", "FreezeWithdrawn"):
            self.ended[args["request"]] = event.time
        elif name == "TargetNamed":
            self.named.append(event)
            self.tallies[args["hold"]] = Tally()
        elif args.get("hold") in self.tallies:
            self.tallies[args["hold"]].add(event)

    def figures(self, named: Event, at: int) -> HoldFigures:
        """One hold at a time."""
        args = named.args
        asked, found = self.requests[args["request"]], self.tallies[args["hold"]]
        jurisdiction, measure, asset_class = parts_of(asked.args["key"])
        profile = self.profiles.get((asked.args["key"], asked.args["profileVersion"]))
        own = asked.args["agency"] == args["institution"]
        bound = self._bound(asked, jurisdiction, measure, own)
        over = self._over(asked, measure, profile, own)
        began = max(bound, found.restarted_at) if bound else 0
        due = began + profile.reply_within if bound and profile else 0
        # An outcome that nobody checked in time counts as none.
        check_by = found.answered_at + (profile.check_within if profile else 0)
        counts = bool(found.outcome) and (bool(found.checked_at) or at <= check_by)
        answered = found.answered_at if counts else 0
        overdue = bool(due) and not answered and not found.unreadable and min(at, over) > due
        # What time ended: the period, the check that never came, the end of the request.
        ends = [found.until, over] + ([] if found.checked_at else [check_by + 1])
        ended = 0 if found.disposed or at < min(ends) else found.remaining
        # While it only names the hold that it continues, the money is that one's.
        own_money = 0 if found.pending else 1
        return HoldFigures(
            request=args["request"],
            hold=args["hold"],
            requester=asked.args["agency"],
            institution=args["institution"],
            jurisdiction=jurisdiction,
            measure=measure,
            asset_class=asset_class,
            currency=args["currency"],
            whole=bool(args["scope"] & Scope.WHOLE),
            requested_at=asked.time,
            bound_at=bound,
            began_at=began,
            due=due,
            over_at=over,
            acknowledged_at=found.acknowledged_at,
            answered_at=answered,
            outcome=found.outcome if counts else None,
            waited=found.waited,
            late=overdue or bool(due and counts and found.first_at > due),
            overdue=overdue,
            asked=args["amount"],
            held=found.held * own_money,
            released=found.released * own_money,
            ended=ended * own_money,
            returned=found.returned * own_money,
            forfeited=found.forfeited * own_money,
            continued=found.continued * own_money,
            remaining=(found.remaining - ended) * own_money,
            objections=found.objections,
            upheld=found.outcomes.count(Outcome.UPHELD),
            upheld_in_part=found.outcomes.count(Outcome.UPHELD_IN_PART),
            dismissed=found.outcomes.count(Outcome.DISMISSED),
        )

    def _bound(self, asked: Event, jurisdiction: int, measure: Measure, own: bool) -> int:
        """Since when a request binds; 0: it does not."""
        request = asked.args["request"]
        foreign = asked.args["agency"] >> 16 != jurisdiction
        if foreign:
            return self.endorsed.get(request, 0)
        if own or measure is Measure.STOP_PAYMENT:
            return asked.time
        return self.ratified.get(request, 0)

    def _over(self, asked: Event, measure: Measure, profile: FreezeProfile | None, own: bool) -> int:
        """When the request was over: declined, withdrawn, or never ratified."""
        request = asked.args["request"]
        over = self.ended.get(request, _NEVER)
        if own or not profile or request in self.ratified:
            return over
        return min(over, asked.time + profile.ratify_within + 1)


_NEVER: Final = (1 << 40) - 1


# Sums over many holds


@dataclass(frozen=True)
class Spread:
    """How long something took: middle value and nine tenths, seconds; None where nothing was measured."""

    count: int
    median: int | None
    p90: int | None

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Spread:
        """Of what was measured; the 90th percentile by nearest rank."""
        known = sorted(value for value in values if value is not None)
        if not known:
            return cls(0, None, None)
        return cls(len(known), int(median(known)), known[ceil(len(known) * 0.9) - 1])


@dataclass(frozen=True)
class Sums:
    """Amounts of one currency. ``held`` counts money that passed from one hold to the next once."""

    currency: int
    asked: int
    held: int
    released: int
    ended: int
    returned: int
    forfeited: int
    remaining: int


@dataclass(frozen=True)
class Figures:
    """Key figures of some holds.

    Attributes:
        judged, in_time: holds of which it can be said whether they were answered in time, and how many were.
        overdue: not answered although it is due.
        outcomes: how often each was answered.
        upheld, upheld_in_part, dismissed: objections by outcome; the first two: unjustified freezes.
    """

    requests: int
    holds: int
    acknowledge: Spread
    hold: Spread
    judged: int
    in_time: int
    overdue: int
    outcomes: Mapping[AnswerKind, int]
    money: tuple[Sums, ...]
    objections: int
    upheld: int
    upheld_in_part: int
    dismissed: int


def summed(holds: Sequence[HoldFigures]) -> Figures:
    """Key figures of these holds."""
    judged = [each for each in holds if each.judged]
    given = [each.outcome for each in holds if each.outcome is not None]
    return Figures(
        requests=len({each.request for each in holds}),
        holds=len(holds),
        acknowledge=Spread.of(each.to_acknowledge for each in holds),
        hold=Spread.of(each.to_hold for each in holds),
        judged=len(judged),
        in_time=sum(not each.late for each in judged),
        overdue=sum(each.overdue for each in holds),
        outcomes={kind: given.count(kind) for kind in AnswerKind if kind in given},
        money=tuple(_sums(holds, code) for code in sorted({each.currency for each in holds} - {0})),
        objections=sum(each.objections for each in holds),
        upheld=sum(each.upheld for each in holds),
        upheld_in_part=sum(each.upheld_in_part for each in holds),
        dismissed=sum(each.dismissed for each in holds),
    )


def grouped(holds: Sequence[HoldFigures], by: Callable[[HoldFigures], int]) -> dict[int, Figures]:
    """Key figures of each group, by its number."""
    groups: dict[int, list[HoldFigures]] = {}
    for each in holds:
        groups.setdefault(by(each), []).append(each)
    return {number: summed(groups[number]) for number in sorted(groups)}


def _sums(holds: Sequence[HoldFigures], currency: int) -> Sums:
    mine = [each for each in holds if each.currency == currency]
    return Sums(
        currency,
        asked=sum(each.asked for each in mine),
        held=sum(each.held - each.continued for each in mine),
        released=sum(each.released for each in mine),
        ended=sum(each.ended for each in mine),
        returned=sum(each.returned for each in mine),
        forfeited=sum(each.forfeited for each in mine),
        remaining=sum(each.remaining for each in mine),
    )
