# SPDX-License-Identifier: Apache-2.0
"""Only the agency that is named opens a message, with the key that is named, as the kind that is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hmac import HMAC
from eth_utils.crypto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.errors import AuthorityError, ConcordatError, FileError, UsageError, VerificationError
from concordat.evidence import canonical
from concordat.mail import sealed
from concordat.mail.sealed import BLOCK, Envelope, KeyRing, seal, unseal

GENESIS, OTHER_GENESIS = bytes(range(32)), bytes(32)
KEY = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
PASSWORD = "long enough"
MESSAGE = "冻结 RM 1,234.50".encode()


def sealed_to(
    recipient: int = 7, version: int = 1, public: bytes = PUBLIC, message: bytes = MESSAGE
) -> Envelope:
    return seal(
        message, kind="order", genesis_id=GENESIS, recipient=recipient, key_version=version, public_key=public
    )


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    made = KeyRing(tmp_path_factory.mktemp("keys"), 7)
    for version in (1, 2):
        made.create(version, PASSWORD + str(version))
    return made


def ask(version: int) -> Callable[[str], str]:
    return lambda name: PASSWORD + str(version)


@settings(max_examples=50)
@given(st.binary(max_size=3 * BLOCK))
def test_what_is_sealed_is_read(message: bytes) -> None:
    envelope = Envelope.from_bytes(sealed_to(message=message).to_bytes())
    assert unseal(envelope, KEY, kind="order", genesis_id=GENESIS) == message


def test_lengths_say_only_how_many_blocks() -> None:
    def length(size: int) -> int:
        return len(sealed_to(message=bytes(size)).ciphertext)

    assert {length(size) for size in (0, 1, 500, BLOCK - 4)} == {BLOCK + 16}
    assert {length(size) for size in (BLOCK - 3, BLOCK, 2 * BLOCK - 4)} == {2 * BLOCK + 16}


def test_hash_is_of_the_file_and_every_sealing_differs() -> None:
    first, second = sealed_to(), sealed_to()
    assert first.hash == keccak(first.to_bytes()) == sealed.digest(first.to_bytes())
    assert first.hash != second.hash and first.enc != second.enc
    sealed.check_hash(first.to_bytes(), first.hash)
    with pytest.raises(VerificationError) as raised:
        sealed.check_hash(second.to_bytes(), first.hash)
    assert raised.value.code == "sealed.other_message"


def test_it_is_hpke_of_the_standard() -> None:
    """Opened by RFC 9180 written out step by step, so another program can open it too."""
    envelope = sealed_to()
    info = b"concordat/sealed/1:" + canonical.dumps(
        {"genesis": GENESIS.hex(), "kind": "order", "recipient": 7, "keyVersion": 1}
    )
    assert _hpke_open(envelope.enc, envelope.ciphertext, info)[4 : 4 + len(MESSAGE)] == MESSAGE


def test_the_step_by_step_opening_itself_is_that_of_the_standard() -> None:
    """Test vector A.2.1 of RFC 9180: key and nonce from the shared secret."""
    shared = bytes.fromhex("0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7")
    info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
    key, nonce = _schedule(shared, info)
    assert key.hex() == "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91"
    assert nonce.hex() == "5c4d98150661b848853b547f"


@pytest.mark.parametrize("what", ["recipient", "key_version", "enc", "ciphertext", "genesis", "key", "last"])
def test_whatever_was_changed_is_noticed(what: str) -> None:
    good = sealed_to()
    values = dict(vars(good))
    genesis, key = GENESIS, KEY
    if what in ("recipient", "key_version"):
        values[what] += 1
    elif what in ("enc", "ciphertext"):
        values[what] = bytes([values[what][0] ^ 1]) + values[what][1:]
    elif what == "last":
        values["ciphertext"] = good.ciphertext[:-1] + bytes([good.ciphertext[-1] ^ 1])
    elif what == "genesis":
        genesis = OTHER_GENESIS
    else:
        key = X25519PrivateKey.generate()
    with pytest.raises(VerificationError) as raised:
        unseal(Envelope(**values), key, kind="order", genesis_id=genesis)
    assert raised.value.code == "sealed.tampered"


def test_a_message_is_not_read_as_another_kind() -> None:
    good = sealed_to()
    with pytest.raises(VerificationError) as raised:
        unseal(good, KEY, kind="answer", genesis_id=GENESIS)
    assert raised.value.code == "sealed.kind"
    renamed = Envelope("answer", good.recipient, good.key_version, good.enc, good.ciphertext)
    with pytest.raises(VerificationError) as raised:
        unseal(renamed, KEY, kind="answer", genesis_id=GENESIS)
    assert raised.value.code == "sealed.tampered"


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), bytes(32), bytes([1]) + bytes(31)])
def test_keys_that_are_none(public: bytes) -> None:
    with pytest.raises(UsageError) as raised:
        sealed_to(public=public)
    assert raised.value.code == "sealed.bad_key"


def test_what_cannot_be_sealed() -> None:
    for recipient, version in ((0, 1), (1 << 32, 1), (7, 0), (7, 1 << 32)):
        with pytest.raises(UsageError) as raised:
            sealed_to(recipient, version)
        assert raised.value.code == "sealed.recipient"
    with pytest.raises(UsageError) as raised:
        sealed_to(message=bytes(sealed.LARGEST + 1))
    assert raised.value.code == "sealed.too_large"
    for kind, genesis in (("Order", GENESIS), ("", GENESIS), ("order", b"")):
        with pytest.raises(UsageError):
            seal(b"", kind=kind, genesis_id=genesis, recipient=7, key_version=1, public_key=PUBLIC)


def test_the_largest_message_fits_into_an_envelope() -> None:
    envelope = sealed_to(message=bytes(sealed.LARGEST))
    assert Envelope.from_bytes(envelope.to_bytes()) == envelope


def _changed(**values: object) -> bytes:
    return canonical.dumps({**json.loads(sealed_to().to_bytes()), **values})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        sealed_to().to_bytes() + b"\n",
        sealed_to().to_bytes().replace(b'"version":1', b'"version":1,"version":1'),
        _changed(version=2),
        _changed(kind="a b"),
        _changed(recipient=0),
        _changed(recipient="7"),
        _changed(keyVersion=True),
        _changed(enc="AAAA"),
        _changed(enc=1),
        _changed(enc="é"),
        _changed(ciphertext=""),
        _changed(ciphertext="AAAA"),
        _changed(ciphertext="****"),
        _changed(more=1),
        _changed(enc="A" * 42 + "B="),
        b" " * (16 << 20),
    ],
)
def test_what_is_no_envelope(data: bytes) -> None:
    with pytest.raises(VerificationError) as raised:
        Envelope.from_bytes(data)
    assert raised.value.code == "sealed.malformed" and raised.value.next


@given(st.binary(max_size=300))
def test_any_bytes_give_a_sentence(data: bytes) -> None:
    with pytest.raises(VerificationError):
        Envelope.from_bytes(data)


def test_padding_of_another_program_is_checked() -> None:
    for padded in (b"\xff" * BLOCK, bytes(3) + b"\x01" + b"ab" + bytes(BLOCK - 6), bytes(2 * BLOCK)):
        info = sealed._info(GENESIS, "order", 7, 1)
        whole = sealed._SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(PUBLIC), info)
        with pytest.raises(VerificationError) as raised:
            unseal(Envelope("order", 7, 1, whole[:32], whole[32:]), KEY, kind="order", genesis_id=GENESIS)
        assert raised.value.code == "sealed.malformed"


# Private keys


def test_old_messages_stay_readable(ring: KeyRing) -> None:
    assert ring.versions() == [1, 2]
    for version in (1, 2):
        data = sealed_to(7, version, ring.public(version)).to_bytes()
        assert ring.open(data, ask(version), kind="order", genesis_id=GENESIS) == MESSAGE


def test_the_password_is_asked_by_name_and_only_if_the_key_is_here(ring: KeyRing) -> None:
    asked: list[str] = []

    def password(name: str) -> str:
        asked.append(name)
        return PASSWORD + "2"

    fresh = KeyRing(ring.folder, ring.agency)
    for _ in range(2):  # unlocked once, however many messages there are
        fresh.open(sealed_to(7, 2, ring.public(2)).to_bytes(), password, kind="order", genesis_id=GENESIS)
    for foreign in (sealed_to(8), sealed_to(7, 3)):
        with pytest.raises(UsageError):
            fresh.open(foreign.to_bytes(), password, kind="order", genesis_id=GENESIS)
    assert asked == ["encryption key 2"]


@pytest.mark.parametrize(
    ("recipient", "version", "code"), [(8, 1, "sealed.not_for_you"), (7, 3, "sealed.key_version")]
)
def test_not_for_you_or_not_this_version(ring: KeyRing, recipient: int, version: int, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        ring.open(sealed_to(recipient, version).to_bytes(), ask(1), kind="order", genesis_id=GENESIS)
    assert raised.value.code == code


def test_no_key_at_all(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(UsageError) as raised:
            KeyRing(folder, 7).open(sealed_to().to_bytes(), ask(1), kind="order", genesis_id=GENESIS)
        assert raised.value.code == "sealed.no_key"


def test_sealed_to_a_key_that_is_not_the_published_one(ring: KeyRing) -> None:
    with pytest.raises(VerificationError) as raised:
        ring.open(sealed_to(7, 1, PUBLIC).to_bytes(), ask(1), kind="order", genesis_id=GENESIS)
    assert raised.value.code == "sealed.tampered"


def test_wrong_password(ring: KeyRing) -> None:
    with pytest.raises(AuthorityError) as raised:
        ring.private(1, PASSWORD + "2")
    assert raised.value.code == "key.password_wrong"


def test_no_key_is_ever_overwritten(ring: KeyRing) -> None:
    before = {path.name: path.read_bytes() for path in ring.folder.iterdir()}
    for version, password in ((1, PASSWORD), (0, PASSWORD), (1 << 32, PASSWORD), (3, "short")):
        with pytest.raises(UsageError):
            ring.create(version, password)
    assert {path.name: path.read_bytes() for path in ring.folder.iterdir()} == before


def test_nothing_secret_lies_open(ring: KeyRing) -> None:
    secret = ring.private(1, PASSWORD + "1").private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    text = (ring.folder / "agency-7-v1.hpke").read_text("utf-8")
    assert secret.hex() not in text and PASSWORD not in text


def test_keys_of_two_agencies_lie_side_by_side(tmp_path: Path) -> None:
    KeyRing(tmp_path, 7).create(1, PASSWORD)
    (tmp_path / "officer.json").write_text("{}")
    (tmp_path / "agency-7-v01.hpke").write_text("{}")
    assert KeyRing(tmp_path, 7).versions() == [1]
    assert KeyRing(tmp_path, 71).versions() == []


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"version":1}', b"[]"])
def test_damaged_files(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "agency-7-v1.hpke").write_bytes(content)
    with pytest.raises(FileError) as raised:
        KeyRing(tmp_path, 7).public(1)
    assert raised.value.code == "key.damaged"


def test_a_changed_public_key_is_noticed(ring: KeyRing, tmp_path: Path) -> None:
    values = json.loads((ring.folder / "agency-7-v1.hpke").read_bytes())
    values["public"] = PUBLIC.hex()
    (tmp_path / "agency-7-v1.hpke").write_bytes(canonical.dumps(values))
    with pytest.raises(ConcordatError):
        KeyRing(tmp_path, 7).private(1, PASSWORD + "1")


# RFC 9180, written out


def _hmac(key: bytes, data: bytes) -> bytes:
    mac = HMAC(key, hashes.SHA256())
    mac.update(data)
    return mac.finalize()


def _extract(suite: bytes, salt: bytes, label: bytes, value: bytes) -> bytes:
    return _hmac(salt or bytes(32), b"HPKE-v1" + suite + label + value)


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return _hmac(secret, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01")[:length]


def _schedule(shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    suite = b"HPKE" + bytes.fromhex("002000010003")
    context = b"\0" + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    secret = _extract(suite, shared, b"secret", b"")
    return _expand(suite, secret, b"key", context, 32), _expand(suite, secret, b"base_nonce", context, 12)


def _hpke_open(enc: bytes, ciphertext: bytes, info: bytes) -> bytes:
    suite = b"KEM" + bytes.fromhex("0020")
    shared = KEY.exchange(X25519PublicKey.from_public_bytes(enc))
    prk = _extract(suite, b"", b"eae_prk", shared)
    key, nonce = _schedule(_expand(suite, prk, b"shared_secret", enc + PUBLIC, 32), info)
    return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, b"")
