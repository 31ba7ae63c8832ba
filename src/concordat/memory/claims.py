# SPDX-License-Identifier: Apache-2.0
"""The victims' side of Restitution in memory: plans and claims as written, objections, confirmations."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordat.assets.life import NEVER, share
from concordat.assets.returnstates import Method, PlanState
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import COURT, Contract, fields, hashed
from concordat.memory.assetstructs import NOTHING, Claim, Plan
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

OBJECTION = {"ClaimObjection": fields("bytes32 plan,bytes32 claim,bytes32 grounds,uint40 deadline")}
OBJECTIONS_SECONDS = 7 * 86_400
"""How long after the notice victims object to how their claims were entered."""
RECEIPT = {"PaymentReceipt": fields("bytes32 plan,bytes32 claim,uint96 amount,uint40 deadline")}


class Claims(Contract):
    """Plans, and the claims entered in them."""

    NAME = "Restitution"

    def __init__(self, world: World, tables: Tables, agencies: AgencyRegistry) -> None:
        super().__init__(world, tables, agencies)
        self._plans = self.table()
        self._claims = self.table()
        self._heard = self.table()

    def enter(self, plan: bytes, claims: Sequence[Mapping[str, Any]]) -> None:
        """Enter claims while the notice runs."""
        self.require_planner(plan)
        found = self.in_state(plan, PlanState.OPEN)
        if self.now > found.noticeUntil:
            refuse("NoticeOver", noticeUntil=found.noticeUntil)
        if not claims:
            refuse("NoClaims")
        for each in claims:
            self._enter(plan, each["claim"], each["amount"], each["traced"])

    def objectTo(
        self, plan: bytes, claimCommitment: bytes, key: str, grounds: bytes, deadline: int, signature: bytes
    ) -> None:
        """A victim objects to how the claim was entered."""
        found = self.in_state(plan, PlanState.OPEN)
        if self.now > objections_until(found):
            refuse("NoticeOver", noticeUntil=objections_until(found))
        claim = self._opened(plan, claimCommitment, key)
        if not any(grounds):
            refuse("EmptyGrounds")
        signed = {"plan": plan, "claim": claim, "grounds": grounds, "deadline": deadline}
        self.require_signed(OBJECTION, signed, key, signature)
        heard = (plan, claim, grounds, deadline)
        if self.claim(plan, claim).objected or heard in self._heard:
            refuse("AlreadyObjected", claim=claim)
        self._heard[heard] = True
        self._change_claim(plan, claim, objected=True)
        self.change(plan, objections=found.objections + 1)
        self.emit("ClaimObjected", plan=plan, claim=claim, grounds=grounds)

    def decideObjection(self, plan: bytes, claim: bytes, amount: int, decision: bytes) -> None:
        """Decide an objection to a claim."""
        found = self.in_state(plan, PlanState.OPEN)
        self._require_arbiter(found.agency)
        was = self.need_claim(plan, claim)
        if not was.objected:
            refuse("NoObjection", claim=claim)
        if not any(decision):
            refuse("EmptyDecision")
        if found.method == Method.PRO_RATA:
            if not amount:
                refuse("EmptyClaim")
            now, traced = amount, 0
        else:
            now, traced = max(was.amount, amount), amount
        self._change_claim(plan, claim, amount=now, share=traced, objected=False)
        self.change(
            plan,
            objections=found.objections - 1,
            claimed=found.claimed + now - was.amount,
            shares=found.shares + traced - was.share,
        )
        self.emit(
            "ClaimObjectionDecided",
            plan=plan,
            claim=claim,
            officer=self.caller,
            amount=amount,
            decision=decision,
        )

    def confirm(self, plan: bytes, claimCommitment: bytes, key: str, deadline: int, signature: bytes) -> None:
        """The victim has the money, by the claim's own key."""
        claim = self._opened(plan, claimCommitment, key)
        found = self.claim(plan, claim)
        if not found.paid:
            refuse("NotPaid", claim=claim)
        if found.byVictim:
            refuse("AlreadyConfirmed", claim=claim)
        signed = {"plan": plan, "claim": claim, "amount": found.paid, "deadline": deadline}
        self.require_signed(RECEIPT, signed, key, signature)
        self._confirmed(plan, claim, True, NOTHING)

    def confirmByReceipt(self, plan: bytes, claim: bytes, receipt: bytes) -> None:
        """The same by a receipt on paper."""
        self.require_planner(plan)
        found = self.need_claim(plan, claim)
        if not found.paid:
            refuse("NotPaid", claim=claim)
        if found.confirmedAt:
            refuse("AlreadyConfirmed", claim=claim)
        if not any(receipt):
            refuse("EmptyDecision")
        self._confirmed(plan, claim, False, receipt)

    # Questions

    def planOf(self, plan: bytes) -> Plan:
        """A plan; all zero if there is none."""
        found: Plan = self._plans.get(plan, Plan())
        return found

    def claimOf(self, plan: bytes, claim: bytes) -> Claim:
        """A claim with its share; all zero if there is none."""
        return self.claim(plan, claim)._replace(share=self.shareOf(plan, claim))

    def shareOf(self, plan: bytes, claim: bytes) -> int:
        """What the claim gets."""
        found, entered = self.planOf(plan), self.claim(plan, claim)
        if found.method == Method.PRO_RATA:
            return share(found.total, entered.amount, found.claimed)
        return entered.share

    # For the plans

    def claim(self, plan: bytes, claim: bytes) -> Claim:
        """A claim as entered."""
        found: Claim = self._claims.get((plan, claim), Claim())
        return found

    def need_claim(self, plan: bytes, claim: bytes) -> Claim:
        """A claim, which must exist."""
        if (plan, claim) not in self._claims:
            refuse("NoSuchClaim", claim=claim)
        return self.claim(plan, claim)

    def need(self, plan: bytes) -> Plan:
        """A plan, which must exist."""
        if plan not in self._plans:
            refuse("NoSuchPlan", plan=plan)
        return self.planOf(plan)

    def in_state(self, plan: bytes, *wanted: PlanState) -> Plan:
        """A plan that stands so."""
        found = self.need(plan)
        if found.state not in wanted:
            refuse("PlanInState", plan=plan, state=found.state)
        return found

    def require_planner(self, plan: bytes) -> None:
        """The caller distributes for the plan's agency."""
        agency, theirs = self.need(plan).agency, self.officer(Power.DISTRIBUTE)
        if theirs != agency:
            refuse("NotThePlanner", theirs=theirs, agency=agency)

    def change(self, plan: bytes, **values: Any) -> None:
        """Write parts of a plan."""
        self._plans[plan] = self.planOf(plan)._replace(**values)

    def paid(self, plan: bytes, claim: bytes, amount: int) -> None:
        """Something was paid, which is to be confirmed anew."""
        found = self.need_claim(plan, claim)
        self._change_claim(
            plan, claim, paid=found.paid + amount, paidAt=self.now, confirmedAt=0, byVictim=False
        )
        self.change(plan, paid=self.planOf(plan).paid + amount)

    # Within

    def _enter(self, plan: bytes, claim: bytes, amount: int, traced: int) -> None:
        found = self.planOf(plan)
        if not any(claim) or not amount:
            refuse("EmptyClaim")
        if traced > (amount if found.method == Method.TRACING else 0):
            refuse("TracedMisstated", claim=claim)
        if (plan, claim) in self._claims:
            refuse("ClaimTwice", claim=claim)
        self._claims[plan, claim] = Claim(amount=amount, share=traced)
        self.change(
            plan,
            claims=found.claims + 1,
            claimed=found.claimed + amount,
            shares=found.shares + traced,
        )
        self.emit("ClaimEntered", plan=plan, claim=claim, amount=amount, traced=traced)

    def _opened(self, plan: bytes, commitment: bytes, key: str) -> bytes:
        claim = hashed(("bytes32", "address"), commitment, key)
        if (plan, claim) not in self._claims:
            refuse("NotTheClaimKey", key=key)
        return claim

    def _require_arbiter(self, planner: int) -> None:
        theirs, held = self.any_officer(int(Power.REVIEW | Power.JUDGE))
        if jurisdiction_of(theirs) != jurisdiction_of(planner):
            refuse("OtherJurisdiction", agency=theirs, jurisdiction=jurisdiction_of(planner))
        if held & Power.JUDGE:
            if self.kind_of(theirs) != COURT:
                refuse("NotACourt", agency=theirs)
        elif theirs == planner:
            refuse("NotTheReviewer", agency=theirs)

    def _change_claim(self, plan: bytes, claim: bytes, **values: Any) -> None:
        self._claims[plan, claim] = self.claim(plan, claim)._replace(**values)

    def _confirmed(self, plan: bytes, claim: bytes, by_victim: bool, receipt: bytes) -> None:
        self._change_claim(plan, claim, confirmedAt=self.now, byVictim=by_victim)
        self.emit("PaymentConfirmed", plan=plan, claim=claim, byVictim=by_victim, receipt=receipt)


def objections_until(plan: Plan) -> int:
    """The last second for objections to claims."""
    last = plan.noticeUntil + OBJECTIONS_SECONDS
    return last if last <= NEVER else plan.noticeUntil
