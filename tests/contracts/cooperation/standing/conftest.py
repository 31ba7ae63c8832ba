# SPDX-License-Identifier: Apache-2.0
"""A suite in which a stand-in says what requests, answers and agreements are; all else is as in earnest."""

from __future__ import annotations

import pytest
from brownie import CooperationMock

from tests.contracts.assets.stage import CASH, FREEZE, OFFICERS, Profile, adopt_profiles
from tests.contracts.beginning import begin_with
from tests.contracts.clock import pass_time
from tests.contracts.cooperation.stage import MEMBERS, set_stage
from tests.contracts.suite import HOUR, SG, Suite, usual_suite

STOOD_IN_FOR = ("AgreementRegistry", "AssistanceRequests", "AssistanceAnswers")


@pytest.fixture(scope="module")
def suite() -> Suite:
    """Stands before the suite of cooperation."""
    return begin_with(suite_with_stand_ins)


def suite_with_stand_ins() -> Suite:
    built = usual_suite(MEMBERS, instead=dict.fromkeys(STOOD_IN_FOR, CooperationMock))
    set_stage(built)
    set_freezing(built)
    return built


def set_freezing(suite: Suite) -> None:
    """Add the hands of a measure, and the profile under which Singapore's banks freeze."""
    for agency, officer, power in OFFICERS:
        if officer not in suite.actors:
            suite.appoint(agency, officer, power)
    freeze = Profile(endorser=suite.ids["sg_unit"])
    adopt_profiles(suite, "sg_authority", SG, (FREEZE, CASH, freeze))
    pass_time(HOUR)
