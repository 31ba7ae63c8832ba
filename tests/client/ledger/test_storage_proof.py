# SPDX-License-Identifier: Apache-2.0
"""A storage proof from a real chain, checked without one; and whatever is altered in it is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from concordat.errors import ConcordatError, NodeError
from concordat.evidence.standards import Verdict
from concordat.ledger import header, proof, rlp
from concordat.ledger.proof import StorageProof, StorageProofError

GOLDEN = Path(__file__).parent / "golden"
ANCHOR = bytes.fromhex("9d918e45345dfb5e9612a4e622bcc12c47bddb3f76a9fc93b8460d8129bb5f3d")
BLOCK = bytes.fromhex("013ca5a27da59654d553332dc40afb6ea11432172cb937541684c542ba0a8198")


@pytest.fixture
def good() -> StorageProof:
    """A record of Ganache 7.9.2, one header before the block that is trusted."""
    return StorageProof.decode((GOLDEN / "storage-proof.json").read_bytes())


def test_a_record_is_proven(good: StorageProof) -> None:
    found = proof.verify(good, ANCHOR)

    assert (found.block, found.anchor, found.block_hash) == (94, 95, BLOCK)
    assert found.root == b"\x07" * 32
    assert found.facts is not None
    assert (found.facts.officers, found.facts.place) == (2, 458)
    assert (found.verdict, found.standard_version) == (Verdict.CONFORMS, 1)
    assert found.registered_at == 1795366092


def test_the_block_itself_can_be_trusted(good: StorageProof) -> None:
    assert proof.verify(replace(good, later_headers=()), BLOCK).anchor == 94


def test_absence_is_proven() -> None:
    absent = StorageProof.decode((GOLDEN / "storage-absence.json").read_bytes())

    assert proof.verify(absent, BLOCK).facts is None


def test_its_file_is_one_form(good: StorageProof) -> None:
    assert StorageProof.decode(good.encode()) == good


def altered(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


ALTERATIONS: dict[str, Callable[[StorageProof], StorageProof]] = {
    "proof.other_block": lambda p: replace(p, later_headers=()),
    "proof.headers_broken": lambda p: replace(p, header=altered(p.header, 300)),
    "proof.header": lambda p: replace(p, header=p.header[:-1]),
    "proof.account_broken": lambda p: replace(p, account_proof=p.account_proof[:-1]),
    "proof.storage_broken": lambda p: replace(p, storage_proof=p.storage_proof[:-1]),
}


@pytest.mark.parametrize("code", ALTERATIONS)
def test_what_was_altered_or_cut_off_is_named(good: StorageProof, code: str) -> None:
    with pytest.raises(StorageProofError) as refused:
        proof.verify(ALTERATIONS[code](good), ANCHOR)

    assert refused.value.code == code
    assert refused.value.exit_code == 4


def test_every_byte_of_the_proof_matters(good: StorageProof) -> None:
    for name in ("account_proof", "storage_proof"):
        nodes = getattr(good, name)
        for index, node in enumerate(nodes):
            for at in range(0, len(node), 7):
                changed = (*nodes[:index], altered(node, at), *nodes[index + 1 :])
                with pytest.raises(StorageProofError):
                    proof.verify(replace(good, **{name: changed}), ANCHOR)


def test_nodes_that_lead_nowhere_are_refused(good: StorageProof) -> None:
    padded = replace(good, storage_proof=(*good.storage_proof, good.storage_proof[-1]))
    with pytest.raises(StorageProofError, match="lead nowhere"):
        proof.verify(padded, ANCHOR)


def test_the_proof_of_one_record_proves_no_other(good: StorageProof) -> None:
    for other in (replace(good, root=b"\x08" * 32), replace(good, agency=30015491)):
        with pytest.raises(StorageProofError):
            proof.verify(other, ANCHOR)


def test_another_contract_is_not_in_the_proof(good: StorageProof) -> None:
    with pytest.raises(StorageProofError):
        proof.verify(replace(good, registry="0x" + "11" * 20), ANCHOR)


def test_an_absence_cannot_be_made_of_a_record(good: StorageProof) -> None:
    with pytest.raises(StorageProofError):
        proof.verify(replace(good, storage_proof=good.storage_proof[:1]), ANCHOR)
    with pytest.raises(StorageProofError, match="empty"):
        proof.verify(replace(good, storage_proof=()), ANCHOR)


@pytest.mark.parametrize("text", ["{}", "[]", '{"concordat":"storage-proof/2"}', "no json"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(ConcordatError):
        StorageProof.decode(text.encode())


def test_the_slot_is_that_of_the_layout() -> None:
    layout = Path(__file__).parents[3] / "snapshots" / "storage" / "EvidenceRegistry.json"
    if not layout.exists():
        return  # the wheel is tested alone
    content = json.loads(layout.read_text())
    acquisitions = next(each for each in content["storage"] if each["label"] == "_acquisitions")
    assert acquisitions["slot"] == proof.ACQUISITIONS_SLOT
    members = next(fields for name, fields in content["structs"].items() if name.endswith("Acquisition"))
    assert [(each["label"], each["offset"]) for each in members] == [
        ("facts", 0),
        ("agency", 20),
        ("registeredAt", 24),
        ("verdict", 29),
        ("standardVersion", 30),
    ]
    assert {each["slot"] for each in members} == {0}


def test_a_header_of_an_unknown_form_is_said_to_be_one() -> None:
    block = dict.fromkeys(header._FIRST, "0x" + "00" * 32) | {"hash": "0x" + "11" * 32}
    with pytest.raises(NodeError) as unknown:
        header.encode(block)
    assert unknown.value.code == "proof.header_form"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8180",
        "c1",
        "b7",
        "b800",
        "b83700",
        "f80102",
        "c28001ff",
        "bfffffffffffffffff",
        "8100",
        "c0c0",
        "b90001",
    ],
)
def test_rlp_in_another_than_the_shortest_form_is_refused(text: str) -> None:
    if text == "8180":  # this one is right: 0x80 does need a prefix
        assert rlp.decode(bytes.fromhex(text)) == b"\x80"
        return
    with pytest.raises(rlp.RlpError):
        rlp.decode(bytes.fromhex(text))


@pytest.mark.parametrize(
    "item",
    [b"", b"\0", b"\x7f", b"\x80", b"a" * 55, b"a" * 56, b"a" * 70000, [], [b"", [b"x"]], [b"a" * 60] * 9],
)
def test_rlp_there_and_back(item: object) -> None:
    assert rlp.decode(rlp.encode(item)) == item  # type: ignore[arg-type]
