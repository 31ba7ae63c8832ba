# SPDX-License-Identifier: Apache-2.0
"""The columns of the workbook that a bank fills in, and what stands in the request's part of each row.

Nothing in it looks like a number or a date to a spreadsheet program: accounts and amounts begin with letters
(``iban:``, ``SGD``), so that opening and saving mangles neither leading zeros nor long numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from concordat.assets.orders.order import Period, Target
from concordat.assets.words import AnswerKind, Measure, Refusal

SHEET: Final = "Requests"
CODES: Final = "Codes"
MORE: Final = "MORE"
"""In place of a kind: this row only gives another destination for the answer of the same number."""
SPARE_ROWS: Final = 40
"""Empty rows at the end, for further destinations."""
KINDS: Final = (*(kind.name for kind in AnswerKind if kind is not AnswerKind.DELIVERED), MORE)
REASONS: Final = tuple(code.name for code in Refusal)

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class BookRow:
    """One request as it stands in the workbook.

    Attributes:
        hold: its key, 0x and 64 digits.
        order: number of the order.
        case: case reference.
        reply_by: seconds since 1970 UTC.
        contact: for call-back.

    """

    hold: str
    order: str
    case: str
    measure: Measure
    period: Period
    reply_by: int
    contact: str
    target: Target


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading in both languages, its width, and whether the bank fills it in."""

    key: str
    title: str
    width: int
    fill: bool = False


COLUMNS: Final = (
    Column("no", "No. 序号", 7),
    Column("order", "Order 文号", 20),
    Column("case", "Case 案件", 12),
    Column("measure", "Measure 措施", 14),
    Column("reply_by", "Reply by 答复期限", 22),
    Column("account", "Account 账户", 38),
    Column("holder", "Holder 户名", 24),
    Column("asked", "Asked 控制金额", 22),
    Column("scope", "Scope 范围", 26),
    Column("period", "Period 期限", 12),
    Column("payment", "Payment 付款", 46),
    Column("contact", "Call back 回拨", 24),
    Column("hold", "Hold 编号", 24),
    Column("kind", "Answer 答复", 16, fill=True),
    Column("code", "Reason of refusal 拒绝理由", 22, fill=True),
    Column("executed_at", "Held at 控制时间", 26, fill=True),
    Column("held", "Amount held 已控制金额", 18, fill=True),
    Column("balance", "Balance 余额", 16, fill=True),
    Column("earlier", "Earlier hold 在先编号", 20, fill=True),
    Column("moved_institution", "Moved to institution 转入机构", 24, fill=True),
    Column("moved_bic", "Moved to BIC 转入机构代码", 14, fill=True),
    Column("moved_account", "Moved to account 转入账户", 34, fill=True),
    Column("moved_amount", "Amount moved 转出金额", 18, fill=True),
    Column("moved_at", "Moved at 转出时间", 26, fill=True),
    Column("moved_reference", "UETR or transaction hash 付款标识", 36, fill=True),
    Column("officer", "Officer 经办人编号", 14, fill=True),
    Column("remarks", "Remarks 备注", 40, fill=True),
)
INDEX: Final = {column.key: number for number, column in enumerate(COLUMNS)}
ASKED: Final = tuple(column.key for column in COLUMNS if not column.fill)
FILLED: Final = tuple(column.key for column in COLUMNS if column.fill)
MOVED: Final = tuple(key for key in FILLED if key.startswith("moved_"))
PRIVATE: Final = frozenset({"account", "moved_account", "holder", "payment"})
"""Columns whose contents no message repeats."""


def request_cells(number: int, row: BookRow) -> tuple[str, ...]:
    """Text of the request's columns, in their order."""
    target = row.target
    asked = f"{target.currency.alpha} whole balance 全部余额" if target.currency else "whole 整体"
    scope = (
        f"later credits 后续入账: {_yes(target.scope.later_credits)}",
        f"interest 孳息: {_yes(target.scope.interest)}",
    )
    measure = row.measure.label()
    return tuple(
        clean(text)
        for text in (
            str(number),
            row.order,
            row.case,
            f"{measure.en} {measure.zh}",
            utc(row.reply_by),
            target.account.canonical,
            target.holder or "",
            target.amount.format("en") if target.amount else asked,
            "; ".join(scope),
            f"{row.period.text('en')} {row.period.text('zh')}",
            _payment(target),
            row.contact,
            row.hold,
        )
    )


def utc(seconds: int) -> str:
    """Time in UTC, as it is written and filled in."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clean(text: str) -> str:
    """Text without what no workbook can hold, in one line."""
    return " ".join(_UNWRITABLE.sub("\ufffd", text).split())


def guarded(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: an apostrophe before what would begin one."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _yes(flag: bool) -> str:
    return "yes 是" if flag else "no 否"


def _payment(target: Target) -> str:
    payment = target.payment
    if payment is None:
        return ""
    parts = (
        payment.amount and payment.amount.format("en"),
        payment.value_time is not None and utc(payment.value_time),
        payment.uetr and f"UETR {payment.uetr}",
        payment.end_to_end_id and f"end-to-end {payment.end_to_end_id}",
        payment.transaction_hash,
        payment.payer and f"from {payment.payer.canonical}",
        payment.payee and f"to {payment.payee.canonical}",
    )
    return "; ".join(part for part in parts if part)
