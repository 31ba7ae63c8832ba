# SPDX-License-Identifier: Apache-2.0
"""One suite for all contract tests; each test begins from it as it was, by snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from brownie import chain

from tests.contracts.suite import Suite, usual_suite


@pytest.fixture(scope="session")
def suite() -> Suite:
    built = usual_suite()
    chain.snapshot()
    return built


@pytest.fixture(autouse=True)
def isolation(suite: Suite) -> Iterator[None]:
    """Undo after each test whatever it did; Brownie's own isolation begins each module from nothing."""
    yield
    chain.revert()


@pytest.fixture(scope="session")
def gas() -> Iterator[dict[str, int]]:
    """Gas by name, kept in reports/gas.json and compared with snapshots/gas.json by `make check-gas`."""
    measured: dict[str, int] = {}
    yield measured
    if measured:
        reports = Path(__file__).parents[2] / "reports"
        reports.mkdir(exist_ok=True)
        (reports / "gas.json").write_text(json.dumps(measured, indent=2, sort_keys=True) + "\n")
