# SPDX-License-Identifier: Apache-2.0
"""Freeze requests on the chain, one function an act or question. A ``ledger`` is a chain, outbox or double.

What an order says is written in ``order``; what stands on the chain are commitments to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concordat.assets.profilebook import key_of, parts_of
from concordat.assets.states import ReleaseReason, RequestFlag, RequestStatus, Scope
from concordat.assets.words import AssetClass, Measure, Refusal
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

REQUESTS: Final = "FreezeRequests"
NO_MESSAGE: Final = bytes(32)
HISTORY: Final = (
    "FreezeRequested",
    "FreezeRatified",
    "FreezeEndorsed",
    "FreezeDeclined",
    "FreezeWithdrawn",
    "RequestLapseRecorded",
)


@dataclass(frozen=True)
class ChainOrder:
    """What the chain may know of an order: the contract's struct ``FreezeOrder``.

    Attributes:
        order: commitment, 32 bytes.
        jurisdiction: of the institutions, ISO 3166-1 numeric.
        period: asked from the moment of holding, seconds.
        message: hash of the message sealed to the endorser of a foreign request; else zero.
    """

    order: bytes
    measure: Measure
    asset_class: AssetClass
    jurisdiction: int
    period: int
    message: bytes = NO_MESSAGE

    @property
    def key(self) -> int:
        """The ``ProfileKey`` of the profile that applies."""
        return key_of(self.jurisdiction, self.measure, self.asset_class)

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "order": self.order,
            "measure": int(self.measure),
            "assetClass": int(self.asset_class),
            "jurisdiction": self.jurisdiction,
            "period": self.period,
            "message": self.message,
        }


@dataclass(frozen=True)
class ChainTarget:
    """What the chain may know of one account or thing: the contract's struct ``Target``.

    Attributes:
        institution: number of the agency that holds it.
        target: commitment to account and notice key, 32 bytes.
        currency: ISO 4217 numeric; virtual assets from 1001.
        amount: cap in minor units; 0 with ``Scope.WHOLE``.
        message: hash of the message sealed to the institution, 32 bytes.
        key_version: of the institution's encryption key to which it was sealed.
    """

    institution: int
    target: bytes
    currency: int
    amount: int
    scope: Scope
    message: bytes
    key_version: int

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "institution": self.institution,
            "target": self.target,
            "currency": self.currency,
            "amount": self.amount,
            "scope": int(self.scope),
            "message": self.message,
            "keyVersion": self.key_version,
        }


@dataclass(frozen=True)
class Request:
    """A request as it stands on the chain. Times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        id: 32 bytes.
        agency: that asked.
        jurisdiction: of the institutions, ISO 3166-1 numeric.
        profile_version: that applies to it for its whole life.
        bound_at: since when it binds the institutions.
        period, ratify_within: seconds.
    """

    id: bytes
    agency: int
    jurisdiction: int
    measure: Measure
    asset_class: AssetClass
    profile_version: int
    requested_at: int
    ratified_at: int
    bound_at: int
    period: int
    ratify_within: int
    flags: RequestFlag

    @property
    def key(self) -> int:
        """The ``ProfileKey`` of the profile that applies."""
        return key_of(self.jurisdiction, self.measure, self.asset_class)

    @property
    def foreign(self) -> bool:
        """Whether it came from another jurisdiction than the institutions'."""
        return bool(self.flags & RequestFlag.FOREIGN)


@dataclass(frozen=True)
class Asked:
    """What the event of a request says.

    Attributes:
        id: of the request, 32 bytes.
        officer: who sent it.
        order: commitment, 32 bytes.
        message: hash of what was sealed to the endorser; zero if nothing was.
        period: seconds.
        block: of the event.
    """

    id: bytes
    agency: int
    key: int
    officer: str
    profile_version: int
    period: int
    order: bytes
    message: bytes
    transaction: str
    block: int


# Acts


def request(ledger: Ledger, officer: Signer, order: ChainOrder, targets: Sequence[ChainTarget]) -> Receipt:
    """Ask institutions of one jurisdiction to hold what is named, all in one transaction.

    Args:
        ledger: where.
        officer: key of an officer with any of the profile's starting powers.
        order: what is ordered.
        targets: one for each account or thing.

    Raises:
        ContractError: the profile does not allow it; nothing was asked.
    """
    return ledger.send(officer, REQUESTS, "request", order.struct(), [each.struct() for each in targets])


def hold_own(ledger: Ledger, officer: Signer, order: ChainOrder, target: ChainTarget) -> Receipt:
    """Hold of the institution's own motion, where its law lets it; by an officer with ANSWER."""
    return ledger.send(officer, REQUESTS, "holdOwn", order.struct(), target.struct())


def ratify(ledger: Ledger, officer: Signer, request_id: bytes) -> Receipt:
    """Ratify, as the higher power of the requester's side, or as court or prosecutor where the law says."""
    return ledger.send(officer, REQUESTS, "ratify", request_id)


def endorse(ledger: Ledger, officer: Signer, request_id: bytes) -> Receipt:
    """Take over a foreign request, as the domestic authority; from now on it binds the institutions."""
    return ledger.send(officer, REQUESTS, "endorse", request_id)


def decline(ledger: Ledger, officer: Signer, request_id: bytes, code: Refusal) -> Receipt:
    """Do not take over a foreign request."""
    return ledger.send(officer, REQUESTS, "decline", request_id, int(code))


def withdraw(ledger: Ledger, officer: Signer, request_id: bytes, reason: ReleaseReason) -> Receipt:
    """End the whole request; whatever is held under it is released at once."""
    return ledger.send(officer, REQUESTS, "withdraw", request_id, int(reason))


def record_lapse(ledger: Ledger, anyone: Signer, request_id: bytes) -> Receipt:
    """Turn a lapse that happened into an event, once."""
    return ledger.send(anyone, REQUESTS, "recordLapse", request_id)


# Questions


def request_of(ledger: Ledger, request_id: bytes) -> Request | None:
    """A request; None if there is none of this id."""
    found = ledger.call(REQUESTS, "requestOf", request_id)
    if not found.requestedAt:
        return None
    jurisdiction, measure, asset_class = parts_of(found.key)
    return Request(
        id=request_id,
        agency=found.agency,
        jurisdiction=jurisdiction,
        measure=measure,
        asset_class=asset_class,
        profile_version=found.profileVersion,
        requested_at=found.requestedAt,
        ratified_at=found.ratifiedAt,
        bound_at=found.boundAt,
        period=found.period,
        ratify_within=found.ratifyWithin,
        flags=RequestFlag(found.flags),
    )


def status_at(ledger: Ledger, request_id: bytes, at: int) -> RequestStatus:
    """What a request is at a time (seconds since 1970 UTC), by the contract."""
    return RequestStatus(ledger.call(REQUESTS, "statusAt", request_id, at))


def ended_at(ledger: Ledger, request_id: bytes) -> int:
    """When it was withdrawn or declined, seconds since 1970 UTC; 0 if it was not."""
    return int(ledger.call(REQUESTS, "endedAt", request_id))


def asked(ledger: Ledger, *, agency: int | None = None, request_id: bytes | None = None) -> Iterator[Asked]:
    """All requests ever made, oldest first; of one agency, or the one of this id."""
    filters = {"agency": agency, "request": request_id}
    wanted = {name: value for name, value in filters.items() if value is not None}
    for event in ledger.events(REQUESTS, "FreezeRequested", **wanted):
        args = event.args
        yield Asked(
            id=args["request"],
            agency=args["agency"],
            key=args["key"],
            officer=args["officer"],
            profile_version=args["profileVersion"],
            period=args["period"],
            order=args["order"],
            message=args["message"],
            transaction=event.transaction,
            block=event.block,
        )


def history(ledger: Ledger, request_id: bytes) -> list[Event]:
    """All events of a request itself, oldest first, without times; those of its holds are in ``holds``."""
    return eventlog.of(ledger, REQUESTS, HISTORY, request=request_id)
