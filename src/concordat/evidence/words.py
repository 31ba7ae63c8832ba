# SPDX-License-Identifier: Apache-2.0
"""What a forum asks of a collection, as two 256-bit words.

Word A, high to low: fatal 64 | curable 64 | noted 64 | from_hour 20 | until_hour 20 | delay_hours 12 |
fewest_officers 3 | algorithms 8 | extended 1 (word B has clauses).
Word B: late_curable 64 | six clauses of 20 | officers_severity 2 | delay_severity 2 | spare 68 (zero).
A clause: severity 2 | i 6 | j 6 | k 6: any one of the three steps must be set; severity 0 is no clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from concordat.errors import UsageError
from concordat.evidence.steps import Step, mask_of

HOUR: Final = 3600
MAX_CLAUSES: Final = 6
CLAUSE_STEPS: Final = 3
CLAUSE_BITS: Final = 20
FIRST_CLAUSE_SHIFT: Final = 172

# Lowest bit and width of the fields of the two words.
_WORD_A: Final = {
    "fatal": (192, 64),
    "curable": (128, 64),
    "noted": (64, 64),
    "from_hour": (44, 20),
    "until_hour": (24, 20),
    "delay_hours": (12, 12),
    "fewest_officers": (9, 3),
    "algorithms": (1, 8),
}
_WORD_B: Final = {"late_curable": (192, 64), "officers_severity": (70, 2), "delay_severity": (68, 2)}
_SPARE_B: Final = (1 << 68) - 1


class StandardError(UsageError):
    """A value that a standard cannot hold, or a word that is no standard."""

    default_code = "standard.invalid"


@unique
class Origin(IntEnum):
    """Whether the collection was made in the forum's own territory."""

    DOMESTIC = 0
    FOREIGN = 1


@unique
class Severity(IntEnum):
    """What it means that something is missing."""

    NONE = 0
    NOTED = 1
    CURABLE = 2
    FATAL = 3

    def label(self, lang: str = "en") -> str:
        """Word for people, in ``en`` or ``zh``."""
        en, zh = _SEVERITY_LABELS[self]
        return zh if lang == "zh" else en


_SEVERITY_LABELS: Final = {
    Severity.NONE: ("none", "无"),
    Severity.NOTED: ("noted", "提示"),
    Severity.CURABLE: ("curable", "可补正"),
    Severity.FATAL: ("fatal", "不可补正"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """Any one of one to three steps must be set. Repetitions at the end say nothing and are dropped."""

    any_of: tuple[Step, ...]
    severity: Severity

    def __post_init__(self) -> None:
        if not 1 <= len(self.any_of) <= CLAUSE_STEPS:
            raise StandardError(f"A clause names one to three steps, not {len(self.any_of)}.")
        if self.severity == Severity.NONE:
            raise StandardError("A clause needs a severity.")
        steps = list(self.any_of)
        while len(steps) > 1 and steps[-1] == steps[-2]:
            steps.pop()
        object.__setattr__(self, "any_of", tuple(Step(step) for step in steps))
        object.__setattr__(self, "severity", Severity(self.severity))

    @property
    def steps(self) -> int:
        """Mask of its steps."""
        return mask_of(self.any_of)

    def pack(self) -> int:
        """Its 20 bits; fewer than three steps repeat the last."""
        i, j, k = (*self.any_of, *(self.any_of[-1:] * CLAUSE_STEPS))[:CLAUSE_STEPS]
        return self.severity << 18 | i << 12 | j << 6 | k

    @classmethod
    def unpack(cls, bits: int) -> Clause:
        """Read 20 bits of a clause that is not empty."""
        return cls(tuple(Step(bits >> shift & 63) for shift in (12, 6, 0)), Severity(bits >> 18 & 3))


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of what a forum asks for one origin and method.

    Attributes:
        fatal, curable, noted: masks of steps by what their absence means.
        late_curable: steps that may be added after registration.
        clauses: up to six alternatives.
        from_hour, until_hour: hours since 1970 UTC; in force in [from_hour, until_hour), 0 leaves it open.
        delay_hours: longest time from the end of collection to registration.
        fewest_officers: officers who must have signed, 0 to 7.
        officers_severity, delay_severity: what it means if there are fewer, or if it took longer.
        algorithms: mask of hash algorithms, one of which must have been used.

    """

    fatal: int
    curable: int
    noted: int
    delay_hours: int
    algorithms: int
    fewest_officers: int = 1
    officers_severity: Severity = Severity.CURABLE
    delay_severity: Severity = Severity.CURABLE
    late_curable: int = 0
    clauses: tuple[Clause, ...] = ()
    from_hour: int = 0
    until_hour: int = 0

    def __post_init__(self) -> None:
        for field, (_, width) in (_WORD_A | _WORD_B).items():
            value: int = getattr(self, field)
            if not 0 <= value < 1 << width:
                raise StandardError(f"{field} is {value}: it must be from 0 to {(1 << width) - 1}.")
        if len(self.clauses) > MAX_CLAUSES:
            raise StandardError(f"A standard holds at most {MAX_CLAUSES} clauses, not {len(self.clauses)}.")
        object.__setattr__(self, "officers_severity", Severity(self.officers_severity))
        object.__setattr__(self, "delay_severity", Severity(self.delay_severity))

    def in_force_at(self, moment: int) -> bool:
        """Whether it governs a collection that started at this Unix second."""
        return self.from_hour * HOUR <= moment and (self.until_hour == 0 or moment < self.until_hour * HOUR)

    def pack(self) -> tuple[int, int]:
        """Give the two words A and B."""
        a = int(bool(self.clauses))
        for field, (shift, _) in _WORD_A.items():
            a |= int(getattr(self, field)) << shift
        b = 0
        for field, (shift, _) in _WORD_B.items():
            b |= int(getattr(self, field)) << shift
        for index, clause in enumerate(self.clauses):
            b |= clause.pack() << FIRST_CLAUSE_SHIFT - CLAUSE_BITS * index
        return a, b

    @classmethod
    def unpack(cls, a: int, b: int) -> Standard:
        """Read the two words.

        Raises:
            StandardError: spare bits, a gap between clauses, or the mark in A contradicts the clauses in B.

        """
        if not (0 <= a < 1 << 256 and 0 <= b < 1 << 256):
            raise StandardError("The words of a standard are unsigned numbers of 256 bits.")
        if b & _SPARE_B:
            raise StandardError("The lowest 68 bits of word B are spare and must be zero.")
        clauses = _unpack_clauses(b)
        if bool(clauses) != bool(a & 1):
            raise StandardError("Bit 0 of word A must be set exactly when word B has clauses.")
        values = {field: a >> shift & ((1 << width) - 1) for field, (shift, width) in _WORD_A.items()}
        values |= {field: b >> shift & ((1 << width) - 1) for field, (shift, width) in _WORD_B.items()}
        return cls(**values, clauses=clauses)  # type: ignore[arg-type]


def _unpack_clauses(b: int) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    ended = False
    for index in range(MAX_CLAUSES):
        bits = b >> FIRST_CLAUSE_SHIFT - CLAUSE_BITS * index & ((1 << CLAUSE_BITS) - 1)
        if bits == 0:
            ended = True
        elif bits >> 18 == 0:
            raise StandardError(f"Clause {index} names steps without a severity.")
        elif ended:
            raise StandardError(f"Clause {index} comes after an empty one.")
        else:
            clauses.append(Clause.unpack(bits))
    return tuple(clauses)
