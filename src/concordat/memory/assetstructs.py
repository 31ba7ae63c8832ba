# SPDX-License-Identifier: Apache-2.0
"""The structs of the freezing contracts, with the Solidity field names (``from_`` for ``from``).

Those whose status time makes also have the names by which ``assets.life`` knows their parts.
"""

# ruff: noqa: N815 - the names are the contracts'

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from concordat.assets.words import Measure

NOTHING = bytes(32)


class FreezeProfile(NamedTuple):
    """How long, by whom and with whose consent; masks of powers are shifted right by 8."""

    from_: int = 0
    until: int = 0
    longest: int = 0
    total: int = 0
    ratifyWithin: int = 0
    replyWithin: int = 0
    checkWithin: int = 0
    renewals: int = 0
    stops: int = 0
    flags: int = 0
    starters: int = 0
    ratifiers: int = 0
    renewers: int = 0
    reviewers: int = 0
    endorser: int = 0
    reviewWithin: int = 0
    turnWithin: int = 0
    ownHold: int = 0
    ownTotal: int = 0

    @classmethod
    def of(cls, fields: Mapping[str, int]) -> FreezeProfile:
        """From the fields by their Solidity names."""
        return cls(**{"from_" if name == "from" else name: value for name, value in fields.items()})

    @property
    def reply_within(self) -> int:
        """Seconds to answer."""
        return self.replyWithin

    @property
    def check_within(self) -> int:
        """Seconds to check an answer."""
        return self.checkWithin

    @property
    def turn_within(self) -> int:
        """Seconds to take one's turn."""
        return self.turnWithin


class CurrentProfile(NamedTuple):
    """What ``current`` returns."""

    version: int
    profile: FreezeProfile


class Request(NamedTuple):
    """A freeze request; all zero: none."""

    agency: int = 0
    key: int = 0
    profileVersion: int = 0
    requestedAt: int = 0
    ratifiedAt: int = 0
    boundAt: int = 0
    period: int = 0
    ratifyWithin: int = 0
    flags: int = 0

    @property
    def jurisdiction(self) -> int:
        """Of the institutions."""
        return self.key >> 8

    @property
    def measure(self) -> Measure:
        """What is to be done."""
        return Measure(self.key >> 4 & 0xF)

    @property
    def requested_at(self) -> int:
        """When it was made."""
        return self.requestedAt

    @property
    def ratified_at(self) -> int:
        """When it was ratified; 0: not yet."""
        return self.ratifiedAt

    @property
    def bound_at(self) -> int:
        """Since when it binds; 0: not yet."""
        return self.boundAt

    @property
    def ratify_within(self) -> int:
        """Seconds to ratify it."""
        return self.ratifyWithin


class Hold(NamedTuple):
    """The hold of one target; all zero: none."""

    institution: int = 0
    currency: int = 0
    amount: int = 0
    since: int = 0
    until: int = 0
    state: int = 0
    renewals: int = 0
    flags: int = 0
    code: int = 0


class Link(NamedTuple):
    """A hold's place in the chain of holds on one account; all zero: in none."""

    earlierRequest: bytes = NOTHING
    earlierTarget: bytes = NOTHING
    heldBefore: int = 0
    stopsBefore: int = 0
    waiting: int = 0
    heldSince: int = 0
    reservedUntil: int = 0
    corrections: int = 0
    objections: int = 0
    pending: bool = False


class Returnable(NamedTuple):
    """What of a hold may go back to victims now."""

    institution: int = 0
    currency: int = 0
    amount: int = 0
    awarded: bool = False


class ReturnableAsset(NamedTuple):
    """What of an asset's proceeds may go back to victims now."""

    custodian: int = 0
    currency: int = 0
    amount: int = 0
    awarded: bool = False


class Objection(NamedTuple):
    """An objection; all zero: none."""

    objectedAt: int = 0
    decidedAt: int = 0
    outcome: int = 0
    released: int = 0
    grounds: bytes = NOTHING
    decision: bytes = NOTHING


class Record(NamedTuple):
    """How often an agency's freezes were reviewed."""

    objections: int = 0
    upheld: int = 0
    upheldInPart: int = 0
    overdueReviews: int = 0


class Asset(NamedTuple):
    """A seized thing; all zero: none."""

    agency: int = 0
    custodian: int = 0
    assetClass: int = 0
    state: int = 0
    currency: int = 0
    value: int = 0
    dossier: int = 0
    attestedAt: int = 0
    attestEvery: int = 0
    changedAt: int = 0
    entries: int = 0


class Source(NamedTuple):
    """Where money of a plan is."""

    isAsset: bool = False
    first: bytes = NOTHING
    second: bytes = NOTHING


class Plan(NamedTuple):
    """A restitution plan; all zero: none."""

    agency: int = 0
    currency: int = 0
    method: int = 0
    state: int = 0
    awarded: bool = False
    sources: int = 0
    objections: int = 0
    noticeUntil: int = 0
    claims: int = 0
    claimed: int = 0
    total: int = 0
    shares: int = 0
    paid: int = 0


class Claim(NamedTuple):
    """A victim's claim; all zero: none."""

    amount: int = 0
    share: int = 0
    paid: int = 0
    paidAt: int = 0
    confirmedAt: int = 0
    byVictim: bool = False
    objected: bool = False


class Tip(NamedTuple):
    """A lead; all zero: none."""

    agency: int = 0
    state: int = 0
    submittedAt: int = 0
    currency: int = 0
    reward: int = 0
