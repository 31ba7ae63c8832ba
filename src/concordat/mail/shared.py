# SPDX-License-Identifier: Apache-2.0
"""One sealed message to several agencies; the chain sees the hash of the whole.

The content is encrypted once (ChaCha20-Poly1305, a key of its own) and that key is sealed to each agency (see
``sealed``). So all of them read the very bytes whose hash is on the chain, nobody else does, and whoever has
to prove to a court what one message said gives away the key of that message alone.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields
from concordat.mail import sealed
from concordat.mail.sealed import BLOCK, LARGEST, Envelope

FORMAT: Final = "concordat/shared/1"
MOST: Final = 64
"""Agencies that one message may have: a joint team has at most 32 members."""
_ONCE: Final = bytes(12)
_KEY, _LENGTH, _TAG = 32, 4, 16
_LARGEST_FILE: Final = 2 * LARGEST


@dataclass(frozen=True)
class SharedMessage:
    """A message to several agencies.

    Attributes:
        kind: of the message; the reader must expect the same.
        keys: the message's key, sealed to each agency, in the order of their numbers.
        ciphertext: padded content and tag.
    """

    kind: str
    keys: tuple[Envelope, ...] = field(repr=False)
    ciphertext: bytes = field(repr=False)

    @property
    def recipients(self) -> tuple[int, ...]:
        """Numbers of the agencies that can open it."""
        return tuple(each.recipient for each in self.keys)

    @cached_property
    def data(self) -> bytes:
        """The file, canonical JSON."""
        return canonical.dumps(
            {
                "format": FORMAT,
                "kind": self.kind,
                "keys": [canonical.loads(each.to_bytes()) for each in self.keys],
                "ciphertext": base64.b64encode(self.ciphertext).decode(),
            }
        )

    @property
    def hash(self) -> bytes:
        """What goes on the chain: keccak256 of the file."""
        return sealed.digest(self.data)

    def key_for(self, agency: int) -> bytes:
        """The envelope with the message's key for an agency.

        Raises:
            UsageError: it is none of its readers.
        """
        for each in self.keys:
            if each.recipient == agency:
                return each.to_bytes()
        raise UsageError(
            f"This message is not for agency {agency}.",
            code="sealed.not_for_you",
            kept="It was not opened.",
            next="Ask whoever sent it to seal it to your agency.",
        )

    def open(self, key: bytes, genesis_id: bytes) -> bytes:
        """The content, given the message's key.

        Raises:
            VerificationError: it was changed, or is of another kind or suite.
        """
        try:
            padded = ChaCha20Poly1305(key).decrypt(
                _ONCE, self.ciphertext, _info(genesis_id, self.kind, self.keys)
            )
        except (InvalidTag, ValueError) as error:
            raise VerificationError(
                "This message was changed on its way, or belongs to another suite.",
                code="sealed.tampered",
                kept="Nothing of it was used.",
                next="Ask the sender to send the original file again.",
            ) from error
        size = int.from_bytes(padded[:_LENGTH], "big")
        message, rest = padded[_LENGTH : _LENGTH + size], padded[_LENGTH + size :]
        if len(message) != size or len(rest) >= BLOCK or any(rest):
            raise _malformed("it is not padded as it should be")
        return message


def seal(
    message: bytes, *, kind: str, genesis_id: bytes, readers: Mapping[int, tuple[bytes, int]]
) -> SharedMessage:
    """Encrypt a message to several agencies.

    Args:
        message: the bytes to send.
        kind: of the message.
        genesis_id: of the suite, 32 bytes.
        readers: published key and its version of each agency, by number.

    Raises:
        UsageError: nobody or too many are to read it, a key is not usable, or the message is too large.
    """
    if not 0 < len(readers) <= MOST or len(message) > LARGEST:
        raise UsageError(
            f"A message has 1 to {MOST} readers and at most {LARGEST >> 20} MiB.",
            code="sealed.too_large",
            kept="Nothing was sent.",
            next="Split it, or share files by their packages' proofs instead.",
        )
    key = secrets.token_bytes(_KEY)  # used for this message alone, so the nonce may be constant
    whole = len(message).to_bytes(_LENGTH, "big") + message
    padded = whole + bytes(-len(whole) % BLOCK)
    keys = tuple(
        sealed.seal(
            key, kind=kind, genesis_id=genesis_id, recipient=number, key_version=version, public_key=public
        )
        for number, (public, version) in sorted(readers.items())
    )
    ciphertext = ChaCha20Poly1305(key).encrypt(_ONCE, padded, _info(genesis_id, kind, keys))
    return SharedMessage(kind, keys, ciphertext)


def read(data: bytes) -> SharedMessage:
    """Read a message's file.

    Raises:
        VerificationError: it is none, or too large, or not written as such messages are.
    """
    if len(data) > _LARGEST_FILE:
        raise _malformed("it is larger than any message")
    try:
        values = canonical.loads(data, "it")
        fields.check(values, "it", _FORM)
        keys = tuple(Envelope.from_bytes(canonical.dumps(each)) for each in values["keys"])
        ciphertext = base64.b64decode(values["ciphertext"], validate=True)
    except VerificationError as error:
        raise _malformed(error.message.rstrip(".")) from error
    except (binascii.Error, ValueError) as error:
        raise _malformed("its content is not base64") from error
    found = SharedMessage(values["kind"], keys, ciphertext)
    if not _is_whole(found) or found.data != data:
        raise _malformed("it is not written as such messages are")
    return found


def is_shared(data: bytes) -> bool:
    """Whether this looks like a message to several, and not like one to one agency."""
    return f'"format":"{FORMAT}"'.encode() in data


def _is_whole(found: SharedMessage) -> bool:
    numbers = found.recipients
    sizes = len(found.ciphertext) >= BLOCK + _TAG and (len(found.ciphertext) - _TAG) % BLOCK == 0
    ordered = 0 < len(numbers) <= MOST and list(numbers) == sorted(set(numbers))
    return sizes and ordered and _same_kind(found.kind, found.keys)


def _same_kind(kind: str, keys: Iterable[Envelope]) -> bool:
    return all(each.kind == kind for each in keys)


def _info(genesis_id: bytes, kind: str, keys: Iterable[Envelope]) -> bytes:
    """What is bound into the encryption: suite, kind, and who else can read it."""
    return canonical.dumps(
        {
            "format": FORMAT,
            "genesis": genesis_id.hex(),
            "kind": kind,
            "keys": [each.hash.hex() for each in keys],
        }
    )


def _malformed(why: str) -> VerificationError:
    return VerificationError(
        f"This is no message to several agencies: {why}.",
        code="sealed.malformed",
        kept="Nothing of it was used.",
        next="Ask the sender to send the original file again.",
    )


def _objects(value: Any) -> bool:
    return (
        isinstance(value, list) and 0 < len(value) <= MOST and all(isinstance(each, dict) for each in value)
    )


_FORM: Final[Mapping[str, fields.Check]] = {
    "format": fields.one_of(FORMAT),
    "kind": fields.text,
    "keys": _objects,
    "ciphertext": fields.text,
}
