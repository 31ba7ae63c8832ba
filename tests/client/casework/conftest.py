# SPDX-License-Identifier: Apache-2.0
"""Whole cases without network: the node is in memory, and whatever else connects fails."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))

from stage_fixtures import quick_papers, real_papers, stage

__all__ = ["quick_papers", "real_papers", "stage"]
