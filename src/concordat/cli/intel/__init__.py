# SPDX-License-Identifier: Apache-2.0
"""``concordat intel``: graded notes between agencies, merged, and what two of them both know."""

from __future__ import annotations

from collections.abc import Mapping

import click

from concordat.cli.lazy import LazyGroup

#: Command or group to ``module:attribute``; loaded when it is used.
COMMANDS: Mapping[str, str] = {
    "new": "concordat.cli.intel.notes:new",
    "send": "concordat.cli.intel.notes:send",
    "open": "concordat.cli.intel.notes:open_",
    "forward": "concordat.cli.intel.notes:forward",
    "merge": "concordat.cli.intel.notes:merge",
    "list": "concordat.cli.intel.notes:list_",
    "show": "concordat.cli.intel.notes:show",
    "match": "concordat.cli.intel.matching:match",
}


@click.group("intel", cls=LazyGroup, table=COMMANDS)
def intel() -> None:
    """Intelligence: notes that are graded and sealed, merging, private matching of accounts and phones."""
