# SPDX-License-Identifier: Apache-2.0
"""For the tests of whoever builds on this package: a whole suite in memory, without node, chain or network.

    ledger = MemoryLedger(founders=[...])
    registry.register(ledger, officer, collection)

It answers to the same names as a chain, with the same values, the same events and the same typed errors, for
Directory, AgencyRegistry, StandardsRegistry, EvidenceRegistry, FreezeProfiles, FreezeRequests, Holds,
Objections, AssetRegister, Restitution and Tips. What it is not: it knows no gas, no blocks beyond a count, no
contract wallets (ERC-1271), no storage proofs, no requests that a mandate could be, no heads of histories, no
packed words in which contracts ask each other, and neither FreezeOracle nor tokens, which contracts of the
same chain read.
"""

# ruff: noqa: N802 - the names are the contracts'

from __future__ import annotations

import time as clock
from collections.abc import Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak

from concordat.errors import NodeError
from concordat.ledger import abi as codec
from concordat.ledger import artifacts, deploy
from concordat.ledger.deploy import BaselineStandard, Founder
from concordat.ledger.protocol import Event, Receipt, Signer
from concordat.ledger.signer import LocalSigner
from concordat.membership.suite import baseline as bundled_baseline
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assets import AssetRegister
from concordat.memory.evidence import EvidenceRegistry
from concordat.memory.freezeprofiles import FreezeProfiles
from concordat.memory.freezerequests import FreezeRequests
from concordat.memory.holds import Holds
from concordat.memory.objections import Objections
from concordat.memory.restitution import Restitution
from concordat.memory.standards import StandardsRegistry
from concordat.memory.structs import Module
from concordat.memory.tables import Tables
from concordat.memory.tips import Tips
from concordat.memory.world import World

__all__ = ["Founder", "LocalSigner", "MemoryLedger"]

#: The contracts that a suite in memory names. Its Directory does not name itself, and no tokens ask there.
MODULES = tuple(name for name in deploy.MODULES if name not in ("Directory", "FreezeOracle"))


class MemoryLedger:
    """A suite in memory; a ``Ledger`` like ``ledger.chain.Chain``.

    Args:
        founders: the members.
        baseline: the international baseline; the bundled one by default.
        chain_id: what it claims to be.
        time: of the first block, seconds since 1970 UTC; now by default.
    """

    def __init__(
        self,
        founders: Sequence[Founder] = (),
        baseline: Sequence[BaselineStandard] | None = None,
        chain_id: int = 1337,
        time: int | None = None,
    ) -> None:
        started = int(clock.time()) if time is None else time
        identity = keccak(text=f"{chain_id} {started} {[founder.as_tuple() for founder in founders]}")
        self.world = World(chain_id, bytes(identity), started)
        agencies = AgencyRegistry(self.world)
        standards = StandardsRegistry(self.world, agencies)
        evidence = EvidenceRegistry(self.world, agencies, standards)
        self._tables = Tables()
        self._contracts: Mapping[str, object] = {
            "AgencyRegistry": agencies,
            "StandardsRegistry": standards,
            "EvidenceRegistry": evidence,
            "Directory": _Directory(self.world),
            **_freezing(self.world, self._tables, agencies, evidence),
        }
        agencies.admit(founders)
        standards.lay(bundled_baseline() if baseline is None else baseline)
        self.world.mine()

    @property
    def chain_id(self) -> int:
        """Chain id (EIP-155)."""
        return self.world.chain_id

    @property
    def genesis_id(self) -> bytes:
        """32 bytes that tell this suite from every other."""
        return self.world.genesis_id

    def address(self, contract: str) -> str:
        """A made-up address, always the same for this suite.

        Raises:
            NodeError: the suite does not have this contract.
        """
        if contract not in self._contracts:
            raise NodeError(f"This suite has no contract {contract} in service.", code="suite.module_missing")
        return self.world.address(contract)

    def now(self) -> int:
        """Time of the latest block, seconds since 1970 UTC. Every transaction moves it by a second."""
        return self.world.time

    def pass_time(self, seconds: int) -> None:
        """Let time pass."""
        self.world.time += seconds

    def call(self, contract: str, function: str, *args: Any) -> Any:
        """Ask a view function.

        Raises:
            ConcordatError: what the contract would answer with, as a sentence.
        """
        return self._run(contract, function, args)

    def send(self, signer: Signer, contract: str, function: str, *args: Any) -> Receipt:
        """Change something, as the signer; nothing changes if it is refused.

        Raises:
            ConcordatError: the contract refuses.
        """
        return self.execute(signer.address, contract, function, args)

    def execute(self, sender: str, contract: str, function: str, args: Sequence[Any]) -> Receipt:
        """The same for a bare address, which no signature shows."""
        self.world.begin(sender)
        self._tables.keep()
        try:
            self._run(contract, function, args)
            self._tables.keep()
            events = self.world.mine()
        finally:
            self._tables.undo()
            self.world.end()
        return Receipt(
            transaction=events[0].transaction,
            block=self.world.block,
            block_hash=self.world.block_hash(self.world.block),
            gas_used=0,
            time=self.world.time,
            events=events,
        )

    def events(self, contract: str, event: str, **filters: Any) -> list[Event]:
        """All events of this name, oldest first, whose values equal the filters."""
        return [
            found
            for found in self.world.events
            if (found.contract, found.name) == (contract, event)
            and all(_same(found.args[name], wanted) for name, wanted in filters.items())
        ]

    def _run(self, contract: str, function: str, args: Sequence[Any]) -> Any:
        """Call by the ABI, so that whatever a chain would not take is not taken here either."""
        entry = codec.find(artifacts.load(contract).abi, "function", function)
        values = codec.plain(
            entry["inputs"], codec.decode(entry["inputs"], codec.encode(entry["inputs"], args))
        )
        return getattr(self._contracts[contract], function)(*values)


def _freezing(
    world: World, tables: Tables, agencies: AgencyRegistry, evidence: EvidenceRegistry
) -> dict[str, object]:
    """The contracts of freezing, from profiles to what goes back."""
    profiles = FreezeProfiles(world, tables, agencies)
    requests = FreezeRequests(world, tables, agencies, profiles)
    holds = requests.holds = Holds(world, tables, agencies, requests)
    register = AssetRegister(world, tables, agencies, evidence, holds)
    return {
        "FreezeProfiles": profiles,
        "FreezeRequests": requests,
        "Holds": holds,
        "Objections": Objections(world, tables, agencies, requests, holds),
        "AssetRegister": register,
        "Restitution": Restitution(world, tables, agencies, requests, holds, register),
        "Tips": Tips(world, tables, agencies),
    }


class _Directory:
    """The Directory of a suite in memory."""

    def __init__(self, world: World) -> None:
        self._world = world

    def genesisId(self) -> bytes:
        return self._world.genesis_id

    def genesis(self) -> str:
        return self._world.address("Genesis")

    def names(self) -> list[bytes]:
        return [name.encode().ljust(32, b"\0") for name in MODULES]

    def isSealed(self) -> bool:
        return True

    def addressOf(self, name: bytes) -> str:
        return self.moduleOf(name).at

    def moduleOf(self, name: bytes) -> Module:
        text = name.rstrip(b"\0").decode()
        known = text in MODULES
        return Module(self._world.address(text), 1, bytes(keccak(text=text))) if known else Module()


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, str) and isinstance(wanted, str):
        return found.lower() == wanted.lower()
    return bool(found == wanted)
