# SPDX-License-Identifier: Apache-2.0
"""Times as a document shows them: UTC first, then local with its zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from concordat.rendering.content import Text, data


def utc(at: datetime) -> str:
    """Write a moment as ISO 8601 in UTC, whole seconds unless it has a fraction."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def shown(at: datetime, zone: tzinfo | None = None) -> tuple[Text, ...]:
    """Write a moment in UTC and, where it differs, in local time with its offset.

    Args:
        at: aware datetime; its own offset is "local" unless `zone` says otherwise.
        zone: the zone of the place of collection.

    """
    return tuple(data(f"{moment:{_FULL}} {name}") for moment, name in _views(at, zone))


def span(start: datetime, end: datetime) -> tuple[Text, ...]:
    """Write from when to when, in UTC and local time; the date is not repeated within one day."""
    pairs = zip(_views(start, None), _views(end, start.tzinfo), strict=False)
    return tuple(
        data(f"{a:{_FULL}} – {b:{_TIME if a.date() == b.date() else _FULL}} {name}")
        for (a, name), (b, _) in pairs
    )


_TIME = "%H:%M:%S"
_FULL = f"%Y-%m-%d {_TIME}"


def _views(at: datetime, zone: tzinfo | None) -> list[tuple[datetime, str]]:
    """Give the moment in UTC and, unless that is the same, in local time, each with the zone's name."""
    local = at.astimezone(zone or at.tzinfo)
    views = [(at.astimezone(UTC), "UTC")]
    offset = local.utcoffset()
    if offset:
        views.append((local, offset_name(offset)))
    return views


def offset_name(offset: timedelta) -> str:
    """Name an offset, e.g. ``UTC+08:00``."""
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def duration(start: datetime, end: datetime) -> Text:
    """Name the whole minutes between two moments."""
    minutes = int((end - start).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if not hours:
        return Text(f"{rest} min", f"{rest}分钟")
    return Text(f"{hours} h {rest} min", f"{hours}小时{rest}分钟")


def utc_of(seconds: int) -> str:
    """Write seconds since 1970 as ISO 8601 in UTC."""
    return utc(datetime.fromtimestamp(seconds, UTC))
