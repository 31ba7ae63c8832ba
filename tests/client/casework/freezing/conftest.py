# SPDX-License-Identifier: Apache-2.0
"""Whole lives of freeze requests without network."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent, HERE.parents[1] / "ledger"):
    sys.path.insert(0, str(folder))

from freeze_fixtures import freezing

__all__ = ["freezing"]
