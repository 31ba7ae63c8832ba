# SPDX-License-Identifier: Apache-2.0
"""The command line: it parses, calls one function of the package, and prints."""

from __future__ import annotations

from concordat.cli.main import main, run

__all__ = ["main", "run"]
