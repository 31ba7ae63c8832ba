# SPDX-License-Identifier: Apache-2.0
"""A node without a chain: JSON-RPC in front of a suite in memory, with the faults that real nodes have."""

# ruff: noqa: N802 - the names are the protocol's

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import rlp
from eth_account import Account
from eth_account.typed_transactions import TypedTransaction
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from concordat.errors import NodeError
from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from concordat.ledger.protocol import Event
from concordat.ledger.rpc import RpcError
from concordat.ledger.sentences import ContractError
from concordat.testing import MODULES, MemoryLedger

PLAN = ("Directory", *MODULES)
CONTRACTS = (*PLAN, "Genesis")
GAS = 100_000


class FakeNode:
    """A ``Transport``.

    Attributes:
        mines: whether a transaction is mined at once; else when ``mine`` is called.
        lost: methods that no longer answer; with "after", they do what was asked first.
        base_fee: of every block; None: a chain from before EIP-1559.
        tip: what the node suggests; None: it does not know the question.
        asked: every method, in order.
    """

    def __init__(self, ledger: MemoryLedger) -> None:
        self.ledger = ledger
        self.mines = True
        self.lost: dict[str, str] = {}
        self.base_fee: int | None = 7
        self.gas_price = 9
        self.tip: int | None = 2
        self.asked: list[str] = []
        self.pool: list[bytes] = []
        self.sent: list[dict[str, Any]] = []
        self.receipts: dict[str, dict[str, Any]] = {}
        self.transactions: dict[str, dict[str, Any]] = {}
        self.nonces: dict[str, int] = {}
        self.times: dict[int, int] = {}
        self.code: dict[str, bytes] = {name: artifacts.load(name).deployed for name in CONTRACTS}

    # Transport

    def request(self, method: str, *params: Any) -> Any:
        """Answer, fail, or fail after having done it."""
        self.asked.append(method)
        fault = self.lost.get(method) or self.lost.get("*")
        if fault == "before":
            raise NodeError("The node is lost.", kept="Nothing was sent.")
        answer = getattr(self, method)(*params)
        if fault == "after":
            raise NodeError("The node is lost.", kept="Nothing was sent.")
        return answer

    # Questions

    def eth_chainId(self) -> str:
        return hex(self.ledger.chain_id)

    def eth_blockNumber(self) -> str:
        return hex(self.ledger.world.block)

    def eth_getBlockByNumber(self, which: str, _full: bool) -> dict[str, Any] | None:
        number = self.ledger.world.block if which == "latest" else int(which, 16)
        if number > self.ledger.world.block:
            return None
        self.times.setdefault(number, self.ledger.now())
        block = {
            "number": hex(number),
            "hash": self.ledger.world.block_hash(number),
            "timestamp": hex(self.times[number]),
            "gasLimit": hex(30_000_000),
        }
        if self.base_fee is not None:
            block["baseFeePerGas"] = hex(self.base_fee)
        return block

    def eth_gasPrice(self) -> str:
        return hex(self.gas_price)

    def eth_maxPriorityFeePerGas(self) -> str:
        if self.tip is None:
            raise RpcError("eth_maxPriorityFeePerGas", -32601, "the method does not exist")
        return hex(self.tip)

    def eth_getCode(self, address: str, _block: str) -> str:
        name = self._name(address)
        return "0x" + self.code[name].hex() if name else "0x"

    def eth_getTransactionCount(self, address: str, which: str) -> str:
        waiting = sum(self._read(raw)["from"] == address for raw in self.pool) if which == "pending" else 0
        return hex(self.nonces.get(address.lower(), 0) + waiting)

    def eth_call(self, asked: dict[str, Any], _block: str) -> str:
        entry, values = self._decoded(asked)
        name = self._name(asked["to"])
        if name == "Genesis":
            return self._encoded(entry, self._genesis(entry["name"]))
        if entry["stateMutability"] == "view":
            return self._encoded(entry, self._run(lambda: self.ledger.call(name, entry["name"], *values)))
        trial = copy.deepcopy(self.ledger)
        self._run(lambda: trial.execute(asked["from"], name, entry["name"], values))
        return "0x"

    def eth_estimateGas(self, asked: dict[str, Any]) -> str:
        self.eth_call(asked, "latest")
        return hex(GAS)

    def eth_getLogs(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        first, last = int(asked["fromBlock"], 16), int(asked["toBlock"], 16)
        logs = [self._log(event) for event in self.ledger.world.events if first <= event.block <= last]
        return [
            log
            for log in logs
            if log["address"].lower() == asked["address"].lower()
            and all(wanted is None or wanted == got for wanted, got in zip(asked["topics"], log["topics"]))  # noqa: B905
        ]

    def eth_getTransactionReceipt(self, transaction: str) -> dict[str, Any] | None:
        return self.receipts.get(transaction)

    def eth_getTransactionByHash(self, transaction: str) -> dict[str, Any] | None:
        return self.transactions.get(transaction)

    # Sending

    def eth_sendRawTransaction(self, raw: str) -> str:
        data = codec.to_bytes(raw)
        transaction = self._read(data)
        if data in self.pool:
            raise RpcError("eth_sendRawTransaction", -32000, "already known")
        if transaction["nonce"] < self.nonces.get(transaction["from"].lower(), 0):
            raise RpcError("eth_sendRawTransaction", -32000, "nonce too low")
        self.sent.append(transaction)
        self.pool.append(data)
        if self.mines:
            self.mine()
        return str(transaction["hash"])

    def mine(self) -> None:
        """Put what waits into blocks."""
        for data in self.pool:
            self._mine(self._read(data))
        self.pool.clear()

    def _mine(self, transaction: dict[str, Any]) -> None:
        sender = transaction["from"]
        self.nonces[sender.lower()] = transaction["nonce"] + 1
        self.transactions[transaction["hash"]] = {
            "from": sender,
            "to": transaction["to"],
            "input": transaction["data"],
        }
        entry, values = self._decoded(transaction)
        logs: list[dict[str, Any]] = []
        status = "0x1"
        try:
            done = self.ledger.execute(sender, self._name(transaction["to"]), entry["name"], values)
            logs = [{**self._log(event), "transactionHash": transaction["hash"]} for event in done.events]
        except ContractError:
            status = "0x0"
            self.ledger.world.mine()
        number = self.ledger.world.block
        self.times[number] = self.ledger.now()
        self.receipts[transaction["hash"]] = {
            "transactionHash": transaction["hash"],
            "blockNumber": hex(number),
            "blockHash": self.ledger.world.block_hash(number),
            "status": status,
            "gasUsed": hex(GAS),
            "logs": logs,
        }

    # Within

    def _name(self, address: str) -> str:
        found = (n for n in CONTRACTS if self._address(n).lower() == (address or "").lower())
        return next(found, "")

    def _address(self, name: str) -> str:
        return self.ledger.world.address(name)

    def _decoded(self, asked: dict[str, Any]) -> tuple[Any, list[Any]]:
        data, name = codec.to_bytes(asked["data"]), self._name(asked["to"])
        if not name:
            raise RpcError("eth_call", -32000, "nothing stands there")
        for entry in artifacts.load(name).abi:
            if entry["type"] == "function" and codec.selector(entry) == data[:4]:
                inputs = entry["inputs"]
                return entry, codec.plain(inputs, codec.decode(inputs, data[4:]))
        raise RpcError("eth_call", 3, "execution reverted", "0x")

    def _run(self, act: Any) -> Any:
        try:
            return act()
        except ContractError as error:
            raise RpcError("eth_call", 3, "execution reverted", "0x" + revert_data(error).hex()) from error

    def _encoded(self, entry: Any, value: Any) -> str:
        outputs = entry["outputs"]
        values = [value] if len(outputs) == 1 else value
        return "0x" + codec.encode(outputs, values).hex()

    def _genesis(self, function: str) -> Any:
        words = [name.encode().ljust(32, b"\0") for name in PLAN]
        return {
            "plan": (words, [keccak(artifacts.load(name).bytecode) for name in PLAN]),
            "founded": True,
            "directory": self._address("Directory"),
        }[function]

    def _log(self, event: Event) -> dict[str, Any]:
        entry = codec.find(artifacts.load(event.contract).abi, "event", event.name)
        indexed = [part for part in entry["inputs"] if part["indexed"]]
        plain = [part for part in entry["inputs"] if not part["indexed"]]
        topics = ["0x" + codec.encode([part], [event.args[part["name"]]]).hex() for part in indexed]
        return {
            "address": self._address(event.contract),
            "topics": ["0x" + codec.topic(entry).hex(), *topics],
            "data": "0x" + codec.encode(plain, [event.args[part["name"]] for part in plain]).hex(),
            "transactionHash": event.transaction,
            "blockNumber": hex(event.block),
            "blockHash": event.block_hash,
            "logIndex": hex(event.log_index),
        }

    def _read(self, raw: bytes) -> dict[str, Any]:
        if raw[0] > 0x7F:
            nonce, price, gas, to, _value, data = rlp.decode(raw)[:6]
            fields = {"nonce": int.from_bytes(nonce, "big"), "to": to, "data": data}
            fields |= {"gas": int.from_bytes(gas, "big"), "gasPrice": int.from_bytes(price, "big")}
        else:
            fields = dict(TypedTransaction.from_bytes(HexBytes(raw)).as_dict())
        return {
            **fields,
            "from": Account.recover_transaction(raw),
            "to": to_checksum_address(bytes(fields["to"])),
            "data": "0x" + bytes(fields["data"]).hex(),
            "hash": "0x" + keccak(raw).hex(),
        }


def revert_data(error: ContractError) -> bytes:
    """The revert data of a contract's typed error."""
    entries = [e for found in artifacts.errors().values() for e in found if e["name"] == error.revert.name]
    entry = entries[0]
    values = [error.revert.args[part["name"]] for part in entry["inputs"]]
    return codec.selector(entry) + codec.encode(entry["inputs"], values)


@contextmanager
def serve(transport: Any) -> Iterator[str]:
    """A transport on a socket of this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer: dict[str, Any] = {"jsonrpc": "2.0", "id": asked["id"]}
            try:
                answer["result"] = transport.request(asked["method"], *asked["params"])
            except RpcError as error:
                answer["error"] = {"code": error.number, "message": error.text, "data": error.data}
            except NodeError:
                self.close_connection = True
                return
            except AttributeError:
                answer["error"] = {"code": -32601, "message": "the method does not exist"}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
