# SPDX-License-Identifier: Apache-2.0
"""One suite with profiles and everybody through whose hands a measure goes, for all tests of freezing."""

from __future__ import annotations

import pytest

from tests.contracts.assets.stage import set_stage
from tests.contracts.beginning import begin_with
from tests.contracts.suite import Suite, usual_suite


@pytest.fixture(scope="module")
def suite() -> Suite:
    """Stands before the suite of the other contract tests."""
    return begin_with(suite_of_freezing)


def suite_of_freezing() -> Suite:
    built = usual_suite()
    set_stage(built)
    return built
