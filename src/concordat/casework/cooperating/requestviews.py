# SPDX-License-Identifier: Apache-2.0
"""How requests for assistance stand at a time, by both clocks: who owes what, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Final

from concordat.casework.cooperating import following, naming
from concordat.casework.cooperating.naming import Found
from concordat.casework.cooperating.opening import asked as asked_by
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import answers, assistance, states
from concordat.cooperation.assistance import Assistance, ChainOrder
from concordat.cooperation.folders.requestfolder import Glance
from concordat.cooperation.states import SUPPLEMENT_WITHIN, AssistanceStatus, Pause
from concordat.cooperation.words import LegalBasis, UseLimit
from concordat.evidence.laws import Text
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, in_order
from concordat.membership import agencies, numbers


@unique
class Duty(StrEnum):
    """What an agency has to do about a request."""

    PASS_ON = "pass-on"  # noqa: S105 - a step on its way
    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    ANSWER = "answer"
    SUPPLEMENT = "supplement"
    RECEIVE = "receive"
    CONFIRM = "confirm"
    NOTHING = "nothing"

    def label(self) -> Text:
        """For people."""
        return _DUTIES[self]


_DUTIES: Final = {
    Duty.PASS_ON: Text("pass it on, or decline", "转递，或者不予转递"),
    Duty.ACKNOWLEDGE: Text("acknowledge it", "签收"),
    Duty.ASSIGN: Text("assign who executes it", "指定执行机关"),
    Duty.ANSWER: Text("answer it", "答复"),
    Duty.SUPPLEMENT: Text("give the supplement", "补充材料"),
    Duty.RECEIVE: Text("open what came", "开启来件并出具回执"),
    Duty.CONFIRM: Text("confirm the answer, or dispute it", "确认答复，或者提出异议"),
    Duty.NOTHING: Text("nothing", "无"),
}
_OF_STATUS: Final = {
    AssistanceStatus.SUBMITTED: Duty.PASS_ON,
    AssistanceStatus.OVERDUE_AT_HOME: Duty.PASS_ON,
    AssistanceStatus.SENT: Duty.ACKNOWLEDGE,
    AssistanceStatus.OVERDUE_RECEIPT: Duty.ACKNOWLEDGE,
    AssistanceStatus.RECEIVED: Duty.ASSIGN,
    AssistanceStatus.SUPPLEMENT_ASKED: Duty.SUPPLEMENT,
    AssistanceStatus.FULFILLED: Duty.CONFIRM,
}


@dataclass(frozen=True)
class View:
    """A request at a time.

    Attributes:
        at: by which it is judged, seconds since 1970 UTC.
        order: what the chain was told.
        status: by the later of the two clocks; there: by the chain's.
        responsible: number of the agency that has to act; 0: nobody.
        due: until when; 0: no time runs.
        duty: what has to be done by whoever is responsible.
        glance: of its folder, if one is in reach.
    """

    at: int
    request: Assistance
    order: ChainOrder
    asked: Event = field(repr=False)
    pause: Pause
    status: AssistanceStatus
    there: AssistanceStatus
    responsible: int
    due: int
    duty: Duty
    glance: Glance | None = None

    @property
    def id(self) -> bytes:
        """Key of the request."""
        return self.request.id

    @property
    def name(self) -> str:
        """What people call it."""
        return self.glance.number if self.glance else naming.short(self.id)

    def concerns(self, agency: int, authority: bool) -> bool:
        """Whether an agency has to do with it; central authorities with all of their country."""
        request = self.request
        mine = agency in (request.asker, request.receiver, request.executor, self.responsible)
        home = numbers.jurisdiction_of(agency)
        ours = home in (numbers.jurisdiction_of(request.asker), self.order.to)
        return mine or (authority and ours)


@dataclass(frozen=True)
class Shown:
    """A request with all that is known of it here.

    Attributes:
        history: acts of both sides, oldest first, with times.
        unread: messages to the own agency that it has not given a receipt for.
        covers: whether it covers collections now, as a mandate; since when.
    """

    view: View
    found: Found
    basis: tuple[LegalBasis, bytes]
    use_limits: UseLimit
    history: tuple[Event, ...]
    unread: int
    accepted_at: int


class Reader:
    """Reads requests at one time, by the chain's clock and by this machine's.

    Args:
        desk: of whoever asks.
        at: to look ahead; by default now.
    """

    def __init__(self, desk: Desk, at: int | None = None) -> None:
        self.desk = desk
        self.there = desk.chain.now()
        self.at = max(at or desk.clock.now, self.there)
        self._glances = {each.id: each for each in naming.glances(desk)}

    def views(self) -> Iterator[View]:
        """All requests of the suite, oldest first."""
        for event in assistance.asked(self.desk.chain):
            yield self.view(event)

    def view(self, asked: Event) -> View:
        """One request, by the event that asked it."""
        chain, key = self.desk.chain, bytes(asked.args["request"])
        request = assistance.request_of(chain, key)
        assert request is not None  # noqa: S101 - it was asked
        pause = assistance.pause_of(chain, key) if request.state.stands else Pause()
        status = states.status_at(request, self.at, pause)
        return View(
            at=self.at,
            request=request,
            order=ChainOrder.of(asked.args["order"]),
            asked=asked,
            pause=pause,
            status=status,
            there=states.status_at(request, self.there, pause),
            responsible=assistance.responsible_at(chain, key, self.at),
            due=_due(request, status, pause),
            duty=_duty(status),
            glance=self._glances.get(key),
        )


def show(desk: Desk, text: str, at: int | None = None) -> Shown:
    """One request with its history.

    Raises:
        UsageError: no request is meant, or it was not sent.
    """
    found = naming.request_named(desk, text)
    event, _ = asked_by(desk, found)
    view = Reader(desk, at).view(event)
    chain = desk.chain
    events = in_order((*assistance.history(chain, found.id), *answers.history(chain, found.id)))
    return Shown(
        view=view,
        found=found,
        basis=assistance.agreement_of(chain, found.id),
        use_limits=assistance.use_limits_of(chain, found.id),
        history=tuple(eventlog.with_times(chain, events)),
        unread=len(unread(desk, found.id, events)),
        accepted_at=answers.accepted_at(chain, found.id),
    )


def unread(desk: Desk, request: bytes, events: list[Event] | None = None) -> list[bytes]:
    """Hashes of messages to the own agency for which it has given no receipt."""
    own = own_agency(desk)
    came = following.letters(desk, request, own)
    if not came:
        return []
    known = assistance.received(desk.chain, request) if events is None else events
    read = {
        bytes(each.args["message"])
        for each in known
        if each.name == "MessageReceived" and each.args["agency"] == own
    }
    return [each.digest for each in came if each.digest not in read]


def list_(desk: Desk, *, everything: bool = False, at: int | None = None) -> list[View]:
    """Requests that concern the own agency, or all of the suite; oldest first."""
    own = own_agency(desk)
    authority = _is_authority(desk, own)
    return [each for each in Reader(desk, at).views() if everything or each.concerns(own, authority)]


def owed(desk: Desk, at: int | None = None) -> list[tuple[View, Duty]]:
    """What the own agency has to do now, what is due first at the top; also what it has not opened."""
    own = own_agency(desk)
    found = []
    for view in list_(desk, at=at):
        if view.responsible == own and view.duty is not Duty.NOTHING:
            found.append((view, view.duty))
        if unread(desk, view.id):
            found.append((view, Duty.RECEIVE))
    return sorted(found, key=lambda each: (each[0].due or 1 << 40, each[0].id))


def search(desk: Desk, text: str) -> list[View]:
    """Requests that somebody can mean: by number, case, outside reference, or key; those of folders here."""
    wanted = {each.id for each in naming.glances(desk) if each.matches(text)}
    begins = text.lower().removeprefix("0x")
    return [
        view
        for view in Reader(desk).views()
        if view.id in wanted or (len(begins) >= 6 and view.id.hex().startswith(begins))
    ]


def _is_authority(desk: Desk, own: int) -> bool:
    home = numbers.jurisdiction_of(own)
    return int(desk.chain.call(agencies.REGISTRY, "centralAuthority", home)) == own


def _duty(status: AssistanceStatus) -> Duty:
    if status in _OF_STATUS:
        return _OF_STATUS[status]
    return Duty.NOTHING if status.is_over else Duty.ANSWER


def _due(request: Assistance, status: AssistanceStatus, pause: Pause) -> int:
    if status is AssistanceStatus.SUPPLEMENT_ASKED:
        return request.paused_at + SUPPLEMENT_WITHIN
    if status is AssistanceStatus.POSTPONED:
        return pause.until
    if status in (AssistanceStatus.SUBMITTED, AssistanceStatus.OVERDUE_AT_HOME, AssistanceStatus.SENT):
        return request.acknowledge_by
    if status is AssistanceStatus.OVERDUE_RECEIPT:
        return request.acknowledge_by
    return 0 if status.is_over else request.answer_by
