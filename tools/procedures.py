# SPDX-License-Identifier: Apache-2.0
"""Write docs/procedures.md, the vocabulary of 64 steps with the laws that ask for each; --check compares it.

usage: python tools/procedures.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from concordat.evidence.methods import Method
from concordat.evidence.rulebook import BASELINE, Rulebook, bundled, bundled_jurisdictions
from concordat.evidence.rules import METHODS, Rule
from concordat.evidence.standards import Origin
from concordat.evidence.steps import STEPS, Role, Step, StepInfo, Support
from concordat.evidence.template import CARRIED_OUT

TARGET = Path(__file__).resolve().parent.parent / "docs" / "procedures.md"

GROUPS = (
    ("Signatures, mandate, place, qualification", "签名、授权、地点、资质", 0, 7),
    ("Legal basis and lawful means", "法律依据与合法取证", 8, 15),
    ("Integrity, tools and method", "完整性、工具与方法", 16, 29),
    ("Minutes, lists, witnesses, sealing and custody", "笔录、清单、见证、封存与保管", 30, 48),
    ("Evidence from abroad, certificates, court, platform", "境外证据、证明书、法院、平台", 49, 63),
)

FORESEEN = {
    Step.COLLECTOR_SIGNED: "every acquisition; the register takes none without it",
    Step.MANDATE_COVERS: "CN: IMLA-2018, arts 4-6; the register takes nothing from abroad without it",
    Step.DEVICE_SIGNED: "recording devices that are appointed like officers; no law asks for it yet",
    Step.COURT_AUTHORISED: "TH: Computer Crime Act BE 2550, ss. 18(4)-(8), 19; EU: Reg. 2023/1543, art. 4",
    Step.LEGAL_PROCESS_FITS_DATA: "US: 18 USC 2703 and Fed. R. Crim. P. 41; EU: Reg. 2023/1543, art. 4; "
    "PH: A.M. No. 17-11-03-SC",
    Step.FREELY_OBTAINED: "TH: Computer Crime Act BE 2550, s. 25",
    Step.NO_UNEXPLAINED_CHANGE: "GB: ACPO Good Practice Guide v5, principles 1 and 2",
    Step.REPRODUCIBLE: "GB: ACPO Good Practice Guide v5, principle 3",
    Step.ELECTRONIC_SIGNATURE_PRESENT: "PH: Rules on Electronic Evidence, Rule 5 s. 2",
    Step.SEIZURE_LIST_GIVEN: "US: Fed. R. Crim. P. 41(f)",
    Step.ACCESS_LOG_KEPT: "EU: Directive 2016/680, art. 25",
    Step.JARGON_EXPLAINED: "CN: SPC-2021, art. 115 (the client's pre-check asks for it, CN24)",
    Step.USE_LIMITS_STATED: "GB: Crime (International Co-operation) Act 2003, s. 9",
    Step.COMPUTER_OUTPUT_CERTIFIED: "US: FRE 902(13)",
    Step.HASH_PROCESS_CERTIFIED: "US: FRE 902(14); PH: Rules on Electronic Evidence, Rule 9 s. 1",
    Step.WITNESS_CAN_TESTIFY: "PH: Rules on Electronic Evidence, Rule 11 s. 2",
    Step.BUSINESS_RECORD_STATED: "GB: Criminal Justice Act 2003, s. 117; US: FRE 902(11)",
    Step.DEPOSITED_WITH_COURT: "PH: RA 10175, s. 16; US: Fed. R. Crim. P. 41(f)",
    Step.NOTICE_GIVEN: "US: FRE 902(11)",
    Step.RESPONSIBLE_OFFICER_NAMED: "GB: ACPO Good Practice Guide v5, principle 4",
    Step.PRACTITIONER_CODE_DECLARED: "GB: Forensic Science Regulator, Code of Practice 2023",
}

INTRODUCTION = """\
# Procedures: the 64 steps

Written by `tools/procedures.py` from the vocabulary and the rulebooks; do not edit it by hand.

Every procedural step that a law anywhere asks of a collection is one bit of a 64-bit mask, worded so that a
set bit is good. A standard names the steps that are fatal, curable or noted when they are missing. The
vocabulary is shared by all jurisdictions and never renumbered.

**What a set bit rests on**

| support | who sets the bit | how the record writes it |
|---|---|---|
| seen | the contract, from signatures, appointment, mandate and place; nobody declares it | not at all |
| supported | the collector, citing a document of this collection by its role, or a named attester | \
`{document: MINUTES}` or `{attester: NAME, reference: NUMBER}` |
| declared | the collector's word alone; every report marks it so | `declared`, or better one of the above |

A supported step without a document or attester is refused. A step without roles may cite any document.
Five steps need no line of their own, because the record or the manifest carries them out: CARRIED.

None of this says that a step is true: it says who says so, and on what paper. Where a law is cited, the
rulebook (`standards/*.yaml`) gives its title, dates, the certainty of the source and the wording; see
`standards.md`. *Foreseen* names, from memory, laws for which the bit was designed and whose rulebook is not
written, or asks for it otherwise than by the bit.
"""


def main(arguments: list[str]) -> int:
    """Write or check; 1 when the file is not current."""
    text = render()
    if "--check" in arguments:
        current = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        if not current:
            print(f"{TARGET.name} is not current: run python tools/procedures.py", file=sys.stderr)
        return 0 if current else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


def render() -> str:
    """Give the page's text."""
    books = [bundled(code) for code in sorted(bundled_jurisdictions(), key=_baseline_first)]
    carried = ", ".join(f"`{step.name}`" for step in sorted(CARRIED_OUT))
    lines = [INTRODUCTION.replace("CARRIED", carried)]
    for english, chinese, first, last in GROUPS:
        lines += [f"## {english} ({chinese})", ""]
        for step in list(Step)[first : last + 1]:
            lines += [*_step(STEPS[step], books), ""]
    lines += [*_methods(), "", *_roles(), "", *_laws(books)]
    return "\n".join(lines) + "\n"


def _baseline_first(code: str) -> tuple[bool, str]:
    return code != BASELINE, code


def _step(info: StepInfo, books: list[Rulebook]) -> Iterator[str]:
    yield f"### {int(info.step)} `{info.step.name}`"
    yield ""
    yield info.attests["en"]
    yield ""
    yield info.attests["zh"]
    yield ""
    yield f"{_support(info)}"
    if info.step in FORESEEN:
        yield ""
        yield f"*Foreseen:* {FORESEEN[info.step]}."
    demands = [(book, rule) for book in books for rule in book.rules if info.step in rule.steps]
    if not demands:
        return
    yield ""
    yield "| forum | rule | law | collected | missing is |"
    yield "|---|---|---|---|---|"
    for book, rule in demands:
        law = f"{rule.source.law}, {rule.source.article.en}"
        cells = (book.jurisdiction, rule.id, law, _applies(book, rule), _meaning(info.step, rule))
        yield f"| {' | '.join(cells)} |"


def _support(info: StepInfo) -> str:
    if info.step in CARRIED_OUT:
        return "**Supported** by the record or the manifest itself, or by any document or attester."
    if info.support is Support.SUPPORTED:
        roles = ", ".join(f"`{role}`" for role in info.roles)
        return f"**Supported** by {roles or 'any document'} or an attester."
    return f"**{info.support.value.capitalize()}**" + (
        " by the contract." if info.support is Support.SEEN else " only."
    )


def _applies(book: Rulebook, rule: Rule) -> str:
    if book.jurisdiction == BASELINE:
        methods = rule.applies[Origin.DOMESTIC]
        return "anywhere" if methods >= METHODS else f"anywhere: {_names(methods)}"
    parts = []
    for origin, words in ((Origin.DOMESTIC, "there"), (Origin.FOREIGN, "elsewhere")):
        methods = rule.applies.get(origin, frozenset())
        if methods >= METHODS:
            parts.append(words)
        elif methods:
            parts.append(f"{words}: {_names(methods)}")
    return "; ".join(parts)


def _names(methods: Iterable[Method]) -> str:
    return ", ".join(method.name for method in sorted(methods))


def _meaning(step: Step, rule: Rule) -> str:
    others = [other.name for other in rule.steps if other is not step]
    late = ", also later" if rule.late else ""
    unless = f" unless {' or '.join(f'`{name}`' for name in others)}" if others else ""
    return f"{rule.severity.label()}{late}{unless}"


def _methods() -> Iterator[str]:
    yield "## Methods"
    yield ""
    yield "| number | method | English | 中文 |"
    yield "|---|---|---|---|"
    for method in Method:
        yield f"| {int(method)} | `{method.name}` | {method.label()} | {method.label('zh')} |"
    yield ""
    yield "`OTHER` is judged by the union of all methods, so that naming the wrong method gains nothing."


def _roles() -> Iterator[str]:
    yield "## Roles of documents"
    yield ""
    yield "| role | English | 中文 | may support |"
    yield "|---|---|---|---|"
    for role in Role:
        steps = ", ".join(f"{int(step)}" for step, info in STEPS.items() if role in info.roles)
        yield f"| `{role}` | {role.label()} | {role.label('zh')} | {steps or 'steps without roles'} |"


def _laws(books: list[Rulebook]) -> Iterator[str]:
    yield "## Laws cited"
    for book in books:
        yield ""
        yield f"### {book.jurisdiction}: {book.name.en}"
        yield ""
        yield f"Rulebook {book.review.label()}."
        yield ""
        yield "| law | title | 名称 |"
        yield "|---|---|---|"
        for law in book.laws.values():
            yield f"| {law.id} | {law.title.en} | {law.title.zh} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
