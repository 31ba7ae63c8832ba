# SPDX-License-Identifier: Apache-2.0
"""The same people as in the tests of the ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))

from fakecast import Cast, make_cast


@pytest.fixture
def cast() -> Cast:
    """A small suite in memory with people in it."""
    return make_cast()
