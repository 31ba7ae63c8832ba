# SPDX-License-Identifier: Apache-2.0
"""What a life of freezes is measured by: money as events tell it, the tables of docs/states.md, deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from concordat.assets.life import NEVER
from concordat.assets.states import HoldFlag, HoldState, HoldStatus, RequestFlag
from concordat.assets.words import AnswerKind
from concordat.ledger.protocol import Event
from tests.stateful.states import Transition, documented

Key = tuple[bytes, bytes]
HOLDING = (HoldStatus.HELD, HoldStatus.HELD_PART)
HOLD_ACTS = (
    *("answer", "check", "credit", "confirmRelease", "sendAgain", "renew", "release"),
    *("recordLapse", "objectTo", "objectAsMember", "review", "propose", "dispose"),
)
"""Each is tried in every status of a hold, by whoever may do it."""
REQUEST_ACTS = ("ratify", "endorse", "decline", "withdraw", "recordLapse")


def allowed(heading: str) -> set[Transition]:
    """The rows of a table where several names in a cell share the row, each for itself."""
    return {
        (start, act, end)
        for row in documented(heading)
        for start, act, end in product(*([name.strip() for name in cell.split(",")] for cell in row))
    }


def name_of(status: HoldStatus | Any) -> str:
    """As docs/states.md calls it: HELD_PART is HeldPart, NONE is Absent."""
    return "".join(part.capitalize() for part in status.name.split("_")) if status else "Absent"


@dataclass
class Money:
    """Of one hold, as its events tell."""

    held: int = 0
    returned: int = 0
    forfeited: int = 0
    amount: int = 0
    pending: bool = False  # names the hold that it continues, whose money it still is


class Purse:
    """The money of every hold by what was told of it, and of every (request, currency)."""

    def __init__(self) -> None:
        self.money: dict[bytes, Money] = {}
        self.paid: Counter[Key] = Counter()

    def hear(self, events: Iterable[Event]) -> None:
        for event in events:
            told, args = getattr(self, f"_{event.name.lower()}", None), event.args
            if event.contract == "Holds" and told:
                told(self.money.setdefault(args["hold"], Money()), args)

    def _answered(self, money: Money, args: Any) -> None:
        if args["kind"] in (AnswerKind.HELD, AnswerKind.HELD_PART):
            money.held += args["amount"] - money.amount
            money.amount = args["amount"]

    def _continuing(self, money: Money, _: Any) -> None:
        money.pending = True

    def _checked(self, money: Money, _: Any) -> None:
        money.pending = False

    def _continued(self, money: Money, args: Any) -> None:
        money.amount -= args["amount"]

    def _credited(self, money: Money, args: Any) -> None:
        money.held += args["amount"]
        money.amount += args["amount"]

    def _released(self, money: Money, args: Any) -> None:
        money.amount -= args["amount"]

    def _disposed(self, money: Money, args: Any) -> None:
        money.forfeited = args["forfeited"]
        money.amount = args["toReturn"]

    def _paidout(self, money: Money, args: Any) -> None:
        money.returned += args["amount"]
        money.amount -= args["amount"]

    def expect(self, hold: bytes, status: HoldStatus) -> tuple[int, ...]:
        """The balance that it must have: held, released, returned, forfeited, remaining."""
        money = self.money.get(hold, Money())
        if money.pending:
            return 0, 0, 0, 0, 0
        remaining = money.amount if status in (*HOLDING, HoldStatus.DISPOSED) else 0
        released = money.held - money.returned - money.forfeited - remaining
        return money.held, released, money.returned, money.forfeited, remaining


def turning_points(hold: Any, request: Any, profile: Any, present: int) -> list[int]:
    """The seconds from now on at which time may change a hold, and those just before and after."""
    ends = {
        hold.until,
        hold.since + profile.checkWithin,
        max(request.boundAt, hold.until if hold.state < HoldState.HELD else 0) + profile.replyWithin,
        request.requestedAt + request.ratifyWithin,
        request.requestedAt + profile.longest,
    }
    near = {end + aside for end in ends for aside in (-1, 0, 1) if end < NEVER - 1}
    return sorted(moment for moment in near if present < moment)


def must_be_over(hold: Any, request: Any, profile: Any, at: int) -> bool:
    """Whether nothing may be held any more, whatever else happened."""
    unchecked = not hold.flags & HoldFlag.CHECKED and at > hold.since + profile.checkWithin
    unratified = not request.ratifiedAt and at > request.requestedAt + request.ratifyWithin
    return at >= hold.until or unchecked or unratified


def beyond_the_law(hold: Any, link: Any, request: Any, profile: Any) -> bool:
    """Whether a hold with those before it lasts longer than the profile lets it."""
    if request.flags & RequestFlag.OWN:
        return bool(hold.until - hold.since > max(profile.ownHold, profile.ownTotal))
    before = link.heldBefore if hold.flags & HoldFlag.LINKED else 0
    return bool(profile.total and before + hold.until - hold.since > profile.total)


def untried(
    tried: set[tuple[str, str]], heading: str, statuses: Sequence[str], acts: Sequence[str]
) -> list[Any]:
    """What the table does not let happen and nobody tried."""
    may = {(start, act) for start, act, _ in allowed(heading)}
    return sorted({*product(statuses, acts)} - may - tried)
