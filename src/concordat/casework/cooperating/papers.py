# SPDX-License-Identifier: Apache-2.0
"""The papers of a request's acts: letter, transmission, receipt, conditions, refusal, answer.

Each as PDF, HTML and JSON, in both languages. A paper is made from the chain and from what its writer may
know: the request in its folder, and the messages that it sent or opened. It is dated by its block, so it can
be written at any time, and is the same byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from concordat import __version__
from concordat.assets.papers.matter import Act, Office
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.cooperation import answers, assistance
from concordat.cooperation.folders.requestfolder import RequestFolder
from concordat.cooperation.orders.messages import Answer, Body, Opening, Refusal, Words
from concordat.cooperation.papers import extradition, letters, replies
from concordat.cooperation.papers.petition import Petition
from concordat.cooperation.papers.replies import Judged
from concordat.cooperation.states import AssistanceStatus
from concordat.cooperation.words import RequestKind
from concordat.evidence import places, registry, store
from concordat.evidence.assess import Assessment, Verdict
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, in_order
from concordat.membership import agencies, numbers
from concordat.rendering import html, json, pdf
from concordat.rendering.content import LANGUAGES, Document

GENERATOR: Final = f"concordat-ledger {__version__}"
#: Which status an event leads to, for the timeline of an extradition.
_STATUS: Final[Mapping[str, AssistanceStatus]] = {
    "Asked": AssistanceStatus.SUBMITTED,
    "PassedOn": AssistanceStatus.SENT,
    "NotPassedOnBy": AssistanceStatus.NOT_PASSED_ON,
    "Acknowledged": AssistanceStatus.RECEIVED,
    "AssignedTo": AssistanceStatus.ASSIGNED,
    "SupplementAskedFor": AssistanceStatus.SUPPLEMENT_ASKED,
    "RequestAccepted": AssistanceStatus.ACCEPTED,
    "RequestPostponed": AssistanceStatus.POSTPONED,
    "ExecutionBegun": AssistanceStatus.EXECUTING,
    "RequestRefused": AssistanceStatus.REFUSED,
    "AnswerConfirmed": AssistanceStatus.CONFIRMED,
    "RequestWithdrawn": AssistanceStatus.WITHDRAWN,
}


def write(desk: Desk, file: RequestFolder, events: Iterable[Event]) -> list[Path]:
    """Write the papers of events of one request into its folder; events that make none are passed over.

    Args:
        desk: of whoever acted.
        file: the own folder of the request.
        events: for instance of a receipt.

    Returns:
        The files.

    Raises:
        FileError: a file could not be written; what was done on the chain stands.
    """
    mine = [each for each in events if bytes(each.args.get("request", b"")) == file.told.id]
    written: list[Path] = []
    if not any(each.name in _Papers.makes for each in mine):
        return written
    made = _Papers(desk, file)
    for event in eventlog.with_times(desk.chain, mine):
        for name, document in made.of(event):
            written += files(file.papers, f"{_stamp(event)}-{name}", document)
    return written


def write_all(desk: Desk, file: RequestFolder) -> list[Path]:
    """Write all papers of a request that this desk can write; see :func:`write`."""
    chain, key = desk.chain, file.told.id
    return write(desk, file, in_order((*assistance.history(chain, key), *answers.history(chain, key))))


class _Papers:
    """Makes the papers of one request."""

    makes: Final = frozenset(
        {"Asked", "PassedOn", "Acknowledged", "RequestAccepted", "RequestRefused", "RequestAnswered"}
    )

    def __init__(self, desk: Desk, file: RequestFolder) -> None:
        self.desk = desk
        self.file = file
        self.members = names(desk.chain)
        self.bodies = {digest: message.body for digest, message in file.opened()}
        self.history = eventlog.with_times(
            desk.chain,
            in_order(
                (
                    *assistance.history(desk.chain, file.told.id),
                    *answers.history(desk.chain, file.told.id),
                )
            ),
        )
        self.petition = self._petition()

    def of(self, event: Event) -> Iterator[tuple[str, Document]]:
        """The paper of an event with the name of its files; none where the writer may not know enough."""
        act, petition = _act(event), self.petition
        match event.name, self._body(event):
            case "Asked", _:
                yield "letter", letters.request_letter(petition, act)
                if petition.request.kind in (RequestKind.EXTRADITION, RequestKind.REPATRIATION):
                    yield "extradition", extradition.checklist(petition, act, self._timeline())
            case "PassedOn", Opening() as opening:
                message = bytes(event.args["message"])
                yield "transmission", letters.transmission(petition, act, opening, message)
            case "Acknowledged", _:
                receiver = self._office(event.args["receiver"])
                yield "acknowledgement", letters.acknowledgement(petition, act, receiver)
            case "RequestAccepted", Words() as words:
                granted = bool(event.args["presenceGranted"])
                yield "conditions", replies.conditions(petition, act, words, presence=granted)
            case "RequestRefused", Refusal() as refused:
                yield "refusal", replies.refusal(petition, act, refused)
            case "RequestAnswered", Answer() as given:
                part = 0 if given.complete and self._part(event) == 1 else self._part(event)
                yield "answer", replies.answer(petition, act, given, self._judged(event), part)

    def _body(self, event: Event) -> Body | None:
        for value in ("message", "conditions"):
            digest = event.args.get(value)
            if digest is not None and bytes(digest) in self.bodies:
                return self.bodies[bytes(digest)]
        return None

    def _petition(self) -> Petition:
        told, request = self.file.told, self.file.request
        known = assistance.request_of(self.desk.chain, told.id)
        home = numbers.jurisdiction_of(told.agency)
        authority = int(self.desk.chain.call(agencies.REGISTRY, "centralAuthority", home))
        passed = next((each for each in self.history if each.name == "PassedOn"), None)
        passed_on = int(passed.args["authority"]) if passed else authority
        through = not request.kind.is_direct and authority not in (0, told.agency)
        return Petition(
            id=told.id,
            request=request,
            asker=self._office(told.agency),
            home=places.alpha(home),
            writer=self._office(own_agency(self.desk)),
            own_authority=self._office(passed_on) if through else None,
            receiver=self._office(known.receiver) if known and known.receiver else None,
            executor=self._office(known.executor) if known and known.executor else None,
            acknowledge_by=known.acknowledge_by if known else 0,
            answer_by=known.answer_by if known else 0,
            checklist=self.file.checklist,
            generator=GENERATOR,
        )

    def _office(self, number: int) -> Office:
        return Office(number, called(self.members, number))

    def _part(self, event: Event) -> int:
        """Number of an answer among all of this request, from 1."""
        given = [each for each in self.history if each.name == "RequestAnswered"]
        return 1 + sum(1 for each in given if (each.block, each.log_index) < (event.block, event.log_index))

    def _judged(self, event: Event) -> tuple[Judged, ...]:
        found = []
        for each in self.history:
            if each.name != "AcquisitionAnswered" or each.transaction != event.transaction:
                continue
            if not each.args["forum"]:
                continue
            acquired = registry.acquisition(self.desk.chain, each.args["agency"], bytes(each.args["root"]))
            method = acquired.facts.method if acquired else None
            verdict, missing = Verdict(each.args["verdict"]), int(each.args["missing"])
            lines = self.file.checklist.lines(method) if self.file.checklist and method else []
            assessment = _assessment(verdict, missing, lines)
            forum = places.alpha(each.args["forum"])
            found.append(Judged(bytes(each.args["root"]), forum, assessment, method))
        return tuple(found)

    def _timeline(self) -> list[extradition.Step]:
        return [
            extradition.Step(self._status(each), each.time, self._actor(each))
            for each in self.history
            if each.name in _STATUS or each.name == "RequestAnswered"
        ]

    def _actor(self, event: Event) -> str:
        values = ("authority", "receiver", "executor", "asker", "agency", "from")
        number = next((int(event.args[each]) for each in values if each in event.args), 0)
        return called(self.members, number) if number else ""

    def _status(self, event: Event) -> AssistanceStatus:
        if event.name == "RequestAnswered":
            return AssistanceStatus.FULFILLED if event.args["complete"] else AssistanceStatus.PARTIAL
        return _STATUS[event.name]


def _assessment(verdict: Verdict, missing: int, lines: Sequence[Mapping[str, object]]) -> Assessment:
    """What is missing by its severity; the event says what, the checklist how grave that is."""
    grave = {str(line["bit"]): str(line["severity"]) for line in lines}
    parts = {"FATAL": 0, "CURABLE": 0, "NOTED": 0}
    other = {Verdict.REFUSED: "FATAL", Verdict.NO_STANDARD: "FATAL", Verdict.CURABLE: "CURABLE"}
    for bit in range(missing.bit_length()):
        if missing >> bit & 1:
            parts[grave.get(str(bit), other.get(verdict, "NOTED"))] |= 1 << bit
    return Assessment(verdict, parts["FATAL"], parts["CURABLE"], parts["NOTED"])


def files(place: Path, name: str, document: Document, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write one paper; a file that is there with the same bytes is the same paper."""
    contents = {
        ".pdf": pdf.render(document, languages),
        ".html": html.render(document, languages).encode(),
        ".json": json.encode(document),
    }
    with store.guard("write the papers"):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for ending, content in contents.items():
            store.write(place / f"{name}{ending}", content)
    return [place / f"{name}{ending}" for ending in contents]


def _act(event: Event) -> Act:
    return Act(event.time, str(event.args.get("officer", "–")), event.transaction, event.block)


def _stamp(event: Event) -> str:
    return datetime.fromtimestamp(event.time, UTC).strftime("%Y%m%dT%H%M%SZ")
