# SPDX-License-Identifier: Apache-2.0
"""Suspension at once, by several jurisdictions: how many, for how long, how often."""

from __future__ import annotations

from typing import Any

from tests.contracts.clock import block_at, next_block_at, now, pass_time
from tests.contracts.membership.councilstage import REASON, TH, VN, by_council, founder, voting_officer
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, OFFICE, RELEASE, REQUEST, SG, Suite, agency_id

EMERGENCY = 2


def support(suite: Suite, target: int, *voters: str) -> Any:
    for voter in voters:
        tx = suite.emergencies.support(target, REASON, {"from": suite.actors[voter]})
    return tx


def is_suspended(suite: Suite, officer: Any) -> bool:
    agency, held = suite.agencies.authorizeAny(officer, REQUEST | RELEASE)
    assert agency and held & RELEASE  # the floor
    return not held & REQUEST


def test_two_of_three_others_suspend_at_once(suite: Suite) -> None:
    officer = suite.appoint("sg_police", "sg_requester", REQUEST | RELEASE)
    target = suite.ids["sg_police"]
    assert suite.emergencies.neededFor(target) == 2
    support(suite, target, "cn_authority")
    assert not is_suspended(suite, officer)
    tx = support(suite, target, "my_authority")
    until = now() + 14 * DAY
    assert tx.events["SuspendedInEmergency"]["until"] == until
    assert is_suspended(suite, officer)
    assert suite.emergencies.lastEmergency(target) == now()
    assert suite.emergencies.supportsOf(target) == ()
    block_at(until - 1)
    assert is_suspended(suite, officer)
    block_at(until)
    assert not is_suspended(suite, officer)


def test_a_third_of_the_others_is_needed(six: Suite) -> None:
    """The target's own jurisdiction is not counted; one more member, and one more is needed."""
    for number, jurisdiction in enumerate((704, 360, 418, 104)):
        six.agencies.admit(founder(six, f"newcomer_{number}", jurisdiction), by_council(six))
    target = six.ids["sg_police"]
    assert six.agencies.membersAt(now()) == 10
    assert six.emergencies.neededFor(target) == 3
    assert six.emergencies.neededFor(six.ids["office"]) == 4
    support(six, target, "cn_authority", "my_authority")
    assert [jurisdiction for jurisdiction, _ in six.emergencies.supportsOf(target)] == [CN, MY]
    assert support(six, target, "th_authority").events["SuspendedInEmergency"]


def test_never_less_than_two(suite: Suite) -> None:
    suite.agencies.leave({"from": suite.cn_authority})
    target = suite.ids["sg_police"]
    assert suite.emergencies.neededFor(target) == 2
    support(suite, target, "my_authority")
    assert suite.emergencies.lastEmergency(target) == 0


def test_only_voters_of_others(suite: Suite) -> None:
    target = suite.ids["sg_police"]
    with reverts("OwnJurisdiction", target):
        support(suite, target, "sg_authority")
    for name in ("stranger", "cn_police", "collector", "office"):
        with reverts("NotAVoter", suite.actors[name]):
            support(suite, target, name)
        with reverts("NotAVoter", suite.actors[name]):
            suite.emergencies.withdrawSupport(target, {"from": suite.actors[name]})
    for nobody in (agency_id(SG, 99), SG << 16, agency_id(VN, 1)):
        with reverts("NoSuchAgency", nobody):
            support(suite, nobody, "cn_authority")


def test_a_jurisdiction_counts_once(suite: Suite) -> None:
    voting_officer(suite, "cn_authority", "cn_voter")
    target = suite.ids["sg_police"]
    support(suite, target, "cn_authority")
    until = now() + 3 * DAY
    with reverts("AlreadySupported", target, CN, until):
        support(suite, target, "cn_voter")


def test_a_support_counts_for_three_days(suite: Suite) -> None:
    target = suite.ids["sg_police"]
    support(suite, target, "cn_authority")
    over = now() + 3 * DAY
    next_block_at(over)
    support(suite, target, "my_authority")
    assert suite.emergencies.lastEmergency(target) == 0
    assert [jurisdiction for jurisdiction, _ in suite.emergencies.supportsOf(target)] == [MY]
    support(suite, target, "cn_authority")
    assert suite.emergencies.lastEmergency(target) == now()


def test_the_last_second_of_a_support(suite: Suite) -> None:
    target = suite.ids["sg_police"]
    support(suite, target, "cn_authority")
    next_block_at(now() + 3 * DAY - 1)
    support(suite, target, "my_authority")
    assert suite.emergencies.lastEmergency(target) == now()


def test_a_support_is_taken_back(suite: Suite) -> None:
    target, by = suite.ids["sg_police"], {"from": suite.cn_authority}
    with reverts("NoSupport", target, CN):
        suite.emergencies.withdrawSupport(target, by)
    support(suite, target, "cn_authority")
    suite.emergencies.withdrawSupport(target, by)
    support(suite, target, "my_authority")
    assert suite.emergencies.lastEmergency(target) == 0
    support(suite, target, "cn_authority")
    with reverts("NoSupport", target, CN):
        suite.emergencies.withdrawSupport(target, by)


def test_the_support_of_one_that_left_does_not_count(six: Suite) -> None:
    target = six.ids["sg_police"]
    support(six, target, "th_authority")
    six.agencies.leave({"from": six.th_authority})
    assert six.emergencies.supportsOf(target) == ()
    support(six, target, "cn_authority")
    assert six.emergencies.lastEmergency(target) == 0
    six.agencies.readmit(TH, by_council(six))
    assert six.agencies.votingJurisdiction(six.th_authority) == TH


def test_once_in_180_days(suite: Suite) -> None:
    target = suite.ids["sg_police"]
    support(suite, target, "cn_authority", "my_authority")
    earliest = now() + 180 * DAY
    next_block_at(earliest - 1)
    with reverts("TooSoon", target, earliest):
        support(suite, target, "cn_authority")
    next_block_at(earliest)
    support(suite, target, "cn_authority", "my_authority")
    assert len(suite.agencies.suspensionsBy(target, EMERGENCY)) == 2


def test_sooner_if_the_council_confirmed(suite: Suite) -> None:
    target = suite.ids["sg_police"]
    suite.agencies.suspendByCouncil(target, now() + 1000, REASON, by_council(suite))
    pass_time(2000)
    support(suite, target, "cn_authority", "my_authority")
    earliest = now() + 180 * DAY
    pass_time(20 * DAY)
    with reverts("TooSoon", target, earliest):  # what the Council ordered before confirms nothing
        support(suite, target, "cn_authority")
    suite.agencies.suspendByCouncil(target, now() + 100 * DAY, REASON, by_council(suite))
    support(suite, target, "cn_authority", "my_authority")
    with reverts("TooSoon", target, now() + 180 * DAY):
        support(suite, target, "cn_authority")


def test_a_central_authority_can_be_the_target_and_still_votes(suite: Suite) -> None:
    support(suite, suite.ids["sg_authority"], "cn_authority", "my_authority")
    assert suite.agencies.votingJurisdiction(suite.sg_authority) == SG
    assert suite.agencies.membersAt(now()) == 3


def test_an_office_can_be_the_target(suite: Suite) -> None:
    assert suite.ids["office"] >> 16 == OFFICE
    support(suite, suite.ids["office"], "cn_authority", "my_authority")
    assert suite.emergencies.lastEmergency(suite.ids["office"]) == now()
