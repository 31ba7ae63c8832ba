# SPDX-License-Identifier: Apache-2.0
"""The summary of an agreement: who, on what, which clocks, which duties, by which hash it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from concordat.assets.papers.matter import Act, Office, moment
from concordat.assets.papers.parts import fact, hash_fact
from concordat.cooperation.agreementbook import ChainDraft, Duty, Terms
from concordat.cooperation.agreements import durations
from concordat.cooperation.law import library
from concordat.cooperation.papers import blocks
from concordat.cooperation.papers.petition import NO_REVIEW
from concordat.cooperation.states import AgreementStatus
from concordat.evidence import places
from concordat.rendering.content import (
    Code,
    Column,
    Document,
    Facts,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    data,
)
from concordat.rendering.times import shown

_STATEMENT: Final = Text(
    "A summary of what the chain holds; the text with this hash prevails",
    "链上参数摘要；以哈希值所指文本为准",
)


def summary(
    thread: bytes,
    version: bytes,
    draft: ChainDraft,
    status: AgreementStatus,
    act: Act,
    writer: Office,
    *,
    title: Text | None = None,
    duties: Mapping[bytes, str] | None = None,
    changed: Sequence[Text] = (),
    generator: str = "",
) -> Document:
    """The summary of one version.

    Args:
        thread, version: keys on the chain.
        draft: what the chain holds of it.
        status: of the agreement at the time of the paper.
        act: dates and numbers the paper.
        writer: whose paper it is.
        title: of the agreement; None where the writer does not have its file.
        duties: texts of duties by their hashes, as far as they are known.
        changed: what this version changed in the one that it answers to.
        generator: program and version.
    """
    sections = (
        _head(thread, version, draft, status, title),
        _changes(changed),
        _terms(draft.terms),
        _duties(draft.obligations, duties or {}),
        _checking(thread, act),
    )
    return Document(
        kind="agreement-summary/1",
        title=Text("Summary of an agreement", "协议摘要"),
        number=f"0x{thread.hex()[:8]}/AGR-{act.block}",
        agency=writer.text,
        case="",
        case_title="",
        dated=moment(act.at),
        generator=generator,
        statement=_STATEMENT,
        review=NO_REVIEW,
        sections=tuple(section for section in sections if section),
        reviewed=blocks.LAW,
    )


def _head(
    thread: bytes, version: bytes, draft: ChainDraft, status: AgreementStatus, title: Text | None
) -> Section:
    parties = tuple(Text(places.name(number, "en"), places.name(number, "zh")) for number in draft.parties)
    basis, known = draft.basis.label(), library.conventions().get(draft.basis_reference)
    reference = (data(draft.basis_reference),) if draft.basis_reference and not known else ()
    cited = (
        (blocks.said(known.title), Text(f"Text: {known.text}", f"文本：{known.text}")) if known else reference
    )
    rows = [
        *((fact("title", Text("Title", "名称"), title),) if title else ()),
        fact("status", Text("Status", "状态"), blocks.said(status.label())),
        fact("parties", Text("Parties", "当事方"), *parties),
        fact("basis", Text("Basis", "依据"), blocks.said(basis), *cited),
        fact("ratifications", Text("Ratifications needed", "生效所需批准数"), data(draft.ratifications)),
        fact("notice", Text("Notice of withdrawal", "退出通知期"), _length(draft.notice)),
        *(
            fact(key, label, *shown(moment(at)))
            for key, label, at in (
                ("enters", Text("In force not before", "最早生效时间"), draft.enters_at),
                ("ends", Text("End", "终止时间"), draft.ends_at),
            )
            if at
        ),
        fact(
            "open", Text("Open to others", "开放加入"), Text("yes", "是") if draft.open else Text("no", "否")
        ),
        hash_fact("text", Text("Hash of the text, all languages", "各语言文本哈希值"), draft.text),
        hash_fact("thread", Text("Thread", "磋商编号"), thread),
        hash_fact(
            "version", Text("Version; an acceptance binds to it", "版本编号（接受仅对该版本有效）"), version
        ),
    ]
    return Section("agreement", Text("The agreement", "协议"), (Facts(tuple(rows)),))


def _changes(changed: Sequence[Text]) -> Section | None:
    if not changed:
        return None
    return Section(
        "changes",
        Text("What this version changed", "本版本的改动"),
        (Items(tuple(Text(each.en, each.zh) for each in changed), ordered=True),),
    )


def _terms(terms: Sequence[Terms]) -> Section | None:
    if not terms:
        return None
    columns = (
        Column("kind", Text("Kind of request", "请求种类"), 26),
        Column("acknowledge", Text("Receipt", "签收"), 13),
        Column("answer", Text("Answer", "答复"), 13),
        Column("urgent", Text("Urgent", "紧急"), 18),
        Column("use", Text("Use limits, confidentiality", "使用限制、密级"), 30),
    )
    rows = tuple(
        (
            (blocks.said(each.kind.label()),),
            (_length(each.acknowledge_within),),
            (_length(each.answer_within),),
            (_length(each.acknowledge_urgent_within), _length(each.answer_urgent_within))
            if each.answer_urgent_within
            else (Text("none", "无"),),
            (
                *(blocks.said(text) for text in each.use_limits.labels()),
                blocks.said(each.confidentiality.label()),
            ),
        )
        for each in terms
    )
    note = Text("From arrival; the chain counts in seconds.", "自送达起算；链上以秒计。")
    return Section(
        "terms",
        Text("Live rules of requests", "请求规则"),
        (Table("terms", columns, rows), Paragraph(note, Tone.NOTE)),
    )


def _duties(obligations: Sequence[Duty], duties: Mapping[bytes, str]) -> Section | None:
    if not obligations:
        return None
    columns = (
        Column("debtor", Text("Who", "义务方"), 20),
        Column("due", Text("Within", "期限"), 18),
        Column("every", Text("Again every", "周期"), 18),
        Column("duty", Text("Duty", "义务"), 44),
    )
    rows = tuple(
        (
            (_debtor(each.debtor),),
            (_length(each.due_within),),
            (_length(each.every),),
            (data(duties.get(each.duty, f"0x{each.duty.hex()}")),),
        )
        for each in obligations
    )
    note = Text(
        "From entry into force. A duty that is not performed by its time is breached, without any act.",
        "自生效起算。逾期未履行即构成违约，无须任何行为。",
    )
    return Section(
        "duties", Text("Duties", "其他义务"), (Table("duties", columns, rows), Paragraph(note, Tone.NOTE))
    )


def _checking(thread: bytes, act: Act) -> Section:
    how = Text(
        "A member's own client shows the same for the thread; compare the hash of the text with your copy:",
        "成员单位自有客户端可查询该磋商；请将文本哈希值与自有文本核对：",
    )
    rows = (
        fact("transaction", Text("Transaction", "交易"), data(act.transaction), mono=True),
        fact("block", Text("Block", "区块"), data(f"{act.block:,}")),
    )
    return Section(
        "check",
        Text("How to check this paper", "文书核验"),
        (Items((how,)), Code((f"concordat agreement show 0x{thread.hex()[:16]}",)), Facts(rows)),
    )


def _debtor(number: int) -> Text:
    if not number:
        return Text("every party", "各当事方")
    return Text(places.name(number, "en"), places.name(number, "zh"))


def _length(seconds: int) -> Text:
    return blocks.said(durations.shown(seconds)) if seconds else Text("none", "无")
