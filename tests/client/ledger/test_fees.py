# SPDX-License-Identifier: Apache-2.0
"""A key without funds is told as what it is: the likeliest first error on a network with fees."""

from __future__ import annotations

import pytest

from concordat.ledger.rpc import RpcError

WORDINGS = (
    "insufficient funds for gas * price + value",
    "Insufficient funds for gas * price + value: have 0 want 21000000000000",
    "VM Exception while processing transaction: sender doesn't have enough funds; insufficient funds",
)


@pytest.mark.parametrize("text", WORDINGS)
def test_whoever_cannot_pay_is_told_what_to_do(text: str) -> None:
    error = RpcError("eth_sendTransaction", -32000, text)
    assert (error.code, error.exit_code) == ("node.insufficient_funds", 5)
    assert "fees" in error.message and error.kept and "key list" in error.next


def test_other_refusals_of_a_node_keep_their_words() -> None:
    error = RpcError("eth_getProof", -32601, "method not found")
    assert (error.code, error.message) == (
        "node.error",
        "The node refused eth_getProof: method not found (-32601).",
    )
