# SPDX-License-Identifier: Apache-2.0
"""How a restitution plan is told: as worked out, as it stands, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from concordat.assets.restitution import Claim, Plan
from concordat.assets.shares.claimlist import write_csv
from concordat.assets.shares.distribution import Distribution
from concordat.assets.values import money
from concordat.casework.returning.repaying import Repaid
from concordat.casework.returning.returns import PlanView
from concordat.cli.output import fields, moment, table
from concordat.language import chosen, either


def worked_text(worked: Distribution, out: Path | None) -> str:
    """What was worked out, for people."""
    shown, claimed = worked.money, worked.money(worked.claimed).format()
    pairs = [
        (either("method", "返还方式"), worked.method.label()[chosen()]),
        (
            either("claims", "申报"),
            either(f"{len(worked.shares)}, together {claimed}", f"{len(worked.shares)}项，共计 {claimed}"),
        ),
        (either("available", "可返还"), worked.available.format()),
        (either("distributed", "返还合计"), shown(worked.distributed).format()),
        (
            either("remainder", "余额"),
            shown(worked.remainder).format() + either(", stays where it is", "，留存原处"),
        ),
    ]
    if worked.later:
        later = shown(worked.later).format()
        text = either(
            f"{later} of the remainder, by a second plan with 30 days' notice",
            f"余额中的 {later}，另定返还方案，公告30日",
        )
        pairs.append((either("then pro rata", "再按比例返还"), text))
    if out:
        pairs.append((either("shares", "返还份额"), str(out)))
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
    amount = repaid.shown.money(repaid.amount).format()
    return either(
        f"{repaid.now} payments, {amount}, are recorded now from source {repaid.source}; "
        f"{repaid.before} were before. {repaid.left} claims are still open.",
        f"本次记载返还来源 {repaid.source} 的付款{repaid.now}笔，共 {amount}；此前已记载{repaid.before}笔。"
        f"尚有{repaid.left}项申报未付清。",
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
    parts = [fields(_plan_pairs(shown)), _sources_table(shown)]
    if with_claims:
        parts.append(claims_table(shown))
    return "\n\n".join(parts)


def _plan_pairs(shown: PlanView) -> list[tuple[str, str]]:
    plan = shown.plan
    shares = shown.money(sum(each.share for each in shown.claims)).format()
    claimed, total, paid, rest = (
        shown.money(amount).format() for amount in (plan.claimed, plan.total, plan.paid, shown.remainder)
    )
    return [
        (either("plan", "返还方案"), f"0x{plan.id.hex()}"),
        (either("state", "状态"), plan.state.label()[chosen()]),
        (either("method", "返还方式"), plan.method.label()[chosen()]),
        (either("notice until", "公告截止"), moment(plan.notice_until)),
        (
            either("claims", "申报"),
            either(f"{plan.claims}, together {claimed}", f"{plan.claims}项，共计 {claimed}"),
        ),
        (either("open objections", "未决异议"), str(plan.objections)),
        (either("total", "返还总额"), total),
        (
            either("shares", "返还份额"),
            either(f"{shares}; {rest} cannot be divided", f"{shares}；不可分余额 {rest}"),
        ),
        (
            either("paid", "已付"),
            either(f"{paid}; {shown.paid_in_full} claims in full", f"{paid}；{shown.paid_in_full}项已付清"),
        ),
        (
            either("confirmed", "已确认"),
            either(
                f"{shown.confirmed}, {shown.by_victim} of them by the victim's own key",
                f"{shown.confirmed}项，其中{shown.by_victim}项由被害人自有密钥确认",
            ),
        ),
    ]


def _sources_table(shown: PlanView) -> str:
    """Every source, with where its money is: the first amount is the sum of the others."""
    head = either(
        "source|held|= released|+ returned|+ forfeited|+ remaining",
        "返还来源|控制总额|= 已解除|+ 已返还|+ 已没收|+ 尚余",
    )
    rows = []
    for number, each in enumerate(shown.sources, 1):
        amounts = (each.held, each.released, each.returned, each.forfeited, each.remaining)
        told = (money.Money(amount, each.returnable.currency).format() for amount in amounts)
        rows.append((f"{number} {each.name}", *told))
    return table(head.split("|"), rows)


def claims_table(shown: PlanView) -> str:
    """Every claim of a plan."""
    head = either("claim|id|claimed|share|paid|confirmed", "申报|编号|申报金额|返还份额|已付|确认")
    return table(
        head.split("|"),
        [
            (
                str(number),
                f"0x{each.id.hex()[:10]}",
                *(shown.money(amount).format() for amount in (each.amount, each.share, each.paid)),
                _confirmed(each),
            )
            for number, each in enumerate(shown.claims, 1)
        ],
    )


def _confirmed(each: Claim) -> str:
    if each.by_victim:
        return either("by the victim", "被害人")
    return either("on paper", "书面收据") if each.confirmed_at else ""


def plans_table(known: Sequence[Plan]) -> str:
    """Every plan of a list."""
    head = either("plan|state|method|claims|paid|of", "返还方案|状态|返还方式|申报数|已付|总额")
    rows = []
    for each in known:
        paid, total = (
            money.Money(amount, money.by_code(each.currency)) for amount in (each.paid, each.total)
        )
        rows.append(
            (
                f"0x{each.id.hex()[:10]}",
                each.state.label()[chosen()],
                either(each.method.name, each.method.label()["zh"]),
                str(each.claims),
                paid.format(),
                total.format(),
            )
        )
    return table(head.split("|"), rows) if rows else either("There is no restitution plan.", "没有返还方案。")
