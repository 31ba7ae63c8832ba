# SPDX-License-Identifier: Apache-2.0
"""What the section ``freeze:`` of a rulebook is made of: profiles, deadlines, and the law behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from concordat.assets.values.periods import Rule
from concordat.assets.words import AssetClass, Measure
from concordat.evidence.laws import Certainty, Reference, Text
from concordat.membership.powers import Power

UNLIMITED: Final = 255
"""Renewals without a number in law."""
DEADLINES: Final = ("ratify", "reply", "check", "review", "turn")
ROLES: Final = ("starters", "ratifiers", "renewers", "reviewers")
FIRST_POWER: Final = 8
"""Masks of profiles are shifted right by so many bits: the powers below are those of evidence."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands, and how well that is known."""

    reference: Reference
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest single period as it stands on the chain, where the file says it outright."""

    rule: Rule
    source: Source


@dataclass(frozen=True, slots=True)
class OwnHold:
    """A hold that an institution starts itself, without a request.

    Attributes:
        period: at first.
        total: with its extension, to be added up; empty if it cannot be extended.

    """

    period: Rule
    total: tuple[Rule, ...]
    source: Source
    says: Text


@dataclass(frozen=True, slots=True)
class Note:
    """What the law says besides, and no profile carries."""

    source: Source
    says: Text
    spot: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Endorser:
    """Who takes over foreign requests: a contact point's competence or an agency's number; else nobody."""

    competence: str = ""
    agency: int = 0


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Hours for some of the acts that the contract waits for, from one source.

    Attributes:
        hours: by act, see ``DEADLINES``.
        measures: for which it holds; empty: for all.
        spot: line and column, for findings.

    """

    hours: Mapping[str, int]
    measures: frozenset[Measure]
    source: Source
    spot: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One profile as it is written: a measure on one or more asset classes.

    Attributes:
        period: the first period as the law counts it; None: as long as the order says.
        renewal: a later period, if the law has another one; else as ``period``.
        longest: the cap of one period, where it is not simply that of the longer of the two.
        renewals: at most; ``UNLIMITED`` where the law has no number.
        total: of all periods, to be added up; empty: no limit.
        stops: most stop-payments on one account; 0: no limit.
        starters, ratifiers, renewers, reviewers: whoever has any of these powers.
        ranks: who that is in this country.
        returns: why money may be returned before a judgment; None: it may not.
        own_hold: what institutions may do themselves; None: nothing.
        deadlines: of this profile alone.
        spots: line and column of each key, for findings.

    """

    id: str
    measure: Measure
    classes: tuple[AssetClass, ...]
    source: Source
    see: tuple[Reference, ...]
    says: Text
    period: Rule | None
    renewal: Rule | None
    longest: Limit | None
    renewals: int
    total: tuple[Rule, ...]
    stops: int
    starters: Power
    ratifiers: Power
    renewers: Power
    reviewers: Power
    ranks: Mapping[Power, Text]
    returns: Source | None
    own_hold: OwnHold | None
    deadlines: Deadlines | None
    endorser: Endorser
    spots: Mapping[str, tuple[int, int]]

    def spot(self, key: str = "") -> tuple[int, int]:
        """Line and column of a key, or of the profile where the key is not given."""
        return self.spots.get(key, self.spots[""])


@dataclass(frozen=True, slots=True, eq=False)
class FreezeSection:
    """All that a file says of freezing.

    Attributes:
        from_day: the first day, in the country's own calendar.
        start: the same in seconds since 1970 UTC.
        deadlines: what holds where a profile says nothing of its own.
        notes: what the law says besides.

    """

    from_day: date
    start: int
    deadlines: tuple[Deadlines, ...]
    profiles: tuple[Profile, ...]
    notes: tuple[Note, ...]

    def hours(self, profile: Profile, act: str) -> int:
        """Hours for an act: the profile's own, else its measure's, else those of all; 0 if none is said."""
        measured = [group for group in self.deadlines if profile.measure in group.measures]
        general = [group for group in self.deadlines if not group.measures]
        own = [profile.deadlines] if profile.deadlines else []
        return next((group.hours[act] for group in (*own, *measured, *general) if act in group.hours), 0)

    def references(self) -> tuple[tuple[Reference, tuple[int, int]], ...]:
        """Every law that is cited, with the place where."""
        found = [(group.source.reference, group.spot) for group in self.deadlines]
        found += [(note.source.reference, note.spot) for note in self.notes]
        for each in self.profiles:
            sources = (
                each.source,
                each.returns,
                each.longest and each.longest.source,
                each.own_hold and each.own_hold.source,
                each.deadlines and each.deadlines.source,
            )
            cited = [source.reference for source in sources if source]
            found += [(reference, each.spot()) for reference in (*cited, *each.see)]
        return tuple(found)
