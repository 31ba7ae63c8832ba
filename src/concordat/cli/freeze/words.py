# SPDX-License-Identifier: Apache-2.0
"""What the freeze commands have in common: kinds of options, and how holds, amounts and times are told."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar

import click

from concordat.assets.life import NEVER
from concordat.assets.states import ReleaseReason
from concordat.assets.values import money
from concordat.assets.values.accounts import Account
from concordat.assets.words import Refusal
from concordat.casework.freezing.doing import Done
from concordat.casework.freezing.lasting import Acts
from concordat.cli.output import moment
from concordat.cli.receipts import as_data
from concordat.cli.session import Session

E = TypeVar("E", bound=Enum)

REASON = click.Choice([each.name for each in ReleaseReason], case_sensitive=False)
CODE = click.Choice([each.name for each in Refusal], case_sensitive=False)


def chosen(kind: type[E], name: str) -> E:
    """The member that was named, in whatever case."""
    return kind[name.upper()]


def told(session: Session, done: Done, text: str, **more: Any) -> None:
    """Say what was done, and where it stands.

    Args:
        session: of the command.
        done: what took effect, now or before.
        text: what that means, one sentence.
        more: further values for ``--json``.
    """
    session.out.result({**done_data(done), **more}, text)
    where = "It stood before: transaction" if done.before else "Transaction"
    receipt = done.receipt
    session.out.say(f"{where} {receipt.transaction}, block {receipt.block}, {moment(receipt.time)}.")


def told_all(session: Session, acts: Acts, what: str) -> None:
    """Say what was done about several holds, and why others were left alone."""
    lines = [
        f"{done.name}: {what}{' before' if done.before else ''}, {moment(done.receipt.time)}"
        for done in acts.done
    ]
    lines += [f"{each.hold.name}: left alone, {each.why}" for each in acts.skipped]
    data = {
        "done": [done_data(done) for done in acts.done],
        "skipped": [{"hold": hexed(each.hold.named.hold), "why": each.why} for each in acts.skipped],
    }
    session.out.result(data, "\n".join(lines))


def done_data(done: Done) -> dict[str, Any]:
    """The stable values of an act."""
    return {"id": hexed(done.about), "name": done.name, "before": done.before, **as_data(done.receipt)}


def hexed(word: bytes) -> str:
    """32 bytes as text."""
    return f"0x{word.hex()}"


def amount(units: int, currency: int) -> str:
    """An amount for people; of a thing its units."""
    return money.Money(units, money.by_code(currency)).format() if currency else str(units)


def amount_data(units: int, currency: int) -> dict[str, Any]:
    """An amount for ``--json``; as text, since wei are beyond what JSON's readers keep."""
    return {"amount": str(units), "currency": currency}


def due(at: int, now: int) -> str:
    """A deadline with what is left of it, "2026-03-17T00:00:00Z (in 3 h)"; "" where none runs."""
    if at == NEVER:
        return ""
    left = at - now
    return f"{moment(at)} ({'in ' + _span(left) if left >= 0 else _span(-left) + ' ago'})"


def due_data(at: int) -> str | None:
    """A deadline for ``--json``."""
    return None if at == NEVER else moment(at)


def account(held: Account, reveal: bool) -> str:
    """An account for people: masked unless it was asked for in full."""
    return held.canonical if reveal else held.masked


def _span(seconds: int) -> str:
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
