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
    REQUEST = 1 << 12
    """Ask that something be stopped, frozen, seized or sealed."""
    RATIFY = 1 << 13
    """Ratify what an officer asked: head of a unit."""
    RATIFY_HIGH = 1 << 14
    """The same where the law wants a higher rank."""
    ENDORSE = 1 << 15
    """Take over what a foreign agency asks."""
    REVIEW = 1 << 16
    """Decide on objections."""
    PROPOSE = 1 << 17
    """Propose what becomes of what is held; transfer a case (prosecutor)."""
    JUDGE = 1 << 18
    """Decide what becomes of what is held (court)."""
    CHECK = 1 << 19
    """Confirm what another officer of the institution answered."""
    KEEP = 1 << 20
    """Keep, value and sell seized property."""
    DISTRIBUTE = 1 << 21
    """Plan what goes back to victims."""
    ASK = 1 << 22
    """Ask another country's agency for assistance."""
    TRANSMIT = 1 << 23
    """Of a central authority: pass requests on, receive them, assign who executes."""
    APPRAISE = 1 << 24
    """Give an expert opinion."""
    LEAD = 1 << 25
    """Open cases, claim jurisdiction, lead teams."""
    COORDINATE = 1 << 26
    """Assign and consolidate; sees metadata only."""


DEFINED = Power(0)
for _power in Power:
    DEFINED |= _power

#: What no suspension takes: without these an agency could neither preserve evidence nor protect rights.
FLOOR = (
    Power.COLLECT | Power.REGISTER | Power.ANSWER | Power.CHECK | Power.RELEASE | Power.OBJECT | Power.VOTE
)

#: The hands through which a measure goes. Whoever ever had one of them gets no other under the same key.
PHASES = (
    Power.REQUEST
    | Power.RATIFY
    | Power.RATIFY_HIGH
    | Power.ENDORSE
    | Power.ANSWER
    | Power.CHECK
    | Power.REVIEW
    | Power.PROPOSE
    | Power.JUDGE
)


def conflict(powers: int) -> bool:
    """Whether two of these must never meet in one officer, as the contract judges it (Powers.sol).

    Who collects must not cure, and each phase of a measure has its own hands. The two ranks that ratify are
    one phase.
    """
    if powers & Power.COLLECT and powers & Power.CURE:
        return True
    phases = powers & PHASES
    if phases & Power.RATIFY_HIGH:
        phases = (phases & ~Power.RATIFY_HIGH) | Power.RATIFY
    return phases.bit_count() > 1


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
