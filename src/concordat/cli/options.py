# SPDX-License-Identifier: Apache-2.0
"""What commands have in common: the options of every command, kinds of values, groups.

A new group of commands is one file:

    @group("case")
    def case() -> None: ...

    @case.command("open")
    @click.argument("name")
    @pass_session
    def open_(session: Session, name: str) -> None: ...

and one line in ``main.COMMANDS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from concordat import language
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import places
from concordat.membership.powers import Power, from_names

if TYPE_CHECKING:
    from concordat.workspace import Workspace

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]  # generic since click 8.4, for type checkers only
else:
    _ParamType = click.ParamType

F = TypeVar("F", bound=Callable[..., Any])

pass_session = click.make_pass_decorator(Session, ensure=True)


class Command(click.Command):
    """A command that also takes what every command takes, so that ``--json`` may stand at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {flag for param in self.params for flag in param.opts}  # report has a --lang of its own
        self.params += [option for option in common_options() if not own & set(option.opts)]


class Group(click.Group):
    """A group whose commands are ``Command``, listed by whole sentences; a mistyped one is guessed."""

    command_class = Command
    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List each command with the first sentence of its help; click would cut that short."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(limit=200)) for name, command in commands if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]}?", ctx) from error


def group(name: str, **kwargs: Any) -> Callable[[Callable[..., Any]], Group]:
    """Make a group of commands of a function."""

    def wrap(function: Callable[..., Any]) -> Group:
        return click.group(name, cls=Group, **kwargs)(function)

    return wrap


def command(name: str, **kwargs: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of the first level of a function."""

    def wrap(function: Callable[..., Any]) -> Command:
        return click.command(name, cls=Command, **kwargs)(function)

    return wrap


def common_options() -> list[click.Option]:
    """The options of every command; they set what the session holds."""
    return [
        _common(
            "--workspace",
            "workspace_given",
            metavar="FOLDER",
            help="The workspace; default: the nearest .concordat upwards.",
        ),
        _common(
            "--password-file",
            "password_file",
            metavar="FILE",
            help="File whose first line is the password of the key.",
        ),
        _common(
            "--lang",
            "lang",
            type=click.Choice(["en", "zh"]),
            help="Language of verdicts, reasons and the contracts' errors.",
        ),
        _common("--json", "as_json", is_flag=True, help="One JSON object on stdout."),
        _common("--yes", "yes", is_flag=True, help="Answer every question with yes."),
    ]


def key_option(function: F) -> F:
    """``--key``: with which key."""
    return click.option(
        "--key", "key_uri", metavar="URI", help="Key: keystore:NAME, external:URL#ADDRESS or node:ADDRESS."
    )(function)


class MomentType(_ParamType):
    """A time with its offset, ISO 8601; gives seconds since 1970 UTC."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the time."""
        if isinstance(value, int):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no time such as 2027-01-31T09:30:00+08:00.", param, ctx)
        if moment.tzinfo is None:
            full = f"{value}T00:00:00" if _is_day(value) else value
            self.fail(f"'{value}' has no offset from UTC; write it as {full}+08:00 or {full}Z.", param, ctx)
        seconds = int(moment.timestamp())
        if seconds < 0:
            self.fail(f"'{value}' is before 1970.", param, ctx)
        return seconds


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


class PlaceType(_ParamType):
    """A place by its code; gives its number."""

    name = "PLACE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the code."""
        if isinstance(value, int):
            return value
        try:
            return places.numeric(value.strip().upper())
        except places.PlaceError as error:
            self.fail(f"{error.message} {error.next}", param, ctx)


class PlacesType(_ParamType):
    """Places by their codes, separated by commas; gives their numbers."""

    name = "PLACES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Read the codes."""
        if isinstance(value, tuple):
            return value
        return tuple(PlaceType().convert(code, param, ctx) for code in value.split(",") if code.strip())


class PowersType(_ParamType):
    """Powers by their names, separated by commas."""

    name = "POWERS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Power:
        """Read the names."""
        if isinstance(value, Power):
            return value
        try:
            return from_names(name for name in value.split(",") if name.strip())
        except UsageError as error:
            self.fail(f"{error.message} {error.next}", param, ctx)


class WordType(_ParamType):
    """32 bytes in hex, with or without 0x."""

    name = "HASH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        """Read the digits."""
        if isinstance(value, bytes):
            return value
        if not re.fullmatch(r"(0x)?[0-9a-fA-F]{64}", value):
            self.fail(f"'{value}' is not 64 hexadecimal digits.", param, ctx)
        return bytes.fromhex(value.removeprefix("0x"))


MOMENT, PLACE, PLACES, POWERS, WORD = MomentType(), PlaceType(), PlacesType(), PowersType(), WordType()


def address_of(workspace: Workspace, text: str) -> str:
    """The address that is meant: itself, or that of a key of the workspace; see :func:`address_in`."""
    return address_in(workspace.keys, text)


def address_in(keys: Path, text: str) -> str:
    """The address that is meant: itself, or that of a key URI.

    Raises:
        UsageError: neither.
    """
    from eth_utils.address import is_address, to_checksum_address

    from concordat.ledger import keystore

    if text.startswith("keystore:"):
        for stored in keystore.stored(keys):
            if stored.uri == text:
                return stored.address
    candidate = text.rpartition("#")[2] if text.startswith("external:") else text.removeprefix("node:")
    if is_address(candidate):
        return str(to_checksum_address(candidate))
    raise UsageError(
        f"'{text}' is neither an address nor a known key.",
        code="address.unknown",
        next="Use 0x and 40 digits, or keystore:NAME; see: concordat key list",
    )


def _common(flag: str, attribute: str, **kwargs: Any) -> click.Option:
    def remember(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        session = ctx.ensure_object(Session)
        if value is None or value is False:
            return
        if attribute == "as_json":
            session.out.as_json = True
        elif attribute == "lang":
            language.choose(value)
        else:
            setattr(session, attribute, value)

    return click.Option([flag], expose_value=False, callback=remember, is_eager=True, default=None, **kwargs)
