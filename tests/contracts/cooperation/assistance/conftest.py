# SPDX-License-Identifier: Apache-2.0
"""The suite of cooperation with an agreement in force, for all tests of requests for assistance."""

from __future__ import annotations

import pytest
from brownie import chain

from tests.contracts.cooperation.assistance.acts import usual_agreements, with_what_is_missing
from tests.contracts.cooperation.stage import MEMBERS, set_stage
from tests.contracts.suite import Suite


@pytest.fixture(scope="session")
def suite() -> Suite:
    """Stands before the suite of cooperation; each test begins from it as it was."""
    built = with_what_is_missing(MEMBERS)
    set_stage(built)
    usual_agreements(built)
    chain.snapshot()
    return built
