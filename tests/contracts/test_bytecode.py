# SPDX-License-Identifier: Apache-2.0
"""S152: what stands on the chain is what the source gives, to the byte, and one byte that is not is noticed.

Brownie compiles the sources anew for these tests; the package brings its artifacts. Both must give this code.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import brownie
import pytest
from brownie import web3
from eth_abi import encode

from concordat.errors import ConcordatError
from concordat.ledger import artifacts
from concordat.ledger.chain import Chain
from concordat.ledger.code import check_code, code_hashes
from tests.contracts.nodes import node, set_code
from tests.contracts.suite import MODULES, Suite

DOMAIN = (
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)",
    "Concordat",
    "1",
)
CONTRACTS = ("Genesis", *MODULES)
WITHOUT_IMMUTABLES = ("Genesis", "Directory", "CouncilTimelock")
"""The first two are not asked about: the Directory lists neither itself nor what made it."""
COOPERATION = ("OutcomeReports", "Panels", "AssistanceAnswers", "Mandates")
LARGEST_CODE, LARGEST_CREATION = 24_576, 49_152
"""Bytes, EIP-170 and EIP-3860."""


def ledger(suite: Suite) -> Chain:
    return Chain(node(), suite.directory.address)


def deployed(suite: Suite, name: str) -> bytes:
    return bytes(web3.eth.get_code(ledger(suite).address(name)))


def immutables(suite: Suite, name: str) -> dict[str, bytes]:
    """What the constructor of a contract wrote into its code, computed from outside."""

    def word(value: Any) -> bytes:
        return bytes.fromhex(value[2:]).rjust(32, b"\0")

    at = ledger(suite).address(name)
    genesis_id = bytes(suite.genesis.genesisId())
    domain = (*(web3.keccak(text=text) for text in DOMAIN), web3.eth.chain_id, at, genesis_id)
    kinds = ["bytes32", "bytes32", "bytes32", "uint256", "address", "bytes32"]
    return {
        "genesis": word(suite.genesis.address),
        "_genesis": word(suite.genesis.address),
        "genesisId": genesis_id,
        "_genesisId": genesis_id,
        "foundingHash": bytes(suite.genesis.foundingHash()),
        "_chainId": web3.eth.chain_id.to_bytes(32),
        "_separator": bytes(web3.keccak(encode(kinds, domain))),
        **{f"_{called}": word(getattr(suite, called).address) for called in MODULES.values()},
        "_members": word(suite.agencies.address),
        "_freezes": word(suite.requests.address),
        # Two modules hold requests; each contract calls the one of its own house so.
        **({"_requests": word(suite.assistance.address)} if name in COOPERATION else {}),
    }


def places(name: str) -> dict[str, list[dict[str, int]]]:
    """Where the immutables stand in the code, by name."""
    path = resources.files("concordat") / "data" / "artifacts" / f"{name}.json"
    found: dict[str, list[dict[str, int]]] = json.loads(path.read_text(encoding="utf-8"))[
        "immutableReferences"
    ]
    return found


def filled(suite: Suite, name: str, code: bytes) -> bytes:
    """Compiled code as its constructor leaves it."""
    expected, values = bytearray(code), immutables(suite, name)
    for immutable, spots in places(name).items():
        for spot in spots:
            expected[spot["start"] : spot["start"] + spot["length"]] = values[immutable]
    return bytes(expected)


@pytest.mark.parametrize("name", CONTRACTS)
def test_chain_holds_what_the_artifact_says(suite: Suite, name: str) -> None:
    """Immutables filled in: not a byte is left to trust."""
    assert deployed(suite, name) == filled(suite, name, artifacts.load(name).deployed)


@pytest.mark.parametrize("name", CONTRACTS)
def test_artifact_is_what_the_source_gives(name: str) -> None:
    """Compiled here and now by Brownie, from the sources of this checkout."""
    built = getattr(brownie, name)._build
    assert bytes.fromhex(built["bytecode"]) == artifacts.load(name).bytecode
    assert bytes.fromhex(built["deployedBytecode"]) == artifacts.load(name).deployed


@pytest.mark.parametrize("name", CONTRACTS)
def test_contract_fits_on_every_chain(name: str) -> None:
    assert len(artifacts.load(name).deployed) <= LARGEST_CODE
    assert len(artifacts.load(name).bytecode) <= LARGEST_CREATION


def test_client_finds_nothing_to_object_to(suite: Suite) -> None:
    assert check_code(ledger(suite)) == []
    assert set(code_hashes(ledger(suite))) == set(CONTRACTS)


@pytest.mark.parametrize("name", CONTRACTS)
def test_one_tampered_byte_is_noticed(suite: Suite, name: str) -> None:
    """At the beginning, in the middle, at the end."""
    code = deployed(suite, name)
    spots = artifacts.load(name).immutables
    taken = {place for start, length in spots for place in range(start, start + length)}
    free = [place for place in range(len(code)) if place not in taken]
    at = ledger(suite).address(name)
    for place in (free[0], free[len(free) // 2], free[-1]):
        set_code(at, flipped(code, place))
        assert objections(suite, name), f"byte {place} of {name}"
    set_code(at, code)
    assert check_code(ledger(suite)) == []


@pytest.mark.parametrize("name", [each for each in CONTRACTS if each not in WITHOUT_IMMUTABLES])
def test_tampered_immutable_is_noticed(suite: Suite, name: str) -> None:
    """The client that pinned the code hashes sees it, and so does anyone who asks the Directory."""
    pins, at = code_hashes(ledger(suite)), ledger(suite).address(name)
    start, length = artifacts.load(name).immutables[0]
    set_code(at, flipped(deployed(suite, name), start + length - 1))
    assert code_hashes(ledger(suite))[name] != pins[name]
    listed = ledger(suite).call("Directory", "moduleOf", name.encode().ljust(32, b"\0")).codeHash
    assert bytes(listed) != web3.keccak(web3.eth.get_code(at))


def flipped(code: bytes, place: int) -> bytes:
    return code[:place] + bytes([code[place] ^ 1]) + code[place + 1 :]


def objections(suite: Suite, name: str) -> list[str]:
    """What the client says about a contract; Genesis and Directory may be too broken to be asked."""
    try:
        return [finding for finding in check_code(ledger(suite)) if f"the code of {name} " in finding]
    except ConcordatError as error:
        return [error.message]


def test_no_contract_can_be_replaced_or_destroyed() -> None:
    """No DELEGATECALL, CALLCODE or SELFDESTRUCT in any of them: what the code is, it stays."""
    forbidden = {0xF2: "CALLCODE", 0xF4: "DELEGATECALL", 0xFF: "SELFDESTRUCT"}
    for name in CONTRACTS:
        used = opcodes(artifacts.load(name).deployed)
        assert not used & forbidden.keys(), f"{name}: {[forbidden[code] for code in used & forbidden.keys()]}"


def test_only_genesis_creates() -> None:
    creating = {0xF0, 0xF5}
    for name in CONTRACTS:
        assert bool(opcodes(artifacts.load(name).deployed) & creating) == (name == "Genesis"), name


def opcodes(code: bytes) -> set[int]:
    """Those that can be executed: what PUSH carries is data, and so is what stands behind the last code."""
    found, place = set(), 0
    end = (
        len(code) - 2 - int.from_bytes(code[-2:])
    )  # the compiler's own mark, whose length the last two bytes say
    while place < end:
        operation = code[place]
        found.add(operation)
        place += operation - 0x5E if 0x60 <= operation <= 0x7F else 1
    return found
