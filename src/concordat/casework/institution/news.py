# SPDX-License-Identifier: Apache-2.0
"""What is new for an agency, read from the chain and the clock: who has to do what, and by when.

News are states, not events: whoever looks later sees the same, each under a lasting key. What is told holds
ids, amounts and deadlines only; accounts, names and order numbers are added where content is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import cached_property
from typing import Any, Final

from concordat.assets import holds, profilebook, requests
from concordat.assets.life import HOLDINGS, NEVER, OUTCOMES
from concordat.assets.orders import answers
from concordat.assets.states import HoldFlag, RequestStatus
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import own_agency
from concordat.casework.freezing.views import HoldView, Reader, RequestView
from concordat.casework.institution import incoming
from concordat.casework.institution.incoming import Arrival, Duty
from concordat.errors import AuthorityError, ConcordatError, NodeError
from concordat.evidence.laws import Text
from concordat.mail.sealed import KeyRing
from concordat.membership import agencies, numbers
from concordat.membership.agencies import AgencyKind

FORMAT: Final = "freeze-news/1"
STAGES: Final = (24 * 3600, 3600, 0)
"""Seconds before a deadline at which it is told again; the last once it has passed."""
_REVIEWERS: Final = frozenset(
    {
        AgencyKind.CENTRAL_AUTHORITY,
        AgencyKind.POLICE,
        AgencyKind.PROSECUTOR,
        AgencyKind.COURT,
        AgencyKind.FINANCIAL_INTELLIGENCE_UNIT,
        AgencyKind.REGULATOR,
    }
)


@unique
class What(StrEnum):
    """What there is to do, or to know."""

    ENDORSE = "endorse"
    ANSWER = "answer"
    TURN = "turn"
    CHECK = "check"
    RELEASE = "release"
    REVIEW = "review"
    ANSWERED = "answered"
    DEADLINE = "deadline"

    def label(self) -> Text:
        """Its name for people."""
        return _LABELS[self]


_LABELS: Final[Mapping[What, Text]] = {
    What.ENDORSE: Text("a request from abroad awaits endorsement", "境外请求待认可"),
    What.ANSWER: Text("a request is to be answered", "请求待答复"),
    What.TURN: Text("a hold that waited has its turn", "轮候生效"),
    What.CHECK: Text("an answer is to be checked", "答复待复核"),
    What.RELEASE: Text("a hold is over and to be let go", "控制已终止，待解除"),
    What.REVIEW: Text("an objection is to be decided", "异议待审查"),
    What.ANSWERED: Text("an institution answered", "机构已答复"),
    What.DEADLINE: Text("a deadline is near or has passed", "期限临近或者已过"),
}


@dataclass(frozen=True)
class News:
    """One new thing.

    Attributes:
        key: lasting: the same thing is never told twice under it.
        what: to do or to know.
        due: by when, seconds since 1970 UTC; 0: no time runs.
        view: of the request.
        hold: of the target; None if the whole request is meant.
        about: of a deadline: what is due.
    """

    key: str
    what: What
    due: int
    view: RequestView = field(repr=False)
    hold: HoldView | None = field(default=None, repr=False)
    about: What | None = None

    def as_json(self, now: int) -> dict[str, Any]:
        """What is told; nothing personal in it."""
        told: dict[str, Any] = {
            "concordat": FORMAT,
            "id": self.key,
            "what": self.what.value,
            "about": (self.about or self.what).value,
            "request": f"0x{self.view.id.hex()}",
            "agency": self.view.request.agency,
            "jurisdiction": self.view.request.jurisdiction,
            "measure": self.view.request.measure.name,
            "asset_class": self.view.request.asset_class.name,
            "due": self.due or None,
            "overdue": bool(self.due) and now > self.due,
            "time": now,
        }
        if self.hold:
            told |= {
                "hold": f"0x{self.hold.id.hex()}",
                "institution": self.hold.hold.institution,
                "status": self.hold.status.name,
                "currency": self.hold.hold.currency,
                "amount": str(self.hold.hold.amount),
                "checked": self.hold.hold.checked,
            }
        return told


def news(desk: Desk) -> list[News]:
    """Everything that the own agency has to do or to know now, what is due first at the top."""
    own, now = own_agency(desk), desk.clock.now
    kind = agencies.agency(desk.chain, own).kind
    found = list(_of_institution(incoming.arrivals(desk)))
    reader = Reader(desk.chain, now)
    for asked in requests.asked(desk.chain):
        mine = asked.agency == own
        home = asked.key >> 8 == numbers.jurisdiction_of(own)
        abroad = numbers.jurisdiction_of(asked.agency) != asked.key >> 8
        if mine:
            found += _of_requester(reader.view(asked, reader.named.get(asked.id, ())))
        elif home and kind in _REVIEWERS:
            objected = [each for each in reader.named.get(asked.id, ()) if each.hold in reader.objected]
            if objected:
                found += _of_reviewer(reader.view(asked, objected), own)
            if abroad and _endorses(desk, asked.key, asked.profile_version, own):
                found += _of_endorser(reader.view(asked, ()))
    found += list(_deadlines(found, now))
    return sorted(found, key=lambda each: (each.due or NEVER, each.key))


class Contents:
    """What the messages about news say: order, case, account, holder, answer; all of it personal.

    Args:
        desk: of one round; keys are unlocked once, and messages found once.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._own = own_agency(desk)
        self._ring = KeyRing(desk.workspace.keys, self._own)

    @cached_property
    def _arrivals(self) -> Mapping[bytes, Arrival]:
        return {each.id: each for each in incoming.arrivals(self._desk, self._own)}

    def of(self, one: News) -> dict[str, Any]:
        """What is known of one thing; why nothing is, where a message cannot be read.

        Raises:
            AuthorityError: the password of the encryption key is wrong.
            NodeError: the node is lost.
        """
        if one.hold is None:
            return {}
        try:
            if one.hold.hold.institution != self._own:
                return self._answer(one.hold)
            arrival = self._arrivals[one.hold.id]
            order, opened = incoming.letters(self._desk, [arrival], self._ring)[arrival.id].required()
        except (AuthorityError, NodeError):
            raise
        except ConcordatError as error:
            return {"unreadable": error.message}
        return {
            "order": order.number,
            "case": order.case,
            "contact": order.officer.contact,
            "account": opened.target.account.canonical,
            "holder": opened.target.holder,
            "asked": opened.target.amount.format("en") if opened.target.amount else None,
        }

    def _answer(self, hold: HoldView) -> dict[str, Any]:
        """The answer to the own request; of others' nothing."""
        event = holds.last_answer(self._desk.chain, hold.id)
        if event is None or not any(event.args["detail"]):
            return {}
        data = post.fetch(self._desk, event.args["detail"])
        genesis = self._desk.chain.genesis_id
        said = self._ring.open(data, self._desk.password, kind=post.ANSWER, genesis_id=genesis)
        return {"answer": answers.read(said).as_json()}


def _of_institution(arrivals: Iterable[Arrival]) -> Iterator[News]:
    for each in arrivals:
        if each.duty is Duty.NOTHING:
            continue
        # A message that was sent again, and an outcome that was corrected, are new.
        since = each.message.hex() if each.duty is Duty.ANSWER else str(each.hold.since)
        key = f"{each.duty.value}:{each.id.hex()}:{since}"
        due = 0 if each.due == NEVER else each.due
        yield News(key, What(each.duty.value), due, each.view, each.at)


def _of_requester(view: RequestView) -> Iterator[News]:
    """The newest outcome of every hold, and once more when it was checked."""
    for each in view.holds:
        state = each.hold.state
        if state in (OUTCOMES | HOLDINGS) and not each.status.is_over:
            checked = "checked" if each.hold.checked else "unchecked"
            key = f"answered:{each.id.hex()}:{state.name.lower()}:{each.hold.since}:{checked}"
            yield News(key, What.ANSWERED, 0, view, each)


def _of_reviewer(view: RequestView, own: int) -> Iterator[News]:
    for each in view.holds:
        pending = each.hold.flags & HoldFlag.OBJECTED and each.review_by != NEVER
        if pending and own not in (
            each.hold.institution,
            view.profile.endorser if view.request.foreign else 0,
        ):
            key = f"review:{each.id.hex()}:{each.review_by}"
            yield News(key, What.REVIEW, each.review_by, view, each)


def _of_endorser(view: RequestView) -> Iterator[News]:
    if view.status is RequestStatus.AWAITING_ENDORSEMENT:
        due = 0 if view.lapses_at == NEVER else view.lapses_at
        yield News(f"endorse:{view.id.hex()}", What.ENDORSE, due, view)


def _endorses(desk: Desk, key: int, version: int, own: int) -> bool:
    return profilebook.profile_at(desk.chain, key, version).endorser == own


def _deadlines(found: Iterable[News], now: int) -> Iterator[News]:
    """Each deadline again a day before, an hour before, and once it has passed.

    Of a time that is short from the start, what lies in its first half is left out: it was told just now.
    """
    for each in list(found):
        request = each.view.request
        start = max(request.bound_at, each.hold.hold.since) if each.hold else request.requested_at
        stages = [stage for stage in STAGES if each.due - start >= 2 * stage]
        reached = [stage for stage in stages if each.due and now > each.due - stage]
        if reached:
            key = f"deadline:{each.key}:{each.due}:{min(reached)}"
            yield News(key, What.DEADLINE, each.due, each.view, each.hold, each.what)
