# SPDX-License-Identifier: Apache-2.0
"""Strict reading of JSON objects: every key that is expected and none that is not, each of its own form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from concordat.errors import VerificationError

Check = Callable[[Any], bool]


class FieldError(VerificationError):
    """A key that is missing, unknown or of the wrong form."""

    default_code = "json.field"


def check(
    value: Any, what: str, expected: Mapping[str, Check], optional: Mapping[str, Check] | None = None
) -> None:
    """Refuse ``value`` unless it is an object with exactly these keys, each passing its check.

    Args:
        value: what was parsed.
        what: what the user calls it, for the message ("manifest.json").
        expected: check by key; all must be there.
        optional: check by key; these may be there.

    Raises:
        FieldError: names the key.
    """
    if not isinstance(value, dict):
        raise FieldError(f"{what} is not a JSON object.", next=_NEXT)
    known = {**expected, **(optional or {})}
    for key in value:
        if key not in known:
            raise FieldError(f"{what} has a key that does not belong there: {key}.", next=_NEXT)
        if not known[key](value[key]):
            raise FieldError(f"{what}: {key} is not of the form that belongs there.", next=_NEXT)
    for key in expected:
        if key not in value:
            raise FieldError(f"{what} has no {key}.", next=_NEXT)


_NEXT = "Take this file from a backup of the package, or see which program wrote it."
MOST = (1 << 53) - 1


def text(value: Any) -> bool:
    """Any text."""
    return isinstance(value, str)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def number(least: int = 0, most: int = MOST) -> Check:
    """A whole number within limits (JSON's true is none)."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def hexed(size: int, prefix: str = "") -> Check:
    """Lower-case hex of ``size`` bytes after ``prefix``."""
    form = re.compile(re.escape(prefix) + f"[0-9a-f]{{{size * 2}}}")
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


def one_of(*words: str) -> Check:
    """One of the words."""
    return lambda value: isinstance(value, str) and value in words


def below(value: Any) -> bool:
    """A POSIX path that stays below the folder it is relative to, on every system."""
    if not isinstance(value, str) or "\\" in value or "\0" in value or value[1:2] == ":":
        return False
    return not {"", ".", ".."} & set(value.split("/"))


def maybe(inner: Check) -> Check:
    """Null, or what ``inner`` accepts."""
    return lambda value: value is None or inner(value)


def list_of(inner: Check) -> Check:
    """A list whose members all pass ``inner``."""
    return lambda value: isinstance(value, list) and all(inner(member) for member in value)


def within(expected: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with exactly these keys (see `check`)."""

    def passes(value: Any) -> bool:
        try:
            check(value, "", expected, optional)
        except FieldError:
            return False
        return True

    return passes
