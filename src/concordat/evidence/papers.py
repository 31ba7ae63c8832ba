# SPDX-License-Identifier: Apache-2.0
"""What is laid into a package after it was made: signatures, and the receipt of the registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordat.evidence import canonical, fields
from concordat.evidence.manifest import Manifest

_ADDRESS = fields.hexed(20, "0x")
_WORD = fields.hexed(32, "0x")
_UINT40 = fields.number(0, (1 << 40) - 1)
_UINT16 = fields.number(0, (1 << 16) - 1)


def _signature(value: Any) -> bool:
    """Hex of a signature: 65 bytes from a key, any length from a contract wallet."""
    return isinstance(value, str) and value.startswith("0x") and len(value) % 2 == 0 and _is_hex(value[2:])


def _is_hex(value: str) -> bool:
    return bool(value) and set(value) <= set("0123456789abcdef")


_ACQUISITION: Mapping[str, fields.Check] = {
    "agency": fields.number(1, (1 << 32) - 1),
    "root": _WORD,
    "facts": fields.hexed(20, "0x"),
    "standardVersion": _UINT16,
    "collector": _ADDRESS,
    "appointment": _UINT16,
    "mandate": _WORD,
    "preserve": fields.flag,
    "deadline": fields.maybe(_UINT40),
    "coSigners": fields.maybe(_WORD),
}
_COLLECTOR: Mapping[str, fields.Check] = {"address": _ADDRESS, "signature": _signature}
_COSIGNATURE: Mapping[str, fields.Check] = {
    "role": fields.number(1, 255),
    "address": _ADDRESS,
    "appointment": _UINT16,
    "deadline": _UINT40,
    "signature": _signature,
    "late": fields.flag,
}
_SIGNATURES: Mapping[str, fields.Check] = {
    "acquisition": fields.within(_ACQUISITION),
    "collector": fields.maybe(fields.within(_COLLECTOR)),
    "cosignatures": fields.list_of(fields.within(_COSIGNATURE)),
}
_RECEIPT: Mapping[str, fields.Check] = {
    "chain_id": fields.number(1),
    "genesis": _WORD,
    "registry": _ADDRESS,
    "agency": fields.number(1, (1 << 32) - 1),
    "root": _WORD,
    "transaction": _WORD,
    "block": fields.number(),
    "block_hash": _WORD,
    "log_index": fields.number(),
    "registered_at": _UINT40,
    "verdict": fields.number(1, 5),
    "facts": fields.hexed(20, "0x"),
    "standard_version": _UINT16,
}


@dataclass(frozen=True, slots=True)
class CoSignature:
    """One co-signature over the declared facts.

    Args:
        role: 1 second officer, 2 witness, 3 holder, 4 device, as in the registry's ``CoSignerRole``.
        address: of the signer, lower-case hex with 0x.
        appointment: number of an officer's or device's appointment, 0 for witness and holder.
        deadline: last moment of its use, seconds since 1970 UTC.
        signature: hex with 0x.
        late: whether it came after registration, so that the collector's signature does not bind it.
    """

    role: int
    address: str
    appointment: int
    deadline: int
    signature: str
    late: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The form in signatures.json."""
        return {
            "role": self.role,
            "address": self.address,
            "appointment": self.appointment,
            "deadline": self.deadline,
            "signature": self.signature,
            "late": self.late,
        }


@dataclass(frozen=True, slots=True)
class Signatures:
    """signatures.json.

    Args:
        acquisition: the fields of the typed-data message ``Acquisition``, by their names there. ``deadline``
            and ``coSigners`` are None until the collector signs.
        collector: address and signature of the collector, or None.
        cosignatures: sorted by address, as the registry wants them.
    """

    acquisition: Mapping[str, Any]
    collector: Mapping[str, str] | None = None
    cosignatures: tuple[CoSignature, ...] = ()

    @property
    def bound(self) -> tuple[CoSignature, ...]:
        """The co-signatures of the set that the collector signs: all that came before registration."""
        return tuple(each for each in self.cosignatures if not each.late)

    @classmethod
    def unsigned(cls, manifest: Manifest, root: bytes) -> Signatures:
        """What remains to be signed."""
        return cls(
            {
                "agency": manifest.agency,
                "root": f"0x{root.hex()}",
                "facts": f"0x{manifest.facts:040x}",
                "standardVersion": manifest.standard_version,
                "collector": manifest.collector,
                "appointment": manifest.appointment,
                "mandate": f"0x{manifest.mandate.hex()}",
                "preserve": manifest.preserve,
                "deadline": None,
                "coSigners": None,
            }
        )

    def encode(self) -> bytes:
        """Canonical bytes.

        Raises:
            FieldError: a value that no reader would accept.
        """
        form = {
            "acquisition": dict(self.acquisition),
            "collector": dict(self.collector) if self.collector else None,
            "cosignatures": [each.as_dict() for each in self.cosignatures],
        }
        fields.check(form, "signatures.json", _SIGNATURES)
        return canonical.dumps(form)

    @classmethod
    def decode(cls, data: bytes) -> Signatures:
        """Read canonical bytes.

        Raises:
            NotCanonicalError, FieldError: not what `encode` writes.
        """
        form = canonical.loads(data, "signatures.json")
        fields.check(form, "signatures.json", _SIGNATURES)
        return cls(
            form["acquisition"],
            form["collector"],
            tuple(CoSignature(**each) for each in form["cosignatures"]),
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """receipt.json: where and how the acquisition was registered. All hex is lower-case with 0x.

    Args:
        chain_id, genesis, registry: of the chain.
        agency, root: the key of the record.
        transaction, block, block_hash, log_index: where it stands.
        registered_at: time of the block, seconds since 1970 UTC.
        verdict: number of the `Verdict`.
        facts: as stored.
        standard_version: by which it was judged.
    """

    chain_id: int
    genesis: str
    registry: str
    agency: int
    root: str
    transaction: str
    block: int
    block_hash: str
    log_index: int
    registered_at: int
    verdict: int
    facts: str
    standard_version: int

    def encode(self) -> bytes:
        """Canonical bytes.

        Raises:
            FieldError: a value that no reader would accept.
        """
        form = {key: getattr(self, key) for key in _RECEIPT}
        fields.check(form, "receipt.json", _RECEIPT)
        return canonical.dumps(form)

    @classmethod
    def decode(cls, data: bytes) -> Receipt:
        """Read canonical bytes.

        Raises:
            NotCanonicalError, FieldError: not what `encode` writes.
        """
        form = canonical.loads(data, "receipt.json")
        fields.check(form, "receipt.json", _RECEIPT)
        return cls(**form)
