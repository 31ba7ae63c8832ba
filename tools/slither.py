# SPDX-License-Identifier: Apache-2.0
"""Analyse the contracts with slither; any finding of medium or high impact fails.

Slither reads Brownie's own build wrongly where imports are remapped, so it is given solc's standard input. A
finding that is no fault is justified where it stands: a comment with the reason, and
`slither-disable-next-line DETECTOR`. One detector is left out as a whole, see docs/slither.md.
"""

import json
import subprocess

from tools.console import fail, say
from tools.solidity import ROOT, solc_path, standard_input

INPUT = ROOT / ".tools" / "slither-input.json"
#: It warns of Ether or tokens that anybody can send, compared by equality, and follows the time of the block
#: into every status, which is computed from it here. No contract of the suite compares a balance of either.
LEFT_OUT = "incorrect-equality"
OUTPUTS = ["abi", "devdoc", "userdoc", "evm.bytecode", "evm.deployedBytecode"]


def main() -> None:
    """Write solc's input for slither, run it, end with a sentence if it finds something."""
    standard = standard_input()
    standard["settings"]["outputSelection"] = {"*": {"": ["ast"], "*": OUTPUTS}}
    INPUT.write_text(json.dumps(standard), encoding="utf-8")
    command = [
        str(ROOT / ".tools" / "slither" / "bin" / "slither"),
        str(INPUT.relative_to(ROOT)),
        *("--compile-force-framework", "Solc-json", "--solc", str(solc_path())),
        *("--filter-paths", "node_modules"),
        *("--exclude", LEFT_OUT),
        *("--exclude-informational", "--exclude-optimization", "--exclude-low", "--fail-medium"),
    ]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        fail("slither has findings, named above: mend them, or justify each where it stands.")
    say("slither: no finding of medium or high impact without a justification.")


if __name__ == "__main__":
    main()
