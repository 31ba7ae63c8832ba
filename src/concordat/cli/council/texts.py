# SPDX-License-Identifier: Apache-2.0
"""How proposals are told: their state, votes, what they would do."""

from __future__ import annotations

from typing import Any

from concordat.casework.cooperating import council
from concordat.casework.cooperating.council import Acted, Standing
from concordat.cli.output import moment
from concordat.cli.receipts import as_data
from concordat.cli.session import Session
from concordat.evidence import places
from concordat.membership.council import ProposalState, raw_calls
from concordat.membership.decisions import strictest


def told(session: Session, acted: Acted, text: str) -> None:
    """Say what was done, and how the decision stands now."""
    receipt = as_data(acted.receipt) if acted.receipt else None
    data = {**data_of(acted.standing), "before": acted.receipt is None, "receipt": receipt}
    session.out.result(data, text)
    if acted.receipt:
        r = acted.receipt
        session.out.say(f"Transaction {r.transaction}, block {r.block}, {moment(r.time)}.")
    else:
        session.out.say("It was so before; nothing was sent.")
    if acted.standing.until:
        session.out.say(next_step(acted.standing))


def sentences(standing: Standing, lang: str) -> list[str]:
    """What it would do, one sentence a call."""
    return [call.sentence(standing.names)[lang] for call in standing.proposal.calls]


def pairs(standing: Standing, lang: str) -> list[tuple[str, str]]:
    """A proposal, name by name."""
    proposal, tally = standing.proposal, standing.tally
    found = [
        ("proposal", f"{standing.number}  {council.hex_id(proposal.id)}"),
        *(("would", sentence) for sentence in sentences(standing, lang)),
        ("kind", strictest(proposal.calls).label()[lang]),
        ("proposed by", places.name(tally.jurisdiction, lang)),
        ("text", f"SHA-256 {proposal.text.hex()}" if proposal.text else "not by its hash"),
        ("state", standing.state.label()[lang]),
    ]
    if standing.here is not standing.state:
        found.append(("by this machine's clock", standing.here.label()[lang]))
    found += [
        ("vote", f"{moment(proposal.snapshot)} to {moment(proposal.deadline)}"),
        ("quorum", f"{tally.voted} of {tally.quorum_votes} needed ({tally.members} members)"),
        ("majority", f"{tally.in_favour} for, {tally.against} against; {tally.threshold / 100:g} % needed"),
    ]
    found += [
        (places.name(jurisdiction, lang), how.label()[lang]) for jurisdiction, how in standing.votes.items()
    ]
    if standing.state in (ProposalState.PENDING, ProposalState.ACTIVE) and standing.absent:
        found.append(("not yet", ", ".join(places.name(each, lang) for each in standing.absent)))
    if standing.eta:
        found.append(("carried out from", moment(standing.eta)))
    found.append(("next", next_step(standing)))
    return found


def next_step(standing: Standing) -> str:
    """What follows, and by when."""
    number, state = standing.number, standing.here
    until = f" until {moment(standing.until)}" if standing.until and state is standing.state else ""
    return {
        ProposalState.PENDING: f"The vote begins after {moment(standing.proposal.snapshot)}.",
        ProposalState.ACTIVE: f"concordat council vote {number} --for|--against|--abstain{until}",
        ProposalState.SUCCEEDED: f"concordat council queue {number}{until}",
        ProposalState.QUEUED: f"concordat council execute {number}, from {moment(standing.eta)}{until}",
    }.get(state, "Nothing follows.")


def data_of(standing: Standing) -> dict[str, Any]:
    """The stable values of a proposal."""
    proposal, tally = standing.proposal, standing.tally
    return {
        "number": standing.number,
        "proposal": council.hex_id(proposal.id),
        "kind": strictest(proposal.calls).name,
        "would": [call.sentence(standing.names).as_dict() for call in proposal.calls],
        "calls": raw_calls(proposal),
        "proposer": proposal.proposer,
        "jurisdiction": places.alpha(tally.jurisdiction),
        "text": proposal.text.hex() if proposal.text else None,
        "state": standing.state.name,
        "state_by_machine": standing.here.name,
        "vote_from": moment(proposal.snapshot),
        "vote_until": moment(proposal.deadline),
        "execute_from": moment(standing.eta) if standing.eta else None,
        "quorum": {"needed": tally.quorum_votes, "voted": tally.voted, "members": tally.members},
        "votes": {
            "for": tally.in_favour,
            "against": tally.against,
            "abstain": tally.abstaining,
            "threshold": tally.threshold,
            "by": {places.alpha(each): how.name for each, how in standing.votes.items()},
            "absent": [places.alpha(each) for each in standing.absent],
        },
    }
