# SPDX-License-Identifier: Apache-2.0
"""The papers of what was done: for each event of a request the paper of its act, as PDF, HTML and JSON.

A paper is made from the chain and from what its writer may know (the order in the request's folder, or the
message to the own agency); it is dated by its block. So it can be written at any time, and is the same byte
for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from concordat.assets import holds, objections
from concordat.assets import requests as chain_requests
from concordat.assets.keyfigures import tally
from concordat.assets.orders import notice
from concordat.assets.papers import decisions, holder, orders, slips
from concordat.assets.papers.matter import Act, Item, Matter
from concordat.assets.states import Outcome, ReleaseReason
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming
from concordat.casework.freezing.papermatter import GENERATOR, Knowledge
from concordat.evidence import store
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, in_order
from concordat.rendering import html, json, pdf
from concordat.rendering.content import LANGUAGES, Document

FOLDER: Final = "papers"
#: Events that make a paper.
PAPERS: Final = (
    "FreezeRequested",
    "FreezeRatified",
    "FreezeEndorsed",
    "FreezeDeclined",
    "FreezeWithdrawn",
    "Answered",
    "Renewed",
    "Released",
    "Objected",
    "ObjectionDecided",
    "DispositionDecided",
)


@dataclass(frozen=True)
class Paper:
    """One paper with the name of its files, without ending."""

    name: str
    document: Document


def write(
    desk: Desk,
    events: Iterable[Event],
    *,
    out: Path | None = None,
    languages: Sequence[str] = LANGUAGES,
) -> list[Path]:
    """Write the papers of events, for instance of a receipt; events that make none are passed over.

    Args:
        desk: of whoever acted.
        events: of one or more requests.
        out: folder; by default ``papers`` in the request's folder, or beside the workspace.
        languages: ``en``, ``zh`` or both.

    Returns:
        The files.

    Raises:
        FileError: a file could not be written; what was done on the chain stands.
    """
    written, known = [], Knowledge(desk)
    for request, group in _by_request(desk, events).items():
        place = out or folder_of(desk, request)
        for paper in papers(known, request, group):
            written += _files(place, paper, languages)
    return written


def write_all(
    desk: Desk, text: str, *, out: Path | None = None, languages: Sequence[str] = LANGUAGES
) -> list[Path]:
    """Write all papers of a request, or of one hold, that this desk can write.

    Raises:
        UsageError: no request is meant, or it was not sent yet.
        FileError: a file could not be written.
    """
    found = naming.holds_named(desk, text)
    request = found[0].request.id
    wanted = {each.named.hold for each in found}
    events = [
        event
        for event in eventlog.with_times(desk.chain, _history(desk, request, wanted))
        if event.args.get("hold", found[0].named.hold) in wanted
    ]
    return write(desk, events, out=out, languages=languages)


def write_notice(
    desk: Desk, text: str, held: notice.Notice, out: Path, *, languages: Sequence[str] = LANGUAGES
) -> list[Path]:
    """Write the paper that goes to the account holder; never done by an act, as it would be a warning.

    Args:
        desk: of the requester or the institution.
        text: the hold.
        held: what comes with the notice.
        out: folder.
        languages: ``en``, ``zh`` or both.
    """
    found = naming.hold_named(desk, text)
    matter = Knowledge(desk).matter(found.request.id)
    item = next(each for each in matter.items if each.hold == found.named.hold)
    history = eventlog.with_times(desk.chain, holds.history(desk.chain, item.hold))
    added = tally.tally(history)
    event = added.held_by or history[0]
    until = added.until if added.remaining else 0
    document = holder.notice(matter, _act(event), item, held, until)
    return _files(out, Paper(f"notice-{item.number}", document), languages)


def write_payment(
    desk: Desk, event: Event, given: slips.Payment, out: Path, *, languages: Sequence[str] = LANGUAGES
) -> list[Path]:
    """Write the slip of one payment to a claim; ``event`` is its ``Paid``, with its time."""
    timed = eventlog.with_times(desk.chain, [event])[0]
    officer = str(timed.args.get("officer", "")) or desk.signer.address
    at = _act(timed)
    document = slips.payment(given, Act(at.at, officer, at.transaction, at.block), GENERATOR)
    return _files(out, Paper(f"{_stamp(timed)}-payment-{given.claim.hex()[:8]}", document), languages)


def folder_of(desk: Desk, request: bytes) -> Path:
    """Where the papers of a request go: into its folder, or beside the workspace where there is none."""
    file = naming.request_named(desk, f"0x{request.hex()}").file
    beside = desk.workspace.root.parent / FOLDER / f"0x{request.hex()[:10]}"
    return file.papers if file else beside


def papers(known: Knowledge, request: bytes, events: Sequence[Event]) -> list[Paper]:
    """The papers of events of one request."""
    made = _Papers(known, known.matter(request))
    return list(made.all(eventlog.with_times(known.desk.chain, events)))


_Make = Callable[[Matter, Act], Document]


class _Papers:
    """Makes the papers of one request."""

    def __init__(self, known: Knowledge, matter: Matter) -> None:
        self.known = known
        self.matter = matter
        self.items = {item.hold: item for item in matter.items}

    def all(self, events: Sequence[Event]) -> Iterator[Paper]:
        """One paper an act; answers of one transaction are one slip."""
        answered: dict[str, list[Event]] = {}
        for event in events:
            if event.name == "Answered":
                answered.setdefault(event.transaction, []).append(event)
            elif event.name in PAPERS:
                yield from self._one(event)
        for group in answered.values():
            yield self._answer(group)

    def _one(self, event: Event) -> Iterator[Paper]:
        match event.name:
            case "FreezeRequested":
                yield from self._each(event, "order", lambda m, act: orders.order(m, act))
            case "FreezeRatified":
                by = self.known.office(event.args["agency"])
                yield from self._each(event, "ratification", lambda m, act: orders.ratification(m, act, by))
            case "FreezeEndorsed":
                by = self.known.office(event.args["endorser"])
                yield from self._each(event, "endorsement", lambda m, act: orders.endorsement(m, act, by))
            case "FreezeDeclined":
                by, code = self.known.office(event.args["endorser"]), _refusal(event.args["code"])
                yield self._paper(event, "declining", orders.declining(self.matter, _act(event), by, code))
            case "FreezeWithdrawn":
                by, reason = self.known.office(event.args["agency"]), _reason(event.args["reason"])
                yield from self._each(
                    event, "withdrawal", lambda m, act: orders.withdrawal(m, act, by, reason)
                )
            case _:
                item = self.items[event.args["hold"]]
                yield self._paper(event, f"{_KINDS[event.name]}-{item.number}", self._of_hold(event, item))

    def _of_hold(self, event: Event, item: Item) -> Document:
        args, act, matter = event.args, _act(event), self.matter
        match event.name:
            case "Renewed":
                by = self.known.office(args["agency"])
                return orders.renewal(matter, act, item, by, args["until"], bytes(args["order"]))
            case "Released":
                by, left = self.known.office(args["agency"]), self._remaining(event)
                return orders.release(matter, act, item, by, args["amount"], left, _reason(args["reason"]))
            case "Objected":
                return decisions.objection(
                    matter, act, item, args["number"], bytes(args["grounds"]), args["reviewBy"]
                )
            case "ObjectionDecided":
                return decisions.review(
                    matter,
                    act,
                    item,
                    self.known.office(args["reviewer"]),
                    args["number"],
                    Outcome(args["outcome"]),
                    args["released"],
                    bytes(args["decision"]),
                )
            case _:
                split = self._split(event)
                return decisions.disposition(
                    matter, act, item, self.known.office(args["court"]), *split, bytes(args["judgment"])
                )

    def _each(self, event: Event, kind: str, make: _Make) -> Iterator[Paper]:
        """One for each institution: none learns of the others' accounts."""
        for office in self.matter.institutions():
            document = make(self.matter.at(office.number), _act(event))
            yield self._paper(event, f"{kind}-{_safe(office.name)}", document)

    def _answer(self, group: Sequence[Event]) -> Paper:
        told = [
            slips.Said(
                self.items[event.args["hold"]],
                AnswerKind(event.args["kind"]),
                event.args["amount"],
                _refusal(event.args["code"]) if event.args["code"] else None,
                event.args["until"],
                self.known.answer(event, self.matter.agency.number),
            )
            for event in group
        ]
        told.sort(key=lambda each: each.item.number)
        document = slips.answer(self.matter, _act(group[0]), told)
        return self._paper(group[0], f"answer-{_safe(told[0].item.institution.name)}", document)

    def _remaining(self, event: Event) -> int:
        """What stayed held after a release."""
        history = holds.history(self.known.desk.chain, event.args["hold"])
        place = (event.block, event.log_index)
        return tally.tally(each for each in history if (each.block, each.log_index) <= place).remaining

    def _split(self, event: Event) -> tuple[int, int, int]:
        """How a court divided what was held."""
        found = eventlog.of(self.known.desk.chain, holds.HOLDS, ("Disposed",), hold=event.args["hold"])
        args = found[-1].args  # a hold is disposed of once
        return args["toReturn"], args["forfeited"], args["released"]

    @staticmethod
    def _paper(event: Event, kind: str, document: Document) -> Paper:
        return Paper(f"{_stamp(event)}-{kind}", document)


_KINDS: Final[Mapping[str, str]] = {
    "Renewed": "renewal",
    "Released": "release",
    "Objected": "objection",
    "ObjectionDecided": "review",
    "DispositionDecided": "disposition",
}


_CONTRACTS: Final = (chain_requests.REQUESTS, holds.HOLDS, objections.OBJECTIONS)


def _by_request(desk: Desk, events: Iterable[Event]) -> dict[bytes, list[Event]]:
    """Events that make a paper, by their request; of a hold's event it is found by the hold's naming."""
    known: dict[bytes, bytes] = {}
    found: dict[bytes, list[Event]] = {}
    for event in events:
        if event.contract not in _CONTRACTS or event.name not in PAPERS:
            continue
        if "request" in event.args:
            request = event.args["request"]
        else:
            hold = event.args["hold"]
            if hold not in known:
                named = eventlog.of(desk.chain, holds.HOLDS, ("TargetNamed",), hold=hold)
                known[hold] = named[0].args["request"]
            request = known[hold]
        found.setdefault(request, []).append(event)
    return found


def _history(desk: Desk, request: bytes, wanted: Iterable[bytes]) -> list[Event]:
    found = chain_requests.history(desk.chain, request)
    for hold in wanted:
        found += holds.history(desk.chain, hold) + objections.history(desk.chain, hold)
    return in_order(found)


def _files(place: Path, paper: Paper, languages: Sequence[str]) -> list[Path]:
    """Write one paper; a file that is there with the same bytes is the same paper."""
    contents = {
        ".pdf": pdf.render(paper.document, languages),
        ".html": html.render(paper.document, languages).encode(),
        ".json": json.encode(paper.document),
    }
    written = []
    with store.guard("write the papers"):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for ending, content in contents.items():
            store.write(place / f"{paper.name}{ending}", content)
            written.append(place / f"{paper.name}{ending}")
    return written


def _act(event: Event) -> Act:
    return Act(event.time, str(event.args.get("officer", "–")), event.transaction, event.block)


def _stamp(event: Event) -> str:
    return datetime.fromtimestamp(event.time, UTC).strftime("%Y%m%dT%H%M%SZ")


def _safe(name: str) -> str:
    """A name of an agency as part of a file's name, on every system."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "_" for char in name)


def _refusal(code: int) -> Refusal:
    """A code that this version does not know is another reason."""
    return Refusal(code) if code in set(Refusal) else Refusal.OTHER


def _reason(code: int) -> ReleaseReason:
    return ReleaseReason(code) if code in set(ReleaseReason) else ReleaseReason.OTHER
