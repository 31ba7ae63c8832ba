# SPDX-License-Identifier: Apache-2.0
"""The modules of a suite and their versions, as the Directory lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from concordat.evidence.laws import Text
from concordat.ledger.protocol import Ledger

DIRECTORY: Final = "Directory"


@unique
class ModuleState(IntEnum):
    """What a version of a module still does."""

    ABSENT = 0
    ACTIVE = 1
    FINISHING = 2
    RETIRED = 3

    def label(self) -> Text:
        """Its name for people."""
        return {
            ModuleState.ABSENT: Text("absent", "不存在"),
            ModuleState.ACTIVE: Text("active", "启用"),
            ModuleState.FINISHING: Text("finishes what it began", "仅办结已受理事项"),
            ModuleState.RETIRED: Text("read only", "仅供查阅"),
        }[self]


@dataclass(frozen=True)
class ModuleVersion:
    """One version of a module. Times in seconds since 1970 UTC, 0: it has not come.

    Attributes:
        version: as the Directory counts, from 0.
        code_hash: keccak256 of its code, 32 bytes.
    """

    name: str
    version: int
    at: str
    active_since: int
    finishing_since: int
    retired_since: int
    code_hash: bytes

    @property
    def state(self) -> ModuleState:
        """What it still does."""
        if self.retired_since:
            return ModuleState.RETIRED
        return ModuleState.FINISHING if self.finishing_since else ModuleState.ACTIVE

    def was_void_at(self, at: int) -> bool:
        """Whether what began there at that time is void: a new version had taken its place."""
        ended = [each for each in (self.finishing_since, self.retired_since) if each]
        return bool(ended) and at >= min(ended)


def modules(ledger: Ledger) -> list[ModuleVersion]:
    """All versions of all modules, in the order of the plan."""
    return [version for name in ledger.call(DIRECTORY, "names") for version in versions(ledger, _text(name))]


def versions(ledger: Ledger, name: str) -> list[ModuleVersion]:
    """All versions of a module, oldest first."""
    found = ledger.call(DIRECTORY, "versionsOf", name.encode("ascii").ljust(32, b"\0"))
    return [
        ModuleVersion(
            name=name,
            version=number,
            at=each.at,
            active_since=each.activeSince,
            finishing_since=each.finishingSince,
            retired_since=each.retiredSince,
            code_hash=bytes(each.codeHash),
        )
        for number, each in enumerate(found)
    ]


def _text(word: bytes) -> str:
    return bytes(word).rstrip(b"\0").decode("ascii", "replace")
