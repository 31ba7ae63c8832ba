# SPDX-License-Identifier: Apache-2.0
"""Adopting a jurisdiction's freeze profiles, and comparing what it adopted with what is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.assets import profilebook
from concordat.assets.law.profileparts import Endorser
from concordat.assets.law.profiles import (
    FreezeProfile,
    ProfileBook,
    bundled_profiles,
    compile_profiles,
    differences,
    load,
)
from concordat.assets.profilebook import Planned
from concordat.assets.words import AssetClass, Measure
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import number_of
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import places
from concordat.evidence.rulebook import bundled_jurisdictions
from concordat.ledger.protocol import Receipt
from concordat.membership import agencies
from concordat.membership.agencies import Competence

_NOTHING: Final = "Nothing was sent."


@dataclass(frozen=True)
class Adopted:
    """What was, or would be, adopted.

    Attributes:
        receipts: empty if nothing was sent.
    """

    book: ProfileBook
    planned: tuple[Planned, ...]
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True)
class Standing:
    """A profile as adopted.

    Attributes:
        version: the newest.
        in_force: the version in force now; 0 if none is.
        differences: from the file of this package, by field: (adopted, written); None if it has none.
    """

    jurisdiction: int
    measure: Measure
    asset_class: AssetClass
    version: int
    in_force: int
    profile: FreezeProfile
    differences: dict[str, tuple[int, int]] | None


def adopt(
    desk: Desk, what: str, endorser: str = "", *, start: int | None = None, dry: bool = False
) -> Adopted:
    """Adopt the profiles of a jurisdiction, as its central authority; those that are as written stay.

    Args:
        desk: of the central authority.
        what: code of a jurisdiction whose file comes with this package, or a file.
        endorser: agency that takes over foreign requests, by name or number; by default the jurisdiction's
            contact point of the competence that the file names.
        start: of changed profiles, seconds since 1970 UTC; by default after the notice of seven days.
        dry: say what would be adopted; send nothing.

    Raises:
        UsageError: no such file or code; or nobody is named who would endorse.
        ContractError: a profile may not be adopted.
    """
    book = written(what)
    jurisdiction = places.numeric(book.jurisdiction)
    planned = profilebook.plan(
        desk.chain, book, lambda named: _endorser(desk, jurisdiction, endorser, named), start
    )
    receipts: Sequence[Receipt] = ()
    if planned and not dry:
        receipts = profilebook.adopt(desk.ledger, desk.signer, jurisdiction, book.sha256, planned)
    return Adopted(book, tuple(planned), tuple(receipts))


def cancel(desk: Desk, jurisdiction: int, measure: Measure, asset_class: AssetClass) -> Receipt:
    """Cancel a version that is not in force yet, as the central authority."""
    key = profilebook.key_of(jurisdiction, measure, asset_class)
    return profilebook.cancel(desk.ledger, desk.signer, key)


def standing(desk: Desk, jurisdiction: int | None = None) -> list[Standing]:
    """What jurisdictions adopted, compared with the files of this package."""
    ledger, now = desk.chain, desk.clock.now
    found = []
    for key, version, profile in profilebook.adopted(ledger, jurisdiction):
        place, measure, asset_class = profilebook.parts_of(key)
        in_force = profilebook.version_in_force(ledger, key, now)
        differs = _differences(place, measure, asset_class, profile)
        found.append(Standing(place, measure, asset_class, version, in_force, profile, differs))
    return found


def written(what: str) -> ProfileBook:
    """The freeze profiles of a code or file.

    Raises:
        UsageError: there is neither.
    """
    known = bundled_jurisdictions("freeze")
    if what.upper() in known:
        return bundled_profiles(what.upper())
    path = Path(what)
    if not path.exists():
        raise UsageError(
            f"'{what}' is neither a file nor a jurisdiction whose freeze profiles come with this package.",
            code="profile.unknown",
            kept=_NOTHING,
            next=f"Give a YAML file, or one of {', '.join(known)}.",
        )
    return load(path)


def _endorser(desk: Desk, jurisdiction: int, named: str, needed: Endorser) -> int:
    if named:
        return number_of(desk.chain, named)
    try:
        return agencies.contact_point(desk.chain, jurisdiction, Competence[needed.competence]).number
    except ConcordatError as error:
        if error.exit_code == 5:  # no node, which is another matter
            raise
        place = places.alpha(jurisdiction)
        raise UsageError(
            f"{place} names nobody who would endorse foreign requests: it has no contact point for "
            f"{needed.competence}.",
            code="profile.endorser",
            kept=_NOTHING,
            next=f"Name it with --endorser AGENCY, or: concordat agency contact {place} "
            f"{needed.competence.lower()} --set AGENCY",
        ) from error


def _differences(
    place: int, measure: Measure, asset_class: AssetClass, profile: FreezeProfile
) -> dict[str, tuple[int, int]] | None:
    code = places.alpha(place)
    if code not in bundled_jurisdictions("freeze"):
        return None
    for written_measure, written_class, each in compile_profiles(bundled_profiles(code), profile.endorser):
        if (written_measure, written_class) == (measure, asset_class):
            return differences(profile, each)
    return None
