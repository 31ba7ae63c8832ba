# SPDX-License-Identifier: Apache-2.0
"""Standards and the judgement of facts by them: the public names of four small modules.

``words`` holds a standard as two words, ``assess`` the check, ``cures`` what comes after registration,
``adoption`` whether a standard may be adopted.
"""

from __future__ import annotations

from concordat.evidence.adoption import adoption_faults, notice_faults
from concordat.evidence.assess import Assessment, Reason, Verdict, check, origin_of
from concordat.evidence.cures import after_cure, settle, supplementable
from concordat.evidence.words import MAX_CLAUSES, Clause, Origin, Severity, Standard, StandardError

__all__ = [
    "MAX_CLAUSES",
    "Assessment",
    "Clause",
    "Origin",
    "Reason",
    "Severity",
    "Standard",
    "StandardError",
    "Verdict",
    "adoption_faults",
    "after_cure",
    "check",
    "notice_faults",
    "origin_of",
    "settle",
    "supplementable",
]
