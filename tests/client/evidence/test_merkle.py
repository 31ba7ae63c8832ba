# SPDX-License-Identifier: Apache-2.0
"""The Merkle tree against answers written out by hand and against what must never pass."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.evidence import merkle


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf(n: int) -> bytes:
    return sha(b"\x00" + bytes(32) + n.to_bytes(4, "big"))


def leaves(n: int) -> list[bytes]:
    return [leaf(i) for i in range(n)]


def by_definition(nodes: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written: recursive, split at the largest power of two below n."""
    if len(nodes) == 1:
        return nodes[0]
    k = 1
    while k * 2 < len(nodes):
        k *= 2
    return sha(b"\x01" + by_definition(nodes[:k]) + by_definition(nodes[k:]))


def test_known_answers_written_out_by_hand() -> None:
    a, b, c, d, e, f, g = leaves(7)
    ab, cd, ef = sha(b"\x01" + a + b), sha(b"\x01" + c + d), sha(b"\x01" + e + f)
    abcd = sha(b"\x01" + ab + cd)
    assert merkle.root([a]) == a
    assert merkle.root([a, b]) == ab
    assert merkle.root([a, b, c]) == sha(b"\x01" + ab + c)
    assert merkle.root([a, b, c, d, e]) == sha(b"\x01" + abcd + e)
    assert merkle.root([a, b, c, d, e, f, g]) == sha(b"\x01" + abcd + sha(b"\x01" + ef + g))
    assert merkle.proof([a, b, c, d, e, f, g], 0) == (b, cd, sha(b"\x01" + ef + g))
    assert merkle.proof([a, b, c, d, e, f, g], 6) == (ef, abcd)
    assert merkle.proof([a, b, c, d, e], 4) == (abcd,)
    assert merkle.proof([a], 0) == ()


def test_the_tree_of_certificate_transparency() -> None:
    """The eight leaves of RFC 6962's reference implementation; a salt is only more data there."""
    data = "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
    hashes = [sha(b"\x00" + bytes.fromhex(item)) for item in data]
    assert merkle.root(hashes).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert merkle.root(hashes[:7]).hex() == "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"
    assert merkle.root(hashes[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


def test_salt_and_leaf_are_as_written_in_the_specification() -> None:
    seed = bytes(range(32))
    expected = hmac.new(seed, b"concordat leaf salt" + (7).to_bytes(8, "big"), hashlib.sha256).digest()
    assert merkle.salt(seed, 7) == expected
    assert merkle.leaf_hash(expected, b"{}") == sha(b"\x00" + expected + b"{}")
    with pytest.raises(merkle.TreeError):
        merkle.leaf_hash(b"short", b"{}")


@given(seed=st.binary(min_size=32, max_size=32), data=st.lists(st.binary(max_size=80), max_size=20))
def test_hashing_all_leaves_at_once_gives_each(seed: bytes, data: list[bytes]) -> None:
    each = [merkle.leaf_hash(merkle.salt(seed, i), item) for i, item in enumerate(data)]
    assert list(merkle.leaf_hashes(seed, data)) == each


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(merkle.TreeError):
        list(merkle.leaf_hashes(bytes(31), [b""]))


@pytest.mark.parametrize("size", [*range(1, 40), 2047, 2048, 2049, 4095, 4096, 4097, 6145, 10_000])
def test_streaming_gives_the_root_of_the_definition(size: int) -> None:
    assert merkle.root(iter(leaves(size))) == by_definition(leaves(size))


@pytest.mark.parametrize("size", [2048, 2049, 4100, 6144, 6145, 8191])
def test_proofs_across_batches(size: int) -> None:
    nodes = leaves(size)
    top = merkle.root(nodes)
    for index in {0, 1, 2047, 2048 % size, size // 2, size - 2, size - 1}:
        path = merkle.proof(iter(nodes), index)
        assert merkle.verify(nodes[index], index, size, path, top)


@given(size=st.integers(1, 200), data=st.data())
def test_any_leaf_proves_and_nothing_else_does(size: int, data: st.DataObject) -> None:
    nodes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    top, path = merkle.root(nodes), merkle.proof(nodes, index)
    assert merkle.verify(nodes[index], index, size, path, top)

    other = data.draw(st.integers(-2, size + 2).filter(lambda i: i != index))
    assert not merkle.verify(nodes[index], other, size, path, top)
    assert not merkle.verify(leaf(size + 1), index, size, path, top)
    assert not merkle.verify(nodes[index], index, size, (*path, leaf(0)), top)
    assert not merkle.verify(nodes[index], index, size, path, sha(top))
    assert not merkle.verify(nodes[index], index, size * 2 + 1, path, top)
    assert not merkle.verify(nodes[index], index, index, path, top)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path]
        wrong[at] = sha(wrong[at])
        assert not merkle.verify(nodes[index], index, size, wrong, top)
        assert not merkle.verify(nodes[index], index, size, path[:-1], top)
        assert not merkle.verify(nodes[index], index, size, [p[:31] for p in path], top)


@given(size=st.integers(1, 130))
def test_appending_changes_the_root(size: int) -> None:
    assert merkle.root(leaves(size)) != merkle.root(leaves(size + 1))


@given(size=st.integers(2, 100), data=st.data())
def test_order_counts(size: int, data: st.DataObject) -> None:
    nodes = leaves(size)
    i = data.draw(st.integers(0, size - 2))
    swapped = [*nodes]
    swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
    assert merkle.root(nodes) != merkle.root(swapped)


def test_a_node_is_no_leaf() -> None:
    """Second preimage: the root's two children, given as the data of one leaf, do not hash to the root."""
    a, b = leaves(2)
    assert merkle.leaf_hash(a, b) != merkle.root([a, b])


def test_depth_and_size_are_bounded() -> None:
    path = [leaf(0)] * 40
    node = leaf(1)
    for sibling in path:
        node = merkle.node_hash(node, sibling)
    assert merkle.verify(leaf(1), 0, 1 << 40, path, node)
    assert not merkle.verify(leaf(1), 0, 1 << 41, [*path, leaf(0)], merkle.node_hash(node, leaf(0)))


def test_no_leaves_and_no_such_leaf() -> None:
    with pytest.raises(merkle.TreeError) as empty:
        merkle.root([])
    assert empty.value.code == "merkle.empty"
    for index in (-1, 3):
        with pytest.raises(merkle.TreeError):
            merkle.proof(leaves(3), index)
