# SPDX-License-Identifier: Apache-2.0
"""FreezeRequests in memory: from an agency, its higher power and the domestic authority to institutions."""

# ruff: noqa: N802 - the names are the contracts'

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from concordat.assets.life import Case, lapses_after, request_status_at
from concordat.assets.states import RequestFlag, RequestStatus
from concordat.assets.words import Measure
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import INSTITUTIONS, Contract, hashed
from concordat.memory.assetstructs import NOTHING, FreezeProfile, Request
from concordat.memory.freezeprofiles import FreezeProfiles
from concordat.memory.structs import NOBODY
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

Fields = Mapping[str, Any]
FIRST_POWER = 8
_RATIFIABLE = (
    RequestStatus.AWAITING_RATIFICATION,
    RequestStatus.AWAITING_ENDORSEMENT,
    RequestStatus.PROVISIONAL,
)
_LIVE = (*_RATIFIABLE, RequestStatus.RUNNING)


class Opener(Protocol):
    """Where the holds of a request are opened."""

    def open_targets(self, request: bytes, targets: Sequence[Fields]) -> None:
        """One hold a target."""

    def open_own(self, request: bytes, target: Fields, until: int) -> None:
        """A hold that its institution began."""


class FreezeRequests(Contract):
    """Requests by id."""

    NAME = "FreezeRequests"
    holds: Opener

    def __init__(
        self, world: World, tables: Tables, agencies: AgencyRegistry, profiles: FreezeProfiles
    ) -> None:
        super().__init__(world, tables, agencies)
        self.profiles = profiles
        self._requests = self.table()
        self._ended = self.table()
        self._ratifiers = self.table()

    # The requester's side

    def request(self, order: Fields, targets: Sequence[Fields]) -> bytes:
        """Ask institutions to hold what is named."""
        key = _key(order)
        version, profile = self.profiles.current(key)
        agency, _ = self.any_officer(profile.starters << FIRST_POWER)
        if not targets:
            refuse("NoTargets")
        _require_period(order["period"], profile.longest)
        foreign = jurisdiction_of(agency) != order["jurisdiction"]
        if foreign and not profile.endorser:
            refuse("ForeignNotAccepted", profile=key)
        binds = not foreign and order["measure"] == Measure.STOP_PAYMENT
        made = Request(
            agency=agency,
            key=key,
            profileVersion=version,
            requestedAt=self.now,
            boundAt=self.now if binds else 0,
            period=order["period"],
            ratifyWithin=profile.ratifyWithin,
            flags=int(RequestFlag.FOREIGN) if foreign else 0,
        )
        request = self._make(made, order)
        self.holds.open_targets(request, targets)
        return request

    def holdOwn(self, order: Fields, target: Fields) -> bytes:
        """An institution holds of its own motion."""
        agency = self.officer(Power.ANSWER)
        if self.kind_of(agency) not in INSTITUTIONS:
            refuse("NotAnInstitution", agency=agency)
        if target["institution"] != agency:
            refuse("NotTheInstitution", theirs=agency, institution=target["institution"])
        key = _key(order)
        version, profile = self.profiles.current(key)
        at_home = order["jurisdiction"] == jurisdiction_of(agency)
        if not at_home or order["measure"] != Measure.STOP_PAYMENT or not profile.ownHold:
            refuse("OwnHoldNotAllowed", profile=key)
        _require_period(order["period"], profile.ownHold)
        made = Request(
            agency=agency,
            key=key,
            profileVersion=version,
            requestedAt=self.now,
            ratifiedAt=self.now,
            boundAt=self.now,
            period=order["period"],
            ratifyWithin=profile.ratifyWithin,
            flags=int(RequestFlag.OWN),
        )
        request = self._make(made, order)
        self.holds.open_own(request, target, self.now + order["period"])
        return request

    def ratify(self, request: bytes) -> None:
        """Ratify, as higher power of the requesting agency, or as court or prosecutor of its country."""
        found = self.need(request)
        status = self._require_status(request, *_RATIFIABLE)
        if found.ratifiedAt:
            refuse("WrongStatus", request=request, requestStatus=int(status))
        theirs, held = self.any_officer(self.profile_of(request).ratifiers << FIRST_POWER)
        outside = held & (Power.JUDGE | Power.PROPOSE)
        same_country = jurisdiction_of(theirs) == jurisdiction_of(found.agency)
        if theirs != found.agency and not (outside and same_country):
            refuse("NotOfRequester", officer=self.caller, theirs=theirs, agency=found.agency)
        if held & Power.JUDGE:
            self.require_court(theirs)
        bound = found.boundAt
        if not found.flags & RequestFlag.FOREIGN and not bound:
            bound = self.now
        by_court = int(RequestFlag.BY_COURT) if held & Power.JUDGE else 0
        self._requests[request] = found._replace(
            ratifiedAt=self.now, boundAt=bound, flags=found.flags | by_court
        )
        self._ratifiers[request] = self.caller
        self.emit("FreezeRatified", request=request, agency=theirs, officer=self.caller)

    def withdraw(self, request: bytes, reason: int) -> None:
        """End the whole request."""
        found = self.need(request)
        theirs = self.release_officer(request, bool(found.flags & RequestFlag.BY_COURT), request)
        self._require_status(request, *_LIVE)
        if not reason:
            refuse("NoReason")
        self._end(request, RequestFlag.WITHDRAWN)
        self.emit("FreezeWithdrawn", request=request, agency=theirs, officer=self.caller, reason=reason)

    # The domestic authority

    def endorse(self, request: bytes) -> None:
        """Take over a foreign request."""
        theirs = self._endorser(request)
        self._requests[request] = self.need(request)._replace(boundAt=self.now)
        self.emit("FreezeEndorsed", request=request, endorser=theirs, officer=self.caller)

    def decline(self, request: bytes, code: int) -> None:
        """Do not take it over."""
        theirs = self._endorser(request)
        if not code:
            refuse("NoReason")
        self._end(request, RequestFlag.DECLINED)
        self.emit("FreezeDeclined", request=request, endorser=theirs, officer=self.caller, code=code)

    # Anyone

    def recordLapse(self, request: bytes) -> None:
        """Turn a lapse into an event."""
        found = self.need(request)
        status = self.status(request, self.now)
        if status is not RequestStatus.LAPSED:
            refuse("NotLapsed", request=request, requestStatus=int(status))
        if found.flags & RequestFlag.LAPSE_RECORDED:
            refuse("LapseAlreadyRecorded", subject=request)
        self._requests[request] = found._replace(flags=found.flags | RequestFlag.LAPSE_RECORDED)
        self.emit(
            "RequestLapseRecorded",
            request=request,
            agency=found.agency,
            lapsedAt=lapses_after(self.case(request)),
        )

    def requestOf(self, request: bytes) -> Request:
        """The request; all zero if there is none."""
        found: Request = self._requests.get(request, Request())
        return found

    def statusAt(self, request: bytes, at: int) -> int:
        """Its status at a time."""
        return int(self.status(request, at))

    def endedAt(self, request: bytes) -> int:
        """When it was withdrawn or declined; 0 if it was not."""
        found: int = self._ended.get(request, 0)
        return found

    def ratifierOf(self, request: bytes) -> str:
        """The officer who ratified it; zero: nobody yet."""
        found: str = self._ratifiers.get(request, NOBODY)
        return found

    # For the other contracts

    def need(self, request: bytes) -> Request:
        """The request, which must exist."""
        found = self.requestOf(request)
        if not found.requestedAt:
            refuse("NoSuchRequest", request=request)
        return found

    def status(self, request: bytes, at: int) -> RequestStatus:
        """Its status at a time."""
        return request_status_at(self.case(request), at) if request in self._requests else RequestStatus.NONE

    def profile_of(self, request: bytes) -> FreezeProfile:
        """The profile that applies to it for its whole life."""
        found = self.need(request)
        return self.profiles.profileAt(found.key, found.profileVersion)

    def case(self, request: bytes) -> Case:
        """All that its status depends on."""
        return Case(self.need(request), self.endedAt(request), self.profile_of(request))

    def release_officer(self, request: bytes, by_court: bool, key: bytes) -> int:
        """The agency for which the caller lets go of a request or hold: what a court ordered only a court.

        Args:
            request: id.
            by_court: whether a court ordered it.
            key: of the request or hold.
        """
        found = self.need(request)
        if by_court:
            theirs, held = self.any_officer(int(Power.RELEASE | Power.JUDGE))
            countries = (found.jurisdiction, jurisdiction_of(found.agency))
            if not held & Power.JUDGE or jurisdiction_of(theirs) not in countries:
                refuse("CourtOrdered", subject=key)
            self.require_court(theirs)
            return theirs
        theirs = self.officer(Power.RELEASE)
        endorsed = found.flags & RequestFlag.FOREIGN and found.boundAt
        if theirs != found.agency and not (endorsed and theirs == self.profile_of(request).endorser):
            refuse("NotOfRequester", officer=self.caller, theirs=theirs, agency=found.agency)
        return theirs

    # Within

    def _make(self, made: Request, order: Fields) -> bytes:
        if not any(order["order"]):
            refuse("EmptyOrder")
        request = hashed(("uint32", "bytes32"), made.agency, order["order"])
        if request in self._requests:
            refuse("AlreadyRequested", request=request)
        self._requests[request] = made
        self.emit(
            "FreezeRequested",
            request=request,
            agency=made.agency,
            key=made.key,
            officer=self.caller,
            profileVersion=made.profileVersion,
            period=made.period,
            order=order["order"],
            message=order["message"] or NOTHING,
        )
        return request

    def _endorser(self, request: bytes) -> int:
        self.need(request)
        theirs = self.officer(Power.ENDORSE)
        endorser = self.profile_of(request).endorser
        if theirs != endorser:
            refuse("NotTheEndorser", theirs=theirs, endorser=endorser)
        self._require_status(request, RequestStatus.AWAITING_ENDORSEMENT)
        return theirs

    def _end(self, request: bytes, flag: RequestFlag) -> None:
        found = self.need(request)
        self._requests[request] = found._replace(flags=found.flags | flag)
        self._ended[request] = self.now

    def _require_status(self, request: bytes, *allowed: RequestStatus) -> RequestStatus:
        status = self.status(request, self.now)
        if status not in allowed:
            refuse("WrongStatus", request=request, requestStatus=int(status))
        return status


def _key(order: Fields) -> int:
    return int(order["jurisdiction"] << 8 | order["measure"] << 4 | order["assetClass"])


def _require_period(period: int, longest: int) -> None:
    if not 0 < period <= longest:
        refuse("PeriodBeyondProfile", period=period, longest=longest)
