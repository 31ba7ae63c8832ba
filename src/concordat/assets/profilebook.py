# SPDX-License-Identifier: Apache-2.0
"""Freeze profiles as the chain holds them, one function an act or question; ``profiles`` has what is written.

plan = profilebook.plan(ledger, bundled_profiles("SG"), endorser, start=None)
profilebook.adopt(ledger, authority, "SG", rules, plan)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from concordat.assets.law.profiles import (
    EndorserOf,
    FreezeProfile,
    ProfileBook,
    compile_profiles,
    differences,
)
from concordat.assets.words import AssetClass, Measure
from concordat.evidence import places
from concordat.ledger.protocol import Ledger, Receipt, Signer

PROFILES: Final = "FreezeProfiles"
NOTICE_SECONDS: Final = 7 * 86_400
"""What the contract asks for between the adoption of a later version and its beginning."""
BATCH: Final = 30
"""Profiles that one transaction holds: some 120,000 gas each, far from the limit of any block."""
_HOUR: Final = 3600


@dataclass(frozen=True)
class Planned:
    """One profile that is to be adopted, and the number that its version will have.

    Attributes:
        changes: what differs from the version before, by field: (adopted, written); empty for the first.
    """

    measure: Measure
    asset_class: AssetClass
    profile: FreezeProfile
    version: int
    changes: dict[str, tuple[int, int]]

    def struct(self) -> dict[str, object]:
        """The fields of the contract's struct ``ProfileAdoption``."""
        return {
            "measure": int(self.measure),
            "assetClass": int(self.asset_class),
            "profile": self.profile.struct(),
        }


def key_of(jurisdiction: int, measure: Measure, asset_class: AssetClass) -> int:
    """The contract's ``ProfileKey``: jurisdiction, then 4 bits for the measure and 4 for the asset class."""
    return jurisdiction << 8 | int(measure) << 4 | int(asset_class)


def parts_of(key: int) -> tuple[int, Measure, AssetClass]:
    """Jurisdiction, measure and asset class of a ``ProfileKey``."""
    return key >> 8, Measure(key >> 4 & 0xF), AssetClass(key & 0xF)


def current(ledger: Ledger, key: int) -> tuple[int, FreezeProfile]:
    """The version in force now, and its number.

    Raises:
        ContractError: there is none.
    """
    found = ledger.call(PROFILES, "current", key)
    return int(found[0]), FreezeProfile.of(found[1])


def profile_at(ledger: Ledger, key: int, version: int) -> FreezeProfile:
    """A named version, for instance the one that applies to a request for its whole life.

    Raises:
        ContractError: there is no such version.
    """
    return FreezeProfile.of(ledger.call(PROFILES, "profileAt", key, version))


def version_count(ledger: Ledger, key: int) -> int:
    """How many versions were ever adopted; 0 if none."""
    return int(ledger.call(PROFILES, "versionCount", key))


def version_in_force(ledger: Ledger, key: int, at: int) -> int:
    """Number of the version in force at a time (seconds since 1970 UTC); 0 if none was."""
    return int(ledger.call(PROFILES, "versionInForce", key, at))


def adopted(ledger: Ledger, jurisdiction: int | None = None) -> Iterator[tuple[int, int, FreezeProfile]]:
    """Key, number and content of the newest version of every key, of one jurisdiction or of all."""
    newest: dict[int, int] = {}
    for event in ledger.events(PROFILES, "ProfileAdopted"):
        newest[event.args["key"]] = event.args["version"]
    for key, version in sorted(newest.items()):
        if jurisdiction is None or key >> 8 == jurisdiction:
            yield key, version, profile_at(ledger, key, version)


def plan(
    ledger: Ledger, book: ProfileBook, endorser: int | EndorserOf, start: int | None = None
) -> list[Planned]:
    """What is to be adopted so that the chain says what the file says. Sends nothing.

    A profile that the jurisdiction does not have yet starts at the law's own date. One that it has and that
    changed gets a new version, from ``start``. One that did not change is left alone.

    Args:
        ledger: where.
        book: the file of the jurisdiction.
        endorser: as for ``compile_profiles``.
        start: of later versions, seconds since 1970 UTC; by default the first full hour after the notice.
    """
    jurisdiction = places.numeric(book.jurisdiction)
    earliest = (ledger.now() + NOTICE_SECONDS) // _HOUR * _HOUR + 2 * _HOUR
    found = []
    for measure, asset_class, written in compile_profiles(book, endorser):
        key = key_of(jurisdiction, measure, asset_class)
        count = version_count(ledger, key)
        if count == 0:
            found.append(Planned(measure, asset_class, written, 1, {}))
            continue
        changes = differences(profile_at(ledger, key, count), written)
        if changes:
            later = replace(written, start=max(earliest if start is None else start, written.start))
            found.append(Planned(measure, asset_class, later, count + 1, changes))
    return found


def adopt(
    ledger: Ledger, authority: Signer, jurisdiction: int, rules: bytes, planned: Sequence[Planned]
) -> list[Receipt]:
    """Adopt profiles, in as few transactions as fit.

    Args:
        ledger: where.
        authority: key of the jurisdiction's central authority.
        jurisdiction: ISO 3166-1 numeric.
        rules: SHA-256 of the file that explains them.
        planned: by :func:`plan`.

    Raises:
        ContractError: a profile may not be adopted; those of earlier transactions stand.
    """
    return [
        ledger.send(
            authority,
            PROFILES,
            "adopt",
            jurisdiction,
            rules,
            [each.struct() for each in planned[first : first + BATCH]],
        )
        for first in range(0, len(planned), BATCH)
    ]


def cancel(ledger: Ledger, authority: Signer, key: int) -> Receipt:
    """Cancel a version that is not in force yet, and reopen the one before."""
    return ledger.send(authority, PROFILES, "cancel", key)
