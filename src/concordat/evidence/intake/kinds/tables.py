# SPDX-License-Identifier: Apache-2.0
"""What the columns of a table mean, from their headings and from what stands below them.

Statements and call records differ from bank to bank and carrier to carrier, so no layout is known by name:
a column is taken for what its heading says in English, Chinese or Malay, and the rows must bear that out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_ROWS = 200
_CELL = 4096
_HEADING_WITHIN = 40
_DELIMITERS = ",;\t|"
_NOISE = re.compile(r"[\s_\-./()（）\[\]:：\"'*#]+")

# Meaning of a column: headings, normalised, one of which must be found in it. Longer ones are tried first.
MEANINGS: Mapping[str, tuple[str, ...]] = {
    "amount": (
        "amount", "amt", "debit", "credit", "withdrawal", "deposit", "paidin", "paidout", "金额",
        "收入", "支出", "借方", "贷方", "发生额", "交易额", "valuein", "valueout", "jumlah",
        "amaun", "keluar", "masuk", "value",
    ),
    "balance": ("balance", "余额", "结余", "baki"),
    "account": (
        "account", "acct", "iban", "cardno", "cardnumber", "账号", "帐号", "账户", "卡号", "akaun",
        "walletaddress",
    ),
    "party": (
        "counterparty", "payee", "payer", "beneficiary", "remitter", "debtor", "creditor", "对方", "交易对手",
        "收款", "付款", "户名", "penerima", "pembayar", "merchant", "商户",
    ),
    "reference": (
        "transactionid", "transactionno", "reference", "txnid", "txid", "txhash", "transactionhash", "uetr",
        "endtoend", "流水号", "交易单号", "订单号", "摘要", "附言", "rujukan", "particulars", "narration",
        "description", "remark", "memo",
    ),
    "currency": ("currency", "ccy", "币种", "matawang"),
    "time": (
        "datetime", "timestamp", "date", "time", "时间", "日期", "tarikh", "masa", "startedat", "posted",
    ),
    "calling": (
        "callingnumber", "callingparty", "caller", "anumber", "aparty", "msisdna", "主叫", "本机号码",
        "servednumber",
        "msisdn", "originating", "fromnumber", "nomborpemanggil",
    ),
    "called": (
        "callednumber", "calledparty", "callee", "bnumber", "bparty", "msisdnb", "被叫", "对方号码",
        "dialled", "dialed",
        "terminating", "tonumber", "othernumber", "nombordipanggil",
    ),
    "duration": ("duration", "talktime", "seconds", "通话时长", "时长", "tempoh"),
    "cell": ("cellid", "lac", "cgi", "ecgi", "imei", "imsi", "基站", "小区", "站址"),
    "calltype": ("calltype", "callkind", "通话类型", "呼叫类型", "direction", "servicetype", "业务类型"),
    "address": (
        "ipaddress", "ipaddr", "clientip", "remoteaddr", "srcip", "sourceip", "dstip", "ip地址",
        "登录ip", "ip",
    ),
    "sender": (
        "sender", "author", "nickname", "发送人", "发送者", "昵称", "发言人", "talker", "pengirim",
        "from", "username",
    ),
    "message": ("message", "content", "strcontent", "消息", "内容", "mesej", "text", "body"),
}  # fmt: skip
_BY_LENGTH = sorted(
    ((heading, meaning) for meaning, headings in MEANINGS.items() for heading in headings),
    key=lambda pair: -len(pair[0]),
)
_EXACT_ONLY = frozenset({"ip", "from", "text", "body", "value", "lac", "cgi", "content", "seconds"})
_NUMBER = re.compile(
    r"[+-]?(?:[A-Z]{3} ?|[¥￥$€£] ?|RM ?)?[+-]?\d[\d,' ]*(?:[.,]\d{1,8})?(?: ?(?:元|CR|DR|[A-Z]{3}))?"
)
_PHONE = re.compile(r"\+?\d[\d \-*xX]{4,19}")
_TIME = re.compile(
    r"(?:(?:19|20)\d\d[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?"
    r"|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ](?:\d{4}|\d\d)|1\d{9}(?:\d{3})?)"
    r"(?:[T ,]*\d{1,2}:?\d\d(?::?\d\d)?(?:\.\d+)?(?: ?[AaPp][Mm])?(?:Z| ?[+-]\d\d:?\d\d)?)?"
)
_DURATION = re.compile(r"\d{1,7}(?:\.\d+)?|\d{1,3}:\d\d(?::\d\d)?|(?:\d+(?:小?时|分钟?|秒|h|m|s) ?)+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading was understood: meaning of each column ("" if none), and the first rows."""

    meanings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str

    def has(self, *wanted: str) -> bool:
        """Whether there is a column of every wanted meaning."""
        return all(meaning in self.meanings for meaning in wanted)

    def share(self, meaning: str, pattern: re.Pattern[str]) -> float:
        """Of the filled cells in columns of this meaning, the share that look right; 0 without any."""
        columns = [index for index, name in enumerate(self.meanings) if name == meaning]
        cells = [row[i].strip() for row in self.rows for i in columns if i < len(row) and row[i].strip()]
        return sum(1 for cell in cells if pattern.fullmatch(cell)) / len(cells) if cells else 0.0

    def column(self, meaning: str) -> list[str]:
        """Cells of the first column of this meaning."""
        at = self.meanings.index(meaning)
        return [row[at] for row in self.rows if at < len(row)]


NUMBER, PHONE, TIME, DURATION = _NUMBER, _PHONE, _TIME, _DURATION


def meaning_of(heading: str) -> str:
    """What a heading means, or ""."""
    plain = _NOISE.sub("", heading).casefold()
    if not plain or len(plain) > 60:
        return ""
    for known, meaning in _BY_LENGTH:
        if plain == known or (known in plain and known not in _EXACT_ONLY):
            return meaning
    return ""


def read_table(text: str) -> Table | None:
    """The table in a text, or None. Lines above the heading (name of the bank, period) are passed over."""
    lines = text.splitlines()[: _ROWS + _HEADING_WITHIN]
    for delimiter in _DELIMITERS:
        if sum(1 for line in lines if delimiter in line) < 2:
            continue
        rows = _rows(lines, delimiter)
        at = _heading(rows)
        if at is not None:
            width = len(rows[at])
            body = [row for row in rows[at + 1 :] if len(row) >= max(2, width - 2)]
            meanings = tuple(meaning_of(cell) for cell in rows[at])
            return Table(meanings, tuple(map(tuple, body[:_ROWS])), delimiter)
    return None


def understood(headings: Iterable[str]) -> frozenset[str]:
    """Meanings of a set of headings, such as the keys of JSON objects."""
    return frozenset(filter(None, map(meaning_of, headings)))


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader((line[:_CELL] for line in lines), delimiter=delimiter)
    while True:
        try:
            rows.append(next(reader))
        except StopIteration:
            return rows
        except csv.Error:
            continue


def _heading(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row in which at least three cells, and half of them, are known headings."""
    for at, row in enumerate(rows[:_HEADING_WITHIN]):
        filled = [cell for cell in row if cell.strip()]
        known = sum(1 for cell in filled if meaning_of(cell))
        if known >= 3 and known * 2 >= len(filled):
            return at
    return None
