# SPDX-License-Identifier: Apache-2.0
"""These tests speak to servers of their own on this computer; everything else stays out of reach."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakecast import Cast, make_cast
from fakenode import FakeNode, serve

from concordat.ledger.chain import Chain

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this computer."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError(f"something connects to {address}")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in _LOOPBACK:
            raise AssertionError(f"something looks up {host}")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cast() -> Cast:
    """A small suite in memory with people in it."""
    return make_cast()


@pytest.fixture
def node(cast: Cast) -> FakeNode:
    """A node that serves it."""
    return FakeNode(cast.ledger)


@pytest.fixture
def chain(node: FakeNode) -> Chain:
    """The suite as seen through the node, which never keeps one waiting."""
    return Chain(node, node.ledger.address("Directory"), patience=0.2)


@pytest.fixture
def url(node: FakeNode) -> Iterator[str]:
    """The node on a real socket."""
    with serve(node) as address:
        yield address


@pytest.fixture
def outbox_file(tmp_path: Path) -> Path:
    """Where an outbox lies."""
    return tmp_path / "outbox.sqlite"
