# SPDX-License-Identifier: Apache-2.0
"""The part of the stage of cast.py that is about freezing, property, restitution, tokens and tips.

`grow_old` is called first: what it begins is overdue, lapsed or over when the stage is set. `calls` then says
for each function arguments with which it succeeds for whoever may call it.
"""

from __future__ import annotations

from typing import Any

from brownie import web3

from tests.contracts.assets.objectors import signed as objection_signed
from tests.contracts.assets.stage import (
    CASH,
    COMMITMENT,
    FREEZE,
    INSURANCE,
    LATER_CREDITS,
    RULES,
    SECURITIES,
    SGD,
    UNREADABLE,
    USDT,
    VEHICLE,
    WHOLE,
    Profile,
    adopt_profiles,
    answer,
    answer_of,
    ask,
    held,
    order,
    profile_key,
    ratified,
    seen,
    set_stage,
    stop_order,
    target,
    target_of,
)
from tests.contracts.assets.test_tips import PAYEE, REWARD_CLAIM, TIP, submit, tip_id
from tests.contracts.assets.tokens import account_target, answered, new_token, opening, reveal
from tests.contracts.assets.victims import (
    PAYMENT,
    TRACING,
    claim_of,
    decide,
    enter,
    open_plan,
    pay,
    signed_objection,
    signed_receipt,
)
from tests.contracts.assets.victims import awarded as source_of
from tests.contracts.assets.victims import object_to as object_to_claim
from tests.contracts.clock import now, pass_time
from tests.contracts.suite import DAY, HOUR, JUDGE, KEEP, MY, PROPOSE, REVIEW, SG, ZERO32, Suite

PAPER = b"\x0c" * 32
EVERY = 30 * DAY
Function = tuple[str, ...]
"""Contract, function, and the circumstance where it matters who may."""
Calls = dict[Function, tuple[Any, ...]]


def of(contract: str, calls: dict[str, tuple[Any, ...]]) -> Calls:
    return {(contract, name): given for name, given in calls.items()}


def grow_old(suite: Suite) -> dict[str, Any]:
    """What has to have begun days ago, and is too late by now."""
    set_stage(suite)
    suite.appoint("sg_prosecutor", "prosecution keeper", KEEP)
    suite.appoint("sg_police", "police_reviewer", REVIEW)
    suite.appoint("sg_police", "police_prosecutor", PROPOSE)
    suite.appoint("sg_court", "ratifying_judge", JUDGE)
    named = target(suite, "overdue")
    old = {
        "lapsed": ask(suite, order("lapsed"), target(suite, "lapsed")),
        "overdue": (ratified(suite, named, given=order("overdue")), named[1]),
        "objected": held(suite, name="long objected"),
        "token": new_token(suite),
    }
    suite.objections.objectAsMember(*old["objected"], PAPER, {"from": suite.bank_objector})
    suite.oracle.nameToken(old["token"], USDT, {"from": suite.teller})
    old["gone"] = answered(suite, name="gone")
    reveal(suite, old["token"], old["gone"], "gone")  # never checked: over by itself
    pass_time(11 * DAY)
    return old


def calls(suite: Suite, old: dict[str, Any], root: bytes) -> Calls:
    """By contract and function."""
    found = _restitution(suite)  # first: its notices are waited for
    found |= _profiles(suite) | _requests(suite, old) | _holds(suite, old) | _objections(suite, old)
    return found | _assets(suite, root) | _oracle(suite, old) | _tips(suite)


def _profiles(suite: Suite) -> Calls:
    adopt_profiles(suite, "my_authority", MY, (FREEZE, SECURITIES, Profile()))
    adopt_profiles(suite, "my_authority", MY, (FREEZE, SECURITIES, Profile(start=now() + 30 * DAY)))
    adoption = (FREEZE, INSURANCE, Profile().struct())
    key = profile_key(MY, FREEZE, SECURITIES)
    return of("FreezeProfiles", {"adopt": (MY, RULES, [adoption]), "cancel": (key,)})


def _requests(suite: Suite, old: dict[str, Any]) -> Calls:
    waiting = ask(suite, order("waiting"), target(suite, "waiting"))
    foreign = ask(suite, order("foreign"), target(suite, "foreign"), by="my_requester", agency="my_police")
    suite.requests.ratify(foreign, {"from": suite.my_high_ratifier})
    given: dict[str, tuple[Any, ...]] = {
        "request": (order("new"), [target(suite, "new")]),
        "holdOwn": (stop_order("own"), target(suite, "own")),
        "ratify": (waiting,),
        "endorse": (foreign,),
        "decline": (foreign, 1),
        "withdraw": (ratified(suite, target(suite, "running"), given=order("running")), 1),
        "recordLapse": (old["lapsed"],),
    }
    return of("FreezeRequests", given)


def _named(suite: Suite, name: str, **changes: Any) -> tuple[bytes, bytes]:
    """A hold that waits for its answer."""
    given = target(suite, name, **changes)
    return ratified(suite, given, given=order(name)), given[1]


def _holds(suite: Suite, old: dict[str, Any]) -> Calls:
    kept, open_, unreadable = held(suite, name="kept"), _named(suite, "open"), _named(suite, "unreadable")
    answer(suite, *unreadable, UNREADABLE)
    unchecked = _named(suite, "unchecked")
    answer(suite, *unchecked)
    growing = _named(suite, "growing", amount=0, scope=WHOLE | LATER_CREDITS)
    answer(suite, *growing)
    released = held(suite, name="released")
    suite.holds.release(*released, 1_000_00, 1, {"from": suite.releaser})
    disposed = held(suite, name="disposed")
    suite.objections.dispose(*disposed, 10, 0, PAPER, {"from": suite.judge})
    key = profile_key(SG, FREEZE, CASH)
    given: dict[str, tuple[Any, ...]] = {
        "openHolds": (b"\x71" * 32, suite.ids["sg_police"], key, [target(suite)]),
        "openOwn": (b"\x72" * 32, target(suite), now() + DAY, suite.teller.address),
        "answer": ([answer_of(*open_)],),
        "check": ([seen(suite, *unchecked)],),
        "credit": (*growing, 1),
        "confirmRelease": released,
        "sendAgain": (*unreadable, PAPER, 2),
        "renew": (*kept, DAY, PAPER),
        "release": (*kept, 1, 1),
        "setObjected": (*kept, True),
        "releaseOnReview": (*kept, 1, suite.reviewer.address),
        "dispose": (*kept, 0, 0, suite.judge.address),
        "payOut": (*disposed, 1),
        "recordLapse": old["overdue"],
    }
    return of("Holds", given)


def _objections(suite: Suite, old: dict[str, Any]) -> Calls:
    holder = suite.actor("account holder")
    on_notice = held(suite, name="on notice", target=target_of(COMMITMENT, holder))
    plain, pending = held(suite, name="plain"), held(suite, name="pending")
    suite.objections.objectAsMember(*pending, PAPER, {"from": suite.bank_objector})
    given: dict[str, tuple[Any, ...]] = {
        "objectTo": objection_signed(suite, on_notice[0]),
        "objectAsMember": (*plain, PAPER),
        "review": (*pending, 1, 0, PAPER),
        "recordOverdue": (*old["objected"], 1),
        "propose": (*plain, PAPER),
        "dispose": (*plain, 0, 0, PAPER),
    }
    return of("Objections", given)


def _thing(suite: Suite, name: str, by: str = "keeper", agency: str = "sg_police") -> bytes:
    given = (web3.keccak(text=name), VEHICLE, suite.ids[agency], EVERY, ZERO32)
    tx = suite.assets.identify(*given, {"from": suite.actors[by]})
    return bytes(tx.events["AssetIdentified"]["asset"])


def _assets(suite: Suite, root: bytes) -> Calls:
    keeper, judge = {"from": suite.keeper}, {"from": suite.judge}
    found, offered, valued, ordered, sold, gone = (
        _thing(suite, name) for name in ("found", "offered", "valued", "ordered", "sold", "gone")
    )
    suite.assets.offerCustody(offered, suite.ids["sg_bank"], keeper)
    for thing in (valued, ordered, sold, gone):
        suite.assets.value(thing, SGD, 100, PAPER, keeper)
    for thing in (ordered, sold, gone):
        suite.assets.orderSale(thing, PAPER, judge)
    for thing in (sold, gone):
        suite.assets.recordSale(thing, 100, 10, PAPER, keeper)
    suite.assets.dispose(gone, 90, 0, PAPER, judge)
    complete = _thing(suite, "complete", "prosecution keeper", "sg_prosecutor")
    prosecution = {"from": suite.actors["prosecution keeper"]}
    for part in (0, 1, 2, 4):
        suite.assets.fill(complete, part, PAPER, prosecution)
    suite.assets.value(complete, SGD, 100, PAPER, prosecution)
    suite.assets.linkAcquisition(complete, suite.ids["my_police"], root, prosecution)
    given: dict[str, tuple[Any, ...]] = {
        "identify": (web3.keccak(text="new"), VEHICLE, suite.ids["sg_police"], EVERY, ZERO32),
        "fill": (found, 0, PAPER),
        "linkAcquisition": (found, suite.ids["my_police"], root),
        "attest": (found, PAPER),
        "offerCustody": (found, suite.ids["sg_bank"]),
        "acceptCustody": (offered, PAPER),
        "value": (found, SGD, 100, PAPER),
        "orderSale": (valued, PAPER),
        "recordSale": (ordered, 100, 10, PAPER),
        "dispose": (sold, 90, 0, PAPER),
        "release": (found, PAPER),
        "transferCase": (PAPER, [complete], suite.ids["sg_unit"]),
        "payOut": (gone, 1),
    }
    return of("AssetRegister", given)


def _plan(suite: Suite, name: str, notice: int = 40 * DAY) -> bytes:
    """Over a hold of its own, with one claim of the victim, all of it traced."""
    plan = open_plan(suite, source_of(suite, 100, name), method=TRACING, name=name, notice=notice)
    enter(suite, plan, (claim_of(suite.actor("victim")), 100, 100))
    return plan


def _restitution(suite: Suite) -> Calls:
    running, objected = _plan(suite, "running plan"), _plan(suite, "objected plan")
    object_to_claim(suite, objected)
    mature, unpaid, paid = (_plan(suite, name, HOUR) for name in ("mature", "unpaid", "paid"))
    claim = claim_of(suite.actor("victim"))
    decide(suite, unpaid)
    decide(suite, paid)
    pay(suite, paid, (claim, 60))
    free = source_of(suite, 100, "free")
    given: dict[str, tuple[Any, ...]] = {
        "open": (web3.keccak(text="new plan"), SGD, TRACING, now() + DAY, [free]),
        "enter": (running, [(web3.keccak(text="another claim"), 1, 1)]),
        "objectTo": signed_objection(suite, running),
        "decideObjection": (objected, claim, 50, PAPER),
        "decide": (mature, PAPER),
        "pay": (unpaid, 0, [(claim, 1, PAYMENT)]),
        "confirm": signed_receipt(suite, paid, 60),
        "confirmByReceipt": (paid, claim, PAPER),
        "close": (running,),
    }
    return of("Restitution", given)


def _oracle(suite: Suite, old: dict[str, Any]) -> Calls:
    owner = suite.actor("owner")
    named = account_target(owner)
    given: dict[str, tuple[Any, ...]] = {
        "nameToken": (new_token(suite).address, USDT),
        "reveal": (
            *answered(suite, name="shown"),
            old["token"].address,
            owner.address,
            opening("shown"),
        ),
        "remove": (old["token"].address, owner.address, old["gone"][0], named),
    }
    return of("FreezeOracle", given)


def _tips(suite: Suite) -> Calls:
    tipster, police, deadline = suite.actor("tipster"), suite.ids["sg_police"], now() + DAY
    tips = {}
    for number, name in enumerate(("fresh", "actionable", "rewarded", "claimed"), 0x51):
        message = bytes([number]) * 32
        submit(suite, message=message)
        tips[name] = (tip_id(suite, tipster, message), message)
    for name in ("actionable", "rewarded", "claimed"):
        suite.tips.judge(tips[name][0], True, PAPER, {"from": suite.requester})
    for name in ("rewarded", "claimed"):
        suite.tips.grant(tips[name][0], SGD, 5, {"from": suite.ratifier})

    def claim(name: str) -> tuple[Any, ...]:
        tip, message = tips[name]
        signature = suite.sign(tipster, suite.tips, REWARD_CLAIM, (tip, PAYEE, deadline))
        return (police, tipster.address, message, PAYEE, deadline, signature)

    suite.tips.claim(*claim("claimed"), {"from": suite.stranger})
    new = b"\x60" * 32
    given: dict[str, tuple[Any, ...]] = {
        "submit": (
            police,
            tipster.address,
            new,
            1,
            deadline,
            suite.sign(tipster, suite.tips, TIP, (police, new, deadline)),
        ),
        "judge": (tips["fresh"][0], True, PAPER),
        "grant": (tips["actionable"][0], SGD, 5),
        "claim": claim("rewarded"),
        "markPaid": (tips["claimed"][0], PAPER),
    }
    return of("Tips", given)
