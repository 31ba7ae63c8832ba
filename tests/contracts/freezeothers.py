# SPDX-License-Identifier: Apache-2.0
"""The same functions in other circumstances: from abroad, ordered by a court, an institution's own, proceeds.

Each has arguments as in freezecast.py and a row as in freezerows.py; the third word says which circumstance.
"""

from __future__ import annotations

from typing import Any

from brownie import web3

from tests.contracts.assets.stage import (
    SGD,
    VEHICLE,
    answer,
    ask,
    check,
    endorsed,
    order,
    request_id,
    stop_order,
    target,
)
from tests.contracts.assets.victims import (
    PAPER,
    PAYMENT,
    TRACING,
    before_judgment,
    enter,
    entry,
    open_plan,
    proceeds,
)
from tests.contracts.freezecast import Calls
from tests.contracts.suite import DAY, HOUR, ZERO32, Suite

ABROAD, BY_COURT, OWN = "from abroad", "by court", "its own"
AMOUNT = 1_000_00


def old_plans(suite: Suite) -> tuple[bytes, bytes]:
    """Over a wallet before any judgment, and over a car's proceeds: their notice is over days later."""
    return _plan(suite, before_judgment(suite)), _plan(suite, proceeds(suite))


def other_calls(suite: Suite, wallet: bytes, car: bytes) -> Calls:
    """Arguments with which each succeeds for whoever may call it."""
    unratified = ask(suite, order("abroad"), target(suite, "abroad"), by="my_requester", agency="my_police")
    abroad, by_court, own = _taken_over(suite), _by_court(suite), _own(suite)
    for hold in (abroad, by_court):
        suite.objections.objectAsMember(*hold, PAPER, {"from": suite.bank_objector})
    suite.restitution.decide(car, PAPER, {"from": suite.judge})
    return {
        ("FreezeRequests", "ratify", ABROAD): (unratified,),
        ("FreezeRequests", "withdraw", ABROAD): (abroad[0], 1),
        ("FreezeRequests", "withdraw", BY_COURT): (by_court[0], 1),
        ("Holds", "renew", ABROAD): (*abroad, DAY, PAPER),
        ("Holds", "renew", OWN): (*own, DAY, PAPER),
        ("Holds", "release", ABROAD): (*abroad, 1, 1),
        ("Holds", "release", BY_COURT): (*by_court, 1, 1),
        ("Holds", "release", OWN): (*own, 1, 1),
        ("Objections", "review", ABROAD): (*abroad, 1, 0, PAPER),
        ("Objections", "review", BY_COURT): (*by_court, 1, 0, PAPER),
        ("AssetRegister", "release", BY_COURT): (_for_sale(suite), PAPER),
        ("Restitution", "decide", "before judgment"): (wallet, PAPER),
        ("Restitution", "pay", "of proceeds"): (car, 0, [(entry("a loss")[0], 1, PAYMENT)]),
    }


def _in_effect(suite: Suite, request: bytes, named: bytes) -> tuple[bytes, bytes]:
    answer(suite, request, named)
    check(suite, request, named)
    return request, named


def _taken_over(suite: Suite) -> tuple[bytes, bytes]:
    given = target(suite, "taken over")
    return _in_effect(suite, endorsed(suite, given, given=order("taken over")), given[1])


def _by_court(suite: Suite) -> tuple[bytes, bytes]:
    """A freeze that a judge ratified."""
    given = target(suite, "by court")
    request = ask(suite, order("by court"), given)
    suite.requests.ratify(request, {"from": suite.ratifying_judge})
    return _in_effect(suite, request, given[1])


def _own(suite: Suite) -> tuple[bytes, bytes]:
    """What the bank stopped of its own motion."""
    given, mine = stop_order("the bank's own"), target(suite, "the bank's own")
    suite.requests.holdOwn(given, mine, {"from": suite.teller})
    request = request_id(suite.ids["sg_bank"], given)
    check(suite, request, mine[1])
    return request, mine[1]


def _for_sale(suite: Suite) -> bytes:
    keeper = {"from": suite.keeper}
    given = (web3.keccak(text="for sale"), VEHICLE, suite.ids["sg_police"], DAY, ZERO32)
    thing = bytes(suite.assets.identify(*given, keeper).events["AssetIdentified"]["asset"])
    suite.assets.value(thing, SGD, AMOUNT, PAPER, keeper)
    suite.assets.orderSale(thing, PAPER, {"from": suite.judge})
    return thing


def _plan(suite: Suite, source: Any) -> bytes:
    """With one claim of nobody in particular; its notice is soon over."""
    plan = open_plan(suite, source, method=TRACING, name=f"plan {source[1].hex()}", notice=HOUR)
    enter(suite, plan, entry("a loss", AMOUNT, AMOUNT))
    return plan
