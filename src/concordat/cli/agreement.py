# SPDX-License-Identifier: Apache-2.0
"""``concordat agreement``: consult, accept, ratify, withdraw; what applies between whom, and what is owed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import agreed, agreeing
from concordat.casework.cooperating.agreeing import Proposed
from concordat.cli.agreementtext import (
    rules_data,
    rules_text,
    standing_data,
    standing_row,
    standing_text,
)
from concordat.cli.assistance.words import KIND, choice, told
from concordat.cli.desk import FILE, PATH, open_desk, warn_of_clock
from concordat.cli.freeze.words import chosen, hexed
from concordat.cli.options import PLACE, group, key_option, pass_session
from concordat.cli.output import one_line, table
from concordat.cli.session import Session
from concordat.cooperation.agreements.agreementtemplate import template
from concordat.cooperation.words import LegalBasis, RequestKind
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.laws import Text
from concordat.evidence.places import alpha

TEXTS = click.option(
    "--text", "texts", multiple=True, metavar="LANG=FILE", help="Where a language version lies."
)
THREAD = click.argument("thread", metavar="THREAD")
HEAD = ("thread", "parties", "stands on", "status", "in force for", "duties breached")


@group("agreement")
def agreement() -> None:
    """Agreements as live rules: propose, counter, accept, ratify, withdraw, perform.

    THREAD is 0x and the beginning of an agreement's key. A central authority acts for its country: its own
    key, or its officer with TRANSMIT. What an agreement says is in its text, which the parties exchange as
    they do now; on the chain stand its hash and its terms.
    """


@agreement.command("new")
@click.argument("file", type=PATH)
@click.option("--parties", "countries", type=PLACE, multiple=True, required=True, help="A country each.")
@click.option("--basis", type=choice(LegalBasis), required=True, help="On what the parties stand.")
@click.option("--kind", "kinds", type=KIND, multiple=True, help="Kinds that it covers; default: all.")
@pass_session
def new(session: Session, file: Path, countries: tuple[int, ...], basis: str, kinds: tuple[str, ...]) -> None:
    """Write an agreement to a FILE, commented and with default terms; propose nothing.

    Example: concordat agreement new agreement.yaml --parties CN --parties MY --basis TREATY --kind EVIDENCE
    """
    codes = [alpha(each) for each in countries]
    wanted = [chosen(RequestKind, each) for each in kinds]
    text = template(codes, chosen(LegalBasis, basis), wanted, lang=session.lang)
    if file.exists():
        raise UsageError(
            f"{file} exists.", code="file.exists", kept="It was not touched.", next="Name another file."
        )
    with store.guard(f"write {file}"):
        store.write(file, text.encode())
    session.out.result({"file": str(file)}, f"{file} is written. Put its texts beside it, then propose it.")


@agreement.command("propose")
@click.argument("file", type=PATH)
@TEXTS
@key_option
@pass_session
def propose(session: Session, file: Path, texts: tuple[str, ...], key_uri: str | None) -> None:
    """Open a consultation with the version in FILE; the proposal is the own acceptance of it.

    Example: concordat agreement propose agreement.yaml --text en=treaty.en.txt --text zh=treaty.zh.txt
    """
    proposed = agreeing.propose(open_desk(session, key_uri), file, _texts(texts))
    _tell_version(session, proposed, "is proposed. Send the file and its texts to the other parties.")


@agreement.command("counter")
@THREAD
@click.argument("file", type=PATH)
@TEXTS
@click.option("--answers", metavar="HASH", help="Version to which this one answers; default: the newest.")
@click.option("--check", is_flag=True, help="Show what would change; propose nothing.")
@key_option
@pass_session
def counter(
    session: Session,
    thread: str,
    file: Path,
    texts: tuple[str, ...],
    answers: str | None,
    check: bool,
    key_uri: str | None,
) -> None:
    """Put another version into a THREAD; what it changes is shown in words.

    Example: concordat agreement counter 0x5f2c91 agreement-2.yaml
    """
    desk = open_desk(session, key_uri)

    def agree(changed: tuple[Text, ...]) -> None:
        session.out.say("\n".join(one_line(each[session.lang]) for each in changed) or "Nothing changes.")
        session.confirm("Propose this version?")

    if check:
        changed = agreeing.compare(desk, thread, file, _texts(texts), answers)
        text = "\n".join(one_line(each[session.lang]) for each in changed) or "Nothing changes."
        session.out.result({"changed": [each.as_dict() for each in changed]}, text)
        return
    proposed = agreeing.counter(desk, thread, file, _texts(texts), answers, agree)
    _tell_version(session, proposed, "is proposed in answer.")


@agreement.command("accept")
@THREAD
@click.option("--version", metavar="HASH", required=True, help="Exactly the version that is accepted.")
@click.option("--text", "texts", multiple=True, metavar="LANG=FILE", required=True, help="What was read.")
@key_option
@pass_session
def accept(session: Session, thread: str, version: str, texts: tuple[str, ...], key_uri: str | None) -> None:
    """Accept exactly one version of a THREAD; the files are compared with its hash first.

    Example: concordat agreement accept 0x5f2c91 --version 0xa81b30 --text en=a.en.txt --text zh=a.zh.txt
    """
    desk = open_desk(session, key_uri)
    done = agreeing.accept(desk, thread, version, _texts(texts))
    standing = agreed.standing(desk, done.about)
    text = f"The version {version[:12]} of {done.name} is accepted."
    more = " All parties accepted it: it can be ratified." if any(standing.agreed) else ""
    told(session, done, text + more, agreed=hexed(standing.agreed) if any(standing.agreed) else None)


@agreement.command("ratify")
@THREAD
@click.option("--instrument", type=FILE, required=True, help="Instrument of ratification; its hash is kept.")
@click.option("--reserve", "kinds", type=KIND, multiple=True, help="Kind that the own side excludes.")
@click.option("--text", "text", type=FILE, help="With --reserve: text of the reservation.")
@key_option
@pass_session
def ratify(
    session: Session,
    thread: str,
    instrument: Path,
    kinds: tuple[str, ...],
    text: Path | None,
    key_uri: str | None,
) -> None:
    """Ratify what was agreed upon in a THREAD, or accede to it, with reservations or without.

    Example: concordat agreement ratify 0x5f2c91 --instrument ratified.pdf --reserve EXTRADITION --text r.txt
    """
    desk = open_desk(session, key_uri)
    done = agreeing.ratify(desk, thread, instrument, [chosen(RequestKind, each) for each in kinds], text)
    status = agreed.standing(desk, done.about).status
    told(session, done, f"{done.name} is ratified; it is {status.label()[session.lang]}.", status=status.name)


@agreement.command("include")
@THREAD
@click.option("--kind", "kinds", type=KIND, multiple=True, required=True, help="A kind that was reserved.")
@key_option
@pass_session
def include(session: Session, thread: str, kinds: tuple[str, ...], key_uri: str | None) -> None:
    """Take a reservation back: include kinds again that the own side excluded.

    Example: concordat agreement include 0x5f2c91 --kind EXTRADITION
    """
    wanted = [chosen(RequestKind, each) for each in kinds]
    done = agreeing.include(open_desk(session, key_uri), thread, wanted)
    told(session, done, f"The reservation to {done.name} is withdrawn.")


@agreement.command("withdraw")
@THREAD
@click.option("--instrument", type=FILE, required=True, help="The notice; its hash is kept.")
@key_option
@pass_session
def withdraw(session: Session, thread: str, instrument: Path, key_uri: str | None) -> None:
    """Withdraw from an agreement, with its notice; requests that were sent before run on.

    Example: concordat agreement withdraw 0x5f2c91 --instrument notice.pdf
    """
    session.confirm("Withdraw from the agreement?")
    done = agreeing.withdraw(open_desk(session, key_uri), thread, instrument)
    told(session, done, f"The withdrawal from {done.name} is notified.")


@agreement.command("perform")
@THREAD
@click.argument("duty", type=click.IntRange(1, 16), metavar="DUTY")
@click.option("--evidence", type=FILE, required=True, help="What shows it; its hash is kept.")
@key_option
@pass_session
def perform(session: Session, thread: str, duty: int, evidence: Path, key_uri: str | None) -> None:
    """Show that the own side performed a DUTY (its number), for the present turn.

    Example: concordat agreement perform 0x5f2c91 1 --evidence report.pdf
    """
    done = agreeing.perform(open_desk(session, key_uri), thread, duty, evidence)
    told(session, done, f"Duty {duty} of {done.name} is performed.")


@agreement.command("list")
@key_option
@pass_session
def list_(session: Session, key_uri: str | None) -> None:
    """List all agreements, and how each stands now."""
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found = agreed.list_(desk)
    text = table(HEAD, [standing_row(each, session.lang) for each in found])
    data = {"agreements": [standing_data(each) for each in found]}
    session.out.result(data, text if found else "There is no agreement.")


@agreement.command("show")
@THREAD
@key_option
@pass_session
def show(session: Session, thread: str, key_uri: str | None) -> None:
    """Show a THREAD: every version with what it changed, who accepted and ratified, and what is owed when."""
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found = agreed.show(desk, thread)
    session.out.result(standing_data(found), standing_text(found, session.lang, desk.clock.now))


@agreement.command("paper")
@THREAD
@click.option("--out", type=PATH, default="papers", show_default=True, help="The folder to write into.")
@click.option("--file", "file", type=PATH, help="The agreement's file, for its title and duties.")
@TEXTS
@key_option
@pass_session
def paper(
    session: Session, thread: str, out: Path, file: Path | None, texts: tuple[str, ...], key_uri: str | None
) -> None:
    """Write the summary of every version of a THREAD, in both languages: PDF, HTML, JSON.

    Example: concordat agreement paper 0x5f2c91 --file agreement.yaml
    """
    desk = open_desk(session, key_uri)
    written = agreeing.read(file, _texts(texts)) if file else None
    made = agreed.write_papers(desk, thread, out, written)
    data = {"folder": str(out), "files": [each.name for each in made]}
    session.out.result(data, f"{len(made)} files are in {out}.")


@agreement.command("between")
@click.argument("one", type=PLACE, metavar="COUNTRY")
@click.argument("other", type=PLACE, metavar="COUNTRY")
@click.option("--kind", type=KIND, help="One kind of request; default: all.")
@key_option
@pass_session
def between(session: Session, one: int, other: int, kind: str | None, key_uri: str | None) -> None:
    """Say which rules apply to requests from one COUNTRY to another now; where there are none, say that.

    Example: concordat agreement between CN MY --kind EVIDENCE
    """
    desk = open_desk(session, key_uri)
    wanted = chosen(RequestKind, kind) if kind else None
    rules = agreed.between(desk, one, other, wanted)
    known = agreed.outside(one, other, wanted) if wanted else ()
    session.out.result(rules_data(rules, known), rules_text(rules, known, (one, other), session.lang))


def _texts(given: tuple[str, ...]) -> dict[str, Path]:
    """Language versions as they were named."""
    found: dict[str, Path] = {}
    for each in given:
        language, _, file = each.partition("=")
        if not language or not file or language in found:
            raise UsageError(
                f"'{one_line(each)}' is not LANG=FILE, or the language is named twice.",
                code="agreement.texts",
                kept="Nothing was sent.",
                next="Write for instance: --text en=treaty.en.txt --text zh=treaty.zh.txt",
            )
        found[language] = Path(file)
    return found


def _tell_version(session: Session, proposed: Proposed, what: str) -> None:
    more: dict[str, Any] = {
        "thread": hexed(proposed.thread),
        "version": hexed(proposed.version),
        "changed": [each.as_dict() for each in proposed.changed],
    }
    text = f"Agreement {hexed(proposed.thread)}\nversion   {hexed(proposed.version)}\n{what.capitalize()}"
    told(session, proposed.done, text, **more)
