# SPDX-License-Identifier: Apache-2.0
"""The sentence for every typed error of the contracts."""

from __future__ import annotations

from concordat.errors import ConcordatError
from concordat.ledger.reverts import Revert


def explain(revert: Revert | None, data: bytes) -> ConcordatError:
    """The error to raise for a contract's refusal."""
    name = revert.name if revert else "0x" + data[:4].hex()
    return ConcordatError(f"The contract refused: {name} {dict(revert.args) if revert else ''}")
