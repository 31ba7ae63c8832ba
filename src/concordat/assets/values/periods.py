# SPDX-License-Identifier: Apache-2.0
"""When a period ends as law counts it, and a bound in seconds that the chain can keep.

The contract knows seconds; laws know working days, months and the last hour of a day. So the client counts as
the law does, and asks the chain for that many seconds; the profile on the chain has `cap_seconds`, which no
end counted here exceeds. A month without the day ends with its last day: 31 January and one month is the end
of February. Ends never go back: who starts later never ends earlier. So, for ends at "the same time":

* where the day is missing in the last month, the period ends at the end of that month's last day;
* an hour that the clock skips ends when the clock jumps; of an hour that it shows twice, the second counts;
* a start in the second showing of an hour is counted as if the hour were over.

Working days need a calendar, which is known from 2020 to 2049 and comes from the `holidays` library. Days
that a government moves by decree at short notice are given with the rule.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from concordat.assets.words import PeriodUnit
from concordat.errors import UsageError

SAME_TIME = "same time"
HOUR, DAY = 3600, 86_400
#: Clocks change by two hours at most (Troll); standard time may change once within a period too.
CLOCK_CHANGE = 2 * HOUR
FIRST_YEAR, LAST_YEAR = 2020, 2049
_LATEST = int(datetime(2500, 1, 1, tzinfo=UTC).timestamp())
_FIRST_DAY, _LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_SATURDAY = 5
_HOUR = r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00"


class PeriodError(UsageError):
    """A period that cannot be counted."""

    default_code = "period.wrong"


#: Longest period of each unit, 20 years or less.
_MOST = {
    PeriodUnit.HOURS: 8760,
    PeriodUnit.DAYS: 7305,
    PeriodUnit.WORKING_DAYS: 500,
    PeriodUnit.MONTHS: 240,
    PeriodUnit.YEARS: 20,
}


@dataclass(frozen=True)
class Rule:
    """How a law counts one period.

    Attributes:
        unit: hours are counted by the second; everything else by the calendar of `zone`.
        count: of units, above 0.
        first_day_counts: whether the day of the start is the first day of the period.
        zone: IANA name.
        ends_at: ``same time`` as the start, or an hour ``00:00`` to ``24:00`` of the last day.
        holidays: country (``CN``), part of one (``MY-14``) or financial calendar (``XECB``) of the `holidays`
            library; "" for Saturdays and Sundays only.
        free_days: further days off, as decreed.
        work_days: days that are worked although they are a weekend or holiday.
        moves_on: whether a period that ends on a day off ends on the next working day instead.

    Raises:
        UsageError: the parts contradict each other, or a zone or calendar is unknown.
    """

    unit: PeriodUnit
    count: int
    first_day_counts: bool = False
    zone: str = "UTC"
    ends_at: str = SAME_TIME
    holidays: str = ""
    free_days: frozenset[date] = frozenset()
    work_days: frozenset[date] = frozenset()
    moves_on: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.count <= _MOST[self.unit]:
            raise PeriodError(
                f"A period has 1 to {_MOST[self.unit]} {self.unit.label().en}, not {self.count}.",
                code="period.count",
            )
        if self.ends_at != SAME_TIME and not re.fullmatch(_HOUR, self.ends_at):
            raise PeriodError(
                f"A period ends at '{SAME_TIME}' or at an hour from 00:00 to 24:00.", code="period.hour"
            )
        same_time = self.ends_at == SAME_TIME
        if self.unit is PeriodUnit.HOURS and not same_time:
            raise PeriodError(
                "A period in hours ends by the second, not at an hour of a day.", code="period.hour"
            )
        if same_time and (self.first_day_counts or self.moves_on):
            # From moment to moment there is no first day, and on another day there is no same time.
            raise PeriodError(
                "A period whose first day counts, or that moves on to a working day, ends at an hour.",
                code="period.hour",
                next="Say which, for example 24:00.",
            )
        _zone(self.zone)
        if self.needs_calendar:
            _days_off(self.holidays)

    @property
    def needs_calendar(self) -> bool:
        """Whether days off matter, so that it can only be counted for years whose calendar is known."""
        return self.moves_on or self.unit is PeriodUnit.WORKING_DAYS


def end_of(start: int, rule: Rule) -> int:
    """End of a period that begins at ``start``; never before it, never more than `cap_seconds` after it.

    Args:
        start: seconds since 1970 UTC.
        rule: how it is counted.

    Returns:
        Seconds since 1970 UTC; the first second that is no longer within the period.

    Raises:
        UsageError: the start is out of bounds, or working days are asked for years without calendar.
    """
    if not 0 <= start < _LATEST:
        raise PeriodError("A period begins between 1970 and 2499.", code="period.start")
    if rule.unit is PeriodUnit.HOURS:
        return start + rule.count * HOUR
    zone = _zone(rule.zone)
    if rule.ends_at == SAME_TIME:
        began = _clock(start, zone)
        day, exact = _last_day(began.date(), rule)
        return _instant(datetime.combine(day, began.time()) if exact else _hour(day, "24:00"), zone)
    day, _ = _last_day(datetime.fromtimestamp(start, zone).date(), rule)
    if rule.moves_on:
        day = _first_working(day, rule)
    # The hour may be over already where the first day is also the last: then nothing is left of the period.
    return max(start, _instant(_hour(day, rule.ends_at), zone))


def following_end(end: int, rule: Rule) -> int:
    """End of a period that follows one that ended then, seconds since 1970 UTC.

    A period that ends with a day is followed by one that begins with the next, and that whole day counts: six
    months from 15 January end with 15 July, their renewal with 15 January, not with the 16th.
    """
    return end_of(end, rule if rule.ends_at == SAME_TIME else replace(rule, first_day_counts=True))


def cap_seconds(rule: Rule) -> int:
    """A sure upper bound of ``end_of(start, rule) - start``, whatever the start.

    Hours are exact. Days, months (31 days) and years (366 days) get one day more where the end is an hour of
    a day, and two hours for clocks that change. Working days and moving on are measured over all starts of
    the years whose calendar is known, in whole weeks: a holiday more or less rarely changes the bound.
    """
    if rule.unit is PeriodUnit.HOURS:
        return rule.count * HOUR
    if rule.unit is PeriodUnit.WORKING_DAYS:
        days = _weeks(_longest_count(rule))
    else:
        days = rule.count * {PeriodUnit.DAYS: 1, PeriodUnit.MONTHS: 31, PeriodUnit.YEARS: 366}[rule.unit]
        if rule.ends_at != SAME_TIME and not rule.first_day_counts:
            days += 1
        if rule.moves_on:
            days += _weeks(_longest_move(rule))
    return days * DAY + CLOCK_CHANGE


def is_working(day: date, rule: Rule) -> bool:
    """Whether a day is worked by the calendar of the rule.

    Raises:
        UsageError: its year is not known.
    """
    return _first_working(day, rule) == day


def _last_day(first: date, rule: Rule) -> tuple[date, bool]:
    """Last day of the period, and whether it is the very day that corresponds to the first."""
    if rule.unit is PeriodUnit.WORKING_DAYS:
        return _after_working(first, rule)
    if rule.unit is PeriodUnit.DAYS:
        return first + timedelta(days=rule.count - rule.first_day_counts), True
    return _after_months(
        first, rule.count * (12 if rule.unit is PeriodUnit.YEARS else 1), rule.first_day_counts
    )


def _after_months(first: date, months: int, first_day_counts: bool) -> tuple[date, bool]:
    """The day with the same number, or the one before if the first day counts; else the month's last."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    wanted = first.day - first_day_counts
    if wanted == 0:
        return date(year, month + 1, 1) - timedelta(days=1), True
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(wanted, last)), wanted <= last


def _after_working(first: date, rule: Rule) -> tuple[date, bool]:
    """Not exact if it began on a day off: it then runs from the beginning of the next working day."""
    worked = is_working(first, rule)
    # A period to the same time counts a day begun on a day off as soon as that working day is over.
    days = _working_days(rule.holidays, rule.free_days, rule.work_days)
    place = bisect_right(days, first) + rule.count - 1 - (rule.first_day_counts and worked)
    if place >= len(days):
        raise _unknown()
    return days[place], worked


def _first_working(day: date, rule: Rule) -> date:
    days = _working_days(rule.holidays, rule.free_days, rule.work_days)
    place = bisect_left(days, day)
    if day < _FIRST_DAY or place == len(days):
        raise _unknown()
    return days[place]


def _unknown() -> PeriodError:
    return PeriodError(
        f"Working days are known from {FIRST_YEAR} to {LAST_YEAR} only.",
        code="period.calendar",
        next="Give the end of the period yourself.",
    )


@lru_cache(maxsize=64)
def _longest_count(rule: Rule) -> int:
    """Most days that a period of working days takes, its first and last day included."""
    return _longest(lambda day: _after_working(day, rule)[0]) + 1


@lru_cache(maxsize=64)
def _longest_move(rule: Rule) -> int:
    """Most days by which an end moves on."""
    return _longest(lambda day: _first_working(day, rule))


def _longest(ends: Callable[[date], date]) -> int:
    most, day = 0, _FIRST_DAY
    while day <= _LAST_DAY:
        try:
            most = max(most, (ends(day) - day).days)
        except UsageError:  # the calendar is over: what cannot be counted cannot be exceeded
            break
        day += timedelta(days=1)
    return most


def _weeks(days: int) -> int:
    return -(-days // 7) * 7


@lru_cache(maxsize=64)
def _working_days(name: str, free: frozenset[date], work: frozenset[date]) -> tuple[date, ...]:
    """All working days of the known years, in order."""
    off = _days_off(name) | free
    every = (_FIRST_DAY + timedelta(days=n) for n in range((_LAST_DAY - _FIRST_DAY).days + 1))
    return tuple(day for day in every if day in work or day not in off)


@lru_cache(maxsize=64)
def _days_off(name: str) -> frozenset[date]:
    """Weekends and holidays of the known years; days worked in exchange are none."""
    every = [_FIRST_DAY + timedelta(days=n) for n in range((_LAST_DAY - _FIRST_DAY).days + 1)]
    if not name:
        return frozenset(day for day in every if day.weekday() >= _SATURDAY)
    place, _, part = name.partition("-")
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    found: holidays.HolidayBase
    try:
        if place in set(holidays.list_supported_financial()):
            found = holidays.financial_holidays(place, subdiv=part or None, years=years)
        else:
            found = holidays.country_holidays(place, subdiv=part or None, years=years)
    except NotImplementedError as error:
        raise PeriodError(
            f"There is no calendar of holidays '{name[:16]}'.",
            code="period.calendar",
            next="Use the code of a country or of a part of it, for example CN or MY-14.",
        ) from error
    return frozenset(day for day in every if not found.is_working_day(day))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise PeriodError(
            f"There is no zone '{name[:64]}'.",
            code="period.zone",
            next="Use a name of the IANA list, for example Asia/Shanghai.",
        ) from error


def _hour(day: date, hour: str) -> datetime:
    """An hour of a day on the wall; 24:00 is the beginning of the next."""
    hours, minutes = hour.split(":")
    return datetime.combine(day, time()) + timedelta(hours=int(hours), minutes=int(minutes))


def _clock(start: int, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows; in the second showing of an hour, the end of that hour."""
    local = datetime.fromtimestamp(start, zone)
    if not local.fold:
        return local.replace(tzinfo=None)
    width = _offset(local.replace(fold=0)) - _offset(local)
    changed = _change(zone, start - width, start)
    return datetime.fromtimestamp(changed, zone).replace(tzinfo=None, fold=0) + timedelta(seconds=width)


def _instant(wall: datetime, zone: ZoneInfo) -> int:
    """When the clock shows this, for the last time; if it never does, when it jumps over it."""
    first = int(wall.replace(tzinfo=zone, fold=0).timestamp())
    last = int(wall.replace(tzinfo=zone, fold=1).timestamp())
    return last if first <= last else _change(zone, last, first)


def _change(zone: ZoneInfo, low: int, high: int) -> int:
    """First second of the offset that holds at ``high``, where another one holds at ``low``."""
    new = _offset(datetime.fromtimestamp(high, zone))
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, zone)) == new:
            high = middle
        else:
            low = middle
    return high


def _offset(local: datetime) -> int:
    """Seconds that a zone's clock is ahead of UTC."""
    ahead = local.utcoffset()
    return int(ahead.total_seconds()) if ahead else 0
