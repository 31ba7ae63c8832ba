# SPDX-License-Identifier: Apache-2.0
"""``concordat report``: collection report and registration certificate."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.reporting import report as write
from concordat.cli.desk import PATH, open_desk, open_package
from concordat.cli.options import command, pass_session
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence.report import LANGUAGES


@command("report")
@click.argument("package", type=PATH)
@click.option("--lang", "languages", default="en,zh", metavar="en,zh", help="Languages of the documents.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; default: the package itself."
)
@pass_session
def report(session: Session, package: Path, languages: str, out: Path | None) -> None:
    """Write both documents of PACKAGE as JSON, HTML and PDF, and say where they are.

    The collection report is as old as the package. The certificate is made anew from package and chain, and
    is the same byte for byte as long as nothing came to the record.
    """
    wanted = tuple(language.strip() for language in languages.split(",") if language.strip())
    if not wanted or any(language not in LANGUAGES for language in wanted):
        raise UsageError(f"'{languages}' is not known.", code="report.language", next="Use en, zh or en,zh.")
    files = write(open_desk(session, None), open_package(package), languages=wanted, out=out)
    session.out.result({"files": [str(file) for file in files]}, "\n".join(str(file) for file in files))
