# SPDX-License-Identifier: Apache-2.0
"""Where the gas of a transaction went, from its trace. The parts add up to what was paid, to the unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Step = Mapping[str, Any]

BASE, CALLDATA = "every transaction", "calldata"
NEW_SLOT, OTHER_STORAGE = "the new slot", "reading storage"
CALLS, SIGNATURES, EVENTS = "reaching other contracts", "recovering signatures", "events"
INSTRUCTIONS = "instructions of"

_CALLS = {"CALL", "STATICCALL", "DELEGATECALL"}
_ECRECOVER = 1
_TRANSACTION_GAS = 21_000
_ZERO_BYTE_GAS, _BYTE_GAS = 4, 16
_FRESH_SLOT_GAS = 20_000


@dataclass
class Breakdown:
    """Gas by part, and how many storage slots are new."""

    parts: Counter[str] = field(default_factory=Counter)
    new_slots: int = 0

    @property
    def total(self) -> int:
        """What was paid."""
        return sum(self.parts.values())


def breakdown(steps: Sequence[Step], calldata: bytes, names: Mapping[str, str], first: str) -> Breakdown:
    """Attribute every unit of gas.

    Args:
        steps: of the transaction, in order.
        calldata: what was sent.
        names: of contracts, by address in lower case.
        first: name of the contract that was called.
    """
    found = Breakdown()
    found.parts[BASE] = _TRANSACTION_GAS
    found.parts[CALLDATA] = sum(_BYTE_GAS if byte else _ZERO_BYTE_GAS for byte in calldata)
    written = {_slot(step) for step in steps if step["op"] == "SSTORE"}
    frames = [first]
    for index, step in enumerate(steps):
        del frames[step["depth"] - steps[0]["depth"] + 1 :]
        cost = _own_cost(steps, index)
        part = _part(step, written, frames[-1])
        if step["op"] == "SSTORE" and cost >= _FRESH_SLOT_GAS:
            found.new_slots += 1
        found.parts[part] += cost
        if _goes_deeper(steps, index):
            frames.append(names.get(_target(step), "another contract"))
    return found


def _part(step: Step, written: set[str], contract: str) -> str:
    operation = step["op"]
    if operation == "SSTORE" or (operation == "SLOAD" and _slot(step) in written):
        return NEW_SLOT
    if operation == "SLOAD":
        return OTHER_STORAGE
    if operation in _CALLS:
        return SIGNATURES if int(_target(step), 16) == _ECRECOVER else CALLS
    if operation.startswith("LOG"):
        return EVENTS
    return f"{INSTRUCTIONS} {contract}"


def _own_cost(steps: Sequence[Step], index: int) -> int:
    """What a step itself took: of a call, without what the called code used; of a return, nothing."""
    step = steps[index]
    if index + 1 == len(steps) or steps[index + 1]["depth"] < step["depth"]:
        return 0
    back = next(i for i in range(index + 1, len(steps)) if steps[i]["depth"] == step["depth"])
    inside = steps[index + 1]["gas"] - steps[back - 1]["gas"] if back > index + 1 else 0
    return int(step["gas"] - steps[back]["gas"] - inside)


def _goes_deeper(steps: Sequence[Step], index: int) -> bool:
    return index + 1 < len(steps) and steps[index + 1]["depth"] > steps[index]["depth"]


def _slot(step: Step) -> str:
    return str(step["stack"][-1])


def _target(step: Step) -> str:
    return "0x" + str(step["stack"][-2]).removeprefix("0x").rjust(40, "0")[-40:].lower()
