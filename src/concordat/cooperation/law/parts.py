# SPDX-License-Identifier: Apache-2.0
"""What the files of ``standards/cooperation`` say, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from typing import Final

from concordat.cooperation.words import LegalBasis, RequestKind
from concordat.evidence.laws import Certainty, Law, Reference, Text
from concordat.evidence.rules import Review

Spot = tuple[int, int]
"""Line and column, from 1."""


@unique
class Form(StrEnum):
    """How a field of a request is written."""

    TEXT = "text"
    LINES = "lines"
    LIST = "list"
    TIME = "time"
    DAY = "day"
    FLAG = "flag"
    HASH = "hash"
    NUMBER = "number"


@unique
class Matter(StrEnum):
    """What a treaty or an authority is for."""

    POLICE = "POLICE"
    MUTUAL_ASSISTANCE = "MUTUAL_ASSISTANCE"
    EXTRADITION = "EXTRADITION"
    DATA = "DATA"

    def label(self) -> Text:
        """Its name for people."""
        return _MATTERS[self]


@unique
class Bond(StrEnum):
    """How a country stands to a convention."""

    PARTY = "PARTY"
    SIGNED = "SIGNED"
    NONE = "NONE"
    UNKNOWN = "UNKNOWN"

    def label(self) -> Text:
        """Its name for people."""
        return _BONDS[self]


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is written, and how well that is known."""

    reference: Reference
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field that requests may have.

    Attributes:
        id: its key in the request.
        form: how it is written.
        label, hint: for people; the hint says what to write.
        source: who asks for it.
    """

    id: str
    form: Form
    label: Text
    hint: Text
    source: Source
    spot: Spot


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Default terms of a kind, seconds from arrival; 0: nothing urgent of this kind."""

    acknowledge: int
    answer: int
    acknowledge_urgent: int
    answer_urgent: int
    source: Source


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What a request of one kind has to say.

    Attributes:
        group: name of the common content that is required.
        required, optional: ids of fields beside it.
        note: what a reader has to know, or None.
    """

    kind: RequestKind
    matter: Matter
    says: Text
    source: Source
    see: tuple[Reference, ...]
    group: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    deadlines: Deadlines
    note: Text | None
    spot: Spot


@dataclass(frozen=True, eq=False)
class KindBook:
    """All kinds.

    Attributes:
        fields: vocabulary by id.
        groups: common content by name.
    """

    review: Review
    laws: Mapping[str, Law]
    fields: Mapping[str, FieldSpec]
    groups: Mapping[str, tuple[str, ...]]
    kinds: Mapping[RequestKind, KindSpec]

    def required(self, kind: RequestKind) -> tuple[str, ...]:
        """Ids of all fields that a request of this kind must have, common content first."""
        spec = self.kinds[kind]
        return (*self.groups[spec.group], *spec.required)


@dataclass(frozen=True, slots=True)
class Convention:
    """A multilateral convention or memorandum.

    Attributes:
        id: short public name, ASCII; ``basisReference`` on the chain.
        basis: what an agreement under it stands on.
        text: where its text is published.
        in_force: None: not yet, or no such day.
        kinds: what it can carry, each with its article.
    """

    id: str
    basis: LegalBasis
    title: Text
    text: str
    adopted: date
    in_force: date | None
    kinds: Mapping[RequestKind, Text]
    certainty: Certainty
    note: Text | None
    spot: Spot


@dataclass(frozen=True, slots=True)
class Authority:
    """Who is asked in a matter."""

    matter: Matter
    name: Text
    source: Source


@dataclass(frozen=True, slots=True)
class TreatyCheck:
    """What a treaty asks beside, or instead of, the law of the country asked."""

    id: str
    says: Text
    article: Text
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Treaty:
    """A bilateral treaty.

    Attributes:
        partner: code of the other country.
        signed, in_force: None where the day is not known or has not come.
        bond: whether it binds.
    """

    partner: str
    matter: Matter
    title: Text
    signed: date | None
    in_force: date | None
    bond: Bond
    certainty: Certainty
    note: Text | None
    checks: tuple[TreatyCheck, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Membership:
    """How the country stands to a convention."""

    convention: str
    bond: Bond
    certainty: Certainty
    spot: Spot


@dataclass(frozen=True, slots=True)
class MinimumFields:
    """What the country needs less, or more, of a request than the kinds say, and why."""

    waived: tuple[str, ...]
    added: tuple[str, ...]
    because: Text
    source: Source
    spot: Spot


@dataclass(frozen=True, slots=True)
class DeathPenalty:
    """Whether it is in the law, and whether any offence of the map can carry it."""

    in_law: bool
    for_mapped: bool
    says: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Check:
    """One line of an extradition checklist."""

    id: str
    says: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Extradition:
    """What the country's law asks of a request for extradition.

    Attributes:
        least_months: shortest maximum penalty of an extraditable offence, in months.
        provisional_days: how long somebody is held before the full request must be there; 0: not known.
    """

    least_months: int
    provisional_days: int
    nationals: Text
    checks: tuple[Check, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Offence:
    """How the country's law names an offence of the shared list.

    Attributes:
        offence: id of the shared list.
        most_months: longest prison sentence in months; 0: for life.
    """

    offence: str
    title: Text
    most_months: int
    penalty: Text
    source: Source
    spot: Spot


@dataclass(frozen=True, eq=False)
class Country:
    """What one country's file says."""

    jurisdiction: str
    name: Text
    review: Review
    laws: Mapping[str, Law]
    languages: tuple[str, ...]
    authorities: tuple[Authority, ...]
    minimum: MinimumFields | None
    treaties: tuple[Treaty, ...]
    memberships: tuple[Membership, ...]
    reciprocity: Text
    death_penalty: DeathPenalty
    extradition: Extradition
    offences: tuple[Offence, ...]

    def authority(self, matter: Matter) -> Authority | None:
        """Who is asked in a matter; None where the file names nobody."""
        return next((each for each in self.authorities if each.matter is matter), None)

    def bond(self, convention: str) -> Bond:
        """How it stands to a convention."""
        found = (each.bond for each in self.memberships if each.convention == convention)
        return next(found, Bond.UNKNOWN)


_MATTERS: Final[Mapping[Matter, Text]] = {
    Matter.POLICE: Text("police cooperation", "警务合作"),
    Matter.MUTUAL_ASSISTANCE: Text("mutual legal assistance", "刑事司法协助"),
    Matter.EXTRADITION: Text("extradition", "引渡"),
    Matter.DATA: Text("preservation and disclosure of data", "数据保全与披露"),
}
_BONDS: Final[Mapping[Bond, Text]] = {
    Bond.PARTY: Text("party", "缔约国"),
    Bond.SIGNED: Text("signed, not in force for it", "已签署，尚未对其生效"),
    Bond.NONE: Text("not a party", "非缔约国"),
    Bond.UNKNOWN: Text("not known to this program", "本程序不掌握"),
}
