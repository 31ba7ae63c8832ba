# SPDX-License-Identifier: Apache-2.0
"""The client's tests reach no network: whoever tries fails at once."""

from __future__ import annotations

import socket
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

# How long a case takes says nothing about whether it is right, and much about what else the machine does.
settings.register_profile("client", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("client")


class NetworkUsedError(AssertionError):
    """A client test tried to reach the network."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise NetworkUsedError(f"client tests run without network, but something connects: {args[1:] or args}")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections and look-ups; making a socket (as event loops do) is allowed."""
    for method in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, method, _refuse)
    for function in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, function, _refuse)
