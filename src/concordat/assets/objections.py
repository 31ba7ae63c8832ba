# SPDX-License-Identifier: Apache-2.0
"""Objections, reviews and dispositions on the chain, one function an act or question.

Who is no member objects with the key that came with the notice: it signs EIP-712 data, and anybody may send
the signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concordat.assets.states import ObjectionStatus, Outcome
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

OBJECTIONS: Final = "Objections"
OBJECTION: Final[Mapping[str, list[dict[str, str]]]] = {
    "Objection": [
        {"name": "request", "type": "bytes32"},
        {"name": "target", "type": "bytes32"},
        {"name": "grounds", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
HISTORY: Final = (
    "Objected",
    "ObjectionDecided",
    "ReviewOverdueRecorded",
    "DispositionProposed",
    "DispositionDecided",
)


@dataclass(frozen=True)
class SignedObjection:
    """An objection that its author signed; whoever has it may send it.

    Attributes:
        request, target: of the hold, 32 bytes each.
        account: salted account commitment, 32 bytes; with the notice key it opens the target.
        notice_key: address of the key that came with the notice.
        grounds: hash of the grounds, 32 bytes.
        deadline: last moment of its use, seconds since 1970 UTC.
        signature: 65 bytes.
    """

    request: bytes
    target: bytes
    account: bytes
    notice_key: str
    grounds: bytes
    deadline: int
    signature: bytes


@dataclass(frozen=True)
class Objection:
    """An objection as it stands on the chain. Times in seconds since 1970 UTC.

    Attributes:
        hold: 32 bytes.
        number: of the objections to this hold, from 1.
        decided_at: 0: not yet.
        released: by the decision, minor units.
        grounds, decision: hashes; the decision is zero until there is one.
    """

    hold: bytes
    number: int
    objected_at: int
    decided_at: int
    outcome: Outcome
    released: int
    grounds: bytes
    decision: bytes


@dataclass(frozen=True)
class Record:
    """How often an agency's freezes were reviewed, and how often it had to let go."""

    objections: int
    upheld: int
    upheld_in_part: int
    overdue_reviews: int


# Acts


def object_to(ledger: Ledger, anyone: Signer, signed: SignedObjection) -> Receipt:
    """Send an objection that the account holder signed.

    Raises:
        ContractError: it is not his, nothing is held, or another objection awaits its review.
    """
    return ledger.send(
        anyone,
        OBJECTIONS,
        "objectTo",
        signed.request,
        signed.account,
        signed.notice_key,
        signed.grounds,
        signed.deadline,
        signed.signature,
    )


def object_as_member(
    ledger: Ledger, officer: Signer, request: bytes, target: bytes, grounds: bytes
) -> Receipt:
    """Object as a member, for instance the institution; by an officer with OBJECT."""
    return ledger.send(officer, OBJECTIONS, "objectAsMember", request, target, grounds)


def review(
    ledger: Ledger,
    officer: Signer,
    request: bytes,
    target: bytes,
    outcome: Outcome,
    released: int,
    decision: bytes,
) -> Receipt:
    """Decide the pending objection; of two, the account holder's and a member's, the older.

    Args:
        ledger: where.
        officer: of another agency than requester and institution, with any of the profile's reviewing powers.
        request: of the hold.
        target: of the hold.
        outcome: what is decided.
        released: minor units, with UPHELD_IN_PART only; else 0.
        decision: hash of the decision, 32 bytes.
    """
    return ledger.send(officer, OBJECTIONS, "review", request, target, int(outcome), released, decision)


def propose(ledger: Ledger, officer: Signer, request: bytes, target: bytes, proposal: bytes) -> Receipt:
    """Propose, as prosecutor, what should become of what is held; ``proposal`` is its hash."""
    return ledger.send(officer, OBJECTIONS, "propose", request, target, proposal)


def dispose(
    ledger: Ledger,
    officer: Signer,
    request: bytes,
    target: bytes,
    to_return: int,
    forfeited: int,
    judgment: bytes,
) -> Receipt:
    """Decide, as court, on all that is held: amounts in minor units; the rest is released now."""
    return ledger.send(officer, OBJECTIONS, "dispose", request, target, to_return, forfeited, judgment)


# Questions


def objections(ledger: Ledger, hold: bytes) -> list[Objection]:
    """All objections to a hold, the first first."""
    count = int(ledger.call(OBJECTIONS, "objectionCount", hold))
    return [objection_of(ledger, hold, number) for number in range(1, count + 1)]


def objection_of(ledger: Ledger, hold: bytes, number: int) -> Objection:
    """One objection; all zero if there is none of this number."""
    found = ledger.call(OBJECTIONS, "objectionOf", hold, number)
    return Objection(
        hold=hold,
        number=number,
        objected_at=found.objectedAt,
        decided_at=found.decidedAt,
        outcome=Outcome(found.outcome),
        released=found.released,
        grounds=bytes(found.grounds),
        decision=bytes(found.decision),
    )


def status_at(ledger: Ledger, request: bytes, target: bytes, number: int, at: int) -> ObjectionStatus:
    """What an objection is at a time (seconds since 1970 UTC), by the contract."""
    return ObjectionStatus(ledger.call(OBJECTIONS, "statusAt", request, target, number, at))


def review_by(ledger: Ledger, request: bytes, target: bytes, number: int) -> int:
    """When an objection has to have been decided, seconds since 1970 UTC."""
    return int(ledger.call(OBJECTIONS, "reviewBy", request, target, number))


def record_of(ledger: Ledger, agency: int) -> Record:
    """The counts of an agency as requester."""
    found = ledger.call(OBJECTIONS, "recordOf", agency)
    return Record(found.objections, found.upheld, found.upheldInPart, found.overdueReviews)


def record_overdue(ledger: Ledger, anyone: Signer, request: bytes, target: bytes, number: int) -> Receipt:
    """Count a review that came too late, or has not come yet, once."""
    return ledger.send(anyone, OBJECTIONS, "recordOverdue", request, target, number)


def unrecorded(ledger: Ledger, hold: bytes, now: int) -> list[int]:
    """Numbers of the objections to a hold whose review is overdue, or came too late, and was not counted."""
    counted = ledger.events(OBJECTIONS, "ReviewOverdueRecorded", hold=hold)
    known = {int(each.args["number"]) for each in counted}
    due = {
        int(each.args["number"]): each.args["reviewBy"]
        for each in ledger.events(OBJECTIONS, "Objected", hold=hold)
    }
    return [
        number
        for number, by in due.items()
        if number not in known and (objection_of(ledger, hold, number).decided_at or now) > by
    ]


def raised(ledger: Ledger) -> list[Event]:
    """Every objection ever raised, oldest first, without times."""
    return ledger.events(OBJECTIONS, "Objected")


def decided(ledger: Ledger, hold: bytes) -> set[int]:
    """Numbers of the objections to a hold that were decided."""
    return {int(each.args["number"]) for each in ledger.events(OBJECTIONS, "ObjectionDecided", hold=hold)}


def history(ledger: Ledger, hold: bytes) -> list[Event]:
    """All events about a hold here, oldest first, without times."""
    return eventlog.of(ledger, OBJECTIONS, HISTORY, hold=hold)
