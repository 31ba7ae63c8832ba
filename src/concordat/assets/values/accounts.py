# SPDX-License-Identifier: Apache-2.0
"""Accounts and things by one name each, so that two offices that mean the same one write the same bytes.

    iban:GB33BUKB20201555555555           ISO 13616, check digits and length of the country
    account:BUKBGB22:31926819             institution (BIC without branch, or its national code) and number
    card:4111111111111111                 ISO/IEC 7812, Luhn
    eip155:1:0x52908400098527886e0f7030…  address on a chain (CAIP-10), in lower case
    tron:728126428:TNPeeaaFB7K9cmo4uQpcU…  the same on TRON; without the chain, tron:T…, it is the main one
    bip122:000000000019d6689c085ae16583…:1…  and on Bitcoin, base58check, bech32 or bech32m; bip122:1… too
    asset:VEHICLE:LSVAM4187C2184841       anything else: class and identifier (VIN, land title, policy number)

The canonical form is what is hashed. Numbers of accounts never stand in messages, representations or logs:
people see the masked form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eth_utils.address import to_checksum_address
from schwifty import BIC, IBAN
from schwifty.exceptions import (
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    SchwiftyException,
)

from concordat.assets.values import chainaddresses
from concordat.assets.words import AssetClass
from concordat.errors import UsageError

LONGEST = 256  # characters; no identifier in use comes near
_SHOWN = 4


class AccountError(UsageError):
    """What names no account or thing. The message never repeats what was typed."""

    default_code = "account.wrong"


class Kind(StrEnum):
    """What names an account or thing."""

    IBAN = "iban"
    ACCOUNT = "account"
    CARD = "card"
    CHAIN = "eip155"
    TRON = "tron"
    BITCOIN = "bip122"
    ASSET = "asset"

    @property
    def on_chain(self) -> bool:
        """Whether it is an address of a blockchain, which nobody's name stands at."""
        return self in (Kind.CHAIN, Kind.TRON, Kind.BITCOIN)


@dataclass(frozen=True, repr=False)
class Account:
    """One account or thing. Its representation is masked; only `canonical` gives the number.

    Attributes:
        kind: how it is named.
        place: institution, chain id or class; "" where the number says it all.
        number: in canonical form.
    """

    kind: Kind
    place: str
    number: str

    @property
    def canonical(self) -> str:
        """The one form that is hashed and sent encrypted. Not for logs."""
        return ":".join(part for part in (self.kind.value, self.place, self.number) if part)

    @property
    def masked(self) -> str:
        """For people: institution or country and the last four characters, of short numbers fewer."""
        bare = self.number.removeprefix("0x") if self.kind is Kind.CHAIN else self.number
        tail = bare[len(bare) - min(_SHOWN, len(bare) // 2) :]
        if self.kind is Kind.IBAN:
            return f"iban:{self.number[:2]}****{tail}"
        return ":".join(part for part in (self.kind.value, self.place, f"****{tail}") if part)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Account({self.masked})"


def parse(text: str) -> Account:
    """Read an account that says its kind, "iban:GB33 BUKB 2020 1555 5555 55".

    Raises:
        UsageError: says what is wrong; it never repeats the number.
    """
    kind, colon, rest = text.strip().partition(":")
    if len(text) > LONGEST:
        raise AccountError("This account is longer than any account is.", code="account.length")
    reader = _READERS.get(kind.strip().lower())
    if not colon or reader is None:
        raise AccountError(
            "This account does not say of which kind it is.",
            code="account.kind",
            next="Begin with iban:, account:INSTITUTION:, card:, eip155:CHAIN:, tron:, bip122: or "
            "asset:CLASS:.",
        )
    return reader(rest.strip())


def iban(text: str) -> Account:
    """An international bank account number, with or without spaces.

    Raises:
        UsageError: unknown country, wrong length or structure, or check digits that do not fit.
    """
    number = _plain(text, "IBAN", " ")
    problem = _iban_problem(number)
    if problem:
        raise AccountError(
            f"The IBAN is wrong: {problem}.",
            code="account.iban",
            next="Compare it with the bank's own paper, character by character.",
        )
    return Account(Kind.IBAN, "", number)


def local(institution: str, number: str) -> Account:
    """An account by the number that its institution uses. Leading zeros count.

    Args:
        institution: its BIC (a branch is left out, so that all branches name one account) or national code.
        number: letters and digits; spaces and dashes are left out.

    Raises:
        UsageError: wrong form, or the number is an IBAN, which would give one account two names.
    """
    place = _institution(institution)
    bare = _plain(number, "account number", " -")
    if not re.fullmatch(r"[A-Z0-9]{1,34}", bare):
        raise AccountError("An account number has 1 to 34 letters and digits.", code="account.number")
    if re.match(r"[A-Z]{2}[0-9]{2}", bare) and not _iban_problem(bare):
        raise AccountError(
            "This account number is an IBAN.", code="account.iban_as_number", next="Write it as iban:NUMBER."
        )
    return Account(Kind.ACCOUNT, place, bare)


def card(text: str) -> Account:
    """A payment card, with or without spaces and dashes.

    Raises:
        UsageError: no card number, or its last digit does not fit.
    """
    number = _plain(text, "card number", " -")
    if not re.fullmatch(r"[0-9]{12,19}", number):
        raise AccountError("A card number has 12 to 19 digits.", code="account.card")
    if not _luhn(number):
        raise AccountError(
            "The card number is mistyped: its last digit, the check digit (Luhn), does not fit the others.",
            code="account.card",
            next="Compare it with the source, digit by digit.",
        )
    return Account(Kind.CARD, "", number)


def chain_address(chain_id: str, address: str) -> Account:
    """An address on a chain of the Ethereum family (CAIP-10).

    Args:
        chain_id: decimal, "1" for Ethereum.
        address: 0x and 40 hex digits; in mixed case it must fit its checksum (EIP-55).

    Raises:
        UsageError: wrong form or checksum, or the zero address, which nobody holds.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,18}", chain_id):
        raise AccountError(
            "The chain is named by its number, for example eip155:1: for Ethereum.", code="account.chain"
        )
    if not re.fullmatch(r"0[xX][0-9a-fA-F]{40}", address):
        raise AccountError("An address has 0x and 40 hexadecimal digits.", code="account.address")
    digits = address[2:]
    if digits not in (digits.lower(), digits.upper()) and to_checksum_address("0x" + digits)[2:] != digits:
        raise AccountError(
            "The address is mistyped: its capital and small letters do not fit its checksum (EIP-55).",
            code="account.address",
            next="Copy it again from the source.",
        )
    if not digits.strip("0"):
        raise AccountError("This is the zero address, which nobody holds.", code="account.address")
    return Account(Kind.CHAIN, chain_id, "0x" + digits.lower())


def tron(text: str) -> Account:
    """An address on TRON, with or without its chain before it.

    Args:
        text: T and 33 characters (base58check); the chain by its number as in CAIP-2, or in hexadecimal as
            wallets write it; none is the main chain.

    Raises:
        UsageError: unknown chain, wrong form or checksum, or the zero address.
    """
    place, _, address = text.rpartition(":")
    place, address = place.strip() or chainaddresses.TRON, address.strip()
    if re.fullmatch(r"0[xX][0-9a-fA-F]{8}", place):
        place = str(int(place, 16))
    if place not in chainaddresses.TRONS:
        raise _unknown_chain("TRON has the chain 728126428 and the test chains 2494104990 and 3448148188.")
    _require_address(chainaddresses.tron_problem(address))
    if address == _TRON_ZERO:
        raise AccountError("This is the zero address, which nobody holds.", code="account.address")
    return Account(Kind.TRON, place, address)


def bitcoin(text: str) -> Account:
    """An address on Bitcoin or its test network, with or without its chain before it.

    Args:
        text: base58check, bech32 or bech32m; the chain by the beginning of the hash of its first block
            (BIP 122), 32 hex digits; none is the main chain.

    Raises:
        UsageError: unknown chain, or wrong form or checksum.
    """
    place, _, address = text.rpartition(":")
    place, address = place.strip().lower() or chainaddresses.BITCOIN, address.strip()
    network = chainaddresses.BITCOINS.get(place)
    if network is None:
        raise _unknown_chain("Of this family Bitcoin and its test network are known.")
    _require_address(chainaddresses.bitcoin_problem(address, network))
    return Account(Kind.BITCOIN, place, address.lower() if chainaddresses.is_segwit(address) else address)


def asset(kind: str, identifier: str) -> Account:
    """Anything that has no account number, by its class and whatever identifies it.

    The identifier is brought to Unicode's composed form, capital letters and single spaces.

    Args:
        kind: name of an `AssetClass`.
        identifier: VIN, land title, policy number ...

    Raises:
        UsageError: unknown class, or nothing that identifies, or characters that nobody sees.
    """
    name = kind.strip().upper().replace("-", "_").replace(" ", "_")
    if name not in AssetClass.__members__:
        raise AccountError(
            "This class of assets is not known.",
            code="account.class",
            next="Use one of: " + ", ".join(AssetClass.__members__) + ".",
        )
    if any(unicodedata.category(character)[0] == "C" for character in identifier):
        raise AccountError(
            "The identifier contains characters that cannot be seen.", code="account.identifier", next=_RETYPE
        )
    found = " ".join(_capitals(identifier).split())
    if not found or len(found) > LONGEST:
        raise AccountError(
            f"The identifier of an asset has 1 to {LONGEST} characters.", code="account.identifier"
        )
    return Account(Kind.ASSET, name, found)


def bic(text: str) -> str:
    """A BIC (ISO 9362) of 8 or 11 characters, checked and in capitals.

    Raises:
        UsageError: wrong length, structure or country.
    """
    found = _plain(text, "BIC", " ")
    if not _is_bic(found):
        raise AccountError(
            "This is no BIC: 4 characters for the institution, 2 letters of a country, 2 characters for the "
            "place and 3 or none for the branch.",
            code="account.bic",
        )
    return found


_RETYPE = "Type it by hand instead of copying it."
_TRON_ZERO = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"


def _unknown_chain(known: str) -> AccountError:
    return AccountError(
        f"This chain is not known. {known}",
        code="account.chain",
        next="Write an address on any other chain as asset:VIRTUAL_ASSET:CHAIN ADDRESS.",
    )


def _require_address(problem: str) -> None:
    if problem:
        raise AccountError(
            f"The address is wrong: {problem}.", code="account.address", next="Copy it again from the source."
        )


def _plain(text: str, what: str, left_out: str) -> str:
    """Capitals without separators; full-width ones of East Asian keyboards become plain."""
    if len(text) > LONGEST:
        raise AccountError(f"This {what} is longer than any is.", code="account.length")
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    bare = "".join(c for c in narrow if c not in left_out and c not in "\u00a0\u3000")
    if not re.fullmatch(r"[A-Za-z0-9]+", bare):
        raise AccountError(
            f"The {what} is empty or contains something else than letters and digits.",
            code="account.characters",
            next=_RETYPE,
        )
    return bare.upper()


def _institution(text: str) -> str:
    code = _plain(text, "institution code", " -")
    if len(code) in (8, 11) and not code.isdigit() and _is_bic(code):
        return code[:8]
    if not 2 <= len(code) <= 34:
        raise AccountError(
            "The code of an institution has 2 to 34 letters and digits.", code="account.institution"
        )
    return code


def _is_bic(text: str) -> bool:
    try:
        BIC(text)
    except SchwiftyException:
        return False
    return True


def _iban_problem(number: str) -> str:
    """What is wrong, or "". Nothing is chained: schwifty's own errors repeat the number."""
    try:
        IBAN(number)
    except InvalidCountryCode:
        return "no country that has IBANs has its first two letters"
    except InvalidLength:
        return f"it has {len(number)} characters, and those of its country have another number"
    except InvalidChecksumDigits:
        return "its check digits, characters 3 and 4, do not fit the rest"
    except SchwiftyException:
        return "it has letters where its country has digits, or the other way round"
    if not 2 <= int(number[2:4]) <= 98:
        # 00, 01 and 99 leave the same remainder as 97, 98 and 02, and no bank ever issues them.
        return "no bank issues the check digits (characters 3 and 4) 00, 01 or 99"
    return ""


def _luhn(number: str) -> bool:
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    odd = sum(int(digit) for digit in number[::-2])
    return (odd + sum(value - 9 if value > 9 else value for value in doubled)) % 10 == 0


def _capitals(text: str) -> str:
    """Composed capitals. Some capitals decompose again, so it is repeated until nothing changes."""
    while True:
        found = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())
        if found == text:
            return found
        text = found


def _two(rest: str, what: str) -> tuple[str, str]:
    place, colon, number = rest.partition(":")
    if not colon:
        raise AccountError(f"This account has no {what} before its number.", code="account.place")
    return place.strip(), number.strip()


_READERS: Mapping[str, Callable[[str], Account]] = {
    Kind.IBAN.value: iban,
    Kind.ACCOUNT.value: lambda rest: local(*_two(rest, "institution")),
    Kind.CARD.value: card,
    Kind.CHAIN.value: lambda rest: chain_address(*_two(rest, "chain")),
    Kind.TRON.value: tron,
    Kind.BITCOIN.value: bitcoin,
    Kind.ASSET.value: lambda rest: asset(*_two(rest, "class")),
}
