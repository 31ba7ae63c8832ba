# SPDX-License-Identifier: Apache-2.0
"""Making a transaction: nonce, gas, fees (EIP-1559, a legacy gas price, or no fee at all)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from concordat.errors import AuthorityError, ConcordatError, NodeError
from concordat.ledger.protocol import Signer
from concordat.ledger.reverts import is_revert, to_error
from concordat.ledger.rpc import RpcError, Transport, quantity

_GAS_MARGIN = 5  # a fifth on top of the estimate: state may change until the transaction is mined
_GAS_UNKNOWN = 400_000  # where a node cannot estimate yet; what is not used costs nothing
_FEE_HEADROOM = 2  # the base fee may double, about six full blocks, before the transaction has to wait
_IN_FUTURE = {"StartsInFuture": "startedAt", "EndsInFuture": "endedAt"}


@dataclass(frozen=True)
class Call:
    """What is to be called, already encoded.

    Attributes:
        to: checksummed address; "" creates a contract.
        data: calldata or creation code.
        label: what the user reads about it, "EvidenceRegistry.register".
    """

    to: str
    data: bytes
    label: str


@dataclass(frozen=True)
class Signed:
    """A transaction ready to be sent, as often as needed: its hash and nonce make it happen at most once."""

    raw: bytes
    hash: str
    sender: str
    nonce: int


def simulate(transport: Transport, sender: str, call: Call) -> bytes:
    """What the call would return now; nothing where only a block to come can say. Nothing is sent.

    Raises:
        ConcordatError: the contract would refuse; the sentence says why.
    """
    try:
        return _bytes(transport.request("eth_call", wire({"from": sender, **_target(call)}), "latest"))
    except RpcError as error:
        refusal = to_error(error)
        if _is_past_by_now(refusal):
            return b""
        raise refusal from error


def prepare(
    transport: Transport, signer: Signer, call: Call, chain_id: int, nonce: int | None = None
) -> Signed:
    """Fill in and sign a transaction. Nothing is sent.

    Args:
        transport: the way to the node.
        signer: who signs and pays.
        call: what is called.
        chain_id: which the transaction is good for.
        nonce: replaces an earlier transaction with this nonce; by default the account's next.

    Raises:
        ConcordatError: the contract would refuse, the account cannot pay, or the key does not sign.
    """
    sender = signer.address
    if nonce is None:
        nonce = quantity(transport.request("eth_getTransactionCount", sender, "pending"))
    fields: dict[str, Any] = {
        "from": sender,
        **_target(call),
        "value": 0,
        "chainId": chain_id,
        "nonce": nonce,
    }
    fields["gas"] = _gas(transport, fields)
    fields.update(_fees(transport))
    raw = signer.sign_transaction(fields)
    return Signed(raw=raw, hash="0x" + keccak(raw).hex(), sender=sender, nonce=nonce)


def wire(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A transaction object as JSON-RPC wants it."""
    return {
        key: hex(value)
        if isinstance(value, int)
        else "0x" + value.hex()
        if isinstance(value, bytes)
        else value
        for key, value in fields.items()
    }


def _target(call: Call) -> dict[str, Any]:
    target: dict[str, Any] = {"data": "0x" + call.data.hex()}
    if call.to:
        target["to"] = call.to
    return target


def _gas(transport: Transport, fields: Mapping[str, Any]) -> int:
    asked = {key: value for key, value in fields.items() if key in {"from", "to", "data", "value"}}
    try:
        estimate = quantity(transport.request("eth_estimateGas", wire(asked)))
    except RpcError as error:
        if is_revert(error):
            refusal = to_error(error)
            if _is_past_by_now(refusal):
                return _GAS_UNKNOWN
            raise refusal from error
        raise _cannot_pay(error, str(fields["from"])) from error
    limit = quantity(_block(transport)["gasLimit"])
    return min(estimate + estimate // _GAS_MARGIN, limit)


def _is_past_by_now(refusal: ConcordatError) -> bool:
    """Whether something lies in the future only for the newest block, whose time a quiet chain still shows.

    The block that takes the transaction has the present time. If it has not, the contract refuses it there.
    """
    revert = getattr(refusal, "revert", None)
    if revert is None or revert.name not in _IN_FUTURE:
        return False
    return bool(revert.args[_IN_FUTURE[revert.name]] <= time.time())


def _fees(transport: Transport) -> dict[str, int]:
    base = _block(transport).get("baseFeePerGas")
    if base is None:
        return {"gasPrice": quantity(transport.request("eth_gasPrice"))}
    tip = _tip(transport)
    return {"type": 2, "maxFeePerGas": quantity(base) * _FEE_HEADROOM + tip, "maxPriorityFeePerGas": tip}


def _tip(transport: Transport) -> int:
    try:
        return quantity(transport.request("eth_maxPriorityFeePerGas"))
    except RpcError:
        return (
            0  # not every node of a permissioned network has this question, and such networks ask for no tip
        )


def _block(transport: Transport) -> Mapping[str, Any]:
    block = transport.request("eth_getBlockByNumber", "latest", False)
    if not isinstance(block, dict):
        raise NodeError("The node has no block yet.", code="node.empty", kept="Nothing was sent.")
    return block


def _cannot_pay(error: RpcError, sender: str) -> Exception:
    if "funds" not in error.text.lower():
        return error
    return AuthorityError(
        f"The account {sender} cannot pay for this transaction.",
        code="account.funds",
        kept="Nothing was sent.",
        next="Send it some of the network's currency, and run the command again.",
    )


def _bytes(value: Any) -> bytes:
    return bytes.fromhex(str(value).removeprefix("0x"))
