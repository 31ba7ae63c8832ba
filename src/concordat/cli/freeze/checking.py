# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze check | credit | released``: the second officer, and what follows a hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from concordat.assets.orders.answers import Answer
from concordat.casework.desk import Desk
from concordat.casework.institution import checking
from concordat.casework.institution.checking import Checkable
from concordat.casework.institution.incoming import name_of
from concordat.cli.desk import open_desk, warn_of_clock
from concordat.cli.freeze.inbox import arrival_data, letter_cells, letters_if_possible
from concordat.cli.freeze.words import account, amount, amount_data, done_data, due, hexed, told
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import moment, one_line, table
from concordat.cli.receipts import as_data
from concordat.cli.session import Session
from concordat.errors import UsageError


@command("check")
@click.argument("holds", metavar="[HOLD]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that wait, but for what your own key answered.")
@click.option("--reveal", is_flag=True, help="Show accounts and holders in full.")
@key_option
@pass_session
def check(
    session: Session, holds: tuple[str, ...], everything: bool, reveal: bool, key_uri: str | None
) -> None:
    """Confirm answers of another officer, as the second of the institution; without arguments list them.

    What will be confirmed is shown first. A holding that nobody confirms in time has lapsed.
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    if not holds and not everything:
        waiting = checking.to_check(desk)
        shown, text = _checkables(session, desk, waiting, reveal)
        session.out.result({"waiting": shown}, text if waiting else "No answer waits for a second officer.")
        return

    def agree(wanted: Sequence[Checkable]) -> None:
        session.out.say(_checkables(session, desk, wanted, reveal)[1])
        session.confirm(
            "Confirm this answer?" if len(wanted) == 1 else f"Confirm these {len(wanted)} answers?"
        )

    done = checking.check(desk, holds, agree)
    lines = [f"{name_of(each.arrival)}: confirmed" for each in done.sent]
    lines += [f"{name_of(each)}: was confirmed before" for each in done.before]
    data = {
        "sent": [hexed(each.arrival.id) for each in done.sent],
        "before": [hexed(each.id) for each in done.before],
        "transactions": [as_data(each) for each in done.receipts],
    }
    session.out.result(data, "\n".join(lines))


@command("credit")
@click.argument("hold_id", metavar="HOLD")
@click.argument("received", metavar="AMOUNT")
@key_option
@pass_session
def credit(session: Session, hold_id: str, received: str, key_uri: str | None) -> None:
    """Add AMOUNT that came in later to a HOLD of a whole balance with later credits.

    Running it twice adds it twice.
    """
    session.confirm(f"Add {received} to {hold_id}?")
    done = checking.credit(open_desk(session, key_uri), hold_id, received)
    args = done.receipt.event("Credited").args
    told(session, done, f"{done.name}: {received} more is held.", held=str(args["held"]))


@command("released")
@click.argument("holds", metavar="[HOLD]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that ended and are not confirmed yet.")
@key_option
@pass_session
def released(session: Session, holds: tuple[str, ...], everything: bool, key_uri: str | None) -> None:
    """Confirm that what ended (released, withdrawn, expired) was let go at the institution."""
    if bool(holds) == everything:
        raise UsageError("Name holds, or give --all.", next="See: concordat freeze inbox")
    done = checking.confirm_releases(open_desk(session, key_uri), holds)
    lines = [f"{each.name}: let go{', confirmed before' if each.before else ''}" for each in done]
    session.out.result({"done": [done_data(each) for each in done]}, "\n".join(lines) or "Nothing had ended.")


# How it is told


def _checkables(
    session: Session, desk: Desk, found: Sequence[Checkable], reveal: bool
) -> tuple[list[dict[str, Any]], str]:
    arrivals = [each.arrival for each in found]
    letters = letters_if_possible(desk, arrivals)
    full = checking.said(desk, found) if letters else {}
    rows, data, more = [], [], []
    for each in found:
        arrival, args, letter = each.arrival, each.answer.args, letters.get(each.arrival.id)
        units = each.seen.amount if each.kind.takes else 0  # with what came in since
        held = amount(units, arrival.hold.currency) if units else ""
        cells = (
            name_of(arrival),
            each.kind.label()[session.lang],
            held,
            "your own answer" if each.own else str(args["officer"]),
            due(arrival.due, desk.clock.now),
        )
        rows.append((*cells, *letter_cells(letter, reveal)))
        said = full.get(arrival.id)
        if each.kind.takes and any(args["earlier"]):
            more.append(
                f"{name_of(arrival)}: continues {hexed(args['earlier'])[:12]}, which ends with this check"
            )
        more += [f"{name_of(arrival)}: {line}" for line in _full(said, session.lang, reveal)] if said else []
        data.append(
            {
                **arrival_data(arrival, letter, reveal=reveal),
                "kind": each.kind.name,
                "amount": amount_data(units, arrival.hold.currency),
                "continues": hexed(args["earlier"]) if each.kind.takes and any(args["earlier"]) else None,
                "officer": args["officer"],
                "own": each.own,
                "answer": said.as_json() if said and reveal else None,
            }
        )
    head = ("hold", "answer", "held", "officer", "confirm by", "order", "account", "holder")
    return data, "\n".join([table(head, rows), *more])


def _full(said: Answer, lang: str, reveal: bool) -> list[str]:
    """What an answer says besides kind and amount."""
    lines = [said.code.label()[lang]] if said.code else []
    lines += [f"balance {said.balance.format(lang)}"] if said.balance else []
    lines += [f"earlier hold {said.earlier[:12]}"] if said.earlier else []
    for moved in said.moved_on:
        to = f" {account(moved.account, reveal)}" if moved.account else ""
        lines.append(f"moved on to {moved.institution}{to}, {moved.amount.format(lang)}, {moment(moved.at)}")
    lines += [f"remarks: {said.remarks}"] if said.remarks else []
    return [one_line(line) for line in lines]
