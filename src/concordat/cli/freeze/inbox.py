# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze inbox``: what was asked of the own institution, as a list, a book, messages, or news."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from concordat.assets.holds import Named
from concordat.assets.states import Scope
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names
from concordat.casework.institution import books, incoming, isomessages, watching
from concordat.casework.institution.books import Exported
from concordat.casework.institution.incoming import Arrival, Duty, Letter, name_of
from concordat.casework.institution.news import News
from concordat.casework.institution.watching import Round
from concordat.cli import telling
from concordat.cli.desk import FILE, PATH, open_desk, warn_of_clock
from concordat.cli.freeze.words import account, amount, amount_data, due, due_data, hexed
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import Marked, moment, one_line, table
from concordat.cli.session import Session
from concordat.errors import UsageError

EVERY = 60.0


@command("inbox")
@click.option("--all", "everything", is_flag=True, help="Also where nothing is to be done.")
@click.option("--open", "opened", is_flag=True, help="Open the messages: order, account (masked), holder.")
@click.option("--reveal", is_flag=True, help="Open them and show accounts in full.")
@click.option("--export", "book", type=FILE, help="Write what is to be answered: BOOK.xlsx or BOOK.csv.")
@click.option(
    "--export-iso", "iso", type=PATH, help="Write it as ISO 20022 (auth.001, camt.056) to a folder."
)
@click.option("--watch", is_flag=True, help="Look again and again, and tell each new thing once.")
@click.option("--every", type=click.FloatRange(1), default=EVERY, show_default=True, help="Seconds.")
@click.option("--once", is_flag=True, help="With --watch: look once, for a scheduler of your own.")
@click.option("--exec", "line", metavar="CMD", help="With --watch: run this for each, JSON on its input.")
@click.option("--webhook", metavar="URL", help="With --watch: post each as signed JSON.")
@click.option("--webhook-secret", "secret", type=FILE, help="File with the secret that signs it.")
@click.option("--with-content", is_flag=True, help="With --watch: tell accounts, names, order numbers, too.")
@key_option
@pass_session
def inbox(
    session: Session,
    everything: bool,
    opened: bool,
    reveal: bool,
    book: Path | None,
    iso: Path | None,
    watch: bool,
    every: float,
    once: bool,
    line: str | None,
    webhook: str | None,
    secret: Path | None,
    with_content: bool,
    key_uri: str | None,
) -> None:
    """List what was asked of the own institution, what is due first at the top.

    --watch works for every agency: it tells what is to be endorsed, answered, checked, let go or reviewed,
    whose turn has come, which deadline is near, and answers to own requests. At least once each, across a
    lost node and a kill. Nothing personal is told without --with-content.
    """
    if watch:
        tellers = telling.tellers(session, line, webhook, secret)
        desks = telling.desks(session, key_uri)
        report = _reporter(session, quiet=bool(tellers))
        watching.watch(
            desks, tellers, report, every=every, with_content=with_content, rounds=1 if once else 0
        )
        return
    if line or webhook or secret or with_content or once:
        raise UsageError("These options go with --watch.", next="See: concordat freeze inbox --help")
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    if book or iso:
        for write, path in ((books.export_book, book), (isomessages.export, iso)):
            if path is not None:
                _tell_export(session, write(desk, path), path)
        return
    _tell_list(session, desk, everything=everything, opened=opened or reveal, reveal=reveal)


def letters_if_possible(desk: Desk, arrivals: list[Arrival]) -> Mapping[bytes, Letter]:
    """What the messages say; nothing where nobody can be asked for the password of the key."""
    try:
        return incoming.letters(desk, arrivals)
    except UsageError as error:
        if error.code != "no_terminal":
            raise
        return {}


def asked_text(named: Named) -> str:
    """The cap, or that everything is meant."""
    if named.scope & Scope.WHOLE:
        return "all"
    return amount(named.amount, named.currency)


def letter_cells(letter: Letter | None, reveal: bool) -> tuple[str, str, str]:
    """Order, account and holder for people; instead why they are not known."""
    if letter is None:
        return ("", "", "")
    if letter.problem or letter.order is None or letter.target is None:
        return ("", Marked("cannot be opened", "warn"), letter.problem.code if letter.problem else "")
    target = letter.target.target
    return (letter.order.number, account(target.account, reveal), target.holder or "" if reveal else "")


def arrival_data(arrival: Arrival, letter: Letter | None = None, *, reveal: bool = False) -> dict[str, Any]:
    """The stable values of one target; personal ones only if they are asked for."""
    named = arrival.named
    data: dict[str, Any] = {
        "hold": hexed(arrival.id),
        "request": hexed(arrival.request.id),
        "agency": arrival.request.agency,
        "measure": arrival.request.measure.name,
        "asset_class": arrival.request.asset_class.name,
        "status": arrival.at.status.name,
        "duty": arrival.duty.value,
        "due": due_data(arrival.due),
        "asked": None if named.scope & Scope.WHOLE else amount_data(named.amount, named.currency),
        "scope": [each.name for each in Scope if each & named.scope],
        "held": amount_data(arrival.hold.amount, named.currency) if arrival.at.status.holds else None,
        "until": due_data(arrival.at.end),
        "message": hexed(arrival.message),
    }
    if letter is not None and letter.problem is not None:
        data["problem"] = letter.problem.as_dict()
    elif letter is not None:
        order, opened = letter.required()
        target = opened.target
        data |= {"order": order.number, "case": order.case, "account": account(target.account, reveal)}
        if reveal:
            data |= {"holder": target.holder, "contact": order.officer.contact, "grounds": order.grounds}
    return data


def _tell_list(session: Session, desk: Desk, *, everything: bool, opened: bool, reveal: bool) -> None:
    found = [each for each in incoming.arrivals(desk) if everything or each.duty is not Duty.NOTHING]
    letters = incoming.letters(desk, found) if opened else {}
    known, now, lang = names(desk.chain), desk.clock.now, session.lang
    head = ("hold", "from", "measure", "asked", "status", "to do", "by")
    rows = []
    for each in found:
        late = each.at.overdue
        status = each.at.status.label()[lang]
        cells = (
            name_of(each),
            called(known, each.request.agency),
            each.request.measure.label()[lang],
            asked_text(each.named),
            Marked(status, "bad") if late else status,
            each.duty.label()[lang],
            due(each.due, now),
        )
        rows.append((*cells, *letter_cells(letters.get(each.id), reveal)) if opened else cells)
    text = table((*head, "order", "account", "holder") if opened else head, rows)
    data = {
        "at": moment(now),
        "holds": [arrival_data(each, letters.get(each.id), reveal=reveal) for each in found],
    }
    session.out.result(data, text if rows else "Nothing is to be done.")
    for each in found:
        problem = letters.get(each.id, Letter()).problem
        if problem:
            session.out.warn(f"{name_of(each)}: {problem.message} {problem.next}")


def _tell_export(session: Session, exported: Exported, path: Path) -> None:
    data = {
        "files": [str(each) for each in exported.files],
        "targets": exported.targets,
        "left_out": [{"hold": hexed(each.arrival.id), "why": each.why} for each in exported.left_out],
    }
    count = "One request" if exported.targets == 1 else f"{exported.targets} requests"
    files = "" if len(exported.files) == 1 else f" ({len(exported.files)} files)"
    session.out.result(data, f"{count} written to {path}{files}.")
    for each in exported.left_out:
        session.out.warn(f"{name_of(each.arrival)} is left out: {each.why}")


# Watching


def _reporter(session: Session, *, quiet: bool) -> Callable[[Round], None]:
    """Tells each new thing in one line, unless somebody else was told; and what went wrong."""

    def report(found: Round) -> None:
        if found.lost:
            session.out.warn(f"{found.lost.message} Looking again.")
        for one, error in found.failed:
            session.out.warn(f"{one.what.value} {one.key[:24]}: {error.message} It is told again.")
        for one in () if quiet else found.told:
            if session.out.as_json:
                click.echo(json.dumps(found.said[one.key], ensure_ascii=False))
            else:
                click.echo(_news_line(one, session.lang))

    return report


def _news_line(one: News, lang: str) -> str:
    of = hexed(one.hold.id if one.hold else one.view.id)[:12]
    about = f" ({one.about.label()[lang]})" if one.about else ""
    by = f", {moment(one.due)}" if one.due else ""
    status = f", {one.hold.status.label()[lang]}" if one.hold else ""
    return one_line(f"{of}  {one.what.label()[lang]}{about}{status}{by}")
