# SPDX-License-Identifier: Apache-2.0
"""The contracts beside ours, compiled as ours are: same compiler, same hard fork, same optimizer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from concordat.ledger import abi as codec
from concordat.ledger.chain import Chain
from concordat.ledger.protocol import Receipt, Signer
from concordat.ledger.transactions import Call
from tools.solidity import ROOT, compiler_version, report, run_solc, standard_input

EAS = Path("node_modules/@ethereum-attestation-service/eas-contracts/contracts")
#: EAS names one patch release of the compiler; the project's own takes its place, all else is as published.
EAS_PRAGMA = "pragma solidity 0.8.29;"


@dataclass(frozen=True)
class Compiled:
    """A contract that is not of the package."""

    name: str
    abi: list[dict[str, Any]]
    bytecode: bytes

    def create(self, chain: Chain, deployer: Signer, *arguments: Any) -> str:
        """Its address, once created."""
        inputs: list[dict[str, Any]] = next(
            (part["inputs"] for part in self.abi if part["type"] == "constructor"), []
        )
        call = Call("", self.bytecode + codec.encode(inputs, arguments), self.name)
        return chain.execute(deployer, call).created

    def send(self, chain: Chain, sender: Signer, at: str, function: str, *arguments: Any) -> Receipt:
        """Call a function at an address."""
        data = codec.calldata(codec.find(self.abi, "function", function), arguments)
        return chain.execute(sender, Call(at, data, f"{self.name}.{function}"))


def schema_uid(schema: str) -> bytes:
    """The name under which EAS keeps a schema without resolver, revocable."""
    return bytes(keccak(schema.encode() + bytes(20) + b"\x01"))


def compile_others() -> dict[str, Compiled]:
    """Floor, EAS, its SchemaRegistry, and the mock of a mandate's keeper, by name."""
    sources = [
        *sorted(EAS.rglob("*.sol")),
        Path("benchmarks/contracts/Floor.sol"),
        Path("contracts/mocks/MandatesMock.sol"),
        *sorted(path.relative_to(ROOT) for path in (ROOT / "contracts" / "types").glob("*.sol")),
        Path("interfaces/cooperation/IMandates.sol"),
    ]
    standard = standard_input()
    standard["sources"] = {path.as_posix(): {"content": _source(path)} for path in sources}
    wanted = ["abi", "evm.bytecode.object"]
    standard["settings"]["outputSelection"] = {"*": {"*": wanted}}
    output = run_solc(standard)
    report([each for each in output.get("errors", []) if each["severity"] == "error"])
    return {
        name: Compiled(name, contract["abi"], bytes.fromhex(contract["evm"]["bytecode"]["object"]))
        for contracts in output["contracts"].values()
        for name, contract in contracts.items()
        if name in {"EAS", "SchemaRegistry", "Floor", "MandatesMock"}
    }


def _source(path: Path) -> str:
    text = (ROOT / path).read_text(encoding="utf-8")
    return text.replace(EAS_PRAGMA, f"pragma solidity {compiler_version()};")
