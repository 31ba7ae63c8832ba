# SPDX-License-Identifier: Apache-2.0
"""The walk through a Merkle Patricia proof (Yellow Paper, appendix D), from a root to the value at a key."""

from __future__ import annotations

from collections.abc import Sequence

from eth_utils.crypto import keccak

from concordat.ledger import rlp
from concordat.ledger.rlp import Item

EMPTY_ROOT = bytes(keccak(rlp.encode(b"")))
_BRANCH, _SHORT = 17, 2


class TrieError(ValueError):
    """A proof that does not lead from the root to the key."""


def lookup(root: bytes, key: bytes, proof: Sequence[bytes]) -> bytes | None:
    """The value under ``key``, proven to be there, or None, proven to be absent.

    Args:
        root: hash of the trie, 32 bytes.
        key: as it is in the trie (keccak256 of address or slot).
        proof: RLP of the nodes on the way, from the root.

    Raises:
        TrieError: the nodes do not hang together, or the way ends too early; or nodes are left over.
    """
    if not proof:
        if root == EMPTY_ROOT:
            return None
        raise TrieError("the proof is empty")
    walk = _Walk(proof)
    value = walk.down(walk.take(root), _nibbles(key))
    walk.finish()
    return value


class _Walk:
    def __init__(self, proof: Sequence[bytes]) -> None:
        self._proof = proof
        self._used = 0

    def take(self, expected: bytes) -> list[Item]:
        """The next node, whose hash its parent named."""
        if self._used >= len(self._proof):
            raise TrieError("a node is missing: the proof was cut off")
        raw = self._proof[self._used]
        self._used += 1
        if keccak(raw) != expected:
            raise TrieError(f"node {self._used} is not the one that its parent names")
        return _node(_decoded(raw))

    def finish(self) -> None:
        """Nothing may be left over: two proofs for one thing would be one too many."""
        if self._used != len(self._proof):
            raise TrieError("the proof has nodes that lead nowhere")

    def down(self, node: list[Item], path: list[int]) -> bytes | None:
        """Follow the path."""
        while True:
            if len(node) == _BRANCH:
                if not path:
                    return _value(node[16])
                child, path = node[path[0]], path[1:]
            else:
                part, leaf = _compact(node[0])
                if leaf:
                    return _value(node[1]) if part == path else None
                if path[: len(part)] != part:
                    return None
                child, path = node[1], path[len(part) :]
            if child == b"":
                return None
            # A child shorter than a hash stands in its parent itself.
            node = _node(child) if isinstance(child, list) else self.take(child)


def _node(item: Item) -> list[Item]:
    if not isinstance(item, list) or len(item) not in (_BRANCH, _SHORT):
        raise TrieError("a node is neither branch, extension nor leaf")
    return item


def _decoded(raw: bytes) -> Item:
    try:
        return rlp.decode(raw)
    except rlp.RlpError as error:
        raise TrieError(f"a node cannot be read: {error}") from error


def _value(item: Item) -> bytes | None:
    if not isinstance(item, bytes):
        raise TrieError("a value is no bytes")
    return item or None


def _compact(item: Item) -> tuple[list[int], bool]:
    """Hex-prefix encoding: the nibbles, and whether they end at a leaf."""
    if not isinstance(item, bytes) or not item or item[0] >> 4 > 3:
        raise TrieError("a node's path cannot be read")
    nibbles = _nibbles(item)
    return nibbles[1 if nibbles[0] & 1 else 2 :], bool(nibbles[0] & 2)


def _nibbles(data: bytes) -> list[int]:
    return [half for byte in data for half in (byte >> 4, byte & 15)]
