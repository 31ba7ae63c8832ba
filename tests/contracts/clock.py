# SPDX-License-Identifier: Apache-2.0
"""The test chain's time, in seconds since 1970, to the very second.

It passes by one second a block (tools/networks.py), so whatever is done next is done a second later.
"""

from __future__ import annotations

from brownie import web3

from tests.contracts.nodes import node, set_next_time


def now() -> int:
    """Time of the newest block."""
    return int(web3.eth.get_block("latest")["timestamp"])


def next_block_at(time: int) -> None:
    """Whatever is done next; not before the newest block."""
    set_next_time(time)


def block_at(time: int) -> None:
    """An empty block, so that questions are answered as of then."""
    set_next_time(time)
    node().request("evm_mine")


def pass_time(seconds: int) -> None:
    """An empty block, so much later."""
    block_at(now() + seconds)
