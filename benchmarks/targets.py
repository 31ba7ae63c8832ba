# SPDX-License-Identifier: Apache-2.0
"""What was to be reached, and what explains a figure that was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.registering import ONE, ONE_CLAUSES, TWO

GAS: Mapping[str, int] = {ONE: 66_000, ONE_CLAUSES: 69_000, TWO: 77_000}
NEW_SLOTS = 1
INTAKE = 0.9
MERKLE = 10.0

WHY_TWO = (
    "Of what the second signer adds, about 10,000 gas are prices of the chain itself: calldata for signature "
    "and terms (2,400), a warm call (100), the officer's appointment in a cold slot (2,100), recovering the "
    "signature (3,100), an event with the signer as a topic (2,131). The rest are the checks: role, "
    "deadline, order, authority at the time, typed data. What would still save gas was left out because it "
    "would cost more than gas: docs/adr/0003-gas.md."
)
WHY_INTAKE = (
    "Intake digests SM3 in a thread of its own, so it wants a second processor that has nothing else to do; "
    "on a busy machine the ratio falls."
)
WHY_MERKLE = "See the ratio by processor time: on a busy machine the clock measures its other work."
RISEN = "It rose; `make check-gas` names the change."
TWO_SLOTS = "A registration writes more than its record."


@dataclass(frozen=True)
class Miss:
    """A figure that was not reached."""

    name: str
    reached: str
    wanted: str
    why: str


def misses(gas: Mapping[str, int], slots: Mapping[str, int], intake: float, merkle: float) -> Iterator[Miss]:
    """Every figure that was not reached.

    Args:
        gas: by name of the registration.
        slots: new storage slots by the same names.
        intake: ratio for one large file.
        merkle: ratio to pymerkle.
    """
    for name, wanted in GAS.items():
        if gas[name] > wanted:
            why = WHY_TWO if name == TWO else RISEN
            yield Miss(f"gas, {name}", f"{gas[name]:,}", f"{wanted:,}", why)
    for name, count in slots.items():
        if count > NEW_SLOTS:
            yield Miss(f"new slots, {name}", str(count), str(NEW_SLOTS), TWO_SLOTS)
    if intake < INTAKE:
        yield Miss("intake of one large file", f"{intake:.2f}", f"{INTAKE}", WHY_INTAKE)
    if merkle < MERKLE:
        yield Miss("Merkle building", f"{merkle:.1f}", f"{MERKLE:.0f}", WHY_MERKLE)
