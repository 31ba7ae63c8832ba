# SPDX-License-Identifier: Apache-2.0
"""Standing on the chain, one function an act or question; and its events, for computing it anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eth_utils.crypto import keccak

from concordat.errors import VerificationError
from concordat.ledger.protocol import Event as ChainEvent
from concordat.ledger.protocol import Ledger, Receipt, Signer, in_order
from concordat.membership.standing.replay import Accounts, Annulled, Declared, Event, Recorded, replay
from concordat.membership.standing.score import Account, Outcome

REPUTATION: Final = "AgencyReputation"
REGISTRY: Final = "AgencyRegistry"
EVENTS: Final = ("OutcomeRecorded", "OutcomeAnnulled", "StandingDeclared")


@dataclass(frozen=True)
class RecordedOutcome:
    """An outcome as it stands on the chain.

    Attributes:
        id: 32 bytes.
        agency: whom it is about.
        counterparty: with whom it happened.
        reference: what it is about: a request, a hold, a dispute..., 32 bytes.
        at: when it was recorded, seconds since 1970 UTC.
        annulled: a panel took it back.
        replies: hashes of what the rated agency replied, oldest first.
    """

    id: bytes
    agency: int
    counterparty: int
    kind: Outcome
    reference: bytes
    at: int
    annulled: bool
    replies: tuple[bytes, ...] = ()


# Acts


def reply(ledger: Ledger, officer: Signer, outcome: bytes, text: bytes) -> Receipt:
    """Reply on the record, by the hash of the text; an officer of the rated agency with OBJECT."""
    return ledger.send(officer, REPUTATION, "reply", outcome, text)


def declare(ledger: Ledger, authority: Signer, *, binds: bool) -> Receipt:
    """Say whether standing binds the agencies of the own jurisdiction, as its central authority."""
    return ledger.send(authority, REPUTATION, "declare", binds)


# Questions


def score_of(ledger: Ledger, agency: int) -> int:
    """The score now, basis points, by the contract."""
    return int(ledger.call(REPUTATION, "scoreOf", agency))


def account_of(ledger: Ledger, agency: int) -> Account:
    """The account as the contract keeps it."""
    found = ledger.call(REPUTATION, "accountOf", agency)
    return Account(
        good=found.good,
        bad=found.bad,
        quarter=found.quarter,
        parties=found.parties,
        parties_before=found.partiesBefore,
        tier=found.tier,
        withheld_until=found.withheldUntil,
    )


def binds_at(ledger: Ledger, jurisdiction: int, at: int) -> bool:
    """Whether standing binds the agencies of a jurisdiction at a time."""
    return bool(ledger.call(REPUTATION, "bindsAt", jurisdiction, at))


def withheld_of(ledger: Ledger, agency: int) -> tuple[int, int]:
    """The powers (mask) that are withheld by standing now, and until when."""
    powers, until = ledger.call(REGISTRY, "withheldOf", agency)
    return int(powers), int(until)


def outcomes(ledger: Ledger, *, agency: int | None = None) -> list[RecordedOutcome]:
    """All outcomes that were ever recorded, oldest first; of one agency."""
    wanted = {} if agency is None else {"agency": agency}
    annulled = {bytes(e.args["outcome"]) for e in ledger.events(REPUTATION, "OutcomeAnnulled", **wanted)}
    replies: dict[bytes, list[bytes]] = {}
    for event in ledger.events(REPUTATION, "Replied", **wanted):
        replies.setdefault(bytes(event.args["outcome"]), []).append(bytes(event.args["reply"]))
    found = in_order(ledger.events(REPUTATION, "OutcomeRecorded", **wanted))
    return [
        RecordedOutcome(
            id=(key := bytes(event.args["outcome"])),
            agency=event.args["agency"],
            counterparty=event.args["counterparty"],
            kind=Outcome(event.args["kind"]),
            reference=bytes(event.args["ref"]),
            at=int(ledger.call(REPUTATION, "outcomeOf", key).recordedAt),
            annulled=key in annulled,
            replies=tuple(replies.get(key, ())),
        )
        for event in found
    ]


def outcome_id(agency: int, kind: Outcome, reference: bytes) -> bytes:
    """The id of an outcome: keccak256(abi.encode(agency, kind, reference))."""
    return bytes(keccak(agency.to_bytes(32) + int(kind).to_bytes(32) + reference))


def history(ledger: Ledger) -> list[ChainEvent]:
    """All events that make standing, of everybody, oldest first, without times."""
    return in_order(event for name in EVENTS for event in ledger.events(REPUTATION, name))


def recomputed(events: list[ChainEvent]) -> Accounts:
    """Everybody's standing from the events alone.

    Args:
        events: all of :func:`history`, each with the time of its block.

    Raises:
        VerificationError: they cannot have happened so.
    """
    return replay(step(event) for event in events)


def compare(ledger: Ledger, accounts: Accounts, agencies: list[int]) -> None:
    """Compare what was computed with what the contract keeps, of these agencies.

    Raises:
        VerificationError: names the first that differs.
    """
    for agency in agencies:
        here, there = accounts.account(agency), account_of(ledger, agency)
        if here != there:
            raise VerificationError(
                f"The standing of agency {agency} is another one by its events than by the contract.",
                code="standing.differs",
                kept="Nothing was changed.",
                next="Ask another node; one of the two answers is wrong, and a court should know.",
            )


def step(event: ChainEvent) -> Event:
    """An event of the chain, with its time, as the arithmetic takes it."""
    args = event.args
    if event.name == "OutcomeRecorded":
        return Recorded(
            id=bytes(args["outcome"]),
            agency=args["agency"],
            counterparty=args["counterparty"],
            outcome=Outcome(args["kind"]),
            at=event.time,
        )
    if event.name == "OutcomeAnnulled":
        return Annulled(id=bytes(args["outcome"]), at=event.time)
    return Declared(jurisdiction=args["jurisdiction"], binds=args["binds"], at=event.time)
