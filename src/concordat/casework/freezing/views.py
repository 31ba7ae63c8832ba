# SPDX-License-Identifier: Apache-2.0
"""A request with its holds as read from the chain, judged at the client's clock and at the chain's.

A status is a function of time, so a deadline that passed shows without any transaction, also on a chain
whose clock stands still because nobody sends anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from concordat.assets import holds, life, objections, profilebook, requests
from concordat.assets.holds import Hold, Named
from concordat.assets.law.profiles import FreezeProfile
from concordat.assets.life import NEVER, Case
from concordat.assets.requests import Asked, Request
from concordat.assets.states import HoldFlag, HoldState, HoldStatus, RequestStatus
from concordat.errors import UsageError
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, in_order


@dataclass(frozen=True)
class HoldView:
    """A hold at a time. Times in seconds since 1970 UTC; ``NEVER``: none runs.

    Attributes:
        status: at the client's clock.
        status_here: at this machine's clock, where the chain lags far behind it; else the same.
        reply_by: when the institution has to have answered.
        check_by: when an unchecked outcome has to have been checked; ``NEVER`` if none waits.
        turn_by: when a hold whose turn has come has to be acknowledged.
        end: of a holding: when it is over if nothing else happens.
        review_by: when the pending objection has to have been decided; ``NEVER`` if none is pending.
    """

    named: Named
    hold: Hold
    status: HoldStatus
    status_here: HoldStatus
    reply_by: int
    check_by: int
    turn_by: int
    end: int
    review_by: int

    @property
    def id(self) -> bytes:
        """Of the hold, 32 bytes."""
        return self.named.hold

    @property
    def number(self) -> int:
        """Of the target in its request, from 1."""
        return self.named.number

    @property
    def overdue(self) -> bool:
        """Whether the institution's answer is late, by whichever clock."""
        return HoldStatus.OVERDUE in (self.status, self.status_here)

    @property
    def lapsed(self) -> bool:
        """Whether something was lost by being late, by whichever clock."""
        return HoldStatus.LAPSED in (self.status, self.status_here)


@dataclass(frozen=True)
class RequestView:
    """A request at a time.

    Attributes:
        at: the client's clock.
        here: this machine's clock, where the chain lags far behind it; else the same.
        status: at the client's clock.
        status_here: at this machine's.
        status_there: at the chain's clock.
        lapses_at: last second for whoever has to ratify or endorse; ``NEVER`` if nobody has to.
    """

    asked: Asked
    request: Request
    profile: FreezeProfile
    ended_at: int
    at: int
    here: int
    status: RequestStatus
    status_here: RequestStatus
    status_there: RequestStatus
    lapses_at: int
    holds: tuple[HoldView, ...] = field(default=())

    @property
    def id(self) -> bytes:
        """Of the request, 32 bytes."""
        return self.request.id

    @property
    def overdue(self) -> tuple[HoldView, ...]:
        """The holds whose answers are late."""
        return tuple(each for each in self.holds if each.overdue)


class Reader:
    """Reads requests for one command: what was asked once is not asked again.

    Args:
        ledger: where.
        at: the client's clock, seconds since 1970 UTC.
        here: this machine's clock, if lateness is to be judged by it, too.
    """

    def __init__(self, ledger: Ledger, at: int, here: int = 0) -> None:
        self.ledger = ledger
        self.at = at
        self.here = max(at, here)
        self._profiles: dict[tuple[int, int], FreezeProfile] = {}
        self._cases: dict[bytes, Case] = {}
        self._holds: dict[bytes, Hold | None] = {}

    @cached_property
    def there(self) -> int:
        """The chain's clock."""
        return self.ledger.now()

    @cached_property
    def named(self) -> dict[bytes, list[Named]]:
        """All targets that were ever named, by request."""
        found: dict[bytes, list[Named]] = {}
        for each in holds.named(self.ledger):
            found.setdefault(each.request, []).append(each)
        return found

    @cached_property
    def objected(self) -> dict[bytes, list[Event]]:
        """All objections that were ever raised, by hold."""
        found: dict[bytes, list[Event]] = {}
        for event in objections.raised(self.ledger):
            found.setdefault(event.args["hold"], []).append(event)
        return found

    def all(self, agency: int | None = None) -> Iterable[RequestView]:
        """All requests, of one agency or of everybody, oldest first."""
        for asked in requests.asked(self.ledger, agency=agency):
            yield self.view(asked, self.named.get(asked.id, ()))

    def one(self, request_id: bytes) -> RequestView:
        """One request.

        Raises:
            UsageError: it is not on the chain.
        """
        asked = next(iter(requests.asked(self.ledger, request_id=request_id)), None)
        if asked is None:
            raise UsageError(
                f"There is no request 0x{request_id.hex()} on the chain.",
                code="freeze.not_sent",
                next="If it was prepared here, send it: concordat freeze request ORDER.yaml",
            )
        return self.view(asked, list(holds.named(self.ledger, request=request_id)))

    def view(self, asked: Asked, named: Iterable[Named]) -> RequestView:
        """One request with these of its targets."""
        case = self.case(asked.id)
        request = case.request
        assert isinstance(request, Request)  # noqa: S101 - made by case()
        awaited = life.lapses_after(case)
        return RequestView(
            asked=asked,
            request=request,
            profile=self.profile(request),
            ended_at=case.ended_at,
            at=self.at,
            here=self.here,
            status=life.request_status_at(case, self.at),
            status_here=life.request_status_at(case, self.here),
            status_there=life.request_status_at(case, self.there),
            lapses_at=NEVER if case.ended_at else awaited,
            holds=tuple(self.hold(each, case) for each in named),
        )

    def hold(self, named: Named, case: Case) -> HoldView:
        """One hold of a request."""
        hold = self._hold(named.hold)
        turn = self._turn_at(hold)
        status = life.hold_status_at(hold, case, self.at, turn)
        unchecked = not hold.checked and hold.state in (life.OUTCOMES | life.HOLDINGS)
        holding = status.holds
        return HoldView(
            named=named,
            hold=hold,
            status=status,
            status_here=life.hold_status_at(hold, case, self.here, turn),
            reply_by=life.reply_by(hold, case) if status.awaits_answer else NEVER,
            check_by=hold.since + case.terms.check_within if unchecked and not status.is_over else NEVER,
            turn_by=turn + case.terms.turn_within if status is HoldStatus.TURN else NEVER,
            end=life.hold_end(hold, case) if holding else NEVER,
            review_by=self._review_by(hold),
        )

    def case(self, request_id: bytes) -> Case:
        """A request with all that its status depends on."""
        if request_id not in self._cases:
            request = requests.request_of(self.ledger, request_id)
            if request is None:
                raise UsageError("There is no such request on the chain.", code="freeze.not_sent")
            ended = requests.ended_at(self.ledger, request_id)
            self._cases[request_id] = Case(request, ended, self.profile(request))
        return self._cases[request_id]

    def profile(self, request: Request) -> FreezeProfile:
        """The version of the profile that applies to a request."""
        key = request.key, request.profile_version
        if key not in self._profiles:
            self._profiles[key] = profilebook.profile_at(self.ledger, *key)
        return self._profiles[key]

    def _hold(self, hold_id: bytes) -> Hold:
        if hold_id not in self._holds:
            self._holds[hold_id] = holds.hold_of(self.ledger, hold_id)
        found = self._holds[hold_id]
        if found is None:
            raise UsageError(f"There is no hold 0x{hold_id.hex()} on the chain.", code="freeze.unknown")
        return found

    def _turn_at(self, hold: Hold) -> int:
        """When the hold before it ends or ended, of a hold that waits."""
        if hold.state is not HoldState.WAITING:
            return NEVER
        link = holds.link_of(self.ledger, hold.id)
        if not any(link.earlier_request):
            return NEVER
        before = next(
            (each for each in self.named.get(link.earlier_request, ()) if each.target == link.earlier_target),
            None,
        )
        if before is None:
            return NEVER
        return life.hold_end(self._hold(before.hold), self.case(link.earlier_request))

    def _review_by(self, hold: Hold) -> int:
        if not hold.flags & HoldFlag.OBJECTED:
            return NEVER
        raised = self.objected.get(hold.id, [])
        if len(raised) > 1:
            # Of two that wait, the account holder's and a member's, the older is decided first.
            decided = objections.decided(self.ledger, hold.id)
            raised = [each for each in raised if each.args["number"] not in decided]
        return int(raised[0].args["reviewBy"]) if raised else NEVER


def message_of(ledger: Ledger, named: Named) -> tuple[bytes, int]:
    """Hash of the message to the institution as last sent, and the version of the key that opens it."""
    again = ledger.events(holds.HOLDS, "SentAgain", hold=named.hold)
    if again:
        return again[-1].args["message"], again[-1].args["keyVersion"]
    return named.message, named.key_version


def timeline(ledger: Ledger, view: RequestView) -> list[Event]:
    """All events of a request, its holds and objections to them, oldest first, with times."""
    found = requests.history(ledger, view.id)
    found += eventlog.of(ledger, holds.HOLDS, ("TargetNamed",), request=view.id)
    mine = {each.id for each in view.holds}
    for contract, names in ((holds.HOLDS, holds.HISTORY[1:]), (objections.OBJECTIONS, objections.HISTORY)):
        if len(mine) > _MANY:  # one question for all is cheaper than one for each
            every = eventlog.of(ledger, contract, names)
            found += [event for event in every if event.args["hold"] in mine]
        else:
            found += [event for hold in mine for event in eventlog.of(ledger, contract, names, hold=hold)]
    return eventlog.with_times(ledger, in_order(found))


_MANY = 8
