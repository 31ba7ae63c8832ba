# SPDX-License-Identifier: Apache-2.0
"""A standard in words: what is asked, how severely, and by which law where the rulebook is known."""

from __future__ import annotations

from concordat.cli.output import one_line, styled
from concordat.evidence.facts import algorithms_in
from concordat.evidence.methods import Method
from concordat.evidence.reasontexts import cite
from concordat.evidence.rulebook import BASELINE, Rulebook, bundled
from concordat.evidence.standards import Clause, Origin, Reason, Severity, Standard
from concordat.evidence.steps import STEPS, Step, steps_in

_WORDS = {
    "en": {
        "or": " / ",
        "officers": "officers who sign",
        "delay": "hours to registration",
        "algorithms": "one of",
    },
    "zh": {"or": " / ", "officers": "名人员签名", "delay": "小时内登记", "algorithms": "至少其一"},
}


def describe(
    standard: Standard, rulebook: Rulebook | None, origin: Origin, method: Method, lang: str = "en"
) -> str:
    """A standard in words, most severe first.

    Args:
        standard: what is described.
        rulebook: names the laws; None: without laws.
        origin: for which evidence.
        method: for which method.
        lang: ``en`` or ``zh``.
    """
    laws = _laws(rulebook, origin, method, lang)
    words = _WORDS[lang]
    lines = []
    for severity in (Severity.FATAL, Severity.CURABLE, Severity.NOTED):
        asked = [*_steps(standard, severity, laws, lang), *_clauses(standard, severity, laws, lang)]
        if severity is standard.officers_severity:
            asked.append(_line(f"{standard.fewest_officers} {words['officers']}", laws.get(Reason.OFFICERS)))
        if severity is standard.delay_severity:
            asked.append(_line(f"{standard.delay_hours} {words['delay']}", laws.get(Reason.DELAY)))
        if severity is Severity.FATAL:
            accepted = ", ".join(each.label for each in algorithms_in(standard.algorithms))
            asked.append(_line(f"{words['algorithms']} {accepted}", laws.get(Reason.ALGORITHMS)))
        if asked:
            lines += [styled(severity.label(lang), "head"), *asked]
    if rulebook:
        lines.append(rulebook.review.label(lang))
    return "\n".join(lines)


def _steps(standard: Standard, severity: Severity, laws: dict[int, str], lang: str) -> list[str]:
    mask = {
        Severity.FATAL: standard.fatal,
        Severity.CURABLE: standard.curable,
        Severity.NOTED: standard.noted,
    }[severity]
    return [_line(_step(step, standard, lang), laws.get(step)) for step in steps_in(mask)]


def _clauses(standard: Standard, severity: Severity, laws: dict[int, str], lang: str) -> list[str]:
    return [
        _line(_clause(clause, lang), laws.get(Reason.CLAUSE_0 + index))
        for index, clause in enumerate(standard.clauses)
        if clause.severity is severity
    ]


def _step(step: Step, standard: Standard, lang: str) -> str:
    late = " *" if standard.late_curable >> step & 1 else ""
    return f"{step.name}{late}  {STEPS[step].attests[lang]}"


def _clause(clause: Clause, lang: str) -> str:
    return _WORDS[lang]["or"].join(f"{step.name}" for step in clause.any_of)


def _line(text: str, law: str | None) -> str:
    return "  " + one_line(text) + (styled(f"  [{one_line(law)}]", "dim") if law else "")


def _laws(rulebook: Rulebook | None, origin: Origin, method: Method, lang: str) -> dict[int, str]:
    """The leading law behind each bit, as far as the rulebook has one."""
    if rulebook is None or not rulebook.versions(origin, method):
        return {}
    compiled = rulebook.compiled(origin, method)
    known = {**bundled(BASELINE).laws, **rulebook.laws}
    found: dict[int, str] = {}
    for bit in range(Reason.NO_STANDARD):
        source = next((rule.source for rule in compiled.rules_at(bit)), None)
        if source and source.law in known:
            found[bit] = cite(known[source.law], source.article)[lang]
    return found
