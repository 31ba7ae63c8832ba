# SPDX-License-Identifier: Apache-2.0
"""One vote a jurisdiction, whichever of its keys casts it, at the snapshot and at the time of the vote."""

from __future__ import annotations

from typing import Any

from brownie import web3
from eth_account import Account
from eth_account.messages import encode_typed_data

from tests.contracts.clock import now
from tests.contracts.membership.councilstage import (
    AGAINST,
    KH,
    REASON,
    TH,
    State,
    admission,
    by_council,
    founder,
    proposal,
    suspension,
    voting_officer,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, COLLECT, DAY, MY, SG, VOTE, Suite

BALLOT = {
    "Ballot": [
        {"name": "proposalId", "type": "uint256"},
        {"name": "support", "type": "uint8"},
        {"name": "voter", "type": "address"},
        {"name": "nonce", "type": "uint256"},
    ]
}


# One vote a jurisdiction


def test_one_country_with_many_agencies_has_one_vote(suite: Suite) -> None:
    """Only its central authority votes; more agencies, of whatever powers, change nothing."""
    for number in range(5):
        another = founder(suite, f"cn_agency_{number}", CN, "Police")
        tx = suite.agencies.admitOwn(another, {"from": suite.cn_authority})
        agency = tx.events["AgencyAdmitted"]["agency"]
        suite.agencies.acceptAccount(agency, {"from": suite.actors[f"cn_agency_{number}"]})
    assert suite.agencies.membersAt(now()) == 3
    joining = admission(suite).open()
    suite.appoint("cn_police", "cn_police_voter", VOTE)
    for name in ("cn_police", "cn_court", "cn_agency_0", "cn_police_voter", "office", "stranger"):
        with reverts("NotAVoter", suite.actors[name]):
            joining.vote(name)
        assert suite.council.getVotes(suite.actors[name], now() - 1) == 0
    assert suite.council.getVotes(suite.cn_authority, now() - 1) == 1


def test_officers_of_the_central_authority_vote_for_it(suite: Suite) -> None:
    voting_officer(suite, "cn_authority", "cn_voter")
    voting_officer(suite, "cn_authority", "cn_second_voter")
    suite.appoint("cn_authority", "cn_clerk", COLLECT)
    joining = admission(suite).open("cn_voter")
    with reverts("NotAVoter", suite.cn_clerk):
        joining.vote("cn_clerk")
    joining.vote("cn_voter")
    assert suite.council.hasVoted(joining.id, suite.cn_second_voter)
    assert suite.council.hasJurisdictionVoted(joining.id, CN)
    for again in ("cn_voter", "cn_second_voter", "cn_authority"):
        with reverts("JurisdictionHasVoted", joining.id, CN):
            joining.vote(again)


def test_an_officer_who_left_votes_no_more(suite: Suite) -> None:
    voter = voting_officer(suite, "cn_authority", "cn_voter")
    joining = admission(suite).open()
    suite.agencies.endAppointment(voter, {"from": suite.cn_authority})
    with reverts("NotAVoter", voter):
        joining.vote("cn_voter")


def test_a_changed_key_does_not_vote_again(suite: Suite) -> None:
    joining = admission(suite).open().vote("cn_authority")
    suite.agencies.proposeAccount(suite.actor("cn_new_key"), {"from": suite.cn_authority})
    suite.agencies.acceptAccount(suite.ids["cn_authority"], {"from": suite.cn_new_key})
    with reverts("JurisdictionHasVoted", joining.id, CN):
        joining.vote("cn_new_key")
    with reverts("NotAVoter", suite.cn_authority):
        joining.vote("cn_authority")


def test_a_key_in_other_hands_does_not_vote(suite: Suite) -> None:
    joining = admission(suite).open()
    suite.agencies.reportCompromise(suite.cn_authority, 0, {"from": suite.cn_authority})
    with reverts("NotAVoter", suite.cn_authority):
        joining.vote("cn_authority")


def test_a_suspended_central_authority_still_votes(suite: Suite) -> None:
    """VOTE is of the floor."""
    voting_officer(suite, "cn_authority", "cn_voter")
    joining = admission(suite).open()
    suite.agencies.suspendByCouncil(suite.ids["cn_authority"], now() + DAY, REASON, by_council(suite))
    joining.vote("cn_voter")


def test_whoever_joined_after_the_snapshot_votes_on_the_next(suite: Suite) -> None:
    joining = admission(suite).open()
    suite.agencies.admit(founder(suite, "th_authority", TH), by_council(suite))
    snapshot = suite.council.proposalSnapshot(joining.id)
    with reverts("NotAMemberThen", TH, snapshot):
        joining.vote("th_authority")
    assert suite.council.getVotes(suite.th_authority, snapshot) == 0
    assert suite.agencies.membersAt(snapshot) == 3 and suite.agencies.membersAt(now()) == 4
    suspension(suite).open("th_authority").vote("th_authority")


def test_whoever_left_votes_no_more(six: Suite) -> None:
    """Though it was a member at the snapshot: it still counts for the quorum, and can add nothing to it."""
    joining = admission(six).open()
    six.agencies.leave({"from": six.th_authority})
    six.agencies.excludeJurisdiction(KH, REASON, by_council(six))
    for name in ("th_authority", "kh_authority"):
        with reverts("NotAVoter", six.actors[name]):
            joining.vote(name)
        with reverts("NotAVoter", six.actors[name]):
            suspension(six).propose(name)
    joining.vote("cn_authority", "my_authority", "sg_authority").close()
    assert joining.state == State.SUCCEEDED


def test_a_jurisdiction_keeps_its_vote_on_itself(suite: Suite) -> None:
    out = proposal(suite, (suite.agencies, "excludeJurisdiction", (SG, REASON))).open()
    out.vote("sg_authority", support=AGAINST).vote("cn_authority", "my_authority").close()
    assert out.state == State.DEFEATED


# Ballots sent by others


def ballot(suite: Suite, proposal_id: int, voter: Any, nonce: int, **changes: Any) -> bytes:
    domain = suite.domain(suite.council) | changes
    message = {"proposalId": proposal_id, "support": 1, "voter": voter.address, "nonce": nonce}
    signable = encode_typed_data(domain, BALLOT, message)
    return bytes(Account.sign_message(signable, voter.private_key).signature)


def test_a_signed_ballot_counts_once_and_for_the_jurisdiction(suite: Suite) -> None:
    voter = voting_officer(suite, "cn_authority", "cn_voter")
    joining = admission(suite).open()
    by = {"from": suite.stranger}
    signed = ballot(suite, joining.id, voter, 0)
    suite.council.castVoteBySig(joining.id, 1, voter, signed, by)
    assert tuple(suite.council.decisionOf(joining.id))[4] == 1
    with reverts("GovernorInvalidSignature", voter):
        suite.council.castVoteBySig(joining.id, 1, voter, signed, by)
    again = ballot(suite, joining.id, suite.cn_authority, 0)
    with reverts("JurisdictionHasVoted", joining.id, CN):
        suite.council.castVoteBySig(joining.id, 1, suite.cn_authority, again, by)
    strange = ballot(suite, joining.id, suite.stranger, 0)
    with reverts("NotAVoter", suite.stranger):
        suite.council.castVoteBySig(joining.id, 1, suite.stranger, strange, by)


def test_a_ballot_is_for_one_suite(suite: Suite) -> None:
    """The salt of the domain is the genesis: another suite on a chain of the same number is another."""
    joining = admission(suite).open()
    foreign = ballot(suite, joining.id, suite.cn_authority, 0, salt=b"\x09" * 32)
    with reverts("GovernorInvalidSignature", suite.cn_authority):
        suite.council.castVoteBySig(joining.id, 1, suite.cn_authority, foreign, {"from": suite.stranger})
    fields, name, version, chain_id, at, salt, _ = suite.council.eip712Domain()
    assert (name, version, chain_id, at) == ("Concordat", "1", web3.eth.chain_id, suite.council)
    assert bytes(salt) == bytes(suite.genesis.genesisId()) and bytes(fields) == b"\x1f"


def test_a_vote_is_one_of_three(suite: Suite) -> None:
    joining = admission(suite).open()
    with reverts("InvalidSupport", 3):
        joining.vote("cn_authority", support=3)
    suite.council.castVoteWithReason(joining.id, 1, "agreed", {"from": suite.cn_authority})
    suite.council.castVoteWithReasonAndParams(joining.id, 1, "", b"\x01", {"from": suite.my_authority})
    with reverts("JurisdictionHasVoted", joining.id, MY):
        joining.vote("my_authority")
