# SPDX-License-Identifier: Apache-2.0
"""Decisions on plans of restitution: by whom the law wants, once all claims are known and undisputed."""

from __future__ import annotations

import pytest

from tests.contracts.assets.stage import (
    hold_id,
)
from tests.contracts.assets.victims import (
    AMOUNT,
    DECIDED,
    PAPER,
    TRACING,
    Source,
    awarded,
    before_judgment,
    decide,
    enter,
    entry,
    from_abroad,
    notice_over,
    object_to,
    objections_until,
    open_plan,
    victims_entry,
)
from tests.contracts.clock import next_block_at
from tests.contracts.reverts import reverts
from tests.contracts.suite import JUDGE, RATIFY_HIGH, ZERO32, Suite

STATE = 3


def id_of(source: Source) -> bytes:
    return source[1] if source[0] else hold_id(source[1], source[2])


def state(suite: Suite, plan: bytes) -> int:
    return int(suite.restitution.planOf(plan)[STATE])


# Deciding


def test_a_court_decides_on_what_a_court_awarded(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one", 3 * AMOUNT))
    tx = decide(suite, plan)
    event = tx.events["PlanDecided"]
    assert (event["agency"], event["officer"]) == (suite.ids["sg_court"], suite.judge)
    assert (event["total"], event["shares"]) == (AMOUNT, AMOUNT)
    assert state(suite, plan) == DECIDED


def test_or_the_higher_officer_of_the_agency(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one"))
    with reverts("NotThePlanner", suite.ids["sg_unit"], suite.ids["sg_police"]):
        decide(suite, plan, "unit_ratifier")
    suite.restitution.decide(plan, PAPER, {"from": suite.high_ratifier})
    assert state(suite, plan) == DECIDED


def test_nobody_else_decides(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one"))
    suite.appoint("sg_unit", "judging officer", JUDGE)
    notice_over(suite, plan)
    for officer in ("ratifier", "distributor", "reviewer", "prosecutor"):
        with reverts("NotAuthorised", suite.actors[officer], JUDGE | RATIFY_HIGH):
            suite.restitution.decide(plan, PAPER, {"from": suite.actors[officer]})
    with reverts("NotACourt", suite.ids["sg_unit"]):
        suite.restitution.decide(plan, PAPER, {"from": suite.actor("judging officer")})
    with reverts("OtherJurisdiction", suite.ids["my_court"], 702):
        suite.restitution.decide(plan, PAPER, {"from": suite.my_judge})


def test_before_judgment_the_higher_officer_alone(suite: Suite) -> None:
    plan = open_plan(suite, before_judgment(suite))
    enter(suite, plan, entry("one"))
    with reverts("NotAuthorised", suite.judge, RATIFY_HIGH):
        decide(suite, plan, "judge")
    suite.restitution.decide(plan, PAPER, {"from": suite.high_ratifier})
    assert state(suite, plan) == DECIDED


@pytest.mark.parametrize("planner", ["my_distributor", "unit_distributor"])
def test_what_was_asked_for_from_abroad_the_domestic_authority_decides(suite: Suite, planner: str) -> None:
    """Before judgment no foreign officer sends home what is held under the law of this country."""
    plan = open_plan(suite, from_abroad(suite), by=planner)
    enter(suite, plan, entry("one"), by=planner)
    with reverts("NotThePlanner", suite.ids["my_police"], suite.ids["sg_unit"]):
        decide(suite, plan, "my_high_ratifier")
    suite.restitution.decide(plan, PAPER, {"from": suite.unit_ratifier})
    assert state(suite, plan) == DECIDED


def test_what_a_court_awards_meanwhile_is_awarded(suite: Suite) -> None:
    source = before_judgment(suite)
    plan = open_plan(suite, source)
    enter(suite, plan, entry("one"))
    suite.objections.dispose(*source[1:], AMOUNT - 1, 1, PAPER, {"from": suite.judge})
    decide(suite, plan, "judge")
    assert suite.restitution.planOf(plan)[4] is True
    assert suite.restitution.planOf(plan)[10] == AMOUNT - 1


def test_what_grew_apart_meanwhile_is_not_decided_together(suite: Suite) -> None:
    first, second = before_judgment(suite), before_judgment(suite, name="another wallet")
    plan = open_plan(suite, first, second)
    enter(suite, plan, entry("one"))
    suite.objections.dispose(*second[1:], AMOUNT, 0, PAPER, {"from": suite.judge})
    with reverts("MixedSources"):
        decide(suite, plan, "high_ratifier")


def test_a_source_that_is_over_adds_nothing(suite: Suite) -> None:
    first, second = before_judgment(suite), before_judgment(suite, name="another wallet")
    plan = open_plan(suite, first, second)
    enter(suite, plan, entry("one", 5 * AMOUNT))
    suite.holds.release(*first[1:], AMOUNT, 2, {"from": suite.releaser})
    decide(suite, plan, "high_ratifier")
    assert suite.restitution.planOf(plan)[10] == AMOUNT


def test_if_all_are_over_nothing_is_decided(suite: Suite) -> None:
    source = before_judgment(suite)
    plan = open_plan(suite, source)
    enter(suite, plan, entry("one"))
    suite.holds.release(*source[1:], AMOUNT, 2, {"from": suite.releaser})
    with reverts("NothingReturnable", id_of(source)):
        decide(suite, plan, "high_ratifier")


def test_not_while_the_notice_runs(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one"))
    until = objections_until(suite, plan)
    next_block_at(until)
    with reverts("NoticeRuns", until):
        suite.restitution.decide(plan, PAPER, {"from": suite.judge})
    next_block_at(until + 1)
    suite.restitution.decide(plan, PAPER, {"from": suite.judge})


def test_not_while_a_claim_is_disputed(suite: Suite) -> None:
    plan = open_plan(suite)
    enter(suite, plan, victims_entry(suite))
    object_to(suite, plan)
    with reverts("ObjectionsOpen", 1):
        decide(suite, plan)


def test_not_without_claims_nor_without_a_paper(suite: Suite) -> None:
    plan = open_plan(suite)
    with reverts("NoClaims"):
        decide(suite, plan)
    other = open_plan(suite, awarded(suite, name="another"), name="another plan")
    enter(suite, other, entry("one"))
    with reverts("EmptyDecision"):
        decide(suite, other, decision=ZERO32)


def test_tracing_promises_no_more_than_there_is(suite: Suite) -> None:
    plan = open_plan(suite, method=TRACING)
    enter(suite, plan, entry("one", AMOUNT, AMOUNT), entry("two", 5, 1))
    with reverts("TracedBeyondTotal", AMOUNT + 1, AMOUNT):
        decide(suite, plan)


def test_tracing_leaves_what_was_traced_to_nobody(suite: Suite) -> None:
    plan = open_plan(suite, method=TRACING)
    enter(suite, plan, entry("one", 400, 300), entry("two", 500, 0))
    decide(suite, plan)
    total, shares = suite.restitution.planOf(plan)[10:12]
    assert (total, shares) == (AMOUNT, 300)
