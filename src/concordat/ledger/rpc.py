# SPDX-License-Identifier: Apache-2.0
"""JSON-RPC to one node. Proxies come from the environment (HTTPS_PROXY), a private authority from a file."""

from __future__ import annotations

import os
from typing import Any, Protocol

import requests
from web3 import HTTPProvider
from web3.types import RPCEndpoint

from concordat.errors import ConcordatError, NodeError

TIMEOUT = 30.0  # seconds for one answer


class RpcError(ConcordatError):
    """The node answered with an error. ``data`` is whatever it added, in whatever form."""

    exit_code = NodeError.exit_code
    default_code = "node.error"

    def __init__(self, method: str, number: int, text: str, data: Any = None) -> None:
        if "insufficient funds" in text.lower():
            super().__init__(
                f"The key that pays has not enough for the fees of this transaction: {text} ({number}).",
                code="node.insufficient_funds",
                kept="This transaction was not taken.",
                next="Send some of the network's currency to the key's address (concordat key list), and run "
                "the same command again; or use a network without fees.",
            )
        else:
            super().__init__(f"The node refused {method}: {text} ({number}).")
        self.number = number
        self.text = text
        self.data = data


class Transport(Protocol):
    """Whatever can carry a request to a node; tests put their own here."""

    def request(self, method: str, *params: Any) -> Any:
        """The ``result`` of the answer, or NodeError (no answer) or RpcError (an error as answer)."""


class Rpc:
    """One node over HTTP.

    Args:
        url: ``http://`` or ``https://`` address of the node.
        ca: file with the certificates (PEM) of a private authority.
        timeout: seconds for one answer.
    """

    def __init__(self, url: str, ca: str | None = None, timeout: float = TIMEOUT) -> None:
        options: dict[str, Any] = {"timeout": timeout}
        if ca:
            options["verify"] = os.fspath(ca)
        self.url = url
        # Repeating is the outbox's business, which knows what may be repeated.
        self._provider = HTTPProvider(url, request_kwargs=options, exception_retry_configuration=None)

    def request(self, method: str, *params: Any) -> Any:
        """The ``result`` of one request.

        Raises:
            NodeError: no node answers, or what answers is no node.
            RpcError: the node answered with an error.
        """
        try:
            answer = self._provider.make_request(RPCEndpoint(method), list(params))
        except (requests.RequestException, OSError) as error:
            raise unreachable(self.url, error) from error
        except ValueError as error:
            raise NodeError(
                f"What answers at {without_secret(self.url)} is not an Ethereum node.",
                code="node.not_a_node",
                kept="Nothing was sent.",
                next="Check the address with: concordat doctor",
            ) from error
        if "error" in answer and answer["error"] is not None:
            raise _rpc_error(method, answer["error"])
        return answer.get("result")


def quantity(value: Any) -> int:
    """A number of an answer.

    Raises:
        NodeError: it is none; whatever answered is no node.
    """
    try:
        return int(value, 16) if isinstance(value, str) else int(value)
    except (ValueError, TypeError) as error:
        raise NodeError(
            "What answers at the node's address does not answer as an Ethereum node does.",
            code="node.not_a_node",
            kept="Nothing was sent.",
            next="Check the address with: concordat doctor",
        ) from error


def unreachable(url: str, error: Exception) -> NodeError:
    """The sentence for a node that does not answer."""
    reason = "it took too long" if isinstance(error, requests.Timeout) else "there is no connection"
    if isinstance(error, requests.exceptions.SSLError):
        reason = "its certificate was not accepted"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        reason = f"it says {error.response.status_code} {error.response.reason}"
    return NodeError(
        f"The node at {without_secret(url)} does not answer: {reason}.",
        kept="Nothing was sent.",
        next="Check the network and the address (concordat doctor), then run the same command again.",
    )


def without_secret(url: str) -> str:
    """The address without what may be a key in it: no user, no path, no query."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0].rpartition('@')[2]}" if rest else "the given address"


def _rpc_error(method: str, error: Any) -> RpcError:
    if not isinstance(error, dict):
        return RpcError(method, 0, str(error))
    return RpcError(method, int(error.get("code", 0)), str(error.get("message", "")), error.get("data"))
