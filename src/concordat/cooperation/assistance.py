# SPDX-License-Identifier: Apache-2.0
"""Requests for assistance on the chain, one function an act or question.

What an order says is in its message; on the chain stand its kind, whom it concerns, its clocks, and hashes
(32 bytes each). Times are seconds since 1970 UTC, 0: not yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from concordat.cooperation.states import AssistanceFlag, AssistanceStatus, Pause
from concordat.cooperation.words import Channel, LegalBasis, RequestKind, Urgency, UseLimit
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

REQUESTS: Final = "AssistanceRequests"
NOTHING: Final = bytes(32)
HISTORY: Final = (
    "Asked",
    "PassedOn",
    "NotPassedOnBy",
    "Acknowledged",
    "AssignedTo",
    "Forwarded",
    "Supplemented",
    "RequestWithdrawn",
    "MessageReceived",
)


@dataclass(frozen=True)
class ChainOrder:
    """What the chain may know of an order: the contract's struct ``AssistanceOrder``.

    Attributes:
        to: jurisdiction that is asked, ISO 3166-1 numeric.
        agency: for direct kinds the agency asked; 0: the jurisdiction's contact point.
        agreement: thread of the agreement, hash of a promise of reciprocity, or zero.
        forum: whose standard the evidence is to meet, ISO 3166-1 numeric; 0: none.
        methods: bit of each method of collection that is covered.
        presence: officials of the asking agency wish to be there.
        checklist: hash of the forum's checklist that travels with it; zero without forum.
        order: salted commitment to the order.
        message: hash of what was sealed to whoever receives it first.
        secret: commitment for the draw of a panel.
    """

    kind: RequestKind
    to: int
    agency: int
    basis: LegalBasis
    agreement: bytes
    urgency: Urgency
    channel: Channel
    forum: int
    methods: int
    presence: bool
    checklist: bytes
    order: bytes
    message: bytes
    secret: bytes

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "kind": int(self.kind),
            "to": self.to,
            "agency": self.agency,
            "basis": int(self.basis),
            "agreement": self.agreement,
            "urgency": int(self.urgency),
            "channel": int(self.channel),
            "forum": self.forum,
            "methods": self.methods,
            "presence": self.presence,
            "checklist": self.checklist,
            "order": self.order,
            "message": self.message,
            "secret": self.secret,
        }

    @classmethod
    def of(cls, found: Any) -> ChainOrder:
        """From the struct as an event gives it."""
        return cls(
            kind=RequestKind(found.kind),
            to=found.to,
            agency=found.agency,
            basis=LegalBasis(found.basis),
            agreement=bytes(found.agreement),
            urgency=Urgency(found.urgency),
            channel=Channel(found.channel),
            forum=found.forum,
            methods=found.methods,
            presence=bool(found.presence),
            checklist=bytes(found.checklist),
            order=bytes(found.order),
            message=bytes(found.message),
            secret=bytes(found.secret),
        )


@dataclass(frozen=True)
class Assistance:
    """A request as it stands on the chain.

    Attributes:
        id: 32 bytes.
        asker: number of the agency that asks.
        receiver: who acknowledges.
        executor: who answers; 0 until assigned.
        state: as last written; what it is at a time says ``status_at``.
        answer_by: moves when the clock stood.
        paused_at: since when the clock stands.
        ground: of refusal.
    """

    id: bytes
    asker: int
    receiver: int
    executor: int
    kind: RequestKind
    state: AssistanceStatus
    urgency: Urgency
    flags: AssistanceFlag
    sent_at: int
    acknowledge_by: int
    answer_by: int
    paused_at: int
    changed_at: int
    acknowledged_at: int
    answered_at: int
    ground: int
    forum: int
    methods: int


# Acts


def ask(ledger: Ledger, officer: Signer, order: ChainOrder) -> Receipt:
    """Ask; by an officer with ASK. What is coercive goes to the own central authority first.

    Raises:
        ContractError: no basis, no contact point, urgency without reason...; nothing was asked.
    """
    return ledger.send(officer, REQUESTS, "ask", order.struct())


def pass_on(ledger: Ledger, officer: Signer, request: bytes, message: bytes) -> Receipt:
    """Pass it on to the other central authority, as the own one; ``message`` is sealed to it."""
    return ledger.send(officer, REQUESTS, "passOn", request, message)


def decline_to_pass_on(ledger: Ledger, officer: Signer, request: bytes, reason: int) -> Receipt:
    """Do not pass it on, as the own central authority."""
    return ledger.send(officer, REQUESTS, "declineToPassOn", request, reason)


def acknowledge(ledger: Ledger, officer: Signer, request: bytes, secret: bytes) -> Receipt:
    """Acknowledge, as the receiver, and commit to a secret for the draw of a panel."""
    return ledger.send(officer, REQUESTS, "acknowledge", request, secret)


def assign(
    ledger: Ledger, officer: Signer, request: bytes, executor: int, message: bytes = NOTHING
) -> Receipt:
    """Assign who executes, as the asked central authority."""
    return ledger.send(officer, REQUESTS, "assign", request, executor, message)


def forward(ledger: Ledger, officer: Signer, request: bytes, to: int, message: bytes) -> Receipt:
    """Pass a direct request to the competent agency of the own jurisdiction."""
    return ledger.send(officer, REQUESTS, "forward", request, to, message)


def supplement(ledger: Ledger, officer: Signer, request: bytes, message: bytes) -> Receipt:
    """Give what was asked for in addition; the clock runs on."""
    return ledger.send(officer, REQUESTS, "supplement", request, message)


def withdraw(ledger: Ledger, officer: Signer, request: bytes, reason: int) -> Receipt:
    """Withdraw the request, as the asker."""
    return ledger.send(officer, REQUESTS, "withdraw", request, reason)


def confirm_receipt(ledger: Ledger, officer: Signer, request: bytes, message: bytes) -> Receipt:
    """Prove that this agency opened the message with this hash."""
    return ledger.send(officer, REQUESTS, "confirmReceipt", request, message)


# Questions


def request_of(ledger: Ledger, request: bytes) -> Assistance | None:
    """A request; None if there is none of this id."""
    found = ledger.call(REQUESTS, "requestOf", request)
    if not found.kind:
        return None
    return Assistance(
        id=request,
        asker=found.from_,
        receiver=found.receiver,
        executor=found.executor,
        kind=RequestKind(found.kind),
        state=AssistanceStatus(found.state),
        urgency=Urgency(found.urgency),
        flags=AssistanceFlag(found.flags),
        sent_at=found.sentAt,
        acknowledge_by=found.acknowledgeBy,
        answer_by=found.answerBy,
        paused_at=found.pausedAt,
        changed_at=found.changedAt,
        acknowledged_at=found.acknowledgedAt,
        answered_at=found.answeredAt,
        ground=found.ground,
        forum=found.forum,
        methods=found.methods,
    )


def order_of(ledger: Ledger, request: bytes) -> tuple[Event, ChainOrder] | None:
    """The event by which it was asked, and what the chain was told; None if it was not."""
    found = ledger.events(REQUESTS, "Asked", request=request)
    return (found[0], ChainOrder.of(found[0].args["order"])) if found else None


def pause_of(ledger: Ledger, request: bytes) -> Pause:
    """To which state it returns when the clock runs on, and the end of a postponement."""
    before, until = ledger.call(REQUESTS, "pauseOf", request)
    return Pause(AssistanceStatus(before), int(until))


def status_at(ledger: Ledger, request: bytes, at: int) -> AssistanceStatus:
    """What a request is at a time, by the contract."""
    return AssistanceStatus(ledger.call(REQUESTS, "statusAt", request, at))


def responsible_at(ledger: Ledger, request: bytes, at: int) -> int:
    """Number of the agency that has to act at that time."""
    return int(ledger.call(REQUESTS, "responsibleAt", request, at))


def agreement_of(ledger: Ledger, request: bytes) -> tuple[LegalBasis, bytes]:
    """On what the request stands."""
    basis, agreement = ledger.call(REQUESTS, "agreementOf", request)
    return LegalBasis(basis), bytes(agreement)


def use_limits_of(ledger: Ledger, request: bytes) -> UseLimit:
    """For what the answer may be used."""
    return UseLimit(ledger.call(REQUESTS, "useLimitsOf", request))


def secrets_of(ledger: Ledger, request: bytes) -> tuple[bytes, bytes]:
    """Commitments of asker and of whoever acknowledged; zero where none was made."""
    asker, executor = ledger.call(REQUESTS, "secretsOf", request)
    return bytes(asker), bytes(executor)


def asked(ledger: Ledger, *, by: int | None = None, to: int | None = None) -> Iterator[Event]:
    """The events of all requests, oldest first; by an agency, or to a jurisdiction."""
    filters = {"from": by, "to": to}
    yield from ledger.events(REQUESTS, "Asked", **{k: v for k, v in filters.items() if v is not None})


def received(ledger: Ledger, request: bytes) -> list[Event]:
    """Who opened which message, oldest first: the proof of delivery."""
    return ledger.events(REQUESTS, "MessageReceived", request=request)


def history(ledger: Ledger, request: bytes) -> list[Event]:
    """All events of a request itself, oldest first, without times; its answers' are in ``answers``."""
    return eventlog.of(ledger, REQUESTS, HISTORY, request=request)
