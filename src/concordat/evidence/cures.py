# SPDX-License-Identifier: Apache-2.0
"""What becomes of an assessment after it: preservation of what is refused, and cures after registration."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from concordat.evidence.assess import MASK64, Assessment, Reason, Verdict, check
from concordat.evidence.facts import Facts
from concordat.evidence.steps import SEEN
from concordat.evidence.words import Standard

MAX_OFFICERS: Final = 15


def settle(home: Assessment, baseline: Assessment, preserve: bool) -> Verdict:
    """Decide the verdict to store: what is refused at home, or has no standard there, is preserved on request
    if the baseline is met.

    Args:
        home: against the home forum's standard.
        baseline: against the international baseline; met when it gives no fatal reason.
        preserve: whether the registrar asked for preservation.

    """
    if home.verdict not in (Verdict.REFUSED, Verdict.NO_STANDARD):
        return home.verdict
    return Verdict.PRESERVED if preserve and not baseline.fatal else Verdict.REFUSED


def supplementable(assessment: Assessment, standard: Standard) -> int:
    """Mask of the steps that may still be supplied: missing, of curable severity, and curable late.

    Steps that the contract sees are none of them: those come by co-signature.
    """
    wanted = assessment.curable & MASK64
    for index, clause in enumerate(standard.clauses):
        if assessment.curable >> Reason.CLAUSE_0 + index & 1:
            wanted |= clause.steps
    return wanted & standard.late_curable & ~SEEN


def after_cure(
    facts: Facts,
    standard: Standard,
    forum: int,
    registered_at: int,
    *,
    cured: int = 0,
    officers_added: int = 0,
    date_confirmed: bool = False,
    version: int = 0,
) -> Assessment:
    """Assess a stored record again, with what came since.

    The time of registration stays. A step that was supplied counts where the forum lets it come late; a
    signature counts everywhere. A confirmed date takes DATE_UNPROVEN and curable DELAY away: an early anchor
    answers both. What conforms only by what came later is ``CONFORMS_WITH_NOTE``: the cure stays visible.

    Args:
        facts: as stored at registration.
        standard: the version that judges in this forum.
        forum: place number of the forum.
        registered_at: Unix seconds.
        cured: mask of the steps supplied, or seen by later co-signatures.
        officers_added: officers who signed later.
        date_confirmed: another agency confirmed an earlier anchor or time stamp.
        version: number of the standard's version, handed through.

    """
    at_first = check(facts, standard, forum, registered_at, version=version)
    counted = cured & (standard.late_curable | SEEN)
    officers = min(MAX_OFFICERS, facts.officers + officers_added)
    supplied = replace(facts, steps=facts.steps | counted, officers=officers)
    result = check(supplied, standard, forum, registered_at, version=version)
    if date_confirmed:
        result = _without(result, 1 << Reason.DATE_UNPROVEN | 1 << Reason.DELAY)
    if result.verdict == Verdict.CONFORMS != at_first.verdict:
        result = replace(result, verdict=Verdict.CONFORMS_WITH_NOTE)
    return result


def _without(assessment: Assessment, reasons: int) -> Assessment:
    """Take curable reasons away."""
    curable = assessment.curable & ~reasons
    verdict = assessment.verdict
    if verdict == Verdict.CURABLE and not curable:
        verdict = Verdict.CONFORMS_WITH_NOTE if assessment.noted else Verdict.CONFORMS
    return replace(assessment, curable=curable, verdict=verdict)
