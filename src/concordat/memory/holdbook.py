# SPDX-License-Identifier: Apache-2.0
"""The book of holds in memory: what is written of each, what time makes of it, and where its money is."""

# ruff: noqa: N802 - the names are the contracts'

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordat.assets.life import (
    ENDS,
    HOLDINGS,
    NEVER,
    Balance,
    Outflow,
    balance,
    hold_end,
    hold_status_at,
    reply_by,
)
from concordat.assets.states import HoldFlag, HoldState, HoldStatus, RequestFlag, Scope
from concordat.assets.words import AnswerKind, Measure
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import INSTITUTIONS, Contract, hashed
from concordat.memory.assetstructs import NOTHING, Hold, Link, Request, Returnable
from concordat.memory.freezeprofiles import RETURN_BEFORE_JUDGMENT
from concordat.memory.freezerequests import FreezeRequests
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

Fields = Mapping[str, Any]
Key = tuple[bytes, bytes]
_SCOPE = int(Scope.WHOLE | Scope.LATER_CREDITS | Scope.INTEREST)
_LAPSES = (HoldStatus.OVERDUE, HoldStatus.EXPIRED, HoldStatus.LAPSED)
UINT96 = (1 << 96) - 1


def hold_id(key: Key) -> bytes:
    """Id of the hold of (request, target)."""
    return hashed(("bytes32", "bytes32"), *key)


class HoldBook(Contract):
    """Holds by request and target."""

    NAME = "Holds"

    def __init__(
        self, world: World, tables: Tables, agencies: AgencyRegistry, requests: FreezeRequests
    ) -> None:
        super().__init__(world, tables, agencies)
        self.requests = requests
        self._keys = self.table()
        self._holds = self.table()
        self._links = self.table()
        self._flows = self.table()
        self._begun = self.table()
        self._laters = self.table()
        self._renewers = self.table()

    # Opening, for the requests alone

    def openHolds(self, request: bytes, agency: int, key: int, targets: Sequence[Fields]) -> None:
        """Refused: FreezeRequests opens holds, by ``open_targets``."""
        self.refuse_outsiders()

    def openOwn(self, request: bytes, target: Fields, until: int, officer: str) -> None:
        """Refused likewise."""
        self.refuse_outsiders()

    def open_targets(self, request: bytes, targets: Sequence[Fields]) -> None:
        """One hold for each target."""
        for target in targets:
            self._open(request, target)

    def open_own(self, request: bytes, target: Fields, until: int) -> None:
        """A hold that its institution began, held at once."""
        if not target["amount"]:
            refuse("AmountMissing", target=target["target"])
        key = self._open(request, target)
        self.take(key, HoldState.HELD, target["amount"], until)
        self.answered(key, AnswerKind.HELD, target["amount"], until, 0, NOTHING, NOTHING)

    def _open(self, request: bytes, target: Fields) -> Key:
        found, key = self.requests.need(request), (request, target["target"])
        self._check_target(found, target)
        if key in self._holds:
            refuse("TargetTwice", target=target["target"])
        self._keys[hold_id(key)] = key
        self._holds[key] = Hold(
            institution=target["institution"],
            currency=target["currency"],
            amount=target["amount"],
            since=self.now,
            state=int(HoldState.NAMED),
            flags=(target["scope"] & _SCOPE) << 1,
        )
        self.emit(
            "TargetNamed",
            request=request,
            institution=target["institution"],
            hold=hold_id(key),
            target=target["target"],
            currency=target["currency"],
            amount=target["amount"],
            scope=target["scope"] & _SCOPE,
            message=target["message"],
            keyVersion=target["keyVersion"],
        )
        return key

    def _check_target(self, request: Request, target: Fields) -> None:
        institution = target["institution"]
        kind = self.kind_of(institution)
        keeps = kind and request.measure in (Measure.SEIZE, Measure.SEAL)
        asks_itself = institution == request.agency and not request.flags & RequestFlag.OWN
        if asks_itself or not (kind in INSTITUTIONS or keeps):
            refuse("NotAnInstitution", agency=institution)
        if jurisdiction_of(institution) != request.jurisdiction:
            refuse("OtherJurisdiction", agency=institution, jurisdiction=request.jurisdiction)
        if not any(target["target"]):
            refuse("EmptyTarget")
        if not target["amount"] and not target["scope"] & Scope.WHOLE:
            refuse("AmountMissing", target=target["target"])

    # What is written

    def hold(self, key: Key) -> Hold:
        """A hold; all zero if there is none."""
        found: Hold = self._holds.get(key, Hold())
        return found

    def need(self, key: Key) -> Hold:
        """A hold, which must exist."""
        if key not in self._holds:
            refuse("NoSuchHold", hold=hold_id(key))
        return self.hold(key)

    def change(self, key: Key, **values: Any) -> Hold:
        """Write parts of a hold."""
        self._holds[key] = changed = self.need(key)._replace(**values)
        return changed

    def link(self, key: Key) -> Link:
        """Its place in a chain; all zero if in none."""
        found: Link = self._links.get(key, Link())
        return found

    def relink(self, key: Key, **values: Any) -> None:
        """Write parts of its place in a chain."""
        self._links[key] = self.link(key)._replace(**values)

    def begun(self, key: Key) -> int:
        """When it began to be held; 0: not yet."""
        found: int = self._begun.get(key, 0)
        return found

    def flow(self, key: Key) -> Outflow:
        """What was ever held, and what of it went where."""
        found: Outflow = self._flows.get(key, Outflow())
        return found

    def take(self, key: Key, state: HoldState, amount: int, until: int) -> None:
        """It is held from now on."""
        self.change(key, state=int(state), amount=amount, since=self.now, until=until)
        self._begun[key] = self.now
        self._flows[key] = Outflow(held=amount)

    def finish(self, key: Key, state: HoldState) -> None:
        """It is over now. Whoever waits behind it will have to know since when it held."""
        if self.link(key).waiting:
            self.relink(key, heldSince=self.begun(key))
        self.change(key, state=int(state), since=self.now, until=self.now)

    def add(self, key: Key, *, held: int = 0, returned: int = 0, forfeited: int = 0) -> None:
        """More came in, or went out for good."""
        was = self.flow(key)
        self._flows[key] = Outflow(was.held + held, was.returned + returned, was.forfeited + forfeited)

    def remember_renewer(self, key: Key) -> None:
        """Whoever renews it reviews no objection to it."""
        self._renewers[hold_id(key), self.caller.lower()] = True

    def continue_by(self, key: Key, later: Key) -> None:
        """Another hold goes on in its place."""
        self._laters[key] = later

    def chain_from(self, key: Key) -> list[Key]:
        """It and all that continued it, the newest last."""
        found = [key]
        while found[-1] in self._laters:
            found.append(self._laters[found[-1]])
        return found

    def pending(self, key: Key) -> bool:
        """Whether it names the hold that it continues, which stands until the second officer confirms."""
        return bool(self.hold(key).flags & HoldFlag.LINKED and self.link(key).pending)

    def waited_for(self, key: Key) -> Key:
        """The hold before it."""
        link = self.link(key)
        return link.earlierRequest, link.earlierTarget

    def leave_queue(self, key: Key) -> None:
        """Give up its place behind the hold before it."""
        earlier = self.waited_for(key)
        waiting = self.link(earlier).waiting
        if waiting:
            self.relink(earlier, waiting=waiting - 1)

    # What time makes of it

    def status(self, key: Key, at: int | None = None) -> HoldStatus:
        """Status at a time; now by default."""
        at = self.now if at is None else at
        found = self.hold(key)
        if not found.state:
            return HoldStatus.NONE
        return hold_status_at(found, self.requests.case(key[0]), at, self.turn_at(key))

    def turn_at(self, key: Key) -> int:
        """When the hold before it ended or will end."""
        earlier = self.waited_for(key)
        return self.end(earlier) if self.hold(earlier).state else NEVER

    def end(self, key: Key) -> int:
        """From when on it is over."""
        return hold_end(self.need(key), self.requests.case(key[0]))

    def require_held(self, key: Key, *, checked: bool = False) -> Hold:
        """The hold, which must hold something now."""
        found, status = self.need(key), self.status(key)
        if not status.holds or (checked and not found.flags & HoldFlag.CHECKED):
            refuse("HoldInStatus", hold=hold_id(key), holdStatus=int(status))
        return found

    def by_court(self, key: Key) -> bool:
        """Whether a court ordered it."""
        of_request = self.requests.need(key[0])
        return bool(of_request.flags & RequestFlag.BY_COURT or self.need(key).flags & HoldFlag.BY_COURT)

    def money(self, key: Key) -> Returnable:
        """What of it may go back to victims now."""
        found, status = self.hold(key), self.status(key)
        base = Returnable(found.institution, found.currency)
        if status is HoldStatus.DISPOSED:
            return base._replace(amount=found.amount, awarded=True)
        early = status.holds and self.requests.profile_of(key[0]).flags & RETURN_BEFORE_JUDGMENT
        blocked = found.flags & HoldFlag.OBJECTED or not found.flags & HoldFlag.CHECKED
        return base._replace(amount=found.amount) if early and not blocked else base

    # Questions

    def holdId(self, request: bytes, target: bytes) -> bytes:
        """Its id."""
        return hold_id((request, target))

    def holdOf(self, hold: bytes) -> Hold:
        """A hold by its id."""
        return self.hold(self._keys.get(hold, (NOTHING, NOTHING)))

    def linkOf(self, hold: bytes) -> Link:
        """Its place in a chain, by its id."""
        return self.link(self._keys.get(hold, (NOTHING, NOTHING)))

    def renewedBy(self, hold: bytes, officer: str) -> bool:
        """Whether this officer renewed it."""
        return (hold, officer.lower()) in self._renewers

    def newestOf(self, request: bytes, target: bytes) -> Key:
        """The newest of the holds that continue it; itself if none does."""
        return self.chain_from((request, target))[-1]

    def statusAt(self, request: bytes, target: bytes, at: int) -> int:
        """Its status at a time."""
        return int(self.status((request, target), at))

    def balanceAt(self, request: bytes, target: bytes, at: int) -> Balance:
        """Where its money is at a time."""
        key = (request, target)
        found = self.hold(key)
        # What is to continue another hold counts nothing yet: the money is the earlier one's.
        if found.state not in HOLDINGS | ENDS or self.pending(key):
            return Balance()
        return balance(found, self.flow(key), self.status(key, at))

    def replyBy(self, request: bytes, target: bytes) -> int:
        """When the institution has to have answered."""
        binds = self.requests.status(request, self.now).binds
        return reply_by(self.hold((request, target)), self.requests.case(request)) if binds else NEVER

    def returnable(self, request: bytes, target: bytes) -> Returnable:
        """What may go back to victims now."""
        return self.money((request, target))

    # Anyone

    def recordLapse(self, request: bytes, target: bytes) -> None:
        """Turn what time did into an event."""
        key = (request, target)
        found, status = self.need(key), self.status(key)
        waited = found.state == HoldState.WAITING
        waits_in_vain = waited and status is HoldStatus.WITHDRAWN
        if found.flags & HoldFlag.LAPSE_RECORDED:
            refuse("LapseAlreadyRecorded", subject=hold_id(key))
        if status not in _LAPSES and not waits_in_vain:
            refuse("NothingLapsed", hold=hold_id(key), holdStatus=int(status))
        if waited:
            self.leave_queue(key)
        self.change(key, flags=found.flags | HoldFlag.LAPSE_RECORDED)
        self.emit("HoldLapseRecorded", hold=hold_id(key), institution=found.institution, status=int(status))

    # For the acts

    def institution(self, key: Key, theirs: int) -> Hold:
        """The hold, of the institution whose officer calls."""
        found = self.need(key)
        if found.institution != theirs:
            refuse("NotTheInstitution", theirs=theirs, institution=found.institution)
        return found

    def own_officer(self, key: Key, power: Power) -> Hold:
        """The same, for one hold."""
        return self.institution(key, self.officer(power))

    def answered(
        self, key: Key, kind: AnswerKind, amount: int, until: int, code: int, earlier: bytes, detail: bytes
    ) -> None:
        """Record an answer."""
        self.emit(
            "Answered",
            hold=hold_id(key),
            institution=self.need(key).institution,
            kind=int(kind),
            officer=self.caller,
            amount=amount,
            until=until,
            code=code,
            earlier=earlier,
            detail=detail,
        )
