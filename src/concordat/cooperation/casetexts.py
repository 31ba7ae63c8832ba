# SPDX-License-Identifier: Apache-2.0
"""What agencies tell each other about a case: the case itself, and the texts whose hashes stand on the chain.

A case is known on the chain by ``keccak256(secret, number)``. Whoever was told secret and number can see that
they are this case's, finds its sealed texts, and counts victims under the same pseudonyms.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from hashlib import sha256
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields

OPENING_KIND: Final = "case-opening"
TEXT_KIND: Final = "case-text"
"""Kinds of messages, bound into their encryption."""
OPENING_FORMAT: Final = "concordat/case-opening/1"
TEXT_FORMAT: Final = "concordat/case-text/1"
LARGEST: Final = 5 << 20
"""Bytes of a text or document."""
LONGEST_NUMBER: Final = 100
SECRET: Final = 32
_HARMLESS: Final = re.compile(r"[^\w.-]+")


@unique
class About(StrEnum):
    """What a text is put on record for."""

    CLAIM = "claim"
    POSITION = "position"
    LEAD = "lead"
    TRANSFER = "transfer"
    DEADLINE = "deadline"
    MINUTES = "minutes"
    CLOSING = "closing"
    TEAM = "team"
    ITEM = "item"
    ACTION = "action"


POOLED: Final = frozenset({About.ITEM, About.ACTION})
"""What a team shares: its members read it, not everybody who is told of the case."""


@dataclass(frozen=True)
class CaseOpening:
    """What opens a case's id.

    Attributes:
        opener: number of the agency that opened it.
        number: of the case, as its opener calls it.
        secret: 32 random bytes.
        keys: of messages that were sealed before, by their hashes: for whoever is let in later.
    """

    opener: int
    number: str
    secret: bytes = field(repr=False)
    keys: Mapping[bytes, bytes] = field(repr=False, default_factory=dict)

    @property
    def id(self) -> bytes:
        """The case on the chain."""
        return case_id(self.opener, self.commitment)

    @property
    def commitment(self) -> bytes:
        """What the opener tells the chain instead of the number, 32 bytes."""
        return bytes(keccak(self.secret + self.number.encode()))

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical.dumps(
            {
                "format": OPENING_FORMAT,
                "opener": self.opener,
                "number": self.number,
                "secret": self.secret.hex(),
                "keys": {digest.hex(): key.hex() for digest, key in self.keys.items()},
            }
        )


@dataclass(frozen=True)
class CaseText:
    """A text or document that was put on record.

    Attributes:
        case: id of the case.
        by: number of the agency that put it there, as it says.
        name: of the file.
        content: its bytes.
    """

    case: bytes
    by: int
    about: About
    name: str
    content: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical.dumps(
            {
                "format": TEXT_FORMAT,
                "case": self.case.hex(),
                "by": self.by,
                "about": self.about.value,
                "name": self.name,
                "content": base64.b64encode(self.content).decode(),
            }
        )

    @property
    def as_text(self) -> str | None:
        """What it says, if it is text in UTF-8."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


def item_id(secret: bytes, content: bytes) -> bytes:
    """Commitment of an item in a team's pool: members see that the same is there already."""
    return hmac.digest(hmac.digest(secret, b"concordat/pool/1", sha256), content, sha256)


def action_salt(secret: bytes, content: bytes) -> bytes:
    """What hides a joint action until it is recorded; the same for the same text: nothing is doubled."""
    return hmac.digest(hmac.digest(secret, b"concordat/action/1", sha256), content, sha256)


def case_id(opener: int, commitment: bytes) -> bytes:
    """Id of a case on the chain, 32 bytes: ``keccak256(abi.encode(agency, commitment))``."""
    return bytes(keccak(opener.to_bytes(32, "big") + commitment))


def new_opening(opener: int, number: str) -> CaseOpening:
    """An agency's case, with a secret of its own.

    Raises:
        UsageError: the number is empty or too long.
    """
    clean = " ".join(number.split())
    if not clean or len(clean) > LONGEST_NUMBER or not clean.isprintable():
        raise UsageError(
            f"A case's number has 1 to {LONGEST_NUMBER} characters.",
            code="case.number",
            kept="Nothing was sent.",
        )
    return CaseOpening(opener, clean, secrets.token_bytes(SECRET))


def read_opening(data: bytes, expected: bytes | None = None) -> CaseOpening:
    """Read an opening, and see that it opens the case that is expected.

    Raises:
        VerificationError: it is none, or another case's.
    """
    values = _read(data, _OPENING, "the case")
    keys = {bytes.fromhex(digest): bytes.fromhex(key) for digest, key in values["keys"].items()}
    found = CaseOpening(values["opener"], values["number"], bytes.fromhex(values["secret"]), keys)
    if expected is not None and found.id != expected:
        raise VerificationError(
            "The message opens another case than the one that is named.",
            code="case.other_case",
            kept="Nothing of it was used.",
            next="Ask the agency that invited you to invite you again.",
        )
    return found


def read_text(data: bytes, case: bytes) -> CaseText:
    """Read a text about a case.

    Raises:
        VerificationError: it is none, or about another case.
    """
    values = _read(data, _TEXT, "the text")
    try:
        content = base64.b64decode(values["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise VerificationError("The text's content is not base64.", code="case.text") from error
    if values["case"] != case.hex():
        raise VerificationError(
            "This text is about another case.", code="case.other_case", kept="Nothing of it was used."
        )
    return CaseText(case, values["by"], About(values["about"]), plain_name(values["name"]), content)


def plain_name(name: str) -> str:
    """Part of a file name: nothing in it can lead elsewhere."""
    return _HARMLESS.sub("-", name).strip(".-")[-80:] or "text"


def _read(data: bytes, form: Mapping[str, fields.Check], what: str) -> dict[str, Any]:
    values = canonical.loads(data, what)
    fields.check(values, what, form)
    return dict(values)


def keys_form(value: Any) -> bool:
    """Keys of messages by their hashes, in hex."""
    word = fields.hexed(32)
    return isinstance(value, dict) and all(word(digest) and word(key) for digest, key in value.items())


def _number(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NUMBER and value.isprintable()


_OPENING: Final[Mapping[str, fields.Check]] = {
    "format": fields.one_of(OPENING_FORMAT),
    "opener": fields.number(1),
    "number": _number,
    "secret": fields.hexed(SECRET),
    "keys": keys_form,
}
_TEXT: Final[Mapping[str, fields.Check]] = {
    "format": fields.one_of(TEXT_FORMAT),
    "case": fields.hexed(32),
    "by": fields.number(1),
    "about": fields.one_of(*(each.value for each in About)),
    "name": fields.text,
    "content": fields.text,
}
