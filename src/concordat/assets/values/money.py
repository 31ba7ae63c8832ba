# SPDX-License-Identifier: Apache-2.0
"""Money as whole minor units and a currency; nothing is ever rounded.

Currencies are those of ISO 4217, list one: code and name come from pycountry, the number of digits after the
point from the table below, because pycountry has none. Virtual assets have codes of our own from 1001, above
every code of ISO 4217. What has no minor unit there (gold, test codes, units of account) is not money here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pycountry

from concordat.errors import UsageError
from concordat.evidence import fields
from concordat.language import chosen

MOST = (1 << 96) - 1  # uint96 of the contracts
_LONGEST = 64  # characters of an amount: 29 digits, commas and a currency are fewer

# ISO 4217, list one (currencies and funds), column "minor unit".
_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR "
    "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP "
    "TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
#: Code, letters, digits after the point. The list only grows: codes stand on the chain.
_VIRTUAL = ((1001, "BTC", 8), (1002, "ETH", 18), (1003, "USDT", 6), (1004, "USDC", 6))
_CHINESE = {
    "AUD": "澳大利亚元", "BTC": "比特币", "CAD": "加拿大元", "CHF": "瑞士法郎",
    "CNY": "人民币", "ETH": "以太币", "EUR": "欧元", "GBP": "英镑",
    "HKD": "港元", "IDR": "印尼盾", "JPY": "日元", "KHR": "柬埔寨瑞尔",
    "KRW": "韩元", "LAK": "老挝基普", "MMK": "缅甸元", "MOP": "澳门元",
    "MYR": "马来西亚林吉特", "PHP": "菲律宾比索", "SGD": "新加坡元", "THB": "泰铢",
    "TWD": "新台币", "USD": "美元", "USDC": "USDC 稳定币", "USDT": "泰达币",
    "VND": "越南盾",
}  # fmt: skip
_AMOUNT = re.compile(r"(?:([A-Za-z]{3,5})[ \u00a0])?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_FORM = "Write it like MYR 1,234.50: digits, commas between thousands if any, a point before the minor units."


@dataclass(frozen=True)
class Currency:
    """What money is counted in.

    Attributes:
        code: ISO 4217 numeric, or from 1001 a virtual asset; what the chain stores.
        alpha: letters ("MYR").
        exponent: digits after the point; 10**exponent minor units are one unit.
    """

    code: int
    alpha: str
    exponent: int

    def name(self, lang: str | None = None) -> str:
        """How people call it; in Chinese the letters where no name is known here."""
        if (lang or chosen()) == "zh":
            return _CHINESE.get(self.alpha, self.alpha)
        return self.alpha


@dataclass(frozen=True)
class Money:
    """An amount of one currency.

    Attributes:
        amount: minor units, 0 to 2**96 - 1.
        currency: what they are units of.

    Raises:
        UsageError: the amount does not fit the contracts.
    """

    amount: int
    currency: Currency

    def __post_init__(self) -> None:
        if not isinstance(self.amount, int) or isinstance(self.amount, bool) or not 0 <= self.amount <= MOST:
            raise UsageError(
                "This amount is below zero or more than the chain can hold (2^96 - 1 minor units).",
                code="money.bounds",
            )

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __str__(self) -> str:
        return self.format("en")

    def format(self, lang: str | None = None) -> str:
        """For people: ``MYR 1,234.50``; in Chinese ``1,234.50 马来西亚林吉特（MYR）``.

        Args:
            lang: ``en`` or ``zh``; by default the language that was chosen.
        """
        number = self.decimal(grouped=True)
        if (lang or chosen()) == "zh":
            return f"{number} {self.currency.name('zh')}（{self.currency.alpha}）"
        return f"{self.currency.alpha} {number}"

    def decimal(self, *, grouped: bool = False) -> str:
        """The bare number with all digits after the point ("1234.50"), as messages and workbooks have it."""
        unit: int = 10**self.currency.exponent
        whole, rest = divmod(self.amount, unit)
        text = f"{whole:,}" if grouped else str(whole)
        return f"{text}.{rest:0{self.currency.exponent}d}" if self.currency.exponent else text

    def as_dict(self) -> dict[str, Any]:
        """For JSON. The amount is text: canonical JSON holds no number above 2**53, and wei are beyond it."""
        return {"amount": str(self.amount), "currency": self.currency.code}

    @classmethod
    def from_dict(cls, value: Any, what: str = "This amount") -> Money:
        """Read what `as_dict` wrote.

        Raises:
            FieldError: a key is missing, unknown or of the wrong form.
            UsageError: no such currency, or beyond the contracts' bounds.
        """
        fields.check(value, what, {"amount": _whole, "currency": fields.number(1, 65_535)})
        return cls(int(value["amount"]), by_code(value["currency"]))

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise UsageError(
                f"{self.currency.alpha} and {other.currency.alpha} cannot be added or compared.",
                code="money.currencies_differ",
                next="Give both amounts in the currency of the account; nothing is converted here.",
            )
        return other.amount


def by_code(code: int) -> Currency:
    """The currency with this numeric code.

    Raises:
        UsageError: there is none.
    """
    found = _table()[0].get(code)
    if found is None:
        raise UsageError(
            f"{code} is no currency of ISO 4217 with minor units and no virtual asset known here.",
            code="money.currency",
            next="Use the numeric code, for example 156 (CNY), 458 (MYR), 702 (SGD), 1003 (USDT).",
        )
    return found


def by_alpha(alpha: str) -> Currency:
    """The currency with these letters, upper or lower case.

    Raises:
        UsageError: there is none.
    """
    found = _table()[1].get(alpha.upper()) if alpha.isascii() else None
    if found is None:
        shown = f"'{alpha}'" if re.fullmatch(r"[A-Za-z0-9]{1,8}", alpha) else "This"
        raise UsageError(
            f"{shown} is no currency of ISO 4217 with minor units and no virtual asset known here.",
            code="money.currency",
            next="Use the letters of ISO 4217, for example CNY, MYR, SGD, or BTC, ETH, USDT, USDC.",
        )
    return found


def currencies() -> tuple[Currency, ...]:
    """All that are known, by code."""
    return tuple(_table()[0].values())


def parse(text: str, currency: Currency | None = None) -> Money:
    """Read an amount as people write it, "MYR 1,234.50"; "1234.50" where the currency is known.

    Args:
        text: what was written.
        currency: of the account; may be repeated in the text, not contradicted.

    Raises:
        UsageError: no amount, no or another currency, more digits than the currency has, out of bounds,
            or a comma that may be meant as a decimal point.
    """
    found = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        raise UsageError("This is not an amount.", code="money.form", next=_FORM)
    letters, whole, rest = found.group(1), found.group(2), found.group(3) or ""
    named = by_alpha(letters) if letters else currency
    if named is None:
        raise UsageError("This amount names no currency.", code="money.currency_missing", next=_FORM)
    if currency is not None and named != currency:
        raise UsageError(
            f"This amount is in {named.alpha}, and {currency.alpha} is expected here.",
            code="money.currencies_differ",
        )
    if len(rest) > named.exponent:
        raise UsageError(
            f"This amount has {len(rest)} digits after the point; {named.alpha} has {named.exponent}.",
            code="money.digits",
            next="Write it without the digits that the currency does not have; nothing is rounded here.",
        )
    if "," in whole and not rest and named.exponent > 2 and whole.count(",") == 1:
        # "1,234" of a currency with three digits or more is 1.234 to half of the world.
        raise UsageError(
            f"The comma of this amount may be meant as a decimal point, since {named.alpha} has "
            f"{named.exponent} digits after the point.",
            code="money.comma",
            next="Leave out the comma, or write the digits after the point as well.",
        )
    return Money(int(whole.replace(",", "") + rest.ljust(named.exponent, "0")), named)


def pro_rata(total: int, weights: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """Divide as the contract does: each gets ``total * weight // sum``; what is left over is nobody's yet.

    Args:
        total: minor units to divide.
        weights: what each claims, minor units.

    Returns:
        The shares in the order of the weights, and the remainder, fewer units than there are weights.

    Raises:
        UsageError: no weight above zero, or a number that does not fit the contracts.
    """
    for number in (total, *weights):
        if not 0 <= number <= MOST:
            raise UsageError(
                "An amount to divide is below zero or beyond the chain's bounds.", code="money.bounds"
            )
    whole = sum(weights)
    if whole == 0:
        raise UsageError(
            "Nobody claims anything, so nothing can be divided.",
            code="money.no_claims",
            kept="The whole amount stays as it is.",
        )
    shares = tuple(total * weight // whole for weight in weights)
    return shares, total - sum(shares)


def _whole(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,28}", value) is not None


@cache
def _table() -> tuple[Mapping[int, Currency], Mapping[str, Currency]]:
    exponents = {alpha: digits for digits, letters in _DIGITS.items() for alpha in letters.split()}
    known = [
        Currency(int(entry.numeric), entry.alpha_3, exponents[entry.alpha_3])
        for entry in pycountry.currencies
        if entry.alpha_3 in exponents
    ]
    known += [Currency(*virtual) for virtual in _VIRTUAL]
    known.sort(key=lambda currency: currency.code)
    return {each.code: each for each in known}, {each.alpha: each for each in known}
