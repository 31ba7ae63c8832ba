# SPDX-License-Identifier: Apache-2.0
"""One chain for all tests of cooperation; each finds it as it was founded."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from casestage import invited, opened
from hall import ACCOUNTS, Hall, Office, Offices, as_founded, found, settle_in

from tests.localnode import ganache


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The chain with the suite; each process of pytest-xdist has its own."""
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    with ganache(port=8790 + 10 * process, accounts=ACCOUNTS) as url:
        yield found(url, tmp_path_factory.mktemp("hall"))


@pytest.fixture
def hall(founded: Hall) -> Iterator[Hall]:
    """The chain as it was founded."""
    with as_founded(founded):
        yield founded


@pytest.fixture
def office(hall: Hall, tmp_path: Path) -> Offices:
    """Opens the office of an agency in the test's folder, by name; the second time the same."""
    offices: dict[str, Office] = {}

    def open_(name: str) -> Office:
        if name not in offices:
            offices[name] = settle_in(hall, name, tmp_path)
        return offices[name]

    return open_


@pytest.fixture
def china(office: Offices) -> Office:
    """The Chinese police, which opened the case of casestage.py."""
    found = office("CN-MPS")
    opened(found)
    return found


@pytest.fixture
def malaysia(china: Office, office: Offices) -> Office:
    """The Malaysian police, which was told of it."""
    return invited(china, office("MY-PDRM"), "MY-PDRM")
