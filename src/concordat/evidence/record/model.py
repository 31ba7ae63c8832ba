# SPDX-License-Identifier: Apache-2.0
"""A record as frozen values: what it says, the facts it declares and what supports each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from concordat.evidence.facts import Algorithm, Facts, algorithms_mask
from concordat.evidence.methods import Method
from concordat.evidence.places import numeric
from concordat.evidence.record.words import (
    BasisType,
    Category,
    ClockSource,
    Confidentiality,
    NotSeizedReason,
    PreservationReason,
)
from concordat.evidence.steps import Role, Step, mask_of

INTAKE_ALGORITHMS: Final = algorithms_mask(Algorithm.SHA_256, Algorithm.SM3)
"""What intake calculates of every exhibit."""
THIS_RECORD: Final = "RECORD"
"""Supports a step that the record itself carries out, such as stating the offset of the clock."""
THE_MANIFEST: Final = "MANIFEST"
"""Supports ITEMS_NUMBERED: the manifest numbers every exhibit."""

SupportKind = Literal["document", "attester", "declared"]


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where it was collected: country code, ISO 3166-2 subdivision, description."""

    country: str
    subdivision: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Comparison of the device's clock: reference, and device minus reference in milliseconds."""

    source: ClockSource
    offset_ms: int


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What entitles the collection."""

    type: BasisType
    reference: str | None = None
    issuer_rank: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether it states when it begins and holds at a moment; an end that is not stated is open."""
        if self.valid_from is None or moment < self.valid_from:
            return False
        return self.valid_until is None or moment <= self.valid_until


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who collected. Never reaches the chain."""

    name: str | None = None
    badge: str | None = None
    rank: str | None = None
    qualification: str | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether the holder or the witness was there; ``eligible`` only of a witness."""

    present: bool | None = None
    reason: str | None = None
    eligible: bool | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool used."""

    name: str
    version: str
    validation: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the data come from."""

    description: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class OriginalNotSeized:
    """Why the original medium was not seized, and where it is."""

    reason: NotSeizedReason
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Preservation:
    """Why data were preserved, and until when."""

    reason: PreservationReason
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Annotation of one exhibit, found by its path in the folder given."""

    path: str
    category: Category | None = None
    carrier: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the collection; ``file`` is a path from the record's folder."""

    role: Role
    file: str


@dataclass(frozen=True, slots=True)
class StepClaim:
    """A step that the record names, with the document's role or the attester behind it; neither: declared."""

    step: Step
    document: Role | None = None
    attester: str | None = None
    reference: str | None = None


class StepSupport(NamedTuple):
    """What a step rests on.

    ``by`` is the role of a document, RECORD or MANIFEST, the attester with the reference, or "" if declared.
    """

    step: Step
    support: SupportKind
    by: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the investigator wrote. ``agency`` is its short name or number; ``forums[0]`` is home."""

    case: str
    agency: str | int
    method: Method
    forums: tuple[str, ...]
    place: RecordPlace
    data_location: str
    started: datetime
    ended: datetime
    collector: Officer
    second: Officer | None = None
    title: str | None = None
    clock: Clock | None = None
    legal_basis: LegalBasis | None = None
    holder: Presence | None = None
    witness: Presence | None = None
    tools: tuple[Tool, ...] = ()
    confidentiality: Confidentiality | None = None
    use_limits: str | None = None
    source: Source | None = None
    original_not_seized: OriginalNotSeized | None = None
    preservation: Preservation | None = None
    items: tuple[Item, ...] = ()
    documents: tuple[Document, ...] = ()
    steps: tuple[StepClaim, ...] = ()
    preserve: bool = False
    mandate: bytes | None = None

    @property
    def home(self) -> str:
        """Code of the forum whose standard decides."""
        return self.forums[0]

    @property
    def forum_numbers(self) -> tuple[int, ...]:
        """The forums as place numbers, home first."""
        return tuple(numeric(code) for code in self.forums)

    def claims(self, step: Step) -> bool:
        """Whether the record names a step or carries it out itself."""
        return any(support.step is step for support in self.supports())

    def facts(self) -> Facts:
        """Give the declared facts; intake calculates SHA-256 and SM3 of everything.

        Raises:
            FactsError: it ended before it began, or lasted more than 65,535 minutes.

        """
        started = int(self.started.timestamp())
        return Facts(
            started_at=started,
            duration_minutes=int((self.ended.timestamp() - started) // 60),
            place=numeric(self.place.country),
            data_location=numeric(self.data_location),
            method=self.method,
            algorithms=INTAKE_ALGORITHMS,
            officers=0,
            steps=mask_of(step for step, _, _ in self.supports()),
        )

    def supports(self) -> list[StepSupport]:
        """Give each step that the record claims or carries out itself with what it rests on, in bit order."""
        found = {step: StepSupport(step, "document", by) for step, by in self._own_steps()}
        found |= {claim.step: _support_of(claim) for claim in self.steps}
        return [found[step] for step in sorted(found)]

    def _own_steps(self) -> list[tuple[Step, str]]:
        """Give the steps that need no other paper than this record and the manifest over it."""
        basis = self.legal_basis
        carried_out = {
            Step.LEGAL_BASIS_IN_TIME: basis is not None and basis.covers(self.started),
            Step.CLOCK_OFFSET_RECORDED: self.clock is not None,
            Step.TOOL_IDENTIFIED: bool(self.tools),
            Step.CONFIDENTIALITY_SET: self.confidentiality is not None,
        }
        by_record = [(step, THIS_RECORD) for step, done in carried_out.items() if done]
        return [*by_record, (Step.ITEMS_NUMBERED, THE_MANIFEST)]


def _support_of(claim: StepClaim) -> StepSupport:
    if claim.document is not None:
        return StepSupport(claim.step, "document", claim.document.value)
    if claim.attester is not None:
        reference = f" ({claim.reference})" if claim.reference else ""
        return StepSupport(claim.step, "attester", f"{claim.attester}{reference}")
    return StepSupport(claim.step, "declared", "")


def build(value: dict[str, Any]) -> Record:
    """Make a record of values that the schema has accepted, groups left blank being None."""
    place = value["place"]
    officers = value["officers"]
    return Record(
        case=value["case"],
        agency=value["agency"],
        method=Method[value["method"]],
        forums=tuple(value["forums"]),
        place=RecordPlace(place) if isinstance(place, str) else RecordPlace(**place),
        data_location=value["data_location"],
        started=_time(value["started"]),
        ended=_time(value["ended"]),
        collector=Officer(**officers["collector"]),
        second=Officer(**officers["second"]) if officers.get("second") else None,
        title=value.get("title"),
        clock=Clock(ClockSource(value["clock"]["source"]), value["clock"]["offset_ms"])
        if value.get("clock")
        else None,
        legal_basis=_legal_basis(value.get("legal_basis")),
        holder=Presence(**value["holder"]) if value.get("holder") else None,
        witness=Presence(**value["witness"]) if value.get("witness") else None,
        tools=tuple(Tool(**tool) for tool in value.get("tools") or () if tool),
        confidentiality=Confidentiality(value["confidentiality"]) if value.get("confidentiality") else None,
        use_limits=value.get("use_limits"),
        source=Source(**value["source"]) if value.get("source") else None,
        original_not_seized=_original(value.get("original_not_seized")),
        preservation=_preservation(value.get("preservation")),
        items=tuple(_item(item) for item in value.get("items") or () if item),
        documents=tuple(
            Document(Role(entry["role"]), entry["file"]) for entry in value.get("documents") or () if entry
        ),
        steps=tuple(
            _claim(Step[name], said) for name, said in (value.get("steps") or {}).items() if said is not None
        ),
        preserve=bool(value.get("preserve")),
        mandate=bytes.fromhex(value["mandate"][2:]) if value.get("mandate") else None,
    )


def _legal_basis(value: dict[str, Any] | None) -> LegalBasis | None:
    if not value:
        return None
    return LegalBasis(
        type=BasisType(value["type"]),
        reference=value.get("reference"),
        issuer_rank=value.get("issuer_rank"),
        valid_from=_time(value["from"]) if value.get("from") else None,
        valid_until=_time(value["until"]) if value.get("until") else None,
    )


def _original(value: dict[str, Any] | None) -> OriginalNotSeized | None:
    return OriginalNotSeized(NotSeizedReason(value["reason"]), value.get("location")) if value else None


def _preservation(value: dict[str, Any] | None) -> Preservation | None:
    if not value:
        return None
    until = _time(value["until"]) if value.get("until") else None
    return Preservation(PreservationReason(value["reason"]), until)


def _item(value: dict[str, Any]) -> Item:
    category = value.get("category")
    return Item(
        value["path"], Category(category) if category else None, value.get("carrier"), value.get("number")
    )


def _claim(step: Step, said: str | dict[str, Any]) -> StepClaim:
    if isinstance(said, str):
        return StepClaim(step)
    document = said.get("document")
    return StepClaim(step, Role(document) if document else None, said.get("attester"), said.get("reference"))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())
