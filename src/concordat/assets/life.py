# SPDX-License-Identifier: Apache-2.0
"""What time makes of a request and of a hold: every status is a function of what was written and of the time.

The contracts compute the same (``IFreezeRequests.sol``, ``IHolds.sol``); the client shows by this a status at
its own clock, which goes on where a quiet chain's stands still. A deadline is met at its very second. What
lasts until T is over at T. Times are seconds since 1970 UTC, durations seconds, amounts minor units.
"""

# ruff: noqa: D102 - what the parts mean, the structs say

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from concordat.assets.states import (
    HoldFlag,
    HoldState,
    HoldStatus,
    ObjectionStatus,
    RequestFlag,
    RequestStatus,
)
from concordat.assets.words import Measure

NEVER: Final = (1 << 40) - 1
"""The end of what does not end by itself, and a deadline that does not run."""

#: Answers of weight by which nothing is held: each counts as none unless it is checked in time.
OUTCOMES: Final = frozenset(
    {
        HoldState.NOT_FOUND,
        HoldState.NO_FUNDS,
        HoldState.MOVED_ON,
        HoldState.MISMATCH,
        HoldState.UNREADABLE,
        HoldState.REFUSED,
        HoldState.WAITING,
    }
)
HOLDINGS: Final = frozenset({HoldState.HELD, HoldState.HELD_PART})
#: States that nothing changes any more.
ENDS: Final = frozenset({HoldState.RELEASED, HoldState.CONTINUED, HoldState.DISPOSED})
_CLOCKED: Final = frozenset({HoldState.NAMED, HoldState.DELIVERED, HoldState.ACKNOWLEDGED})


class RequestFacts(Protocol):
    """What a request's status depends on: ``assets.requests.Request`` has it."""

    @property
    def measure(self) -> Measure: ...
    @property
    def requested_at(self) -> int: ...
    @property
    def ratified_at(self) -> int: ...
    @property
    def bound_at(self) -> int: ...
    @property
    def ratify_within(self) -> int: ...
    @property
    def flags(self) -> int: ...


class HoldFacts(Protocol):
    """What a hold's status depends on: ``assets.holds.Hold`` has it."""

    @property
    def amount(self) -> int: ...
    @property
    def since(self) -> int: ...
    @property
    def until(self) -> int: ...
    @property
    def state(self) -> int: ...
    @property
    def flags(self) -> int: ...


class Terms(Protocol):
    """What they depend on of the profile: ``assets.profiles.FreezeProfile`` has it."""

    @property
    def longest(self) -> int: ...
    @property
    def reply_within(self) -> int: ...
    @property
    def check_within(self) -> int: ...
    @property
    def turn_within(self) -> int: ...


@dataclass(frozen=True)
class Case:
    """A request with all that its status depends on.

    Attributes:
        ended_at: when it was withdrawn or declined; 0 if it was not.
        terms: of the profile's version that applies to it.
    """

    request: RequestFacts
    ended_at: int
    terms: Terms


class Outflow(NamedTuple):
    """What was ever held (with credits), and what of it went back or was forfeited."""

    held: int = 0
    returned: int = 0
    forfeited: int = 0


class Balance(NamedTuple):
    """held = released + returned + forfeited + remaining."""

    held: int = 0
    released: int = 0
    returned: int = 0
    forfeited: int = 0
    remaining: int = 0


def request_status_at(case: Case, at: int) -> RequestStatus:
    """What a request is at a time."""
    request = case.request
    if not request.requested_at or at < request.requested_at:
        return RequestStatus.NONE
    if case.ended_at and at >= case.ended_at:
        withdrawn = request.flags & RequestFlag.WITHDRAWN
        return RequestStatus.WITHDRAWN if withdrawn else RequestStatus.DECLINED
    if at > lapses_after(case, at):
        return RequestStatus.LAPSED
    ratified = _done(request.ratified_at, at)
    stops = request.measure == Measure.STOP_PAYMENT
    if not ratified and not stops:
        return RequestStatus.AWAITING_RATIFICATION
    if not _done(request.bound_at, at):
        return RequestStatus.AWAITING_ENDORSEMENT
    return RequestStatus.RUNNING if ratified else RequestStatus.PROVISIONAL


def lapses_after(case: Case, at: int = NEVER) -> int:
    """The last second of a request as far as it was ratified and endorsed by then; ``NEVER`` if it was."""
    request = case.request
    if not _done(request.ratified_at, at):
        return request.requested_at + request.ratify_within
    if not _done(request.bound_at, at):
        return request.requested_at + case.terms.longest
    return NEVER


def hold_end(hold: HoldFacts, case: Case) -> int:
    """From when on a holding is over: its period, its check that never came, or the request's end.

    Of a disposed hold: once all that was awarded is paid.
    """
    if hold.state in ENDS:
        return hold.until
    if hold.state not in HOLDINGS:
        return 0
    return _ending(hold, case)[0]


def hold_status_at(hold: HoldFacts, case: Case, at: int, turn_at: int = NEVER) -> HoldStatus:
    """What a hold is at a time.

    Args:
        hold: as last written.
        case: its request.
        at: when.
        turn_at: when the hold before it ended (:func:`hold_end`), of a hold that waits.
    """
    state = HoldState(hold.state)
    if state in ENDS or state is HoldState.NONE:
        return HoldStatus[state.name]
    if state in HOLDINGS:
        return _holding_at(hold, case, at)
    of_request = request_status_at(case, at)
    if of_request is RequestStatus.WITHDRAWN:
        return HoldStatus.WITHDRAWN
    if of_request.is_over:
        return HoldStatus.LAPSED
    if not of_request.binds:
        return HoldStatus.DORMANT
    if not counts_at(hold, case, at):
        return HoldStatus.OVERDUE if at > reply_by(hold, case) else HoldStatus.OPEN
    if state in _CLOCKED:
        opened = HoldStatus.OPEN if state is HoldState.NAMED else HoldStatus[state.name]
        return HoldStatus.OVERDUE if at > reply_by(hold, case) else opened
    if state is HoldState.WAITING and at >= turn_at:
        return HoldStatus.LAPSED if at > turn_at + case.terms.turn_within else HoldStatus.TURN
    return HoldStatus[state.name]


def counts_at(hold: HoldFacts, case: Case, at: int) -> bool:
    """Whether what was said last still counts: an outcome that nobody checked in time counts as none."""
    if hold.state not in OUTCOMES or hold.flags & HoldFlag.CHECKED:
        return True
    return at <= hold.since + case.terms.check_within


def reply_by(hold: HoldFacts, case: Case) -> int:
    """When the institution has to have answered; ``NEVER`` while nothing binds it.

    The clock starts when the request binds, and anew when an unreadable message was sent again: ``until`` of
    what is not held says when that was.
    """
    if not case.request.bound_at:
        return NEVER
    sent_again = 0 if hold.state in HOLDINGS | ENDS else hold.until
    return max(case.request.bound_at, sent_again) + case.terms.reply_within


def balance(hold: HoldFacts, flow: Outflow, status: HoldStatus) -> Balance:
    """Where the money is under a status: what time ended counts as released."""
    remaining = hold.amount if status.holds or status is HoldStatus.DISPOSED else 0
    released = flow.held - flow.returned - flow.forfeited - remaining
    return Balance(flow.held, released, flow.returned, flow.forfeited, remaining)


def chained_until(now: int, period: int, held_before: int, total: int) -> int:
    """End of a hold that continues others: its period, at most what the chain has left.

    Args:
        now: when it begins.
        period: asked.
        held_before: seconds held along the chain before.
        total: most along the chain; 0: no limit.

    Returns:
        the end; ``now`` or earlier if nothing is left.
    """
    return min(now + period, now + total - held_before) if total else now + period


def objection_status_at(objected_at: int, decided_at: int, review_within: int, at: int) -> ObjectionStatus:
    """What an objection is at a time; ``decided_at`` 0: not yet."""
    if not objected_at or at < objected_at:
        return ObjectionStatus.NONE
    if decided_at and at >= decided_at:
        return ObjectionStatus.DECIDED
    return ObjectionStatus.OVERDUE if at > objected_at + review_within else ObjectionStatus.PENDING


def share(total: int, amount: int, claimed: int) -> int:
    """What a claim gets pro rata: rounded down, so that no more than the total is ever shared out."""
    return total * amount // claimed if claimed else 0


def shares(total: int, amounts: Sequence[int]) -> tuple[list[int], int]:
    """Every claim's share, and the remainder that stays where it is."""
    found = [share(total, amount, sum(amounts)) for amount in amounts]
    return found, total - sum(found)


def _done(when: int, at: int) -> bool:
    return 0 < when <= at


def _ending(hold: HoldFacts, case: Case) -> tuple[int, HoldStatus]:
    """When a holding is over, and why; of two reasons at the same second the first one here."""
    request = case.request
    unchecked = NEVER if hold.flags & HoldFlag.CHECKED else hold.since + case.terms.check_within + 1
    unratified = NEVER if request.ratified_at else request.requested_at + request.ratify_within + 1
    # What a court renewed, a withdrawal by the requester alone does not end.
    by_court_alone = hold.flags & HoldFlag.BY_COURT and not request.flags & RequestFlag.BY_COURT
    withdrawn = request.flags & RequestFlag.WITHDRAWN and not by_court_alone
    ends = (
        (hold.until, HoldStatus.EXPIRED),
        (unchecked, HoldStatus.LAPSED),
        (unratified, HoldStatus.LAPSED),
        (case.ended_at if withdrawn else NEVER, HoldStatus.WITHDRAWN),
    )
    return min(ends, key=lambda each: each[0])


def _holding_at(hold: HoldFacts, case: Case, at: int) -> HoldStatus:
    end, why = _ending(hold, case)
    if at >= end:
        return why
    return HoldStatus.HELD if hold.state == HoldState.HELD else HoldStatus.HELD_PART
