# SPDX-License-Identifier: Apache-2.0
"""FreezeProfiles in memory: what each country lets freeze, how long, by whom."""

# ruff: noqa: N802 - the names are the contracts'

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordat.assets.words import AssetClass, Measure
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import PHASES, Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import INSTITUTIONS, Contract
from concordat.memory.assetstructs import CurrentProfile, FreezeProfile
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

RETURN_BEFORE_JUDGMENT = 1
NOTICE_SECONDS = 7 * 86400


class FreezeProfiles(Contract):
    """Profiles by key, as tuples of versions."""

    NAME = "FreezeProfiles"

    def __init__(self, world: World, tables: Tables, agencies: AgencyRegistry) -> None:
        super().__init__(world, tables, agencies)
        self._versions = self.table()

    def adopt(self, jurisdiction: int, rules: bytes, adoptions: Sequence[Mapping[str, Any]]) -> None:
        """Adopt profiles for the caller's own jurisdiction."""
        self.agencies.authorityOf(self.caller, jurisdiction)
        for each in adoptions:
            self._adopt(jurisdiction, rules, each)

    def cancel(self, key: int) -> None:
        """Cancel a version that is not in force yet, and reopen the one before."""
        self.agencies.authorityOf(self.caller, key >> 8)
        versions = self._of(key)
        if not versions or versions[-1].from_ <= self.now:
            refuse("NoProfilePending", profile=key)
        reopened = tuple(each._replace(until=0) for each in versions[-2:-1])
        self._versions[key] = (*versions[:-2], *reopened)
        self.emit("ProfileCancelled", key=key, version=len(versions))

    def current(self, key: int) -> CurrentProfile:
        """The profile in force now, and its version."""
        version = self.versionInForce(key, self.now)
        if not version:
            refuse("NoProfile", profile=key)
        return CurrentProfile(version, self._of(key)[version - 1])

    def profileAt(self, key: int, version: int) -> FreezeProfile:
        """A named version."""
        if not 0 < version <= len(self._of(key)):
            refuse("NoSuchProfileVersion", profile=key, version=version)
        return self._of(key)[version - 1]

    def versionCount(self, key: int) -> int:
        """How many versions there are."""
        return len(self._of(key))

    def versionInForce(self, key: int, at: int) -> int:
        """The version in force at a time; 0: none."""
        return max((i for i, each in enumerate(self._of(key), 1) if each.from_ <= at), default=0)

    def _of(self, key: int) -> tuple[FreezeProfile, ...]:
        found: tuple[FreezeProfile, ...] = self._versions.get(key, ())
        return found

    def _adopt(self, jurisdiction: int, rules: bytes, adoption: Mapping[str, Any]) -> None:
        measure, asset_class = adoption["measure"], adoption["assetClass"]
        if measure not in set(Measure) or asset_class not in set(AssetClass):
            refuse("UnknownKind", measure=measure, assetClass=asset_class)
        key = jurisdiction << 8 | measure << 4 | asset_class
        profile = FreezeProfile.of(adoption["profile"])
        _check_times(key, profile, measure)
        _check_roles(key, profile)
        self._check_endorser(key, profile.endorser)
        versions = self._of(key)
        if versions:
            self._give_notice(key, versions, profile.from_)
            versions = (*versions[:-1], versions[-1]._replace(until=profile.from_))
        self._versions[key] = (*versions, profile)
        self.emit("ProfileAdopted", key=key, version=len(versions) + 1, profile=profile, rules=rules)

    def _check_endorser(self, key: int, endorser: int) -> None:
        kind = self.kind_of(endorser)
        if endorser and (jurisdiction_of(endorser) != key >> 8 or not kind or kind in INSTITUTIONS):
            refuse("UnfitEndorser", profile=key, endorser=endorser)

    def _give_notice(self, key: int, versions: tuple[FreezeProfile, ...], start: int) -> None:
        newest = versions[-1].from_
        if newest > self.now:
            refuse("ProfilePending", profile=key, version=len(versions), **{"from": newest})
        if start < self.now + NOTICE_SECONDS:
            refuse(
                "ProfileNoticeTooShort", profile=key, earliest=self.now + NOTICE_SECONDS, **{"from": start}
            )


#: The two ranks that ratify are one phase: an officer may have both.
_RANKS = int(Power.RATIFY | Power.RATIFY_HIGH) >> 8


def _check_times(key: int, profile: FreezeProfile, measure: int) -> None:
    if profile.until:
        refuse("ProfileUntilGiven", profile=key)
    if profile.flags & ~RETURN_BEFORE_JUDGMENT:
        refuse("FlagsUndefined", profile=key, flags=profile.flags)
    if not profile.longest:
        refuse("NoPeriod", profile=key)
    if profile.total and profile.total < profile.longest:
        refuse("TotalBelowPeriod", profile=key, total=profile.total, longest=profile.longest)
    deadlines = (profile.ratifyWithin, profile.replyWithin, profile.checkWithin)
    if not all((*deadlines, profile.reviewWithin, profile.turnWithin)):
        refuse("DeadlineMissing", profile=key)
    extended_wrongly = profile.ownTotal and not 0 < profile.ownHold <= profile.ownTotal
    if extended_wrongly or (profile.ownHold and measure != Measure.STOP_PAYMENT):
        refuse("OwnHoldMisdeclared", profile=key)


def _check_roles(key: int, profile: FreezeProfile) -> None:
    roles = (profile.starters, profile.ratifiers, profile.renewers, profile.reviewers)
    if not all(roles):
        refuse("RolesMissing", profile=key)
    undefined = (roles[0] | roles[1] | roles[2] | roles[3]) & ~(int(PHASES) >> 8)
    if undefined:
        refuse("RolesUndefined", profile=key, undefined=undefined)
    others = profile.ratifiers | profile.reviewers
    overlap = profile.starters & others
    if not overlap and profile.starters & _RANKS and others & _RANKS:
        overlap = _RANKS
    if overlap:
        refuse("RolesOverlap", profile=key, overlap=overlap)
