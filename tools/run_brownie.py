# SPDX-License-Identifier: Apache-2.0
"""Brownie with a chain of its own, with the two fixes that coverage needs, and with a fast way back.

Brownie attaches to whatever answers on its port, be it the chain of `make chain` or the tests of another
checkout. This picks a port that nobody uses, beginning with TEST_PORT, and then is `brownie` with the same
arguments.
"""

import gc
import os
from typing import Any

from brownie._cli.__main__ import main
from brownie._config import CONFIG
from brownie.network import contract as brownie_contract
from brownie.network import web3
from brownie.network.account import _PrivateKeyAccount
from brownie.network.contract import ContractContainer
from brownie.network.state import Chain, _contract_map

from tools.networks import TEST_PORT
from tools.ports import free_port


def use_port(port: int) -> None:
    """Let every network that Brownie starts itself listen on `port`."""
    for network in CONFIG.networks.values():
        if "cmd" in network:
            network["cmd_settings"]["port"] = port


def pay_for_traced_calls() -> None:
    """Let a gas price of 0 mean the usual price.

    To measure coverage, Brownie sends each call as a transaction with a price of 0, which waits for ever
    under the base fee of any chain since London. It undoes the transaction afterwards, so nobody pays.
    """
    usual = _PrivateKeyAccount._gas_price

    def paid(account: Any, gas_price: Any = None) -> Any:
        return usual(account, gas_price or None)

    _PrivateKeyAccount._gas_price = paid


def trace_contracts_with_immutables() -> None:
    """Let a contract whose constructor filled in immutables count as the contract that it is.

    Brownie compares deployed code with compiled code, sees the immutables (zeros in compiled code), and then
    neither traces nor covers the contract.
    """

    def is_deployed_from(address: str, compiled: str, _language: str) -> bool:
        expected = bytes.fromhex(compiled.removeprefix("0x"))
        deployed = bytes(web3.eth.get_code(address))
        return len(deployed) == len(expected) and all(
            wanted in (0, found) for wanted, found in zip(expected, deployed, strict=True)
        )

    brownie_contract._verify_deployed_code = is_deployed_from


def go_back_fast() -> None:
    """Let going back to a snapshot take milliseconds, for it is done after every test.

    Brownie then looks for objects that nobody needs, among all that there are, and asks the node for the code
    of each contract that it knows. But what was there at the snapshot is there again, and the rest is not.
    """
    take_snapshot, standing = Chain.snapshot, set[str]()

    def snapshot(chain: Chain) -> None:
        take_snapshot(chain)
        standing.clear()
        standing.update(_contract_map)
        gc.freeze()

    def forget(container: ContractContainer, _height: int) -> None:
        for contract in [each for each in container if each.address not in standing]:
            container.remove(contract)
            contract._reverted = True

    Chain.snapshot = snapshot
    ContractContainer._revert = forget


if __name__ == "__main__":
    use_port(free_port(int(os.environ.get("TEST_PORT", TEST_PORT))))
    pay_for_traced_calls()
    trace_contracts_with_immutables()
    go_back_fast()
    main()
