# SPDX-License-Identifier: Apache-2.0
"""Addresses on TRON and Bitcoin against published vectors: CAIP-10, BIP 13, BIP 173, BIP 350."""

from __future__ import annotations

import hashlib
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.values import chainaddresses
from concordat.assets.values.accounts import Account, Kind, parse
from concordat.errors import UsageError

MAIN, TEST = chainaddresses.BITCOINS
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

# The test cases of the profile of TRON for CAIP-10; the second one is the contract of USDT.
TRON = [
    ("728126428", "TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL"),
    ("728126428", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    ("3448148188", "TLyqzVGLV1srkB7dToTAEqgDSfPtXRJZYH"),
]
TRON_WRONG = [
    "tNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL",
    "TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYq",
    "TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeLL",
    "0x742d35Cc6634C0532925a3b844Bc9e759",
    "418840E6C55B9ADA326D211D818C34A994AECED808",
    "128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6",
    "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb",
]

# Base58check: CAIP-10 for bip122, and the key of BIP 173's example as P2PKH on both networks.
BASE58CHECK = [
    (MAIN, "128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6"),
    (MAIN, "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"),
    (TEST, "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r"),
]
SEGWIT = [
    (MAIN, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
    (TEST, "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7"),
    (MAIN, "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y"),
    (MAIN, "BC1SW50QGDZ25J"),
    (MAIN, "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs"),
    (TEST, "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy"),
    (TEST, "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c"),
    (MAIN, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
]
SEGWIT_WRONG = [
    "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
    "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
    "bc1pw5dgrnzv",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
    "bc1gmk9yu",
    "bc1",
    "",
    "1" * 91,
]


@pytest.mark.parametrize(("chain", "address"), TRON)
def test_tron(chain: str, address: str) -> None:
    account = parse(f"tron:{chain}:{address}")
    assert account == Account(Kind.TRON, chain, address)
    assert account.canonical == f"tron:{chain}:{address}"
    assert account.masked == f"tron:{chain}:****{address[-4:]}"
    assert parse(f"tron:{hex(int(chain))}: {address} ") == account, "as wallets write the chain"


def test_without_a_chain_it_is_the_main_one() -> None:
    (chain, address), (main, old) = TRON[0], BASE58CHECK[0]
    assert parse(f"TRON: {address}") == parse(f"tron:{chain}:{address}")
    assert parse(f"bip122:{old}") == parse(f"bip122:{main.upper()}:{old}")


@pytest.mark.parametrize("address", TRON_WRONG)
def test_wrong_on_tron(address: str) -> None:
    _refused(f"tron:{address}", "account.address")


@pytest.mark.parametrize(("chain", "address"), BASE58CHECK)
def test_bitcoin_base58check_keeps_its_letters(chain: str, address: str) -> None:
    assert parse(f"bip122:{chain}:{address}").canonical == f"bip122:{chain}:{address}"
    _refused(f"bip122:{chain}:{address.lower()}", "account.address")


@pytest.mark.parametrize(("chain", "address"), SEGWIT)
def test_bitcoin_bech32_has_one_name(chain: str, address: str) -> None:
    account = parse(f"bip122:{chain}:{address}")
    assert account.canonical == f"bip122:{chain}:{address.lower()}"
    assert parse(f"bip122:{chain}:{address.upper()}") == parse(account.canonical) == account
    assert account.masked == f"bip122:{chain}:****{address.lower()[-4:]}"


@pytest.mark.parametrize("address", SEGWIT_WRONG)
@pytest.mark.parametrize("chain", [MAIN, TEST])
def test_wrong_on_bitcoin(chain: str, address: str) -> None:
    _refused(f"bip122:{chain}:{address}", "account.address")


@pytest.mark.parametrize(("chain", "address"), [*BASE58CHECK, *SEGWIT])
def test_an_address_of_one_network_is_none_of_the_other(chain: str, address: str) -> None:
    _refused(f"bip122:{TEST if chain == MAIN else MAIN}:{address}", "account.address")


def test_other_chains_are_refused_with_a_way() -> None:
    for text in (
        f"bip122:12a765e31ffd4059bada1e25190f6e98:{BASE58CHECK[0][1]}",
        f"bip122:x:{BASE58CHECK[0][1]}",
        f"tron:1:{TRON[0][1]}",
        f"tron:0x2b6653dc:728126428:{TRON[0][1]}",
    ):
        assert "asset:VIRTUAL_ASSET" in _refused(text, "account.chain").next


def test_the_zero_address_is_what_it_is_called() -> None:
    payload = bytes([0x41]) + bytes(20)
    whole = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(whole, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    assert text == TRON_WRONG[-1]
    assert "nobody holds" in _refused(f"tron:{text}", "account.address").message


@given(st.sampled_from([address for _, address in TRON]), st.integers(0, 33), st.integers(1, 57))
def test_one_wrong_character_of_tron_is_found(address: str, place: int, shift: int) -> None:
    other = BASE58[(BASE58.index(address[place]) + shift) % 58]
    _refused(f"tron:{address[:place]}{other}{address[place + 1 :]}", "account.address")


@given(st.sampled_from(SEGWIT), st.integers(3, 13), st.integers(1, 31))
def test_one_wrong_character_of_bech32_is_always_found(good: tuple[str, str], place: int, shift: int) -> None:
    chain, address = good[0], good[1].lower()
    other = BECH32[(BECH32.index(address[place]) + shift) % 32]
    _refused(f"bip122:{chain}:{address[:place]}{other}{address[place + 1 :]}", "account.address")


def _refused(text: str, code: str) -> UsageError:
    """The error; it never repeats the address."""
    with pytest.raises(UsageError) as raised:
        parse(text)
    assert raised.value.code == code
    told = "".join(traceback.TracebackException.from_exception(raised.value).format_exception_only())
    address = text.rpartition(":")[2]
    assert len(address) < 5 or address not in told + raised.value.next
    return raised.value
