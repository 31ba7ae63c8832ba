# SPDX-License-Identifier: Apache-2.0
"""One suite with six countries and their officers, for all tests of cooperation."""

from __future__ import annotations

import pytest
from brownie import chain

from tests.contracts.cooperation.stage import MEMBERS, set_stage
from tests.contracts.suite import Suite, usual_suite


@pytest.fixture(scope="session")
def suite() -> Suite:
    """Stands before the suite of the other contract tests; each test begins from it as it was."""
    built = usual_suite(MEMBERS)
    set_stage(built)
    chain.snapshot()
    return built
