# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a command that a page or a message names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from concordat.cli.main import root


def wrong_with(words: Sequence[str]) -> list[str]:
    """Commands and options that do not exist, of what stands after ``concordat``. Prose may follow."""
    command: click.Command = root
    for word in words:
        if not isinstance(command, click.Group) or not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        found = command.get_command(click.Context(command), word)
        if found is None:
            return [word]
        command = found
    known = {option for each in command.params for option in each.opts} | {"--help", "--version"}
    options = {word.strip("[]").partition("=")[0] for word in words if word.strip("[]").startswith("--")}
    return [f"{command.name} {option}" for option in sorted(options - known)]
