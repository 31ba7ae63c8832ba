# SPDX-License-Identifier: Apache-2.0
"""Real requests told to standing, and a real answer before a panel."""

from __future__ import annotations

from concordat.membership.standing.score import DAY, Outcome
from tests.contracts.clock import pass_time
from tests.contracts.cooperation.assistance.acts import bring_to, do, order, status
from tests.contracts.cooperation.standing.disputes import (
    CLAIM,
    DEFENCE,
    commitment,
    decide,
    dispute_id,
    open_dispute,
    recorded,
    reveal,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import Suite


def report(suite: Suite, request: bytes) -> list[Outcome]:
    tx = suite.reports.reportRequest(request, {"from": suite.stranger})
    return [kind for _, _, kind in recorded(tx)]


def test_what_is_confirmed_is_told(suite: Suite) -> None:
    request = bring_to(suite, "Fulfilled")
    with reverts("NothingToReport", request):
        report(suite, request)
    do(suite, request, "confirm")
    assert report(suite, request) == [Outcome.ANSWERED_IN_TIME, Outcome.CONFIRMED]


def test_an_answer_found_wanting_earned_nothing_by_its_time(suite: Suite) -> None:
    request = bring_to(suite, "Fulfilled")
    with reverts("NothingToReport", request):
        report(suite, request)
    do(suite, request, "dispute", "panelUpholds")
    with reverts("NothingToReport", request):
        report(suite, request)


def test_what_is_overdue_is_told_and_a_refusal_with_its_ground_is_not(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    with reverts("NothingToReport", request):
        report(suite, request)
    pass_time(95 * DAY)
    assert status(suite, request) == "Overdue"
    assert report(suite, request) == [Outcome.OVERDUE]
    refused = bring_to(suite, "Refused", order("another"))
    with reverts("NothingToReport", refused):
        report(suite, refused)


def test_a_panel_decides_about_an_answer(suite: Suite) -> None:
    request = bring_to(suite, "Fulfilled", order("disputed", secret=commitment(CLAIM)))
    open_dispute(suite, subject=request)
    dispute = dispute_id(suite, subject=request)
    assert status(suite, request) == "Disputed"
    suite.panels.commit(dispute, commitment(DEFENCE), {"from": suite.my_objector})
    reveal(suite, dispute, CLAIM, DEFENCE)
    tx = decide(suite, dispute, True)
    assert recorded(tx) == [(suite.ids["my_police"], suite.ids["cn_police"], Outcome.DISPUTE_LOST)]
    assert status(suite, request) == "DisputeLost"
