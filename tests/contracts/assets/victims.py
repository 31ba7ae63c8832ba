# SPDX-License-Identifier: Apache-2.0
"""Acts of restitution to begin with: money that may go back, a plan over it, claims, payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brownie import web3
from eth_abi import encode

from concordat.evidence.methods import Method
from tests.contracts.assets.stage import (
    FREEZE,
    SGD,
    VEHICLE,
    VIRTUAL_ASSET,
    answer,
    check,
    endorsed,
    held,
    order,
    ratified,
    target,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.suite import DAY, HOUR, ZERO32, Suite

TRACING, PRO_RATA = 1, 2
NONE, OPEN, DECIDED, CLOSED = range(4)
PAPER = b"\x0c" * 32
PAYMENT = b"\x0f" * 32
COMMITMENT = b"\x0b" * 32
"""Of a victim's claim."""
AMOUNT = 1_000_00

CLAIM_OBJECTION = {
    "ClaimObjection": [
        {"name": "plan", "type": "bytes32"},
        {"name": "claim", "type": "bytes32"},
        {"name": "grounds", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
PAYMENT_RECEIPT = {
    "PaymentReceipt": [
        {"name": "plan", "type": "bytes32"},
        {"name": "claim", "type": "bytes32"},
        {"name": "amount", "type": "uint96"},
        {"name": "deadline", "type": "uint40"},
    ]
}

Source = tuple[bool, bytes, bytes]
Entry = tuple[bytes, int, int]


# Where the money is


def awarded(suite: Suite, amount: int = AMOUNT, name: str = "an account", **changes: Any) -> Source:
    """A hold whose whole amount a court awarded to victims."""
    request, named = held(suite, amount, name, **changes)
    suite.objections.dispose(request, named, amount, 0, PAPER, {"from": suite.judge})
    return (False, request, named)


def before_judgment(suite: Suite, amount: int = AMOUNT, name: str = "a wallet") -> Source:
    """A hold that may go back without a court, as its profile says."""
    given = target(suite, name, amount=amount)
    request = ratified(
        suite, given, given=order(f"order for {name}", measure=FREEZE, asset_class=VIRTUAL_ASSET)
    )
    answer(suite, request, given[1], amount=amount)
    check(suite, request, given[1])
    return (False, request, given[1])


def from_abroad(suite: Suite, amount: int = AMOUNT, name: str = "a wallet from abroad") -> Source:
    """The same, asked for by the police of Malaysia and taken over in Singapore."""
    given = target(suite, name, amount=amount)
    request = endorsed(
        suite, given, given=order(f"order for {name}", measure=FREEZE, asset_class=VIRTUAL_ASSET)
    )
    answer(suite, request, given[1], amount=amount)
    check(suite, request, given[1])
    return (False, request, given[1])


def registered(suite: Suite) -> tuple[int, bytes]:
    """An acquisition of the police of Malaysia."""
    facts = suite.facts(method=Method.ONLINE_EXTRACTION)
    collection = suite.collection(suite.collector, facts)
    suite.register(collection, suite.collector)
    return suite.ids["my_police"], bytes(collection[1])


def proceeds(
    suite: Suite,
    amount: int = AMOUNT,
    custodian: str = "sg_police",
    acquisition: tuple[int, bytes] | None = None,
) -> Source:
    """A car that was sold; a court awarded what it brought."""
    car = bytes(web3.keccak(text="a car"))
    keeper = {"from": suite.keeper}
    thing = suite.assets.identify(car, VEHICLE, suite.ids[custodian], 30 * DAY, ZERO32, keeper).events[
        "AssetIdentified"
    ]["asset"]
    if acquisition:  # a full dossier, with which the case may be transferred
        for part in (0, 1, 2, 4):
            suite.assets.fill(thing, part, PAPER, keeper)
        suite.assets.linkAcquisition(thing, *acquisition, keeper)
    suite.assets.value(thing, SGD, amount, PAPER, keeper)
    suite.assets.orderSale(thing, PAPER, {"from": suite.judge})
    suite.assets.recordSale(thing, amount + 100, 100, PAPER, keeper)
    suite.assets.dispose(thing, amount, 0, PAPER, {"from": suite.judge})
    return (True, bytes(thing), ZERO32)


# Plans


def open_plan(
    suite: Suite,
    *sources: Source,
    method: int = PRO_RATA,
    name: str = "a plan",
    notice: int = 31 * DAY,
    currency: int = SGD,
    by: str = "distributor",
) -> bytes:
    """A plan over these sources, or over one hold that was awarded; its id."""
    commitment = web3.keccak(text=name)
    given = list(sources) or [awarded(suite)]
    tx = suite.restitution.open(
        commitment, currency, method, now() + notice, given, {"from": suite.actors[by]}
    )
    return bytes(tx.events["PlanOpened"]["plan"])


def claim_of(key: Any, commitment: bytes = COMMITMENT) -> bytes:
    return bytes(web3.keccak(encode(["bytes32", "address"], [commitment, key.address])))


def entry(name: str, amount: int = AMOUNT, traced: int = 0) -> Entry:
    """A claim of nobody in particular."""
    return (bytes(web3.keccak(text=name)), amount, traced)


def victims_entry(suite: Suite, amount: int = AMOUNT, traced: int = 0) -> Entry:
    """A claim of somebody who has its key."""
    return (claim_of(suite.actor("victim")), amount, traced)


def enter(suite: Suite, plan: bytes, *entries: Entry, by: str = "distributor") -> Any:
    return suite.restitution.enter(plan, list(entries), {"from": suite.actors[by]})


def notice_over(suite: Suite, plan: bytes) -> None:
    """The next block is the first after the notice and the week for objections."""
    next_block_at(objections_until(suite, plan) + 1)


def objections_until(suite: Suite, plan: bytes) -> int:
    """The last second for objections to claims."""
    return int(suite.restitution.planOf(plan)[7]) + 7 * DAY


def decide(suite: Suite, plan: bytes, by: str = "judge", decision: bytes = PAPER) -> Any:
    """After the notice."""
    notice_over(suite, plan)
    return suite.restitution.decide(plan, decision, {"from": suite.actors[by]})


def decided(suite: Suite, *entries: Entry, method: int = PRO_RATA, sources: Sequence[Source] = ()) -> bytes:
    """A plan with these claims, decided by a court."""
    plan = open_plan(suite, *sources, method=method)
    enter(suite, plan, *entries)
    decide(suite, plan)
    return plan


def pay(suite: Suite, plan: bytes, *payments: tuple[bytes, int], source: int = 0, by: str = "teller") -> Any:
    given = [(claim, amount, PAYMENT) for claim, amount in payments]
    return suite.restitution.pay(plan, source, given, {"from": suite.actors[by]})


# The victim


def signed_objection(
    suite: Suite, plan: bytes, grounds: bytes = PAPER, altered: dict[str, Any] | None = None
) -> tuple[Any, ...]:
    """The arguments of objectTo; some may be altered after they were signed."""
    key, deadline = suite.actor("victim"), now() + DAY
    signature = suite.sign(key, suite.restitution, CLAIM_OBJECTION, (plan, claim_of(key), grounds, deadline))
    given = {
        "plan": plan,
        "commitment": COMMITMENT,
        "key": key.address,
        "grounds": grounds,
        "deadline": deadline,
        "signature": signature,
    }
    return tuple((given | (altered or {})).values())


def object_to(
    suite: Suite, plan: bytes, grounds: bytes = PAPER, altered: dict[str, Any] | None = None
) -> Any:
    """The victim signs, a stranger sends."""
    given = signed_objection(suite, plan, grounds, altered)
    return suite.restitution.objectTo(*given, {"from": suite.actor("stranger")})


def signed_receipt(
    suite: Suite, plan: bytes, amount: int, altered: dict[str, Any] | None = None
) -> tuple[Any, ...]:
    """The arguments of confirm, signed over `amount`."""
    key, deadline = suite.actor("victim"), now() + HOUR
    signature = suite.sign(key, suite.restitution, PAYMENT_RECEIPT, (plan, claim_of(key), amount, deadline))
    given = {
        "plan": plan,
        "commitment": COMMITMENT,
        "key": key.address,
        "deadline": deadline,
        "signature": signature,
    }
    return tuple((given | (altered or {})).values())


def confirm(suite: Suite, plan: bytes, amount: int, altered: dict[str, Any] | None = None) -> Any:
    given = signed_receipt(suite, plan, amount, altered)
    return suite.restitution.confirm(*given, {"from": suite.actor("stranger")})
