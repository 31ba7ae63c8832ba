# SPDX-License-Identifier: Apache-2.0
"""The Council: what is enough, and what becomes of a decision, to the second."""

from __future__ import annotations

import pytest

from tests.contracts.clock import block_at, next_block_at, now, pass_time
from tests.contracts.membership.councilstage import (
    ABSTAINING,
    AGAINST,
    AUTHORITIES,
    EXECUTABLE_FOR,
    FOUNDING,
    REASON,
    VN,
    VOTING_DELAY,
    VOTING_PERIOD,
    WAIT,
    State,
    admission,
    by_council,
    founder,
    proposal,
    suspension,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, SG, ZERO32, Suite, agency_id

# From proposal to effect


def test_a_country_joins_by_vote(suite: Suite) -> None:
    """Proposed, voted, waited for, carried out by a stranger."""
    joining = admission(suite).propose()
    assert joining.state == State.PENDING
    pass_time(VOTING_DELAY + 1)
    assert joining.state == State.ACTIVE
    joining.vote(*FOUNDING).close()
    assert joining.state == State.SUCCEEDED
    joining.queue()
    assert joining.state == State.QUEUED
    with reverts("TimelockUnexpectedOperationState"):
        joining.execute()
    pass_time(WAIT)
    joining.execute()
    assert joining.state == State.EXECUTED
    assert list(suite.agencies.memberJurisdictions()) == [CN, MY, SG, VN]
    assert suite.agencies.agencyByAccount(suite.vn_authority) == agency_id(VN, 1)
    assert suite.agencies.votingJurisdiction(suite.vn_authority) == VN


def test_the_pace_is_kept_to_the_second(suite: Suite) -> None:
    joining = admission(suite).propose()
    snapshot = suite.council.proposalSnapshot(joining.id)
    deadline = suite.council.proposalDeadline(joining.id)
    assert (snapshot - now(), deadline - snapshot) == (VOTING_DELAY, VOTING_PERIOD)
    next_block_at(snapshot)
    with reverts("GovernorUnexpectedProposalState"):
        joining.vote("cn_authority")
    next_block_at(snapshot + 1)
    joining.vote("cn_authority")
    next_block_at(deadline)
    joining.vote("my_authority")
    next_block_at(deadline + 1)
    with reverts("GovernorUnexpectedProposalState"):
        joining.vote("sg_authority")
    joining.queue()
    eta = suite.council.proposalEta(joining.id)
    assert eta == now() + WAIT
    next_block_at(eta - 1)
    with reverts("TimelockUnexpectedOperationState"):
        joining.execute()
    next_block_at(eta)
    joining.execute()


def test_what_is_enough_is_counted_of_the_members_at_the_snapshot(six: Suite) -> None:
    """Admission: half of six have voted, two thirds of the decided are for it."""
    joining = admission(six).open()
    assert six.agencies.membersAt(six.council.proposalSnapshot(joining.id)) == 6
    assert tuple(six.council.decisionOf(joining.id)) == (CN, 5000, 6666, 0, 0, 0)
    joining.vote("cn_authority", "my_authority").vote("sg_authority", support=ABSTAINING).close()
    assert tuple(six.council.decisionOf(joining.id))[3:] == (0, 2, 1)
    assert joining.state == State.SUCCEEDED


@pytest.mark.parametrize(
    ("in_favour", "against", "abstaining", "state"),
    [
        (2, 0, 0, State.DEFEATED),  # no quorum
        (0, 0, 3, State.DEFEATED),  # nobody for it
        (3, 0, 0, State.SUCCEEDED),
        (3, 2, 0, State.DEFEATED),  # three fifths
        (4, 2, 0, State.SUCCEEDED),  # two thirds are a little more than 66.66 %
        (5, 1, 0, State.SUCCEEDED),
        (1, 0, 2, State.SUCCEEDED),
    ],
)
def test_quorum_and_threshold(
    six: Suite, in_favour: int, against: int, abstaining: int, state: State
) -> None:
    voters = list(AUTHORITIES)
    joining = admission(six).open()
    joining.vote(*voters[:in_favour])
    joining.vote(*voters[in_favour : in_favour + against], support=AGAINST)
    joining.vote(*voters[in_favour + against :][:abstaining], support=ABSTAINING)
    assert joining.close().state == state
    if state == State.DEFEATED:
        with reverts("GovernorUnexpectedProposalState"):
            joining.queue()


def test_the_strictest_kind_rules(six: Suite) -> None:
    """An admission with an exclusion beside it needs what an exclusion needs."""
    both = proposal(
        six,
        (six.agencies, "admit", (founder(six, "vn_authority", VN),)),
        (six.agencies, "exclude", (six.ids["sg_bank"], REASON)),
    ).open()
    assert tuple(six.council.decisionOf(both.id))[1:3] == (6666, 7500)
    both.vote(*AUTHORITIES[:3]).close()
    assert both.state == State.DEFEATED  # half have voted, two thirds have to


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (1, (5000, 6666)),
        (2, (5000, 6666)),
        (3, (6666, 7500)),
        (4, (5000, 5001)),
        (5, (6666, 7500)),
        (6, (6666, 7500)),
    ],
)
def test_rules_of_the_kinds(suite: Suite, kind: int, rule: tuple[int, int]) -> None:
    assert tuple(suite.council.kindRule(kind)) == rule


# Expiry


def test_a_success_that_nobody_queues_expires(suite: Suite) -> None:
    joining = admission(suite).open().vote(*FOUNDING).close()
    deadline = suite.council.proposalDeadline(joining.id)
    block_at(deadline + EXECUTABLE_FOR)
    assert now() == deadline + EXECUTABLE_FOR and joining.state == State.SUCCEEDED
    pass_time(1)
    assert joining.state == State.EXPIRED
    with reverts("GovernorUnexpectedProposalState"):
        joining.queue()


def test_a_decision_that_nobody_executes_expires_for_everybody(suite: Suite) -> None:
    """Also at the timelock itself, where anybody may execute."""
    joining = admission(suite).open().vote(*FOUNDING).close().queue()
    eta = suite.council.proposalEta(joining.id)
    next_block_at(eta + EXECUTABLE_FOR)
    with reverts("GovernorUnexpectedProposalState"):
        joining.execute()
    assert joining.state == State.EXPIRED
    with reverts("TimelockUnexpectedOperationState"):
        suite.timelock.executeBatch(*joining.lists, ZERO32, joining.salt, {"from": suite.stranger})
    suspension(suite, "another").propose()


def test_the_last_second_of_a_decision(suite: Suite) -> None:
    joining = admission(suite).open().vote(*FOUNDING).close().queue()
    next_block_at(suite.council.proposalEta(joining.id) + EXECUTABLE_FOR - 1)
    joining.execute()


# Its own parameters


def test_the_council_changes_its_own_parameters(suite: Suite) -> None:
    running = suspension(suite, "before").propose("my_authority")
    proposal(
        suite,
        (suite.council, "setKindRule", (2, 3334, 5001)),
        (suite.council, "setPace", (2 * DAY, 3 * DAY)),
        (suite.timelock, "updateDelay", (5 * DAY,)),
    ).carry(*FOUNDING)
    assert tuple(suite.council.kindRule(2)) == (3334, 5001)
    assert (suite.council.votingDelay(), suite.council.votingPeriod()) == (2 * DAY, 3 * DAY)
    assert suite.timelock.getMinDelay() == 5 * DAY
    assert tuple(suite.council.decisionOf(running.id))[1:3] == (5000, 6666)
    assert suite.council.quorum(now() - 1) == 2


@pytest.mark.parametrize(
    "given", [(0, 5000, 6000), (1, 3333, 6000), (1, 10001, 6000), (1, 5000, 5000), (1, 5000, 10001)]
)
def test_no_majority_makes_a_minority_enough(suite: Suite, given: tuple[int, int, int]) -> None:
    with reverts("InvalidKindRule", *given):
        suite.council.setKindRule(*given, by_council(suite))


def test_parameters_have_bounds(suite: Suite) -> None:
    council = by_council(suite)
    for pace in ((DAY - 1, DAY), (DAY, DAY - 1), (30 * DAY + 1, DAY), (DAY, 30 * DAY + 1)):
        with reverts("InvalidPace", *pace):
            suite.council.setPace(*pace, council)
    suite.council.setPace(DAY, 30 * DAY, council)
    for delay in (DAY - 1, 30 * DAY + 1):
        with reverts("InvalidDelay", delay):
            suite.timelock.updateDelay(delay, council)
    for act, given in ((suite.council.setPace, (DAY, DAY)), (suite.council.setKindRule, (1, 5000, 6000))):
        with reverts("NotTheCouncil", suite.cn_authority):
            act(*given, {"from": suite.cn_authority})


def test_it_says_how_it_counts(suite: Suite) -> None:
    assert suite.council.CLOCK_MODE() == "mode=timestamp"
    assert suite.council.COUNTING_MODE() == "support=bravo&quorum=against,for,abstain"
    assert suite.council.clock() == now()
    assert suite.council.timelock() == suite.timelock
    assert suite.timelock.EXECUTABLE_FOR() == EXECUTABLE_FOR
