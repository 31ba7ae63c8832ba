# SPDX-License-Identifier: Apache-2.0
"""Rings, spite and neglect against the score: nobody does worse than the bounds; the honest lose nothing."""

from __future__ import annotations

import random
from functools import cache

import pytest
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from benchmarks.standing import bounds, plots, search
from benchmarks.standing.people import IGNORES, Kind
from benchmarks.standing.report import Found, write
from benchmarks.standing.world import MINIMUM, QUARTERS, START, World
from concordat.membership.numbers import number_of
from concordat.membership.powers import FLOOR, Power
from concordat.membership.standing.replay import Accounts, Recorded, replay
from concordat.membership.standing.score import CAP, FALL, GOOD_CAP, ONE, QUARTER, Outcome

ERRS = bounds.panel_errs(0.9, 4, 28)
RATED = number_of(1, 1)


@cache
def world(jurisdictions: int) -> World:
    """Five years of thirty agencies, each test looks at them another way."""
    return World(7, jurisdictions).run()


both = pytest.mark.parametrize("jurisdictions", [30, 15])


# A ring


def test_the_bounds_that_are_stated() -> None:
    assert bounds.most_lift() == 1_605
    assert bounds.most_lift(bounds.least_bad(MINIMUM, search.SETTLED)) == 1_434
    assert bounds.outweigh() == 5


@pytest.mark.parametrize("flood", [1, 30, 1_000])
def test_no_flood_says_more_good_than_the_caps_allow(flood: int) -> None:
    accounts, serial = Accounts(), 0
    for quarter in range(12 if flood < 1_000 else 3):
        for friend in range(2, 6):
            for _ in range(flood):
                serial += 1
                at = START + quarter * QUARTER
                accounts.apply(
                    Recorded(serial.to_bytes(8), RATED, number_of(friend, 1), Outcome.CONFIRMED, at)
                )
        assert accounts.account(RATED).good < bounds.friends_good() * ONE


@pytest.mark.parametrize("seed", [3, 4])
def test_no_ring_lifts_more_than_the_bound(seed: int) -> None:
    ever, _ = search.worst_lift(seed, 0, 6)
    _, settled = search.worst_lift(seed, MINIMUM, 6)
    bound, least = bounds.most_lift(), bounds.most_lift(bounds.least_bad(MINIMUM, search.SETTLED))
    assert 0.95 * bound < ever <= bound  # and the bound is no larger than it must be
    assert 0.95 * least < settled <= least


def test_five_jurisdictions_outweigh_any_praise_of_friends() -> None:
    assert search.enough() == bounds.outweigh()


@both
def test_a_ring_that_does_wrong_loses_requests(jurisdictions: int) -> None:
    members = world(jurisdictions).of(Kind.RING)
    histories = [world(jurisdictions).history[each.number] for each in members]
    assert all(any(moment.withheld & Power.REQUEST for moment in each[:8]) for each in histories)
    without = sum(bool(moment.withheld & Power.REQUEST) for each in histories for moment in each)
    assert without > 0.75 * QUARTERS * len(members)


# Spite


@pytest.mark.parametrize("means", bounds.Means)
@pytest.mark.parametrize(("flood", "share"), [(1, 1.0), (3, 0.3), (8, 1.0), (40, 1.0)])
def test_no_spite_sinks_who_answers_in_time_and_has_fair_partners(
    means: bounds.Means, flood: int, share: float
) -> None:
    for seed in range(2):
        spite = search.Spite(means, ERRS, flood, share, helpers=MINIMUM)
        lowest, tier = search.worst_spite(seed, spite)
        assert lowest >= FALL[0]
        assert tier == 0


@pytest.mark.parametrize("flood", [1, 5, 40])
def test_disputed_answers_sink_nobody_even_without_help(flood: int) -> None:
    for seed in range(2):
        lowest, tier = search.worst_spite(seed, search.Spite(bounds.Means.DISPUTES, ERRS, flood))
        assert lowest >= FALL[0]
        assert tier == 0


@pytest.mark.parametrize("means", bounds.Means)
@pytest.mark.parametrize("confirmed", [True, False])
def test_spite_comes_to_what_was_derived(means: bounds.Means, confirmed: bool) -> None:
    derived = bounds.spite(means, ERRS, confirmed=confirmed)
    lowest, _ = search.worst_spite(5, search.Spite(means, ERRS, 200, confirmed=confirmed))
    assert abs(lowest - derived) < 400  # a flood leaves little to chance


def test_who_wins_a_dispute_must_be_confirmed() -> None:
    for means in (bounds.Means.MISUSE, bounds.Means.COURTS):
        assert bounds.spite(means, ERRS, MINIMUM) > FALL[0]
        assert bounds.spite(means, ERRS, MINIMUM, confirmed=False) < FALL[1]


def test_how_late_a_flood_may_be_answered() -> None:
    share = bounds.lateness_borne()
    good, bad = bounds.RING * GOOD_CAP * bounds.AT_REST, bounds.RING * CAP * bounds.AT_REST
    assert bounds.points(good * (1 - share), bad * share) == pytest.approx(FALL[0])


def test_panels_that_err_too_often_protect_nobody() -> None:
    borne = bounds.errors_borne()
    assert ERRS < borne < 0.18
    assert bounds.worst_spite(borne - 0.01) > FALL[0] > bounds.worst_spite(borne + 0.01)
    assert search.worst_spite(1, search.Spite(bounds.Means.MISUSE, 0.35, 40))[1] > 0


def test_how_often_a_panel_errs() -> None:
    assert bounds.panel_errs(1.0, 0, 28) == 0
    assert bounds.panel_errs(0.0, 0, 28) == pytest.approx(1)
    assert bounds.panel_errs(0.9, 0, 28) == pytest.approx(3 * 0.01 * 0.9 + 0.001)
    assert bounds.panel_errs(1.0, 2, 3) == 1  # two liars of three
    chance, wrong, tries = random.Random(1), 0, 20_000
    for _ in range(tries):
        panel = chance.sample(range(28), 3)
        wrong += sum(each < 4 or chance.random() > 0.9 for each in panel) >= 2
    assert wrong / tries == pytest.approx(ERRS, abs=0.01)


# Neglect


@pytest.mark.parametrize("jurisdictions", [5, 8, 12, 20, 29])
def test_who_ignores_falls_and_who_mends_comes_back(jurisdictions: int) -> None:
    accounts, serial = Accounts(), 0

    def said(outcome: Outcome, quarter: int) -> int:
        nonlocal serial
        for each in range(jurisdictions):
            serial += 1
            at = START + quarter * QUARTER
            accounts.apply(Recorded(serial.to_bytes(8), RATED, number_of(10 + each, 1), outcome, at))
        return accounts.tier(RATED, START + quarter * QUARTER)

    tiers = [said(Outcome.OVERDUE, quarter) for quarter in range(20)]
    fell = bounds.quarters_to_fall(jurisdictions)
    assert fell <= 2
    assert not any(tiers[: fell - 1])
    assert all(tiers[fell - 1 :])
    back = []
    for quarter in range(20, 26):
        said(Outcome.ANSWERED_IN_TIME, quarter)
        back.append(said(Outcome.CONFIRMED, quarter))
    returned = bounds.quarters_to_return(jurisdictions)
    assert returned <= 5
    assert back[0]  # not at once; sooner than by the score alone where the withholding ran out meanwhile
    assert not any(back[returned - 1 :])


@both
def test_it_loses_the_power_to_request_by_itself_and_earns_it_back(jurisdictions: int) -> None:
    (mending,) = world(jurisdictions).of(Kind.MENDING)
    history = world(jurisdictions).history[mending.number]
    lost = [quarter for quarter, moment in enumerate(history) if moment.withheld & Power.REQUEST]
    assert IGNORES.start <= lost[0] <= IGNORES.start + 1
    assert lost == list(range(lost[0], lost[-1] + 1))
    assert IGNORES.stop <= lost[-1] < IGNORES.stop + 5


# Everybody


@both
@pytest.mark.parametrize("kind", [Kind.HONEST, Kind.VICTIM, Kind.SILENT])
def test_the_honest_never_lose_a_power(jurisdictions: int, kind: Kind) -> None:
    for each in world(jurisdictions).of(kind):
        assert not any(moment.withheld for moment in world(jurisdictions).history[each.number])


@both
def test_not_even_for_a_moment(jurisdictions: int) -> None:
    """Between the ends of quarters too: while a panel has not spoken yet."""
    fair = {each.number for kind in (Kind.HONEST, Kind.VICTIM) for each in world(jurisdictions).of(kind)}
    accounts = Accounts()
    for event in world(jurisdictions).events:
        accounts.apply(event)
        if isinstance(event, Recorded) and event.agency in fair:
            assert not accounts.tier(event.agency, event.at)


@both
def test_the_floor_stays_with_everybody(jurisdictions: int) -> None:
    moments = [moment for history in world(jurisdictions).history.values() for moment in history]
    assert len(moments) == 30 * QUARTERS
    assert not any(moment.withheld & FLOOR for moment in moments)
    assert any(moment.withheld & Power.ASK for moment in moments)


def test_the_malicious_lose_all_that_can_be_lost() -> None:
    for each in world(30).of(Kind.MALICIOUS):
        last = world(30).history[each.number][-1]
        assert last.withheld == Power.REQUEST | Power.ASK | Power.LEAD


def test_who_says_nothing_stays_where_it_began() -> None:
    for each in world(30).of(Kind.SILENT):
        assert {moment.score for moment in world(30).history[each.number]} == {7_500}


def test_all_of_it_comes_from_the_events_alone() -> None:
    assert replay(world(30).events) == world(30).accounts


def test_the_same_seed_is_the_same_world() -> None:
    assert World(3).run(2).events == World(3).run(2).events
    assert World(3).run(2).events != World(4).run(2).events


def test_the_report_and_its_pictures() -> None:
    worlds = [world(30), world(15)]
    for draw in (plots.scores, plots.authority):
        texts = [each.text for each in fromstring(draw(worlds)).iter("{http://www.w3.org/2000/svg}text")]
        assert all(texts.count(kind.value) == 2 for kind in Kind)
    spites = {(means, helpers): (6_000, 0) for means in bounds.Means for helpers in (0, MINIMUM)}
    found = Found(1_500, 1_300, 5, spites, 9)
    text = write([[each] for each in worlds], found, ["score.svg"])
    assert "at most 1,605 | 1,500 |" in text
    assert "![score.svg](score.svg)" in text
    assert all(len(line) <= 120 for line in text.splitlines() if not line.startswith("|"))
