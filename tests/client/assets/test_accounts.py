# SPDX-License-Identifier: Apache-2.0
"""One account, one name; a mistyped one is told; no number is ever repeated."""

from __future__ import annotations

import traceback
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.values import accounts
from concordat.assets.values.accounts import Account, Kind, parse
from concordat.errors import UsageError

# Examples of the standards themselves (IBAN registry, EIP-55) and test ranges of card schemes.
GOOD = [
    ("iban:GB33 BUKB 2020 1555 5555 55", "iban:GB33BUKB20201555555555", "iban:GB****5555"),
    ("IBAN: de89370400440532013000", "iban:DE89370400440532013000", "iban:DE****3000"),
    ("account:BUKBGB22:31926819", "account:BUKBGB22:31926819", "account:BUKBGB22:****6819"),
    ("account:bukbgb22xxx:3192-6819", "account:BUKBGB22:31926819", "account:BUKBGB22:****6819"),
    ("account:BUKBGB22123:0031926819", "account:BUKBGB22:0031926819", "account:BUKBGB22:****6819"),
    (
        "account:102100099996:６２２２ 0000 1234",
        "account:102100099996:622200001234",
        "account:102100099996:****1234",
    ),
    ("account:KIOSK-7:12", "account:KIOSK7:12", "account:KIOSK7:****2"),
    ("card:4111 1111 1111 1111", "card:4111111111111111", "card:****1111"),
    ("card:6212-3456-7890-0000-003", "card:6212345678900000003", "card:****0003"),
    (
        "eip155:1:0x52908400098527886E0F7030069857D2E4169EE7",
        "eip155:1:0x52908400098527886e0f7030069857d2e4169ee7",
        "eip155:1:****9ee7",
    ),
    (
        "eip155:56:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "eip155:56:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "eip155:56:****eaed",
    ),
    ("asset:vehicle: lsvam4187c2184841 ", "asset:VEHICLE:LSVAM4187C2184841", "asset:VEHICLE:****4841"),
    (
        "asset:real estate:Geran  12345:Lot 7",
        "asset:REAL_ESTATE:GERAN 12345:LOT 7",
        "asset:REAL_ESTATE:****OT 7",
    ),
    ("asset:INSURANCE:caf\u0065\u0301", "asset:INSURANCE:CAF\u00c9", "asset:INSURANCE:****F\u00c9"),
]

BAD = [
    ("GB33BUKB20201555555555", "kind"),
    ("", "kind"),
    (":", "kind"),
    ("swift:BUKBGB22:1", "kind"),
    ("iban:GB34BUKB20201555555555", "iban"),
    ("iban:GB33BUKB2020155555555", "iban"),
    ("iban:ZZ33BUKB20201555555555", "iban"),
    ("iban:GB33BUKB2020155555555X", "iban"),
    ("iban:GB", "iban"),
    ("iban:1", "iban"),
    ("iban:", "characters"),
    ("iban:GB33;BUKB20201555555555", "characters"),
    ("card:4111111111111112", "card"),
    ("card:411111111111", "card"),
    ("card:4111", "card"),
    ("card:4111111111111111a", "card"),
    ("card:٤١١١", "characters"),
    ("account:31926819", "place"),
    ("account::31926819", "characters"),
    ("account:B:31926819", "institution"),
    ("account:BUKBGB22:", "characters"),
    ("account:BUKBGB22:31/926819", "characters"),
    ("account:BUKBGB22:" + "1" * 35, "number"),
    ("account:BUKBGB22:GB33BUKB20201555555555", "iban_as_number"),
    ("eip155:1:0x52908400098527886E0F7030069857D2E4169Ee7", "address"),
    ("eip155:1:0x5290", "address"),
    ("eip155:1:0x" + "0" * 40, "address"),
    ("eip155:0:0x" + "1" * 40, "chain"),
    ("eip155:0x1:0x" + "1" * 40, "chain"),
    ("eip155:" + "1" * 40, "place"),
    ("asset:SHIP:IMO1234567", "class"),
    ("asset:VEHICLE: ", "identifier"),
    ("asset:VEHICLE:LSV\u200bAM4187C2184841", "identifier"),
    ("asset:VEHICLE:A\ud800B", "identifier"),
    ("asset:VEHICLE:A\nB", "identifier"),
    ("asset:VEHICLE:" + "A" * 300, "length"),
]


@pytest.mark.parametrize(("text", "canonical", "masked"), GOOD)
def test_canonical_and_masked(text: str, canonical: str, masked: str) -> None:
    account = parse(text)
    assert (account.canonical, account.masked) == (canonical, masked)
    assert parse(canonical) == account
    assert str(account) == masked and canonical not in repr(account)


@pytest.mark.parametrize(("text", "code"), BAD)
def test_what_is_wrong_is_said_without_the_number(text: str, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(text)
    assert raised.value.code == f"account.{code}"
    number = text.rpartition(":")[2].strip()
    told = "".join(
        traceback.TracebackException.from_exception(raised.value, compact=True).format_exception_only()
    )
    told += raised.value.next + repr(raised.value.__cause__) + repr(raised.value.__context__)
    assert len(number) < 5 or number not in told


def test_the_check_digits_are_named() -> None:
    with pytest.raises(UsageError, match="characters 3 and 4"):
        parse("iban:GB34BUKB20201555555555")
    with pytest.raises(UsageError, match="last digit"):
        parse("card:4111111111111112")
    with pytest.raises(UsageError, match="EIP-55"):
        parse("eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")


def test_check_digits_that_no_bank_issues() -> None:
    # 97 leaves the same remainder as 00: the plain sum would take both, and give one account two names.
    pairs = [(f"GB{check:02d}BUKB20201555{n:06d}") for n in range(400) for check in (0, 1, 99)]
    for number in pairs:
        with pytest.raises(UsageError):
            accounts.iban(number)


@given(st.integers(0, 10**17))
def test_one_wrong_digit_of_a_card_is_always_found(start: int) -> None:
    digits = f"{start:018d}"
    whole = next(digits + str(n) for n in range(10) if _passes(digits + str(n)))
    for place in range(19):
        other = str((int(whole[place]) + 1 + start % 9) % 10)
        assert not _passes(whole[:place] + other + whole[place + 1 :])


@given(st.integers(0, 21), st.integers(1, 9))
def test_one_wrong_character_of_an_iban_is_always_found(place: int, shift: int) -> None:
    number = "GB33BUKB20201555555555"
    old = number[place]
    new = str((int(old) + shift) % 10) if old.isdigit() else chr((ord(old) - 65 + shift) % 26 + 65)
    with pytest.raises(UsageError):
        accounts.iban(number[:place] + new + number[place + 1 :])


@given(st.text(max_size=40))
def test_any_text_is_an_account_or_a_sentence(text: str) -> None:
    for begin in (
        "",
        "iban:",
        "account:BUKBGB22:",
        "account:",
        "card:",
        "eip155:1:",
        "eip155:",
        "tron:",
        "tron:T",
        "bip122:",
        "bip122:1",
        "bip122:bc1q",
        "asset:EQUITY:",
    ):
        try:
            account = parse(begin + text)
        except UsageError as error:
            assert error.message.endswith((".", ":"))
        else:
            assert parse(account.canonical) == account


@given(st.text(st.characters(blacklist_categories=["C"]), min_size=1, max_size=30))
def test_an_asset_has_one_name_however_it_is_typed(text: str) -> None:
    try:
        account = accounts.asset("EQUITY", text)
    except UsageError:
        assert not text.strip()
        return
    assert accounts.asset("equity", unicodedata.normalize("NFD", text)) == account
    assert accounts.asset("Equity", f"  {text} ") == account
    assert accounts.asset("Equity", account.number) == account


def test_bic() -> None:
    assert accounts.bic("bukbgb22") == "BUKBGB22"
    assert accounts.bic("BUKB GB22 XXX") == "BUKBGB22XXX"
    for bad in ("BUKBZZ22", "BUKBGB2", "BUKBGB22X", "12345678", "BUKBGB22XXXX"):
        with pytest.raises(UsageError) as raised:
            accounts.bic(bad)
        assert raised.value.code == "account.bic"


def test_short_numbers_are_masked_too() -> None:
    assert Account(Kind.ACCOUNT, "SHOP", "123").masked == "account:SHOP:****3"
    assert Account(Kind.ACCOUNT, "SHOP", "1").masked == "account:SHOP:****"


def _passes(number: str) -> bool:
    try:
        accounts.card(number)
    except UsageError:
        return False
    return True
