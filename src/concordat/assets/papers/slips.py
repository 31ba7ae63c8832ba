# SPDX-License-Identifier: Apache-2.0
"""Slips of those who act on money: what an institution answered, and what was paid back to a victim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.papers import parts
from concordat.assets.papers.matter import Act, Item, Matter, Office, amount, code, moment
from concordat.assets.returnstates import Method
from concordat.assets.words import AnswerKind, Refusal
from concordat.rendering.content import (
    LIMIT,
    Block,
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

_ANSWER: Final = Text("A record of an answer, not a ruling", "对答复的记录，并非裁判")
_PAYMENT: Final = Text(
    "A payment as its payer declared it, not a receipt of the payee", "付款方申报的付款，并非收款人收据"
)


@dataclass(frozen=True)
class Said:
    """One answer as the chain has it, with what the institution told besides.

    Attributes:
        amount: held, minor units.
        code: why it was refused; else None.
        until: end of the hold, seconds since 1970 UTC; 0 if nothing is held.
        answer: None where the writer does not have it.
    """

    item: Item
    kind: AnswerKind
    amount: int = 0
    code: Refusal | None = None
    until: int = 0
    answer: Answer | None = field(default=None, repr=False)


def answer(matter: Matter, act: Act, said: Sequence[Said]) -> Document:
    """What an institution answered in one transaction about targets of one request."""
    narrow = matter.of(each.item for each in said)
    text = Text(
        "The institution answered as follows. An outcome counts once a second officer of the institution "
        "confirmed it; if nobody does in time, it lapses.",
        "协助机构答复如下。答复经该机构第二人复核后生效；逾期未复核即失效。",
    )
    rows = tuple(
        parts.office_fact(f"by-{n}", Text("Institution", "协助机构"), office)
        for n, office in enumerate(narrow.institutions(), 1)
    )
    return parts.paper(
        narrow,
        act,
        "answer",
        Text("Answer", "协助措施回执"),
        _ANSWER,
        (
            parts.acted(narrow, text, *rows),
            _answers(narrow, said),
            _moved(said),
            parts.secrecy(narrow),
            parts.signature(Text("For the institution", "协助机构经办人"), ""),
        ),
        suffix="ANS",
    )


def _answers(matter: Matter, said: Sequence[Said]) -> Section:
    columns = (
        Column("n", Text("No.", "序号"), 7),
        Column("account", Text("Account or thing", "账户或财物"), 28),
        Column("answer", Text("Answer", "答复"), 39),
        Column("until", Text("Held until", "控制至"), 26),
    )
    rows = tuple(
        (
            (data(each.item.number), data(code(each.item.hold))),
            (each.item.account(), Text(f"asked: {each.item.asked.en}", f"请求：{each.item.asked.zh}")),
            tuple(_outcome(each)),
            shown(moment(each.until), matter.zone) if each.until else (data("–"),),
        )
        for each in said[:LIMIT]
    )
    return Section("answers", Text("Answers", "答复内容"), (Table("answers", columns, rows),))


def _outcome(each: Said) -> list[Text]:
    label = each.kind.label()
    lines = [Text(label.en, label.zh)]
    if each.kind.takes:
        lines.append(amount(each.amount, each.item.currency))
    if each.code:
        lines.append(Text(each.code.label().en, each.code.label().zh))
    told = each.answer
    if told is None:
        return lines
    if told.balance:
        lines.append(Text(f"balance: {told.balance.format('en')}", f"余额：{told.balance.format('zh')}"))
    if told.remarks:
        lines.append(data(" ".join(told.remarks.split())))
    lines.append(Text(f"officer: {told.officer}", f"经办：{told.officer}"))
    return lines


def _moved(said: Sequence[Said]) -> Section | None:
    moves = [(each.item, move) for each in said if each.answer for move in each.answer.moved_on]
    if not moves:
        return None
    columns = (
        Column("n", Text("No.", "序号"), 7),
        Column("to", Text("To", "去向"), 41),
        Column("amount", Text("Amount", "金额"), 24),
        Column("at", Text("When", "时间"), 28),
    )
    rows = tuple(
        (
            (data(item.number),),
            tuple(_destination(move)),
            (Text(move.amount.format("en"), move.amount.format("zh")),),
            shown(moment(move.at)),
        )
        for item, move in moves[:LIMIT]
    )
    return Section("moved", Text("Where money went", "资金去向"), (Table("moved", columns, rows),))


def _destination(move: MovedOn) -> list[Text]:
    name = f"{move.institution} ({move.bic})" if move.bic else move.institution
    lines = [data(name)]
    if move.account:
        lines.append(data(move.account.canonical))
    for label, value in (("UETR", move.uetr), ("Tx", move.transaction_hash)):
        if value:
            lines.append(data(f"{label} {value}"))
    return lines


@dataclass(frozen=True)
class Payment:
    """A payment to one claim. Amounts in minor units.

    Attributes:
        plan, claim, payment: ids and the salted hash of the payment's reference, 32 bytes each.
        source: number of the plan's source from which it was paid, from 1.
        share, paid: of the claim: what it gets in all, and what of it was paid with this.
        victim: the planner's reference; "" where the writer does not have it.
        payee: account, masked; "" where the writer does not have it.
        reference: UETR or end-to-end id of the payment; "" where the writer does not have it.
        decided: by a court; else by decision before judgment.
    """

    plan: bytes
    claim: bytes
    payment: bytes
    planner: Office
    payer: Office
    method: Method
    decided: bool
    source: int
    amount: int
    currency: int
    share: int
    paid: int
    number: str = ""
    case: str = ""
    victim: str = ""
    payee: str = ""
    reference: str = ""


def payment(given: Payment, act: Act, generator: str) -> Document:
    """A payment back to a victim."""
    label = given.method.label()
    basis = (
        Text("judgment of a court", "法院判决")
        if given.decided
        else Text("decision before judgment, where the law lets it", "依法于判决前作出的返还决定")
    )
    known = (
        ("victim", Text("Claim of", "申报人编号"), given.victim),
        ("payee", Text("Paid to", "收款账户"), given.payee),
        ("reference", Text("Reference of the payment", "付款参考号"), given.reference),
    )
    rows = (
        parts.office_fact("planner", Text("Agency that distributes", "返还决定机关"), given.planner),
        parts.office_fact("payer", Text("Paid by", "付款机构"), given.payer),
        *(parts.fact(key, label, data(value)) for key, label, value in known if value),
        parts.fact("amount", Text("Paid now", "本次付款"), amount(given.amount, given.currency)),
        parts.fact("paid", Text("Paid in all", "累计已付"), amount(given.paid, given.currency)),
        parts.fact("share", Text("Share of the claim", "应返还份额"), amount(given.share, given.currency)),
        parts.fact("method", Text("Method", "分配方式"), Text(label.en, label.zh)),
        parts.fact("basis", Text("Basis", "依据"), basis),
    )
    confirm = Text(
        "The victim confirms with the key of the slip that the money came; a paper receipt serves as well. "
        "A later payment is confirmed anew.",
        "被害人可使用凭条所附密钥确认收款，亦可出具书面收据；后续付款须另行确认。",
    )
    return Document(
        kind="restitution-payment/1",
        title=Text("Record of a payment", "返还付款凭证"),
        number=f"{given.number or '0x' + given.plan.hex()[:8]}/PAY-{act.block}-{code(given.claim)[:4]}",
        agency=given.payer.text,
        case=given.case,
        case_title="",
        dated=moment(act.at),
        generator=generator,
        statement=_PAYMENT,
        review=basis,
        sections=(
            Section("act", Text("What is done", "事项"), (Facts(rows), Paragraph(confirm, Tone.NOTE))),
            _payment_check(given),
            _payment_public(given, act),
        ),
        reviewed=Text("Basis", "依据"),
    )


def _payment_check(given: Payment) -> Section:
    blocks: tuple[Block, ...] = (
        Facts(
            (
                parts.code_fact("code", Text("Check code of the plan", "方案核验码"), given.plan),
                parts.code_fact("claim", Text("Check code of the claim", "申报核验码"), given.claim),
            )
        ),
        Items(
            (
                Text(
                    "Compare codes, amounts and state with what a member's own client shows for the plan:",
                    "请以成员单位自有客户端查询该方案，核对核验码、金额和状态：",
                ),
            )
        ),
        Code((f"concordat restitution show 0x{given.plan.hex()[:16]}",)),
    )
    return Section("check", Text("How to check this paper", "文书核验"), blocks)


def _payment_public(given: Payment, act: Act) -> Section:
    rows = (
        parts.hash_fact("plan", Text("Plan", "方案编号"), given.plan),
        parts.hash_fact("claim-id", Text("Claim", "申报编号"), given.claim),
        parts.hash_fact("payment", Text("Payment, salted hash", "付款加盐哈希"), given.payment),
        parts.fact("source", Text("Source", "资金来源"), data(f"#{given.source}")),
        parts.fact("transaction", Text("Transaction", "交易"), data(act.transaction), mono=True),
        parts.fact("block", Text("Block", "区块"), data(f"{act.block:,}")),
    )
    public = Text(
        "On the chain: amounts, sums and times. Not on the chain: who the victim is, and to which account "
        "was paid.",
        "链上记载：金额、合计与时间；不上链：被害人身份及收款账户。",
    )
    return Section(
        "chain",
        Text("What the chain shows, and what it does not", "链上记载与未记载事项"),
        (Facts(rows), Paragraph(public)),
    )
