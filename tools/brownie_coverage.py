# SPDX-License-Identifier: Apache-2.0
"""The two fixes without which Brownie does not measure what the contract tests reach."""

from typing import Any

from brownie.network import contract, web3
from brownie.network.account import _PrivateKeyAccount


def fix() -> None:
    """Both."""
    pay_for_traced_calls()
    trace_contracts_with_immutables()


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

    contract._verify_deployed_code = is_deployed_from
