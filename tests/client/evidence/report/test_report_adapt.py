# SPDX-License-Identifier: Apache-2.0
"""The documents take over what manifest, contract and rulebooks give."""

from __future__ import annotations

from concordat.evidence.manifest import Support
from concordat.evidence.reasontexts import unwritten
from concordat.evidence.report.adapt import finding_line, reason_line, step_lines
from concordat.evidence.standards import Reason, Severity
from concordat.evidence.steps import Step, mask


def test_steps_of_manifest_and_contract() -> None:
    supports = [
        Support("MINUTES_MADE", exhibit=4).as_dict(),
        Support("FREELY_OBTAINED").as_dict(),
        Support("WRITE_BLOCKER_USED", attester="Lee").as_dict(),
    ]
    stored = mask(Step.COLLECTOR_SIGNED, Step.MINUTES_MADE, Step.FREELY_OBTAINED)
    lines = step_lines(supports, stored)
    assert [(line.step, line.support, line.exhibit, line.attester) for line in lines] == [
        ("COLLECTOR_SIGNED", "seen", None, None),
        ("MINUTES_MADE", "document", 4, None),
        ("FREELY_OBTAINED", "declared", None, None),
        ("WRITE_BLOCKER_USED", "attester", None, "Lee"),
    ]
    assert all(line.attests.en and line.attests.zh for line in lines)
    assert [line.step for line in step_lines(supports)] == [
        "MINUTES_MADE",
        "FREELY_OBTAINED",
        "WRITE_BLOCKER_USED",
    ]


def test_findings_of_the_manifest() -> None:
    line = finding_line(
        {"code": "EMPTY_FILE", "severity": "info", "path": "a.txt", "en": "empty", "zh": "空"}, 3
    )
    assert (line.code, line.severity, line.exhibit, line.path) == ("EMPTY_FILE", "info", 3, "a.txt")
    assert line.message == ("empty", "空")


def test_reasons_of_a_rulebook() -> None:
    line = reason_line(unwritten(Reason.DATE_UNPROVEN, Severity.CURABLE))
    assert (line.rule_id, line.severity, line.certainty, line.also) == ("DATE_UNPROVEN", "CURABLE", "V", ())
    assert line.law.zh == "本登记系统的设计"
    assert line.missing.en.startswith("The standard of the stated date")
