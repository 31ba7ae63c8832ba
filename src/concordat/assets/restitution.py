# SPDX-License-Identifier: Apache-2.0
"""Restitution on the chain, one function an act or question. A ``ledger`` is a chain, an outbox or a double.

A victim is known as a commitment and a key made for one claim: who has the slip confirms the payment, and
anybody may send the signature. What they commit to is in ``planwords``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concordat.assets.returnstates import Method, PlanState
from concordat.assets.values.commitments import hold_id
from concordat.assets.values.planwords import claim_id
from concordat.evidence import typed
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

RESTITUTION: Final = "Restitution"
BATCH: Final = 100
"""Claims or payments that one transaction holds."""
MOST_SOURCES: Final = 16
PRO_RATA_NOTICE: Final = 30 * 86_400
"""Seconds; Chinese rules of 2016 on the return of frozen funds, art. 8."""
PAYMENT_RECEIPT: Final[Mapping[str, list[dict[str, str]]]] = {
    "PaymentReceipt": [
        {"name": "plan", "type": "bytes32"},
        {"name": "claim", "type": "bytes32"},
        {"name": "amount", "type": "uint96"},
        {"name": "deadline", "type": "uint40"},
    ]
}
CLAIM_OBJECTION: Final[Mapping[str, list[dict[str, str]]]] = {
    "ClaimObjection": [
        {"name": "plan", "type": "bytes32"},
        {"name": "claim", "type": "bytes32"},
        {"name": "grounds", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
HISTORY: Final = (
    "PlanOpened",
    "ClaimEntered",
    "ClaimObjected",
    "ClaimObjectionDecided",
    "PlanDecided",
    "Paid",
    "PaymentConfirmed",
    "PlanClosed",
)


@dataclass(frozen=True)
class Source:
    """Where money is: a hold by request and target, or the proceeds of an asset.

    Attributes:
        first: request, or asset; 32 bytes.
        second: target, or zero.
    """

    is_asset: bool
    first: bytes
    second: bytes = bytes(32)

    @property
    def id(self) -> bytes:
        """Of the hold or of the asset, 32 bytes."""
        return self.first if self.is_asset else hold_id(self.first, self.second)

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {"isAsset": self.is_asset, "first": self.first, "second": self.second}


@dataclass(frozen=True)
class ChainClaim:
    """What the chain may know of a claim: the contract's struct ``ClaimEntry``; minor units."""

    claim: bytes
    amount: int
    traced: int = 0

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {"claim": self.claim, "amount": self.amount, "traced": self.traced}


@dataclass(frozen=True)
class ChainPayment:
    """One payment that was made: the contract's struct ``Payment``; minor units."""

    claim: bytes
    amount: int
    payment_hash: bytes

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {"claim": self.claim, "amount": self.amount, "paymentHash": self.payment_hash}


@dataclass(frozen=True)
class Plan:
    """A plan as it stands on the chain; amounts in minor units, times in seconds since 1970 UTC.

    Attributes:
        awarded: every source was awarded by a court; else by decision before judgment.
        sources: how many.
        objections: that await a decision.
        total: to distribute, fixed by the decision.
        shares: sum of what was traced; pro rata an upper bound of the sum of shares.
    """

    id: bytes
    agency: int
    currency: int
    method: Method
    state: PlanState
    awarded: bool
    sources: int
    objections: int
    notice_until: int
    claims: int
    claimed: int
    total: int
    shares: int
    paid: int


@dataclass(frozen=True)
class Claim:
    """A claim as it stands on the chain; amounts in minor units, times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        confirmed_at: 0 too if something was paid since.
        by_victim: confirmed with the claim's own key.
        objected: an objection awaits its decision.
    """

    id: bytes
    amount: int
    share: int
    paid: int
    paid_at: int
    confirmed_at: int
    by_victim: bool
    objected: bool

    @property
    def unpaid(self) -> int:
        """What of the share was not paid yet."""
        return self.share - self.paid


@dataclass(frozen=True)
class SignedReceipt:
    """A confirmation that a victim signed; whoever has it may send it."""

    plan: bytes
    commitment: bytes
    key: str
    deadline: int
    signature: bytes


@dataclass(frozen=True)
class SignedObjection:
    """An objection to a claim as it was entered, signed with the claim's key."""

    plan: bytes
    commitment: bytes
    key: str
    grounds: bytes
    deadline: int
    signature: bytes


# Acts of the agency that plans: officers with DISTRIBUTE


def open_plan(
    ledger: Ledger,
    officer: Signer,
    commitment: bytes,
    currency: int,
    method: Method,
    notice_until: int,
    sources: Sequence[Source],
) -> Receipt:
    """Open a plan over what may be returned.

    Args:
        ledger: where.
        officer: key of an officer with DISTRIBUTE.
        commitment: to the plan, 32 bytes.
        currency: numeric code, of all sources.
        method: how it is divided.
        notice_until: until when claims and objections are taken, seconds since 1970 UTC.
        sources: at most 16.
    """
    structs = [source.struct() for source in sources]
    return ledger.send(officer, RESTITUTION, "open", commitment, currency, int(method), notice_until, structs)


def enter(ledger: Ledger, officer: Signer, plan: bytes, claims: Sequence[ChainClaim]) -> Receipt:
    """Enter claims, all or none, while the notice runs."""
    return ledger.send(officer, RESTITUTION, "enter", plan, [each.struct() for each in claims])


def confirm_by_receipt(ledger: Ledger, officer: Signer, plan: bytes, claim: bytes, receipt: bytes) -> Receipt:
    """Confirm a payment by a receipt on paper, whose hash is given."""
    return ledger.send(officer, RESTITUTION, "confirmByReceipt", plan, claim, receipt)


def close(ledger: Ledger, officer: Signer, plan: bytes) -> Receipt:
    """End a plan; its sources are free for another."""
    return ledger.send(officer, RESTITUTION, "close", plan)


# Acts of those who decide and pay


def decide(ledger: Ledger, officer: Signer, plan: bytes, decision: bytes) -> Receipt:
    """Fix the total and every share: a court, or RATIFY_HIGH of the plan's agency."""
    return ledger.send(officer, RESTITUTION, "decide", plan, decision)


def decide_objection(
    ledger: Ledger, officer: Signer, plan: bytes, claim: bytes, amount: int, decision: bytes
) -> Receipt:
    """Decide an objection: the claim from now on (pro rata), or what is traced to it (tracing)."""
    return ledger.send(officer, RESTITUTION, "decideObjection", plan, claim, amount, decision)


def pay(
    ledger: Ledger, officer: Signer, plan: bytes, source: int, payments: Sequence[ChainPayment]
) -> Receipt:
    """Record payments that were made from a source (from 0), all or none; by who holds its money."""
    return ledger.send(officer, RESTITUTION, "pay", plan, source, [each.struct() for each in payments])


# Acts of victims


def sign_receipt(
    ledger: Ledger, key: Signer, plan: bytes, commitment: bytes, amount: int, deadline: int
) -> SignedReceipt:
    """The victim's signature that it has all that was paid so far, minor units."""
    claim = claim_id(commitment, key.address)
    message = {"plan": plan, "claim": claim, "amount": amount, "deadline": deadline}
    signature = key.sign_typed(_domain(ledger), PAYMENT_RECEIPT, "PaymentReceipt", message)
    return SignedReceipt(plan, commitment, key.address, deadline, signature)


def sign_objection(
    ledger: Ledger, key: Signer, plan: bytes, commitment: bytes, grounds: bytes, deadline: int
) -> SignedObjection:
    """The victim's signature over an objection to how its claim was entered."""
    claim = claim_id(commitment, key.address)
    message = {"plan": plan, "claim": claim, "grounds": grounds, "deadline": deadline}
    signature = key.sign_typed(_domain(ledger), CLAIM_OBJECTION, "ClaimObjection", message)
    return SignedObjection(plan, commitment, key.address, grounds, deadline, signature)


def confirm(ledger: Ledger, anyone: Signer, signed: SignedReceipt) -> Receipt:
    """Send a confirmation that a victim signed."""
    return ledger.send(
        anyone,
        RESTITUTION,
        "confirm",
        signed.plan,
        signed.commitment,
        signed.key,
        signed.deadline,
        signed.signature,
    )


def object_to(ledger: Ledger, anyone: Signer, signed: SignedObjection) -> Receipt:
    """Send an objection that a victim signed."""
    return ledger.send(
        anyone,
        RESTITUTION,
        "objectTo",
        signed.plan,
        signed.commitment,
        signed.key,
        signed.grounds,
        signed.deadline,
        signed.signature,
    )


# Questions


def plan_of(ledger: Ledger, plan: bytes) -> Plan | None:
    """A plan; None if there is none of this id."""
    found = ledger.call(RESTITUTION, "planOf", plan)
    if not found.state:
        return None
    return Plan(
        id=plan,
        agency=found.agency,
        currency=found.currency,
        method=Method(found.method),
        state=PlanState(found.state),
        awarded=found.awarded,
        sources=found.sources,
        objections=found.objections,
        notice_until=found.noticeUntil,
        claims=found.claims,
        claimed=found.claimed,
        total=found.total,
        shares=found.shares,
        paid=found.paid,
    )


def sources_of(ledger: Ledger, plan: Plan) -> tuple[Source, ...]:
    """Where the money of a plan is, by number from 0."""
    found = (ledger.call(RESTITUTION, "sourceOf", plan.id, number) for number in range(plan.sources))
    return tuple(Source(each.isAsset, bytes(each.first), bytes(each.second)) for each in found)


def claim_of(ledger: Ledger, plan: bytes, claim: bytes) -> Claim | None:
    """A claim; None if the plan has none of this id."""
    found = ledger.call(RESTITUTION, "claimOf", plan, claim)
    if not found.amount:
        return None
    return Claim(
        claim,
        found.amount,
        found.share,
        found.paid,
        found.paidAt,
        found.confirmedAt,
        found.byVictim,
        found.objected,
    )


def claims_entered(ledger: Ledger, plan: bytes) -> tuple[bytes, ...]:
    """Ids of all claims of a plan, in the order in which they were entered."""
    return tuple(
        bytes(event.args["claim"]) for event in ledger.events(RESTITUTION, "ClaimEntered", plan=plan)
    )


def payments(ledger: Ledger, plan: bytes) -> list[Event]:
    """All payments of a plan, oldest first, without times."""
    return ledger.events(RESTITUTION, "Paid", plan=plan)


def opened(ledger: Ledger, agency: int | None = None) -> list[Event]:
    """The openings of all plans, or of one agency's, oldest first."""
    return ledger.events(RESTITUTION, "PlanOpened", **({"agency": agency} if agency else {}))


def history(ledger: Ledger, plan: bytes) -> list[Event]:
    """All events of a plan, oldest first, without times."""
    return eventlog.of(ledger, RESTITUTION, HISTORY, plan=plan)


def _domain(ledger: Ledger) -> dict[str, Any]:
    return typed.domain(ledger.chain_id, ledger.address(RESTITUTION), ledger.genesis_id)
