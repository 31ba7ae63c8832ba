# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze answer | hold``: an institution's first officer, who answers or holds at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.orders.fieldtree import seconds
from concordat.assets.orders.orderfile import TRANSACTION_HASH, UETR
from concordat.assets.values import accounts, money
from concordat.assets.values.money import Money
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework.desk import Desk
from concordat.casework.freezing.preparing import hours
from concordat.casework.institution import answering, books, incoming, isomessages, ownholds
from concordat.casework.institution.answering import Answered
from concordat.casework.institution.incoming import Arrival, Duty, Letter, name_of
from concordat.cli.desk import FILE, PATH, open_desk, warn_of_clock
from concordat.cli.freeze.words import CODE, chosen, hexed, told
from concordat.cli.options import MOMENT, command, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.receipts import as_data
from concordat.cli.session import Session
from concordat.errors import UsageError

KIND = click.Choice([each.name for each in AnswerKind], case_sensitive=False)


@command("answer")
@click.argument("holds", metavar="[HOLD]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that are to be answered.")
@click.option("--kind", type=KIND, help="What is answered.")
@click.option("--held", metavar="AMOUNT", help="What is held; default for HELD: what was asked.")
@click.option("--at", "executed", type=MOMENT, help="When it was held; default: now.")
@click.option("--balance", metavar="AMOUNT", help="Balance after that, if the law lets it be told.")
@click.option("--code", type=CODE, help="Why it is refused.")
@click.option("--earlier", metavar="HOLD", help="The hold that stands before, or that this one continues.")
@click.option("--moved", metavar="FIELD=VALUE", multiple=True, help="Where money went; see below.")
@click.option("--remarks", help="In words.")
@click.option("--officer", help="Your reference, never a name; default: the address of the key.")
@click.option("--from", "book", type=FILE, help="Answers from a book that was filled in (.xlsx or .csv).")
@click.option("--iso", type=FILE, help="Answers from a message (auth.002 or camt.029).")
@click.option("--check", is_flag=True, help="See whether all fits; send nothing.")
@key_option
@pass_session
def answer(
    session: Session,
    holds: tuple[str, ...],
    everything: bool,
    kind: str | None,
    held: str | None,
    executed: int | None,
    balance: str | None,
    code: str | None,
    earlier: str | None,
    moved: tuple[str, ...],
    remarks: str | None,
    officer: str | None,
    book: Path | None,
    iso: Path | None,
    check: bool,
    key_uri: str | None,
) -> None:
    """Answer what was asked: HOLDs by their ids, all, a filled-in book, or a message of your own systems.

    All answers are seen to fit before one is sent; they go in transactions of at most 100. Running it again
    after an interruption goes on with the rest. A second officer confirms: concordat freeze check.

    --moved takes institution=, amount= and at=, and may take bic=, account=, uetr= and transaction_hash=;
    further destinations go into a book.
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    _one_source(bool(holds) or everything, book, iso)
    reference = officer or desk.signer.address
    given: Sequence[Answer]
    if book is not None:
        given = books.answers_of_book(desk, book, reference)
    elif iso is not None:
        given = isomessages.answers_of(desk, iso, reference)
    else:
        values = {
            "held": held,
            "executed_at": executed,
            "balance": balance,
            "code": chosen(Refusal, code) if code else None,
            "earlier": earlier,
            "moved": moved,
            "remarks": remarks,
            "officer": reference,
        }
        given = _typed(desk, holds, kind, values)
    if not given:
        raise UsageError(
            "No row has an answer." if book else "Nothing is to be answered.",
            code="answer.nothing",
            kept="Nothing was sent.",
        )
    prepared = answering.ready(desk, given)
    if check:
        text = f"All {len(given)} answers fit: {_counted(given, session.lang)}. Nothing was sent."
        session.out.result({"answers": [_answer_data(each) for each in prepared.answers]}, text)
        return
    many = len(given) > answering.BATCH
    done = answering.send(
        desk, prepared, lambda at, of: session.out.say(f"{at} of {of} answers.") if many else None
    )
    _tell_answered(session, done, prepared.answers)


@command("hold")
@click.argument("order", type=PATH)
@click.option("--out", type=PATH, help="The private folder to make; default: ORDER with the ending .freeze.")
@click.option("--check", "only", is_flag=True, help="Show what would be held; write and send nothing.")
@key_option
@pass_session
def hold(session: Session, order: Path, out: Path | None, only: bool, key_uri: str | None) -> None:
    """Hold one account of the own institution at once, where the law lets it, as ORDER says.

    ORDER names the institution itself as agency and in its one target. A second officer confirms, or it
    lapses: concordat freeze check.
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    if only:
        plan = ownholds.check(desk, order)
        pairs = [
            ("order", plan.order.number),
            ("account", plan.order.targets[0].account.masked),
            ("period", f"{hours(plan.period)} (at most {hours(plan.profile.own_hold)})"),
            ("checked within", hours(plan.profile.check_within)),
        ]
        data = {"order": plan.order.number, "period_seconds": plan.period}
        session.out.result(data, f"{fields(pairs)}\nNothing was sent.")
        return
    done = ownholds.hold(desk, order, out=out)
    told(session, done, f"Held under {done.name}. Next, a second officer: concordat freeze check --all")


# One answer, as typed


def _one_source(named: bool, book: Path | None, iso: Path | None) -> None:
    if sum((named, book is not None, iso is not None)) != 1:
        raise UsageError(
            "Name holds (or --all), or a book (--from), or a message (--iso): one of them.",
            code="answer.source",
            kept="Nothing was sent.",
            next="See what waits: concordat freeze inbox",
        )


def _typed(desk: Desk, holds: Sequence[str], kind: str | None, values: dict[str, Any]) -> list[Answer]:
    if kind is None:
        raise UsageError("What is answered? Give --kind.", code="answer.kind", kept="Nothing was sent.")
    known = incoming.arrivals(desk)
    wanted = [incoming.meant(desk, known, text) for text in holds] or [
        each for each in known if each.duty in (Duty.ANSWER, Duty.TURN)
    ]
    meant = chosen(AnswerKind, kind)
    needs_asked = meant is AnswerKind.HELD and values["held"] is None
    letters = incoming.letters(desk, wanted) if needs_asked else {}
    if values["earlier"]:
        values = {**values, "earlier": hexed(incoming.meant(desk, known, values["earlier"]).id)}
    return [_one(each, meant, values, letters.get(each.id)) for each in wanted]


def _one(arrival: Arrival, kind: AnswerKind, values: dict[str, Any], letter: Letter | None) -> Answer:
    unit = money.by_code(arrival.hold.currency) if arrival.hold.currency else None

    def read(text: str | None) -> Money | None:
        return money.parse(text, unit) if text else None

    held = read(values["held"])
    if held is None and letter is not None:
        held = answering.default_held(arrival, letter)
    return Answer(
        hold=hexed(arrival.id),
        kind=kind,
        officer=values["officer"],
        code=values["code"],
        executed_at=values["executed_at"],
        held=held,
        balance=read(values["balance"]),
        earlier=values["earlier"],
        moved_on=(_moved(values["moved"], unit),) if values["moved"] else (),
        remarks=values["remarks"],
    )


def _moved(pairs: Sequence[str], unit: money.Currency | None) -> MovedOn:
    """The destination of what moved on."""
    given = dict(pair.partition("=")[::2] for pair in pairs)
    unknown = set(given) - {"institution", "amount", "at", "bic", "account", "uetr", "transaction_hash"}
    missing = {"institution", "amount", "at"} - {name for name, value in given.items() if value}
    if unknown or missing:
        raise UsageError(
            f"--moved needs institution=, amount= and at=; {', '.join(sorted(unknown | missing))} is "
            f"{'not known' if unknown else 'missing'}.",
            code="answer.moved",
            kept="Nothing was sent.",
            next="Write --moved institution=NAME --moved 'amount=SGD 1,234.50' --moved at=TIME",
        )
    uetr, transaction = given.get("uetr"), given.get("transaction_hash")
    if (uetr and not UETR.fullmatch(uetr)) or (transaction and not TRANSACTION_HASH.fullmatch(transaction)):
        raise UsageError(
            "uetr= takes a UUID of version 4, transaction_hash= 0x and 64 digits, in lower case.",
            code="answer.moved",
            kept="Nothing was sent.",
        )
    try:
        at = seconds(given["at"])
    except ValueError as error:
        raise UsageError(f"at=: {error}.", code="answer.moved", kept="Nothing was sent.") from None
    return MovedOn(
        institution=given["institution"],
        amount=money.parse(given["amount"], None if given["amount"][:1].isalpha() else unit),
        at=at,
        bic=accounts.bic(given["bic"]) if given.get("bic") else None,
        account=accounts.parse(given["account"]) if given.get("account") else None,
        uetr=uetr or None,
        transaction_hash=transaction or None,
    )


# How it is told


def _tell_answered(session: Session, done: Answered, given: Sequence[Answer]) -> None:
    kinds = {each.hold: each for each in given}
    lang = session.lang
    lines = []
    for arrival in done.sent:
        said = kinds[hexed(arrival.id)]
        held = f", {said.held.format(lang)}" if said.held else ""
        lines.append(f"{name_of(arrival)}: {said.kind.label()[lang]}{held}")
    lines += [f"{name_of(each)}: stood before" for each in done.before]
    if len(lines) > answering.BATCH:
        lines = [f"{len(done.sent)} answers were sent: {_counted(given, lang)}."]
    data = {
        "sent": [_answer_data(kinds[hexed(each.id)]) for each in done.sent],
        "before": [hexed(each.id) for each in done.before],
        "transactions": [as_data(each) for each in done.receipts],
        "uncarried": [hexed(each) for each in done.uncarried],
        "unsealed": [{"hold": hexed(each.id), "why": why} for each, why in done.unsealed],
    }
    session.out.result(data, "\n".join(lines))
    for receipt in done.receipts:
        session.out.say(f"Transaction {receipt.transaction}, block {receipt.block}, {moment(receipt.time)}.")
    if done.uncarried:
        session.out.warn(
            f"{len(done.uncarried)} sealed answers are not in the mailbox. Run the same command again, or "
            "carry them: concordat freeze message export HASH FILE (--json names the hashes)."
        )
    for arrival, why in done.unsealed:
        session.out.warn(f"{name_of(arrival)}: only the chain tells the requester. {why}")
    if any(each.kind not in (AnswerKind.DELIVERED, AnswerKind.ACKNOWLEDGED) for each in given):
        session.out.say("Next, a second officer: concordat freeze check --all")


def _counted(given: Sequence[Answer], lang: str) -> str:
    counted = Counter(each.kind for each in given)
    return ", ".join(f"{count} {kind.label()[lang]}" for kind, count in sorted(counted.items()))


def _answer_data(said: Answer) -> dict[str, Any]:
    """Stable values without anything personal."""
    return {
        "hold": said.hold,
        "kind": said.kind.name,
        "held": said.held.as_dict() if said.held else None,
        "code": said.code.name if said.code else None,
        "earlier": said.earlier,
        "moved_on": len(said.moved_on),
    }
