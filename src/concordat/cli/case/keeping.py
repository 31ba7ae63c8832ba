# SPDX-License-Identifier: Apache-2.0
"""``concordat case deadline | victims | minutes``."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.cooperating import casefile, cases
from concordat.casework.freezing.offices import own_agency
from concordat.cli.assistance.words import done_data, told
from concordat.cli.case.opening import CASE
from concordat.cli.desk import FILE, open_desk, warn_of_clock
from concordat.cli.freeze.words import due as due_text
from concordat.cli.options import MOMENT, PLACE, command, group, key_option, pass_session
from concordat.cli.output import moment, table
from concordat.cli.session import Session
from concordat.cooperation import legalclocks
from concordat.cooperation.legalclocks import LegalClock
from concordat.errors import UsageError
from concordat.evidence.places import alpha
from concordat.membership import numbers


@group("deadline")
def deadline() -> None:
    """Statutory clocks of a case: set, met, codes. Overdue is computed; nobody sends anything for that."""


@deadline.command("set")
@CASE
@click.argument("code", metavar="CLOCK")
@click.option("--from", "start", type=MOMENT, help="When what starts it happened; default: now.")
@click.option("--due", "due", type=MOMENT, help="When it is over, where a court or a decision says so.")
@key_option
@pass_session
def set_(
    session: Session, case: str, code: str, start: int | None, due: int | None, key_uri: str | None
) -> None:
    """Set a CLOCK of your country's law for a CASE, by name or number; the end is counted as the law does.

    Example: concordat case deadline set CN-2026-0317 ARREST_REQUEST --from 2026-11-20T09:00:00+08:00
    """
    if start is not None and due is not None:
        raise UsageError("Give --from or --due, not both.", code="case.clock", kept="Nothing was sent.")
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    done, found = casefile.set_deadline(desk, case, code, due=due, start=start)
    law = legalclocks.find(alpha(found.jurisdiction), found.code)
    text = f"{done.name}, clock {found.number}: due {due_text(found.due, desk.clock.now)}"
    more = f"\n{_law(law, session.lang)}" if law else ""
    told(session, done, text + more, number=found.number, code=found.code, due=moment(found.due))


@deadline.command("met")
@CASE
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.argument("file", type=FILE)
@key_option
@pass_session
def met(session: Session, case: str, number: int, file: Path, key_uri: str | None) -> None:
    """Record that clock N of a CASE was met, with what shows it in FILE; late is said to be late.

    Example: concordat case deadline met CN-2026-0317 1 approval.pdf
    """
    done = casefile.meet_deadline(open_desk(session, key_uri), case, number, file)
    told(session, done, f"Clock {number} of {done.name} is met.", number=number)


@deadline.command("codes")
@click.option("--country", type=PLACE, help="Whose; default: your own.")
@pass_session
def codes(session: Session, country: int | None) -> None:
    """List the statutory clocks that are known of a country, with how long they run and the article.

    Example: concordat case deadline codes --country SG
    """
    if country is None:
        country = numbers.jurisdiction_of(own_agency(open_desk(session, None)))
    known, lang = legalclocks.of(alpha(country)), session.lang
    rows = [
        (
            str(each.code),
            each.name,
            each.label[lang],
            each.starts[lang],
            f"{each.rule.count} {each.rule.unit.label()[lang]}",
            _article(each, lang),
        )
        for each in known
    ]
    head = ("code", "clock", "for", "from", "runs", "law")
    data = {"country": alpha(country), "clocks": [_data(each) for each in known]}
    session.out.result(data, table(head, rows) if rows else f"No clocks of {alpha(country)} are known.")


@group("victims")
def victims() -> None:
    """Victims of a case: counted by pseudonyms, each once, whoever counts them."""


@victims.command("count")
@CASE
@click.argument("file", type=FILE)
@click.option("--team", metavar="TEAM", help="Joint team through which you work on it.")
@key_option
@pass_session
def count(session: Session, case: str, file: Path, team: str | None, key_uri: str | None) -> None:
    """Count the victims of FILE for a CASE: a CSV with columns country, id, passport, phone.

    Nothing of it leaves this machine but keyed hashes. A victim that was counted by any of its identities, by
    you or another agency, is not counted again. A row needs one of id, passport and phone; give all you know.

    Example: concordat case victims count CN-2026-0317 victims.csv
    """
    found = casefile.count_victims(open_desk(session, key_uri), case, file, team)
    data = {
        "given": found.given,
        "known": found.known,
        "added": found.added,
        "total": found.total,
        "transactions": [done_data(each) for each in found.done],
    }
    session.out.result(
        data,
        f"{found.given} in the file: {found.added} counted now, {found.known} were counted before.\n"
        f"The case has {found.total} victims.",
    )


@command("minutes")
@CASE
@click.argument("file", type=FILE)
@key_option
@pass_session
def minutes(session: Session, case: str, file: Path, key_uri: str | None) -> None:
    """Anchor the minutes of a meeting about a CASE; the agencies concerned read them.

    Example: concordat case minutes CN-2026-0317 minutes-2026-11-20.pdf
    """
    done = cases.minutes(open_desk(session, key_uri), case, file)
    told(session, done, f"The minutes of {done.name} are anchored.")


def _law(law: LegalClock, lang: str) -> str:
    note = f" {law.note[lang]}" if law.note else ""
    return f"{law.label[lang]}: {_article(law, lang)}.{note}"


def _article(law: LegalClock, lang: str) -> str:
    """Title and article; what is from memory is marked."""
    source = law.source
    title = legalclocks.book().laws[source.reference.law].title[lang]
    doubt = " (?)" if source.certainty.value.startswith("M") else ""
    return f"{title} {source.reference.article[lang]}{doubt}"


def _data(law: LegalClock) -> dict[str, object]:
    return {
        "code": law.code,
        "name": law.name,
        "label": law.label.as_dict(),
        "from": law.starts.as_dict(),
        "count": law.rule.count,
        "unit": law.rule.unit.value,
        "law": law.source.reference.law,
        "article": law.source.reference.article.as_dict(),
        "certainty": law.source.certainty.value,
    }
