# SPDX-License-Identifier: Apache-2.0
"""Requests for assistance as a model: who may do what when, what follows, and what time makes of it.

Written from the manual (`IAssistanceRequests.sol`), not from the contract: the clock that stands is counted
in seconds, and what is late is looked up, never kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tests.contracts.suite import DAY, HOUR
from tests.stateful.driver import Refused

SUPPLEMENT_WITHIN: Final = 60 * DAY
LONGEST: Final = 180 * DAY
PASS_ON, PASS_ON_URGENT = 7 * DAY, DAY
"""For the own central authority."""
RULES: Final = {False: (14 * DAY, 90 * DAY), True: (DAY, 7 * DAY)}
"""Of a promise of reciprocity, by urgency: acknowledge and answer within."""
MOST_COUNTED: Final = 20
TURN: Final = 30 * DAY
"""What is open counts in the turn in which it was sent and in the next."""

AT_WORK: Final = ("Assigned", "Accepted", "AcceptedWithConditions", "Executing", "Partial")
TIMED: Final = ("Sent", "Received", *AT_WORK)
RUNNING: Final = (*TIMED, "SupplementAsked", "Postponed")
NEXT: Final = {
    "Accepted": ("Assigned",),
    "AcceptedWithConditions": ("Assigned",),
    "Executing": ("Accepted", "AcceptedWithConditions"),
    "Refused": ("Assigned", "Accepted", "AcceptedWithConditions", "Executing", "SupplementAsked"),
    "Partial": AT_WORK,
    "Fulfilled": AT_WORK,
    "SupplementAsked": AT_WORK,
    "Postponed": AT_WORK,
    "Confirmed": ("Fulfilled",),
}
"""What an answer makes of a request, and of which states."""


@dataclass
class Asked:
    """One request.

    Attributes:
        state: the last that somebody brought about.
        before: the one to which a request returns when its clock runs on.
        until: end of a postponement.
        stands_since: 0: the clock runs; what ended while it was Stale keeps it.
        late: whether it was assigned after its acknowledgement was due.
    """

    direct: bool
    urgent: bool
    receiver: int
    state: str = "Submitted"
    before: str = ""
    executor: int = 0
    acknowledge_by: int = 0
    answer_by: int = 0
    acknowledged_at: int = 0
    answered_at: int = 0
    accepted_at: int = 0
    ended_at: int = 0
    stands_since: int = 0
    until: int = 0
    supplements: int = 0
    postponed: int = 0
    sent_at: int = 0
    counted: bool = True
    late: bool = False

    # Time

    def status(self, at: int) -> str:
        """What it is at that time, not before the last act."""
        if self.state == "Submitted":
            return "OverdueAtHome" if at > self.acknowledge_by else "Submitted"
        if self.state == "SupplementAsked":
            return "Stale" if at > self.stands_since + SUPPLEMENT_WITHIN else self.state
        if self.state == "Postponed" and at < self.until:
            return self.state
        state = self.worked_state
        if state not in TIMED:
            return state
        if at > self.due(at):
            return "Overdue"
        return "OverdueReceipt" if state == "Sent" and at > self.acknowledge_by else state

    @property
    def worked_state(self) -> str:
        """A postponement hides no state."""
        return self.before if self.state == "Postponed" else self.state

    def due(self, at: int) -> int:
        """Until when the answer is due, seen from that time."""
        if not self.stands_since:
            return self.answer_by
        end = min(at, self.until) if self.until else at
        return self.answer_by + max(end - self.stands_since, 0)

    def told_due(self) -> int:
        """As the contract tells it: a postponement is counted on from its beginning."""
        return self.answer_by + (self.until - self.stands_since if self.until else 0)

    def run_on(self, at: int) -> None:
        """The clock runs again."""
        self.answer_by = self.due(at)
        lapsed = self.status(at) == "Stale"
        if self.stands_since:
            self.state = self.before
        self.before, self.until = "", 0
        self.stands_since = self.stands_since if lapsed else 0

    def send(self, at: int) -> None:
        """On its way to who is asked."""
        acknowledge, answer = RULES[self.urgent]
        self.state, self.sent_at = "Sent", at
        self.acknowledge_by, self.answer_by = at + acknowledge, at + answer

    def require(self, at: int, *states: str) -> None:
        if self.state not in states:
            raise Refused("AssistanceInStatus")

    # Answers

    def advance(self, to: str, at: int, until: int = 0) -> None:
        """An answer of the executor, or the asker's confirmation."""
        status = self.status(at)
        late = status == "Overdue" and to in ("SupplementAsked", "Postponed")
        detour = status == "SupplementAsked" and self.before == "Partial"
        if late or detour or self.worked_state not in NEXT[to]:
            raise Refused("AssistanceInStatus")
        self.run_on(at)
        if to in ("SupplementAsked", "Postponed"):
            self.before, self.stands_since, self.until = self.state, at, until
        if to in ("Partial", "Fulfilled", "Refused"):
            self.answered_at = at
        if to in ("Accepted", "AcceptedWithConditions"):
            self.accepted_at = at
        if to in ("Refused", "Withdrawn"):
            self.ended_at = at
        self.state = to

    def covers(self, at: int) -> bool:
        """Whether it covers what its executor collects at that time."""
        if not self.accepted_at or at < self.accepted_at:
            return False
        stands = self.stands_since and self.state != "Postponed"
        if stands and at > self.stands_since + SUPPLEMENT_WITHIN:
            return False
        if self.state in ("Refused", "Withdrawn"):
            return at < self.ended_at
        return self.state not in ("Fulfilled", "Confirmed") or at <= self.answered_at


@dataclass
class Requests:
    """All of one asker."""

    authorities: tuple[int, int]  # the asker's, the asked one's
    asked: dict[bytes, Asked] = field(default_factory=dict)

    def open_with(self, receiver: int, at: int) -> int:
        """How many the receiver has that have no end and were sent in this turn or the one before."""
        return sum(
            one.receiver == receiver and one.state in RUNNING and at // TURN - one.sent_at // TURN < 2
            for one in self.asked.values()
        )

    def arrive(self, one: Asked, at: int) -> None:
        one.counted = self.open_with(one.receiver, at) < MOST_COUNTED
        one.send(at)

    def ask(self, key: bytes, direct: bool, urgent: bool, receiver: int, at: int) -> None:
        if key in self.asked:
            raise Refused("AlreadyAsked")
        one = Asked(direct, urgent, receiver)
        if direct:
            self.arrive(one, at)
        else:
            one.acknowledge_by = at + (PASS_ON_URGENT if urgent else PASS_ON)
        self.asked[key] = one

    def pass_on(self, key: bytes, by: int, at: int) -> None:
        one = self.asked[key]
        if by != self.authorities[0]:
            raise Refused("NotTheAuthority")
        one.require(at, "Submitted")
        self.arrive(one, at)

    def decline(self, key: bytes, by: int, at: int) -> None:
        one = self.asked[key]
        if by != self.authorities[0]:
            raise Refused("NotTheAuthority")
        one.require(at, "Submitted")
        one.state = "NotPassedOn"

    def acknowledge(self, key: bytes, by: int, at: int) -> None:
        one = self.asked[key]
        if by != one.receiver:
            raise Refused("NotTheReceiver")
        one.require(at, "Sent")
        one.acknowledged_at, one.state = at, "Received"
        if one.direct:
            one.executor, one.state = by, "Assigned"

    def assign(self, key: bytes, by: int, executor: int, at: int) -> None:
        one = self.asked[key]
        if by != self.authorities[1]:
            raise Refused("NotTheAuthority")
        if one.direct:
            one.require(at, *(("Sent", "Assigned") if one.status(at).startswith("Overdue") else ()))
        else:
            one.require(at, "Received", "Assigned")
        one.acknowledged_at = one.acknowledged_at or at
        one.late = one.late or at > one.acknowledge_by
        one.executor, one.state = executor, "Assigned"

    def forward(self, key: bytes, by: int, to: int, at: int) -> None:
        one = self.asked[key]
        if by != one.receiver:
            raise Refused("NotTheReceiver")
        own = one.executor in (0, by)
        one.require(at, *(("Sent", "Assigned") if one.direct and own and at <= one.acknowledge_by else ()))
        if to == by:
            raise Refused("InvalidOrder")
        one.receiver = to
        if one.state == "Assigned":
            one.executor = to

    def supplement(self, key: bytes, at: int) -> None:
        one = self.asked[key]
        if one.status(at) != "SupplementAsked":
            raise Refused("AssistanceInStatus")
        one.run_on(at)

    def withdraw(self, key: bytes, at: int) -> None:
        one = self.asked[key]
        one.require(at, "Submitted", *RUNNING)
        one.run_on(at)
        one.state, one.ended_at = "Withdrawn", at

    def ask_supplement(self, key: bytes, by: int, at: int) -> None:
        one = self.executed(key, by)
        if one.supplements == 3:
            raise Refused("TooManySupplements")
        one.advance("SupplementAsked", at)
        one.supplements += 1

    def postpone(self, key: bytes, by: int, until: int, at: int) -> None:
        one = self.executed(key, by)
        if not at < until <= at + LONGEST - one.postponed:
            raise Refused("PostponedTooLong")
        one.advance("Postponed", at, until)
        one.postponed += until - at

    def answer(self, key: bytes, by: int, to: str, at: int) -> None:
        self.executed(key, by).advance(to, at)

    def executed(self, key: bytes, by: int) -> Asked:
        one = self.asked[key]
        if by != one.executor:
            raise Refused("NotTheExecutor")
        return one


MOMENTS: Final = (HOUR, DAY, 5 * DAY, 8 * DAY, 15 * DAY, 30 * DAY, 61 * DAY)
"""How much time passes between acts: past each of the deadlines now and then."""
