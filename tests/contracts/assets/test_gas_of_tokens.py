# SPDX-License-Identifier: Apache-2.0
"""What it costs a token to ask before a transfer, and an agency to keep property on record."""

from __future__ import annotations

import pytest
from brownie import web3

from tests.contracts.assets.stage import SGD, VEHICLE
from tests.contracts.assets.tokens import answered, frozen, named_token, reveal
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import DAY, ZERO32, Suite

PAPER = b"\x06" * 32


def test_revealing(suite: Suite, gas: GasBook) -> None:
    token = named_token(suite)
    gas.note("oracle: reveal a hold", reveal(suite, token, answered(suite)))


@pytest.mark.parametrize("holds", [0, 1, 8])
def test_a_transfer_that_asks(suite: Suite, gas: GasBook, holds: int) -> None:
    """An example token's transfer from an account with so many live holds."""
    token = named_token(suite)
    for number in range(holds):
        frozen(suite, token, 1, f"order {number}")
    tx = token.transfer(suite.stranger, 1, {"from": suite.owner})
    gas.note(f"token: transfer beside {holds} holds", tx)
    assert tx.gas_used <= 100_000 + 50_000 * holds


def test_property(suite: Suite, gas: GasBook) -> None:
    by, commitment = {"from": suite.keeper}, web3.keccak(text="salt and description")
    police = suite.ids["sg_police"]
    tx = suite.assets.identify(commitment, VEHICLE, police, 30 * DAY, ZERO32, by)
    thing = tx.return_value
    gas.note("assets: identify", tx)
    gas.note("assets: fill a part", suite.assets.fill(thing, 0, PAPER, by))
    gas.note("assets: attest", suite.assets.attest(thing, PAPER, by))
    gas.note("assets: value", suite.assets.value(thing, SGD, 1_000, PAPER, by))
