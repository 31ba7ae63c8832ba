# SPDX-License-Identifier: Apache-2.0
"""Papers on a request's way there: letter with the fields of IMLA article 13, transmission, receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from concordat.assets.papers.matter import Act, Office
from concordat.assets.papers.parts import fact, hash_fact, signature
from concordat.cooperation.law import library
from concordat.cooperation.law.library import DualCriminality
from concordat.cooperation.law.parts import Offence
from concordat.cooperation.orders.messages import Opening
from concordat.cooperation.papers import blocks
from concordat.cooperation.papers.petition import Petition, country
from concordat.evidence.methods import Method
from concordat.evidence.standards import Standard
from concordat.rendering.content import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    data,
)

Line = dict[str, Any]

_REQUESTED: Final = Text(
    "A request for which the agency named here answers, not a court's ruling",
    "由所列机关负责的请求，并非法院裁判",
)
_OR: Final = Text("or", "或者")
_SEVERITY: Final = {
    "FATAL": Text("fatal", "不可补正"),
    "CURABLE": Text("curable", "可补正"),
    "NOTED": Text("noted", "提示"),
}


def request_letter(petition: Petition, act: Act) -> Document:
    """The request: who asks whom, on what, every field that the law asks for, and the forum's checklist."""
    opening = Text(
        "The agency named below requests the following assistance. It asks to be told at once if anything is "
        "missing or cannot be done.",
        "下列机关请求提供以下协助。如材料不足或者无法办理，请即告知。",
    )
    return blocks.paper(
        petition,
        act,
        "assistance-request",
        Text("Request for assistance", "协助请求书"),
        _REQUESTED,
        (
            blocks.lead(petition, opening, more=(blocks.officer(petition),)),
            blocks.standing(petition),
            blocks.fields(petition),
            _dual(petition),
            *_checklist(petition),
            blocks.clocks(petition),
            signature(Text("For the asking agency", "请求机关"), petition.request.officer.name),
        ),
        suffix="REQ",
    )


def transmission(petition: Petition, act: Act, opening: Opening, message: bytes) -> Document:
    """That the own central authority passed the request on, and to whom."""
    text = Text(
        "The central authority has examined the request and passes it on to the central authority of the "
        "country asked. The request is attached as it was made; nothing in it was changed.",
        "中央机关已审查该请求，现转递被请求国中央机关。请求书原样附上，未作改动。",
    )
    rows = (
        hash_fact("order", Text("Commitment to the request", "请求书承诺值"), opening.commitment),
        hash_fact("message", Text("Sealed message", "加密讯息"), message),
    )
    note = (
        blocks.told("note", Text("Note of the authority", "转递说明"), opening.note) if opening.note else None
    )
    return blocks.paper(
        petition,
        act,
        "assistance-transmission",
        Text("Note of transmission", "转递函"),
        blocks.RECORD,
        (
            blocks.lead(petition, text, more=rows),
            note,
            blocks.clocks(petition),
            signature(Text("For the central authority", "中央机关"), ""),
        ),
        suffix="TRM",
    )


def acknowledgement(petition: Petition, act: Act, receiver: Office) -> Document:
    """That the request arrived, when, and what its clocks are."""
    text = Text(
        "The agency named here has received the request and could open it. This says nothing yet of whether "
        "assistance is given.",
        "下列机关已收到该请求并可读取其内容。本回执不表示同意提供协助。",
    )
    row = blocks.office("acknowledged", Text("Received by", "签收机关"), receiver)
    return blocks.paper(
        petition,
        act,
        "assistance-acknowledgement",
        Text("Acknowledgement of receipt", "签收回执"),
        blocks.RECORD,
        (blocks.lead(petition, text, more=(row,)), blocks.clocks(petition)),
        suffix="ACK",
    )


def _dual(petition: Petition) -> Section | None:
    """How both countries punish the offence that the request names."""
    offence = petition.request.offence
    if offence is None:
        return None
    return dual_criminality(library.dual_criminality(offence, petition.home, petition.request.to), petition)


def dual_criminality(found: DualCriminality, petition: Petition) -> Section:
    """The dual criminality table, and what it cannot say."""
    columns = (
        Column("country", Text("Country", "国家"), 18),
        Column("offence", Text("Offence, law", "罪名、法律"), 45),
        Column("penalty", Text("Penalty", "刑罚"), 37),
    )
    rows = tuple(
        ((country(code),), *_offence(offence))
        for code, offence in ((petition.home, found.asker), (petition.request.to, found.asked))
    )
    parts: list[Block] = [
        Table("dual", columns, rows),
        Paragraph(blocks.said(found.found.label()), Tone.NOTE),
    ]
    if found.certainty and found.certainty not in blocks.READ:
        doubt = found.certainty.label()
        parts.append(
            Paragraph(
                Text(f"Weakest source: {doubt.en}. Check it.", f"最弱来源：{doubt.zh}，须核实。"),
                Tone.WARNING,
            )
        )
    return Section("dual", Text("Dual criminality", "双重犯罪对照"), tuple(parts))


def _offence(offence: Offence | None) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    if offence is None:
        missing = Text("not mapped: to be compared by a person", "未列入对照表，须人工核对")
        return (missing,), (data("-"),)
    place = offence.source.reference
    law = Text(f"{place.law}, {place.article.en}", f"{place.law} {place.article.zh}")
    return (blocks.said(offence.title), law), (blocks.said(offence.penalty),)


def _checklist(petition: Petition) -> Iterator[Section]:
    """What the forum asks of evidence from abroad: first of every method, then the rest of each."""
    checklist = petition.checklist
    if checklist is None:
        return
    forum = country(checklist.forum)
    by_method = {method: checklist.lines(method) for method in checklist.standards}
    first, *others = by_method.values()
    common = [line for line in first if all(_asked(line, lines) for lines in others)]
    intro = Text(
        f"So that the evidence can be used in {forum.en}, whoever collects it is asked for the following, in "
        "this order of weight. The answer is judged by exactly this list.",
        f"为使证据能够在{forum.zh}使用，请取证人员完成下列事项，按重要程度排列。答复将严格依照本清单核验。",
    )
    limits = tuple(_limits(method, inforce.standard) for method, inforce in checklist.standards.items())
    methods = tuple(Text(method.label("en"), method.label("zh")) for method in by_method)
    yield Section(
        "checklist",
        Text(f"Checklist of {forum.en}", f"{forum.zh}取证清单"),
        (
            Paragraph(intro),
            Facts((fact("methods", Text("Methods", "方法"), *methods), *limits)),
            *((_table("steps", common),) if common else ()),
        ),
    )
    for method, lines in by_method.items():
        rest = [line for line in lines if not _asked(line, common)]
        if rest:
            en, zh = method.label("en"), method.label("zh")
            name = Text(f"{forum.en}, besides: {en}", f"{forum.zh}，另须：{zh}")
            key = method.name.lower().replace("_", "-")
            yield Section(f"checklist-{key}", name, (_table(f"steps-{key}", rest),))


def _asked(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the same is asked there; the bit of an alternative is its place, which says nothing."""
    return any(_without_bit(line) == _without_bit(other) for other in lines)


def _without_bit(line: Line) -> Line:
    return {key: value for key, value in line.items() if key != "bit"}


def _table(key: str, lines: Sequence[Line]) -> Table:
    columns = (
        Column("done", Text("Done", "完成"), 8),
        Column("step", Text("What is asked", "要求"), 50),
        Column("law", Text("Law", "法律"), 30),
        Column("without", Text("Without it", "缺少时"), 12),
    )
    return Table(key, columns, tuple(_row(line) for line in lines))


def _row(line: Line) -> tuple[tuple[Text, ...], ...]:
    attests = [Text(each["en"], each["zh"]) for each in line["attests"]]
    steps = [part for each in attests for part in (each, _OR)][:-1]
    law = line.get("law")
    return (
        (data("□"),),
        tuple(steps),
        (Text(law["en"], law["zh"]),) if law else (data("-"),),
        (_SEVERITY[line["severity"]],),
    )


def _limits(method: Method, standard: Standard) -> Fact:
    """How many officers sign, and how soon it is registered."""
    officers, hours = standard.fewest_officers, f"{standard.delay_hours:,}"
    return fact(
        f"limits-{method.name.lower()}",
        Text(method.label("en"), method.label("zh")),
        Text(
            f"at least {officers} officer{'s sign' if officers > 1 else ' signs'}; registered within {hours} "
            "hours of the end of collection",
            f"不少于{officers}名侦查人员签名；取证结束后{hours}小时内登记",
        ),
    )
