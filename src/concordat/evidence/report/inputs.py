# SPDX-License-Identifier: Apache-2.0
"""What the two documents are made from: plain data, no chain, no files, no clock.

Times are aware datetimes (the offset of the record is kept, so that local time can be shown). Free text is a
`str`; what has a wording in each language is a `Text`. Hashes are lower-case hex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from concordat.evidence.standards import Verdict
from concordat.rendering.content import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One officer as the record names him or her."""

    name: str
    badge: str = ""
    rank: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The holder or the witness: present or not, and why not. `eligible` is None where it is not asked."""

    present: bool
    reason: str = ""
    eligible: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool, as it names itself."""

    name: str
    version: str
    validation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """What allowed the collection."""

    type: Text
    reference: str
    issuer_rank: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordData:
    """The investigator's record, parsed."""

    case: str
    title: str
    agency: Text
    method: Text
    forums: tuple[Text, ...]
    place: Text
    place_subdivision: str = ""
    place_description: str = ""
    data_location: Text
    started: datetime
    ended: datetime
    clock_source: str = ""
    clock_offset_ms: int | None = None
    legal_basis: LegalBasis | None = None
    collector: Person
    second: Person | None = None
    holder: Party | None = None
    witness: Party | None = None
    tools: tuple[Tool, ...] = ()
    confidentiality: str = ""
    use_limits: str = ""
    source_description: str = ""
    source_locator: str = ""
    mandate: str = ""
    preserve: bool = False
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step that was claimed, and what stands behind it.

    `support` is ``document`` (cites exhibit number `exhibit`), ``attester`` (names `attester`), ``declared``,
    or ``seen`` (only in the certificate: the contract itself saw it).
    """

    step: str
    attests: Text
    support: str
    exhibit: int | None = None
    attester: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who reviewed a set of standards; `status` ``reviewed`` counts only with a person and a date."""

    status: str = "draft"
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """One reason why a forum's verdict is not "conforms"; `also` names other rules that ask for the same."""

    rule_id: str
    severity: str
    law: Text
    article: str
    certainty: str
    missing: Text
    cure: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumAssessment:
    """What one forum's standard makes of the declared facts.

    `standard` names the rule set it was compiled from, `standard_sha256` is the hash of that, if known.
    """

    code: str
    forum: Text
    home: bool
    foreign: bool
    verdict: Verdict
    version: int
    review: Review
    reasons: tuple[ReasonLine, ...] = ()
    standard: str = ""
    standard_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """Something noticed while reading the files or the record; `severity` is ``info`` or ``warn``."""

    code: str
    severity: str
    message: Text
    exhibit: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitList:
    """The lines of ``exhibits.jsonl`` as dicts, in order, and the SHA-256 of these lines.

    For the collection report the hash is that of all lines *before* the report's own, because the line of the
    report holds the hash of the report. The iterable is read once and never kept.
    """

    entries: Iterable[Mapping[str, Any]]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionInput:
    """Everything the collection report says."""

    record: RecordData
    facts: str
    exhibits: ExhibitList
    steps: tuple[StepLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    assessments: tuple[ForumAssessment, ...] = ()
    refusals: tuple[str, ...] = ()
    expected: Mapping[str, int] = field(default_factory=dict)
    generator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where the registration is on chain. `registered_at` is the block's time in UTC."""

    chain_id: int
    genesis: str
    registry: str
    agency: int
    collector: str
    root: str
    transaction: str
    block: int
    block_hash: str
    log_index: int
    registered_at: datetime
    leaves: int
    manifest_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to the record after registration, as the chain tells it."""

    kind: str
    at: datetime
    actor: str
    transaction: str
    detail: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateInput:
    """Everything the registration certificate says: the package's record again, and what the chain holds.

    `facts` are the stored facts (declared and seen); `officers` is the number the contract counted; `events`
    are in chain order; `supersedes` and `superseded_by` are roots.
    """

    record: RecordData
    receipt: Receipt
    facts: str
    officers: int
    exhibits: ExhibitList
    steps: tuple[StepLine, ...]
    assessment: ForumAssessment
    standing: Verdict
    report_sha256: str
    events: tuple[Event, ...] = ()
    withdrawn: bool = False
    supersedes: str = ""
    superseded_by: str = ""
    date_confirmed: bool = False
    generator: str
