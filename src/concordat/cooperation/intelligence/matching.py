# SPDX-License-Identifier: Apache-2.0
"""Private matching: two agencies learn which accounts and phones both know, and of the others only how many.

Diffie-Hellman private set intersection in the quadratic residues of the 2048-bit MODP group of RFC 3526
(group 14), whose prime is safe, so that the residues have a prime order. Each value is hashed into the group;
each side raises what it holds, and what it was given, to its own secret exponent, used once. What both raised
is equal where the values are, and tells nothing else (decisional Diffie-Hellman, hash as random oracle).

1. The asker sends its values, raised by itself, in an order that tells nothing.
2. The other side raises them too, in the same order, and adds its own, raised by itself.
3. The asker raises those as well: now it knows what is common. It sends them back; so does the other side.

Limits, told to whoever uses it. The candidates are few (every phone number of a country can be tried): what
protects the values is the other side's secret exponent, so nobody can try them alone; but a member that is
dishonest can ask about numbers that it guesses, and learns which of them the other side knows. Hence a batch
is limited, what was asked for is counted and logged, and matching is done with those who are trusted for it.
A side can also keep back the last message, or leave values out.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from concordat.assets.values import accounts
from concordat.errors import ConcordatError, UsageError, VerificationError
from concordat.evidence import fields

PRIME: Final = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
ORDER: Final = (PRIME - 1) // 2
EXPONENT_BITS: Final = 320
MOST: Final = 1_000
"""Values of one side in one matching."""
SIZE: Final = 256
"""Bytes of an element of the group."""
_SURPLUS: Final = 16
"""Bytes beyond ``SIZE``, so that the remainder modulo the prime is even."""
_DOMAIN: Final = b"concordat/match/1"
_PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_SEPARATORS: Final = re.compile(r"[\s().\-\u2010-\u2015/]+")
_ELEMENT: Final = re.compile(rf"[0-9a-f]{{{2 * SIZE}}}")


def canonical_value(text: str) -> str:
    """One form for one account or phone: ``account:BIC:NUMBER``, ``iban:…``, ``phone:+60…`` and so on.

    Raises:
        UsageError: it is none.
    """
    kind, _, rest = text.strip().partition(":")
    if kind != "phone":
        return accounts.parse(text.strip()).canonical
    number = _SEPARATORS.sub("", rest)
    if not _PHONE.fullmatch(number):
        raise UsageError(
            "A phone is written with its country: phone:+60123456789.",
            code="intel.phone",
            kept="Nothing was sent.",
        )
    return f"phone:{number}"


def read_values(text: str) -> list[str]:
    """Canonical values, one a line, each once, sorted; empty lines and ``#`` are left out.

    Raises:
        UsageError: a line is no value, or there are none, or too many.
    """
    found: set[str] = set()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            found.add(canonical_value(line))
        except ConcordatError as error:
            raise UsageError(
                f"Line {number} is no account and no phone. {error.message}",
                code="intel.values",
                kept="Nothing was sent.",
                next="Write one a line: account:BIC:NUMBER, iban:…, card:…, phone:+60…",
            ) from error
    if not 0 < len(found) <= MOST:
        raise UsageError(
            f"There are {len(found)} values; a matching takes 1 to {MOST}.",
            code="intel.batch",
            kept="Nothing was sent.",
            next="Split them, and say why so many are asked about.",
        )
    return sorted(found)


def new_secret() -> int:
    """A secret exponent, for one matching and no other; as long as RFC 3526, section 8, asks at most."""
    return 1 + secrets.randbelow(1 << EXPONENT_BITS)


def shuffled(values: Iterable[str]) -> list[str]:
    """In an order that tells nothing about them."""
    found = list(values)
    secrets.SystemRandom().shuffle(found)
    return found


def into_group(value: str, session: bytes) -> int:
    """A value as a quadratic residue, in this session alone."""
    seed = sha256(_DOMAIN + len(session).to_bytes(4, "big") + session + value.encode()).digest()
    wide = b"".join(
        sha256(seed + count.to_bytes(4, "big")).digest() for count in range(1 + (SIZE + _SURPLUS) // 32)
    )
    root = 2 + int.from_bytes(wide[: SIZE + _SURPLUS], "big") % (PRIME - 3)
    return pow(root, 2, PRIME)


def blinded(values: Sequence[str], session: bytes, secret: int) -> list[int]:
    """Own values, raised to the own secret, in the order given."""
    return [pow(into_group(value, session), secret, PRIME) for value in values]


def raised(elements: Sequence[int], secret: int) -> list[int]:
    """What the other side raised, raised to the own secret as well, in the same order."""
    return [pow(element, secret, PRIME) for element in elements]


def common(values: Sequence[str], twice: Sequence[int], others: Iterable[int]) -> list[str]:
    """Which of the own values the other side knows as well, sorted.

    Args:
        values: own ones.
        twice: the same, raised by both, in the same order.
        others: those of the other side, raised by both.
    """
    known = set(others)
    return sorted(value for value, element in zip(values, twice, strict=True) if element in known)


def written(elements: Sequence[int]) -> list[str]:
    """Elements as a message holds them."""
    return [f"{element:0{2 * SIZE}x}" for element in elements]


def elements_of(given: Any, count: int | None = None) -> list[int]:
    """Elements of a message: each in the group, none twice.

    Args:
        given: what the message holds.
        count: how many there must be; None: 1 to ``MOST``.

    Raises:
        VerificationError: they are no such elements.
    """
    if not fields.list_of(lambda each: isinstance(each, str) and bool(_ELEMENT.fullmatch(each)))(given):
        raise _bad("its values are not of the form that they have")
    if not 0 < len(given) <= MOST or (count is not None and len(given) != count):
        raise _bad(f"it has {len(given)} values" + (f", and not {count}" if count is not None else ""))
    found = [int(each, 16) for each in given]
    if len(set(found)) != len(found):
        raise _bad("it has a value twice")
    # 1 is in the group, but whatever is raised of it stays 1.
    if any(not 1 < element < PRIME or _jacobi(element) != 1 for element in found):
        raise _bad("it has a value that is not in the group")
    return found


def _jacobi(element: int) -> int:
    """1 for quadratic residues modulo the prime, else -1 (or 0 for zero); far faster than to raise it."""
    upper, lower, sign = element % PRIME, PRIME, 1
    while upper:
        while upper % 2 == 0:
            upper //= 2
            if lower % 8 in (3, 5):
                sign = -sign
        upper, lower = lower, upper
        if upper % 4 == lower % 4 == 3:
            sign = -sign
        upper %= lower
    return sign if lower == 1 else 0


def _bad(why: str) -> VerificationError:
    return VerificationError(
        f"This message does not belong to a matching: {why}.",
        code="intel.match_message",
        kept="Nothing was answered.",
        next="Ask the other side to begin anew.",
    )


#: What each message of a matching holds beside its session.
MESSAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "ask": ("values",),
    "answer": ("twice", "values"),
    "finish": ("twice",),
}
