# SPDX-License-Identifier: Apache-2.0
"""A token of the bank, holds on accounts of it, and their way into the oracle."""

from __future__ import annotations

from typing import Any

from brownie import FreezableToken, web3
from eth_abi import encode

from tests.contracts.assets.stage import (
    FREEZE,
    USDT,
    VIRTUAL_ASSET,
    answer,
    check,
    order,
    ratified,
    target,
    target_of,
)
from tests.contracts.suite import NOBODY, Suite

SALT = b"\x0a" * 32
JUDGMENT = b"\x0b" * 32
BALANCE = 1_000
WHOLE_BALANCE = 2**256 - 1

Hold = tuple[bytes, bytes]
"""Request and target."""


def new_token(suite: Suite, institution: str = "sg_bank") -> Any:
    """A token that agrees to stand under the institution; the holder has BALANCE of it."""
    issuer = {"from": suite.actor("issuer")}
    token = FreezableToken.deploy("A token", "TKN", suite.oracle, suite.ids[institution], issuer)
    token.mint(suite.actor("owner"), BALANCE, issuer)
    return token


def named_token(suite: Suite) -> Any:
    token = new_token(suite)
    suite.oracle.nameToken(token, USDT, {"from": suite.teller})
    return token


def account_target(account: Any, salt: bytes = SALT, notice_key: Any = NOBODY) -> bytes:
    """What stands for an account of this chain (CAIP-10, lower case) in a request."""
    name = f"eip155:{web3.eth.chain_id}:{account.address.lower()}"
    return target_of(bytes(web3.keccak(salt + name.encode())), notice_key)


def order_of(name: str) -> tuple[Any, ...]:
    return order(name, measure=FREEZE, asset_class=VIRTUAL_ASSET)


def opening(name: str = "an order", salt: bytes = SALT, notice_key: Any = NOBODY) -> tuple[Any, ...]:
    return salt, notice_key, order_of(name)[0]


def asked(suite: Suite, amount: int = 600, name: str = "an order", scope: int = 0) -> Hold:
    """A ratified freeze of tokens on the owner's account."""
    named = account_target(suite.actor("owner"))
    given = target(suite, target=named, currency=USDT, amount=0 if scope else amount, scope=scope)
    return ratified(suite, given, given=order_of(name)), named


def answered(suite: Suite, amount: int = 600, name: str = "an order", scope: int = 0) -> Hold:
    """The same, held and not checked yet."""
    request, named = asked(suite, amount, name, scope)
    answer(suite, request, named, amount=amount)
    return request, named


def reveal(suite: Suite, token: Any, hold: Hold, name: str = "an order", by: str = "teller") -> Any:
    given = opening(name)
    return suite.oracle.reveal(*hold, token, suite.actor("owner"), given, {"from": suite.actors[by]})


def frozen(suite: Suite, token: Any, amount: int = 600, name: str = "an order", scope: int = 0) -> Hold:
    """Held, checked and revealed to the token."""
    hold = answered(suite, amount, name, scope)
    check(suite, *hold)
    reveal(suite, token, hold, name)
    return hold


def awarded(
    suite: Suite, token: Any, amount: int = 600, to_return: int = 500, name: str = "an order"
) -> Hold:
    """The same, and a court awarded a part of it to victims."""
    hold = frozen(suite, token, amount, name)
    suite.objections.dispose(*hold, to_return, 0, JUDGMENT, {"from": suite.judge})
    return hold


def amount_frozen(suite: Suite, token: Any) -> int:
    return int(suite.oracle.frozenOf(token, suite.actor("owner"))[0])


def hold_of(hold: Hold) -> bytes:
    return bytes(web3.keccak(encode(["bytes32", "bytes32"], hold)))
