# SPDX-License-Identifier: Apache-2.0
"""Suspension in an emergency, by several jurisdictions, for fourteen days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from concordat.ledger.protocol import Ledger, Receipt, Signer

EMERGENCIES: Final = "Emergencies"
COUNTS_FOR: Final = 3 * 86_400
"""Seconds for which a support counts."""


@dataclass(frozen=True)
class Support:
    """A jurisdiction's support that counts now; since when, seconds since 1970 UTC."""

    jurisdiction: int
    since: int


def support(ledger: Ledger, voter: Signer, target: int, reason: bytes) -> Receipt:
    """Support that an agency be suspended; if it is enough, it is suspended in the same transaction."""
    return ledger.send(voter, EMERGENCIES, "support", target, reason)


def withdraw(ledger: Ledger, voter: Signer, target: int) -> Receipt:
    """Take the own jurisdiction's support back."""
    return ledger.send(voter, EMERGENCIES, "withdrawSupport", target)


def supports_of(ledger: Ledger, target: int) -> list[Support]:
    """The supports that count now."""
    return [
        Support(int(each.jurisdiction), int(each.since))
        for each in ledger.call(EMERGENCIES, "supportsOf", target)
    ]


def needed_for(ledger: Ledger, target: int) -> int:
    """How many jurisdictions are needed now."""
    return int(ledger.call(EMERGENCIES, "neededFor", target))


def last_of(ledger: Ledger, target: int) -> int:
    """When the target was last suspended in an emergency, seconds since 1970 UTC; 0: never."""
    return int(ledger.call(EMERGENCIES, "lastEmergency", target))
