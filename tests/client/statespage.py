# SPDX-License-Identifier: Apache-2.0
"""What docs/states.md says of freezing, so that the page and the tests cannot part."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
Row = tuple[set[str], set[str], set[str]]


def life(heading: str) -> list[Row]:
    """The rows (from, acts, to) of the table under a heading; a cell may hold several names."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([\w, ]+) \| ([\w, ]+) \| ([\w, ]+) \|$", section, re.MULTILINE)
    cells = [tuple({name.strip() for name in cell.split(",")} for cell in row) for row in rows]
    return [(start, acts, end) for start, acts, end in cells if start != {"from"}]


def steps(heading: str) -> set[tuple[str, str, str]]:
    """Every single step (from, act, to) of the table."""
    return {(a, act, b) for start, acts, end in life(heading) for a in start for act in acts for b in end}


def later(heading: str) -> dict[str, set[str]]:
    """What time alone can make of each, in however many steps."""
    direct = {(a, b) for a, act, b in steps(heading) if act == "time"}
    found = {name: {name} for row in life(heading) for name in row[0] | row[2]}
    for _ in found:
        for a, b in direct:
            found[a] |= found[b]
    return found
