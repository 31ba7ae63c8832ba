# SPDX-License-Identifier: Apache-2.0
"""``concordat standing``: what agencies did, as a number that takes and gives powers."""

from __future__ import annotations

from collections.abc import Mapping

import click

from concordat.cli.lazy import LazyGroup

#: Command or group to ``module:attribute``; loaded when it is used.
COMMANDS: Mapping[str, str] = {
    "show": "concordat.cli.standing.showing:show",
    "list": "concordat.cli.standing.showing:list_",
    "history": "concordat.cli.standing.showing:history",
    "report": "concordat.cli.standing.reporting:report",
    "reply": "concordat.cli.standing.answering:reply",
    "declare": "concordat.cli.standing.answering:declare",
    "dispute": "concordat.cli.standing.disputing:dispute",
}


@click.group("standing", cls=LazyGroup, table=COMMANDS)
def standing() -> None:
    """Standing: show, list, history; report what happened, reply, dispute; declare whether it binds."""
