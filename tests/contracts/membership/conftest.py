# SPDX-License-Identifier: Apache-2.0
"""A suite with six members that vote."""

from __future__ import annotations

import pytest

from tests.contracts.membership.councilstage import grow
from tests.contracts.suite import Suite


@pytest.fixture
def six(suite: Suite, isolation: None) -> Suite:
    """China, Malaysia, Singapore, Thailand, Cambodia, the Philippines."""
    grow(suite)
    return suite
