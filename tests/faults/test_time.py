# SPDX-License-Identifier: Apache-2.0
"""A quiet chain's clock stands still, while collections end."""

from __future__ import annotations

import time

from town import Office, stored


def test_what_ended_a_moment_ago_is_registered_though_the_newest_block_is_older(office: Office) -> None:
    newest = office.town.chain.now()
    now = time.time()
    started, ended = now - 7200, now - 1
    assert ended > newest
    office.record(started, ended)
    ran = office("register", "case.yaml", "files")
    assert ran.code == 0, ran.err
    assert stored(office)


def test_what_has_not_ended_is_not_registered(office: Office) -> None:
    office.record(time.time() - 7200, time.time() + 3600)
    height = office.town.height
    ran = office("register", "case.yaml", "files")
    assert ran.code == 2
    assert "ends at" in ran.err
    assert office.town.height == height
