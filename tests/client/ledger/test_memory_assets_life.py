# SPDX-License-Identifier: Apache-2.0
"""The rules of time and of shares by themselves: what is over stays over, nothing is shared out twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.life import (
    HOLDINGS,
    Case,
    Outflow,
    balance,
    chained_until,
    hold_end,
    hold_status_at,
    request_status_at,
    shares,
)
from concordat.assets.states import HoldFlag, RequestFlag
from concordat.memory.assetstructs import FreezeProfile, Hold, Request

TIMES = st.integers(1, 3000)
SPANS = st.integers(1, 1000)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A request as the contract could hold it: ratified and bound in time or not, ended or not."""
    asked, within, longest = draw(TIMES), draw(SPANS), draw(SPANS)
    ratified = draw(st.just(0) | st.integers(asked, asked + within))
    stop = draw(st.booleans())
    earliest = asked if stop else ratified
    latest = asked + (longest if ratified else within)
    in_time = st.integers(earliest, max(earliest, latest))
    bound = draw(st.just(0) | st.just(earliest) | in_time) if earliest else 0
    ended = draw(st.just(0) | st.integers(max(asked, ratified, bound), 9000))
    flag = RequestFlag.WITHDRAWN if draw(st.booleans()) else RequestFlag.DECLINED
    request = Request(
        agency=1,
        key=702 << 8 | (1 if stop else 2) << 4 | 1,
        requestedAt=asked,
        ratifiedAt=ratified,
        boundAt=bound,
        ratifyWithin=within,
        flags=int(flag) if ended else 0,
    )
    terms = FreezeProfile(longest=longest, replyWithin=draw(SPANS), checkWithin=draw(SPANS), turnWithin=5)
    return Case(request, ended, terms)


@given(cases(), st.lists(st.integers(0, 20_000), min_size=2, max_size=6))
def test_a_request_that_is_over_stays_over(case: Case, times: list[int]) -> None:
    over = [request_status_at(case, at).is_over for at in sorted(times)]
    assert over == sorted(over)


@given(
    cases(),
    st.sampled_from(sorted(HOLDINGS)),
    st.sampled_from([0, 1]),
    TIMES,
    SPANS,
    st.integers(1, 1 << 96),
    st.lists(st.integers(0, 20_000), min_size=1, max_size=6),
)
def test_nothing_is_held_from_its_end_on(
    case: Case, state: int, checked: int, since: int, period: int, amount: int, times: list[int]
) -> None:
    flags = int(HoldFlag.CHECKED) * checked
    hold = Hold(amount=amount, since=since, until=since + period, state=state, flags=flags)
    end = hold_end(hold, case)
    assert end <= hold.until
    for at in (*times, end - 1, end, end + 1):
        status = hold_status_at(hold, case, at)
        assert status.holds == (at < end)
        found = balance(hold, Outflow(held=amount), status)
        assert found.held == found.released + found.returned + found.forfeited + found.remaining
        assert found.remaining == (amount if at < end else 0)


@given(st.integers(0, 1 << 96), st.lists(st.integers(1, 1 << 96), min_size=1, max_size=40))
def test_shares_and_remainder_make_the_total(claimable: int, amounts: list[int]) -> None:
    total = min(claimable, sum(amounts))
    found, remainder = shares(total, amounts)
    assert sum(found) + remainder == total
    assert 0 <= remainder < len(amounts)
    assert all(given_back <= amount for given_back, amount in zip(found, amounts, strict=True))


@given(TIMES, SPANS, st.integers(0, 500), st.integers(501, 2000))
def test_a_chain_is_never_longer_than_its_total(now: int, period: int, before: int, total: int) -> None:
    until = chained_until(now, period, before, total)
    assert now < until <= now + period
    assert before + until - now <= total
    assert chained_until(now, period, before, 0) == now + period
