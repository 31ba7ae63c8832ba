# SPDX-License-Identifier: Apache-2.0
"""Fixtures for the stage of freezing: the node is in memory, and whatever else connects fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from freeze_stage import Stage, cheap_passwords, set_stage
from stage import URL

from concordat.ledger import chain, rpc


@pytest.fixture
def freezing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A suite with people in it; its node answers at ``URL``."""
    ready = set_stage(tmp_path)

    def node_at(url: str, *_: Any, **__: Any) -> Any:
        assert url == URL, f"something speaks to {url}"
        return ready.node

    for module in (chain, rpc):
        monkeypatch.setattr(module, "Rpc", node_at)
    monkeypatch.chdir(tmp_path)
    with cheap_passwords():
        yield ready
