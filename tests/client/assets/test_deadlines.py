# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from concordat.assets.inbox.deadlines import Deadline, Due, calendar
from concordat.errors import UsageError

STAMP = 1_795_100_000
DEADLINE = Deadline(
    "0x" + "aB" * 32, Due.REPLY, 1_795_200_000, "STOP-2026-0042", "iban:GB****5555", "Example Holder"
)


def events(data: bytes) -> list[dict[str, object]]:
    return [dict(event) for event in Calendar.from_ical(data).walk("VEVENT")]


def test_entry_has_a_lasting_name_its_time_and_alarms() -> None:
    data = calendar([DEADLINE], stamp=STAMP)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["uid"]) == f"reply-0x{'ab' * 32}@concordat"
    assert event["dtstart"].dt == datetime.fromtimestamp(DEADLINE.at, UTC)
    assert event["dtstamp"].dt == datetime.fromtimestamp(STAMP, UTC)
    triggers = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(hours=-24), timedelta(hours=-1)]
    assert calendar([DEADLINE], stamp=STAMP) == data


def test_nothing_of_the_person_unless_asked() -> None:
    shy = calendar([DEADLINE], stamp=STAMP)
    assert b"Example Holder" not in shy and b"GB****" not in shy
    told = calendar([DEADLINE], stamp=STAMP, personal=True)
    (event,) = Calendar.from_ical(told).walk("VEVENT")
    assert "Example Holder" in event["description"] and "GB****5555" in event["description"]
    assert "Example Holder" not in event["summary"]


def test_later_time_replaces_the_earlier() -> None:
    moved = replace(DEADLINE, at=DEADLINE.at + 60, sequence=1)
    for order in ([DEADLINE, moved], [moved, DEADLINE]):
        (event,) = Calendar.from_ical(calendar(order, stamp=STAMP)).walk("VEVENT")
        assert (event["sequence"], event["dtstart"].dt.timestamp()) == (1, moved.at)


def test_entries_stand_in_the_order_of_time() -> None:
    several = [replace(DEADLINE, due=due, at=DEADLINE.at - number) for number, due in enumerate(Due)]
    found = Calendar.from_ical(calendar(several, stamp=STAMP, alarms=(60, 60, 5))).walk("VEVENT")
    assert [event["dtstart"].dt.timestamp() for event in found] == sorted(each.at for each in several)
    assert all(len(event.walk("VALARM")) == 2 for event in found)


def test_both_languages() -> None:
    for due in Due:
        assert due.label().en and due.label().zh
    data = calendar([DEADLINE], stamp=STAMP, lang="zh")
    assert "答复请求" in str(Calendar.from_ical(data).walk("VEVENT")[0]["summary"])


@given(st.text(max_size=200))
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    data = calendar([replace(DEADLINE, order=text, holder=text)], stamp=STAMP, personal=True)
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 1


@pytest.mark.parametrize("at", [-1, 2**36])
def test_time_beyond_every_calendar_is_refused(at: int) -> None:
    with pytest.raises(UsageError):
        calendar([replace(DEADLINE, at=at)], stamp=STAMP)
