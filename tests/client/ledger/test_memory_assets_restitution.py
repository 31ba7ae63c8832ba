# SPDX-License-Identifier: Apache-2.0
"""Restitution in memory: plans, claims, shares with a remainder, payments, confirmations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from assetcast import DAY, NONE, PAPER, SGD, USD, AssetCast, adoption, make_asset_cast, refused
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.assets.returnstates import Method, PlanState
from concordat.assets.states import HoldStatus
from concordat.assets.words import AnswerKind, Measure
from concordat.evidence import typed
from concordat.memory.claims import OBJECTION, RECEIPT

Which = tuple[bytes, bytes]
EARLY = 1  # flag of a profile: back to victims before judgment


def source(which: Which) -> dict[str, Any]:
    return {"isAsset": False, "first": which[0], "second": which[1]}


class Distribution:
    """A disposed hold, and what is done with it."""

    def __init__(self, cast: AssetCast, amount: int = 1000) -> None:
        self.cast = cast
        self.hold = cast.held("source", amount)
        cast.send("judge", "Objections", "dispose", *self.hold, amount, 0, PAPER)
        self.id = b""

    def open(
        self,
        method: int = Method.PRO_RATA,
        notice: int = 30 * DAY,
        *,
        by: str = "releaser",
        text: str = "plan",
        sources: Sequence[dict[str, Any]] | None = None,
        currency: int = SGD,
    ) -> None:
        commitment = keccak(text=text)
        until = self.cast.ledger.now() + 1 + notice
        given = [source(self.hold)] if sources is None else list(sources)
        self.cast.send(by, "Restitution", "open", commitment, currency, int(method), until, given)
        agency = self.cast.ledger.events("Restitution", "PlanOpened")[-1].args["agency"]
        self.id = keccak(encode(["uint32", "bytes32"], [agency, commitment]))

    def claim(self, name: str) -> bytes:
        key = self.cast.key(f"victim {name}").address
        return bytes(keccak(encode(["bytes32", "address"], [keccak(text=name), key])))

    def enter(self, *claims: tuple[str, int, int]) -> None:
        given = [
            {"claim": self.claim(name), "amount": amount, "traced": traced} for name, amount, traced in claims
        ]
        self.cast.send("releaser", "Restitution", "enter", self.id, given)

    def wait(self) -> None:
        self.cast.pass_to(self.plan.noticeUntil + 7 * DAY + 1)

    def decide(self, by: str = "judge") -> None:
        self.cast.send(by, "Restitution", "decide", self.id, PAPER)

    def pay(self, name: str, amount: int, by: str = "teller", origin: int = 0) -> None:
        self.pay_all([(name, amount)], by, origin)

    def pay_all(self, payments: Sequence[tuple[str, int]], by: str = "teller", origin: int = 0) -> None:
        given = [
            {"claim": self.claim(name), "amount": amount, "paymentHash": PAPER} for name, amount in payments
        ]
        self.cast.send(by, "Restitution", "pay", self.id, origin, given)

    def share(self, name: str) -> int:
        return int(self.cast.call("Restitution", "shareOf", self.id, self.claim(name)))

    def signed(self, name: str, types: Any, by: str = "", **message: Any) -> tuple[Any, ...]:
        """Claim commitment, key and signature of a victim."""
        domain = typed.domain(
            self.cast.ledger.chain_id, self.cast.ledger.address("Restitution"), self.cast.ledger.genesis_id
        )
        fields = {"plan": self.id, "claim": self.claim(name), **message}
        signer = self.cast.key(f"victim {by or name}")
        signature = signer.sign_typed(domain, types, next(iter(types)), fields)
        return keccak(text=name), self.cast.key(f"victim {name}").address, signature

    def confirm(self, name: str, amount: int, by: str = "") -> None:
        deadline = self.cast.ledger.now() + DAY
        commitment, key, signature = self.signed(name, RECEIPT, by, amount=amount, deadline=deadline)
        self.cast.send("stranger", "Restitution", "confirm", self.id, commitment, key, deadline, signature)

    def object(self, name: str, grounds: bytes = PAPER, deadline: int = 0) -> None:
        until = deadline or self.cast.ledger.now() + DAY
        commitment, key, signature = self.signed(name, OBJECTION, grounds=grounds, deadline=until)
        given = (self.id, commitment, key, grounds, until, signature)
        self.cast.send("stranger", "Restitution", "objectTo", *given)

    @property
    def plan(self) -> Any:
        return self.cast.call("Restitution", "planOf", self.id)

    def claim_of(self, name: str) -> Any:
        return self.cast.call("Restitution", "claimOf", self.id, self.claim(name))


@pytest.fixture
def cast() -> AssetCast:
    return make_asset_cast()


@pytest.fixture
def way(cast: AssetCast) -> Distribution:
    return Distribution(cast)


def test_pro_rata_leaves_a_remainder_where_it_is(way: Distribution) -> None:
    way.open()
    names = [str(number) for number in range(7)]
    way.enter(*((name, 300, 0) for name in names))
    assert (way.plan.claims, way.plan.claimed, way.share("0")) == (7, 2100, 0)
    refused("NoticeRuns", lambda: way.decide())
    way.wait()
    refused("NoticeOver", lambda: way.enter(("late", 1, 0)))
    way.decide()
    assert way.plan.state == PlanState.DECIDED
    assert [way.share(name) for name in names] == [142] * 7
    assert way.claim_of("3").share == 142
    refused("BeyondShare", lambda: way.pay("0", 143))
    refused("ZeroPayment", lambda: way.pay("0", 0))
    refused("NoSuchClaim", lambda: way.pay("nobody", 1))
    refused("NotThePayer", lambda: way.pay("0", 1, by="payer_teller"))
    refused("NoSuchSource", lambda: way.pay("0", 1, origin=1))
    refused("BeyondShare", lambda: way.pay_all([("0", 142), ("1", 142), ("0", 1)]))
    assert way.cast.balance(way.hold) == (1000, 0, 0, 0, 1000)

    way.pay("0", 100)
    way.pay_all([("0", 42), *((name, 142) for name in names[1:])])
    assert way.plan.paid == 994
    assert way.cast.balance(way.hold) == (1000, 0, 994, 0, 6)
    assert way.cast.status(way.hold) is HoldStatus.DISPOSED
    assert way.plan.total - way.plan.paid == 6
    refused("NotThePlanner", lambda: way.cast.send("endorser", "Restitution", "close", way.id))
    way.cast.send("releaser", "Restitution", "close", way.id)
    assert way.cast.ledger.events("Restitution", "PlanClosed")[0].args["unpaid"] == 6
    refused("PlanInState", lambda: way.pay("1", 1))
    way.open(text="the remainder", notice=30 * DAY)
    assert way.cast.call("Restitution", "planOfSource", source(way.hold)) == way.id


def test_nobody_gets_more_than_the_claim(way: Distribution) -> None:
    way.open()
    way.enter(("a", 200, 0), ("b", 100, 0))
    way.wait()
    way.decide()
    assert (way.plan.total, way.share("a"), way.share("b")) == (300, 200, 100)


def test_what_was_traced_is_returned_as_traced(way: Distribution) -> None:
    way.open(Method.TRACING, DAY)
    refused("TracedMisstated", lambda: way.enter(("a", 500, 501)))
    way.enter(("a", 500, 450), ("b", 800, 551))
    way.wait()
    refused("TracedBeyondTotal", lambda: way.decide())

    other = Distribution(make_asset_cast())
    other.open(Method.TRACING, DAY)
    other.enter(("a", 500, 450), ("b", 800, 550))
    other.wait()
    other.decide()
    other.pay_all([("a", 450), ("b", 550)])
    assert other.cast.balance(other.hold) == (1000, 0, 1000, 0, 0)
    assert other.cast.hold(other.hold).until == other.cast.ledger.now()
    assert other.cast.status(other.hold) is HoldStatus.DISPOSED


def test_what_a_plan_may_not_be(way: Distribution) -> None:
    held = way.cast.held("not disposed of")
    refused("NoMethod", lambda: way.open(0))
    refused("NoSources", lambda: way.open(sources=[]))
    refused("TooManySources", lambda: way.open(sources=[source(way.hold)] * 17))
    refused("SourceInOtherPlan", lambda: way.open(sources=[source(way.hold)] * 2))
    refused("NothingReturnable", lambda: way.open(sources=[source(held)]))
    refused("OtherCurrency", lambda: way.open(currency=USD))
    refused("NoticeTooBrief", lambda: way.open(notice=30 * DAY - 1))
    refused("NotOfPlanner", lambda: way.open(by="my_releaser"))
    refused("NotAuthorised", lambda: way.open(by="teller"))
    way.open()
    refused("AlreadyOpened", lambda: way.open())
    refused("SourceInOtherPlan", lambda: way.open(text="another"))
    refused("NoClaims", lambda: way.enter())
    refused("EmptyClaim", lambda: way.enter(("a", 0, 0)))
    refused("TracedMisstated", lambda: way.enter(("a", 2, 1)))
    refused("ClaimTwice", lambda: way.enter(("a", 2, 0), ("a", 2, 0)))
    assert way.plan.claims == 0
    way.wait()
    refused("NoClaims", lambda: way.decide())


def test_who_decides_on_what_a_court_awarded(way: Distribution) -> None:
    way.open()
    way.enter(("a", 200, 0))
    way.wait()
    refused("NotThePlanner", lambda: way.decide("unit_ratifier"))
    refused("OtherJurisdiction", lambda: way.decide("my_judge"))
    refused("NotAuthorised", lambda: way.decide("releaser"))
    way.decide("ratifier")


def test_a_victim_objects_to_how_the_claim_was_entered(way: Distribution) -> None:
    way.open()
    way.enter(("a", 200, 0), ("b", 100, 0))
    deadline = way.cast.ledger.now() + DAY
    way.object("a", deadline=deadline)
    refused("AlreadyObjected", lambda: way.object("a"))
    refused("NotTheClaimKey", lambda: way.object("nobody"))

    def settle(amount: int, by: str = "reviewer", name: str = "a") -> None:
        given = (way.id, way.claim(name), amount, PAPER)
        way.cast.send(by, "Restitution", "decideObjection", *given)

    refused("NotTheReviewer", lambda: settle(300, "police_reviewer"))
    refused("OtherJurisdiction", lambda: settle(300, "my_judge"))
    refused("NoObjection", lambda: settle(300, name="b"))
    refused("EmptyClaim", lambda: settle(0))
    way.cast.pass_to(way.plan.noticeUntil + 7 * DAY + 1)
    refused("ObjectionsOpen", lambda: way.decide())
    settle(300)
    assert (way.plan.claimed, way.plan.objections) == (400, 0)
    refused("NoticeOver", lambda: way.object("b"))
    way.decide()
    assert way.share("a") == 300


def test_a_signature_of_an_objection_is_heard_once(way: Distribution) -> None:
    way.open()
    way.enter(("a", 200, 0))
    deadline = way.cast.ledger.now() + DAY
    way.object("a", deadline=deadline)
    way.cast.send("judge", "Restitution", "decideObjection", way.id, way.claim("a"), 200, PAPER)
    refused("AlreadyObjected", lambda: way.object("a", deadline=deadline))
    way.object("a", deadline=deadline + 1)


def test_what_is_traced_can_be_corrected(way: Distribution) -> None:
    way.open(Method.TRACING, DAY)
    way.enter(("a", 200, 100))
    way.object("a")
    way.cast.send("judge", "Restitution", "decideObjection", way.id, way.claim("a"), 250, PAPER)
    assert (way.claim_of("a").amount, way.share("a"), way.plan.claimed) == (250, 250, 250)
    assert way.plan.shares == 250


def test_the_victim_confirms_what_was_paid_so_far(way: Distribution) -> None:
    way.open()
    way.enter(("a", 500, 0), ("b", 500, 0))
    way.wait()
    way.decide()
    refused("NotPaid", lambda: way.confirm("a", 0))
    way.pay("a", 200)
    refused("InvalidSignature", lambda: way.confirm("a", 199))
    refused("InvalidSignature", lambda: way.confirm("a", 200, by="b"))
    way.confirm("a", 200)
    assert way.claim_of("a").byVictim
    refused("AlreadyConfirmed", lambda: way.confirm("a", 200))
    way.pay("a", 300)
    assert way.claim_of("a").confirmedAt == 0
    receipt = (way.id, way.claim("a"), PAPER)
    empty = (way.id, way.claim("a"), NONE)
    refused("EmptyDecision", lambda: way.cast.send("releaser", "Restitution", "confirmByReceipt", *empty))
    way.cast.send("releaser", "Restitution", "confirmByReceipt", *receipt)
    refused(
        "AlreadyConfirmed", lambda: way.cast.send("releaser", "Restitution", "confirmByReceipt", *receipt)
    )
    way.confirm("a", 500)


def test_before_judgment_the_higher_power_of_the_planner_decides() -> None:
    cast = make_asset_cast(adoption(Measure.FREEZE, flags=EARLY, longest=60 * DAY))
    held = cast.held("source", period=60 * DAY)
    way = Distribution.__new__(Distribution)
    way.cast, way.hold, way.id = cast, held, b""
    disposed = cast.held("disposed of")
    cast.send("judge", "Objections", "dispose", *disposed, 1000, 0, PAPER)
    refused("MixedSources", lambda: way.open(sources=[source(held), source(disposed)]))
    cast.send("bank_releaser", "Objections", "objectAsMember", *held, PAPER)
    refused("NothingReturnable", lambda: way.open())
    cast.send("reviewer", "Objections", "review", *held, 3, 0, PAPER)
    way.open()
    way.enter(("a", 400, 0))
    way.wait()
    refused("NotAuthorised", lambda: way.decide("judge"))
    way.decide("ratifier")
    way.pay("a", 300)
    assert cast.balance(held) == (1000, 0, 300, 0, 700)
    cast.pass_to(cast.hold(held).until)
    refused("NothingToReturn", lambda: way.pay("a", 100))
    assert cast.balance(held, cast.hold(held).until) == (1000, 700, 300, 0, 0)


def test_who_takes_over_a_foreign_request_may_plan_too(cast: AssetCast) -> None:
    request = cast.request("source", by="my_requester")
    cast.send("my_ratifier", "FreezeRequests", "ratify", request)
    cast.send("endorser", "FreezeRequests", "endorse", request)
    which = request, cast.named("source")
    cast.answer(which, AnswerKind.HELD, 1000)
    cast.check(which)
    cast.send("judge", "Objections", "dispose", *which, 1000, 0, PAPER)
    way = Distribution.__new__(Distribution)
    way.cast, way.hold, way.id = cast, which, b""
    refused("NotOfPlanner", lambda: way.open(by="releaser"))
    way.open(by="endorser", text="one")
    cast.send("endorser", "Restitution", "close", way.id)
    way.open(by="my_releaser", text="two")
