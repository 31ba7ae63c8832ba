# SPDX-License-Identifier: Apache-2.0
"""``concordat intel new | send | open | forward | merge | list | show``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from concordat.casework.cooperating import intelligence
from concordat.casework.cooperating.intelligence import Given, Held
from concordat.casework.freezing import carrying, offices
from concordat.cli.desk import FILE, open_desk
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import fields, moment, one_line, styled, table
from concordat.cli.session import Session
from concordat.cooperation.intelligence.notes import CREDIBILITY, FIELDS, RELIABILITY, Fact, Note, NoteKind

F = TypeVar("F", bound=Callable[..., Any])
NOTE = click.argument("note", metavar="NOTE")
KIND = click.Choice([kind.value for kind in NoteKind], case_sensitive=False)


def to_option(function: F) -> F:
    """``--to``: who may read it."""
    return click.option(
        "--to", "to", multiple=True, required=True, metavar="AGENCY", help="Who may read it; several times."
    )(function)


@command("new")
@click.argument("kind", type=KIND)
@click.option("--out", type=FILE, default="note.yaml", show_default=True, help="Where to write it.")
@key_option
@pass_session
def new(session: Session, kind: str, out: Path, key_uri: str | None) -> None:
    """Write the template of a note of a KIND: IDENTITY of suspects, PATTERN of crime, FLOW of funds.

    Example: concordat intel new FLOW --out flow.yaml
    """
    intelligence.new(open_desk(session, key_uri), NoteKind(kind.upper()), out)
    session.out.result(
        {"file": str(out)}, f"{out} is to be filled in. Then: concordat intel send {out} --to …"
    )


@command("send")
@click.argument("file", type=FILE)
@to_option
@key_option
@pass_session
def send(session: Session, file: Path, to: tuple[str, ...], key_uri: str | None) -> None:
    """Seal the note in FILE to named agencies, signed. Nothing of it goes on the chain.

    Example: concordat intel send flow.yaml --to CN-MPS --to SG-SPF
    """
    _tell_given(session, intelligence.send(open_desk(session, key_uri), file, to))


@command("open")
@click.argument("what", metavar="HASH|FILE")
@key_option
@pass_session
def open_(session: Session, what: str, key_uri: str | None) -> None:
    """Open a note that came: by the HASH of its message, or as a FILE. Its whole way is checked first.

    Example: concordat intel open 0x5f2c…
    """
    desk = open_desk(session, key_uri)
    if Path(what).exists():
        digest = carrying.take_in(desk, Path(what), share=False).digest
    else:
        digest = carrying.digest_named(desk, what)
    _tell_note(session, desk.chain, intelligence.open_(desk, digest))


@command("forward")
@NOTE
@to_option
@key_option
@pass_session
def forward(session: Session, note: str, to: tuple[str, ...], key_uri: str | None) -> None:
    """Pass a NOTE on to other agencies, as far as its handling code (TLP 2.0) lets it go from here.

    RED and AMBER_STRICT go to nobody else, AMBER to agencies of the own country, GREEN and CLEAR to every
    member. Whoever opens a note that went further is told so, and does not keep it.

    Example: concordat intel forward MY-INT-7 --to MY-AGC
    """
    _tell_given(session, intelligence.forward(open_desk(session, key_uri), note, to))


@command("merge")
@click.argument("notes", nargs=-1, required=True, metavar="NOTE…")
@click.option("--number", required=True, help="Own number of the note that results.")
@key_option
@pass_session
def merge(session: Session, notes: tuple[str, ...], number: str, key_uri: str | None) -> None:
    """Merge NOTES of several units into one: each fact once, with all who said it and their grades.

    Contradictions stay side by side and are told. The strictest handling code is that of the whole.

    Example: concordat intel merge MY-INT-7 CN-31 --number MY-INT-8
    """
    desk = open_desk(session, key_uri)
    merged = intelligence.merge(desk, notes, number)
    names, note = offices.names(desk.chain), merged.note
    data = {
        **_note_data(note, names),
        "confirmed": len(merged.confirmed),
        "differing": [[list(fact.values) for fact in group] for group in merged.differing],
    }
    lines = [
        f"{note.number}: {len(note.facts)} facts, {len(merged.confirmed)} of them by more than one agency."
    ]
    session.out.result(data, "\n".join([*lines, "", *_facts(note, names)]))
    for group in merged.differing:
        about = " / ".join(one_line(" ".join(fact.values)) for fact in group)
        session.out.warn(f"They say different things: {about}")


@command("list")
@key_option
@pass_session
def list_(session: Session, key_uri: str | None) -> None:
    """List the notes of this workspace.

    Example: concordat intel list
    """
    desk = open_desk(session, key_uri)
    found, names, lang = intelligence.held(desk), offices.names(desk.chain), session.lang
    rows = [
        (
            f"0x{each.note.id.hex()[:12]}",
            each.note.number,
            each.note.kind.label()[lang],
            offices.called(names, each.note.agency),
            each.note.handling.name,
            moment(each.note.written_at),
            str(len(each.note.facts)),
        )
        for each in found
    ]
    head = ("note", "number", "kind", "from", "handling", "written", "facts")
    data = {"notes": [_note_data(each.note, names) for each in found]}
    session.out.result(data, table(head, rows) if rows else "There are no notes here.")


@command("show")
@NOTE
@key_option
@pass_session
def show(session: Session, note: str, key_uri: str | None) -> None:
    """Show a NOTE: every fact with its sources and grades, and the way on which it came.

    Example: concordat intel show MY-INT-7
    """
    desk = open_desk(session, key_uri)
    _tell_note(session, desk.chain, intelligence.find(desk, note))


def _tell_given(session: Session, given: Sequence[Given]) -> None:
    lines = [f"{each.name}: {each.digest}{', given before' if each.before else ''}" for each in given]
    data = {
        "note": f"0x{given[0].note.id.hex()}",
        "number": given[0].note.number,
        "given": [
            {"agency": each.name, "message": each.digest, "before": each.before, "posted": each.posted}
            for each in given
        ],
    }
    session.out.result(data, "\n".join(lines))
    session.out.say("Tell each of them its hash; there: concordat intel open HASH")
    if not all(each.posted for each in given):
        session.out.warn(
            "There is no mailbox. Write the files with: concordat freeze message export HASH FILE"
        )


def _tell_note(session: Session, chain: Any, held: Held) -> None:
    note, names, lang = held.note, offices.names(chain), session.lang
    way = [
        {
            "from": offices.called(names, hop["from"]),
            "to": offices.called(names, hop["to"]),
            "at": moment(hop["at"]),
        }
        for hop in held.hops
    ]
    head = fields(
        [
            ("note", f"{note.number}, {note.kind.label()[lang]}"),
            ("from", offices.called(names, note.agency)),
            ("handling", note.handling.label()[lang]),
            ("written", moment(note.written_at)),
            ("case", note.case),
        ]
    )
    steps = [f"{hop['at']}  {hop['from']} → {hop['to']}" for hop in way]
    session.out.result(
        {**_note_data(note, names), "way": way}, "\n".join([head, "", *_facts(note, names), "", *steps])
    )


def _facts(note: Note, names: Mapping[int, str]) -> Iterator[str]:
    for fact in note.facts:
        yield styled(one_line("  ".join(fact.values)), "head")
        for source in fact.sources:
            who = offices.called(names, source.agency)
            grade = f"{RELIABILITY[source.grade[0]].en}, {CREDIBILITY[source.grade[1]].en}"
            yield one_line(f"    {source.grade}  {who} {source.note}  ({grade})")


def _note_data(note: Note, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "note": f"0x{note.id.hex()}",
        "number": note.number,
        "agency": offices.called(names, note.agency),
        "kind": note.kind.value,
        "handling": note.handling.name,
        "written_at": moment(note.written_at),
        "case": note.case,
        "facts": [_fact_data(note, fact, names) for fact in note.facts],
    }


def _fact_data(note: Note, fact: Fact, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        **dict(zip(FIELDS[note.kind], fact.values, strict=True)),
        "sources": [
            {"agency": offices.called(names, each.agency), "note": each.note, "grade": each.grade}
            for each in fact.sources
        ],
    }
