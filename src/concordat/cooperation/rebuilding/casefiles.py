# SPDX-License-Identifier: Apache-2.0
"""Cases from the events of CaseRegistry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from concordat.cooperation.rebuilding.ground import NO_AGENCY
from concordat.cooperation.states import CaseStatus
from concordat.ledger.protocol import Event
from concordat.membership.numbers import jurisdiction_of


@dataclass
class RebuiltCase:
    """A case as its events tell it.

    Attributes:
        claimants: the agency that claimed, by jurisdiction.
        deadlines: due and met (0: not), by number.
    """

    lead: int
    status: CaseStatus = CaseStatus.OPEN
    claimants: dict[int, int] = field(default_factory=dict)
    consult_until: int = 0
    victims: int = 0
    deadlines: dict[int, tuple[int, int]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """As the contract answers."""
        return {
            "status": int(self.status),
            "lead": self.lead,
            "claimants": sorted(self.claimants),
            "consultUntil": self.consult_until,
            "victims": self.victims,
            "deadlines": [self.deadlines[number] for number in sorted(self.deadlines)],
        }


@dataclass
class Cases:
    """All cases by their ids."""

    cases: dict[bytes, RebuiltCase] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Learn from an event of CaseRegistry."""
        args = event.args
        if event.name == "CaseOpened":
            agency = args["agency"]
            self.cases[args["id"]] = RebuiltCase(agency, claimants={jurisdiction_of(agency): agency})
            return
        _after(self.cases[args["id"]], event)


def _after(case: RebuiltCase, event: Event) -> None:
    args = event.args
    match event.name:
        case "DeadlineSet":
            case.deadlines[args["number"]] = (args["due"], 0)
        case "DeadlineMet":
            case.deadlines[args["number"]] = (case.deadlines[args["number"]][0], event.time)
        case "VictimsCounted":
            case.victims = args["total"]
        case "CaseClosed":
            case.status = CaseStatus.CLOSED
        case _:
            _claimed(case, event)


def _claimed(case: RebuiltCase, event: Event) -> None:
    args = event.args
    match event.name:
        case "JurisdictionClaimed":
            case.claimants[args["jurisdiction"]] = args["agency"]
        case "ConflictOpened":
            case.status, case.consult_until = CaseStatus.CONFLICT, args["consultUntil"]
        case "ClaimDropped":
            case.claimants.pop(args["jurisdiction"])
            if len(case.claimants) > 1 and jurisdiction_of(case.lead) == args["jurisdiction"]:
                case.lead = NO_AGENCY
        case "LeadSettled":
            case.lead = args["agency"]
            case.status = CaseStatus.OPEN if len(case.claimants) == 1 else CaseStatus.SETTLED
        case "TransferAccepted":
            case.lead = args["to"]
            if jurisdiction_of(args["from"]) != jurisdiction_of(args["to"]):
                case.claimants.pop(jurisdiction_of(args["from"]))
