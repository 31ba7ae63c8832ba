# SPDX-License-Identifier: Apache-2.0
"""What an institution answers about one target, its JSON, and whether it fits what was asked.

The answer travels sealed to the requester; the hash of the sealed message is ``detail`` on the chain, which
itself learns kind, amount, code and the earlier hold only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from concordat.assets.orders.fieldtree import LAST_SECOND, Field, MistakesError, Tree, read_json
from concordat.assets.orders.order import Target
from concordat.assets.orders.orderfile import TRANSACTION_HASH, UETR, read_account, read_money
from concordat.assets.values import accounts
from concordat.assets.values.accounts import Account
from concordat.assets.values.money import Money
from concordat.assets.words import AnswerKind, Refusal
from concordat.errors import UsageError
from concordat.evidence import canonical

FORMAT: Final = "answer/1"
MOST_MOVED: Final = 100
CLOCK_SKEW: Final = 300
"""Seconds by which an institution's clock may be ahead."""
WORD: Final = re.compile(r"0x[0-9a-f]{64}")

_KINDS: Final = {kind.name: kind for kind in AnswerKind}
_CODES: Final = {code.name: code for code in Refusal}
_EXECUTED: Final = (AnswerKind.HELD, AnswerKind.HELD_PART)


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Where money went, as far as the institution sees it; the next request names it.

    Attributes:
        institution: name of where it went.
        bic: if it has one.
        account: typed; None if the institution cannot see it (cash, a card scheme).
        amount: what went there.
        at: when, seconds since 1970 UTC.
        uetr, transaction_hash: of that payment.

    """

    institution: str
    amount: Money
    at: int
    bic: str | None = None
    account: Account | None = None
    uetr: str | None = None
    transaction_hash: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For the answer's JSON."""
        return _given(
            institution=self.institution,
            bic=self.bic,
            account=self.account and self.account.canonical,
            amount=self.amount.as_dict(),
            at=self.at,
            uetr=self.uetr,
            transaction_hash=self.transaction_hash,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about one hold.

    Attributes:
        hold: its key, 0x and 64 digits.
        kind: see :class:`AnswerKind`.
        officer: reference of the answering officer, never a name.
        code: why it is refused; else None.
        executed_at: when it was held, seconds since 1970 UTC.
        held: what is held; in part if it is less than asked.
        balance: of the account after that, if the law lets it be told.
        earlier: key of the hold that this one continues (held) or waits behind.
        moved_on: where money went; also beside what was held in part.
        remarks: in words; what does not match, why it cannot be read, another reason.

    """

    hold: str
    kind: AnswerKind
    officer: str
    code: Refusal | None = None
    executed_at: int | None = None
    held: Money | None = None
    balance: Money | None = field(default=None, repr=False)
    earlier: str | None = None
    moved_on: tuple[MovedOn, ...] = ()
    remarks: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For canonical JSON. Holds accounts in full: only ever sealed."""
        return _given(
            concordat=FORMAT,
            hold=self.hold,
            kind=self.kind.name,
            code=self.code and self.code.name,
            executed_at=self.executed_at,
            held=self.held and self.held.as_dict(),
            balance=self.balance and self.balance.as_dict(),
            earlier=self.earlier,
            moved_on=[each.as_json() for each in self.moved_on] or None,
            officer=self.officer,
            remarks=self.remarks,
        )


@dataclass(frozen=True, slots=True, order=True)
class Misfit:
    """What of an answer does not fit: the field's name and why."""

    field: str
    message: str


def write(answer: Answer) -> bytes:
    """Give the bytes to be sealed to the requester, after reading them as the requester will.

    Raises:
        MistakesError: a text that is too long or hides what it says.

    """
    data = canonical.dumps(answer.as_json())
    read(data)
    return data


def read(data: bytes, what: str = "The answer") -> Answer:
    """Read an answer after it was unsealed.

    Raises:
        MistakesError: with every mistake and its field.

    """
    tree = read_json(data)
    found = None if tree.mistakes else _answer(tree.root(), tree)
    if tree.mistakes or found is None:
        raise MistakesError(what, tree.mistakes, code="answer.invalid")
    return found


def misfits(answer: Answer, target: Target, *, now: int) -> tuple[Misfit, ...]:
    """Everything in an answer that does not fit its kind, what was asked, or the clock.

    Args:
        answer: as given.
        target: what was asked.
        now: seconds since 1970 UTC.

    """
    found = [
        *_of_kind(answer, target),
        *_of_amounts(answer, target),
        *_of_times(answer, now),
        *_of_moves(answer, target),
    ]
    return tuple(sorted(set(found)))


def require_fit(answer: Answer, target: Target, *, now: int) -> None:
    """Refuse an answer that does not fit.

    Raises:
        UsageError: everything that does not fit.

    """
    found = misfits(answer, target, now=now)
    if found:
        raise UsageError(
            "The answer does not fit what was asked:\n"
            + "\n".join(f"  {misfit.field}: {misfit.message}" for misfit in found),
            code="answer.misfit",
            kept="Nothing was sent.",
            next="Correct the answer and give it again.",
        )


def _of_kind(answer: Answer, target: Target) -> Iterator[Misfit]:
    """Which fields a kind needs, and which it cannot have. Of a thing no amount is held."""
    kind = answer.kind
    word = kind.label().en
    needs: Mapping[str, tuple[bool, Any]] = {
        "code": (kind is AnswerKind.REFUSED, answer.code),
        "executed_at": (kind in _EXECUTED, answer.executed_at),
        "held": (kind in _EXECUTED and target.currency is not None, answer.held),
        "moved_on": (kind is AnswerKind.MOVED_ON, answer.moved_on),
    }
    for name, (needed, value) in needs.items():
        if needed and not value:
            yield Misfit(name, f"it is missing for: {word}")
    for name in ("code", "executed_at", "held"):
        needed, value = needs[name]
        if value is not None and not needed and not (name == "held" and kind in _EXECUTED):
            yield Misfit(name, f"it does not belong to: {word}")
    if answer.moved_on and kind not in (AnswerKind.MOVED_ON, AnswerKind.HELD_PART, AnswerKind.NO_FUNDS):
        yield Misfit("moved_on", f"it does not belong to: {word}")
    if kind is AnswerKind.BEHIND and not answer.earlier:
        yield Misfit("earlier", "it is missing: the key of the hold that stands before")
    if answer.earlier and kind not in (AnswerKind.BEHIND, *_EXECUTED):
        yield Misfit("earlier", f"it does not belong to: {word}")
    if answer.earlier == answer.hold:
        yield Misfit("earlier", "a hold cannot stand behind itself")
    in_words = kind in (AnswerKind.MISMATCH, AnswerKind.UNREADABLE) or answer.code is Refusal.OTHER
    if in_words and not answer.remarks:
        yield Misfit("remarks", "say in words what is the matter")


def _of_amounts(answer: Answer, target: Target) -> Iterator[Misfit]:
    held, cap = answer.held, target.amount
    for name, money in (("held", held), ("balance", answer.balance)):
        if money and target.currency and money.currency != target.currency:
            yield Misfit(name, f"it is in {money.currency.alpha}; asked was {target.currency.alpha}")
    if held is None or (target.currency and held.currency != target.currency):
        return
    if held.amount == 0:
        yield Misfit("held", "it is zero: answer that there is nothing to hold, or that it moved on")
    if cap is None:
        return
    if cap < held:
        yield Misfit("held", f"it is more than the {cap.format('en')} asked")
    elif answer.kind is AnswerKind.HELD and held < cap:
        yield Misfit("held", f"it is less than the {cap.format('en')} asked: answer held in part")
    elif answer.kind is AnswerKind.HELD_PART and held == cap:
        yield Misfit("held", "it is all that was asked: answer held in full")


def _of_times(answer: Answer, now: int) -> Iterator[Misfit]:
    if answer.executed_at is not None and answer.executed_at > now + CLOCK_SKEW:
        yield Misfit("executed_at", "it lies in the future")
    for number, moved in enumerate(answer.moved_on):
        if moved.at > now + CLOCK_SKEW:
            yield Misfit(f"moved_on[{number}].at", "it lies in the future")


def _of_moves(answer: Answer, target: Target) -> Iterator[Misfit]:
    for number, moved in enumerate(answer.moved_on):
        if moved.amount.amount == 0:
            yield Misfit(f"moved_on[{number}].amount", "it is zero")
        if moved.account == target.account:
            yield Misfit(f"moved_on[{number}].account", "this is the account that was asked about")


def _answer(root: Field, tree: Tree) -> Answer | None:
    parts = root.keys(
        ("concordat", "hold", "kind", "officer"),
        ("code", "executed_at", "held", "balance", "earlier", "moved_on", "remarks"),
    )

    def read(key: str, how: Callable[[Field], Any]) -> Any:
        return how(parts[key]) if key in parts else None

    read("concordat", lambda at: at.word({FORMAT: FORMAT}, "format"))
    whole: Any = {
        "hold": read("hold", read_word),
        "kind": read("kind", lambda at: at.word(_KINDS, "kind of answer")),
        "officer": read("officer", Field.text),
        "code": read("code", lambda at: at.word(_CODES, "reason")),
        "executed_at": read("executed_at", _seconds),
        "held": read("held", read_money),
        "balance": read("balance", read_money),
        "earlier": read("earlier", read_word),
        "moved_on": read("moved_on", lambda at: tuple(_moved(each) for each in at.items(MOST_MOVED))) or (),
        "remarks": read("remarks", lambda at: at.text(4_000, lines=True)),
    }
    return None if tree.mistakes else Answer(**whole)


def read_word(at: Field) -> str | None:
    """Key of a hold."""
    return at.matching(WORD, "0x and 64 hexadecimal digits in lower case")


def _seconds(at: Field) -> int | None:
    return at.integer(0, LAST_SECOND)


def _moved(at: Field) -> MovedOn | None:
    parts = at.keys(("institution", "amount", "at"), ("bic", "account", "uetr", "transaction_hash"))

    def read(key: str, how: Callable[[Field], Any]) -> Any:
        return how(parts[key]) if key in parts else None

    return MovedOn(
        institution=read("institution", lambda at: at.text(140)),
        amount=read("amount", read_money),
        at=read("at", _seconds),
        bic=read("bic", lambda at: at.read(accounts.bic)),
        account=read("account", read_account),
        uetr=read("uetr", lambda at: at.matching(UETR, "a UETR (a UUID of version 4)")),
        transaction_hash=read(
            "transaction_hash", lambda at: at.matching(TRANSACTION_HASH, "0x and 64 hexadecimal digits")
        ),
    )


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
