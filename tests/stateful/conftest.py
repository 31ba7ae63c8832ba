# SPDX-License-Identifier: Apache-2.0
"""The same suite, and the same undoing after each test, as for the contract tests."""

from __future__ import annotations

from tests.contracts.conftest import isolation, suite

__all__ = ["isolation", "suite"]
