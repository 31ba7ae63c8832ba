# SPDX-License-Identifier: Apache-2.0
"""Commitments are the hashes that other programs compute too, and open only with the right values."""

from __future__ import annotations

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.values import commitments
from concordat.assets.values.accounts import Account, parse
from concordat.errors import UsageError, VerificationError
from concordat.evidence.canonical import NotCanonicalError

SALT = bytes(range(32))
ACCOUNT = parse("iban:GB33 BUKB 2020 1555 5555 55")
KEY = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
words = st.binary(min_size=32, max_size=32)


def test_account_is_salt_and_canonical_text() -> None:
    found = commitments.account_commitment(SALT, ACCOUNT)
    assert found == keccak(SALT + b"iban:GB33BUKB20201555555555")
    # Fixed once and for all: what stands on the chain must open years later.
    assert found.hex() == "c40f4a31433244317adf15acb2f5588c7315159e38a727b0c888d0efb0d38d91"


def test_target_is_two_words() -> None:
    account = commitments.account_commitment(SALT, ACCOUNT)
    found = commitments.target(account, KEY)
    assert found == keccak(account + bytes(12) + bytes.fromhex(KEY[2:]))
    assert found == commitments.target(account, KEY.lower())
    assert commitments.target(account) == keccak(account + bytes(32))


def test_order_is_salt_and_canonical_json() -> None:
    order = {"number": "F-1", "amount": {"currency": 458, "amount": "5"}}
    expected = keccak(SALT + b'{"amount":{"amount":"5","currency":458},"number":"F-1"}')
    assert commitments.order_commitment(SALT, order) == expected
    assert commitments.order_commitment(SALT, dict(reversed(order.items()))) == expected


def test_keys_of_requests_and_holds() -> None:
    order = keccak(b"order")
    request = commitments.request_id(7, order)
    assert request == keccak((7).to_bytes(32, "big") + order)
    assert commitments.hold_id(request, order) == keccak(request + order)


def test_salts_are_long_and_new() -> None:
    salts = {commitments.new_salt() for _ in range(100)}
    assert len(salts) == 100 and {len(salt) for salt in salts} == {32}


@given(words, words)
def test_it_opens_with_its_salt_only(salt: bytes, other: bytes) -> None:
    found = commitments.account_commitment(salt, ACCOUNT)
    commitments.check_account(found, salt, ACCOUNT)
    if other != salt:
        with pytest.raises(VerificationError):
            commitments.check_account(found, other, ACCOUNT)


def test_it_opens_for_its_account_only_and_does_not_tell_the_number() -> None:
    found = commitments.target(commitments.account_commitment(SALT, ACCOUNT), KEY)
    commitments.check_target(found, SALT, ACCOUNT, KEY)
    for account, key in ((parse("card:4111111111111111"), KEY), (ACCOUNT, commitments.NOBODY)):
        with pytest.raises(VerificationError) as raised:
            commitments.check_target(found, SALT, account, key)
        assert account.number not in str(raised.value)


def test_order_opens_to_the_last_character() -> None:
    found = commitments.order_commitment(SALT, {"number": "F-1"})
    commitments.check_order(found, SALT, {"number": "F-1"})
    with pytest.raises(VerificationError):
        commitments.check_order(found, SALT, {"number": "F-1 "})


def test_parts_cannot_be_shifted_between_salt_and_account() -> None:
    with pytest.raises(UsageError):
        commitments.account_commitment(SALT + b"i", Account(ACCOUNT.kind, "", ACCOUNT.number))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_words_of_other_lengths(length: int) -> None:
    word = bytes(length)
    for call in (
        lambda: commitments.account_commitment(word, ACCOUNT),
        lambda: commitments.order_commitment(word, {}),
        lambda: commitments.target(word),
        lambda: commitments.request_id(1, word),
        lambda: commitments.hold_id(word, SALT),
        lambda: commitments.hold_id(SALT, word),
    ):
        with pytest.raises(UsageError):
            call()


def test_other_wrong_values() -> None:
    for key in ("", "0x1", KEY[2:], KEY + "0", "0x" + "g" * 40):
        with pytest.raises(UsageError):
            commitments.target(SALT, key)
    for agency in (0, -1, 1 << 32):
        with pytest.raises(UsageError):
            commitments.request_id(agency, SALT)
    with pytest.raises(NotCanonicalError):
        commitments.order_commitment(SALT, {"amount": 1 << 60})
