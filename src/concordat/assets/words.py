# SPDX-License-Identifier: Apache-2.0
"""The fixed words of freezing: measures, asset classes, kinds of answers, reasons of refusal, in English and
Chinese.

The numbers are those of the contracts (``interfaces/assets/IHolds.sol``,
``contracts/types/ProfileKey.sol``); the codes of refusals are this project's own list, as no published one
covers them. None is ever renumbered.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum, unique
from typing import Final

from concordat.evidence.laws import Text


@unique
class Measure(IntEnum):
    """What is to be done with the asset."""

    STOP_PAYMENT = 1
    FREEZE = 2
    SEIZE = 3
    SEAL = 4

    def label(self) -> Text:
        """Its name for people."""
        return _MEASURES[self]


@unique
class AssetClass(IntEnum):
    """Class of the asset, as far as laws treat classes differently."""

    CASH = 1
    SECURITIES = 2
    EQUITY = 3
    REAL_ESTATE = 4
    VEHICLE = 5
    PRECIOUS_METAL = 6
    JEWELLERY = 7
    VIRTUAL_ASSET = 8
    INSURANCE = 9

    def label(self) -> Text:
        """Its name for people."""
        return _CLASSES[self]


@unique
class PeriodUnit(StrEnum):
    """Units in which laws count periods."""

    HOURS = "HOURS"
    DAYS = "DAYS"
    WORKING_DAYS = "WORKING_DAYS"
    MONTHS = "MONTHS"
    YEARS = "YEARS"

    def label(self) -> Text:
        """Its name for people, after a number."""
        return _UNITS[self]


@unique
class AnswerKind(IntEnum):
    """What an institution answers; ``AnswerKind`` of the contract, where 0 is none."""

    DELIVERED = 1
    ACKNOWLEDGED = 2
    HELD = 3
    HELD_PART = 4
    NOT_FOUND = 5
    NO_FUNDS = 6
    MOVED_ON = 7
    MISMATCH = 8
    UNREADABLE = 9
    REFUSED = 10
    BEHIND = 11

    def label(self) -> Text:
        """Its name for people."""
        return _KINDS[self]

    @property
    def takes(self) -> bool:
        """Whether something is held by it, which a second officer confirms."""
        return self in (AnswerKind.HELD, AnswerKind.HELD_PART)

    @property
    def is_outcome(self) -> bool:
        """Whether it says what became of the request, and not only that it arrived or cannot be read."""
        return self not in (AnswerKind.DELIVERED, AnswerKind.ACKNOWLEDGED, AnswerKind.UNREADABLE)


@unique
class Refusal(IntEnum):
    """Why an institution refuses, or a domestic authority declines to endorse."""

    NOT_ENDORSED = 1
    NO_LEGAL_BASIS = 2
    NOT_COMPETENT = 3
    FORMAL_DEFECT = 4
    PERIOD_BEYOND_LAW = 5
    EXEMPT_MONEY = 6
    PROTECTED_ACCOUNT = 7
    IMMUNITY = 8
    NAMED_TWICE = 9
    CONTRARY_COURT_ORDER = 10
    ENDED_BEFORE_ANSWER = 11
    NOT_AUTHENTIC = 12
    NOT_POSSIBLE = 13
    RECIPROCITY_OR_SOVEREIGNTY = 14
    OTHER = 99

    def label(self) -> Text:
        """The sentence for people."""
        return _REFUSALS[self]


_MEASURES: Final[Mapping[Measure, Text]] = {
    Measure.STOP_PAYMENT: Text("stop-payment", "紧急止付"),
    Measure.FREEZE: Text("freeze", "冻结"),
    Measure.SEIZE: Text("seizure", "扣押"),
    Measure.SEAL: Text("seal", "查封"),
}
_CLASSES: Final[Mapping[AssetClass, Text]] = {
    AssetClass.CASH: Text("money in an account", "存款、汇款等资金"),
    AssetClass.SECURITIES: Text("bonds, shares, fund units", "债券、股票、基金份额"),
    AssetClass.EQUITY: Text("equity in a company", "股权"),
    AssetClass.REAL_ESTATE: Text("real estate", "不动产"),
    AssetClass.VEHICLE: Text("vehicle", "车辆"),
    AssetClass.PRECIOUS_METAL: Text("precious metal", "贵金属"),
    AssetClass.JEWELLERY: Text("jewellery", "珠宝"),
    AssetClass.VIRTUAL_ASSET: Text("virtual asset", "虚拟资产"),
    AssetClass.INSURANCE: Text("insurance policy", "保单权益"),
}
_UNITS: Final[Mapping[PeriodUnit, Text]] = {
    PeriodUnit.HOURS: Text("hours", "小时"),
    PeriodUnit.DAYS: Text("days", "日"),
    PeriodUnit.WORKING_DAYS: Text("working days", "个工作日"),
    PeriodUnit.MONTHS: Text("months", "个月"),
    PeriodUnit.YEARS: Text("years", "年"),
}
_KINDS: Final[Mapping[AnswerKind, Text]] = {
    AnswerKind.DELIVERED: Text("Delivered", "已送达"),
    AnswerKind.ACKNOWLEDGED: Text("Acknowledged", "已签收"),
    AnswerKind.HELD: Text("Held in full", "已全额控制"),
    AnswerKind.HELD_PART: Text("Held in part", "已部分控制"),
    AnswerKind.NOT_FOUND: Text("No such account", "查无此账户"),
    AnswerKind.NO_FUNDS: Text("Nothing to hold", "无可控制资金"),
    AnswerKind.MOVED_ON: Text("Moved on", "资金已转出"),
    AnswerKind.MISMATCH: Text("Name, number, amount or time do not match", "户名、账号、金额或时间不符"),
    AnswerKind.UNREADABLE: Text("The message cannot be read", "请求无法读取"),
    AnswerKind.REFUSED: Text("Refused", "不予办理"),
    AnswerKind.BEHIND: Text("Waits behind an earlier hold", "轮候"),
}
_REFUSALS: Final[Mapping[Refusal, Text]] = {
    Refusal.NOT_ENDORSED: Text(
        "A foreign request that no domestic authority has endorsed.", "境外请求未经本国主管机关认可。"
    ),
    Refusal.NO_LEGAL_BASIS: Text(
        "The legal basis given does not carry this measure.", "所引法律依据不支持该措施。"
    ),
    Refusal.NOT_COMPETENT: Text(
        "The agency or officer is not entitled to order it.", "请求机关或者人员无权作出该措施。"
    ),
    Refusal.FORMAL_DEFECT: Text(
        "The request lacks something that the law requires of it.", "请求缺少法定内容或者形式不合格。"
    ),
    Refusal.PERIOD_BEYOND_LAW: Text(
        "The period asked is longer than the law allows.", "请求期限超过法定上限。"
    ),
    Refusal.EXEMPT_MONEY: Text(
        "The money is exempt by law (wages, subsistence, benefits).",
        "属于依法不得控制的款项（工资、生活费、救济金等）。",
    ),
    Refusal.PROTECTED_ACCOUNT: Text(
        "The account is protected by law (treasury, clearing, margin, court).",
        "属于依法受保护的账户（财政、清算、保证金、法院等）。",
    ),
    Refusal.IMMUNITY: Text("The holder enjoys immunity.", "账户持有人享有豁免权。"),
    Refusal.NAMED_TWICE: Text(
        "The same request was carried out already under another number.", "同一请求已以其他编号办理。"
    ),
    Refusal.CONTRARY_COURT_ORDER: Text("A court ordered the contrary.", "与法院裁定相抵触。"),
    Refusal.ENDED_BEFORE_ANSWER: Text(
        "The request was withdrawn or had lapsed before it could be carried out.",
        "请求在办理前已撤回或者失效。",
    ),
    Refusal.NOT_AUTHENTIC: Text(
        "The call-back did not confirm that the request is authentic.", "经回拨核实，请求真实性未获确认。"
    ),
    Refusal.NOT_POSSIBLE: Text(
        "The institution has no means to hold this asset.", "本机构在技术上无法控制该资产。"
    ),
    Refusal.RECIPROCITY_OR_SOVEREIGNTY: Text(
        "Reciprocity, sovereignty, security or public interest forbid it.",
        "违反对等原则，或者有损主权、安全、公共利益。",
    ),
    Refusal.OTHER: Text("Another reason, given in words.", "其他理由，另行说明。"),
}
