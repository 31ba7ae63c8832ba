# SPDX-License-Identifier: Apache-2.0
"""Judgements, findings and verifications as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from concordat.casework.judging import ForumJudgement, Judgement, after_refusal
from concordat.cli.output import moment, one_line, styled
from concordat.evidence.assess import Verdict
from concordat.evidence.facts import Facts
from concordat.evidence.laws import Text
from concordat.evidence.package import Package
from concordat.evidence.places import alpha, name
from concordat.evidence.reasontexts import ReasonText
from concordat.evidence.standards import Origin
from concordat.evidence.steps import SEEN, STEPS, Step, steps_in

DISCLAIMER = {
    "en": "An assessment of declared facts, not a ruling.",
    "zh": "对所申报事实的评估，并非裁决。",
}
NOT_REVIEWED = {
    "en": "Standards drafted by engineers, not reviewed by counsel: {codes}.",
    "zh": "下列标准由工程人员起草，未经法律专业人员审核：{codes}。",
}
STYLE = {
    Verdict.CONFORMS: "good",
    Verdict.CONFORMS_WITH_NOTE: "good",
    Verdict.CURABLE: "warn",
    Verdict.PRESERVED: "warn",
    Verdict.REFUSED: "bad",
    Verdict.NO_STANDARD: "dim",
}


def matrix(forums: Sequence[ForumJudgement], lang: str) -> str:
    """What it is worth in each forum, with what is missing, its law and its cure."""
    lines: list[str] = []
    for judged in forums:
        lines += [
            heading(judged, lang),
            *(line for reason in judged.reasons for line in reason_lines(reason, lang)),
        ]
    return "\n".join([*lines, disclaimer(forums, lang)])


def heading(judged: ForumJudgement, lang: str) -> str:
    """Forum, under what rules, and the verdict."""
    verdict = judged.assessment.verdict
    rules = {
        Origin.DOMESTIC: {"en": "rules for its own evidence", "zh": "境内证据规则"},
        Origin.FOREIGN: {"en": "rules for evidence from abroad", "zh": "境外证据规则"},
    }[judged.origin][lang]
    number = judged.assessment.version
    version = Text(f", version {number}", f"，第 {number} 版")[lang] if number else ""
    forum, said = styled(name(judged.forum, lang), "head"), styled(verdict.label(lang), STYLE[verdict])
    return Text(f"{forum} ({rules}{version}): {said}", f"{forum}（{rules}{version}）：{said}")[lang]


def reason_lines(reason: ReasonText, lang: str) -> list[str]:
    """One reason: severity and what is missing; law and article; how to cure it."""
    cure = {"en": "cure", "zh": "补正"}[lang]
    return [
        f"  {reason.severity.label(lang)}: {reason.missing[lang]}",
        styled(f"      {reason.rule_id}, {reason.citation[lang]}", "dim"),
        f"      {cure}: {reason.cure[lang]}",
    ]


def disclaimer(forums: Iterable[ForumJudgement], lang: str) -> str:
    """The two sentences that every output prints."""
    unreviewed = [judged.code for judged in forums if judged.rulebook and not judged.rulebook.review.reviewed]
    lines = [DISCLAIMER[lang]]
    if unreviewed:
        lines.append(NOT_REVIEWED[lang].format(codes=", ".join(unreviewed)))
    return styled(" ".join(lines), "dim")


def outcome(judgement: Judgement, lang: str) -> str:
    """What registering would store, or that it would be refused and what to do."""
    verdict = judgement.verdict
    said = styled(verdict.label(lang), STYLE[verdict])
    if verdict == Verdict.REFUSED:
        return Text(f"Registering: {said}. ", f"登记：{said}。")[lang] + after_refusal(judgement)[lang]
    return Text(f"Registering would store: {said}.", f"登记将记载：{said}。")[lang]


def findings(judgement: Judgement, lang: str, noticed: Sequence[str] = ()) -> list[str]:
    """What the record, and the files, show beside the verdict; with a heading if there is anything."""
    lines = [
        f"  {one_line(found.message[lang])} [{found.code}, {found.field}]" for found in judgement.findings
    ]
    lines += [f"  {one_line(line)}" for line in noticed]
    heading = Text("Findings, apart from the verdict:", "发现事项（与结论分列）：")[lang]
    return [styled(heading, "head"), *lines] if lines else []


def judgement_data(judgement: Judgement) -> dict[str, Any]:
    """The stable JSON form of a judgement."""
    return {
        "verdict": judgement.verdict.name,
        "judged_at": moment(judgement.at),
        "facts": f"0x{judgement.facts.pack():040x}",
        "forums": [forum_data(judged) for judged in judgement.forums],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "field": f.field,
                "forum": f.forum,
                "rule": f.rule,
                **f.message,
            }
            for f in judgement.findings
        ],
        "note": DISCLAIMER["en"],
    }


def forum_data(judged: ForumJudgement) -> dict[str, Any]:
    """The stable JSON form of one forum's judgement."""
    found = judged.assessment
    return {
        "forum": judged.code,
        "origin": judged.origin.name,
        "verdict": found.verdict.name,
        "version": found.version,
        "fatal": f"0x{found.fatal:032x}",
        "curable": f"0x{found.curable:032x}",
        "noted": f"0x{found.noted:032x}",
        "review": judged.rulebook.review.status if judged.rulebook else None,
        "reasons": [
            {
                "rule": reason.rule_id,
                "severity": reason.severity.name,
                "steps": [step.name for step in reason.steps],
                "law": reason.citation.as_dict(),
                "certainty": str(reason.certainty),
                "missing": reason.missing.as_dict(),
                "cure": reason.cure.as_dict(),
                "late": reason.late,
            }
            for reason in judged.reasons
        ],
    }


SEEN_MARK = Text("seen", "合约所见")
DECLARED = Text("declared", "仅申报")


def marks(facts: Facts, supports: Mapping[Step, Text]) -> dict[Step, Text]:
    """What stands behind each stored step: seen by the contract, supported, or declared only."""
    return {
        step: SEEN_MARK if SEEN >> step & 1 else supports.get(step, DECLARED)
        for step in steps_in(facts.steps)
    }


def supports_of(package: Package) -> dict[Step, Text]:
    """What each declared step rests on, as the manifest says."""
    found = {}
    for support in package.manifest.supports:
        if support.exhibit:
            mark = Text(f"supported by exhibit {support.exhibit}", f"第 {support.exhibit} 项佐证")
        elif support.exhibit == 0:
            mark = Text("supported by the record", "取证记录佐证")
        elif support.attester is not None:
            by = one_line(support.attester)
            mark = Text(f"supported by {by}", f"{by}证明")
        else:
            mark = DECLARED
        found[Step[support.step]] = mark
    return found


def facts_lines(facts: Facts, supports: Mapping[Step, Text], lang: str) -> list[str]:
    """Each stored fact with its mark."""
    data, officers = Text("data in", "数据位于")[lang], Text("officers", "侦查人员")[lang]
    where = f"{alpha(facts.place)}; {data} {alpha(facts.data_location)}"
    span = f"{moment(facts.started_at)} – {moment(facts.ended_at)}"
    return [
        f"  {span}, {facts.method.label(lang)}, {where} [{DECLARED[lang]}]",
        f"  {officers}: {facts.officers} [{SEEN_MARK[lang]}]",
        *(f"  {STEPS[step].attests[lang]} [{mark[lang]}]" for step, mark in marks(facts, supports).items()),
    ]
