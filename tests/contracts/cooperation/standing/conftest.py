# SPDX-License-Identifier: Apache-2.0
"""A suite in which a stand-in says what requests, answers and agreements are; all else is as in earnest."""

from __future__ import annotations

import pytest
from brownie import CooperationMock, chain

from tests.contracts.assets.stage import CASH, FREEZE, OFFICERS, Profile, adopt_profiles
from tests.contracts.cooperation.stage import MEMBERS, set_stage
from tests.contracts.suite import HOUR, SG, Suite, usual_suite

STOOD_IN_FOR = ("AgreementRegistry", "AssistanceRequests", "AssistanceAnswers")


@pytest.fixture(scope="session")
def suite() -> Suite:
    """Stands before the suite of cooperation; each test begins from it as it was."""
    built = usual_suite(MEMBERS, instead=dict.fromkeys(STOOD_IN_FOR, CooperationMock))
    set_stage(built)
    set_freezing(built)
    chain.snapshot()
    return built


def set_freezing(suite: Suite) -> None:
    """Add the hands of a measure, and the profile under which Singapore's banks freeze."""
    for agency, officer, power in OFFICERS:
        if officer not in suite.actors:
            suite.appoint(agency, officer, power)
    freeze = Profile(endorser=suite.ids["sg_unit"])
    adopt_profiles(suite, "sg_authority", SG, (FREEZE, CASH, freeze))
    chain.sleep(HOUR)
    chain.mine()
