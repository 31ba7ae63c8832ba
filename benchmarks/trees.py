# SPDX-License-Identifier: Apache-2.0
"""Building a tree over many leaves, beside pymerkle: the same hash and shape (RFC 6962, SHA-256)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from pymerkle import InmemoryTree  # type: ignore[import-untyped]

from benchmarks.registering import SEED, lines
from benchmarks.timing import Ratio, compare
from concordat.evidence import merkle

LEAVES = 100_000


@dataclass(frozen=True)
class Trees:
    """How many times faster than pymerkle.

    Attributes:
        same: the very same tree, root for root.
        salted: the tree of a package, where every leaf has a derived salt; pymerkle's has none.
    """

    same: Ratio
    salted: Ratio


def ratios() -> Trees:
    """Both, for LEAVES leaves."""
    leaves = list(lines(LEAVES))
    if merkle.root(_unsalted(leaves)) != _pymerkle(leaves):
        raise AssertionError("the two trees differ")
    return Trees(
        same=compare(lambda: merkle.root(_unsalted(leaves)), lambda: _pymerkle(leaves)),
        salted=compare(lambda: merkle.root(merkle.leaf_hashes(SEED, leaves)), lambda: _pymerkle(leaves)),
    )


def _unsalted(leaves: list[bytes]) -> Iterator[bytes]:
    return (sha256(b"\0" + leaf).digest() for leaf in leaves)


def _pymerkle(leaves: list[bytes]) -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return bytes(tree.get_root())
