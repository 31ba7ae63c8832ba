# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a rulebook: mistakes of form, of law, of single rules, and of the standards they make.

Form is judged while reading (``rulefile``). What a file says is judged only if its form is right, and the
standards that it compiles to only if its rules are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from concordat.evidence.adoption import adoption_faults
from concordat.evidence.facts import WEAK_ALGORITHMS
from concordat.evidence.laws import Law, LawKind
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import BASELINE, Rulebook, RulebookError, bundled, from_content
from concordat.evidence.rulefields import Finding
from concordat.evidence.rulefile import RuleFile, parse
from concordat.evidence.rules import Carrier, Rule, Version
from concordat.evidence.steps import SEEN, Step
from concordat.evidence.words import HOUR, MAX_CLAUSES, Origin, Severity, Standard

MAX_BASELINE_CLAUSES: Final = 2
_SINGLE: Final = (Carrier.OFFICERS, Carrier.DELAY, Carrier.ALGORITHMS)


def lint(text: str, path: str = "", *, baseline: Rulebook | None = None) -> list[Finding]:
    """Every reason why a rulebook may not be used; empty if there is none.

    Args:
        text: the YAML.
        path: name of the file; if it ends in .yaml it must be the jurisdiction's code in small letters.
        baseline: what a national rulebook may not be weaker than; the bundled one if None.

    Returns:
        Findings in the order of the file.

    """
    content, findings = parse(text)
    if content is None or findings:
        return findings
    book = from_content(content)
    found = [*_name(book, path), *_laws(content.laws), *_rules(book), *_freeze(content)]
    if book.standards:
        found += _versions(book)
    if not found and book.standards:
        base = None if book.jurisdiction == BASELINE else baseline or bundled(BASELINE)
        found = [*_against_each_other(book), *_standards(book, base)]
    return sorted(dict.fromkeys(found))


def _freeze(content: RuleFile) -> list[Finding]:
    if content.freeze is None:
        return []
    # Only who lints needs calendars of holidays, which take long to load.
    from concordat.assets.law.profilelint import freeze_findings

    return freeze_findings(content.freeze, content.jurisdiction, {law.id: law for law in content.laws})


def _at(line: int, message: str) -> Finding:
    return Finding(line, 3, message)


def _where(version: Version, method: Method) -> str:
    return f"{method.name}, {version.origin.name.lower()}"


def _rules_of(book: Rulebook, version: Version, method: Method) -> tuple[Rule, ...]:
    return book.rules_for(version.origin, method, version.from_hour * HOUR)


def _name(book: Rulebook, path: str) -> Iterator[Finding]:
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    if name.endswith(".yaml") and name != f"{book.jurisdiction.lower()}.yaml":
        yield Finding(1, 1, f"the rulebook of {book.jurisdiction} is named {book.jurisdiction.lower()}.yaml")


def _laws(laws: Sequence[Law]) -> Iterator[Finding]:
    counts = Counter(law.id for law in laws)
    for law in laws:
        if counts[law.id] > 1:
            yield _at(law.line, f"the id {law.id} is given to more than one law")
        if law.kind is LawKind.CHOICE:
            if law.adopted or law.in_force or law.repealed:
                yield _at(law.line, f"{law.id}: a choice of this project has no dates of a law")
        elif law.adopted is None or law.in_force is None:
            yield _at(
                law.line, f"{law.id}: a law has the day of adoption and the day from which it is in force"
            )
        elif law.in_force < law.adopted:
            yield _at(
                law.line, f"{law.id}: in force on {law.in_force}, before it was adopted on {law.adopted}"
            )
        if law.repealed and law.in_force and law.repealed <= law.in_force:
            yield _at(law.line, f"{law.id}: repealed on {law.repealed}, not after it came into force")


def _rules(book: Rulebook) -> Iterator[Finding]:
    counts = Counter(rule.id for rule in book.rules)
    for rule in book.rules:
        if counts[rule.id] > 1:
            yield _at(rule.line, f"the id {rule.id} is given to more than one rule")
        for message in (*_citations(rule, book), *_signatures(rule, book), *_carried_rightly(rule)):
            yield _at(rule.line, f"{rule.id}: {message}")


def _citations(rule: Rule, book: Rulebook) -> Iterator[str]:
    for reference in (rule.source, *rule.see):
        if reference.law not in book.laws:
            yield f"cites {reference.law}, which is not among the laws of this file"
    law = book.laws.get(rule.source.law)
    origins = [version for version in book.standards if version.origin in rule.applies]
    if law and origins and rule.carried and not any(law.in_force_on(version.from_day) for version in origins):
        yield f"rests on {law.id}, which was not in force when any of its standards began"


def _signatures(rule: Rule, book: Rulebook) -> Iterator[str]:
    """Find steps that the contract sees, where they mean nothing."""
    if Step.COLLECTOR_SIGNED in rule.steps:
        yield "COLLECTOR_SIGNED is true of all that is registered, so the rule could never fail"
    if Step.DATA_IN_FORUM in rule.steps and book.jurisdiction == BASELINE:
        yield "DATA_IN_FORUM has no meaning in the baseline, which has no territory"
    if rule.late and rule.steps and not rule.late_mask:
        yield "late, but only a signature or the contract sets its steps: no document can supply them"


def _carried_rightly(rule: Rule) -> Iterator[str]:
    if rule.late and rule.carrier not in (Carrier.STEP, Carrier.CLAUSE):
        yield "late, but it asks for no step that a document could supply"
    elif rule.late and rule.severity is not Severity.CURABLE:
        yield f"late, but {rule.severity.label()}: only what is curable can be cured late"
    if rule.carrier is Carrier.ALGORITHMS and rule.severity is not Severity.FATAL:
        yield "a hash algorithm that is not accepted is always fatal"
    if rule.carrier is Carrier.ALGORITHMS and not rule.number & ~WEAK_ALGORITHMS:
        yield "no hash algorithm beside MD5 and SHA-1 is accepted"
    if rule.carrier is Carrier.DELAY and rule.severity is Severity.NOTED:
        yield "a delay is never merely noted: it is curable or fatal"
    if rule.carried and rule.because:
        yield "because says why no mask can carry a rule, but this one is carried"
    if not rule.carried and rule.because is None:
        yield "it is not carried, so because must say why"


def _versions(book: Rulebook) -> Iterator[Finding]:
    """Every method of every origin is covered once at a time, and no rule applies where no standard is."""
    origins = (Origin.DOMESTIC,) if book.jurisdiction == BASELINE else tuple(Origin)
    for version in book.standards:
        if version.origin not in origins:
            yield _at(version.line, "the baseline has no territory, so it has no foreign standards")
    for rule in book.rules:
        if not set(rule.applies) <= set(origins):
            yield _at(rule.line, f"{rule.id}: the baseline has no territory, so nothing in it is foreign")
    for origin in origins:
        for method in Method:
            yield from _coverage(book, origin, method)


def _coverage(book: Rulebook, origin: Origin, method: Method) -> Iterator[Finding]:
    versions = book.versions(origin, method)
    if not versions:
        yield Finding(1, 1, f"no standard covers {method.name}, {origin.name.lower()}")
    for first, second in pairwise(versions):
        if first.from_hour == second.from_hour:
            yield _at(second.line, f"{method.name}, {origin.name.lower()}, begins twice on {second.from_day}")


def _against_each_other(book: Rulebook) -> Iterator[Finding]:
    """Rules of the same file that meet in one standard: no step twice, no step with two meanings."""
    said: set[tuple[str, str]] = set()
    for version in book.standards:
        for method in sorted(version.methods - {Method.OTHER}):
            rules = [rule for rule in _rules_of(book, version, method) if rule.carried]
            for rule, message in (
                *_same_step(rules),
                *_same_value(rules),
                *_clauses(rules),
                *_late_both_ways(rules),
            ):
                if (rule.id, message) not in said:
                    said.add((rule.id, message))
                    yield _at(rule.line, f"{message} (in {_where(version, method)})")


def _same_step(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    seen: dict[Step, Rule] = {}
    for rule in (rule for rule in rules if rule.carrier is Carrier.STEP):
        first = seen.setdefault(rule.steps[0], rule)
        if first is not rule:
            both = f"{first.id} and {rule.id} both ask for {rule.steps[0].name}"
            if first.severity is rule.severity:
                yield rule, f"{both}: one of them is enough"
            else:
                severities = f"{first.severity.label()} and {rule.severity.label()}"
                yield rule, f"{both}, as {severities}: a step has one severity"


def _same_value(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    seen: dict[Carrier, Rule] = {}
    for rule in (rule for rule in rules if rule.carrier in _SINGLE):
        first = seen.setdefault(rule.carrier, rule)
        if first is not rule:
            yield rule, f"{first.id} and {rule.id} both say {rule.carrier.value}"


def _clauses(rules: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
    clauses = [rule for rule in rules if rule.carrier is Carrier.CLAUSE]
    single = {rule.steps[0]: rule for rule in rules if rule.carrier is Carrier.STEP}
    for index, rule in enumerate(clauses):
        for other in clauses[:index]:
            if rule.mask & other.mask in (rule.mask, other.mask):
                yield rule, f"{other.id} and {rule.id} overlap: whoever meets one meets the other"
        for step in rule.steps:
            if step in single and single[step].severity >= rule.severity:
                yield rule, f"{rule.id} says nothing: {single[step].id} asks for {step.name} anyway"


def _late_both_ways(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    may: dict[Step, Rule] = {}
    may_not: dict[Step, Rule] = {}
    for rule in (rule for rule in rules if rule.severity is Severity.CURABLE):
        for step in rule.steps:
            if not SEEN >> step & 1:
                (may if rule.late else may_not).setdefault(step, rule)
    for step in sorted(set(may) & set(may_not)):
        yield may[step], f"{step.name} may come late for {may[step].id} but not for {may_not[step].id}"


def _standards(book: Rulebook, base: Rulebook | None) -> Iterator[Finding]:
    for version in book.standards:
        if base and version.from_hour < base.version(Origin.DOMESTIC, Method.OTHER).from_hour:
            yield _at(version.line, "it begins before the baseline does")
        other = _compiled(book, base, version, Method.OTHER) if Method.OTHER in version.methods else None
        for method in sorted(version.methods):
            yield from _one_standard(book, base, version, method, other)


def _one_standard(
    book: Rulebook, base: Rulebook | None, version: Version, method: Method, other: Standard | Finding | None
) -> Iterator[Finding]:
    rules = _rules_of(book, version, method) if method is not Method.OTHER else ()
    if base:
        weaker = [finding for rule in rules for finding in _weaker(rule, base, method)]
        yield from weaker
        if weaker:
            return
    compiled = _compiled(book, base, version, method)
    if isinstance(compiled, Finding):
        yield compiled
        return
    where = _where(version, method)
    if base is None and len(compiled.clauses) > MAX_BASELINE_CLAUSES:
        yield _at(
            version.line,
            f"{where}: the baseline has {len(compiled.clauses)} clauses, more than {MAX_BASELINE_CLAUSES}",
        )
    below = base.compile(Origin.DOMESTIC, method) if base else None
    above = other if isinstance(other, Standard) and method is not Method.OTHER else None
    # Only the latest version is adopted; an earlier one ends where the next begins, which adoption refuses.
    if not compiled.until_hour:
        for fault in adoption_faults(compiled, below, above):
            yield _at(version.line, f"{where}: {fault}")


def _compiled(book: Rulebook, base: Rulebook | None, version: Version, method: Method) -> Standard | Finding:
    try:
        return book.compile(version.origin, method, base, at=version.from_hour * HOUR)
    except RulebookError as error:
        clauses = f" (at most {MAX_CLAUSES}, the baseline's among them)" if "clauses" in error.message else ""
        return _at(version.line, f"{error.message}{clauses}")


def _weaker(rule: Rule, base: Rulebook, method: Method) -> Iterator[Finding]:
    """Find rules that ask less than the baseline's on the same thing: they would be overruled in silence."""
    for below in base.rules_for(Origin.DOMESTIC, method):
        if below.carrier is not rule.carrier or not rule.carried:
            continue
        message = ""
        if rule.carrier in (Carrier.STEP, Carrier.CLAUSE):
            if rule.mask == below.mask and rule.severity < below.severity:
                message = f"is {rule.severity.label()}, there it is {below.severity.label()}"
        elif rule.severity < below.severity:
            message = f"is {rule.severity.label()}, there it is {below.severity.label()}"
        elif rule.carrier is Carrier.OFFICERS and rule.number < below.number:
            message = f"asks for {rule.number} officers, there it is {below.number}"
        elif rule.carrier is Carrier.DELAY and rule.number > below.number:
            message = f"allows {rule.number} hours, there it is {below.number}"
        elif rule.carrier is Carrier.ALGORITHMS and rule.number & ~below.number:
            message = "accepts hash algorithms that are not accepted there"
        if message:
            yield _at(rule.line, f"{rule.id} is weaker than the baseline's {below.id}: it {message}")
