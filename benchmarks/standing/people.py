# SPDX-License-Identifier: Apache-2.0
"""Who takes part, and how each kind behaves: chances for one request that it was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from concordat.membership.numbers import number_of

FIRST: Final = 100
"""The first jurisdiction; the others follow."""
IGNORES: Final = range(4, 10)
"""Quarters in which who mends later answers nobody."""


class Kind(StrEnum):
    """What an agency is like."""

    HONEST = "honest"
    VICTIM = "victim of spite"
    SLOW = "slow"
    MENDING = "ignores, then mends"
    MALICIOUS = "malicious"
    RING = "ring"
    SPITEFUL = "spiteful"
    SILENT = "silent"


@dataclass(frozen=True)
class Manner:
    """Chances, of one request each.

    Attributes:
        refuse: it refuses by a lawful ground; nothing follows from that.
        ignore: it never answers.
        other: it refuses, and the ground is OTHER.
        late_acknowledged, late: it acknowledges, answers late.
        confirm: the asker confirms what was answered.
        wrong: the asker disputes with reason, and the panel agrees.
        breach: what it was given, it uses against its limits.
        excluded: a court excludes what it sent.
        unjustified: a freeze that it asks for is found unjustified.
        right: votes on a panel as the file says.
    """

    refuse: float = 0.10
    ignore: float = 0.0
    other: float = 0.0
    late_acknowledged: float = 0.0
    late: float = 0.0
    confirm: float = 0.9
    wrong: float = 0.0
    breach: float = 0.0
    excluded: float = 0.0
    unjustified: float = 0.0
    right: float = 0.9


_HONEST: Final = Manner(
    ignore=0.01, other=0.01, late_acknowledged=0.02, late=0.03, wrong=0.005, excluded=0.01, unjustified=0.02
)
_BAD: Final = Manner(
    refuse=0.0,
    ignore=0.5,
    other=0.3,
    late=0.5,
    confirm=0.2,
    wrong=0.3,
    breach=0.1,
    unjustified=0.5,
    right=0.5,
)
_IGNORING: Final = Manner(refuse=0.0, ignore=1.0)

MANNERS: Final = {
    Kind.HONEST: _HONEST,
    Kind.VICTIM: Manner(),
    Kind.SLOW: Manner(late_acknowledged=0.4, late=0.5, confirm=0.85, excluded=0.01, unjustified=0.02),
    Kind.MENDING: _HONEST,
    Kind.MALICIOUS: _BAD,
    Kind.RING: replace(_BAD, right=0.9),
    Kind.SPITEFUL: _HONEST,
    Kind.SILENT: _HONEST,
}

#: Thirty, in this order. Rings come first, so that in fifteen jurisdictions no ring has two in one.
NUMBERS: Final = {
    Kind.RING: 5,
    Kind.SPITEFUL: 5,
    Kind.VICTIM: 1,
    Kind.HONEST: 9,
    Kind.SLOW: 4,
    Kind.MALICIOUS: 3,
    Kind.MENDING: 1,
    Kind.SILENT: 2,
}


@dataclass(frozen=True)
class Member:
    """One agency."""

    number: int
    kind: Kind

    def manner(self, quarter: int) -> Manner:
        """How it behaves in a quarter, counted from the beginning."""
        if self.kind is Kind.MENDING and quarter in IGNORES:
            return _IGNORING
        return MANNERS[self.kind]


def members(jurisdictions: int) -> tuple[Member, ...]:
    """The thirty agencies of so many jurisdictions, as evenly as they go."""
    kinds = [kind for kind, count in NUMBERS.items() for _ in range(count)]
    return tuple(
        Member(number_of(FIRST + place % jurisdictions, 1 + place // jurisdictions), kind)
        for place, kind in enumerate(kinds)
    )
