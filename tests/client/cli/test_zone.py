# SPDX-License-Identifier: Apache-2.0
"""Times for people are in their own zone; those of ``--json`` never are."""

from __future__ import annotations

import pytest

from concordat.cli.output import ZONE, local, moment
from concordat.errors import UsageError

AT = 1_773_619_200  # 2026-03-16T00:00:00Z


def test_without_a_zone_it_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ZONE, raising=False)
    assert local(AT) == moment(AT) == "2026-03-16T00:00:00Z"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Shanghai", "2026-03-16T08:00:00+08:00"),
        ("Europe/Berlin", "2026-03-16T01:00:00+01:00"),
        ("America/New_York", "2026-03-15T20:00:00-04:00"),
    ],
)
def test_in_the_zone_that_is_named(monkeypatch: pytest.MonkeyPatch, zone: str, text: str) -> None:
    monkeypatch.setenv(ZONE, zone)
    assert local(AT) == text
    assert moment(AT) == "2026-03-16T00:00:00Z"


@pytest.mark.parametrize("zone", ["Nowhere/At_All", "../../etc/passwd", "\x1b[2J"])
def test_an_unknown_zone_is_said(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv(ZONE, zone)
    with pytest.raises(UsageError) as refused:
        local(AT)
    assert "\x1b" not in refused.value.message
