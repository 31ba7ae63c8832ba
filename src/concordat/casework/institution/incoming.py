# SPDX-License-Identifier: Apache-2.0
"""What reaches an institution: the targets named at it, what it owes for each, and the messages about them.

Statuses need no key and no mailbox; only what a message says needs both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from concordat.assets import holds, requests
from concordat.assets.holds import Hold, Named
from concordat.assets.life import HOLDINGS, NEVER, OUTCOMES
from concordat.assets.orders.order import Order
from concordat.assets.orders.ordermessage import OpenedTarget
from concordat.assets.requests import Asked, Request
from concordat.assets.states import HoldState, HoldStatus
from concordat.casework.desk import Desk
from concordat.casework.freezing import opening, post
from concordat.casework.freezing.naming import hold_named, short
from concordat.casework.freezing.offices import own_agency
from concordat.casework.freezing.views import HoldView, Reader, RequestView
from concordat.errors import AuthorityError, ConcordatError, NodeError, UsageError
from concordat.evidence.laws import Text
from concordat.ledger.protocol import Event, Ledger
from concordat.mail.sealed import KeyRing

_LET_GO: Final = (HoldStatus.RELEASED, HoldStatus.EXPIRED, HoldStatus.LAPSED, HoldStatus.WITHDRAWN)
_HELD_ONCE: Final = HOLDINGS | {HoldState.RELEASED}


@unique
class Duty(StrEnum):
    """What an institution owes for one target."""

    ANSWER = "answer"
    TURN = "turn"
    CHECK = "check"
    RELEASE = "release"
    NOTHING = "nothing"

    def label(self) -> Text:
        """Its name for people."""
        return _DUTIES[self]


_DUTIES: Final[Mapping[Duty, Text]] = {
    Duty.ANSWER: Text("to be answered", "待答复"),
    Duty.TURN: Text("its turn has come: answer again", "轮候生效，待再次答复"),
    Duty.CHECK: Text("to be checked by a second officer", "待第二人复核"),
    Duty.RELEASE: Text("over: let go, then confirm that", "已终止，待解除并确认"),
    Duty.NOTHING: Text("nothing to do", "无待办"),
}


@dataclass(frozen=True)
class Arrival:
    """One target at this institution, as the chain has it.

    Attributes:
        view: its request, with the institution's own targets only.
        at: the hold, judged at the client's clock.
        message: hash of the message as last sent.
        duty: what is owed.
    """

    view: RequestView
    at: HoldView
    message: bytes
    duty: Duty

    @property
    def id(self) -> bytes:
        """Of the hold, 32 bytes."""
        return self.at.id

    @property
    def named(self) -> Named:
        """What the event of the target says."""
        return self.at.named

    @property
    def hold(self) -> Hold:
        """As last written."""
        return self.at.hold

    @property
    def request(self) -> Request:
        """Under which it was named."""
        return self.view.request

    @property
    def asked(self) -> Asked:
        """The event of the request."""
        return self.view.asked

    @property
    def due(self) -> int:
        """When what is owed has to be done, seconds since 1970 UTC; ``NEVER``: no time runs."""
        if self.duty is Duty.CHECK:
            return self.at.check_by
        if self.duty is Duty.TURN:
            return self.at.turn_by
        return self.at.reply_by if self.duty is Duty.ANSWER else NEVER


@dataclass(frozen=True)
class Letter:
    """What the message about one target says, or why nobody can tell.

    Attributes:
        order, target: None if the message cannot be opened, or says other things than the chain.
        problem: why.
    """

    order: Order | None = None
    target: OpenedTarget | None = None
    problem: ConcordatError | None = None

    def required(self) -> tuple[Order, OpenedTarget]:
        """Both parts.

        Raises:
            ConcordatError: the problem.
        """
        if self.order is None or self.target is None:
            raise self.problem or UsageError("There is no message.", code="freeze.no_message")
        return self.order, self.target


def arrivals(desk: Desk, agency: int | None = None) -> list[Arrival]:
    """All targets ever named at the own institution, what is due first at the top.

    Args:
        desk: of an officer, or of a workspace that names its agency.
        agency: another institution than the own one.
    """
    institution = agency or own_agency(desk)
    reader = Reader(desk.chain, desk.clock.now)
    own: dict[bytes, list[Named]] = {}
    for each in holds.named(desk.chain, institution=institution):
        own.setdefault(each.request, []).append(each)
    asked = _asked(desk.chain, own)
    again = {event.args["hold"]: event.args["message"] for event in _sent_again(desk.chain, own)}
    confirmed = {event.args["hold"] for event in desk.chain.events(holds.HOLDS, "ReleaseConfirmed")}
    found = []
    for request_id, named in own.items():
        view = reader.view(asked[request_id], named)
        for at in view.holds:
            duty = _duty(at, at.id in confirmed)
            found.append(Arrival(view, at, again.get(at.id, at.named.message), duty))
    return sorted(found, key=lambda each: (each.due, each.named.block, each.id))


def one(known: Iterable[Arrival], text: str) -> Arrival:
    """The target that is meant: by the id of its hold, or the beginning of it (0x and at least 6 digits).

    Raises:
        UsageError: none of this institution, or more than one.
    """
    begins = text.lower().removeprefix("0x")
    found = [each for each in known if each.id.hex().startswith(begins)] if len(begins) >= 6 else []
    if len(found) == 1:
        return found[0]
    raise UsageError(
        f"{len(found) or 'No'} hold{'s' if len(found) != 1 else ''} of this institution "
        f"{'begin' if found else 'is called'} '{text[:70]}'.",
        code="inbox.unknown",
        kept="Nothing was sent.",
        next="Give REQUEST#N, or 0x and 6 digits of the hold's id. See: concordat freeze inbox --all",
    )


def meant(desk: Desk, known: Sequence[Arrival], text: str) -> Arrival:
    """The same as people name a hold; see :mod:`naming` for all the ways.

    Raises:
        UsageError: none of this institution, or more than one.
    """
    if "#" not in text:
        return one(known, text)
    return one(known, hold_named(desk, text).named.hold.hex())


def letters(desk: Desk, wanted: Sequence[Arrival], keys: KeyRing | None = None) -> dict[bytes, Letter]:
    """What the messages about these targets say, by hold; each is opened once, each key unlocked once.

    Args:
        desk: of the institution.
        wanted: the targets.
        keys: of the institution, if some are unlocked already.

    Raises:
        AuthorityError: the password of a key is wrong.
        NodeError: the node is lost.
    """
    if not wanted:
        return {}
    ring = keys or KeyRing(desk.workspace.keys, own_agency(desk))
    groups: dict[tuple[bytes, bytes], list[Arrival]] = {}
    for each in wanted:
        groups.setdefault((each.request.id, each.message), []).append(each)
    found: dict[bytes, Letter] = {}
    for (_, digest), group in groups.items():
        try:
            found |= _opened(desk, ring, digest, group)
        except (AuthorityError, NodeError):
            raise
        except ConcordatError as error:
            if error.code == "no_terminal":  # nobody there to ask for the password: not the message's fault
                raise
            found |= {each.id: Letter(problem=error) for each in group}
    return found


def _opened(desk: Desk, ring: KeyRing, digest: bytes, group: Sequence[Arrival]) -> dict[bytes, Letter]:
    data = ring.open(
        post.fetch(desk, digest), desk.password, kind=post.REQUEST, genesis_id=desk.chain.genesis_id
    )
    first = group[0]
    # Also one that was sent again for a single target speaks of all that the institution was asked.
    own = [each.named for each in first.view.holds]
    opened = opening.compare(data, first.request, first.asked, own)
    opened.require_same()
    by_word = {each.word: each for each in opened.message.targets}
    return {each.id: Letter(opened.message.order, by_word[each.named.target]) for each in group}


def _asked(ledger: Ledger, own: Mapping[bytes, object]) -> dict[bytes, Asked]:
    if len(own) <= _FEW:
        return {
            key: found for key in own for found in requests.asked(ledger, request_id=key) if found.id == key
        }
    return {each.id: each for each in requests.asked(ledger) if each.id in own}


_FEW: Final = 8


def _sent_again(ledger: Ledger, own: Mapping[bytes, Sequence[Named]]) -> list[Event]:
    mine = {each.hold for named in own.values() for each in named}
    return [each for each in ledger.events(holds.HOLDS, "SentAgain") if each.args["hold"] in mine]


def _duty(at: HoldView, confirmed: bool) -> Duty:
    status, state = at.status, at.hold.state
    if status is HoldStatus.TURN:
        return Duty.TURN
    if status.awaits_answer:
        return Duty.ANSWER
    if status in _LET_GO:
        return Duty.RELEASE if state in _HELD_ONCE and not confirmed else Duty.NOTHING
    if state in (OUTCOMES | HOLDINGS) and not at.hold.checked and not status.is_over:
        return Duty.CHECK
    return Duty.NOTHING


def name_of(arrival: Arrival) -> str:
    """What people call a hold before its message is opened."""
    return short(arrival.id)
