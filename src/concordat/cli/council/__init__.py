# SPDX-License-Identifier: Apache-2.0
"""``concordat council``: what the members decide together, one jurisdiction one vote."""

from __future__ import annotations

from collections.abc import Mapping

import click

from concordat.cli.lazy import LazyGroup

#: Command or group to ``module:attribute``; loaded when it is used.
COMMANDS: Mapping[str, str] = {
    "propose": "concordat.cli.council.proposing:propose",
    "list": "concordat.cli.council.deciding:list_",
    "show": "concordat.cli.council.deciding:show",
    "vote": "concordat.cli.council.deciding:vote",
    "queue": "concordat.cli.council.deciding:queue",
    "execute": "concordat.cli.council.deciding:execute",
    "cancel": "concordat.cli.council.deciding:cancel",
    "members": "concordat.cli.council.ground:members",
    "emergency": "concordat.cli.council.emergency:emergency",
    "rules": "concordat.cli.council.ground:rules",
    "modules": "concordat.cli.council.ground:modules",
}


@click.group("council", cls=LazyGroup, table=COMMANDS)
def council() -> None:
    """The Council: propose, vote, carry out; suspend in an emergency; common rules, members, modules."""
