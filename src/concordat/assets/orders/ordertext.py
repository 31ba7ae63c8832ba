# SPDX-License-Identifier: Apache-2.0
"""An order as text, written from another one: for money that moved on, the next order, prefilled.

What the earlier order says of case, grounds and officer is taken over; a new number, and whatever nobody here
can know (the holder's name, an institution that is no member), stays empty for the officer to fill in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from concordat.assets.orders.order import FORMAT, Order, Payment, Target


@dataclass
class Draft:
    """An order to be filled in.

    Attributes:
        before: the earlier order.
        jurisdiction: of the institutions.
        agency: short name of the own agency; "" for its number.
        targets: each with the name of its institution; number 0: it is no member by that name.
    """

    before: Order
    jurisdiction: str
    agency: str = ""
    targets: list[tuple[Target, str]] = field(default_factory=list)


def write(draft: Draft) -> str:
    """The text, YAML 1.2. What is empty is to be filled in, and refused as it is."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    order = draft.before
    yield f"# Follows the order {_said(order.number)}: the money moved on. Fill in what is empty."
    yield f"concordat: {FORMAT}"
    yield "number:  # of the new order, as on the paper"
    yield f"case: {_text(order.case)}"
    yield f"measure: {order.measure.name}"
    yield f"asset_class: {order.asset_class.name}"
    yield f"jurisdiction: {draft.jurisdiction}"
    yield f"agency: {_text(draft.agency) if draft.agency else order.agency}"
    yield "officer:"
    yield from _fields("  ", order.officer.as_json())
    yield "legal_basis:"
    for basis in order.legal_basis:
        first, *rest = _fields("    ", basis.as_json())
        yield f"  - {first.strip()}"
        yield from rest
    yield f"grounds: {_text(order.grounds)}"
    yield f"period: {{count: {order.period.count}, unit: {order.period.unit.value}}}"
    yield f"confidential: {_flag(order.confidential)}"
    if order.confidential_until is not None:
        yield f"confidential_until: {_moment(order.confidential_until)}"
    yield "targets:"
    for target, name in draft.targets:
        yield from _target(target, name)


def _target(target: Target, name: str) -> Iterator[str]:
    if target.institution:
        yield f"  - institution: {target.institution}  # {_said(name)}"
    else:
        yield f"  - institution:  # {_said(name)} is no member by that name"
    yield f"    account: {_text(target.account.canonical)}"
    if target.holder:
        yield f"    holder: {_text(target.holder)}"
    else:
        yield "    holder:  # name of the account holder, as far as known"
    if target.amount:
        yield f"    amount: {target.amount.format('en')}"
    elif target.currency:
        yield f"    whole_balance: {target.currency.alpha}"
    scope = target.scope
    yield f"    scope: {{later_credits: {_flag(scope.later_credits)}, interest: {_flag(scope.interest)}}}"
    if target.payment:
        yield "    payment:"
        yield from _payment(target.payment)
    if target.follows:
        yield f"    follows: {_text(target.follows)}"


def _payment(payment: Payment) -> Iterator[str]:
    if payment.amount:
        yield f"      amount: {payment.amount.format('en')}"
    if payment.value_time is not None:
        yield f"      value_time: {_moment(payment.value_time)}"
    named = {
        "uetr": payment.uetr,
        "end_to_end_id": payment.end_to_end_id,
        "transaction_hash": payment.transaction_hash,
        "payer": payment.payer and payment.payer.canonical,
        "payee": payment.payee and payment.payee.canonical,
    }
    yield from _fields("      ", {key: value for key, value in named.items() if value})


def _fields(indent: str, values: dict[str, Any]) -> list[str]:
    return [f"{indent}{key}: {_text(value)}" for key, value in values.items()]


def _text(value: str) -> str:
    """In double quotes, as JSON writes it, which YAML reads alike; nothing in it can end the line."""
    return json.dumps(value, ensure_ascii=False)


def _said(value: str) -> str:
    """Within a comment: one line, and nothing that could be taken for more."""
    return " ".join(_text(value).split())


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
