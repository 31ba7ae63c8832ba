# SPDX-License-Identifier: Apache-2.0
"""The command ``concordat``: which commands there are, and what becomes of errors."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from concordat import __version__, language
from concordat.cli.lazy import LazyGroup
from concordat.cli.options import common_options
from concordat.cli.output import prepare_streams
from concordat.cli.session import Session
from concordat.errors import ConcordatError, Interrupted, UsageError

NAME = "concordat"
COMPLETION = "_CONCORDAT_COMPLETE"  # set by the shell that asks for completions

#: Command or group to ``module:attribute``; loaded when it is used.
COMMANDS: Mapping[str, str] = {
    "init": "concordat.cli.init:init",
    "doctor": "concordat.cli.doctor:doctor",
    "key": "concordat.cli.key:key",
    "agency": "concordat.cli.agency:agency",
    "officer": "concordat.cli.officer:officer",
    "standard": "concordat.cli.standard:standard",
    "suite": "concordat.cli.suite:suite",
    "sync": "concordat.cli.sync:sync",
    "record": "concordat.cli.record:record",
    "check": "concordat.cli.check:check",
    "pack": "concordat.cli.pack:pack",
    "sign": "concordat.cli.pack:sign",
    "register": "concordat.cli.register:register",
    "cosign": "concordat.cli.later:cosign",
    "supplement": "concordat.cli.later:supplement",
    "confirm-date": "concordat.cli.later:confirm_date",
    "withdraw": "concordat.cli.later:withdraw",
    "supersede": "concordat.cli.later:supersede",
    "freeze": "concordat.cli.freeze:freeze",
    "asset": "concordat.cli.asset:asset",
    "restitution": "concordat.cli.restitution:restitution_",
    "tip": "concordat.cli.tip:tip",
    "council": "concordat.cli.council:council",
    "standing": "concordat.cli.standing:standing",
    "agreement": "concordat.cli.agreement:agreement",
    "assistance": "concordat.cli.assistance:assistance",
    "case": "concordat.cli.case:case",
    "events": "concordat.cli.events:events",
    "trace": "concordat.cli.trace:trace",
    "intel": "concordat.cli.intel:intel",
    "show": "concordat.cli.show:show",
    "verify": "concordat.cli.verify:verify",
    "report": "concordat.cli.report:report",
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    params=common_options(),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="concordat")
def root() -> None:
    """Register, judge and prove digital evidence between agencies of different countries."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: as typed after ``concordat``.

    Returns:
        The exit code: 0 done, otherwise that of the error (see ``concordat.errors``).
    """
    prepare_streams()
    session = Session()
    language.choose("")
    # Known before anything is parsed, so that a mistake in the arguments is told in the right form.
    session.out.as_json = "--json" in arguments
    try:
        outcome = _invoke(session, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as stop:  # how click ends what a shell asked for
        return int(stop.code or 0)
    except BaseException as error:  # every failure ends in a sentence and an exit code
        return _tell(session, error, arguments)
    return outcome


def _invoke(session: Session, arguments: Sequence[str]) -> int:
    """Run the command. Not by ``root.main``, which has its own idea of how failures end."""
    if COMPLETION in os.environ:
        root.main(list(arguments), prog_name=NAME)
    try:
        with root.make_context(NAME, list(arguments), obj=session) as context:
            root.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return 0


def _tell(session: Session, error: BaseException, arguments: Sequence[str]) -> int:
    told = _as_told(session, error, arguments)
    try:
        session.out.fail(told)
        sys.stdout.flush()
    except BrokenPipeError:
        _reader_left()
    return told.exit_code


def _as_told(session: Session, error: BaseException, arguments: Sequence[str]) -> ConcordatError:
    if isinstance(error, ConcordatError):
        return error
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Interrupted(
            "Stopped.",
            kept="What was finished stays; nothing is half done that the next run does not finish.",
            next="Run the same command again to go on.",
        )
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        return UsageError(
            error.format_message(),
            next=f"See: {context.command_path} --help" if context else "See: concordat --help",
        )
    return _crashed(session, error, arguments)


def _crashed(session: Session, error: BaseException, arguments: Sequence[str]) -> ConcordatError:
    details = "".join(traceback.format_exception(error))
    text = f"concordat {__version__}, Python {sys.version}, {sys.platform}\n{list(arguments)}\n\n{details}"
    where = _written(session, text)
    return ConcordatError(
        f"Something went wrong that nobody foresaw: {type(error).__name__}: {error}.",
        kept="What was finished before stays.",
        next=f"The details are in {where}; they may name files of the case. Report them."
        if where
        else "Report this.",
    )


def _written(session: Session, text: str) -> Path | None:
    name = f"crash-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{os.getpid()}.txt"
    for folder in _crash_folders(session):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return path
    return None


def _crash_folders(session: Session) -> list[Path]:
    try:
        return [session.workspace.crashes, Path(tempfile.gettempdir())]
    except (ConcordatError, OSError):
        return [Path(tempfile.gettempdir())]


def _reader_left() -> int:
    """Whoever read the output has seen enough. Nothing more is written, and that is no failure."""
    devnull: Any = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return 0
