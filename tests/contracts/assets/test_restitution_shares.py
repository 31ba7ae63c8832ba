# SPDX-License-Identifier: Apache-2.0
"""Shares: the same in contract and client, and never more in sum than there is."""

from __future__ import annotations

from random import Random

import pytest

from concordat.assets.values.money import pro_rata
from tests.contracts.assets.victims import (
    TRACING,
    awarded,
    claim_of,
    decide,
    decided,
    enter,
    entry,
    open_plan,
    pay,
)
from tests.contracts.suite import Suite

MOST = 2**96 - 1


def cases() -> list[tuple[int, list[int]]]:
    """What may go back and what is claimed: corners, then drawn."""
    found = [
        (1, [1]),
        (1, [1, 1, 1]),
        (100, [1]),
        (MOST, [MOST, MOST, 1]),
        (2, [MOST, MOST]),
        (10**6, [1, 10**12]),
    ]
    draw = Random(27_960_000)
    for _ in range(6):
        claims = [draw.randint(1, 10 ** draw.randint(1, 12)) for _ in range(draw.randint(1, 12))]
        found.append((draw.randint(1, 2 * sum(claims)), claims))
    return found


@pytest.mark.parametrize(("available", "claims"), cases())
def test_pro_rata_is_rounded_down_and_what_is_left_stays(
    suite: Suite, available: int, claims: list[int]
) -> None:
    entries = [entry(str(number), amount) for number, amount in enumerate(claims)]
    source = awarded(suite, available)
    plan = decided(suite, *entries, sources=[source])
    total = min(available, sum(claims))
    expected = [total * amount // sum(claims) for amount in claims]
    found = [suite.restitution.shareOf(plan, claim) for claim, *_ in entries]
    assert found == expected
    if max(total, *claims) < 2**63:
        assert (tuple(expected), total - sum(expected)) == pro_rata(total, claims)
    assert all(share <= amount for share, amount in zip(found, claims, strict=True))

    due = [(claim, share) for (claim, *_), share in zip(entries, found, strict=True) if share]
    if due:
        pay(suite, plan, *due)
    fixed, shares, paid = suite.restitution.planOf(plan)[10:13]
    remainder = total - sum(expected)
    assert (fixed, shares, paid) == (total, total, sum(expected))
    assert 0 <= remainder < len(claims)
    assert suite.holds.returnable(*source[1:])[2] == available - paid


def test_before_the_decision_nobody_has_a_share(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one"))
    assert suite.restitution.shareOf(plan, entry("one")[0]) == 0
    assert suite.restitution.shareOf(plan, claim_of(suite.actor("victim"))) == 0


@pytest.mark.parametrize("seed", range(4))
def test_tracing_gives_what_was_traced(suite: Suite, seed: int) -> None:
    draw = Random(seed)
    claims = [draw.randint(1, 10**9) for _ in range(draw.randint(1, 9))]
    traced = [draw.randint(0, amount) for amount in claims]
    entries = [entry(str(number), *pair) for number, pair in enumerate(zip(claims, traced, strict=True))]
    source = awarded(suite, sum(traced) + draw.randint(1, 9))
    plan = decided(suite, *entries, method=TRACING, sources=[source])
    assert [suite.restitution.shareOf(plan, claim) for claim, *_ in entries] == traced
    pay(suite, plan, *[(claim, share) for claim, _, share in entries if share])
    total, shares, paid = suite.restitution.planOf(plan)[10:13]
    assert shares == paid == sum(traced) < total


def test_196_victims_share_27_96_million(suite: Suite) -> None:
    """The paper's numbers (S167), in minor units."""
    draw = Random(196)
    claims = [draw.randint(10_000_00, 900_000_00) for _ in range(196)]
    entries = [entry(f"victim {number}", amount) for number, amount in enumerate(claims)]
    total = 27_960_000_00
    plan = open_plan(suite, awarded(suite, total))
    for start in range(0, 196, 98):
        enter(suite, plan, *entries[start : start + 98])
    decide_and_pay(suite, plan, entries)
    shares, remainder = pro_rata(total, claims)
    assert suite.restitution.planOf(plan)[12] == sum(shares) == total - remainder
    assert remainder < 196


def decide_and_pay(suite: Suite, plan: bytes, entries: list[tuple[bytes, int, int]]) -> None:
    """In parts that fit into a block."""
    decide(suite, plan)
    for start in range(0, len(entries), 98):
        part = entries[start : start + 98]
        pay(suite, plan, *[(claim, suite.restitution.shareOf(plan, claim)) for claim, *_ in part])
