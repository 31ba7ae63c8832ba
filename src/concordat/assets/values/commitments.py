# SPDX-License-Identifier: Apache-2.0
"""Salted commitments: all that the chain learns of accounts and orders.

An account number has few possibilities and could be found by trying them all, so 32 random bytes are hashed
in front of it. They travel inside the encrypted message and in the notice to the account holder. Whoever has
them can open the commitment to a court; whoever has not learns nothing.

    account commitment  keccak256(salt ‖ canonical account)
    target              keccak256(abi.encode(bytes32 account commitment, address notice key))
    order               keccak256(salt ‖ canonical JSON of the order)
    request             keccak256(abi.encode(uint32 agency, bytes32 order))
    hold                keccak256(abi.encode(bytes32 request, bytes32 target))
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.assets.values.accounts import Account
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical

SALT = 32
#: Notice key of a target whose account holder gets none.
NOBODY = "0x" + "00" * 20
_AGENCIES = (1 << 32) - 1


def new_salt() -> bytes:
    """32 random bytes. Each commitment has its own: a salt used twice shows that two accounts are one."""
    return secrets.token_bytes(SALT)


def account_commitment(salt: bytes, account: Account) -> bytes:
    """What stands for an account.

    Raises:
        UsageError: the salt is no 32 bytes.
    """
    return bytes(keccak(_word(salt, "salt") + account.canonical.encode()))


def target(commitment: bytes, notice_key: str = NOBODY) -> bytes:
    """What the chain knows of one account or thing in a request.

    Args:
        commitment: of the account.
        notice_key: address of the one-time key that the account holder gets with the notice.

    Raises:
        UsageError: no 32 bytes, or no address.
    """
    if not re.fullmatch(r"0x[0-9a-fA-F]{40}", notice_key):
        raise UsageError("The notice key is no address: 0x and 40 digits.", code="commitment.notice_key")
    return _hashed(("bytes32", "address"), _word(commitment, "account commitment"), notice_key.lower())


def order_commitment(salt: bytes, order: Mapping[str, Any]) -> bytes:
    """What stands for an order.

    Raises:
        UsageError: the salt is no 32 bytes.
        NotCanonicalError: the order holds what canonical JSON cannot hold.
    """
    return bytes(keccak(_word(salt, "salt") + canonical.dumps(order)))


def request_id(agency: int, order: bytes) -> bytes:
    """Key of a freeze request.

    Args:
        agency: number of the agency that asks.
        order: commitment to its order.

    Raises:
        UsageError: no number of an agency, or no 32 bytes.
    """
    if not 0 < agency <= _AGENCIES:
        raise UsageError(f"{agency} is no number of an agency.", code="commitment.agency")
    return _hashed(("uint32", "bytes32"), agency, _word(order, "order commitment"))


def hold_id(request: bytes, target: bytes) -> bytes:
    """Key of the hold of one target of a request.

    Raises:
        UsageError: no 32 bytes.
    """
    return _hashed(("bytes32", "bytes32"), _word(request, "request id"), _word(target, "target"))


def check_account(commitment: bytes, salt: bytes, account: Account) -> None:
    """Open a commitment: see that it stands for this account.

    Raises:
        VerificationError: it stands for another account, or the salt is another one.
        UsageError: no 32 bytes.
    """
    _compare(commitment, account_commitment(salt, account), f"the account {account.masked}")


def check_target(found: bytes, salt: bytes, account: Account, notice_key: str = NOBODY) -> None:
    """Open a target: see that it names this account and this notice key.

    Raises:
        VerificationError: it names another account or notice key, or the salt is another one.
        UsageError: no 32 bytes, or no address.
    """
    expected = target(account_commitment(salt, account), notice_key)
    _compare(found, expected, f"the account {account.masked} with this notice key")


def check_order(commitment: bytes, salt: bytes, order: Mapping[str, Any]) -> None:
    """Open a commitment: see that it stands for this order, to the last character.

    Raises:
        VerificationError: it stands for another order, or the salt is another one.
        UsageError: no 32 bytes.
    """
    _compare(commitment, order_commitment(salt, order), "this order")


def _compare(found: bytes, expected: bytes, what: str) -> None:
    if not hmac.compare_digest(found, expected):
        raise VerificationError(
            f"The commitment on the chain does not stand for {what}, or the salt is another one.",
            code="commitment.not_opened",
            next="Ask whoever sent it for account, salt and notice key as they were committed to.",
        )


def _hashed(types: tuple[str, ...], *values: Any) -> bytes:
    return bytes(keccak(encode(types, values)))


def _word(value: bytes, what: str) -> bytes:
    if len(value) != SALT:
        raise UsageError(f"The {what} has {len(value)} bytes, not {SALT}.", code="commitment.length")
    return value
