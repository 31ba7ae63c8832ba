# SPDX-License-Identifier: Apache-2.0
"""The transitions that docs/states.md lists, so that the page and the tests cannot part."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
Transition = tuple[str, str, str]


def documented(heading: str) -> set[Transition]:
    """The rows (from, act, to) of the first table under a heading that begins so."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}")[1].split("\n## ")[0]
    table = section[section.index("|---") :].split("\n\n")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines()[1:]]
    return {(start.strip(), act.strip(), end.strip()) for start, act, end in rows}
