# SPDX-License-Identifier: Apache-2.0
"""To act as a contract of the suite, for functions that only another module may call."""

from __future__ import annotations

from typing import Any

from brownie import accounts

from tests.contracts.nodes import node

GAS_MONEY = hex(10**18)


def as_module(contract: Any) -> Any:
    """An account with the contract's address, and with money for gas."""
    address = str(contract.address)
    kind = str(node().request("web3_clientVersion")).lower()
    method = "anvil_setBalance" if kind.startswith("anvil") else "evm_setAccountBalance"
    node().request(method, address, GAS_MONEY)
    return accounts.at(address, force=True)
