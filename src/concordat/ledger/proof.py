# SPDX-License-Identifier: Apache-2.0
"""One acquisition's record on the chain, proven without any server: header, account, storage slot.

``export`` asks a node once. What it gives can be checked for ever with nothing but the hash of one trusted
block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eth_utils.crypto import keccak

from concordat.errors import NodeError, VerificationError
from concordat.evidence import canonical, fields
from concordat.evidence.facts import Facts
from concordat.evidence.standards import Verdict
from concordat.ledger import header as headers
from concordat.ledger import rlp, trie
from concordat.ledger.chain import Chain
from concordat.ledger.header import Header
from concordat.ledger.rpc import RpcError, quantity

VERSION = "storage-proof/1"
REGISTRY = "EvidenceRegistry"
#: Slot of EvidenceRegistry's mapping of acquisitions; a test compares it with snapshots/storage.
ACQUISITIONS_SLOT = 0
#: So many headers may lie between a proof's block and the block that is trusted.
MOST_ANCESTORS = 100_000

_FORM: Mapping[str, fields.Check] = {
    "concordat": fields.one_of(VERSION),
    "chain_id": fields.number(1),
    "registry": fields.hexed(20, "0x"),
    "agency": fields.number(1, (1 << 32) - 1),
    "root": fields.hexed(32, "0x"),
    "header": lambda value: _is_hex(value),
    "later_headers": fields.list_of(lambda value: _is_hex(value)),
    "account_proof": fields.list_of(lambda value: _is_hex(value)),
    "storage_proof": fields.list_of(lambda value: _is_hex(value)),
}


class StorageProofError(VerificationError):
    """A proof that does not prove what it says."""

    default_code = "proof.wrong"


@dataclass(frozen=True)
class StorageProof:
    """What a node gave; nothing in it is believed before ``verify``.

    Attributes:
        registry: address of EvidenceRegistry.
        header: RLP of the header of the block in whose state the record stands.
        later_headers: RLP of the headers from there up to a trusted block; empty if it is that block itself.
        account_proof: nodes from the state root to the registry's account.
        storage_proof: nodes from the account's storage root to the slot.
    """

    chain_id: int
    registry: str
    agency: int
    root: bytes
    header: bytes
    account_proof: tuple[bytes, ...]
    storage_proof: tuple[bytes, ...]
    later_headers: tuple[bytes, ...] = field(default=())

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical.dumps(
            {
                "concordat": VERSION,
                "chain_id": self.chain_id,
                "registry": self.registry.lower(),
                "agency": self.agency,
                "root": _hex(self.root),
                "header": _hex(self.header),
                "later_headers": [_hex(each) for each in self.later_headers],
                "account_proof": [_hex(each) for each in self.account_proof],
                "storage_proof": [_hex(each) for each in self.storage_proof],
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> StorageProof:
        """Read canonical JSON.

        Raises:
            VerificationError: it is no such proof.
        """
        form = canonical.loads(data, "the storage proof")
        fields.check(form, "the storage proof", _FORM)
        return cls(
            chain_id=form["chain_id"],
            registry=form["registry"],
            agency=form["agency"],
            root=_bytes(form["root"]),
            header=_bytes(form["header"]),
            account_proof=tuple(_bytes(each) for each in form["account_proof"]),
            storage_proof=tuple(_bytes(each) for each in form["storage_proof"]),
            later_headers=tuple(_bytes(each) for each in form["later_headers"]),
        )


@dataclass(frozen=True)
class ProvenRecord:
    """What a verified proof says.

    Attributes:
        block: number of the block in whose state the record stands; block_hash, block_time: of it.
        anchor: number of the trusted block; the same, or a later one.
        facts: as stored; None where nothing is registered, which is proven as well.
    """

    registry: str
    agency: int
    root: bytes
    block: int
    block_hash: bytes
    block_time: int
    anchor: int
    facts: Facts | None
    registered_at: int
    verdict: Verdict
    standard_version: int


def export(
    chain: Chain, agency: int, root: bytes, block: int | None = None, anchor: int | None = None
) -> StorageProof:
    """Ask a node for the proof of one record.

    Args:
        chain: the suite.
        agency: number of the agency that registered.
        root: of the acquisition, 32 bytes.
        block: in whose state; the newest by default.
        anchor: a later block, up to which headers are added; none by default.

    Raises:
        NodeError: the node has no proofs, or not of this block.
    """
    number = quantity(chain.block("latest")["number"]) if block is None else block
    registry = chain.address(REGISTRY)
    slot = "0x" + acquisition_slot(agency, root).hex()
    answer = _asked(chain, registry, slot, number)
    later = range(number + 1, (anchor or number) + 1)
    return StorageProof(
        chain_id=chain.chain_id,
        registry=registry.lower(),
        agency=agency,
        root=root,
        header=headers.encode(chain.block(number)),
        account_proof=tuple(_bytes(each) for each in answer["accountProof"]),
        storage_proof=tuple(_bytes(each) for each in answer["storageProof"][0]["proof"]),
        later_headers=tuple(headers.encode(chain.block(each)) for each in later),
    )


def _asked(chain: Chain, registry: str, slot: str, block: int) -> Mapping[str, Any]:
    """What the node answers. Some know no proofs, most have forgotten the state of old blocks."""
    try:
        answer = chain.transport.request("eth_getProof", registry, [slot], hex(block))
    except RpcError as error:
        raise _no_proof(block) from error
    if not isinstance(answer, dict):
        raise _no_proof(block)
    return answer


def _no_proof(block: int) -> NodeError:
    return NodeError(
        f"The node gives no proof of the state of block {block}.",
        code="node.no_proof",
        next="Ask a node that keeps old states (an archive node) and answers eth_getProof.",
    )


def verify(proof: StorageProof, trusted_block_hash: bytes) -> ProvenRecord:
    """Check a proof without network.

    Args:
        proof: from a file.
        trusted_block_hash: of the proof's block or of its last later header. Where it comes from decides
            what the result is worth: a receipt one kept, a node one runs, co-signatures of agencies.

    Raises:
        StorageProofError: names what does not hold.
    """
    first = _header(proof.header, "the header")
    last = _follow(first, proof.later_headers)
    if last.hash != trusted_block_hash:
        raise StorageProofError(
            f"The proof leads to block {last.number}, {_hex(last.hash)}, and not to the trusted one.",
            code="proof.other_block",
            next="Take the hash of that block from a source that you trust.",
        )
    value = _slot_value(proof, first)
    return _record(proof, first, last, value)


def acquisition_slot(agency: int, root: bytes) -> bytes:
    """Storage slot of ``_acquisitions[agency][root]`` of EvidenceRegistry."""
    return _mapped(root, _mapped(agency.to_bytes(32, "big"), ACQUISITIONS_SLOT.to_bytes(32, "big")))


def _mapped(key: bytes, slot: bytes) -> bytes:
    return bytes(keccak(key.rjust(32, b"\0") + slot))


def _slot_value(proof: StorageProof, block: Header) -> int:
    account = _walk(block.state_root, _bytes(proof.registry), proof.account_proof, "account")
    if account is None:
        raise StorageProofError("The registry does not exist in this block.", code="proof.no_registry")
    parts = _decoded(account)
    if not isinstance(parts, list) or len(parts) != 4 or not isinstance(parts[2], bytes):
        raise StorageProofError("The account in the proof has no storage.", code="proof.account")
    slot = acquisition_slot(proof.agency, proof.root)
    stored = _walk(parts[2], slot, proof.storage_proof, "storage")
    if stored is None:
        return 0
    content = _decoded(stored)
    if not isinstance(content, bytes) or len(content) > 32:
        raise StorageProofError("The slot in the proof holds no word.", code="proof.slot")
    return int.from_bytes(content, "big")


def _record(proof: StorageProof, block: Header, anchor: Header, word: int) -> ProvenRecord:
    """Fields of the slot, lowest first: facts 160, agency 32, registeredAt 40, verdict 8, version 16."""
    agency = word >> 160 & 0xFFFFFFFF
    if word and agency != proof.agency:
        raise StorageProofError("The record in the slot is another agency's.", code="proof.other_agency")
    return ProvenRecord(
        registry=proof.registry,
        agency=proof.agency,
        root=proof.root,
        block=block.number,
        block_hash=block.hash,
        block_time=block.time,
        anchor=anchor.number,
        facts=Facts.unpack(word & (1 << 160) - 1) if word else None,
        registered_at=word >> 192 & 0xFFFFFFFFFF,
        verdict=Verdict(word >> 232 & 0xFF),
        standard_version=word >> 240,
    )


def _follow(first: Header, later: Sequence[bytes]) -> Header:
    if len(later) > MOST_ANCESTORS:
        raise StorageProofError("The proof has too many headers.", code="proof.headers")
    last = first
    for raw in later:
        following = _header(raw, f"the header after block {last.number}")
        if following.parent != last.hash or following.number != last.number + 1:
            raise StorageProofError(
                f"The header after block {last.number} does not follow it.", code="proof.headers_broken"
            )
        last = following
    return last


def _header(raw: bytes, what: str) -> Header:
    try:
        return headers.read(raw)
    except headers.HeaderError as error:
        raise StorageProofError(f"In {what}: {error}.", code="proof.header") from error


def _walk(root: bytes, key: bytes, nodes: Sequence[bytes], what: str) -> bytes | None:
    try:
        return trie.lookup(root, bytes(keccak(key)), nodes)
    except trie.TrieError as error:
        raise StorageProofError(
            f"The {what} proof does not hold: {error}.", code=f"proof.{what}_broken"
        ) from error


def _decoded(data: bytes) -> rlp.Item:
    try:
        return rlp.decode(data)
    except rlp.RlpError as error:
        raise StorageProofError(
            f"A value in the proof cannot be read: {error}.", code="proof.value"
        ) from error


def _is_hex(value: Any) -> bool:
    if not isinstance(value, str) or not value.startswith("0x") or len(value) % 2:
        return False
    return set(value[2:]) <= set("0123456789abcdef")


def _hex(data: bytes) -> str:
    return "0x" + data.hex()


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
