# SPDX-License-Identifier: Apache-2.0
"""Guard: whoever the tests of cooperation name is in office, for the agency that his name says."""

from __future__ import annotations

import pytest

from tests.contracts.cooperation.stage import COUNTRIES, HANDS
from tests.contracts.suite import Suite


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_officer_has_his_power(suite: Suite, country: str) -> None:
    for agency, officer, power in HANDS:
        if employer := suite.ids.get(f"{country}_{agency}"):
            assert employer >> 16 == COUNTRIES[country]
            assert suite.agencies.authorize(suite.actors[f"{country}_{officer}"], power) == employer
