# SPDX-License-Identifier: Apache-2.0
"""Groups whose commands are imported when they are used, because many of them never need a node."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from concordat.cli.options import Group


class LazyGroup(Group):
    """A group with a table of its commands.

    Args:
        table: name to ``module:attribute``, in the order in which they are listed.
    """

    def __init__(self, *args: Any, table: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.table:
            return None
        module, _, attribute = self.table[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command
