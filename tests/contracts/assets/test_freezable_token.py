# SPDX-License-Identifier: Apache-2.0
"""The example token: nothing frozen leaves an account, and force moves what a court awarded, once.

Three tests are named after published faults of other tokens, so that none of them comes back here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from brownie import web3

from concordat.ledger.rpc import RpcError
from tests.contracts.assets.impersonation import as_module
from tests.contracts.assets.stage import LATER_CREDITS, REASON_OTHER, WHOLE
from tests.contracts.assets.tokens import (
    BALANCE,
    Hold,
    answered,
    awarded,
    frozen,
    hold_of,
    named_token,
    opening,
    reveal,
)
from tests.contracts.nodes import node
from tests.contracts.reverts import reverts as refuses  # the token is no contract of the suite
from tests.contracts.suite import NOBODY, Suite

GAS = 1_000_000


@pytest.fixture
def token(suite: Suite) -> Any:
    return named_token(suite)


def send(suite: Suite, token: Any, amount: int, to: Any = None) -> Any:
    return token.transfer(to or suite.stranger, amount, {"from": suite.actor("owner")})


def force(suite: Suite, token: Any, hold: Hold, amount: int, to: Any = None) -> Any:
    forced = forced_of(suite, hold, amount, to)
    return token.forcedTransfer(forced, {"from": suite.actor("issuer")})


def forced_of(suite: Suite, hold: Hold, amount: int, to: Any = None) -> tuple[Any, ...]:
    return suite.actor("owner").address, (to or suite.actor("victim")).address, amount, *hold


def balances(suite: Suite, token: Any, *names: str) -> list[int]:
    return [token.balanceOf(suite.actor(name)) for name in names]


# Ordinary ways out


def test_without_a_hold_the_token_is_any_token(suite: Suite, token: Any) -> None:
    send(suite, token, BALANCE)
    assert balances(suite, token, "owner", "stranger") == [0, BALANCE]
    with refuses("ERC20InsufficientBalance", suite.owner, 0, 1):
        send(suite, token, 1)


def test_what_is_frozen_stays(suite: Suite, token: Any) -> None:
    frozen(suite, token)
    assert token.getFrozenTokens(suite.owner) == 600
    assert [token.canTransfer(suite.owner, suite.stranger, amount) for amount in (400, 401)] == [True, False]
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 401, 400):
        send(suite, token, 401)
    send(suite, token, 400)
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 1, 0):
        send(suite, token, 1)
    with refuses("ERC20InsufficientBalance", suite.owner, 600, 601):
        send(suite, token, 601)


def test_every_way_out_asks(suite: Suite, token: Any) -> None:
    """To oneself, by allowance, and by redemption."""
    frozen(suite, token)
    refusal = ("ERC7943InsufficientUnfrozenBalance", suite.owner, 500, 400)
    with refuses(*refusal):
        send(suite, token, 500, to=suite.owner)
    token.approve(suite.stranger, BALANCE, {"from": suite.owner})
    with refuses(*refusal):
        token.transferFrom(suite.owner, suite.stranger, 500, {"from": suite.stranger})
    with refuses(*refusal):
        token.burn(suite.owner, 500, {"from": suite.issuer})
    token.burn(suite.owner, 400, {"from": suite.issuer})


def test_a_frozen_account_receives(suite: Suite, token: Any) -> None:
    """What comes in is free, unless later credits were to be held."""
    frozen(suite, token, BALANCE)
    token.mint(suite.owner, 50, {"from": suite.issuer})
    send(suite, token, 50)
    frozen(suite, token, 1, "whole", scope=WHOLE | LATER_CREDITS)
    token.mint(suite.owner, 50, {"from": suite.issuer})
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 1, 0):
        send(suite, token, 1)


def test_what_is_let_go_moves(suite: Suite, token: Any) -> None:
    hold = frozen(suite, token, BALANCE)
    suite.holds.release(*hold, 300, REASON_OTHER, {"from": suite.releaser})
    send(suite, token, 300)
    suite.requests.withdraw(hold[0], 1, {"from": suite.releaser})
    send(suite, token, 700)


def test_accounts_are_not_barred(suite: Suite, token: Any) -> None:
    frozen(suite, token)
    assert token.canSend(suite.owner) and token.canReceive(suite.owner)
    assert not token.canSend(NOBODY) and not token.canReceive(NOBODY)
    assert not token.canTransfer(suite.owner, NOBODY, 1)
    assert token.decimals() == 6


def test_only_the_issuer_mints_burns_and_forces(suite: Suite, token: Any) -> None:
    hold = awarded(suite, token)
    by_stranger = {"from": suite.stranger}
    for call in (
        lambda: token.mint(suite.stranger, 1, by_stranger),
        lambda: token.burn(suite.owner, 1, by_stranger),
        lambda: token.forcedTransfer(forced_of(suite, hold, 1), by_stranger),
        lambda: token.forcedTransfers([forced_of(suite, hold, 1)], by_stranger),
    ):
        with refuses("NotTheTokenIssuer", suite.stranger):
            call()


# Force


def test_an_award_goes_to_the_victim(suite: Suite, token: Any) -> None:
    hold = awarded(suite, token, 600, 500)
    tx = force(suite, token, hold, 200)
    assert dict(tx.events["ForcedTransfer"]) == {"from": suite.owner, "to": suite.victim, "amount": 200}
    assert dict(tx.events["Transfer"]) == {"from": suite.owner, "to": suite.victim, "value": 200}
    assert balances(suite, token, "owner", "victim") == [800, 200]


def test_nothing_is_forced_that_no_court_awarded(suite: Suite, token: Any) -> None:
    hold = frozen(suite, token)
    with refuses("NotAwarded", hold_of(hold), 1):
        force(suite, token, hold, 1)
    suite.objections.dispose(*hold, 500, 100, b"\x01" * 32, {"from": suite.judge})
    for amount in (0, 501):
        with refuses("NotAwarded", hold_of(hold), amount):
            force(suite, token, hold, amount)


def test_no_unit_of_an_award_moves_twice(suite: Suite, token: Any) -> None:
    """Neither before the payment is recorded, nor after, nor half and half."""
    hold, restitution = awarded(suite, token, 600, 500), as_module(suite.restitution)
    force(suite, token, hold, 300)
    with refuses("AwardUsed", hold_of(hold), 201, 200):
        force(suite, token, hold, 201)
    suite.holds.payOut(*hold, 300, {"from": restitution})
    with refuses("NotAwarded", hold_of(hold), 201):
        force(suite, token, hold, 201)
    force(suite, token, hold, 200)
    with refuses("AwardUsed", hold_of(hold), 1, 0):
        force(suite, token, hold, 1)
    suite.holds.payOut(*hold, 200, {"from": restitution})
    with refuses("NotAwarded", hold_of(hold), 1):
        force(suite, token, hold, 1)
    assert balances(suite, token, "owner", "victim") == [500, 500]
    assert token.getFrozenTokens(suite.owner) == 0


def test_nothing_is_free_between_force_and_its_record(suite: Suite, token: Any) -> None:
    hold = awarded(suite, token, BALANCE, BALANCE)
    force(suite, token, hold, 300)
    assert token.getFrozenTokens(suite.owner) == BALANCE
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 1, 0):
        send(suite, token, 1)


def test_force_goes_to_somebody_else(suite: Suite, token: Any) -> None:
    hold = awarded(suite, token)
    with refuses("ERC7943CannotTransfer", suite.owner, suite.owner, 1):
        force(suite, token, hold, 1, to=suite.owner)
    forced = (suite.owner.address, NOBODY, 1, *hold)
    with refuses("ERC7943CannotTransfer", suite.owner, NOBODY, 1):
        token.forcedTransfer(forced, {"from": suite.issuer})


def test_an_award_moves_from_its_own_account_only(suite: Suite, token: Any) -> None:
    hold = awarded(suite, token)
    token.mint(suite.stranger, 100, {"from": suite.issuer})
    forced = (suite.stranger.address, suite.actor("victim").address, 1, *hold)
    with refuses("NotAwarded", hold_of(hold), 1):
        token.forcedTransfer(forced, {"from": suite.issuer})


# Faults of other tokens


def test_ercs_1778_force_leaves_what_others_froze(suite: Suite, token: Any) -> None:
    """A forced transfer that lowers the frozen amount to what is left lets go of another's hold."""
    hold = awarded(suite, token, 600, 600, "awarded")
    frozen(suite, token, 500, "of another")
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 501, 500):
        force(suite, token, hold, 501)
    force(suite, token, hold, 500)
    assert token.balanceOf(suite.owner) == 500
    assert token.getFrozenTokens(suite.owner) >= 500
    suite.holds.payOut(*hold, 500, {"from": as_module(suite.restitution)})
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 1, 0):
        send(suite, token, 1)


def test_cmtat_380_force_against_a_whole_balance_of_another_is_refused(suite: Suite, token: Any) -> None:
    """The other's hold is not let go unseen; its requester has to reduce it first."""
    hold = awarded(suite, token, 600, 500, "awarded")
    other = frozen(suite, token, 400, "whole", scope=WHOLE | LATER_CREDITS)
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 1, 0):
        force(suite, token, hold, 1)
    suite.holds.release(*other, 100, REASON_OTHER, {"from": suite.releaser})
    force(suite, token, hold, 500)
    assert token.getFrozenTokens(suite.owner) == 500 + 300


def test_ercs_1814_a_batch_names_no_hold_twice(suite: Suite, token: Any) -> None:
    """A batch whose checks see the state before it counts the same balance twice."""
    holds = [awarded(suite, token, 300, 300, f"order {number}") for number in range(2)]
    first, second = sorted(holds, key=hold_of)
    batch = [forced_of(suite, first, 200), forced_of(suite, first, 200)]
    with refuses("HoldsNotAscending", hold_of(first), hold_of(first)):
        token.forcedTransfers(batch, {"from": suite.issuer})
    with refuses("HoldsNotAscending", hold_of(second), hold_of(first)):
        token.forcedTransfers(
            [forced_of(suite, second, 1), forced_of(suite, first, 1)], {"from": suite.issuer}
        )
    token.forcedTransfers(
        [forced_of(suite, first, 300), forced_of(suite, second, 200)], {"from": suite.issuer}
    )
    assert balances(suite, token, "owner", "victim") == [500, 500]


def test_a_batch_is_done_as_a_whole_or_not(suite: Suite, token: Any) -> None:
    holds = [awarded(suite, token, 300, 300, f"order {number}") for number in range(2)]
    first, second = sorted(holds, key=hold_of)
    with refuses("NotAwarded", hold_of(second), 301):
        token.forcedTransfers(
            [forced_of(suite, first, 300), forced_of(suite, second, 301)], {"from": suite.issuer}
        )
    assert balances(suite, token, "owner", "victim") == [BALANCE, 0]


# The exposure


@contextmanager
def one_block() -> Iterator[None]:
    """Whatever is sent within is mined together, the best paid first."""
    anvil = str(node().request("web3_clientVersion")).lower().startswith("anvil")
    if anvil:
        node().request("evm_setAutomine", False)
        yield
        node().request("evm_mine")
        node().request("evm_setAutomine", True)
    else:
        node().request("miner_stop")
        yield
        with suppress(RpcError):  # Ganache answers for a transaction of the block that was refused
            node().request("miner_start")


def transmit(account: Any, contract: Any, data: str, gwei: int) -> bytes:
    values = {
        "to": contract.address,
        "data": data,
        "gas": GAS,
        "gasPrice": gwei * 10**9,
        "nonce": web3.eth.get_transaction_count(account.address),
        "chainId": web3.eth.chain_id,
        "value": 0,
    }
    signed = web3.eth.account.sign_transaction(values, account.private_key)
    raw = getattr(signed, "raw_transaction", None) or signed.rawTransaction
    return bytes(web3.eth.send_raw_transaction(raw))


@pytest.mark.parametrize(("owner_pays", "owner_wins"), [(50, True), (20, False)])
def test_the_exposure_is_one_transaction_waiting_for_its_block(
    suite: Suite, token: Any, owner_pays: int, owner_wins: bool
) -> None:
    """Who sees `reveal` waiting and is mined before it moves the tokens; who is mined after it does not.

    Before that nobody can know: the chain holds a salted commitment. Private transaction relays close the
    gap where a chain has them.
    """
    hold = answered(suite, BALANCE)
    given = (*hold, token.address, suite.owner.address, opening())
    with one_block():
        revealed = transmit(suite.teller, suite.oracle, suite.oracle.reveal.encode_input(*given), 30)
        data = token.transfer.encode_input(suite.stranger.address, BALANCE)
        moved = transmit(suite.owner, token, data, owner_pays)
    receipts = [web3.eth.wait_for_transaction_receipt(sent, timeout=30) for sent in (revealed, moved)]
    assert receipts[0]["blockNumber"] == receipts[1]["blockNumber"]
    assert [receipt["status"] for receipt in receipts] == [1, int(owner_wins)]
    assert token.balanceOf(suite.owner) == (0 if owner_wins else BALANCE)
    assert token.getFrozenTokens(suite.owner) == BALANCE


def test_a_transfer_in_the_block_before_goes_through(suite: Suite, token: Any) -> None:
    hold = answered(suite, BALANCE)
    send(suite, token, BALANCE)
    reveal(suite, token, hold)
    assert (token.balanceOf(suite.owner), token.getFrozenTokens(suite.owner)) == (0, BALANCE)
    # And what comes in afterwards stays.
    token.mint(suite.owner, BALANCE, {"from": suite.issuer})
    with refuses("ERC7943InsufficientUnfrozenBalance", suite.owner, 1, 0):
        send(suite, token, 1)
