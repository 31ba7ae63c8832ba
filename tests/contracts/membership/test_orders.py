# SPDX-License-Identifier: Apache-2.0
"""What is taken from an agency and by whom: no source lifts the order of another; a lost key is replaced."""

from __future__ import annotations

from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import block_at, next_block_at, now, pass_time
from tests.contracts.membership.councilstage import (
    FOUNDING,
    REASON,
    by_council,
    may,
    proposal,
    reputation,
    requester,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    ANSWER,
    CHECK,
    COLLECT,
    DAY,
    MY,
    NOBODY,
    OBJECT,
    REGISTER,
    RELEASE,
    REQUEST,
    VOTE,
    WITHDRAW,
    Suite,
    agency_id,
)

FLOOR = (COLLECT, REGISTER, ANSWER, CHECK, RELEASE, OBJECT, VOTE)
FOR_EVER = 2**40 - 1
EMERGENCY, EXCLUSION, STANDING = 2, 3, 4


# Suspensions of different sources


def test_the_council_suspends_for_a_year_at_most(suite: Suite) -> None:
    """For good is an exclusion, which needs more, and reaches no central authority alone."""
    agency, council, longest = suite.ids["my_authority"], by_council(suite), now() + 1000 + 365 * DAY
    next_block_at(longest - 365 * DAY)
    with reverts("InvalidSuspension", longest + 1, longest - 365 * DAY):
        suite.agencies.suspendByCouncil(agency, longest + 1, REASON, council)
    suite.agencies.suspendByCouncil(agency, longest, REASON, council)


def test_no_source_lifts_or_blocks_another(suite: Suite) -> None:
    officer, agency, council = requester(suite), suite.ids["my_police"], by_council(suite)
    until, own = now() + 9 * DAY, {"from": suite.my_authority}
    suite.agencies.suspendAgency(agency, until, REASON, own)
    suite.agencies.suspendByCouncil(agency, until + 1, REASON, council)
    suite.agencies.suspendInEmergency(agency, until + 2, REASON, {"from": as_module(suite.emergencies)})
    with reverts("AlreadySuspended", until + 1):
        suite.agencies.suspendByCouncil(agency, until, REASON, council)
    suite.agencies.liftAgencySuspension(agency, own)
    with reverts("NotSuspended"):
        suite.agencies.liftAgencySuspension(agency, own)
    assert not may(suite, officer, REQUEST)
    suite.agencies.liftByCouncil(agency, council)
    assert not may(suite, officer, REQUEST)
    assert len(suite.agencies.suspensionsBy(agency, EMERGENCY)) == 1
    assert suite.agencies.agencyOf(agency)[3] == 3
    block_at(until + 2)
    assert may(suite, officer, REQUEST)


def test_each_order_has_its_one_hand(suite: Suite) -> None:
    agency, until = suite.ids["my_police"], now() + DAY
    for name in ("cn_authority", "my_authority", "stranger"):
        by = {"from": suite.actors[name]}
        for act, given in (
            (suite.agencies.suspendByCouncil, (agency, until, REASON)),
            (suite.agencies.liftByCouncil, (agency,)),
            (suite.agencies.exclude, (agency, REASON)),
            (suite.agencies.excludeJurisdiction, (MY, REASON)),
            (suite.agencies.proposeReplacement, (agency, suite.stranger)),
        ):
            with reverts("NotTheCouncil", suite.actors[name]):
                act(*given, by)
        for act, given in (
            (suite.agencies.suspendInEmergency, (agency, until, REASON)),
            (suite.agencies.withhold, (agency, REQUEST, until)),
        ):
            with reverts("NotTheModule", suite.actors[name]):
                act(*given, by)


def test_the_council_suspends_who_exists(suite: Suite) -> None:
    for act in (suite.agencies.suspendByCouncil,):
        with reverts("NoSuchAgency", agency_id(MY, 99)):
            act(agency_id(MY, 99), now() + DAY, REASON, by_council(suite))
    with reverts("InvalidSuspension"):
        suite.agencies.suspendByCouncil(suite.ids["my_police"], now(), REASON, by_council(suite))
    with reverts("NotSuspended"):
        suite.agencies.liftByCouncil(suite.ids["my_police"], by_council(suite))


def test_a_suspension_by_vote(suite: Suite) -> None:
    officer = requester(suite)
    given = (suite.ids["my_police"], now() + 90 * DAY, REASON)
    proposal(suite, (suite.agencies, "suspendByCouncil", given)).carry(*FOUNDING)
    assert not may(suite, officer, REQUEST)
    lifting = proposal(suite, (suite.agencies, "liftByCouncil", given[:1]), text="lift it")
    lifting.carry(*FOUNDING)
    assert may(suite, officer, REQUEST)


# Standing


def test_standing_withholds_powers_one_by_one(suite: Suite) -> None:
    officer, agency = requester(suite), suite.ids["my_police"]
    by = {"from": reputation(suite)}
    until = now() + 10 * DAY
    suite.agencies.withhold(agency, REQUEST | RELEASE | VOTE, until, by)
    begun = now()
    assert tuple(suite.agencies.withheldOf(agency)) == (REQUEST, until)  # the floor is left out
    assert not may(suite, officer, REQUEST) and may(suite, officer, WITHDRAW) and may(suite, officer, RELEASE)
    pass_time(DAY)
    suite.agencies.withhold(agency, WITHDRAW, until + DAY, by)
    assert may(suite, officer, REQUEST) and not may(suite, officer, WITHDRAW)
    with reverts("NotEntitledThen", officer, 1, REQUEST, begun):
        suite.agencies.entitledAt(officer, 1, REQUEST, begun)
    suite.agencies.entitledAt(officer, 1, WITHDRAW, begun)
    first, second = suite.agencies.suspensionsBy(agency, STANDING)
    assert tuple(first) == (begun, now(), "0x" + REQUEST.to_bytes(32).hex())
    assert tuple(second) == (now(), until + DAY, "0x" + WITHDRAW.to_bytes(32).hex())
    block_at(until + DAY)
    assert may(suite, officer, WITHDRAW)
    assert tuple(suite.agencies.withheldOf(agency)) == (0, 0)


def test_standing_gives_back(suite: Suite) -> None:
    officer, agency = requester(suite), suite.ids["my_police"]
    by = {"from": reputation(suite)}
    suite.agencies.withhold(agency, 0, 0, by)
    assert suite.agencies.agencyOf(agency)[3] == 0
    suite.agencies.withhold(agency, REQUEST, FOR_EVER, by)
    tx = suite.agencies.withhold(agency, 0, 0, by)
    assert dict(tx.events["PowersWithheld"]) == {"agency": agency, "powers": 0, "until": now()}
    assert may(suite, officer, REQUEST)
    with reverts("InvalidSuspension"):
        suite.agencies.withhold(agency, REQUEST, now(), by)
    with reverts("NoSuchAgency", agency_id(MY, 99)):
        suite.agencies.withhold(agency_id(MY, 99), REQUEST, FOR_EVER, by)


# A lost key


def test_a_lost_key_is_replaced_after_a_week(suite: Suite) -> None:
    agency, new = suite.ids["my_authority"], suite.actor("my_new_key")
    suite.agencies.proposeAccount(suite.actor("the thief's next key"), {"from": suite.my_authority})
    suite.agencies.proposeReplacement(agency, new, by_council(suite))
    start = now() + 7 * DAY
    with reverts("NotProposed", suite.stranger, agency):
        suite.agencies.takeOver(agency, {"from": suite.stranger})
    next_block_at(start - 1)
    with reverts("ReplacementFrom", agency, start, start - 1):
        suite.agencies.takeOver(agency, {"from": new})
    next_block_at(start)
    suite.agencies.takeOver(agency, {"from": new})
    assert suite.agencies.votingJurisdiction(new) == MY
    assert suite.agencies.agencyByAccount(suite.my_authority) == 0
    with reverts("NotProposed"):
        suite.agencies.acceptAccount(agency, {"from": suite.actors["the thief's next key"]})
    with reverts("NoReplacement", agency):
        suite.agencies.takeOver(agency, {"from": new})


def test_whoever_still_has_the_key_says_so_until_it_is_taken_over(suite: Suite) -> None:
    agency, new = suite.ids["my_police"], suite.actor("my_new_key")
    with reverts("NoReplacement", agency):
        suite.agencies.vetoReplacement({"from": suite.my_police})
    suite.agencies.proposeReplacement(agency, new, by_council(suite))
    for waited in (0, 7 * DAY, 400 * DAY):
        suite.agencies.proposeReplacement(agency, new, by_council(suite))
        pass_time(waited)
        suite.agencies.vetoReplacement({"from": suite.my_police})
        with reverts("NoReplacement", agency):
            suite.agencies.takeOver(agency, {"from": new})
    suite.agencies.proposeReplacement(agency, new, by_council(suite))
    pass_time(7 * DAY)
    suite.agencies.takeOver(agency, {"from": new})
    with reverts("NotAnAgency", suite.my_police):
        suite.agencies.vetoReplacement({"from": suite.my_police})


def test_a_key_that_was_reported_neither_vetoes_nor_moves_on(suite: Suite) -> None:
    suite.agencies.proposeReplacement(suite.ids["my_police"], suite.actor("my_new_key"), by_council(suite))
    suite.agencies.reportCompromise(suite.my_police, 0, {"from": suite.my_police})
    with reverts("KeyReported", suite.my_police):
        suite.agencies.vetoReplacement({"from": suite.my_police})
    with reverts("KeyReported", suite.my_police):
        suite.agencies.proposeAccount(suite.actor("moved on"), {"from": suite.my_police})


def test_moving_on_escapes_no_replacement(suite: Suite) -> None:
    """A thief who changes the key once more stays replaceable."""
    agency, new = suite.ids["my_police"], suite.actor("my_new_key")
    suite.agencies.proposeReplacement(agency, new, by_council(suite))
    suite.agencies.proposeAccount(suite.actor("moved on"), {"from": suite.my_police})
    pass_time(7 * DAY)
    suite.agencies.acceptAccount(agency, {"from": suite.actors["moved on"]})
    suite.agencies.takeOver(agency, {"from": new})
    assert suite.agencies.agencyOf(agency)[0] == new


def test_a_replacement_is_nobodys_key(suite: Suite) -> None:
    agency, council = suite.ids["my_police"], by_council(suite)
    for taken in (NOBODY, suite.cn_police, suite.collector):
        with reverts("AddressInUse", taken):
            suite.agencies.proposeReplacement(agency, taken, council)
    with reverts("NoSuchAgency", agency_id(MY, 99)):
        suite.agencies.proposeReplacement(agency_id(MY, 99), suite.stranger, council)
    suite.agencies.proposeReplacement(agency, suite.actor("late"), council)
    suite.appoint("cn_police", "late")
    pass_time(7 * DAY)
    with reverts("AddressInUse", suite.actors["late"]):
        suite.agencies.takeOver(agency, {"from": suite.actors["late"]})
