# SPDX-License-Identifier: Apache-2.0
"""The stage for freezing: profiles of two countries, an officer for each hand, and acts to begin with.

Institutions are in Singapore; requests come from its police at home and from Malaysia's from abroad. Each act
takes the officer who usually does it and can be given another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from brownie import web3
from eth_abi import encode

from tests.contracts.clock import now, pass_time
from tests.contracts.suite import (
    ANSWER,
    CHECK,
    DAY,
    DISTRIBUTE,
    ENDORSE,
    HOUR,
    JUDGE,
    KEEP,
    MY,
    NOBODY,
    OBJECT,
    PROPOSE,
    RATIFY,
    RATIFY_HIGH,
    RELEASE,
    REQUEST,
    REVIEW,
    SG,
    ZERO32,
    Suite,
)

STOP, FREEZE, SEIZE, SEAL = range(1, 5)
(CASH, SECURITIES, EQUITY, REAL_ESTATE, VEHICLE, PRECIOUS_METAL, JEWELLERY, VIRTUAL_ASSET, INSURANCE) = range(
    1, 10
)
WHOLE, LATER_CREDITS, INTEREST = 1, 2, 4
SGD, USD, USDT = 702, 840, 1003

(
    DELIVERED,
    ACKNOWLEDGED,
    HELD,
    HELD_PART,
    NOT_FOUND,
    NO_FUNDS,
    MOVED_ON,
    MISMATCH,
    UNREADABLE,
    REFUSED,
    BEHIND,
) = range(1, 12)
"""Kinds of answers."""

REQUEST_STATUS = (
    *("None", "AwaitingRatification", "AwaitingEndorsement", "Provisional", "Running"),
    *("Lapsed", "Declined", "Withdrawn"),
)
HOLD_STATUS = (
    *("None", "Dormant", "Open", "Delivered", "Acknowledged", "Overdue"),
    *("Held", "HeldPart", "NotFound", "NoFunds", "MovedOn", "Mismatch", "Unreadable", "Refused"),
    *("Waiting", "Turn", "Released", "Continued", "Disposed", "Expired", "Lapsed", "Withdrawn"),
)

RETURN_BEFORE_JUDGMENT = 1
RULES = b"\x05" * 32
REASON_OTHER = 7
COMMITMENT = web3.keccak(text="salt and account")

OFFICERS = (
    ("sg_police", "requester", REQUEST),
    ("sg_police", "ratifier", RATIFY),
    ("sg_police", "high_ratifier", RATIFY_HIGH),
    ("sg_police", "releaser", RELEASE),
    ("sg_police", "distributor", DISTRIBUTE),
    ("sg_police", "keeper", KEEP),
    ("sg_police", "police_objector", OBJECT),
    ("sg_court", "judge", JUDGE),
    ("sg_court", "court_releaser", RELEASE),
    ("sg_prosecutor", "prosecutor", PROPOSE),
    ("sg_prosecutor", "reviewer", REVIEW),
    ("sg_unit", "endorser", ENDORSE),
    ("sg_unit", "unit_ratifier", RATIFY_HIGH),
    ("sg_unit", "unit_reviewer", REVIEW),
    ("sg_unit", "unit_releaser", RELEASE),
    ("sg_unit", "unit_distributor", DISTRIBUTE),
    ("sg_bank", "teller", ANSWER),
    ("sg_bank", "other_teller", ANSWER),
    ("sg_bank", "checker", CHECK),
    ("sg_bank", "bank_releaser", RELEASE),
    ("sg_bank", "bank_objector", OBJECT),
    ("sg_bank", "bank_keeper", KEEP),
    ("sg_payer", "payer_teller", ANSWER),
    ("sg_payer", "payer_checker", CHECK),
    ("my_police", "my_requester", REQUEST),
    ("my_police", "my_ratifier", RATIFY),
    ("my_police", "my_high_ratifier", RATIFY_HIGH),
    ("my_police", "my_releaser", RELEASE),
    ("my_police", "my_distributor", DISTRIBUTE),
    ("my_court", "my_judge", JUDGE),
    ("my_prosecutor", "my_public_prosecutor", PROPOSE),
    ("my_prosecutor", "my_reviewer", REVIEW),
    ("my_bank", "my_teller", ANSWER),
    ("my_bank", "my_checker", CHECK),
)
"""Agency, officer, power: each phase of a measure has its own hands."""


@dataclass(frozen=True)
class Profile:
    """A freeze profile; times in seconds, powers as they are (the contract keeps them shifted)."""

    start: int = 0
    until: int = 0
    longest: int = 180 * DAY
    total: int = 720 * DAY
    ratify_within: int = 2 * DAY
    reply_within: int = DAY
    check_within: int = 4 * HOUR
    renewals: int = 3
    stops: int = 0
    flags: int = 0
    starters: int = REQUEST
    ratifiers: int = RATIFY_HIGH | JUDGE | PROPOSE
    renewers: int = RATIFY_HIGH | JUDGE | PROPOSE
    reviewers: int = REVIEW | JUDGE
    endorser: int = 0
    review_within: int = 10 * DAY
    turn_within: int = DAY
    own_hold: int = 0
    own_total: int = 0

    def struct(self) -> tuple[int, ...]:
        """The fields of the Solidity struct."""
        powers = (self.starters, self.ratifiers, self.renewers, self.reviewers)
        times = (self.start, self.until, self.longest, self.total)
        within = (self.ratify_within, self.reply_within, self.check_within)
        last = (self.endorser, self.review_within, self.turn_within, self.own_hold, self.own_total)
        return (
            *times,
            *within,
            self.renewals,
            self.stops,
            self.flags,
            *(mask >> 8 for mask in powers),
            *last,
        )


def set_stage(suite: Suite) -> None:
    """Appoint all officers and adopt the usual profiles."""
    for agency, officer, power in OFFICERS:
        suite.appoint(agency, officer, power)
    endorser = suite.ids["sg_unit"]
    stop = Profile(
        longest=3 * DAY,
        total=6 * DAY,
        ratify_within=DAY,
        reply_within=HOUR,
        check_within=HOUR,
        stops=3,
        ratifiers=RATIFY | RATIFY_HIGH | JUDGE,
        endorser=endorser,
        turn_within=HOUR,
        own_hold=3 * DAY,
        own_total=5 * DAY,
    )
    freeze = Profile(endorser=endorser)
    adopt_profiles(
        suite,
        "sg_authority",
        SG,
        (STOP, CASH, stop),
        (FREEZE, CASH, freeze),
        (FREEZE, VIRTUAL_ASSET, Profile(flags=RETURN_BEFORE_JUDGMENT, endorser=endorser)),
        (SEIZE, VEHICLE, Profile()),
    )
    adopt_profiles(suite, "my_authority", MY, (FREEZE, CASH, Profile(renewals=255, total=0)))
    pass_time(HOUR)


def profile_key(jurisdiction: int, measure: int, asset_class: int) -> int:
    return jurisdiction << 8 | measure << 4 | asset_class


def adopt_profiles(
    suite: Suite, authority: str, jurisdiction: int, *profiles: tuple[int, int, Profile], rules: bytes = RULES
) -> Any:
    adoptions = [(measure, asset_class, profile.struct()) for measure, asset_class, profile in profiles]
    return suite.profiles.adopt(jurisdiction, rules, adoptions, {"from": suite.actors[authority]})


# Requests


def order(name: str = "an order", **changes: Any) -> tuple[Any, ...]:
    """A FreezeOrder; `name` makes its commitment."""
    values = {
        "order": bytes(web3.keccak(text=name)),
        "measure": FREEZE,
        "asset_class": CASH,
        "jurisdiction": SG,
        "period": 90 * DAY,
        "message": ZERO32,
    }
    assert changes.keys() <= values.keys()
    return tuple((values | changes).values())


def stop_order(name: str = "an order", **changes: Any) -> tuple[Any, ...]:
    return order(name, **({"measure": STOP, "period": 2 * DAY} | changes))


def target_of(account: bytes = COMMITMENT, notice_key: Any = NOBODY) -> bytes:
    """What a target is: keccak256(abi.encode(account commitment, notice key))."""
    address = str(getattr(notice_key, "address", notice_key))
    return bytes(web3.keccak(encode(["bytes32", "address"], [account, address])))


def target(
    suite: Suite, name: str = "an account", institution: str = "sg_bank", **changes: Any
) -> tuple[Any, ...]:
    """A Target; `name` makes it, unless `target` is given."""
    values = {
        "institution": suite.ids[institution],
        "target": bytes(web3.keccak(text=name)),
        "currency": SGD,
        "amount": 1_000_00,
        "scope": 0,
        "message": b"\x07" * 32,
        "key_version": 1,
    }
    assert changes.keys() <= values.keys()
    return tuple((values | changes).values())


def request_id(agency: int, given: Sequence[Any]) -> bytes:
    return bytes(web3.keccak(encode(["uint32", "bytes32"], [agency, given[0]])))


def hold_id(request: bytes, named: bytes) -> bytes:
    return bytes(web3.keccak(encode(["bytes32", "bytes32"], [request, named])))


def ask(
    suite: Suite,
    given: Sequence[Any],
    *targets: Sequence[Any],
    by: str = "requester",
    agency: str = "sg_police",
) -> bytes:
    """Send a request; its id."""
    suite.requests.request(given, targets or [target(suite)], {"from": suite.actors[by]})
    return request_id(suite.ids[agency], given)


def ratified(suite: Suite, *targets: Sequence[Any], given: Sequence[Any] | None = None) -> bytes:
    """A freeze asked by the police at home and ratified by its higher officer."""
    request = ask(suite, given or order(), *targets)
    suite.requests.ratify(request, {"from": suite.high_ratifier})
    return request


def endorsed(suite: Suite, *targets: Sequence[Any], given: Sequence[Any] | None = None) -> bytes:
    """A freeze asked by the police of Malaysia, ratified there and endorsed in Singapore."""
    request = ask(suite, given or order(), *targets, by="my_requester", agency="my_police")
    suite.requests.ratify(request, {"from": suite.my_high_ratifier})
    suite.requests.endorse(request, {"from": suite.endorser})
    return request


# Holds


def answer_of(
    request: bytes, named: bytes, kind: int = HELD, amount: int = 1_000_00, **changes: Any
) -> tuple[Any, ...]:
    """An Answer."""
    values = {
        "request": request,
        "target": named,
        "kind": kind,
        "amount": amount if kind in (HELD, HELD_PART) else 0,
        "code": 1 if kind == REFUSED else 0,
        "earlier_request": ZERO32,
        "earlier_target": ZERO32,
        "detail": ZERO32,
    }
    assert changes.keys() <= values.keys()
    return tuple((values | changes).values())


def answer(
    suite: Suite,
    request: bytes,
    named: bytes,
    kind: int = HELD,
    amount: int = 1_000_00,
    by: str = "teller",
    **changes: Any,
) -> Any:
    given = answer_of(request, named, kind, amount, **changes)
    return suite.holds.answer([given], {"from": suite.actors[by]})


def seen(suite: Suite, request: bytes, named: bytes, **changes: int) -> tuple[Any, ...]:
    """A Seen: what stands there now, or something else of it."""
    hold, link = (ask(hold_id(request, named)) for ask in (suite.holds.holdOf, suite.holds.linkOf))
    values = {"state": hold[5], "amount": hold[2], "since": hold[3], "corrections": link[7]}
    assert changes.keys() <= values.keys()
    return (request, named, *(values | changes).values())


def check(suite: Suite, request: bytes, named: bytes, by: str = "checker") -> Any:
    return suite.holds.check([seen(suite, request, named)], {"from": suite.actors[by]})


def held(
    suite: Suite, amount: int = 1_000_00, name: str = "an account", **changes: Any
) -> tuple[bytes, bytes]:
    """A freeze at home, answered and checked: request and target. `changes` are the target's."""
    given = target(suite, name, amount=amount, **changes)
    request = ratified(suite, given, given=order(f"order for {name}"))
    answer(suite, request, given[1], amount=amount)
    check(suite, request, given[1])
    return request, given[1]


def request_status(suite: Suite, request: bytes, at: int | None = None) -> str:
    return REQUEST_STATUS[suite.requests.statusAt(request, now() if at is None else at)]


def hold_status(suite: Suite, request: bytes, named: bytes, at: int | None = None) -> str:
    return HOLD_STATUS[suite.holds.statusAt(request, named, now() if at is None else at)]
