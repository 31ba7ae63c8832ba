# SPDX-License-Identifier: Apache-2.0
"""The structs that people sign (EIP-712)."""

from __future__ import annotations

ACCEPTANCE = {
    "Acceptance": [
        {"name": "agency", "type": "uint32"},
        {"name": "officer", "type": "address"},
        {"name": "powers", "type": "uint64"},
        {"name": "startsAt", "type": "uint40"},
        {"name": "endsAt", "type": "uint40"},
        {"name": "qualification", "type": "uint8"},
        {"name": "qualifiedUntil", "type": "uint40"},
        {"name": "device", "type": "bool"},
        {"name": "number", "type": "uint16"},
    ]
}
ACQUISITION = {
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
CO_SIGNATURE = {
    "CoSignature": [
        {"name": "agency", "type": "uint32"},
        {"name": "root", "type": "bytes32"},
        {"name": "facts", "type": "uint160"},
        {"name": "role", "type": "uint8"},
        {"name": "appointment", "type": "uint16"},
        {"name": "deadline", "type": "uint40"},
    ]
}
