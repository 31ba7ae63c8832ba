# SPDX-License-Identifier: Apache-2.0
"""What stands behind each fact: from the steps that were claimed to the mark beside the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concordat.evidence.report import words
from concordat.evidence.report.inputs import StepLine
from concordat.rendering.content import Fact, Facts, Mark, Text, data

_MARK = {
    "seen": Mark.SEEN,
    "document": Mark.SUPPORTED,
    "attester": Mark.SUPPORTED,
    "declared": Mark.DECLARED,
}


@dataclass(frozen=True, slots=True)
class Backing:
    """A mark with the exhibit or the attester that it names."""

    mark: Mark = Mark.DECLARED
    exhibit: int | None = None
    attester: str | None = None


MEASURED = Backing(Mark.MEASURED)
SEEN = Backing(Mark.SEEN)
DECLARED = Backing()


class Supports:
    """The claimed steps by name."""

    def __init__(self, steps: Iterable[StepLine]) -> None:
        self.lines = tuple(steps)
        self._by_name = {line.step: line for line in self.lines}

    def of(self, *steps: str) -> Backing:
        """Give the backing of the first of these steps that was claimed; without one it is only declared."""
        line = next((self._by_name[step] for step in steps if step in self._by_name), None)
        return backing(line) if line else DECLARED

    def facts(self) -> Facts:
        """List all claimed steps, each with its mark."""
        return Facts(
            tuple(fact(line.step, data(line.step), line.attests, backed=backing(line)) for line in self.lines)
        )


def backing(line: StepLine) -> Backing:
    """Give what stands behind one step."""
    return Backing(_MARK[line.support], line.exhibit, line.attester)


def fact(
    key: str,
    label: Text,
    *lines: Text,
    backed: Backing | None = DECLARED,
    mono: bool = False,
) -> Fact:
    """Make one fact; without a line it says that the record states nothing."""
    if backed is None:
        return Fact(key, label, lines or (words.NOT_STATED,), mono=mono)
    return Fact(key, label, lines or (words.NOT_STATED,), backed.mark, backed.exhibit, backed.attester, mono)


def stated(key: str, label: Text, value: str, backed: Backing | None = DECLARED, mono: bool = False) -> Fact:
    """Make a fact of free text: one line each line, nothing if empty."""
    return fact(
        key, label, *(data(line) for line in value.splitlines() if line.strip()), backed=backed, mono=mono
    )
