# SPDX-License-Identifier: Apache-2.0
"""One suite for all contract tests; each test begins from it as it was, by snapshot."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from brownie import chain

from tests.contracts.beginning import begin_with
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import Suite, usual_suite


@pytest.fixture(scope="module")
def suite() -> Suite:
    return begin_with(usual_suite)


@pytest.fixture(autouse=True)
def isolation(suite: Suite) -> Iterator[None]:
    """Undo after each test whatever it did; Brownie's own isolation begins each module from nothing."""
    yield
    chain.revert()


@pytest.fixture(scope="session")
def gas() -> Iterator[GasBook]:
    """Gas by name, kept in reports/gas.json and compared with snapshots/gas.json by `make check-gas`."""
    book = GasBook()
    yield book
    if book.measured:
        usual = Path(__file__).parents[2] / "reports" / "gas.json"
        book.write(Path(os.environ.get("GAS_BOOK", usual)))
