# SPDX-License-Identifier: Apache-2.0
"""Secrets for the draw of a panel: made once, kept until they are revealed, found by what was committed.

Whoever asks keeps its secret in the folder of the request; all others in the workspace.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from concordat.casework.desk import Desk
from concordat.cooperation.folders import requestfolder
from concordat.cooperation.orders.request import secret_commitment
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import store

FOLDER: Final = "panel-secrets"


def new(desk: Desk) -> bytes:
    """Make a secret, keep it in the workspace, and give what is committed to it."""
    secret = secrets.token_bytes(32)
    commitment = secret_commitment(secret)
    folder = desk.workspace.root / FOLDER
    with store.guard("keep the secret for a panel", kept="Nothing was sent."):
        folder.mkdir(mode=0o700, exist_ok=True)
        store.write(folder / commitment.hex(), secret.hex().encode() + b"\n")
    return commitment


def find(desk: Desk, commitment: bytes, here: Path) -> bytes:
    """The secret to which this was committed, from the workspace or from a folder of a request.

    Raises:
        UsageError: it is nowhere.
    """
    path = desk.workspace.root / FOLDER / commitment.hex()
    if path.exists():
        with store.guard("read the secret for a panel"):
            return bytes.fromhex(path.read_text(encoding="ascii").strip())
    for folder in requestfolder.folders_in(here):
        try:
            secret = requestfolder.RequestFolder.open(folder).secrets.panel
        except ConcordatError:  # a folder that cannot be read does not hide another
            continue
        if secret_commitment(secret) == commitment:
            return secret
    raise UsageError(
        "The secret that was committed is not in this workspace, and in no request's folder here.",
        code="panel.no_secret",
        kept="Nothing was sent.",
        next="Run this where the request was made or acknowledged; who does not reveal in time loses.",
    )
