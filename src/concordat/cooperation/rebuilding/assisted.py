# SPDX-License-Identifier: Apache-2.0
"""Requests for assistance from the events of AssistanceRequests and AssistanceAnswers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from concordat.cooperation import states
from concordat.cooperation.agreementbook import Terms
from concordat.cooperation.assistance import ChainOrder
from concordat.cooperation.rebuilding.agreed import Agreements
from concordat.cooperation.rebuilding.ground import NO_AGENCY, Ground
from concordat.cooperation.states import DAY, AssistanceFlag, AssistanceStatus, Pause
from concordat.cooperation.words import LegalBasis, RequestKind
from concordat.ledger.protocol import Event
from concordat.membership.numbers import jurisdiction_of

HOUR: Final = 3600
MOST_COUNTED_OPEN: Final = 20
"""Beyond so many open ones between two, none makes anybody late."""
TURN: Final = 30 * DAY
"""What is open counts in the turn in which it was sent and in the next one."""
#: Seconds to acknowledge and to answer, then the same of what is urgent, where no agreement says otherwise.
DEFAULTS: Final = {
    LegalBasis.POLICE: (24 * HOUR, 72 * HOUR, 2 * HOUR, 8 * HOUR),
    LegalBasis.RECIPROCITY: (14 * DAY, 90 * DAY, DAY, 7 * DAY),
}
PASS_ON_WITHIN: Final = (7 * DAY, DAY)
"""Of the own central authority: otherwise, and what is urgent."""
_PLAIN: Final = AssistanceFlag(0)
_RUNS: Final = Pause()
_ENDS: Final = (AssistanceStatus.FULFILLED, AssistanceStatus.REFUSED)


@dataclass
class RebuiltAssistance:
    """A request as its events tell it; names as in the contract's struct, times in seconds since 1970 UTC."""

    order: ChainOrder
    asker: int
    receiver: int
    state: AssistanceStatus
    changed_at: int
    executor: int = NO_AGENCY
    flags: AssistanceFlag = _PLAIN
    sent_at: int = 0
    acknowledge_by: int = 0
    answer_by: int = 0
    paused_at: int = 0
    acknowledged_at: int = 0
    answered_at: int = 0
    ground: int = 0
    pause: Pause = _RUNS

    @property
    def direct(self) -> bool:
        """Whether it goes from agency to agency."""
        return self.order.kind.is_direct

    def values(self) -> dict[str, Any]:
        """As the contract's struct names them."""
        return {
            "from_": self.asker,
            "receiver": self.receiver,
            "executor": self.executor,
            "kind": int(self.order.kind),
            "state": int(self.state),
            "urgency": int(self.order.urgency),
            "flags": int(self.flags),
            "sentAt": self.sent_at,
            "acknowledgeBy": self.acknowledge_by,
            "answerBy": self.answer_by,
            "pausedAt": self.paused_at,
            "changedAt": self.changed_at,
            "acknowledgedAt": self.acknowledged_at,
            "answeredAt": self.answered_at,
            "ground": self.ground,
            "forum": self.order.forum,
            "methods": self.order.methods,
        }

    def enter(self, state: AssistanceStatus, now: int) -> None:
        """Write a state."""
        self.state, self.changed_at = state, now

    def stop(self, state: AssistanceStatus, now: int, until: int = 0) -> None:
        """Let the clock stand; of a postponement the deadline moves at once."""
        self.pause, self.paused_at = Pause(self.state, until), now
        if until:
            self.answer_by += until - now
        self.enter(state, now)

    def resume(self, now: int) -> None:
        """Let the clock run on; nothing where it runs."""
        if self.state is AssistanceStatus.SUPPLEMENT_ASKED:
            self.answer_by += now - self.paused_at
        elif self.state is not AssistanceStatus.POSTPONED:
            return
        elif now < self.pause.until:
            self.answer_by -= self.pause.until - now
        stale = states.status_at(self, now, self.pause) is AssistanceStatus.STALE
        self.state, self.pause = self.pause.before, Pause()
        self.paused_at = self.paused_at if stale else 0


@dataclass
class Assisted:
    """All requests by their ids."""

    ground: Ground
    agreements: Agreements
    requests: dict[bytes, RebuiltAssistance] = field(default_factory=dict)
    _open: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    _postponed: dict[bytes, int] = field(default_factory=dict)
    _answering: set[bytes] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Learn from an event of one of the two contracts."""
        if event.name == "Asked":
            self._asked(event)
            return
        found = self.requests[event.args["request"]]
        if event.contract == "AssistanceAnswers":
            self._noted(event, found)
        elif event.name == "StateChanged":
            self._changed(event, found)
        else:
            self._moved(event, found)

    def status_at(self, request: bytes, at: int) -> AssistanceStatus:
        """What a request is at a time."""
        found = self.requests[request]
        return states.status_at(found, at, found.pause)

    def _asked(self, event: Event) -> None:
        order, asker, now = ChainOrder.of(event.args["order"]), event.args["from"], event.time
        made = RebuiltAssistance(order, asker, self._receiver(order), AssistanceStatus.SUBMITTED, now)
        if made.direct:
            made.flags |= AssistanceFlag.DIRECT
        if order.presence:
            made.flags |= AssistanceFlag.PRESENCE_WISHED
        own = self.ground.authorities.get(jurisdiction_of(asker))
        if made.direct or own == asker:
            self._send(made, now)
        else:
            made.acknowledge_by = now + PASS_ON_WITHIN[order.urgency != 0]
        self.requests[event.args["request"]] = made

    def _receiver(self, order: ChainOrder) -> int:
        if not order.kind.is_direct:
            return self.ground.authorities.get(order.to, NO_AGENCY)
        return order.agency or self.ground.contact_point(order.to, order.kind, order.urgency != 0)

    def _send(self, found: RebuiltAssistance, now: int) -> None:
        acknowledge, answer = self._times(found.order)
        found.sent_at, found.acknowledge_by, found.answer_by = now, now + acknowledge, now + answer
        self._begin(found)
        found.enter(AssistanceStatus.SENT, now)

    def _times(self, order: ChainOrder) -> tuple[int, int]:
        thread = self.agreements.threads.get(order.agreement)
        concluded = thread is not None and thread.agreed_at
        times = self._agreed(order.agreement, order.kind) if concluded else DEFAULTS[order.basis]
        return (times[2], times[3]) if order.urgency else (times[0], times[1])

    def _agreed(self, thread: bytes, kind: RequestKind) -> tuple[int, int, int, int]:
        terms = self.agreements.threads[thread].terms_of(kind) or Terms(kind, 0, 0)
        return (
            terms.acknowledge_within,
            terms.answer_within,
            terms.acknowledge_urgent_within,
            terms.answer_urgent_within,
        )

    def _begin(self, found: RebuiltAssistance) -> None:
        turn = found.sent_at // TURN
        if (
            sum(self._open[found.asker, found.receiver, each] for each in (turn, turn - 1))
            >= MOST_COUNTED_OPEN
        ):
            found.flags |= AssistanceFlag.BEYOND_CAP
        self._open[self._place(found)] += 1

    def _close(self, found: RebuiltAssistance) -> None:
        self._open[self._place(found)] -= 1

    @staticmethod
    def _place(found: RebuiltAssistance) -> tuple[int, int, int]:
        return found.asker, found.receiver, found.sent_at // TURN

    def _moved(self, event: Event, found: RebuiltAssistance) -> None:
        args, now = event.args, event.time
        match event.name:
            case "PassedOn":
                found.receiver = args["receiver"]
                self._send(found, now)
            case "NotPassedOnBy":
                found.enter(AssistanceStatus.NOT_PASSED_ON, now)
            case "Acknowledged":
                found.acknowledged_at = now
                found.executor = args["receiver"] if found.direct else found.executor
                found.enter(AssistanceStatus.ASSIGNED if found.direct else AssistanceStatus.RECEIVED, now)
            case "AssignedTo":
                found.acknowledged_at = found.acknowledged_at or now
                if now > found.acknowledge_by:
                    found.flags |= AssistanceFlag.ASSIGNED_LATE
                found.executor = args["executor"]
                found.enter(AssistanceStatus.ASSIGNED, now)
            case "Forwarded":
                self._forwarded(found, args["to"])
            case "Supplemented":
                found.resume(now)
                found.changed_at = now
            case "RequestWithdrawn":
                if found.state is not AssistanceStatus.SUBMITTED:
                    self._close(found)
                found.resume(now)
                found.enter(AssistanceStatus.WITHDRAWN, now)

    def _forwarded(self, found: RebuiltAssistance, to: int) -> None:
        self._close(found)
        found.receiver = to
        self._open[self._place(found)] += 1
        found.flags |= AssistanceFlag.FORWARDED
        if found.state is AssistanceStatus.ASSIGNED:
            found.executor = to

    def _noted(self, event: Event, found: RebuiltAssistance) -> None:
        """What an answer says comes just before the state that follows from it."""
        request = event.args["request"]
        if event.name == "RequestAccepted" and event.args["presenceGranted"]:
            found.flags |= AssistanceFlag.PRESENCE_GRANTED
        elif event.name == "RequestPostponed":
            self._postponed[request] = event.args["until"]
        elif event.name in ("RequestAnswered", "RequestRefused"):
            self._answering.add(request)
            found.ground = event.args.get("ground", found.ground)

    def _changed(self, event: Event, found: RebuiltAssistance) -> None:
        request, state, now = event.args["request"], AssistanceStatus(event.args["state"]), event.time
        found.resume(now)
        if state is AssistanceStatus.SUPPLEMENT_ASKED:
            found.stop(state, now)
        elif state is AssistanceStatus.POSTPONED:
            found.stop(state, now, self._postponed.pop(request))
        else:
            found.enter(state, now)
        if request in self._answering:
            self._answering.remove(request)
            found.answered_at = now
            if state in _ENDS:
                self._close(found)
