# SPDX-License-Identifier: Apache-2.0
"""Amounts are read strictly, never rounded, and divided as the contract divides them."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.values import money
from concordat.assets.values.money import MOST, Currency, Money, by_alpha, by_code, parse, pro_rata
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import canonical
from concordat.evidence.fields import FieldError

MYR, JPY, KWD, ETH, USDT = (by_alpha(letters) for letters in ("MYR", "JPY", "KWD", "ETH", "USDT"))
amounts = st.integers(0, MOST)
known = st.sampled_from(money.currencies())


@pytest.mark.parametrize(
    ("alpha", "code", "exponent"),
    [
        ("JPY", 392, 0),
        ("KRW", 410, 0),
        ("VND", 704, 0),
        ("CLP", 152, 0),
        ("ISK", 352, 0),
        ("UGX", 800, 0),
        ("CNY", 156, 2),
        ("MYR", 458, 2),
        ("SGD", 702, 2),
        ("USD", 840, 2),
        ("EUR", 978, 2),
        ("IDR", 360, 2),
        ("MRU", 929, 2),
        ("MGA", 969, 2),
        ("BHD", 48, 3),
        ("KWD", 414, 3),
        ("TND", 788, 3),
        ("CLF", 990, 4),
        ("UYW", 927, 4),
        ("BTC", 1001, 8),
        ("ETH", 1002, 18),
        ("USDT", 1003, 6),
        ("USDC", 1004, 6),
    ],
)
def test_codes_and_digits(alpha: str, code: int, exponent: int) -> None:
    assert by_alpha(alpha) == by_code(code) == by_alpha(alpha.lower()) == Currency(code, alpha, exponent)


def test_every_currency_of_the_library_has_digits_here_or_has_no_minor_unit() -> None:
    none = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"
    ours = {currency.alpha for currency in money.currencies()}
    assert {entry.alpha_3 for entry in pycountry.currencies} - ours == set(none.split())
    assert len({currency.code for currency in money.currencies()}) == len(ours)


@pytest.mark.parametrize("unknown", [0, 959, 999, 1000, 1005])
def test_no_such_code(unknown: int) -> None:
    with pytest.raises(UsageError) as raised:
        by_code(unknown)
    assert raised.value.code == "money.currency"


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("MYR 1,234.50", None, 123_450),
        ("1234.50", MYR, 123_450),
        ("myr 1234.5", None, 123_450),
        (" MYR 7 ", MYR, 700),
        ("0", MYR, 0),
        ("0.01", MYR, 1),
        ("JPY 1,234", None, 1234),
        ("1.234", KWD, 1234),
        ("1,234.000", KWD, 1_234_000),
        ("1,234,567", KWD, 1_234_567_000),
        ("ETH 0.000000000000000001", None, 1),
        ("MYR\u00a05.00", None, 500),
    ],
)
def test_amounts_as_people_write_them(text: str, currency: Currency | None, amount: int) -> None:
    assert parse(text, currency).amount == amount


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("1234.50", None, "currency_missing"),
        ("MYR 1", JPY, "currencies_differ"),
        ("1.234", MYR, "digits"),
        ("1.00", JPY, "digits"),
        ("1.500", MYR, "digits"),
        ("1,234", KWD, "comma"),
        ("1,234", USDT, "comma"),
        ("XAU 1", None, "currency"),
        ("ABC 1", None, "currency"),
        ("79228162514264337593543950336", JPY, "bounds"),
        *[
            (bad, MYR, "form")
            for bad in (
                "",
                "-1",
                "+1",
                "1.234,50",
                "12,34.00",
                "1,23",
                "1.",
                ".5",
                "1e3",
                "1 234",
                "１２",
                "٣",
                "0x10",
                "1_000",
                "=1+1",
                "NaN",
                "MYR",
                "1.2.3",
                ",100",
                "9" * 65,
                "1\n2",
                "RM 1",
            )
        ],
    ],
)
def test_what_is_refused(text: str, currency: Currency | None, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(text, currency)
    assert raised.value.code == f"money.{code}"


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_a_sentence(text: str) -> None:
    for currency in (None, MYR):
        try:
            parse(text, currency)
        except UsageError as error:
            assert error.message.endswith(".")


@given(amounts, known)
def test_what_is_shown_is_read_back(amount: int, currency: Currency) -> None:
    value = Money(amount, currency)
    assert parse(str(value)) == parse(value.decimal(), currency) == value
    assert Money.from_dict(value.as_dict()) == value
    assert canonical.loads(canonical.dumps(value.as_dict())) == value.as_dict()


def test_words_for_people() -> None:
    value = Money(123_450, MYR)
    assert value.format("en") == "MYR 1,234.50"
    assert value.format("zh") == "1,234.50 马来西亚林吉特（MYR）"
    assert Money(5, JPY).format("en") == "JPY 5"
    assert by_alpha("PGK").name("zh") == "PGK"


@pytest.mark.parametrize("amount", [-1, MOST + 1, True, 1.5])
def test_bounds_of_the_contracts(amount: int) -> None:
    with pytest.raises(UsageError):
        Money(amount, MYR)


def test_sums_stay_within_one_currency_and_bounds() -> None:
    assert Money(3, MYR) + Money(4, MYR) == Money(7, MYR)
    assert Money(3, MYR) < Money(4, MYR) and Money(3, MYR) <= Money(3, MYR)
    with pytest.raises(UsageError):
        Money(3, MYR) - Money(4, MYR)
    for compare in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(UsageError, match="MYR and JPY"):
            compare(Money(1, MYR), Money(1, JPY))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"amount": 1, "currency": 458},
        {"amount": "-1", "currency": 458},
        {"amount": "01", "currency": 458},
        {"amount": "1"},
        {"amount": "1", "currency": True},
        {"amount": "1", "currency": 458, "more": 1},
        {"amount": "٣", "currency": 458},
    ],
)
def test_json_of_another_form(value: object) -> None:
    with pytest.raises(FieldError):
        Money.from_dict(value)


def test_json_beyond_bounds_or_without_currency() -> None:
    for amount, currency in (("9" * 29, 458), ("1", 999)):
        with pytest.raises(ConcordatError):
            Money.from_dict({"amount": amount, "currency": currency})


@given(amounts, st.lists(amounts, min_size=1, max_size=40).filter(any))
def test_nothing_is_lost_or_made_by_dividing(total: int, weights: list[int]) -> None:
    shares, rest = pro_rata(total, weights)
    assert sum(shares) + rest == total
    assert 0 <= rest < len(weights)
    assert list(shares) == [total * weight // sum(weights) for weight in weights]
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


@given(amounts, st.lists(amounts, min_size=2, max_size=12).filter(any))
def test_the_order_of_claims_changes_nothing(total: int, weights: list[int]) -> None:
    order = sorted(range(len(weights)), key=lambda n: (weights[n], n))
    shares, rest = pro_rata(total, weights)
    again, same = pro_rata(total, [weights[n] for n in order])
    assert [shares[n] for n in order] == list(again) and rest == same


@given(st.lists(st.integers(0, MOST >> 6), min_size=1, max_size=40).filter(any))
def test_who_can_be_paid_in_full_is(weights: list[int]) -> None:
    assert pro_rata(sum(weights), weights) == (tuple(weights), 0)


def test_division_known_by_hand() -> None:
    assert pro_rata(100, [1, 1, 1]) == ((33, 33, 33), 1)
    assert pro_rata(1000, [700, 200, 350]) == ((560, 160, 280), 0)
    assert pro_rata(0, [5]) == ((0,), 0)


@pytest.mark.parametrize(
    ("total", "weights"), [(1, []), (1, [0, 0]), (-1, [1]), (1, [-1, 2]), (MOST + 1, [1])]
)
def test_no_division(total: int, weights: list[int]) -> None:
    with pytest.raises(UsageError):
        pro_rata(total, weights)
