# SPDX-License-Identifier: Apache-2.0
"""The freeze commands before a suite in memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "ledger"))
sys.path.insert(0, str(Path(__file__).parents[2] / "casework"))
sys.path.insert(0, str(Path(__file__).parents[2] / "casework" / "freezing"))
sys.path.insert(0, str(Path(__file__).parent))

import pytest
from freeze_fixtures import freezing
from freeze_stage import PASSWORD, Stage
from freezeshell import Shell

from concordat import language

__all__ = ["freezing"]


@pytest.fixture
def shell(
    freezing: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    """A shell without terminal; the password is in the environment."""
    for name in ("NO_COLOR", language.VARIABLE, "CONCORDAT_WORKSPACE", "CONCORDAT_RPC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CONCORDAT_PASSWORD", PASSWORD)
    yield Shell(freezing, capsys)
    language.choose("")
