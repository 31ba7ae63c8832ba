# SPDX-License-Identifier: Apache-2.0
"""What the scripts have in common: Brownie's node, a workspace for it, how errors end."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from brownie import network, web3

from concordat.casework import Desk
from concordat.errors import ConcordatError, UsageError
from concordat.pins import start_workspace
from concordat.workspace import FOLDER, Workspace

F = TypeVar("F", bound=Callable[..., Any])

ROOT = Path(__file__).resolve().parent.parent
DEPLOYMENTS = Path(os.environ.get("CONCORDAT_DEPLOYMENTS", ROOT / "deployments"))
WORKSPACES = Path(os.environ.get("CONCORDAT_SCRIPTS", ROOT / ".workspaces"))
LOCAL = ("development", "ganache-cli", "anvil", "hardhat", "local")


def told(main: F) -> F:
    """Let a script end with a sentence and its exit code, never with a traceback."""

    @functools.wraps(main)
    def run(*arguments: str) -> Any:
        try:
            return main(*arguments)
        except ConcordatError as error:
            print(
                "\n".join(line for line in (error.message, error.kept, error.next) if line), file=sys.stderr
            )
            sys.exit(error.exit_code)

    return run  # type: ignore[return-value]


def name() -> str:
    """Of the network that Brownie is connected to."""
    return str(network.show_active())


def url() -> str:
    """Address of its node."""
    return str(web3.provider.endpoint_uri)


def is_live() -> bool:
    """Whether what is done there counts."""
    return name() not in LOCAL


def deployment() -> Path:
    """The record of the suite on this network."""
    return DEPLOYMENTS / f"{name()}.json"


def password(what: str) -> str:
    """The password of a keystore, from CONCORDAT_PASSWORD.

    Raises:
        UsageError: it is not set. A script asks nobody.
    """
    try:
        return os.environ["CONCORDAT_PASSWORD"]
    except KeyError:
        raise UsageError(
            f"The password of '{what}' is needed.",
            code="no_terminal",
            kept="Nothing was sent.",
            next="Set CONCORDAT_PASSWORD for this run.",
        ) from None


def keys() -> Path:
    """Folder of the keystores for this network; there before any suite is."""
    return WORKSPACES / name() / FOLDER / "keys"


def desk(key: str) -> Desk:
    """A desk on this network's suite, with a workspace that is kept for the next script.

    Args:
        key: URI: keystore:NAME, external:URL#ADDRESS or node:ADDRESS.

    Raises:
        UsageError: no suite was deployed here.
    """
    if not deployment().is_file():
        raise UsageError(
            f"No suite is recorded for the network {name()}: {deployment()} is missing.",
            code="suite.unnamed",
            kept="Nothing was sent.",
            next="Deploy one: brownie run deploy main FOUNDERS KEY",
        )
    folder = WORKSPACES / name() / FOLDER
    if (folder / "config.json").is_file():
        workspace = Workspace(folder)
    else:
        workspace = start_workspace(folder, rpc=url(), deployment=deployment())
    return Desk(workspace, password, key=key)
