# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze stats | paper``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from concordat.assets.keyfigures.figures import Figures
from concordat.assets.papers.report import Told, share, took
from concordat.casework.freezing import figures, papers, reviewing
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import amount
from concordat.cli.options import MOMENT, PLACE, command, key_option, pass_session
from concordat.cli.output import fields, moment, table
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.rendering import html, pdf
from concordat.rendering.content import LANGUAGES


@command("stats")
@click.option("--since", type=MOMENT, help="Requests made at or after this time.")
@click.option("--until", type=MOMENT, help="Requests made before this time.")
@click.option("--jurisdiction", type=PLACE, help="Only institutions of this jurisdiction.")
@click.option("--institution", metavar="AGENCY", help="Only this institution, by number or short name.")
@click.option("--html", "page", type=FILE, help="Write a report with charts as one HTML file.")
@click.option("--pdf", "sheet", type=FILE, help="Write the same report as PDF.")
@key_option
@pass_session
def stats(
    session: Session,
    since: int | None,
    until: int | None,
    jurisdiction: int | None,
    institution: str | None,
    page: Path | None,
    sheet: Path | None,
    key_uri: str | None,
) -> None:
    """Count from the log: how fast institutions are, what was asked and held, what was unjustified.

    Everybody who reads the chain gets the same figures. They name no account and no person.
    """
    desk = open_desk(session, key_uri)
    told = figures.stats(desk, since=since, until=until, jurisdiction=jurisdiction, institution=institution)
    written = []
    for path, render in ((page, lambda d: html.render(d).encode()), (sheet, pdf.render)):
        if path is not None:
            content = render(figures.document(desk, told))
            with store.guard(f"write {path}"):
                store.write(path, content)
            written.append(str(path))
    session.out.result({**figures.as_data(told), "files": written}, _text(told, session.lang))
    for name in written:
        session.out.say(f"{name} is written.")


@command("paper")
@click.argument("request", metavar="REQUEST|HOLD")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; default: papers of the request."
)
@click.option("--holder", is_flag=True, help="The notice to the account holder of one HOLD, with its key.")
@click.option("--lang", "languages", default="en,zh", metavar="en,zh", help="Languages of the papers.")
@key_option
@pass_session
def paper(
    session: Session, request: str, out: Path | None, holder: bool, languages: str, key_uri: str | None
) -> None:
    """Write the papers of all that was done about REQUEST or HOLD, as PDF, HTML and JSON.

    They are made from the chain and from what is known here (the folder of the request, or the message to
    this agency), and are the same byte for byte each time. The notice to the account holder is written only
    when asked for: it has the key by which the holder can object.
    """
    wanted = tuple(language.strip() for language in languages.split(",") if language.strip())
    if not wanted or any(language not in LANGUAGES for language in wanted):
        raise UsageError(f"'{languages}' is not known.", code="report.language", next="Use en, zh or en,zh.")
    desk = open_desk(session, key_uri)
    if holder:
        if out is None:
            raise UsageError(
                "The notice to an account holder is handed over: say where it is to be written.",
                code="paper.out",
                next="Give --out FOLDER.",
            )
        held = reviewing.notice_of(desk, request)
        files = papers.write_notice(desk, request, held, out, languages=wanted)
    else:
        files = papers.write_all(desk, request, out=out, languages=wanted)
    names = [str(file) for file in files]
    session.out.result({"files": names}, "\n".join(names) or "Nothing was done yet that makes a paper.")


def _text(told: Told, lang: str) -> str:
    total = told.total
    lines = [
        ("as at", moment(told.at)),
        ("counted", "; ".join(text.of(lang) for text in told.asked)),
        ("requests", f"{total.requests}, holds {total.holds}"),
        ("answered in time", share(total.in_time, total.judged).of(lang)),
        ("overdue now", str(total.overdue)),
    ]
    parts = [fields(lines)]
    if total.money:
        parts.append(_money(total))
    for title, groups in (("institution", told.institutions), ("jurisdiction", told.jurisdictions)):
        if groups:
            parts.append(_timing(title, groups, lang))
    objected = {name: each for name, each in told.requesters.items() if each.objections}
    if objected:
        rows = [
            (name, str(each.objections), str(each.upheld), str(each.upheld_in_part), str(each.dismissed))
            for name, each in objected.items()
        ]
        parts.append(table(("requester", "objections", "upheld", "in part", "dismissed"), rows))
    return "\n\n".join(parts)


def _money(total: Figures) -> str:
    head = ("asked", "held", "released", "ended by time", "returned", "forfeited", "still held")
    rows = [
        [
            amount(units, sums.currency)
            for units in (
                sums.asked,
                sums.held,
                sums.released,
                sums.ended,
                sums.returned,
                sums.forfeited,
                sums.remaining,
            )
        ]
        for sums in total.money
    ]
    return table(head, rows)


def _timing(title: str, groups: Mapping[str, Figures], lang: str) -> str:
    rows = [
        (
            name,
            str(each.holds),
            f"{took(each.acknowledge.median).of(lang)} / {took(each.acknowledge.p90).of(lang)}",
            f"{took(each.hold.median).of(lang)} / {took(each.hold.p90).of(lang)}",
            share(each.in_time, each.judged).of(lang),
            str(each.overdue),
        )
        for name, each in groups.items()
    ]
    head = (title, "holds", "to acknowledge (median / 90 %)", "to hold (median / 90 %)", "in time", "overdue")
    return table(head, rows)
