# SPDX-License-Identifier: Apache-2.0
"""The demonstration, told by ``make demo``; a part of it by ``make demo-freeze`` and so on.

It starts a fresh local chain, works in .demo/, and prints every command as a user types it. Nothing is
simulated: keys, chain, files and documents are real, only the cases are made up.

    PYTHONPATH=examples python -m demo [PART...]      evidence, freeze, cooperation; all by default
"""

from __future__ import annotations

import sys
import time

from demo import cooperation, evidence, freeze, town
from demo.telling import PASSWORD, URL

PARTS = {"evidence": evidence, "freeze": freeze, "cooperation": cooperation}


def main(wanted: list[str]) -> None:
    """Build the stage and tell the parts in their order."""
    unknown = sorted(set(wanted) - set(PARTS))
    if unknown:
        sys.exit(f"The demonstration has no part {', '.join(unknown)}; it has {', '.join(PARTS)}.")
    started = time.monotonic()
    told = [part for name, part in PARTS.items() if not wanted or name in wanted]
    town.build([officer for part in told for officer in part.OFFICERS])
    for part in told:
        part.tell()
    seconds = time.monotonic() - started
    print(f"\nThe demonstration took {seconds:.0f} seconds. The chain runs on at {URL}; go on with it:")
    print(f"    cd .demo; export CONCORDAT_PASSWORD='{PASSWORD}'")
    print("    ../.venv/bin/concordat doctor --workspace my")
    print("make stop stops the chain; make chain starts it again with all that it holds.")


if __name__ == "__main__":
    main(sys.argv[1:])
