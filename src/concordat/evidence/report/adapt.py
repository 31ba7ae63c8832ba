# SPDX-License-Identifier: Apache-2.0
"""From the forms that manifest, contract and rulebooks have to the plain data of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from concordat.evidence.report.inputs import FindingLine, ReasonLine, StepLine
from concordat.evidence.standards import Severity
from concordat.evidence.steps import SEEN, STEPS, Step, steps_in
from concordat.rendering.content import Text


class Worded(Protocol):
    """Anything with a wording in both languages."""

    @property
    def en(self) -> str:
        """English."""

    @property
    def zh(self) -> str:
        """Chinese."""


class Reasoned(Protocol):
    """A reason of an assessment in words, as rulebooks give it."""

    @property
    def rule_id(self) -> str:
        """Leading rule."""

    @property
    def also(self) -> tuple[str, ...]:
        """Other rules that ask for the same."""

    @property
    def severity(self) -> Severity:
        """As assessed."""

    @property
    def citation(self) -> Worded:
        """Title of the law with the article."""

    @property
    def certainty(self) -> str:
        """How sure the rule's source is."""

    @property
    def missing(self) -> Worded:
        """What is missing."""

    @property
    def cure(self) -> Worded:
        """What to do."""


def text(worded: Worded) -> Text:
    """Take over a wording."""
    return Text(worded.en, worded.zh)


def step_lines(supports: Iterable[Mapping[str, Any]], stored_steps: int = 0) -> tuple[StepLine, ...]:
    """Make the list of steps.

    Args:
        supports: the manifest's ``supports``.
        stored_steps: 64-bit mask as stored by the contract; of it only the bits that the contract sets count.

    """
    seen = tuple(_line(step, "seen") for step in steps_in(stored_steps & SEEN))
    claimed = tuple(
        _line(Step[each["step"]], each["support"], each["exhibit"], each["attester"]) for each in supports
    )
    return (*seen, *claimed)


def _line(step: Step, support: str, exhibit: int | None = None, attester: str | None = None) -> StepLine:
    attests = STEPS[step].attests
    return StepLine(
        step=step.name,
        attests=Text(attests["en"], attests["zh"]),
        support=support,
        exhibit=exhibit,
        attester=attester,
    )


def finding_line(finding: Mapping[str, Any], exhibit: int | None = None) -> FindingLine:
    """Take over one of the manifest's findings; `exhibit` is the number of the file it is about, if known."""
    return FindingLine(
        code=finding["code"],
        severity=finding["severity"],
        message=Text(finding["en"], finding["zh"]),
        exhibit=exhibit,
        path=finding["path"],
    )


def reason_line(reason: Reasoned) -> ReasonLine:
    """Take over one reason; the article is in the citation."""
    return ReasonLine(
        rule_id=reason.rule_id,
        also=tuple(reason.also),
        severity=reason.severity.name,
        law=text(reason.citation),
        article="",
        certainty=str(reason.certainty),
        missing=text(reason.missing),
        cure=text(reason.cure),
    )
