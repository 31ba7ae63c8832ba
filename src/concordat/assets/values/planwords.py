# SPDX-License-Identifier: Apache-2.0
"""All that the chain learns of plans, claims and payments: salted commitments, opened by who has the salt.

claim commitment  keccak256(salt ‖ canonical JSON of the victim's reference and the account to pay to)
claim             keccak256(abi.encode(bytes32 claim commitment, address confirmation key))
plan commitment   keccak256(salt ‖ canonical JSON of the plan)
plan              keccak256(abi.encode(uint32 agency, bytes32 plan commitment))
payment           keccak256(salt ‖ UETR or end-to-end id)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.evidence import canonical


def claim_commitment(salt: bytes, victim: str, payee: str) -> bytes:
    """What stands for a victim and the account to pay to (canonical; "" if it is not known yet)."""
    return bytes(keccak(salt + canonical.dumps({"victim": victim, "payee": payee})))


def claim_id(commitment: bytes, key: str) -> bytes:
    """What the chain knows of a claim."""
    return bytes(keccak(encode(("bytes32", "address"), (commitment, key.lower()))))


def plan_commitment(salt: bytes, plan: Mapping[str, Any]) -> bytes:
    """What stands for a plan."""
    return bytes(keccak(salt + canonical.dumps(plan)))


def plan_id(agency: int, commitment: bytes) -> bytes:
    """Key of a plan."""
    return bytes(keccak(encode(("uint32", "bytes32"), (agency, commitment))))


def payment_hash(salt: bytes, reference: str) -> bytes:
    """What stands for a payment's UETR or end-to-end id."""
    return bytes(keccak(salt + reference.encode()))
