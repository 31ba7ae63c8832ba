# SPDX-License-Identifier: Apache-2.0
"""One suite with profiles and everybody through whose hands a measure goes, for all tests of freezing."""

from __future__ import annotations

import pytest
from brownie import chain

from tests.contracts.assets.stage import set_stage
from tests.contracts.suite import Suite, usual_suite


@pytest.fixture(scope="session")
def suite() -> Suite:
    """Stands before the suite of the other contract tests; each test begins from it as it was."""
    built = usual_suite()
    set_stage(built)
    chain.snapshot()
    return built
