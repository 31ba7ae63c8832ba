# SPDX-License-Identifier: Apache-2.0
"""Keys by URI. Where a key is kept is a matter of configuration; the rest of the package only sees a Signer.

keystore:NAME                          encrypted keystore of the workspace (Web3 Secret Storage, version 3)
external:https://host:8550#0x...       signing service that speaks JSON-RPC; the address is that of the key
node:0x...                             unlocked account of a development node
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.address import is_address, to_checksum_address

from concordat.errors import UsageError
from concordat.ledger import keystore
from concordat.ledger.external import ExternalSigner
from concordat.ledger.protocol import Signer, TypedFields
from concordat.ledger.rpc import Rpc, Transport

FORMS = "keystore:NAME, external:URL#ADDRESS or node:ADDRESS"


class LocalSigner:
    """A key in the memory of this process, unlocked from a keystore (or made for a test)."""

    def __init__(self, account: LocalAccount) -> None:
        self._account = account

    @property
    def address(self) -> str:
        """Checksummed address of the key."""
        return str(self._account.address)

    def sign_transaction(self, transaction: Mapping[str, Any]) -> bytes:
        """The raw signed transaction."""
        fields = {key: value for key, value in transaction.items() if key != "from"}
        return bytes(self._account.sign_transaction(fields).raw_transaction)

    def sign_typed(
        self,
        domain: Mapping[str, Any],
        types: TypedFields,
        primary: str,
        message: Mapping[str, Any],
    ) -> bytes:
        """65 bytes over EIP-712 typed data."""
        known = {name: list(fields) for name, fields in types.items()}
        if primary not in known:
            raise ValueError(f"{primary} is not among the types")
        signable = encode_typed_data(dict(domain), known, dict(message))
        return bytes(self._account.sign_message(signable).signature)

    @classmethod
    def generate(cls) -> LocalSigner:
        """A new random key that only this process knows."""
        return cls(Account.create())


def open_signer(
    uri: str,
    keys: Path,
    password: Callable[[str], str],
    transport: Transport | None = None,
    ca: str | None = None,
) -> Signer:
    """The key that a URI names.

    Args:
        uri: see the module's head.
        keys: folder of the encrypted keystores.
        password: asked for the password of a keystore, given its name.
        transport: the workspace's node, for ``node:``.
        ca: file with the certificates of a private authority, for ``external:``.

    Raises:
        UsageError: no such form, or a form that lacks something.
        ConcordatError: no such key, or a wrong password.
    """
    scheme, _, rest = uri.partition(":")
    if scheme == "keystore" and rest:
        return LocalSigner(Account.from_key(keystore.decrypt(keys, rest, password(rest))))
    if scheme == "external":
        url, _, address = rest.partition("#")
        return ExternalSigner(Rpc(url, ca), _address(address, uri))
    if scheme == "node" and transport is not None:
        return ExternalSigner(transport, _address(rest, uri))
    raise UsageError(f"{_shown(uri)} names no key.", code="key.uri", next=f"Use one of {FORMS}.")


def _address(text: str, uri: str) -> str:
    if not is_address(text):
        raise UsageError(
            f"{_shown(uri)} does not say which key.",
            code="key.uri",
            next=f"Put the key's address into it: {FORMS}.",
        )
    return str(to_checksum_address(text))


def _shown(uri: str) -> str:
    """The URI as it may be printed: someone may have put a secret there."""
    scheme = uri.partition(":")[0]
    return f"'{uri}'" if scheme in {"keystore", "node"} and len(uri) < 80 else f"'{scheme[:16]}:...'"
