# SPDX-License-Identifier: Apache-2.0
"""The command line as officers of several agencies type it, each in the folder of the own agency."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

import pytest
from freeze_stage import OFFICERS, Stage
from stage import uri

from concordat.cli import run


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """``shell("inspector", "list")`` runs ``concordat freeze list`` with the inspector's key."""

    def __init__(self, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
        self.stage = stage
        self._capsys = capsys

    def __call__(self, who: str, *arguments: object, agency: str = "", group: str = "freeze") -> Ran:
        home = agency or OFFICERS.get(who, (who, 0))[0]
        folder = self.stage.workspace(home).root.parent
        before = os.getcwd()  # noqa: PTH109
        os.chdir(folder)
        keyless = (arguments and str(arguments[0]) == "message") or "lint" in arguments
        key = () if keyless else ("--key", uri(who))
        try:
            code = run([group, *map(str, arguments), *key])
        finally:
            os.chdir(before)
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def ok(self, who: str, *arguments: object, **more: str) -> Ran:
        """The same, which has to succeed."""
        ran = self(who, *arguments, **more)
        assert ran.code == 0, ran.err + ran.out
        return ran
