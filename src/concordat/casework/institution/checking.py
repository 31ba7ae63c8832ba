# SPDX-License-Identifier: Apache-2.0
"""The institution's second pair of eyes, what comes in later, and what was let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from concordat.assets import holds
from concordat.assets.orders.answers import Answer
from concordat.assets.states import HoldStatus
from concordat.assets.values import money
from concordat.assets.words import AnswerKind
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.offices import own_agency
from concordat.casework.institution import answering, answerlog, incoming
from concordat.casework.institution.incoming import Arrival, Duty, name_of
from concordat.errors import UsageError
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt
from concordat.mail.sealed import KeyRing

BATCH = answering.BATCH


@dataclass(frozen=True)
class Checkable:
    """An outcome that waits for the second officer.

    Attributes:
        answer: its event.
        seen: what is confirmed of it; read before the event, so that a later answer is never confirmed.
        own: whether the same key answered, which then cannot check.
    """

    arrival: Arrival
    answer: Event
    seen: holds.Seen
    own: bool

    @property
    def kind(self) -> AnswerKind:
        """What was answered."""
        return AnswerKind(self.answer.args["kind"])


@dataclass(frozen=True)
class Checked:
    """What came of checking."""

    sent: tuple[Checkable, ...]
    before: tuple[Arrival, ...]
    receipts: tuple[Receipt, ...] = ()


def to_check(desk: Desk) -> list[Checkable]:
    """The outcomes that wait for a second officer, what lapses first at the top."""
    waiting = [each for each in incoming.arrivals(desk) if each.duty is Duty.CHECK]
    shown = {
        each.id: holds.seen(desk.ledger, each.named.request, each.named.target, each.hold) for each in waiting
    }
    last, own = answering.last_answers(desk), desk.signer.address.lower()
    return [
        Checkable(each, last[each.id], shown[each.id], str(last[each.id].args["officer"]).lower() == own)
        for each in waiting
        if each.id in last
    ]


def said(desk: Desk, waiting: Sequence[Checkable]) -> dict[bytes, Answer]:
    """What was answered in full, by hold, as far as it was answered in this workspace.

    Raises:
        AuthorityError: the password of the encryption key is wrong.
    """
    ring = KeyRing(desk.workspace.keys, own_agency(desk))
    found = {
        each.arrival.id: answerlog.said(desk, ring, each.arrival.id, each.answer.args["detail"])
        for each in waiting
    }
    return {hold: answer for hold, answer in found.items() if answer is not None}


def check(
    desk: Desk, texts: Sequence[str] = (), agree: Callable[[Sequence[Checkable]], None] = lambda _: None
) -> Checked:
    """Confirm outcomes of another officer, at most 100 in a transaction.

    Args:
        desk: of an officer with CHECK.
        texts: ids of holds, or beginnings; all that wait by default, but for what the own key answered.
        agree: is shown what will be confirmed, that and no other answer, and raises unless it is to be.

    Raises:
        UsageError: a hold is not known, the own key answered it, or nothing waits.
        ContractError: refused; the transactions before it stand.
    """
    answering.settled(desk)
    waiting = to_check(desk)
    before: tuple[Arrival, ...] = ()
    wanted = [each for each in waiting if not each.own]
    if texts:
        wanted, before = _named(desk, waiting, texts)
    if not wanted and not before:
        raise UsageError(
            "Nothing waits that this key may check."
            if waiting
            else "No answer waits for a second officer at this institution.",
            code="check.nothing",
            kept="Nothing was sent.",
            next="Another officer than the one who answered checks: --key." if waiting else "",
        )
    if wanted:
        agree(wanted)
    receipts: list[Receipt] = []
    for first in range(0, len(wanted), BATCH):
        batch = [each.seen for each in wanted[first : first + BATCH]]
        with answering.telling(f"The first {first} checks" if first else ""):
            receipts.append(holds.check(desk.ledger, desk.signer, batch))
    return Checked(tuple(wanted), before, tuple(receipts))


def _named(
    desk: Desk, waiting: Sequence[Checkable], texts: Sequence[str]
) -> tuple[list[Checkable], tuple[Arrival, ...]]:
    """What is named, each once, and what of it was checked before."""
    known, by_id = incoming.arrivals(desk), {each.arrival.id: each for each in waiting}
    meant = {found.id: found for found in (incoming.meant(desk, known, text) for text in texts)}
    wanted, before = [], []
    for arrival in meant.values():
        found = by_id.get(arrival.id)
        if found is None and arrival.hold.checked:
            before.append(arrival)
        elif found is None:
            raise UsageError(
                f"{name_of(arrival)}: {arrival.at.status.label().en}. There is nothing to check.",
                code="check.nothing",
                kept="Nothing was sent.",
                next="See: concordat freeze inbox --all",
            )
        elif found.own:
            raise UsageError(
                f"{name_of(arrival)} was answered with this very key, which cannot check it.",
                code="check.own",
                kept="Nothing was sent.",
                next="Another officer checks: --key.",
            )
        else:
            wanted.append(found)
    return wanted, tuple(before)


def credit(desk: Desk, text: str, amount: str) -> Done:
    """More came in and is held too, where whole balance and later credits were asked.

    Args:
        desk: of an officer with ANSWER.
        text: id of the hold, or its beginning.
        amount: that came in, as typed; the currency is the account's.

    Raises:
        UsageError: no such hold, or no amount of its currency.
        ContractError: refused; nothing was sent.
    """
    arrival = incoming.meant(desk, incoming.arrivals(desk), text)
    if not arrival.hold.currency:
        raise UsageError(
            "A thing has no amount that could grow.", code="credit.thing", kept="Nothing was sent."
        )
    units = money.parse(amount, money.by_code(arrival.hold.currency)).amount
    named = arrival.named
    # Never found to be done before: the same amount may come in twice.
    return once(
        desk,
        arrival.id,
        name_of(arrival),
        None,
        "credit",
        None,
        lambda: holds.credit(desk.ledger, desk.signer, named.request, named.target, units),
    )


def confirm_releases(desk: Desk, texts: Sequence[str] = ()) -> list[Done]:
    """The institution let go of what had ended; for the record and the key figures.

    Args:
        desk: of an officer with ANSWER.
        texts: ids of holds, or beginnings; by default all that ended and are not confirmed.

    Raises:
        UsageError: a hold is not known, or has not ended.
        ContractError: refused; what was confirmed before stands.
    """
    answering.settled(desk)
    known = incoming.arrivals(desk)
    wanted = [incoming.meant(desk, known, text) for text in texts] or [
        each for each in known if each.duty is Duty.RELEASE
    ]
    for each in wanted:
        if not (each.at.status.is_over or each.at.status is HoldStatus.DISPOSED):
            raise UsageError(
                f"{name_of(each)} has not ended: {each.at.status.label().en}.",
                code="release.not_over",
                kept="Nothing was sent.",
                next="Whoever requested it lets go of it: concordat freeze release",
            )
    return [_confirm(desk, each) for each in wanted]


def _confirm(desk: Desk, arrival: Arrival) -> Done:
    earlier = eventlog.of(desk.chain, holds.HOLDS, ("ReleaseConfirmed",), hold=arrival.id)
    named = arrival.named
    return once(
        desk,
        arrival.id,
        name_of(arrival),
        None,
        "confirm release",
        earlier[0] if earlier else None,
        lambda: holds.confirm_release(desk.ledger, desk.signer, named.request, named.target),
    )
