# SPDX-License-Identifier: Apache-2.0
"""Who gets how much: what was traced to each victim first, else the same part of every claim.

Whole minor units, nothing is rounded up, as the contract counts: tracing pays what was traced; pro rata pays
``total * claim // sum of claims``, where the total is at most the sum of claims. What is left over stays
where it is, and is said. The same list gives the same shares on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordat.assets.returnstates import Method
from concordat.assets.shares.claimlist import ClaimRow
from concordat.assets.values.money import MOST, Money, pro_rata
from concordat.errors import UsageError


@dataclass(frozen=True)
class Share:
    """What one claim gets.

    Attributes:
        number: of the claim in the list, from 1.
        share: minor units, under this plan.
        later: of what tracing leaves, what a second plan would give pro rata; minor units.
    """

    number: int
    row: ClaimRow
    share: int
    later: int = 0


@dataclass(frozen=True)
class Distribution:
    """A plan worked out; amounts in minor units of one currency.

    Attributes:
        available: what the sources may return.
        claimed: sum of claims.
        total: to distribute: tracing what is available, pro rata at most what is claimed.
    """

    method: Method
    available: Money
    claimed: int
    total: int
    shares: tuple[Share, ...]

    @property
    def distributed(self) -> int:
        """Sum of shares."""
        return sum(each.share for each in self.shares)

    @property
    def remainder(self) -> int:
        """What is available and nobody's yet."""
        return self.available.amount - self.distributed

    @property
    def indivisible(self) -> int:
        """Pro rata: what rounding down leaves, less than one minor unit a claim."""
        return self.total - self.distributed if self.method is Method.PRO_RATA else 0

    @property
    def later(self) -> int:
        """What a second plan, pro rata, would distribute of the remainder."""
        return sum(each.later for each in self.shares)

    def money(self, amount: int) -> Money:
        """An amount of this plan's currency. Sums of claims may be more than any one amount may be."""
        return Money(amount, self.available.currency)

    def as_dict(self) -> dict[str, Any]:
        """Stable JSON form, without accounts; amounts as text, since canonical JSON ends at 2**53."""
        return {
            "method": self.method.name,
            "currency": self.available.currency.code,
            "available": str(self.available.amount),
            "claims": len(self.shares),
            "claimed": str(self.claimed),
            "total": str(self.total),
            "distributed": str(self.distributed),
            "remainder": str(self.remainder),
            "indivisible": str(self.indivisible),
            "later": str(self.later),
            "shares": [
                {
                    "number": each.number,
                    "victim": each.row.victim,
                    "amount": str(each.row.amount.amount),
                    "traced": str(each.row.traced.amount),
                    "share": str(each.share),
                    "later": str(each.later),
                }
                for each in self.shares
            ],
        }


def distribute(rows: Sequence[ClaimRow], available: Money, method: Method | None = None) -> Distribution:
    """Work out every share.

    Args:
        rows: the claims.
        available: what the sources may return.
        method: how; by default tracing if anything was traced, else pro rata.

    Raises:
        UsageError: no claims, other currencies, more was traced than there is, or sums beyond the chain.
    """
    if not rows:
        raise UsageError("There are no claims.", code="restitution.no_claims", kept="Nothing was written.")
    for row in rows:
        if row.amount.currency != available.currency:
            raise UsageError(
                f"A claim is in {row.amount.currency.alpha}, the sources are in {available.currency.alpha}.",
                code="money.currencies_differ",
                kept="Nothing was written.",
                next="Make one plan for each currency; nothing is converted here.",
            )
    claimed = sum(row.amount.amount for row in rows)
    if claimed > MOST:
        raise UsageError("The claims together are beyond the chain's bounds.", code="money.bounds")
    if method is None:
        method = Method.TRACING if any(row.traced.amount for row in rows) else Method.PRO_RATA
    by_method = _traced if method is Method.TRACING else _pro_rata
    return by_method(rows, available, claimed)


def _traced(rows: Sequence[ClaimRow], available: Money, claimed: int) -> Distribution:
    traced = sum(row.traced.amount for row in rows)
    if traced > available.amount:
        raise UsageError(
            f"More was traced than the sources may return: {Money(traced, available.currency)} against "
            f"{available}.",
            code="restitution.traced_beyond",
            kept="Nothing was written.",
            next="Correct what was traced, name the other sources as well, or divide with --method PRO_RATA.",
        )
    rest = available.amount - traced
    open_parts = [row.amount.amount - row.traced.amount for row in rows]
    later = _parts(min(rest, sum(open_parts)), open_parts)
    shares = tuple(
        Share(number, row, row.traced.amount, part)
        for number, (row, part) in enumerate(zip(rows, later, strict=True), 1)
    )
    return Distribution(Method.TRACING, available, claimed, available.amount, shares)


def _pro_rata(rows: Sequence[ClaimRow], available: Money, claimed: int) -> Distribution:
    total = min(available.amount, claimed)
    parts = _parts(total, [row.amount.amount for row in rows])
    shares = tuple(
        Share(number, row, part) for number, (row, part) in enumerate(zip(rows, parts, strict=True), 1)
    )
    return Distribution(Method.PRO_RATA, available, claimed, total, shares)


def _parts(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    return pro_rata(total, weights)[0] if any(weights) else (0,) * len(weights)


def allot(unpaid: Mapping[bytes, int], available: int) -> tuple[tuple[bytes, int], ...]:
    """Which claims a source pays, in their order, as far as it reaches.

    Args:
        unpaid: what of each share was not paid yet, by claim, in the order of the claims.
        available: what the source may still return.

    Returns:
        Claims and amounts, none of them nothing; the last may be a part of what is unpaid.
    """
    found = []
    for claim, amount in unpaid.items():
        part = min(amount, available)
        if part > 0:
            found.append((claim, part))
            available -= part
    return tuple(found)
