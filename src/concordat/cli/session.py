# SPDX-License-Identifier: Apache-2.0
"""What one run of a command works with: output, workspace, suite, keys, and the questions it may ask."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from concordat import language
from concordat.cli.output import Output
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.workspace import FOLDER, Workspace

if TYPE_CHECKING:
    from concordat.ledger.chain import Chain
    from concordat.ledger.outbox import DurableLedger
    from concordat.ledger.protocol import Signer

PASSWORD_VARIABLE = "CONCORDAT_PASSWORD"  # noqa: S105 - the name of a variable


class Session:
    """One run of a command. The options that all commands have set its attributes.

    Attributes:
        workspace_given: folder named by --workspace, or None.
        yes: answer every question with yes.
        password_file: file with the password of the key, or None.
    """

    def __init__(self) -> None:
        self.out = Output()
        self.workspace_given: str | None = None
        self.yes = False
        self.password_file: str | None = None

    @property
    def lang(self) -> str:
        """Language of what is printed: ``en`` or ``zh``."""
        return language.chosen()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that is meant.

        Raises:
            UsageError: there is none.
        """
        return Workspace.find(self.workspace_given)

    @property
    def keys(self) -> Path:
        """Folder of the keystores. Keys are made before there is a suite, so no workspace is needed yet."""
        try:
            return self.workspace.keys
        except UsageError:
            folder = Path(self.workspace_given) if self.workspace_given else Path.cwd()
            return (folder if folder.name == FOLDER else folder / FOLDER) / "keys"

    @cached_property
    def chain(self) -> Chain:
        """The suite, reached and compared with the pins.

        Raises:
            NodeError: no node, or not the suite that was pinned.
        """
        return self.workspace.connect()

    @cached_property
    def ledger(self) -> DurableLedger:
        """The suite, with sending through the workspace's outbox."""
        from concordat.ledger.outbox import Outbox

        return Outbox(self.workspace.outbox).bind(self.chain)

    def signer(self, uri: str | None = None) -> Signer:
        """The key that a URI names, or the workspace's own."""
        return self.workspace.signer(uri, self.password)

    def password(self, what: str) -> str:
        """The password of a key: from --password-file, CONCORDAT_PASSWORD, or asked for.

        Raises:
            UsageError: there is none and nobody to ask.
            FileError: the file cannot be read.
        """
        if self.password_file:
            with store.guard("read the password"):
                return Path(self.password_file).read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        if PASSWORD_VARIABLE in os.environ:
            return os.environ[PASSWORD_VARIABLE]
        self._require_terminal(
            f"The password of '{what}' is needed.",
            f"Use --password-file FILE or the variable {PASSWORD_VARIABLE}.",
        )
        return str(click.prompt(f"Password of '{what}'", hide_input=True, err=True))

    def new_password(self, what: str) -> str:
        """A password for something new, asked for twice if it is asked for."""
        if self.password_file or PASSWORD_VARIABLE in os.environ:
            return self.password(what)
        self._require_terminal(
            f"A password for '{what}' is needed.",
            f"Use --password-file FILE or the variable {PASSWORD_VARIABLE}.",
        )
        return str(
            click.prompt(f"New password for '{what}'", hide_input=True, confirmation_prompt=True, err=True)
        )

    def confirm(self, question: str) -> None:
        """Ask before something that cannot be undone.

        Raises:
            UsageError: the answer is no, or there is nobody to ask.
        """
        if self.yes:
            return
        self._require_terminal(f"{question} This needs a yes.", "Add --yes if you mean it.")
        if not click.confirm(question, err=True):
            raise UsageError("Not done.", code="not_confirmed", kept="Nothing was changed or sent.")

    def _require_terminal(self, what: str, how: str) -> None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError(
                f"{what} There is no terminal to ask.", code="no_terminal", kept="Nothing was done.", next=how
            )


def current() -> Session:
    """The session of the command that runs."""
    return click.get_current_context().ensure_object(Session)
