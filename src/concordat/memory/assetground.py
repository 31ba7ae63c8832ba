# SPDX-License-Identifier: Apache-2.0
"""What the freezing contracts in memory share: caller, clock, kinds of agencies, keys, events."""

from __future__ import annotations

from typing import Any

from eth_abi.abi import encode
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from concordat.evidence import typed
from concordat.ledger.protocol import TypedFields
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.tables import Table, Tables
from concordat.memory.world import World, refuse

PROSECUTOR, COURT, BANK, PAYMENT, TELECOM, PLATFORM = 3, 4, 6, 7, 8, 10
#: Kinds of agencies that answer as institutions.
INSTITUTIONS = frozenset({BANK, PAYMENT, TELECOM, PLATFORM})


def hashed(types: tuple[str, ...], *values: Any) -> bytes:
    """keccak256(abi.encode(values))."""
    return bytes(keccak(encode(types, values)))


def fields(text: str) -> list[dict[str, str]]:
    """The members of an EIP-712 struct, from ``type name, type name``."""
    return [dict(zip(("type", "name"), part.split(), strict=True)) for part in text.split(",")]


class Contract:
    """A contract in memory: who calls it, when, and what it says."""

    NAME = ""

    def __init__(self, world: World, tables: Tables, agencies: AgencyRegistry) -> None:
        self.world = world
        self.agencies = agencies
        self._tables = tables

    @property
    def now(self) -> int:
        """Time of the block, seconds since 1970 UTC."""
        return self.world.present

    @property
    def caller(self) -> str:
        """Who sent the transaction."""
        return self.world.sender

    def table(self) -> Table[Any, Any]:
        """A table whose writes a refusal takes back."""
        return self._tables.table()

    def emit(self, event: str, /, **args: Any) -> None:
        """Record an event of this contract."""
        self.world.emit(self.NAME, event, **args)

    def officer(self, power: Power) -> int:
        """The agency for which the caller uses a power."""
        return self.agencies.authorize(self.caller, int(power))

    def any_officer(self, powers: int) -> tuple[int, int]:
        """The agency for which the caller uses any of the powers, and which of them."""
        return self.agencies.authorizeAny(self.caller, powers)

    def kind_of(self, agency: int) -> int:
        """Kind of an agency; 0 if there is none."""
        return int(self.agencies.agencyOf(agency).kind)

    def require_court(self, agency: int) -> None:
        """See that whoever judges does so for a court."""
        if self.kind_of(agency) != COURT:
            refuse("NotACourt", agency=agency)

    def refuse_outsiders(self) -> None:
        """Nobody who sends a transaction is a module."""
        refuse("NotTheModule", caller=self.caller)

    def require_in_time(self, deadline: int) -> None:
        """See that what was signed may still be sent."""
        if self.now > deadline:
            refuse("DeadlinePassed", deadline=deadline, present=self.now)

    def require_signed(
        self,
        types: TypedFields,
        message: dict[str, Any],
        signer: str,
        signature: bytes,
    ) -> None:
        """See that a key signed, and that its deadline is not over."""
        self.require_in_time(message["deadline"])
        (primary,) = types
        if not self.world.is_signed(self.NAME, types, primary, message, signer, signature):
            refuse("InvalidSignature", signer=signer)

    def digest(self, types: TypedFields, message: dict[str, Any]) -> bytes:
        """What is signed."""
        domain = typed.domain(self.world.chain_id, self.world.address(self.NAME), self.world.genesis_id)
        ready = encode_typed_data(domain, {name: list(each) for name, each in types.items()}, message)
        return bytes(keccak(b"\x19" + ready.version + ready.header + ready.body))
