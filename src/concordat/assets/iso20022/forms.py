# SPDX-License-Identifier: Apache-2.0
"""Forms of texts in ISO 20022 messages: lengths, patterns and codes as the schemas give them, and check
digits.

Each form says why a text is refused, and never repeats it: it may be an account number.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from concordat.assets.iso20022.schema import Text
from concordat.assets.values import accounts
from concordat.assets.values.money import by_alpha
from concordat.errors import UsageError

_DECIMAL: Final = re.compile(r"\+?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})")
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}")
_UETR: Final = "[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}"
_DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?")
_DATE_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?")
TOTAL_DIGITS: Final = 18
LAST_ISO_CODE: Final = 999


def max_text(longest: int) -> Text:
    """``Max35Text`` and its likes: 1 to ``longest`` characters."""

    def refuse(text: str, _: str) -> str | None:
        if not text:
            return f"it is empty; 1 to {longest} characters are expected"
        if len(text) > longest:
            return f"{len(text)} characters; at most {longest} are possible"
        return None

    return Text(refuse)


def pattern(form: str, like: str) -> Text:
    """A text that matches as a whole; ``like`` says what is expected."""
    compiled = re.compile(form)
    return Text(lambda text, _: None if compiled.fullmatch(text) else f"{like} is expected")


def code(*words: str) -> Text:
    """One of a closed list of codes."""
    return Text(lambda text, _: None if text in words else f"one of {', '.join(words)} is expected")


def _iban(text: str, _: str) -> str | None:
    if not _IBAN.fullmatch(text):
        return "an IBAN without spaces is expected"
    try:
        accounts.iban(text)
    except UsageError as error:
        return error.message
    return None


def _date(text: str, _: str) -> str | None:
    match = _DATE.fullmatch(text)
    try:
        if match:
            date.fromisoformat(match[1])
            return None
    except ValueError:
        pass
    return "a date such as 2026-11-22 is expected"


def _date_time(text: str, _: str) -> str | None:
    if _DATE_TIME.fullmatch(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return None
    return "a time such as 2026-11-22T09:30:00+08:00 is expected"


def _amount(text: str, alpha: str) -> str | None:
    if not re.fullmatch("[A-Z]{3}", alpha):
        return "the attribute Ccy is not three capital letters"
    try:
        unit = by_alpha(alpha)
    except UsageError:
        return f"{alpha} is no currency of ISO 4217"
    if unit.code > LAST_ISO_CODE:
        return f"{alpha} is a virtual asset, which these messages do not carry"
    if not _DECIMAL.fullmatch(text.strip()):
        return "an amount such as 1234.50 is expected, without sign or thousands separators"
    value = Decimal(text.strip())
    digits, fraction = _digits(value)
    if digits > TOTAL_DIGITS:
        return f"{digits} digits; at most {TOTAL_DIGITS} are possible"
    if fraction > unit.exponent:
        return f"{fraction} decimals; {alpha} has {unit.exponent}"
    return None


def _digits(value: Decimal) -> tuple[int, int]:
    """Digits in all, and decimals, of the value (zeros that say nothing are none, as in XML Schema)."""
    _, figures, exponent = value.normalize().as_tuple()
    places = int(exponent)
    return max(len(figures) + max(places, 0), -places), max(-places, 0)


IBAN: Final = Text(_iban)
ISO_DATE: Final = Text(_date)
ISO_DATE_TIME: Final = Text(_date_time)
AMOUNT: Final = Text(_amount, attribute="Ccy")
"""At most 18 digits, not more decimals than the currency has; never negative."""
UETR: Final = pattern(_UETR, "a UETR (a UUID of version 4, lower case)")
FLAG: Final = code("true", "false", "1", "0")
BICFI: Final = pattern("[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?", "a BIC of 8 or 11 characters")
"""``BICFIIdentifier`` of the older messages (auth.001, auth.002)."""
BICFI_2014: Final = pattern("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", "a BIC of 8 or 11 characters")
"""``BICFIDec2014Identifier`` of the newer ones."""
CURRENCY: Final = pattern("[A-Z]{3}", "a currency code of three capital letters")
COUNTRY: Final = pattern("[A-Z]{2}", "a country code of two capital letters")
CARD: Final = pattern("[0-9]{8,28}", "a card number of 8 to 28 digits")
COUNT: Final = pattern("[0-9]{1,15}", "a number of at most 15 digits")
EXTERNAL_4: Final = max_text(4)
"""Codes that ISO keeps in lists outside of the schema; only their length is checked."""
