# SPDX-License-Identifier: Apache-2.0
"""Write the published JSON Schema of a record, or with --check say whether it is what the code makes.

usage: python tools/record_schema.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from concordat.evidence.record import schema

TARGET = Path(__file__).resolve().parent.parent / "src" / "concordat" / "data" / "record.schema.json"


def render() -> str:
    """Give the file's text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check; 1 when the file is not current."""
    text = render()
    if "--check" in arguments:
        current = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        if not current:
            print(f"{TARGET.name} is not current: run python tools/record_schema.py", file=sys.stderr)
        return 0 if current else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
