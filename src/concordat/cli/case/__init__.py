# SPDX-License-Identifier: Apache-2.0
"""``concordat case``: cases, who leads, their clocks and victims; joint teams, tasks, grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from concordat.cli.lazy import LazyGroup

#: Command to ``module:attribute``; one block a file of this folder.
COMMANDS: Final[Mapping[str, str]] = {
    # opening.py
    "open": "concordat.cli.case.opening:open_",
    "invite": "concordat.cli.case.opening:invite",
    "receive": "concordat.cli.case.opening:receive",
    "export": "concordat.cli.case.opening:export",
    # claiming.py
    "claim": "concordat.cli.case.claiming:claim",
    "drop": "concordat.cli.case.claiming:drop",
    "consult": "concordat.cli.case.claiming:consult",
    "propose-lead": "concordat.cli.case.claiming:propose_lead",
    "agree-lead": "concordat.cli.case.claiming:agree_lead",
    "transfer": "concordat.cli.case.claiming:transfer",
    "close": "concordat.cli.case.claiming:close",
    # keeping.py
    "deadline": "concordat.cli.case.keeping:deadline",
    "victims": "concordat.cli.case.keeping:victims",
    "minutes": "concordat.cli.case.keeping:minutes",
    # team.py, task.py, grant.py
    "team": "concordat.cli.case.team:team",
    "task": "concordat.cli.case.task:task",
    "grant": "concordat.cli.case.grant:grant",
    # showing.py
    "show": "concordat.cli.case.showing:show",
    "list": "concordat.cli.case.showing:list_",
    "alerts": "concordat.cli.case.showing:alerts",
}


@click.group("case", cls=LazyGroup, table=COMMANDS)
def case() -> None:
    """Cases that several countries work on: claims, who leads, clocks, victims, teams, tasks, grants.

    CASE is a .case folder, the number of a case, or 0x and the beginning of its id. What is put on record is
    sealed to the agencies concerned; on the chain stand hashes, dates and who signed.
    """
