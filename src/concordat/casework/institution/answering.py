# SPDX-License-Identifier: Apache-2.0
"""The institution answers: one target or hundreds; all are seen to fit before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from concordat.afterwards import afterwards
from concordat.assets import holds
from concordat.assets.holds import NONE, ChainAnswer
from concordat.assets.life import HOLDINGS, OUTCOMES
from concordat.assets.orders import answers as forms
from concordat.assets.orders.answers import Answer
from concordat.assets.states import HoldState, HoldStatus
from concordat.assets.values import commitments
from concordat.assets.values.money import Money
from concordat.assets.words import AnswerKind
from concordat.casework.desk import Desk
from concordat.casework.freezing import doing, papers, post
from concordat.casework.freezing.offices import own_agency
from concordat.casework.institution import answerlog, incoming
from concordat.casework.institution.answerlog import Sealed
from concordat.casework.institution.incoming import Arrival, Letter, name_of
from concordat.errors import ConcordatError, UsageError
from concordat.ledger.protocol import Event, Receipt

BATCH: Final = 100
"""Answers in one transaction: some five million gas."""
_MOST_TOLD: Final = 200
_WITHOUT_MESSAGE: Final = (AnswerKind.DELIVERED, AnswerKind.UNREADABLE, AnswerKind.MISMATCH)
"""What can be said of a message that cannot be opened, or says other things than the chain."""
_STATES: Final[Mapping[AnswerKind, HoldState]] = {
    **{kind: HoldState[kind.name] for kind in AnswerKind if kind is not AnswerKind.BEHIND},
    AnswerKind.BEHIND: HoldState.WAITING,
}

Progress = Callable[[int, int], None]
"""Told how many answers of how many stand on the chain."""


@dataclass(frozen=True)
class Answered:
    """What came of answering.

    Attributes:
        sent: that were sent now.
        before: that stood on the chain already.
        carried: whether all messages lie in the mailbox; else they are to be carried by hand.
        uncarried: hashes of those that do not.
        unsealed: whose requester has no key, so that only the chain tells it; with the reason.
    """

    sent: tuple[Arrival, ...]
    before: tuple[Arrival, ...]
    receipts: tuple[Receipt, ...] = ()
    uncarried: tuple[bytes, ...] = ()
    unsealed: tuple[tuple[Arrival, str], ...] = ()

    @property
    def carried(self) -> bool:
        """Whether all messages lie in the mailbox."""
        return not self.uncarried


@dataclass(frozen=True)
class Ready:
    """Answers that fit, in their order, and all targets at this institution by the id of their hold."""

    answers: tuple[Answer, ...]
    known: Mapping[bytes, Arrival] = field(repr=False)

    def arrival(self, answer: Answer) -> Arrival:
        """What an answer is about."""
        return self.known[_word(answer.hold)]


def ready(desk: Desk, given: Sequence[Answer], letters: Mapping[bytes, Letter] | None = None) -> Ready:
    """See that all answers fit what was asked and what the chain takes. Sends nothing.

    Args:
        desk: of an officer of the institution.
        given: one a hold; the time of holding may be missing if it is now.
        letters: messages that were opened before.

    Raises:
        UsageError: with all that does not fit, of all answers.
    """
    known = {each.id: each for each in incoming.arrivals(desk)}
    needed = [
        known[_word(each.hold)]
        for each in given
        if _word(each.hold) in known and each.kind is not AnswerKind.DELIVERED
    ]
    opened = letters if letters is not None else incoming.letters(desk, needed)
    problems = list(_twice(given))
    for answer in given:
        arrival = known.get(_word(answer.hold))
        if arrival is None:
            problems.append(f"{answer.hold[:12]}: no such hold at this institution")
            continue
        found = [
            *_of_status(answer, arrival),
            *_of_message(answer, opened.get(arrival.id, Letter()), desk.clock.now),
            *_of_earlier(answer, known),
        ]
        problems += [f"{name_of(arrival)}: {each}" for each in found]
    if problems:
        raise _refused(problems)
    return Ready(tuple(_on_its_turn(desk, each, known) for each in given), known)


def send(desk: Desk, prepared: Ready, progress: Progress = lambda _done, _all: None) -> Answered:
    """Seal, leave in the mailbox and send answers, at most 100 in a transaction; each all or none.

    Running it again with the same answers goes on where it was interrupted: what is on the chain is left
    alone, and the rest is sent as it was sealed.

    Raises:
        ContractError: refused; the transactions before it stand.
        NodeError, OutcomeUnknownError: run again.
    """
    if settled(desk):
        prepared = replace(prepared, known={each.id: each for each in incoming.arrivals(desk)})
    own, now = own_agency(desk), desk.clock.now
    whole = [
        answerlog.sealed(desk, each, own, prepared.arrival(each).request.agency, now)
        for each in prepared.answers
    ]
    uncarried = _carry(desk, whole)
    last = {event.args["hold"]: event for event in _answered(desk)}
    before: list[Sealed] = []
    rest: list[Sealed] = []
    for each in whole:
        arrival = prepared.arrival(each.answer)
        stands = _stands(each, prepared, arrival, last.get(arrival.id))
        (before if stands else rest).append(each)
    receipts: list[Receipt] = []
    for first in range(0, len(rest), BATCH):
        batch = rest[first : first + BATCH]
        chained = [_chained(each, prepared) for each in batch]
        with telling(f"The first {first} answers" if first else ""):
            receipts.append(holds.answer(desk.ledger, desk.signer, chained))
        progress(len(before) + first + len(batch), len(whole))
    with afterwards(
        "The answers stand on the chain.", "Write the answer papers with: concordat freeze paper REQUEST"
    ):
        papers.write(desk, (event for receipt in receipts for event in receipt.events))
    return Answered(
        tuple(prepared.arrival(each.answer) for each in rest),
        tuple(prepared.arrival(each.answer) for each in before),
        tuple(receipts),
        uncarried,
        tuple((prepared.arrival(each.answer), each.why_not) for each in whole if each.why_not),
    )


def answer(desk: Desk, given: Sequence[Answer], progress: Progress = lambda _done, _all: None) -> Answered:
    """See that all answers fit, and send them; see :func:`ready` and :func:`send`."""
    return send(desk, ready(desk, given), progress)


def settled(desk: Desk) -> bool:
    """Finish what an earlier run signed, before anybody looks at what is still to be done.

    Later it would be too late: what waits there could be sent a second time.
    """
    if not desk.ledger.outbox.unfinished(desk.chain):
        return False
    doing.settle(desk)
    return True


def last_answers(desk: Desk) -> dict[bytes, Event]:
    """The newest answer of the own institution to each hold."""
    return {event.args["hold"]: event for event in _answered(desk)}


def default_held(arrival: Arrival, letter: Letter) -> Money | None:
    """What is held if all that was asked is held; None for a whole balance, which somebody has to look up."""
    _, opened = letter.required()
    return opened.target.amount


def _word(hold: str) -> bytes:
    return bytes.fromhex(hold.removeprefix("0x"))


def _answered(desk: Desk) -> list[Event]:
    return desk.chain.events(holds.HOLDS, "Answered", institution=own_agency(desk))


# What does not fit


def _twice(given: Sequence[Answer]) -> Iterator[str]:
    seen: set[str] = set()
    for each in given:
        if each.hold in seen:
            yield f"{each.hold[:12]}: it is answered twice"
        seen.add(each.hold)


def _of_status(answer: Answer, arrival: Arrival) -> Iterator[str]:
    """What is over or not begun takes no answer; the same answer again is no mistake."""
    status = arrival.at.status
    if status is HoldStatus.DORMANT:
        yield "the request binds nobody yet: it awaits ratification or endorsement"
    elif status.is_over or status is HoldStatus.DISPOSED:
        yield f"{status.label().en}: nothing is to be answered any more"
    elif _stands_already(answer.kind, arrival):
        return
    elif arrival.hold.checked and _STATES[answer.kind] is not arrival.hold.state and not _open(status):
        yield f"{status.label().en}, and checked by a second officer: it cannot be changed"


def _stands_already(kind: AnswerKind, arrival: Arrival) -> bool:
    """Whether more was said already than that the request arrived, or was read."""
    state = arrival.hold.state
    known = {
        AnswerKind.DELIVERED: (HoldState.DELIVERED, HoldState.ACKNOWLEDGED),
        AnswerKind.ACKNOWLEDGED: (HoldState.ACKNOWLEDGED,),
    }
    if kind not in known:
        return False
    said = state not in (HoldState.NAMED, HoldState.DELIVERED) and not arrival.at.status.awaits_answer
    return state in known[kind] or said


def _open(status: HoldStatus) -> bool:
    return status.awaits_answer or status is HoldStatus.UNREADABLE


def _of_message(answer: Answer, letter: Letter, now: int) -> Iterator[str]:
    if letter.target is not None:
        filled = answer if answer.executed_at or not answer.kind.takes else _at(answer, now)
        for misfit in forms.misfits(filled, letter.target.target, now=now):
            yield f"{misfit.field}: {misfit.message}"
        return
    if answer.kind is AnswerKind.REFUSED and answer.code is None:
        yield "code: it is missing for: Refused"
    if answer.kind in (AnswerKind.UNREADABLE, AnswerKind.MISMATCH) and not answer.remarks:
        yield "remarks: say in words what is the matter"
    if answer.kind not in (*_WITHOUT_MESSAGE, AnswerKind.REFUSED):
        why = letter.problem.message if letter.problem else "there is no message"
        yield f"the message cannot be acted on ({why}); answer UNREADABLE or MISMATCH"


def _of_earlier(answer: Answer, known: Mapping[bytes, Arrival]) -> Iterator[str]:
    if answer.earlier and _word(answer.earlier) not in known:
        yield "earlier: no such hold at this institution"


def _refused(problems: Sequence[str]) -> UsageError:
    told = [f"  {each}" for each in problems[:_MOST_TOLD]]
    if len(problems) > _MOST_TOLD:
        told.append(f"  and {len(problems) - _MOST_TOLD} more")
    return UsageError(
        "Not answered:\n" + "\n".join(told),
        code="answer.misfit",
        kept="Nothing was sent, also not of the answers that fit.",
        next="Correct what is named and give all answers again.",
    )


# What is sent


def _at(answer: Answer, now: int) -> Answer:
    return replace(answer, executed_at=now)


def _on_its_turn(desk: Desk, answer: Answer, known: Mapping[bytes, Arrival]) -> Answer:
    """Whoever waited names what it waited for, so that no time is lost from the count."""
    arrival = known[_word(answer.hold)]
    if arrival.hold.state is not HoldState.WAITING or not answer.kind.takes or answer.earlier:
        return answer
    link = holds.link_of(desk.chain, arrival.id)
    earlier = commitments.hold_id(link.earlier_request, link.earlier_target)
    return replace(answer, earlier=f"0x{earlier.hex()}")


def _chained(sealed: Sealed, prepared: Ready) -> ChainAnswer:
    answer, arrival = sealed.answer, prepared.arrival(sealed.answer)
    earlier = prepared.known[_word(answer.earlier)].named if answer.earlier else None
    # A thing has no amount: it is held as one piece of no currency.
    piece = 1 if arrival.hold.currency == 0 else 0
    amount = (answer.held.amount if answer.held else piece) if answer.kind.takes else 0
    return ChainAnswer(
        request=arrival.named.request,
        target=arrival.named.target,
        kind=answer.kind,
        amount=amount,
        code=answer.code if answer.kind is AnswerKind.REFUSED else None,
        earlier_request=earlier.request if earlier else NONE,
        earlier_target=earlier.target if earlier else NONE,
        detail=sealed.detail,
    )


def _stands(sealed: Sealed, prepared: Ready, arrival: Arrival, last: Event | None) -> bool:
    """Whether the same answer is the newest on the chain, and still counts."""
    if _stands_already(sealed.answer.kind, arrival):
        return True
    if last is None or arrival.hold.state is not _STATES[sealed.answer.kind]:
        return False
    weighs = arrival.hold.state in (OUTCOMES | HOLDINGS)
    if weighs and arrival.at.status.awaits_answer:  # said, and not checked in time: it counts as nothing
        return arrival.at.status is HoldStatus.TURN and sealed.answer.kind is AnswerKind.BEHIND
    chained, args = _chained(sealed, prepared), last.args
    same = (int(chained.kind), chained.amount, int(chained.code or 0))
    return same == (args["kind"], args["amount"], args["code"]) and args["detail"] == chained.detail


def _carry(desk: Desk, sealed: Sequence[Sealed]) -> tuple[bytes, ...]:
    """Leave the messages in the mailbox; those that it did not take. No hold waits for a mailbox."""
    messages = [each for each in sealed if each.message is not None]
    box = post.mailbox(desk)
    if box is None:
        return tuple(each.detail for each in messages)
    for place, each in enumerate(messages):
        assert each.message is not None  # noqa: S101 - chosen above
        try:
            box.put(each.message)
        except ConcordatError:  # lost for one is lost for all: nobody waits for it 500 times
            return tuple(left.detail for left in messages[place:])
    return ()


@contextmanager
def telling(stands: str) -> Iterator[None]:
    """Around one transaction of several: a failure says what of those before stands.

    Args:
        stands: what stands on the chain, such as "The first 100 answers"; "" if nothing does.
    """
    try:
        yield
    except ConcordatError as error:
        if stands:
            error.kept = f"{stands} stand on the chain. {error.kept}".strip()
            error.next = error.next or "Run the same command again: it goes on with the rest."
        raise
