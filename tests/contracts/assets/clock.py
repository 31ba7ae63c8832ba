# SPDX-License-Identifier: Apache-2.0
"""The very second: the next block of the test chain has exactly this time."""

from __future__ import annotations

from brownie import web3

from tests.contracts.nodes import node


def next_block_at(time: int) -> None:
    """Seconds since 1970; not before the newest block."""
    anvil = "anvil" in web3.client_version.lower()
    node().request(*(("evm_setNextBlockTimestamp", time) if anvil else ("evm_setTime", time * 1000)))
