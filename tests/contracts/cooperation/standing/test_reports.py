# SPDX-License-Identifier: Apache-2.0
"""What follows from what other modules say: requests, exclusions, duties. Each once."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from concordat.membership.standing.score import DAY, Outcome
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.stage import TH
from tests.contracts.cooperation.standing.disputes import (
    CLAIM,
    COMMIT_WITHIN,
    DEFENCE,
    GROUNDS,
    OTHERS,
    REQUEST,
    State,
    close,
    commitment,
    dispute_id,
    panel_of,
    pass_beyond,
    recorded,
    reveal,
    status,
    tell,
)
from tests.contracts.cooperation.standing.disputes import OUTCOME as DISPUTE
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, MY, OBJECT, SG, TRANSMIT, Suite

BEYOND_CAP = 8
OTHER_GROUND, POLITICAL = 9, 3
THREAD = b"\x71" * 32
DUTY, TURN = 2, 1
LATE = {"answered_at": 6}
"""Days after it was sent; due are 1 to acknowledge and 5 to answer."""
LONG_AGO = 80
"""Days since it was sent: an answer of then nobody disputes any more, and it may still be reported."""
REPORT_WITHIN, DISPUTE_WITHIN = 182 * DAY, 60 * DAY


def given(suite: Suite, status: State | None = None, ago: int = LONG_AGO, **changes: Any) -> None:
    """A request sent `ago` days ago; `acknowledged_at` and `answered_at` in days after that, or None."""
    sent = now() - ago * DAY
    for name in ("acknowledged_at", "answered_at"):
        if name in changes:
            changes[name] = 0 if changes[name] is None else sent + int(changes[name] * DAY)
    tell(suite, status=status, ago=ago, **changes)


def report(suite: Suite) -> Any:
    return suite.reports.reportRequest(REQUEST, {"from": suite.stranger})


def kinds(tx: Any) -> list[Outcome]:
    return [kind for _, _, kind in recorded(tx)]


# Requests


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [Outcome.ANSWERED_IN_TIME]),
        ({"answered_at": 5}, [Outcome.ANSWERED_IN_TIME]),
        (LATE, [Outcome.ANSWERED_LATE]),
        ({"acknowledged_at": 2}, [Outcome.ACKNOWLEDGED_LATE, Outcome.ANSWERED_IN_TIME]),
        ({"acknowledged_at": 2, **LATE}, [Outcome.ACKNOWLEDGED_LATE, Outcome.ANSWERED_LATE]),
        ({"state": State.CONFIRMED}, [Outcome.ANSWERED_IN_TIME, Outcome.CONFIRMED]),
        ({"state": State.CONFIRMED, **LATE}, [Outcome.ANSWERED_LATE, Outcome.CONFIRMED]),
        ({"state": State.DISPUTED, **LATE}, [Outcome.ANSWERED_LATE]),
        ({"state": State.DISPUTE_LOST, **LATE}, [Outcome.ANSWERED_LATE]),
        ({"state": State.REFUSED, "ground": OTHER_GROUND}, [Outcome.REFUSED_WITHOUT_GROUND]),
        ({"state": State.REFUSED, "ground": POLITICAL, **LATE}, [Outcome.ANSWERED_LATE]),
        ({"state": State.SENT, "acknowledged_at": None, "answered_at": None}, [Outcome.ACKNOWLEDGED_LATE]),
        ({"flags": BEYOND_CAP}, [Outcome.ANSWERED_IN_TIME]),
    ],
)
def test_what_a_request_says(suite: Suite, changes: dict[str, Any], expected: list[Outcome]) -> None:
    given(suite, **changes)
    tx = report(suite)
    assert kinds(tx) == expected
    assert tx.return_value == len(expected)
    assert {(rated, by) for rated, by, _ in recorded(tx)} == {
        (suite.ids["my_police"], suite.ids["cn_police"])
    }
    assert all(bytes(event["ref"]) == REQUEST for event in tx.events["OutcomeRecorded"])
    with reverts("NothingToReport", REQUEST):
        report(suite)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.NONE},
        {"state": State.SUBMITTED, "acknowledged_at": None, "answered_at": None},
        {"state": State.ASSIGNED, "answered_at": None},
        {"state": State.POSTPONED, "answered_at": None},
        {"state": State.PARTIAL},
        {"state": State.REFUSED, "ground": POLITICAL},  # lawful, and costs nothing
        {"state": State.DISPUTED},
        {"state": State.DISPUTE_LOST},
        {"state": State.WITHDRAWN, "acknowledged_at": None, "answered_at": None},
        {"state": State.SENT, "acknowledged_at": None, "answered_at": None, "flags": BEYOND_CAP},
        {"flags": BEYOND_CAP, **LATE},
    ],
)
def test_what_says_nothing(suite: Suite, changes: dict[str, Any]) -> None:
    given(suite, **changes)
    with reverts("NothingToReport", REQUEST):
        report(suite)


def test_an_answer_in_time_earns_once_it_stands(suite: Suite) -> None:
    """A panel could still find it wanting, and what was earned could not be taken back."""
    answered = now() - DAY
    tell(suite, answered_at=answered, answer_by=answered)
    next_block_at(answered + DISPUTE_WITHIN)
    with reverts("NothingToReport", REQUEST):
        report(suite)
    next_block_at(answered + DISPUTE_WITHIN + 1)
    assert kinds(report(suite)) == [Outcome.ANSWERED_IN_TIME]


def test_what_is_confirmed_earns_at_once(suite: Suite) -> None:
    given(suite, ago=5, state=State.CONFIRMED)
    assert kinds(report(suite)) == [Outcome.ANSWERED_IN_TIME, Outcome.CONFIRMED]


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (None, {}),
        (None, LATE),
        (None, {"state": State.CONFIRMED}),
        (None, {"state": State.REFUSED, "ground": OTHER_GROUND}),
        (None, {"state": State.DISPUTED, "acknowledged_at": 2}),
        (State.OVERDUE_RECEIPT, {"state": State.SENT, "acknowledged_at": None, "answered_at": None}),
        (State.OVERDUE, {"state": State.ASSIGNED, "answered_at": None}),
    ],
)
def test_what_nobody_told_in_half_a_year_is_past(
    suite: Suite, status: State | None, changes: dict[str, Any]
) -> None:
    """Else a few would keep it for years, and tell all of it in one quarter."""
    given(suite, status, ago=182 + 7, **changes)
    with reverts("NothingToReport", REQUEST):
        report(suite)


@pytest.mark.parametrize("late", [False, True])
def test_the_last_second_to_report(suite: Suite, late: bool) -> None:
    due = now() + DAY
    told = {"state": State.SENT, "acknowledged_at": 0, "answered_at": 0, "answer_by": due + DAY}
    tell(suite, acknowledge_by=due, **told)
    next_block_at(due + REPORT_WITHIN + late)
    with reverts("NothingToReport", REQUEST) if late else nullcontext():
        report(suite)


def test_late_is_a_second_after_the_deadline(suite: Suite) -> None:
    due = now() + DAY
    tell(suite, state=State.SENT, acknowledged_at=0, answered_at=0, acknowledge_by=due)
    next_block_at(due)
    with reverts("NothingToReport", REQUEST):
        report(suite)
    next_block_at(due + 1)
    assert kinds(report(suite)) == [Outcome.ACKNOWLEDGED_LATE]


def test_an_overdue_that_was_reported_stands(suite: Suite) -> None:
    """The answer that comes after it is not late again; being confirmed counts all the same."""
    given(suite, State.OVERDUE, state=State.ASSIGNED, answered_at=None)
    assert kinds(report(suite)) == [Outcome.OVERDUE]
    given(suite, **LATE)
    with reverts("NothingToReport", REQUEST):
        report(suite)
    given(suite, state=State.CONFIRMED, **LATE)
    assert kinds(report(suite)) == [Outcome.CONFIRMED]


def test_who_takes_over_does_not_answer_for_what_was_reported(suite: Suite) -> None:
    given(suite, State.OVERDUE, state=State.ASSIGNED, answered_at=None)
    report(suite)
    given(suite, State.OVERDUE, state=State.ASSIGNED, answered_at=None, executor=suite.ids["my_court"])
    with reverts("NothingToReport", REQUEST):
        report(suite)


def test_what_nobody_acknowledged_is_overdue_too(suite: Suite) -> None:
    """At whom it arrived, while nobody was assigned: a central authority."""
    authority = suite.ids["my_authority"]
    changes = {"acknowledged_at": None, "answered_at": None, "receiver": authority, "executor": 0}
    given(suite, State.OVERDUE_RECEIPT, state=State.SENT, **changes)
    tx = report(suite)
    assert kinds(tx) == [Outcome.ACKNOWLEDGED_LATE, Outcome.OVERDUE]
    assert {rated for rated, _, _ in recorded(tx)} == {authority}


def test_beyond_the_cap_nothing_is_overdue(suite: Suite) -> None:
    given(suite, State.OVERDUE, state=State.ASSIGNED, answered_at=None, flags=BEYOND_CAP)
    with reverts("NothingToReport", REQUEST):
        report(suite)


def test_who_is_rated_for_what(suite: Suite) -> None:
    """The receiver acknowledges, the executor answers."""
    authority, police = suite.ids["my_authority"], suite.ids["my_police"]
    given(suite, receiver=authority, executor=police, acknowledged_at=2)
    rated = {kind: agency for agency, _, kind in recorded(report(suite))}
    assert rated == {Outcome.ACKNOWLEDGED_LATE: authority, Outcome.ANSWERED_IN_TIME: police}


# Exclusions


def exclude(suite: Suite, count: int) -> None:
    suite.answers.setExclusions(REQUEST, count, {"from": suite.stranger})


def test_each_exclusion_counts_once(suite: Suite) -> None:
    given(suite)
    with reverts("NothingToReport", REQUEST):
        suite.reports.reportExclusion(REQUEST, {"from": suite.stranger})
    for count, new in ((1, [1]), (3, [2, 3])):
        exclude(suite, count)
        tx = suite.reports.reportExclusion(REQUEST, {"from": suite.stranger})
        pair = (suite.ids["my_police"], suite.ids["cn_police"])
        assert recorded(tx) == [(*pair, Outcome.EVIDENCE_EXCLUDED)] * len(new)
        refs = [bytes(web3.keccak(encode(["bytes32", "uint16"], [REQUEST, number]))) for number in new]
        assert [bytes(event["ref"]) for event in tx.events["OutcomeRecorded"]] == refs
    with reverts("NothingToReport", REQUEST):
        suite.reports.reportExclusion(REQUEST, {"from": suite.stranger})


def test_many_exclusions_are_reported_in_several_steps(suite: Suite) -> None:
    given(suite)
    exclude(suite, 40)
    steps = [suite.reports.reportExclusion(REQUEST, {"from": suite.stranger}).return_value for _ in range(2)]
    assert steps == [32, 8]


# Duties


def duty(suite: Suite, due: int, performed: int = 0, debtor: int = MY) -> None:
    suite.agreements.setTurn(THREAD, DUTY, debtor, TURN, due, performed, {"from": suite.stranger})


def bind(suite: Suite, *parties: int, until: int = 2**40 - 1) -> None:
    for party in parties:
        suite.agreements.setBound(party, until, {"from": suite.stranger})


def report_duty(suite: Suite, debtor: int = MY, by: str = "cn_authority") -> Any:
    return suite.reports.reportObligation(THREAD, DUTY, debtor, TURN, {"from": suite.actors[by]})


def breach(debtor: int = MY) -> bytes:
    types = ["bytes32", "uint8", "uint16", "uint16"]
    return bytes(web3.keccak(encode(types, [THREAD, DUTY, debtor, TURN])))


def reference(creditor: int) -> bytes:
    return bytes(web3.keccak(encode(["bytes32", "uint16"], [breach(), creditor])))


def test_a_breached_duty_counts_once_whoever_is_creditor(suite: Suite) -> None:
    bind(suite, MY, CN, SG)
    duty(suite, now() - DAY)
    tx = report_duty(suite)
    pair = (suite.ids["my_authority"], suite.ids["cn_authority"])
    assert recorded(tx) == [(*pair, Outcome.OBLIGATION_BREACHED)]
    assert bytes(tx.events["OutcomeRecorded"][0]["ref"]) == reference(CN)
    with reverts("NothingToReport", breach()):
        report_duty(suite, by="sg_authority")


def test_a_duty_is_breached_a_second_after_it_was_due(suite: Suite) -> None:
    bind(suite, MY, CN)
    due = now() + DAY
    duty(suite, due)
    next_block_at(due)
    with reverts("NothingToReport", breach()):
        report_duty(suite)
    next_block_at(due + 1)
    report_duty(suite)


@pytest.mark.parametrize(("performed", "breached"), [(-2, False), (-1, False), (0, True)])
def test_what_is_performed_late_was_breached(suite: Suite, performed: int, breached: bool) -> None:
    bind(suite, MY, CN)
    due = now() - DAY
    duty(suite, due, due + performed + 1)
    if breached:
        report_duty(suite)
        return
    with reverts("NothingToReport", breach()):
        report_duty(suite)


@pytest.mark.parametrize(
    ("bound", "by"),
    [
        ((MY,), "cn_authority"),
        ((CN,), "cn_authority"),
        ((MY, CN), "my_authority"),
        ((MY, CN), "sg_authority"),
    ],
)
def test_a_duty_is_owed_between_parties(suite: Suite, bound: tuple[int, ...], by: str) -> None:
    bind(suite, *bound)
    duty(suite, now() - DAY)
    next_block_at(now() + 1)
    with reverts("NothingToReport", breach()):
        report_duty(suite, by=by)


def test_a_breach_of_half_a_year_ago_is_past(suite: Suite) -> None:
    bind(suite, MY, CN)
    duty(suite, now() - REPORT_WITHIN - 1)
    with reverts("NothingToReport", breach()):
        report_duty(suite)


def test_a_duty_that_fell_due_after_withdrawal_is_none(suite: Suite) -> None:
    bind(suite, CN)
    bind(suite, MY, until=now() - 2 * DAY)
    duty(suite, now() - DAY)
    with reverts("NothingToReport", breach()):
        report_duty(suite)


def test_there_is_such_a_duty(suite: Suite) -> None:
    bind(suite, MY, CN)
    with reverts("NothingToReport", breach()):
        report_duty(suite)


def test_who_tells_of_a_duty_acts_for_its_creditor(suite: Suite) -> None:
    """Nobody speaks with the voices of countries that said nothing."""
    bind(suite, MY, CN)
    duty(suite, now() - DAY)
    with reverts("NotAuthorised", suite.stranger, TRANSMIT):
        report_duty(suite, by="stranger")
    with reverts("NotCentralAuthority", suite.cn_police, CN):
        report_duty(suite, by="cn_police")
    assert recorded(report_duty(suite, by="cn_transmitter"))[0][1] == suite.ids["cn_authority"]


def disputed(suite: Suite, creditor: str) -> bytes:
    """The debtor disputes the breach that this creditor told of; the dispute."""
    outcome = bytes(report_duty(suite, by=creditor).events["OutcomeRecorded"]["outcome"])
    objector = suite.appoint("my_authority", "my_authority_objector", OBJECT)
    given = {"from": objector}
    suite.panels.open(DISPUTE, outcome, GROUNDS, commitment(DEFENCE), given)
    return dispute_id(suite, DISPUTE, outcome, "my_authority")


def test_a_friend_that_does_not_stand_by_it_keeps_no_creditor_out(suite: Suite) -> None:
    bind(suite, MY, TH, CN)
    duty(suite, now() - DAY)
    dispute = disputed(suite, "th_authority")
    with reverts("NothingToReport", breach()):
        report_duty(suite)
    pass_beyond(COMMIT_WITHIN)
    close(suite, dispute)
    assert status(suite, dispute) == "Upheld"
    with reverts("NothingToReport", reference(TH)):
        report_duty(suite, by="th_authority")
    assert recorded(report_duty(suite))[0][1] == suite.ids["cn_authority"]


def test_what_a_panel_annulled_no_other_creditor_tells(suite: Suite) -> None:
    bind(suite, MY, TH, CN)
    duty(suite, now() - DAY)
    dispute = disputed(suite, "th_authority")
    by_thailand = {"from": suite.appoint("th_authority", "th_authority_objector", OBJECT)}
    suite.panels.commit(dispute, commitment(CLAIM), by_thailand)
    reveal(suite, dispute, CLAIM, DEFENCE)
    voters = {**OTHERS, CN: "cn_authority"}
    for country in panel_of(suite, dispute)[:2]:
        suite.panels.vote(dispute, True, GROUNDS, {"from": suite.actors[voters[country]]})
    close(suite, dispute)
    with reverts("NothingToReport", breach()):
        report_duty(suite)
