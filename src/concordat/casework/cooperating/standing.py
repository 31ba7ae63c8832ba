# SPDX-License-Identifier: Apache-2.0
"""The standing of agencies: shown as the chain has it, and computed anew from the events each time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.errors import UsageError
from concordat.ledger import eventlog
from concordat.ledger.protocol import Receipt
from concordat.membership import agencies, numbers
from concordat.membership.agencies import Agency
from concordat.membership.powers import Power
from concordat.membership.standing import book, replay, score
from concordat.membership.standing.book import RecordedOutcome
from concordat.membership.standing.score import DAY

NOT_SENT: Final = "Nothing was sent."


@dataclass(frozen=True)
class Rated:
    """An agency's standing.

    Attributes:
        score: basis points, now.
        tier: 0 to 2.
        binds: whether it takes powers, or only advises.
        withheld: powers that are withheld by standing now.
        until: of what is withheld, seconds since 1970 UTC; 0: nothing is.
        outcomes: all that was recorded of it, oldest first.
        events: from how many events of everybody it was computed anew.
    """

    agency: Agency
    score: int
    tier: int
    binds: bool
    withheld: Power
    until: int
    outcomes: tuple[RecordedOutcome, ...]
    events: int


@dataclass(frozen=True)
class Step:
    """The standing after one event: outcome, score and tier then."""

    at: int
    outcome: RecordedOutcome
    annulled: bool
    score: int
    tier: int


def show(desk: Desk, name: str) -> Rated:
    """One agency's standing.

    Raises:
        VerificationError: the events give another one than the contract.
    """
    member = agencies.find_agency(desk.chain, name)
    return _rated(desk, [member])[0]


def list_(desk: Desk) -> list[Rated]:
    """Everybody's standing, lowest first."""
    found = _rated(desk, agencies.agencies(desk.chain))
    return sorted(found, key=lambda each: (each.score, each.agency.number))


def history(desk: Desk, name: str) -> list[Step]:
    """How an agency's standing came about: after each outcome and annulment, from the events alone."""
    member = agencies.find_agency(desk.chain, name)
    known = {each.id: each for each in book.outcomes(desk.chain, agency=member.number)}
    accounts, steps = replay.Accounts(), []
    for event in eventlog.with_times(desk.chain, book.history(desk.chain)):
        accounts.apply(book.step(event))
        key = bytes(event.args.get("outcome", b""))
        if key in known:
            after = accounts.score(member.number, event.time), accounts.tier(member.number, event.time)
            steps.append(Step(event.time, known[key], event.name == "OutcomeAnnulled", *after))
    return steps


def outcome(desk: Desk, reference: str) -> RecordedOutcome:
    """An outcome by its id, or the beginning of it (0x and at least 6 digits).

    Raises:
        UsageError: there is none, or several begin so.
    """
    text = reference.strip().lower()
    found = [
        each for each in book.outcomes(desk.chain) if len(text) >= 8 and f"0x{each.id.hex()}".startswith(text)
    ]
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} outcomes are meant by {reference}.",
            code="standing.which",
            kept=NOT_SENT,
            next="See: concordat standing show AGENCY",
        )
    return found[0]


def reply(desk: Desk, reference: str, text: bytes) -> tuple[RecordedOutcome, Receipt | None]:
    """Reply on the record; the same reply is not sent twice."""
    meant, digest = outcome(desk, reference), hashlib.sha256(text).digest()
    if digest in meant.replies and own_agency(desk) == meant.agency:
        return meant, None
    return meant, book.reply(desk.ledger, desk.signer, meant.id, digest)


def declare(desk: Desk, *, binds: bool) -> Receipt | None:
    """Say whether standing binds the own agencies; None if it was so before."""
    own = agencies.agency_of_account(desk.chain, desk.signer.address)
    jurisdiction = numbers.jurisdiction_of(own) if own else 0
    far = desk.clock.now + 365 * DAY
    if own and book.binds_at(desk.chain, jurisdiction, far) is binds:
        return None
    return book.declare(desk.ledger, desk.signer, binds=binds)


def namer(desk: Desk) -> Callable[[int], str]:
    """Gives the name of an agency by its number."""
    known = {each.number: each.name for each in agencies.agencies(desk.chain)}
    return lambda number: known.get(number) or numbers.label(number)


def _rated(desk: Desk, members: list[Agency]) -> list[Rated]:
    events = eventlog.with_times(desk.chain, book.history(desk.chain))
    accounts = book.recomputed(events)
    book.compare(desk.chain, accounts, [each.number for each in members])
    now, found = desk.clock.now, book.outcomes(desk.chain)
    return [_one(desk, member, accounts, found, now, len(events)) for member in members]


def _one(
    desk: Desk,
    member: Agency,
    accounts: replay.Accounts,
    outcomes: list[RecordedOutcome],
    now: int,
    events: int,
) -> Rated:
    powers, until = book.withheld_of(desk.chain, member.number)
    return Rated(
        agency=member,
        score=score.score(accounts.account(member.number), now),
        tier=accounts.tier(member.number, now),
        binds=book.binds_at(desk.chain, member.jurisdiction, now),
        withheld=Power(powers) if until > now else Power(0),
        until=until if until > now else 0,
        outcomes=tuple(each for each in outcomes if each.agency == member.number),
        events=events,
    )
