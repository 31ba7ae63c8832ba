# SPDX-License-Identifier: Apache-2.0
"""Durations as people write them, and back: ``72 hours`` is 259,200 seconds.

An agreement's clocks run in seconds on the chain. Months and years have no fixed length, so they are refused
with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from concordat.errors import UsageError
from concordat.evidence.laws import Text

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
LONGEST: Final = (1 << 32) - 1
_UNITS: Final[Mapping[str, int]] = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": WEEK}
_CHINESE: Final[Mapping[int, str]] = {DAY: "日", HOUR: "小时", MINUTE: "分钟", 1: "秒"}
_ENGLISH: Final[Mapping[int, str]] = {DAY: "day", HOUR: "hour", MINUTE: "minute", 1: "second"}
_WRITTEN: Final = re.compile(r"([1-9][0-9]{0,6}) (minute|hour|day|week|month|year)s?")


def parse(text: str) -> int:
    """Seconds.

    Args:
        text: such as ``72 hours``.

    Raises:
        UsageError: it is no duration, or one without a fixed length.
    """
    found = _WRITTEN.fullmatch(" ".join(text.split()))
    if not found:
        raise _wrong("a duration such as 72 hours or 14 days is expected here")
    if found[2] in ("month", "year"):
        raise _wrong("months and years have no fixed length: write days (a year is 365 days)")
    seconds = int(found[1]) * _UNITS[found[2]]
    if seconds > LONGEST:
        raise _wrong("this is longer than the chain can hold (136 years)")
    return seconds


def shown(seconds: int) -> Text:
    """The same for people, in the largest unit that leaves no rest; up to two days in hours."""
    unit = next(size for size in _ENGLISH if seconds % size == 0 and (size < DAY or seconds > 2 * DAY))
    count = seconds // unit
    return Text(f"{count:,} {_ENGLISH[unit]}{'' if count == 1 else 's'}", f"{count:,}{_CHINESE[unit]}")


def written(seconds: int) -> str:
    """The same as :func:`parse` reads it.

    Raises:
        UsageError: it is not a whole number of minutes.
    """
    if not seconds or seconds % MINUTE:
        raise _wrong(f"{seconds} seconds are no whole minutes")
    return shown(seconds).en.replace(",", "")


def _wrong(message: str) -> UsageError:
    return UsageError(message, code="agreement.duration")
