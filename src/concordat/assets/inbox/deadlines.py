# SPDX-License-Identifier: Apache-2.0
"""Deadlines as iCalendar (RFC 5545), for the calendars of those who have to meet them.

A calendar travels to phones and shared screens. So an entry names what is due, the number of the order and
nothing of the person: accounts are masked and holders left out, unless ``personal`` asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import Final

from icalendar import Alarm, Calendar, Event

from concordat.errors import UsageError
from concordat.evidence.laws import Text
from concordat.language import chosen

PRODUCT: Final = "-//Concordat//Deadlines//EN"
ALARMS: Final = (24 * 3600, 3600)
"""Seconds before a deadline at which a calendar reminds."""
LAST: Final = 2**36 - 1


@unique
class Due(StrEnum):
    """What is due."""

    RATIFY = "ratify"
    ENDORSE = "endorse"
    REPLY = "reply"
    CHECK = "check"
    TURN = "turn"
    RENEW = "renew"
    REVIEW = "review"
    END = "end"

    def label(self) -> Text:
        """Its name for people."""
        return _LABELS[self]


_LABELS: Final[Mapping[Due, Text]] = {
    Due.RATIFY: Text("Ratify, or the request lapses", "逾期未批准则请求失效"),
    Due.ENDORSE: Text("Decide on endorsing the request", "就认可请求作出决定"),
    Due.REPLY: Text("Answer the request", "答复请求"),
    Due.CHECK: Text("Check the answer, or the hold lapses", "复核答复，逾期则控制失效"),
    Due.TURN: Text("Acknowledge the hold on its turn, or it lapses", "轮候生效后签收，逾期则失效"),
    Due.RENEW: Text("Last moment to renew the hold", "续控最后期限"),
    Due.REVIEW: Text("Decide on the objection", "就异议作出决定"),
    Due.END: Text("The hold ends by itself", "控制期限届满自动解除"),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline.

    Attributes:
        key: of the request, hold or objection, 0x and 64 digits; with ``due`` it is the entry's lasting name.
        due: what is due.
        at: when, seconds since 1970 UTC.
        order: number of the order.
        account: masked form; told only if asked.
        holder: name; told only if asked.
        sequence: how often the time was changed, so that a calendar replaces the older entry.

    """

    key: str
    due: Due
    at: int
    order: str
    account: str = ""
    holder: str = ""
    sequence: int = 0

    @property
    def uid(self) -> str:
        """The same for the same deadline, whenever it is exported."""
        return f"{self.due.value}-{self.key.lower()}@concordat"


def calendar(
    deadlines: Iterable[Deadline],
    *,
    stamp: int,
    alarms: Sequence[int] = ALARMS,
    personal: bool = False,
    lang: str | None = None,
) -> bytes:
    """Give a calendar with one entry a deadline, by time; the same bytes for the same arguments.

    Args:
        deadlines: any order; of two with one name the one changed last counts.
        stamp: DTSTAMP of all entries, seconds since 1970 UTC.
        alarms: seconds before each deadline at which to remind.
        personal: whether account and holder are told.
        lang: ``en`` or ``zh``; by default the one that was chosen.

    Raises:
        UsageError: a time that no calendar has.

    """
    known: dict[str, Deadline] = {}
    for each in sorted(deadlines, key=lambda deadline: deadline.sequence):
        known[each.uid] = each
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for each in sorted(known.values(), key=lambda deadline: (deadline.at, deadline.uid)):
        found.add_component(_event(each, stamp, alarms, personal, lang or chosen()))
    return bytes(found.to_ical())


def _event(deadline: Deadline, stamp: int, alarms: Sequence[int], personal: bool, lang: str) -> Event:
    label = deadline.due.label()[lang]
    event = Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", _moment(stamp))
    event.add("dtstart", _moment(deadline.at))
    event.add("sequence", deadline.sequence)
    event.add("summary", f"{label}: {deadline.order}")
    told = [deadline.account, deadline.holder] if personal else []
    event.add("description", "\n".join(filter(None, [label, deadline.order, *told, deadline.key])))
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    for before in sorted(set(alarms), reverse=True):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{label}: {deadline.order}")
        alarm.add("trigger", timedelta(seconds=-before))
        event.add_component(alarm)
    return event


def _moment(seconds: int) -> datetime:
    if not 0 <= seconds <= LAST:
        raise UsageError("This deadline lies beyond every calendar.", code="deadline.time")
    return datetime.fromtimestamp(seconds, UTC)
