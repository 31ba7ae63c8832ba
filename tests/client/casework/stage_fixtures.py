# SPDX-License-Identifier: Apache-2.0
"""Fixtures for whole cases without network: the node is in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from stage import URL, Stage, set_stage

from concordat.casework import reporting
from concordat.ledger import chain, rpc


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A suite with people in it; its node answers at ``URL``."""
    ready = set_stage(tmp_path)

    def node_at(url: str, *_: Any, **__: Any) -> Any:
        assert url == URL, f"something speaks to {url}"
        return ready.node

    for module in (chain, rpc):
        monkeypatch.setattr(module, "Rpc", node_at)
    return ready


@pytest.fixture
def real_papers() -> None:
    """Set the PDFs."""


@pytest.fixture(autouse=True)
def quick_papers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are tested beside the documents; setting them takes seconds, so it is asked for."""
    if "real_papers" not in request.fixturenames:
        monkeypatch.setattr(reporting, "to_pdf", lambda *_: b"%PDF-quick\n")
