# SPDX-License-Identifier: Apache-2.0
"""Objections, disposition and restitution in a life of freezes."""

from __future__ import annotations

from typing import Any

from brownie import web3
from eth_abi.abi import encode

from concordat.assets.returnstates import Method, PlanState
from concordat.assets.states import HoldFlag, Outcome
from concordat.assets.values.commitments import hold_id
from tests.contracts.assets.objectors import OBJECTION
from tests.contracts.assets.stage import SGD, USD
from tests.contracts.assets.victims import CLAIM_OBJECTION, PAYMENT_RECEIPT
from tests.contracts.suite import DAY, HOUR, ZERO32
from tests.stateful.freezeacts import PAPER, Acting
from tests.stateful.freezes import Key
from tests.stateful.twins import Signed


class Returning(Acting):
    """From the objection to the victim's receipt."""

    # Objections

    def object(self) -> None:
        key = self.pick(self.live(), list(self.keys))
        if self.rng.random() < 0.5:
            by = self.by("bank_objector")
            self.act(by, "Objections", "objectAsMember", *key, self.grounds(key), touched=[key])
            return
        self.act("stranger", "Objections", "objectTo", *self.signed(key), touched=[key])

    def signed(self, key: Key) -> tuple[Any, ...]:
        """By the key of the notice."""
        holder, grounds = self.account_holder(), self.grounds(key)
        deadline = self.twins.time + self.pick([HOUR], [-1, 2, 61])
        right = (*key, grounds, deadline)
        signature = Signed("Objections", OBJECTION, self.pick([right], [(*key, PAPER, deadline)]), holder)
        opener = self.pick([self.keys[key]], [ZERO32])
        return (key[0], opener, holder.address, grounds, deadline, signature)

    def grounds(self, key: Key) -> bytes:
        number = self.say("Objections", "objectionCount", hold_id(*key))
        heard = [self.say("Objections", "objectionOf", hold_id(*key), n + 1).grounds for n in range(number)]
        return bytes(self.pick([self.word("grounds")], [ZERO32, *heard]))

    def pending(self) -> list[Key]:
        return [key for key in self.keys if self.hold(key).flags & HoldFlag.OBJECTED]

    def review(self) -> None:
        key = self.pick(self.pending(), list(self.keys))
        held = self.hold(key).amount if self.status(key).holds else 0
        outcome = self.rng.choice(
            (Outcome.UPHELD, Outcome.UPHELD_IN_PART, Outcome.DISMISSED, Outcome.DISMISSED)
        )
        part = self.rng.randint(1, held - 1) if outcome is Outcome.UPHELD_IN_PART and held > 1 else 0
        released = self.pick([part], [0, 1, held])
        by = self.by(self.pick(["reviewer"], ["judge", "unit_reviewer"]))
        paper = self.pick([PAPER], [ZERO32])
        self.act(by, "Objections", "review", *key, int(outcome), released, paper, touched=[key])

    def record_review(self) -> None:
        key = self.pick(self.pending(), list(self.keys))
        number = self.pick([self.say("Objections", "objectionCount", hold_id(*key))], [0, 1, 2])
        self.act("stranger", "Objections", "recordOverdue", *key, number, touched=[key])

    # The court

    def propose(self) -> None:
        key = self.pick(self.live(), list(self.keys))
        paper = self.pick([PAPER], [ZERO32])
        self.act(self.by("prosecutor"), "Objections", "propose", *key, paper, touched=[key])

    def dispose(self) -> None:
        checked = [key for key in self.live() if self.hold(key).flags & HoldFlag.CHECKED]
        key = self.pick(checked or self.live(), list(self.keys))
        held = self.hold(key).amount
        to_return = self.rng.randint(held // 2, held)
        forfeited = self.rng.randint(0, max(0, held - to_return))
        split = self.pick([(to_return, forfeited), (held, 0)], [(0, 0), (0, held), (held, 1), (2**96 - 1, 2)])
        paper = self.pick([PAPER], [ZERO32])
        self.act(self.by("judge"), "Objections", "dispose", *key, *split, paper, touched=[key])

    # Plans

    def in_state(self, *states: PlanState) -> list[bytes]:
        return [plan for plan in self.plans if self.plan_of(plan).state in states]

    def free_sources(self) -> list[Key]:
        return [
            key
            for key in self.keys
            if self.say("Holds", "returnable", *key).amount
            and not any(self.say("Restitution", "planOfSource", _fields(key)))
        ]

    def open_plan(self) -> None:
        free = self.free_sources()
        first = self.pick(free, list(self.keys))
        at_home = self.at_home(first[0])
        alike = [key for key in free if key != first and self.at_home(key[0]) == at_home]
        keys = [first, *self.rng.sample(alike, min(len(alike), self.rng.choice((0, 1, 2))))]
        keys = self.pick([keys], [keys * 2, [], [first]])
        method = self.pick([Method.TRACING, Method.PRO_RATA], [0])
        notice = 30 * DAY + HOUR if method == Method.PRO_RATA else 3 * HOUR
        until = self.twins.time + self.pick([notice], [0, DAY])
        currency = self.pick([self.hold(first).currency], [SGD, USD])
        by = self.by("distributor" if at_home else self.pick(["unit_distributor"], ["my_distributor"]))
        sources = [(False, *key) for key in keys]
        word = self.pick([self.word("a plan")], [ZERO32])
        self.act(by, "Restitution", "open", word, currency, int(method), until, sources)

    def planner(self, plan: bytes) -> str:
        known = {"sg_police": "distributor", "sg_unit": "unit_distributor", "my_police": "my_distributor"}
        return known[self.name(self.plan_of(plan).agency)]

    def enter(self) -> None:
        plan = self.pick(self.in_state(PlanState.OPEN), self.plans)
        fresh = [self.word("a claim") for _ in range(2)]
        victims = self.claim_of(plan, self.commitment(plan))
        names = [*fresh, victims] if victims not in self.claims[plan] else fresh
        entries = []
        for name in names:
            amount = self.rng.randint(1, 400)
            traced = (
                self.rng.randint(0, min(amount, 20)) if self.plan_of(plan).method == Method.TRACING else 0
            )
            entries.append(
                (self.pick([name], [ZERO32, victims]), self.pick([amount], [0]), self.pick([traced], [1]))
            )
        if self.act(self.by(self.planner(plan)), "Restitution", "enter", plan, entries):
            self.claims[plan] += [entry[0] for entry in entries]

    def commitment(self, plan: bytes) -> bytes:
        return bytes(web3.keccak(plan))

    def claim_of(self, plan: bytes, commitment: bytes) -> bytes:
        victim = self.suite.actors["victim"].address
        return bytes(web3.keccak(encode(["bytes32", "address"], [commitment, victim])))

    def object_claim(self) -> None:
        plan = self.pick(self.in_state(PlanState.OPEN), self.plans)
        victim, word = self.suite.actors["victim"], self.commitment(plan)
        grounds, deadline = self.pick([self.word("why")], [ZERO32, PAPER]), self.twins.time + HOUR
        values = (plan, self.claim_of(plan, word), grounds, deadline)
        signature = Signed("Restitution", CLAIM_OBJECTION, values, victim)
        given = (plan, self.pick([word], [ZERO32]), victim.address, grounds, deadline, signature)
        self.act("stranger", "Restitution", "objectTo", *given)

    def decide_objection(self) -> None:
        plan = self.pick([each for each in self.plans if self.plan_of(each).objections], self.plans)
        claim = self.pick([self.claim_of(plan, self.commitment(plan))], [*self.claims[plan], PAPER])
        by = "my_reviewer" if self.planner(plan) == "my_distributor" else "reviewer"
        most = 20 if self.plan_of(plan).method == Method.TRACING else 300
        amount, paper = self.pick([self.rng.randint(1, most)], [0]), self.pick([PAPER], [ZERO32])
        self.act(self.by(by), "Restitution", "decideObjection", plan, claim, amount, paper)

    def decide(self) -> None:
        due = [
            plan
            for plan in self.in_state(PlanState.OPEN)
            if self.plan_of(plan).noticeUntil + 7 * DAY <= self.twins.time
        ]
        plan = self.pick(due, self.plans)
        if not due and plan in self.in_state(PlanState.OPEN) and self.claims[plan]:
            self.pass_to(self.plan_of(plan).noticeUntil + 7 * DAY + self.pick([0], [-1]))
        higher = {"distributor": "high_ratifier", "unit_distributor": "unit_ratifier"}
        by = self.pick([higher.get(self.planner(plan), "my_high_ratifier")], ["judge"])
        self.act(self.by(by), "Restitution", "decide", plan, self.pick([PAPER], [ZERO32]))

    def pay(self) -> None:
        plan = self.pick(self.in_state(PlanState.DECIDED), self.plans)
        number = self.rng.randrange(self.plan_of(plan).sources)
        source = self.say("Restitution", "sourceOf", plan, number)
        key = (source.first, source.second)
        most = self.say("Holds", "returnable", *key).amount
        payments = []
        for claim in self.claims[plan]:
            entered = self.say("Restitution", "claimOf", plan, claim)
            part = min(most, entered.share - entered.paid)
            if part > 0:
                amount = self.pick([part, part, self.rng.randint(1, part)], [part + 1, 0])
                payments.append((claim, amount, self.pick([PAPER], [ZERO32])))
                most -= amount
        payments = self.pick([payments], [[], payments[:1], [*payments, (PAPER, 1, PAPER)]])
        number = self.pick([number], [7])
        by = self.by(self.teller(key))
        self.act(by, "Restitution", "pay", plan, number, payments, touched=[key] if number < 7 else [])

    def confirm(self) -> None:
        plan = self.pick(self.in_state(PlanState.DECIDED, PlanState.CLOSED), self.plans)
        victim, word = self.suite.actors["victim"], self.commitment(plan)
        claim, deadline = self.claim_of(plan, word), self.twins.time + HOUR
        paid = self.say("Restitution", "claimOf", plan, claim).paid
        values = (plan, claim, self.pick([paid], [paid + 1]), deadline)
        signature = Signed("Restitution", PAYMENT_RECEIPT, values, victim)
        self.act("stranger", "Restitution", "confirm", plan, word, victim.address, deadline, signature)

    def confirm_on_paper(self) -> None:
        plan = self.pick(self.in_state(PlanState.DECIDED, PlanState.CLOSED), self.plans)
        paid = [one for one in self.claims[plan] if self.say("Restitution", "claimOf", plan, one).paid]
        claim, paper = self.pick(paid, [*self.claims[plan], PAPER]), self.pick([PAPER], [ZERO32])
        self.act(self.by(self.planner(plan)), "Restitution", "confirmByReceipt", plan, claim, paper)

    def close(self) -> None:
        paid = [plan for plan in self.plans if self.plan_of(plan).paid]
        plan = self.pick(paid, self.plans)
        self.act(self.by(self.planner(plan)), "Restitution", "close", plan)


def _fields(key: Key) -> dict[str, Any]:
    return {"isAsset": False, "first": key[0], "second": key[1]}
