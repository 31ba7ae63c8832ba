# SPDX-License-Identifier: Apache-2.0
"""The command line before a suite in memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "ledger"))
sys.path.insert(0, str(Path(__file__).parents[2] / "casework"))

import pytest
from shell import Shell
from stage import Stage
from stage_fixtures import quick_papers, real_papers, stage

from concordat import language

__all__ = ["quick_papers", "real_papers", "stage"]


@pytest.fixture
def shell(
    stage: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    """A shell without terminal in a folder with two workspaces, my and cn."""
    for name in ("NO_COLOR", language.VARIABLE, "CONCORDAT_WORKSPACE", "CONCORDAT_PASSWORD", "CONCORDAT_RPC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(stage.folder)
    stage.own_case()
    stage.workspace("my")
    stage.workspace("cn")
    yield Shell(stage, capsys)
    language.choose("")
