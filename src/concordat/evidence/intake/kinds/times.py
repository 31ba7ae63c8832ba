# SPDX-License-Identifier: Apache-2.0
"""Finding times in text, in the forms that logs and exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

_DATE = r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d{1,9})?"
_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
_ISO = re.compile(rf"(?<!\d){_DATE}[T ]{{1,2}}{_CLOCK} ?{_ZONE}(?![\d:])")
_CLF = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})/(?P<month>[A-Z][a-z]{2})/(?P<year>(?:19|20)\d\d):"
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) (?P<zone>[+-]\d{4})"
)
_SYSLOG = re.compile(r"^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EPOCH = re.compile(r"(?<![\d.])(?:1[0-9]{9})(?:\d{3})?(?:\.\d{1,6})?(?![\d.])")


def times(text: str) -> Iterator[datetime]:
    """Yield the full times in a text, in its order of each form; naive if no offset is written."""
    for pattern in (_ISO, _CLF):
        for match in pattern.finditer(text):
            time = _time(match.groupdict())
            if time is not None:
                yield time


def has_time(line: str) -> bool:
    """Whether a line bears a time, syslog's without a year and seconds since 1970 included."""
    return bool(_ISO.search(line) or _CLF.search(line) or _SYSLOG.match(line) or _EPOCH.search(line))


def parse_iso(text: str) -> datetime | None:
    """A time as an observation holds it, or None."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _time(parts: dict[str, str | None]) -> datetime | None:
    month = parts["month"] or ""
    try:
        return datetime(
            int(parts["year"] or 0),
            _MONTHS.index(month) + 1 if month.isalpha() else int(month),
            int(parts["day"] or 0),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_zone(parts["zone"]),
        )
    except (ValueError, IndexError):
        return None


def _zone(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone == "Z":
        return UTC
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))
