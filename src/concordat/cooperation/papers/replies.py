# SPDX-License-Identifier: Apache-2.0
"""Papers of the answering side: conditions, refusal, and the answer with its list and the forum's verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from concordat.assets.papers.matter import Act
from concordat.assets.papers.parts import fact, hash_fact, signature
from concordat.cooperation.orders.messages import Answer, Cited, Refusal, Words
from concordat.cooperation.papers import blocks
from concordat.cooperation.papers.petition import Petition, country
from concordat.evidence.assess import Assessment, Verdict
from concordat.evidence.methods import Method
from concordat.evidence.steps import STEPS, steps_in
from concordat.rendering.content import (
    Block,
    Column,
    Document,
    Fact,
    Items,
    Section,
    Table,
    Text,
    VerdictBox,
    data,
)

_ANSWERED: Final = Text("A record of an answer, not a ruling", "对答复的记录，并非裁判")
_EXECUTOR: Final = Text("For the executing agency", "执行机关")


@dataclass(frozen=True)
class Judged:
    """What the forum's standard made of one acquisition, as it was answered with.

    Attributes:
        root: Merkle root of the acquisition.
        method: by which it was collected; None where the writer does not know.
    """

    root: bytes
    forum: str
    assessment: Assessment
    method: Method | None = None


def conditions(petition: Petition, act: Act, words: Words, *, presence: bool) -> Document:
    """That assistance is given, under which conditions, and whether officials may be there."""
    text = Text(
        "Assistance is given under the conditions below. Whoever uses what comes of it is bound by them.",
        "同意在下列条件下提供协助。使用协助结果的，受该条件约束。",
    )
    rows = [hash_fact("conditions", Text("Hash of the conditions", "条件哈希值"), words.hash)]
    if petition.request.presence:
        granted = Text("granted", "同意") if presence else Text("not granted", "不同意")
        rows.append(fact("granted", Text("Presence of officials", "派员到场"), granted))
    return blocks.paper(
        petition,
        act,
        "assistance-conditions",
        Text("Acceptance with conditions", "附条件同意协助函"),
        _ANSWERED,
        (
            blocks.lead(petition, text, more=tuple(rows)),
            blocks.told("conditions", Text("Conditions", "条件"), words.text, words.entries),
            blocks.clocks(petition),
            signature(_EXECUTOR, ""),
        ),
        suffix="CON",
    )


def refusal(petition: Petition, act: Act, refused: Refusal) -> Document:
    """That assistance is refused, on which ground."""
    text = Text(
        "Assistance is refused on the ground below. A refusal on a coded ground is lawful and costs nobody "
        "any standing."
        if not refused.ground.costs_standing
        else "Assistance is refused for another reason than the law's. Such a refusal counts as one without "
        "ground.",
        "依下列理由拒绝提供协助。依法定理由拒绝的，不影响履约评价。"
        if not refused.ground.costs_standing
        else "因法定理由以外的其他原因拒绝提供协助，按无理由拒绝计入履约评价。",
    )
    row = fact("ground", Text("Ground", "理由"), blocks.said(refused.ground.label()))
    number = fact("code", Text("Code", "代码"), data(f"{int(refused.ground)} {refused.ground.name}"))
    return blocks.paper(
        petition,
        act,
        "assistance-refusal",
        Text("Refusal of assistance", "拒绝协助函"),
        _ANSWERED,
        (
            blocks.lead(petition, text, more=(row, number)),
            blocks.told("why", Text("Why it applies", "理由说明"), refused.text),
            signature(_EXECUTOR, ""),
        ),
        suffix="REF",
    )


def answer(
    petition: Petition, act: Act, given: Answer, judged: Sequence[Judged] = (), part: int = 0
) -> Document:
    """What was done: in words, by its references, and what the forum's standard makes of the evidence.

    Args:
        part: number of this part of an answer; 0: the answer is complete and the only one.
    """
    whole = Text("the whole", "全部") if given.complete else Text("a part; more follows", "部分，后续补充")
    rows: list[Fact] = [fact("complete", Text("This is", "答复范围"), whole)]
    if part:
        rows.append(fact("part", Text("Part no.", "第几部分"), data(part)))
    if given.short:
        rows.append(fact("short", Text("Answer", "结论"), blocks.said(given.short.label())))
    text = Text("The executing agency answers as follows.", "执行机关答复如下。")
    return blocks.paper(
        petition,
        act,
        "assistance-answer",
        Text("Answer to a request for assistance", "协助结果答复函"),
        _ANSWERED,
        (
            blocks.lead(petition, text, more=tuple(rows)),
            blocks.told("answer", Text("What was done and found", "办理情况"), given.text),
            _references(given.cited),
            _verdicts(judged, petition),
            signature(_EXECUTOR, ""),
        ),
        suffix="ANS",
    )


def _references(cited: Sequence[Cited]) -> Section | None:
    """What the answer hands over, each by its key on the chain."""
    if not cited:
        return None
    columns = (
        Column("n", Text("No.", "序号"), 7),
        Column("kind", Text("Kind", "种类"), 18),
        Column("about", Text("What it is", "内容"), 35),
        Column("key", Text("Key on the chain", "链上编号"), 40, mono=True),
    )
    rows = tuple(
        (
            (data(number),),
            (blocks.said(each.reference.kind.label()),),
            (data(each.about),),
            (data(f"0x{each.reference.key.hex()}"),),
        )
        for number, each in enumerate(cited, 1)
    )
    return Section("list", Text("List", "清单"), (Table("references", columns, rows),))


def _verdicts(judged: Sequence[Judged], petition: Petition) -> Section | None:
    """The forum's verdict on each acquisition, and what is missing there."""
    if not judged:
        return None
    parts = tuple(block for each in judged for block in _verdict(each, petition))
    return Section("verdict", Text("Judged by the forum's standard", "依法域标准核验"), parts)


def _verdict(judged: Judged, petition: Petition) -> Iterator[Block]:
    verdict = judged.assessment.verdict
    rows = (
        fact("root", Text("Acquisition", "取证"), data(f"0x{judged.root.hex()}"), mono=True),
        *(
            (
                fact(
                    "method",
                    Text("Method", "方法"),
                    Text(judged.method.label("en"), judged.method.label("zh")),
                ),
            )
            if judged.method
            else ()
        ),
    )
    meaning = Text(
        "An assessment of declared facts as the answer was given; a court decides.",
        "答复时对申报事实的核验结果；以法院认定为准。",
    )
    yield VerdictBox(
        country(judged.forum), verdict.name, Text(verdict.label("en"), verdict.label("zh")), meaning, rows
    )
    missing = _missing(judged, petition)
    if missing and verdict is not Verdict.NO_STANDARD:
        yield Items(missing, ordered=True)


def _missing(judged: Judged, petition: Petition) -> tuple[Text, ...]:
    """What is missing: in the words of the checklist where it travelled, else of the steps."""
    checklist, method = petition.checklist, judged.method
    if checklist and method is not None and method in checklist.standards:
        lines = checklist.missing(judged.assessment, method)
        return tuple(_line(line) for line in lines)
    return tuple(
        Text(f"Not shown: {STEPS[step].attests['en']}", f"未能证明：{STEPS[step].attests['zh']}")
        for step in steps_in(judged.assessment.missing)
    )


def _line(line: dict[str, object]) -> Text:
    found: dict[str, dict[str, str]] = {key: each for key, each in line.items() if isinstance(each, dict)}
    attests = line["attests"]
    either = attests if isinstance(attests, list) else []
    en, zh = " or ".join(each["en"] for each in either), "或者".join(each["zh"] for each in either)
    cure = found.get("do")
    return Text(
        f"Not shown: {en} {cure['en'] if cure else ''}".rstrip(),
        f"未能证明：{zh}{cure['zh'] if cure else ''}",
    )
