# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance receive | confirm | withdraw | exclusion``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from eth_utils.crypto import keccak

from concordat.casework.cooperating import asking, following
from concordat.casework.cooperating.following import Received
from concordat.cli.assistance.words import choice, done_data, from_file, told, verdict_lines
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import chosen, hexed
from concordat.cli.options import WORD, command, key_option, pass_session
from concordat.cli.output import local, one_line, styled
from concordat.cli.session import Session
from concordat.cooperation.orders.messages import Answer, Postponement, Refusal, Words
from concordat.cooperation.words import WithdrawalReason

REQUEST = click.argument("request", metavar="REQUEST")


@command("receive")
@REQUEST
@key_option
@pass_session
def receive(session: Session, request: str, key_uri: str | None) -> None:
    """Open every message that came about a REQUEST, compare it with the chain, and give the receipts.

    Of an answer the verdict of the forum is shown for each acquisition, with what is missing and the law.

    Example: concordat assistance receive CN-2026-0042
    """
    desk = open_desk(session, key_uri)
    received = following.receive(desk, request)
    text = "\n\n".join("\n".join(_lines(each, session.lang)) for each in received)
    session.out.result({"messages": [_data(each) for each in received]}, text)


@command("confirm")
@REQUEST
@key_option
@pass_session
def confirm(session: Session, request: str, key_uri: str | None) -> None:
    """Confirm, as the asker of a REQUEST, that the answer is what was asked for.

    Example: concordat assistance confirm CN-2026-0042
    """
    done = following.confirm(open_desk(session, key_uri), request)
    told(session, done, f"The answer to {done.name} is confirmed.")


@command("withdraw")
@REQUEST
@click.option("--reason", type=choice(WithdrawalReason), required=True, help="Why.")
@key_option
@pass_session
def withdraw(session: Session, request: str, reason: str, key_uri: str | None) -> None:
    """Withdraw a REQUEST, as its asker; nothing is owed under it any more.

    Example: concordat assistance withdraw CN-2026-0042 --reason CASE_CLOSED
    """
    code = chosen(WithdrawalReason, reason)
    done = asking.withdraw(open_desk(session, key_uri), request, code)
    told(session, done, f"{done.name} is withdrawn. {code.label()[session.lang]}")


@command("exclusion")
@REQUEST
@click.option("--root", type=WORD, required=True, help="Root of the acquisition that was excluded.")
@click.option("--ruling", type=FILE, required=True, help="The ruling; its hash goes on the chain.")
@key_option
@pass_session
def exclusion(session: Session, request: str, root: bytes, ruling: Path, key_uri: str | None) -> None:
    """Record, as a court of the asking country, that evidence given in answer to a REQUEST was excluded.

    Example: concordat assistance exclusion 0x5f2c91 --root 0x… --ruling ruling.txt
    """
    digest = bytes(keccak(from_file(ruling).encode()))
    done = following.exclude(open_desk(session, key_uri), request, root, digest)
    told(session, done, f"The exclusion of {hexed(root)[:14]}… is recorded.", ruling=hexed(digest))


def _data(received: Received) -> dict[str, Any]:
    return {
        **done_data(received.done),
        "type": received.letter.kind.value,
        "message": hexed(received.letter.digest),
        "content": json.loads(received.message.to_bytes())["body"],
        "verdicts": [each.as_json() for each in received.verdicts],
        "documents": [str(each) for each in received.documents],
    }


def _lines(received: Received, lang: str) -> Iterator[str]:
    done, body = received.done, received.message.body
    when = "received before" if done.before else "received now"
    yield styled(f"{received.letter.kind.value}, {when}, {local(done.receipt.time)}", "head")
    match body:
        case Words():
            yield from _text(body.text)
            yield from (f"- {one_line(each)}" for each in body.entries)
        case Refusal():
            yield body.ground.label()[lang]
            yield from _text(body.text)
        case Postponement():
            yield f"until {local(body.until)}: {body.reason.label()[lang]}"
            yield from _text(body.text)
        case Answer():
            yield "complete" if body.complete else "in part; more follows"
            if body.short:
                yield body.short.label()[lang]
            yield from _text(body.text)
            for each in body.cited:
                yield f"- {each.reference.kind.label()[lang]}: {one_line(each.about)}"
            yield from (f"  {path}" for path in received.documents)
            yield from verdict_lines(received.verdicts, lang)


def _text(text: str) -> Iterator[str]:
    return (one_line(line) for line in text.split("\n"))
