# SPDX-License-Identifier: Apache-2.0
"""Who gets how much: to the last minor unit, the same on every machine, never more than there is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.returnstates import Method
from concordat.assets.shares.claimlist import ClaimRow
from concordat.assets.shares.distribution import allot, distribute
from concordat.assets.values.money import Money, by_alpha, parse
from concordat.errors import UsageError

CNY = by_alpha("CNY")
AMOUNTS = st.integers(1, 1 << 70)
CLAIMS = st.lists(st.tuples(AMOUNTS, st.integers(0, 100)), min_size=1, max_size=30)


def row(number: int, amount: int, traced: int = 0) -> ClaimRow:
    return ClaimRow(f"V-{number:03d}", None, Money(amount, CNY), Money(traced, CNY))


def rows(*amounts: int) -> list[ClaimRow]:
    return [row(number, amount) for number, amount in enumerate(amounts, 1)]


def test_196_victims_who_lost_27_96_million() -> None:
    """The figures of a published case; the losses of each are made up, and add up to the fen."""
    chance, whole = random.Random(196), parse("CNY 27,960,000.00").amount
    cuts = sorted(chance.sample(range(1, whole), 195))
    losses = [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]
    claims = rows(*losses)
    found = distribute(claims, parse("CNY 9,320,000.01"))
    assert found.method is Method.PRO_RATA
    assert (len(found.shares), found.claimed) == (196, whole)
    assert found.total == 932_000_001
    assert [each.share for each in found.shares] == [932_000_001 * loss // whole for loss in losses]
    assert found.distributed + found.remainder == 932_000_001
    assert 0 < found.indivisible == found.remainder < 196
    assert distribute(claims, parse("CNY 9,320,000.01")).as_dict() == found.as_dict()
    third = max(found.shares, key=lambda each: each.row.amount.amount)
    assert third.share == pytest.approx(third.row.amount.amount / 3, rel=1e-6)


def test_nobody_gets_more_than_he_lost() -> None:
    found = distribute(rows(300, 100), Money(1_000, CNY))
    assert [each.share for each in found.shares] == [300, 100]
    assert (found.total, found.remainder, found.indivisible) == (400, 600, 0)


def test_what_was_traced_goes_first_and_the_rest_is_a_second_plan() -> None:
    claims = [row(1, 500, 500), row(2, 400, 100), row(3, 100)]
    found = distribute(claims, Money(700, CNY))
    assert found.method is Method.TRACING
    assert [each.share for each in found.shares] == [500, 100, 0]
    assert found.remainder == 100
    # 100 are left for the 300 and 100 that were not traced.
    assert [each.later for each in found.shares] == [0, 75, 25]
    assert found.later == 100


def test_tracing_beyond_the_sources_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        distribute([row(1, 500, 500)], Money(499, CNY))
    assert refused.value.code == "restitution.traced_beyond"
    # The same list can still be divided pro rata.
    assert distribute([row(1, 500, 500)], Money(499, CNY), Method.PRO_RATA).distributed == 499


def test_another_currency_and_no_claims_are_refused() -> None:
    with pytest.raises(UsageError, match=r"MYR.*CNY"):
        distribute([replace(row(1, 5), amount=parse("MYR 5.00"))], Money(1, CNY))
    with pytest.raises(UsageError, match="no claims"):
        distribute([], Money(1, CNY))


@given(st.integers(0, 1 << 80), CLAIMS)
def test_sums_hold_whatever_is_claimed(available: int, claims: list[tuple[int, int]]) -> None:
    given_rows = [
        row(number, amount, amount * part // 100) for number, (amount, part) in enumerate(claims, 1)
    ]
    for method in Method:
        try:
            found = distribute(given_rows, Money(available, CNY), method)
        except UsageError as error:
            assert error.code == "restitution.traced_beyond"
            continue
        assert found.distributed + found.remainder == available
        assert found.later <= found.remainder
        assert all(each.share + each.later <= each.row.amount.amount for each in found.shares)
        if method is Method.PRO_RATA:
            assert 0 <= found.indivisible < len(given_rows)


@given(st.lists(st.integers(0, 50), max_size=20), st.integers(0, 300))
def test_a_source_pays_in_order_as_far_as_it_reaches(unpaid: list[int], available: int) -> None:
    shares = {bytes([number]): amount for number, amount in enumerate(unpaid)}
    found = allot(shares, available)
    assert sum(amount for _, amount in found) == min(available, sum(unpaid))
    assert all(0 < amount <= shares[claim] for claim, amount in found)
    assert [claim for claim, _ in found] == sorted(claim for claim, _ in found)
    # Only the last may be paid in part.
    assert all(amount == shares[claim] for claim, amount in found[:-1])
