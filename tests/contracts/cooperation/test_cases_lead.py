# SPDX-License-Identifier: Apache-2.0
"""Who leads: one proposal that every claimant signed, and transfers that both sides signed."""

from __future__ import annotations

import pytest

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.casework import (
    CASE,
    TERRITORY,
    TRANSFERRED,
    case_status,
    claim,
    contested,
    leader,
    opened,
    proposal_id,
    propose_lead,
    settled,
    transferred,
)
from tests.contracts.cooperation.stage import PAPER, TH
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, MY, SG, ZERO32, Suite

OTHER_PAPER = b"\x41" * 32
NO_AGENCY = 0


def test_settled_when_every_claimant_agreed(suite: Suite) -> None:
    contested(suite, "my_police", "cn_police", "th_police")
    proposal = propose_lead(suite, "my_police", "cn_prosecutor")
    assert suite.cases.proposalOf(CASE, proposal) == suite.ids["cn_prosecutor"]
    suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    assert case_status(suite) == "Conflict"
    assert [suite.cases.agreedBy(CASE, each) for each in (MY, CN)] == ["0x" + proposal.hex()] * 2
    tx = suite.cases.agreeLead(CASE, proposal, leader(suite, "th_police"))
    assert dict(tx.events["LeadAgreed"]) == {
        "id": "0x" + CASE.hex(),
        "proposal": "0x" + proposal.hex(),
        "by": TH,
        "officer": suite.th_leader,
    }
    assert tx.events["LeadSettled"]["lead"] == CN
    assert case_status(suite) == "Settled"
    assert suite.cases.leadOf(CASE) == suite.ids["cn_prosecutor"]


def test_to_propose_is_to_agree(suite: Suite) -> None:
    contested(suite)
    tx = suite.cases.proposeLead(CASE, suite.ids["cn_police"], PAPER, leader(suite, "cn_police"))
    assert tx.events["LeadProposed"]["proposal"] == "0x" + proposal_id(suite, "cn_police").hex()
    assert tx.events["LeadProposed"]["by"] == tx.events["LeadAgreed"]["by"] == CN
    propose_lead(suite, "my_police", "cn_police")
    assert case_status(suite) == "Settled", "the same proposal made twice is one"


def test_agreement_is_to_exactly_one_proposal(suite: Suite) -> None:
    """Same lead, other terms: that is another proposal."""
    contested(suite)
    propose_lead(suite, "my_police", "my_police")
    other = propose_lead(suite, "cn_police", "my_police", text=OTHER_PAPER)
    assert case_status(suite) == "Conflict"
    suite.cases.agreeLead(CASE, other, leader(suite, "my_police"))
    assert case_status(suite) == "Settled"


def test_another_agreement_takes_the_first_back(suite: Suite) -> None:
    contested(suite)
    first = propose_lead(suite, "my_police", "my_police")
    propose_lead(suite, "my_police", "cn_police")
    suite.cases.agreeLead(CASE, first, leader(suite, "cn_police"))
    assert case_status(suite) == "Conflict"


def test_what_is_settled_stays_until_all_agree_to_another(suite: Suite) -> None:
    settled(suite)
    other = propose_lead(suite, "cn_police", "cn_police", text=OTHER_PAPER)
    assert case_status(suite) == "Settled"
    assert suite.cases.leadOf(CASE) == suite.ids["my_police"]
    suite.cases.agreeLead(CASE, other, leader(suite, "my_police"))
    assert suite.cases.leadOf(CASE) == suite.ids["cn_police"]


def test_an_old_agreement_settles_nothing_later(suite: Suite) -> None:
    """After a settlement every agreement is spent: one alone cannot bring the old lead back."""
    settled(suite)
    transferred(suite, "my_police", "my_prosecutor")
    suite.cases.agreeLead(CASE, proposal_id(suite, "my_police"), leader(suite, "my_police"))
    assert suite.cases.leadOf(CASE) == suite.ids["my_prosecutor"]


def test_a_newcomer_has_to_agree_too(suite: Suite) -> None:
    contested(suite)
    proposal = propose_lead(suite, "my_police", "my_police")
    claim(suite, "th_police")
    suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    assert case_status(suite) == "Conflict"
    suite.cases.agreeLead(CASE, proposal, leader(suite, "th_police"))
    assert case_status(suite) == "Settled"


def test_a_jurisdiction_that_left_is_not_waited_for(suite: Suite) -> None:
    case = contested(suite, "sg_police", "my_police", "cn_police")
    propose_lead(suite, "sg_police", "sg_police", case, OTHER_PAPER)
    proposal = propose_lead(suite, "my_police", "cn_police", case)
    suite.agencies.leave({"from": suite.sg_authority})
    assert case_status(suite, case) == "Conflict"
    suite.cases.agreeLead(case, proposal, leader(suite, "cn_police"))
    assert case_status(suite, case) == "Settled"
    assert suite.cases.leadOf(case) == suite.ids["cn_police"]


def test_to_agree_once_more_settles_what_waited_for_whoever_left(suite: Suite) -> None:
    contested(suite, "my_police", "cn_police", "sg_police")
    proposal = propose_lead(suite, "my_police", "cn_police")
    suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    suite.agencies.leave({"from": suite.sg_authority})
    suite.cases.agreeLead(CASE, proposal, leader(suite, "my_police"))
    assert case_status(suite) == "Settled"


def test_where_one_claims_alone_its_authority_names_another_agency(suite: Suite) -> None:
    """Else the case would be stuck with an agency that is suspended."""
    case = opened(suite)
    propose_lead(suite, "my_authority", "my_prosecutor")
    assert suite.cases.leadOf(case) == suite.ids["my_prosecutor"]
    assert case_status(suite) == "Open"
    assert suite.cases.agreedBy(case, MY) == "0x" + ZERO32.hex()


def test_proposing_is_refused(suite: Suite) -> None:
    opened(suite)
    by, own = leader(suite, "my_police"), suite.ids["my_police"]
    with reverts("CaseInStatus", CASE, 1):
        suite.cases.proposeLead(CASE, own, PAPER, by)
    claim(suite, "cn_police")
    with reverts("NotAClaimant", CASE, SG):
        suite.cases.proposeLead(CASE, own, PAPER, leader(suite, "sg_police"))
    with reverts("NotAClaimant", CASE, SG):
        suite.cases.proposeLead(CASE, suite.ids["sg_police"], PAPER, by)
    with reverts("NoSuchAgency", MY << 16 | 999):
        suite.cases.proposeLead(CASE, MY << 16 | 999, PAPER, by)
    with reverts("EmptyText"):
        suite.cases.proposeLead(CASE, own, ZERO32, by)


def test_agreeing_is_refused(suite: Suite) -> None:
    opened(suite)
    with reverts("CaseInStatus", CASE, 1):
        suite.cases.agreeLead(CASE, PAPER, leader(suite, "my_police"))
    claim(suite, "cn_police")
    claim(suite, "th_police")
    with reverts("NoSuchProposal", CASE, OTHER_PAPER):
        suite.cases.agreeLead(CASE, OTHER_PAPER, leader(suite, "my_police"))
    proposal = propose_lead(suite, "my_police", "cn_police")
    with reverts("AlreadyAgreed", CASE, proposal, MY):
        suite.cases.agreeLead(CASE, proposal, leader(suite, "my_prosecutor"))
    with reverts("NotAClaimant", CASE, SG):
        suite.cases.agreeLead(CASE, proposal, leader(suite, "sg_police"))
    suite.cases.dropClaim(CASE, leader(suite, "cn_police"))
    with reverts("NotAClaimant", CASE, CN):
        claim(suite, "sg_police")
        suite.cases.agreeLead(CASE, proposal, leader(suite, "th_police"))


def test_a_proposal_of_another_case_is_none_here(suite: Suite) -> None:
    contested(suite)
    other = contested(suite, commitment=OTHER_PAPER)
    proposal = propose_lead(suite, "my_police", "my_police", other)
    with reverts("NoSuchProposal", CASE, proposal):
        suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))


# Transfer


def test_transfer_moves_the_lead_with_both_signatures(suite: Suite) -> None:
    opened(suite)
    offer = suite.cases.offerTransfer(CASE, suite.ids["cn_police"], PAPER, leader(suite, "my_police"))
    assert offer.events["TransferOffered"]["to"] == suite.ids["cn_police"]
    assert suite.cases.leadOf(CASE) == suite.ids["my_police"]
    tx = suite.cases.acceptTransfer(CASE, PAPER, leader(suite, "cn_police"))
    assert dict(tx.events["TransferAccepted"]) == {
        "id": "0x" + CASE.hex(),
        "from": suite.ids["my_police"],
        "to": suite.ids["cn_police"],
        "text": "0x" + PAPER.hex(),
    }
    assert suite.cases.leadOf(CASE) == suite.ids["cn_police"]
    assert case_status(suite) == "Open"
    assert list(suite.cases.claimantsOf(CASE)) == [CN], "who gave the proceedings away claims no longer"
    assert suite.cases.claimOf(CASE, CN) == (TRANSFERRED, suite.ids["cn_police"], tx.timestamp)


def test_transfer_at_home_leaves_the_claim(suite: Suite) -> None:
    case = opened(suite)
    transferred(suite, "my_police", "my_prosecutor")
    assert suite.cases.leadOf(case) == suite.ids["my_prosecutor"]
    assert suite.cases.claimOf(case, MY)[:2] == (TERRITORY, suite.ids["my_police"])
    assert case_status(suite) == "Open"


def test_transfer_to_the_other_claimant_ends_the_conflict(suite: Suite) -> None:
    contested(suite)
    transferred(suite, "my_police", "cn_prosecutor")
    assert case_status(suite) == "Open"
    assert suite.cases.leadOf(CASE) == suite.ids["cn_prosecutor"]
    assert list(suite.cases.claimantsOf(CASE)) == [CN]


def test_claimants_who_did_not_sign_are_in_conflict_with_whoever_took_over(suite: Suite) -> None:
    settled(suite)
    tx = transferred(suite, "my_police", "th_police")
    assert "ConflictOpened" in tx.events
    assert case_status(suite) == "Conflict"
    assert suite.cases.leadOf(CASE) == suite.ids["th_police"]
    assert sorted(suite.cases.claimantsOf(CASE)) == sorted([CN, TH])


def test_transfer_lets_the_others_agreement_stand(suite: Suite) -> None:
    """Only the one that gave the proceedings away was waited for."""
    contested(suite, "my_police", "cn_police", "th_police")
    proposal = propose_lead(suite, "cn_police", "th_prosecutor")
    suite.cases.agreeLead(CASE, proposal, leader(suite, "th_police"))
    transferred(suite, "my_police", "th_police")
    assert case_status(suite) == "Settled"
    assert suite.cases.leadOf(CASE) == suite.ids["th_prosecutor"]


def test_an_offer_binds_its_text_and_its_taker(suite: Suite) -> None:
    opened(suite)
    suite.cases.offerTransfer(CASE, suite.ids["cn_police"], PAPER, leader(suite, "my_police"))
    with reverts("NoTransferOffered", CASE, suite.ids["cn_police"]):
        suite.cases.acceptTransfer(CASE, OTHER_PAPER, leader(suite, "cn_police"))
    with reverts("NoTransferOffered", CASE, suite.ids["cn_prosecutor"]):
        suite.cases.acceptTransfer(CASE, PAPER, leader(suite, "cn_prosecutor"))


@pytest.mark.parametrize("instead", [NO_AGENCY, "th_police"])
def test_another_offer_takes_the_first_back(suite: Suite, instead: int | str) -> None:
    opened(suite)
    by = leader(suite, "my_police")
    suite.cases.offerTransfer(CASE, suite.ids["cn_police"], PAPER, by)
    suite.cases.offerTransfer(CASE, suite.ids.get(str(instead), NO_AGENCY), PAPER, by)
    with reverts("NoTransferOffered", CASE, suite.ids["cn_police"]):
        suite.cases.acceptTransfer(CASE, PAPER, leader(suite, "cn_police"))


def test_an_offer_is_void_once_another_leads(suite: Suite) -> None:
    contested(suite)
    suite.cases.offerTransfer(CASE, suite.ids["th_police"], PAPER, leader(suite, "my_police"))
    for lead in ("my_prosecutor", "my_police"):
        proposal = propose_lead(suite, "my_police", lead)
        suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    with reverts("NoTransferOffered", CASE, suite.ids["th_police"]):
        suite.cases.acceptTransfer(CASE, PAPER, leader(suite, "th_police"))


def test_a_claim_made_and_dropped_takes_no_offer_back(suite: Suite) -> None:
    opened(suite)
    suite.cases.offerTransfer(CASE, suite.ids["th_police"], PAPER, leader(suite, "my_police"))
    claim(suite, "sg_police")
    suite.cases.dropClaim(CASE, leader(suite, "sg_police"))
    suite.cases.acceptTransfer(CASE, PAPER, leader(suite, "th_police"))
    assert suite.cases.leadOf(CASE) == suite.ids["th_police"]


def test_a_claim_made_and_dropped_unsettles_nothing(suite: Suite) -> None:
    contested(suite)
    proposal = propose_lead(suite, "my_police", "my_police")
    # A claim of the same second as the settlement would not count as made before it.
    next_block_at(now() + 10)
    suite.cases.agreeLead(CASE, proposal, leader(suite, "cn_police"))
    lead = suite.cases.leadOf(CASE)
    claim(suite, "sg_police")
    claim(suite, "th_police")
    assert case_status(suite) == "Conflict"
    suite.cases.dropClaim(CASE, leader(suite, "sg_police"))
    assert case_status(suite) == "Conflict", "Thailand claims"
    tx = suite.cases.dropClaim(CASE, leader(suite, "th_police"))
    assert tx.events["LeadSettled"]["agency"] == lead == suite.cases.leadOf(CASE)
    assert case_status(suite) == "Settled"


def test_a_settlement_ends_with_the_claim_of_the_lead(suite: Suite) -> None:
    """He gave up what was agreed; that he claims again brings it not back."""
    contested(suite, "my_police", "cn_police", "th_police")
    proposal = propose_lead(suite, "my_police", "my_police")
    for each in ("cn_police", "th_police"):
        suite.cases.agreeLead(CASE, proposal, leader(suite, each))
    suite.cases.dropClaim(CASE, leader(suite, "my_police"))
    claim(suite, "my_police")
    claim(suite, "sg_police")
    suite.cases.dropClaim(CASE, leader(suite, "sg_police"))
    assert case_status(suite) == "Conflict"
    assert suite.cases.leadOf(CASE) == NO_AGENCY


def test_offering_is_refused(suite: Suite) -> None:
    contested(suite)
    with reverts("NotTheLead", suite.ids["cn_police"], suite.ids["my_police"]):
        suite.cases.offerTransfer(CASE, suite.ids["cn_police"], PAPER, leader(suite, "cn_police"))
    by = leader(suite, "my_police")
    with reverts("NoSuchAgency", 5):
        suite.cases.offerTransfer(CASE, 5, PAPER, by)
    with reverts("EmptyText"):
        suite.cases.offerTransfer(CASE, suite.ids["cn_police"], ZERO32, by)


# The end


def test_the_lead_closes(suite: Suite) -> None:
    settled(suite, lead="cn_police")
    with reverts("NotTheLead", suite.ids["my_police"], suite.ids["cn_police"]):
        suite.cases.close(CASE, 1, PAPER, leader(suite, "my_police"))
    with reverts("NoReason"):
        suite.cases.close(CASE, 0, PAPER, leader(suite, "cn_police"))
    tx = suite.cases.close(CASE, 1, PAPER, leader(suite, "cn_police"))
    assert tx.events["CaseClosed"]["reason"] == 1
    assert case_status(suite) == "Closed"


def test_nobody_closes_what_others_contest(suite: Suite) -> None:
    contested(suite)
    with reverts("CaseInStatus", CASE, 2):
        suite.cases.close(CASE, 1, PAPER, leader(suite, "my_police"))


def test_a_claim_that_never_agrees_keeps_no_case_open(suite: Suite) -> None:
    contested(suite)
    until = suite.cases.consultUntil(CASE)
    next_block_at(until)
    with reverts("CaseInStatus", CASE, 2):
        suite.cases.close(CASE, 1, PAPER, leader(suite, "my_police"))
    next_block_at(until + 1)
    with reverts("NotTheLead", suite.ids["cn_police"], suite.ids["my_police"]):
        suite.cases.close(CASE, 1, PAPER, leader(suite, "cn_police"))
    suite.cases.close(CASE, 1, PAPER, leader(suite, "my_police"))
    assert case_status(suite) == "Closed"
