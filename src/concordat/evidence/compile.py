# SPDX-License-Identifier: Apache-2.0
"""Rules into the two words of a standard, and back from a reason bit to the rules behind it.

A method's standard is the baseline's for that method with the jurisdiction's rules on top: of two severities
the greater, of two delays the shorter, of two numbers of officers the larger, of two sets of algorithms what
both accept. The baseline's clauses come first, unchanged. OTHER is the union of all methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from concordat.evidence.assess import Reason
from concordat.evidence.rules import Carrier, Rule
from concordat.evidence.steps import SEEN, Step, mask_of, steps_in
from concordat.evidence.words import MAX_CLAUSES, Clause, Severity, Standard

_ALL_ALGORITHMS: Final = (1 << 8) - 1
_BIT_OF: Final = {
    Carrier.OFFICERS: Reason.OFFICERS,
    Carrier.DELAY: Reason.DELAY,
    Carrier.ALGORITHMS: Reason.ALGORITHMS,
}
_HEADED: Final = tuple(_BIT_OF.values())


@dataclass(frozen=True, slots=True)
class Demand:
    """One clause, or one step, that is asked for, with the rules that ask for it, the leading one first."""

    severity: Severity
    rules: tuple[Rule, ...]

    def joined(self, other: Demand) -> Demand:
        """Both demands as one: the greater severity, and its rules first; between equals this one's."""
        first, second = (other, self) if other.severity > self.severity else (self, other)
        return Demand(first.severity, tuple(dict.fromkeys((*first.rules, *second.rules))))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A standard before it is packed, with the rules behind each of its parts.

    Attributes:
        steps: demands for single steps.
        clauses: clauses in order with their demands.
        values: officers, hours and mask of algorithms by reason bit, with their demands.
        late: steps that a document may supply later.

    """

    steps: Mapping[Step, Demand] = field(default_factory=dict)
    clauses: tuple[tuple[Clause, Demand], ...] = ()
    values: Mapping[Reason, tuple[int, Demand]] = field(default_factory=dict)
    late: int = 0

    def rules_at(self, bit: int) -> tuple[Rule, ...]:
        """Rules behind a bit of a reason mask, the leading one first; empty if there are none."""
        if bit < Reason.CLAUSE_0:
            demand = self.steps.get(Step(bit))
            return demand.rules if demand else ()
        if bit <= Reason.CLAUSE_5:
            index = bit - Reason.CLAUSE_0
            return self.clauses[index][1].rules if index < len(self.clauses) else ()
        return self.values[Reason(bit)][1].rules if bit in self.values else ()

    def standard(self, from_hour: int, until_hour: int = 0) -> Standard:
        """Content of the two words.

        Raises:
            StandardError: a part does not fit, for example a seventh clause.
            KeyError: no rule gives officers, delay or algorithms.

        """
        officers, delay, algorithms = (self.values[bit] for bit in _HEADED)
        return Standard(
            fatal=self._mask(Severity.FATAL),
            curable=self._mask(Severity.CURABLE),
            noted=self._mask(Severity.NOTED),
            from_hour=from_hour,
            until_hour=until_hour,
            delay_hours=delay[0],
            delay_severity=delay[1].severity,
            fewest_officers=officers[0],
            officers_severity=officers[1].severity,
            algorithms=algorithms[0],
            late_curable=self.late & self._may_be_late(),
            clauses=tuple(clause for clause, _ in self.clauses),
        )

    def _mask(self, severity: Severity) -> int:
        return mask_of(step for step, demand in self.steps.items() if demand.severity is severity)

    def _may_be_late(self) -> int:
        result = self._mask(Severity.CURABLE)
        for clause, demand in self.clauses:
            if demand.severity is Severity.CURABLE:
                result |= clause.steps
        return result & ~SEEN


def merge(rules: Sequence[Rule], baseline: Compiled | None = None) -> Compiled:
    """Put a jurisdiction's rules for one origin and method on top of the baseline's.

    Whether a step may come late is said by the jurisdiction where it has a rule on that step.
    """
    own = _own([rule for rule in rules if rule.carried])
    if baseline is None:
        return own
    spoken_for = mask_of(own.steps) | mask_of(step for clause, _ in own.clauses for step in clause.any_of)
    merged = _stricter(own, baseline, first_clauses=baseline.clauses)
    return replace(merged, late=own.late | (baseline.late & ~spoken_for))


def union(parts: Iterable[Compiled], baseline: Compiled | None = None) -> Compiled:
    """Take the strictest of all methods, for OTHER.

    A step may come late only where every part that asks for it allows it.
    """
    result = baseline or Compiled()
    never_late = 0
    for part in parts:
        asked = part._may_be_late()
        never_late |= asked & ~part.late
        result = replace(_stricter(part, result, first_clauses=result.clauses), late=result.late | part.late)
    head = len(baseline.clauses) if baseline else 0
    return _fitted(replace(result, late=result.late & ~never_late), head)


def _own(rules: Sequence[Rule]) -> Compiled:
    steps: dict[Step, Demand] = {}
    clauses: tuple[tuple[Clause, Demand], ...] = ()
    values: dict[Reason, tuple[int, Demand]] = {}
    late = never_late = 0
    for rule in rules:
        demand = Demand(rule.severity, (rule,))
        if rule.carrier is Carrier.STEP:
            step = rule.steps[0]
            steps[step] = steps[step].joined(demand) if step in steps else demand
            never_late |= rule.mask & ~rule.late_mask if rule.severity is Severity.CURABLE else 0
        elif rule.carrier is Carrier.CLAUSE:
            clauses = _with_clause(clauses, Clause(rule.steps, rule.severity), demand)
        else:
            bit = _BIT_OF[rule.carrier]
            values[bit] = _stricter_value(bit, (rule.number, demand), values.get(bit))
        late |= rule.late_mask
    return Compiled(steps, clauses, values, late & ~never_late)


def _stricter(
    upper: Compiled, lower: Compiled, *, first_clauses: tuple[tuple[Clause, Demand], ...]
) -> Compiled:
    """Both together; the upper one's rules lead between equals; the first clauses keep place and severity."""
    steps = dict(upper.steps)
    for step, demand in lower.steps.items():
        steps[step] = steps[step].joined(demand) if step in steps else demand
    clauses = first_clauses
    for clause, demand in upper.clauses:
        clauses = _with_clause(clauses, clause, demand)
    values = dict(upper.values)
    for bit, value in lower.values.items():
        values[bit] = _stricter_value(bit, upper.values[bit], value) if bit in values else value
    return Compiled(steps, clauses, values, upper.late)


def _with_clause(
    clauses: tuple[tuple[Clause, Demand], ...], added: Clause, demand: Demand
) -> tuple[tuple[Clause, Demand], ...]:
    """Add a clause, unless one with the same steps is already as severe: then its rules lead that one."""
    for index, (clause, known) in enumerate(clauses):
        if clause.steps == added.steps and clause.severity >= added.severity:
            rules = tuple(dict.fromkeys((*demand.rules, *known.rules)))
            return (*clauses[:index], (clause, Demand(clause.severity, rules)), *clauses[index + 1 :])
    return (*clauses, (added, demand))


def _stricter_value(
    bit: Reason, upper: tuple[int, Demand], lower: tuple[int, Demand] | None
) -> tuple[int, Demand]:
    if lower is None:
        return upper
    (mine, demand), (theirs, other) = upper, lower
    severity = max(demand.severity, other.severity)
    if bit is Reason.ALGORITHMS:
        return mine & theirs, Demand(severity, demand.rules if mine & ~theirs == 0 else other.rules)
    leads = mine >= theirs if bit is Reason.OFFICERS else mine <= theirs
    return (mine if leads else theirs), Demand(severity, demand.rules if leads else other.rules)


def _fitted(compiled: Compiled, head: int) -> Compiled:
    """Keep at most six clauses: beyond, the step that most share is asked for outright, which is stricter.

    The first ``head`` clauses are the baseline's and stay. Steps that can be declared go before signatures.
    """
    steps, clauses, late = dict(compiled.steps), list(compiled.clauses), compiled.late
    while len(clauses) > MAX_CLAUSES:
        counts = {
            step: sum(step in clause.any_of for clause, _ in clauses[head:])
            for clause, _ in clauses[head:]
            for step in clause.any_of
        }
        chosen = max(counts, key=lambda step: (counts[step], step not in steps_in(SEEN), -step))
        for clause, demand in clauses[head:]:
            if chosen in clause.any_of:
                steps[chosen] = steps[chosen].joined(demand) if chosen in steps else demand
                clauses.remove((clause, demand))
    return replace(compiled, steps=steps, clauses=tuple(clauses), late=late)
