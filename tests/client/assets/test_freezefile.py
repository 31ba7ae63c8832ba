# SPDX-License-Identifier: Apache-2.0
"""The private folder of a request: at once and complete, never changed, damaged parts told."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from concordat.assets.folders import freezefile
from concordat.assets.folders.freezefile import FreezeFile
from concordat.assets.folders.freezeforms import Secrets, Told
from concordat.assets.orders import orderfile, ordermessage
from concordat.assets.orders.order import Order
from concordat.assets.requests import ChainOrder, ChainTarget
from concordat.assets.states import Scope
from concordat.assets.values import commitments
from concordat.errors import FileError, UsageError
from concordat.evidence import canonical, store
from concordat.evidence.places import numeric
from concordat.ledger.protocol import Receipt
from concordat.mail.sealed import digest

AGENCY = 46_006_274
MESSAGES = (b"sealed to one", b"sealed to another")
KEY = "0x" + "ab" * 20


def order() -> Order:
    content = {
        "concordat": "order/1",
        "number": "JCC-0317",
        "case": "0317",
        "measure": "FREEZE",
        "asset_class": "VIRTUAL_ASSET",
        "jurisdiction": "SG",
        "agency": AGENCY,
        "officer": {"name": "Lim Invented", "rank": "Inspector", "contact": "+65 0000 0000"},
        "legal_basis": [{"law": "PSA-2025", "article": "s. 4"}],
        "grounds": "Reasons.",
        "period": {"count": 30, "unit": "DAYS"},
        "confidential": True,
        "targets": [
            _target("account:MERLSGSG:1234567890", "SGD 1.00"),
            _target("eip155:1:0x52908400098527886e0f7030069857d2e4169ee7", "ETH 123456.000000000000000001"),
        ],
    }
    return orderfile.parse(json.dumps(content))


def _target(account: str, amount: str) -> dict[str, Any]:
    scope = {"later_credits": False, "interest": False}
    named = {"institution": 46_006_278, "account": account, "holder": "Tan Invented"}
    return {**named, "amount": amount, "scope": scope}


def parts() -> tuple[Order, Secrets, Told]:
    given = order()
    own = (ordermessage.new_secrets(KEY, b"\1" * 32), ordermessage.new_secrets())
    secrets = Secrets(commitments.new_salt(), own)
    committed = ordermessage.commitment(given, secrets.salt, own)
    targets = tuple(
        ChainTarget(
            46_006_278,
            ordermessage.target_word(target, each),
            target.currency.code,
            target.amount.amount,
            Scope(0),
            digest(MESSAGES[number]),
            1,
        )
        for number, (target, each) in enumerate(zip(given.targets, own, strict=True))
    )
    chain = ChainOrder(committed, given.measure, given.asset_class, numeric("SG"), 86_400)
    told = Told(1337, b"\5" * 32, AGENCY, commitments.request_id(AGENCY, committed), chain, targets)
    return given, secrets, told


@pytest.fixture
def made(tmp_path: Path) -> FreezeFile:
    return FreezeFile.create(tmp_path / "case.freeze", *parts(), MESSAGES)


def damaged(folder: Path, code: str = "freeze.damaged") -> str:
    with pytest.raises((FileError, UsageError)) as found:
        FreezeFile.open(folder)
    assert found.value.code == code, found.value.message
    assert "1234567890" not in found.value.message
    return found.value.message


def test_what_was_laid_in_comes_back(tmp_path: Path) -> None:
    given, secrets, told = parts()
    FreezeFile.create(tmp_path / "case.freeze", given, secrets, told, MESSAGES)
    back = FreezeFile.open(tmp_path / "case.freeze")
    assert (back.order, back.secrets, back.told) == (given, secrets, told)
    assert back.messages() == list(MESSAGES)
    assert back.told.targets[1].amount == 123_456 * 10**18 + 1
    assert back.told.hold(2) == commitments.hold_id(told.id, told.targets[1].target)
    assert canonical.loads((back.folder / "order.json").read_bytes()) == given.as_json()


def test_only_the_owner_reads_it(made: FreezeFile) -> None:
    for path in made.folder.rglob("*"):
        if path.is_file() and sys.platform != "win32":
            assert path.stat().st_mode & 0o077 == 0, path


def test_no_representation_shows_a_secret() -> None:
    given, secrets, told = parts()
    shown = repr((given, secrets, told))
    assert secrets.salt.hex() not in shown and "1234567890" not in shown
    assert repr(secrets.salt)[2:20] not in shown


def test_an_existing_folder_is_not_touched(made: FreezeFile) -> None:
    before = (made.folder / "secrets.json").read_bytes()
    with pytest.raises(UsageError) as found:
        FreezeFile.create(made.folder, *parts(), MESSAGES)
    assert found.value.code == "file.exists"
    assert (made.folder / "secrets.json").read_bytes() == before


@pytest.mark.parametrize("writes", range(5))
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    real, done = store.write, []

    def full(path: Path, data: bytes) -> None:
        if len(done) == writes:
            raise OSError(28, "No space left on device")
        done.append(path)
        real(path, data)

    monkeypatch.setattr(store, "write", full)
    with pytest.raises(FileError) as found:
        FreezeFile.create(tmp_path / "case.freeze", *parts(), MESSAGES)
    assert (found.value.code, found.value.kept) == ("disk.full", "Nothing was sent.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["order.json", "secrets.json", "request.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[]", b"null", b'{"a":1}', b"[" * 100_000])
def test_rubbish_in_a_part_is_told(made: FreezeFile, name: str, content: bytes) -> None:
    (made.folder / name).write_bytes(content)
    assert name in damaged(made.folder)


@pytest.mark.parametrize("name", ["order.json", "secrets.json"])
def test_a_missing_part_is_told(made: FreezeFile, name: str) -> None:
    (made.folder / name).unlink()
    damaged(made.folder, "file.unreadable")


def test_another_folder_is_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.freeze"):
        damaged(path, "freeze.no_folder")


def test_parts_of_two_requests_do_not_go_together(tmp_path: Path) -> None:
    first = FreezeFile.create(tmp_path / "a.freeze", *parts(), MESSAGES)
    second = FreezeFile.create(tmp_path / "b.freeze", *parts(), MESSAGES)
    for name in ("secrets.json", "request.json"):
        own = (first.folder / name).read_bytes()
        (first.folder / name).write_bytes((second.folder / name).read_bytes())
        assert "do not belong together" in damaged(first.folder)
        (first.folder / name).write_bytes(own)
    FreezeFile.open(first.folder)


def test_a_request_of_another_agency_is_told(tmp_path: Path) -> None:
    given, secrets, told = parts()
    FreezeFile.create(tmp_path / "a.freeze", given, secrets, replace(told, agency=AGENCY + 1), MESSAGES)
    assert "another request" in damaged(tmp_path / "a.freeze")


def test_a_changed_or_lost_message_is_told(made: FreezeFile) -> None:
    path = made.folder / "messages" / f"{digest(MESSAGES[0]).hex()}.sealed"
    path.write_bytes(b"other")
    with pytest.raises(FileError) as changed:
        made.messages()
    assert changed.value.code == "freeze.damaged"
    path.unlink()
    with pytest.raises(FileError) as lost:
        made.messages()
    assert lost.value.code == "file.unreadable" and "backup" in lost.value.next


def test_receipts_are_kept_in_order_and_once(made: FreezeFile) -> None:
    assert made.receipts() == []
    first = Receipt("0x" + "1" * 64, 7, "0x" + "2" * 64, 21_000, 1_773_622_000)
    made.keep_receipt("request", first)
    made.keep_receipt("request", first)
    made.keep_receipt("ratify", replace(first, transaction="0x" + "3" * 64, block=8))
    assert [(each["act"], each["block"]) for each in made.receipts()] == [("request", 7), ("ratify", 8)]
    (made.folder / "receipts.json").write_bytes(b'{"receipts":[{"act":1}]}')
    with pytest.raises(FileError):
        made.receipts()


def test_folders_are_found_by_what_is_in_them(made: FreezeFile, tmp_path: Path) -> None:
    (tmp_path / "empty.freeze").mkdir()
    (tmp_path / "file.freeze").write_bytes(b"")
    assert freezefile.folders_in(tmp_path) == [made.folder]
    assert freezefile.folders_in(tmp_path / "gone") == []
    assert freezefile.named_folder(Path("x.freeze")) and not freezefile.named_folder(Path("x.yaml"))


def test_a_glance_says_what_it_is_or_nothing(made: FreezeFile) -> None:
    seen = freezefile.glance(made.folder)
    assert seen is not None
    assert (seen.id, seen.number, seen.chain_id) == (made.told.id, "JCC-0317", 1337)
    for content in (b"[" * 100_000, b"[]", b'{"id":"zz"}', b"\xff"):
        (made.folder / "request.json").write_bytes(content)
        assert freezefile.glance(made.folder) is None


def test_a_folder_that_cannot_be_entered_is_told(made: FreezeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: Any) -> bytes:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "read_bytes", denied)
    damaged(made.folder, "file.unreadable")
