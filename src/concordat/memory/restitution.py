# SPDX-License-Identifier: Apache-2.0
"""Restitution in memory: what was held goes back to victims, never more than there is, never twice."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordat.assets.returnstates import Method, PlanState
from concordat.assets.states import RequestFlag
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import COURT, hashed
from concordat.memory.assets import AssetRegister
from concordat.memory.assetstructs import NOTHING, Plan, Returnable, ReturnableAsset, Source
from concordat.memory.claims import Claims, objections_until
from concordat.memory.freezerequests import FreezeRequests
from concordat.memory.holdbook import hold_id
from concordat.memory.holds import Holds
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

MOST_SOURCES = 16
NOTICE_SECONDS = 30 * 86400
Fields = Mapping[str, Any]


class Restitution(Claims):
    """Plans by id, their sources and payments."""

    def __init__(
        self,
        world: World,
        tables: Tables,
        agencies: AgencyRegistry,
        requests: FreezeRequests,
        holds: Holds,
        assets: AssetRegister,
    ) -> None:
        super().__init__(world, tables, agencies)
        self._requests = requests
        self._holds = holds
        self._assets = assets
        self._sources = self.table()
        self._reserved = self.table()

    def open(
        self,
        commitment: bytes,
        currency: int,
        method: int,
        noticeUntil: int,
        sources: Sequence[Fields],
    ) -> bytes:
        """Open a plan over what may be returned."""
        agency = self.officer(Power.DISTRIBUTE)
        if not any(commitment):
            refuse("EmptyPlan")
        plan = hashed(("uint32", "bytes32"), agency, commitment)
        if plan in self._plans:
            refuse("AlreadyOpened", plan=plan)
        if method not in (Method.TRACING, Method.PRO_RATA):
            refuse("NoMethod")
        self._require_notice(method, noticeUntil)
        found = [Source(**each) for each in sources]
        self._reserve(plan, agency, found)
        _, awarded = self._sum(found, currency, agency, each=True)
        if not awarded:
            self._decider_before(found, agency)
        self._sources[plan] = tuple(found)
        self._plans[plan] = Plan(
            agency=agency,
            currency=currency,
            method=method,
            state=int(PlanState.OPEN),
            awarded=awarded,
            sources=len(found),
            noticeUntil=noticeUntil,
        )
        self.emit(
            "PlanOpened",
            plan=plan,
            agency=agency,
            officer=self.caller,
            currency=currency,
            method=method,
            noticeUntil=noticeUntil,
            sources=found,
        )
        return plan

    def decide(self, plan: bytes, decision: bytes) -> None:
        """Fix the total and every share."""
        found = self.in_state(plan, PlanState.OPEN)
        sources = self._sources[plan]
        total, awarded = self._sum(sources, found.currency, found.agency)
        planner = found.agency if awarded else self._decider_before(sources, found.agency)
        theirs = self._decider(planner, awarded)
        if self.now <= objections_until(found):
            refuse("NoticeRuns", noticeUntil=objections_until(found))
        if found.objections:
            refuse("ObjectionsOpen", open=found.objections)
        if not found.claims:
            refuse("NoClaims")
        if not any(decision):
            refuse("EmptyDecision")
        if found.method == Method.PRO_RATA:
            total = shares = min(total, found.claimed)
        else:
            shares = found.shares
            if shares > total:
                refuse("TracedBeyondTotal", traced=shares, total=total)
        self.change(plan, state=int(PlanState.DECIDED), awarded=awarded, total=total, shares=shares)
        self.emit(
            "PlanDecided",
            plan=plan,
            agency=theirs,
            officer=self.caller,
            total=total,
            shares=shares,
            decision=decision,
        )

    def pay(self, plan: bytes, source: int, payments: Sequence[Fields]) -> None:
        """Payments were made from a source, all or none."""
        self.in_state(plan, PlanState.DECIDED)
        origin = self.sourceOf(plan, source)
        self._require_payer(origin)
        if self._reserved.get(_word(origin)) != plan:
            refuse("SourceInOtherPlan", source=_word(origin), plan=self._reserved.get(_word(origin), NOTHING))
        if not payments:
            refuse("NoClaims")
        for each in payments:
            claim, amount = each["claim"], each["amount"]
            entered = self.need_claim(plan, claim)
            if not amount or not any(each["paymentHash"]):
                refuse("ZeroPayment", claim=claim)
            left = self.shareOf(plan, claim) - entered.paid
            if amount > left:
                refuse("BeyondShare", claim=claim, amount=amount, open=left)
            self.paid(plan, claim, amount)
            self.emit(
                "Paid",
                plan=plan,
                claim=claim,
                source=source,
                amount=amount,
                paymentHash=each["paymentHash"],
            )
        self._draw(origin, sum(each["amount"] for each in payments))

    def close(self, plan: bytes) -> None:
        """End the plan; its sources are free for another."""
        self.require_planner(plan)
        found = self.in_state(plan, PlanState.OPEN, PlanState.DECIDED)
        for each in self._sources[plan]:
            if self._reserved.get(_word(each)) == plan:
                del self._reserved[_word(each)]
        self.change(plan, state=int(PlanState.CLOSED))
        unpaid = found.total - found.paid
        self.emit("PlanClosed", plan=plan, officer=self.caller, paid=found.paid, unpaid=unpaid)

    def sourceOf(self, plan: bytes, source: int) -> Source:
        """One source of a plan, from 0."""
        found: tuple[Source, ...] = self._sources.get(plan, ())
        if source >= len(found):
            refuse("NoSuchSource", source=source)
        return found[source]

    def planOfSource(self, source: Fields) -> bytes:
        """The plan that has reserved it; zero if none."""
        found: bytes = self._reserved.get(_word(Source(**source)), NOTHING)
        return found

    # Within

    def _require_notice(self, method: int, notice_until: int) -> None:
        earliest = self.now + (NOTICE_SECONDS if method == Method.PRO_RATA else 0)
        if notice_until < earliest:
            refuse("NoticeTooBrief", noticeUntil=notice_until, earliest=earliest)

    def _reserve(self, plan: bytes, agency: int, sources: Sequence[Source]) -> None:
        """Keep the sources for the plan."""
        if not sources:
            refuse("NoSources")
        if len(sources) > MOST_SOURCES:
            refuse("TooManySources", given=len(sources), most=MOST_SOURCES)
        for each in sources:
            word = _word(each)
            if each.isAsset and any(each.second):
                refuse("NothingReturnable", source=word)
            if agency not in self._planners(each):
                refuse("NotOfPlanner", source=word, agency=agency)
            # After the case was transferred the former agency's plan gives it up.
            other = self._reserved.get(word)
            theirs = other == plan or (other and self._plans[other].agency in self._planners(each))
            if theirs:
                refuse("SourceInOtherPlan", source=word, plan=other)
            self._reserved[word] = plan

    def _sum(
        self, sources: Sequence[Source], currency: int, agency: int, *, each: bool = False
    ) -> tuple[int, bool]:
        """What the sources may return now, and whether a court awarded it.

        Args:
            sources: of one plan.
            currency: of the plan.
            agency: whose plan it is; what it may no longer plan adds nothing.
            each: whether every source must have something; else it is enough that one has.
        """
        total, awarded = 0, False
        for source in sources:
            money = self._money(source)
            if agency not in self._planners(source):
                money = money._replace(amount=0)
            if each and not money.amount:
                refuse("NothingReturnable", source=_word(source))
            if not money.amount:
                continue
            if money.currency != currency:
                refuse("OtherCurrency", given=money.currency, expected=currency)
            if total and money.awarded != awarded:
                refuse("MixedSources")
            total, awarded = total + money.amount, money.awarded
        if not total:
            refuse("NothingReturnable", source=_word(sources[0]))
        return total, awarded

    def _money(self, source: Source) -> Returnable | ReturnableAsset:
        if source.isAsset:
            return self._assets.returnable(source.first)
        return self._holds.money((source.first, source.second))

    def _planners(self, source: Source) -> tuple[int, ...]:
        """Who may plan what becomes of it: for a foreign request also the endorser."""
        if source.isAsset:
            return (self._assets.assetOf(source.first).agency,)
        found = self._requests.requestOf(source.first)
        if found.flags & RequestFlag.FOREIGN:
            return found.agency, self._requests.profile_of(source.first).endorser
        return (found.agency,)

    def _decider_before(self, sources: Sequence[Source], planner: int) -> int:
        """Who decides before judgment: for a foreign agency the authority that took over."""
        found = {self._decider_of(source, planner) for source in sources}
        if len(found) > 1:
            refuse("MixedSources")
        return found.pop()

    def _decider_of(self, source: Source, planner: int) -> int:
        foreign = not source.isAsset and self._requests.requestOf(source.first).flags & RequestFlag.FOREIGN
        return self._requests.profile_of(source.first).endorser if foreign else planner

    def _decider(self, planner: int, awarded: bool) -> int:
        powers = Power.RATIFY_HIGH | Power.JUDGE if awarded else Power.RATIFY_HIGH
        theirs, held = self.any_officer(int(powers))
        if held & Power.JUDGE:
            if self.kind_of(theirs) != COURT:
                refuse("NotACourt", agency=theirs)
            if jurisdiction_of(theirs) != jurisdiction_of(planner):
                refuse("OtherJurisdiction", agency=theirs, jurisdiction=jurisdiction_of(planner))
        elif theirs != planner:
            refuse("NotThePlanner", theirs=theirs, agency=planner)
        return theirs

    def _require_payer(self, source: Source) -> None:
        if source.isAsset:
            payer, power = self._assets.assetOf(source.first).custodian, Power.KEEP
        else:
            payer, power = self._holds.hold((source.first, source.second)).institution, Power.ANSWER
        theirs = self.officer(power)
        if theirs != payer:
            refuse("NotThePayer", theirs=theirs, payer=payer)

    def _draw(self, source: Source, amount: int) -> None:
        if source.isAsset:
            self._assets.pay_out(source.first, amount)
        else:
            self._holds.pay_out((source.first, source.second), amount)


def _word(source: Source) -> bytes:
    """One word for a source: the id of the hold or of the asset."""
    return source.first if source.isAsset else hold_id((source.first, source.second))
