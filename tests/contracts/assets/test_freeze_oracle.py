# SPDX-License-Identifier: Apache-2.0
"""What tokens read: live holds and no others, revealed by the institution alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.impersonation import as_module
from tests.contracts.assets.stage import LATER_CREDITS, REASON_OTHER, USD, USDT, WHOLE, check, hold_status
from tests.contracts.assets.tokens import (
    WHOLE_BALANCE,
    account_target,
    amount_frozen,
    answered,
    asked,
    awarded,
    frozen,
    hold_of,
    named_token,
    new_token,
    opening,
    order_of,
    reveal,
)
from tests.contracts.clock import block_at, next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, DAY, HOUR, NOBODY, Suite

UNTIL = 4
"""Place of the end in what holdOf gives."""


# Naming a token


def test_an_institution_names_its_token_and_the_token_agrees(suite: Suite) -> None:
    token, bank = new_token(suite), suite.ids["sg_bank"]
    with reverts("TokenWithoutCurrency", token):
        suite.oracle.nameToken(token, 0, {"from": suite.teller})
    assert suite.oracle.institutionOf(token) == 0
    tx = suite.oracle.nameToken(token, USDT, {"from": suite.teller})
    assert dict(tx.events["TokenNamed"]) == {"token": token, "institution": bank, "currency": USDT}
    assert (suite.oracle.institutionOf(token), suite.oracle.currencyOf(token)) == (bank, USDT)
    with reverts("AlreadyIssuer", token, bank):
        suite.oracle.nameToken(token, USDT, {"from": suite.other_teller})


def test_nobody_names_the_token_of_another(suite: Suite) -> None:
    token, payer = new_token(suite), suite.ids["sg_payer"]
    for foreign in (
        token,
        suite.stranger,
        suite.tips,
    ):  # another's, no contract, a contract without an answer
        with reverts("NotTheIssuer", foreign, payer):
            suite.oracle.nameToken(foreign, USDT, {"from": suite.payer_teller})
    with reverts("NotAuthorised", suite.checker, ANSWER):
        suite.oracle.nameToken(token, USDT, {"from": suite.checker})


# Revealing


def test_a_token_is_asked_for_its_own_currency_alone(suite: Suite) -> None:
    """An issuer of several tokens cannot show a hold of one of them to another."""
    token, hold = new_token(suite), answered(suite)
    suite.oracle.nameToken(token, USD, {"from": suite.teller})
    with reverts("TokenInOtherCurrency", hold_of(hold), USDT, USD):
        reveal(suite, token, hold)


def test_the_institution_reveals_what_it_holds(suite: Suite) -> None:
    token, owner = named_token(suite), suite.actor("owner")
    request, named = hold = answered(suite)
    until = suite.holds.holdOf(hold_of(hold))[UNTIL]
    tx = reveal(suite, token, hold)
    assert dict(tx.events["Revealed"]) == {
        "token": token,
        "account": owner,
        "hold": "0x" + hold_of(hold).hex(),
        "institution": suite.ids["sg_bank"],
        "amount": 600,
        "until": until,
        "order": "0x" + order_of("an order")[0].hex(),
    }
    assert suite.oracle.frozenOf(token, owner) == (600, now())
    (entry,) = suite.oracle.entriesOf(token, owner)
    order = "0x" + order_of("an order")[0].hex()
    assert entry == ("0x" + request.hex(), "0x" + named.hex(), 600, now(), until, order)


@pytest.mark.parametrize(
    "given",
    [
        opening("another order"),
        opening(salt=b"\x0c" * 32),
        opening(notice_key="0x" + "01".rjust(40, "0")),
    ],
    ids=["order", "salt", "notice key"],
)
def test_only_the_true_opening_reveals(suite: Suite, given: tuple[Any, ...]) -> None:
    token, hold = named_token(suite), answered(suite)
    with reverts("NotTheOpening", hold[1]):
        suite.oracle.reveal(*hold, token, suite.actor("owner"), given, {"from": suite.teller})


def test_nobody_else_is_frozen_for_it(suite: Suite) -> None:
    """An institution cannot point a hold at an account that was not meant."""
    token, hold = named_token(suite), answered(suite)
    for account in (suite.stranger, token, NOBODY):
        with reverts("NotTheOpening", hold[1]):
            suite.oracle.reveal(*hold, token, account, opening(), {"from": suite.teller})


def test_an_address_is_opened_in_lower_case(suite: Suite) -> None:
    """The oracle writes the account as the client does, whatever letters the address has."""
    assert any(letter.isupper() for letter in suite.actor("owner").address[2:])
    assert reveal(suite, named_token(suite), answered(suite)).events["Revealed"]


def test_only_the_institution_of_the_hold_and_of_the_token_reveals(suite: Suite) -> None:
    token, hold = named_token(suite), answered(suite)
    bank, payer = suite.ids["sg_bank"], suite.ids["sg_payer"]
    with reverts("NotTheInstitution", payer, bank):
        reveal(suite, token, hold, by="payer_teller")
    with reverts("NotAuthorised", suite.checker, ANSWER):
        reveal(suite, token, hold, by="checker")
    unnamed = new_token(suite)
    with reverts("NotTheIssuer", unnamed, bank):
        reveal(suite, unnamed, hold)
    with reverts("NotTheInstitution", bank, 0):
        reveal(suite, token, (b"\x01" * 32, b"\x02" * 32))


def test_nothing_is_revealed_that_is_not_held(suite: Suite) -> None:
    token = named_token(suite)
    named_only = asked(suite, name="asked")
    with reverts("NothingHeld", hold_of(named_only)):
        reveal(suite, token, named_only, "asked")
    over = answered(suite, name="released")
    suite.holds.release(*over, 600, REASON_OTHER, {"from": suite.releaser})
    with reverts("NothingHeld", hold_of(over)):
        reveal(suite, token, over, "released")


def test_one_hold_freezes_once(suite: Suite) -> None:
    """Neither twice in one token, nor in a second token of the same institution."""
    token, other = named_token(suite), named_token(suite)
    hold = frozen(suite, token)
    for again in (token, other):
        with reverts("AlreadyRevealed", hold_of(hold)):
            reveal(suite, again, hold)
    assert amount_frozen(suite, other) == 0


# Ends by themselves


def test_an_unchecked_hold_takes_effect_at_once_and_lapses_by_itself(suite: Suite) -> None:
    token, hold = named_token(suite), answered(suite)
    answered_at = now()
    reveal(suite, token, hold)
    block_at(answered_at + 4 * HOUR)
    assert amount_frozen(suite, token) == 600
    block_at(answered_at + 4 * HOUR + 1)
    assert hold_status(suite, *hold) == "Lapsed"
    assert amount_frozen(suite, token) == 0
    assert suite.oracle.entriesOf(token, suite.actor("owner")) == ()


@pytest.mark.parametrize(("later", "amount"), [(-1, 600), (0, 0), (1, 0)])
def test_an_entry_falls_open_at_the_end_of_its_hold(suite: Suite, later: int, amount: int) -> None:
    token = named_token(suite)
    hold = frozen(suite, token)
    until = suite.holds.holdOf(hold_of(hold))[UNTIL]
    block_at(until + later)
    assert amount_frozen(suite, token) == amount
    if not amount:
        assert suite.oracle.frozenOf(token, suite.actor("owner")) == (0, until)


def test_a_withdrawn_request_freezes_nothing(suite: Suite) -> None:
    token = named_token(suite)
    hold = frozen(suite, token)
    suite.requests.withdraw(hold[0], 1, {"from": suite.releaser})
    assert suite.oracle.frozenOf(token, suite.actor("owner")) == (0, now())


def test_what_is_let_go_is_free(suite: Suite) -> None:
    token = named_token(suite)
    hold = frozen(suite, token)
    suite.holds.release(*hold, 100, REASON_OTHER, {"from": suite.releaser})
    assert amount_frozen(suite, token) == 500
    suite.holds.release(*hold, 500, REASON_OTHER, {"from": suite.releaser})
    assert amount_frozen(suite, token) == 0


# Amounts


def test_holds_add_up(suite: Suite) -> None:
    token = named_token(suite)
    frozen(suite, token, 600, "first")
    frozen(suite, token, 700, "second")
    assert amount_frozen(suite, token) == 1_300
    frozen(suite, token, 1, "third", scope=WHOLE | LATER_CREDITS)
    assert amount_frozen(suite, token) == WHOLE_BALANCE


def test_of_a_whole_balance_a_part_can_be_let_go(suite: Suite) -> None:
    """The exempt minimum: what was let go must be free to move."""
    token = named_token(suite)
    hold = frozen(suite, token, 1_000, scope=WHOLE | LATER_CREDITS)
    assert amount_frozen(suite, token) == WHOLE_BALANCE
    suite.holds.release(*hold, 300, 4, {"from": suite.releaser})
    assert amount_frozen(suite, token) == 700


def test_what_a_court_awarded_stays_frozen_until_it_is_paid(suite: Suite) -> None:
    token, restitution = named_token(suite), as_module(suite.restitution)
    hold = awarded(suite, token, 600, 500)
    assert amount_frozen(suite, token) == 500
    next_block_at(now() + 1_000 * DAY)
    suite.holds.payOut(*hold, 499, {"from": restitution})
    assert amount_frozen(suite, token) == 1
    suite.holds.payOut(*hold, 1, {"from": restitution})
    assert amount_frozen(suite, token) == 0


# Room


def test_an_account_has_eight_entries_and_those_that_are_over_give_way(suite: Suite) -> None:
    token, owner = named_token(suite), suite.actor("owner")
    holds = [frozen(suite, token, 1, f"order {number}") for number in range(8)]
    ninth = answered(suite, 1, "order 8")
    check(suite, *ninth)
    with reverts("TooManyEntries", token, owner, 8):
        reveal(suite, token, ninth, "order 8")
    suite.holds.release(*holds[3], 1, REASON_OTHER, {"from": suite.releaser})
    tx = reveal(suite, token, ninth, "order 8")
    assert tx.events["Removed"]["hold"] == "0x" + hold_of(holds[3]).hex()
    assert amount_frozen(suite, token) == 8
    live = {str(entry[0]) for entry in suite.oracle.entriesOf(token, owner)}
    assert live == {"0x" + hold[0].hex() for hold in [*holds[:3], *holds[4:], ninth]}


def test_anybody_tidies_up_what_is_over_and_nothing_else(suite: Suite) -> None:
    token, owner, by_stranger = named_token(suite), suite.actor("owner"), {"from": suite.stranger}
    hold = frozen(suite, token)
    with reverts("StillLive", hold_of(hold)):
        suite.oracle.remove(token, owner, *hold, by_stranger)
    with reverts("NotRevealed", hold_of(hold)):
        suite.oracle.remove(token, suite.stranger, *hold, by_stranger)
    suite.holds.release(*hold, 600, REASON_OTHER, {"from": suite.releaser})
    tx = suite.oracle.remove(token, owner, *hold, by_stranger)
    assert dict(tx.events["Removed"]) == {
        "token": token,
        "account": owner,
        "hold": "0x" + hold_of(hold).hex(),
    }
    with reverts("NotRevealed", hold_of(hold)):
        suite.oracle.remove(token, owner, *hold, by_stranger)
    with reverts("NothingHeld", hold_of(hold)):
        reveal(suite, token, hold)


# What may be moved by force


def test_only_what_a_court_awarded_may_be_forced(suite: Suite) -> None:
    """Not even where the profile lets money go back before judgment."""
    token, owner = named_token(suite), suite.actor("owner")
    hold = frozen(suite, token)
    assert suite.holds.returnable(*hold)[2:] == (600, False)
    assert suite.oracle.awardedOf(token, owner, *hold) == 0
    assert not suite.oracle.mayForce(token, owner, *hold, 1)
    suite.objections.dispose(*hold, 500, 100, b"\x01" * 32, {"from": suite.judge})
    assert suite.oracle.awardedOf(token, owner, *hold) == 500
    allowed = [suite.oracle.mayForce(token, owner, *hold, amount) for amount in (0, 1, 500, 501)]
    assert allowed == [False, True, True, False]
    assert not suite.oracle.mayForce(token, suite.stranger, *hold, 1)
    assert not suite.oracle.mayForce(new_token(suite), owner, *hold, 1)


def test_targets_of_two_owners_differ(suite: Suite) -> None:
    assert account_target(suite.actor("owner")) != account_target(suite.stranger)
