# SPDX-License-Identifier: Apache-2.0
"""What the events of one hold add up to. Times in seconds since 1970 UTC, amounts in minor units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from concordat.assets.states import Outcome
from concordat.assets.words import AnswerKind
from concordat.ledger.protocol import Event


@dataclass
class Tally:
    """What the events of one hold add up to.

    Attributes:
        acknowledged_at: first sign of a person: acknowledged, or an outcome; 0: none.
        outcome, answered_at: the outcome that counts, and when it was given; None and 0: none.
        first_at: when an outcome was given first.
        waited: an answer was that it waits behind an earlier hold.
        checked_at: 0: not yet.
        held: in all, with credits; released, returned, forfeited, continued: what became of it.
        until: end of the hold.
        pending: names the hold that it continues, and counts nothing until a second officer confirms.
        disposed: a court decided on it, so that no time ends it.
        restarted_at: when its message was sent again; the reply clock starts anew.
        unreadable: the message could not be read, and was not sent again: no clock runs.
        held_by: the answer by which it was held.
    """

    acknowledged_at: int = 0
    outcome: AnswerKind | None = None
    answered_at: int = 0
    first_at: int = 0
    waited: bool = False
    checked_at: int = 0
    held: int = 0
    released: int = 0
    returned: int = 0
    forfeited: int = 0
    continued: int = 0
    until: int = 0
    pending: bool = False
    disposed: bool = False
    restarted_at: int = 0
    unreadable: bool = False
    held_by: Event | None = None
    objections: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def remaining(self) -> int:
        """What is held if no time ended it."""
        return self.held - self.released - self.returned - self.forfeited - self.continued

    def add(self, event: Event) -> None:
        """Count one event; others than those of holds and objections are passed over."""
        step = _STEPS.get(event.name)
        if step:
            step(self, event)

    def _answered(self, event: Event) -> None:
        kind = AnswerKind(event.args["kind"])
        self.unreadable = kind is AnswerKind.UNREADABLE
        if kind not in (AnswerKind.DELIVERED, AnswerKind.UNREADABLE):
            self.acknowledged_at = self.acknowledged_at or event.time
        if not kind.is_outcome:
            return
        self.outcome, self.answered_at, self.checked_at = kind, event.time, 0
        self.first_at = self.first_at or event.time
        self.waited = self.waited or kind is AnswerKind.BEHIND
        if kind.takes:
            # A correction says what is held now; what was let go of it before stays let go.
            self.held += event.args["amount"] - self.remaining
            self.until, self.held_by = event.args["until"], event

    def _checked(self, event: Event) -> None:
        self.checked_at, self.pending = event.time, False

    def _continuing(self, _: Event) -> None:
        self.pending = True

    def _continued(self, event: Event) -> None:
        self.continued += event.args["amount"]

    def _sent_again(self, event: Event) -> None:
        self.restarted_at, self.unreadable = event.time, False

    def _renewed(self, event: Event) -> None:
        self.until = event.args["until"]

    def _credited(self, event: Event) -> None:
        self.held += event.args["amount"]

    def _released(self, event: Event) -> None:
        self.released += event.args["amount"]

    def _disposed(self, event: Event) -> None:
        self.released += event.args["released"]
        self.forfeited += event.args["forfeited"]
        self.disposed = True

    def _paid_out(self, event: Event) -> None:
        self.returned += event.args["amount"]

    def _objected(self, _: Event) -> None:
        self.objections += 1

    def _decided(self, event: Event) -> None:
        self.outcomes.append(Outcome(event.args["outcome"]))


_STEPS: Final[Mapping[str, Callable[[Tally, Event], None]]] = {
    "Answered": Tally._answered,
    "Checked": Tally._checked,
    "Continuing": Tally._continuing,
    "Continued": Tally._continued,
    "SentAgain": Tally._sent_again,
    "Renewed": Tally._renewed,
    "Credited": Tally._credited,
    "Released": Tally._released,
    "Disposed": Tally._disposed,
    "PaidOut": Tally._paid_out,
    "Objected": Tally._objected,
    "ObjectionDecided": Tally._decided,
}


def tally(events: Iterable[Event]) -> Tally:
    """Add up the events of one hold, oldest first."""
    found = Tally()
    for event in events:
        found.add(event)
    return found
