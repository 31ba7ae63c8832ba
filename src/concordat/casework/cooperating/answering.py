# SPDX-License-Identifier: Apache-2.0
"""The executing agency's side: accept, ask for a supplement, postpone, begin, refuse, answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from concordat.assets import requests
from concordat.casework.cooperating import acting, documents, naming
from concordat.casework.cooperating.acting import Done
from concordat.casework.cooperating.naming import NOT_SENT, Found
from concordat.casework.cooperating.verdicts import ForumVerdict, by_checklist
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming as freezes
from concordat.casework.guards import registered
from concordat.cooperation import answers
from concordat.cooperation.answers import Reference
from concordat.cooperation.folders.requestfolder import RequestFolder
from concordat.cooperation.orders.messages import (
    Answer,
    Body,
    Cited,
    MessageType,
    Postponement,
    Refusal,
    Words,
)
from concordat.cooperation.words import PostponeReason, ReferenceKind, RefusalGround, ShortAnswer
from concordat.errors import UsageError
from concordat.evidence import registry
from concordat.evidence.package import Package
from concordat.ledger.protocol import Receipt
from concordat.membership import numbers


@dataclass(frozen=True)
class Given:
    """What an answer is to point at, as it is named.

    Attributes:
        acquisitions: packages, or roots as 0x and 64 digits.
        freezes: freeze requests; holds: holds; both as the freeze commands name them.
        documents: files, which are sealed to the asker and travel with the answer.
    """

    acquisitions: Sequence[str] = ()
    freezes: Sequence[str] = ()
    holds: Sequence[str] = ()
    documents: Sequence[Path] = ()


@dataclass(frozen=True)
class Prepared:
    """An answer as it would be sent.

    Attributes:
        verdicts: of each acquisition, by the checklist that came with the request.
    """

    answer: Answer
    verdicts: tuple[ForumVerdict, ...]


@dataclass(frozen=True)
class Answered:
    """An answer that was sent."""

    done: Done
    prepared: Prepared


Agree = Callable[[Prepared], None]
"""Shows what would be answered and raises if whoever acts does not agree."""


def accept(desk: Desk, text: str, conditions: Words | None = None, *, presence: bool | None = None) -> Done:
    """Accept a request, with conditions or without; grant the presence of the asker's officials or not.

    Raises:
        UsageError: no request is meant, its message is not for the own agency, or presence was wished and
            nothing is said about it.
        VerificationError: the message says other things than the chain.
        ContractError: refused; nothing was accepted.
    """
    found, file = _own(desk, text)
    if file.request.presence and presence is None:
        raise UsageError(
            f"{found.name} wishes that own officials are there.",
            code="assistance.presence",
            kept=NOT_SENT,
            next="Say --presence granted, or --presence refused.",
        )

    def send() -> Receipt:
        hash_ = _told(desk, found, file, MessageType.CONDITIONS, conditions) if conditions else None
        return answers.accept(
            desk.ledger, desk.signer, found.id, hash_ or answers.NO_CONDITIONS, presence=bool(presence)
        )

    return acting.once(desk, found, "accept", acting.event(desk, found.id, "RequestAccepted"), send)


def begin(desk: Desk, text: str) -> Done:
    """Say that the request is being carried out."""
    found, _ = _own(desk, text)
    earlier = acting.event(desk, found.id, "ExecutionBegun")
    return acting.once(
        desk, found, "begin", earlier, lambda: answers.begin(desk.ledger, desk.signer, found.id)
    )


def ask_supplement(desk: Desk, text: str, words: Words) -> Done:
    """Ask the asker for more; the clock stands until it comes."""
    found, file = _own(desk, text)
    message = _told(desk, found, file, MessageType.SUPPLEMENT_ASKED, words)
    return acting.once(
        desk,
        found,
        "ask for a supplement",
        acting.event(desk, found.id, "SupplementAskedFor", message=message),
        lambda: answers.ask_supplement(desk.ledger, desk.signer, found.id, message),
    )


def postpone(desk: Desk, text: str, until: int, reason: PostponeReason, why: str) -> Done:
    """Postpone until a time (seconds since 1970 UTC), for a reason; the clock stands until then."""
    found, file = _own(desk, text)
    message = _told(desk, found, file, MessageType.POSTPONED, Postponement(until, reason, why))
    return acting.once(
        desk,
        found,
        "postpone",
        acting.event(desk, found.id, "RequestPostponed", message=message),
        lambda: answers.postpone(desk.ledger, desk.signer, found.id, until, reason, message),
    )


def refuse(desk: Desk, text: str, ground: RefusalGround, why: str) -> Done:
    """Refuse a request, on a coded ground with its reasons."""
    found, file = _own(desk, text)

    def send() -> Receipt:
        message = _told(desk, found, file, MessageType.REFUSAL, Refusal(ground, why))
        return answers.refuse(desk.ledger, desk.signer, found.id, ground, message)

    return acting.once(desk, found, "refuse", acting.event(desk, found.id, "RequestRefused"), send)


def answer(
    desk: Desk,
    text: str,
    words: str,
    given: Given,
    *,
    complete: bool = True,
    short: ShortAnswer | None = None,
    agree: Agree = lambda _: None,
) -> Answered:
    """Answer a request, in part or completely.

    Acquisitions are judged by exactly the checklist that came with the request before anything is sent; the
    chain judges them again, by the forum's standards in force, as the answer is given.

    Args:
        desk: of an officer with ANSWER of the executing agency.
        text: which request.
        words: the answer in words.
        given: what it points at.
        complete: whether nothing more follows.
        short: yes, no or in part, for kinds that ask for that.
        agree: is shown what would be answered, and raises unless that is to be.

    Raises:
        UsageError: no request is meant, or what it points at is nowhere.
        ContractError: refused; nothing was answered.
    """
    found, file = _own(desk, text)
    asker = acting.known(desk, found).asker
    cited = (
        *cited_by(desk, given),
        *(documents.enclose(desk, file, each, asker) for each in given.documents),
    )
    prepared = Prepared(
        Answer(complete, words, short, cited),
        tuple(by_checklist(desk, file.checklist, each.agency, each.key) for each in _acquired(cited)),
    )
    message = _known_message(file, prepared.answer)
    earlier = acting.event(desk, found.id, "RequestAnswered", message=message) if message else None

    def send() -> Receipt:
        agree(prepared)
        said = _told(desk, found, file, MessageType.ANSWER, prepared.answer)
        return answers.answer(
            desk.ledger,
            desk.signer,
            found.id,
            [each.reference for each in cited],
            said,
            complete=complete,
            short=short,
        )

    return Answered(acting.once(desk, found, "answer", earlier, send), prepared)


def cited_by(desk: Desk, given: Given) -> tuple[Cited, ...]:
    """What an answer points at on the chain, each found.

    Raises:
        UsageError: one is nowhere.
    """
    return (
        *(_acquisition(desk, each) for each in given.acquisitions),
        *(_freeze(desk, each) for each in given.freezes),
        *(_hold(desk, each) for each in given.holds),
    )


def _own(desk: Desk, text: str) -> tuple[Found, RequestFolder]:
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    return acting.with_folder(desk, found)


def _told(desk: Desk, found: Found, file: RequestFolder, kind: MessageType, body: Body) -> bytes:
    return acting.say(desk, file, kind, body, acting.known(desk, found).asker)


def _known_message(file: RequestFolder, body: Answer) -> bytes | None:
    return next((digest for digest, message in file.opened() if message.body == body), None)


def _acquired(cited: Sequence[Cited]) -> list[Reference]:
    found = (each.reference for each in cited)
    return [each for each in found if each.kind is ReferenceKind.ACQUISITION]


def _acquisition(desk: Desk, text: str) -> Cited:
    digits = text.lower().removeprefix("0x")
    if len(digits) == 64 and all(each in "0123456789abcdef" for each in digits):
        root = bytes.fromhex(digits)
        events = desk.chain.events(registry.REGISTRY, "AcquisitionRegistered", root=root)
        if not events:
            raise _nowhere(f"Nothing is registered under 0x{digits}.", "Register it: concordat register")
        agency = int(events[-1].args["agency"])
        return Cited(
            Reference(ReferenceKind.ACQUISITION, agency, root), f"acquisition of {numbers.label(agency)}"
        )
    package = Package.open(Path(text))
    root, agency = registered(package)
    return Cited(Reference(ReferenceKind.ACQUISITION, agency, root), package.name)


def _freeze(desk: Desk, text: str) -> Cited:
    found = freezes.request_named(desk, text)
    known = requests.request_of(desk.chain, found.id)
    if known is None:
        raise _nowhere(f"{found.name} was not sent yet.", "Send it: concordat freeze request")
    return Cited(
        Reference(ReferenceKind.FREEZE_REQUEST, known.agency, found.id), f"freeze request {found.name}"
    )


def _hold(desk: Desk, text: str) -> Cited:
    found = freezes.hold_named(desk, text)
    return Cited(
        Reference(ReferenceKind.HOLD, found.named.institution, found.named.hold), f"hold {found.name}"
    )


def _nowhere(what: str, advice: str) -> UsageError:
    return UsageError(what, code="assistance.no_reference", kept=NOT_SENT, next=advice)
