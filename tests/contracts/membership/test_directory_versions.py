# SPDX-License-Identifier: Apache-2.0
"""New versions of modules: by vote, to the byte, beside the former ones; the ground never."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import JudgementMock, accounts, web3

from tests.contracts.clock import now, pass_time
from tests.contracts.membership.councilstage import FOUNDING, by_council, proposal
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, NOBODY, ZERO32, Suite

TIPS, NEWS = (name.ljust(32, b"\0") for name in (b"Tips", b"News"))
GROUND = ("Directory", "AgencyRegistry", "Council", "CouncilTimelock", "Emergencies", "AgencyReputation")
ABSENT, ACTIVE, FINISHING, RETIRED = range(4)


@pytest.fixture
def successor(isolation: None) -> Any:
    """Some code that stands there and is not of the suite."""
    return JudgementMock.deploy({"from": accounts[0]})


def code_hash(contract: Any) -> bytes:
    return bytes(web3.keccak(web3.eth.get_code(str(contract.address))))


def test_a_new_version_comes_by_vote(suite: Suite, successor: Any) -> None:
    """S089: an upgrade needs the quorum; the former version stays where it was and finishes."""
    former = suite.tips.address
    listing = proposal(suite, (suite.directory, "listVersion", (TIPS, successor, code_hash(successor))))
    listing.carry(*FOUNDING)
    assert tuple(suite.directory.moduleOf(TIPS)) == (
        successor, ACTIVE, "0x" + code_hash(successor).hex(), now(),
    )  # fmt: skip
    assert suite.directory.addressOf(TIPS) == successor
    old, new = suite.directory.versionsOf(TIPS)
    assert (old[0], old[2], old[3]) == (former, now(), 0) and 0 < old[1] < now()
    assert tuple(new)[:4] == (successor, now(), 0, 0)
    listed = [bytes(name) for name in suite.directory.names()]
    assert len(listed) == len(set(listed))


def test_only_the_council_lists_and_changes_states(suite: Suite, successor: Any) -> None:
    for name in ("stranger", "cn_authority", "collector"):
        by = {"from": suite.actors[name]}
        with reverts("NotTheCouncil", suite.actors[name]):
            suite.directory.listVersion(TIPS, successor, code_hash(successor), by)
        with reverts("NotTheCouncil", suite.actors[name]):
            suite.directory.setState(TIPS, 1, RETIRED, by)


def test_what_is_listed_is_what_was_voted_on(suite: Suite, successor: Any) -> None:
    council = by_council(suite)
    with reverts("CodeDiffers", TIPS, b"\x01" * 32, code_hash(successor)):
        suite.directory.listVersion(TIPS, successor, b"\x01" * 32, council)
    empty = "0x" + "66" * 20
    with reverts("NoCode", TIPS, empty):
        suite.directory.listVersion(TIPS, empty, ZERO32, council)


@pytest.mark.parametrize("name", GROUND)
def test_the_ground_is_for_ever(suite: Suite, successor: Any, name: str) -> None:
    council, word = by_council(suite), name.encode().ljust(32, b"\0")
    with reverts("IsGround", word):
        suite.directory.listVersion(word, successor, code_hash(successor), council)
    with reverts("IsGround", word):
        suite.directory.setState(word, 1, RETIRED, council)


def test_states_go_forward_only(suite: Suite) -> None:
    council, listed = by_council(suite), suite.directory.moduleOf(TIPS)[0]
    with reverts("StateOnlyForward", TIPS, ACTIVE, ACTIVE):
        suite.directory.setState(TIPS, 1, ACTIVE, council)
    suite.directory.setState(TIPS, 1, FINISHING, council)
    finishing = now()
    assert suite.directory.moduleOf(TIPS)[1] == FINISHING and suite.directory.moduleOf(TIPS)[3] == finishing
    assert suite.directory.addressOf(TIPS) == listed
    pass_time(DAY)
    suite.directory.setState(TIPS, 1, RETIRED, council)
    assert suite.directory.moduleOf(TIPS)[1] == RETIRED and suite.directory.moduleOf(TIPS)[3] == now()
    assert suite.directory.addressOf(TIPS) == NOBODY
    assert tuple(suite.directory.versionsOf(TIPS)[0])[2:4] == (finishing, now())
    for state in (ABSENT, ACTIVE, FINISHING, RETIRED):
        with reverts("StateOnlyForward", TIPS, RETIRED, state):
            suite.directory.setState(TIPS, 1, state, council)


def test_what_was_retired_comes_back_as_a_new_version(suite: Suite) -> None:
    council, listed = by_council(suite), suite.tips
    suite.directory.setState(TIPS, 1, RETIRED, council)
    retired = now()
    pass_time(DAY)
    suite.directory.listVersion(TIPS, listed, code_hash(listed), council)
    first, second = suite.directory.versionsOf(TIPS)
    assert tuple(first)[2:4] == (retired, retired) and tuple(second)[:2] == (listed, now())
    assert suite.directory.stateOf(TIPS, listed) == ACTIVE, "the newest that stands there"
    suite.directory.listVersion(TIPS, listed, code_hash(listed), council)
    suite.directory.setState(TIPS, 2, RETIRED, council)
    assert suite.directory.moduleOf(TIPS)[1] == ACTIVE
    assert suite.directory.versionsOf(TIPS)[1][3] == now()


def test_the_state_of_each_version_by_its_address(suite: Suite, successor: Any) -> None:
    council, former = by_council(suite), suite.tips
    assert suite.directory.stateOf(TIPS, former) == ACTIVE
    assert suite.directory.stateOf(TIPS, successor) == suite.directory.stateOf(NEWS, former) == ABSENT
    suite.directory.listVersion(TIPS, successor, code_hash(successor), council)
    states = [suite.directory.stateOf(TIPS, each) for each in (former, successor)]
    assert states == [FINISHING, ACTIVE]
    suite.directory.setState(TIPS, 1, RETIRED, council)
    suite.directory.setState(TIPS, 2, FINISHING, council)
    states = [suite.directory.stateOf(TIPS, each) for each in (former, successor)]
    assert states == [RETIRED, FINISHING]


def test_a_module_of_a_new_name(suite: Suite, successor: Any) -> None:
    council = by_council(suite)
    assert suite.directory.versionsOf(NEWS) == ()
    for version in (0, 1):
        with reverts("NoSuchModuleVersion", NEWS, version):
            suite.directory.setState(NEWS, version, RETIRED, council)
    suite.directory.listVersion(NEWS, successor, code_hash(successor), council)
    assert bytes(suite.directory.names()[-1]) == NEWS
    with reverts("NoSuchModuleVersion", NEWS, 2):
        suite.directory.setState(NEWS, 2, RETIRED, council)
