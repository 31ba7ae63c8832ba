# SPDX-License-Identifier: Apache-2.0
"""A hold as tests of its later life meet it: looked at, renewed, let go, refused."""

from __future__ import annotations

from typing import Any

from tests.contracts.assets.stage import HOLD_STATUS, hold_id
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, Suite

AMOUNT = 1_000_00
PAPER = b"\x09" * 32
BY_COURT, OBJECTED = 32, 64
Which = tuple[bytes, bytes]


def hold(suite: Suite, which: Which) -> Any:
    return suite.holds.holdOf(hold_id(*which))


def refused_in(which: Which, status: str) -> Any:
    return reverts("HoldInStatus", "0x" + hold_id(*which).hex(), HOLD_STATUS.index(status))


def renew(suite: Suite, which: Which, period: int = 30 * DAY, by: str = "high_ratifier") -> Any:
    return suite.holds.renew(*which, period, PAPER, {"from": suite.actors[by]})


def release(suite: Suite, which: Which, amount: int = AMOUNT, by: str = "releaser", reason: int = 2) -> Any:
    return suite.holds.release(*which, amount, reason, {"from": suite.actors[by]})
