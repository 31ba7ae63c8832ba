# SPDX-License-Identifier: Apache-2.0
"""Say which share of each source file the contract tests reached, from Brownie's reports/coverage.json.

Brownie's own summary leaves out every function without a branch and every function that no test called; what
it recorded is complete, so this counts that: statements reached, and both outcomes of each branch. A file
that several contracts inherit counts once, reached if it was reached through any of them.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from tools.console import fail, say
from tools.solidity import ROOT

REPORT = ROOT / "reports" / "coverage.json"
TABLE = ROOT / "reports" / "coverage.md"
# Outcomes of a branch that were seen, by the colour in which Brownie shows it.
OUTCOMES = {"red": 0, "yellow": 1, "orange": 1, "green": 2}

Spot = tuple[int, int]
Seen = dict[str, dict[Spot, int]]


def main() -> None:
    """Print and write the table."""
    if not REPORT.exists():
        fail("There is no reports/coverage.json. Run `make coverage`.")
    highlights = json.loads(REPORT.read_text(encoding="utf-8"))["highlights"]
    statements: Seen = defaultdict(dict)
    branches: Seen = defaultdict(dict)
    for path in sorted((ROOT / "build" / "contracts").glob("*.json")):
        build = json.loads(path.read_text(encoding="utf-8"))
        collect(statements, build, "statements", highlights)
        collect(branches, build, "branches", highlights)
    lines = table(statements, branches)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("\n".join(lines))


def collect(seen: Seen, build: dict[str, Any], kind: str, highlights: dict[str, Any]) -> None:
    """Add the spots of one contract's sources, with the outcomes seen there (a statement has one)."""
    files = {
        key: name
        for key, name in build.get("allSourcePaths", {}).items()
        if Path(name).parts[0] == "contracts"
    }
    for key, functions in build.get("coverageMap", {}).get(kind, {}).items():
        for spots in functions.values() if key in files else ():
            for spot in spots.values():
                seen[files[key]].setdefault((spot[0], spot[1]), 0)
    for key, marks in highlights[kind].get(build["contractName"], {}).items():
        for start, stop, colour, _ in marks if key in files else ():
            reached = OUTCOMES[colour] if kind == "branches" else int(colour == "green")
            spot = (start, stop)
            seen[files[key]][spot] = max(seen[files[key]].get(spot, 0), reached)


def table(statements: Seen, branches: Seen) -> list[str]:
    """A Markdown table, one row a file and one for all."""
    rows = ["| source | statements | branches |", "|---|---:|---:|"]
    for name in sorted({*statements, *branches}):
        rows.append(row(name, [statements[name]], [branches[name]]))
    return [*rows, row("**all**", list(statements.values()), list(branches.values()))]


def row(name: str, statements: list[dict[Spot, int]], branches: list[dict[Spot, int]]) -> str:
    """One row: reached of all, and the share."""
    found = [reached for spots in statements for reached in spots.values()]
    outcomes = [reached for spots in branches for reached in spots.values()]
    return f"| {name} | {share(sum(found), len(found))} | {share(sum(outcomes), 2 * len(outcomes))} |"


def share(reached: int, total: int) -> str:
    """`9 of 10 (90%)`, or a dash where there is nothing to reach."""
    return f"{reached} of {total} ({reached / total:.0%})" if total else "-"


if __name__ == "__main__":
    main()
