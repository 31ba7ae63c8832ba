# SPDX-License-Identifier: Apache-2.0
"""AgencyRegistry in a few lines: who held which power when. The contract must never say anything else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from concordat.ledger.chain import Chain
from concordat.membership import agencies, officers
from tests.contracts.nodes import node
from tests.contracts.suite import ANSWER, COLLECT, CURE, OBJECT, REGISTER, RELEASE, VOTE, Suite
from tests.stateful.driver import Refused

FLOOR = COLLECT | REGISTER | ANSWER | RELEASE | OBJECT | VOTE
NO_AGENCY = 0

Interval = tuple[int, int]
"""Half open, seconds since 1970 UTC."""


@dataclass(frozen=True)
class Held:
    """One appointment."""

    agency: int
    powers: int
    starts_at: int
    ends_at: int
    number: int
    qualified_until: int
    device: bool = False


class Members:
    """All that the registry knows. Accounts and officers are addresses; every method names the caller."""

    def __init__(self) -> None:
        self.charters: dict[int, int] = {}
        self.accounts: dict[int, str] = {}
        self.authorities: dict[int, int] = {}
        self.proposed: dict[int, str] = {}
        self.held: dict[str, list[Held]] = defaultdict(list)
        self.pauses: dict[str, list[Interval]] = defaultdict(list)
        self.agency_pauses: dict[int, list[Interval]] = defaultdict(list)
        self.stolen: dict[str, int] = {}

    # Questions

    def agency_of_account(self, account: str) -> int:
        return next((agency for agency, own in self.accounts.items() if own == account), NO_AGENCY)

    def newest(self, officer: str) -> Held | None:
        return self.held[officer][-1] if self.held[officer] else None

    def number(self, officer: str, number: int) -> Held | None:
        return next((each for each in self.held[officer] if each.number == number), None)

    def entitled(self, officer: str, held: Held | None, power: int, at: int) -> bool:
        """S007: in office, neither suspended nor robbed of the key, and the agency itself holds the power."""
        return (
            held is not None
            and power != 0
            and held.powers & power == power
            and held.starts_at <= at < held.ends_at
            and not covers(self.pauses[officer], at)
            and not (officer in self.stolen and at >= self.stolen[officer])
            and self._agency_holds(held.agency, power, at)
        )

    def authorize(self, caller: str, power: int, at: int) -> Held:
        held = self.newest(caller)
        if not self.entitled(caller, held, power, at) or held is None:
            raise Refused("NotAuthorised")
        return held

    def entitled_at(self, officer: str, number: int, power: int, at: int) -> Held:
        held = self.number(officer, number)
        if not self.entitled(officer, held, power, at) or held is None:
            raise Refused("NotEntitledThen")
        return held

    # Appointments

    def appoint(self, caller: str, officer: str, terms: Held, at: int, *, signed: bool = True) -> None:
        if self.accounts[terms.agency] != caller:
            raise Refused("NotTheAgency")
        self._require_possible(officer, replace(terms, starts_at=terms.starts_at or at), at)
        if not signed:
            raise Refused("InvalidAcceptance")
        self.held[officer].append(replace(terms, starts_at=terms.starts_at or at))

    def end(self, caller: str, officer: str, at: int) -> None:
        held = self.newest(officer)
        if held is None:
            raise Refused("NotAnOfficer")
        if caller != officer:
            self._require_own(caller, officer)
        if held.ends_at <= at:
            raise Refused("AlreadyEnded")
        self.held[officer][-1] = replace(held, ends_at=at)

    def suspend(self, caller: str, officer: str, until: int, at: int) -> None:
        self._require_own(caller, officer)
        begin(self.pauses[officer], until, at)

    def lift(self, caller: str, officer: str, at: int) -> None:
        self._require_own(caller, officer)
        lift(self.pauses[officer], at)

    def report(self, caller: str, key: str, since: int, at: int) -> None:
        if caller != key:
            self._require_own(caller, key)
        elif not self.held[key] and not self.agency_of_account(caller):
            raise Refused("NotAnAgency")
        if since and caller == key:
            raise Refused("CannotReachBack")
        if since > at:
            raise Refused("ReportedInFuture")
        if key in self.stolen and (since or at) >= self.stolen[key]:
            raise Refused("AlreadyReported")
        self.stolen[key] = since or at

    # Agencies

    def propose(self, caller: str, account: str) -> None:
        if caller in self.stolen:
            raise Refused("KeyReported")
        agency = self._require_agency(caller)
        if self.agency_of_account(account) or self.held[account]:
            raise Refused("AddressInUse")
        self.proposed[agency] = account

    def accept(self, caller: str, agency: int) -> None:
        if self.proposed.get(agency) != caller:
            raise Refused("NotProposed")
        if self.agency_of_account(caller) or self.held[caller]:
            raise Refused("AddressInUse")
        del self.proposed[agency]
        self.accounts[agency] = caller

    def suspend_agency(self, caller: str, agency: int, until: int, at: int) -> None:
        self._require_other_of_own(caller, agency)
        begin(self.agency_pauses[agency], until, at)

    def lift_agency(self, caller: str, agency: int, at: int) -> None:
        self._require_other_of_own(caller, agency)
        lift(self.agency_pauses[agency], at)

    # Internal

    def _agency_holds(self, agency: int, power: int, at: int) -> bool:
        if self.charters[agency] & power != power:
            return False
        return power & ~FLOOR == 0 or not covers(self.agency_pauses[agency], at)

    def _require_possible(self, officer: str, terms: Held, at: int) -> None:
        newest = self.newest(officer)
        collects = any(each.powers & COLLECT for each in (*self.held[officer], terms))
        faults = {
            "NoPowers": terms.powers == 0,
            "BeyondCharter": terms.powers & ~self.charters[terms.agency] != 0,
            "ConflictingPowers": terms.powers & CURE != 0 and collects,
            "AddressInUse": self.agency_of_account(officer) != NO_AGENCY,
            "StartsInPast": terms.starts_at < at,
            "EndsBeforeStart": terms.ends_at <= terms.starts_at,
            "AlreadyAppointed": newest is not None and newest.ends_at > at,
            "WrongNumber": terms.number != len(self.held[officer]) + 1,
        }
        for name, holds in faults.items():
            if holds:
                raise Refused(name)

    def _require_agency(self, caller: str) -> int:
        agency = self.agency_of_account(caller)
        if not agency:
            raise Refused("NotAnAgency")
        return agency

    def _require_own(self, caller: str, officer: str) -> None:
        agency, held = self._require_agency(caller), self.newest(officer)
        if held is None:
            raise Refused("NotAnOfficer")
        if held.agency != agency:
            raise Refused("NotYourOfficer")

    def _require_other_of_own(self, caller: str, agency: int) -> None:
        authority = self.authorities.get(agency >> 16, NO_AGENCY)
        if not authority or self.accounts[authority] != caller:
            raise Refused("NotCentralAuthority")
        if agency not in self.accounts or agency == authority:
            raise Refused("NoSuchAgency")


def covers(intervals: list[Interval], at: int) -> bool:
    return any(start <= at < end for start, end in intervals)


def begin(intervals: list[Interval], until: int, at: int) -> None:
    if until <= at:
        raise Refused("InvalidSuspension")
    if covers(intervals, at):
        raise Refused("AlreadySuspended")
    intervals.append((at, until))


def lift(intervals: list[Interval], at: int) -> None:
    """Brings the running interval's end forward; those of the past stay."""
    for index, (start, end) in enumerate(intervals):
        if start <= at < end:
            intervals[index] = (start, at)
            return
    raise Refused("NotSuspended")


def read_members(suite: Suite) -> Members:
    """The model of the suite as it was built."""
    ledger, model = Chain(node(), suite.directory.address), Members()
    for one in agencies.agencies(ledger):
        model.charters[one.number] = int(one.charter)
        model.accounts[one.number] = one.account
        if one.kind is agencies.AgencyKind.CENTRAL_AUTHORITY:
            model.authorities[one.jurisdiction] = one.number
    for actor in suite.actors.values():
        for each in officers.appointments(ledger, actor.address):
            qualified_until = each.qualified_until if each.qualification else 0
            terms = (each.agency, int(each.powers), each.starts_at, each.ends_at, each.number)
            model.held[actor.address].append(Held(*terms, qualified_until, each.device))
    return model
