# SPDX-License-Identifier: Apache-2.0
"""A request on paper with two targets, as tests write and change it. All names are invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orders import ORDER

from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.orders.notice import Notice
from concordat.assets.orders.orderfile import parse
from concordat.assets.papers import decisions, holder, orders, slips
from concordat.assets.papers.matter import Act, Item, Matter, Office
from concordat.assets.returnstates import Method
from concordat.assets.states import Outcome, ReleaseReason, Scope
from concordat.assets.values.money import parse as money
from concordat.assets.values.periods import Rule
from concordat.assets.words import AnswerKind, AssetClass, Measure, PeriodUnit, Refusal
from concordat.rendering.content import Document, Text

AT = 1_763_600_400  # 2025-11-20T01:00:00Z
POLICE, BANK, OTHER = Office(1, "MY-PDRM"), Office(2, "SG-BANK-A"), Office(3, "SG-BANK-B")
AUTHORITY, COURT = Office(4, "SG-ASC"), Office(5, "SG-COURT")
ACT = Act(AT, "0x" + "aB" * 20, "0x" + "cd" * 32, 1042)
WORD = bytes(range(32))
NUMBERS = ("GB33BUKB20201555555555", "0123456")
HOLDERS = ("Example Holder", "Other Holder")


def matter(**changes: Any) -> Matter:
    """The order of ``orders.py`` as a request."""
    order = changes.pop("order", parse(ORDER, "order.yaml"))
    targets = order.targets if order else (None, None)
    items = (
        Item(1, b"\x11" * 32, BANK, 123_450, 702, Scope(0), targets[0]),
        Item(2, b"\x22" * 32, OTHER, 0, 702, Scope.WHOLE | Scope.LATER_CREDITS, targets[1]),
    )
    given: dict[str, Any] = {
        "request": b"\x5f\x2c\x91\xa0" * 8,
        "agency": POLICE,
        "writer": POLICE,
        "measure": Measure.STOP_PAYMENT,
        "asset_class": AssetClass.CASH,
        "jurisdiction": "SG",
        "period": 172_800,
        "items": items,
        "order": order,
        "rule": Rule(PeriodUnit.HOURS, 48, zone="Asia/Singapore"),
        "law": (Text("A law, s. 1", "某法第1条"), Text("It says so.", "法律如此规定。")),
        "generator": "concordat-ledger test",
    }
    return Matter(**{**given, **changes})


def notice() -> Notice:
    """A notice; its words are invented."""
    return Notice(1337, WORD, "0x" + "11" * 20, WORD, WORD[::-1], b"\x07" * 32, b"\x08" * 32)


def answers(whole: Matter) -> list[slips.Said]:
    """Held in part with the rest moved on, and refused."""
    moved = MovedOn("Bank Elsewhere", money("SGD 34.50"), AT, bic="BUKBGB22")
    told = Answer(
        "0x" + "11" * 32,
        AnswerKind.HELD_PART,
        "desk 7",
        executed_at=AT,
        held=money("SGD 1,200.00"),
        moved_on=(moved,),
        remarks="The rest left\nbefore.",
    )
    one, two = whole.items
    return [
        slips.Said(one, AnswerKind.HELD_PART, 120_000, until=AT + 172_800, answer=told),
        slips.Said(two, AnswerKind.REFUSED, code=Refusal.EXEMPT_MONEY),
    ]


def payment(**changes: Any) -> slips.Payment:
    """A payment to one claim."""
    given: dict[str, Any] = {
        "plan": WORD,
        "claim": WORD[::-1],
        "payment": b"\x09" * 32,
        "planner": POLICE,
        "payer": BANK,
        "method": Method.PRO_RATA,
        "decided": True,
        "source": 1,
        "amount": 5_000,
        "currency": 702,
        "share": 9_000,
        "paid": 5_000,
    }
    return slips.Payment(**{**given, **changes})


def every(whole: Matter) -> Iterator[Document]:
    """One paper of every kind."""
    one = whole.items[0]
    yield orders.order(whole.at(2), ACT)
    yield orders.ratification(whole, ACT, COURT)
    yield orders.endorsement(whole, ACT, AUTHORITY)
    yield orders.declining(whole, ACT, AUTHORITY, Refusal.NO_LEGAL_BASIS)
    yield orders.withdrawal(whole.at(2), ACT, POLICE, ReleaseReason.FULFILLED)
    yield orders.renewal(whole, ACT, one, POLICE, AT + 999, WORD)
    yield orders.release(whole, ACT, one, POLICE, 123_450, 0, ReleaseReason.UNRELATED)
    yield orders.release(whole, ACT, one, POLICE, 450, 123_000, ReleaseReason.EXEMPT_MINIMUM)
    yield slips.answer(whole, ACT, answers(whole))
    yield slips.payment(payment(), ACT, "concordat-ledger test")
    yield decisions.objection(whole, ACT, one, 1, WORD, AT + 86_400)
    yield decisions.review(whole, ACT, one, AUTHORITY, 1, Outcome.UPHELD_IN_PART, 100, WORD)
    yield decisions.disposition(whole, ACT, one, COURT, 100_000, 20_000, 3_450, WORD)
    yield holder.notice(whole, ACT, one, notice(), AT + 172_800)
