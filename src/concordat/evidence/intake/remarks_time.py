# SPDX-License-Identifier: Apache-2.0
"""Findings about time and place: what cameras, mails and logs say against what the record says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from concordat.evidence.intake.bounds import outside
from concordat.evidence.intake.findings import Finding, FindingCode, info, warn
from concordat.evidence.intake.kinds import Recognised
from concordat.evidence.intake.kinds.times import parse_iso
from concordat.evidence.intake.model import Context
from concordat.evidence.intake.walk import Entry

_SLACK = timedelta(minutes=5)
"""How far clocks of different machines may be apart before a time counts as future."""
_FARTHEST = timedelta(hours=14)
"""A time without offset may belong to any zone; none is further ahead of UTC."""
_CLOCK_MS = 1000
_TIMES = {
    "taken": ("The camera's time", "照片拍摄时间"),
    "recorded": ("The recording's time", "录制时间"),
    "mail_date": ("The mail's date", "邮件日期"),
    "created": ("The document's date", "文档创建时间"),
    "last_time": ("The last entry's time", "最后一条记录的时间"),
}


def time_findings(entry: Entry, recognised: Recognised, context: Context) -> Iterator[Finding]:
    """Findings about one file's times and place."""
    now = context.now or datetime.now(UTC)
    if not entry.device:
        changed = _from_ns(entry.status.st_mtime_ns)
        if changed is None or changed > now + _SLACK:
            shown = changed.isoformat() if changed else f"{entry.status.st_mtime_ns} ns"
            yield _future(entry, ("The file's last change", "文件最后修改时间"), shown, now)
    for key, what in _TIMES.items():
        stated = recognised.observations.get(key)
        time = parse_iso(stated) if isinstance(stated, str) else None
        if time is None:
            continue
        limit = now + _SLACK if time.tzinfo else now + _FARTHEST
        if _aware(time, UTC) > limit:
            yield _future(entry, what, time.isoformat(), now)
    yield from _photo(entry, recognised, context)


def clock_findings(context: Context) -> Iterator[Finding]:
    """Mention a clock that was known to be wrong."""
    offset = context.clock_offset_ms
    if offset:
        yield (warn if abs(offset) > _CLOCK_MS else info)(
            FindingCode.CLOCK_OFFSET,
            seconds=f"{abs(offset) / 1000:g}",
            direction="fast" if offset > 0 else "slow",
            direction_zh="快" if offset > 0 else "慢",
        )


def _photo(entry: Entry, recognised: Recognised, context: Context) -> Iterator[Finding]:
    stated = recognised.observations.get("taken")
    taken = parse_iso(stated) if isinstance(stated, str) else None
    relation = _relation(taken, context) if taken is not None else None
    if relation is not None and taken is not None and context.started and context.ended:
        # Photos found on a phone are older than the collection; one made after it cannot have been collected.
        later = relation == "after"
        yield (warn if later else info)(
            FindingCode.EXIF_TIME_OUTSIDE,
            entry.path,
            time=taken.isoformat(),
            relation=relation,
            relation_zh="晚于" if later else "早于",
            started=context.started.isoformat(),
            ended=context.ended.isoformat(),
        )
    latitude, longitude = recognised.observations.get("latitude"), recognised.observations.get("longitude")
    if (
        isinstance(latitude, float)
        and isinstance(longitude, float)
        and outside(context.country, latitude, longitude)
    ):
        yield (info if relation == "before" else warn)(
            FindingCode.EXIF_PLACE_OUTSIDE,
            entry.path,
            latitude=f"{latitude:.6f}",
            longitude=f"{longitude:.6f}",
            country=context.country,
        )


def _relation(taken: datetime, context: Context) -> str | None:
    """ "before" or "after" the collection, None if within it or if the record's times are not known.

    A camera that states no offset is taken to show the local time of the collection.
    """
    if context.started is None or context.ended is None:
        return None
    zone = context.started.tzinfo
    if _aware(taken, zone) > context.ended + _SLACK:
        return "after"
    return "before" if _aware(taken, zone) < context.started - _SLACK else None


def _future(entry: Entry, what: tuple[str, str], time: str, now: datetime) -> Finding:
    return warn(
        FindingCode.TIME_IN_FUTURE,
        entry.path,
        what=what[0],
        what_zh=what[1],
        time=time,
        now=now.isoformat(timespec="seconds"),
    )


def _aware(time: datetime, zone: tzinfo | None) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=zone or UTC)


def _from_ns(nanoseconds: int) -> datetime | None:
    """None for a time that no calendar holds: file systems can store those."""
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        return None
