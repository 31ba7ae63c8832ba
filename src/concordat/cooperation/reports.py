# SPDX-License-Identifier: Apache-2.0
"""What happened, told to standing. The chain looks the facts up itself, each once.

Anybody may tell of requests, holds and objections; of a duty only who acts for a creditor.
"""

from __future__ import annotations

from typing import Final

from concordat.ledger.protocol import Ledger, Receipt, Signer

REPORTS: Final = "OutcomeReports"


def request(ledger: Ledger, anyone: Signer, request_id: bytes) -> Receipt:
    """Report what became of a request for assistance.

    Raises:
        ContractError: nothing new happened.
    """
    return ledger.send(anyone, REPORTS, "reportRequest", request_id)


def exclusion(ledger: Ledger, anyone: Signer, request_id: bytes) -> Receipt:
    """Report that a court excluded evidence that answered a request."""
    return ledger.send(anyone, REPORTS, "reportExclusion", request_id)


def hold(ledger: Ledger, anyone: Signer, request_id: bytes, target: bytes) -> Receipt:
    """Report how an institution answered a freeze request, for one target."""
    return ledger.send(anyone, REPORTS, "reportHold", request_id, target)


def objection(ledger: Ledger, anyone: Signer, request_id: bytes, target: bytes, number: int) -> Receipt:
    """Report that an objection to a hold was upheld."""
    return ledger.send(anyone, REPORTS, "reportObjection", request_id, target, number)


def obligation(ledger: Ledger, creditor: Signer, thread: bytes, duty: int, debtor: int, turn: int) -> Receipt:
    """Report that a duty under an agreement was not performed by its time.

    Args:
        creditor: central authority of another party, or its officer with TRANSMIT.
        turn: of a duty that recurs, from 1.

    Raises:
        ContractError: it was performed, is not due yet, or was told already.
    """
    return ledger.send(creditor, REPORTS, "reportObligation", thread, duty, debtor, turn)
