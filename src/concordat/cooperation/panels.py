# SPDX-License-Identifier: Apache-2.0
"""Disputes before panels of other jurisdictions, one function an act or question.

Secrets are 32 random bytes; what is committed is keccak256(abi.encode(secret)). Hashes have 32 bytes.
Times are seconds since 1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eth_utils.crypto import keccak

from concordat.cooperation.states import DisputeStatus
from concordat.cooperation.words import DisputeKind
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

PANELS: Final = "Panels"
HISTORY: Final = ("DisputeOpened", "Committed", "Revealed", "PanelDrawn", "PanelVoted", "DisputeClosed")


@dataclass(frozen=True)
class Dispute:
    """A dispute as it stands on the chain.

    Attributes:
        id: 32 bytes.
        claimant, respondent: numbers of agencies.
        subject: request or outcome.
        phase_ends_at: of the present phase.
        size: of the panel; 0 until it is drawn.
        upheld, dismissed: votes.
        result: ``NONE`` until closed.
        commitments: of claimant and respondent; zero where none was made.
        revealed: whether each has revealed.
    """

    id: bytes
    kind: DisputeKind
    claimant: int
    respondent: int
    subject: bytes
    grounds: bytes
    opened_at: int
    phase_ends_at: int
    size: int
    upheld: int
    dismissed: int
    closed: bool
    result: DisputeStatus
    commitments: tuple[bytes, bytes]
    revealed: tuple[bool, bool]


def dispute_id(kind: DisputeKind, subject: bytes, claimant: int) -> bytes:
    """The id of a dispute: keccak256(abi.encode(kind, subject, claimant))."""
    return bytes(keccak(int(kind).to_bytes(32) + subject + claimant.to_bytes(32)))


# Acts


def open_(
    ledger: Ledger, officer: Signer, kind: DisputeKind, subject: bytes, grounds: bytes, committed: bytes
) -> Receipt:
    """Open a dispute, as an officer of the claimant with OBJECT."""
    return ledger.send(officer, PANELS, "open", int(kind), subject, grounds, committed)


def commit(ledger: Ledger, officer: Signer, dispute: bytes, committed: bytes) -> Receipt:
    """Commit to a secret, as the respondent, where none was committed with the request."""
    return ledger.send(officer, PANELS, "commit", dispute, committed)


def reveal(ledger: Ledger, anyone: Signer, dispute: bytes, secret: bytes) -> Receipt:
    """Reveal a secret; the second draws the panel."""
    return ledger.send(anyone, PANELS, "reveal", dispute, secret)


def vote(ledger: Ledger, voter: Signer, dispute: bytes, reasons: bytes, *, uphold: bool) -> Receipt:
    """Vote as a jurisdiction of the panel, with the hash of the reasons."""
    return ledger.send(voter, PANELS, "vote", dispute, uphold, reasons)


def close(ledger: Ledger, anyone: Signer, dispute: bytes) -> Receipt:
    """Carry out the result."""
    return ledger.send(anyone, PANELS, "close", dispute)


# Questions


def dispute_of(ledger: Ledger, dispute: bytes) -> Dispute | None:
    """A dispute; None if there is none of this id."""
    found = ledger.call(PANELS, "disputeOf", dispute)
    if not found.kind:
        return None
    return Dispute(
        id=dispute,
        kind=DisputeKind(found.kind),
        claimant=found.claimant,
        respondent=found.respondent,
        subject=bytes(found.subject),
        grounds=bytes(found.grounds),
        opened_at=found.openedAt,
        phase_ends_at=found.phaseEndsAt,
        size=found.size,
        upheld=found.upheld,
        dismissed=found.dismissed,
        closed=found.closed,
        result=DisputeStatus(found.result),
        commitments=(bytes(found.claimantCommitment), bytes(found.respondentCommitment)),
        revealed=(any(found.claimantSecret), any(found.respondentSecret)),
    )


def status_at(ledger: Ledger, dispute: bytes, at: int) -> DisputeStatus:
    """What a dispute is at a time."""
    return DisputeStatus(ledger.call(PANELS, "statusAt", dispute, at))


def panel_of(ledger: Ledger, dispute: bytes) -> list[int]:
    """The jurisdictions of the panel; none until it is drawn."""
    return [int(each) for each in ledger.call(PANELS, "panelOf", dispute)]


def opened(ledger: Ledger) -> list[Event]:
    """The events of all disputes, oldest first."""
    return ledger.events(PANELS, "DisputeOpened")


def history(ledger: Ledger, dispute: bytes) -> list[Event]:
    """All events of a dispute, oldest first, without times."""
    return eventlog.of(ledger, PANELS, HISTORY, dispute=dispute)
