# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from concordat.evidence.methods import Method
from concordat.evidence.standards import Clause, Severity, Standard, adoption_faults, notice_faults
from concordat.evidence.steps import Step, mask

HOUR = 3600
START = 500_000 * HOUR
A, B, C, D = Step.MINUTES_MADE, Step.TOOL_IDENTIFIED, Step.VIDEO_RECORDED, Step.TRANSLATED

BASELINE = Standard(
    fatal=mask(A),
    curable=mask(B),
    noted=mask(C),
    delay_hours=24,
    algorithms=3,
    clauses=(Clause((A, B), Severity.CURABLE),),
    late_curable=mask(B),
)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"curable": mask(A, B)}, "masks overlap: MINUTES_MADE"),
        ({"noted": mask(A, C)}, "masks overlap"),
        ({"noted": mask(B, C)}, "masks overlap"),
        ({"late_curable": mask(C)}, "late curable, but not curable: VIDEO_RECORDED"),
        ({"delay_hours": 0}, "the longest delay is zero"),
        ({"delay_severity": Severity.NOTED}, "a delay is never merely noted"),
        ({"fewest_officers": 0}, "no officer is asked"),
        ({"officers_severity": Severity.NONE}, "without a severity"),
        ({"algorithms": 0}, "no hash algorithm"),
        ({"algorithms": 0b0100_0001}, "MD5 or SHA-1"),
        ({"until_hour": 9}, "its end is given"),
        ({"fatal": 0}, "MINUTES_MADE must be fatal"),
        ({"fatal": 0, "curable": mask(A, B)}, "MINUTES_MADE must be fatal"),
        ({"curable": 0}, "TOOL_IDENTIFIED must be at least curable"),
        ({"noted": 0}, "VIDEO_RECORDED must be at least noted"),
        ({"delay_hours": 25}, "at most 24 hours"),
        ({"algorithms": 7}, "does not"),
        ({"clauses": ()}, "clauses must come first"),
        ({"clauses": (Clause((A,), Severity.FATAL), *BASELINE.clauses)}, "clauses must come first"),
        ({"clauses": (Clause((A, B), Severity.FATAL),)}, "clauses must come first"),
    ],
)  # fmt: skip
def test_adoption_refuses(changes: dict[str, Any], fault: str) -> None:
    faults = adoption_faults(replace(BASELINE, **changes), BASELINE, None)
    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"fewest_officers": 1}, "at least 2 officers"),
        ({"officers_severity": Severity.CURABLE}, "too few officers must be fatal"),
        ({"delay_severity": Severity.CURABLE}, "a delay must be fatal"),
    ],
)
def test_adoption_refuses_weaker_terms(changes: dict[str, Any], fault: str) -> None:
    strict = replace(
        BASELINE, fewest_officers=2, officers_severity=Severity.FATAL, delay_severity=Severity.FATAL
    )
    faults = adoption_faults(replace(strict, **changes), strict, None)
    assert len(faults) == 1 and fault in faults[0]


def test_adoption_accepts_the_baseline_and_anything_stricter() -> None:
    assert adoption_faults(BASELINE, None, None) == []
    stricter = replace(
        BASELINE,
        fatal=mask(A, B),
        curable=mask(C, D),
        noted=mask(Step.NOTICE_GIVEN),
        late_curable=mask(A, D),
        delay_hours=1,
        fewest_officers=2,
        algorithms=1,
        clauses=(*BASELINE.clauses, Clause((D,), Severity.FATAL)),
    )
    assert adoption_faults(stricter, BASELINE, None) == []


def test_other_must_cover() -> None:
    assert adoption_faults(BASELINE, BASELINE, BASELINE, method=Method.STORAGE_IMAGING) == []
    for weaker, fault in (
        (replace(BASELINE, fatal=0, curable=mask(A, B)), "MINUTES_MADE must be fatal"),
        (replace(BASELINE, curable=0, noted=mask(B, C)), "TOOL_IDENTIFIED must be at least curable"),
        (replace(BASELINE, noted=0), "VIDEO_RECORDED must be at least noted"),
    ):
        faults = adoption_faults(BASELINE, BASELINE, weaker)
        assert len(faults) == 1 and fault in faults[0]


def test_other_comes_first() -> None:
    assert (
        "OTHER must be adopted before"
        in adoption_faults(BASELINE, BASELINE, None, method=Method.LIVE_CAPTURE)[0]
    )
    assert adoption_faults(BASELINE, BASELINE, None, method=Method.OTHER) == []


@pytest.mark.parametrize(
    ("version", "ahead", "fault"),
    [(1, -1000, False), (2, 7 * 24, False), (2, 7 * 24 - 1, True), (9, 0, True)],
)
def test_later_versions_need_notice(version: int, ahead: int, fault: bool) -> None:
    assert bool(notice_faults(version, 500_000 + ahead, START)) is fault
