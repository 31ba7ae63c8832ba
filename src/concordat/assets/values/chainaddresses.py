# SPDX-License-Identifier: Apache-2.0
"""Addresses on chains that are not of the Ethereum family: TRON, and Bitcoin in its three encodings.

    base58check   TRON (TIP-12), Bitcoin P2PKH and P2SH (BIP 13); a double SHA-256 is the checksum
    bech32        Bitcoin, witness version 0 (BIP 173)
    bech32m       Bitcoin, witness versions 1 to 16 (BIP 350)

Chains are named as in CAIP-2: TRON by its chain id (TIP-474), Bitcoin by the beginning of the hash of its
first block (BIP 122). Nothing here repeats an address: what is wrong is said as a sentence without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Network:
    """What addresses of one Bitcoin network begin with.

    Attributes:
        part: human-readable part of its bech32 addresses.
        versions: first byte of its base58check addresses, to a key's hash and to a script's.
    """

    part: str
    versions: frozenset[int]


BITCOIN: Final = "000000000019d6689c085ae165831e93"
TRON: Final = "728126428"
#: Bitcoin and its test network.
BITCOINS: Final[Mapping[str, Network]] = {
    BITCOIN: Network("bc", frozenset({0x00, 0x05})),
    "000000000933ea01ad0ee984209779ba": Network("tb", frozenset({0x6F, 0xC4})),
}
#: TRON and its test networks Shasta and Nile.
TRONS: Final = frozenset({TRON, "2494104990", "3448148188"})

MISTYPED: Final = "it is mistyped: its checksum does not fit"
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PAYLOAD: Final = 21  # a byte of version and a hash of 20
_TRON_VERSION: Final = 0x41
_LONGEST: Final = 90  # BIP 173
#: What the checksum leaves, by whether the witness version is 0.
_CONSTANTS: Final = {True: 1, False: 0x2BC830A3}


def tron_problem(address: str) -> str:
    """What is wrong with an address of TRON, or ""."""
    payload, problem = _base58check(address)
    if problem:
        return problem
    return "" if payload[0] == _TRON_VERSION else "it is of another chain: addresses of TRON begin with T"


def bitcoin_problem(address: str, network: Network) -> str:
    """What is wrong with an address of Bitcoin or its test network, or ""."""
    if is_segwit(address):
        return _segwit_problem(address, network.part)
    payload, problem = _base58check(address)
    if problem:
        return problem
    return "" if payload[0] in network.versions else _OTHER


def is_segwit(address: str) -> bool:
    """Whether an address is meant as bech32, in which capitals and small letters mean the same."""
    return address.lower().startswith(tuple(f"{each.part}1" for each in BITCOINS.values()))


_OTHER: Final = "it is of another chain or network than the one that is named"
_LENGTH: Final = "it is too short or too long"


def _base58check(text: str) -> tuple[bytes, str]:
    """Version and hash of an address, or what is wrong with it."""
    if len(text) > _LONGEST:
        return b"", _LENGTH
    number = 0
    for character in text:
        digit = _BASE58.find(character)
        if digit < 0:
            return b"", "it has characters that no such address has (0, O, I and l are left out, too)"
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    body = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if zeros + len(body) != _PAYLOAD + 4:
        return b"", _LENGTH
    whole = bytes(zeros) + body
    payload, checksum = whole[:_PAYLOAD], whole[_PAYLOAD:]
    if hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4] != checksum:
        return b"", MISTYPED
    return payload, ""


def _segwit_problem(address: str, part: str) -> str:
    """What is wrong with a bech32 or bech32m address, or ""."""
    if len(address) > _LONGEST:
        return _LENGTH
    if address not in (address.lower(), address.upper()):
        return "it mixes capital and small letters"
    found, _, rest = address.lower().rpartition("1")
    values = [_BECH32.find(character) for character in rest]
    if -1 in values:
        return "it has characters that no such address has (1, b, i and o are left out, too)"
    data = values[:-6]
    if not data or _polymod(_expanded(found) + values) != _CONSTANTS[data[0] == 0]:
        return MISTYPED
    if found != part:
        return _OTHER
    return _program_problem(data[0], data[1:])


def _program_problem(version: int, groups: list[int]) -> str:
    """What is wrong with a witness program, given in groups of 5 bits, or ""."""
    length, padding = divmod(len(groups) * 5, 8)
    bits = groups[-1] & ((1 << padding) - 1) if groups and padding < 5 else padding
    right = length in (20, 32) if version == 0 else 2 <= length <= 40
    return "" if right and not bits and version <= 16 else "no script of Bitcoin has this form"


def _expanded(part: str) -> list[int]:
    codes = part.encode()
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: list[int]) -> int:
    """The checksum of BIP 173, a code over the field of 32 elements."""
    found = 1
    for value in values:
        top, found = found >> 25, (found & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> place & 1:
                found ^= factor
    return found
