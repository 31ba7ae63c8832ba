# SPDX-License-Identifier: Apache-2.0
"""What the package asks of a ledger (``Chain``, ``testing.MemoryLedger``) and of a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

TypedFields = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Event:
    """One event as recorded.

    Attributes:
        args: values by Solidity name, decoded as function results are.
        time: of the block, seconds since 1970 UTC; 0 where it was not asked for.
    """

    contract: str
    name: str
    args: Mapping[str, Any]
    transaction: str
    block: int
    block_hash: str
    log_index: int
    time: int = 0


def in_order(events: Iterable[Event]) -> list[Event]:
    """Oldest first."""
    return sorted(events, key=lambda event: (event.block, event.log_index))


@dataclass(frozen=True)
class Receipt:
    """A transaction that took effect.

    Attributes:
        time: of the block, seconds since 1970 UTC.
        created: address of the contract that it created, if it did.
    """

    transaction: str
    block: int
    block_hash: str
    gas_used: int
    time: int
    events: tuple[Event, ...] = ()
    created: str = ""

    def event(self, name: str) -> Event:
        """The first event of this name.

        Raises:
            LookupError: the transaction emitted none.
        """
        for event in self.events:
            if event.name == name:
                return event
        raise LookupError(f"the transaction {self.transaction} emitted no {name}")


class Signer(Protocol):
    """A key that signs. It never leaves wherever it is kept."""

    @property
    def address(self) -> str:
        """Checksummed address of the key."""

    def sign_transaction(self, transaction: Mapping[str, Any]) -> bytes:
        """The raw signed transaction of a JSON-RPC transaction object (numbers as integers)."""

    def sign_typed(
        self,
        domain: Mapping[str, Any],
        types: TypedFields,
        primary: str,
        message: Mapping[str, Any],
    ) -> bytes:
        """65 bytes r, s, v over EIP-712 typed data. ``types`` leaves out EIP712Domain."""


class Ledger(Protocol):
    """One suite of contracts, wherever it lives. Contracts are named as in the Directory."""

    @property
    def chain_id(self) -> int:
        """Chain id (EIP-155)."""

    @property
    def genesis_id(self) -> bytes:
        """32 bytes that tell this suite from every other."""

    def address(self, contract: str) -> str:
        """Checksummed address of a contract of the suite."""

    def now(self) -> int:
        """Time of the latest block, seconds since 1970 UTC."""

    def call(self, contract: str, function: str, *args: Any) -> Any:
        """Ask a view function. Typed errors arrive as ConcordatError with a sentence."""

    def send(self, signer: Signer, contract: str, function: str, *args: Any) -> Receipt:
        """Send a transaction and wait for it. It is simulated first, so that a refusal costs nothing."""

    def events(self, contract: str, event: str, **filters: Any) -> list[Event]:
        """All events of this name, oldest first, whose indexed values equal the filters."""
