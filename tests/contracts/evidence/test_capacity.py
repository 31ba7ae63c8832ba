# SPDX-License-Identifier: Apache-2.0
"""How much the registry takes in: what a whole country's year needs, a hundred times over (S169)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from brownie import chain, web3

from tests.contracts.suite import SECOND_OFFICER, Suite

CASES_A_YEAR = 400_000
BURST = 100
BLOCK_SECONDS = 12
BLOCK_GAS = 30_000_000
PER_BLOCK = math.ceil(CASES_A_YEAR * BURST * BLOCK_SECONDS / (365 * 86_400))


@contextmanager
def mining_stopped() -> Iterator[None]:
    """Transactions wait until the end, as they do between two blocks of a real chain."""
    ask = web3.provider.make_request
    by_anvil = "anvil" in web3.client_version.lower()
    ask("evm_setAutomine", [False]) if by_anvil else ask("miner_stop", [])
    try:
        yield
    finally:
        ask("evm_setAutomine", [True]) if by_anvil else ask("miner_start", [])


def test_a_burst_of_a_hundred_times_the_average_fits_into_blocks(suite: Suite) -> None:
    """All registrations that reach the chain between two blocks of the burst stand in the next one."""
    sender, first = suite.collector, web3.eth.get_transaction_count(suite.collector.address)
    signed = []
    for number in range(PER_BLOCK):
        collection = suite.collection(sender, root=web3.keccak(text=f"acquisition {number}"))
        second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
        data = suite.evidence.register.encode_input(collection, b"", [second])
        transaction = {
            "to": suite.evidence.address,
            "data": data,
            "value": 0,
            "gas": 200_000,
            "gasPrice": web3.eth.gas_price * 2,
            "nonce": first + number,
            "chainId": web3.eth.chain_id,
        }
        signed.append(web3.eth.account.sign_transaction(transaction, sender.private_key).raw_transaction)

    with mining_stopped():
        hashes = [web3.eth.send_raw_transaction(raw) for raw in signed]
        chain.mine()
    receipts = [web3.eth.get_transaction_receipt(each) for each in hashes]

    assert PER_BLOCK == 16
    assert all(receipt["status"] == 1 for receipt in receipts)
    assert len({receipt["blockNumber"] for receipt in receipts}) == 1
    # The rest of the block is left to everything else that agencies do.
    assert sum(receipt["gasUsed"] for receipt in receipts) < BLOCK_GAS // 10
