# SPDX-License-Identifier: Apache-2.0
"""The score of an agency: integers only, bit for bit as ``AgencyReputation.sol`` computes it.

A division floors. Sums are fixed point, 2**32 is one unit of weight. A quarter has 91 days and is counted
since 1970. Times are seconds since 1970 UTC, scores basis points.

Three ideas keep a few from speaking for all. What a whole jurisdiction says in a quarter is capped, and each
repetition weighs less than the one before (:attr:`Tally.parts`). What is good weighs a quarter of what is
bad: good can be made at will between friends, bad comes from a clock, a court or a panel only. And nobody
falls by the word of fewer than three jurisdictions (:func:`evaluated`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from concordat.errors import VerificationError
from concordat.membership.powers import Power

DAY: Final = 86_400
QUARTER: Final = 91 * DAY
ONE: Final = 1 << 32
"""One unit of weight."""
ROOT: Final = 3_037_000_499
"""2**32 divided by the root of two: what a quarter leaves, as half of all is left after two."""
GONE: Final = 192
"""Quarters after which nothing is left of any sum."""

CAP: Final = 8
"""Units that one jurisdiction's word of one quarter never reaches."""
GOOD_CAP: Final = 2
"""The same of what is good in it."""
PRIOR_GOOD: Final = 30
PRIOR_ALL: Final = 40
"""Units with which everybody begins: 7,500 basis points, and so again after a long silence."""

PARTIES: Final = 3
"""Jurisdictions with something bad to say, this quarter or the last, before anybody falls."""
MOST_PARTIES: Final = 255
WITHHELD_DAYS: Final = 180
RENEWED_DAYS: Final = 90

#: Tier 1 and 2: below what one falls into it, and from what one is out of it again.
FALL: Final = (4_500, 3_000)
RISE: Final = (5_500, 4_000)

WITHHELD: Final = (Power(0), Power.REQUEST, Power.REQUEST | Power.ASK | Power.LEAD)
"""What each tier withholds. Nothing of it is in the floor."""


class Outcome(IntEnum):
    """What can be said of an agency; numbers as in ``IAgencyReputation.sol``.

    A lawful coded refusal is none of them: it costs nothing and earns nothing.
    """

    ANSWERED_IN_TIME = 1
    CONFIRMED = 2
    FREEZE_ANSWERED = 3
    """Answered and checked within the deadline of a freeze that binds."""
    ACKNOWLEDGED_LATE = 4
    ANSWERED_LATE = 5
    OVERDUE = 6
    REFUSED_WITHOUT_GROUND = 7
    """Refused, and the ground is OTHER."""
    FREEZE_ANSWERED_LATE = 8
    FREEZE_OVERDUE = 9
    FREEZE_UNJUSTIFIED = 10
    """An objection was upheld against who asked for the freeze."""
    EVIDENCE_EXCLUDED = 11
    DISPUTE_LOST = 12
    USE_LIMIT_BREACHED = 13
    OBLIGATION_BREACHED = 14

    @property
    def good(self) -> int:
        """Units for the agency."""
        return _GOOD.get(self, 0)

    @property
    def bad(self) -> int:
        """Units against it."""
        return _BAD.get(self, 0)


_GOOD: Final = {Outcome.ANSWERED_IN_TIME: 4, Outcome.CONFIRMED: 8, Outcome.FREEZE_ANSWERED: 4}
_BAD: Final = {
    Outcome.ACKNOWLEDGED_LATE: 2,
    Outcome.ANSWERED_LATE: 4,
    Outcome.OVERDUE: 8,
    Outcome.REFUSED_WITHOUT_GROUND: 2,
    Outcome.FREEZE_ANSWERED_LATE: 4,
    Outcome.FREEZE_OVERDUE: 8,
    Outcome.FREEZE_UNJUSTIFIED: 12,
    Outcome.EVIDENCE_EXCLUDED: 12,
    Outcome.DISPUTE_LOST: 16,
    Outcome.USE_LIMIT_BREACHED: 24,
    Outcome.OBLIGATION_BREACHED: 8,
}


def quarter_of(at: int) -> int:
    """The quarter of a time, since 1970."""
    return at // QUARTER


def day_of(at: int) -> int:
    """The day of a time, since 1970."""
    return at // DAY


def decay(value: int, quarters: int) -> int:
    """What is left of a sum after so many quarters; half of it after two."""
    if quarters >= GONE:
        return 0
    return (value * ROOT >> 32 if quarters & 1 else value) >> (quarters >> 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What one jurisdiction said of one agency in one quarter, in whole units."""

    good: int = 0
    bad: int = 0

    @property
    def parts(self) -> tuple[int, int]:
        """What it adds to the account's good and bad, fixed point.

        Good stays below GOOD_CAP, bad and the two together below CAP, however often it is repeated.
        """
        whole = CAP + self.good + self.bad
        return self.good * GOOD_CAP * ONE // whole, self.bad * CAP * ONE // whole

    def plus(self, outcome: Outcome) -> Tally:
        """With one more outcome."""
        return Tally(self.good + outcome.good, self.bad + outcome.bad)

    def minus(self, outcome: Outcome) -> Tally:
        """Without an outcome.

        Raises:
            VerificationError: it never was in it.
        """
        if self.good < outcome.good or self.bad < outcome.bad:
            raise _impossible("An outcome was annulled that was never recorded.")
        return Tally(self.good - outcome.good, self.bad - outcome.bad)


@dataclass(frozen=True, slots=True)
class Account:
    """What an agency stands at, as of its last outcome.

    Attributes:
        good, bad: fixed point, as of `quarter`.
        quarter: of the last change.
        parties: jurisdictions with something bad to say in that quarter, at most 255.
        parties_before: the same of the quarter before it.
        tier: 0 to 2.
        withheld_until: day since 1970 on which the tier ends by itself; 0 at tier 0.
    """

    good: int = 0
    bad: int = 0
    quarter: int = 0
    parties: int = 0
    parties_before: int = 0
    tier: int = 0
    withheld_until: int = 0


def score(account: Account, at: int) -> int:
    """Basis points at a time that is not before the account's last change."""
    quarters = _quarters(account, quarter_of(at))
    good, bad = decay(account.good, quarters), decay(account.bad, quarters)
    return (good + PRIOR_GOOD * ONE) * 10_000 // (good + bad + PRIOR_ALL * ONE)


def tier(account: Account, at: int) -> int:
    """The tier at a time: it ends on its day without anybody's doing."""
    return account.tier if day_of(at) < account.withheld_until else 0


def withheld(account: Account, at: int) -> Power:
    """The powers that the tier withholds at a time, where standing binds."""
    return WITHHELD[tier(account, at)]


def record(account: Account, tally: Tally, outcome: Outcome, at: int) -> tuple[Account, Tally]:
    """An outcome said by another jurisdiction, whose tally of this quarter is given.

    Raises:
        VerificationError: `at` is before the account's last change.
    """
    account, after = _advanced(account, quarter_of(at)), tally.plus(outcome)
    (good_before, bad_before), (good, bad) = tally.parts, after.parts
    more = 1 if after.bad and not tally.bad else 0
    account = replace(
        account,
        good=max(account.good - good_before, 0) + good,
        bad=max(account.bad - bad_before, 0) + bad,
        parties=min(account.parties + more, MOST_PARTIES),
    )
    return evaluated(account, at), after


def annul(account: Account, tally: Tally, outcome: Outcome, quarter: int, at: int) -> tuple[Account, Tally]:
    """Take back an outcome of `quarter`, whose tally is given; what was said since then stays.

    Raises:
        VerificationError: it was never recorded, or `at` is before it or before the account's last change.
    """
    account, after = _advanced(account, quarter_of(at)), tally.minus(outcome)
    age = account.quarter - quarter
    if age < 0:
        raise _impossible("An outcome was annulled before it was recorded.")
    (good_before, bad_before), (good, bad) = tally.parts, after.parts
    less = 1 if tally.bad and not after.bad else 0
    account = replace(
        account,
        good=max(account.good - decay(good_before, age), 0) + decay(good, age),
        bad=max(account.bad - decay(bad_before, age), 0) + decay(bad, age),
        parties=max(account.parties - (less if age == 0 else 0), 0),
        parties_before=max(account.parties_before - (less if age == 1 else 0), 0),
    )
    return evaluated(account, at), after


def evaluated(account: Account, at: int) -> Account:
    """The account with its tier as of now. Happens at outcomes only: hysteresis needs memory.

    A tier whose end has come counts as none. A fall needs three jurisdictions, a rise needs nobody. The end
    is set anew when the tier changes, and while it stays, if three jurisdictions say so again, when less than
    90 days remain.
    """
    today, before = day_of(at), tier(account, at)
    after = _tier_at(score(account, at), before)
    several = max(account.parties, account.parties_before) >= PARTIES
    if after > before and not several:
        after = before
    until = account.withheld_until
    if after == 0:
        until = 0
    elif after != before or (several and until - today < RENEWED_DAYS):
        until = today + WITHHELD_DAYS
    return replace(account, tier=after, withheld_until=until)


def _tier_at(points: int, before: int) -> int:
    """The tier of a score for who was in `before`."""
    if before and points >= RISE[0]:
        return 0
    if points < FALL[1] or (before == len(FALL) and points < RISE[1]):
        return 2
    return 1 if before or points < FALL[0] else 0


def _advanced(account: Account, quarter: int) -> Account:
    quarters = _quarters(account, quarter)
    if not quarters:
        return account
    return replace(
        account,
        good=decay(account.good, quarters),
        bad=decay(account.bad, quarters),
        quarter=quarter,
        parties=0,
        parties_before=account.parties if quarters == 1 else 0,
    )


def _quarters(account: Account, quarter: int) -> int:
    if quarter < account.quarter:
        raise _impossible("A score was asked for a time before the account's last change.")
    return quarter - account.quarter


def _impossible(what: str) -> VerificationError:
    return VerificationError(
        what,
        code="standing.order",
        kept="Nothing was computed from it.",
        next="Read the events of standing anew, all of them and in the order of the chain.",
    )
