# SPDX-License-Identifier: Apache-2.0
"""AgencyRegistry in memory: the same functions, events and typed errors."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from concordat.ledger.deploy import Founder
from concordat.membership import officers
from concordat.membership.numbers import jurisdiction_of, number_of
from concordat.membership.powers import DEFINED, FLOOR, PHASES, Power, conflict
from concordat.memory.structs import Agency, Appointment, Suspension
from concordat.memory.world import World, refuse

NAME = "AgencyRegistry"


class AgencyRegistry:
    """Who is who, and who may do what. Callers are taken from the world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._agencies: dict[int, Agency] = {}
        self._by_account: dict[str, int] = {}
        self._authorities: dict[int, int] = {}
        self._ordinals: dict[int, int] = defaultdict(int)
        self._proposed: dict[int, str] = {}
        self._agency_suspensions: dict[int, list[Suspension]] = defaultdict(list)
        self._keys: dict[int, list[bytes]] = defaultdict(list)
        self._contacts: dict[tuple[int, int], int] = {}
        self._appointments: dict[str, list[Appointment]] = defaultdict(list)
        self._suspensions: dict[str, list[Suspension]] = defaultdict(list)
        self._compromised: dict[str, int] = {}

    # Creation

    def admit(self, founders: Sequence[Founder]) -> None:
        """Admit the founding members."""
        for index, founder in enumerate(founders):
            self._admit(index, founder)

    def _admit(self, index: int, founder: Founder) -> None:
        if not 0 < founder.jurisdiction < 1000 or not founder.kind or founder.charter & ~int(DEFINED):
            refuse("InvalidFounder", index=index)
        if founder.account.lower() in self._by_account:
            refuse("AddressInUse", account=founder.account)
        self._ordinals[founder.jurisdiction] += 1
        number = number_of(founder.jurisdiction, self._ordinals[founder.jurisdiction])
        if founder.kind == 1:
            if founder.jurisdiction in self._authorities:
                refuse("SecondCentralAuthority", jurisdiction=founder.jurisdiction)
            self._authorities[founder.jurisdiction] = number
        self._agencies[number] = Agency(founder.account, founder.charter, founder.kind, 0)
        self._by_account[founder.account.lower()] = number
        name = founder.name.encode("ascii").ljust(32, b"\0")
        self._emit(
            "AgencyAdmitted",
            agency=number,
            kind=founder.kind,
            account=founder.account,
            charter=founder.charter,
            name=name,
        )

    # The agency for itself

    def appoint(self, terms: Mapping[str, Any], acceptance: bytes) -> None:
        """Appoint an officer who accepted by signature."""
        agency, officer = terms["agency"], terms["officer"]
        if self.agencyOf(agency).account.lower() != self._caller:
            refuse("NotTheAgency", caller=self._world.sender, agency=agency)
        starts = self._check_terms(terms)
        if not self._world.is_signed(NAME, officers.TYPES, "Acceptance", terms, officer, acceptance):
            refuse("InvalidAcceptance", officer=officer)
        held = self._appointments[officer.lower()]
        held.append(
            Appointment(
                agency=agency,
                powers=terms["powers"],
                startsAt=starts,
                endsAt=terms["endsAt"],
                number=terms["number"],
                qualification=terms["qualification"],
                qualifiedUntil=terms["qualifiedUntil"],
                device=terms["device"],
                marked=(bool(held) and held[-1].marked) or officer.lower() in self._compromised,
            )
        )
        self._emit(
            "OfficerAppointed",
            agency=agency,
            officer=officer,
            number=terms["number"],
            powers=terms["powers"],
            startsAt=starts,
            endsAt=terms["endsAt"],
        )

    def endAppointment(self, officer: str) -> None:
        """End an appointment at once."""
        held = self._newest(officer)
        if not held.number:
            refuse("NotAnOfficer", account=officer)
        if officer.lower() != self._caller:
            self._own_officer(officer)
        if held.endsAt <= self._now:
            refuse("AlreadyEnded", officer=officer, endsAt=held.endsAt)
        self._appointments[officer.lower()][-1] = held._replace(endsAt=self._now)
        self._emit(
            "AppointmentEnded", agency=held.agency, officer=officer, number=held.number, endsAt=self._now
        )

    def suspendOfficer(self, officer: str, until: int, reason: bytes) -> None:
        """Suspend an officer from now on."""
        agency = self._own_officer(officer)
        self._suspend(self._suspensions[officer.lower()], until, reason)
        self._appointments[officer.lower()][-1] = self._newest(officer)._replace(marked=True)
        self._emit("OfficerSuspended", agency=agency, officer=officer, until=until, reason=reason)

    def liftOfficerSuspension(self, officer: str) -> None:
        """End an officer's suspension."""
        agency = self._own_officer(officer)
        self._lift(self._suspensions[officer.lower()])
        self._emit("OfficerSuspensionLifted", agency=agency, officer=officer)

    def proposeAccount(self, account: str) -> None:
        """Name the agency's new key."""
        if self._world.sender.lower() in self._compromised:
            refuse("KeyReported", key=self._world.sender)
        agency = self._an_agency()
        if self._in_use(account):
            refuse("AddressInUse", account=account)
        self._proposed[agency] = account
        self._emit("AccountProposed", agency=agency, account=account)

    def acceptAccount(self, agency: int) -> None:
        """Accept as the new key."""
        if self._proposed.get(agency, "").lower() != self._caller:
            refuse("NotProposed", caller=self._world.sender, agency=agency)
        if self._in_use(self._world.sender):
            refuse("AddressInUse", account=self._world.sender)
        previous = self._agencies[agency].account
        del self._proposed[agency], self._by_account[previous.lower()]
        self._by_account[self._caller] = agency
        self._agencies[agency] = self._agencies[agency]._replace(account=self._world.sender)
        self._emit("AccountChanged", agency=agency, previous=previous, account=self._world.sender)

    def publishEncryptionKey(self, key: bytes) -> None:
        """Publish the agency's key for messages."""
        agency = self._an_agency()
        if not any(key):
            refuse("EmptyKey")
        self._keys[agency].append(key)
        self._emit("EncryptionKeyPublished", agency=agency, version=len(self._keys[agency]), key=key)

    def reportCompromise(self, key: str, since: int) -> None:
        """Report that a key is in other hands."""
        held = self._newest(key)
        own = key.lower() == self._caller
        agency = (held.agency or self._an_agency()) if own else self._own_officer(key)
        if not since:
            since = self._now
        elif own:
            refuse("CannotReachBack", key=key, since=since)
        if since > self._now:
            refuse("ReportedInFuture", since=since, present=self._now)
        earlier = self._compromised.get(key.lower(), 0)
        if earlier and since >= earlier:
            refuse("AlreadyReported", key=key, since=earlier)
        self._compromised[key.lower()] = since
        if held.number:
            self._appointments[key.lower()][-1] = held._replace(marked=True)
        self._emit("CompromiseReported", key=key, reporter=agency, since=since)

    # A central authority for its jurisdiction

    def suspendAgency(self, agency: int, until: int, reason: bytes) -> None:
        """Suspend an agency of the own jurisdiction."""
        self._other_agency_of_own(agency)
        self._suspend(self._agency_suspensions[agency], until, reason)
        found = self._agencies[agency]
        self._agencies[agency] = found._replace(suspensions=found.suspensions + 1)
        self._emit("AgencySuspended", agency=agency, until=until, reason=reason)

    def liftAgencySuspension(self, agency: int) -> None:
        """End an agency's suspension."""
        self._other_agency_of_own(agency)
        self._lift(self._agency_suspensions[agency])
        self._emit("AgencySuspensionLifted", agency=agency)

    def setContactPoint(self, competence: int, agency: int) -> None:
        """Name who receives requests of a kind."""
        jurisdiction = jurisdiction_of(agency)
        self.authorityOf(self._world.sender, jurisdiction)
        if agency not in self._agencies:
            refuse("NoSuchAgency", agency=agency)
        self._contacts[jurisdiction, competence] = agency
        self._emit("ContactPointSet", jurisdiction=jurisdiction, competence=competence, agency=agency)

    # Questions

    def authorize(self, caller: str, power: int) -> int:
        """For which agency the caller may use the power now."""
        held = self._newest(caller)
        if not self._entitled(held, caller, power, self._now):
            refuse("NotAuthorised", caller=caller, power=power)
        return held.agency

    def authorizeAny(self, caller: str, powers: int) -> tuple[int, int]:
        """For which agency the caller may use any of the powers now, and which of them."""
        found = self._newest(caller)
        held = found.powers & powers
        if _covers(self.suspensionsBy(found.agency, 0), self._now):
            held &= FLOOR
        if not self._entitled(found, caller, held, self._now):
            refuse("NotAuthorised", caller=caller, power=powers)
        return found.agency, held

    def authorizeFor(
        self, caller: str, power: int, officer: str, number: int, powerThen: int, at: int
    ) -> tuple[int, bool, bool]:
        """Both questions at once: the caller now, the officer then."""
        agency = self.authorize(caller, power)
        theirs, qualified, device = self.entitledAt(officer, number, powerThen, at)
        if theirs != agency:
            refuse("OfficerOfOtherAgency", officer=officer, theirs=theirs, agency=agency)
        return agency, qualified, device

    def entitledAt(self, officer: str, number: int, power: int, at: int) -> tuple[int, bool, bool]:
        """Agency, qualified, device of an officer who was entitled then."""
        held = self.appointmentAt(officer, number)
        if not self._entitled(held, officer, power, at):
            refuse("NotEntitledThen", officer=officer, appointment=number, power=power, at=at)
        return held.agency, bool(held.qualification) and at < held.qualifiedUntil, held.device

    def authorityOf(self, caller: str, jurisdiction: int) -> int:
        """The central authority whose account the caller is."""
        authority = self._authorities.get(jurisdiction, 0)
        if not authority or self._agencies[authority].account.lower() != caller.lower():
            refuse("NotCentralAuthority", caller=caller, jurisdiction=jurisdiction)
        return authority

    def contactPoint(self, jurisdiction: int, competence: int) -> int:
        """Who receives requests of a kind."""
        if (jurisdiction, competence) not in self._contacts:
            refuse("NoContactPoint", jurisdiction=jurisdiction, competence=competence)
        return self._contacts[jurisdiction, competence]

    def agencyOf(self, agency: int) -> Agency:
        """The agency; all zero if there is none."""
        return self._agencies.get(agency, Agency())

    def agencyByAccount(self, account: str) -> int:
        """The agency whose account this is; 0 if none's."""
        return self._by_account.get(account.lower(), 0)

    def centralAuthority(self, jurisdiction: int) -> int:
        """The central authority of a jurisdiction; 0 if there is none."""
        return self._authorities.get(jurisdiction, 0)

    def appointmentOf(self, officer: str) -> Appointment:
        """The newest appointment; all zero if there was none."""
        return self._newest(officer)

    def appointmentAt(self, officer: str, number: int) -> Appointment:
        """The appointment of this number."""
        held = self._appointments.get(officer.lower(), [])
        if not 0 < number <= len(held):
            return Appointment()
        return held[number - 1]._replace(marked=held[-1].marked)

    def suspensionsOf(self, officer: str) -> list[Suspension]:
        """All suspensions of an officer."""
        return list(self._suspensions.get(officer.lower(), ()))

    def suspensionsBy(self, agency: int, source: int) -> list[Suspension]:
        """What that source ordered; this double has central authorities only, source 0."""
        return [] if source else list(self._agency_suspensions.get(agency, ()))

    def compromisedSince(self, key: str) -> int:
        """Since when the key is reported; 0 if it is not."""
        return self._compromised.get(key.lower(), 0)

    def encryptionKey(self, agency: int) -> tuple[bytes, int]:
        """The newest key and its version."""
        keys = self._keys.get(agency, [])
        return (keys[-1], len(keys)) if keys else (bytes(32), 0)

    def encryptionKeyAt(self, agency: int, version: int) -> bytes:
        """An earlier key."""
        keys = self._keys.get(agency, [])
        return keys[version - 1] if 0 < version <= len(keys) else bytes(32)

    # Within

    @property
    def _now(self) -> int:
        return self._world.present

    @property
    def _caller(self) -> str:
        return self._world.sender.lower()

    def _emit(self, event: str, /, **args: Any) -> None:
        self._world.emit(NAME, event, **args)

    def _newest(self, officer: str) -> Appointment:
        held = self._appointments.get(officer.lower())
        return held[-1] if held else Appointment()

    def _entitled(self, held: Appointment, officer: str, power: int, at: int) -> bool:
        if not power or held.powers & power != power or not held.startsAt <= at < held.endsAt:
            return False
        since = self.compromisedSince(officer)
        if (since and at >= since) or _covers(self.suspensionsOf(officer), at):
            return False
        if self.agencyOf(held.agency).charter & power != power:
            return False
        return not power & ~int(FLOOR) or not _covers(self.suspensionsBy(held.agency, 0), at)

    def _check_terms(self, terms: Mapping[str, Any]) -> int:
        powers, officer, charter = terms["powers"], terms["officer"], self.agencyOf(terms["agency"]).charter
        if not powers:
            refuse("NoPowers")
        if powers & ~charter:
            refuse("BeyondCharter", powers=powers, charter=charter)
        self._require_no_conflict(powers, officer)
        if officer.lower() in self._by_account:
            refuse("AddressInUse", account=officer)
        return self._check_times(terms, officer)

    def _require_no_conflict(self, powers: int, officer: str) -> None:
        lasting = (Power.COLLECT if powers & Power.CURE else 0) | (PHASES if powers & PHASES else 0)
        if not lasting:
            return
        for earlier in self._appointments[officer.lower()]:
            powers |= earlier.powers & lasting
        if conflict(powers):
            refuse("ConflictingPowers", powers=int(powers))

    def _check_times(self, terms: Mapping[str, Any], officer: str) -> int:
        starts = terms["startsAt"] or self._now
        if starts < self._now:
            refuse("StartsInPast", startsAt=starts, present=self._now)
        if terms["endsAt"] <= starts:
            refuse("EndsBeforeStart", startsAt=starts, endsAt=terms["endsAt"])
        held = self._newest(officer)
        if held.endsAt > self._now:
            refuse("AlreadyAppointed", officer=officer, agency=held.agency, endsAt=held.endsAt)
        if terms["number"] != held.number + 1:
            refuse("WrongNumber", given=terms["number"], expected=held.number + 1)
        return int(starts)

    def _suspend(self, known: list[Suspension], until: int, reason: bytes) -> None:
        if until <= self._now:
            refuse("InvalidSuspension", until=until, present=self._now)
        if _covers(known, self._now):
            refuse("AlreadySuspended", until=known[-1].until)
        known.append(Suspension(self._now, until, reason))

    def _lift(self, known: list[Suspension]) -> None:
        if not _covers(known, self._now):
            refuse("NotSuspended")
        known[-1] = known[-1]._replace(until=self._now)

    def _an_agency(self) -> int:
        agency = self.agencyByAccount(self._world.sender)
        if not agency:
            refuse("NotAnAgency", caller=self._world.sender)
        return agency

    def _own_officer(self, officer: str) -> int:
        agency = self._an_agency()
        employer = self._newest(officer).agency
        if not employer:
            refuse("NotAnOfficer", account=officer)
        if employer != agency:
            refuse("NotYourOfficer", officer=officer, agency=agency)
        return agency

    def _other_agency_of_own(self, agency: int) -> None:
        authority = self.authorityOf(self._world.sender, jurisdiction_of(agency))
        if agency == authority or agency not in self._agencies:
            refuse("NoSuchAgency", agency=agency)

    def _in_use(self, account: str) -> bool:
        return account.lower() in self._by_account or bool(self._newest(account).number)


def _covers(known: Sequence[Suspension], at: int) -> bool:
    """Whether a suspension holds at a time; the newest that began by then decides."""
    for each in reversed(known):
        if at >= each.from_:
            return at < each.until
    return False
