# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance``: ask another country for assistance, pass on, assign, answer, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from concordat.cli.lazy import LazyGroup

#: Command to ``module:attribute``; one block a file of this folder, in the order of a life.
COMMANDS: Final[Mapping[str, str]] = {
    # asking.py
    "route": "concordat.cli.assistance.asking:route",
    "new": "concordat.cli.assistance.asking:new",
    "ask": "concordat.cli.assistance.asking:ask",
    # passing.py
    "pass-on": "concordat.cli.assistance.passing:pass_on",
    "decline": "concordat.cli.assistance.passing:decline",
    "acknowledge": "concordat.cli.assistance.passing:acknowledge",
    "assign": "concordat.cli.assistance.passing:assign",
    "forward": "concordat.cli.assistance.passing:forward",
    # answering.py
    "accept": "concordat.cli.assistance.answering:accept",
    "begin": "concordat.cli.assistance.answering:begin",
    "supplement": "concordat.cli.assistance.answering:supplement",
    "postpone": "concordat.cli.assistance.answering:postpone",
    "refuse": "concordat.cli.assistance.answering:refuse",
    "answer": "concordat.cli.assistance.answering:answer",
    # following.py
    "receive": "concordat.cli.assistance.following:receive",
    "confirm": "concordat.cli.assistance.following:confirm",
    "withdraw": "concordat.cli.assistance.following:withdraw",
    "exclusion": "concordat.cli.assistance.following:exclusion",
    # inbox.py, showing.py
    "inbox": "concordat.cli.assistance.inbox:inbox",
    "list": "concordat.cli.assistance.showing:list_",
    "show": "concordat.cli.assistance.showing:show",
    "timeline": "concordat.cli.assistance.showing:timeline",
    "search": "concordat.cli.assistance.showing:search",
    "mandate": "concordat.cli.assistance.showing:mandate",
    # appraising.py
    "appraisal": "concordat.cli.assistance.appraising:appraisal",
    # recording.py
    "paper": "concordat.cli.assistance.recording:paper",
    "export": "concordat.cli.assistance.recording:export",
    "verify-record": "concordat.cli.assistance.recording:verify_record",
}


@click.group("assistance", cls=LazyGroup, table=COMMANDS)
def assistance() -> None:
    """Ask another country for assistance: ask, pass on, assign, answer, confirm.

    REQUEST is a .request folder, the number of a request, its reference on an outside channel (INTERPOL...),
    or 0x and the beginning of its key. Sealed messages travel through the mailbox of the workspace (concordat
    init --mailbox PATH_OR_URL), or by hand (concordat freeze message).
    """
