# SPDX-License-Identifier: Apache-2.0
"""Asks every recogniser and decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from concordat.evidence.intake.kinds import (
    archives,
    calls,
    chats,
    communications,
    databases,
    disks,
    documents,
    logs,
    mail,
    media,
    phones,
    photos,
    programs,
    transfers,
    web,
    zips,
)
from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe, Recognised

Recogniser = Callable[[Probe], Iterable[Candidate]]

RECOGNISERS: tuple[Recogniser, ...] = (
    photos.candidates,
    media.candidates,
    disks.candidates,
    zips.candidates,
    archives.candidates,
    databases.candidates,
    programs.candidates,
    phones.candidates,
    web.candidates,
    chats.candidates,
    transfers.candidates,
    calls.candidates,
    logs.candidates,
    mail.candidates,
    communications.candidates,
    documents.candidates,
)
_RIVAL_WITHIN = 14
"""A candidate of another kind that is this close to the best one makes the decision a person's."""
_LIKENESS = 65
"""Below this a kind is only a likeness. Plain text needs no more."""


def recognise(probe: Probe) -> Recognised:
    """Decide what a file is. Never raises and reads a bounded amount, whatever the content."""
    found: list[Candidate] = []
    failed: list[str] = []
    if probe.size:
        for recogniser in RECOGNISERS:
            try:
                found.extend(recogniser(probe))
            except Exception:  # hostile content may break one recogniser, but must not stop the intake
                failed.append(recogniser.__module__.rpartition(".")[2])
    if not found:
        return Recognised(Kind.OPAQUE, None, bool(failed), 0, _with_failed({}, failed))
    best = max(found, key=lambda candidate: candidate.confidence)  # the first of equals: the order above
    rivals = _rivals(best, found)
    weak = best.confidence < _LIKENESS and best.kind is not Kind.DOCUMENT
    return Recognised(
        kind=best.kind,
        media=best.media,
        manual=bool(rivals or weak or failed),
        confidence=best.confidence,
        observations=_with_failed(dict(best.observations), failed),
        rivals=rivals,
    )


def _rivals(best: Candidate, found: list[Candidate]) -> tuple[Kind, ...]:
    close = (
        c.kind for c in found if c.kind is not best.kind and best.confidence - c.confidence <= _RIVAL_WITHIN
    )
    return tuple(dict.fromkeys(close))


def _with_failed(observations: dict[str, Observation], failed: list[str]) -> dict[str, Observation]:
    if failed:
        observations["recognisers_failed"] = failed
    return observations
