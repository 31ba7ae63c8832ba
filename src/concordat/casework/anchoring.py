# SPDX-License-Identifier: Apache-2.0
"""The package's proof that its record stands on the chain: exported once, checked without network."""

from __future__ import annotations

from dataclasses import dataclass

from concordat.casework.desk import Desk
from concordat.errors import NodeError
from concordat.evidence import store
from concordat.evidence.package import Package
from concordat.evidence.verify import ChainRecord
from concordat.ledger import proof

FILE = "proof.json"
NO_PROOFS = frozenset({"node.no_proof", "node.block_missing"})


@dataclass(frozen=True)
class Anchor:
    """What a package's own proof shows.

    Attributes:
        record: as it stands in the state of that block.
        block, block_hash: the block to which the proof leads.
        given: whether the hash was given by who verifies, or is only what the receipt says.
    """

    record: ChainRecord
    block: int
    block_hash: str
    given: bool


def lay_in(desk: Desk, package: Package) -> bool:
    """Export the proof of a registered package into it, once. False where the node gives no proofs."""
    paper = package.receipt
    if paper is None or package.current(FILE).exists():
        return True
    try:
        exported = proof.export(desk.chain, paper.agency, bytes.fromhex(paper.root[2:]), paper.block)
    except NodeError as error:
        if error.code not in NO_PROOFS:
            raise
        return False
    package.put("anchored", {FILE: exported.encode()})
    return True


def check(package: Package, block_hash: bytes | None = None) -> Anchor | None:
    """Check a package's own proof without network. None if it holds none.

    Args:
        package: registered.
        block_hash: of a block that whoever verifies trusts, 32 bytes; by default the one in the receipt: it
            shows only that receipt and proof belong together.

    Raises:
        StorageProofError: names what does not hold.
    """
    path, paper = package.current(FILE), package.receipt
    if paper is None or not path.exists():
        return None
    with store.guard("read the proof"):
        held = proof.StorageProof.decode(path.read_bytes())
    proven = proof.verify(held, block_hash or bytes.fromhex(paper.block_hash[2:]))
    record = ChainRecord(
        chain_id=held.chain_id,
        genesis=bytes.fromhex(paper.genesis[2:]),
        registry=proven.registry,
        agency=proven.agency,
        root=proven.root,
        facts=proven.facts.pack() if proven.facts else 0,
        standard_version=proven.standard_version,
    )
    return Anchor(record, proven.block, f"0x{proven.block_hash.hex()}", block_hash is not None)
