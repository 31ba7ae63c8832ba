# SPDX-License-Identifier: Apache-2.0
"""``concordat register``: a package, or a record and files, to the chain."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from concordat.casework import packing
from concordat.casework.cooperating import mandates
from concordat.casework.registering import Registered
from concordat.casework.registering import register as register_package
from concordat.cli.desk import (
    FILE,
    PATH,
    is_package,
    names_package,
    open_desk,
    open_package,
    require_paths,
    warn_of_clock,
)
from concordat.cli.judgementtext import findings, judgement_data, matrix
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.pack import BACKUP
from concordat.cli.progress import TerminalProgress
from concordat.cli.session import Session
from concordat.errors import CurableError
from concordat.evidence.assess import Verdict
from concordat.evidence.layout import ENDING
from concordat.evidence.package import Package


@command("register")
@click.argument("what", type=PATH)
@click.argument("paths", type=PATH, nargs=-1)
@click.option("--out", type=PATH, help="With a record: the package; default: the record's name with .acq.")
@click.option("--expect", type=FILE, help="With a record: list of digests from the source.")
@click.option("--mandate", metavar="REQUEST", help="Refuse unless this request for assistance covers it.")
@key_option
@pass_session
def register(
    session: Session,
    what: Path,
    paths: tuple[Path, ...],
    out: Path | None,
    expect: Path | None,
    mandate: str | None,
    key_uri: str | None,
) -> None:
    """Register a PACKAGE, or pack a RECORD with the files at PATHS and register that.

    The same command again finds what was registered and sends nothing. Exit code 0: registered; 7: registered
    as curable; 3: refused, nothing registered, the package stays; 9: sent, outcome unknown, run it again.
    What was collected abroad cites the request for assistance that covers it, as mandate in its record.
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    if mandate:
        cited = open_package(what).record if names_package(what) else packing.read_record(what)
        mandates.require(desk, cited, mandate)
    if names_package(what):
        package = open_package(what)
    else:
        target = out or what.with_name(what.stem + ENDING)
        target = target if target.name.endswith(ENDING) else target.with_name(target.name + ENDING)
        if is_package(target):
            package = _same(target, what)
        else:
            require_paths(paths, what)
            progress = None if session.out.as_json else TerminalProgress()
            package = packing.pack(desk, what, paths, target, expect=expect, progress=progress)
            session.out.warn(BACKUP)
    done = register_package(desk, package)
    _tell(session, package, done)
    if done.registration.acquisition.verdict == Verdict.CURABLE:
        raise click.exceptions.Exit(CurableError.exit_code)


def _same(target: Path, record: Path) -> Package:
    """The package that an earlier run made of this very record."""
    from concordat.errors import UsageError
    from concordat.evidence import store

    package = open_package(target)
    if package.manifest.record_sha256 != store.sha256_of(record):
        raise UsageError(
            f"{target} exists and was made of another record.",
            code="pack.exists",
            kept="It was left as it is; nothing was sent.",
            next="Name another package with --out, or register that one: concordat register PACKAGE",
        )
    return package


def _tell(session: Session, package: Package, done: Registered) -> None:
    paper, record = done.registration.paper, done.registration.acquisition
    data = {
        "package": str(package.folder),
        "before": done.registration.before,
        "verdict_stored": record.verdict.name,
        **asdict(paper),
        "judgement": judgement_data(done.judgement),
    }
    pairs = [
        (
            "registered",
            moment(record.registered_at)
            + (" (before; nothing was sent now)" if done.registration.before else ""),
        ),
        ("agency, root", f"{paper.agency}, {paper.root}"),
        ("transaction", f"{paper.transaction}, block {paper.block}"),
        ("verdict", record.verdict.label(session.lang)),
        ("certificate", str(package.folder / "certificate" / "registration-certificate.pdf")),
    ]
    lang = session.lang
    lines = [fields(pairs), matrix(done.judgement.forums, lang), *findings(done.judgement, lang)]
    session.out.result(data, "\n".join(lines))
