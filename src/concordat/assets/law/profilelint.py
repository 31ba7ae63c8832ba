# SPDX-License-Identifier: Apache-2.0
"""What is wrong with freeze profiles: what the contract would refuse, and what no law can have meant.

Mistakes of form are found while reading (``profilefile``); what a section says is judged only if its form is
right. Each finding stands at the key that it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from ruamel.yaml.nodes import Node

from concordat.assets.law import profilefile
from concordat.assets.law.profileparts import DEADLINES, FreezeSection, Profile
from concordat.assets.law.profiles import HOUR, longest_seconds, sum_seconds
from concordat.assets.values.periods import cap_seconds
from concordat.assets.words import AssetClass, Measure
from concordat.evidence.laws import Law, LawKind
from concordat.evidence.rulefields import Finding

MAX_OWN: Final = (1 << 24) - 1
"""Seconds that the contract has room for in a hold of the institution's own."""
MAX_PERIODS: Final = (1 << 32) - 1
_APART: Final = {"ratifiers": "ratifies", "reviewers": "reviews"}


def freeze_findings(node: Node, jurisdiction: str, laws: Mapping[str, Law]) -> list[Finding]:
    """Every reason why a section may not be adopted; empty if there is none.

    Args:
        node: the value of ``freeze``.
        jurisdiction: code of the file's own.
        laws: of the file, by id.

    """
    section, findings = profilefile.read(node, jurisdiction)
    if section is None or findings:
        return findings
    found = [*_citations(section, laws), *_repeated(section), *_periodless(section)]
    for profile in section.profiles:
        found += [
            *_roles(profile),
            *_periods(profile),
            *_renewals(profile),
            *_own_hold(profile),
            *_deadlines(section, profile),
        ]
    return sorted(dict.fromkeys(found))


def _at(profile: Profile, key: str, message: str) -> Finding:
    return Finding(*profile.spot(key), f"{profile.id}: {message}")


def _citations(section: FreezeSection, laws: Mapping[str, Law]) -> Iterator[Finding]:
    for reference, (line, column) in section.references():
        if reference.law not in laws:
            yield Finding(line, column, f"cites {reference.law}, which is not among the laws of this file")
    for profile in section.profiles:
        law = laws.get(profile.source.reference.law)
        if law and not law.in_force_on(section.from_day):
            yield _at(profile, "law", f"rests on {law.id}, which was not in force on {section.from_day}")
        if law and law.kind is LawKind.CHOICE and profile.period:
            yield _at(profile, "law", "a choice of this project gives no period of law: write it as longest")


def _repeated(section: FreezeSection) -> Iterator[Finding]:
    ids = Counter(profile.id for profile in section.profiles)
    first: dict[tuple[Measure, AssetClass], Profile] = {}
    for profile in section.profiles:
        if ids[profile.id] > 1:
            yield _at(profile, "id", "this id is given to more than one profile")
        for asset_class in profile.classes:
            before = first.setdefault((profile.measure, asset_class), profile)
            if before is not profile:
                both = f"{profile.measure.name} on {asset_class.name}"
                yield _at(profile, "classes", f"{both} has a profile already, {before.id}")


def _periodless(section: FreezeSection) -> Iterator[Finding]:
    """Where the law limits a measure on one class, no other class can go without a period by oversight."""
    limited: dict[Measure, str] = {}
    for profile in section.profiles:
        if profile.period:
            limited.setdefault(profile.measure, profile.id)
    for profile in section.profiles:
        if profile.period is None and profile.measure in limited:
            other = limited[profile.measure]
            yield _at(profile, "period", f"no period, but {other} has one for the same measure")


def _roles(profile: Profile) -> Iterator[Finding]:
    for role, does in _APART.items():
        both = profile.starters & getattr(profile, role)
        if both:
            names = ", ".join(str(power.name) for power in both)
            yield _at(profile, role, f"{names} is among the starters: nobody {does} what he started")
    named = profile.starters | profile.ratifiers | profile.renewers | profile.reviewers
    for power in sorted(profile.ranks):
        if power not in named:
            yield _at(profile, "ranks", f"{power.name} has a rank, but none of the roles names it")
    for power in profile.ratifiers | profile.renewers:
        if power not in profile.ranks:
            yield _at(profile, "ranks", f"{power.name} decides: ranks says who that is in this country")


def _periods(profile: Profile) -> Iterator[Finding]:
    longest, total = longest_seconds(profile), sum_seconds(profile.total)
    if not longest:
        yield _at(profile, "period", "no period in law, so longest must say how long the chain lets it be")
        return
    for key, rule in (("period", profile.period), ("renewal", profile.renewal)):
        if profile.longest and rule and cap_seconds(rule) > longest:
            least = f"the law's own count takes up to {cap_seconds(rule)} seconds"
            yield _at(profile, "longest", f"{longest} seconds are fewer than {key} needs: {least}")
    if total and total < longest:
        yield _at(profile, "total", f"{total} seconds in all, but a single period has {longest}")
    if max(longest, total) > MAX_PERIODS:
        yield _at(
            profile, "total" if profile.total else "period", "the chain has no room for so many seconds"
        )
    if profile.stops and profile.measure is not Measure.STOP_PAYMENT:
        yield _at(profile, "stops", "only stop-payments are counted by stops")


def _renewals(profile: Profile) -> Iterator[Finding]:
    total = sum_seconds(profile.total)
    # Where the order says how long, the first may be short, which leaves room.
    first = cap_seconds(profile.period) if profile.period else 0
    if profile.renewals and 0 < total <= first:
        yield _at(profile, "renewals", "the first period takes all of total: there is no room to renew")
    if profile.renewal and not profile.renewals:
        yield _at(profile, "renewal", "a period of renewal, but no renewals")
    if profile.renewal and not profile.period:
        yield _at(profile, "renewal", "a period of renewal, but no first period")


def _own_hold(profile: Profile) -> Iterator[Finding]:
    own = profile.own_hold
    if own is None:
        return
    first, total = cap_seconds(own.period), sum_seconds(own.total)
    if total and total <= first:
        yield _at(profile, "own_hold", f"{total} seconds in all, but the first period alone has {first}")
    if profile.measure is not Measure.STOP_PAYMENT:
        yield _at(profile, "own_hold", "an institution may only stop payments itself")
    if max(first, total) > MAX_OWN:
        yield _at(profile, "own_hold", f"the chain has no room for more than {MAX_OWN} seconds")


def _deadlines(section: FreezeSection, profile: Profile) -> Iterator[Finding]:
    for act in DEADLINES:
        if not section.hours(profile, act):
            yield _at(profile, "deadlines", f"no deadline to {act} is said, neither here nor for all")
    ratify = section.hours(profile, "ratify") * HOUR
    first = cap_seconds(profile.period) if profile.period else longest_seconds(profile)
    if profile.measure is Measure.STOP_PAYMENT and ratify > first > 0:
        yield _at(profile, "deadlines", "it may be ratified after it is over")
