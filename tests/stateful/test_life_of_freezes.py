# SPDX-License-Identifier: Apache-2.0
"""Asked for, ratified, endorsed, answered, queued, continued, objected to, disposed of, returned.

Invariants F1 to F8 of README.md; the transitions are those of docs/states.md and no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from concordat.assets.returnstates import PlanState
from concordat.assets.states import HoldFlag, HoldStatus, RequestFlag, RequestStatus
from concordat.assets.values.commitments import hold_id
from concordat.assets.words import AnswerKind
from tests.contracts.assets.stage import (
    FREEZE,
    JEWELLERY,
    OFFICERS,
    PRECIOUS_METAL,
    RETURN_BEFORE_JUDGMENT,
    SECURITIES,
    SEIZE,
    STOP,
    Profile,
    adopt_profiles,
    set_stage,
)
from tests.contracts.nodes import node
from tests.contracts.suite import DAY, HOUR, JUDGE, RATIFY, RATIFY_HIGH, SG, ZERO32, Suite
from tests.stateful.driver import HEAVY
from tests.stateful.freezeacts import AWAITED, OVER, PAPER, PENDING
from tests.stateful.freezedraws import JUMPS, NothingThere
from tests.stateful.freezeplots import Plotted
from tests.stateful.freezes import (
    HOLD_ACTS,
    HOLDING,
    REQUEST_ACTS,
    Key,
    allowed,
    beyond_the_law,
    must_be_over,
    name_of,
    untried,
)
from tests.stateful.manycalls import Question
from tests.stateful.twins import DONE, Twins

RUNS, STEPS, LED, LATER = 5, 64, 0.7, 2
TABLES = {
    "request": "A freeze request",
    "hold": "A hold",
    "objection": "An objection",
    "plan": "A plan of restitution",
}
"""What is told of in docs/states.md, and under which heading."""
TOLD = {
    *(("Open", "answer", "Waiting"), ("Waiting", "release", "Turn"), ("Turn", "answer", "Held")),
    *(("Held", "check", "Continued"), ("Held", "dispose", "Disposed"), ("Disposed", "payOut", "Disposed")),
}
"""A queue, a turn, a continuation, a disposition and a restitution: in every run."""
EVERY = {
    *("request", "holdOwn", *REQUEST_ACTS, *HOLD_ACTS, "recordOverdue"),
    *("open", "enter", "decideObjection", "decide", "pay", "confirm", "confirmByReceipt", "close"),
}


class LifeOfFreezes(Plotted):
    """Agencies of two countries, two institutions, profiles with short periods."""

    def steps(self) -> Sequence[Callable[[], None]]:
        """The likelier the more there is to do."""
        if len(self.keys) < 4:
            return (self.request, self.hold_own, self.request)
        pending = [each for each in self.asked(*PENDING) if not self.request_of(each).ratifiedAt]
        objected, lapsed = self.pending(), self.of(*OVER, where=lambda hold: not hold.flags & 128)
        menu: list[tuple[Callable[[], None], int]] = [
            (self.request, 3 if len(self.keys) < 16 else 1),
            (self.hold_own, 1),
            (self.ratify, 6 if pending else 0),
            (self.endorse, 6 if self.asked(RequestStatus.AWAITING_ENDORSEMENT) else 0),
            (self.decline, 1 if self.asked(RequestStatus.AWAITING_ENDORSEMENT) else 0),
            (self.withdraw, 2),
            (self.record_request, 2 if self.asked(RequestStatus.LAPSED) else 0),
            (self.answer, 9 if self.of(*AWAITED) else 1),
            (self.correct, 2 if self.unchecked() else 0),
            (self.take_turn, 12 if self.of(HoldStatus.TURN) else 0),
            (self.check_answers, 12 if self.unchecked() else 0),
            (self.credit, 1 if self.live() else 0),
            (self.confirm_release, 1),
            (self.send_again, 2 if self.of(HoldStatus.UNREADABLE) else 0),
            (self.renew, 2 if self.live() else 0),
            (self.release, 2 if self.live() else 0),
            (self.record_hold, 2 if lapsed else 0),
            (self.object, 2 if self.live() else 0),
            (self.review, 5 if objected else 0),
            (self.record_review, 1 if objected else 0),
            (self.propose, 1 if self.live() else 0),
            (self.dispose, 3 if self.live() else 0),
            (self.time_passes, 7),
            *self.of_plans(),
        ]
        return [step for step, weight in menu for _ in range(weight)]

    def wander(self) -> None:
        with suppress(NothingThere):
            self.rng.choice(self.steps())()

    def of_plans(self) -> list[tuple[Callable[[], None], int]]:
        opened = self.in_state(PlanState.OPEN)
        ready = [plan for plan in opened if self.claims[plan]]
        menu = [(self.open_plan, 5 if self.free_sources() else 0)]
        if self.plans:
            decided = self.in_state(PlanState.DECIDED)
            objections = any(self.plan_of(plan).objections for plan in self.plans)
            menu += [
                (self.enter, 4 if len(ready) < len(opened) else 0),
                (self.object_claim, 2 if ready else 0),
                (self.decide_objection, 5 if objections else 0),
                (self.decide, 3 if ready else 0),
                (self.pay, 6 if decided else 0),
                (self.confirm, 2 if decided else 0),
                (self.confirm_on_paper, 2 if decided else 0),
                (self.close, 2 if any(self.plan_of(plan).paid for plan in decided) else 0),
            ]
        return menu

    # Invariants

    def check(self) -> None:
        """Of what was touched, and of another; with HEAVY=1 of everything."""
        self.probe()
        some = self.rng.sample(list(self.keys), min(1, len(self.keys)))
        self.compare(list(self.keys if HEAVY else dict.fromkeys([*self.newest[:4], *some])), LATER)

    def compare(self, keys: Sequence[Key], later: int) -> None:
        """F1 to F7, now and at some of the seconds when time may change something."""
        requests = list(dict.fromkeys(key[0] for key in keys))
        self.moments = {key: self.some_moments(key, later) for key in keys}
        questions = [question for key in keys for question in self.questions(key, self.moments[key])]
        questions += [
            Question("FreezeRequests", "statusAt", (request, self.twins.time + self.rng.choice(JUMPS)))
            for request in requests
        ]
        questions += [Question("FreezeRequests", "requestOf", (request,)) for request in requests]
        for plan in self.plans[-1:]:
            questions.append(Question("Restitution", "planOf", (plan,)))
            questions += [Question("Restitution", "claimOf", (plan, one)) for one in self.claims[plan][-3:]]
        answers = dict(zip(questions, self.twins.compare(questions), strict=True))
        for key in keys:
            self.money_adds_up(key, answers)
            self.ends_are_kept(key, answers)
        self.payments_add_up()

    def some_moments(self, key: Key, later: int) -> list[int]:
        present, points = self.twins.time, self.points(key)
        chosen = points if HEAVY else self.rng.sample(points, min(later, len(points)))
        return sorted([present, *chosen])

    def payments_add_up(self) -> None:
        paid = 0
        for plan in self.plans:
            found = self.plan_of(plan)
            of_claims = sum(self.say("Restitution", "claimOf", plan, one).paid for one in self.claims[plan])
            assert of_claims == found.paid <= found.total, "F6: no more is paid than was shared out"
            paid += found.paid
        assert paid == sum(money.returned for money in self.purse.money.values()), (
            "F7: what left a hold was paid"
        )

    def money_adds_up(self, key: Key, answers: dict[Question, Any]) -> None:
        left = None
        for at in self.moments[key]:
            status = HoldStatus(answers[Question("Holds", "statusAt", (*key, at))])
            balance = answers[Question("Holds", "balanceAt", (*key, at))]
            assert tuple(balance) == self.purse.expect(hold_id(*key), status), f"F2: {_short(key)} at {at}"
            assert balance.held == sum(balance[1:]), "F2"
            assert left is None or balance.remaining <= left, "F3: time takes, it never gives"
            left = balance.remaining

    def ends_are_kept(self, key: Key, answers: dict[Question, Any]) -> None:
        hold, link = (answers[Question("Holds", name, (hold_id(*key),))] for name in ("holdOf", "linkOf"))
        request, profile = self.request_of(key[0]), self.profile(key[0])
        assert link.waiting <= 8, "F5: at most eight wait"
        for at in self.moments[key]:
            status = HoldStatus(answers[Question("Holds", "statusAt", (*key, at))])
            if status in HOLDING:
                assert not must_be_over(hold, request, profile, at), f"F4: {_short(key)} is held at {at}"
                assert not beyond_the_law(hold, link, request, profile), f"F4: {_short(key)}"

    # What is not allowed

    def probe(self) -> None:
        """F8: whoever may do it tries what nobody tried yet in such a status."""
        for key in self.keys:
            status = name_of(self.status(key, self.twins.time))
            fresh = [act for act in HOLD_ACTS if (status, act) not in self.tried["hold"]]
            for act in fresh:
                self.tries("hold", status, act, *self.attempt_of(key, act))
        for request in self.requests:
            status = name_of(self.request_status(request, self.twins.time))
            for act in REQUEST_ACTS:
                if (status, act) not in self.tried["request"]:
                    by, arguments = self.attempt_of_request(request, act)
                    self.tries("request", status, act, by, "FreezeRequests", arguments)

    def tries(self, what: str, status: str, act: str, by: str, contract: str, arguments: Any) -> None:
        found = self.twins.probe(self.suite.actors[by], contract, act, arguments)
        self.tried[what].add((status, act))
        if found == DONE:
            self.could[what].add((status, act))

    def attempt_of(self, key: Key, act: str) -> tuple[str, str, tuple[Any, ...]]:
        """By whom, and how it would be right if the status let it."""
        hold = self.hold(key)
        kind = self.rng.choice((AnswerKind.NOT_FOUND, AnswerKind.HELD))
        whole = hold.flags & HoldFlag.WHOLE and kind is AnswerKind.HELD
        amount = (5 if whole else hold.amount) if kind is AnswerKind.HELD else 0
        said = (*key, int(kind), amount, 0, ZERO32, ZERO32, ZERO32)
        teller, court = self.teller(key), self.by_court(key)
        ways: dict[str, tuple[str, str, tuple[Any, ...]]] = {
            "answer": (teller, "Holds", ([said],)),
            "check": (self.checker(key), "Holds", ([self.seen(key)],)),
            "credit": (teller, "Holds", (*key, 5)),
            "confirmRelease": (teller, "Holds", key),
            "sendAgain": (self.starter(key[0]), "Holds", (*key, PAPER, 1)),
            "renew": (self.renewer(key), "Holds", (*key, HOUR, PAPER)),
            "release": (self.releaser(key[0], court), "Holds", (*key, max(1, hold.amount), 2)),
            "recordLapse": ("stranger", "Holds", key),
            "objectTo": ("stranger", "Objections", self.signed(key)),
            "objectAsMember": ("bank_objector", "Objections", (*key, self.word("grounds"))),
            "review": ("reviewer", "Objections", (*key, 3, 0, PAPER)),
            "propose": ("prosecutor", "Objections", (*key, PAPER)),
            "dispose": ("judge", "Objections", (*key, hold.amount, 0, PAPER)),
        }
        return ways[act]

    def attempt_of_request(self, request: bytes, act: str) -> tuple[str, tuple[Any, ...]]:
        court = bool(self.request_of(request).flags & RequestFlag.BY_COURT)
        ways: dict[str, tuple[str, tuple[Any, ...]]] = {
            "ratify": (self.ratifier(request), (request,)),
            "endorse": ("endorser", (request,)),
            "decline": ("endorser", (request, 1)),
            "withdraw": (self.releaser(request, court), (request, 1)),
            "recordLapse": ("stranger", (request,)),
        }
        return ways[act]


def set_freezing(suite: Suite) -> Twins:
    """Everybody in office on both sides, with profiles that come to their ends within a life."""
    for person in ("account holder", "victim", "stranger"):
        suite.actor(person)
    set_stage(suite)
    twins = Twins(suite, [officer for _, officer, _ in OFFICERS])
    endorser = suite.ids["sg_unit"]
    short = Profile(longest=30 * DAY, total=60 * DAY, renewals=2, endorser=endorser)
    early = Profile(longest=40 * DAY, total=0, renewals=255, flags=RETURN_BEFORE_JUDGMENT, endorser=endorser)
    stop = Profile(
        longest=3 * DAY,
        total=6 * DAY,
        ratify_within=DAY,
        reply_within=HOUR,
        check_within=HOUR,
        renewals=1,
        stops=3,
        ratifiers=RATIFY | RATIFY_HIGH | JUDGE,
        endorser=endorser,
        turn_within=HOUR,
        own_hold=3 * DAY,
        own_total=5 * DAY,
    )
    profiles = (
        (STOP, SECURITIES, stop),
        (FREEZE, SECURITIES, short),
        (FREEZE, PRECIOUS_METAL, early),
        (SEIZE, JEWELLERY, Profile(longest=30 * DAY, total=60 * DAY)),
    )
    adopt_profiles(suite, "sg_authority", SG, *profiles)
    adoptions = [(measure, kind, profile.struct()) for measure, kind, profile in profiles]
    authority = suite.sg_authority.address
    twins.double.execute(authority, "FreezeProfiles", "adopt", (SG, b"\x05" * 32, adoptions))
    keys = [SG << 8 | measure << 4 | kind for measure, kind, _ in profiles]
    twins.compare([Question("FreezeProfiles", "profileAt", (key, 1)) for key in keys])
    twins.pass_to(twins.time + HOUR)
    return twins


def lead(suite: Suite, runs: int, steps: int) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """So many lives of so many steps, each from the stage as it was set."""
    outcomes: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    stage = node().request("evm_snapshot")
    for seed in range(runs):
        node().request("evm_revert", stage)
        stage = node().request("evm_snapshot")
        life = LifeOfFreezes(suite, seed, outcomes)
        plot = seed % len(life.plots())
        life.plot = list(life.plots()[plot])
        try:
            for _ in range(steps):
                if life.rng.random() < LED:
                    life.follow(plot)
                else:
                    life.wander()
                life.check()
            life.compare(list(life.keys), LATER)
        except AssertionError as error:
            story = "\n".join(life.told)
            raise AssertionError(f"Life {seed} went wrong: {error}\n{story}") from error
        seen += life.done
    return outcomes, seen


def test_life_of_freezes(suite: Suite) -> None:
    LifeOfFreezes.stage = set_freezing(suite)
    LifeOfFreezes.moved = {what: set() for what in TABLES}
    LifeOfFreezes.tried = {what: set() for what in TABLES}
    LifeOfFreezes.could = {what: set() for what in TABLES}
    outcomes, seen = lead(suite, RUNS * (10 if HEAVY else 1), STEPS * (2 if HEAVY else 1))
    for what, heading in TABLES.items():
        table, moved, could = allowed(heading), LifeOfFreezes.moved[what], LifeOfFreezes.could[what]
        assert table >= moved, f"a step that docs/states.md does not know: {moved - table}"
        assert {step[:2] for step in table} >= could, f"F8: {could - {step[:2] for step in table}}"
    for what, kind, acts in (("hold", HoldStatus, HOLD_ACTS), ("request", RequestStatus, REQUEST_ACTS)):
        statuses = [name_of(status) for status in kind if status]
        left = untried(LifeOfFreezes.tried[what], TABLES[what], statuses, acts)
        assert not left, f"nobody tried {left}"
    assert not EVERY - set(seen), f"never came to pass: {EVERY - set(seen)}"
    assert LifeOfFreezes.moved["hold"] >= TOLD, f"never came to pass: {TOLD - LifeOfFreezes.moved['hold']}"
    assert 2 * seen.total() > sum(outcomes.values()), "most acts are refused: nothing much happens"
    assert len({answer for _, answer in outcomes}) > (30 if HEAVY else 15)


def _short(key: Key) -> str:
    return f"{key[0].hex()[:8]}/{key[1].hex()[:8]}"
