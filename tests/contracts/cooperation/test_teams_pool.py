# SPDX-License-Identifier: Apache-2.0
"""The pool of a team: a list of commitments whose head proves it whole."""

from __future__ import annotations

import pytest
from brownie import web3
from eth_abi import encode

from tests.contracts.clock import next_block_at
from tests.contracts.cooperation.casework import ITEM, item, leader, proposed, running, share
from tests.contracts.cooperation.stage import MESSAGE, PAPER
from tests.contracts.reverts import reverts
from tests.contracts.suite import ZERO32, Suite

FORMING, ENDED = 1, 3


def next_head(team: bytes, number: int, before: bytes, shared: bytes, agency: int) -> bytes:
    types = ["bytes32", "uint32", "bytes32", "bytes32", "bytes32", "uint32"]
    return bytes(web3.keccak(encode(types, [team, number, before, shared, MESSAGE, agency])))


def test_the_head_follows_from_the_items(suite: Suite) -> None:
    team = running(suite)
    head = ZERO32
    for number, agency in enumerate(("my_police", "cn_police", "my_police"), 1):
        tx = share(suite, team, by=agency, item=item(number))
        head = next_head(team, number, head, item(number), suite.ids[agency])
        assert tx.return_value == number
        assert dict(tx.events["Shared"]) == {
            "team": "0x" + team.hex(),
            "number": number,
            "agency": suite.ids[agency],
            "item": "0x" + item(number).hex(),
            "message": "0x" + MESSAGE.hex(),
            "head": "0x" + head.hex(),
        }
    assert suite.teams.poolOf(team) == ("0x" + head.hex(), 3)


def test_an_asker_of_a_member_shares_too(suite: Suite) -> None:
    team = running(suite)
    tx = suite.teams.share(team, ITEM, ZERO32, {"from": suite.cn_asker})
    assert tx.events["Shared"]["agency"] == suite.ids["cn_police"]


def test_the_same_item_is_in_two_teams(suite: Suite) -> None:
    first, second = running(suite), running(suite, terms=PAPER)
    for team in (first, second):
        share(suite, team)
        assert suite.teams.poolOf(team)[1] == 1


def test_a_member_that_shares_first_hinders_no_other(suite: Suite) -> None:
    """It may have seen the transaction coming, and have sealed its own message to nobody."""
    team = running(suite)
    share(suite, team, by="cn_police")
    share(suite, team, by="my_police")
    assert suite.teams.poolOf(team)[1] == 2


def test_sharing_is_refused(suite: Suite) -> None:
    by = leader(suite, "my_police")
    with reverts("NoSuchTeam", PAPER):
        suite.teams.share(PAPER, ITEM, MESSAGE, by)
    team = proposed(suite)
    with reverts("TeamNotRunning", team, FORMING):
        suite.teams.share(team, ITEM, MESSAGE, by)
    suite.teams.join(team, leader(suite, "cn_police"))
    with reverts("NotInTeam", suite.ids["sg_police"], team):
        share(suite, team, by="sg_police")
    with reverts("EmptyItem"):
        suite.teams.share(team, ZERO32, MESSAGE, by)
    share(suite, team)
    with reverts("AlreadyShared", team, ITEM):
        share(suite, team)
    next_block_at(suite.teams.endOf(team))
    with reverts("TeamNotRunning", team, ENDED):
        suite.teams.share(team, item(2), MESSAGE, by)


@pytest.mark.parametrize("officer", ["my_answerer", "my_coordinator", "stranger"])
def test_others_share_nothing(suite: Suite, officer: str) -> None:
    """A coordinator assigns and consolidates; the pool is not his."""
    team = running(suite)
    with reverts("NotAuthorised"):
        suite.teams.share(team, ITEM, MESSAGE, {"from": suite.actors[officer]})


def test_nobody_sees_what_is_not_there(suite: Suite) -> None:
    team = running(suite)
    share(suite, team)
    police = suite.ids["cn_police"]
    assert [suite.teams.maySee(team, police, n) for n in (0, 1, 2, 2**32 - 1)] == [False, True, False, False]
    assert not suite.teams.maySee(PAPER, police, 1)
