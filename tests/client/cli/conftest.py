# SPDX-License-Identifier: Apache-2.0
"""The command line as typed, in a folder of its own, in front of a suite in memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))

from fakecast import Cast, make_cast
from fakenode import FakeNode, serve

from concordat.cli import run
from concordat.ledger.chain import Chain

PASSWORD = "correct horse"


@dataclass
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its object on stdout."""
        return json.loads(self.out)


Concordat = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak to a server of their own; proxies are none of their business."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, no variables of the user's, keystores that do not take a second each."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONCORDAT_WORKSPACE", "CONCORDAT_RPC", "CONCORDAT_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CONCORDAT_PASSWORD", PASSWORD)
    slow = Account.encrypt
    monkeypatch.setattr(Account, "encrypt", lambda secret, password: slow(secret, password, iterations=2))


@pytest.fixture
def concordat(capsys: pytest.CaptureFixture[str]) -> Concordat:
    """``concordat("key", "list")`` runs it in this process."""

    def call(*arguments: str) -> Outcome:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture
def cast() -> Cast:
    """A small suite in memory with people in it."""
    return make_cast()


@pytest.fixture
def node(cast: Cast) -> FakeNode:
    """A node that serves it."""
    return FakeNode(cast.ledger)


@pytest.fixture
def url(node: FakeNode, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The node on a real socket."""
    monkeypatch.setattr(Chain.__init__, "__defaults__", ("", 0.2, 0, None))
    with serve(node) as address:
        yield address


@pytest.fixture
def workspace(concordat: Concordat, url: str, cast: Cast, tmp_path: Path) -> Path:
    """A workspace of the police in the current folder, with everyone's key."""
    made = concordat(
        "init", "--rpc", url, "--directory", cast.ledger.address("Directory"), "--agency", "MY-PDRM"
    )
    assert made.code == 0, made.err
    for name in ("authority", "police", "officer", "stranger", "foreign"):
        bare = tmp_path / "bare"
        bare.write_text(getattr(cast, name)._account.key.hex())
        assert concordat("key", "import", name, str(bare), "--bare").code == 0
        bare.unlink()
    return tmp_path / ".concordat"
