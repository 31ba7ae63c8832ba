# SPDX-License-Identifier: Apache-2.0
"""Two pieces of work beside each other. Only ratios leave: seconds say more about a machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 3


@dataclass(frozen=True)
class Ratio:
    """How many times faster one is than the other.

    Attributes:
        clock: by the clock on the wall; a busy machine disturbs it.
        processor: by the processor time of all threads, which it does not disturb.
    """

    clock: float
    processor: float


def compare(ours: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> Ratio:
    """The best of some rounds of each, taken in turn, so that both meet the same disturbances."""
    measured = [(_seconds(other), _seconds(ours)) for _ in range(rounds)]
    clock, processor = (
        min(theirs[kind] for theirs, _ in measured) / min(own[kind] for _, own in measured) for kind in (0, 1)
    )
    return Ratio(clock, processor)


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor
