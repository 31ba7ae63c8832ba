# SPDX-License-Identifier: Apache-2.0
"""Periods in seconds as the law of the place counts them, and for whom a desk acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from freeze_stage import DAY, HOUR, NUMBER, Stage
from hypothesis import given
from hypothesis import strategies as some

from concordat.assets.orders.order import Period
from concordat.assets.values import periods
from concordat.assets.words import AssetClass, Measure, PeriodUnit
from concordat.casework.freezing import counting, offices
from concordat.errors import AuthorityError, UsageError

MONDAY = int(datetime.fromisoformat("2026-03-16T10:00:00+08:00").timestamp())


def seconds(count: int, unit: PeriodUnit, place: str = "SG", measure: Measure = Measure.FREEZE) -> int:
    rule = counting.rule_of(Period(count, unit), place, measure, AssetClass.CASH)
    return counting.seconds_of(rule, MONDAY)


def test_days_end_at_midnight_there_and_hours_by_the_second() -> None:
    assert seconds(30, PeriodUnit.DAYS) == 30 * DAY + 14 * HOUR
    assert seconds(48, PeriodUnit.HOURS, measure=Measure.STOP_PAYMENT) == 48 * HOUR
    assert seconds(48, PeriodUnit.HOURS) == 48 * HOUR


def test_working_days_know_the_country_s_holidays() -> None:
    """20 and 21 March 2026: Hari Raya Puasa, and a Saturday, in Singapore."""
    assert seconds(5, PeriodUnit.WORKING_DAYS) > seconds(5, PeriodUnit.DAYS)


def test_where_nothing_is_written_plain_days_are_counted() -> None:
    rule = counting.rule_of(Period(3, PeriodUnit.DAYS), "FR", Measure.FREEZE, AssetClass.CASH)
    assert counting.seconds_of(rule, MONDAY) == 3 * DAY
    assert counting.profile_of("FR", Measure.FREEZE, AssetClass.CASH) is None
    assert counting.profile_of("SG", Measure.SEAL, AssetClass.CASH) is None
    with pytest.raises(UsageError):
        counting.rule_of(Period(10_000, PeriodUnit.YEARS), "SG", Measure.FREEZE, AssetClass.CASH)


@given(some.integers(1, 400), some.integers(0, 365 * DAY))
def test_no_period_exceeds_its_cap(count: int, later: int) -> None:
    rule = counting.rule_of(Period(count, PeriodUnit.DAYS), "SG", Measure.FREEZE, AssetClass.CASH)
    start = MONDAY + later
    assert 0 < counting.seconds_of(rule, start) <= counting.most_seconds(rule)
    first = start + counting.seconds_of(rule, start)
    assert periods.following_end(first, rule) - first <= counting.most_seconds(rule)


def test_a_renewal_ends_with_the_same_day_of_the_month() -> None:
    """A period that ends at midnight is followed by one whose first day counts."""
    month = counting.rule_of(Period(1, PeriodUnit.MONTHS), "SG", Measure.FREEZE, AssetClass.CASH)
    end = MONDAY + counting.seconds_of(month, MONDAY)
    days = [end]
    for _ in range(3):
        days.append(periods.following_end(days[-1], month))
    shown = [datetime.fromtimestamp(day - 1, UTC).astimezone(ZoneInfo("Asia/Singapore")).day for day in days]
    assert len(set(shown)) == 1


def test_hours_are_renewed_by_the_second() -> None:
    rule = counting.rule_of(Period(48, PeriodUnit.HOURS), "SG", Measure.STOP_PAYMENT, AssetClass.CASH)
    assert periods.following_end(MONDAY, rule) == MONDAY + 48 * HOUR
    assert replace(rule, count=1) != rule


# For whom a desk acts


def test_the_agency_is_the_workspace_s_or_that_of_the_appointment(freezing: Stage) -> None:
    assert offices.own_agency(freezing.desk("teller")) == NUMBER["SG-MERLION"]
    freezing.workspace("SG-MERLION").set(agency=0)
    assert offices.own_agency(freezing.desk("teller")) == NUMBER["SG-MERLION"]
    with pytest.raises(AuthorityError) as nobody:
        offices.own_agency(freezing.desk("anyone", "SG-MERLION"))
    assert nobody.value.code == "authority.not_appointed" and nobody.value.next


def test_agencies_are_called_by_their_names(freezing: Stage) -> None:
    known = offices.names(freezing.ledger)
    assert offices.called(known, NUMBER["SG-SPF"]) == "SG-SPF"
    assert offices.called(known, 7) == "0-7 (7)"
    assert offices.number_of(freezing.ledger, "sg-spf") == offices.number_of(
        freezing.ledger, NUMBER["SG-SPF"]
    )
