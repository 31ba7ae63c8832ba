# SPDX-License-Identifier: Apache-2.0
"""A key behind JSON-RPC: a signing service (Clef, Web3Signer, a gateway to an HSM) or a development node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data

from concordat.errors import AuthorityError, NodeError
from concordat.ledger import abi as codec
from concordat.ledger import rlp
from concordat.ledger.protocol import TypedFields
from concordat.ledger.rpc import RpcError, Transport

# Where a transaction holds nonce, to, value, data and chain id, by its type; below, one without a type.
_PLACES = {1: (1, 4, 5, 6, 0), 2: (1, 5, 6, 7, 0)}
_LEGACY_PLACES = (0, 3, 4, 5, 6)
_NO_SUCH_METHOD = frozenset({-32601, -32004, -32600})


class ExternalSigner:
    """A key that another program keeps.

    Both dialects are tried: ``account_*`` (Clef) and ``eth_*`` (Web3Signer, nodes). What comes back is
    checked before it is used: the signature must be this key's over exactly what was asked.

    Args:
        transport: the way to the program.
        address: checksummed address of the key.
    """

    def __init__(self, transport: Transport, address: str) -> None:
        self._transport = transport
        self.address = address

    def sign_transaction(self, transaction: Mapping[str, Any]) -> bytes:
        """The raw signed transaction."""
        wire = {key: _hex(value) for key, value in transaction.items()}
        answer = self._ask(("eth_signTransaction", "account_signTransaction"), wire)
        try:
            raw = codec.to_bytes(answer["raw"] if isinstance(answer, dict) else answer)
            right = Account.recover_transaction(raw) == self.address and _says(raw, transaction)
        except Exception as error:  # eth_account raises whatever its parsers raise
            raise self._not_a_signature("transaction") from error
        if not right:
            raise self._not_a_signature("transaction")
        return raw

    def sign_typed(
        self,
        domain: Mapping[str, Any],
        types: TypedFields,
        primary: str,
        message: Mapping[str, Any],
    ) -> bytes:
        """65 bytes over EIP-712 typed data."""
        known = {name: list(fields) for name, fields in types.items()}
        document = {
            "types": {"EIP712Domain": _domain_fields(domain), **known},
            "primaryType": primary,
            "domain": _wire(domain),
            "message": _wire(message),
        }
        answer = self._ask(
            ("eth_signTypedData_v4", "account_signTypedData", "eth_signTypedData"), self.address, document
        )
        signable = encode_typed_data(dict(domain), known, dict(message))
        try:
            signature = codec.to_bytes(answer)
            right = Account.recover_message(signable, signature=signature) == self.address
        except Exception as error:  # see sign_transaction
            raise self._not_a_signature("statement") from error
        if not right:
            raise self._not_a_signature("statement")
        return signature

    def _ask(self, methods: tuple[str, ...], *params: Any) -> Any:
        for method in methods:
            try:
                return self._transport.request(method, *params)
            except RpcError as error:
                if error.number not in _NO_SUCH_METHOD:
                    raise self._refused(error) from error
        raise NodeError(
            f"The signing service knows none of {', '.join(methods)}.",
            code="signer.dialect",
            kept="Nothing was sent.",
            next="Use a service that signs EIP-712 data and transactions: Clef, Web3Signer.",
        )

    def _refused(self, error: RpcError) -> AuthorityError:
        return AuthorityError(
            f"The signing service did not sign for {self.address}: {error.text}.",
            code="signer.refused",
            kept="Nothing was sent.",
            next="Approve the request there, or unlock the key, and run the command again.",
        )

    def _not_a_signature(self, what: str) -> AuthorityError:
        return AuthorityError(
            f"The signing service did not return a signature by {self.address} over this {what}.",
            code="signer.wrong_signature",
            kept="Nothing was sent.",
            next="Check which keys the service holds, and whether it changes what it is given to sign.",
        )


def _says(raw: bytes, asked: Mapping[str, Any]) -> bool:
    """Whether a signed transaction does what was asked. Fees and gas are the service's to change."""
    places = _PLACES.get(raw[0], _LEGACY_PLACES)
    parts = rlp.decode(raw if places is _LEGACY_PLACES else raw[1:])
    nonce, to, value, data, chain_id = (bytes(parts[index]) for index in places)  # type: ignore[arg-type]
    chain = int.from_bytes(chain_id, "big")
    if places is _LEGACY_PLACES:
        chain = (chain - 35) // 2  # EIP-155 puts it into the signature
    said = int.from_bytes(nonce, "big"), to, int.from_bytes(value, "big"), data, chain
    wanted = codec.to_bytes(asked.get("to", "")), codec.to_bytes(asked.get("data", ""))
    return said == (asked["nonce"], wanted[0], asked.get("value", 0), wanted[1], asked["chainId"])


def _hex(value: Any) -> Any:
    return hex(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _wire(fields: Mapping[str, Any]) -> dict[str, Any]:
    """JSON values: bytes as ``0x`` text, numbers beyond what JavaScript counts as text."""
    ready: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, bytes):
            ready[name] = "0x" + value.hex()
        elif isinstance(value, int) and not isinstance(value, bool) and name != "chainId":
            ready[name] = str(int(value))
        else:
            ready[name] = value
    return ready


def _domain_fields(domain: Mapping[str, Any]) -> list[dict[str, str]]:
    kinds = {
        "name": "string",
        "version": "string",
        "chainId": "uint256",
        "verifyingContract": "address",
        "salt": "bytes32",
    }
    return [{"name": name, "type": kind} for name, kind in kinds.items() if name in domain]
