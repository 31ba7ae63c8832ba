# SPDX-License-Identifier: Apache-2.0
"""The client's own way to the chain that Brownie runs: its package, its keys, its transactions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from brownie import web3

sys.path.insert(0, str(Path(__file__).parents[2] / "client" / "ledger"))
sys.path.insert(0, str(Path(__file__).parent))

from fakecast import CN, MY, Cast, key

from concordat.ledger import deploy
from concordat.ledger.chain import Chain
from concordat.ledger.deploy import Founder, Plan, Suite
from concordat.ledger.rpc import Rpc
from concordat.membership.powers import DEFINED, Power
from concordat.membership.suite import baseline
from tests.contracts.nodes import set_balance
from tests.contracts.suite import FUNDS

NAMES = ("authority", "police", "foreign", "officer", "second", "curer", "confirmer", "device", "stranger")


@pytest.fixture
def transport() -> Rpc:
    """The node."""
    return Rpc(web3.provider.endpoint_uri)


@pytest.fixture
def founders() -> list[Founder]:
    """The same members as in the tests without a chain."""
    return [
        Founder(MY, 1, key("authority").address, int(Power.VOTE), "MY-AGC"),
        Founder(MY, 2, key("police").address, int(DEFINED), "MY-PDRM"),
        Founder(CN, 1, key("foreign").address, int(DEFINED), "CN-MPS"),
    ]


@pytest.fixture
def plan(founders: list[Founder]) -> Plan:
    """What is to be created."""
    return deploy.plan(founders, baseline())


@pytest.fixture
def said() -> list[str]:
    """What the creation said."""
    return []


@pytest.fixture
def created(transport: Rpc, plan: Plan, said: list[str]) -> Suite:
    """A suite made by the package, paid by a key that has nothing to do with it."""
    for name in (*NAMES, "deployer"):
        set_balance(key(name), FUNDS)
    return deploy.create(transport, key("deployer"), plan, said.append)


@pytest.fixture
def ledger(transport: Rpc, created: Suite) -> Chain:
    """The suite as the client sees it."""
    return Chain(transport, created.directory, patience=30)


@pytest.fixture
def cast(ledger: Chain) -> Cast:
    """The people, on the chain; nobody is hired yet."""
    return Cast(ledger, **{name: key(name) for name in NAMES})  # type: ignore[arg-type]
