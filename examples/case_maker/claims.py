# SPDX-License-Identifier: Apache-2.0
"""196 victims who paid 27,960,000.00 yuan in all: the figures of the source papers, the people made up.

Each paid something else, few paid much; the last fen makes the sum exact. The same on every run.
"""

from __future__ import annotations

VICTIMS = 196
TOTAL_FEN = 2_796_000_000
"""27,960,000.00 yuan, in fen."""


def amounts() -> list[int]:
    """What each victim paid, in fen: falls from the first to the last, sums to the total."""
    weights = [1_000_000 // (rank + 7) + 37 * (rank * rank % 101) for rank in range(VICTIMS)]
    whole = sum(weights)
    paid = [TOTAL_FEN * weight // whole for weight in weights]
    paid[0] += TOTAL_FEN - sum(paid)
    return paid


def listing() -> str:
    """The list as ``concordat restitution plan`` reads it (CSV)."""
    rows = ["victim,payee,amount,traced,key"]
    for number, fen in enumerate(amounts(), start=1):
        account = f"account:HORNMYKL:04120{number:05d}"
        rows.append(f'V-{number:03d},{account},"CNY {fen // 100:,}.{fen % 100:02d}",,')
    return "\n".join(rows) + "\n"
