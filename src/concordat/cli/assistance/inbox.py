# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance inbox``: what the own agency owes by the clock, as a list or as news."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from concordat.casework.cooperating import requestnews, requestviews
from concordat.casework.cooperating.requestnews import News
from concordat.casework.freezing import offices
from concordat.casework.telling.memory import Round
from concordat.cli import telling
from concordat.cli.assistance.showing import AT, status_cell, view_data
from concordat.cli.assistance.words import called
from concordat.cli.desk import FILE, open_desk, warn_of_clock
from concordat.cli.freeze.words import due
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import Marked, local, one_line, table
from concordat.cli.session import Session
from concordat.errors import UsageError

EVERY = 60.0
HEAD = ("request", "kind", "from", "status", "to do", "by")


@command("inbox")
@AT
@click.option("--watch", is_flag=True, help="Look again and again, and tell each new thing once.")
@click.option("--every", type=click.FloatRange(1), default=EVERY, show_default=True, help="Seconds.")
@click.option("--once", is_flag=True, help="With --watch: look once, for a scheduler of your own.")
@click.option("--exec", "line", metavar="CMD", help="With --watch: run this for each, JSON on its input.")
@click.option("--webhook", metavar="URL", help="With --watch: post each as signed JSON.")
@click.option("--webhook-secret", "secret", type=FILE, help="File with the secret that signs it.")
@key_option
@pass_session
def inbox(
    session: Session,
    at: int | None,
    watch: bool,
    every: float,
    once: bool,
    line: str | None,
    webhook: str | None,
    secret: Path | None,
    key_uri: str | None,
) -> None:
    """List what the own agency owes now, what is due first at the top: pass on, acknowledge, answer, open.

    What others let pass escalates by itself: an overdue request stands in the inbox of the central authority.
    With --watch each new thing is told at least once, across a lost node and a kill; nothing
    personal is told.

    Example: concordat assistance inbox --watch --exec ./notify
    """
    if watch:
        tellers = telling.tellers(session, line, webhook, secret)
        desks = telling.desks(session, key_uri)
        report = _reporter(session, quiet=bool(tellers))
        requestnews.watch(desks, tellers, report, every=every, rounds=1 if once else 0)
        return
    if line or webhook or secret or once:
        raise UsageError("These options go with --watch.", next="See: concordat assistance inbox --help")
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, names, lang = requestviews.owed(desk, at), offices.names(desk.chain), session.lang
    rows = []
    for view, duty in found:
        late = view.status.is_late
        text = duty.label()[lang]
        rows.append(
            (
                view.name,
                view.request.kind.label()[lang],
                called(names, view.request.asker),
                status_cell(view, lang),
                Marked(text, "bad") if late else text,
                due(view.due, view.at) if view.due else "",
            )
        )
    data = {"owed": [{**view_data(view), "duty": duty.value} for view, duty in found]}
    session.out.result(data, table(HEAD, rows) if rows else "Nothing is to be done.")


def _reporter(session: Session, *, quiet: bool) -> Callable[[Round[News]], None]:
    """Tells each new thing in one line, unless somebody else was told; and what went wrong."""

    def report(found: Round[News]) -> None:
        if found.lost:
            session.out.warn(f"{found.lost.message} Looking again.")
        for one, error in found.failed:
            session.out.warn(f"{one.duty.value} {one.key[:24]}: {error.message} It is told again.")
        for one in () if quiet else found.told:
            if session.out.as_json:
                click.echo(json.dumps(found.said[one.key], ensure_ascii=False))
            else:
                click.echo(_news_line(one, session.lang))

    return report


def _news_line(one: News, lang: str) -> str:
    view = one.view
    by = f", {local(view.due)}" if view.due else ""
    return one_line(f"{view.name}  {one.duty.label()[lang]}, {view.status.label()[lang]}{by}")
