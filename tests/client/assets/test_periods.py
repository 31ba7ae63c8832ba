# SPDX-License-Identifier: Apache-2.0
"""Periods end when the law says, never before they begin, never after the chain's bound."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.assets.values.periods import SAME_TIME, Rule, cap_seconds, end_of, is_working
from concordat.assets.words import PeriodUnit
from concordat.errors import UsageError

SHANGHAI, BERLIN, LONDON, NEW_YORK = "Asia/Shanghai", "Europe/Berlin", "Europe/London", "America/New_York"
H, D, W, M, Y = (
    PeriodUnit.HOURS,
    PeriodUnit.DAYS,
    PeriodUnit.WORKING_DAYS,
    PeriodUnit.MONTHS,
    PeriodUnit.YEARS,
)


def at(text: str, zone: str, fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


def ends(start: str, rule: Rule, fold: int = 0) -> str:
    """Wall time of the end, in the zone of the rule."""
    found = datetime.fromtimestamp(end_of(at(start, rule.zone, fold), rule), ZoneInfo(rule.zone))
    return found.replace(tzinfo=None).isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("start", "rule", "end"),
    [
        # hours and days
        ("2025-05-06 10:15", Rule(H, 48, zone=SHANGHAI), "2025-05-08 10:15"),
        ("2025-05-06 10:15", Rule(D, 3, zone=SHANGHAI), "2025-05-09 10:15"),
        ("2025-05-06 10:15", Rule(D, 3, zone=SHANGHAI, ends_at="24:00"), "2025-05-10 00:00"),
        ("2025-05-06 10:15", Rule(D, 3, True, SHANGHAI, "24:00"), "2025-05-09 00:00"),
        ("2025-05-06 18:00", Rule(D, 1, True, SHANGHAI, "17:00"), "2025-05-06 18:00"),
        ("2025-12-31 23:59", Rule(D, 1, zone=SHANGHAI, ends_at="17:30"), "2026-01-01 17:30"),
        # months and years: the day with the same number, or the month's last
        ("2025-01-15 10:00", Rule(M, 6, zone=SHANGHAI), "2025-07-15 10:00"),
        ("2025-01-15 10:00", Rule(M, 6, zone=SHANGHAI, ends_at="24:00"), "2025-07-16 00:00"),
        ("2025-01-15 10:00", Rule(M, 6, True, SHANGHAI, "24:00"), "2025-07-15 00:00"),
        ("2025-01-31 10:00", Rule(M, 1, zone=SHANGHAI, ends_at="24:00"), "2025-03-01 00:00"),
        ("2024-01-31 10:00", Rule(M, 1, zone=SHANGHAI, ends_at="24:00"), "2024-03-01 00:00"),
        ("2024-01-31 10:00", Rule(M, 1, zone=SHANGHAI, ends_at="17:00"), "2024-02-29 17:00"),
        ("2025-01-31 10:00", Rule(M, 1, zone=SHANGHAI), "2025-03-01 00:00"),
        ("2025-01-31 10:00", Rule(M, 1, True, SHANGHAI, "24:00"), "2025-03-01 00:00"),
        ("2025-01-29 10:00", Rule(M, 1, True, SHANGHAI, "24:00"), "2025-03-01 00:00"),
        ("2025-03-01 10:00", Rule(M, 1, True, SHANGHAI, "24:00"), "2025-04-01 00:00"),
        ("2025-08-31 10:00", Rule(M, 6, zone=SHANGHAI, ends_at="24:00"), "2026-03-01 00:00"),
        ("2025-12-10 10:00", Rule(M, 13, zone=SHANGHAI), "2027-01-10 10:00"),
        ("2024-02-29 10:00", Rule(Y, 1, zone=SHANGHAI), "2025-03-01 00:00"),
        ("2024-02-29 10:00", Rule(Y, 4, zone=SHANGHAI), "2028-02-29 10:00"),
        ("2025-02-28 10:00", Rule(Y, 2, zone=SHANGHAI, ends_at="24:00"), "2027-03-01 00:00"),
        # working days: China's Spring Festival 2025 with two Sundays and Saturdays worked in exchange
        ("2025-01-24 10:00", Rule(W, 10, zone=SHANGHAI, ends_at="24:00", holidays="CN"), "2025-02-14 00:00"),
        ("2025-12-22 09:00", Rule(W, 3, zone=LONDON, ends_at="24:00", holidays="GB"), "2025-12-30 00:00"),
        ("2025-12-22 09:00", Rule(W, 3, zone=LONDON, holidays="GB"), "2025-12-29 09:00"),
        ("2025-12-22 09:00", Rule(W, 4, True, LONDON, "24:00", "GB"), "2025-12-30 00:00"),
        ("2025-04-17 09:00", Rule(W, 1, zone=BERLIN, ends_at="24:00", holidays="XECB"), "2025-04-23 00:00"),
        ("2025-05-10 09:00", Rule(W, 1, zone=LONDON, ends_at="24:00"), "2025-05-13 00:00"),
        ("2025-05-10 09:00", Rule(W, 1, zone=LONDON), "2025-05-13 00:00"),
        ("2025-05-09 09:00", Rule(W, 1, zone=LONDON), "2025-05-12 09:00"),
        # moving on
        ("2025-09-30 10:00", Rule(D, 3, False, SHANGHAI, "24:00", "CN", moves_on=True), "2025-10-10 00:00"),
        ("2025-05-08 10:00", Rule(D, 2, False, LONDON, "17:00", moves_on=True), "2025-05-12 17:00"),
        ("2025-05-07 10:00", Rule(D, 2, False, LONDON, "17:00", moves_on=True), "2025-05-09 17:00"),
    ],
)
def test_ends_known_by_hand(start: str, rule: Rule, end: str) -> None:
    assert ends(start, rule) == end


def test_days_by_decree() -> None:
    off, worked = frozenset({date(2025, 5, 12)}), frozenset({date(2025, 5, 10)})
    assert ends("2025-05-09 09:00", Rule(W, 1, free_days=off)) == "2025-05-13 09:00"
    assert ends("2025-05-09 09:00", Rule(W, 1, work_days=worked)) == "2025-05-10 09:00"
    assert ends("2025-05-09 09:00", Rule(W, 1, free_days=worked, work_days=worked)) == "2025-05-10 09:00"


def test_working_days_of_a_country_and_of_a_part_of_it() -> None:
    labuan = date(2025, 5, 30)  # Pesta Kaamatan, a holiday in Labuan and Sabah only
    assert is_working(labuan, Rule(W, 1, holidays="MY"))
    assert not is_working(labuan, Rule(W, 1, holidays="MY-15"))
    assert is_working(date(2025, 1, 26), Rule(W, 1, holidays="CN"))  # a Sunday
    assert not is_working(date(2025, 1, 26), Rule(W, 1))


# Clocks that change


def test_hours_are_hours_whatever_the_clock_shows() -> None:
    start = at("2025-03-29 12:00", BERLIN)
    assert end_of(start, Rule(H, 24, zone=BERLIN)) == start + 86_400
    assert ends("2025-03-29 12:00", Rule(H, 24, zone=BERLIN)) == "2025-03-30 13:00"


def test_a_day_is_23_or_25_hours_long() -> None:
    for day, hours in (("2025-03-29", 23), ("2025-10-25", 25), ("2025-06-01", 24)):
        start = at(f"{day} 12:00", BERLIN)
        assert end_of(start, Rule(D, 1, zone=BERLIN)) - start == hours * 3600


def test_an_hour_that_is_skipped_ends_when_the_clock_jumps() -> None:
    jump = at("2025-03-30 03:00", BERLIN)
    for minute in ("02:00", "02:01", "02:59", "03:00"):
        assert end_of(at(f"2025-03-29 {minute}", BERLIN), Rule(D, 1, zone=BERLIN)) == jump
    assert end_of(at("2025-03-29 12:00", BERLIN), Rule(D, 1, zone=BERLIN, ends_at="02:30")) == jump


def test_of_an_hour_that_comes_twice_the_second_counts() -> None:
    rule = Rule(D, 1, zone=BERLIN, ends_at="02:30")
    assert end_of(at("2025-10-25 12:00", BERLIN), rule) == at("2025-10-26 02:30", BERLIN, fold=1)


def test_a_start_in_the_second_showing_of_an_hour() -> None:
    rule = Rule(D, 1, zone=BERLIN)
    assert ends("2025-10-26 02:50", rule) == "2025-10-27 02:50"
    assert ends("2025-10-26 02:10", rule, fold=1) == "2025-10-27 03:00"
    assert ends("2025-10-26 03:00", rule) == "2025-10-27 03:00"
    assert ends("2025-10-26 02:10", Rule(D, 1, zone=BERLIN, ends_at="24:00"), fold=1) == "2025-10-28 00:00"


def test_a_midnight_that_does_not_exist() -> None:
    # Chile's clocks jump from 24:00 to 01:00.
    rule = Rule(D, 1, True, "America/Santiago", "24:00")
    assert ends("2025-09-06 10:00", rule) == "2025-09-07 01:00"


# Properties

ZONES = [
    "UTC", SHANGHAI, BERLIN, LONDON, NEW_YORK, "America/Havana", "America/Santiago", "America/St_Johns",
    "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut", "Asia/Kathmandu", "Antarctica/Troll",
    "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham",
]  # fmt: skip
HOURS = [SAME_TIME, "00:00", "00:30", "02:30", "09:00", "17:00", "23:59", "24:00"]
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2020, 2046))
starts = st.one_of(
    st.integers(FIRST + 86_400, LAST),
    # around a change of clocks, where mistakes hide
    st.builds(
        lambda day, offset: int((day + timedelta(seconds=offset)).timestamp()),
        st.sampled_from(
            [
                datetime(2025, m, d, tzinfo=UTC)
                for m, d in ((3, 30), (10, 26), (3, 9), (11, 2), (4, 5), (9, 7))
            ]
        ),
        st.integers(-100_000, 100_000),
    ),
    # around the ends of months
    st.builds(
        lambda month, offset: int(
            (datetime(2024, month, 1, tzinfo=UTC) + timedelta(hours=offset)).timestamp()
        ),
        st.integers(1, 12),
        st.integers(-100, 100),
    ),
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    unit = draw(st.sampled_from(list(PeriodUnit)))
    most = {H: 200, D: 400, W: 40, M: 26, Y: 3}[unit]
    hour = SAME_TIME if unit is H else draw(st.sampled_from(HOURS))
    return Rule(
        unit,
        draw(st.integers(1, most)),
        first_day_counts=hour != SAME_TIME and draw(st.booleans()),
        zone=draw(st.sampled_from(ZONES)),
        ends_at=hour,
        holidays=draw(st.sampled_from(["", "CN", "MY", "SG", "GB", "XECB"])),
        moves_on=hour != SAME_TIME and draw(st.booleans()),
    )


@settings(max_examples=400)
@given(starts, rules())
def test_never_before_the_start_and_within_the_bound(start: int, rule: Rule) -> None:
    assert start <= end_of(start, rule) <= start + cap_seconds(rule)


@settings(max_examples=400)
@given(starts, st.one_of(st.integers(1, 7300), st.integers(1, 40 * 86_400)), rules())
def test_who_starts_later_never_ends_earlier(start: int, later: int, rule: Rule) -> None:
    assert end_of(start, rule) <= end_of(start + later, rule)


@pytest.mark.parametrize("zone", ZONES)
def test_ends_never_go_back_around_a_change_of_clocks(zone: str) -> None:
    """Every ten minutes around each change of the clock, and a day before it."""
    hours = range(at("2025-01-01 00:00", "UTC"), at("2026-01-01 00:00", "UTC"), 3600)
    ahead = [datetime.fromtimestamp(hour, ZoneInfo(zone)).utcoffset() for hour in hours]
    changes = [hour for hour, old, new in zip(hours[1:], ahead, ahead[1:], strict=False) if old != new]
    for rule in (Rule(D, 1, zone=zone), Rule(D, 1, zone=zone, ends_at="02:30"), Rule(W, 1, zone=zone)):
        for change in changes:
            for first in (change - 10_000, change - 96_400):
                found = [end_of(start, rule) for start in range(first, first + 20_000, 600)]
                assert found == sorted(found)


@settings(max_examples=150)
@given(starts, rules())
def test_a_longer_period_ends_no_earlier(start: int, rule: Rule) -> None:
    longer = Rule(**{**vars(rule), "count": rule.count + 1})
    assert end_of(start, rule) <= end_of(start, longer)
    assert cap_seconds(rule) <= cap_seconds(longer)


@settings(max_examples=150)
@given(starts, rules())
def test_moving_on_ends_on_a_working_day(start: int, rule: Rule) -> None:
    if not rule.moves_on or rule.ends_at == "24:00":
        return
    end = end_of(start, rule)
    if end > start:
        assert is_working(datetime.fromtimestamp(end, ZoneInfo(rule.zone)).date(), rule)


@pytest.mark.parametrize(
    ("rule", "days", "more"),
    [
        (Rule(H, 48), 2, 0), (Rule(D, 7), 7, 7200), (Rule(D, 7, ends_at="24:00"), 8, 7200),
        (Rule(D, 7, True, ends_at="24:00"), 7, 7200), (Rule(M, 6), 186, 7200), (Rule(Y, 2), 732, 7200),
        (Rule(M, 6, ends_at="24:00"), 187, 7200), (Rule(W, 5), 14, 7200),
        (Rule(W, 10, holidays="CN"), 28, 7200),
    ],
)  # fmt: skip
def test_bounds_in_seconds(rule: Rule, days: int, more: int) -> None:
    assert cap_seconds(rule) == days * 86_400 + more


@pytest.mark.parametrize("country", ["CN", "MY", "SG", "TH", "PH", "GB", "US", "DE", "XECB"])
def test_the_bound_of_working_days_holds_for_every_day(country: str) -> None:
    rule = Rule(W, 10, holidays=country, ends_at="24:00")
    cap = cap_seconds(rule)
    for day in range(FIRST, LAST, 86_400):
        assert end_of(day, rule) - day <= cap


# What is refused


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"count": 0}, "count"), ({"count": -1}, "count"), ({"count": 10**9}, "count"),
        ({"ends_at": "25:00"}, "hour"), ({"ends_at": "24:01"}, "hour"), ({"ends_at": "9:00"}, "hour"),
        ({"ends_at": "٠٩:٠٠"}, "hour"), ({"unit": H, "ends_at": "24:00"}, "hour"),
        ({"first_day_counts": True}, "hour"), ({"moves_on": True}, "hour"),
        ({"zone": "Asia/Nowhere"}, "zone"), ({"zone": "../etc"}, "zone"), ({"zone": "America"}, "zone"),
        ({"zone": ""}, "zone"), ({"zone": "a\0b"}, "zone"),
        ({"unit": W, "holidays": "ZZ"}, "calendar"), ({"unit": W, "holidays": "MY-99"}, "calendar"),
        ({"unit": W, "holidays": "cn"}, "calendar"),
    ],
)  # fmt: skip
def test_rules_that_contradict_themselves(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as raised:
        Rule(**{"unit": D, "count": 1, **wrong})  # type: ignore[arg-type]
    assert raised.value.code == f"period.{code}"


@pytest.mark.parametrize("start", [-1, 1 << 40])
def test_starts_out_of_bounds(start: int) -> None:
    with pytest.raises(UsageError) as raised:
        end_of(start, Rule(D, 1))
    assert raised.value.code == "period.start"


@pytest.mark.parametrize("start", ["2019-12-30 10:00", "2049-12-30 10:00", "2060-01-01 10:00"])
def test_years_without_calendar(start: str) -> None:
    with pytest.raises(UsageError) as raised:
        end_of(at(start, "UTC"), Rule(W, 5, holidays="SG"))
    assert raised.value.code == "period.calendar"
    assert end_of(at(start, "UTC"), Rule(D, 5))


def test_a_calendar_without_any_working_day() -> None:
    everything = frozenset(date(2020, 1, 1) + timedelta(days=n) for n in range(11_000))
    with pytest.raises(UsageError):
        end_of(FIRST, Rule(W, 1, free_days=everything))
