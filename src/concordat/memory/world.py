# SPDX-License-Identifier: Apache-2.0
"""What the contracts of a suite in memory share: clock, events, refusals, signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NoReturn

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from concordat.evidence import typed
from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from concordat.ledger.protocol import Event, TypedFields
from concordat.ledger.reverts import Revert
from concordat.ledger.sentences import explain

BLOCK_SECONDS = 1


@dataclass
class World:
    """The chain that is none.

    Attributes:
        time: of the latest block, seconds since 1970 UTC.
        block: its number.
        sender: of the transaction that runs.
        running: whether one does.
    """

    chain_id: int
    genesis_id: bytes
    time: int
    block: int = 0
    sender: str = ""
    running: bool = False
    events: list[Event] = field(default_factory=list)
    _pending: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    def address(self, contract: str) -> str:
        """A stable made-up address for a contract of this suite."""
        return _address(self.genesis_id + contract.encode())

    @property
    def present(self) -> int:
        """Time of the block that a call is in: of the next one while it runs, as a transaction sees it."""
        return self.time + BLOCK_SECONDS if self.running else self.time

    def emit(self, contract: str, name: str, /, **args: Any) -> None:
        """Record an event of the call that runs.

        Raises:
            ValueError: the contract's event has other values.
        """
        entry = codec.find(artifacts.load(contract).abi, "event", name)
        if {part["name"] for part in entry["inputs"]} != set(args):
            raise ValueError(f"{codec.signature(entry)} has not the values {', '.join(args)}")
        self._pending.append((contract, name, args))

    def begin(self, sender: str) -> None:
        """Start a transaction; events of one that was refused are forgotten."""
        self.sender, self.running = sender, True
        self._pending.clear()

    def end(self) -> None:
        """It is over, however it went."""
        self.sender, self.running = "", False

    def mine(self) -> tuple[Event, ...]:
        """Put what was emitted into a new block."""
        self.block += 1
        self.time += BLOCK_SECONDS
        number = self.block.to_bytes(8, "big")
        transaction = "0x" + keccak(b"transaction" + self.genesis_id + number).hex()
        found = tuple(
            Event(
                contract=contract,
                name=name,
                args=args,
                transaction=transaction,
                block=self.block,
                block_hash=self.block_hash(self.block),
                log_index=index,
                time=self.time,
            )
            for index, (contract, name, args) in enumerate(self._pending)
        )
        self.events += found
        self._pending.clear()
        return found

    def block_hash(self, block: int) -> str:
        """A stable made-up hash of a block."""
        return "0x" + keccak(b"block" + self.genesis_id + block.to_bytes(8, "big")).hex()

    def is_signed(
        self,
        contract: str,
        types: TypedFields,
        primary: str,
        message: Mapping[str, Any],
        signer: str,
        signature: bytes,
    ) -> bool:
        """Whether a key signed EIP-712 data for a contract of this suite. Contract wallets are unknown."""
        domain = typed.domain(self.chain_id, self.address(contract), self.genesis_id)
        known = {primary: list(types[primary])}
        try:
            found = Account.recover_message(
                encode_typed_data(domain, known, dict(message)), signature=signature
            )
        except Exception:
            return False
        return str(found).lower() == signer.lower()


@cache
def _address(seed: bytes) -> str:
    return str(Account.from_key(keccak(seed)).address)


def refuse(name: str, **args: Any) -> NoReturn:
    """Raise a contract's typed error as its sentence; the values by their Solidity names."""
    raise explain(Revert(name, args))
