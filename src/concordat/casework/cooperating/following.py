# SPDX-License-Identifier: Apache-2.0
"""What came back: messages opened with a receipt, supplements, confirmation, exclusion by a court."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from concordat.casework.cooperating import acting, documents, naming
from concordat.casework.cooperating.acting import Done
from concordat.casework.cooperating.naming import Found
from concordat.casework.cooperating.verdicts import ForumVerdict, by_chain
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import answers, assistance
from concordat.cooperation.answers import Reference
from concordat.cooperation.folders.requestfolder import RequestFolder
from concordat.cooperation.orders import messages
from concordat.cooperation.orders.messages import Answer, Message, MessageType, Postponement, Refusal, Words
from concordat.errors import UsageError, VerificationError
from concordat.ledger.protocol import Event

#: Events with a message to the asker: the value that holds its hash, and its type.
TO_ASKER: Final = {
    "RequestAccepted": ("conditions", MessageType.CONDITIONS),
    "SupplementAskedFor": ("message", MessageType.SUPPLEMENT_ASKED),
    "RequestPostponed": ("message", MessageType.POSTPONED),
    "RequestRefused": ("message", MessageType.REFUSAL),
    "RequestAnswered": ("message", MessageType.ANSWER),
}


@dataclass(frozen=True)
class Letter:
    """A message that came in the course of a request.

    Attributes:
        event: that carries its hash.
        digest: hash of the sealed message.
    """

    event: Event
    digest: bytes
    kind: MessageType


@dataclass(frozen=True)
class Received:
    """A message that was opened.

    Attributes:
        done: the receipt on the chain.
        verdicts: of an answer: what the forum makes of each acquisition, as the chain found.
        documents: files that came with an answer.
    """

    letter: Letter
    message: Message = field(repr=False)
    done: Done
    verdicts: tuple[ForumVerdict, ...] = ()
    documents: tuple[Path, ...] = ()


def letters(desk: Desk, request: bytes, own: int) -> list[Letter]:
    """The messages to an agency in the course of a request, beside the request itself, oldest first."""
    known = assistance.request_of(desk.chain, request)
    if known is None:
        return []
    found = []
    if known.asker == own:
        for event in answers.history(desk.chain, request):
            if event.name in TO_ASKER and any(event.args[TO_ASKER[event.name][0]]):
                value, kind = TO_ASKER[event.name]
                found.append(Letter(event, bytes(event.args[value]), kind))
    if known.executor == own:
        for event in assistance.history(desk.chain, request):
            if event.name == "Supplemented":
                found.append(Letter(event, bytes(event.args["message"]), MessageType.SUPPLEMENT))
    return found


def receive(desk: Desk, text: str) -> list[Received]:
    """Open every message that came in the course of a request, and give the receipts; again does no harm.

    Raises:
        UsageError: no request is meant, nothing came, or a message is nowhere.
        VerificationError: a message says other things than the chain.
    """
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    came = letters(desk, found.id, own_agency(desk))
    if not came:
        raise UsageError(
            f"Nothing came about {found.name} yet.",
            code="assistance.nothing_came",
            next="See how it stands: concordat assistance show",
        )
    found, file = acting.with_folder(desk, found)
    return [_opened(desk, found, file, each) for each in came]


def supplement(desk: Desk, text: str, words: Words) -> Done:
    """Give what was asked for in addition, as the asker; the clock runs on."""
    found = naming.request_named(desk, text)
    known = acting.known(desk, found)
    found, file = acting.with_folder(desk, found)
    message = acting.say(desk, file, MessageType.SUPPLEMENT, words, known.executor)
    return acting.once(
        desk,
        found,
        "supplement",
        acting.event(desk, found.id, "Supplemented", message=message),
        lambda: assistance.supplement(desk.ledger, desk.signer, found.id, message),
    )


def confirm(desk: Desk, text: str) -> Done:
    """Confirm, as the asker, that this is what was asked for."""
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    return acting.once(
        desk,
        found,
        "confirm",
        acting.event(desk, found.id, "AnswerConfirmed"),
        lambda: answers.confirm(desk.ledger, desk.signer, found.id),
    )


def exclude(desk: Desk, text: str, root: bytes, ruling: bytes) -> Done:
    """Record, as a court, that an acquisition that answered a request was excluded.

    Args:
        desk: of an officer with JUDGE.
        text: which request.
        root: of the acquisition.
        ruling: keccak256 of the ruling's text, 32 bytes.

    Raises:
        UsageError: the request was not answered with it.
    """
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    answered = acting.event(desk, found.id, "AcquisitionAnswered", root=root)
    if answered is None:
        raise UsageError(
            f"{found.name} was not answered with the acquisition 0x{root.hex()}.",
            code="assistance.not_answered_with",
            kept=naming.NOT_SENT,
            next="See with what it was answered: concordat assistance show",
        )
    agency = int(answered.args["agency"])
    return acting.once(
        desk,
        found,
        "exclude",
        acting.event(desk, found.id, "EvidenceExcluded", root=root),
        lambda: answers.record_exclusion(desk.ledger, desk.signer, found.id, agency, root, ruling),
    )


def _opened(desk: Desk, found: Found, file: RequestFolder, letter: Letter) -> Received:
    data = post.unseal(desk, own_agency(desk), letter.digest, letter.kind.sealed_kind)
    message = messages.expect(data, letter.kind, found.id)
    differences = tuple(_differences(message, letter.event))
    if differences:
        raise VerificationError(
            f"The {letter.kind.value} says other things than the chain: {', '.join(differences)}.",
            code="assistance.message_differs",
            kept="No receipt was given.",
            next="Call the other side back by a number that you know already.",
        )
    file.keep_sealed(post.fetch(desk, letter.digest))
    file.keep_opened(letter.digest, message)
    body = message.body
    papers = documents.take_out(desk, file, body.cited) if isinstance(body, Answer) else []
    done = acting.give_receipt(desk, found, letter.digest)
    verdicts = tuple(_verdicts(desk, file, found, letter.event))
    return Received(letter, message, done, verdicts, tuple(papers))


def _verdicts(desk: Desk, file: RequestFolder, found: Found, event: Event) -> Iterator[ForumVerdict]:
    """What the forum made of each acquisition of this answer: the events of the same transaction."""
    if event.name != "RequestAnswered":
        return
    for each in answers.history(desk.chain, found.id):
        if each.name == "AcquisitionAnswered" and each.transaction == event.transaction:
            yield by_chain(desk, file.checklist, each)


def _plain(reference: Reference) -> tuple[int, int, bytes]:
    return int(reference.kind), reference.agency, reference.key


def _differences(message: Message, event: Event) -> Iterator[str]:
    match message.body:
        case Answer() as body:
            said = [_plain(each.reference) for each in body.cited]
            there = [(each.kind, each.agency, bytes(each.key)) for each in event.args["references"]]
            if said != there:
                yield "what it points at"
            if body.complete != event.args["complete"]:
                yield "whether it is complete"
            if int(body.short or 0) != event.args["short"]:
                yield "yes or no"
        case Refusal() as body:
            if int(body.ground) != event.args["ground"]:
                yield "the ground"
        case Postponement() as body:
            if (body.until, int(body.reason)) != (event.args["until"], event.args["reason"]):
                yield "until when, or why"
        case _:
            return
