# SPDX-License-Identifier: Apache-2.0
"""What the evidence commands have in common: the desk, co-signers' roles, packages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from concordat.casework.desk import Desk
from concordat.cli.options import key_option
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence.layout import ENDING, MANIFEST
from concordat.evidence.package import Package
from concordat.evidence.typed import CoSignerRole

F = TypeVar("F", bound=Callable[..., Any])

ROLE = click.Choice([role.name for role in CoSignerRole], case_sensitive=False)
PATH = click.Path(path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


def open_desk(session: Session, key: str | None, *, offline: bool = False) -> Desk:
    """The desk of this run, with what is to be said of the clock."""
    return Desk(session.workspace, session.password, key=key, offline=offline, warn=session.out.warn)


def warn_of_clock(session: Session, desk: Desk) -> None:
    """Say if the chain's clock is not this machine's."""
    if desk.clock.warning:
        session.out.warn(desk.clock.warning)


def desk_options(function: F) -> F:
    """``--key`` and ``--offline``."""
    offline = click.option("--offline", is_flag=True, help="Use what was last read; do not ask the node.")
    return key_option(offline(function))


def with_option(function: F) -> F:
    """``--with``: who else will sign."""
    return click.option(
        "--with", "roles", type=ROLE, multiple=True, help="Who will co-sign; may be given several times."
    )(function)


def roles_of(names: tuple[str, ...]) -> tuple[CoSignerRole, ...]:
    """The roles that were named."""
    return tuple(CoSignerRole[name.upper()] for name in names)


def is_package(path: Path) -> bool:
    """Whether a path is a package and not a record."""
    return path.is_dir() and (path / MANIFEST).exists()


def names_package(path: Path) -> bool:
    """Whether a package is meant, be it there or not: no record is a folder, or ends as packages do."""
    return path.is_dir() or path.name.endswith(ENDING)


def open_package(path: Path) -> Package:
    """A package, checked as far as it can be without reading documents and exhibits."""
    return Package.open(path)


def require_paths(paths: tuple[Path, ...], record: Path) -> None:
    """A record without files is not an acquisition."""
    if not paths:
        raise UsageError(
            f"No files are named beside {record.name}.",
            code="paths.none",
            kept="Nothing was written.",
            next=f"Name the collected files or folders: concordat pack {record.name} FOLDER",
        )
