# SPDX-License-Identifier: Apache-2.0
"""What a charter allows and an officer may be given: one bit each, as in ``contracts/types/Powers.sol``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag

from concordat.errors import UsageError


class Power(IntFlag):
    """One power a bit. Numbers are never used again."""

    COLLECT = 1 << 0
    """Collect evidence and sign for it, as collector, second officer or device."""
    REGISTER = 1 << 1
    """Send collections to the registry."""
    CURE = 1 << 2
    """Add what was missing; never together with COLLECT in one officer."""
    WITHDRAW = 1 << 3
    """Withdraw or supersede an acquisition."""
    CONFIRM_DATE = 1 << 4
    """Confirm an early anchor of another agency's acquisition."""
    ANSWER = 1 << 8
    """Answer a request."""
    RELEASE = 1 << 9
    """Release what is held."""
    OBJECT = 1 << 10
    """Object to a measure."""
    VOTE = 1 << 11
    """Vote in the Council."""


DEFINED = Power(0)
for _power in Power:
    DEFINED |= _power

#: What no suspension takes: without these an agency could neither preserve evidence nor protect rights.
FLOOR = Power.COLLECT | Power.REGISTER | Power.ANSWER | Power.RELEASE | Power.OBJECT | Power.VOTE


def from_names(names: Iterable[str]) -> Power:
    """The powers of these names, whatever their case; ``-`` counts as ``_``.

    Raises:
        UsageError: there is no such power.
    """
    powers = Power(0)
    for name in names:
        try:
            powers |= Power[name.strip().upper().replace("-", "_")]
        except KeyError:
            raise UsageError(
                f"'{name}' is no power.",
                code="power.unknown",
                next=f"Use any of: {', '.join(to_names(DEFINED))}",
            ) from None
    return powers


def to_names(mask: int) -> list[str]:
    """The names of the powers in a mask; a bit without a name is shown as its number."""
    known = [str(power.name) for power in Power if power & mask]
    unknown = [f"bit {bit}" for bit in range(64) if (mask & ~int(DEFINED)) >> bit & 1]
    return known + unknown
