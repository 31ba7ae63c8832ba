# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance accept | begin | supplement | postpone | refuse | answer``."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.cooperating import answering, following
from concordat.casework.cooperating.answering import Given, Prepared
from concordat.cli.assistance.words import choice, from_file, told, verdict_lines
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import chosen
from concordat.cli.options import MOMENT, command, group, key_option, pass_session
from concordat.cli.output import local
from concordat.cli.session import Session
from concordat.cooperation.orders.messages import Words
from concordat.cooperation.words import PostponeReason, RefusalGround, ShortAnswer
from concordat.errors import UsageError

REQUEST = click.argument("request", metavar="REQUEST")


@command("accept")
@REQUEST
@click.option("--conditions", type=FILE, help="File with the conditions; the asker alone can read them.")
@click.option("--presence", type=click.Choice(["granted", "refused"]), help="Of the asker's officials.")
@key_option
@pass_session
def accept(
    session: Session, request: str, conditions: Path | None, presence: str | None, key_uri: str | None
) -> None:
    """Accept a REQUEST, as the agency that executes it; from now on it covers what is collected under it.

    Example: concordat assistance accept CN-2026-0042 --presence granted
    """
    words = Words(from_file(conditions)) if conditions else None
    granted = presence == "granted" if presence else None
    done = answering.accept(open_desk(session, key_uri), request, words, presence=granted)
    text = f"{done.name} is accepted{' with conditions' if words else ''}."
    told(
        session,
        done,
        f"{text} Then: concordat assistance begin, or answer",
        carry=bool(words),
        presence=presence,
    )


@command("begin")
@REQUEST
@key_option
@pass_session
def begin(session: Session, request: str, key_uri: str | None) -> None:
    """Say that a REQUEST is being carried out."""
    done = answering.begin(open_desk(session, key_uri), request)
    told(session, done, f"{done.name} is being carried out.")


@group("supplement")
def supplement() -> None:
    """Ask for more than the request says, or give it: ask, give. The clock stands in between."""


@supplement.command("ask")
@REQUEST
@click.option("--text", "file", type=FILE, required=True, help="File that says what is missing.")
@click.option("--item", "items", multiple=True, help="One thing that is missing; may be given several times.")
@key_option
@pass_session
def supplement_ask(
    session: Session, request: str, file: Path, items: tuple[str, ...], key_uri: str | None
) -> None:
    """Ask the asker of a REQUEST for more; the clock stands until it comes, at most 60 days.

    Example: concordat assistance supplement ask CN-2026-0042 --text missing.txt
    """
    done = answering.ask_supplement(open_desk(session, key_uri), request, Words(from_file(file), items))
    told(session, done, f"A supplement to {done.name} is asked for; the clock stands.", carry=True)


@supplement.command("give")
@REQUEST
@click.option("--text", "file", type=FILE, required=True, help="File that says what was asked for.")
@click.option("--item", "items", multiple=True, help="One thing that is given; may be given several times.")
@key_option
@pass_session
def supplement_give(
    session: Session, request: str, file: Path, items: tuple[str, ...], key_uri: str | None
) -> None:
    """Give what was asked for in addition to a REQUEST, as its asker; the clock runs on.

    Example: concordat assistance supplement give CN-2026-0042 --text more.txt
    """
    done = following.supplement(open_desk(session, key_uri), request, Words(from_file(file), items))
    told(session, done, f"{done.name} is supplemented; the clock runs on.", carry=True)


@command("postpone")
@REQUEST
@click.option("--until", type=MOMENT, required=True, help="Until when; at most 180 days in all.")
@click.option("--reason", type=choice(PostponeReason), required=True, help="Why.")
@click.option("--text", "file", type=FILE, required=True, help="File with the reasons in words.")
@key_option
@pass_session
def postpone(
    session: Session, request: str, until: int, reason: str, file: Path, key_uri: str | None
) -> None:
    """Postpone a REQUEST; the clock stands until then.

    Example: concordat assistance postpone CN-2026-0042 --until 2027-02-01T00:00:00Z --reason OWN_PROCEEDINGS
    --text why.txt
    """
    why = chosen(PostponeReason, reason)
    done = answering.postpone(open_desk(session, key_uri), request, until, why, from_file(file))
    told(session, done, f"{done.name} is postponed until {local(until)}.", carry=True)


@command("refuse")
@REQUEST
@click.option("--ground", type=choice(RefusalGround), required=True, help="The coded ground.")
@click.option("--text", "file", type=FILE, required=True, help="File that says why it applies.")
@key_option
@pass_session
def refuse(session: Session, request: str, ground: str, file: Path, key_uri: str | None) -> None:
    """Refuse a REQUEST on a coded ground; a lawful ground costs nothing, OTHER counts against who refuses.

    Example: concordat assistance refuse CN-2026-0042 --ground NO_DUAL_CRIMINALITY --text why.txt
    """
    code = chosen(RefusalGround, ground)
    desk, why = open_desk(session, key_uri), from_file(file)
    if code.costs_standing:
        session.confirm("This ground counts against the standing of your agency. Refuse on it?")
    done = answering.refuse(desk, request, code, why)
    told(session, done, f"{done.name} is refused. {code.label()[session.lang]}", carry=True, ground=code.name)


@command("answer")
@REQUEST
@click.option("--text", "file", type=FILE, required=True, help="File with the answer in words.")
@click.option("--part", is_flag=True, help="More follows.")
@click.option("--acquisition", "acquisitions", multiple=True, metavar="PKG|ROOT", help="Registered evidence.")
@click.option("--freeze", "freezes", multiple=True, metavar="REQUEST", help="A freeze made for it.")
@click.option("--hold", "holds", multiple=True, metavar="HOLD", help="What is held for it.")
@click.option(
    "--document", "documents", multiple=True, type=FILE, help="A document; it is sealed to the asker."
)
@click.option(
    "--short", type=click.Choice(["yes", "no", "part"]), help="For kinds that are answered without lists."
)
@key_option
@pass_session
def answer(
    session: Session,
    request: str,
    file: Path,
    part: bool,
    acquisitions: tuple[str, ...],
    freezes: tuple[str, ...],
    holds: tuple[str, ...],
    documents: tuple[Path, ...],
    short: str | None,
    key_uri: str | None,
) -> None:
    """Answer a REQUEST, completely or in part; the asker alone can read it.

    Evidence is judged by exactly the checklist that came with the request, and shown, before it is sent.

    Example: concordat assistance answer CN-2026-0042 --text answer.txt --acquisition site.acq
    """
    desk = open_desk(session, key_uri)
    given = Given(acquisitions, freezes, holds, documents)
    brief = ShortAnswer[{"part": "IN_PART"}.get(short, short.upper())] if short else None
    if brief and any((acquisitions, freezes, holds, documents)):
        raise UsageError(
            "An answer of yes, no or in part has no lists.",
            code="assistance.short_list",
            kept="Nothing was sent.",
            next="Leave the lists out, or --short.",
        )

    def agree(prepared: Prepared) -> None:
        lines = list(verdict_lines(prepared.verdicts, session.lang))
        if lines:
            session.out.say("\n".join(lines))
        if any(verdict.missing for verdict in prepared.verdicts):
            session.confirm("The forum would miss something. Answer with it?")

    answered = answering.answer(
        desk, request, from_file(file), given, complete=not part, short=brief, agree=agree
    )
    done = answered.done
    text = f"{done.name} is answered{' in part' if part else ''}. The asker has to receive and confirm it."
    told(session, done, text, carry=True, verdicts=[each.as_json() for each in answered.prepared.verdicts])
