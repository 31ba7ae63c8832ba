# SPDX-License-Identifier: Apache-2.0
"""One suite with six countries and their officers, for all tests of cooperation."""

from __future__ import annotations

import pytest

from tests.contracts.beginning import begin_with
from tests.contracts.cooperation.stage import MEMBERS, set_stage
from tests.contracts.suite import Suite, usual_suite


@pytest.fixture(scope="module")
def suite() -> Suite:
    """Stands before the suite of the other contract tests."""
    return begin_with(suite_of_six)


def suite_of_six() -> Suite:
    built = usual_suite(MEMBERS)
    set_stage(built)
    return built
