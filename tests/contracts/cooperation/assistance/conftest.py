# SPDX-License-Identifier: Apache-2.0
"""The suite of cooperation with an agreement in force, for all tests of requests for assistance."""

from __future__ import annotations

import pytest

from tests.contracts.beginning import begin_with
from tests.contracts.cooperation.assistance.acts import usual_agreements
from tests.contracts.cooperation.conftest import suite_of_six
from tests.contracts.suite import Suite


@pytest.fixture(scope="module")
def suite() -> Suite:
    """Stands before the suite of cooperation."""
    return begin_with(suite_with_a_convention)


def suite_with_a_convention() -> Suite:
    built = suite_of_six()
    usual_agreements(built)
    return built
