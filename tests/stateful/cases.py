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
    settled_at: int = 0
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
            self.lead, self.settled_at = NO_AGENCY, 0
        if not self._see_who_agrees(at):
            before = self.settled_at and all(each.since < self.settled_at for each in self.claims.values())
            self.settled = self.settled or bool(before)

    # Agreement

    def consult(self, agency: int) -> None:
        self._require_claimant(agency)
        _require(self.status != OPEN, "CaseInStatus")

    def propose(self, agency: int, proposal: Proposal, authority: int, at: int) -> None:
        self._require_claimant(agency)
        _require(self.status != OPEN or agency == authority, "CaseInStatus")
        _require(proposal[0] >> 16 in self.claims, "NotAClaimant")
        self._agree(agency >> 16, proposal, at)
        self.proposals.add(proposal)

    def agree(self, agency: int, proposal: Proposal, at: int) -> None:
        self.consult(agency)
        _require(proposal in self.proposals, "NoSuchProposal")
        _require(proposal[0] >> 16 in self.claims, "NotAClaimant")
        self._agree(agency >> 16, proposal, at)

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
            self.settled_at = 0
            self._contest(at, before)
            self._see_who_agrees(at)

    def close(self, agency: int, at: int) -> None:
        self._require_lead(agency)
        _require(self.status != CONFLICT or at > self.consult_until, "CaseInStatus")
        self.closed = True

    # Internal

    def _contest(self, at: int, before: int) -> None:
        """Whoever joins a conflict that runs gets no new time."""
        if before != CONFLICT:
            self.consult_until = at + CONSULTATION
        self.settled = False

    def _agree(self, country: int, proposal: Proposal, at: int) -> None:
        again = self.claims[country].agreed == proposal
        self.claims[country].agreed = proposal
        _require(self._see_who_agrees(at) or not again, "AlreadyAgreed")

    def _see_who_agrees(self, at: int) -> bool:
        agreed = {claim.agreed for claim in self.claims.values()}
        proposal = agreed.pop() if len(agreed) == 1 else None
        if proposal is None or proposal[0] >> 16 not in self.claims:
            return False
        self._let_lead(proposal[0])
        self.settled = len(self.claims) > 1
        self.settled_at = at if self.settled else 0
        for claim in self.claims.values():
            claim.agreed = None
        return True

    def _left_to_last(self) -> bool:
        """Of the last claimant the agency that leads goes on, or the one that claimed."""
        if len(self.claims) > 1:
            return False
        (last,) = self.claims.values()
        self._let_lead(self.lead if self.lead >> 16 in self.claims else last.agency)
        self.settled, self.settled_at, last.agreed = False, 0, None
        return True

    def _let_lead(self, agency: int) -> None:
        """An offer of whoever led before is void."""
        if agency != self.lead:
            self.offer = None
        self.lead = agency

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
