# SPDX-License-Identifier: Apache-2.0
"""The Council on the chain, one function an act or question: proposals, votes, and what follows.

A proposal is OpenZeppelin's: targets, values, calldata and a description, whose hash is its id. On the chain
the description holds the hash of the text alone; the text travels by other ways and is compared with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, unique
from typing import TYPE_CHECKING, Any, Final

from eth_utils.crypto import keccak

from concordat.evidence.laws import Text
from concordat.ledger import abi, artifacts
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer, in_order
from concordat.membership.decisions import COUNCIL, TABLE, DecisionCall, DecisionKind

if TYPE_CHECKING:
    from concordat.ledger.chain import Chain

REGISTRY: Final = "AgencyRegistry"
HISTORY: Final = (
    "ProposalCreated",
    "JurisdictionVoted",
    "ProposalQueued",
    "ProposalExecuted",
    "ProposalCanceled",
)
_TEXT: Final = re.compile(r"sha-256:([0-9a-f]{64})(#proposer=0x[0-9a-fA-F]{40})?")
_UNKNOWN: Final = "unknown"


@unique
class ProposalState(IntEnum):
    """OpenZeppelin's states of a proposal."""

    PENDING = 0
    ACTIVE = 1
    CANCELED = 2
    DEFEATED = 3
    SUCCEEDED = 4
    QUEUED = 5
    EXPIRED = 6
    EXECUTED = 7

    def label(self) -> Text:
        """Its name for people."""
        return _STATES[self]


_STATES: Final[Mapping[ProposalState, Text]] = {
    ProposalState.PENDING: Text("waits for the vote", "待表决"),
    ProposalState.ACTIVE: Text("is voted on", "表决中"),
    ProposalState.CANCELED: Text("taken back", "已撤回"),
    ProposalState.DEFEATED: Text("defeated", "未通过"),
    ProposalState.SUCCEEDED: Text("adopted, to be queued", "已通过，待列入执行"),
    ProposalState.QUEUED: Text("adopted, waits for its hour", "已通过，等待期中"),
    ProposalState.EXPIRED: Text("expired: nobody carried it out", "已失效，逾期未执行"),
    ProposalState.EXECUTED: Text("carried out", "已执行"),
}


@unique
class Vote(IntEnum):
    """How a jurisdiction votes."""

    AGAINST = 0
    FOR = 1
    ABSTAIN = 2

    def label(self) -> Text:
        """Its name for people."""
        return {
            Vote.AGAINST: Text("against", "反对"),
            Vote.FOR: Text("for", "赞成"),
            Vote.ABSTAIN: Text("abstains", "弃权"),
        }[self]


@dataclass(frozen=True)
class Proposal:
    """A proposal as its event says. Times in seconds since 1970 UTC.

    Attributes:
        id: number made of the hash of everything in it.
        proposer: address.
        calls: what it would do, decoded.
        text: SHA-256 of its text, 32 bytes; None where the description is of another form.
        snapshot: whoever was a member then may vote.
        deadline: last second of the vote.
    """

    id: int
    proposer: str
    calls: tuple[DecisionCall, ...]
    text: bytes | None
    snapshot: int
    deadline: int
    description: str
    targets: tuple[str, ...]
    calldatas: tuple[bytes, ...]
    transaction: str

    def transactions(self) -> tuple[list[str], list[int], list[bytes], bytes]:
        """What queueing and executing take."""
        return (
            list(self.targets),
            [0] * len(self.targets),
            list(self.calldatas),
            keccak(self.description.encode()),
        )


@dataclass(frozen=True)
class Tally:
    """How the vote stands.

    Attributes:
        jurisdiction: that proposed it.
        quorum, threshold: needed, in basis points.
        members: jurisdictions that may vote.
    """

    jurisdiction: int
    quorum: int
    threshold: int
    in_favour: int
    against: int
    abstaining: int
    members: int

    @property
    def quorum_votes(self) -> int:
        """How many have to vote."""
        return -(-self.quorum * self.members // 10_000)

    @property
    def voted(self) -> int:
        """How many have voted."""
        return self.in_favour + self.against + self.abstaining

    @property
    def has_quorum(self) -> bool:
        """Whether enough have voted."""
        return self.voted * 10_000 >= self.quorum * self.members

    @property
    def is_adopted(self) -> bool:
        """Whether enough of those who decided are for it."""
        decided = self.in_favour + self.against
        return self.in_favour > self.against and self.in_favour * 10_000 >= self.threshold * decided


# Acts


def propose(ledger: Ledger, voter: Signer, calls: Sequence[DecisionCall], text: bytes) -> Receipt:
    """Propose a decision, for the jurisdiction whose voter the key is.

    Args:
        ledger: where.
        voter: account of a central authority, or its officer with VOTE.
        calls: what is to be done.
        text: why, in words; its hash goes on the chain.
    """
    # Ends with the proposer's address, so that nobody sends it before him to take it back (OpenZeppelin).
    description = f"sha-256:{hashlib.sha256(text).hexdigest()}#proposer={voter.address.lower()}"
    targets = [ledger.address(call.module) for call in calls]
    calldatas = [calldata(call) for call in calls]
    return ledger.send(voter, COUNCIL, "propose", targets, [0] * len(calls), calldatas, description)


def vote(ledger: Ledger, voter: Signer, proposal: int, how: Vote) -> Receipt:
    """Vote, once for the whole jurisdiction."""
    return ledger.send(voter, COUNCIL, "castVote", proposal, int(how))


def queue(ledger: Ledger, anyone: Signer, proposal: Proposal) -> Receipt:
    """Put what was adopted into the timelock."""
    return ledger.send(anyone, COUNCIL, "queue", *proposal.transactions())


def execute(ledger: Ledger, anyone: Signer, proposal: Proposal) -> Receipt:
    """Carry out what was adopted and has waited."""
    return ledger.send(anyone, COUNCIL, "execute", *proposal.transactions())


def cancel(ledger: Ledger, proposer: Signer, proposal: Proposal) -> Receipt:
    """Take a proposal back before the vote begins; only who made it."""
    return ledger.send(proposer, COUNCIL, "cancel", *proposal.transactions())


# Questions


def proposals(chain: Chain) -> list[Proposal]:
    """All proposals, oldest first."""
    names = _modules(chain)
    return [_proposal(event, names) for event in chain.events(COUNCIL, "ProposalCreated")]


def state_of(ledger: Ledger, proposal: int) -> ProposalState:
    """What a proposal is at the time of the newest block."""
    return ProposalState(ledger.call(COUNCIL, "state", proposal))


def tally_of(ledger: Ledger, proposal: Proposal) -> Tally:
    """How the vote stands."""
    found = ledger.call(COUNCIL, "decisionOf", proposal.id)
    return Tally(
        jurisdiction=found.jurisdiction,
        quorum=found.quorum,
        threshold=found.threshold,
        in_favour=found.inFavour,
        against=found.against,
        abstaining=found.abstaining,
        members=members_at(ledger, min(proposal.snapshot, ledger.now())),
    )


def votes_of(ledger: Ledger, proposal: int) -> dict[int, Vote]:
    """How each jurisdiction voted, in the order of the votes."""
    found = ledger.events(COUNCIL, "JurisdictionVoted", proposalId=proposal)
    return {event.args["jurisdiction"]: Vote(event.args["support"]) for event in in_order(found)}


def eta_of(ledger: Ledger, proposal: int) -> int:
    """From when it can be carried out, seconds since 1970 UTC; 0 until it is queued."""
    return int(ledger.call(COUNCIL, "proposalEta", proposal))


def kind_rule(ledger: Ledger, kind: DecisionKind) -> tuple[int, int]:
    """Quorum and threshold that a kind of decision needs now, in basis points."""
    rule = ledger.call(COUNCIL, "kindRule", int(kind))
    return int(rule.quorum), int(rule.threshold)


def pace(ledger: Ledger) -> tuple[int, int]:
    """How long a proposal waits, and is voted on, in seconds."""
    return int(ledger.call(COUNCIL, "votingDelay")), int(ledger.call(COUNCIL, "votingPeriod"))


def members(ledger: Ledger) -> list[int]:
    """The jurisdictions that have a vote now."""
    return [int(each) for each in ledger.call(REGISTRY, "memberJurisdictions")]


def members_at(ledger: Ledger, at: int) -> int:
    """How many jurisdictions had a vote at a time."""
    return int(ledger.call(REGISTRY, "membersAt", at))


def voting_jurisdiction(ledger: Ledger, account: str) -> int:
    """For which jurisdiction an account may vote now.

    Raises:
        ContractError: for none.
    """
    return int(ledger.call(REGISTRY, "votingJurisdiction", account))


def history(ledger: Ledger, proposal: int) -> list[Event]:
    """All events of a proposal, oldest first, without times."""
    found: Iterator[Event] = (
        event
        for name in HISTORY
        for event in ledger.events(COUNCIL, name)
        if event.args["proposalId"] == proposal
    )
    return in_order(found)


# Calldata


def calldata(call: DecisionCall) -> bytes:
    """The calldata of a call of the table."""
    entry = abi.find(artifacts.load(call.module).abi, "function", call.function)
    return abi.calldata(entry, call.arguments)


def decode_call(target: str, data: bytes, names: Mapping[str, str]) -> DecisionCall:
    """A call of the table from its calldata; a call that is not in the table says so by its names.

    Args:
        target: address.
        data: calldata.
        names: module by address.
    """
    module = names.get(target, _UNKNOWN)
    for known, function in TABLE:
        if known != module:
            continue
        entry = abi.find(artifacts.load(module).abi, "function", function)
        if abi.selector(entry) == data[:4]:
            return DecisionCall(module, function, abi.decode(entry["inputs"], data[4:]))
    return DecisionCall(module if module != _UNKNOWN else target, f"0x{data[:4].hex()}", ())


def _proposal(event: Event, names: Mapping[str, str]) -> Proposal:
    args = event.args
    targets = tuple(args["targets"])
    calldatas = tuple(bytes(each) for each in args["calldatas"])
    found = _TEXT.fullmatch(args["description"])
    return Proposal(
        id=args["proposalId"],
        proposer=args["proposer"],
        calls=tuple(
            decode_call(target, data, names) for target, data in zip(targets, calldatas, strict=True)
        ),
        text=bytes.fromhex(found[1]) if found else None,
        snapshot=args["voteStart"],
        deadline=args["voteEnd"],
        description=args["description"],
        targets=targets,
        calldatas=calldatas,
        transaction=event.transaction,
    )


def _modules(chain: Chain) -> dict[str, str]:
    return {chain.address(name): name for name in {module for module, _ in TABLE}}


def raw_calls(proposal: Proposal) -> list[dict[str, Any]]:
    """The calls as they stand on the chain, for who wants to check them elsewhere."""
    return [
        {"target": target, "data": f"0x{data.hex()}"}
        for target, data in zip(proposal.targets, proposal.calldatas, strict=True)
    ]
