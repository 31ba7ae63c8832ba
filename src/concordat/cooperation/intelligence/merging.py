# SPDX-License-Identifier: Apache-2.0
"""Notes of several units in one: each fact once, with all who said it; contradictions stay side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.cooperation.intelligence.notes import MOST_FACTS, SUBJECT, Fact, Note, Source
from concordat.errors import UsageError


@dataclass(frozen=True)
class Merged:
    """What came of merging.

    Attributes:
        confirmed: facts that more than one agency says.
        differing: groups of facts that say different things of the same.
    """

    note: Note
    confirmed: tuple[Fact, ...]
    differing: tuple[tuple[Fact, ...], ...]


def merge(notes: Sequence[Note], number: str, agency: int, at: int, case: str = "") -> Merged:
    """Merge notes of one kind. The strictest handling code is that of the whole.

    Args:
        notes: two or more.
        number: of the new note.
        agency: that merges.
        at: when, seconds since 1970 UTC.
        case: to which it belongs; by default the one that all name.

    Raises:
        UsageError: they are of several kinds, or too many.
    """
    kinds = {note.kind for note in notes}
    if len(notes) < 2 or len(kinds) != 1:
        raise UsageError(
            "Two or more notes of one kind can be merged.",
            code="intel.merge",
            kept="Nothing was written.",
            next="See which there are: concordat intel list",
        )
    facts = _together(notes)
    if len(facts) > MOST_FACTS:
        raise UsageError(
            f"Together they hold {len(facts)} facts; a note has at most {MOST_FACTS}.",
            code="intel.merge",
            kept="Nothing was written.",
        )
    cases = {note.case for note in notes}
    made = Note(
        number=number,
        agency=agency,
        kind=notes[0].kind,
        handling=min(note.handling for note in notes),
        written_at=at,
        case=case or (cases.pop() if len(cases) == 1 else ""),
        facts=facts,
    )
    confirmed = tuple(fact for fact in facts if len({source.agency for source in fact.sources}) > 1)
    return Merged(made, confirmed, _differing(made))


def _together(notes: Sequence[Note]) -> tuple[Fact, ...]:
    """Each fact in the words in which it was said first."""
    first: dict[tuple[str, ...], Fact] = {}
    sources: dict[tuple[str, ...], set[Source]] = {}
    for note in notes:
        for fact in note.facts:
            first.setdefault(fact.key(), fact)
            sources.setdefault(fact.key(), set()).update(fact.sources)
    return tuple(Fact(first[key].values, tuple(sorted(sources[key]))) for key in sorted(first))


def _differing(note: Note) -> tuple[tuple[Fact, ...], ...]:
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for fact in note.facts:
        groups.setdefault(fact.key()[: SUBJECT[note.kind]], []).append(fact)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
