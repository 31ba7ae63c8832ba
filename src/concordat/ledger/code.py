# SPDX-License-Identifier: Apache-2.0
"""Is the code on the chain the code of the package?

Immutables, which creation fills, are left out of the comparison; the hashes of the initcode cover them.
"""

from __future__ import annotations

from eth_utils.crypto import keccak

from concordat.ledger import artifacts
from concordat.ledger.artifacts import Artifact
from concordat.ledger.chain import Chain


def check_code(chain: Chain) -> list[str]:
    """What differs between the suite's deployed code and the package's artifacts; empty if nothing does.

    The Directory, Genesis and every module that the Directory lists are compared.
    """
    names = ["Genesis", "Directory", *(_text(name) for name in chain.call("Directory", "names"))]
    findings = []
    for name in names:
        if name not in artifacts.names():
            findings.append(f"{name} stands in this suite and not in this package")
        elif not same_code(artifacts.load(name), chain.code(chain.address(name))):
            findings.append(f"the code of {name} at {chain.address(name)} is not the package's")
    return findings + _check_plan(chain)


def code_hashes(chain: Chain) -> dict[str, str]:
    """keccak256 of the code of the Directory, Genesis and every module, 0x and 64 digits, by name."""
    names = ["Genesis", "Directory", *(_text(name) for name in chain.call("Directory", "names"))]
    return {name: "0x" + keccak(chain.code(chain.address(name))).hex() for name in names}


def same_code(artifact: Artifact, deployed: bytes) -> bool:
    """Whether ``deployed`` is this artifact's code, whatever its immutables are."""
    return _without_immutables(artifact, deployed) == _without_immutables(artifact, artifact.deployed)


def _check_plan(chain: Chain) -> list[str]:
    """Genesis created modules only from initcode of these hashes: this covers the immutables as well."""
    findings = []
    for name, expected in zip(*chain.call("Genesis", "plan"), strict=True):
        known = _text(name) in artifacts.names()
        if known and keccak(artifacts.load(_text(name)).bytecode) != expected:
            findings.append(f"{_text(name)} was created from other initcode than the package's")
    return findings


def _text(name: bytes) -> str:
    return name.rstrip(b"\0").decode("ascii", "replace")


def _without_immutables(artifact: Artifact, code: bytes) -> bytes:
    masked = bytearray(code)
    for start, length in artifact.immutables:
        masked[start : start + length] = bytes(len(masked[start : start + length]))
    return bytes(masked)
