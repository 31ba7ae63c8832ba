# SPDX-License-Identifier: Apache-2.0
"""Who claims a case: opening, a second claim, consultation on record, giving a claim up."""

from __future__ import annotations

import pytest

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.casework import (
    CASE,
    COMMITMENT,
    EFFECT,
    TERRITORY,
    TRANSFERRED,
    case_status,
    claim,
    contested,
    leader,
    opened,
    propose_lead,
    settled,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER, TH
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, SG, ZERO32, Suite

CONSULTATION = 60 * DAY
NOBODY_LEADS = 0


def test_whoever_opens_leads(suite: Suite) -> None:
    tx = suite.cases.open(COMMITMENT, TERRITORY, MESSAGE, leader(suite, "my_police"))
    police = suite.ids["my_police"]
    assert tx.return_value == "0x" + CASE.hex()
    assert dict(tx.events["CaseOpened"]) == {
        "id": "0x" + CASE.hex(),
        "agency": police,
        "officer": suite.my_leader,
        "ground": TERRITORY,
        "message": "0x" + MESSAGE.hex(),
    }
    assert case_status(suite) == "Open"
    assert suite.cases.leadOf(CASE) == police
    assert list(suite.cases.claimantsOf(CASE)) == [MY]
    assert suite.cases.claimOf(CASE, MY) == (TERRITORY, police, tx.timestamp)
    assert suite.cases.claimOf(CASE, CN) == (0, 0, 0)


def test_who_saw_the_opening_coming_takes_no_id(suite: Suite) -> None:
    """A node that holds a transaction back can send the same commitment first: it opens another case."""
    taken = opened(suite, "cn_police")
    assert opened(suite, "my_police") != taken
    assert suite.cases.leadOf(CASE) == suite.ids["my_police"]
    assert list(suite.cases.claimantsOf(CASE)) == [MY]


def test_a_second_claim_opens_a_conflict_by_itself(suite: Suite) -> None:
    opened(suite)
    tx = claim(suite, "cn_police")
    assert tx.events["JurisdictionClaimed"]["jurisdiction"] == CN
    assert tx.events["JurisdictionClaimed"]["grounds"] == "0x" + PAPER.hex()
    assert tx.events["ConflictOpened"]["consultUntil"] == tx.timestamp + CONSULTATION
    assert case_status(suite) == "Conflict"
    assert suite.cases.consultUntil(CASE) == tx.timestamp + CONSULTATION
    assert list(suite.cases.claimantsOf(CASE)) == [MY, CN]
    assert suite.cases.leadOf(CASE) == suite.ids["my_police"], "a stranger's claim takes nothing"


def test_a_third_claim_gives_no_new_time(suite: Suite) -> None:
    contested(suite)
    until = suite.cases.consultUntil(CASE)
    next_block_at(now() + DAY)
    tx = claim(suite, "th_police")
    assert "ConflictOpened" not in tx.events
    assert suite.cases.consultUntil(CASE) == until


def test_a_claim_on_a_settled_case_opens_a_new_conflict(suite: Suite) -> None:
    settled(suite, lead="cn_police")
    next_block_at(now() + DAY)
    tx = claim(suite, "th_police")
    assert tx.events["ConflictOpened"]["consultUntil"] == tx.timestamp + CONSULTATION
    assert case_status(suite) == "Conflict"
    assert suite.cases.leadOf(CASE) == suite.ids["cn_police"]


def test_consultation_is_overdue_without_any_transaction(suite: Suite) -> None:
    contested(suite)
    until = suite.cases.consultUntil(CASE)
    assert not suite.cases.isConsultationOverdue(CASE, until)
    assert suite.cases.isConsultationOverdue(CASE, until + 1)
    suite.cases.dropClaim(CASE, leader(suite, "cn_police"))
    assert not suite.cases.isConsultationOverdue(CASE, until + 1)


def test_what_is_settled_late_is_settled(suite: Suite) -> None:
    contested(suite)
    next_block_at(suite.cases.consultUntil(CASE) + DAY)
    proposal = propose_lead(suite, "my_police", "my_police")
    suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    assert case_status(suite) == "Settled"
    assert not suite.cases.isConsultationOverdue(CASE, now())


def test_positions_are_on_record(suite: Suite) -> None:
    contested(suite)
    tx = suite.cases.consult(CASE, PAPER, leader(suite, "cn_prosecutor"))
    assert tx.events["Consulted"]["jurisdiction"] == CN
    assert tx.events["Consulted"]["officer"] == suite.cn_prosecution_leader
    assert tx.events["Consulted"]["position"] == "0x" + PAPER.hex()


def test_with_the_last_but_one_the_conflict_is_over(suite: Suite) -> None:
    contested(suite)
    tx = suite.cases.dropClaim(CASE, leader(suite, "my_police"))
    assert tx.events["ClaimDropped"]["jurisdiction"] == MY
    assert tx.events["LeadSettled"]["agency"] == suite.ids["cn_police"]
    assert case_status(suite) == "Open"
    assert suite.cases.leadOf(CASE) == suite.ids["cn_police"]
    assert list(suite.cases.claimantsOf(CASE)) == [CN]
    assert suite.cases.claimOf(CASE, MY) == (0, 0, 0)


def test_the_agency_that_leads_goes_on_where_its_country_is_the_last(suite: Suite) -> None:
    settled(suite, lead="my_prosecutor")
    suite.cases.dropClaim(CASE, leader(suite, "cn_police"))
    assert case_status(suite) == "Open"
    assert suite.cases.leadOf(CASE) == suite.ids["my_prosecutor"]


def test_where_the_lead_gives_up_the_others_agree_anew(suite: Suite) -> None:
    settled(suite)
    claim(suite, "th_police")
    proposal = propose_lead(suite, "my_police", "my_police")
    for agency in ("cn_police", "th_police"):
        suite.cases.agreeLead(CASE, proposal, leader(suite, agency))
    assert case_status(suite) == "Settled"
    tx = suite.cases.dropClaim(CASE, leader(suite, "my_police"))
    assert "ConflictOpened" in tx.events
    assert case_status(suite) == "Conflict"
    assert suite.cases.leadOf(CASE) == NOBODY_LEADS
    assert sorted(suite.cases.claimantsOf(CASE)) == sorted([CN, TH])


def test_whoever_dropped_its_claim_does_not_block(suite: Suite) -> None:
    contested(suite, "my_police", "cn_police", "sg_police")
    proposal = propose_lead(suite, "my_police", "cn_police")
    suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    assert case_status(suite) == "Conflict"
    tx = suite.cases.dropClaim(CASE, leader(suite, "sg_police"))
    assert tx.events["LeadSettled"]["agency"] == suite.ids["cn_police"]
    assert case_status(suite) == "Settled"


def test_a_dropped_claim_can_be_made_again(suite: Suite) -> None:
    contested(suite)
    suite.cases.dropClaim(CASE, leader(suite, "cn_police"))
    claim(suite, "cn_police")
    assert case_status(suite) == "Conflict"
    assert list(suite.cases.claimantsOf(CASE)) == [MY, CN]


# Refusals


def test_opening_is_refused(suite: Suite) -> None:
    by = leader(suite, "my_police")
    with reverts("EmptyCase"):
        suite.cases.open(ZERO32, TERRITORY, MESSAGE, by)
    for ground in (0, TRANSFERRED):
        with reverts("NoClaimGround"):
            suite.cases.open(COMMITMENT, ground, MESSAGE, by)
    opened(suite)
    with reverts("CaseAlreadyOpened", CASE):
        opened(suite)


def test_claiming_is_refused(suite: Suite) -> None:
    by = leader(suite, "cn_police")
    with reverts("NoSuchCase", CASE):
        suite.cases.claim(CASE, EFFECT, PAPER, by)
    opened(suite)
    with reverts("JurisdictionAlreadyClaimed", CASE, MY):
        claim(suite, "my_prosecutor")
    for ground in (0, TRANSFERRED):
        with reverts("NoClaimGround"):
            suite.cases.claim(CASE, ground, PAPER, by)
    with reverts("EmptyText"):
        suite.cases.claim(CASE, EFFECT, ZERO32, by)


def test_a_claim_is_given_up_by_a_claimant_and_never_the_last(suite: Suite) -> None:
    opened(suite)
    with reverts("NotAClaimant", CASE, SG):
        suite.cases.dropClaim(CASE, leader(suite, "sg_police"))
    with reverts("LastClaim", CASE):
        suite.cases.dropClaim(CASE, leader(suite, "my_police"))


def test_consultation_is_refused(suite: Suite) -> None:
    opened(suite)
    with reverts("CaseInStatus", CASE, 1):
        suite.cases.consult(CASE, PAPER, leader(suite, "my_police"))
    claim(suite, "cn_police")
    with reverts("EmptyText"):
        suite.cases.consult(CASE, ZERO32, leader(suite, "my_police"))
    with reverts("NotAClaimant", CASE, TH):
        suite.cases.consult(CASE, PAPER, leader(suite, "th_police"))


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("claim", (EFFECT, PAPER)),
        ("dropClaim", ()),
        ("consult", (PAPER,)),
        ("proposeLead", (1, PAPER)),
        ("agreeLead", (PAPER,)),
        ("offerTransfer", (1, PAPER)),
        ("acceptTransfer", (PAPER,)),
        ("setDeadline", (1, 2**40 - 1)),
        ("meetDeadline", (1, PAPER)),
        ("countVictims", (ZERO32, [PAPER])),
        ("anchorMinutes", (PAPER,)),
        ("close", (1, PAPER)),
    ],
)
def test_nothing_happens_in_a_case_that_is_none_or_closed(
    suite: Suite, act: str, given: tuple[object, ...]
) -> None:
    by = leader(suite, "my_police")
    with reverts("NoSuchCase", CASE):
        getattr(suite.cases, act)(CASE, *given, by)
    opened(suite)
    suite.cases.close(CASE, 1, PAPER, by)
    with reverts("CaseInStatus", CASE, 4):
        getattr(suite.cases, act)(CASE, *given, by)


@pytest.mark.parametrize("officer", ["my_asker", "my_answerer", "my_coordinator", "stranger"])
def test_only_whoever_leads_writes(suite: Suite, officer: str) -> None:
    opened(suite)
    by = {"from": suite.actors[officer]}
    acts = (
        ("open", (PAPER, TERRITORY, MESSAGE)),
        ("claim", (CASE, EFFECT, PAPER)),
        ("dropClaim", (CASE,)),
        ("consult", (CASE, PAPER)),
        ("setDeadline", (CASE, 1, 2**40 - 1)),
        ("anchorMinutes", (CASE, PAPER)),
        ("close", (CASE, 1, PAPER)),
    )
    for act, given in acts:
        with reverts("NotAuthorised"):
            getattr(suite.cases, act)(*given, by)
