# SPDX-License-Identifier: Apache-2.0
"""Messages that a bank's own systems take and give, in the shape of ISO 20022.

Out: one query (auth.001) a target, and one recall (camt.056) for each payment that is to be stopped. Back in:
replies (auth.002) and resolutions (camt.029), as answers. None of them orders or confirms a freeze: what a
reply says becomes the nearest answer, with the message's own words as remark, and a second officer checks it.

    auth.002  NFOU                no such account
              FOUN                acknowledged: the account is there; whether it is held nobody said
    camt.029  CNCL, ACCR          held: the payment was stopped; the message's amount, else what was asked
              PDCR                acknowledged
              RJCR with NOOR      no such payment: not found
              RJCR with AM04      no funds
              RJCR otherwise      refused, with the reason in words

What else a message says is for a person: it is refused here with a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from concordat.assets import iso20022
from concordat.assets.inbox.booksheet import clean
from concordat.assets.iso20022 import Assignment, Finding, PaymentResolution, agent_of, message_id
from concordat.assets.iso20022.recall import ACCEPTED, CANCELLED, PENDING, REJECTED
from concordat.assets.iso20022.xml import MAX_BYTES
from concordat.assets.orders.answers import Answer
from concordat.assets.orders.order import Order, Target
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.casework.institution import books, incoming
from concordat.casework.institution.books import Exported, LeftOut
from concordat.casework.institution.incoming import Arrival, Letter
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import store

QUERY, RECALL = "auth.001", "camt.056"
LONGEST_BASIS: Final = 35
"""Characters that auth.001 has for the legal basis."""
_LOOK_BACK: Final = 30 * 86_400
"""Seconds before the request from which a statement is asked where the order names no payment."""
_SHOWN: Final = 200


def export(desk: Desk, folder: Path) -> Exported:
    """Write the messages about all that is to be answered; a file of the same name is replaced.

    Raises:
        UsageError: nothing is to be answered, or nothing of it can be opened.
        FileError: the folder cannot be written.
    """
    ready, left_out = books.readable(desk)
    if not ready:
        raise books.nothing_to_write(left_out)
    known = names(desk.chain)
    own = called(known, own_agency(desk))
    files: list[Path] = []
    gone: set[bytes] = set()
    for arrival, letter in ready:
        order, opened = letter.required()
        makers = {QUERY: partial(_query, arrival, order, opened.target)}
        if opened.target.payment is not None:
            asker = called(known, arrival.request.agency)
            makers[RECALL] = partial(_recall, arrival, order, opened.target, asker, own, desk.clock.now)
        for kind, make in makers.items():
            try:
                content = make()
            except ConcordatError as error:  # an account or a text that the message does not carry
                left_out.append(LeftOut(arrival, f"no {kind}: {error.message}"))
                continue
            path = folder / f"{message_id(arrival.id)}.{kind}.xml"
            with store.guard(f"write {path}"):
                store.write(path, content)
            files.append(path)
            gone.add(arrival.id)
    return Exported(tuple(files), len(gone), tuple(left_out))


def answers_of(desk: Desk, path: Path, officer: str) -> tuple[Answer, ...]:
    """The answers that a reply or a resolution amounts to; nothing is sent.

    Raises:
        MessageError: it breaks a rule of its kind.
        UsageError: it is of another kind, of another institution, or says what no answer can be made of.
    """
    data = books.read_file(path, MAX_BYTES)
    known = incoming.arrivals(desk)
    if b"tech:xsd:auth.002." in data:
        return tuple(_of_reply(data, known, officer))
    if b"tech:xsd:camt.029." in data:
        return tuple(_of_resolution(desk, data, known, officer))
    raise UsageError(
        f"{path.name} is neither auth.002.001.01 nor camt.029.001.09.",
        code="iso20022.kind",
        kept="Nothing was sent.",
        next="Give a reply or a resolution, or answer by hand: concordat freeze answer HOLD --kind KIND",
    )


def _query(arrival: Arrival, order: Order, target: Target) -> bytes:
    request = arrival.request
    paid = target.payment.value_time if target.payment else None
    start = request.requested_at - _LOOK_BACK if paid is None else min(paid, request.requested_at)
    query = iso20022.query_of(
        order,
        target,
        id=message_id(arrival.id),
        period=(start, request.requested_at),
        due=arrival.due,
    )
    return iso20022.write_query(replace(query, legal_basis=query.legal_basis[:LONGEST_BASIS]))


def _recall(arrival: Arrival, order: Order, target: Target, asker: str, own: str, now: int) -> bytes:
    assignment = Assignment(message_id(arrival.id), agent_of(asker), agent_of(own), now)
    recall = iso20022.recall_of(order, target, id=message_id(arrival.id), assignment=assignment)
    return iso20022.write_recall(recall)


def _of_reply(data: bytes, known: Sequence[Arrival], officer: str) -> Iterator[Answer]:
    reply, _ = iso20022.read_reply(data)
    arrival = incoming.one(known, reply.query)
    said = {finding.status for finding in reply.findings}
    kinds = {frozenset({"NFOU"}): AnswerKind.NOT_FOUND, frozenset({"FOUN"}): AnswerKind.ACKNOWLEDGED}
    kind = kinds.get(frozenset(each for each in said if each))
    if kind is None or reply.status == "NRES":
        raise _for_a_person(f"auth.002 with status {_shown(reply.status)}")
    yield Answer(f"0x{arrival.id.hex()}", kind, officer, remarks=_words("auth.002", reply.findings))


def _of_resolution(desk: Desk, data: bytes, known: Sequence[Arrival], officer: str) -> Iterator[Answer]:
    resolution, _ = iso20022.read_resolution(data)
    if not resolution.payments:
        raise _for_a_person("camt.029 without payments")
    open_ = [each for each in known if each.at.status.awaits_answer]
    letters: dict[bytes, Letter] = {}
    for payment in resolution.payments:
        if payment.cancellation_id:
            arrival = incoming.one(known, payment.cancellation_id)
        else:
            letters = letters or incoming.letters(desk, open_)
            arrival = _by_payment(open_, letters, payment)
        if arrival.id not in letters:
            letters |= incoming.letters(desk, [arrival])
        _, opened = letters[arrival.id].required()
        status = payment.status or resolution.confirmation or ""
        yield _resolved(arrival, opened.target, payment, status, officer)


def _resolved(
    arrival: Arrival, target: Target, payment: PaymentResolution, status: str, officer: str
) -> Answer:
    words = clean(" ".join(filter(None, ("camt.029", status, payment.reason, *payment.information))))[:_SHOWN]
    draft = Answer(f"0x{arrival.id.hex()}", AnswerKind.ACKNOWLEDGED, officer, remarks=words)
    if status in (ACCEPTED, CANCELLED):
        held = payment.amount or target.amount
        if held is None:
            raise _for_a_person("camt.029 that names no amount, where the whole balance was asked")
        part = target.amount is not None and held.currency == target.amount.currency and held < target.amount
        return replace(draft, kind=AnswerKind.HELD_PART if part else AnswerKind.HELD, held=held)
    if status == PENDING:
        return draft
    if status == REJECTED:
        kinds = {"NOOR": AnswerKind.NOT_FOUND, "AM04": AnswerKind.NO_FUNDS}
        kind = kinds.get(payment.reason or "", AnswerKind.REFUSED)
        return replace(draft, kind=kind, code=Refusal.OTHER if kind is AnswerKind.REFUSED else None)
    raise _for_a_person(f"camt.029 with status {_shown(status)}")


def _by_payment(
    open_: Sequence[Arrival], letters: dict[bytes, Letter], payment: PaymentResolution
) -> Arrival:
    """The target whose payment a resolution names by UETR or end-to-end id."""
    found = []
    for arrival in open_:
        target = letters[arrival.id].target
        asked = target.target.payment if target else None
        by_uetr = asked is not None and payment.uetr is not None and asked.uetr == payment.uetr
        by_id = asked is not None and payment.end_to_end_id is not None
        if by_uetr or (by_id and asked is not None and asked.end_to_end_id == payment.end_to_end_id):
            found.append(arrival)
    if len(found) != 1:
        raise _for_a_person(f"camt.029 about a payment of {len(found) or 'no'} open requests")
    return found[0]


def _words(name: str, findings: Sequence[Finding]) -> str:
    said = [part for each in findings for part in (each.status, each.information) if part]
    return clean(" ".join([name, *said]))[:_SHOWN]


def _shown(word: str | None) -> str:
    return f"'{word[:8]}'" if word else "none"


def _for_a_person(what: str) -> UsageError:
    return UsageError(
        f"No answer can be made of this message: {what}.",
        code="iso20022.for_a_person",
        kept="Nothing was sent.",
        next="Answer by hand: concordat freeze answer HOLD --kind KIND",
    )
