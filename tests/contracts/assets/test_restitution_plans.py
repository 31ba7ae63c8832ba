# SPDX-License-Identifier: Apache-2.0
"""Plans of restitution: over what may go back, promised once, decided by whom the law wants, closed once."""

from __future__ import annotations

import pytest
from brownie import web3
from eth_abi import encode

from tests.contracts.assets.stage import (
    SGD,
    USD,
    answer,
    answer_of,
    check,
    endorsed,
    held,
    hold_id,
    order,
    ratified,
    target,
)
from tests.contracts.assets.victims import (
    AMOUNT,
    CLOSED,
    OPEN,
    PAPER,
    PRO_RATA,
    TRACING,
    Source,
    awarded,
    before_judgment,
    decide,
    enter,
    entry,
    notice_over,
    object_to,
    open_plan,
    pay,
    proceeds,
    registered,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, DISTRIBUTE, HOUR, PROPOSE, ZERO32, Suite

STATE = 3


def id_of(source: Source) -> bytes:
    return source[1] if source[0] else hold_id(source[1], source[2])


def state(suite: Suite, plan: bytes) -> int:
    return int(suite.restitution.planOf(plan)[STATE])


# Opening


def test_a_plan_says_over_what_how_and_until_when(suite: Suite) -> None:
    source = awarded(suite)
    until = now() + 40 * DAY
    tx = suite.restitution.open(PAPER, SGD, PRO_RATA, until, [source], {"from": suite.distributor})
    agency = suite.ids["sg_police"]
    plan = web3.keccak(encode(["uint32", "bytes32"], [agency, PAPER]))
    event = tx.events["PlanOpened"]
    assert (event["plan"], event["agency"], event["officer"]) == (
        "0x" + plan.hex(),
        agency,
        suite.distributor,
    )
    assert suite.restitution.planOf(plan) == (
        agency, SGD, PRO_RATA, OPEN, True, 1, 0, until, 0, 0, 0, 0, 0
    )  # fmt: skip
    assert suite.restitution.sourceOf(plan, 0)[0] is False
    assert suite.restitution.planOfSource(source) == "0x" + plan.hex()
    with reverts("NoSuchSource", 1):
        suite.restitution.sourceOf(plan, 1)


def test_a_plan_has_a_name_and_is_opened_once(suite: Suite) -> None:
    source, other = awarded(suite), awarded(suite, name="another")
    with reverts("EmptyPlan"):
        suite.restitution.open(ZERO32, SGD, TRACING, now() + DAY, [source], {"from": suite.distributor})
    plan = open_plan(suite, source)
    with reverts("AlreadyOpened", plan):
        open_plan(suite, other)
    suite.restitution.close(plan, {"from": suite.distributor})
    with reverts("AlreadyOpened", plan):
        open_plan(suite, other)
    assert open_plan(suite, other, name="another plan") != plan


def test_a_plan_says_how(suite: Suite) -> None:
    with reverts("NoMethod"):
        open_plan(suite, awarded(suite), method=0)


def test_whoever_may_not_plan_opens_nothing(suite: Suite) -> None:
    source = awarded(suite)
    for officer in ("teller", "requester", "judge", "high_ratifier"):
        with reverts("NotAuthorised", suite.actors[officer], DISTRIBUTE):
            open_plan(suite, source, by=officer)


def test_pro_rata_needs_thirty_days_of_notice(suite: Suite) -> None:
    """China, Rules on the return of frozen funds of 2016, art. 8; at the very second."""
    source = awarded(suite)
    for short in (1, HOUR):
        at = now() + HOUR
        next_block_at(at)
        with reverts("NoticeTooBrief", at + 30 * DAY - short, at + 30 * DAY):
            suite.restitution.open(
                PAPER, SGD, PRO_RATA, at + 30 * DAY - short, [source], {"from": suite.distributor}
            )
    at = now() + HOUR
    next_block_at(at)
    suite.restitution.open(PAPER, SGD, PRO_RATA, at + 30 * DAY, [source], {"from": suite.distributor})


def test_tracing_needs_a_notice_that_is_not_over(suite: Suite) -> None:
    source = awarded(suite)
    at = now() + HOUR
    next_block_at(at)
    with reverts("NoticeTooBrief", at - 1, at):
        suite.restitution.open(PAPER, SGD, TRACING, at - 1, [source], {"from": suite.distributor})
    at = now() + HOUR
    next_block_at(at)
    suite.restitution.open(PAPER, SGD, TRACING, at, [source], {"from": suite.distributor})


# Sources


def test_at_least_one_source_and_at_most_sixteen(suite: Suite) -> None:
    with reverts("NoSources"):
        suite.restitution.open(PAPER, SGD, TRACING, now() + DAY, [], {"from": suite.distributor})
    with reverts("TooManySources", 17, 16):
        open_plan(suite, *[(False, PAPER, PAPER)] * 17)


def test_sixteen_sources_are_taken(suite: Suite) -> None:
    given = [target(suite, f"account {number}") for number in range(16)]
    request = ratified(suite, *given)
    names = [named[1] for named in given]
    suite.holds.answer([answer_of(request, named) for named in names], {"from": suite.teller})
    for named in names:
        suite.objections.dispose(request, named, AMOUNT, 0, PAPER, {"from": suite.judge})
    plan = open_plan(suite, *[(False, request, named) for named in names])
    enter(suite, plan, entry("one", 20 * AMOUNT))
    decide(suite, plan)
    assert suite.restitution.planOf(plan)[10] == 16 * AMOUNT


def test_a_source_belongs_to_one_plan_until_it_is_closed(suite: Suite) -> None:
    source, other = awarded(suite), awarded(suite, name="another")
    first = open_plan(suite, source)
    with reverts("SourceInOtherPlan", id_of(source), first):
        open_plan(suite, other, source, name="second")
    suite.restitution.close(first, {"from": suite.distributor})
    assert suite.restitution.planOfSource(source) == "0x" + ZERO32.hex()
    second = open_plan(suite, other, source, name="second")
    assert suite.restitution.planOfSource(source) == "0x" + second.hex()


def test_a_transferred_case_takes_its_assets_along(suite: Suite) -> None:
    """The former agency's plan gives the asset up once whoever has the case now plans it."""
    car, wallet = proceeds(suite, acquisition=registered(suite)), awarded(suite)
    former = open_plan(suite, car, wallet, name="former", notice=HOUR, method=TRACING)
    enter(suite, former, entry("one", AMOUNT, AMOUNT))
    _transferred(suite, car[1], "sg_unit")
    notice_over(suite, former)
    tx = suite.restitution.decide(former, PAPER, {"from": suite.judge})
    assert tx.events["PlanDecided"]["total"] == AMOUNT  # of the wallet alone
    plan = open_plan(suite, car, name="of whoever has it now", by="unit_distributor")
    assert bytes(suite.restitution.planOfSource(car)) == plan
    with reverts("SourceInOtherPlan", car[1], plan):
        pay(suite, former, (entry("one")[0], 1), source=0, by="keeper")
    pay(suite, former, (entry("one")[0], 1), source=1)
    suite.restitution.close(former, {"from": suite.distributor})
    assert bytes(suite.restitution.planOfSource(car)) == plan
    with reverts("SourceInOtherPlan", car[1], plan):
        open_plan(suite, car, name="again", by="unit_distributor")


def test_a_decided_plan_is_paid_until_the_case_is_planned_anew(suite: Suite) -> None:
    car = proceeds(suite, acquisition=registered(suite))
    former = open_plan(suite, car, name="former", notice=HOUR, method=TRACING)
    enter(suite, former, entry("one", AMOUNT, AMOUNT))
    decide(suite, former)
    _transferred(suite, car[1], "sg_unit")
    pay(suite, former, (entry("one")[0], 1), by="keeper")


def _transferred(suite: Suite, thing: bytes, to: str) -> None:
    """By a prosecutor of the agency that has it."""
    suite.appoint("sg_police", "police_prosecutor", PROPOSE)
    suite.assets.transferCase(PAPER, [thing], suite.ids[to], {"from": suite.actor("police_prosecutor")})


def test_no_source_stands_twice_in_a_plan(suite: Suite) -> None:
    source = awarded(suite)
    with reverts("SourceInOtherPlan"):
        open_plan(suite, source, source)


def test_an_asset_has_one_name(suite: Suite) -> None:
    thing = proceeds(suite)
    alias = (True, thing[1], PAPER)
    with reverts("NothingReturnable", thing[1]):
        open_plan(suite, alias)
    plan = open_plan(suite, thing)
    assert suite.restitution.planOfSource(alias) == "0x" + plan.hex()


def test_only_what_may_go_back(suite: Suite) -> None:
    request, named = held(suite)  # cash: here nothing goes back before a judgment
    with reverts("NothingReturnable", hold_id(request, named)):
        open_plan(suite, (False, request, named))
    taken = awarded(suite, name="forfeited")
    suite.objections.dispose(request, named, 0, AMOUNT, PAPER, {"from": suite.judge})
    with reverts("NothingReturnable", hold_id(request, named)):
        open_plan(suite, taken, (False, request, named))


def test_before_judgment_only_while_no_objection_waits(suite: Suite) -> None:
    source = before_judgment(suite)
    suite.objections.objectAsMember(*source[1:], PAPER, {"from": suite.bank_objector})
    with reverts("NothingReturnable", id_of(source)):
        open_plan(suite, source)
    suite.objections.review(*source[1:], 3, 0, PAPER, {"from": suite.reviewer})
    assert not suite.restitution.planOf(open_plan(suite, source))[4]


def test_of_one_currency(suite: Suite) -> None:
    source, dollars = awarded(suite), awarded(suite, name="dollars", currency=USD)
    with reverts("OtherCurrency", USD, SGD):
        open_plan(suite, source, dollars)
    with reverts("OtherCurrency", SGD, USD):
        open_plan(suite, source, currency=USD)


def test_awarded_all_or_none(suite: Suite) -> None:
    by_court, without = awarded(suite), before_judgment(suite)
    for sources in ((by_court, without), (without, by_court)):
        with reverts("MixedSources"):
            open_plan(suite, *sources)


def test_whoever_obtained_it_plans(suite: Suite) -> None:
    """At home the requester; for a foreign request the requester or the endorser, nobody else."""
    at_home = awarded(suite)
    for officer, agency in (("unit_distributor", "sg_unit"), ("my_distributor", "my_police")):
        with reverts("NotOfPlanner", id_of(at_home), suite.ids[agency]):
            open_plan(suite, at_home, by=officer)

    given = target(suite, "abroad")
    request = endorsed(suite, given, given=order("from abroad"))
    answer(suite, request, given[1])
    check(suite, request, given[1])
    suite.objections.dispose(request, given[1], AMOUNT, 0, PAPER, {"from": suite.judge})
    foreign = (False, request, given[1])
    with reverts("NotOfPlanner", id_of(foreign), suite.ids["sg_police"]):
        open_plan(suite, foreign)
    for officer in ("unit_distributor", "my_distributor"):
        plan = open_plan(suite, foreign, by=officer)
        suite.restitution.close(plan, {"from": suite.actors[officer]})


def test_whoever_answers_for_an_asset_plans(suite: Suite) -> None:
    thing = proceeds(suite)
    with reverts("NotOfPlanner", thing[1], suite.ids["sg_unit"]):
        open_plan(suite, thing, by="unit_distributor")
    open_plan(suite, thing)


# Closing


@pytest.mark.parametrize("after", ["opening", "decision", "payment"])
def test_a_closed_plan_pays_nothing_more(suite: Suite, after: str) -> None:
    plan = open_plan(suite)
    enter(suite, plan, entry("one"))
    if after != "opening":
        decide(suite, plan)
    if after == "payment":
        pay(suite, plan, (entry("one")[0], 300))
    tx = suite.restitution.close(plan, {"from": suite.distributor})
    paid, unpaid = {"opening": (0, 0), "decision": (0, AMOUNT), "payment": (300, AMOUNT - 300)}[after]
    assert (tx.events["PlanClosed"]["paid"], tx.events["PlanClosed"]["unpaid"]) == (paid, unpaid)
    with reverts("PlanInState", plan, CLOSED):
        pay(suite, plan, (entry("one")[0], 1))
    with reverts("PlanInState", plan, CLOSED):
        suite.restitution.close(plan, {"from": suite.distributor})


def test_only_its_agency_closes_it(suite: Suite) -> None:
    plan = open_plan(suite)
    with reverts("NotThePlanner", suite.ids["sg_unit"], suite.ids["sg_police"]):
        suite.restitution.close(plan, {"from": suite.unit_distributor})
    with reverts("NotAuthorised", suite.judge, DISTRIBUTE):
        suite.restitution.close(plan, {"from": suite.judge})


def test_what_was_never_opened_is_no_plan(suite: Suite) -> None:
    distributor, judge = {"from": suite.distributor}, {"from": suite.judge}
    calls = (
        lambda: suite.restitution.close(PAPER, distributor),
        lambda: enter(suite, PAPER, entry("one")),
        lambda: suite.restitution.decide(PAPER, PAPER, judge),
        lambda: pay(suite, PAPER, (PAPER, 1)),
        lambda: object_to(suite, PAPER),
        lambda: suite.restitution.decideObjection(PAPER, PAPER, 1, PAPER, judge),
        lambda: suite.restitution.confirmByReceipt(PAPER, PAPER, PAPER, distributor),
    )
    for call in calls:
        with reverts("NoSuchPlan", PAPER):
            call()
