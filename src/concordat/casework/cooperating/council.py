# SPDX-License-Identifier: Apache-2.0
"""What a member does in the Council: propose, vote, carry out, see how a decision stands by both clocks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from concordat.casework.desk import Desk
from concordat.errors import UsageError, VerificationError
from concordat.ledger.protocol import Event, Receipt
from concordat.membership import agencies, council, numbers
from concordat.membership.council import Proposal, ProposalState, Tally, Vote
from concordat.membership.decisions import DecisionCall

EXECUTABLE_FOR: Final = 30 * 86_400
"""Seconds for which what was adopted can be queued, and what was queued be carried out."""
NOT_SENT: Final = "Nothing was sent."


@dataclass(frozen=True)
class Standing:
    """How a proposal stands.

    Attributes:
        number: of the suite's proposals, from 1.
        state: at the time of the newest block.
        here: by this machine's clock, where it is later.
        votes: of each jurisdiction that voted.
        absent: jurisdictions that may vote and have not.
        eta: from when it can be carried out, seconds since 1970 UTC; 0 until it is queued.
        names: gives the name of an agency by its number.
    """

    number: int
    proposal: Proposal
    state: ProposalState
    here: ProposalState
    tally: Tally
    votes: Mapping[int, Vote]
    absent: tuple[int, ...]
    eta: int
    names: Callable[[int], str]

    @property
    def until(self) -> int:
        """When its present state ends by itself, seconds since 1970 UTC; 0: never."""
        ends = {
            ProposalState.PENDING: self.proposal.snapshot,
            ProposalState.ACTIVE: self.proposal.deadline,
            ProposalState.SUCCEEDED: self.proposal.deadline + EXECUTABLE_FOR,
            ProposalState.QUEUED: self.eta + EXECUTABLE_FOR,
        }
        return ends.get(self.state, 0)


@dataclass(frozen=True)
class Acted:
    """An act of the Council that took effect.

    Attributes:
        receipt: of the transaction; None where it had taken effect before and nothing was sent.
    """

    standing: Standing
    receipt: Receipt | None


def propose(desk: Desk, calls: Sequence[DecisionCall], text: bytes) -> Acted:
    """Propose a decision, unless the very same is open already.

    Raises:
        UsageError: there is nothing to decide, or no reason.
        ContractError: the key has no vote, or the Council cannot decide this.
    """
    if not calls:
        raise UsageError("There is nothing to decide.", code="council.empty", kept=NOT_SENT)
    if not text.strip():
        raise UsageError(
            "A proposal needs its reasons.",
            code="council.no_text",
            kept=NOT_SENT,
            next="Write them into a file, and name it with --text FILE; the others vote on it.",
        )
    digest, wanted = hashlib.sha256(text).digest(), [council.calldata(call) for call in calls]
    for standing in list_(desk):
        same = standing.proposal.text == digest and list(standing.proposal.calldatas) == wanted
        if same and standing.proposal.proposer == desk.signer.address and standing.until:
            return Acted(standing, None)
    receipt = council.propose(desk.ledger, desk.signer, calls, text)
    made = receipt.event("ProposalCreated").args["proposalId"]
    return Acted(show(desk, hex(made)), receipt)


def vote(desk: Desk, reference: str, how: Vote, text: bytes | None = None) -> Acted:
    """Vote for the own jurisdiction.

    Args:
        desk: of the voter.
        reference: number or beginning of the id.
        how: for, against, abstaining.
        text: of the proposal, to be compared with its hash before the vote is sent; None: not compared.

    Raises:
        VerificationError: the text is not the one that was proposed.
        UsageError: the jurisdiction has voted otherwise before.
    """
    standing = show(desk, reference)
    if text is not None:
        check_text(standing.proposal, text)
    jurisdiction = council.voting_jurisdiction(desk.chain, desk.signer.address)
    before = standing.votes.get(jurisdiction)
    if before is how:
        return Acted(standing, None)
    if before is not None:
        raise UsageError(
            f"The jurisdiction has voted: {before.label().en}.",
            code="council.voted",
            kept=NOT_SENT,
            next="A vote is cast once and stays.",
        )
    receipt = council.vote(desk.ledger, desk.signer, standing.proposal.id, how)
    return Acted(show(desk, reference), receipt)


def queue(desk: Desk, reference: str) -> Acted:
    """Put what was adopted into the timelock; anybody may."""
    standing = show(desk, reference)
    if standing.state in (ProposalState.QUEUED, ProposalState.EXECUTED):
        return Acted(standing, None)
    _require(standing, ProposalState.SUCCEEDED)
    receipt = council.queue(desk.ledger, desk.signer, standing.proposal)
    return Acted(show(desk, reference), receipt)


def execute(desk: Desk, reference: str) -> Acted:
    """Carry out what was adopted and has waited; anybody may.

    Raises:
        UsageError: it is not adopted, not queued, or its hour has not come.
    """
    standing = show(desk, reference)
    if standing.state is ProposalState.EXECUTED:
        return Acted(standing, None)
    _require(standing, ProposalState.QUEUED)
    receipt = council.execute(desk.ledger, desk.signer, standing.proposal)
    return Acted(show(desk, reference), receipt)


def cancel(desk: Desk, reference: str) -> Acted:
    """Take an own proposal back before the vote."""
    standing = show(desk, reference)
    if standing.state is ProposalState.CANCELED:
        return Acted(standing, None)
    _require(standing, ProposalState.PENDING)
    receipt = council.cancel(desk.ledger, desk.signer, standing.proposal)
    return Acted(show(desk, reference), receipt)


def list_(desk: Desk) -> list[Standing]:
    """All proposals as they stand, oldest first."""
    names = _names(desk)
    found = council.proposals(desk.chain)
    return [_standing(desk, number, proposal, names) for number, proposal in enumerate(found, 1)]


def show(desk: Desk, reference: str) -> Standing:
    """One proposal, by its number in the list, or by the beginning of its id (0x and at least 6 digits).

    Raises:
        UsageError: there is none, or several begin so.
    """
    found = list(enumerate(council.proposals(desk.chain), 1))
    text = reference.strip().lower()
    if text.startswith("0x"):
        meant = [each for each in found if len(text) >= 8 and hex_id(each[1].id).startswith(text)]
        meant = meant or [each for each in found if text == hex(each[1].id)]
    else:
        meant = [each for each in found if text == str(each[0])]
    if len(meant) != 1:
        raise UsageError(
            f"{len(meant) or 'No'} proposals are meant by {reference}.",
            code="council.which",
            kept=NOT_SENT,
            next="See: concordat council list",
        )
    return _standing(desk, *meant[0], _names(desk))


def history(desk: Desk, standing: Standing) -> list[Event]:
    """All that happened to a proposal, oldest first."""
    return council.history(desk.chain, standing.proposal.id)


def check_text(proposal: Proposal, text: bytes) -> None:
    """Compare a text with the hash in the proposal.

    Raises:
        VerificationError: it is another one.
    """
    if proposal.text != hashlib.sha256(text).digest():
        raise VerificationError(
            "This is not the text that was proposed.",
            code="council.text",
            kept=NOT_SENT,
            next="Ask whoever proposed it for the text; do not vote on another one.",
        )


def hex_id(proposal: int) -> str:
    """The id of a proposal as people see it."""
    return f"0x{proposal:064x}"


def _standing(desk: Desk, number: int, proposal: Proposal, names: Callable[[int], str]) -> Standing:
    chain = desk.chain
    state, votes = council.state_of(chain, proposal.id), council.votes_of(chain, proposal.id)
    eta = council.eta_of(chain, proposal.id)
    tally = council.tally_of(chain, proposal)
    absent = tuple(each for each in council.members(chain) if each not in votes)
    here = _state_at(state, proposal, tally, eta, desk.clock.now)
    return Standing(number, proposal, state, here, tally, votes, absent, eta, names)


def _state_at(state: ProposalState, proposal: Proposal, tally: Tally, eta: int, now: int) -> ProposalState:
    """What the state will be by a clock that is later than the newest block's."""
    if state is ProposalState.PENDING and now > proposal.snapshot:
        state = ProposalState.ACTIVE
    if state is ProposalState.ACTIVE and now > proposal.deadline:
        adopted = tally.has_quorum and tally.is_adopted
        state = ProposalState.SUCCEEDED if adopted else ProposalState.DEFEATED
    if state is ProposalState.SUCCEEDED and now > proposal.deadline + EXECUTABLE_FOR:
        return ProposalState.EXPIRED
    if state is ProposalState.QUEUED and now >= eta + EXECUTABLE_FOR:
        return ProposalState.EXPIRED
    return state


def _require(standing: Standing, wanted: ProposalState) -> None:
    # By either clock: a transaction that is sent now is in a block of now.
    if wanted in (standing.state, standing.here):
        return
    raise UsageError(
        f"Proposal {standing.number} is not there: {standing.here.label().en}.",
        code="council.state",
        kept=NOT_SENT,
        next=f"See: concordat council show {standing.number}",
    )


def _names(desk: Desk) -> Callable[[int], str]:
    known = {each.number: each.name for each in agencies.agencies(desk.chain)}
    return lambda number: known.get(number) or numbers.label(number)
