# SPDX-License-Identifier: Apache-2.0
"""What standing takes and gives: tiers at thresholds, three parties, ends, the floor; binding or advising."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.membership.standing.score import (
    DAY,
    ONE,
    PRIOR_ALL,
    PRIOR_GOOD,
    Account,
    Outcome,
    Tally,
    day_of,
    quarter_of,
)
from tests.contracts.clock import block_at, now
from tests.contracts.membership.rated import (
    IN_TIME,
    LOST,
    OVERDUE,
    RATED,
    account,
    begin_quarter,
    bind,
    id_of,
    pass_days,
    points,
    put,
    say,
    take_back,
    withheld,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, ASK, LEAD, OBJECT, REGISTER, REQUEST, SG, VOTE, Suite

TH, KH, PH = 764, 116, 608
TIER_1, TIER_2 = REQUEST, REQUEST | ASK | LEAD
HARD = Outcome.USE_LIMIT_BREACHED
MANY = range(1, 40)


@pytest.fixture(autouse=True)
def _quarter(isolation: None) -> None:
    begin_quarter()


def bad_for(score: int, good: int = 0) -> int:
    """The most that may be said against somebody who is to have this score."""
    return (good + PRIOR_GOOD * ONE) * 10_000 // score - good - PRIOR_ALL * ONE


def stands_at(suite: Suite, score: int, tier: int, *, below: bool = False, parties: int = 3) -> Any:
    """Say something good of an agency, so that it stands at `score` (or just below) when it is evaluated."""
    good, _ = Tally(Outcome.ANSWERED_IN_TIME.good, 0).parts
    bad = bad_for(score, good) + (1 if below else 0)
    until = day_of(now()) + 150 if tier else 0
    put(suite, Account(0, bad, quarter_of(now()), parties, 0, tier, until))
    tx = say(suite, IN_TIME, TH if below else KH)
    assert points(suite) == score - (1 if below else 0)
    return tx


@pytest.mark.parametrize(
    ("score", "before", "reached", "missed"),
    [
        (4_500, 0, 0, 1),
        (3_000, 0, 1, 2),
        (3_000, 1, 1, 2),
        (4_000, 2, 1, 2),
        (5_500, 1, 0, 1),
        (5_500, 2, 0, 1),
    ],
)
def test_each_tier_at_its_very_threshold(
    suite: Suite, score: int, before: int, reached: int, missed: int
) -> None:
    stands_at(suite, score, before)
    assert account(suite).tier == reached
    stands_at(suite, score, before, below=True)
    assert account(suite).tier == missed


@pytest.mark.parametrize(("parties", "parties_before", "falls"), [(2, 2, 0), (3, 0, 2), (0, 3, 2)])
def test_fewer_than_three_parties_take_nothing(
    suite: Suite, parties: int, parties_before: int, falls: int
) -> None:
    put(suite, Account(0, 100 * ONE, quarter_of(now()), parties, parties_before, 0, 0))
    say(suite, IN_TIME)
    assert points(suite) < 4_500
    assert account(suite).tier == falls


def test_two_states_never_take_anything_however_loud(suite: Suite) -> None:
    bind(suite)
    for _ in range(20):
        say(suite, HARD, TH)
        say(suite, HARD, SG)
    assert account(suite).tier == 0
    assert withheld(suite) == (0, 0)


def test_many_states_take_the_power_to_request_and_time_gives_it_back(suite: Suite) -> None:
    bind(suite)
    requester = suite.appoint(RATED, "a requester", REQUEST)
    last = None
    for by in MANY:
        last = say(suite, LOST, by)
        if withheld(suite)[0]:
            break
        assert suite.agencies.authorize(requester, REQUEST) == suite.ids[RATED]
    assert last is not None
    until = (day_of(now()) + 180) * DAY
    assert last.events["PowersWithheld"][0]["until"] == until
    assert withheld(suite) == (TIER_1, until)
    with reverts("NotAuthorised", requester, REQUEST):
        suite.agencies.authorize(requester, REQUEST)

    block_at(until - 1)
    with reverts("NotAuthorised", requester, REQUEST):
        suite.agencies.authorize(requester, REQUEST)
    block_at(until)
    assert suite.agencies.authorize(requester, REQUEST) == suite.ids[RATED]
    assert withheld(suite) == (0, 0)


def test_it_is_earned_back(suite: Suite) -> None:
    bind(suite)
    requester = suite.appoint(RATED, "a requester", REQUEST)
    outcomes = [id_of(say(suite, LOST, by)) for by in range(1, 11)]
    assert withheld(suite)[0] == TIER_1
    pass_days(91)
    tx = None
    for by in MANY:
        tx = say(suite, Outcome.CONFIRMED, by)
        if account(suite).tier == 0:
            break
    assert tx is not None
    assert "PowersReturned" in tx.events
    assert suite.agencies.authorize(requester, REQUEST) == suite.ids[RATED]
    assert len(outcomes) == 10


def test_a_panel_gives_it_back_too(suite: Suite) -> None:
    bind(suite)
    outcomes = [id_of(say(suite, LOST, by)) for by in range(1, 11)]
    assert withheld(suite)[0] == TIER_1
    for outcome in outcomes:
        tx = take_back(suite, outcome)
        if account(suite).tier == 0:
            break
    assert "PowersReturned" in tx.events
    assert withheld(suite) == (0, 0)


def test_the_lowest_takes_asking_and_leading_too(suite: Suite) -> None:
    bind(suite)
    officers = {power: suite.appoint(RATED, f"officer {power}", power) for power in (REQUEST, ASK, LEAD)}
    for by in MANY:
        say(suite, HARD, by)
        if account(suite).tier == 2:
            break
    assert withheld(suite)[0] == TIER_2
    for power, officer in officers.items():
        with reverts("NotAuthorised", officer, power):
            suite.agencies.authorize(officer, power)


def test_the_floor_is_never_taken(suite: Suite) -> None:
    bind(suite)
    floor = {
        power: suite.appoint(RATED, f"floor {power}", power) for power in (ANSWER, OBJECT, VOTE, REGISTER)
    }
    for by in MANY:
        say(suite, HARD, by)
    assert points(suite) < 3_000
    for power, officer in floor.items():
        assert suite.agencies.authorize(officer, power) == suite.ids[RATED]


def test_rising_from_the_lowest_gives_back_a_part(suite: Suite) -> None:
    bind(suite)
    tx = stands_at(suite, 4_000, 2)
    assert tx.events["PowersWithheld"][0]["powers"] == TIER_1
    assert withheld(suite)[0] == TIER_1


def test_where_standing_advises_nothing_is_taken(suite: Suite) -> None:
    for by in range(1, 11):
        tx = say(suite, LOST, by)
    assert tx.events["StandingChanged"] == {
        "agency": suite.ids[RATED],
        "score": points(suite),
        "tier": account(suite).tier,
    }
    assert account(suite).tier == 1
    assert withheld(suite) == (0, 0)


def test_what_was_withheld_is_given_back_after_it_ceased_to_bind(suite: Suite) -> None:
    bind(suite)
    for by in range(1, 11):
        say(suite, LOST, by)
    assert withheld(suite)[0] == TIER_1
    suite.reputation.declare(False, {"from": suite.my_authority})
    pass_days(31)
    assert withheld(suite)[0] == TIER_1
    for by in MANY:
        say(suite, Outcome.CONFIRMED, by)
    assert account(suite).tier == 0
    assert withheld(suite) == (0, 0)


def test_the_end_moves_while_it_stays_low(suite: Suite) -> None:
    """While 90 days or more remain nothing moves; with fewer it is 180 days again."""
    bind(suite)
    today = day_of(now())
    put(suite, Account(0, 50 * ONE, quarter_of(now()), 3, 0, 1, today + 90))
    say(suite, OVERDUE)
    assert account(suite).withheld_until == today + 90
    put(suite, Account(0, 50 * ONE, quarter_of(now()), 3, 0, 1, today + 89))
    tx = say(suite, OVERDUE)
    assert account(suite).withheld_until == today + 180
    assert tx.events["PowersWithheld"][0]["until"] == (today + 180) * DAY


def test_a_tier_whose_end_came_counts_as_none(suite: Suite) -> None:
    """5,000 is no fall from nothing, but would be no rise from tier 1."""
    put(suite, Account(0, bad_for(5_000), quarter_of(now()), 3, 0, 1, day_of(now())))
    say(suite, IN_TIME)
    assert (account(suite).tier, account(suite).withheld_until) == (0, 0)


def test_parties_saturate(suite: Suite) -> None:
    put(suite, Account(0, 0, quarter_of(now()), 255, 0, 0, 0))
    say(suite, OVERDUE, KH)
    assert account(suite).parties == 255


def test_sums_saturate_at_nothing(suite: Suite) -> None:
    """What the account says and what the tally says may differ by a rounding; the sum never turns over."""
    outcome = id_of(say(suite, OVERDUE, PH))
    put(suite, Account(0, 1, quarter_of(now()), 0, 0, 0, 0))
    take_back(suite, outcome)
    assert account(suite) == Account(quarter=quarter_of(now()))
