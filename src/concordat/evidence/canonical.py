# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON (RFC 8785), the only form of JSON that is ever hashed into an acquisition.

One value has exactly one canonical form: keys sorted by UTF-16 units, no white space, UTF-8. So whoever
holds the value can make the same bytes again, and whoever is given other bytes for it can refuse them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

import rfc8785

from concordat.errors import VerificationError


class NotCanonicalError(VerificationError):
    """Bytes that are no canonical JSON, or a value that canonical JSON cannot hold."""

    default_code = "canonical.refused"


def dumps(value: Mapping[str, Any] | list[Any] | str | int | float | bool | None) -> bytes:
    """The canonical bytes of ``value``.

    Raises:
        NotCanonicalError: an integer beyond 2**53 - 1, a NaN, a lone surrogate, a key that is no text.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonicalError(f"This value has no canonical JSON form: {error}") from error


def loads(data: bytes, what: str = "this text") -> Any:
    """Parse ``data`` and refuse it unless it is byte for byte the canonical form of what it says.

    Args:
        data: the bytes as stored.
        what: what the user calls them, for the message ("manifest.json").

    Raises:
        NotCanonicalError: no JSON, a repeated key, or not canonical.
    """
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError(f"{what} is not valid JSON: {error}", next=_NEXT) from error
    if dumps(value) != data:
        raise NotCanonicalError(
            f"{what} is not in canonical form: another program wrote or changed it.", next=_NEXT
        )
    return value


_NEXT = "Take this file from a backup of the package."


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object, unless a key stands in it twice: two readers could then see two values."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
