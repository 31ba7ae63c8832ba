# SPDX-License-Identifier: Apache-2.0
"""Orders against members: who took an agency's powers, since when and until when.

Each source keeps a list of its own (IMembership.Source). A country that left or was excluded takes its
agencies with it. Times are seconds since 1970 UTC; orders are half-open intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from concordat.ledger.protocol import Ledger
from concordat.ledger.sentences.words import moment
from concordat.membership import numbers
from concordat.membership.agencies import REGISTRY

FOR_EVER: Final = 2**40 - 1


class Source(IntEnum):
    """Who took powers."""

    AUTHORITY = 0
    COUNCIL = 1
    EMERGENCY = 2
    EXCLUSION = 3
    STANDING = 4


@dataclass(frozen=True)
class Order:
    """An order that is in force.

    Attributes:
        source: whose it is.
        since: when it began.
        until: its end, if nobody lifts it; None: for good.
        country: it is against the whole country, which left or was excluded.
    """

    source: Source
    since: int
    until: int | None
    country: bool = False

    def __str__(self) -> str:
        """For a sentence."""
        if self.country:
            return f"its country left or was excluded on {moment(self.since)}"
        if self.until is None:
            return f"excluded on {moment(self.since)}"
        return f"suspended until {moment(self.until)}"


def barred(ledger: Ledger, members: Iterable[int], at: int) -> dict[int, Order]:
    """Those agencies from which an order takes everything then but the floor of powers, with that order.

    What standing withholds are single powers, and bars nobody.
    """
    members = sorted(set(members))
    jurisdictions = {each: numbers.jurisdiction_of(each) for each in members}
    left = {each: _against_country(ledger, each, at) for each in set(jurisdictions.values())}
    found = {each: left[jurisdictions[each]] or _against_agency(ledger, each, at) for each in members}
    return {each: order for each, order in found.items() if order}


def _against_country(ledger: Ledger, jurisdiction: int, at: int) -> Order | None:
    left = _covering(ledger, numbers.number_of(jurisdiction, 0), Source.EXCLUSION, at)
    return replace(left, country=True) if left else None


def _against_agency(ledger: Ledger, number: int, at: int) -> Order | None:
    if not ledger.call(REGISTRY, "agencyOf", number).suspensions:
        return None
    sources = (Source.EXCLUSION, Source.COUNCIL, Source.EMERGENCY, Source.AUTHORITY)
    found = (_covering(ledger, number, source, at) for source in sources)
    return next((order for order in found if order), None)


def _covering(ledger: Ledger, number: int, source: Source, at: int) -> Order | None:
    """The newest order that had begun decides, as in the contract."""
    given: Sequence[tuple[int, int, bytes]] = ledger.call(REGISTRY, "suspensionsBy", number, int(source))
    begun = next(((since, until) for since, until, _ in reversed(given) if since <= at), None)
    if begun is None or at >= begun[1]:
        return None
    since, until = begun
    return Order(source, int(since), None if until == FOR_EVER else int(until))
