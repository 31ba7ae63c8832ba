# SPDX-License-Identifier: Apache-2.0
"""The stage itself: everybody is in office, and what one test does the next does not find."""

from __future__ import annotations

from collections.abc import Callable

from hall import DAY, SEATS, Hall, Office


def test_everybody_finds_its_agency(hall: Hall, office: Callable[[str], Office]) -> None:
    found = office("MY-PDRM").done("agency", "list")
    assert {each["name"] for each in found["agencies"]} == set(SEATS)
    assert office("MY-PDRM").done("agency", "encryption-key", "--of", "CN-MPS")["version"] == 1


def test_time_passes_for_one_test_alone(hall: Hall) -> None:
    before = hall.now
    hall.pass_time(30 * DAY)
    assert hall.now >= before + 30 * DAY


def test_the_next_test_finds_the_chain_as_founded(hall: Hall) -> None:
    import time

    hall.pass_time(0)
    assert abs(hall.now - time.time()) < DAY
