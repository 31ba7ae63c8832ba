# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze``: from the request to the end of the last hold, for each of those who take part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from concordat.cli.lazy import LazyGroup

#: Command to ``module:attribute``; one block a file of this folder, in the order of a life.
COMMANDS: Final[Mapping[str, str]] = {
    # requesting.py
    "request": "concordat.cli.freeze.requesting:request",
    "ratify": "concordat.cli.freeze.requesting:ratify",
    "endorse": "concordat.cli.freeze.requesting:endorse",
    "decline": "concordat.cli.freeze.requesting:decline",
    # inbox.py, answering.py, checking.py, messages.py
    "inbox": "concordat.cli.freeze.inbox:inbox",
    "answer": "concordat.cli.freeze.answering:answer",
    "check": "concordat.cli.freeze.checking:check",
    "hold": "concordat.cli.freeze.answering:hold",
    "credit": "concordat.cli.freeze.checking:credit",
    "released": "concordat.cli.freeze.checking:released",
    "message": "concordat.cli.freeze.messages:message",
    # oracle.py
    "oracle": "concordat.cli.freeze.oracle:oracle",
    # lasting.py
    "follow": "concordat.cli.freeze.lasting:follow",
    "again": "concordat.cli.freeze.lasting:again",
    "renew": "concordat.cli.freeze.lasting:renew",
    "reduce": "concordat.cli.freeze.lasting:reduce",
    "release": "concordat.cli.freeze.lasting:release",
    "withdraw": "concordat.cli.freeze.lasting:withdraw",
    # reviewing.py
    "notice": "concordat.cli.freeze.reviewing:notice",
    "object": "concordat.cli.freeze.reviewing:object_",
    "review": "concordat.cli.freeze.reviewing:review",
    "propose": "concordat.cli.freeze.reviewing:propose",
    "dispose": "concordat.cli.freeze.reviewing:dispose",
    # showing.py
    "list": "concordat.cli.freeze.showing:list_",
    "show": "concordat.cli.freeze.showing:show",
    "deadlines": "concordat.cli.freeze.showing:deadlines",
    "lapse": "concordat.cli.freeze.showing:lapse",
    # figures.py
    "paper": "concordat.cli.freeze.figures:paper",
    "stats": "concordat.cli.freeze.figures:stats",
    # profiles.py
    "profile": "concordat.cli.freeze.profiles:profile",
}


@click.group("freeze", cls=LazyGroup, table=COMMANDS)
def freeze() -> None:
    """Stop payments, freeze, seize, seal: request, answer, review, release.

    REQUEST is a .freeze folder, the number of an order, or 0x and the beginning of an id; HOLD is a request
    with #N, its N-th target, or the beginning of the hold's own id. Sealed messages travel through the
    mailbox of the workspace (concordat init --mailbox PATH_OR_URL), or by hand.
    """
