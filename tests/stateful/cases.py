# SPDX-License-Identifier: Apache-2.0
"""CaseRegistry in a few lines: who claims a case, who leads it, who agreed to what."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.contracts.suite import DAY
from tests.stateful.driver import Refused

CONSULTATION = 60 * DAY
TRANSFERRED = 8
NO_AGENCY = 0
NONE, OPEN, CONFLICT, SETTLED, CLOSED = range(5)

Proposal = tuple[int, bytes]
"""The agency that is to lead, and the hash of the text."""


@dataclass
class Claim:
    """Of one country."""

    ground: int
    agency: int
    since: int
    agreed: Proposal | None = None


@dataclass
class Case:
    """What is known of one. Every method is an act of an agency at a time."""

    lead: int = NO_AGENCY
    consult_until: int = 0
    claims: dict[int, Claim] = field(default_factory=dict)
    proposals: set[Proposal] = field(default_factory=set)
    offer: tuple[int, int, bytes] | None = None
    settled: bool = False
    closed: bool = False

    @property
    def status(self) -> int:
        """It follows from the claims."""
        if self.closed:
            return CLOSED
        if len(self.claims) < 2:
            return len(self.claims)
        return SETTLED if self.settled else CONFLICT

    # Claims

    def open(self, agency: int, ground: int, at: int) -> None:
        _require(self.status == NONE, "CaseAlreadyOpened")
        _require(0 < ground < TRANSFERRED, "NoClaimGround")
        self.lead = agency
        self.claims[agency >> 16] = Claim(ground, agency, at)

    def claim(self, agency: int, ground: int, at: int) -> None:
        self._require_open()
        _require(agency >> 16 not in self.claims, "JurisdictionAlreadyClaimed")
        _require(0 < ground < TRANSFERRED, "NoClaimGround")
        self._contest(at, self.status)
        self.claims[agency >> 16] = Claim(ground, agency, at)

    def drop(self, agency: int, at: int) -> None:
        self._require_claimant(agency)
        _require(len(self.claims) > 1, "LastClaim")
        del self.claims[agency >> 16]
        if self._left_to_last():
            return
        if self.lead >> 16 == agency >> 16:
            self._contest(at, self.status)
            self.lead = NO_AGENCY
        self._see_who_agrees()

    # Agreement

    def consult(self, agency: int) -> None:
        self._require_claimant(agency)
        _require(self.status != OPEN, "CaseInStatus")

    def propose(self, agency: int, proposal: Proposal, authority: int) -> None:
        self._require_claimant(agency)
        _require(self.status != OPEN or agency == authority, "CaseInStatus")
        _require(proposal[0] >> 16 in self.claims, "NotAClaimant")
        self._agree(agency >> 16, proposal)
        self.proposals.add(proposal)

    def agree(self, agency: int, proposal: Proposal) -> None:
        self.consult(agency)
        _require(proposal in self.proposals, "NoSuchProposal")
        _require(proposal[0] >> 16 in self.claims, "NotAClaimant")
        self._agree(agency >> 16, proposal)

    # Transfer and end

    def offer_transfer(self, agency: int, to: int, text: bytes) -> None:
        self._require_lead(agency)
        self.offer = (agency, to, text)

    def accept_transfer(self, agency: int, text: bytes, at: int) -> None:
        self._require_open()
        _require(self.offer == (self.lead, agency, text), "NoTransferOffered")
        giver, self.lead, self.offer = self.lead >> 16, agency, None
        if giver == agency >> 16:
            return
        before = self.status
        del self.claims[giver]
        self.claims.setdefault(agency >> 16, Claim(TRANSFERRED, agency, at))
        if not self._left_to_last():
            self._contest(at, before)
            self._see_who_agrees()

    def close(self, agency: int) -> None:
        self._require_lead(agency)
        _require(self.status != CONFLICT, "CaseInStatus")
        self.closed = True

    # Internal

    def _contest(self, at: int, before: int) -> None:
        """Whoever joins a conflict that runs gets no new time."""
        if before != CONFLICT:
            self.consult_until = at + CONSULTATION
        self.settled = False

    def _agree(self, country: int, proposal: Proposal) -> None:
        again = self.claims[country].agreed == proposal
        self.claims[country].agreed = proposal
        _require(self._see_who_agrees() or not again, "AlreadyAgreed")

    def _see_who_agrees(self) -> bool:
        agreed = {claim.agreed for claim in self.claims.values()}
        proposal = agreed.pop() if len(agreed) == 1 else None
        if proposal is None or proposal[0] >> 16 not in self.claims:
            return False
        self.lead, self.offer, self.settled = proposal[0], None, len(self.claims) > 1
        for claim in self.claims.values():
            claim.agreed = None
        return True

    def _left_to_last(self) -> bool:
        """Of the last claimant the agency that leads goes on, or the one that claimed."""
        if len(self.claims) > 1:
            return False
        (last,) = self.claims.values()
        self.lead = self.lead if self.lead >> 16 in self.claims else last.agency
        self.offer, self.settled, last.agreed = None, False, None
        return True

    def _require_open(self) -> None:
        _require(self.status != NONE, "NoSuchCase")
        _require(self.status != CLOSED, "CaseInStatus")

    def _require_claimant(self, agency: int) -> None:
        self._require_open()
        _require(agency >> 16 in self.claims, "NotAClaimant")

    def _require_lead(self, agency: int) -> None:
        self._require_open()
        _require(agency == self.lead, "NotTheLead")


def _require(holds: bool, error: str) -> None:
    if not holds:
        raise Refused(error)
