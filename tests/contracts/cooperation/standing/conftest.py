# SPDX-License-Identifier: Apache-2.0
"""A suite in which a stand-in says what requests, answers and agreements are; all else is as in earnest."""

from __future__ import annotations

import pytest
from brownie import CooperationMock, chain

from tests.contracts.assets import stage as freezing
from tests.contracts.cooperation import stage
from tests.contracts.suite import Suite, usual_suite

STOOD_IN_FOR = ("AgreementRegistry", "AssistanceRequests", "AssistanceAnswers")


@pytest.fixture(scope="session")
def suite() -> Suite:
    """Stands before the suite of cooperation; each test begins from it as it was."""
    built = usual_suite(stage.MEMBERS, instead=dict.fromkeys(STOOD_IN_FOR, CooperationMock))
    stage.set_stage(built)
    freezing.set_stage(built)
    chain.snapshot()
    return built
