# SPDX-License-Identifier: Apache-2.0
"""Whole lives of freeze requests without network."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "assets"))
sys.path.insert(0, str(Path(__file__).parents[2] / "ledger"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from freeze_fixtures import freezing

__all__ = ["freezing"]
