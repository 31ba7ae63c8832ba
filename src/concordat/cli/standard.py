# SPDX-License-Identifier: Apache-2.0
"""``concordat standard``: what each forum asks, as adopted and as written."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from concordat.cli.options import MOMENT, PLACE, group, key_option, pass_session
from concordat.cli.output import moment, styled, table
from concordat.cli.receipts import as_data
from concordat.cli.rulefiles import tell_mistakes
from concordat.cli.session import Session
from concordat.cli.standardtext import describe
from concordat.errors import NodeError, UsageError
from concordat.evidence import places, store
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import Rulebook, bundled, bundled_jurisdictions, load
from concordat.evidence.standards import Origin
from concordat.evidence.words import HOUR
from concordat.ledger import adoption
from concordat.ledger.standardbook import Adopted, StandardBook


@group("standard")
def standard() -> None:
    """Legal standards: list, show, adopt, lint."""


@standard.command("list")
@click.option("--offline", is_flag=True, help="As last read; do not ask the node.")
@pass_session
def list_(session: Session, offline: bool) -> None:
    """List the standards that forums adopted, and keep them for work without network."""
    book = _book(session, offline)
    newest = [versions[-1] for _, versions in sorted(book.versions.items())]
    rows = [
        (
            places.alpha(each.forum),
            each.origin.name.lower(),
            each.method.name,
            str(each.version),
            moment(each.standard.from_hour * HOUR),
        )
        for each in newest
    ]
    data = {"read_at": moment(book.read_at), "standards": [_data(each) for each in book.all()]}
    session.out.result(data, table(("forum", "origin", "method", "version", "from"), rows))


@standard.command("show")
@click.argument("forum", type=PLACE)
@click.argument(
    "method", metavar="METHOD", type=click.Choice([each.name for each in Method], case_sensitive=False)
)
@click.option(
    "--foreign", is_flag=True, help="For evidence from abroad; default: from the forum's own country."
)
@click.option(
    "--written", is_flag=True, help="As in the rule file of this package, with laws, not as adopted."
)
@click.option("--offline", is_flag=True, help="As last read; do not ask the node.")
@pass_session
def show(session: Session, forum: int, method: str, foreign: bool, written: bool, offline: bool) -> None:
    """Show what FORUM asks for a METHOD, in words.

    METHOD: as in a record, for instance storage_imaging or online_extraction.
    """
    origin, chosen = Origin.FOREIGN if foreign else Origin.DOMESTIC, Method[method.upper()]
    rulebook = _bundled_or_none(forum)
    if written:
        if rulebook is None:
            bundled(places.alpha(forum))  # raises the sentence
            return
        text = describe(rulebook.compile(origin, chosen), rulebook, origin, chosen, session.lang)
        session.out.result(
            {"forum": places.alpha(forum), "review": rulebook.review.status, "text": text}, text
        )
        return
    versions = _book(session, offline).of(forum, origin, chosen)
    if not versions:
        raise UsageError(
            f"{places.alpha(forum)} adopted no standard for {chosen.name}, {origin.name.lower()}.",
            code="standards.none",
            next="See what there is with: concordat standard list",
        )
    parts = [
        f"{_title(each)}\n{describe(each.standard, rulebook, origin, chosen, session.lang)}"
        for each in versions
    ]
    session.out.result({"versions": [_data(each) for each in versions]}, "\n\n".join(parts))


@standard.command("adopt")
@click.argument("what")
@click.option(
    "--from", "start", type=MOMENT, help="When changed standards come into force; default: in seven days."
)
@click.option("--dry-run", is_flag=True, help="Say what would be adopted; send nothing.")
@key_option
@pass_session
def adopt(session: Session, what: str, start: int | None, dry_run: bool, key_uri: str | None) -> None:
    """Adopt a rulebook for its jurisdiction. WHAT: a code of a bundled one (cn), or a YAML file.

    All origins and methods are compiled over the international baseline; OTHER goes first.
    """
    rulebook, rules = _rulebook(what)
    adoption.require_rulebook(rulebook)
    book = session.workspace.refresh_standards(session.chain)
    planned = adoption.plan(rulebook, book, session.chain.now(), start)
    rows = [
        (
            each.origin.name.lower(),
            each.method.name,
            str(each.version),
            moment(each.standard.from_hour * HOUR),
        )
        for each in planned
    ]
    text = (
        table(("origin", "method", "version", "from"), rows)
        if rows
        else "Nothing to adopt: all is as written."
    )
    receipts = []
    if planned and not dry_run:
        session.out.say(f"{rulebook.jurisdiction}: {len(planned)} standards. {_review(rulebook)}")
        forum = places.numeric(rulebook.jurisdiction)
        receipts = adoption.adopt(session.ledger, session.signer(key_uri), forum, rules, planned)
        session.workspace.refresh_standards(session.chain)
    data = {
        "jurisdiction": rulebook.jurisdiction,
        "rules": rules.hex(),
        "review": rulebook.review.status,
        "adopted": [
            {"origin": row[0], "method": row[1], "version": int(row[2]), "from": row[3]} for row in rows
        ],
        "transactions": [as_data(receipt) for receipt in receipts],
    }
    session.out.result(data, text)


@standard.command("lint")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), nargs=-1, required=True)
@pass_session
def lint(session: Session, file: tuple[Path, ...]) -> None:
    """Look for every kind of mistake in rule files: line, column, reason."""
    tell_mistakes(session, file)


def _book(session: Session, offline: bool) -> StandardBook:
    if offline:
        return session.workspace.standards()
    try:
        return session.workspace.refresh_standards(session.chain)
    except NodeError as error:
        if error.code != "node.unreachable":
            raise
        book = session.workspace.standards()
        session.out.warn(f"{error.message} Shown as read on {moment(book.read_at)}.")
        return book


def _rulebook(what: str) -> tuple[Rulebook, bytes]:
    """A rulebook and the SHA-256 of its file."""
    if what.upper() in bundled_jurisdictions():
        name = f"{what.lower()}.yaml"
        content = (files("concordat") / "data" / "standards" / name).read_bytes()
        return bundled(what.upper()), hashlib.sha256(content).digest()
    if not Path(what).exists():
        raise UsageError(
            f"'{what}' is neither a file nor the code of a bundled rulebook.",
            code="standards.rulebook",
            kept="Nothing was sent.",
            next=f"Give a YAML file, or one of {', '.join(bundled_jurisdictions())}.",
        )
    book = load(Path(what))
    with store.guard("read the rule file"):
        return book, hashlib.sha256(Path(what).read_bytes()).digest()


def _bundled_or_none(forum: int) -> Rulebook | None:
    code = places.alpha(forum)
    return bundled(code) if code in bundled_jurisdictions() else None


def _title(each: Adopted) -> str:
    until = each.standard.until_hour
    end = f" to {moment(until * HOUR)}" if until else ""
    return styled(
        f"Version {each.version}, in force from {moment(each.standard.from_hour * HOUR)}{end}", "head"
    )


def _review(rulebook: Rulebook) -> str:
    return f"Review: {rulebook.review.status}."


def _data(each: Adopted) -> dict[str, Any]:
    core, extension = each.standard.pack()
    return {
        "forum": places.alpha(each.forum),
        "origin": each.origin.name,
        "method": each.method.name,
        "version": each.version,
        "from": moment(each.standard.from_hour * HOUR),
        "until": moment(each.standard.until_hour * HOUR) if each.standard.until_hour else None,
        "core": f"0x{core:064x}",
        "extension": f"0x{extension:064x}",
        "rules": each.rules.hex(),
    }
