# SPDX-License-Identifier: Apache-2.0
"""``concordat record``: the investigator's record, from a template."""

from __future__ import annotations

import json
from pathlib import Path

import click

from concordat.casework.desk import rulebooks
from concordat.casework.packing import read_record
from concordat.cli.desk import FILE
from concordat.cli.options import PLACES, group, pass_session
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.methods import Method
from concordat.evidence.places import alpha
from concordat.evidence.record import schema
from concordat.evidence.template import template


@group("record")
def record() -> None:
    """Records: new, lint, schema."""


@record.command("new")
@click.option(
    "--method",
    type=click.Choice([each.name for each in Method], case_sensitive=False),
    required=True,
    help="How it is, or was, collected.",
)
@click.option(
    "--forum",
    "forums",
    type=PLACES,
    required=True,
    metavar="MY,CN",
    help="Where it is to be used; home first.",
)
@click.option("--out", type=FILE, help="File to write; default: stdout.")
@pass_session
def new(session: Session, method: str, forums: tuple[int, ...], out: Path | None) -> None:
    """Write a record to fill in, with only what these forums' laws ask for this method."""
    codes = [alpha(forum) for forum in forums]
    text = template(Method[method.upper()], codes, rulebooks(forums), lang=session.lang)
    if out is None:
        session.out.result({"template": text}, text.rstrip("\n"))
        return
    if out.exists():
        raise UsageError(
            f"{out} exists.", code="file.exists", kept="It was not touched.", next="Give another name."
        )
    with store.guard("write the template"):
        store.write(out, text.encode())
    session.out.result({"file": str(out)}, f"Fill in {out}, then: concordat check {out}")


@record.command("lint")
@click.argument("file", type=FILE)
@pass_session
def lint(session: Session, file: Path) -> None:
    """Look for every mistake of form in a record: line, field, what would be right."""
    found = read_record(file)
    data = {"case": found.case, "method": found.method.name, "forums": list(found.forums)}
    session.out.result(data, "The record is well formed.")


@record.command("schema")
@pass_session
def schema_(session: Session) -> None:
    """Print the JSON Schema of records."""
    found = schema()
    session.out.result(found, json.dumps(found, ensure_ascii=False, indent=2))
