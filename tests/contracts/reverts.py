# SPDX-License-Identifier: Apache-2.0
"""Typed errors as Brownie shows them: `Name: a, b`, with a trailing space where there are no values."""

from __future__ import annotations

import re
from typing import Any

import brownie


def reverts(name: str, *values: Any) -> Any:
    """Expect the typed error `name`; with `values`, exactly these; without, whatever it carries."""
    shown = ", ".join(_shown(value) for value in values)
    return brownie.reverts(revert_pattern=f"{name}: {re.escape(shown) if values else '.*'}")


def _shown(value: Any) -> str:
    """As Brownie prints it: addresses in lower case, 32 bytes as Python bytes."""
    if isinstance(value, bool):
        return str(value)
    text = str(getattr(value, "address", value))
    if isinstance(value, bytes):
        return str(bytes(value))
    if re.fullmatch("0x[0-9a-fA-F]{64}", text):
        return str(bytes.fromhex(text[2:]))
    return text.lower()
