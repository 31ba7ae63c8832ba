# SPDX-License-Identifier: Apache-2.0
"""Requests for assistance of one asker, by both ways, in and out of time: invariants A1 to A4.."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.contracts.clock import now
from tests.contracts.cooperation.assistance.acts import (
    ASSIGNED_LATE,
    BEYOND_CAP,
    DIRECT,
    FORMAL_DEFECT,
    FORWARDED,
    NUMBER,
    REFERENCE,
    STATUS,
    THEIR_SECRET,
    direct_order,
    order,
    request_id,
)
from tests.contracts.cooperation.assistance.conftest import suite
from tests.contracts.cooperation.stage import MESSAGE, PAPER, Kind
from tests.contracts.nodes import DONE
from tests.contracts.suite import DAY, HOUR, MY, ZERO32, Suite
from tests.stateful.assistance import LONGEST, MOMENTS, RUNNING, Asked, Requests
from tests.stateful.driver import HEAVY, SELDOM, Life, lead

__all__ = ["suite"]

ANSWERERS = ("my_answerer", "my_prosecution_answerer", "my_authority_answerer")
TRANSMITTERS = ("my_transmitter", "cn_transmitter", "sg_transmitter")
AGENCY_OF = {
    "my_answerer": "my_police",
    "my_prosecution_answerer": "my_prosecutor",
    "my_authority_answerer": "my_authority",
    "my_transmitter": "my_authority",
    "cn_transmitter": "cn_authority",
    "sg_transmitter": "sg_authority",
}
RECEIVERS = ("my_police", "my_prosecutor", "my_authority")
MOST = 4  # requests at a time, so that each gets far
EVERY = {
    *("ask", "passOn", "declineToPassOn", "acknowledge", "assign", "forward", "supplement", "withdraw"),
    *("accept", "askSupplement", "postpone", "begin", "refuse", "answer", "confirm"),
}
REASON = 1


class LifeOfAssistance(Life):
    """One asker in China; an authority, police and prosecution in Malaysia, and officers who err."""

    care = 0.85

    def begin(self) -> None:
        ids = self.suite.ids
        self.model = Requests((ids["cn_authority"], ids["my_authority"]))
        self.orders = 0

    def steps(self) -> Sequence[Callable[[], None]]:
        """Mostly what fits some request, each the likelier the oftener it is named; sometimes anything."""
        fitting = {
            self.pass_on: ("Submitted",) * 3,
            self.decline: ("Submitted",),
            self.acknowledge: ("Sent",) * 4,
            self.assign: ("Received",) * 4,
            self.forward: ("Sent", "Assigned"),
            self.supplement: ("SupplementAsked",) * 3,
            self.accept: ("Assigned",) * 4,
            self.begin_work: ("Accepted", "AcceptedWithConditions"),
            self.ask_supplement: ("Assigned", "Accepted", "Executing"),
            self.postpone: ("Assigned", "Accepted", "Executing", "Partial"),
            self.answer_in_part: ("Executing", "Partial"),
            self.answer: ("Executing", "Executing", "Partial"),
            self.refuse: ("Assigned",),
            self.withdraw: ("Sent",),
            self.confirm: ("Fulfilled",) * 3,
        }
        present = {one.worked_state for one in self.model.asked.values()}
        likely = [act for act, states in fitting.items() for state in states if state in present]
        any_act = tuple(fitting) if self.rng.random() < 0.2 else ()
        return (self.ask, self.ask, self.time_passes, *likely, *any_act)

    # The asker's side

    def ask(self) -> None:
        open_now = (*RUNNING, "Submitted")
        alive = sum(one.state in open_now for one in self.model.asked.values())
        if alive >= MOST and self.rng.random() < 0.8:
            return
        again = self.orders and self.rng.random() < 0.05
        self.orders += 0 if again else 1
        direct, urgent = self.rng.random() < 0.5, self.rng.random() < 0.3
        receiver = self.suite.ids[self.rng.choice(RECEIVERS[:2]) if direct else "my_authority"]
        given = self._order(f"order {self.orders}", direct, urgent, receiver)
        key = request_id(self.suite.ids["cn_police"], given)
        self.attempt(
            self.suite.cn_asker,
            self.suite.assistance.ask,
            (given,),
            lambda at: self.model.ask(key, direct, urgent, receiver, at),
        )

    def _order(self, name: str, direct: bool, urgent: bool, receiver: int) -> tuple[Any, ...]:
        """Under a promise of reciprocity, which carries every kind."""
        changes = {"urgency": 1 if urgent else 0, "methods": 1 << 2}
        if not direct:
            return order(name, **changes)
        promise = {"kind": Kind.DATA_EXCHANGE, "basis": 3, "agreement": PAPER, "agency": receiver}
        return direct_order(self.suite, name, **(changes | promise))

    def pass_on(self) -> None:
        key, by = self.request("Submitted"), self.one_of(TRANSMITTERS, "cn_transmitter")
        self.act(by, "assistance", "passOn", key, (MESSAGE,), self.model.pass_on)

    def decline(self) -> None:
        key, by = self.request("Submitted"), self.one_of(TRANSMITTERS, "cn_transmitter")
        self.act(by, "assistance", "declineToPassOn", key, (REASON,), self.model.decline)

    def supplement(self) -> None:
        key = self.request("SupplementAsked")
        self.by_asker("assistance", "supplement", key, (MESSAGE,), self.model.supplement)

    def withdraw(self) -> None:
        key = self.request(*RUNNING)
        self.by_asker("assistance", "withdraw", key, (REASON,), self.model.withdraw)

    def confirm(self) -> None:
        key = self.request("Fulfilled")
        self.by_asker(
            "answers", "confirm", key, (), lambda key, at: self.model.asked[key].advance("Confirmed", at)
        )

    # The side that is asked

    def acknowledge(self) -> None:
        key = self.request("Sent")
        by = self.one_of(ANSWERERS, self.officer_of(key, "receiver"))
        self.act(by, "assistance", "acknowledge", key, (THEIR_SECRET,), self.model.acknowledge)

    def assign(self) -> None:
        key, by = self.request("Received"), self.one_of(TRANSMITTERS, "my_transmitter")
        executor = self.suite.ids[self.rng.choice(RECEIVERS)]
        self.act(
            by,
            "assistance",
            "assign",
            key,
            (executor, MESSAGE),
            lambda key, by, at: self.model.assign(key, by, executor, at),
        )

    def forward(self) -> None:
        key, to = self.request("Sent", "Assigned"), self.suite.ids[self.rng.choice(RECEIVERS[:2])]
        by = self.one_of(ANSWERERS, self.officer_of(key, "receiver"))
        self.act(
            by,
            "assistance",
            "forward",
            key,
            (to, MESSAGE),
            lambda key, by, at: self.model.forward(key, by, to, at),
        )

    def accept(self) -> None:
        conditions = self.rng.choice((ZERO32, PAPER))
        to = "Accepted" if conditions == ZERO32 else "AcceptedWithConditions"
        self.by_executor("accept", to, (conditions, False), "Assigned")

    def begin_work(self) -> None:
        self.by_executor("begin", "Executing", (), "Accepted", "AcceptedWithConditions")

    def refuse(self) -> None:
        self.by_executor("refuse", "Refused", (FORMAL_DEFECT, MESSAGE), "Assigned", "Executing")

    def answer_in_part(self) -> None:
        self.by_executor("answer", "Partial", (False, 0, REFERENCE, MESSAGE), "Executing", "Partial")

    def answer(self) -> None:
        self.by_executor("answer", "Fulfilled", (True, 0, REFERENCE, MESSAGE), "Executing", "Partial")

    def ask_supplement(self) -> None:
        key = self.request("Assigned", "Accepted", "Executing")
        by = self.one_of(ANSWERERS, self.officer_of(key, "executor"))
        self.act(by, "answers", "askSupplement", key, (MESSAGE,), self.model.ask_supplement)

    def postpone(self) -> None:
        key = self.request("Assigned", "Accepted", "Executing", "Partial", "Postponed")
        by = self.one_of(ANSWERERS, self.officer_of(key, "executor"))
        until = now() + self.rng.choice((0, HOUR, 5 * DAY, 40 * DAY, 90 * DAY, LONGEST + DAY))
        self.act(
            by,
            "answers",
            "postpone",
            key,
            (until, REASON, MESSAGE),
            lambda key, by, at: self.model.postpone(key, by, until, at),
        )

    def time_passes(self) -> None:
        self.pass_time(self.rng.choice(MOMENTS))

    # Invariants

    def check(self) -> None:
        for key, one in self.model.asked.items():
            self.contract_says_what_the_model_says(key, one)
        for name in RECEIVERS:
            receiver = self.suite.ids[name]
            found = self.suite.assistance.openBetween(self.suite.ids["cn_police"], receiver)
            assert found == self.model.open_with(receiver, now()), f"open with {name}"

    def contract_says_what_the_model_says(self, key: bytes, one: Asked) -> None:
        """A1 to A3: the record, the status now and later, what is covered."""
        told, at = self.suite.assistance.requestOf(key), now() + self.rng.choice((0, 1, *MOMENTS))
        expected = (
            one.receiver,
            one.executor,
            NUMBER[one.state],
            one.acknowledge_by,
            one.told_due(),
            one.stands_since,
            one.acknowledged_at,
            one.answered_at,
        )
        found = tuple(told[field] for field in (1, 2, 4, 8, 9, 10, 12, 13))
        assert found == expected, f"{one} is told as {found}"
        assert bool(told[6] & BEYOND_CAP) != one.counted
        assert bool(told[6] & ASSIGNED_LATE) == one.late
        assert bool(told[6] & DIRECT) == one.direct
        assert one.direct or not told[6] & FORWARDED
        status = STATUS[self.suite.assistance.statusAt(key, at)]
        assert status == one.status(at), f"{one} at {at} is {status}"
        covered = self.suite.mandates.covers(key, one.executor, MY, MY, at, 2)
        assert covered == one.covers(at), f"{one} at {at}"

    # Helpers

    def by_executor(self, function: str, to: str, given: tuple[Any, ...], *states: str) -> None:
        key = self.request(*states)
        by = self.one_of(ANSWERERS, self.officer_of(key, "executor"))
        self.act(by, "answers", function, key, given, lambda key, by, at: self.model.answer(key, by, to, at))

    def by_asker(
        self,
        module: str,
        function: str,
        key: bytes | None,
        given: tuple[Any, ...],
        expect: Callable[[bytes, int], None],
    ) -> None:
        if key is None:
            return
        called = getattr(self.suite.modules[module], function)
        self.attempt(self.suite.cn_asker, called, (key, *given), lambda at: expect(key, at))

    def act(
        self,
        officer: str,
        module: str,
        function: str,
        key: bytes | None,
        given: tuple[Any, ...],
        expect: Callable[[bytes, int, int], None],
    ) -> None:
        if key is None:
            return
        called, agency = getattr(self.suite.modules[module], function), self.suite.ids[AGENCY_OF[officer]]
        by = self.suite.actors[officer]
        self.attempt(by, called, (key, *given), lambda at: expect(key, agency, at))

    def request(self, *states: str) -> bytes | None:
        """Mostly one in such a state; sometimes any; None where there is none at all."""
        fitting = [key for key, one in self.model.asked.items() if one.worked_state in states]
        if fitting and self.rng.random() < self.care:
            return self.rng.choice(fitting)
        return self.rng.choice(list(self.model.asked)) if self.model.asked else None

    def officer_of(self, key: bytes | None, role: str) -> str | None:
        agency = getattr(self.model.asked[key], role) if key else 0
        return next((name for name in ANSWERERS if self.suite.ids[AGENCY_OF[name]] == agency), None)


def test_life_of_assistance(suite: Suite) -> None:
    outcomes = lead(LifeOfAssistance, suite, runs=6, steps=60)
    done = {what for what, answer in outcomes if answer == DONE}
    assert len(EVERY - done) <= SELDOM, f"never came to pass: {EVERY - done}"
    assert len({answer for _, answer in outcomes}) > (6 if HEAVY else 5)
