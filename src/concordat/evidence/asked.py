# SPDX-License-Identifier: Apache-2.0
"""What a forum's law asks of a collection, with the rules behind each step: for template and pre-check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concordat.evidence.compile import Compiled
from concordat.evidence.laws import Law
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL, alpha, numeric
from concordat.evidence.rulebook import BASELINE, Rulebook, RulebookError, bundled
from concordat.evidence.rules import Carrier, Rule
from concordat.evidence.standards import Clause, Origin, Severity, Standard, origin_of
from concordat.evidence.steps import Step, steps_in


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What one forum asks.

    Attributes:
        forum: its code.
        origin: whether the collection is foreign to it.
        method: how it was collected.
        standard: its standard with the baseline merged in.
        prechecks: rules that no mask carries, its own and the baseline's.

    """

    forum: str
    origin: Origin
    method: Method
    standard: Standard
    prechecks: tuple[Rule, ...]
    _compiled: Compiled
    _books: tuple[Rulebook, ...]

    @property
    def steps(self) -> int:
        """Mask of all steps that it asks for, alone or as alternatives."""
        mask = self.standard.fatal | self.standard.curable | self.standard.noted
        for clause in self.standard.clauses:
            mask |= clause.steps
        return mask

    def severity_of(self, step: Step) -> Severity:
        """Severity of a missing step by itself; NONE if it is only an alternative or not asked for."""
        for severity, mask in (
            (Severity.FATAL, self.standard.fatal),
            (Severity.CURABLE, self.standard.curable),
            (Severity.NOTED, self.standard.noted),
        ):
            if mask >> step & 1:
                return severity
        return Severity.NONE

    def clauses_with(self, step: Step) -> tuple[Clause, ...]:
        """Its alternatives that name a step."""
        return tuple(clause for clause in self.standard.clauses if step in clause.any_of)

    def rules_for(self, step: Step) -> tuple[Rule, ...]:
        """Rules that ask for a step by itself, the leading one first."""
        return self._compiled.rules_at(step)

    def rules_for_clause(self, clause: Clause) -> tuple[Rule, ...]:
        """Rules that ask for one of several steps, the leading one first."""
        return next((demand.rules for found, demand in self._compiled.clauses if found == clause), ())

    def law_of(self, rule: Rule) -> Law:
        """Find the law behind one of its rules."""
        book = next(book for book in self._books if rule in book.rules)
        return book.law(rule.source.law)


def ask(
    forums: Iterable[str],
    place: int,
    method: Method,
    rulebooks: Mapping[str, Rulebook],
    at: int | None = None,
) -> list[Asked]:
    """Find what each forum asks.

    Args:
        forums: codes, home first.
        place: number of the place of collection.
        method: how it is or was collected.
        rulebooks: by code; forums without a rulebook, or without a standard in force, are left out.
        at: Unix seconds of the start of collection; None for the latest law.

    """
    baseline = rulebooks.get(BASELINE) or bundled(BASELINE)
    found = []
    for forum in dict.fromkeys(forums):
        book = baseline if forum == alpha(INTL) else rulebooks.get(forum)
        if book is None:
            continue
        try:
            found.append(_asked(book, forum, origin_of(place, numeric(forum)), method, baseline, at))
        except RulebookError:
            continue
    return found


def _asked(
    book: Rulebook, forum: str, origin: Origin, method: Method, baseline: Rulebook, at: int | None
) -> Asked:
    above = None if book is baseline else baseline
    rules = [*book.rules_for(origin, method, at)]
    if above is not None:
        rules += above.rules_for(Origin.DOMESTIC, method)
    return Asked(
        forum=forum,
        origin=origin,
        method=method,
        standard=book.compile(origin, method, above, at=at),
        prechecks=tuple(rule for rule in rules if rule.carrier is Carrier.PRECHECK),
        _compiled=book.compiled(origin, method, above, at=at),
        _books=(book,) if above is None else (book, above),
    )


def steps_asked(asked: Iterable[Asked]) -> tuple[Step, ...]:
    """All steps that any of the forums asks for, in bit order."""
    mask = 0
    for forum in asked:
        mask |= forum.steps
    return steps_in(mask)
