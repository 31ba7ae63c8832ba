# SPDX-License-Identifier: Apache-2.0
"""Papers of objections, reviews and dispositions."""

from __future__ import annotations

from typing import Final

from concordat.assets.papers import parts
from concordat.assets.papers.matter import Act, Item, Matter, Office
from concordat.assets.states import Outcome
from concordat.rendering.content import Document, Fact, Section, Text, data

_RECEIPT: Final = Text("A receipt, not a decision", "收件回执，并非决定")
_DECISION: Final = Text(
    "A record only; the decision is the document whose hash it gives",
    "仅为记录；决定内容以所列哈希对应的文书为准",
)


def objection(matter: Matter, act: Act, item: Item, number: int, grounds: bytes, review_by: int) -> Document:
    """An objection was received; until when it has to be decided."""
    text = Text(
        "The objection is recorded. An authority other than the one that asked for the hold decides on it. "
        "The hold goes on meanwhile.",
        "异议已登记，由请求机关以外的机关审查；审查期间措施继续有效。",
    )
    rows = (
        parts.fact("number", Text("Objection no.", "异议序号"), data(number)),
        parts.hash_fact("grounds", Text("Grounds, keccak256", "异议理由哈希（keccak256）"), grounds),
        parts.time_fact("review-by", Text("To be decided by", "审查期限"), review_by, matter),
    )
    title = Text("Receipt of an objection", "异议收件回执")
    return _about(matter, act, item, "objection-receipt", title, _RECEIPT, "OBJ", text, *rows)


def review(
    matter: Matter,
    act: Act,
    item: Item,
    office: Office,
    number: int,
    outcome: Outcome,
    released: int,
    decision: bytes,
) -> Document:
    """An objection was decided.

    Args:
        matter: what it is about.
        act: the review.
        item: the target.
        office: who decided.
        number: of the objection.
        outcome: what was decided.
        released: minor units that were let go by it.
        decision: hash of the decision, 32 bytes.
    """
    label = outcome.label()
    text = Text(
        "The objection is decided. What is upheld is released in the same act, without any further one, and "
        "counted in the record of the agency that had asked.",
        "异议已作出决定。异议成立部分即时解除控制，无须其他行为，并计入请求机关的记录。",
    )
    rows = (
        parts.office_fact("by", Text("Decided by", "审查机关"), office),
        parts.fact("number", Text("Objection no.", "异议序号"), data(number)),
        parts.fact("outcome", Text("Outcome", "结果"), Text(label.en, label.zh)),
        parts.amount_fact("released", Text("Released", "解除金额"), released, item),
        parts.hash_fact("decision", Text("Decision, keccak256", "决定书哈希（keccak256）"), decision),
    )
    title = Text("Decision on an objection", "异议审查决定通知书")
    return _about(matter, act, item, "review", title, _DECISION, "REV", text, *rows)


def disposition(
    matter: Matter,
    act: Act,
    item: Item,
    office: Office,
    to_return: int,
    forfeited: int,
    released: int,
    judgment: bytes,
) -> Document:
    """A court decided on all that is held. Amounts in minor units; arguments as :func:`review`."""
    text = Text(
        "The court has decided on all that is held. What goes back to victims stays held until it is paid to "
        "them under a restitution plan; what is released is released now.",
        "法院已就全部在控财产作出处理。应返还被害人部分继续控制，直至依返还方案支付；解除部分即时解除。",
    )
    rows = (
        parts.office_fact("by", Text("Court", "法院"), office),
        parts.amount_fact("return", Text("To victims", "返还被害人"), to_return, item),
        parts.amount_fact("forfeited", Text("Forfeited", "没收"), forfeited, item),
        parts.amount_fact("released", Text("Released", "解除"), released, item),
        parts.hash_fact("judgment", Text("Judgment, keccak256", "裁判文书哈希（keccak256）"), judgment),
    )
    title = Text("Disposition", "涉案财物处理通知书")
    return _about(matter, act, item, "disposition", title, _DECISION, "DSP", text, *rows)


def _about(
    matter: Matter,
    act: Act,
    item: Item,
    kind: str,
    title: Text,
    statement: Text,
    suffix: str,
    text: Text,
    *rows: Fact,
) -> Document:
    narrow = matter.of((item,))
    to = parts.office_fact("institution", Text("Institution", "协助机构"), item.institution)
    sections: tuple[Section | None, ...] = (
        parts.acted(narrow, text, to, *rows),
        parts.targets(narrow, full=False),
    )
    return parts.paper(narrow, act, kind, title, statement, sections, suffix=f"{suffix}{item.number}")
