# SPDX-License-Identifier: Apache-2.0
"""The claims of a plan from its events: five questions, however many victims there are.

What comes out is what the contract's ``claimOf`` answers for each of them; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concordat.assets.restitution import HISTORY, RESTITUTION, Claim, Plan
from concordat.assets.returnstates import Method, PlanState
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger

_ABOUT_CLAIMS = tuple(name for name in HISTORY if not name.startswith("Plan"))


def claims_of(ledger: Ledger, plan: Plan) -> tuple[Claim, ...]:
    """All claims of a plan, in the order in which they were entered; times of payments are not asked for."""
    return claims_from(eventlog.of(ledger, RESTITUTION, _ABOUT_CLAIMS, plan=plan.id), plan)


def claims_from(events: Sequence[Event], plan: Plan) -> tuple[Claim, ...]:
    """The same from the events, oldest first."""
    found: dict[bytes, Claim] = {}
    for event in events:
        claim = bytes(event.args["claim"])
        if event.name == "ClaimEntered":
            found[claim] = Claim(claim, event.args["amount"], event.args["traced"], 0, 0, 0, False, False)
        else:
            found[claim] = _after(found[claim], event, plan.method)
    return tuple(replace(each, share=share_of(plan, each)) for each in found.values())


def share_of(plan: Plan, claim: Claim) -> int:
    """What a claim gets, minor units; tracing what was traced, also before the decision."""
    if plan.method is Method.TRACING:
        return claim.share
    decided = plan.state is PlanState.DECIDED or plan.total
    return plan.total * claim.amount // plan.claimed if decided and plan.claimed else 0


def _after(claim: Claim, event: Event, method: Method) -> Claim:
    if event.name == "ClaimObjected":
        return replace(claim, objected=True)
    if event.name == "ClaimObjectionDecided":
        amount = int(event.args["amount"])
        if method is Method.TRACING:
            return replace(claim, objected=False, share=amount, amount=max(claim.amount, amount))
        return replace(claim, objected=False, amount=amount)
    if event.name == "Paid":
        paid = claim.paid + int(event.args["amount"])
        return replace(claim, paid=paid, paid_at=event.time, confirmed_at=0, by_victim=False)
    # A time stands for "confirmed"; where blocks have none, 1 does.
    return replace(claim, confirmed_at=event.time or 1, by_victim=bool(event.args["byVictim"]))
