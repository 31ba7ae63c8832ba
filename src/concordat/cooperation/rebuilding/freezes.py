# SPDX-License-Identifier: Apache-2.0
"""Freeze requests and holds from the events of FreezeProfiles, FreezeRequests, Holds and Objections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from concordat.assets import life
from concordat.assets.law.profiles import FreezeProfile
from concordat.assets.life import Case
from concordat.assets.profilebook import parts_of
from concordat.assets.states import HoldFlag, HoldState, HoldStatus, RequestFlag, RequestStatus
from concordat.assets.words import Measure
from concordat.cooperation.rebuilding.ground import Ground
from concordat.ledger.protocol import Event
from concordat.membership.numbers import jurisdiction_of

_MOST_RENEWALS: Final = 255
_SHIFT: Final = 8
"""Powers in a profile are shifted by so many bits."""


@dataclass
class RebuiltRequest:
    """A freeze request as its events tell it; times in seconds since 1970 UTC, 0: not yet."""

    agency: int
    key: int
    profile_version: int
    requested_at: int
    period: int
    terms: FreezeProfile
    ratified_at: int = 0
    bound_at: int = 0
    ended_at: int = 0
    flags: int = 0

    @property
    def measure(self) -> Measure:
        """What is asked for."""
        return parts_of(self.key)[1]

    @property
    def foreign(self) -> bool:
        """Whether it came from another jurisdiction than the institutions'."""
        return jurisdiction_of(self.agency) != self.key >> 8

    @property
    def ratify_within(self) -> int:
        """Seconds."""
        return self.terms.ratify_within

    def case(self) -> Case:
        """With all that its status depends on."""
        return Case(self, self.ended_at, self.terms)


@dataclass
class RebuiltHold:
    """A hold as its events tell it; amounts in minor units."""

    request: bytes
    target: bytes
    institution: int
    currency: int
    amount: int
    since: int
    until: int = 0
    state: HoldState = HoldState.NAMED
    renewals: int = 0
    flags: int = 0
    code: int = 0
    earlier: bytes = b""
    later: bytes = b""
    objections: int = 0

    def say(self, flag: HoldFlag, holds: bool) -> None:
        """Set or clear a flag."""
        self.flags = self.flags | flag if holds else self.flags & ~flag


@dataclass
class Freezes:
    """All requests and holds by their ids."""

    ground: Ground
    requests: dict[bytes, RebuiltRequest] = field(default_factory=dict)
    holds: dict[bytes, RebuiltHold] = field(default_factory=dict)
    _profiles: dict[tuple[int, int], FreezeProfile] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Learn from an event of one of the four contracts."""
        if event.name == "ProfileAdopted":
            self._profiles[event.args["key"], event.args["version"]] = FreezeProfile.of(event.args["profile"])
        elif event.contract == "FreezeRequests":
            self._of_request(event)
        elif event.name == "TargetNamed":
            self._named(event)
        elif event.contract == "Holds":
            self._of_hold(event, self.holds[event.args["hold"]])
        elif event.name in ("Objected", "ObjectionDecided"):
            self._object(event.args["hold"], 1 if event.name == "Objected" else -1)

    def request_status(self, request: bytes, at: int) -> RequestStatus:
        """What a request is at a time."""
        return life.request_status_at(self.requests[request].case(), at)

    def hold_status(self, hold: bytes, at: int) -> HoldStatus:
        """What a hold is at a time."""
        found = self.holds[hold]
        case = self.requests[found.request].case()
        return life.hold_status_at(found, case, at, self._turn_at(found))

    def request_values(self, request: bytes) -> dict[str, Any]:
        """As the contract's struct names them."""
        found = self.requests[request]
        return {
            "agency": found.agency,
            "key": found.key,
            "profileVersion": found.profile_version,
            "requestedAt": found.requested_at,
            "ratifiedAt": found.ratified_at,
            "boundAt": found.bound_at,
            "period": found.period,
            "ratifyWithin": found.ratify_within,
            "flags": found.flags,
        }

    def hold_values(self, hold: bytes) -> dict[str, Any]:
        """As the contract's struct names them."""
        found = self.holds[hold]
        names = ("institution", "currency", "amount", "since", "until", "renewals", "flags", "code")
        return {**{name: getattr(found, name) for name in names}, "state": int(found.state)}

    def _of_request(self, event: Event) -> None:
        args, now = event.args, event.time
        if event.name == "FreezeRequested":
            self._requested(event)
            return
        found = self.requests[args["request"]]
        if event.name == "FreezeRatified":
            found.ratified_at = now
            found.bound_at = found.bound_at or (0 if found.foreign else now)
            if self.ground.judges(args["officer"], found.terms.ratifiers << _SHIFT):
                found.flags |= RequestFlag.BY_COURT
        elif event.name == "FreezeEndorsed":
            found.bound_at = now
        elif event.name in ("FreezeDeclined", "FreezeWithdrawn"):
            found.ended_at = now
            declined = event.name == "FreezeDeclined"
            found.flags |= RequestFlag.DECLINED if declined else RequestFlag.WITHDRAWN
        elif event.name == "RequestLapseRecorded":
            found.flags |= RequestFlag.LAPSE_RECORDED

    def _requested(self, event: Event) -> None:
        args = event.args
        terms = self._profiles[args["key"], args["profileVersion"]]
        made = RebuiltRequest(
            args["agency"], args["key"], args["profileVersion"], event.time, args["period"], terms
        )
        if made.foreign:
            made.flags |= RequestFlag.FOREIGN
        elif made.measure is Measure.STOP_PAYMENT:
            made.bound_at = event.time
        self.requests[args["request"]] = made

    def _named(self, event: Event) -> None:
        args = event.args
        asked = self.requests[args["request"]]
        if asked.agency == args["institution"]:  # nobody else can name himself: held of its own motion
            asked.flags |= RequestFlag.OWN
            asked.ratified_at = asked.bound_at = event.time
        self.holds[args["hold"]] = RebuiltHold(
            args["request"],
            args["target"],
            args["institution"],
            args["currency"],
            args["amount"],
            event.time,
            flags=args["scope"] << 1,
        )

    def _of_hold(self, event: Event, hold: RebuiltHold) -> None:
        args, now = event.args, event.time
        match event.name:
            case "Answered":
                self._answered(hold, event)
            case "Checked":
                hold.say(HoldFlag.CHECKED, True)
            case "Continued":
                self._continued(event, hold)
            case "SentAgain":
                hold.state, hold.since, hold.until = HoldState.NAMED, now, now
                hold.say(HoldFlag.CHECKED, False)
            case "Renewed":
                self._renewed(event, hold)
            case "Credited":
                hold.amount = args["held"]
            case "HoldLapseRecorded":
                hold.say(HoldFlag.LAPSE_RECORDED, True)
            case "Released" | "Disposed" | "PaidOut":
                _let_go(event, hold)

    def _answered(self, hold: RebuiltHold, event: Event) -> None:
        args = event.args
        state = HoldState(args["kind"] + 1)  # the same words in the same order
        corrected = hold.state in life.HOLDINGS
        if hold.state is HoldState.WAITING:
            hold.say(HoldFlag.LINKED, False)
        if state in life.HOLDINGS:
            hold.amount = args["amount"]
        if not corrected:
            hold.since = event.time
        hold.until, hold.code, hold.state = args["until"], args["code"], state
        hold.say(HoldFlag.CHECKED, False)
        hold.say(HoldFlag.LAPSE_RECORDED, False)
        if any(args["earlier"]):
            hold.say(HoldFlag.LINKED, True)
            hold.earlier = args["earlier"]

    def _continued(self, event: Event, hold: RebuiltHold) -> None:
        later = self.holds[event.args["by"]]
        if event.args["amount"]:  # else it had ended by itself
            hold.amount -= event.args["amount"]
            hold.state, hold.since, hold.until = HoldState.CONTINUED, event.time, event.time
        hold.later = event.args["by"]
        later.objections += hold.objections
        if hold.objections:
            later.say(HoldFlag.OBJECTED, True)

    def _renewed(self, event: Event, hold: RebuiltHold) -> None:
        asked = self.requests[hold.request]
        hold.until = event.args["until"]
        hold.renewals = min(hold.renewals + 1, _MOST_RENEWALS)
        own = asked.flags & RequestFlag.OWN
        if not own and self.ground.judges(event.args["officer"], asked.terms.renewers << _SHIFT):
            hold.say(HoldFlag.BY_COURT, True)

    def _object(self, hold: bytes, more: int) -> None:
        for found in self._chain_from(hold):
            found.objections += more
            found.say(HoldFlag.OBJECTED, found.objections > 0)

    def _chain_from(self, hold: bytes) -> Iterator[RebuiltHold]:
        while hold:
            found = self.holds[hold]
            yield found
            hold = found.later

    def _turn_at(self, hold: RebuiltHold) -> int:
        """When the hold before it was over; of what never held, since when it is what it is."""
        before = self.holds.get(hold.earlier)
        if before is None:
            return life.NEVER
        if before.state in life.HOLDINGS | life.ENDS:
            return life.hold_end(before, self.requests[before.request].case())
        return before.since


def _let_go(event: Event, hold: RebuiltHold) -> None:
    args, now = event.args, event.time
    if event.name == "Released":
        hold.amount -= args["amount"]
        if not hold.amount:
            hold.state, hold.since, hold.until, hold.code = HoldState.RELEASED, now, now, args["reason"]
    elif event.name == "Disposed":
        hold.amount = args["toReturn"]
        hold.state, hold.since = HoldState.DISPOSED, now
        hold.until = life.NEVER if hold.amount else now
        hold.say(HoldFlag.BY_COURT, True)
    else:
        hold.amount = args["remaining"]
        hold.until = hold.until if hold.amount else now
