# SPDX-License-Identifier: Apache-2.0
"""The investigator's record: ``parse`` it, ask it for its ``facts`` and for what supports each step."""

from __future__ import annotations

from concordat.evidence.record.mistakes import Mistake, RecordError
from concordat.evidence.record.model import (
    Clock,
    Document,
    Item,
    LegalBasis,
    Officer,
    OriginalNotSeized,
    Presence,
    Preservation,
    Record,
    RecordPlace,
    Source,
    StepClaim,
    StepSupport,
    Tool,
)
from concordat.evidence.record.reading import parse
from concordat.evidence.record.schema import schema

__all__ = [
    "Clock",
    "Document",
    "Item",
    "LegalBasis",
    "Mistake",
    "Officer",
    "OriginalNotSeized",
    "Presence",
    "Preservation",
    "Record",
    "RecordError",
    "RecordPlace",
    "Source",
    "StepClaim",
    "StepSupport",
    "Tool",
    "parse",
    "schema",
]
