# SPDX-License-Identifier: Apache-2.0
"""Tips on the chain, one function an act or question. A ``ledger`` is a chain, an outbox or a double.

The tipster is a key made for one tip; who has it is never on the chain. It signs EIP-712 data, and anybody
may send the signature. Where a reward is to be paid goes in a message sealed to the agency; the payee on the
chain is the hash of that message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.assets.returnstates import TipState
from concordat.assets.values.money import Money, by_code
from concordat.evidence import typed
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

TIPS: Final = "Tips"
TIP: Final[Mapping[str, list[dict[str, str]]]] = {
    "Tip": [
        {"name": "agency", "type": "uint32"},
        {"name": "message", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
REWARD_CLAIM: Final[Mapping[str, list[dict[str, str]]]] = {
    "RewardClaim": [
        {"name": "tip", "type": "bytes32"},
        {"name": "payee", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
HISTORY: Final = ("TipSubmitted", "TipJudged", "RewardGranted", "RewardClaimed", "RewardPaid")


@dataclass(frozen=True)
class Tip:
    """A tip as it stands on the chain.

    Attributes:
        agency: to which it went.
        submitted_at: seconds since 1970 UTC.
        reward: that was granted; None if none was.
        payee: hash of the sealed message that says where to pay; zero before the reward is claimed.
    """

    id: bytes
    agency: int
    state: TipState
    submitted_at: int
    reward: Money | None
    payee: bytes


@dataclass(frozen=True)
class SignedTip:
    """A tip that its author signed; whoever has it may send it.

    Attributes:
        agency: number of the agency to which it goes.
        tipster: address of the key made for it.
        message: hash of the sealed message.
        key_version: of the agency's key to which it was sealed.
        deadline: last moment of its use, seconds since 1970 UTC.
        signature: 65 bytes.
    """

    agency: int
    tipster: str
    message: bytes
    key_version: int
    deadline: int
    signature: bytes

    @property
    def id(self) -> bytes:
        """Of the tip, 32 bytes."""
        return tip_id(self.agency, self.tipster, self.message)


@dataclass(frozen=True)
class SignedClaim:
    """The claim of a reward; ``payee`` is the hash of the sealed message that says where to pay."""

    agency: int
    tipster: str
    message: bytes
    payee: bytes
    deadline: int
    signature: bytes

    @property
    def id(self) -> bytes:
        """Of the tip, 32 bytes."""
        return tip_id(self.agency, self.tipster, self.message)


def tip_id(agency: int, tipster: str, message: bytes) -> bytes:
    """Key of a tip."""
    return bytes(keccak(encode(("uint32", "address", "bytes32"), (agency, tipster.lower(), message))))


# The tipster


def sign(
    ledger: Ledger, key: Signer, agency: int, message: bytes, key_version: int, deadline: int
) -> SignedTip:
    """Sign a tip; see :class:`SignedTip`."""
    values = {"agency": agency, "message": message, "deadline": deadline}
    signature = key.sign_typed(_domain(ledger), TIP, "Tip", values)
    return SignedTip(agency, key.address, message, key_version, deadline, signature)


def sign_claim(
    ledger: Ledger, key: Signer, agency: int, message: bytes, payee: bytes, deadline: int
) -> SignedClaim:
    """Sign the claim of a reward; ``message`` is that of the tip."""
    tip = tip_id(agency, key.address, message)
    values = {"tip": tip, "payee": payee, "deadline": deadline}
    signature = key.sign_typed(_domain(ledger), REWARD_CLAIM, "RewardClaim", values)
    return SignedClaim(agency, key.address, message, payee, deadline, signature)


def submit(ledger: Ledger, anyone: Signer, signed: SignedTip) -> Receipt:
    """Send a tip that its author signed."""
    return ledger.send(
        anyone,
        TIPS,
        "submit",
        signed.agency,
        signed.tipster,
        signed.message,
        signed.key_version,
        signed.deadline,
        signed.signature,
    )


def claim(ledger: Ledger, anyone: Signer, signed: SignedClaim) -> Receipt:
    """Send the claim of a reward that the tipster signed."""
    return ledger.send(
        anyone,
        TIPS,
        "claim",
        signed.agency,
        signed.tipster,
        signed.message,
        signed.payee,
        signed.deadline,
        signed.signature,
    )


# The agency


def judge(ledger: Ledger, officer: Signer, tip: bytes, *, actionable: bool, decision: bytes) -> Receipt:
    """Say whether the lead is worth acting on, once; by an officer with REQUEST."""
    return ledger.send(officer, TIPS, "judge", tip, actionable, decision)


def grant(ledger: Ledger, officer: Signer, tip: bytes, reward: Money) -> Receipt:
    """Grant a reward, once; by an officer with RATIFY or RATIFY_HIGH."""
    return ledger.send(officer, TIPS, "grant", tip, reward.currency.code, reward.amount)


def mark_paid(ledger: Ledger, officer: Signer, tip: bytes, payment: bytes) -> Receipt:
    """The reward was paid, once; by an officer with DISTRIBUTE. ``payment`` is a salted hash."""
    return ledger.send(officer, TIPS, "markPaid", tip, payment)


# Questions


def tip_of(ledger: Ledger, tip: bytes) -> Tip | None:
    """A tip; None if there is none of this id."""
    found = ledger.call(TIPS, "tipOf", tip)
    if not found.state:
        return None
    reward = Money(found.reward, by_code(found.currency)) if found.reward else None
    payee = bytes(ledger.call(TIPS, "payeeOf", tip))
    return Tip(tip, found.agency, TipState(found.state), found.submittedAt, reward, payee)


def submitted(ledger: Ledger, agency: int | None = None) -> list[Event]:
    """All tips, or those to one agency, oldest first, without times."""
    return ledger.events(TIPS, "TipSubmitted", **({"agency": agency} if agency else {}))


def history(ledger: Ledger, tip: bytes) -> list[Event]:
    """All events of a tip, oldest first, without times."""
    return eventlog.of(ledger, TIPS, HISTORY, tip=tip)


def _domain(ledger: Ledger) -> dict[str, Any]:
    return typed.domain(ledger.chain_id, ledger.address(TIPS), ledger.genesis_id)
