# SPDX-License-Identifier: Apache-2.0
"""Nobody chooses who decides, nobody decides for himself or twice, nobody gains by not coming."""

from __future__ import annotations

import pytest
from brownie import web3

from concordat.membership.standing.score import Outcome
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.stage import KH, PH, TH
from tests.contracts.cooperation.standing.disputes import (
    ANSWER,
    CLAIM,
    DEFENCE,
    OTHERS,
    REASONS,
    REVEAL_WITHIN,
    USE_BREACH,
    State,
    close,
    commit_both,
    commitment,
    decide,
    dispute_id,
    draw,
    drawn,
    leave,
    open_dispute,
    opened,
    panel_of,
    pass_beyond,
    recorded,
    reveal,
    state,
    status,
    tell,
    vote,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import SG, VOTE, ZERO32, Suite

DRAWS = 12


def dispute_over(suite: Suite, name: str, executor: str = "my_police") -> tuple[bytes, bytes, bytes]:
    """A dispute over a request of that name, before its draw, and both secrets."""
    request, *secrets = (
        bytes(web3.keccak(text=f"{what} {name}")) for what in ("request", "claim", "defence")
    )
    tell(suite, request, receiver=suite.ids[executor], executor=suite.ids[executor])
    commit_both(suite, request, *secrets)
    open_dispute(suite, subject=request)
    return dispute_id(suite, subject=request), secrets[0], secrets[1]


def test_both_sides_are_excluded_and_everybody_can_repeat_the_draw(suite: Suite) -> None:
    panels = set()
    for number in range(DRAWS):
        dispute, claim, defence = dispute_over(suite, str(number))
        reveal(suite, dispute, defence, claim)
        panel = panel_of(suite, dispute)
        assert panel == draw(list(OTHERS), (claim, defence, dispute))
        assert len(set(panel)) == 3
        panels.add(tuple(panel))
    assert {country for panel in panels for country in panel} == set(OTHERS)
    assert len(panels) > 4


def test_another_pair_excludes_others(suite: Suite) -> None:
    dispute, claim, defence = dispute_over(suite, "of Thailand", "th_police")
    reveal(suite, dispute, claim, defence)
    assert TH not in panel_of(suite, dispute)


def test_nobody_changes_his_secret_once_he_knows_the_other(suite: Suite) -> None:
    dispute = opened(suite)
    reveal(suite, dispute, CLAIM)
    for number in range(5):
        other = bytes(web3.keccak(text=f"a better one {number}"))
        with reverts("WrongSecret", dispute, commitment(other)):
            reveal(suite, dispute, other)
    with reverts("WrongSecret", dispute, commitment(ZERO32)):
        reveal(suite, dispute, ZERO32)


def test_a_commitment_to_nothing_is_lost(suite: Suite) -> None:
    """A secret of zeros counts as none, or a side could stay hidden for ever."""
    tell(suite)
    commit_both(suite, executor=ZERO32)
    open_dispute(suite)
    dispute = dispute_id(suite)
    reveal(suite, dispute, CLAIM)
    with reverts("WrongSecret", dispute, commitment(ZERO32)):
        reveal(suite, dispute, ZERO32)
    pass_beyond(REVEAL_WITHIN)
    assert status(suite, dispute) == "Upheld"


def test_who_copies_a_commitment_gains_nothing(suite: Suite) -> None:
    tell(suite)
    commit_both(suite, executor=CLAIM)
    open_dispute(suite)
    dispute = dispute_id(suite)
    reveal(suite, dispute, CLAIM)
    assert panel_of(suite, dispute) == draw(list(OTHERS), (CLAIM, CLAIM, dispute))


@pytest.mark.parametrize(
    ("comes", "result", "loser"),
    [
        ((CLAIM,), "Upheld", "my_police"),
        ((DEFENCE,), "Dismissed", "cn_police"),
        ((), "Dismissed", "cn_police"),
    ],
)
def test_who_does_not_reveal_loses_as_if_by_votes(
    suite: Suite, comes: tuple[bytes, ...], result: str, loser: str
) -> None:
    dispute = opened(suite)
    if comes:
        reveal(suite, dispute, *comes)
    pass_beyond(REVEAL_WITHIN)
    tx = close(suite, dispute)
    assert status(suite, dispute) == result
    assert [(rated, kind) for rated, _, kind in recorded(tx)] == [(suite.ids[loser], Outcome.DISPUTE_LOST)]
    assert state(suite) == (State.DISPUTE_LOST if result == "Upheld" else State.CONFIRMED)


def test_who_does_not_commit_loses(suite: Suite) -> None:
    tell(suite)
    commit_both(suite, executor=b"")
    open_dispute(suite)
    pass_beyond(14 * 86_400)
    tx = close(suite, dispute_id(suite))
    assert recorded(tx)[0][::2] == (suite.ids["my_police"], Outcome.DISPUTE_LOST)


def test_a_secret_draws_one_panel(suite: Suite) -> None:
    """Both secrets of the request are public after its first dispute: the next would be drawn by nobody."""
    dispute, _ = drawn(suite)
    decide(suite, dispute, False)
    with reverts("EmptyCommitment"):
        open_dispute(suite, USE_BREACH, by="my_objector")
    other = b"\x09" * 32
    open_dispute(suite, USE_BREACH, by="my_objector", given=commitment(other))
    second = dispute_id(suite, USE_BREACH, claimant="my_police")
    assert status(suite, second) == "Committing"


def test_where_no_use_is_limited_none_is_disputed(suite: Suite) -> None:
    """Else who asked would keep his secret of every request for ever."""
    request = tell(suite)
    suite.assistance.setUseLimits(request, 0, {"from": suite.stranger})
    with reverts("NothingToDispute", request):
        open_dispute(suite, USE_BREACH, by="my_objector", given=commitment(CLAIM))


def test_a_secret_serves_no_other_request(suite: Suite) -> None:
    opened(suite)
    other = tell(suite, b"\x0a" * 32)
    commit_both(suite, other)
    with reverts("EmptyCommitment"):
        open_dispute(suite, subject=other)


def test_nobody_spends_the_secret_of_another(suite: Suite) -> None:
    """Who copies the commitment of another in a dispute of his own takes nothing from it."""
    request = tell(suite, b"\x0b" * 32, asker=suite.ids["th_police"])
    open_dispute(suite, subject=request, by="th_objector", given=commitment(CLAIM))
    dispute = opened(suite)
    assert status(suite, dispute) == "Revealing"


def test_what_the_authority_committed_is_not_the_executors(suite: Suite) -> None:
    """It could withhold the secret, and its police would lose for it."""
    tell(suite, receiver=suite.ids["my_authority"])
    commit_both(suite)
    open_dispute(suite)
    dispute = dispute_id(suite)
    assert status(suite, dispute) == "Committing"
    suite.panels.commit(dispute, commitment(DEFENCE), {"from": suite.my_answerer})
    reveal(suite, dispute, CLAIM, DEFENCE)
    assert status(suite, dispute) == "Voting"


def test_a_jurisdiction_votes_once_by_whatever_key(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    country = panel[0]
    authority = OTHERS[country]
    officer = suite.appoint(authority, "an officer who votes", VOTE)
    vote(suite, dispute, country)
    with reverts("AlreadyVoted", dispute, country):
        vote(suite, dispute, country)
    with reverts("AlreadyVoted", dispute, country):
        suite.panels.vote(dispute, False, REASONS, {"from": officer})
    successor = suite.actor("a new key of the authority")
    suite.agencies.proposeAccount(successor, {"from": suite.actors[authority]})
    suite.agencies.acceptAccount(suite.ids[authority], {"from": successor})
    with reverts("AlreadyVoted", dispute, country):
        suite.panels.vote(dispute, False, REASONS, {"from": successor})
    with reverts("NotAVoter", suite.actors[authority]):
        suite.panels.vote(dispute, False, REASONS, {"from": suite.actors[authority]})


def test_other_agencies_of_a_jurisdiction_have_no_vote(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    country = OTHERS[panel[0]].split("_")[0]
    officer = suite.appoint(f"{country}_police", "police who would vote", VOTE)
    for account in (officer, suite.actors[f"{country}_police"]):
        with reverts("NotAVoter", account):
            suite.panels.vote(dispute, True, REASONS, {"from": account})


def test_who_left_since_does_not_vote(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    leave(suite, panel[0])
    next_block_at(now() + 1)
    with reverts("NotAVoter", suite.actors[OTHERS[panel[0]]]):
        vote(suite, dispute, panel[0])
    for country in panel[1:]:
        vote(suite, dispute, country)
    assert status(suite, dispute) == "Upheld"


def test_who_comes_or_goes_before_the_draw_changes_nothing(suite: Suite) -> None:
    """Who reveals second knows both secrets: it would wait until a change suits it."""
    dispute = opened(suite)
    leave(suite, SG)
    next_block_at(now() + 1)
    reveal(suite, dispute, CLAIM, DEFENCE)
    assert panel_of(suite, dispute) == draw(list(OTHERS), (CLAIM, DEFENCE, dispute))


def test_who_left_before_it_was_opened_is_not_drawn(suite: Suite) -> None:
    leave(suite, SG)
    next_block_at(now() + 1)
    _, panel = drawn(suite)
    assert set(panel) == {TH, KH, PH}


def test_the_result_is_carried_out_once(suite: Suite) -> None:
    dispute, _ = drawn(suite)
    decide(suite, dispute, True)
    with reverts("WrongPhase"):
        close(suite, dispute)


def test_the_executor_of_another_request_is_no_side(suite: Suite) -> None:
    dispute, _, _ = dispute_over(suite, "another", "th_police")
    with reverts("WrongPhase"):
        suite.panels.commit(dispute, commitment(DEFENCE), {"from": suite.my_answerer})
    assert suite.panels.disputeOf(dispute)[0] == ANSWER
