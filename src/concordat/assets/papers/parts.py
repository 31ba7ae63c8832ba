# SPDX-License-Identifier: Apache-2.0
"""Sections that papers share: targets, legal basis, period, confidentiality, how to check, what is public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from concordat.assets.orders.order import LegalBasis, Officer, Target
from concordat.assets.papers.matter import Act, Item, Matter, Office, amount, code, moment
from concordat.evidence import places
from concordat.evidence.laws import article
from concordat.rendering.content import (
    LIMIT,
    Block,
    Code,
    Column,
    Document,
    Fact,
    Facts,
    Items,
    Paragraph,
    Section,
    Signature,
    Signatures,
    Table,
    Text,
    Tone,
    data,
)
from concordat.rendering.times import shown

PROFILE: Final = Text("Freeze profile", "措施规则")


def paper(
    matter: Matter,
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
        matter: what it is about.
        act: dates and numbers it.
        kind: machine name, without version.
        title: of the paper.
        statement: what the paper is not.
        sections: in their order; how to check it and what is public are added.
        suffix: of the document's number; the block of the act makes it the only one.
    """
    whole = (*sections, checking(matter), public(matter, act))
    return Document(
        kind=f"{kind}/1",
        title=title,
        number=f"{matter.name}/{suffix}-{act.block}",
        agency=matter.writer.text,
        case=matter.order.case if matter.order else "",
        case_title="",
        dated=moment(act.at),
        generator=matter.generator,
        statement=statement,
        review=matter.review,
        sections=tuple(section for section in whole if section),
        reviewed=PROFILE,
    )


def fact(key: str, label: Text, *lines: Text, mono: bool = False) -> Fact:
    """A row; a row without lines says so."""
    return Fact(key, label, lines or (Text("not known to the writer", "出具机关不知悉"),), mono=mono)


def time_fact(key: str, label: Text, seconds: int, matter: Matter) -> Fact:
    """A moment in UTC and by the clock of the institutions' country."""
    return fact(key, label, *shown(moment(seconds), matter.zone))


def request_facts(matter: Matter) -> tuple[Fact, ...]:
    """What every paper says of the request."""
    order, place = matter.order, places.numeric(matter.jurisdiction)
    law = Text(places.name(place, "en"), places.name(place, "zh"))
    known = (fact("order", Text("Order no.", "法律文书编号"), data(order.number)),) if order else ()
    return (
        *known,
        fact("requester", Text("Requesting agency", "请求机关"), matter.agency.text),
        fact("measure", Text("Measure", "措施"), _label(matter)),
        fact("jurisdiction", Text("Law that applies", "适用法域"), law),
        *(() if order is None else (contact(order.officer),)),
    )


def contact(officer: Officer) -> Fact:
    """Who answers questions at any hour."""
    return fact(
        "contact",
        Text("Call-back contact, 24/7", "回拨核实联系方式（24小时）"),
        data(f"{officer.name}, {officer.rank}"),
        data(officer.contact),
    )


def targets(matter: Matter, *, full: bool) -> Section:
    """The accounts or things, each with what is asked; the account in full only for whoever keeps it."""
    columns = (
        Column("n", Text("No.", "序号"), 7),
        Column("account", Text("Account or thing, holder", "账户或财物、户名"), 36),
        Column("asked", Text("To be held", "控制金额及范围"), 35),
        Column("code", Text("Check code", "核验码"), 22, mono=True),
    )
    rows = tuple(_target_row(item, full) for item in matter.items[:LIMIT])
    blocks: list[Block] = [Table("targets", columns, rows)]
    if len(matter.items) > LIMIT:
        more = len(matter.items) - LIMIT
        blocks.append(
            Paragraph(
                Text(f"And {more} more, which the chain names.", f"另有{more}项，见链上记录。"), Tone.NOTE
            )
        )
    payments = [fact for item in matter.items[:LIMIT] for fact in _payment(item, full)]
    if payments:
        blocks.append(Facts(tuple(payments)))
    return Section("targets", Text("Accounts and things", "账户与财物"), tuple(blocks))


def _target_row(item: Item, full: bool) -> tuple[tuple[Text, ...], ...]:
    holder = (data(item.target.holder),) if item.target and item.target.holder and full else ()
    return (
        (data(item.number),),
        (item.account(full=full), *holder, item.institution.text),
        (item.asked, item.covers) if item.currency else (item.asked,),
        (data(code(item.hold)),),
    )


def _payment(item: Item, full: bool) -> Iterable[Fact]:
    target = item.target
    if target is None or target.payment is None or not full:
        return
    yield fact(
        f"payment-{item.number}",
        Text(f"Payment behind no. {item.number}", f"第{item.number}项所涉交易"),
        *_payment_lines(target),
    )


def _payment_lines(target: Target) -> Sequence[Text]:
    payment = target.payment
    if payment is None:
        return ()
    lines = []
    if payment.amount:
        lines.append(Text(payment.amount.format("en"), payment.amount.format("zh")))
    if payment.value_time is not None:
        lines += shown(moment(payment.value_time))
    for name, value in (
        ("UETR", payment.uetr),
        ("EndToEndId", payment.end_to_end_id),
        ("Tx", payment.transaction_hash),
    ):
        if value:
            lines.append(data(f"{name} {value}"))
    for label, account in ((Text("from", "付款"), payment.payer), (Text("to", "收款"), payment.payee)):
        if account:
            lines.append(Text(f"{label.en} {account.canonical}", f"{label.zh} {account.canonical}"))
    return lines


def legal(matter: Matter, start: int | None = None) -> Section:
    """Legal basis and period; with ``start``, when a period that begins then would end."""
    order, rows = matter.order, []
    if order:
        cited = [_cited(matter, basis) for basis in order.legal_basis]
        rows.append(fact("basis", Text("Legal basis of the order", "法律依据"), *cited))
        period = Text(order.period.text("en"), order.period.text("zh"))
        begins = Text("from the moment of holding", "自实际控制之时起")
        rows.append(fact("period", Text("Period", "期限"), period, begins))
    else:
        hours = f"{matter.period / 3600:,.4g}"
        text = Text(f"at most {hours} hours from the moment of holding", f"自实际控制之时起至多{hours}小时")
        rows.append(fact("period", Text("Period", "期限"), text))
    end = matter.end_if_held(start) if start is not None else None
    if end is not None:
        label = Text("End, if held at the time of this paper", "如于本文书时间控制，届满时间")
        rows.append(time_fact("end", label, end, matter))
    if matter.law:
        rows.append(
            fact("profile", Text("Profile on which the chain acts", "链上适用的措施规则"), *matter.law)
        )
    note = Text(
        "The chain keeps the end in seconds; when it is over, the hold is over, without any further act.",
        "期限以秒计载于链上；期满措施即自动解除，无须任何行为。",
    )
    return Section(
        "basis",
        Text("Legal basis and period", "法律依据与期限"),
        (Facts(tuple(rows)), Paragraph(note, Tone.NOTE)),
    )


def _cited(matter: Matter, basis: LegalBasis) -> Text:
    known = matter.laws.get(basis.law)
    if known and not basis.title:
        place = article(basis.article) or data(basis.article)
        return Text(f"{known.en}, {place.en}", f"{known.zh}{place.zh}")
    return data(", ".join(part for part in (basis.title, basis.law, basis.article) if part))


def secrecy(matter: Matter) -> Section | None:
    """The warning not to tell the account holder, where the order says so."""
    order = matter.order
    if order is None or not order.confidential:
        return None
    warning = Text(
        "Do not tell the account holder or anybody who need not know (no tipping-off). "
        "The notice goes to the holder only as the requesting agency orders it.",
        "不得向账户持有人或者无关人员泄露（严禁通风报信）。对持有人的告知须按请求机关的要求进行。",
    )
    blocks: list[Block] = [Paragraph(warning, Tone.WARNING)]
    if order.confidential_until is not None:
        label = Text("Confidential until", "保密至")
        blocks.append(Facts((time_fact("confidential", label, order.confidential_until, matter),)))
    return Section("secrecy", Text("Confidentiality", "保密"), tuple(blocks))


def grounds(matter: Matter) -> Section | None:
    """The facts that the order gives."""
    if matter.order is None:
        return None
    lines = tuple(Paragraph(data(line)) for line in matter.order.grounds.splitlines() if line.strip())
    return Section("grounds", Text("Grounds", "事由"), lines)


def checking(matter: Matter) -> Section:
    """How anybody sees that the paper is no invention."""
    commands = [f"concordat freeze show 0x{matter.request.hex()[:16]}"]
    rows = [code_fact("code", Text("Check code of the request", "请求核验码"), matter.request)]
    if len(matter.items) == 1:
        rows.append(code_fact("hold", Text("Check code of the hold", "措施核验码"), matter.items[0].hold))
    how = Items(
        (
            Text(
                "Compare code, agency, measure, amounts and status with what a member's own client shows for "
                "the request; the code is the beginning of its id on the chain:",
                "请以成员单位自有客户端查询该请求，核对核验码、机关、措施、金额和状态；核验码即链上编号的前八位：",
            ),
        ),
        ordered=False,
    )
    call = Text(
        "Call back by a number that you knew before this paper came, never only by one that it gives.",
        "须以收到本文书之前已知的电话回拨核实，不得仅凭文书所载号码核实。",
    )
    return Section(
        "check",
        Text("How to check this paper", "文书核验"),
        (Facts(tuple(rows)), how, Code(tuple(commands)), Paragraph(call, Tone.WARNING)),
    )


def public(matter: Matter, act: Act) -> Section:
    """What of this stands on the chain, for every member to see, and what does not."""
    seen = Text(
        "On the chain, for every member: agencies, measure, class of asset, amounts and currency, times, "
        "statuses, and salted hashes of order, account and messages.",
        "链上记载、各成员可见：机关、措施、财产类别、金额与币种、时间、状态，以及文书、账户和讯息的加盐哈希。",
    )
    unseen = Text(
        "Not on the chain: names, account numbers, grounds, this paper. They are in the sealed message to "
        "whom it concerns.",
        "不上链：姓名、账号、事由及本文书；仅载于发给有关机构的加密讯息。",
    )
    rows = [
        fact("request", Text("Request", "请求编号"), data(f"0x{matter.request.hex()}"), mono=True),
        *(
            fact("hold-id", Text("Hold", "措施编号"), data(f"0x{item.hold.hex()}"), mono=True)
            for item in (matter.items if len(matter.items) == 1 else ())
        ),
        fact("transaction", Text("Transaction", "交易"), data(act.transaction), mono=True),
        fact("block", Text("Block", "区块"), data(f"{act.block:,}")),
        fact("officer", Text("Sent by the key", "发送密钥"), data(act.officer), mono=True),
    ]
    return Section(
        "chain",
        Text("What the chain shows, and what it does not", "链上记载与未记载事项"),
        (Facts(tuple(rows)), Items((seen, unseen))),
    )


def signature(role: Text, name: str, detail: str = "") -> Section:
    """Room for a signature by hand."""
    return Section("signature", Text("Signature", "签署"), (Signatures((Signature(role, name, detail),)),))


def lead(*paragraphs: Text) -> Section:
    """What is done, in words; the first section."""
    return Section("act", Text("What is done", "事项"), tuple(Paragraph(text) for text in paragraphs))


def acted(matter: Matter, paragraph: Text, *rows: Fact) -> Section:
    """What is done, in words and facts; the first section."""
    return Section(
        "act",
        Text("What is done", "事项"),
        (Paragraph(paragraph), Facts((*request_facts(matter), *rows))),
    )


def amount_fact(key: str, label: Text, minor: int, item: Item) -> Fact:
    """An amount in the currency of a target."""
    return fact(key, label, amount(minor, item.currency))


def code_fact(key: str, label: Text, word: bytes) -> Fact:
    """The check code of a chain id."""
    return fact(key, label, data(code(word)), mono=True)


def hash_fact(key: str, label: Text, digest: bytes) -> Fact:
    """The hash of a document that travels outside the chain."""
    return fact(key, label, data(f"0x{digest.hex()}"), mono=True)


def office_fact(key: str, label: Text, office: Office) -> Fact:
    """An agency."""
    return fact(key, label, office.text)


def _label(matter: Matter) -> Text:
    measure, kind = matter.measure.label(), matter.asset_class.label()
    return Text(f"{measure.en}: {kind.en}", f"{measure.zh}：{kind.zh}")
