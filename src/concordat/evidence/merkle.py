# SPDX-License-Identifier: Apache-2.0
"""The Merkle tree over an acquisition: RFC 6962 shape, SHA-256, one random salt for every leaf.

    leaf = SHA256(0x00 || salt || data)         node = SHA256(0x01 || left || right)

A tree of n leaves is split at the largest power of two below n (RFC 6962, 2.1). Leaves and nodes have
different prefixes, so that no node can be passed off as a leaf. The salts keep one disclosed leaf from
betraying its neighbours: without its salt, a leaf's data cannot be guessed and tried.

Trees are read once and never held: memory is a batch of leaves and one node per level.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import TypeAlias

from concordat.errors import UsageError

HASH_BYTES = 32
MAX_DEPTH = 40
MAX_LEAVES = 1 << MAX_DEPTH

_LEAF = b"\x00"
_NODE = b"\x01"
_SALT_LABEL = b"concordat leaf salt"
_HMAC_BLOCK = 64
# Leaves reduced level by level at a time. A power of two, so that every full batch is one perfect subtree.
_BATCH = 1 << 11

# First leaf, number of leaves, hash.
_Subtree: TypeAlias = tuple[int, int, bytes]


class TreeError(UsageError):
    """No such tree, or no such leaf in it."""

    default_code = "merkle.no_such_leaf"


def salt(seed: bytes, index: int) -> bytes:
    """The salt of leaf ``index``: HMAC-SHA256 of label and uint64 big-endian index under the 32-byte seed."""
    return hmac.digest(seed, _SALT_LABEL + index.to_bytes(8, "big"), "sha256")


def leaf_hash(leaf_salt: bytes, data: bytes) -> bytes:
    """SHA256(0x00 || salt || data), 32 bytes. The salt's fixed length keeps it from moving into the data.

    Raises:
        TreeError: the salt is not 32 bytes.
    """
    if len(leaf_salt) != HASH_BYTES:
        raise TreeError(f"A leaf's salt has {HASH_BYTES} bytes, not {len(leaf_salt)}.", code="merkle.salt")
    return sha256(_LEAF + leaf_salt + data).digest()


def leaf_hashes(seed: bytes, data: Iterable[bytes]) -> Iterator[bytes]:
    """The hashes of all leaves in order, salted: as `salt` and `leaf_hash` give them, in half of the time.

    HMAC (RFC 2104) hashes the padded key twice for every message; here it is hashed once for all.

    Raises:
        TreeError: the seed is not 32 bytes.
    """
    if len(seed) != HASH_BYTES:
        raise TreeError(f"A seed has {HASH_BYTES} bytes, not {len(seed)}.", code="merkle.salt")
    key = seed.ljust(_HMAC_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in key) + _SALT_LABEL).copy
    outer = sha256(bytes(byte ^ 0x5C for byte in key)).copy
    hashed = sha256
    for index, each in enumerate(data):
        message, result = inner(), outer()
        message.update(index.to_bytes(8, "big"))
        result.update(message.digest())
        yield hashed(_LEAF + result.digest() + each).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA256(0x01 || left || right), 32 bytes."""
    return sha256(_NODE + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, read once, in O(log n) memory.

    Raises:
        TreeError: no leaves. An acquisition always has one, its manifest.
    """
    return _fold(leaves, -1)[0]


def proof(leaves: Iterable[bytes], index: int) -> tuple[bytes, ...]:
    """The siblings from leaf ``index`` up to the root, lowest first (RFC 6962, 2.1.1). Reads the leaves once.

    Raises:
        TreeError: there is no leaf ``index``.
    """
    _, size, path = _fold(leaves, index)
    if not 0 <= index < size:
        raise TreeError(f"There is no leaf {index}: the tree has {size} leaves, counted from 0.")
    return tuple(path)


def verify(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether ``leaf`` stands at ``index`` among ``size`` leaves under root ``expected`` (RFC 9162, 2.1.3.2).

    False for anything out of shape: an index outside the tree, a path too short, too long or deeper than 40,
    a hash that is not 32 bytes. The size is only checked as far as it gives the path its shape; what binds it
    is the manifest, leaf 0.
    """
    if not 0 <= index < size <= MAX_LEAVES or len(path) > MAX_DEPTH:
        return False
    if any(len(part) != HASH_BYTES for part in (leaf, expected, *path)):
        return False
    node, place, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:  # a last node without a partner rises unchanged
                place >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and node == expected


def _fold(leaves: Iterable[bytes], wanted: int) -> tuple[bytes, int, list[bytes]]:
    """Root, number of leaves, and the siblings of leaf ``wanted`` (none if it is not in the tree).

    Keeps a stack of perfect subtrees of falling size: a binary counter.
    """
    source = iter(leaves)
    stack: list[_Subtree] = []
    path: list[bytes] = []
    size = 0
    while batch := list(islice(source, _BATCH)):
        top = (size, len(batch), _reduce(batch, wanted - size, path))
        size += len(batch)
        if top[1] == _BATCH:  # only the last batch can be shorter, and it stays on top
            while stack and stack[-1][1] == top[1]:
                top = _join(stack.pop(), top, wanted, path)
        stack.append(top)
    if not stack:
        raise TreeError("A tree without leaves has no root.", code="merkle.empty")
    top = stack.pop()
    while stack:
        top = _join(stack.pop(), top, wanted, path)
    return top[2], size, path


def _join(left: _Subtree, right: _Subtree, wanted: int, path: list[bytes]) -> _Subtree:
    """The subtree above two neighbours; notes the other half if ``wanted`` is in one of them."""
    if left[0] <= wanted < right[0]:
        path.append(right[2])
    elif right[0] <= wanted < right[0] + right[1]:
        path.append(left[2])
    return left[0], left[1] + right[1], node_hash(left[2], right[2])


def _reduce(level: list[bytes], place: int, path: list[bytes]) -> bytes:
    """The root over one batch, level by level; an unpaired last node rises unchanged: RFC 6962's shape.

    Notes the siblings of the node at ``place`` if that lies inside the batch.
    """
    hashed = sha256
    inside = 0 <= place < len(level)
    while len(level) > 1:
        if inside:
            if place ^ 1 < len(level):
                path.append(level[place ^ 1])
            place >>= 1
        pairs = iter(level)
        above = [hashed(_NODE + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        if len(level) & 1:
            above.append(level[-1])
        level = above
    return level[0]
