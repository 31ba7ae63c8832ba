# SPDX-License-Identifier: Apache-2.0
"""What a desk may know of a request for its papers: the order from its folder or message, names, the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from weakref import WeakKeyDictionary

from concordat import __version__
from concordat.assets import holds
from concordat.assets import requests as chain_requests
from concordat.assets.folders.freezefile import FreezeFile
from concordat.assets.holds import Named
from concordat.assets.law.profiles import ProfileBook, bundled_profiles
from concordat.assets.orders import answers, ordermessage
from concordat.assets.orders.answers import Answer
from concordat.assets.orders.order import Order, Target
from concordat.assets.papers.matter import NO_LAW, Item, Matter, Office, said
from concordat.assets.requests import Asked, Request
from concordat.assets.values.periods import Rule
from concordat.casework.desk import Desk
from concordat.casework.freezing import counting, naming, opening, post
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.casework.freezing.views import message_of
from concordat.casework.institution import answerlog
from concordat.errors import ConcordatError, UsageError
from concordat.evidence.places import alpha
from concordat.ledger.protocol import Event
from concordat.mail.sealed import KeyRing
from concordat.rendering.content import Text

GENERATOR: Final = f"concordat-ledger {__version__}"


#: Unlocking a key takes long on purpose: once a desk, however many acts it does.
_RINGS: Final[WeakKeyDictionary[Desk, KeyRing]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Known:
    """The order and the targets by their words on the chain, as far as they are known here."""

    order: Order | None = None
    targets: Mapping[bytes, Target] = field(default_factory=dict, repr=False)


class Knowledge:
    """All that one desk may know of requests; keys are unlocked once, names read once.

    Args:
        desk: whose papers are written.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def own(self) -> int:
        """Number of the own agency; 0 for somebody without an office."""
        try:
            return own_agency(self.desk)
        except ConcordatError:
            return 0

    @cached_property
    def ring(self) -> KeyRing:
        """The own agency's encryption keys."""
        return _RINGS.setdefault(self.desk, KeyRing(self.desk.workspace.keys, self.own))

    @cached_property
    def members(self) -> Mapping[int, str]:
        """Short names of all members."""
        return names(self.desk.chain)

    def office(self, number: int) -> Office:
        """A member by its number."""
        return Office(number, called(self.members, number))

    def matter(self, request: bytes) -> Matter:
        """A request as papers speak of it.

        Raises:
            UsageError: it is not on the chain.
        """
        chain = self.desk.chain
        known = chain_requests.request_of(chain, request)
        asked = next(chain_requests.asked(chain, request_id=request), None)
        if known is None or asked is None:
            raise UsageError(f"There is no request 0x{request.hex()} on the chain.", code="freeze.not_sent")
        named = list(holds.named(chain, request=request))
        private = self._private(known, asked, named)
        place = alpha(known.jurisdiction)
        book = _book(place)
        return Matter(
            request=request,
            agency=self.office(known.agency),
            writer=self.office(self.own or known.agency),
            measure=known.measure,
            asset_class=known.asset_class,
            jurisdiction=place,
            period=known.period,
            items=tuple(
                Item(
                    each.number,
                    each.hold,
                    self.office(each.institution),
                    each.amount,
                    each.currency,
                    each.scope,
                    private.targets.get(each.target),
                )
                for each in named
            ),
            order=private.order,
            rule=_rule(place, known, private.order),
            law=_law(book, place, known),
            review=Text(book.review.label("en"), book.review.label("zh")) if book else NO_LAW,
            laws={name: said(law.title) for name, law in book.laws.items()} if book else {},
            foreign=known.foreign,
            generator=GENERATOR,
        )

    def answer(self, event: Event, requester: int) -> Answer | None:
        """What an institution told beside the chain, if this is the institution or the requester.

        Args:
            event: its ``Answered``.
            requester: number of the agency that asked.
        """
        hold, detail = event.args["hold"], bytes(event.args["detail"])
        try:
            if self.own == event.args["institution"]:
                return answerlog.said(self.desk, self.ring, hold, detail)
            if self.own == requester and any(detail):
                return answers.read(self._open(detail, post.ANSWER))
        except ConcordatError:  # not here, or not readable: the paper says what the chain says
            return None
        return None

    def _open(self, digest: bytes, kind: str) -> bytes:
        data = post.fetch(self.desk, digest)
        genesis = self.desk.chain.genesis_id
        return self.ring.open(data, self.desk.password, kind=kind, genesis_id=genesis)

    def _private(self, request: Request, asked: Asked, named: Sequence[Named]) -> Known:
        """From the request's folder; else from the message to the own agency, if it can be opened here."""
        file = naming.request_named(self.desk, f"0x{request.id.hex()}").file
        if file:
            return Known(file.order, _of_file(file))
        try:
            return self._of_message(request, asked, named)
        except ConcordatError:  # no message, no key, or another one's
            return Known()

    def _of_message(self, request: Request, asked: Asked, named: Sequence[Named]) -> Known:
        mine = [each for each in named if each.institution == self.own]
        digests = {message_of(self.desk.chain, each)[0] for each in mine} or {asked.message}
        order: Order | None = None
        targets: dict[bytes, Target] = {}
        for digest in digests - {bytes(32)}:
            opened = opening.compare(self._open(digest, post.REQUEST), request, asked, mine or named)
            if not opened.differences:
                order = opened.message.order
                targets |= {each.word: each.target for each in opened.message.targets}
        return Known(order, targets)


def _of_file(file: FreezeFile) -> dict[bytes, Target]:
    secrets = file.secrets.targets
    return {
        ordermessage.target_word(target, own): target
        for target, own in zip(file.order.targets, secrets, strict=True)
    }


def _rule(place: str, request: Request, order: Order | None) -> Rule | None:
    """How the period is counted; without the order, the clock of the country at least."""
    if order is None:
        written = counting.profile_of(place, request.measure, request.asset_class)
        return (written.period or written.renewal) if written else None
    try:
        return counting.rule_of(order.period, place, request.measure, request.asset_class)
    except ConcordatError:
        return None


def _book(place: str) -> ProfileBook | None:
    try:
        return bundled_profiles(place)
    except ConcordatError:
        return None


def _law(book: ProfileBook | None, place: str, request: Request) -> tuple[Text, Text] | None:
    """The rule of the profile: where it stands, and what it says."""
    written = counting.profile_of(place, request.measure, request.asset_class)
    if book is None or written is None:
        return None
    reference = written.source.reference
    law = book.laws[reference.law]
    place_in = reference.article
    where = Text(f"{law.title.en}, {place_in.en}", f"{law.title.zh}{place_in.zh}")
    return where, said(written.says)
