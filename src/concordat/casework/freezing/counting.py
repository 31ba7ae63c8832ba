# SPDX-License-Identifier: Apache-2.0
"""Periods of orders in seconds: counted as the law of the institutions' jurisdiction counts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from concordat.assets.law.profileparts import Profile
from concordat.assets.law.profiles import ProfileBook, bundled_profiles
from concordat.assets.orders.order import Period
from concordat.assets.values.periods import Rule, cap_seconds, end_of
from concordat.assets.words import AssetClass, Measure, PeriodUnit
from concordat.errors import ConcordatError


def seconds_of(rule: Rule, start: int) -> int:
    """Length of a period that begins at ``start``, seconds.

    The chain counts the same seconds from the moment of holding, which comes a little later: within the cap
    of the profile that makes no difference of more than a day.
    """
    return end_of(start, rule) - start


def most_seconds(rule: Rule) -> int:
    """What no such period exceeds, whenever it begins."""
    return cap_seconds(rule)


def rule_of(period: Period, jurisdiction: str, measure: Measure, asset_class: AssetClass) -> Rule:
    """How a jurisdiction counts a period: zone, first day, hour of the end, days off.

    As the profiles that come with this package say; by plain calendar days where none do.

    Args:
        period: as the order says it.
        jurisdiction: code of the institutions' country, or EU.
        measure: ordered.
        asset_class: concerned.

    Raises:
        UsageError: the count is beyond what can be counted.
    """
    for known in _rules(jurisdiction, measure, asset_class):
        if known.unit is period.unit:
            return replace(known, count=period.count)
        if PeriodUnit.HOURS not in (period.unit, known.unit):
            return replace(known, unit=period.unit, count=period.count)
    return Rule(period.unit, period.count)


def profile_of(jurisdiction: str, measure: Measure, asset_class: AssetClass) -> Profile | None:
    """The profile as it is written; None where this package has none."""
    book = _book(jurisdiction)
    try:
        return book.find(measure, asset_class) if book else None
    except ConcordatError:
        return None


def _rules(jurisdiction: str, measure: Measure, asset_class: AssetClass) -> Iterator[Rule]:
    """Rules of the profile itself, then of all others of the country: they count alike."""
    book, own = _book(jurisdiction), profile_of(jurisdiction, measure, asset_class)
    for profile in ([own] if own else []) + list(book.profiles if book else ()):
        yield from (rule for rule in (profile.period, profile.renewal) if rule)
        if profile.longest:
            yield profile.longest.rule


def _book(jurisdiction: str) -> ProfileBook | None:
    try:
        return bundled_profiles(jurisdiction)
    except ConcordatError:
        return None
