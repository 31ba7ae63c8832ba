# SPDX-License-Identifier: Apache-2.0
"""Agreements from the events of AgreementRegistry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from concordat.cooperation.agreementbook import ChainDraft, Terms
from concordat.cooperation.states import AgreementStatus
from concordat.cooperation.words import RequestKind
from concordat.ledger.protocol import Event

_NEVER: Final = (1 << 40) - 1


@dataclass
class RebuiltParty:
    """When a party ratified, and when its withdrawal takes effect; 0: it did not withdraw."""

    ratified_at: int
    leaves_at: int = 0


@dataclass
class RebuiltThread:
    """An agreement as its events tell it; times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        versions: by hash.
        agreed: hash of the version agreed upon; zero until there is one.
        leaves: of those who withdrew once it was certain to enter into force, when each is out.
        staying: how many ratified and did not withdraw.
    """

    proposed_at: int
    versions: dict[bytes, ChainDraft] = field(default_factory=dict)
    agreed: bytes = bytes(32)
    agreed_at: int = 0
    entered_at: int = 0
    parties: dict[int, RebuiltParty] = field(default_factory=dict)
    leaves: list[int] = field(default_factory=list)
    staying: int = 0

    def status_at(self, at: int) -> AgreementStatus:
        """What it is at a time."""
        if at < self.proposed_at:
            return AgreementStatus.NONE
        if not self.agreed_at or at < self.agreed_at:
            return AgreementStatus.NEGOTIATING
        if at >= self._end():
            return AgreementStatus.ENDED
        entered = self.entered_at and at >= self.entered_at
        return AgreementStatus.IN_FORCE if entered else AgreementStatus.AGREED

    def binds_at(self, party: int, at: int) -> bool:
        """Whether it is in force for a party at a time."""
        found = self.parties.get(party)
        if found is None or not self.entered_at:
            return False
        until = min(self._end(), found.leaves_at or _NEVER)
        return max(found.ratified_at, self.entered_at) <= at < until

    def terms_of(self, kind: RequestKind) -> Terms | None:
        """The live rules of requests of a kind."""
        terms = self.versions[self.agreed].terms if self.agreed_at else ()
        return next((each for each in terms if each.kind is kind), None)

    def values(self, at: int) -> dict[str, Any]:
        """As the contract answers."""
        return {
            "status": int(self.status_at(at)),
            "agreedVersion": self.agreed,
            "binds": {party: self.binds_at(party, at) for party in sorted(self.parties)},
        }

    def _end(self) -> int:
        end = (self.versions[self.agreed].ends_at if self.agreed_at else 0) or _NEVER
        if not self.entered_at or self.staying > 1:
            return end
        newest = [0, *self.leaves][-1]
        before = [0, 0, *self.leaves][-2]
        return min(end, newest if self.staying == 1 else before)


@dataclass
class Agreements:
    """All threads by their ids."""

    threads: dict[bytes, RebuiltThread] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Learn from an event of AgreementRegistry."""
        args, now = event.args, event.time
        thread = self.threads.setdefault(args["thread"], RebuiltThread(now))
        match event.name:
            case "Proposed":
                thread.versions[args["version"]] = ChainDraft.of(args["draft"])
            case "Agreed":
                thread.agreed, thread.agreed_at = args["version"], now
            case "Ratified":
                thread.parties[args["party"]] = RebuiltParty(now)
                thread.staying += 1
            case "EnteredIntoForce":
                thread.entered_at = args["at"]
            case "WithdrawalNotified":
                thread.parties[args["party"]].leaves_at = args["effectiveAt"]
                thread.staying -= 1
                if thread.entered_at:
                    thread.leaves.append(args["effectiveAt"])
