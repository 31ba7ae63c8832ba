# SPDX-License-Identifier: Apache-2.0
"""The checks that rulebooks name where no mask carries a rule. Each gives the fields that break the rule."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Final

from concordat.evidence.record import Record
from concordat.evidence.record.words import Category
from concordat.evidence.steps import Step

ELECTRONIC_DATA: Final = frozenset(
    {
        Category.PLATFORM_PUBLICATION,
        Category.COMMUNICATION,
        Category.REGISTRATION_ID_TRANSACTION_LOG,
        Category.FILE_PROGRAM_CERT,
    }
)
"""Art. 1 of Fa Fa [2016] 22."""
LONGEST_PRESERVATION_MONTHS: Final = 6


def broken(name: str, record: Record, forum: str, used_numbers: Collection[str]) -> Iterator[str]:
    """Give the fields that break a named rule; none if it is kept.

    ``numbers-unique`` needs the numbers of the whole case. ``times-in-order`` breaks nothing here: it has
    codes of its own, one for each order (``precheck_sense.TIME_ORDER``). Rulebooks refuse names that are not
    in ``rules.PRECHECKS``, so an unknown one breaks nothing either.
    """
    if name == "numbers-unique":
        yield from _numbers_used(record, used_numbers)
    elif name == "collection-in-forum":
        yield from _collected_in_forum_from_abroad(record, forum)
    elif name in _CHECKS:
        yield from _CHECKS[name](record)


def _numbers_used(record: Record, used: Collection[str]) -> Iterator[str]:
    for index, item in enumerate(record.items):
        if item.number is not None and item.number in used:
            yield f"items[{index}].number"


def _collected_in_forum_from_abroad(record: Record, forum: str) -> Iterator[str]:
    """Find data of the forum taken from outside it, neither public nor under a mandate."""
    from_abroad = record.data_location == forum and record.place.country != forum
    if from_abroad and record.mandate is None and not record.claims(Step.DATA_PUBLIC):
        yield "data_location"


def _data_category(record: Record) -> Iterator[str]:
    if not record.items:
        yield "items"
    for index, item in enumerate(record.items):
        if item.category is not None and item.category not in ELECTRONIC_DATA:
            yield f"items[{index}].category"


def _item_list_columns(record: Record) -> Iterator[str]:
    for index, item in enumerate(record.items):
        if item.category is None:
            yield f"items[{index}].category"


def _original_not_seized_reason(record: Record) -> Iterator[str]:
    if not record.claims(Step.ORIGINAL_NOT_SEIZED_REASONED):
        return
    if record.original_not_seized is None:
        yield "original_not_seized.reason"
    elif record.original_not_seized.location is None:
        yield "original_not_seized.location"


def _video_when_write_blocker_waived(record: Record) -> Iterator[str]:
    waived = record.claims(Step.WRITE_BLOCKER_WAIVER_REASONED) and not record.claims(Step.WRITE_BLOCKER_USED)
    if waived and not record.claims(Step.VIDEO_RECORDED):
        yield "steps.VIDEO_RECORDED"


def _preservation_ground(record: Record) -> Iterator[str]:
    if record.preservation is None:
        yield "preservation.reason"


def _preservation_period(record: Record) -> Iterator[str]:
    until = record.preservation.until if record.preservation else None
    if until is None or until > months_after(record.started, LONGEST_PRESERVATION_MONTHS):
        yield "preservation.until"


def _jargon_explained(record: Record) -> Iterator[str]:
    messages = any(item.category is Category.COMMUNICATION for item in record.items)
    if messages and not record.claims(Step.JARGON_EXPLAINED):
        yield "steps.JARGON_EXPLAINED"


def _source_known(record: Record) -> Iterator[str]:
    if record.source is None and not record.claims(Step.SOURCE_STATEMENT):
        yield "source"


def months_after(moment: datetime, months: int) -> datetime:
    """Count calendar months on; the day is cut to the length of the month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)


_CHECKS: Final[Mapping[str, Callable[[Record], Iterator[str]]]] = {
    "data-category": _data_category,
    "item-list-columns": _item_list_columns,
    "jargon-explained": _jargon_explained,
    "original-not-seized-reason": _original_not_seized_reason,
    "preservation-ground": _preservation_ground,
    "preservation-period": _preservation_period,
    "source-known": _source_known,
    "video-when-write-blocker-waived": _video_when_write_blocker_waived,
}

KNOWN: Final = frozenset(_CHECKS) | {"numbers-unique", "collection-in-forum", "times-in-order"}
"""All names that rulebooks may use."""
