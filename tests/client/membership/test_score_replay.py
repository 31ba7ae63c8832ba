# SPDX-License-Identifier: Apache-2.0
"""Standing from the events alone: who may speak, what was taken back, and whether it binds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.errors import VerificationError
from concordat.membership.numbers import number_of
from concordat.membership.powers import FLOOR, Power
from concordat.membership.standing.replay import Accounts, Annulled, Declared, Event, Recorded, replay
from concordat.membership.standing.score import DAY, QUARTER, Account, Outcome

START = 228 * QUARTER
RATED = number_of(458, 1)
BAD = (Outcome.OVERDUE, Outcome.FREEZE_UNJUSTIFIED, Outcome.DISPUTE_LOST)


def said(number: int, outcome: Outcome, by: int, at: int = START) -> Recorded:
    return Recorded(number.to_bytes(32), RATED, number_of(by, 1), outcome, at)


def complaints(count: int, at: int = START, first: int = 0) -> list[Event]:
    """One overdue request with each of so many jurisdictions."""
    return [said(first + each, Outcome.OVERDUE, 100 + each, at) for each in range(count)]


def test_nobody_rates_his_own_jurisdiction() -> None:
    own = said(1, Outcome.CONFIRMED, 458)
    accounts = replay([own, Annulled(own.id, START + 1)])
    assert accounts == Accounts(_outcomes={own.id: own}, _annulled={own.id})
    assert accounts.score(RATED, START) == 7_500


def test_agencies_of_one_jurisdiction_share_its_cap() -> None:
    one, many = (
        replay(
            Recorded(bytes([each]), RATED, number_of(156, 1 + each % bureaus), Outcome.CONFIRMED, START)
            for each in range(40)
        )
        for bureaus in (1, 20)
    )
    assert one.account(RATED) == many.account(RATED)


def test_what_does_not_add_up_is_refused() -> None:
    first = said(1, Outcome.OVERDUE, 100)
    impossible: list[list[Event]] = [
        [first, first],
        [Annulled(first.id, START)],
        [first, Annulled(first.id, START), Annulled(first.id, START)],
        [first, said(2, Outcome.OVERDUE, 101, START - 1)],
    ]
    for events in impossible:
        with pytest.raises(VerificationError) as caught:
            replay(events)
        assert caught.value.code == "standing.order"


def test_standing_advises_until_somebody_declares() -> None:
    accounts = replay(complaints(10))
    assert accounts.tier(RATED, START) == 1
    assert accounts.withheld_at(RATED, START) == 0


def test_declared_it_binds_at_once_and_advises_30_days_on() -> None:
    accounts = replay([Declared(458, True, START)])
    assert accounts.binds(458, START)
    assert not accounts.binds(156, START)
    accounts.apply(Declared(458, False, START + 5))
    accounts.apply(Declared(458, False, START + 9))
    assert accounts.binds(458, START + 5 + 30 * DAY - 1)
    assert not accounts.binds(458, START + 5 + 30 * DAY)
    accounts.apply(Declared(458, True, START + 50))
    assert accounts.binds(458, START + 300 * DAY)


def test_powers_are_taken_and_come_back_on_their_day() -> None:
    accounts = replay([Declared(458, True, START), *complaints(10)])
    end = (START // DAY + 180) * DAY
    assert accounts.withheld_at(RATED, START) == Power.REQUEST
    assert accounts.withheld_at(RATED, end - 1) == Power.REQUEST
    assert accounts.withheld_at(RATED, end) == 0


def test_powers_are_returned_by_good_answers() -> None:
    later = START + QUARTER
    good = [said(100 + each, Outcome.CONFIRMED, 100 + each, later) for each in range(20)]
    accounts = replay([Declared(458, True, START), *complaints(10), *good])
    assert accounts.tier(RATED, later) == 0
    assert accounts.withheld_at(RATED, later) == 0


def test_who_only_advises_returns_what_is_withheld_at_the_next_rise() -> None:
    events: list[Event] = [Declared(458, True, START), *complaints(20)]
    events += complaints(20, START + 60, first=50)
    accounts, later = replay([*events, Declared(458, False, START + 61)]), START + QUARTER
    assert accounts.tier(RATED, later) == 2
    assert accounts.withheld_at(RATED, later) == Power.REQUEST | Power.ASK | Power.LEAD
    assert not accounts.binds(458, later)
    number = 200
    while accounts.tier(RATED, later) == 2:
        assert accounts.withheld_at(RATED, later)
        accounts.apply(said(number, Outcome.CONFIRMED, number, later))
        number += 1
    assert accounts.tier(RATED, later) == 1
    assert accounts.withheld_at(RATED, later) == 0


def test_a_panel_gives_back_what_a_wrong_outcome_took() -> None:
    wrong = complaints(10)
    accounts = replay([Declared(458, True, START), *wrong])
    assert accounts.withheld_at(RATED, START)
    for each in wrong:
        assert isinstance(each, Recorded)
        accounts.apply(Annulled(each.id, START + 9))
    assert accounts.account(RATED) == Account(quarter=228)
    assert accounts.withheld_at(RATED, START + 9) == 0


@given(st.lists(st.tuples(st.sampled_from(BAD), st.integers(1, 60), st.integers(0, 40 * DAY)), max_size=60))
def test_whatever_happens_the_floor_stays(steps: list[tuple[Outcome, int, int]]) -> None:
    at, accounts = START, replay([Declared(458, True, START)])
    for number, (outcome, by, passed) in enumerate(steps):
        at += passed
        accounts.apply(said(number, outcome, by, at))
        assert not accounts.withheld_at(RATED, at) & FLOOR
