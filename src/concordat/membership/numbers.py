# SPDX-License-Identifier: Apache-2.0
"""The number of an agency: jurisdiction in the high 16 bits, ordinal within it, from 1, in the low 16."""

from __future__ import annotations

from concordat.evidence import places


def number_of(jurisdiction: int, ordinal: int) -> int:
    """The 32-bit number of an agency."""
    return jurisdiction << 16 | ordinal


def jurisdiction_of(agency: int) -> int:
    """ISO 3166-1 numeric code of the agency's jurisdiction; 900 and above for bodies of no single country."""
    return agency >> 16


def label(agency: int) -> str:
    """A number as people read it: ``MY-2 (30015490)``."""
    if agency == 0:
        return "no agency"
    jurisdiction = jurisdiction_of(agency)
    try:
        place = places.alpha(jurisdiction)
    except places.PlaceError:
        place = str(jurisdiction)
    return f"{place}-{agency & 0xFFFF} ({agency})"
