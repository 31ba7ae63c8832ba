# SPDX-License-Identifier: Apache-2.0
"""The legally relevant circumstances of a collection, in one 160-bit value.

High to low: started_at 36 | duration_minutes 16 | place 10 | data_location 10 | method 6 | algorithms 8 |
officers 4 | steps 64 | spare 6 (zero). The collector declares all but the officers and the steps that the
contract sees for itself; the contract adds these two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, unique
from typing import Final

from concordat.errors import UsageError
from concordat.evidence.methods import Method
from concordat.evidence.steps import SEEN

FACTS_BITS: Final = 160
SPARE_BITS: Final = 6

# Lowest bit and width of each field.
_LAYOUT: Final = {
    "started_at": (124, 36),
    "duration_minutes": (108, 16),
    "place": (98, 10),
    "data_location": (88, 10),
    "method": (82, 6),
    "algorithms": (74, 8),
    "officers": (70, 4),
    "steps": (SPARE_BITS, 64),
}


@unique
class Algorithm(IntEnum):
    """Hash algorithms: the index is the bit in ``Facts.algorithms`` and ``Standard.algorithms``."""

    SHA_256 = 0
    SM3 = 1
    SHA_384 = 2
    SHA_512 = 3
    SHA3_256 = 4
    SHA3_512 = 5
    MD5 = 6
    SHA_1 = 7

    @property
    def label(self) -> str:
        """Name as standards write it, for example ``SHA-256``."""
        return self.name if self in (Algorithm.SM3, Algorithm.MD5) else self.name.replace("_", "-")


WEAK_ALGORITHMS: Final = 1 << Algorithm.MD5 | 1 << Algorithm.SHA_1
"""Algorithms that are recorded beside others but never accepted alone."""


class FactsError(UsageError):
    """A value that ``Facts`` cannot hold.

    Attributes:
        field: name of the field, or ``"facts"`` for the packed word.
        value: what was given.

    """

    default_code = "facts.invalid"

    def __init__(self, field: str, value: int, why: str) -> None:
        super().__init__(f"{field} is {value}: {why}.", code=f"facts.{field}", next=f"Correct {field}.")
        self.field = field
        self.value = value


@dataclass(frozen=True, slots=True)
class Facts:
    """Circumstances of one collection.

    Attributes:
        started_at: Unix time in seconds, below 2**36.
        duration_minutes: whole minutes, rounded down, at most 65535.
        place: ISO 3166-1 number of where it was collected, or 900 to 902 (see ``places``).
        data_location: the same for where the data lay.
        method: how.
        algorithms: mask of ``Algorithm``.
        officers: how many officers signed (0 to 15); 0 when declared.
        steps: mask of ``Step``.

    Raises:
        FactsError: a value does not fit.

    """

    started_at: int
    duration_minutes: int
    place: int
    data_location: int
    method: Method
    algorithms: int
    officers: int
    steps: int

    def __post_init__(self) -> None:
        for field, (_, width) in _LAYOUT.items():
            value: int = getattr(self, field)
            if not 0 <= value < 1 << width:
                raise FactsError(field, value, f"it must be from 0 to {(1 << width) - 1}")
        object.__setattr__(self, "method", _method(self.method))

    @property
    def ended_at(self) -> int:
        """End in Unix seconds, rounded down to the minute after the start: never later than the real end."""
        return self.started_at + 60 * self.duration_minutes

    def pack(self) -> int:
        """Give the 160-bit word."""
        word = 0
        for field, (shift, _) in _LAYOUT.items():
            word |= int(getattr(self, field)) << shift
        return word

    @classmethod
    def unpack(cls, word: int) -> Facts:
        """Read a 160-bit word.

        Raises:
            FactsError: more than 160 bits, spare bits set, or an undefined method.

        """
        if not 0 <= word < 1 << FACTS_BITS:
            raise FactsError("facts", word, f"it must be an unsigned number of {FACTS_BITS} bits")
        if word & ((1 << SPARE_BITS) - 1):
            raise FactsError("facts", word, f"its lowest {SPARE_BITS} bits are spare and must be zero")
        values = {field: word >> shift & ((1 << width) - 1) for field, (shift, width) in _LAYOUT.items()}
        return cls(**{**values, "method": _method(values["method"])})  # type: ignore[arg-type]

    def declared(self) -> Facts:
        """Keep what the collector may say: no officers, and no step that only the contract can see."""
        return replace(self, officers=0, steps=self.steps & ~SEEN)


def algorithms_mask(*algorithms: Algorithm) -> int:
    """Mask of the algorithms named."""
    result = 0
    for algorithm in algorithms:
        result |= 1 << algorithm
    return result


def algorithms_in(mask: int) -> tuple[Algorithm, ...]:
    """Return the algorithms of a mask, lowest bit first."""
    return tuple(algorithm for algorithm in Algorithm if mask >> algorithm & 1)


def _method(value: int) -> Method:
    try:
        return Method(value)
    except ValueError:
        raise FactsError("method", value, "no such method") from None
