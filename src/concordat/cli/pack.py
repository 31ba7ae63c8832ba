# SPDX-License-Identifier: Apache-2.0
"""``concordat pack`` and ``concordat sign``: from record and files to a signed package, without network."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework import packing
from concordat.cli.desk import (
    FILE,
    PATH,
    desk_options,
    open_desk,
    open_package,
    require_paths,
    roles_of,
    warn_of_clock,
    with_option,
)
from concordat.cli.options import command, pass_session
from concordat.cli.output import fields
from concordat.cli.progress import TerminalProgress
from concordat.cli.session import Session
from concordat.evidence.layout import ENDING
from concordat.evidence.package import Package

BACKUP = (
    "Back this folder up now: it holds the salts, and without them nobody can ever verify the evidence again."
)


@command("pack")
@click.argument("record", type=FILE)
@click.argument("paths", type=PATH, nargs=-1)
@click.option("--out", type=PATH, help="The package; default: the record's name with .acq.")
@click.option(
    "--expect",
    type=FILE,
    help="List of digests from the source (sha256sum, hashdeep, log of an imaging tool).",
)
@with_option
@desk_options
@pass_session
def pack(
    session: Session,
    record: Path,
    paths: tuple[Path, ...],
    out: Path | None,
    expect: Path | None,
    roles: tuple[str, ...],
    key_uri: str | None,
    offline: bool,
) -> None:
    """Hash the files at PATHS, write manifest and collection report, and sign, as the collector.

    Needs no network. Stopped, by whatever, it goes on where it stopped when it is run again.
    """
    require_paths(paths, record)
    desk = open_desk(session, key_uri, offline=offline)
    warn_of_clock(session, desk)
    package = packing.pack(
        desk,
        record,
        paths,
        out or record.with_name(record.stem + ENDING),
        roles=roles_of(roles),
        expect=expect,
        progress=None if session.out.as_json else TerminalProgress(),
    )
    tell(session, package)


@command("sign")
@click.argument("package", type=PATH)
@desk_options
@pass_session
def sign(session: Session, package: Path, key_uri: str | None, offline: bool) -> None:
    """Sign PACKAGE, again, as its collector, together with the co-signers that it holds now."""
    held = open_package(package)
    packing.sign(open_desk(session, key_uri, offline=offline), held)
    session.out.result({"package": str(package)}, f"{held.name} is signed by its collector.")


def tell(session: Session, package: Package) -> None:
    """Say what was packed, and that it must be backed up."""
    manifest, root = package.manifest, f"0x{package.root().hex()}"
    data = {
        "package": str(package.folder),
        "root": root,
        "exhibits": manifest.leaves - 1,
        "collector": manifest.collector,
        "refusals_cited": len(manifest.refusals),
        "findings": [finding["code"] for finding in manifest.findings],
    }
    pairs = [
        ("package", str(package.folder)),
        ("root", root),
        ("exhibits", str(manifest.leaves - 1)),
        ("report", str(package.folder / "report" / "collection-report.pdf")),
    ]
    if manifest.refusals:
        pairs.append(("refused attempts cited", str(len(manifest.refusals))))
    session.out.result(data, fields(pairs))
    session.out.warn(BACKUP)
