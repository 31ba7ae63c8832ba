# SPDX-License-Identifier: Apache-2.0
"""Keystores, and keys that another program keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from fakecast import Cast, key
from fakenode import serve

from concordat.errors import AuthorityError, ConcordatError, FileError, NodeError, UsageError
from concordat.evidence import registry
from concordat.evidence.typed import CoSignerRole
from concordat.ledger import keystore
from concordat.ledger.external import ExternalSigner
from concordat.ledger.rpc import RpcError
from concordat.ledger.signer import LocalSigner, open_signer

PASSWORD = "correct horse"
PLAIN = {"to": "0x" + "11" * 20, "data": "0x1234", "value": 0, "nonce": 1, "gas": 90000, "chainId": 1337}
TRANSACTION = {**PLAIN, "gasPrice": 9}


@pytest.fixture(autouse=True)
def quick_keystores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encryption that takes a second each is right for people and not for tests."""
    slow = Account.encrypt
    monkeypatch.setattr(Account, "encrypt", lambda secret, password: slow(secret, password, iterations=2))


# Keystores


def test_a_key_is_made_listed_and_opened(tmp_path: Path) -> None:
    made = keystore.create(tmp_path / "keys", "officer", PASSWORD)

    assert keystore.stored(tmp_path / "keys") == [made]
    assert made.uri == "keystore:officer"
    opened = open_signer(made.uri, tmp_path / "keys", lambda _: PASSWORD)
    assert opened.address == made.address


def test_nothing_secret_is_in_the_file(tmp_path: Path) -> None:
    secret = bytes(range(1, 33))
    keystore.import_private_key(tmp_path, "officer", secret, PASSWORD)

    content = (tmp_path / "officer.json").read_text()
    assert secret.hex() not in content
    assert PASSWORD not in content
    assert json.loads(content)["version"] == 3


def test_a_keystore_of_another_program_is_taken_over(tmp_path: Path) -> None:
    foreign = tmp_path / "UTC--foreign"
    foreign.write_text(json.dumps(Account.encrypt(b"\5" * 32, "their password")))

    taken = keystore.import_file(tmp_path / "keys", "taken", foreign, "their password", PASSWORD)

    assert keystore.decrypt(tmp_path / "keys", "taken", PASSWORD) == b"\5" * 32
    assert taken.address == Account.from_key(b"\5" * 32).address


def test_a_wrong_password_opens_nothing(tmp_path: Path) -> None:
    keystore.create(tmp_path, "officer", PASSWORD)
    with pytest.raises(AuthorityError) as wrong:
        keystore.decrypt(tmp_path, "officer", "another one")
    assert (wrong.value.exit_code, wrong.value.code) == (6, "key.password_wrong")
    assert "another one" not in wrong.value.message


def test_a_name_is_used_once(tmp_path: Path) -> None:
    made = keystore.create(tmp_path, "officer", PASSWORD)
    with pytest.raises(UsageError, match="already"):
        keystore.create(tmp_path, "officer", PASSWORD)
    assert keystore.stored(tmp_path) == [made]


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "x" * 65, "a b", "姓名"])
def test_a_name_is_a_plain_file_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        keystore.create(tmp_path, name, PASSWORD)
    with pytest.raises(UsageError):
        keystore.decrypt(tmp_path, name, PASSWORD)
    assert list(tmp_path.iterdir()) == []


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fewer than 8"):
        keystore.create(tmp_path, "officer", "short")


@pytest.mark.parametrize("secret", [b"", b"\0" * 32, b"\1" * 31, b"\xff" * 32])
def test_bytes_that_are_no_key_are_refused(tmp_path: Path, secret: bytes) -> None:
    with pytest.raises(UsageError, match="no private key"):
        keystore.import_private_key(tmp_path, "officer", secret, PASSWORD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"crypto": {}, "version": 3}', '{"crypto": 5, "address": "00"}']
)
def test_a_damaged_file_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "officer.json").write_text(content)
    with pytest.raises(FileError) as damaged:
        keystore.decrypt(tmp_path, "officer", PASSWORD)
    assert damaged.value.code == "key.damaged"
    assert keystore.stored(tmp_path) == []


def test_an_unknown_key_is_told_with_those_there_are(tmp_path: Path) -> None:
    keystore.create(tmp_path, "officer", PASSWORD)
    with pytest.raises(UsageError, match="there are: officer"):
        keystore.decrypt(tmp_path, "other", PASSWORD)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "keystore:",
        "officer",
        "file:/etc/passwd",
        "external:http://127.0.0.1:1",
        "external:http://h#0x12",
        "node:",
        "node:0x12",
    ],
)
def test_a_uri_that_names_no_key_is_refused(tmp_path: Path, uri: str) -> None:
    with pytest.raises(UsageError):
        open_signer(uri, tmp_path, lambda _: PASSWORD)


def test_a_secret_in_a_uri_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        open_signer("external:https://user:secret@host/", tmp_path, lambda _: PASSWORD)
    assert "secret" not in refused.value.message


# Keys of another program


class SigningService:
    """A signing service that speaks one dialect, or answers what it likes.

    Args:
        signer: whose key it holds.
        dialect: prefix of its methods.
        answer: what it says instead of signing.
    """

    def __init__(self, signer: LocalSigner, dialect: str = "eth", answer: Any = None) -> None:
        self.signer = signer
        self.dialect = dialect
        self.answer = answer
        self.asked: list[tuple[str, Any]] = []

    def request(self, method: str, *params: Any) -> Any:
        self.asked.append((method, params))
        known = {f"{self.dialect}_signTransaction": self._transaction}
        known["eth_signTypedData_v4" if self.dialect == "eth" else "account_signTypedData"] = self._typed
        if method not in known:
            raise RpcError(method, -32601, "the method does not exist")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer if self.answer is not None else known[method](*params)

    def _transaction(self, fields: dict[str, str]) -> Any:
        numbers = {k: int(v, 16) for k, v in fields.items() if k not in {"from", "to", "data"}}
        plain = {k: fields[k] for k in ("to", "data") if k in fields}
        raw = "0x" + self.signer.sign_transaction({**numbers, **plain}).hex()
        return {"raw": raw, "tx": {}} if self.dialect == "account" else raw

    def _typed(self, address: str, document: dict[str, Any]) -> str:
        assert address == self.signer.address
        assert document["types"]["EIP712Domain"][-1] == {"name": "salt", "type": "bytes32"}
        message = Account.sign_typed_data(self.signer._account.key, full_message=document)
        return "0x" + message.signature.hex()


@pytest.mark.parametrize("dialect", ["eth", "account"])
def test_a_signing_service_signs_transactions_and_statements(
    dialect: str, cast: Cast, node: Any, chain: Any, tmp_path: Path
) -> None:
    service = SigningService(cast.police, dialect)
    with serve(service) as url:
        signer = open_signer(f"external:{url}#{cast.police.address.lower()}", tmp_path, lambda _: "")
        chain.send(signer, "AgencyRegistry", "publishEncryptionKey", b"\7" * 32)
        collection = cast.collection()
        statement = registry.sign(
            chain, signer, collection, [(CoSignerRole.WITNESS, key("stranger").address)]
        )

    assert len(cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished")) == 1
    assert statement == registry.sign(
        chain, cast.police, collection, [(CoSignerRole.WITNESS, key("stranger").address)]
    )


def test_a_service_that_holds_other_keys_is_found_out(cast: Cast, chain: Any) -> None:
    liar = ExternalSigner(SigningService(cast.stranger), cast.police.address)
    with pytest.raises(AuthorityError, match="did not return a signature by"):
        chain.send(liar, "AgencyRegistry", "publishEncryptionKey", b"\7" * 32)
    assert cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished") == []


@pytest.mark.parametrize("answer", ["0x", "0x1234", "0x" + "11" * 65, "no hex", 5, {"raw": "0x00"}, []])
def test_an_answer_that_is_no_signature_is_refused(cast: Cast, answer: Any) -> None:
    signer = ExternalSigner(SigningService(cast.police, answer=answer), cast.police.address)
    with pytest.raises(AuthorityError) as refused:
        signer.sign_transaction(TRANSACTION)
    assert refused.value.code == "signer.wrong_signature"
    with pytest.raises(AuthorityError):
        registry.co_sign(cast.ledger, signer, cast.collection(), CoSignerRole.WITNESS, 0, 1)


def test_a_refusal_of_the_service_is_told(cast: Cast) -> None:
    service = SigningService(cast.police, answer=RpcError("eth_signTransaction", -32000, "request denied"))
    with pytest.raises(AuthorityError, match="request denied") as refused:
        ExternalSigner(service, cast.police.address).sign_transaction(TRANSACTION)
    assert refused.value.code == "signer.refused"


def test_a_service_that_knows_neither_dialect_is_told(cast: Cast) -> None:
    service = SigningService(cast.police, dialect="personal")
    with pytest.raises(NodeError) as unknown:
        ExternalSigner(service, cast.police.address).sign_transaction(TRANSACTION)
    assert unknown.value.code == "signer.dialect"


def test_a_service_that_is_not_there_is_told(tmp_path: Path, cast: Cast) -> None:
    signer = open_signer(f"external:http://127.0.0.1:1#{cast.police.address}", tmp_path, lambda _: "")
    with pytest.raises(ConcordatError) as lost:
        signer.sign_transaction(TRANSACTION)
    assert lost.value.exit_code == 5


def test_an_unlocked_account_of_a_node_signs(cast: Cast, tmp_path: Path) -> None:
    signer = open_signer(
        f"node:{cast.police.address}", tmp_path, lambda _: "", transport=SigningService(cast.police)
    )
    assert Account.recover_transaction(
        signer.sign_transaction({"nonce": 1, "gas": 5, "gasPrice": 1, "chainId": 1})
    )
