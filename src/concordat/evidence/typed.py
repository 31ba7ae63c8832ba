# SPDX-License-Identifier: Apache-2.0
"""What is signed: the EIP-712 domain of a suite, and the two statements about evidence.

Nothing here signs or speaks to anything; any EIP-712 signer takes these values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, unique
from typing import Any, Final

from eth_utils.crypto import keccak

NAME: Final = "Concordat"
VERSION: Final = "1"
NO_CO_SIGNERS: Final = bytes(32)

ACQUISITION: Final[Mapping[str, list[dict[str, str]]]] = {
    "Acquisition": [
        {"name": "agency", "type": "uint32"},
        {"name": "root", "type": "bytes32"},
        {"name": "facts", "type": "uint160"},
        {"name": "standardVersion", "type": "uint16"},
        {"name": "collector", "type": "address"},
        {"name": "appointment", "type": "uint16"},
        {"name": "mandate", "type": "bytes32"},
        {"name": "preserve", "type": "bool"},
        {"name": "deadline", "type": "uint40"},
        {"name": "coSigners", "type": "bytes32"},
    ]
}

CO_SIGNATURE: Final[Mapping[str, list[dict[str, str]]]] = {
    "CoSignature": [
        {"name": "agency", "type": "uint32"},
        {"name": "root", "type": "bytes32"},
        {"name": "facts", "type": "uint160"},
        {"name": "role", "type": "uint8"},
        {"name": "appointment", "type": "uint16"},
        {"name": "deadline", "type": "uint40"},
    ]
}


@unique
class CoSignerRole(IntEnum):
    """In what role someone besides the collector signs."""

    SECOND_OFFICER = 1
    WITNESS = 2
    HOLDER = 3
    DEVICE = 4


@dataclass(frozen=True)
class Collection:
    """What the collector signs, together with the set of co-signers.

    Attributes:
        root: Merkle root over manifest and exhibits, 32 bytes.
        facts: declared facts, packed.
        standard_version: of the home forum's standard in force at the start; 0 where it has none.
        collector: address.
        appointment: number of the collector's appointment at the start.
        mandate: assistance request that covers a collection abroad, 32 bytes; zero if none.
        preserve: keep as Preserved if the home standard refuses and the baseline is met.
        deadline: last moment at which the signature may be used, seconds since 1970 UTC.
    """

    agency: int
    root: bytes
    facts: int
    standard_version: int
    collector: str
    appointment: int
    deadline: int
    mandate: bytes = field(default=bytes(32))
    preserve: bool = False

    def struct(self) -> dict[str, Any]:
        """The fields of the contract's struct ``Collection``."""
        return {
            "agency": self.agency,
            "root": self.root,
            "facts": self.facts,
            "standardVersion": self.standard_version,
            "collector": self.collector,
            "appointment": self.appointment,
            "mandate": self.mandate,
            "preserve": self.preserve,
            "deadline": self.deadline,
        }

    def message(self, co_signers: bytes = NO_CO_SIGNERS) -> dict[str, Any]:
        """The typed data ``Acquisition``; ``co_signers`` is what :func:`co_signers_hash` gives."""
        return {**self.struct(), "coSigners": co_signers}


@dataclass(frozen=True)
class CoSignature:
    """A signature beside the collector's.

    Attributes:
        signer: address.
        appointment: number of an officer's or device's appointment; 0 for witness and holder.
        deadline: last moment of its use, seconds since 1970 UTC.
    """

    role: CoSignerRole
    signer: str
    appointment: int
    deadline: int
    signature: bytes = b""

    def struct(self) -> dict[str, Any]:
        """The fields of the contract's struct ``CoSignature``."""
        return {
            "role": int(self.role),
            "signer": self.signer,
            "appointment": self.appointment,
            "deadline": self.deadline,
            "signature": self.signature,
        }

    def message(self, collection: Collection) -> dict[str, Any]:
        """The typed data ``CoSignature`` over a collection."""
        return {
            "agency": collection.agency,
            "root": collection.root,
            "facts": collection.facts,
            "role": int(self.role),
            "appointment": self.appointment,
            "deadline": self.deadline,
        }


def domain(chain_id: int, contract: str, genesis_id: bytes) -> dict[str, Any]:
    """The EIP-712 domain of one contract of one suite.

    Args:
        chain_id: of the chain.
        contract: address of the contract that verifies.
        genesis_id: of the suite, 32 bytes: the salt.
    """
    return {
        "name": NAME,
        "version": VERSION,
        "chainId": chain_id,
        "verifyingContract": contract,
        "salt": genesis_id,
    }


def co_signers_hash(signers: Iterable[tuple[CoSignerRole, str]]) -> bytes:
    """What binds the set of co-signers into the collector's signature: 32 bytes, zero for none.

    Args:
        signers: role and address of each, in any order.
    """
    ordered = sorted((bytes.fromhex(address.removeprefix("0x")), int(role)) for role, address in signers)
    if not ordered:
        return NO_CO_SIGNERS
    return bytes(keccak(b"".join(bytes([role]) + address for address, role in ordered)))


def in_order(signatures: Iterable[CoSignature]) -> list[CoSignature]:
    """Co-signatures as the contract wants them: by address."""
    return sorted(signatures, key=lambda each: int(each.signer, 16))
