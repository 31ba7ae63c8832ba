# SPDX-License-Identifier: Apache-2.0
"""What is published of a contract: ABI, bytecode, and its storage layout.

Both are free of AST numbers, which change in every file when one file changes.
"""

from typing import Any

from tools.solidity import Contract, brownie_compiler

Json = dict[str, Any]


def artifact(contract: Contract) -> Json:
    """What a client needs to deploy and to check a contract; bytecodes are hex with 0x."""
    evm = contract.output["evm"]
    compiler = brownie_compiler()
    return {
        "contractName": contract.name,
        "sourcePath": contract.path,
        "compiler": {
            "evmVersion": compiler["evm_version"],
            "optimizer": compiler["solc"]["optimizer"],
            "version": str(compiler["solc"]["version"]),
            "viaIR": bool(compiler["solc"].get("viaIR")),
        },
        "abi": contract.output["abi"],
        "bytecode": "0x" + evm["bytecode"]["object"],
        "deployedBytecode": "0x" + evm["deployedBytecode"]["object"],
        "immutableReferences": immutable_references(contract),
    }


def immutable_references(contract: Contract) -> dict[str, list[dict[str, int]]]:
    """Where the deployed code holds which immutable: variable name to [{start, length}] in bytes."""
    places: dict[str, list[dict[str, int]]] = {}
    references = contract.output["evm"]["deployedBytecode"].get("immutableReferences", {})
    for ast_id, found in references.items():
        places.setdefault(contract.immutables[ast_id], []).extend(found)
    return {name: sorted(found, key=lambda place: place["start"]) for name, found in sorted(places.items())}


def layout(contract: Contract) -> Json:
    """The storage layout: variables in order, and the members of each struct that they use."""
    solc = contract.output["storageLayout"]
    types = solc["types"] or {}
    return {
        "contract": contract.name,
        "storage": [member(variable, types) for variable in solc["storage"]],
        "structs": {
            entry["label"]: [member(variable, types) for variable in entry["members"]]
            for entry in sorted(types.values(), key=lambda entry: str(entry["label"]))
            if "members" in entry
        },
    }


def member(variable: Json, types: Json) -> Json:
    """One variable: slot and offset (bytes from the right), label, type, size in bytes."""
    kind = types[variable["type"]]
    return {
        "slot": int(variable["slot"]),
        "offset": variable["offset"],
        "label": variable["label"],
        "type": kind["label"],
        "bytes": int(kind["numberOfBytes"]),
    }
