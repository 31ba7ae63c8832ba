# SPDX-License-Identifier: Apache-2.0
"""One chain for all tests of faults; a wire and an office of its own for each."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from town import DAY, Office, Town, found, settle_in
from wire import Wire, wire_to

from tests.localnode import ganache


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The chain with the suite."""
    with ganache(first_block=int(time.time()) - 2 * DAY) as url:
        yield found(url, tmp_path_factory.mktemp("workspace"))


@pytest.fixture
def wire(town: Town) -> Iterator[Wire]:
    """The wire to its node."""
    with wire_to(town.url) as wire:
        yield wire


@pytest.fixture
def office(town: Town, wire: Wire, tmp_path: Path) -> Office:
    """A folder with workspace, record and files, at the end of the wire."""
    return settle_in(town, tmp_path, wire.url)
