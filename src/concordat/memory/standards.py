# SPDX-License-Identifier: Apache-2.0
"""StandardsRegistry in memory. The judgement is ``concordat.evidence.standards.check``, as everywhere."""

# ruff: noqa: N802 - the names are the contracts'

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from concordat.evidence.adoption import NOTICE_SECONDS
from concordat.evidence.facts import WEAK_ALGORITHMS, Facts
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL
from concordat.evidence.standards import Clause, Origin, Severity, Standard, StandardError, check, origin_of
from concordat.evidence.words import HOUR
from concordat.ledger.deploy import BaselineStandard
from concordat.ledger.standardbook import key_of
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.structs import Assessment
from concordat.memory.world import World, refuse

NAME = "StandardsRegistry"


class StandardsRegistry:
    """What each forum asks, by StandardKey."""

    def __init__(self, world: World, agencies: AgencyRegistry) -> None:
        self._world = world
        self._agencies = agencies
        self._versions: dict[int, list[Standard]] = defaultdict(list)

    def lay(self, baseline: Sequence[BaselineStandard]) -> None:
        """Lay down the international baseline."""
        for each in baseline:
            key = key_of(INTL, Origin.DOMESTIC, Method(each.method))
            self._store(key, _well_formed(key, each.core, each.extension), bytes(32))

    # Acts

    def adopt(self, forum: int, rules: bytes, adoptions: Sequence[Mapping[str, int]]) -> None:
        """Adopt standards for the caller's jurisdiction."""
        if forum == INTL or forum > 999:
            refuse("NotAdoptable", forum=forum)
        self._agencies.authorityOf(self._world.sender, forum)
        for each in adoptions:
            self._adopt(forum, rules, each)
        for origin in Origin:
            self._require_coverage(forum, origin)

    def cancel(self, key: int) -> None:
        """Cancel a version that is not in force yet."""
        self._agencies.authorityOf(self._world.sender, key >> 7)
        versions = self._versions[key]
        if len(versions) < 2 or versions[-1].from_hour * HOUR <= self._world.present:
            refuse("NothingPending", key=key)
        versions.pop()
        versions[-1] = replace(versions[-1], until_hour=0)
        self._world.emit(NAME, "AdoptionCancelled", key=key, version=len(versions) + 1)
        self._require_coverage(key >> 7, Origin(key >> 6 & 1))

    # Questions

    def check(self, facts: int, forum: int, at: int) -> Assessment:
        """Judge facts by the standard in force when the collection started."""
        found = Facts.unpack(facts)
        key = _key(found, forum)
        version = self.versionInForce(key, found.started_at)
        standard = self._versions[key][version - 1] if version else None
        return _struct(check(found, standard, forum, at, version=version))

    def checkVersion(self, facts: int, forum: int, version: int, at: int) -> int:
        """Judge facts by a named version, which must be the one in force then; the reasons, in one word."""
        found = Facts.unpack(facts)
        key = _key(found, forum)
        versions = self._versions[key]
        if not 0 < version <= len(versions) or not versions[version - 1].in_force_at(found.started_at):
            refuse("StandardNotInForce", key=key, version=version, at=found.started_at)
        return check(found, versions[version - 1], forum, at).reasons

    def standardAt(self, key: int, version: int) -> tuple[int, int]:
        """The two words of a version."""
        if not 0 < version <= len(self._versions[key]):
            refuse("NoSuchVersion", key=key, version=version)
        return self._versions[key][version - 1].pack()

    def versionCount(self, key: int) -> int:
        """How many versions there are."""
        return len(self._versions[key])

    def versionInForce(self, key: int, at: int) -> int:
        """The version in force at a time; 0: none."""
        started = [i for i, each in enumerate(self._versions[key], 1) if each.from_hour * HOUR <= at]
        return started[-1] if started else 0

    # Within

    def _adopt(self, forum: int, rules: bytes, adoption: Mapping[str, int]) -> None:
        origin, method = adoption["origin"], adoption["method"]
        if origin > Origin.FOREIGN:
            refuse("UnknownOrigin", origin=origin)
        if method not in set(Method):
            refuse("UnknownMethod", method=method)
        key = key_of(forum, Origin(origin), Method(method))
        standard = _well_formed(key, adoption["core"], adoption["extension"])
        self._at_least_baseline(key, standard)
        versions = self._versions[key]
        if versions:
            self._give_notice(key, versions, standard)
            versions[-1] = replace(versions[-1], until_hour=standard.from_hour)
        self._store(key, standard, rules)

    def _store(self, key: int, standard: Standard, rules: bytes) -> None:
        self._versions[key].append(standard)
        core, extension = standard.pack()
        version = len(self._versions[key])
        self._world.emit(
            NAME, "StandardAdopted", key=key, version=version, core=core, extension=extension, rules=rules
        )

    def _give_notice(self, key: int, versions: list[Standard], standard: Standard) -> None:
        pending = versions[-1].from_hour * HOUR
        if pending > self._world.present:
            refuse("VersionPending", key=key, version=len(versions), **{"from": pending})
        earliest = self._world.present + NOTICE_SECONDS
        if standard.from_hour * HOUR < earliest:
            refuse("NoticeTooShort", key=key, earliest=earliest, **{"from": standard.from_hour * HOUR})

    def _at_least_baseline(self, key: int, standard: Standard) -> None:
        method = key & 0x3F
        laid = self._versions[key_of(INTL, Origin.DOMESTIC, Method(method))]
        if not laid:
            refuse("NoBaseline", method=method)
        baseline = laid[0]
        weaker = _weakened(standard, baseline)
        if weaker:
            refuse("WeakerThanBaseline", key=key, steps=weaker)
        terms_hold = (
            standard.delay_hours <= baseline.delay_hours
            and standard.fewest_officers >= baseline.fewest_officers
            and not standard.algorithms & ~baseline.algorithms
            and standard.delay_severity >= baseline.delay_severity
            and standard.officers_severity >= baseline.officers_severity
        )
        if not terms_hold:
            refuse("BaselineTermsWeakened", key=key)
        for index, clause in enumerate(baseline.clauses):
            if not _holds(standard.clauses[index : index + 1], clause):
                refuse("BaselineClauseMissing", key=key, index=index)

    def _require_coverage(self, forum: int, origin: Origin) -> None:
        """Whenever a version of a method and one of OTHER are in force together, OTHER is as strict."""
        others = self._versions[key_of(forum, origin, Method.OTHER)]
        for method in Method:
            key = key_of(forum, origin, method)
            if method is Method.OTHER or not self._versions[key]:
                continue
            if not others:
                refuse("OtherMissing", key=key)
            for standard, other in product(reversed(self._versions[key][-2:]), others[-2:]):
                uncovered = _weakened(other, standard)
                if uncovered and _overlap(standard, other):
                    refuse("NotCoveredByOther", key=key, steps=uncovered)


def _well_formed(key: int, core: int, extension: int) -> Standard:
    if extension & ((1 << 68) - 1):
        refuse("SpareBitsSet", key=key)
    try:
        standard = Standard.unpack(core, extension)
    except StandardError:
        refuse("ExtensionMisdeclared", key=key)
    _check_masks(key, standard)
    _check_terms(key, standard)
    return standard


def _check_masks(key: int, standard: Standard) -> None:
    fatal, curable, noted = standard.fatal, standard.curable, standard.noted
    overlap = fatal & curable | fatal & noted | curable & noted
    if overlap:
        refuse("OverlappingSteps", key=key, overlap=overlap)
    may_be_late = curable
    for clause in standard.clauses:
        may_be_late |= clause.steps if clause.severity is Severity.CURABLE else 0
    if standard.late_curable & ~may_be_late:
        refuse("LateNotCurable", key=key, steps=standard.late_curable & ~may_be_late)


def _check_terms(key: int, standard: Standard) -> None:
    if standard.until_hour:
        refuse("UntilGiven", key=key)
    if not standard.delay_hours:
        refuse("NoDelay", key=key)
    if not standard.fewest_officers:
        refuse("NoOfficers", key=key)
    if not standard.algorithms or standard.algorithms & WEAK_ALGORITHMS:
        refuse("NoAcceptedAlgorithm", key=key)
    if standard.delay_severity < Severity.CURABLE:
        refuse("DelayMerelyNoted", key=key)
    if standard.officers_severity is Severity.NONE:
        refuse("OfficersWithoutSeverity", key=key)


def _weakened(standard: Standard, reference: Standard) -> int:
    """The steps that ``standard`` takes less seriously than ``reference`` does."""
    at_least_curable = standard.fatal | standard.curable
    return (
        reference.fatal & ~standard.fatal
        | reference.curable & ~at_least_curable
        | reference.noted & ~(at_least_curable | standard.noted)
    )


def _overlap(a: Standard, b: Standard) -> bool:
    """Whether a collection can start at a time when both are in force."""
    return (not b.until_hour or a.from_hour < b.until_hour) and (
        not a.until_hour or b.from_hour < a.until_hour
    )


def _holds(own: Sequence[Clause], wanted: Clause) -> bool:
    return bool(own) and own[0].severity == wanted.severity and own[0].steps == wanted.steps


def _key(facts: Facts, forum: int) -> int:
    return key_of(forum, origin_of(facts.place, forum), facts.method)


def _struct(found: object) -> Assessment:
    return Assessment(*(int(getattr(found, name)) for name in Assessment._fields))
