# SPDX-License-Identifier: Apache-2.0
"""Block headers: from a node's JSON to the bytes whose hash is the block's, and back to what is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from concordat.errors import NodeError
from concordat.ledger import rlp

# In the order of the header. Numbers lose leading zeros, everything else keeps its length.
_FIRST = (
    "parentHash",
    "sha3Uncles",
    "miner",
    "stateRoot",
    "transactionsRoot",
    "receiptsRoot",
    "logsBloom",
    "difficulty",
    "number",
    "gasLimit",
    "gasUsed",
    "timestamp",
    "extraData",
    "mixHash",
    "nonce",
)
# Added by one hard fork after another; a header has the first so many of them.
_LATER = (
    "baseFeePerGas",
    "withdrawalsRoot",
    "blobGasUsed",
    "excessBlobGas",
    "parentBeaconBlockRoot",
    "requestsHash",
)
_NUMBERS = frozenset(
    {
        "difficulty",
        "number",
        "gasLimit",
        "gasUsed",
        "timestamp",
        "baseFeePerGas",
        "blobGasUsed",
        "excessBlobGas",
    }
)


class HeaderError(ValueError):
    """Bytes that are no header."""


@dataclass(frozen=True)
class Header:
    """What a proof needs of a header.

    Attributes:
        hash: of the block, computed from the bytes.
        time: seconds since 1970 UTC.
    """

    hash: bytes
    parent: bytes
    state_root: bytes
    number: int
    time: int


def read(raw: bytes) -> Header:
    """Read the RLP of a header.

    Raises:
        HeaderError: it is none.
    """
    try:
        fields = rlp.decode(raw)
    except rlp.RlpError as error:
        raise HeaderError(f"it cannot be read: {error}") from error
    if (
        not isinstance(fields, list)
        or len(fields) < len(_FIRST)
        or not all(isinstance(f, bytes) for f in fields)
    ):
        raise HeaderError("it is no header of a block")
    parent, state_root = bytes(fields[0]), bytes(fields[3])  # type: ignore[arg-type]
    if len(parent) != 32 or len(state_root) != 32:
        raise HeaderError("it is no header of a block")
    return Header(
        hash=bytes(keccak(raw)),
        parent=parent,
        state_root=state_root,
        number=int.from_bytes(bytes(fields[8]), "big"),  # type: ignore[arg-type]
        time=int.from_bytes(bytes(fields[11]), "big"),  # type: ignore[arg-type]
    )


def encode(block: Mapping[str, Any]) -> bytes:
    """The RLP of a block's header from the node's JSON, checked against the hash that the node states.

    Raises:
        NodeError: the header has a form that is not known here.
    """
    names = [*_FIRST, *(name for name in _LATER if block.get(name) is not None)]
    raw = rlp.encode([_field(name, str(block[name])) for name in names])
    if keccak(raw) != bytes.fromhex(str(block["hash"])[2:]):
        raise NodeError(
            "The header of this chain's blocks has a form that cannot be checked here.",
            code="proof.header_form",
            kept="Nothing was written.",
            next="The registration can still be checked with a node.",
        )
    return raw


def _field(name: str, text: str) -> bytes:
    if name in _NUMBERS:
        return rlp.number(int(text, 16))
    return bytes.fromhex(text[2:])
