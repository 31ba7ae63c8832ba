# SPDX-License-Identifier: Apache-2.0
"""How a restitution plan is told: as worked out, as it stands, claim by claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from concordat.assets.restitution import Claim, Plan
from concordat.assets.shares.claimlist import write_csv
from concordat.assets.shares.distribution import Distribution
from concordat.assets.values import money
from concordat.casework.returning.repaying import Repaid
from concordat.casework.returning.returns import PlanView
from concordat.cli.output import fields, moment, table
from concordat.language import chosen


def worked_text(worked: Distribution, out: Path | None) -> str:
    """What was worked out, for people."""
    shown = worked.money
    pairs = [
        ("method", worked.method.label()[chosen()]),
        ("claims", f"{len(worked.shares)}, together {shown(worked.claimed)}"),
        ("available", str(worked.available)),
        ("distributed", str(shown(worked.distributed))),
        ("remainder", f"{shown(worked.remainder)}, stays where it is"),
    ]
    if worked.later:
        pairs.append(
            (
                "then pro rata",
                f"{shown(worked.later)} of the remainder, by a second plan with 30 days' notice",
            )
        )
    if out:
        pairs.append(("shares", str(out)))
    return fields(pairs)


def shares_csv(worked: Distribution) -> bytes:
    """Every share as a table."""
    head = ("number", "victim", "amount", "traced", "share", "later")
    return write_csv(
        head,
        (
            {
                "number": each.number,
                "victim": each.row.victim,
                "amount": each.row.amount,
                "traced": each.row.traced,
                "share": worked.money(each.share),
                "later": worked.money(each.later),
            }
            for each in worked.shares
        ),
    )


def repaid_data(repaid: Repaid) -> dict[str, Any]:
    """Payments that were recorded, for ``--json``."""
    return {
        "plan": f"0x{repaid.shown.plan.id.hex()}",
        "source": repaid.source,
        "recorded": repaid.now,
        "recorded_before": repaid.before,
        "amount": str(repaid.amount),
        "currency": repaid.shown.plan.currency,
        "claims_open": repaid.left,
    }


def repaid_text(repaid: Repaid) -> str:
    """The same for people."""
    return (
        f"{repaid.now} payments, {repaid.shown.money(repaid.amount)}, are recorded now from source "
        f"{repaid.source}; {repaid.before} were before. {repaid.left} claims are still open."
    )


def claim_data(number: int, each: Claim) -> dict[str, Any]:
    """One claim, for ``--json``."""
    return {
        "number": number,
        "claim": f"0x{each.id.hex()}",
        "amount": str(each.amount),
        "share": str(each.share),
        "paid": str(each.paid),
        "confirmed": bool(each.confirmed_at),
        "by_victim": each.by_victim,
        "objected": each.objected,
    }


def plan_data(each: Plan) -> dict[str, Any]:
    """One plan of a list, for ``--json``."""
    return {
        "plan": f"0x{each.id.hex()}",
        "agency": each.agency,
        "state": each.state.name,
        "method": each.method.name,
        "currency": each.currency,
        "claims": each.claims,
        "total": str(each.total),
        "paid": str(each.paid),
    }


def shown_text(shown: PlanView, *, with_claims: bool) -> str:
    """A plan with its sources, for people."""
    plan = shown.plan
    shares = sum(each.share for each in shown.claims)
    parts = [
        fields(
            [
                ("plan", f"0x{plan.id.hex()}"),
                ("state", plan.state.label()[chosen()]),
                ("method", plan.method.label()[chosen()]),
                ("notice until", moment(plan.notice_until)),
                ("claims", f"{plan.claims}, together {shown.money(plan.claimed)}"),
                ("open objections", str(plan.objections)),
                ("total", str(shown.money(plan.total))),
                ("shares", f"{shown.money(shares)}; {shown.money(shown.remainder)} cannot be divided"),
                ("paid", f"{shown.money(plan.paid)}; {shown.paid_in_full} claims in full"),
                ("confirmed", f"{shown.confirmed}, {shown.by_victim} of them by the victim's own key"),
            ]
        ),
        table(
            ("source", "held", "= released", "+ returned", "+ forfeited", "+ remaining"),
            [
                (
                    f"{number} {each.name}",
                    *(
                        str(money.Money(amount, each.returnable.currency))
                        for amount in (
                            each.held,
                            each.released,
                            each.returned,
                            each.forfeited,
                            each.remaining,
                        )
                    ),
                )
                for number, each in enumerate(shown.sources, 1)
            ],
        ),
    ]
    if with_claims:
        parts.append(claims_table(shown))
    return "\n\n".join(parts)


def claims_table(shown: PlanView) -> str:
    """Every claim of a plan."""
    return table(
        ("claim", "id", "claimed", "share", "paid", "confirmed"),
        [
            (
                str(number),
                f"0x{each.id.hex()[:10]}",
                str(shown.money(each.amount)),
                str(shown.money(each.share)),
                str(shown.money(each.paid)),
                "by the victim" if each.by_victim else "on paper" if each.confirmed_at else "",
            )
            for number, each in enumerate(shown.claims, 1)
        ],
    )
