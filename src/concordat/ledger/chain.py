# SPDX-License-Identifier: Apache-2.0
"""One suite of contracts on one chain, seen through one node."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from eth_utils.address import to_checksum_address

from concordat.errors import ConcordatError, NodeError, OutcomeUnknownError
from concordat.ledger import abi as codec
from concordat.ledger import artifacts, logs, transactions
from concordat.ledger.protocol import Event, Receipt, Signer
from concordat.ledger.reverts import to_error
from concordat.ledger.rpc import Rpc, RpcError, Transport, quantity
from concordat.ledger.transactions import Call, Signed

PATIENCE = 120.0  # seconds to wait for a transaction to be mined
_POLL = 0.05, 1.0  # seconds between two looks, first and longest
_ACTIVE_OR_FINISHING = frozenset({1, 2})


class Chain:
    """The real ``Ledger``: contracts are found through the Directory, errors arrive as sentences.

    Args:
        transport: the way to the node.
        directory: address of the suite's Directory, the one address that a client needs.
        patience: seconds to wait for a transaction.
        since: first block that can hold anything of the suite; spares the node a search.
        known: addresses of contracts, for a suite that has no Directory yet.
    """

    def __init__(
        self,
        transport: Transport,
        directory: str = "",
        patience: float = PATIENCE,
        since: int = 0,
        known: Mapping[str, str] | None = None,
    ) -> None:
        self.transport = transport
        self.patience = patience
        self.since = since
        self._addresses = {**({"Directory": directory} if directory else {}), **(known or {})}
        self._all_named = False
        self._chain_id: int | None = None
        self._genesis_id: bytes | None = None

    @classmethod
    def connect(cls, url: str, directory: str, ca: str | None = None, since: int = 0) -> Chain:
        """Reach a suite through a node and see that it is one.

        Args:
            url: of the node. Proxies are taken from the environment.
            directory: address of the suite's Directory.
            ca: file with the certificates of a private authority.
            since: first block that can hold anything of the suite.

        Raises:
            NodeError: no node answers, or no Directory stands at this address.
        """
        chain = cls(Rpc(url, ca), directory, since=since)
        _ = chain.chain_id, chain.genesis_id
        return chain

    @property
    def chain_id(self) -> int:
        """Chain id (EIP-155)."""
        if self._chain_id is None:
            self._chain_id = quantity(self.transport.request("eth_chainId"))
        return self._chain_id

    @property
    def genesis_id(self) -> bytes:
        """32 bytes that tell this suite from every other."""
        if self._genesis_id is None:
            self._genesis_id = self._ask_directory("genesisId")
        return self._genesis_id

    def address(self, contract: str) -> str:
        """Checksummed address of a contract of the suite.

        Raises:
            NodeError: the suite does not have it, or it is retired.
        """
        if contract not in self._addresses:
            if contract == "Genesis":
                self._addresses[contract] = self._ask_directory("genesis")
            else:
                self._addresses[contract] = self._listed(contract)
        return self._addresses[contract]

    def now(self) -> int:
        """Time of the latest block, seconds since 1970 UTC. A quiet chain's clock stands still."""
        return quantity(self.block("latest")["timestamp"])

    def block(self, which: int | str) -> Mapping[str, Any]:
        """A block as the node gives it, without its transactions.

        Raises:
            NodeError: the node does not have it.
        """
        wanted = hex(which) if isinstance(which, int) else which
        block = self.transport.request("eth_getBlockByNumber", wanted, False)
        if not isinstance(block, dict):
            raise NodeError(
                f"The node does not have block {which}.",
                code="node.block_missing",
                next="Ask a node that keeps the whole chain.",
            )
        return block

    def code(self, address: str) -> bytes:
        """The code at an address."""
        return codec.to_bytes(self.transport.request("eth_getCode", address, "latest"))

    def call(self, contract: str, function: str, *args: Any, block: int | str = "latest") -> Any:
        """Ask a view function.

        Raises:
            ConcordatError: what the contract answered with, as a sentence.
        """
        entry = codec.find(artifacts.load(contract).abi, "function", function)
        asked = {"to": self.address(contract), "data": "0x" + codec.calldata(entry, args).hex()}
        wanted = hex(block) if isinstance(block, int) else block
        try:
            answer = self.transport.request("eth_call", asked, wanted)
        except RpcError as error:
            raise to_error(error) from error
        return codec.result(entry, codec.to_bytes(answer))

    def encode(self, contract: str, function: str, args: Sequence[Any]) -> Call:
        """A call of one of the suite's contracts, ready to be simulated, signed and sent."""
        entry = codec.find(artifacts.load(contract).abi, "function", function)
        return Call(self.address(contract), codec.calldata(entry, args), f"{contract}.{function}")

    def send(self, signer: Signer, contract: str, function: str, *args: Any) -> Receipt:
        """Send a transaction and wait for it. It is simulated first, so that a refusal costs nothing.

        For what must reach the chain exactly once across crashes, use ``outbox.Outbox``.

        Raises:
            ConcordatError: the contract refuses (nothing was sent).
            OutcomeUnknownError: sent, but not mined within ``patience``.
        """
        return self.execute(signer, self.encode(contract, function, args))

    def execute(self, signer: Signer, call: Call) -> Receipt:
        """Simulate, sign, send and wait for a call that is already encoded; errors as for ``send``."""
        if call.to:  # a creation has nothing to return, and the estimate refuses it as well
            transactions.simulate(self.transport, signer.address, call)
        signed = transactions.prepare(self.transport, signer, call, self.chain_id)
        self.broadcast(signed)
        receipt = self.wait(signed.hash)
        if receipt is None:
            raise OutcomeUnknownError(
                f"{call.label} was sent as {signed.hash} and is not in a block yet.",
                next="Run the same command again; it finds out.",
            )
        return receipt

    def broadcast(self, signed: Signed) -> None:
        """Hand a signed transaction to the node. Doing it again does no harm.

        Raises:
            RpcError: the node does not take it.
            NodeError: no answer; whether the node has it is not known.
        """
        try:
            self.transport.request("eth_sendRawTransaction", "0x" + signed.raw.hex())
        except RpcError as error:
            if not _is_known_already(error) and self.receipt(signed.hash) is None:
                raise

    def wait(self, transaction: str) -> Receipt | None:
        """The receipt once it is there; None if it is not within ``patience``."""
        deadline = time.monotonic() + self.patience
        pause, longest = _POLL
        while True:
            receipt = self.receipt(transaction)
            if receipt is not None or time.monotonic() > deadline:
                return receipt
            time.sleep(pause)
            pause = min(pause * 2, longest)

    def receipt(self, transaction: str) -> Receipt | None:
        """The receipt of a transaction that took effect; None if it is in no block.

        Raises:
            ConcordatError: it is in a block and was refused there.
        """
        raw = self.transport.request("eth_getTransactionReceipt", transaction)
        if not isinstance(raw, dict) or raw.get("blockNumber") is None:
            return None
        if quantity(raw.get("status", "0x1")) != 1:
            raise self._why_refused(raw)
        block = self.block(quantity(raw["blockNumber"]))
        moment = quantity(block["timestamp"])
        return Receipt(
            transaction=transaction,
            block=quantity(raw["blockNumber"]),
            block_hash=raw["blockHash"],
            gas_used=quantity(raw["gasUsed"]),
            time=moment,
            created=str(to_checksum_address(raw["contractAddress"])) if raw.get("contractAddress") else "",
            events=logs.decode(raw["logs"], self._named_addresses(), moment),
        )

    def sender(self, transaction: str) -> str:
        """Who signed a transaction, with checksum; "" where the node does not know it any more."""
        sent = self.transport.request("eth_getTransactionByHash", transaction)
        return str(to_checksum_address(sent["from"])) if isinstance(sent, dict) and sent.get("from") else ""

    def events(self, contract: str, event: str, **filters: Any) -> list[Event]:
        """All events of this name, oldest first, whose indexed values equal the filters.

        Args:
            contract: by its name in the Directory.
            event: name of the event.
            filters: indexed values by their Solidity names.
        """
        entry = codec.find(artifacts.load(contract).abi, "event", event)
        topics = logs.topics(entry, filters)
        address = self.address(contract)
        newest = quantity(self.transport.request("eth_blockNumber"))
        found = self.logs_of(address, topics, self.since, newest)
        return list(logs.decode(found, {address.lower(): contract}))

    def logs_of(
        self, address: str | Sequence[str], topics: Sequence[str | None], first: int, last: int
    ) -> list[Mapping[str, Any]]:
        """Logs of these blocks, as the node gives them, oldest first.

        Many nodes refuse long ranges; those are halved until they are taken.
        """
        asked = {"address": address, "topics": topics, "fromBlock": hex(first), "toBlock": hex(last)}
        try:
            return list(self.transport.request("eth_getLogs", asked))
        except RpcError:
            if first >= last:
                raise
            middle = (first + last) // 2
            return [
                *self.logs_of(address, topics, first, middle),
                *self.logs_of(address, topics, middle + 1, last),
            ]

    def _why_refused(self, raw: Mapping[str, Any]) -> ConcordatError:
        """Ask the node what the refused transaction would have said in its block's state."""
        sent = self.transport.request("eth_getTransactionByHash", raw["transactionHash"]) or {}
        asked = {"from": sent.get("from"), "to": sent.get("to"), "data": sent.get("input", "0x")}
        try:
            self.transport.request("eth_call", asked, raw["blockNumber"])
        except RpcError as error:
            return to_error(error)
        return ConcordatError(
            f"{raw['transactionHash']} was refused in its block, and the node does not say why.",
            code="transaction.refused",
            kept="Nothing changed on the chain.",
            next="Run the same command again: the state may have changed meanwhile.",
        )

    def _named_addresses(self) -> dict[str, str]:
        """Asked once: a sealed Directory does not change. Before that, at each receipt."""
        if self._all_named or "Directory" not in self._addresses:
            return {address.lower(): name for name, address in self._addresses.items()}
        self._all_named = bool(self._ask_directory("isSealed"))
        for name in self._ask_directory("names"):
            self._addresses.setdefault(_text(name), self._ask_directory("moduleOf", name).at)
        return {address.lower(): name for name, address in self._addresses.items()}

    def _listed(self, contract: str) -> str:
        module = self._ask_directory("moduleOf", contract.encode("ascii").ljust(32, b"\0"))
        if module.state not in _ACTIVE_OR_FINISHING:
            raise NodeError(
                f"This suite has no contract {contract} in service.",
                code="suite.module_missing",
                kept="Nothing was sent.",
                next="See what it has with: concordat doctor",
            )
        return str(module.at)

    def _ask_directory(self, function: str, *args: Any) -> Any:
        try:
            return self.call("Directory", function, *args)
        except NodeError:
            raise
        except (ValueError, ConcordatError) as error:  # nothing stands there, or another contract does
            raise NodeError(
                f"No Directory stands at {self._addresses.get('Directory')} of chain {self.chain_id}.",
                code="suite.no_directory",
                kept="Nothing was sent.",
                next="Check both addresses: this may be another chain, or one that was started anew.",
            ) from error


def _is_known_already(error: RpcError) -> bool:
    text = error.text.lower()
    return "already known" in text or "already imported" in text or "known transaction" in text


def _text(name: bytes) -> str:
    return name.rstrip(b"\0").decode("ascii", "replace")
