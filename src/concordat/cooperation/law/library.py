# SPDX-License-Identifier: Apache-2.0
"""The law of cooperation that comes with the package, and the questions that are asked of it.

On what can a request stand between two countries? What does it have to say there? Is the act an offence in
both? What this project does not know is said to be unknown; it never stands for yes or no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from concordat.cooperation.law import conventionfile, countryfile, kindsfile
from concordat.cooperation.law.parts import (
    Bond,
    Convention,
    Country,
    KindBook,
    Matter,
    Offence,
    Treaty,
)
from concordat.cooperation.words import LegalBasis, RequestKind
from concordat.errors import UsageError
from concordat.evidence.laws import Certainty, Text

KINDS_FILE: Final = "kinds.yaml"
CONVENTIONS_FILE: Final = "conventions.yaml"
DEADLINES_FILE: Final = "deadlines.yaml"
_OTHERS: Final = frozenset({KINDS_FILE, CONVENTIONS_FILE, DEADLINES_FILE})


@unique
class Criminality(StrEnum):
    """Whether an act is an offence in both countries, heavy enough for extradition."""

    BOTH = "BOTH"
    TOO_LIGHT = "TOO_LIGHT"
    MANUAL = "MANUAL"

    def label(self) -> Text:
        """The sentence for people."""
        return _CRIMINALITY[self]


@dataclass(frozen=True, slots=True)
class DualCriminality:
    """What the offence maps of two countries say of one offence of the shared list.

    Attributes:
        asker, asked: its entry in each map; None: not mapped, so that a person has to look.
        least_months: shortest maximum penalty that both ask for.
        certainty: of the weakest of what it rests on; None where nothing is mapped.
    """

    offence: str
    asker: Offence | None
    asked: Offence | None
    least_months: int
    found: Criminality
    certainty: Certainty | None


@dataclass(frozen=True, slots=True)
class Basis:
    """Something on which a request of a kind can stand between two countries.

    Attributes:
        reference: short public name; "" for a promise of reciprocity.
        article: that carries the kind; None for a bilateral treaty.
        sure: whether it is known to be in force for both.
    """

    basis: LegalBasis
    reference: str
    title: Text
    article: Text | None
    sure: bool
    certainty: Certainty
    note: Text | None


@cache
def kinds() -> KindBook:
    """What requests of each kind have to say."""
    return kindsfile.loads(_text(KINDS_FILE), KINDS_FILE)


@cache
def conventions() -> Mapping[str, Convention]:
    """Conventions by id."""
    return conventionfile.loads(_text(CONVENTIONS_FILE), CONVENTIONS_FILE)


@cache
def countries() -> tuple[str, ...]:
    """Codes of the countries whose files come with the package."""
    names = (file.name for file in _folder().iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(name.removesuffix(".yaml").upper() for name in names if name not in _OTHERS))


@cache
def country(code: str) -> Country:
    """What the package knows of a country.

    Raises:
        UsageError: nothing.
    """
    found = find_country(code)
    if found is None:
        raise UsageError(
            f"Nothing about cooperation with {code[:16]} comes with this package.",
            code="cooperation.country",
            next=f"It knows {', '.join(countries())}. Ask the other side for its requirements.",
        )
    return found


@cache
def find_country(code: str) -> Country | None:
    """What the package knows of a country; None: nothing."""
    if code not in countries():
        return None
    name = f"{code.lower()}.yaml"
    return countryfile.loads(_text(name), name)


def required_fields(kind: RequestKind, asked: str) -> tuple[str, ...]:
    """Ids of the fields that a request of this kind must have in the country that is asked.

    What that country needs less does not block; what it needs more is asked.
    """
    fields = kinds().required(kind)
    known = find_country(asked)
    if known is None or known.minimum is None:
        return fields
    added = () if kind.is_direct else known.minimum.added
    return (
        *(name for name in fields if name not in known.minimum.waived),
        *(name for name in added if name not in fields),
    )


def optional_fields(kind: RequestKind, asked: str) -> tuple[str, ...]:
    """Ids of the fields that it may have beside them."""
    spec, required = kinds().kinds[kind], required_fields(kind, asked)
    every = (*kinds().required(kind), *spec.optional)
    return tuple(name for name in dict.fromkeys(every) if name not in required)


def bases(asker: str, asked: str, kind: RequestKind) -> tuple[Basis, ...]:
    """All on which a request of this kind can stand between two countries, the firmest first.

    A promise of reciprocity is always possible and comes last; police information needs nothing.
    """
    found = [*_by_treaty(asker, asked, kind), *_by_convention(asker, asked, kind)]
    found.sort(key=lambda each: (not each.sure, each.basis))
    if kind.is_for_police and not any(each.basis is LegalBasis.POLICE for each in found):
        found.append(_POLICE)
    if not kind.is_for_police:
        found.append(_reciprocity(asked))
    return tuple(found)


def dual_criminality(offence: str, asker: str, asked: str) -> DualCriminality:
    """Compare how two countries punish one offence of the shared list."""
    here, there = find_country(asker), find_country(asked)
    mapped = (_offence(here, offence), _offence(there, offence))
    least = max((each.extradition.least_months for each in (here, there) if each), default=0)
    both = [each for each in mapped if each]
    weakest = max((each.source.certainty for each in both), key=_doubt, default=None)
    if len(both) < len(mapped):
        found = Criminality.MANUAL
    elif all(not each.most_months or each.most_months >= least for each in both):
        found = Criminality.BOTH
    else:
        found = Criminality.TOO_LIGHT
    return DualCriminality(offence, *mapped, least, found, weakest)


def offences() -> tuple[str, ...]:
    """Ids of the shared list of offences."""
    return tuple(sorted({each.offence for code in countries() for each in country(code).offences}))


def _by_treaty(asker: str, asked: str, kind: RequestKind) -> Iterator[Basis]:
    matter = kinds().kinds[kind].matter
    for one, other in ((asker, asked), (asked, asker)):
        known = find_country(one)
        for treaty in known.treaties if known else ():
            if treaty.partner == other and treaty.matter is _carrier(matter) and treaty.bond is not Bond.NONE:
                yield _treaty_basis(treaty)
                return  # both files say the same; lint sees to it


def _carrier(matter: Matter) -> Matter:
    """Data are disclosed under treaties on mutual assistance."""
    return Matter.MUTUAL_ASSISTANCE if matter is Matter.DATA else matter


def _treaty_basis(treaty: Treaty) -> Basis:
    sure = treaty.bond is Bond.PARTY
    return Basis(LegalBasis.TREATY, "", treaty.title, None, sure, treaty.certainty, treaty.note)


def _by_convention(asker: str, asked: str, kind: RequestKind) -> Iterator[Basis]:
    bonds = [known.bond if (known := find_country(code)) else _unknown for code in (asker, asked)]
    for convention in conventions().values():
        if kind not in convention.kinds:
            continue
        states = [bond(convention.id) for bond in bonds]
        if Bond.NONE in states:
            continue
        sure = set(states) == {Bond.PARTY} and convention.in_force is not None
        yield Basis(
            convention.basis,
            convention.id,
            convention.title,
            convention.kinds[kind],
            sure,
            convention.certainty,
            convention.note,
        )


def _unknown(_convention: str) -> Bond:
    return Bond.UNKNOWN


def _reciprocity(asked: str) -> Basis:
    known = find_country(asked)
    note = known.reciprocity if known else None
    return Basis(
        LegalBasis.RECIPROCITY, "", LegalBasis.RECIPROCITY.label(), None, False, Certainty.MEMORY, note
    )


def _offence(known: Country | None, offence: str) -> Offence | None:
    return next((each for each in known.offences if each.offence == offence), None) if known else None


def _doubt(certainty: Certainty) -> int:
    return tuple(Certainty).index(certainty)


def _folder() -> Traversable:
    return files("concordat") / "data" / "standards" / "cooperation"


def _text(name: str) -> str:
    return (_folder() / name).read_bytes().decode("utf-8")


_POLICE: Final = Basis(
    LegalBasis.POLICE, "", LegalBasis.POLICE.label(), None, True, Certainty.SECONDARY, None
)
_CRIMINALITY: Final[Mapping[Criminality, Text]] = {
    Criminality.BOTH: Text(
        "An offence in both, with the penalty that is asked for; by the map, not by a ruling.",
        "对照表显示双方均构成犯罪且符合刑期要求；并非裁判结论。",
    ),
    Criminality.TOO_LIGHT: Text(
        "An offence in both, but the penalty in one is too light for extradition.",
        "双方均构成犯罪，但一方刑期低于引渡要求。",
    ),
    Criminality.MANUAL: Text(
        "Not mapped in both: a person has to compare the laws.", "对照表不完整，须人工核对法律。"
    ),
}
