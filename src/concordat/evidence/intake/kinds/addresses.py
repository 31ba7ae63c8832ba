# SPDX-License-Identifier: Apache-2.0
"""Finding network addresses in text, IPv4 and IPv6."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

_LOOKS_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
_LOOKS_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def addresses(text: str) -> Iterator[Address]:
    """Yield every valid address; clock times, MAC addresses and version numbers are none."""
    for pattern in (_LOOKS_V4, _LOOKS_V6):
        for match in pattern.finditer(text):
            try:
                address = ipaddress.ip_address(match.group())
            except ValueError:
                continue
            if not address.is_unspecified:
                yield address


def is_address(text: str) -> bool:
    """Whether a cell is an address, with or without port or brackets."""
    text = text.strip().strip("[]")
    try:
        ipaddress.ip_address(text.rsplit(":", 1)[0] if text.count(":") == 1 else text)
    except ValueError:
        return False
    return True
