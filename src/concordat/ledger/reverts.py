# SPDX-License-Identifier: Apache-2.0
"""From a node's refusal to the typed error that a contract meant, and from there to a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode as abi_decode

from concordat.errors import ConcordatError
from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from concordat.ledger.rpc import RpcError

_HEX = re.compile(r"0x[0-9a-fA-F]{8,}")
_REASON = bytes.fromhex("08c379a0")  # Error(string)
_PANIC = bytes.fromhex("4e487b71")  # Panic(uint256)
_REVERT_NUMBERS = frozenset({3, -32000, -32015})


@dataclass(frozen=True)
class Revert:
    """A contract's typed error: its name and its values by parameter name."""

    name: str
    args: Mapping[str, Any]


def decode(data: bytes) -> Revert | None:
    """The typed error in revert data; None if no contract of the suite has it.

    ``Error(string)`` and ``Panic(uint256)``, which the compiler itself raises, are known too.
    """
    if data[:4] == _REASON:
        return Revert("Error", {"reason": abi_decode(["string"], data[4:])[0]})
    if data[:4] == _PANIC:
        return Revert("Panic", {"code": abi_decode(["uint256"], data[4:])[0]})
    for entry in artifacts.errors().get(data[:4], ()):
        try:
            values = codec.decode(entry["inputs"], data[4:])
        except ValueError:
            continue
        names = [part["name"] for part in entry["inputs"]]
        return Revert(entry["name"], dict(zip(names, values, strict=True)))
    return None


def is_revert(error: RpcError) -> bool:
    """Whether the node's error is a contract's refusal, and not the node's own trouble."""
    return "revert" in error.text.lower() or revert_data(error) is not None


def revert_data(error: RpcError) -> bytes | None:
    """The revert data in a node's error. Every kind of node puts it elsewhere."""
    for text in _candidates(error.data):
        found = _HEX.search(text)
        if found and (len(found.group()) - 10) % 64 == 0:  # selector and whole words; a hash is none
            return codec.to_bytes(found.group())
    return None


def to_error(error: RpcError) -> ConcordatError:
    """The sentence for a contract's refusal; the node's own error where it was none."""
    if not is_revert(error):
        return error
    data = revert_data(error)
    return from_data(data or b"")


def from_data(data: bytes) -> ConcordatError:
    """The sentence for revert data."""
    # Here, because the sentences are long and only failures need them.
    from concordat.ledger.sentences import explain

    return explain(decode(data), data)


def _candidates(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key in ("result", "data", "return", "output"):
            if key in data:
                yield from _candidates(data[key])
        for value in data.values():
            if isinstance(value, dict):
                yield from _candidates(value)
