# SPDX-License-Identifier: Apache-2.0
"""Compile the contracts; write or check what is committed of them.

python -m tools.compile write artifacts   src/concordat/data/artifacts/<Contract>.json
python -m tools.compile write layout      snapshots/storage/<Contract>.json
python -m tools.compile check artifacts layout
python -m tools.compile input             solc's standard input on stdout, for other tools
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import artifacts, snapshot
from tools.console import fail, say
from tools.solidity import ROOT, Contract, compile_contracts, standard_input

Made = Callable[[Contract], dict[str, Any]]

PRODUCTS: dict[str, tuple[str, Made]] = {
    "artifacts": ("src/concordat/data/artifacts", artifacts.artifact),
    "layout": ("snapshots/storage", artifacts.layout),
}


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("write", "check", "input"))
    parser.add_argument("products", nargs="*", choices=[*PRODUCTS, []], help="artifacts, layout")
    arguments = parser.parse_args()
    if arguments.action == "input":
        print(json.dumps(standard_input()))
        return
    act = write if arguments.action == "write" else check
    contracts = compile_contracts()
    act_on = arguments.products or list(PRODUCTS)
    stale = [product for product in act_on if not act(product, contracts)]
    if stale:
        commands = " ".join(f"`make {product}`" for product in stale)
        fail(f"The contracts changed and what is committed of them did not. If that is meant: {commands}.")


def write(product: str, contracts: list[Contract]) -> bool:
    """Write one file a contract and remove those of contracts that are gone."""
    folder, make = PRODUCTS[product]
    for path in gone(ROOT / folder, contracts):
        path.unlink()
        say(f"  {path.relative_to(ROOT)}: removed, its contract is gone")
    for contract in contracts:
        snapshot.write(ROOT / folder / f"{contract.name}.json", make(contract))
        say(f"  {folder}/{contract.name}.json: {code_size(contract):,} bytes of code")
    return True


def check(product: str, contracts: list[Contract]) -> bool:
    """Say what differs between the committed files and the sources; True if nothing does."""
    folder, make = PRODUCTS[product]
    changes = [f"{path.stem}: its contract is gone" for path in gone(ROOT / folder, contracts)]
    for contract in contracts:
        committed = snapshot.load(ROOT / folder / f"{contract.name}.json")
        found = snapshot.differences(committed, make(contract)) if committed else ["is not committed"]
        changes += [f"{contract.name}: {change}" for change in found]
    for change in changes:
        say(f"  {change}")
    if not changes:
        say(f"{folder}: {len(contracts)} contracts, as committed.")
    return not changes


def gone(folder: Path, contracts: list[Contract]) -> list[Path]:
    """Files in a folder of products that belong to no contract."""
    names = {contract.name for contract in contracts}
    return [path for path in sorted(folder.glob("*.json")) if path.stem not in names]


def code_size(contract: Contract) -> int:
    """Bytes of the deployed code."""
    return len(contract.output["evm"]["deployedBytecode"]["object"]) // 2


if __name__ == "__main__":
    main()
