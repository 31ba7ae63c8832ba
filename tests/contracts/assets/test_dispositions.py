# SPDX-License-Identifier: Apache-2.0
"""What finally becomes of what is held: a prosecutor proposes, a court of that country decides."""

from __future__ import annotations

import pytest

from tests.contracts.assets.stage import answer, endorsed, held, hold_id, hold_status, ratified, target
from tests.contracts.reverts import reverts
from tests.contracts.suite import JUDGE, PROPOSE, ZERO32, Suite

PROPOSAL, JUDGMENT = b"\x0a" * 32, b"\x0b" * 32
AMOUNT = 1_000_00


def abroad(suite: Suite) -> tuple[bytes, bytes]:
    """A hold in Singapore for the police of Malaysia."""
    given = target(suite)
    request = endorsed(suite, given)
    answer(suite, request, given[1])
    return request, given[1]


def test_a_prosecutor_proposes(suite: Suite) -> None:
    request, named = held(suite)
    tx = suite.objections.propose(request, named, PROPOSAL, {"from": suite.prosecutor})
    event = tx.events["DispositionProposed"]
    assert event["hold"] == "0x" + hold_id(request, named).hex()
    assert (event["agency"], event["officer"]) == (suite.ids["sg_prosecutor"], suite.prosecutor)
    assert event["proposal"] == "0x" + PROPOSAL.hex()
    assert hold_status(suite, request, named) == "Held"


def test_of_either_country_and_of_no_third(suite: Suite) -> None:
    request, named = abroad(suite)
    for officer in (suite.prosecutor, suite.my_public_prosecutor):
        suite.objections.propose(request, named, PROPOSAL, {"from": officer})
    request, named = held(suite)
    with reverts("OtherJurisdiction", suite.ids["my_prosecutor"], 702):
        suite.objections.propose(request, named, PROPOSAL, {"from": suite.my_public_prosecutor})


def test_nobody_else_proposes(suite: Suite) -> None:
    request, named = held(suite)
    suite.appoint("sg_police", "proposing officer", PROPOSE)
    with reverts("NotAProsecutor", suite.ids["sg_police"]):
        suite.objections.propose(request, named, PROPOSAL, {"from": suite.actor("proposing officer")})
    for officer in (suite.judge, suite.reviewer, suite.high_ratifier):
        with reverts("NotAuthorised", officer, PROPOSE):
            suite.objections.propose(request, named, PROPOSAL, {"from": officer})


def test_a_court_decides_on_all_of_it(suite: Suite) -> None:
    request, named = held(suite)
    tx = suite.objections.dispose(request, named, 600_00, 300_00, JUDGMENT, {"from": suite.judge})
    event = tx.events["DispositionDecided"]
    assert (event["court"], event["officer"]) == (suite.ids["sg_court"], suite.judge)
    assert event["judgment"] == "0x" + JUDGMENT.hex()
    assert hold_status(suite, request, named) == "Disposed"
    assert suite.holds.returnable(request, named)[2:] == (600_00, True)


def test_only_a_court_of_the_institutions_country(suite: Suite) -> None:
    request, named = abroad(suite)
    with reverts("OtherJurisdiction", suite.ids["my_court"], 702):
        suite.objections.dispose(request, named, AMOUNT, 0, JUDGMENT, {"from": suite.my_judge})
    suite.appoint("sg_unit", "judging officer", JUDGE)
    with reverts("NotACourt", suite.ids["sg_unit"]):
        suite.objections.dispose(
            request, named, AMOUNT, 0, JUDGMENT, {"from": suite.actor("judging officer")}
        )
    for officer in (
        suite.prosecutor,
        suite.reviewer,
        suite.high_ratifier,
        suite.endorser,
        suite.court_releaser,
    ):
        with reverts("NotAuthorised", officer, JUDGE):
            suite.objections.dispose(request, named, AMOUNT, 0, JUDGMENT, {"from": officer})
    suite.objections.dispose(request, named, AMOUNT, 0, JUDGMENT, {"from": suite.judge})


def test_not_more_than_is_held(suite: Suite) -> None:
    request, named = held(suite)
    with reverts("SplitMisstated"):
        suite.objections.dispose(request, named, AMOUNT, 1, JUDGMENT, {"from": suite.judge})


@pytest.mark.parametrize("paper", [PROPOSAL, ZERO32])
def test_only_what_is_held_and_in_writing(suite: Suite, paper: bytes) -> None:
    given = target(suite)
    request = ratified(suite, given)
    hold = hold_id(request, given[1])
    with reverts("NothingHeld", hold):
        suite.objections.propose(request, given[1], paper, {"from": suite.prosecutor})
    with reverts("NothingHeld", hold):
        suite.objections.dispose(request, given[1], AMOUNT, 0, paper, {"from": suite.judge})
    answer(suite, request, given[1])
    if paper == ZERO32:
        with reverts("EmptyDecision"):
            suite.objections.propose(request, given[1], paper, {"from": suite.prosecutor})
        with reverts("EmptyDecision"):
            suite.objections.dispose(request, given[1], AMOUNT, 0, paper, {"from": suite.judge})


def test_what_a_court_decided_it_decided(suite: Suite) -> None:
    request, named = held(suite)
    suite.objections.dispose(request, named, AMOUNT, 0, JUDGMENT, {"from": suite.judge})
    with reverts("NothingHeld", hold_id(request, named)):
        suite.objections.dispose(request, named, 0, AMOUNT, JUDGMENT, {"from": suite.judge})
    with reverts("NothingHeld", hold_id(request, named)):
        suite.objections.propose(request, named, PROPOSAL, {"from": suite.prosecutor})
