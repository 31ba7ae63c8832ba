# SPDX-License-Identifier: Apache-2.0
"""Events of modules in their order, each with the time of its block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from concordat.ledger.protocol import Event, Ledger, in_order


def of(ledger: Ledger, contract: str, names: Iterable[str], **filters: Any) -> list[Event]:
    """All events of these names whose indexed values equal the filters, oldest first, without times."""
    return in_order(event for name in names for event in ledger.events(contract, name, **filters))


def with_times(ledger: Ledger, events: Iterable[Event]) -> list[Event]:
    """The same events with the time of their blocks; each block is asked for once.

    A node's logs have no times, and neither does the protocol of a ledger promise any: where blocks cannot be
    asked for, the time stays 0.
    """
    ask = getattr(ledger, "block", None) or getattr(getattr(ledger, "chain", None), "block", None)
    times: dict[int, int] = {}

    def time_of(block: int) -> int:
        if block not in times:
            times[block] = int(ask(block)["timestamp"], 16) if ask else 0
        return times[block]

    return [event if event.time else replace(event, time=time_of(event.block)) for event in events]
