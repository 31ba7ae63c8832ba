# SPDX-License-Identifier: Apache-2.0
"""``concordat check``: what would each forum say? Writes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.judging import Judgement
from concordat.casework.packing import check_package, check_record, read_record
from concordat.cli.desk import (
    FILE,
    PATH,
    desk_options,
    names_package,
    open_desk,
    open_package,
    roles_of,
    warn_of_clock,
    with_option,
)
from concordat.cli.judgementtext import findings, judgement_data, matrix, outcome
from concordat.cli.options import PLACES, command, pass_session
from concordat.cli.progress import TerminalProgress
from concordat.cli.session import Session
from concordat.errors import CurableError, RefusedError
from concordat.evidence.assembly import expect_all_annotated
from concordat.evidence.assess import Verdict
from concordat.evidence.intake import Context, intake


@command("check")
@click.argument("what", type=PATH)
@click.argument("paths", type=PATH, nargs=-1)
@click.option(
    "--forum", "forums", type=PLACES, default=(), metavar="MY,CN", help="Forums beside those of the record."
)
@click.option(
    "--expect",
    type=FILE,
    help="List of digests from the source (sha256sum, hashdeep, log of an imaging tool).",
)
@with_option
@desk_options
@pass_session
def check(
    session: Session,
    what: Path,
    paths: tuple[Path, ...],
    forums: tuple[int, ...],
    expect: Path | None,
    roles: tuple[str, ...],
    key_uri: str | None,
    offline: bool,
) -> None:
    """Judge a RECORD or a PACKAGE, and look at the files at PATHS, as packing and registering would.

    Exit code 0: it would be registered as it is; 7: registered as curable; 3: refused, nothing registered.
    """
    desk = open_desk(session, key_uri, offline=offline)
    if names_package(what):
        package = open_package(what)
        judgement = check_package(desk, package, forums=forums)
        if package.receipt is not None:
            session.out.say(
                f"{package.name} is registered. This judges what was packed; for what came later: "
                f"concordat show {package.name}"
            )
    else:
        judgement = check_record(desk, what, forums=forums, roles=roles_of(roles))
    warn_of_clock(session, desk)
    noticed = _look(session, what, paths, expect) if paths else []
    _tell(session, judgement, noticed)
    if judgement.verdict == Verdict.REFUSED:
        raise click.exceptions.Exit(RefusedError.exit_code)
    if judgement.verdict == Verdict.CURABLE:
        raise click.exceptions.Exit(CurableError.exit_code)


def _look(session: Session, what: Path, paths: tuple[Path, ...], expect: Path | None) -> list[str]:
    """Read the files and give what intake notices; refuse a record that annotates what is not among them."""
    record = open_package(what).record if names_package(what) else read_record(what)
    context = Context(
        case=record.case,
        started=record.started,
        ended=record.ended,
        country=record.place.country,
        clock_offset_ms=record.clock.offset_ms if record.clock else None,
    )
    progress = None if session.out.as_json else TerminalProgress("Reading")
    noticed = []
    annotated = {item.path for item in record.items}
    reading = intake(paths, expect=expect, progress=progress, context=context)
    for exhibit in reading:
        annotated.discard(exhibit.path)
        noticed += [finding.text(session.lang) for finding in exhibit.findings]
    noticed += [finding.text(session.lang) for finding in reading.summary.findings]
    expect_all_annotated(annotated, "Nothing was written.")
    return noticed


def _tell(session: Session, judgement: Judgement, noticed: list[str]) -> None:
    lang = session.lang
    lines = [matrix(judgement.forums, lang), *findings(judgement, lang, noticed), outcome(judgement, lang)]
    session.out.result({**judgement_data(judgement), "noticed": noticed}, "\n".join(lines))
