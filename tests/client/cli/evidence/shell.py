# SPDX-License-Identifier: Apache-2.0
"""Commands as they are typed, in this process: exit code, stdout and stderr."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from stage import Stage, uri

from concordat.cli.main import run

WHERE = {"faridah": "my", "kumar": "my", "records": "my", "clerk": "my"}
PHONE = ("case/my-phone.yaml", "case/exhibits/my-phone")
ONLINE = ("case/cn-online.yaml", "case/exhibits/cn-online")
REFUSED = ("case/refused.yaml", "case/exhibits/refused")


@dataclass(frozen=True)
class Ran:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Shell:
    """Runs commands of ``concordat``; nobody sits before it."""

    def __init__(self, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
        self.stage = stage
        self._capsys = capsys

    def __call__(self, *words: str, who: str = "") -> Ran:
        """Run a command, with the key and in the workspace of one of the officers."""
        arguments = list(words)
        if who:
            arguments += ["--key", uri(who), "--workspace", WHERE.get(who, "cn")]
        self._capsys.readouterr()
        code = run(arguments)
        said = self._capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Ran(code, said.out, said.err)
