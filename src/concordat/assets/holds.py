# SPDX-License-Identifier: Apache-2.0
"""Holds on the chain, one function an act or question. A ``ledger`` is a chain, an outbox or a double.

A hold is what an institution does to one target of a request, from its naming to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concordat.assets.states import HoldFlag, HoldState, HoldStatus, ReleaseReason, Scope
from concordat.assets.words import AnswerKind, Refusal
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

HOLDS: Final = "Holds"
NONE: Final = bytes(32)
HISTORY: Final = (
    "TargetNamed",
    "Answered",
    "Checked",
    "Continuing",
    "Continued",
    "SentAgain",
    "Renewed",
    "Credited",
    "Released",
    "ReleaseConfirmed",
    "Disposed",
    "PaidOut",
    "HoldLapseRecorded",
)


@dataclass(frozen=True)
class ChainAnswer:
    """What an institution tells the chain of one hold: the contract's struct ``Answer``.

    Attributes:
        amount: held, minor units; 0 where nothing is.
        code: why it is refused; None for every other kind.
        earlier_request, earlier_target: the hold that this one continues, or behind which it waits.
        detail: hash of the message sealed to the requester; zero if there is none.
    """

    request: bytes
    target: bytes
    kind: AnswerKind
    amount: int = 0
    code: Refusal | None = None
    earlier_request: bytes = NONE
    earlier_target: bytes = NONE
    detail: bytes = NONE

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "request": self.request,
            "target": self.target,
            "kind": int(self.kind),
            "amount": self.amount,
            "code": int(self.code or 0),
            "earlierRequest": self.earlier_request,
            "earlierTarget": self.earlier_target,
            "detail": self.detail,
        }


@dataclass(frozen=True)
class Hold:
    """A hold as it stands on the chain. Times in seconds since 1970 UTC.

    Attributes:
        amount: asked; once held, what is still held; minor units.
        since: of the present state.
        until: end of the hold; 0 before there is one.
        code: of a refusal or release.
    """

    id: bytes
    institution: int
    currency: int
    amount: int
    since: int
    until: int
    state: HoldState
    renewals: int
    flags: HoldFlag
    code: int

    @property
    def checked(self) -> bool:
        """Whether a second officer of the institution confirmed the answer."""
        return bool(self.flags & HoldFlag.CHECKED)

    @property
    def whole(self) -> bool:
        """Whether the whole balance was asked."""
        return bool(self.flags & HoldFlag.WHOLE)


@dataclass(frozen=True)
class Seen:
    """What the second officer saw of an answer, and confirms: the contract's struct ``Seen``.

    Attributes:
        amount: minor units; held, or asked where nothing is held.
        since: when it was answered; 1970 UTC.
        corrections: how often an outcome was changed; with the time it names one answer.
    """

    request: bytes
    target: bytes
    state: HoldState
    amount: int
    since: int
    corrections: int

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {**vars(self), "state": int(self.state)}


@dataclass(frozen=True)
class Link:
    """The earlier hold on the same account, and what was counted before; see the contract's struct.

    Attributes:
        reserved_until: until then no other answer continues this hold.
        objections: that await review, with those to the holds that this one continued.
        pending: whether the earlier hold stands until a second officer confirms.
    """

    earlier_request: bytes
    earlier_target: bytes
    held_before: int
    stops_before: int
    waiting: int
    held_since: int
    reserved_until: int
    corrections: int
    objections: int
    pending: bool


@dataclass(frozen=True)
class Balance:
    """Minor units: held = released + returned + forfeited + remaining, at any time."""

    held: int
    released: int
    returned: int
    forfeited: int
    remaining: int


@dataclass(frozen=True)
class Returnable:
    """What may go back to victims now; ``awarded`` by a court, or before any judgment."""

    institution: int
    currency: int
    amount: int
    awarded: bool


@dataclass(frozen=True)
class Named:
    """What the event of a target says.

    Attributes:
        request, target, hold: 32 bytes each.
        number: its place in the request, from 1.
        amount: cap in minor units; 0 with ``Scope.WHOLE``.
        message: hash of what was sealed to the institution.
        key_version: of the institution's key to which it was sealed.
    """

    request: bytes
    institution: int
    hold: bytes
    target: bytes
    currency: int
    amount: int
    scope: Scope
    message: bytes
    key_version: int
    number: int
    transaction: str
    block: int


# The institution's acts


def answer(ledger: Ledger, officer: Signer, answers: Sequence[ChainAnswer]) -> Receipt:
    """Answer one or many, all or none; by an officer of the institution with ANSWER.

    Raises:
        ContractError: one of them is not possible; nothing was answered.
    """
    return ledger.send(officer, HOLDS, "answer", [each.struct() for each in answers])


def check(ledger: Ledger, officer: Signer, seen: Sequence[Seen]) -> Receipt:
    """Confirm the outcomes of another officer, as they were seen.

    Raises:
        ContractError: one of them is another one by now; nothing was confirmed.
    """
    return ledger.send(officer, HOLDS, "check", [each.struct() for each in seen])


def credit(ledger: Ledger, officer: Signer, request: bytes, target: bytes, amount: int) -> Receipt:
    """More came in and is held too, minor units."""
    return ledger.send(officer, HOLDS, "credit", request, target, amount)


def confirm_release(ledger: Ledger, officer: Signer, request: bytes, target: bytes) -> Receipt:
    """The institution carried out a release."""
    return ledger.send(officer, HOLDS, "confirmRelease", request, target)


# The requester's acts


def send_again(
    ledger: Ledger, officer: Signer, request: bytes, target: bytes, message: bytes, key_version: int
) -> Receipt:
    """Send an unreadable message again: the hash of the new one, and the key to which it was sealed."""
    return ledger.send(officer, HOLDS, "sendAgain", request, target, message, key_version)


def renew(
    ledger: Ledger, officer: Signer, request: bytes, target: bytes, period: int, order: bytes
) -> Receipt:
    """Hold for longer, before the end.

    Args:
        ledger: where.
        officer: key of whoever the profile lets renew.
        request: of the hold.
        target: of the hold.
        period: added to the present end, seconds.
        order: hash of the order of renewal, 32 bytes.
    """
    return ledger.send(officer, HOLDS, "renew", request, target, period, order)


def release(
    ledger: Ledger, officer: Signer, request: bytes, target: bytes, amount: int, reason: ReleaseReason
) -> Receipt:
    """Let go of an amount (minor units), or of everything that is held. At once."""
    return ledger.send(officer, HOLDS, "release", request, target, amount, int(reason))


def record_lapse(ledger: Ledger, anyone: Signer, request: bytes, target: bytes) -> Receipt:
    """Turn what time did (overdue, lapsed, expired) into an event, once."""
    return ledger.send(anyone, HOLDS, "recordLapse", request, target)


# Questions


def hold_of(ledger: Ledger, hold: bytes) -> Hold | None:
    """A hold by its id; None if there is none."""
    found = ledger.call(HOLDS, "holdOf", hold)
    if not found.state:
        return None
    return Hold(
        id=hold,
        institution=found.institution,
        currency=found.currency,
        amount=found.amount,
        since=found.since,
        until=found.until,
        state=HoldState(found.state),
        renewals=found.renewals,
        flags=HoldFlag(found.flags),
        code=found.code,
    )


def link_of(ledger: Ledger, hold: bytes) -> Link:
    """The chain of holds in which a hold stands; all zero if in none."""
    found = ledger.call(HOLDS, "linkOf", hold)
    return Link(
        found.earlierRequest,
        found.earlierTarget,
        found.heldBefore,
        found.stopsBefore,
        found.waiting,
        found.heldSince,
        found.reservedUntil,
        found.corrections,
        found.objections,
        found.pending,
    )


def seen(ledger: Ledger, request: bytes, target: bytes, hold: Hold) -> Seen:
    """What to confirm of a hold as it was read; its answer is to be read after this."""
    return Seen(request, target, hold.state, hold.amount, hold.since, link_of(ledger, hold.id).corrections)


def status_at(ledger: Ledger, request: bytes, target: bytes, at: int) -> HoldStatus:
    """What a hold is at a time (seconds since 1970 UTC), by the contract."""
    return HoldStatus(ledger.call(HOLDS, "statusAt", request, target, at))


def balance_at(ledger: Ledger, request: bytes, target: bytes, at: int) -> Balance:
    """Where what was ever held is at a time (seconds since 1970 UTC), by the contract."""
    found = ledger.call(HOLDS, "balanceAt", request, target, at)
    return Balance(found.held, found.released, found.returned, found.forfeited, found.remaining)


def reply_by(ledger: Ledger, request: bytes, target: bytes) -> int:
    """When the institution has to have answered, seconds since 1970 UTC; 2**40 - 1: nobody is bound."""
    return int(ledger.call(HOLDS, "replyBy", request, target))


def returnable(ledger: Ledger, request: bytes, target: bytes) -> Returnable:
    """What may go back to victims now."""
    found = ledger.call(HOLDS, "returnable", request, target)
    return Returnable(found.institution, found.currency, found.amount, found.awarded)


def named(ledger: Ledger, *, request: bytes | None = None, institution: int | None = None) -> Iterator[Named]:
    """All targets that were named, oldest first: of one request, or at one institution, or all.

    Their numbers in the request are counted where a whole request, or all, is asked for; else they are 0.
    """
    filters = {"request": request, "institution": institution}
    wanted = {name: value for name, value in filters.items() if value is not None}
    counted: dict[bytes, int] = {}
    for event in ledger.events(HOLDS, "TargetNamed", **wanted):
        args = event.args
        counted[args["request"]] = counted.get(args["request"], 0) + 1
        yield Named(
            request=args["request"],
            institution=args["institution"],
            hold=args["hold"],
            target=args["target"],
            currency=args["currency"],
            amount=args["amount"],
            scope=Scope(args["scope"]),
            message=args["message"],
            key_version=args["keyVersion"],
            number=counted[args["request"]] if institution is None else 0,
            transaction=event.transaction,
            block=event.block,
        )


def history(ledger: Ledger, hold: bytes) -> list[Event]:
    """All events of a hold, oldest first, without times."""
    return eventlog.of(ledger, HOLDS, HISTORY, hold=hold)


def last_answer(ledger: Ledger, hold: bytes) -> Event | None:
    """The newest answer to a hold; None if there was none."""
    found = ledger.events(HOLDS, "Answered", hold=hold)
    return found[-1] if found else None
