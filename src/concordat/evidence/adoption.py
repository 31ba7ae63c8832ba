# SPDX-License-Identifier: Apache-2.0
"""Whether a standard may be adopted: the same judgement as the contract's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from concordat.evidence.facts import WEAK_ALGORITHMS
from concordat.evidence.methods import Method
from concordat.evidence.steps import steps_in
from concordat.evidence.words import HOUR, Severity, Standard

NOTICE_SECONDS: Final = 7 * 24 * HOUR
"""Later versions start at least this long after adoption, against adopting, registering and restoring."""


def adoption_faults(
    standard: Standard, baseline: Standard | None, other: Standard | None, *, method: Method | None = None
) -> list[str]:
    """Why a standard may not be adopted; empty if it may.

    Args:
        standard: the candidate.
        baseline: the international baseline for the method; None only for the baseline itself.
        other: the forum's standard for method OTHER and the same origin; None for OTHER itself.
        method: if given and not OTHER, a missing ``other`` is itself a fault.

    """
    faults = [*_own_faults(standard)]
    if baseline is not None:
        faults += _weaker_than_baseline(standard, baseline)
    if other is not None:
        faults += _not_covered(standard, other)
    elif method is not None and method != Method.OTHER:
        faults.append("OTHER must be adopted before any other method of this forum and origin")
    return faults


def notice_faults(version: int, from_hour: int, adopted_at: int) -> list[str]:
    """Why a version may not start at this hour: the first may start at any, later ones only after notice."""
    if version > 1 and from_hour * HOUR < adopted_at + NOTICE_SECONDS:
        return [f"version {version} must start at least 7 days after its adoption"]
    return []


def _own_faults(standard: Standard) -> Iterator[str]:
    fatal, curable, noted = standard.fatal, standard.curable, standard.noted
    overlap = fatal & curable | fatal & noted | curable & noted
    if overlap:
        yield f"masks overlap: {_names(overlap)} is in more than one of fatal, curable, noted"
    never_curable = standard.late_curable & ~_curable_somehow(standard)
    if never_curable:
        yield f"late curable, but not curable: {_names(never_curable)}"
    if standard.delay_hours == 0:
        yield "the longest delay is zero"
    if standard.delay_severity < Severity.CURABLE:
        yield "a delay is never merely noted: its severity must be curable or fatal"
    if standard.fewest_officers == 0:
        yield "no officer is asked to sign"
    if standard.officers_severity == Severity.NONE:
        yield "officers are asked for without a severity"
    if not standard.algorithms:
        yield "no hash algorithm is accepted"
    if standard.algorithms & WEAK_ALGORITHMS:
        yield "MD5 or SHA-1 is accepted: they may only be used in addition"
    if standard.until_hour:
        yield "its end is given: a standard ends when the next version begins"


def _curable_somehow(standard: Standard) -> int:
    """Mask of the steps that cure: those asked for by themselves and those of curable clauses."""
    result = standard.curable
    for clause in standard.clauses:
        if clause.severity == Severity.CURABLE:
            result |= clause.steps
    return result


def _weaker_than_baseline(standard: Standard, baseline: Standard) -> Iterator[str]:
    curable = standard.fatal | standard.curable
    noted = curable | standard.noted
    for label, wanted, got in (
        ("fatal", baseline.fatal, standard.fatal),
        ("at least curable", baseline.curable, curable),
        ("at least noted", baseline.noted, noted),
    ):
        if wanted & ~got:
            yield f"weaker than the baseline: {_names(wanted & ~got)} must be {label}"
    if standard.delay_hours > baseline.delay_hours:
        yield f"weaker than the baseline: the delay may be at most {baseline.delay_hours} hours"
    if standard.delay_severity < baseline.delay_severity:
        yield f"weaker than the baseline: a delay must be {baseline.delay_severity.label()}"
    if standard.fewest_officers < baseline.fewest_officers:
        yield f"weaker than the baseline: at least {baseline.fewest_officers} officers must sign"
    if standard.officers_severity < baseline.officers_severity:
        yield f"weaker than the baseline: too few officers must be {baseline.officers_severity.label()}"
    if standard.algorithms & ~baseline.algorithms:
        yield "weaker than the baseline: it accepts hash algorithms that the baseline does not"
    first = standard.clauses[: len(baseline.clauses)]
    if [(c.severity, c.steps) for c in first] != [(c.severity, c.steps) for c in baseline.clauses]:
        yield "weaker than the baseline: the baseline's clauses must come first and unchanged"


def _not_covered(standard: Standard, other: Standard) -> Iterator[str]:
    curable = other.fatal | other.curable
    for label, wanted, got in (
        ("fatal", standard.fatal, other.fatal),
        ("at least curable", standard.curable, curable),
        ("at least noted", standard.noted, curable | other.noted),
    ):
        if wanted & ~got:
            yield f"method OTHER does not cover it: there {_names(wanted & ~got)} must be {label}"


def _names(mask: int) -> str:
    return ", ".join(step.name for step in steps_in(mask))
