# SPDX-License-Identifier: Apache-2.0
"""Rules that all members share: by vote only, known beforehand, readable for any time."""

from __future__ import annotations

from tests.contracts.clock import next_block_at, now
from tests.contracts.membership.councilstage import FOUNDING, by_council, proposal
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, ZERO32, Suite

SCREENING, PROCEDURES = (name.ljust(32, b"\0") for name in (b"screening", b"procedures"))
DIGEST, OTHER = b"\x31" * 32, b"\x32" * 32
NONE = (0, "0x" + "00" * 32, 0)


def test_no_investigator_changes_a_rule(suite: Suite) -> None:
    """S051: no key of any rank."""
    suite.appoint("my_police", "investigator", 0b11)
    for name in ("investigator", "collector", "my_police", "my_authority", "stranger"):
        with reverts("NotTheCouncil", suite.actors[name]):
            suite.rules.adopt(SCREENING, DIGEST, 1, now() + 8 * DAY, {"from": suite.actors[name]})


def test_a_rule_comes_by_vote_and_into_force_later(suite: Suite) -> None:
    """S051, S111: after quorum, wait and notice; which version was in force can be asked for any time."""
    start = now() + 30 * DAY
    adopting = proposal(suite, (suite.rules, "adopt", (SCREENING, DIGEST, 7, start)))
    assert suite.rules.versionOf(SCREENING) == 0
    adopting.carry(*FOUNDING)
    assert suite.rules.versionOf(SCREENING) == 1
    assert tuple(suite.rules.inForce(SCREENING, start - 1)) == NONE
    assert tuple(suite.rules.inForce(SCREENING, start)) == (1, "0x" + DIGEST.hex(), 7)


def test_versions_follow_each_other(suite: Suite) -> None:
    council = by_council(suite)
    first, second = now() + 10 * DAY, now() + 20 * DAY
    suite.rules.adopt(SCREENING, DIGEST, 1, first, council)
    suite.rules.adopt(SCREENING, OTHER, 2, second, council)
    suite.rules.adopt(PROCEDURES, OTHER, 3, first, council)
    versions = [
        suite.rules.inForce(SCREENING, at)[0] for at in (1, first - 1, first, second - 1, second, 2**39)
    ]
    assert versions == [0, 0, 1, 1, 2, 2]
    assert tuple(suite.rules.ruleAt(SCREENING, 1)) == (first, "0x" + DIGEST.hex(), 1)
    assert [bytes(name) for name in suite.rules.names()] == [SCREENING, PROCEDURES]
    with reverts("RuleTooEarly", second, second + 1):
        suite.rules.adopt(SCREENING, DIGEST, 4, second, council)
    for version in (0, 3):
        with reverts("NoSuchRule", SCREENING, version):
            suite.rules.ruleAt(SCREENING, version)


def test_a_week_of_notice(suite: Suite) -> None:
    council = by_council(suite)
    present = now() + 100
    next_block_at(present)
    with reverts("RuleTooEarly", present + 7 * DAY - 1, present + 7 * DAY):
        suite.rules.adopt(SCREENING, DIGEST, 1, present + 7 * DAY - 1, council)
    next_block_at(present + 1)
    suite.rules.adopt(SCREENING, DIGEST, 1, present + 1 + 7 * DAY, council)


def test_a_rule_has_a_name_and_a_text(suite: Suite) -> None:
    for name, digest in ((ZERO32, DIGEST), (SCREENING, ZERO32)):
        with reverts("EmptyRule", name):
            suite.rules.adopt(name, digest, 1, now() + 9 * DAY, by_council(suite))
