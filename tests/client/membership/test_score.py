# SPDX-License-Identifier: Apache-2.0
"""The score to the bit: capped, fading, saturating, with memory; nobody falls by few, nor below the floor."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.errors import VerificationError
from concordat.membership.powers import FLOOR, Power
from concordat.membership.standing import score as model
from concordat.membership.standing.score import (
    CAP,
    DAY,
    GOOD_CAP,
    ONE,
    QUARTER,
    WITHHELD,
    Account,
    Outcome,
    Tally,
    annul,
    decay,
    record,
    score,
    tier,
    withheld,
)

START = 228 * QUARTER
OUTCOMES = st.sampled_from(list(Outcome))
SAID = st.lists(st.tuples(st.integers(1, 6), OUTCOMES), max_size=40)
TALLIES = st.builds(Tally, st.integers(0, 2_000), st.integers(0, 2_000))
SUMS = st.integers(0, 200 * CAP * ONE)
ACCOUNTS = st.builds(
    Account, SUMS, SUMS, st.just(228), st.integers(0, 5), st.integers(0, 5), st.integers(0, 2)
).map(lambda each: replace(each, withheld_until=START // DAY + 100 if each.tier else 0))

NEW = Account()
Said = list[tuple[int, Outcome]]


def after(said: Said, account: Account = NEW, at: int = START) -> Account:
    """What jurisdictions said, all at once."""
    tallies: dict[int, Tally] = {}
    for jurisdiction, outcome in said:
        tally = tallies.get(jurisdiction, Tally())
        account, tallies[jurisdiction] = record(account, tally, outcome, at)
    return account


def sums(account: Account) -> tuple[int, int, int]:
    return account.good, account.bad, account.parties


def standing_at(good: int, bad: int, *, parties: int = 3, tier_: int = 0) -> Account:
    """An account with these units at the start."""
    until = START // DAY + 100 if tier_ else 0
    return Account(good * ONE, bad * ONE, 228, parties, 0, tier_, until)


# The numbers


def test_one_overdue_request_by_hand() -> None:
    """8 units of 8 + 8: half of CAP. (30) / (4 + 40) of 10,000, floored."""
    account, tally = record(Account(), Tally(), Outcome.OVERDUE, START)
    assert tally == Tally(0, 8)
    assert account == Account(0, 4 << 32, 228, 1, 0, 0, 0)
    assert score(account, START) == 6818
    assert (
        score(account, START + QUARTER) == (30 << 32) * 10_000 // ((4 * 3_037_000_499) + (40 << 32)) == 7004
    )
    assert score(account, START + 2 * QUARTER) == 7142


def test_answered_late_and_confirmed_by_hand() -> None:
    """8 good and 4 bad of 20: 8 * 2 / 20 and 4 * 8 / 20 units, each floored at 2**-32."""
    account = after([(1, Outcome.ANSWERED_LATE), (1, Outcome.CONFIRMED)])
    assert sums(account) == (3_435_973_836, 6_871_947_673, 1)
    assert score(account, START) == 7264


def test_everybody_begins_at_7500() -> None:
    assert score(Account(), START) == 7_500


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_has_one_side(outcome: Outcome) -> None:
    assert (outcome.good == 0) != (outcome.bad == 0)


@given(st.integers(0, 1 << 95), st.integers(0, 400))
def test_half_is_left_after_two_quarters(value: int, quarters: int) -> None:
    assert decay(value, quarters + 2) <= decay(value, quarters) // 2 + 1
    assert decay(value, quarters + 1) <= decay(value, quarters)
    assert decay(value, 0) == value
    if quarters < model.GONE:
        exact = Fraction(value**2, 2**quarters)
        assert Fraction(decay(value, quarters)) ** 2 <= exact
        assert Fraction(decay(value, quarters) + 2 + value // ONE) ** 2 >= exact
    else:
        assert decay(value, quarters) == 0


# The cap


@given(SAID)
def test_the_order_within_a_quarter_does_not_matter(said: Said) -> None:
    mixed = random.Random(len(said)).sample(said, len(said))
    assert sums(after(said)) == sums(after(mixed))


@given(SAID)
def test_a_jurisdiction_says_no_more_than_its_cap(said: Said) -> None:
    account, speakers = after(said * 5), len({jurisdiction for jurisdiction, _ in said})
    if speakers:
        assert account.good < speakers * GOOD_CAP * ONE
        assert account.good + account.bad < speakers * CAP * ONE


@given(TALLIES, OUTCOMES)
def test_each_repetition_weighs_less(tally: Tally, outcome: Outcome) -> None:
    def side(of: Tally) -> int:
        return of.parts[0 if outcome.good else 1]

    once, twice = tally.plus(outcome), tally.plus(outcome).plus(outcome)
    assert side(once) >= side(tally)
    assert side(twice) - side(once) <= side(once) - side(tally) + 1  # a division floors


@given(ACCOUNTS, TALLIES, OUTCOMES)
def test_good_never_costs_and_bad_never_earns(account: Account, tally: Tally, outcome: Outcome) -> None:
    good, bad = tally.parts
    account = replace(account, good=account.good + good, bad=account.bad + bad)
    before, now = score(account, START), score(record(account, tally, outcome, START)[0], START)
    assert now >= before if outcome.good else now <= before


@given(ACCOUNTS, st.integers(0, 400))
def test_silence_leads_back_to_the_beginning(account: Account, quarters: int) -> None:
    now, later, start = (
        score(account, START + each * QUARTER) for each in (quarters, quarters + 2, quarters + model.GONE)
    )
    assert abs(later - 7_500) <= abs(now - 7_500) + 1
    assert start == 7_500


@given(SAID, st.lists(st.integers(0, 3), max_size=6))
def test_it_is_what_the_sentences_say(said: Said, pauses: list[int]) -> None:
    """The same without tricks: exact parts of each quarter, weighed by age; off by the floors only."""
    account, good, bad, quarter = Account(), Fraction(), Fraction(), 228
    fade = Fraction(7_071_067_811_865_475_244, 10**19)
    for pause in [0, *pauses]:
        quarter += pause + 1
        account = after(said, account, quarter * QUARTER)
        good, bad = good * fade ** (pause + 1), bad * fade ** (pause + 1)
        for speaker in {jurisdiction for jurisdiction, _ in said}:
            of_speaker = [outcome for jurisdiction, outcome in said if jurisdiction == speaker]
            raw_good, raw_bad = sum(each.good for each in of_speaker), sum(each.bad for each in of_speaker)
            good += Fraction(raw_good * GOOD_CAP, CAP + raw_good + raw_bad)
            bad += Fraction(raw_bad * CAP, CAP + raw_good + raw_bad)
    assert abs(Fraction(account.good, ONE) - good) < Fraction(1, 10**6)
    assert abs(Fraction(account.bad, ONE) - bad) < Fraction(1, 10**6)
    if said:
        exact = (good + 30) * 10_000 / (good + bad + 40)
        assert abs(score(account, quarter * QUARTER) - exact) < 2


# Annulment


@given(SAID, st.tuples(st.integers(1, 6), OUTCOMES))
def test_what_is_annulled_in_its_quarter_never_was(said: Said, wrong: tuple[int, Outcome]) -> None:
    tallies: dict[int, Tally] = {}
    account = Account()
    for jurisdiction, outcome in [*said, wrong]:
        account, tallies[jurisdiction] = record(account, tallies.get(jurisdiction, Tally()), outcome, START)
    account, _ = annul(account, tallies[wrong[0]], wrong[1], 228, START + 5)
    assert sums(account) == sums(after(said))


@given(SAID, st.tuples(st.integers(1, 6), OUTCOMES), st.integers(1, 250))
def test_what_is_annulled_later_leaves_no_trace(
    said: Said, wrong: tuple[int, Outcome], quarters: int
) -> None:
    tallies: dict[int, Tally] = {}
    account, at = Account(), START + quarters * QUARTER
    for jurisdiction, outcome in [*said, wrong]:
        account, tallies[jurisdiction] = record(account, tallies.get(jurisdiction, Tally()), outcome, START)
    account, tally = annul(account, tallies[wrong[0]], wrong[1], 228, at)
    clean = after(said)
    assert abs(account.good - decay(clean.good, quarters)) <= 8  # each sum is floored once
    assert abs(account.bad - decay(clean.bad, quarters)) <= 8
    assert account.parties == 0
    assert account.parties_before == (clean.parties if quarters == 1 else 0)
    rest = [outcome for jurisdiction, outcome in said if jurisdiction == wrong[0]]
    assert tally == Tally(sum(each.good for each in rest), sum(each.bad for each in rest))


def test_what_was_never_recorded_is_not_annulled() -> None:
    account, tally = record(Account(), Tally(), Outcome.ACKNOWLEDGED_LATE, START)
    with pytest.raises(VerificationError, match="never recorded") as caught:
        annul(account, tally, Outcome.OVERDUE, 228, START)
    assert caught.value.code == "standing.order"
    with pytest.raises(VerificationError, match="before it was recorded"):
        annul(account, tally, Outcome.ACKNOWLEDGED_LATE, 229, START)


def test_time_does_not_run_backwards() -> None:
    account, tally = record(Account(), Tally(), Outcome.OVERDUE, START)
    for act in (
        lambda: score(account, START - 1),
        lambda: record(account, tally, Outcome.OVERDUE, START - 1),
    ):
        with pytest.raises(VerificationError, match="before the account's last change"):
            act()


# Tiers


@pytest.mark.parametrize(
    ("points", "before", "expected"),
    [
        (4_500, 0, 0), (4_499, 0, 1), (3_000, 0, 1), (2_999, 0, 2), (0, 0, 2), (10_000, 0, 0),
        (5_499, 1, 1), (5_500, 1, 0), (3_000, 1, 1), (2_999, 1, 2),
        (3_999, 2, 2), (4_000, 2, 1), (5_499, 2, 1), (5_500, 2, 0),
    ],
)  # fmt: skip
def test_thresholds(monkeypatch: pytest.MonkeyPatch, points: int, before: int, expected: int) -> None:
    monkeypatch.setattr(model, "score", lambda account, at: points)
    assert model.evaluated(standing_at(0, 0, tier_=before), START).tier == expected


@pytest.mark.parametrize(("parties", "before", "expected"), [(3, 0, 2), (2, 3, 2), (2, 2, 0), (0, 0, 0)])
def test_a_fall_needs_three_jurisdictions(parties: int, before: int, expected: int) -> None:
    account = replace(standing_at(0, 100, parties=parties), parties_before=before)
    assert model.evaluated(account, START).tier == expected
    kept = replace(account, tier=1, withheld_until=START // DAY + 100)
    assert model.evaluated(kept, START).tier == (2 if expected else 1)


def test_a_rise_needs_nobody() -> None:
    assert model.evaluated(standing_at(50, 0, parties=0, tier_=2), START).tier == 0


@given(ACCOUNTS, st.integers(0, 400 * DAY))
def test_between_the_thresholds_nothing_changes(account: Account, passed: int) -> None:
    at = START + passed
    before, now = tier(account, at), model.evaluated(account, at)
    points = score(account, at)
    if 4_500 <= points < 5_500 and before < 2:
        assert now.tier == before
    if 3_000 <= points < 4_000 and before:
        assert now.tier == before
    assert model.evaluated(now, at) == now


@given(ACCOUNTS, st.integers(0, 400 * DAY))
def test_a_tier_carries_its_end(account: Account, passed: int) -> None:
    at = START + passed
    now = model.evaluated(account, at)
    if now.tier:
        # Less than 90 days only where fewer than three jurisdictions say so again.
        several = max(account.parties, account.parties_before) >= 3
        assert (90 if several else 1) <= now.withheld_until - at // DAY <= 180
        assert tier(now, now.withheld_until * DAY - 1) == now.tier
        assert tier(now, now.withheld_until * DAY) == 0
        assert withheld(now, now.withheld_until * DAY) == 0
    else:
        assert now.withheld_until == 0


def test_the_end_is_pushed_when_less_than_90_days_remain() -> None:
    today = START // DAY
    for left, expected in ((90, 90), (89, 180), (1, 180)):
        account = replace(standing_at(0, 30, tier_=1), withheld_until=today + left)
        assert model.evaluated(account, START).withheld_until == today + expected


def test_whose_end_came_begins_anew() -> None:
    """At 5,000 one stays in tier 1, but does not fall into it."""
    account = replace(standing_at(0, 20, tier_=1), withheld_until=START // DAY)
    assert score(account, START) == 5_000
    assert model.evaluated(account, START).tier == 0
    assert model.evaluated(replace(account, withheld_until=START // DAY + 1), START).tier == 1


@given(SAID)
def test_the_floor_is_never_withheld(said: Said) -> None:
    account = after(said * 3)
    assert not withheld(account, START) & FLOOR
    assert all(not powers & FLOOR for powers in WITHHELD)
    assert WITHHELD[1] == Power.REQUEST
    assert WITHHELD[2] == Power.REQUEST | Power.ASK | Power.LEAD


def test_parties_are_jurisdictions_with_something_bad() -> None:
    account = after(
        [(1, Outcome.OVERDUE), (1, Outcome.OVERDUE), (2, Outcome.CONFIRMED), (3, Outcome.OVERDUE)]
    )
    assert account.parties == 2
    later = record(account, Tally(), Outcome.CONFIRMED, START + QUARTER)[0]
    assert (later.parties, later.parties_before) == (0, 2)
    assert record(later, Tally(), Outcome.CONFIRMED, START + 3 * QUARTER)[0].parties_before == 0


def test_more_parties_than_a_byte_holds() -> None:
    account = after([(number, Outcome.OVERDUE) for number in range(300)])
    assert account.parties == 255
