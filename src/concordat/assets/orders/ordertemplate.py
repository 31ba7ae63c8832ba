# SPDX-License-Identifier: Apache-2.0
"""A commented order to fill in, for one measure in one jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from concordat.assets.orders.order import FORMAT
from concordat.assets.words import AssetClass, Measure, PeriodUnit
from concordat.errors import UsageError
from concordat.evidence.laws import Text
from concordat.evidence.places import EU, INTL, numeric, places
from concordat.language import chosen

UNITS: Final[Mapping[Measure, PeriodUnit]] = {
    Measure.STOP_PAYMENT: PeriodUnit.HOURS,
    Measure.FREEZE: PeriodUnit.MONTHS,
    Measure.SEIZE: PeriodUnit.MONTHS,
    Measure.SEAL: PeriodUnit.MONTHS,
}
"""What periods of a measure are mostly counted in."""
_BESIDE: Final = 34
_LONGEST: Final = 110

_HEAD: Final = Text(
    "Order. Fill in what is true and leave the rest empty; lines with # are comments. It leaves this machine "
    "only encrypted: to each institution its own targets, to the endorsing authority all.",
    "冻结类措施命令。如实填写，不适用的留空；以 # 开头的行为注释。"
    "内容仅加密发出：各机构只收到涉及本机构的对象，认可机关收到全部。",
)
_COMMENTS: Final[Mapping[str, Text]] = {
    "number": Text("Number of the order, as on the paper", "命令文号，与纸质文书一致"),
    "case": Text('Case reference, in quotes: "0317"', '案件编号，须加引号，如 "0317"'),
    "asset_class": Text("One of {classes}", "资产类别，下列之一：{classes}"),
    "jurisdiction": Text("Of the institutions; their law applies", "办理机构所在法域，适用其法律"),
    "agency": Text("Your agency: short name as admitted, or number", "贵机关登记的简称或者编号"),
    "officer": Text("Who orders it", "承办人员"),
    "officer.contact": Text("For call-back at any hour", "全天候回拨联系方式"),
    "legal_basis": Text(
        "Each article that it rests on; title may stay empty", "逐条列明法律依据；名称可留空"
    ),
    "grounds": Text("The facts, in your words; goes on under it, indented", "事实和理由；另起行时缩进"),
    "period": Text("As the law of the jurisdiction counts it", "期限，按该法域法律计算"),
    "period.unit": Text("One of {units}", "单位，下列之一：{units}"),
    "confidential": Text("true: nobody may tell the account holder", "true 表示不得告知账户持有人"),
    "confidential_until": Text("Time with offset; may stay empty", "保密截止时间（含时差），可留空"),
    "targets": Text("One entry for each account or thing", "每个账户或者财物一项"),
    "institution": Text("Its short name or number", "办理机构的简称或者编号"),
    "account": Text(
        "iban:..., account:BIC:NUMBER, card:..., eip155:CHAIN:0x..., tron:T..., bip122:..., asset:CLASS:...",
        "iban:...、account:机构代码:账号、card:...、eip155:链号:0x...、tron:T...、bip122:...、asset:类别:标识",
    ),
    "holder": Text("Name of the account holder or owner", "户名或者所有人姓名"),
    "amount": Text("Cap, as MYR 1,234.50", "控制金额上限，如 MYR 1,234.50"),
    "whole_balance": Text("Instead of amount: the currency, as MYR", "控制全部余额时改填币种，如 MYR"),
    "scope.later_credits": Text("Whether what comes in later is held too", "后续入账是否一并控制"),
    "scope.interest": Text("Whether interest is covered", "是否及于孳息"),
    "payment": Text("The payment that is stopped or followed", "所止付或者追踪的付款"),
    "payment.amount": Text("What was paid, as MYR 1,234.50", "付款金额，如 MYR 1,234.50"),
    "payment.value_time": Text("As 2026-11-22T09:30:00+08:00", "付款时间，如 2026-11-22T09:30:00+08:00"),
    "payment.payer": Text("Account of the payer, in the same form", "付款账户，格式同上"),
    "payment.payee": Text("Account of the payee", "收款账户"),
    "notice": Text("What the account holder is told once it may be told", "可告知时向账户持有人告知的内容"),
    "notice.language": Text("As en or zh", "语言，如 en 或者 zh"),
}
_PAYMENT: Final = ("amount", "value_time", "uetr", "end_to_end_id", "transaction_hash", "payer", "payee")


def template(measure: Measure, jurisdiction: str, *, lang: str | None = None) -> str:
    """Write an order to fill in.

    Args:
        measure: what is to be ordered.
        jurisdiction: code of the institutions' country, or EU.
        lang: language of the comments, ``en`` or ``zh``; by default the one that was chosen.

    Raises:
        UsageError: no such jurisdiction.

    """
    number = numeric(jurisdiction)
    if number >= INTL and number != EU:
        raise UsageError(
            "An order is carried out in a country, or in the EU.",
            code="order.jurisdiction",
            next="Name the country of the institutions, such as SG.",
        )
    return "\n".join(_lines(measure, jurisdiction, lang or chosen())) + "\n"


def _lines(measure: Measure, jurisdiction: str, lang: str) -> Iterator[str]:
    yield from _wrapped(_HEAD[lang])
    place = places()[numeric(jurisdiction)]
    yield f"# {measure.label()[lang]}, {place.zh if lang == 'zh' else place.en}"
    yield f"concordat: {FORMAT}"
    yield _line("number", lang)
    yield _line("case", lang)
    yield f"measure: {measure.name}"
    yield _line("asset_class", lang, value="CASH")
    yield _line("jurisdiction", lang, value=jurisdiction)
    yield _line("agency", lang)
    yield _line("officer", lang)
    yield from ("  name:", "  rank:", _line("officer.contact", lang), "  badge:")
    yield _line("legal_basis", lang)
    yield from ("  - law:", "    article:", "    title:")
    yield _line("grounds", lang)
    yield _line("period", lang)
    yield from ("  count:", _line("period.unit", lang, value=UNITS[measure].value))
    yield from (_line("confidential", lang, value="true"), _line("confidential_until", lang))
    yield from ("", _line("targets", lang))
    yield from _target(measure, lang)


def _target(measure: Measure, lang: str) -> Iterator[str]:
    yield "  - " + _line("institution", lang)
    yield from ("    " + _line(key, lang) for key in ("account", "holder", "amount", "whole_balance"))
    yield "    scope:"
    yield from ("    " + _line(f"scope.{key}", lang) for key in ("later_credits", "interest"))
    yield "    " + _line("payment", lang)
    mandatory = ("amount", "value_time") if measure is Measure.STOP_PAYMENT else ()
    yield from ("    " + _line(f"payment.{key}", lang, needed=key in mandatory) for key in _PAYMENT)
    yield "    " + _line("notice", lang)
    yield from ("      text:", "    " + _line("notice.language", lang))


def _line(path: str, lang: str, *, value: str = "", needed: bool = False) -> str:
    """A field with its comment beside it."""
    key = path.rpartition(".")[2]
    field = f"{'  ' if '.' in path else ''}{key}:{' ' + value if value else ''}"
    text = _COMMENTS[path][lang] if path in _COMMENTS else ""
    text = text.format(classes=", ".join(AssetClass.__members__), units=", ".join(PeriodUnit))
    if needed:
        text = f"{text} ({'必填' if lang == 'zh' else 'needed for a stop-payment'})"
    return f"{field:<{_BESIDE}}# {text}" if text else field


def _wrapped(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + len(word) >= _LONGEST and line != "#":
            yield line
            line = "#"
        line += f" {word}"
    yield line
