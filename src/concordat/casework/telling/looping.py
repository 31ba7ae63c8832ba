# SPDX-License-Identifier: Apache-2.0
"""Looking again and again: a lost node is waited for, everything else ends it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from concordat.errors import ConcordatError, NodeError

SHORTEST_PAUSE: Final = 1.0


def again(
    look: Callable[[], None],
    lost: Callable[[ConcordatError], None],
    *,
    every: float,
    rounds: int = 0,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Look, wait, look again.

    Args:
        look: one round.
        lost: is told why a round could read nothing.
        every: seconds between two rounds.
        rounds: how many; 0: until it is stopped.
        sleep: waits.

    Raises:
        ConcordatError: what no waiting cures, such as a wrong password or another chain.
    """
    done = 0
    while True:
        try:
            look()
        except ConcordatError as error:
            if error.code != NodeError.default_code:
                raise
            lost(error)
        done += 1
        if rounds and done >= rounds:
            return
        sleep(max(every, SHORTEST_PAUSE))
