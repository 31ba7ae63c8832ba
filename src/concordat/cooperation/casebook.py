# SPDX-License-Identifier: Apache-2.0
"""Cases on the chain, one function an act or question. A case is known by an id of its opener's.

Ids, texts and victims' pseudonyms are 32 bytes; times are seconds since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from concordat.cooperation.states import CaseStatus
from concordat.cooperation.words import ClaimGround
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

CASES: Final = "CaseRegistry"
MOST_VICTIMS_A_CALL: Final = 200
NO_TEAM: Final = bytes(32)
HISTORY: Final = (
    "CaseOpened",
    "JurisdictionClaimed",
    "ConflictOpened",
    "ClaimDropped",
    "Consulted",
    "LeadProposed",
    "LeadAgreed",
    "LeadSettled",
    "TransferOffered",
    "TransferAccepted",
    "DeadlineSet",
    "DeadlineMet",
    "VictimsCounted",
    "MinutesAnchored",
    "CaseClosed",
)


@dataclass(frozen=True)
class Claim:
    """A jurisdiction's claim to a case.

    Attributes:
        jurisdiction: ISO 3166-1 numeric.
        agency: number of the agency that made it.
        since: when it was made.
    """

    jurisdiction: int
    ground: ClaimGround
    agency: int
    since: int


@dataclass(frozen=True)
class Deadline:
    """A statutory clock of a case.

    Attributes:
        number: of the case's clocks, from 1.
        jurisdiction: whose law sets it, ISO 3166-1 numeric.
        code: of that jurisdiction's list.
        met_at: 0: not met.
    """

    number: int
    jurisdiction: int
    code: int
    due: int
    met_at: int

    def is_overdue(self, at: int) -> bool:
        """Whether its time is over then and it was not met, while the case runs; nobody sends anything."""
        return at > self.due and not (self.met_at and at >= self.met_at)


# Acts


def open_(ledger: Ledger, officer: Signer, commitment: bytes, ground: ClaimGround, message: bytes) -> Receipt:
    """Open a case and claim it for the own jurisdiction; by an officer with LEAD."""
    return ledger.send(officer, CASES, "open", commitment, int(ground), message)


def claim(ledger: Ledger, officer: Signer, case: bytes, ground: ClaimGround, grounds: bytes) -> Receipt:
    """Claim a case that is open elsewhere; this opens a conflict, and consultation begins."""
    return ledger.send(officer, CASES, "claim", case, int(ground), grounds)


def drop_claim(ledger: Ledger, officer: Signer, case: bytes) -> Receipt:
    """Give up the own jurisdiction's claim."""
    return ledger.send(officer, CASES, "dropClaim", case)


def consult(ledger: Ledger, officer: Signer, case: bytes, position: bytes) -> Receipt:
    """Put a position on record, by its hash."""
    return ledger.send(officer, CASES, "consult", case, position)


def propose_lead(ledger: Ledger, officer: Signer, case: bytes, agency: int, text: bytes) -> Receipt:
    """Propose which agency of a claimant leads; it counts as the own agreement, instead of any other."""
    return ledger.send(officer, CASES, "proposeLead", case, agency, text)


def agree_lead(ledger: Ledger, officer: Signer, case: bytes, proposal: bytes) -> Receipt:
    """Agree to exactly one proposal instead of any other; with the last claimant's it is settled."""
    return ledger.send(officer, CASES, "agreeLead", case, proposal)


def offer_transfer(ledger: Ledger, officer: Signer, case: bytes, to: int, text: bytes) -> Receipt:
    """Offer the proceedings to another agency instead of what was offered before; 0 takes the offer back."""
    return ledger.send(officer, CASES, "offerTransfer", case, to, text)


def accept_transfer(ledger: Ledger, officer: Signer, case: bytes, text: bytes) -> Receipt:
    """Accept exactly what was offered; the lead moves with this."""
    return ledger.send(officer, CASES, "acceptTransfer", case, text)


def set_deadline(ledger: Ledger, officer: Signer, case: bytes, code: int, due: int) -> Receipt:
    """Set a statutory clock of the own jurisdiction."""
    return ledger.send(officer, CASES, "setDeadline", case, code, due)


def meet_deadline(ledger: Ledger, officer: Signer, case: bytes, number: int, evidence: bytes) -> Receipt:
    """Show that a clock was met."""
    return ledger.send(officer, CASES, "meetDeadline", case, number, evidence)


def count_victims(
    ledger: Ledger, officer: Signer, case: bytes, keys: Sequence[bytes], team: bytes = NO_TEAM
) -> Receipt:
    """Count victims by their pseudonyms, at most 200; whoever was counted is not counted again.

    By LEAD or ASK of a claimant, or of a member of ``team``, which works on this case.
    """
    return ledger.send(officer, CASES, "countVictims", case, team, list(keys))


def anchor_minutes(ledger: Ledger, officer: Signer, case: bytes, minutes: bytes) -> Receipt:
    """Anchor the minutes of a meeting, by their hash."""
    return ledger.send(officer, CASES, "anchorMinutes", case, minutes)


def close(ledger: Ledger, officer: Signer, case: bytes, reason: int, text: bytes) -> Receipt:
    """Close a case, as the leading agency."""
    return ledger.send(officer, CASES, "close", case, reason, text)


# Questions


def status_of(ledger: Ledger, case: bytes) -> CaseStatus:
    """What the case is; ``NONE`` if there is none of this id."""
    return CaseStatus(ledger.call(CASES, "statusOf", case))


def lead_of(ledger: Ledger, case: bytes) -> int:
    """Number of the leading agency; 0 where nobody leads until the claimants agree."""
    return int(ledger.call(CASES, "leadOf", case))


def claims_of(ledger: Ledger, case: bytes) -> list[Claim]:
    """The claims that stand, in the order in which they were made."""
    found = (claim_of(ledger, case, each) for each in ledger.call(CASES, "claimantsOf", case))
    return sorted((each for each in found if each), key=lambda each: each.since)


def claim_of(ledger: Ledger, case: bytes, jurisdiction: int) -> Claim | None:
    """A jurisdiction's claim; None if it makes none."""
    ground, agency, since = ledger.call(CASES, "claimOf", case, jurisdiction)
    return Claim(jurisdiction, ClaimGround(ground), int(agency), int(since)) if ground else None


def consult_until(ledger: Ledger, case: bytes) -> int:
    """Until when the claimants of the last conflict consult; 0 if there was none."""
    return int(ledger.call(CASES, "consultUntil", case))


def is_consultation_overdue(ledger: Ledger, case: bytes, at: int) -> bool:
    """Whether the case is in conflict, and the time to consult is over then."""
    return bool(ledger.call(CASES, "isConsultationOverdue", case, at))


def agreed_by(ledger: Ledger, case: bytes, jurisdiction: int) -> bytes:
    """The proposal to which a claimant agrees at present; zero: none."""
    return bytes(ledger.call(CASES, "agreedBy", case, jurisdiction))


def proposal_of(ledger: Ledger, case: bytes, proposal: bytes) -> int:
    """The agency that a proposal of this case names; 0: there is no such proposal."""
    return int(ledger.call(CASES, "proposalOf", case, proposal))


def deadlines_of(ledger: Ledger, case: bytes) -> list[Deadline]:
    """All clocks that were ever set for the case."""
    last = int(ledger.call(CASES, "deadlinesOf", case))
    return [
        Deadline(number, *map(int, ledger.call(CASES, "deadlineOf", case, number)))
        for number in range(1, last + 1)
    ]


def is_overdue(ledger: Ledger, case: bytes, number: int, at: int) -> bool:
    """Whether a clock is overdue then, as the chain sees it: the clocks of a closed case stand."""
    return bool(ledger.call(CASES, "isOverdue", case, number, at))


def victims(ledger: Ledger, case: bytes) -> int:
    """How many victims were counted, each once."""
    return int(ledger.call(CASES, "victims", case))


def was_counted(ledger: Ledger, case: bytes, key: bytes) -> bool:
    """Whether a pseudonym was counted."""
    return bool(ledger.call(CASES, "wasCounted", case, key))


def counted_by(ledger: Ledger, case: bytes, key: bytes) -> int:
    """Number of the agency that counted a pseudonym first; 0: nobody did."""
    return int(ledger.call(CASES, "countedBy", case, key))


def opened(ledger: Ledger) -> list[Event]:
    """The events by which cases were opened, oldest first."""
    return ledger.events(CASES, "CaseOpened")


def history(ledger: Ledger, case: bytes) -> list[Event]:
    """All events of a case, oldest first, without times."""
    return eventlog.of(ledger, CASES, HISTORY, id=case)
