# SPDX-License-Identifier: Apache-2.0
"""Appoint who accepted, with the agency's key.

brownie run appoint_officer main acceptance.json keystore:agency --network sepolia
"""

from __future__ import annotations

from pathlib import Path

from concordat.evidence import store
from concordat.membership import officers
from scripts import network


@network.told
def main(acceptance: str, key: str) -> int:
    """Record the appointment that the officer accepted by ``concordat officer accept``.

    Args:
        acceptance: file of the acceptance.
        key: URI of the agency's key.

    Returns:
        The number of the appointment.
    """
    with store.guard("read the acceptance"):
        accepted = officers.Acceptance.decode(Path(acceptance).read_bytes())
    desk = network.desk(key)
    receipt = officers.appoint(desk.ledger, desk.signer, accepted)
    terms = accepted.terms
    print(f"{terms.officer} is appointed (number {terms.number}): {receipt.transaction}")
    return terms.number
