# SPDX-License-Identifier: Apache-2.0
"""``concordat events``: everything that the suite says, listed, watched, told to others, or computed anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from concordat.casework import events as casework
from concordat.casework.events import Round, Stream
from concordat.casework.telling import looping
from concordat.casework.telling.cursors import Cursor
from concordat.casework.telling.tellers import Teller
from concordat.cli import telling
from concordat.cli.desk import FILE
from concordat.cli.lazy import LazyGroup
from concordat.cli.options import MOMENT, common_options, pass_session
from concordat.cli.output import one_line
from concordat.cli.session import Session
from concordat.errors import ConcordatError

EVERY = 5.0
#: Command to ``module:attribute``; loaded when it is used.
COMMANDS: Mapping[str, str] = {"rebuild": "concordat.cli.events.rebuild:rebuild"}


@click.group(
    "events", cls=LazyGroup, table=COMMANDS, invoke_without_command=True, params=list(common_options())
)
@click.option("--since", metavar="CURSOR|BLOCK|TIME", help="From here on; default: all that ever happened.")
@click.option("--of", "of", multiple=True, metavar="CONTRACT[.EVENT]", help="Only these; several times.")
@click.option(
    "--about", metavar="AGENCY|ID", help="Only what names this agency, or an id beginning so (0x…)."
)
@click.option("--watch", is_flag=True, help="Go on: tell each new event once it is there.")
@click.option("--every", type=click.FloatRange(1), default=EVERY, show_default=True, help="Seconds.")
@click.option("--exec", "line", metavar="CMD", help="Run this for each event, its JSON on the input.")
@click.option("--webhook", metavar="URL", help="Post each event as signed JSON.")
@click.option(
    "--webhook-secret", "--secret-file", "secret", type=FILE, help="File with the secret that signs it."
)
@click.option(
    "--cursor", type=FILE, help="Keeps how far was told, one for each watcher; counts more than --since."
)
@pass_session
@click.pass_context
def events(
    context: click.Context,
    session: Session,
    since: str | None,
    of: tuple[str, ...],
    about: str | None,
    watch: bool,
    every: float,
    line: str | None,
    webhook: str | None,
    secret: Path | None,
    cursor: Path | None,
) -> None:
    """List every event of the suite in words, or tell it to others as it comes.

    Each event has a cursor; from any cursor the same is told again. With --watch, --exec or --webhook how far
    was told is kept (in the workspace, unless --cursor names a file): each event is told at least once and
    in order, across a lost node, a failing listener and a kill. A new event reaches a hook within --every
    seconds and the time that the node takes to answer. If the chain was reorganised, that is said, and what
    it holds since then is told anew. --watch alone prints one event a line.

    Example: concordat events --about MY-PDRM --since 2027-01-01T00:00:00+08:00
    """
    if context.invoked_subcommand is not None:
        return
    tellers = telling.tellers(session, line, webhook, secret)
    stream = Stream(session.chain, casework.wanted(session.chain, of, about))
    path = cursor or (session.workspace.root / casework.NAME if watch or tellers else None)
    start = _start(stream, since)
    if not watch:
        _tell_once(session, stream, tellers, start, path)
        return
    quiet = bool(tellers)
    looping.again(
        lambda: _report(session, casework.look(stream, tellers, start, path, _printer(session, quiet))),
        lambda error: _lost(session, error),
        every=every,
    )


def _start(stream: Stream, since: str | None) -> Cursor:
    if since is None or ":0x" in since.lower():
        return stream.start(since)
    if since.isascii() and since.isdigit():
        return stream.start(int(since[:15]))
    return stream.start_at(MOMENT.convert(since, None, None))


def _tell_once(
    session: Session, stream: Stream, tellers: list[Teller], start: Cursor, path: Path | None
) -> None:
    printer = _printer(session, quiet=bool(tellers) or session.out.as_json)
    found = casework.look(stream, tellers, start, path, printer)
    _report(session, found)
    if session.out.as_json:
        data = {
            "events": list(found.told),
            "cursor": str(found.cursor) if found.cursor.hash else None,
            "reorganised_from": found.reorganised,
            "unknown": found.unknown,
        }
        session.out.result(data, "")
    elif tellers:
        session.out.say(f"{len(found.told)} events were told.")
    elif not found.told:
        session.out.say("Nothing happened.")
    if found.failed:
        raise found.failed


def _printer(session: Session, quiet: bool) -> Callable[[Mapping[str, Any]], None]:
    """Prints each event in a line, unless somebody else was told."""

    def show(told: Mapping[str, Any]) -> None:
        if quiet:
            return
        click.echo(json.dumps(told, ensure_ascii=False) if session.out.as_json else _line(session, told))

    return show


def _line(session: Session, told: Mapping[str, Any]) -> str:
    text = told["text"][session.lang]
    return one_line(f"{told['at']}  {text}" if "at" in told else text)


def _report(session: Session, found: Round) -> None:
    if found.reorganised is not None:
        session.out.warn(
            f"The chain was reorganised: what was told from block {found.reorganised} on is told anew."
        )
    if found.unknown:
        session.out.warn(
            f"{found.unknown} events are of contracts that this version does not know. Install a newer one."
        )
    if found.failed:
        session.out.warn(f"{found.failed.message} {found.failed.kept}")


def _lost(session: Session, error: ConcordatError) -> None:
    session.out.warn(f"{error.message} Looking again.")
