# SPDX-License-Identifier: Apache-2.0
"""What tests ask of a node beyond Ethereum's own questions. Here alone Ganache and Anvil differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from brownie import web3
from web3 import HTTPProvider
from web3.types import RPCEndpoint

from concordat.ledger.reverts import decode, revert_data
from concordat.ledger.rpc import Rpc, RpcError
from tools.networks import SECONDS_PER_BLOCK

DONE = "done"


def node() -> Rpc:
    """The node that Brownie is connected to, as the package speaks to it."""
    return Rpc(web3.provider.endpoint_uri)


def try_call(sender: Any, contract: Any, data: str) -> str:
    """What would come of a transaction now, without sending it: DONE, or the name of the typed error."""
    return try_calls([sender], contract, data)[0]


def try_calls(senders: Sequence[Any], contract: Any, data: str) -> list[str]:
    """The same for many senders, asked at once: one after the other takes several times as long."""
    to = _address(contract)
    asked = [{"from": _address(sender), "to": to, "data": data} for sender in senders]
    requests = [(RPCEndpoint("eth_call"), [call, "latest"]) for call in asked]
    answers = HTTPProvider(web3.provider.endpoint_uri).make_batch_request(requests)
    return [_outcome(answer) for answer in answers]


def _outcome(answer: Any) -> str:
    if "error" not in answer:
        return DONE
    error = answer["error"]
    refused = RpcError("eth_call", error["code"], error["message"], error.get("data"))
    refusal = decode(revert_data(refused) or b"")
    return refusal.name if refusal else str(refused)


def set_balance(account: Any, wei: int) -> None:
    """Let an account have so much."""
    method = "anvil_setBalance" if _is_anvil() else "evm_setAccountBalance"
    node().request(method, _address(account), hex(wei))


def set_storage(contract: Any, slot: bytes, word: int) -> None:
    """Write one slot of a contract, past its code."""
    if _is_anvil():
        value = "0x" + word.to_bytes(32).hex()
        node().request("anvil_setStorageAt", _address(contract), "0x" + slot.hex(), value)
    else:
        number = hex(int.from_bytes(slot))
        node().request("evm_setAccountStorageAt", _address(contract), number, hex(word))


def set_code(contract: Any, code: bytes) -> None:
    """Put other code at an address, which no chain in earnest lets anybody do."""
    method = "anvil_setCode" if _is_anvil() else "evm_setAccountCode"
    node().request(method, _address(contract), "0x" + code.hex())


def set_next_time(time: int) -> None:
    """Let the next block have this time; whatever passes by itself on Ganache comes on top."""
    if _is_anvil():
        node().request("evm_setNextBlockTimestamp", time)
    else:
        node().request("evm_setTime", (time - SECONDS_PER_BLOCK) * 1000)


@cache
def _is_anvil() -> bool:
    return str(node().request("web3_clientVersion")).lower().startswith("anvil")


def _address(account: Any) -> str:
    return str(getattr(account, "address", account))
