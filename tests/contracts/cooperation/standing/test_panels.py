# SPDX-License-Identifier: Apache-2.0
"""Disputes: who opens them, on what, in which phases they go, and what follows from each result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from concordat.membership.standing.score import DAY, Outcome
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.stage import KH, PH, TH
from tests.contracts.cooperation.standing.disputes import (
    ANSWER,
    CLAIM,
    COMMIT_WITHIN,
    DEFENCE,
    GROUNDS,
    OPEN_WITHIN,
    OTHERS,
    OUTCOME,
    REASONS,
    REQUEST,
    REVEAL_WITHIN,
    STATUS,
    USE_BREACH,
    VOTE_WITHIN,
    State,
    close,
    commit_both,
    commitment,
    decide,
    dispute_id,
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
from tests.contracts.membership.rated import account, id_of, points, say
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER as ANSWERING
from tests.contracts.suite import CN, MY, OBJECT, SG, ZERO32, Suite

RATED, OTHER = "my_police", "cn_police"
NEW = b"\x61" * 32
FIELDS = (
    *(
        "kind",
        "claimant",
        "respondent",
        "opened_at",
        "phase_ends_at",
        "size",
        "upheld",
        "dismissed",
        "closed",
    ),
    *("result", "subject", "grounds", "claimant_commitment", "respondent_commitment"),
    *("claimant_secret", "respondent_secret"),
)


def told(suite: Suite, dispute: bytes) -> dict[str, Any]:
    return dict(zip(FIELDS, suite.panels.disputeOf(dispute), strict=True))


def bad_outcome(suite: Suite, outcome: Outcome = Outcome.OVERDUE) -> bytes:
    """China says it of Malaysia's police."""
    return id_of(say(suite, outcome, CN, RATED, ordinal=2))


def outcome_disputed(suite: Suite) -> bytes:
    outcome = bad_outcome(suite)
    open_dispute(suite, OUTCOME, outcome, "my_objector", commitment(CLAIM))
    return dispute_id(suite, OUTCOME, outcome, RATED)


def use_disputed(suite: Suite) -> bytes:
    tell(suite)
    commit_both(suite, asker=DEFENCE, executor=CLAIM)
    open_dispute(suite, USE_BREACH, by="my_objector")
    return dispute_id(suite, USE_BREACH, claimant=RATED)


# Opening


def test_the_asker_disputes_an_answer(suite: Suite) -> None:
    dispute = opened(suite)
    assert told(suite, dispute) == {
        "kind": ANSWER,
        "claimant": suite.ids["cn_police"],
        "respondent": suite.ids["my_police"],
        "opened_at": now(),
        "phase_ends_at": now() + REVEAL_WITHIN,
        "size": 0,
        "upheld": 0,
        "dismissed": 0,
        "closed": False,
        "result": 0,
        "subject": "0x" + REQUEST.hex(),
        "grounds": "0x" + GROUNDS.hex(),
        "claimant_commitment": "0x" + commitment(CLAIM).hex(),
        "respondent_commitment": "0x" + commitment(DEFENCE).hex(),
        "claimant_secret": "0x" + "00" * 32,
        "respondent_secret": "0x" + "00" * 32,
    }
    assert status(suite, dispute) == "Revealing"
    assert status(suite, dispute, now() - 1) == "None"
    assert state(suite) == State.DISPUTED


@pytest.mark.parametrize("kind", [ANSWER, USE_BREACH])
def test_only_its_side_opens_it(suite: Suite, kind: int) -> None:
    tell(suite)
    commit_both(suite)
    stranger = "my_objector" if kind == ANSWER else "cn_objector"
    for by in ("th_objector", stranger):
        agency = f"{by[:2]}_police"
        with reverts("NotASide", suite.ids[agency], dispute_id(suite, kind, claimant=agency)):
            open_dispute(suite, kind, by=by)
    with reverts("NotAuthorised", suite.cn_asker, OBJECT):
        open_dispute(suite, kind, by="cn_asker")


@pytest.mark.parametrize("kind", [ANSWER, USE_BREACH])
@pytest.mark.parametrize("of", [*State])
def test_what_is_disputed_was_answered(suite: Suite, kind: int, of: State) -> None:
    answered = of >= State.PARTIAL
    tell(suite, state=of, **({} if answered else {"answered_at": 0}))
    commit_both(suite)
    by = "cn_objector" if kind == ANSWER else "my_objector"
    may = of == State.FULFILLED if kind == ANSWER else answered and of != State.REFUSED
    if may:
        open_dispute(suite, kind, by=by)
        return
    with reverts("NothingToDispute", REQUEST):
        open_dispute(suite, kind, by=by)


def test_an_answer_is_disputed_within_sixty_days(suite: Suite) -> None:
    answered = now()
    commit_both(suite)
    tell(suite, answered_at=answered)
    next_block_at(answered + OPEN_WITHIN)
    open_dispute(suite)
    other = tell(suite, b"\x01" * 32, answered_at=answered)
    commit_both(suite, other, b"\x02" * 32, b"\x03" * 32)
    next_block_at(answered + OPEN_WITHIN + 1)
    with reverts("TooLate", other, answered + OPEN_WITHIN):
        open_dispute(suite, subject=other)
    open_dispute(suite, USE_BREACH, other, "my_objector")  # a use is found out whenever it is


def test_an_outcome_is_disputed_within_sixty_days(suite: Suite) -> None:
    outcome = bad_outcome(suite)
    until = now() + OPEN_WITHIN
    next_block_at(until + 1)
    with reverts("TooLate", outcome, until):
        open_dispute(suite, OUTCOME, outcome, "my_objector", commitment(CLAIM))


def test_nothing_is_disputed_twice(suite: Suite) -> None:
    dispute = opened(suite)
    with reverts("AlreadyDisputed", REQUEST):
        open_dispute(suite)
    reveal(suite, dispute, CLAIM, DEFENCE)
    pass_beyond(VOTE_WITHIN)
    close(suite, dispute)
    assert state(suite) == State.FULFILLED
    with reverts("AlreadyDisputed", REQUEST):
        open_dispute(suite)


def test_a_dispute_has_grounds_a_kind_and_a_commitment(suite: Suite) -> None:
    tell(suite)
    with reverts("EmptyGrounds"):
        open_dispute(suite, grounds=ZERO32)
    with reverts("NothingToDispute", REQUEST):
        open_dispute(suite, kind=0)
    with reverts("EmptyCommitment"):
        open_dispute(suite)


def test_only_the_rated_disputes_an_outcome(suite: Suite) -> None:
    outcome = bad_outcome(suite)
    with reverts("NotASide", suite.ids[OTHER], dispute_id(suite, OUTCOME, outcome, OTHER)):
        open_dispute(suite, OUTCOME, outcome, "cn_objector", commitment(CLAIM))


@pytest.mark.parametrize(
    "outcome", [Outcome.ANSWERED_IN_TIME, Outcome.CONFIRMED, Outcome.DISPUTE_LOST, Outcome.USE_LIMIT_BREACHED]
)
def test_praise_and_what_panels_found_go_before_no_panel(suite: Suite, outcome: Outcome) -> None:
    recorded_as = bad_outcome(suite, outcome)
    with reverts("NothingToDispute", recorded_as):
        open_dispute(suite, OUTCOME, recorded_as, "my_objector", commitment(CLAIM))


def test_what_weighs_nothing_needs_no_dispute(suite: Suite) -> None:
    at_home = id_of(say(suite, Outcome.OVERDUE, MY, RATED, ordinal=5))
    dispute = outcome_disputed(suite)
    annulled = bytes.fromhex(str(told(suite, dispute)["subject"])[2:])
    pass_beyond(COMMIT_WITHIN)
    close(suite, dispute)
    for outcome in (at_home, annulled, NEW):
        with reverts("AlreadyDisputed" if outcome == annulled else "NothingToDispute", outcome):
            open_dispute(suite, OUTCOME, outcome, "my_objector", commitment(DEFENCE))


# Phases


ACTS: dict[str, Callable[[Suite, bytes], Any]] = {
    "commit": lambda suite, dispute: suite.panels.commit(dispute, NEW, {"from": suite.my_objector}),
    "reveal": lambda suite, dispute: reveal(suite, dispute, CLAIM),
    "vote": lambda suite, dispute: vote(suite, dispute, (panel_of(suite, dispute) or [SG])[0]),
    "close": close,
}
OPEN_TO = {"Committing": {"commit"}, "Revealing": {"reveal"}, "Voting": {"vote"}, "Upheld": {"close"}}


def bring_to(suite: Suite, phase: str) -> bytes:
    tell(suite)
    commit_both(suite, executor=b"" if phase == "Committing" else DEFENCE)
    open_dispute(suite)
    dispute = dispute_id(suite)
    if phase in ("Voting", "Upheld", "Closed"):
        reveal(suite, dispute, CLAIM, DEFENCE)
    if phase in ("Upheld", "Closed"):
        for country in panel_of(suite, dispute)[:2]:
            vote(suite, dispute, country)
    if phase == "Closed":
        close(suite, dispute)
    return dispute


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("phase", [*OPEN_TO, "Closed"])
def test_each_act_has_its_phase(suite: Suite, phase: str, act: str) -> None:
    dispute = bring_to(suite, phase)
    shown = "Upheld" if phase == "Closed" else phase
    assert status(suite, dispute) == shown
    if act in OPEN_TO.get(phase, set()):
        ACTS[act](suite, dispute)
        return
    with reverts("WrongPhase", dispute, STATUS.index(shown)):
        ACTS[act](suite, dispute)


@pytest.mark.parametrize("act", ACTS)
def test_there_must_be_a_dispute(suite: Suite, act: str) -> None:
    with reverts("NoSuchDispute", NEW):
        ACTS[act](suite, NEW)
    assert status(suite, NEW) == "None"


@pytest.mark.parametrize(
    ("phase", "within", "then"),
    [
        ("Committing", COMMIT_WITHIN, "Upheld"),
        ("Revealing", REVEAL_WITHIN, "Dismissed"),
        ("Voting", VOTE_WITHIN, "Undecided"),
    ],
)
def test_each_phase_ends_after_its_last_second(suite: Suite, phase: str, within: int, then: str) -> None:
    dispute = bring_to(suite, phase)
    ends = now() + within
    assert told(suite, dispute)["phase_ends_at"] == ends
    assert (status(suite, dispute, ends), status(suite, dispute, ends + 1)) == (phase, then)
    next_block_at(ends)
    with reverts("WrongPhase", dispute, STATUS.index(phase)):
        close(suite, dispute)
    next_block_at(ends + 1)
    close(suite, dispute)
    assert status(suite, dispute) == then == STATUS[told(suite, dispute)["result"]]


def test_the_respondent_commits_when_it_had_not(suite: Suite) -> None:
    dispute = bring_to(suite, "Committing")
    answerer = {"from": suite.my_answerer}
    with reverts("NotASide", suite.ids["cn_police"], dispute):
        suite.panels.commit(dispute, NEW, {"from": suite.cn_objector})
    with reverts("NotAuthorised", suite.my_asker, OBJECT | ANSWERING):
        suite.panels.commit(dispute, NEW, {"from": suite.my_asker})
    with reverts("EmptyCommitment"):
        suite.panels.commit(dispute, ZERO32, answerer)
    suite.panels.commit(dispute, commitment(DEFENCE), answerer)
    assert told(suite, dispute)["phase_ends_at"] == now() + REVEAL_WITHIN
    reveal(suite, dispute, DEFENCE, CLAIM)
    assert status(suite, dispute) == "Voting"


def test_the_second_reveal_draws(suite: Suite) -> None:
    dispute = opened(suite)
    assert "PanelDrawn" not in reveal(suite, dispute, DEFENCE).events
    with reverts("SecretRevealed", dispute, suite.ids["my_police"]):
        reveal(suite, dispute, DEFENCE)
    event = reveal(suite, dispute, CLAIM).events["PanelDrawn"]
    assert list(event["jurisdictions"]) == panel_of(suite, dispute)
    assert event["voteBy"] == now() + VOTE_WITHIN


# Voting


def test_a_majority_decides_at_once(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    vote(suite, dispute, panel[2])
    assert status(suite, dispute) == "Voting"
    vote(suite, dispute, panel[0])
    assert status(suite, dispute) == "Upheld"
    with reverts("WrongPhase", dispute, STATUS.index("Upheld")):
        vote(suite, dispute, panel[1])


def test_the_majority_is_of_the_panel_not_of_the_votes(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    vote(suite, dispute, panel[0])
    pass_beyond(VOTE_WITHIN)
    tx = close(suite, dispute)
    assert status(suite, dispute) == "Undecided"
    assert recorded(tx) == []
    assert state(suite) == State.FULFILLED


def test_one_against_one_is_undecided(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    vote(suite, dispute, panel[0], True)
    vote(suite, dispute, panel[1], False)
    pass_beyond(VOTE_WITHIN)
    assert status(suite, dispute) == "Undecided"


def test_who_is_not_drawn_does_not_vote(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    (left_out,) = set(OTHERS) - set(panel)
    with reverts("NotOnThePanel", left_out, dispute):
        vote(suite, dispute, left_out)
    for side, authority in ((CN, suite.cn_authority), (MY, suite.my_authority)):
        with reverts("NotOnThePanel", side, dispute):
            suite.panels.vote(dispute, True, REASONS, {"from": authority})
    with reverts("NotAVoter", suite.stranger):
        suite.panels.vote(dispute, True, REASONS, {"from": suite.stranger})


def test_who_votes_says_why(suite: Suite) -> None:
    dispute, panel = drawn(suite)
    with reverts("EmptyGrounds"):
        suite.panels.vote(dispute, True, ZERO32, {"from": suite.actors[OTHERS[panel[0]]]})
    event = vote(suite, dispute, panel[0], False).events["PanelVoted"]
    assert (event["jurisdiction"], event["uphold"]) == (panel[0], False)
    assert event["reasons"] == "0x" + REASONS.hex()


@pytest.mark.parametrize(("left", "size"), [((SG,), 3), ((SG, TH), 2), ((SG, TH, KH), 1)])
def test_small_suites_have_small_panels(suite: Suite, left: tuple[int, ...], size: int) -> None:
    leave(suite, *left)
    dispute, panel = drawn(suite)
    assert set(panel) <= set(OTHERS) - set(left)
    assert told(suite, dispute)["size"] == len(panel) == size
    for country in panel[: size // 2 + 1]:
        assert status(suite, dispute) == "Voting"
        vote(suite, dispute, country)
    assert status(suite, dispute) == "Upheld"


def test_without_others_there_is_no_dispute(suite: Suite) -> None:
    leave(suite, *OTHERS)
    tell(suite)
    commit_both(suite)
    with reverts("TooFewJurisdictions", 0):
        open_dispute(suite)


def test_when_all_others_left_since_nothing_changes(suite: Suite) -> None:
    dispute = opened(suite)
    leave(suite, SG, TH, KH, PH)
    reveal(suite, dispute, CLAIM, DEFENCE)
    pass_beyond(VOTE_WITHIN)
    tx = close(suite, dispute)
    assert (status(suite, dispute), recorded(tx)) == ("Undecided", [])


# Results


@pytest.mark.parametrize("uphold", [True, False])
def test_who_loses_about_an_answer_is_rated(suite: Suite, uphold: bool) -> None:
    asker, executor = suite.ids["cn_police"], suite.ids["my_police"]
    dispute, _ = drawn(suite)
    tx = decide(suite, dispute, uphold)
    lost = (executor, asker) if uphold else (asker, executor)
    assert recorded(tx) == [(*lost, Outcome.DISPUTE_LOST)]
    assert tx.events["OutcomeRecorded"][0]["ref"] == "0x" + dispute.hex()
    assert state(suite) == (State.DISPUTE_LOST if uphold else State.CONFIRMED)


@pytest.mark.parametrize("uphold", [True, False])
def test_who_broke_a_limit_is_rated_and_who_said_so_in_vain(suite: Suite, uphold: bool) -> None:
    asker, executor = suite.ids["cn_police"], suite.ids["my_police"]
    dispute = use_disputed(suite)
    assert state(suite) == State.FULFILLED
    reveal(suite, dispute, CLAIM, DEFENCE)
    tx = decide(suite, dispute, uphold)
    if uphold:
        assert recorded(tx) == [(asker, executor, Outcome.USE_LIMIT_BREACHED)]
    else:
        found_right = (asker, executor, Outcome.CONFIRMED)
        assert recorded(tx) == [(executor, asker, Outcome.DISPUTE_LOST), found_right]
    assert state(suite) == State.FULFILLED


@pytest.mark.parametrize("uphold", [True, False])
def test_an_outcome_falls_or_stands(suite: Suite, uphold: bool) -> None:
    before = points(suite, RATED)
    dispute = outcome_disputed(suite)
    outcome = told(suite, dispute)["subject"]
    assert status(suite, dispute) == "Committing"
    suite.panels.commit(dispute, commitment(DEFENCE), {"from": suite.cn_objector})
    reveal(suite, dispute, CLAIM, DEFENCE)
    tx = decide(suite, dispute, uphold)
    assert suite.reputation.outcomeOf(outcome)[4] is uphold
    rated, other = suite.ids[RATED], suite.ids[OTHER]
    kind = Outcome.CONFIRMED if uphold else Outcome.DISPUTE_LOST
    assert recorded(tx) == [(rated, other, kind)]
    assert (points(suite, RATED) > before) is uphold


def test_an_outcome_that_nobody_defends_falls(suite: Suite) -> None:
    dispute = outcome_disputed(suite)
    pass_beyond(COMMIT_WITHIN)
    tx = close(suite, dispute)
    assert account(suite, RATED).bad == 0
    assert recorded(tx) == []
    assert tx.events["OutcomeAnnulled"]["dispute"] == "0x" + dispute.hex()


@pytest.mark.parametrize("finding", [Outcome.FREEZE_UNJUSTIFIED, Outcome.EVIDENCE_EXCLUDED])
def test_what_a_court_or_reviewer_found_stands_though_nobody_defends_it(
    suite: Suite, finding: Outcome
) -> None:
    """The counterparty, a bank or an asker, has nothing to win: its silence is no answer."""
    outcome = bad_outcome(suite, finding)
    open_dispute(suite, OUTCOME, outcome, "my_objector", commitment(CLAIM))
    dispute = dispute_id(suite, OUTCOME, outcome, RATED)
    pass_beyond(COMMIT_WITHIN)
    assert status(suite, dispute) == "Undecided"
    close(suite, dispute)
    assert suite.reputation.outcomeOf(outcome)[4] is False


def test_the_result_counts_whatever_became_of_the_request(suite: Suite) -> None:
    dispute, _ = drawn(suite)
    tell(suite, state=State.WITHDRAWN)
    tx = decide(suite, dispute, True)
    assert recorded(tx)[0][2] == Outcome.DISPUTE_LOST
    assert state(suite) == State.WITHDRAWN


def test_time_passes_between_the_phases_only(suite: Suite) -> None:
    """From the opening to the last vote a dispute takes 42 days at most."""
    dispute = bring_to(suite, "Committing")
    opened_at = now()
    next_block_at(opened_at + COMMIT_WITHIN)
    suite.panels.commit(dispute, commitment(DEFENCE), {"from": suite.my_answerer})
    next_block_at(opened_at + COMMIT_WITHIN + REVEAL_WITHIN)
    reveal(suite, dispute, CLAIM)
    next_block_at(opened_at + COMMIT_WITHIN + REVEAL_WITHIN)
    reveal(suite, dispute, DEFENCE)
    assert told(suite, dispute)["phase_ends_at"] == opened_at + 42 * DAY
