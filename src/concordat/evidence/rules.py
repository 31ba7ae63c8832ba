# SPDX-License-Identifier: Apache-2.0
"""What a rulebook is made of: rules, versions of standards, and the review they went through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from typing import Final

from concordat.evidence.laws import Certainty, Reference, Text
from concordat.evidence.methods import Method
from concordat.evidence.steps import SEEN, Step, mask_of
from concordat.evidence.words import Origin, Severity

METHODS: Final = frozenset(method for method in Method if method is not Method.OTHER)
"""The methods that rules name. OTHER is asked for the union of what all of these are asked for."""

PRECHECKS: Final = frozenset(
    {
        "collection-in-forum",
        "data-category",
        "item-list-columns",
        "jargon-explained",
        "numbers-unique",
        "original-not-seized-reason",
        "preservation-ground",
        "preservation-period",
        "source-known",
        "times-in-order",
        "video-when-write-blocker-waived",
    }
)
"""Names of what the client checks before registering, because no mask can carry it."""


@unique
class Carrier(Enum):
    """What carries a rule: part of a standard's two words, or the client alone. The value is the YAML key."""

    STEP = "requires"
    CLAUSE = "any_of"
    OFFICERS = "officers"
    DELAY = "delay"
    ALGORITHMS = "algorithms"
    PRECHECK = "precheck"
    INFORMATION = "information"


CARRIED: Final = frozenset(Carrier) - {Carrier.PRECHECK, Carrier.INFORMATION}


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One demand of the law on a collection.

    Attributes:
        id: as in the study of the law, with a letter where one demand became several rules.
        applies: methods by origin.
        carrier: what carries it.
        steps: the step of STEP, the one to three steps of CLAUSE, else empty.
        number: officers, hours, or mask of algorithms; else 0.
        precheck: name of the client's check for PRECHECK, else "".
        severity: what it means if it is not met.
        late: whether a document may still supply it after registration.
        source: law and article.
        see: further references.
        certainty: how sure the rule is.
        missing: what is missing when it is not met.
        cure: what to do then.
        because: why no mask can carry it; None if one does.
        line: where it stands in its file.

    """

    id: str
    applies: Mapping[Origin, frozenset[Method]]
    carrier: Carrier
    steps: tuple[Step, ...]
    number: int
    precheck: str
    severity: Severity
    late: bool
    source: Reference
    see: tuple[Reference, ...]
    certainty: Certainty
    missing: Text
    cure: Text
    because: Text | None = None
    line: int = 0

    @property
    def carried(self) -> bool:
        """Whether a standard's words carry it."""
        return self.carrier in CARRIED

    @property
    def mask(self) -> int:
        """Mask of its steps."""
        return mask_of(self.steps)

    @property
    def late_mask(self) -> int:
        """Steps that a document may supply later: never those that only a signature can set."""
        return self.mask & ~SEEN if self.late else 0

    def covers(self, origin: Origin, method: Method) -> bool:
        """Whether it is asked of this origin and method; OTHER is asked for everything."""
        methods = self.applies.get(origin, frozenset())
        return bool(methods) if method is Method.OTHER else method in methods


@dataclass(frozen=True, slots=True)
class Version:
    """From when a set of methods of one origin is judged by this rulebook; it ends where the next begins.

    Attributes:
        from_day: first day, in the jurisdiction's own calendar.
        from_hour: the same as hours since 1970 UTC, rounded up to a full hour.

    """

    origin: Origin
    methods: frozenset[Method]
    from_day: date
    from_hour: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a lawyer has looked at the rulebook: ``drafted`` until a person changes it."""

    status: str
    by: str | None
    day: date | None

    @property
    def reviewed(self) -> bool:
        """Whether a named person vouches for it."""
        return self.status == "reviewed"

    def label(self, lang: str = "en") -> str:
        """Sentence that every output prints, in ``en`` or ``zh``."""
        if self.reviewed:
            en, zh = f"reviewed by {self.by} on {self.day}", f"由 {self.by} 于 {self.day} 审核"
        else:
            en, zh = "drafted by engineers, not reviewed by counsel", "由工程人员起草，未经律师审核"
        return zh if lang == "zh" else en
