# SPDX-License-Identifier: Apache-2.0
"""The contracts and their double in memory under one clock: each act done to both, each answer compared."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data

from concordat.evidence import typed
from concordat.ledger import abi as codec
from concordat.ledger import artifacts, logs, reverts
from concordat.ledger.deploy import Founder
from concordat.ledger.protocol import Event
from concordat.ledger.reverts import Revert
from concordat.ledger.rpc import RpcError
from concordat.ledger.sentences import ContractError
from concordat.testing import MemoryLedger
from tests.contracts.clock import next_block_at, now
from tests.contracts.nodes import node
from tests.contracts.suite import FOUNDERS, KINDS, Suite
from tests.contracts.typed import ACCEPTANCE
from tests.stateful.manycalls import Question, ask

NAMES = {
    "AgencyRegistry": "agencies",
    "FreezeProfiles": "profiles",
    "FreezeRequests": "requests",
    "Holds": "holds",
    "Objections": "objections",
    "AssetRegister": "assets",
    "Restitution": "restitution",
}
DONE = Revert("done", {})
GAS = 4_000_000
PRICE = 20 * 10**9
PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Signed:
    """A signature for a contract, which is another one at either twin."""

    contract: str
    types: Mapping[str, Any]
    values: tuple[Any, ...]
    key: Any

    def by(self, domain: Mapping[str, Any]) -> bytes:
        ((_, members),) = self.types.items()
        message = {member["name"]: value for member, value in zip(members, self.values, strict=True)}
        signable = encode_typed_data(dict(domain), dict(self.types), message)
        return bytes(Account.sign_message(signable, self.key.private_key).signature)


class Twins:
    """The contracts of a suite, and a double with the same members, officers and profiles.

    Attributes:
        double: whose clock is always that of the chain's newest block.
    """

    def __init__(self, suite: Suite, officers: Sequence[str]) -> None:
        self.suite = suite
        self.addresses = {name: getattr(suite, called).address for name, called in NAMES.items()}
        self._by_address = {address.lower(): name for name, address in self.addresses.items()}
        self._chain_id = int(node().request("eth_chainId"), 16)
        members = [
            Founder(country, KINDS.index(kind), suite.actors[name].address, charter, label.decode())
            for name, country, kind, charter, label in FOUNDERS
        ]
        self.double = MemoryLedger(members, baseline=[], chain_id=self._chain_id, time=now() - 3600)
        for officer in officers:
            self._appoint(suite.actors[officer])
        self.double.world.time = now()

    def _appoint(self, officer: Any) -> None:
        """As he is appointed on the chain."""
        held = self.suite.agencies.appointmentOf(officer.address)
        agency = next(name for name, number in self.suite.ids.items() if number == held[0])
        terms = (held[0], officer.address, held[1], 0, held[3], 0, 0, False, 1)
        accepted = Signed("AgencyRegistry", ACCEPTANCE, terms, officer).by(self._domain("AgencyRegistry"))
        by = self.suite.actors[agency].address
        self.double.execute(by, "AgencyRegistry", "appoint", (terms, accepted))

    def _domain(self, contract: str) -> Mapping[str, Any]:
        ledger = self.double
        return typed.domain(ledger.chain_id, ledger.address(contract), ledger.genesis_id)

    # Time

    @property
    def time(self) -> int:
        """Of the newest block."""
        return self.double.world.time

    def pass_to(self, moment: int) -> None:
        """An empty block of this very second."""
        node().request("evm_mine", moment)
        self.double.world.time = now()

    # Acts

    def send(
        self, by: Any, contract: str, function: str, arguments: Sequence[Any], at: int
    ) -> tuple[Revert, tuple[Event, ...]]:
        """Do it to both; what came of it, which must be the same.

        Args:
            by: whose account sends it.
            contract: by name.
            function: of it.
            arguments: of it; a {Signed} is signed for each.
            at: time of the block.

        Returns:
            DONE and the events, or the typed error and none.
        """
        if self.foresee(by, contract, function, arguments, at) == DONE:
            found, events = self._transact(by, contract, function, arguments, at)
        else:
            node().request("evm_mine", at)
            found, events = self._asked(by, contract, function, arguments), ()
        expected, told = self._done_by_double(by, contract, function, arguments, now())
        assert found == expected, f"{function}: the contract says {found}, the double {expected}"
        assert _plain(events) == _plain(told), f"{function}: events {_plain(events)}, double {_plain(told)}"
        return found, events

    def probe(self, by: Any, contract: str, function: str, arguments: Sequence[Any]) -> Revert:
        """What would come of it now, which must be the same, without doing it."""
        found = self._asked(by, contract, function, arguments)
        expected = self.foresee(by, contract, function, arguments, self.time)
        assert found == expected, f"{function}: the contract would say {found}, the double {expected}"
        return found

    def foresee(self, by: Any, contract: str, function: str, arguments: Sequence[Any], at: int) -> Revert:
        """What the double would say at a time."""
        ledger, present = self.double, self.time
        ledger.world.time = at - 1  # a transaction is in the block after
        ledger.world.begin(by.address)
        ledger._tables.keep()
        try:
            ledger._run(contract, function, self._for_double(arguments))
        except ContractError as error:
            return error.revert
        finally:
            ledger._tables.undo()
            ledger.world.end()
            ledger.world.time = present
        return DONE

    def _done_by_double(
        self, by: Any, contract: str, function: str, arguments: Sequence[Any], at: int
    ) -> tuple[Revert, tuple[Event, ...]]:
        self.double.world.time = at - 1
        try:
            ready = self._for_double(arguments)
            return DONE, self.double.execute(by.address, contract, function, ready).events
        except ContractError as error:
            return error.revert, ()
        finally:
            self.double.world.time = at

    def _for_double(self, arguments: Sequence[Any]) -> list[Any]:
        return [
            each.by(self._domain(each.contract)) if isinstance(each, Signed) else each for each in arguments
        ]

    def _data(self, contract: str, function: str, arguments: Sequence[Any]) -> str:
        entry = codec.find(artifacts.load(contract).abi, "function", function)
        ready = [
            each.by(self.suite.domain(getattr(self.suite, NAMES[each.contract])))
            if isinstance(each, Signed)
            else each
            for each in arguments
        ]
        return "0x" + codec.calldata(entry, ready).hex()

    def _asked(self, by: Any, contract: str, function: str, arguments: Sequence[Any]) -> Revert:
        """What the contract would say at the time of the newest block."""
        data = self._data(contract, function, arguments)
        asked = {"from": by.address, "to": self.addresses[contract], "data": data, "gas": hex(GAS)}
        try:
            node().request("eth_call", asked, "latest")
        except RpcError as error:
            return reverts.decode(reverts.revert_data(error) or b"") or Revert(str(error), {})
        return DONE

    def _transact(
        self, by: Any, contract: str, function: str, arguments: Sequence[Any], at: int
    ) -> tuple[Revert, tuple[Event, ...]]:
        """Past Brownie, which keeps every transaction and loses one in some thousands."""
        transaction = {
            "to": self.addresses[contract],
            "data": self._data(contract, function, arguments),
            "gas": GAS,
            "gasPrice": PRICE,
            "value": 0,
            "nonce": int(node().request("eth_getTransactionCount", by.address, "latest"), 16),
            "chainId": self._chain_id,
        }
        raw = Account.sign_transaction(transaction, by.private_key).raw_transaction
        next_block_at(at)
        try:
            sent = node().request("eth_sendRawTransaction", "0x" + raw.hex())
        except RpcError as error:  # mined and refused
            return reverts.decode(reverts.revert_data(error) or b"") or Revert(str(error), {}), ()
        deadline = time.monotonic() + PATIENCE
        while (receipt := node().request("eth_getTransactionReceipt", sent)) is None:
            assert time.monotonic() < deadline, "the node lost a transaction"
            time.sleep(0.005)
        if int(receipt["status"], 16) != 1:
            return self._asked(by, contract, function, arguments), ()
        return DONE, logs.decode(receipt["logs"], self._by_address)

    # Questions

    def compare(self, questions: Sequence[Question]) -> list[Any]:
        """The answers of the contracts, which must be those of the double."""
        found = ask(questions, self.addresses)
        for question, answer in zip(questions, found, strict=True):
            expected = self.say(*question)
            assert answer == expected, f"{question}: the contract says {answer}, the double {expected}"
        return found

    def say(self, contract: str, function: str, arguments: Sequence[Any]) -> Any:
        """The double's answer alone."""
        return getattr(self.double._contracts[contract], function)(*arguments)


def _plain(events: Sequence[Event]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(each.contract, each.name, dict(each.args)) for each in events]
