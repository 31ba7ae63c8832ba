# SPDX-License-Identifier: Apache-2.0
"""The alternatives on the same chain: EAS with the same fields, and the floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eth_abi.abi import encode as abi_encode
from eth_utils.crypto import keccak

from benchmarks.chain import trace
from benchmarks.compiled import Compiled, schema_uid
from benchmarks.registering import Measured
from benchmarks.suite import POLICE, Suite
from benchmarks.tracing import breakdown
from concordat.ledger.chain import Chain
from concordat.ledger.protocol import Signer
from concordat.ledger.rpc import Rpc

FLOOR, TIMESTAMP = "floor: one packed slot, nothing else", "EAS timestamp: the root alone"
ATTEST, SECOND_ATTEST = "EAS attest, same fields", "EAS attest of a second signer, refers to the first"

SCHEMA = "uint32 agency,bytes32 root,uint160 facts,uint8 verdict,uint16 standardVersion,address collector"
_TYPES = [field.split()[0] for field in SCHEMA.split(",")]
_CONFORMS, _VERSION = 1, 1


@dataclass(frozen=True)
class Batch:
    """What EAS takes for many items in one transaction, per item."""

    name: str
    items: int
    gas: int

    @property
    def each(self) -> float:
        """Gas per item."""
        return self.gas / self.items


class Others:
    """EAS and the floor, created once."""

    def __init__(self, rpc: Rpc, suite: Suite, compiled: Mapping[str, Compiled]) -> None:
        self._rpc, self._chain = rpc, Chain(rpc)
        self._sender: Signer = suite.people["collector"]
        self._floor, self._eas = compiled["Floor"], compiled["EAS"]
        registry = compiled["SchemaRegistry"]
        schemas = registry.create(self._chain, self._sender)
        registry.send(self._chain, self._sender, schemas, "register", SCHEMA, _NOBODY, True)
        self._at = {
            "Floor": self._floor.create(self._chain, self._sender),
            "EAS": self._eas.create(self._chain, self._sender, schemas),
        }

    def all(self, facts: int) -> list[Measured]:
        """Each alternative once, for facts of the form that ours have."""
        first, uid = self._attest(ATTEST, facts, bytes(32))
        second, _ = self._attest(SECOND_ATTEST, facts, uid)
        return [
            self._measure(FLOOR, self._floor, "register", _root(FLOOR), facts),
            self._measure(TIMESTAMP, self._eas, "timestamp", _root(TIMESTAMP)),
            first,
            second,
        ]

    def batches(self, facts: int, items: int) -> list[Batch]:
        """Many items in one transaction, each on its own."""
        roots = [_root(f"item {number}") for number in range(items)]
        requests = [(schema_uid(SCHEMA), [self._data(facts, bytes(32), root) for root in roots])]
        attested = self._eas.send(self._chain, self._sender, self._at["EAS"], "multiAttest", requests)
        stamped = self._eas.send(self._chain, self._sender, self._at["EAS"], "multiTimestamp", roots)
        return [
            Batch("EAS multiAttest, same fields", items, attested.gas_used),
            Batch("EAS multiTimestamp, the hash alone", items, stamped.gas_used),
        ]

    def _attest(self, name: str, facts: int, refers_to: bytes) -> tuple[Measured, bytes]:
        request = (schema_uid(SCHEMA), self._data(facts, refers_to, _root(name)))
        measured = self._measure(name, self._eas, "attest", request)
        return measured, self._last_uid()

    def _data(self, facts: int, refers_to: bytes, root: bytes) -> tuple[object, ...]:
        values = (POLICE, root, facts, _CONFORMS, _VERSION, self._sender.address)
        return _NOBODY, 0, True, refers_to, abi_encode(_TYPES, values), 0

    def _measure(self, name: str, contract: Compiled, function: str, *arguments: object) -> Measured:
        at = self._at[contract.name]
        receipt = contract.send(self._chain, self._sender, at, function, *arguments)
        sent = self._rpc.request("eth_getTransactionByHash", receipt.transaction)["input"]
        steps = trace(self._rpc, receipt.transaction)
        parts = breakdown(steps, bytes.fromhex(sent[2:]), {}, contract.name)
        return Measured(name, receipt.gas_used, parts)

    def _last_uid(self) -> bytes:
        """Of the newest attestation: the one value of its event that is not indexed."""
        block = self._rpc.request("eth_getBlockByNumber", "latest", False)
        logs = self._rpc.request("eth_getLogs", {"blockHash": block["hash"], "address": self._at["EAS"]})
        return bytes.fromhex(logs[-1]["data"][2:])


_NOBODY = "0x" + "0" * 40


def _root(name: str) -> bytes:
    return bytes(keccak(text=name))
