# SPDX-License-Identifier: Apache-2.0
"""init, doctor, key: from nothing to a workspace that knows its suite."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakecast import PDRM, Cast
from fakenode import FakeNode


def test_init_pins_and_says_what(concordat: Any, url: str, cast: Cast, tmp_path: Path) -> None:
    directory = cast.ledger.address("Directory")
    outcome = concordat("init", "--rpc", url, "--directory", directory, "--agency", "MY-PDRM", "--json")

    assert outcome.code == 0
    assert outcome.json["chain_id"] == 1337
    assert outcome.json["agency"] == PDRM
    assert (tmp_path / ".concordat" / "config.json").exists()
    assert concordat("init", "--rpc", url, "--directory", directory).code == 2


def test_init_needs_a_suite(concordat: Any, url: str, tmp_path: Path) -> None:
    assert "--deployment" in concordat("init", "--rpc", url).err
    assert concordat("init", "--rpc", "http://127.0.0.1:1", "--directory", "0x" + "11" * 20).code == 5
    assert concordat("init", "--rpc", url, "--directory", "0x" + "11" * 20).code == 5
    assert not (tmp_path / ".concordat").exists()


def test_a_workspace_may_be_elsewhere(concordat: Any, url: str, cast: Cast, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    directory = cast.ledger.address("Directory")
    assert concordat("init", "--rpc", url, "--directory", directory, "--workspace", elsewhere).code == 0
    assert (tmp_path / "elsewhere" / ".concordat" / "config.json").exists()
    assert concordat("--workspace", elsewhere, "agency", "list").code == 0
    assert concordat("agency", "list").code == 2


def test_doctor_says_that_all_is_well(concordat: Any, workspace: Path) -> None:
    concordat("key", "use", "keystore:officer")
    outcome = concordat("doctor")
    assert outcome.code == 0
    assert "holds COLLECT, REGISTER, WITHDRAW" in outcome.out
    assert "bad" not in outcome.out


def test_doctor_names_what_is_wrong(concordat: Any, workspace: Path, node: FakeNode) -> None:
    node.code["EvidenceRegistry"] += b"\0"
    outcome = concordat("doctor", "--json")
    assert outcome.code == 5
    bad = [check for check in outcome.json["checks"] if check["state"] == "bad"]
    assert [check["name"] for check in bad] == ["node"]
    assert "EvidenceRegistry" in bad[0]["text"]


def test_doctor_finishes_what_was_left(concordat: Any, workspace: Path, node: FakeNode, cast: Cast) -> None:
    node.lost = {"eth_sendRawTransaction": "before"}
    publish = ("agency", "encryption-key", "--publish", "11" * 32, "--key", "keystore:police")
    unknown = concordat(*publish)
    assert unknown.code == 9
    node.lost = {}

    assert "not finished" in concordat("doctor").out
    assert "is done" in concordat("doctor", "--settle").out
    assert len(cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished")) == 1


def test_keys_are_made_before_there_is_a_suite(concordat: Any, tmp_path: Path) -> None:
    made = concordat("key", "new", "founder", "--json")
    assert made.code == 0
    assert "Back up" in made.err
    assert (tmp_path / ".concordat" / "keys" / "founder.json").exists()
    assert concordat("key", "list", "--json").json["keys"] == [made.json]
    assert concordat("key", "new", "founder").code == 2


def test_keys_of_other_programs_are_taken_over(concordat: Any, tmp_path: Path) -> None:
    from eth_account import Account

    (tmp_path / "theirs").write_text(json.dumps(Account.encrypt(b"\5" * 32, "correct horse")))
    taken = concordat("key", "import", "taken", "theirs", "--json")
    assert taken.json["address"] == Account.from_key(b"\5" * 32).address

    (tmp_path / "bare").write_text("no hex")
    assert concordat("key", "import", "bare", "bare", "--bare").code == 2
    assert concordat("key", "import", "gone", "gone").code == 8


def test_no_key_is_ever_an_argument(concordat: Any) -> None:
    """Arguments stand in the history of the shell and in the list of processes."""
    for command in ("new", "import", "use"):
        assert "private" not in concordat("key", command, "--help").out.replace("bare private key in hex", "")
    assert concordat("key", "use", "0x" + "11" * 32).code == 2


def test_a_default_key_is_used(concordat: Any, workspace: Path) -> None:
    missing = concordat("agency", "encryption-key", "--publish", "11" * 32, "--json")
    assert missing.json["code"] == "key.unnamed"
    assert concordat("key", "use", "keystore:police").code == 0
    assert concordat("key", "list", "--json").json["default"] == "keystore:police"
    assert concordat("agency", "encryption-key", "--publish", "11" * 32).code == 0


def test_a_wrong_password_sends_nothing(
    concordat: Any, workspace: Path, node: FakeNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORDAT_PASSWORD", "wrong horse")
    outcome = concordat(
        "agency", "encryption-key", "--publish", "11" * 32, "--key", "keystore:police", "--json"
    )
    assert (outcome.code, outcome.json["code"]) == (6, "key.password_wrong")
    assert node.sent == []
