# SPDX-License-Identifier: Apache-2.0
"""Rules that all members share, by version. The Council adopts them; here they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from concordat.ledger.protocol import Ledger

RULES: Final = "CommonRules"


@dataclass(frozen=True)
class CommonRule:
    """One version of a rule.

    Attributes:
        since: in force from, seconds since 1970 UTC.
        digest: SHA-256 of the published text, 32 bytes.
        parameters: what programs read; its meaning is in the text.
    """

    name: str
    version: int
    since: int
    digest: bytes
    parameters: int


def names(ledger: Ledger) -> list[str]:
    """The names of all rules, in the order of their first adoption."""
    return [bytes(each).rstrip(b"\0").decode("ascii", "replace") for each in ledger.call(RULES, "names")]


def versions(ledger: Ledger, name: str) -> list[CommonRule]:
    """All versions of a rule, oldest first; none if nobody adopted it."""
    word = _word(name)
    count = int(ledger.call(RULES, "versionOf", word))
    return [_rule(name, number, ledger.call(RULES, "ruleAt", word, number)) for number in range(1, count + 1)]


def in_force(ledger: Ledger, name: str, at: int) -> CommonRule | None:
    """What was, is or will be in force at a time (seconds since 1970 UTC); None if nothing is."""
    version, _, _ = ledger.call(RULES, "inForce", _word(name), at)
    if not version:
        return None
    return _rule(name, int(version), ledger.call(RULES, "ruleAt", _word(name), int(version)))


def _rule(name: str, version: int, found: Any) -> CommonRule:
    return CommonRule(name, version, int(found.from_), bytes(found.digest), int(found.parameters))


def _word(name: str) -> bytes:
    return name.encode("ascii", "replace")[:32].ljust(32, b"\0")
