# SPDX-License-Identifier: Apache-2.0
"""Where the money of a plan is, and what is shown of a plan: every sum with where it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from concordat.assets import holds, planlog, restitution, seized
from concordat.assets.restitution import Claim, Plan, Source
from concordat.assets.returnstates import PlanState
from concordat.assets.values.money import Money, by_code
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming
from concordat.casework.freezing.naming import short
from concordat.casework.returning import things
from concordat.casework.returning.plannames import FoundPlan, plan_named, plan_of
from concordat.errors import UsageError
from concordat.ledger.protocol import Ledger


@dataclass(frozen=True)
class SourceView:
    """Where money of a plan is.

    Attributes:
        name: what people call it.
        payer: number of the institution or custodian that has it.
        returnable: what may go back to victims now.
        awarded: by a court.
        held, released, returned, forfeited, remaining: minor units; the first is the sum of the others.
    """

    source: Source
    name: str
    payer: int
    returnable: Money
    awarded: bool
    held: int
    released: int
    returned: int
    forfeited: int
    remaining: int

    @property
    def balanced(self) -> bool:
        """Whether held = released + returned + forfeited + remaining."""
        return self.held == self.released + self.returned + self.forfeited + self.remaining


@dataclass(frozen=True)
class PlanView:
    """A plan with its sources and claims."""

    found: FoundPlan
    plan: Plan
    sources: tuple[SourceView, ...]
    claims: tuple[Claim, ...]

    @property
    def confirmed(self) -> int:
        """Claims whose payment was confirmed, by the victim or on paper."""
        return sum(1 for each in self.claims if each.confirmed_at)

    @property
    def by_victim(self) -> int:
        """Claims whose payment the victim's own key confirmed."""
        return sum(1 for each in self.claims if each.by_victim)

    @property
    def paid_in_full(self) -> int:
        """Claims whose whole share was paid."""
        return sum(1 for each in self.claims if each.paid and not each.unpaid)

    @property
    def remainder(self) -> int:
        """Of the total, what is no claim's share: it stays where it is. 0 before the decision."""
        if self.plan.state is PlanState.OPEN or not self.plan.total:
            return 0
        return self.plan.total - sum(each.share for each in self.claims)

    def money(self, amount: int) -> Money:
        """An amount of the plan's currency."""
        return Money(amount, by_code(self.plan.currency))


def view(desk: Desk, text: str) -> PlanView:
    """A plan as it stands.

    Raises:
        UsageError: no plan is meant, or it is not on the chain yet.
    """
    found = plan_named(desk, text)
    known = plan_of(desk, found)
    sources = restitution.sources_of(desk.chain, known)
    return PlanView(
        found,
        known,
        tuple(source_view(desk, each, known.currency) for each in sources),
        planlog.claims_of(desk.chain, known),
    )


def plans(desk: Desk, agency: int | None = None) -> list[Plan]:
    """All plans, or those of one agency, oldest first."""
    ids = [bytes(event.args["plan"]) for event in restitution.opened(desk.chain, agency)]
    return [each for each in (restitution.plan_of(desk.chain, plan_id) for plan_id in ids) if each]


def sources_named(desk: Desk, texts: Sequence[str]) -> tuple[SourceView, ...]:
    """Holds (as every command names them) and assets (a ``.asset`` folder, or ``asset:0x...``).

    Raises:
        UsageError: nothing is meant, one is named twice, or there are too many.
    """
    found = tuple(_source_named(desk, text) for text in texts)
    if len({each.source.id for each in found}) != len(found):
        raise UsageError(
            "A source is named twice.", code="restitution.source_twice", kept="Nothing was sent."
        )
    if len(found) > restitution.MOST_SOURCES:
        raise UsageError(
            f"{len(found)} sources; a plan has at most {restitution.MOST_SOURCES}.",
            code="restitution.sources",
            kept="Nothing was sent.",
            next="Make several plans.",
        )
    return found


def sum_of(sources: Sequence[SourceView]) -> Money:
    """What sources may return together.

    Raises:
        UsageError: their currencies differ, or one may return nothing.
    """
    for each in sources:
        if not each.returnable.amount:
            raise UsageError(
                f"{each.name} may return nothing now.",
                code="restitution.nothing_returnable",
                kept="Nothing was sent.",
                next="A court has to have awarded it, or the profile has to let it go back before judgment "
                "and the hold be checked; see: concordat freeze show",
            )
    total = sources[0].returnable
    for each in sources[1:]:
        total = total + each.returnable
    return total


def source_view(desk: Desk, source: Source, currency: int) -> SourceView:
    """One source as it stands; its currency is the plan's where it may return nothing any more."""
    if source.is_asset:
        return _asset_view(desk.chain, source, currency)
    may = holds.returnable(desk.chain, source.first, source.second)
    hold = holds.hold_of(desk.chain, source.id)
    balance = holds.balance_at(desk.chain, source.first, source.second, desk.chain.now())
    number = next((each.number for each in holds.named(desk.chain, request=source.first)
                   if each.target == source.second), 0)  # fmt: skip
    return SourceView(
        source,
        f"{short(source.first)}#{number}",
        may.institution or (hold.institution if hold else 0),
        Money(may.amount, by_code(may.currency or currency)),
        may.awarded,
        balance.held,
        balance.released,
        balance.returned,
        balance.forfeited,
        balance.remaining,
    )


def as_dict(shown: PlanView) -> dict[str, Any]:
    """Stable JSON form, without accounts; amounts in minor units as text."""
    plan = shown.plan
    return {
        "plan": f"0x{plan.id.hex()}",
        "agency": plan.agency,
        "currency": plan.currency,
        "method": plan.method.name,
        "state": plan.state.name,
        "awarded": plan.awarded,
        "notice_until": plan.notice_until,
        "objections": plan.objections,
        "claims": plan.claims,
        "claimed": str(plan.claimed),
        "total": str(plan.total),
        "shares": str(sum(each.share for each in shown.claims)),
        "paid": str(plan.paid),
        "unpaid": str(sum(each.unpaid for each in shown.claims)),
        "remainder": str(shown.remainder),
        "paid_in_full": shown.paid_in_full,
        "confirmed": shown.confirmed,
        "confirmed_by_victim": shown.by_victim,
        "sources": [_source_dict(each) for each in shown.sources],
    }


def _source_dict(each: SourceView) -> dict[str, Any]:
    return {
        "name": each.name,
        "asset": each.source.is_asset,
        "id": f"0x{each.source.id.hex()}",
        "payer": each.payer,
        "currency": each.returnable.currency.code,
        "returnable": str(each.returnable.amount),
        "awarded": each.awarded,
        "held": str(each.held),
        "released": str(each.released),
        "returned": str(each.returned),
        "forfeited": str(each.forfeited),
        "remaining": str(each.remaining),
    }


def _asset_view(ledger: Ledger, source: Source, currency: int) -> SourceView:
    may = seized.returnable(ledger, source.first)
    known, sale = seized.asset_of(ledger, source.first), seized.proceeds_of(ledger, source.first)
    return SourceView(
        source,
        f"asset {short(source.first)}",
        known.custodian if known else 0,
        Money(may.amount, by_code(may.currency or currency)),
        may.awarded,
        held=sale.proceeds if sale else 0,
        released=0,
        returned=sale.returned if sale else 0,
        forfeited=sale.forfeited if sale else 0,
        remaining=sale.remaining if sale else 0,
    )


def _source_named(desk: Desk, text: str) -> SourceView:
    if things.is_asset(text):
        asset = things.asset_named(desk, text)
        known = seized.asset_of(desk.chain, asset.id)
        if known is None or not known.currency:
            raise UsageError(
                f"{asset.name} was not sold yet: it has no proceeds.",
                code="restitution.nothing_returnable",
                kept="Nothing was sent.",
            )
        return source_view(desk, Source(True, asset.id), known.currency)
    named = naming.hold_named(desk, text).named
    if not named.currency:
        raise UsageError(
            f"{text} is a thing, not money.",
            code="restitution.nothing_returnable",
            kept="Nothing was sent.",
            next="Enter it as an asset; its proceeds can be returned: concordat asset identify",
        )
    return source_view(desk, Source(False, named.request, named.target), named.currency)
