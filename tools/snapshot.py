# SPDX-License-Identifier: Apache-2.0
"""Compare what was measured with what was committed, and say every difference.

Used for gas (`reports/gas.json` against `snapshots/gas.json`), storage layouts and artifacts:

    python -m tools.snapshot check MEASURED COMMITTED --mend "make gas"
    python -m tools.snapshot update MEASURED COMMITTED
"""

import argparse
import json
from pathlib import Path
from typing import Any

from tools.console import fail, say

LONGEST_VALUE = 60


def main() -> None:
    """Compare one file with its snapshot, or replace the snapshot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("check", "update"))
    parser.add_argument("measured", type=Path)
    parser.add_argument("committed", type=Path)
    parser.add_argument("--mend", default="", help="the command that accepts the new values")
    arguments = parser.parse_args()
    measured, committed = arguments.measured, arguments.committed
    if not measured.exists():
        fail(f"There is no {measured}. The contract tests write it: run `make test-contracts`.")
    changes = differences(load(committed), load(measured))
    for change in changes:
        say(f"  {change}")
    if arguments.action == "update":
        write(committed, load(measured))
        say(f"{committed}: {len(changes)} changed; commit it with the reason.")
    elif changes:
        fail(f"{committed} is not what was measured. If that is meant: `{arguments.mend}`, and commit it.")
    else:
        say(f"{committed}: as committed.")


def differences(old: Any, new: Any) -> list[str]:
    """One line for each value that was added, is gone, rose, fell or changed."""
    before, after = flatten(old), flatten(new)
    return [
        describe(key, before.get(key), after.get(key))
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def describe(key: str, old: Any, new: Any) -> str:
    """One difference in words; numbers with the amount and share by which they moved."""
    if old is None:
        return f"{key}: new, {short(new)}"
    if new is None:
        return f"{key}: gone, was {short(old)}"
    if isinstance(old, int) and isinstance(new, int):
        share = f" ({(new - old) / old:+.1%})" if old else ""
        return f"{key}: {'rose' if new > old else 'fell'} from {old:,} to {new:,}, {new - old:+,}{share}"
    return f"{key}: was {short(old)}, is {short(new)}"


def flatten(value: Any, prefix: str = "") -> dict[str, Any]:
    """Nested JSON as one map from the path of a value (`a.b.0`) to the value."""
    if not isinstance(value, dict | list):
        return {prefix: value}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    leaves: dict[str, Any] = {}
    for key, inner in items:
        leaves |= flatten(inner, f"{prefix}.{key}" if prefix else str(key))
    return leaves


def short(value: Any) -> str:
    """A value for a line of text; long ones (bytecode) are cut."""
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}... ({len(text):,} characters)"


def load(path: Path) -> Any:
    """The JSON of a file; an empty map if there is none yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(path: Path, value: Any) -> None:
    """Write JSON that is the same bytes for the same value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
