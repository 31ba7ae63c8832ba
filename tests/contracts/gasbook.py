# SPDX-License-Identifier: Apache-2.0
"""What transactions cost, by name, so that the figures are the same whenever they are measured.

A zero byte of calldata costs 4 gas, any other 16. Signatures differ whenever an address does, and with them
the zeros in them: they count as if they had none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ZERO_BYTE_SAVES = 12
_LENGTH_OF_SIGNATURE = (65).to_bytes(32, "big")


class GasBook:
    """Gas by name."""

    def __init__(self) -> None:
        self.measured: dict[str, int] = {}

    def note(self, name: str, tx: Any) -> None:
        """Enter what a transaction used."""
        zeros = zeros_in_signatures(bytes.fromhex(tx.input.removeprefix("0x")))
        self.measured[name] = tx.gas_used + ZERO_BYTE_SAVES * zeros

    def write(self, path: Path) -> None:
        """Keep it for `make check-gas` and `make gas`."""
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(self.measured, indent=2, sort_keys=True) + "\n")


def zeros_in_signatures(calldata: bytes) -> int:
    """Zero bytes of every signature in there: whatever follows a length of 65."""
    zeros, at = 0, calldata.find(_LENGTH_OF_SIGNATURE)
    while at >= 0:
        begin = at + len(_LENGTH_OF_SIGNATURE)
        zeros += calldata[begin : begin + 65].count(0)
        at = calldata.find(_LENGTH_OF_SIGNATURE, begin)
    return zeros
