# SPDX-License-Identifier: Apache-2.0
"""The one place that knows how the contracts are compiled outside of Brownie.

Settings are read from brownie-config.yaml, so that there is nothing to keep in step.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.console import fail, say

ROOT = Path(__file__).resolve().parent.parent
SOURCE_FOLDERS = ("contracts", "interfaces")
UNPUBLISHED_FOLDERS = {"mocks", "examples", "test"}
# EIP-170: longer code cannot be deployed.
LARGEST_CODE_BYTES = 24_576

# No hash of the sources, so that a changed comment is no new contract. The few bytes that name the compiler
# stay: Brownie cuts them off to recognise a contract, and would cut code if they were not there.
METADATA = {"appendCBOR": True, "bytecodeHash": "none"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Contract:
    """A contract that can be deployed: its name, source path, solc's output for it."""

    name: str
    path: str
    output: Json
    immutables: dict[str, str]
    """AST id of each immutable variable, here or inherited, to its name."""


def compile_contracts() -> list[Contract]:
    """Every concrete contract under contracts/ outside of mocks, examples and test, by name."""
    output = run_solc(standard_input())
    report(output.get("errors", []))
    definitions = [node for source in output["sources"].values() for node in source["ast"]["nodes"]]
    concrete = {
        (path, node["name"])
        for path, source in output["sources"].items()
        for node in source["ast"]["nodes"]
        if is_published(path) and is_concrete(node)
    }
    immutables = {str(node["id"]): node["name"] for node in walk_immutables(definitions)}
    contracts = [
        Contract(name, path, output["contracts"][path][name], immutables) for path, name in sorted(concrete)
    ]
    for contract in contracts:
        refuse_undeployable(contract)
    return sorted(contracts, key=lambda contract: contract.name)


def standard_input() -> Json:
    """solc's standard input for all sources, without a metadata hash (the shim gives Brownie the same)."""
    compiler = brownie_compiler()
    paths = sorted(path for folder in SOURCE_FOLDERS for path in (ROOT / folder).rglob("*.sol"))
    return {
        "language": "Solidity",
        "sources": {
            path.relative_to(ROOT).as_posix(): {"content": path.read_text(encoding="utf-8")} for path in paths
        },
        "settings": {
            "evmVersion": compiler["evm_version"],
            "optimizer": compiler["solc"]["optimizer"],
            "viaIR": compiler["solc"].get("viaIR", False),
            "remappings": compiler["solc"]["remappings"],
            "metadata": METADATA,
            "outputSelection": {
                "*": {
                    "": ["ast"],
                    "*": [
                        "abi",
                        "evm.bytecode.object",
                        "evm.bytecode.linkReferences",
                        "evm.deployedBytecode.object",
                        "evm.deployedBytecode.immutableReferences",
                        "storageLayout",
                    ],
                }
            },
        },
    }


def brownie_compiler() -> Json:
    """The `compiler` part of brownie-config.yaml."""
    config: Json = yaml.safe_load((ROOT / "brownie-config.yaml").read_text(encoding="utf-8"))
    compiler: Json = config["compiler"]
    return compiler


def compiler_version() -> str:
    """The version of solc that brownie-config.yaml names."""
    return str(brownie_compiler()["solc"]["version"])


def solc_path() -> Path:
    """The solc executable that Brownie uses too."""
    folder = Path(os.environ.get("SOLCX_BINARY_PATH", ROOT / ".tools" / "solc"))
    return folder / f"solc-v{compiler_version()}"


def run_solc(standard: Json) -> Json:
    """Run solc over a standard input; returns its standard output, errors included."""
    if not solc_path().exists():
        fail("The Solidity compiler is not installed. Run `make setup`.")
    done = subprocess.run(
        [str(solc_path()), "--standard-json"],
        input=json.dumps(standard),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        fail(f"The Solidity compiler stopped: {done.stderr.strip()}")
    output: Json = json.loads(done.stdout)
    return output


def report(errors: list[Json]) -> None:
    """Print what solc found; ends the program if any of it is an error."""
    for error in errors:
        say(error["formattedMessage"].rstrip())
    if any(error["severity"] == "error" for error in errors):
        fail("The contracts do not compile; nothing was written. Mend what solc names above.")


def is_published(path: str) -> bool:
    """Whether a source is ours and no mock, example or test."""
    folders = Path(path).parts[:-1]
    return folders[0] == "contracts" and not UNPUBLISHED_FOLDERS.intersection(folders)


def is_concrete(node: Json) -> bool:
    """Whether an AST node defines a contract that can be deployed."""
    return (
        node["nodeType"] == "ContractDefinition"
        and node["contractKind"] == "contract"
        and not node["abstract"]
    )


def walk_immutables(definitions: list[Json]) -> Iterator[Json]:
    """The declarations of immutable state variables in the definitions of contracts."""
    for definition in definitions:
        for node in definition.get("nodes", []):
            if node["nodeType"] == "VariableDeclaration" and node.get("mutability") == "immutable":
                yield node


def refuse_undeployable(contract: Contract) -> None:
    """Ends the program if a contract wants a linked library or is longer than a chain takes."""
    code = contract.output["evm"]["deployedBytecode"]["object"]
    if contract.output["evm"]["bytecode"].get("linkReferences"):
        fail(f"{contract.name} needs a linked library; only internal libraries can be published.")
    if len(code) // 2 > LARGEST_CODE_BYTES:
        fail(f"{contract.name} has {len(code) // 2} bytes of code; a chain takes {LARGEST_CODE_BYTES}.")
