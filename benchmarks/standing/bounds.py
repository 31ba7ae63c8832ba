# SPDX-License-Identifier: Apache-2.0
"""What a few can do at most, from the caps alone: units of weight, scores in basis points.

What one jurisdiction says in a quarter adds less than CAP units, less than GOOD_CAP of good. A quarter leaves
1 / sqrt(2) of it, so of what is said every quarter there is never more than

    AT_REST = 1 + 2**-1/2 + 2**-1 + ... = 1 / (1 - 2**-1/2) = 3.4142

times one quarter's part. Everything below follows from that; `search.py` looks for worse and finds nothing.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil, comb, sqrt
from typing import Final

from concordat.membership.standing.score import (
    CAP,
    FALL,
    GOOD_CAP,
    PRIOR_ALL,
    PRIOR_GOOD,
    RISE,
    Outcome,
    Tally,
)

FADE: Final = 1 / sqrt(2)
AT_REST: Final = 1 / (1 - FADE)
RING: Final = 5
PANEL: Final = 3
NEGLECT: Final = CAP * Outcome.OVERDUE.bad / (CAP + Outcome.OVERDUE.bad)
"""What one overdue request of a jurisdiction in a quarter weighs."""
ANSWER: Final = Tally().plus(Outcome.ANSWERED_IN_TIME).plus(Outcome.CONFIRMED)
"""One request answered in time and confirmed, in whole units."""


def points(good: float, bad: float) -> float:
    """The score of an account with these units."""
    return 10_000 * (PRIOR_GOOD + good) / (PRIOR_ALL + good + bad)


def friends_good(ring: int = RING) -> float:
    """All the good that a ring can say of one of its own, however many sham requests it makes."""
    return (ring - 1) * GOOD_CAP * AT_REST


def least_bad(jurisdictions: int, quarters: int) -> float:
    """The least bad of who ignores everybody, so many quarters after it began.

    One request of each jurisdiction becomes overdue each quarter. The least is there at the very first moment
    of a quarter, when the last one has just faded and nobody has said anything yet.
    """
    return jurisdictions * NEGLECT * AT_REST * FADE * (1 - FADE**quarters)


def lift(bad: float, ring: int = RING) -> float:
    """The most that a ring lifts who has this much bad, in basis points.

    With a = PRIOR_GOOD, c = PRIOR_ALL, g good and b bad from others, G from the ring:

        (a + g + G) / (c + g + b + G) - (a + g) / (c + g + b) = G (c - a + b) / ((c + g + b) (c + g + b + G))

    which falls with g: worst is g = 0, who never did anything good to anybody else. It rises with G.
    """
    good = friends_good(ring)
    return points(good, bad) - points(0, bad)


def most_lift(least: float = 0.0, ring: int = RING) -> int:
    """The most that a ring lifts anybody who has at least so much bad, rounded up.

    With u = b + c - a the formula of `lift` at g = 0 is G / (u + (2a + G) + a (a + G) / u), greatest at
    u = sqrt(a (a + G)): one peak, so beyond it the least bad is the worst.
    """
    peak = sqrt(PRIOR_GOOD * (PRIOR_GOOD + friends_good(ring))) - (PRIOR_ALL - PRIOR_GOOD)
    return ceil(lift(max(peak, least), ring))


def outweigh(ring: int = RING) -> int:
    """Jurisdictions with one overdue request a quarter that keep a member of a ring in tier 1.

    It falls there: at the end of a quarter, at rest, the score is below 4,500. It stays: even at the first
    moment of a quarter, before they have said anything in it, the score is below 5,500.
    """
    good, jurisdictions = friends_good(ring), 1
    while not (
        points(good, jurisdictions * NEGLECT * AT_REST) < FALL[0]
        and points(good, jurisdictions * NEGLECT * AT_REST * FADE) < RISE[0]
    ):
        jurisdictions += 1
    return jurisdictions


def panel_errs(right: float, friends: int, others: int) -> float:
    """How often most of a panel is wrong.

    Drawn without repetition from `others` jurisdictions, of which `friends` always vote for the ring; each of
    the rest votes right with probability `right`, for itself.
    """
    total = 0.0
    for false in range(min(PANEL, friends) + 1):
        drawn = comb(friends, false) * comb(others - friends, PANEL - false) / comb(others, PANEL)
        honest = PANEL - false
        needed = PANEL // 2 + 1 - false
        wrong = sum(
            comb(honest, each) * (1 - right) ** each * right ** (honest - each)
            for each in range(max(needed, 0), honest + 1)
        )
        total += drawn * wrong
    return total


class Means(StrEnum):
    """What spiteful raters do to a victim that answers in time and breaks no limit, request after request."""

    DISPUTES = "dispute its answers"
    MISUSE = "claim that what it asked for was misused"
    COURTS = "find its freezes unjustified"


_WRONG: Final = {
    Means.DISPUTES: Outcome.DISPUTE_LOST,
    Means.MISUSE: Outcome.USE_LIMIT_BREACHED,
    Means.COURTS: Outcome.FREEZE_UNJUSTIFIED,
}


def spite(means: Means, errs: float, helpers: int = 0, *, confirmed: bool = True, ring: int = RING) -> float:
    """Where spiteful raters leave a victim, on the average of the panels' errors, once panels have spoken.

    There is no end to their requests or claims, and of each a panel decides. If it errs (in `errs` of the
    cases), what they say stands: 16, 24 or 12 bad. If not, nothing of it stands, and the victim is confirmed:
    8 good. An answer in time is 4 good besides. Endless repetition only divides the whole caps in that ratio.

    Args:
        means: what they do.
        errs: how often a panel is wrong.
        helpers: other jurisdictions that have one answer of the victim confirmed each quarter.
        confirmed: whether who wins a dispute is confirmed (always so where its answer was disputed).
        ring: how many they are.
    """
    good, bad = 0.0, errs * _WRONG[means].bad
    if means is Means.DISPUTES:
        good += Outcome.ANSWERED_IN_TIME.good
    if confirmed or means is Means.DISPUTES:
        good += (1 - errs) * Outcome.CONFIRMED.good
    of_ring = (ring * GOOD_CAP * good / (good + bad), ring * CAP * bad / (good + bad))
    of_helpers = helpers * GOOD_CAP * ANSWER.good / (CAP + ANSWER.good)
    return points((of_ring[0] + of_helpers) * AT_REST, of_ring[1] * AT_REST)


def worst_spite(errs: float, helpers: int = 0) -> float:
    """The same of whatever is worst."""
    return min(spite(means, errs, helpers) for means in Means)


def errors_borne() -> float:
    """The share of wrong panels up to which no spite sinks a victim into tier 1, though nobody helps."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if worst_spite(middle) >= FALL[0] else (low, middle)
    return low


def lateness_borne(ring: int = RING) -> float:
    """The share of a flood that a victim whom nobody helps may answer late before it falls into tier 1.

    A request says 4 good or 4 bad; with a share s of the late ones the caps of a ring say GOOD_CAP (1 - s)
    good and CAP s bad a quarter. Solved for the threshold t: a + G (1 - s) = t (c + G (1 - s) + B s).
    """
    good, bad, threshold = ring * GOOD_CAP * AT_REST, ring * CAP * AT_REST, FALL[0] / 10_000
    slack = PRIOR_GOOD + good - threshold * (PRIOR_ALL + good)
    return slack / (good + threshold * (bad - good))


def quarters_to_fall(jurisdictions: int) -> int:
    """Quarters until who ignores one request of each of these is below 4,500, and had begun at 7,500."""
    quarters, bad = 0, 0.0
    while points(0, bad) >= FALL[0]:
        quarters, bad = quarters + 1, bad * FADE + jurisdictions * NEGLECT
    return quarters


def quarters_to_return(jurisdictions: int) -> int:
    """Quarters of answers, one confirmed to each, until who has ignored all for ever is back at 5,500."""
    quarters, good, bad = 0, 0.0, jurisdictions * NEGLECT * AT_REST
    while points(good, bad) < RISE[0]:
        quarters += 1
        good = good * FADE + jurisdictions * GOOD_CAP * ANSWER.good / (CAP + ANSWER.good)
        bad *= FADE
    return quarters
