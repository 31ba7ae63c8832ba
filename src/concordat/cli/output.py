# SPDX-License-Identifier: Apache-2.0
"""What is printed, and where: results on stdout, all else on stderr; with ``--json`` one object on stdout."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from concordat.errors import ConcordatError, UsageError

ZONE = "CONCORDAT_ZONE"

#: What is shown in which colour.
STYLES: Mapping[str, Mapping[str, Any]] = {
    "good": {"fg": "green"},
    "warn": {"fg": "yellow"},
    "bad": {"fg": "red", "bold": True},
    "dim": {"dim": True},
    "head": {"bold": True},
}


class Output:
    """Where a command prints.

    Args:
        as_json: one JSON object instead of text.
    """

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json

    def result(self, data: Mapping[str, Any], text: str) -> None:
        """The result of a command, once.

        Args:
            data: the stable object of ``--json``.
            text: the same for people.
        """
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            click.echo(text, color=_color())

    def say(self, text: str) -> None:
        """Tell on stderr what is going on."""
        click.echo(text, err=True, color=_color())

    def warn(self, text: str) -> None:
        """Tell on stderr what needs attention."""
        self.say(styled(text, "warn"))

    def fail(self, error: ConcordatError) -> None:
        """Say what happened, what was kept and what to do next."""
        if self.as_json:
            click.echo(json.dumps(error.as_dict(), ensure_ascii=False, indent=2))
            return
        lines = [styled(printable(error.message), "bad")]
        lines += [printable(line) for line in (error.kept, error.next) if line]
        click.echo("\n".join(lines), err=True, color=_color())


def styled(text: str, style: str) -> str:
    """Text in one of the STYLES; click takes the colour out where nobody sees it."""
    return click.style(text, **STYLES[style])


def printable(text: str) -> str:
    """Text that cannot move the cursor, ring or rename the window: control characters become escapes.

    File names and what others wrote may hold anything. Line breaks and tabs of our own sentences stay.
    """
    return "".join(char if _harmless(char) else _escaped(char) for char in text)


def one_line(text: str) -> str:
    """Text from elsewhere within one line: line breaks and tabs become escapes as well."""
    return "".join(char if char not in "\n\t" and _harmless(char) else _escaped(char) for char in text)


def moment(seconds: int) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(seconds: int) -> str:
    """The same for people, in their own zone where CONCORDAT_ZONE names one (IANA: Asia/Shanghai).

    Raises:
        UsageError: there is no such zone.
    """
    name = os.environ.get(ZONE)
    if not name:
        return moment(seconds)
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"{ZONE} names no time zone: {one_line(name)}.",
            code="zone.unknown",
            next="Use a name such as Asia/Shanghai or Asia/Kuala_Lumpur, or leave it out for UTC.",
        ) from error
    return datetime.fromtimestamp(seconds, zone).isoformat()


class Marked(str):
    """Text of a cell that is shown in one of the STYLES; what it holds is made harmless before that."""

    __slots__ = ("style",)
    style: str

    def __new__(cls, text: str, style: str) -> Marked:
        """Mark a text."""
        made = super().__new__(cls, text)
        made.style = style
        return made


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns, as wide as what stands in them; Chinese characters take two places."""
    cells = [[one_line(cell) for cell in row] for row in (head, *rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(head))]
    lines = ["  ".join(map(_padded, cells[0], widths)).rstrip()]
    for row, plain in zip(rows, cells[1:], strict=True):
        last = max((column for column, cell in enumerate(plain) if cell), default=-1)
        shown = map(_shown, row[: last + 1], plain, [*widths[:last], 0])
        lines.append("  ".join(shown))
    return "\n".join([styled(lines[0], "head"), *lines[1:]])


def _shown(cell: str, plain: str, width: int) -> str:
    padded = _padded(plain, width)
    return (
        padded.replace(plain, styled(plain, cell.style), 1) if isinstance(cell, Marked) and plain else padded
    )


def fields(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and values, one pair a line."""
    width = max((_width(name) for name, _ in pairs), default=0)
    return "\n".join(f"{_padded(name, width)}  {one_line(value)}".rstrip() for name, value in pairs)


def prepare_streams() -> None:
    """Let what a terminal cannot show be escaped, not fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _color() -> bool | None:
    """False where NO_COLOR asks for none; None lets click look whether somebody watches."""
    return False if os.environ.get("NO_COLOR") else None


def _harmless(char: str) -> bool:
    # Bidirectional overrides (Cf) can make a name read as another one.
    return char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
