# SPDX-License-Identifier: Apache-2.0
"""Everybody's standing from the events alone, in the order of the chain, as the chain has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from concordat.errors import VerificationError
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.membership.standing import score
from concordat.membership.standing.score import DAY, WITHHELD, Account, Outcome, Tally

ADVISING_AFTER: Final = 30 * DAY
"""Seconds from the declaration to the time from which standing only advises."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """``OutcomeRecorded``, with the time of its block.

    Attributes:
        id: of the outcome, as the contract makes it.
        agency: whom it is about.
        counterparty: with whom it happened; its jurisdiction says it.
    """

    id: bytes
    agency: int
    counterparty: int
    outcome: Outcome
    at: int


@dataclass(frozen=True, slots=True)
class Annulled:
    """``OutcomeAnnulled``: a panel took an outcome back."""

    id: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Declared:
    """``StandingDeclared``: standing binds a jurisdiction's agencies from now, or advises in 30 days."""

    jurisdiction: int
    binds: bool
    at: int


Event = Recorded | Annulled | Declared


class Withholding(NamedTuple):
    """What was withheld last, and until when (seconds); nothing is withheld at its end."""

    powers: Power = Power(0)
    until: int = 0

    def at(self, at: int) -> Power:
        """What is withheld at a time."""
        return self.powers if at < self.until else Power(0)


@dataclass(slots=True)
class Accounts:
    """Everybody's standing after the events so far."""

    accounts: dict[int, Account] = field(default_factory=dict)
    tallies: dict[tuple[int, int, int], Tally] = field(default_factory=dict)
    """By agency, jurisdiction that says it, quarter."""
    withheld: dict[int, Withholding] = field(default_factory=dict)
    _outcomes: dict[bytes, Recorded] = field(default_factory=dict)
    _annulled: set[bytes] = field(default_factory=set)
    _binding: dict[int, int | None] = field(default_factory=dict)
    """When standing ends to bind, seconds; None: not in sight. Whoever is not in it never declared."""

    def account(self, agency: int) -> Account:
        """As of its last outcome."""
        return self.accounts.get(agency, Account())

    def score(self, agency: int, at: int) -> int:
        """Basis points."""
        return score.score(self.account(agency), at)

    def tier(self, agency: int, at: int) -> int:
        """0 to 2, whether it binds or advises."""
        return score.tier(self.account(agency), at)

    def withheld_at(self, agency: int, at: int) -> Power:
        """The powers that are really withheld: those of the tier, where standing binds."""
        return self.withheld.get(agency, Withholding()).at(at)

    def binds(self, jurisdiction: int, at: int) -> bool:
        """Whether standing binds the agencies of a jurisdiction; it advises until somebody declares."""
        ends = self._binding.get(jurisdiction, 0)
        return ends is None or at < ends

    def apply(self, event: Event) -> None:
        """One more event.

        Raises:
            VerificationError: it cannot follow the ones before.
        """
        match event:
            case Recorded():
                self._record(event)
            case Annulled():
                self._annul(event)
            case Declared():
                self._declare(event)

    def _record(self, event: Recorded) -> None:
        if event.id in self._outcomes:
            raise _wrong("An outcome was recorded twice.")
        self._outcomes[event.id] = event
        key = _key(event)
        if key is None:
            return
        tally = self.tallies.get(key, Tally())
        account, self.tallies[key] = score.record(self.account(event.agency), tally, event.outcome, event.at)
        self._keep(event.agency, account, event.at)

    def _annul(self, event: Annulled) -> None:
        outcome = self._outcomes.get(event.id)
        if outcome is None or event.id in self._annulled:
            raise _wrong("An outcome was annulled that does not stand.")
        self._annulled.add(event.id)
        key = _key(outcome)
        if key is None:
            return
        account, self.tallies[key] = score.annul(
            self.account(outcome.agency), self.tallies[key], outcome.outcome, key[2], event.at
        )
        self._keep(outcome.agency, account, event.at)

    def _keep(self, agency: int, account: Account, at: int) -> None:
        before = self.account(agency)
        self.accounts[agency] = account
        if (account.tier, account.withheld_until) == (before.tier, before.withheld_until):
            return
        if account.tier and self.binds(jurisdiction_of(agency), at):
            self.withheld[agency] = Withholding(WITHHELD[account.tier], account.withheld_until * DAY)
        elif account.tier < before.tier:
            self.withheld.pop(agency, None)

    def _declare(self, event: Declared) -> None:
        if event.binds:
            self._binding[event.jurisdiction] = None
        elif self._binding.get(event.jurisdiction, 0) is None:
            self._binding[event.jurisdiction] = event.at + ADVISING_AFTER


def replay(events: Iterable[Event]) -> Accounts:
    """Everybody's standing from all events, in the order of the chain.

    Raises:
        VerificationError: they cannot have happened so: some are missing, or their order is another.
    """
    accounts = Accounts()
    for event in events:
        accounts.apply(event)
    return accounts


def _key(event: Recorded) -> tuple[int, int, int] | None:
    """The tally in which an outcome stands; None within one jurisdiction, where it weighs nothing."""
    said_by = jurisdiction_of(event.counterparty)
    if said_by == jurisdiction_of(event.agency):
        return None
    return event.agency, said_by, score.quarter_of(event.at)


def _wrong(what: str) -> VerificationError:
    return VerificationError(
        what,
        code="standing.order",
        kept="Nothing was computed from it.",
        next="Read the events of standing anew, all of them and in the order of the chain.",
    )
