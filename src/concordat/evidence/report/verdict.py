# SPDX-License-Identifier: Apache-2.0
"""The verdicts: one box for each forum and, below it, rule by rule what is missing and how to cure it."""

from __future__ import annotations

from concordat.evidence.report import words
from concordat.evidence.report.inputs import ForumAssessment, ReasonLine, Review
from concordat.evidence.report.support import fact
from concordat.evidence.standards import Verdict
from concordat.rendering.content import (
    Block,
    Column,
    Fact,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    VerdictBox,
    data,
)


def review_text(review: Review) -> Text:
    """Say who reviewed a standard; unless a named person did on a date, say that nobody did."""
    if review.status.lower() == "reviewed" and review.by.strip() and review.date.strip():
        return Text(f"reviewed by {review.by}, {review.date}", f"已由{review.by}审阅，{review.date}")
    return words.NOT_REVIEWED


def reviews_text(assessments: tuple[ForumAssessment, ...]) -> Text:
    """Say it for all standards of a document at once: the weakest status is the one to print."""
    texts = sorted({review_text(assessment.review) for assessment in assessments})
    if not texts or words.NOT_REVIEWED in texts:
        return words.NOT_REVIEWED
    return Text("; ".join(text.en for text in texts), "；".join(text.zh for text in texts))


def assessment_section(assessments: tuple[ForumAssessment, ...]) -> Section:
    """Make the section with the verdict of every forum, before registration."""
    intro = Paragraph(
        Text(
            "Each forum's standard is a list of rules compiled from its law. The verdict is computed from "
            "the "
            "declared facts and says which rules they meet. It assumes registration within the standard's "
            "time "
            "limit. It is an assessment of declared facts, not a ruling: no court has decided anything here.",
            "各法域的标准由其法律编成规则清单。结论依所申报事实计算得出，说明满足哪些规则，"
            "并以在标准期限内登记为前提。"
            "这是对所申报事实的评估，并非裁决；法院并未就此作出任何决定。",
        ),
        Tone.NOTE,
    )
    blocks: list[Block] = [intro]
    for assessment in assessments:
        blocks += assessment_blocks(assessment)
    if not assessments:
        blocks.append(Paragraph(Text("No forum was assessed.", "未对任何法域进行评估。")))
    return Section("assessment", Text("Assessment by forum", "各法域评估"), tuple(blocks))


def assessment_blocks(assessment: ForumAssessment, verdict: Verdict | None = None) -> tuple[Block, ...]:
    """Make the box of one forum and the table of its reasons."""
    box = verdict_box(assessment, verdict)
    return (box, reasons_table(assessment)) if assessment.reasons else (box,)


def verdict_box(assessment: ForumAssessment, verdict: Verdict | None = None) -> VerdictBox:
    """Make the box of one forum."""
    value = assessment.verdict if verdict is None else verdict
    role = Text("home forum", "本地法域") if assessment.home else Text("further forum", "其他法域")
    origin = (
        Text("foreign collection", "境外取证")
        if assessment.foreign
        else Text("domestic collection", "境内取证")
    )
    version = str(assessment.version) if assessment.version else "–"
    rows: list[Fact] = [
        fact(
            f"verdict.{assessment.code}.standard",
            Text("Standard", "标准"),
            Text(
                f"{assessment.standard or assessment.code}, version {version}; {role.en}, {origin.en}",
                f"{assessment.standard or assessment.code}，第{version}版；{role.zh}，{origin.zh}",
            ),
            backed=None,
        ),
        fact(
            f"verdict.{assessment.code}.review",
            Text("Standard's review", "标准审阅状况"),
            review_text(assessment.review),
            backed=None,
        ),
    ]
    if assessment.standard_sha256:
        key, label = f"verdict.{assessment.code}.sha256", Text("SHA-256 of the rule set", "规则集的SHA-256")
        rows.append(fact(key, label, data(assessment.standard_sha256), backed=None, mono=True))
    return VerdictBox(assessment.forum, value.name, words.verdict(value), words.VERDICTS[value], tuple(rows))


def reasons_table(assessment: ForumAssessment) -> Table:
    """Make the table of reasons: rule, law and article, what is missing, how to cure it."""
    columns = (
        Column("rule", Text("Rule", "规则"), 13),
        Column("law", Text("Law and article", "法律条款"), 31),
        Column("missing", Text("What is missing", "欠缺事项"), 28),
        Column("cure", Text("How to cure it", "补正方法"), 28),
    )
    rows = tuple(_reason_row(reason) for reason in assessment.reasons)
    return Table(f"reasons.{assessment.code}", columns, rows)


def _reason_row(reason: ReasonLine) -> tuple[tuple[Text, ...], ...]:
    severity = words.word(words.SEVERITIES, reason.severity.upper())
    source = words.word(words.CERTAINTIES, reason.certainty)
    article = (data(reason.article),) if reason.article else ()
    return (
        (data(", ".join((reason.rule_id, *reason.also))), severity),
        (reason.law, *article, Text(f"Text of law: {source.en}", f"条文：{source.zh}")),
        (reason.missing,),
        (reason.cure,),
    )
