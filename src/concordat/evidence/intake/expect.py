# SPDX-License-Identifier: Apache-2.0
"""Comparing what was read with what a list from the source expects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How one file compares with the list."""

    MATCHED = "matched"
    MISMATCHED = "mismatched"
    NOT_LISTED = "not_listed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the result: for MISSING the path is the list's, else the exhibit's.

    ``of`` says what was digested: "file", or "medium" for the digest that a disk image carries of its medium.
    """

    path: str
    outcome: Outcome
    algorithm: str = ""
    expected: str = ""
    actual: str = ""
    of: str = "file"
