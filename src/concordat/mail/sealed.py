# SPDX-License-Identifier: Apache-2.0
"""Messages that only the agency can read to which they are addressed; the chain sees their hash.

HPKE (RFC 9180, base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305) to the key that the agency published.
Suite, recipient, key version and kind are bound into the encryption, so a message cannot be handed on as
another one. Who sent it is not proven by the envelope but by the transaction that carries its hash.

What is encrypted is padded to whole blocks of 4 KiB, so that its length does not tell how many accounts, or
whether a refusal, are inside. Private keys lie in the workspace, one encrypted file a version; old ones are
kept, since what was sealed to them must stay readable.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from eth_utils.crypto import keccak

from concordat.errors import AuthorityError, FileError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store

VERSION = 1
BLOCK = 4096
LARGEST = 8 << 20  # bytes of a message; no order or answer comes near
_LARGEST_ENVELOPE = (LARGEST + 2 * BLOCK) * 4 // 3 + 1024
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_ENC, _TAG, _LENGTH = 32, 16, 4
_KIND = re.compile(r"[a-z][a-z0-9-]{0,31}")
_AGENCIES = (1 << 32) - 1
_ONCE = bytes(12)
SHORTEST_PASSWORD = 8


@dataclass(frozen=True)
class Envelope:
    """A sealed message with what is written on the outside.

    Attributes:
        kind: of the message: ``order``, ``answer`` ...
        recipient: number of the agency that can open it.
        key_version: of its key.
        enc: the sender's one-time public key, 32 bytes.
        ciphertext: padded message and tag.
    """

    kind: str
    recipient: int
    key_version: int
    enc: bytes
    ciphertext: bytes

    def to_bytes(self) -> bytes:
        """The file, canonical JSON: the same envelope has the same bytes everywhere."""
        return canonical.dumps(
            {
                "version": VERSION,
                "kind": self.kind,
                "recipient": self.recipient,
                "keyVersion": self.key_version,
                "enc": base64.b64encode(self.enc).decode(),
                "ciphertext": base64.b64encode(self.ciphertext).decode(),
            }
        )

    @property
    def hash(self) -> bytes:
        """What goes on the chain: keccak256 of the file."""
        return digest(self.to_bytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Envelope:
        """Read an envelope.

        Raises:
            VerificationError: it is none, or too large.
        """
        if len(data) > _LARGEST_ENVELOPE:
            raise _malformed("it is larger than any message")
        try:
            values = canonical.loads(data, "it")
            fields.check(values, "it", _FORM)
        except VerificationError as error:
            raise _malformed(error.message.rstrip(".")) from error
        enc, ciphertext = _binary(values["enc"]), _binary(values["ciphertext"])
        if len(enc) != _ENC or len(ciphertext) < BLOCK + _TAG or (len(ciphertext) - _TAG) % BLOCK:
            raise _malformed("its parts have lengths that no sealed message has")
        return cls(values["kind"], values["recipient"], values["keyVersion"], enc, ciphertext)


def digest(data: bytes) -> bytes:
    """Hash of an envelope as received, to be compared with the one on the chain before anything else."""
    return bytes(keccak(data))


def check_hash(data: bytes, expected: bytes) -> None:
    """See that an envelope is the one whose hash is on the chain.

    Raises:
        VerificationError: it is another one.
    """
    if digest(data) != expected:
        raise VerificationError(
            "This message is not the one whose hash is on the chain.",
            code="sealed.other_message",
            kept="It was not opened.",
            next="Ask the sender to send the original file again.",
        )


def seal(
    message: bytes, *, kind: str, genesis_id: bytes, recipient: int, key_version: int, public_key: bytes
) -> Envelope:
    """Encrypt a message to an agency.

    Args:
        message: the bytes to send.
        kind: of the message; the reader must expect the same.
        genesis_id: of the suite, 32 bytes.
        recipient: number of the agency.
        key_version: of its published key.
        public_key: that key, X25519, 32 bytes.

    Raises:
        UsageError: the agency published no usable key, or the message is too large.
    """
    if len(message) > LARGEST:
        raise UsageError(
            f"The message has {len(message)} bytes; at most {LARGEST} can be sealed.",
            code="sealed.too_large",
            kept="Nothing was sent.",
            next="Split it, or name files by their hashes instead.",
        )
    info = _info(genesis_id, kind, recipient, key_version)
    try:
        key = X25519PublicKey.from_public_bytes(public_key)
        sealed = _SUITE.encrypt(_pad(message), key, info)
    except ValueError as error:  # wrong length, or a point of small order
        raise UsageError(
            f"Agency {recipient} has published no usable encryption key.",
            code="sealed.bad_key",
            kept="Nothing was sent.",
            next="Ask it to publish a new one.",
        ) from error
    return Envelope(kind, recipient, key_version, sealed[:_ENC], sealed[_ENC:])


def unseal(envelope: Envelope, key: X25519PrivateKey, *, kind: str, genesis_id: bytes) -> bytes:
    """Decrypt a message with the key of the version that the envelope names (see `KeyRing`).

    Args:
        envelope: as received.
        key: private key of the recipient.
        kind: that is expected.
        genesis_id: of the suite, 32 bytes.

    Raises:
        VerificationError: it is of another kind, was changed, or was sealed to another key or suite.
    """
    if envelope.kind != kind:
        raise VerificationError(
            f"This message is of kind '{envelope.kind}', and '{kind}' is expected here.", code="sealed.kind"
        )
    info = _info(genesis_id, kind, envelope.recipient, envelope.key_version)
    try:
        padded = _SUITE.decrypt(envelope.enc + envelope.ciphertext, key, info)
    except (InvalidTag, ValueError) as error:
        raise VerificationError(
            "This message was changed on its way, or was sealed to another key or another suite.",
            code="sealed.tampered",
            kept="Nothing of it was used.",
            next="Compare its hash with the chain; if it is the same, answer that it is unreadable.",
        ) from error
    return _unpad(padded)


class KeyRing:
    """The private encryption keys of an agency, one file a version, none of them ever overwritten.

    Args:
        folder: where they lie, ``keys`` of the workspace.
        agency: its number.
    """

    def __init__(self, folder: Path, agency: int) -> None:
        self.folder = folder
        self.agency = agency
        self._unlocked: dict[int, X25519PrivateKey] = {}

    def versions(self) -> list[int]:
        """Versions that are here, oldest first."""
        form = re.compile(rf"agency-{self.agency}-v([1-9][0-9]{{0,9}})\.hpke")
        names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        return sorted(int(found.group(1)) for name in names if (found := form.fullmatch(name)))

    def create(self, version: int, password: str) -> bytes:
        """Make the key of a version, the next one after the newest published.

        Returns:
            The public key to publish, 32 bytes.

        Raises:
            UsageError: the version is here already or no number, or the password is too short.
            FileError: it cannot be written.
        """
        if not 0 < version <= _AGENCIES or version in self.versions():
            raise UsageError(
                f"Version {version} of the encryption key is already here, or is no version.",
                code="sealed.key_exists",
                kept="No key was touched.",
                next="Make the next version; old ones are needed for old messages.",
            )
        if len(password) < SHORTEST_PASSWORD:
            raise UsageError(
                f"The password has fewer than {SHORTEST_PASSWORD} characters.",
                code="key.password_short",
                kept="No key was written.",
                next="Choose a longer one.",
            )
        key = X25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw()
        outside = {"version": VERSION, "agency": self.agency, "keyVersion": version, "public": public.hex()}
        salt = secrets.token_bytes(32)
        locked = _lock(password, salt).encrypt(_ONCE, key.private_bytes_raw(), canonical.dumps(outside))
        content = canonical.dumps({**outside, "salt": salt.hex(), "ciphertext": locked.hex()})
        with store.guard("write the encryption key", kept="No key was made."):
            store.write(self._file(version), content)
        return public

    def public(self, version: int) -> bytes:
        """Public key of a version; needs no password.

        Raises:
            UsageError, FileError: it is not here; its file is damaged.
        """
        return bytes.fromhex(self._read(version)["public"])

    def private(self, version: int, password: str) -> X25519PrivateKey:
        """Private key of a version.

        Raises:
            UsageError, FileError: it is not here; its file is damaged.
            AuthorityError: the password is wrong, or the file was changed.
        """
        values = self._read(version)
        salt, locked = bytes.fromhex(values.pop("salt")), bytes.fromhex(values.pop("ciphertext"))
        try:
            key = _lock(password, salt).decrypt(_ONCE, locked, canonical.dumps(values))
        except InvalidTag as error:
            raise AuthorityError(
                f"The password does not open encryption key {version}, or its file was changed.",
                code="key.password_wrong",
                kept="Nothing was opened.",
                next="Run the command again with the right password.",
            ) from error
        return X25519PrivateKey.from_private_bytes(key)

    def open(self, data: bytes, password: Callable[[str], str], *, kind: str, genesis_id: bytes) -> bytes:
        """Open an envelope with the key that it names. Each key is unlocked once, however many there are.

        Args:
            data: the envelope as received.
            password: asked for the password of a key, given what people call it.
            kind: of message that is expected.
            genesis_id: of the suite, 32 bytes.

        Raises:
            UsageError: it is for another agency, or no key or not this version of it is here.
            VerificationError: it is no envelope, was changed, or is of another kind.
            AuthorityError, FileError: wrong password; the key's file is damaged.
        """
        envelope = Envelope.from_bytes(data)
        if envelope.recipient != self.agency:
            raise UsageError(
                f"This message is for agency {envelope.recipient}, not for agency {self.agency}.",
                code="sealed.not_for_you",
                kept="It was not opened.",
                next="Give it to the agency to which it is addressed.",
            )
        version = envelope.key_version
        self._known(version)  # before a password is asked for in vain
        if version not in self._unlocked:
            self._unlocked[version] = self.private(version, password(f"encryption key {version}"))
        return unseal(envelope, self._unlocked[version], kind=kind, genesis_id=genesis_id)

    def _file(self, version: int) -> Path:
        return self.folder / f"agency-{self.agency}-v{version}.hpke"

    def _known(self, version: int) -> Path:
        here = self.versions()
        if not here:
            raise UsageError(
                f"This workspace has no encryption key of agency {self.agency}.",
                code="sealed.no_key",
                next="Take the keys from a backup, or answer that the message is unreadable.",
            )
        if version not in here:
            known = ", ".join(map(str, here))
            raise UsageError(
                f"Version {version} of the encryption key is not in this workspace (there are: {known}).",
                code="sealed.key_version",
                next="Take it from a backup, or answer that the message is unreadable.",
            )
        return self._file(version)

    def _read(self, version: int) -> dict[str, Any]:
        path = self._known(version)
        with store.guard("read the encryption key"):
            data = path.read_bytes()
        try:
            values = canonical.loads(data, path.name)
            fields.check(values, path.name, _KEY_FORM)
        except VerificationError as error:
            raise FileError(
                f"The file of version {version} of the encryption key is damaged.",
                code="key.damaged",
                next="Take it from a backup.",
            ) from error
        return dict(values)


def _lock(password: str, salt: bytes) -> ChaCha20Poly1305:
    """Key of one file; its salt is used once, so the nonce may be constant. 64 MiB make guessing dear."""
    scrypt = Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1)
    return ChaCha20Poly1305(scrypt.derive(password.encode("utf-8", "surrogatepass")))


def _info(genesis_id: bytes, kind: str, recipient: int, key_version: int) -> bytes:
    if len(genesis_id) != 32 or not _KIND.fullmatch(kind):
        raise UsageError("A genesis id has 32 bytes, a kind 1 to 32 small letters.", code="sealed.usage")
    if not 0 < recipient <= _AGENCIES or not 0 < key_version <= _AGENCIES:
        raise UsageError(
            "The message names no agency, or no version of its key.",
            code="sealed.recipient",
            next="See that the agency has published an encryption key.",
        )
    return b"concordat/sealed/1:" + canonical.dumps(
        {"genesis": genesis_id.hex(), "kind": kind, "recipient": recipient, "keyVersion": key_version}
    )


def _pad(message: bytes) -> bytes:
    whole = len(message).to_bytes(_LENGTH, "big") + message
    return whole + bytes(-len(whole) % BLOCK)


def _unpad(padded: bytes) -> bytes:
    size = int.from_bytes(padded[:_LENGTH], "big")
    message, rest = padded[_LENGTH : _LENGTH + size], padded[_LENGTH + size :]
    if len(message) != size or len(rest) >= BLOCK or any(rest):
        raise _malformed("it is not padded as it should be")
    return message


def _malformed(why: str) -> VerificationError:
    return VerificationError(
        f"This is no sealed message: {why}.",
        code="sealed.malformed",
        kept="Nothing of it was used.",
        next="Ask the sender to send the original file again.",
    )


def _binary(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _malformed("its content is not base64") from error
    if base64.b64encode(found).decode() != text:  # the last digit may hide bits
        raise _malformed("its content is not canonical base64")
    return found


_FORM: dict[str, fields.Check] = {
    "version": fields.number(VERSION, VERSION),
    "kind": lambda value: isinstance(value, str) and _KIND.fullmatch(value) is not None,
    "recipient": fields.number(1, _AGENCIES),
    "keyVersion": fields.number(1, _AGENCIES),
    "enc": fields.text,
    "ciphertext": fields.text,
}
_KEY_FORM: dict[str, fields.Check] = {
    "version": fields.number(VERSION, VERSION),
    "agency": fields.number(1, _AGENCIES),
    "keyVersion": fields.number(1, _AGENCIES),
    "public": fields.hexed(32),
    "salt": fields.hexed(32),
    "ciphertext": fields.hexed(48),
}
