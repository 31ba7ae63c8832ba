# SPDX-License-Identifier: Apache-2.0
"""Pseudonyms of victims: the same person gets the same key in every agency that knows the case's secret.

A key is HMAC-SHA256 of the canonical identity under a key derived from the case's secret. The chain shows
keys alone, so nobody else can try numbers against them; whoever has the secret can, and so the secret stays
among the agencies that count.

A victim is written with all the identities that are known. Counted is the first of: identity number,
passport, phone. The others are looked up, so that a victim that another agency counted by its phone is not
counted again by its passport. What nobody can see: one person whom two agencies know by different identities.
"""

from __future__ import annotations

import csv
import hmac
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from concordat.errors import UsageError

COLUMNS: Final = ("country", "id", "passport", "phone")
MOST_ROWS: Final = 100_000
_DOMAIN: Final = b"concordat/victims/1"
_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212._/()·']+")
_PLAIN: Final = re.compile(r"[0-9A-Z]{4,32}")
_PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
#: ITU-T E.164 country codes; a 0 before a national number falls away.
_CALLING: Final[Mapping[str, str]] = {
    "CN": "86",
    "HK": "852",
    "MO": "853",
    "TW": "886",
    "MY": "60",
    "SG": "65",
    "TH": "66",
    "KH": "855",
    "LA": "856",
    "MM": "95",
    "VN": "84",
    "PH": "63",
    "ID": "62",
    "BN": "673",
}


@dataclass(frozen=True)
class Victim:
    """One victim as its agency knows it.

    Attributes:
        row: in the file, the first after the head is 2.
        identities: canonical, the one that is counted first.
    """

    row: int
    identities: tuple[str, ...] = field(repr=False)


def victim_keys(victim: Victim, secret: bytes) -> tuple[bytes, ...]:
    """Pseudonyms of a victim, 32 bytes each, the one that is counted first."""
    return tuple(victim_key(each, secret) for each in victim.identities)


def victim_key(identity: str, secret: bytes) -> bytes:
    """Pseudonym of a canonical identity under a case's secret (32 bytes)."""
    derived = hmac.digest(secret, _DOMAIN, sha256)
    return hmac.digest(derived, identity.encode(), sha256)


def canonical_id(country: str, number: str) -> str:
    """Canonical form of a national identity number.

    Separators fall away, letters are capital, full-width digits are plain. Chinese numbers of 15 digits
    become those of 18 (GB 11643-1999); where a number has a check digit it must be right, since a mistyped
    one is somebody else.

    Raises:
        ValueError: says what is wrong with it.
    """
    place, plain = _place(country), _plain(number)
    if place == "CN":
        plain = _chinese(plain)
    elif place == "TH":
        plain = _thai(plain)
    elif place == "MY" and not re.fullmatch(r"[0-9]{12}", plain):
        raise ValueError("a Malaysian identity number has 12 digits")
    elif place == "SG" and not re.fullmatch(r"[STFGM][0-9]{7}[A-Z]", plain):
        raise ValueError("a Singaporean identity number is a letter, 7 digits and a letter")
    return f"id:{place}:{plain}"


def canonical_passport(country: str, number: str) -> str:
    """Canonical form of a passport's number.

    Raises:
        ValueError: says what is wrong with it.
    """
    return f"passport:{_place(country)}:{_plain(number)}"


def canonical_phone(country: str, number: str) -> str:
    """Canonical form of a phone number, E.164; one without country code is of ``country``.

    Raises:
        ValueError: says what is wrong with it.
    """
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", number))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    if not plain.startswith("+"):
        code = _CALLING.get(country.strip().upper())
        if code is None:
            raise ValueError("a phone number begins with + and the country's code")
        plain = f"+{code}{plain.lstrip('0')}"
    if not _PHONE.fullmatch(plain):
        raise ValueError("this is no phone number")
    return f"phone:{plain}"


def read_victims(data: bytes, name: str) -> list[Victim]:
    """Victims of a CSV file with columns ``country``, ``id``, ``passport``, ``phone``; a row has at least 1.

    Raises:
        UsageError: with every row that cannot be used (the first 20).
    """
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unusable(name, ["it is no CSV in UTF-8"]) from error
    head = [each.strip().lower() for each in rows[0]] if rows else []
    if not set(head) <= set(COLUMNS) or len(set(head)) != len(head) or not set(head) - {"country"}:
        raise _unusable(name, [f"its first row names columns of: {', '.join(COLUMNS)}"])
    if len(rows) > MOST_ROWS:
        raise _unusable(name, [f"it has more than {MOST_ROWS} rows"])
    found, mistakes = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            found.append(_victim(number, head, row))
        except ValueError as error:
            mistakes.append(f"row {number}: {error}")
    if mistakes or not found:
        raise _unusable(name, mistakes or ["it names no victim"])
    return found


def _victim(number: int, head: list[str], row: list[str]) -> Victim:
    if len(row) > len(head):
        raise ValueError("it has more cells than there are columns")
    cells = {column: cell.strip() for column, cell in zip(head, row, strict=False)}
    identities = tuple(_identities(cells))
    if not identities:
        raise ValueError("it names neither id, passport nor phone")
    return Victim(number, identities)


def _identities(cells: Mapping[str, str]) -> Iterator[str]:
    country = cells.get("country", "")
    if cells.get("id"):
        yield canonical_id(country, cells["id"])
    if cells.get("passport"):
        yield canonical_passport(country, cells["passport"])
    if cells.get("phone"):
        yield canonical_phone(country, cells["phone"])


def _place(country: str) -> str:
    place = country.strip().upper()
    if not _COUNTRY.fullmatch(place):
        raise ValueError("country is the two letters of who issued the document, such as CN")
    return place


def _plain(number: str) -> str:
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", number)).upper()
    if not _PLAIN.fullmatch(plain):
        raise ValueError("a number of a document has 4 to 32 letters and digits")
    return plain


def _chinese(plain: str) -> str:
    if re.fullmatch(r"[0-9]{15}", plain):
        plain = f"{plain[:6]}19{plain[6:]}"
        return plain + _gb_11643(plain)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", plain):
        raise ValueError("a Chinese identity number has 18 digits (the last may be X), or 15")
    if plain[17] != _gb_11643(plain[:17]):
        raise ValueError("the check digit of the Chinese identity number is wrong")
    return plain


def _gb_11643(digits: str) -> str:
    """ISO 7064 MOD 11-2."""
    total = sum(int(digit) << (17 - place) for place, digit in enumerate(digits))
    return "10X98765432"[total % 11]


def _thai(plain: str) -> str:
    if not re.fullmatch(r"[0-9]{13}", plain):
        raise ValueError("a Thai identity number has 13 digits")
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(plain[:12]))
    if (11 - total % 11) % 10 != int(plain[12]):
        raise ValueError("the check digit of the Thai identity number is wrong")
    return plain


def _unusable(name: str, mistakes: list[str]) -> UsageError:
    shown = "\n".join(f"  {each}" for each in mistakes[:20])
    more = f"\n  and {len(mistakes) - 20} more" if len(mistakes) > 20 else ""
    return UsageError(
        f"{name} cannot be counted:\n{shown}{more}",
        code="case.victims",
        kept="Nothing was counted.",
        next=f"Correct it. Columns: {','.join(COLUMNS)}; for instance: CN,,E12345678,+8613800000000",
    )
