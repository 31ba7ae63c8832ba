# SPDX-License-Identifier: Apache-2.0
"""What every command that watches has in common: who is told, and a fresh desk each round."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from concordat.casework.desk import Desk
from concordat.casework.telling.tellers import CommandTeller, Teller, WebhookTeller, read_secret
from concordat.cli.session import Session
from concordat.errors import UsageError


def tellers(session: Session, line: str | None, webhook: str | None, secret: Path | None) -> list[Teller]:
    """Who is told: a command, a web hook, both or nobody.

    Raises:
        UsageError: a hook without a secret, or a secret without a hook.
    """
    found: list[Teller] = []
    if line:
        found.append(CommandTeller(line))
    if bool(webhook) != bool(secret):
        raise UsageError(
            "A hook needs a secret by which it knows who speaks, and a secret a hook.",
            code="watch.secret",
            next="Give both --webhook URL and --webhook-secret FILE.",
        )
    if webhook and secret:
        found.append(WebhookTeller(webhook, read_secret(secret), session.workspace.config.ca or None))
    return found


def desks(session: Session, key_uri: str | None) -> Callable[[], Desk]:
    """A fresh desk each round; a password is asked for once."""
    password = cache(session.password)
    return lambda: Desk(session.workspace, password, key=key_uri, warn=session.out.warn)
