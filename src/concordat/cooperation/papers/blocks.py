# SPDX-License-Identifier: Apache-2.0
"""Sections that papers of requests share: who, on what, which fields, clocks, how to check it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from concordat.assets.papers.matter import Act, Office, code, moment
from concordat.assets.papers.parts import fact, hash_fact
from concordat.cooperation.law import library
from concordat.cooperation.law.parts import FieldSpec, Form
from concordat.cooperation.orders.request import Value
from concordat.cooperation.papers.petition import Petition
from concordat.cooperation.words import Channel, Handling, Urgency
from concordat.evidence.laws import Certainty
from concordat.evidence.laws import Text as LawText
from concordat.evidence.reasontexts import cite
from concordat.rendering.content import (
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Items,
    Paragraph,
    Section,
    Text,
    Tone,
    data,
)
from concordat.rendering.times import shown

LAW: Final = Text("Law of cooperation", "协助规则")
RECORD: Final = Text("A record of what was done on the chain, not a ruling", "对链上行为的记录，并非裁判")
READ: Final = frozenset({Certainty.READ, Certainty.SECONDARY})


def paper(
    petition: Petition,
    act: Act,
    kind: str,
    title: Text,
    statement: Text,
    sections: Iterable[Section | None],
    *,
    suffix: str,
) -> Document:
    """Put a paper together; sections that are None are left out.

    Args:
        petition: what it is about.
        act: dates and numbers it.
        kind: machine name, without version.
        title: of the paper.
        statement: what the paper is not.
        sections: in their order; how to check it and what is public are added.
        suffix: of the document's number; the block of the act makes it the only one.
    """
    whole = (*sections, checking(petition), public(petition, act))
    return Document(
        kind=f"{kind}/1",
        title=title,
        number=f"{petition.request.number}/{suffix}-{act.block}",
        agency=petition.writer.text,
        case=petition.request.case,
        case_title="",
        dated=moment(act.at),
        generator=petition.generator,
        statement=statement,
        review=petition.review,
        sections=tuple(section for section in whole if section),
        reviewed=LAW,
    )


def said(text: LawText) -> Text:
    """A wording of the law's files as documents have it."""
    return Text(text.en, text.zh)


def parties(petition: Petition, *more: Fact) -> Facts:
    """Who asks whom for what."""
    request, kind = petition.request, petition.request.kind.label()
    rows = [
        fact("number", Text("Request no.", "请求书文号"), data(request.number)),
        fact("kind", Text("Kind", "种类"), said(kind)),
        office("asker", Text("Asking agency", "请求机关"), petition.asker),
    ]
    if petition.own_authority:
        rows.append(office("home", Text("Passed on by", "转递机关"), petition.own_authority))
    rows.append(fact("to", Text("Country asked", "被请求国"), petition.country))
    if petition.receiver:
        rows.append(office("receiver", Text("To", "致"), petition.receiver))
    if petition.executor:
        rows.append(office("executor", Text("Executed by", "执行机关"), petition.executor))
    return Facts((*rows, *more))


def office(key: str, label: Text, found: Office) -> Fact:
    """An agency."""
    return fact(key, label, found.text)


def officer(petition: Petition) -> Fact:
    """Who answers questions at any hour."""
    who = petition.request.officer
    badge = f", {who.badge}" if who.badge else ""
    return fact(
        "contact",
        Text("Officer, call-back contact", "承办人员及回拨核实联系方式"),
        data(f"{who.name}, {who.rank}{badge}"),
        data(who.contact),
    )


def standing(petition: Petition) -> Section:
    """On what the request stands, how urgent it is, over which way it goes."""
    request = petition.request
    rows = [fact("basis", Text("Basis", "依据"), *petition.basis())]
    if request.standing.agreement:
        rows.append(
            hash_fact("agreement", Text("Agreement on the chain", "链上协议"), request.standing.agreement)
        )
    if request.urgency is not Urgency.NONE:
        why = tuple(data(line) for line in (request.why or "").splitlines() if line.strip())
        rows.append(fact("urgent", Text("URGENT", "紧急"), said(request.urgency.label()), *why))
    if request.channel is not Channel.LEDGER or request.outside:
        outside = (data(request.outside),) if request.outside else ()
        rows.append(fact("channel", Text("Channel", "途径"), said(request.channel.label()), *outside))
    if request.presence:
        wished = Text("own officials wish to be present", "拟派员到场")
        rows.append(fact("presence", Text("Presence", "到场"), wished))
    if request.use_limits:
        limits = tuple(said(each) for each in request.use_limits.labels())
        rows.append(fact("limits", Text("The asker binds itself", "请求方承诺"), *limits))
    if request.languages:
        rows.append(
            fact("languages", Text("Translations attached", "所附译文"), data(", ".join(request.languages)))
        )
    return Section("standing", Text("Basis and way", "依据与途径"), (Facts(tuple(rows)),))


def fields(petition: Petition) -> Section:
    """Each field that the law asks for, and which law that is."""
    content = petition.content()
    rows = tuple(
        fact(spec.id, said(spec.label), *value_lines(spec, value, petition))
        for spec, value in content.items()
    )
    sources: dict[Text, list[FieldSpec]] = {}
    for spec in content:
        sources.setdefault(_source(spec), []).append(spec)
    return Section(
        "content",
        Text("Content of the request", "请求内容"),
        (Facts(rows), *(Paragraph(_asks(source, specs), Tone.NOTE) for source, specs in sources.items())),
    )


def value_lines(spec: FieldSpec, value: Value, petition: Petition) -> tuple[Text, ...]:
    """One field for people."""
    if isinstance(value, tuple):
        return tuple(data(f"{number}. {entry}") for number, entry in enumerate(value, 1))
    if isinstance(value, bool):
        return (Text("yes", "是") if value else Text("no", "否"),)
    if spec.form is Form.TIME and isinstance(value, int):
        return shown(moment(value), petition.zone)
    if spec.id == "handling" and value in Handling.__members__:
        return (said(Handling[str(value)].label()),)
    return tuple(data(line) for line in str(value).splitlines() if line.strip())


def clocks(petition: Petition) -> Section | None:
    """Until when it is to be acknowledged and answered."""
    rows = [
        fact(key, label, *shown(moment(at), petition.zone))
        for key, label, at in (
            ("acknowledge", Text("To be acknowledged by", "签收期限"), petition.acknowledge_by),
            ("answer", Text("To be answered by", "答复期限"), petition.answer_by),
        )
        if at
    ]
    if not rows:
        return None
    note = Text(
        "The clock stands while a supplement is asked for and while the request is postponed. A refusal on a "
        "coded ground never lowers anybody's standing.",
        "要求补充材料和暂缓协助期间，期限中止。依法定理由拒绝的，不影响履约评价。",
    )
    return Section("clocks", Text("Time limits", "期限"), (Facts(tuple(rows)), Paragraph(note, Tone.NOTE)))


def checking(petition: Petition) -> Section:
    """How anybody sees that the paper is no invention."""
    rows = (
        fact("code", Text("Check code of the request", "请求核验码"), data(code(petition.id)), mono=True),
    )
    how = Items(
        (
            Text(
                "Compare code, agencies, kind and status with what a member's own client shows for the "
                "request; the code is the beginning of its key on the chain:",
                "请以成员单位自有客户端查询该请求，核对核验码、机关、种类和状态；核验码即链上编号的前八位：",
            ),
        )
    )
    call = Text(
        "Call back by a number that you knew before this paper came, never only by one that it gives.",
        "须以收到本文书之前已知的电话回拨核实，不得仅凭文书所载号码核实。",
    )
    command = Code((f"concordat assistance show 0x{petition.id.hex()[:16]}",))
    return Section(
        "check",
        Text("How to check this paper", "文书核验"),
        (Facts(rows), how, command, Paragraph(call, Tone.WARNING)),
    )


def public(petition: Petition, act: Act) -> Section:
    """What of this stands on the chain, for every member to see, and what does not."""
    seen = Text(
        "On the chain, for every member: agencies, kind, basis, urgency, channel, times, statuses, coded "
        "grounds, and salted hashes of request and messages.",
        "链上记载、各成员可见：机关、种类、依据、紧急程度、途径、时间、状态、理由代码，以及请求和讯息的加盐哈希。",
    )
    unseen = Text(
        "Not on the chain: names, facts, what was found, this paper. They are in messages sealed to whom "
        "they concern.",
        "不上链：姓名、案情、查明内容及本文书；仅载于发给有关机关的加密讯息。",
    )
    rows = (
        fact("request", Text("Request", "请求编号"), data(f"0x{petition.id.hex()}"), mono=True),
        fact("transaction", Text("Transaction", "交易"), data(act.transaction), mono=True),
        fact("block", Text("Block", "区块"), data(f"{act.block:,}")),
        fact("officer", Text("Sent by the key", "发送密钥"), data(act.officer), mono=True),
    )
    return Section(
        "chain",
        Text("What the chain shows, and what it does not", "链上记载与未记载事项"),
        (Facts(rows), Items((seen, unseen))),
    )


def lead(petition: Petition, *paragraphs: Text, more: tuple[Fact, ...] = ()) -> Section:
    """What is done, in words and facts; the first section."""
    blocks: list[Block] = [Paragraph(text) for text in paragraphs]
    return Section("act", Text("What is done", "事项"), (*blocks, parties(petition, *more)))


def told(key: str, title: Text, text: str, entries: Iterable[str] = ()) -> Section:
    """Words of an agency, as they came."""
    paragraphs: list[Block] = [Paragraph(data(line)) for line in text.splitlines() if line.strip()]
    listed = tuple(data(entry) for entry in entries)
    if listed:
        paragraphs.append(Items(listed, ordered=True))
    return Section(key, title, tuple(paragraphs))


def _source(spec: FieldSpec) -> Text:
    """The place of the law that asks for a field; (?) where that is from memory."""
    place, certainty = spec.source.reference, spec.source.certainty
    law = library.kinds().laws[place.law]
    doubt = "" if certainty in READ else " (?)"
    found = cite(law, place.article)
    return Text(f"{found.en}{doubt}", f"{found.zh}{doubt}")


def _asks(source: Text, specs: Sequence[FieldSpec]) -> Text:
    """Which fields one place of the law asks for."""
    en = ", ".join(spec.label.en[:1].lower() + spec.label.en[1:] for spec in specs)
    return Text(f"{source.en}: {en}.", f"{source.zh}：{'、'.join(spec.label.zh for spec in specs)}。")
