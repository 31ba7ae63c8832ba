# SPDX-License-Identifier: Apache-2.0
"""Objections and dispositions in memory: who objects, who decides, what is counted, what a court divides."""

from __future__ import annotations

from typing import Any

import pytest
from assetcast import DAY, NONE, PAPER, AssetCast, make_asset_cast, refused
from eth_account import Account
from eth_utils.crypto import keccak

from concordat.assets.states import HoldFlag, HoldStatus, ObjectionStatus, Outcome
from concordat.assets.values.commitments import hold_id
from concordat.assets.words import AnswerKind
from concordat.evidence import typed
from concordat.memory.objections import TYPES

Which = tuple[bytes, bytes]
GROUNDS = keccak(text="half of it is mine")


@pytest.fixture
def cast() -> AssetCast:
    return make_asset_cast()


@pytest.fixture
def held(cast: AssetCast) -> Which:
    return cast.held()


def sign(cast: AssetCast, which: Which, grounds: bytes = GROUNDS, **changes: Any) -> tuple[Any, ...]:
    """The arguments of ``objectTo``, signed by the account holder."""
    deadline = changes.get("deadline", cast.ledger.now() + DAY)
    message = {"request": which[0], "target": which[1], "grounds": grounds, "deadline": deadline}
    domain = typed.domain(cast.ledger.chain_id, cast.ledger.address("Objections"), cast.ledger.genesis_id)
    holder = cast.key("holder one")
    signature = cast.key(changes.get("by", "holder one")).sign_typed(domain, TYPES, "Objection", message)
    return which[0], keccak(text="one"), holder.address, grounds, deadline, signature


def object_to(cast: AssetCast, which: Which, grounds: bytes = GROUNDS, **changes: Any) -> None:
    cast.send("stranger", "Objections", "objectTo", *sign(cast, which, grounds, **changes))


def review(cast: AssetCast, which: Which, outcome: Outcome, released: int = 0, by: str = "reviewer") -> None:
    cast.send(by, "Objections", "review", *which, int(outcome), released, PAPER)


def record(cast: AssetCast, agency: str = "sg_police") -> tuple[int, ...]:
    return tuple(cast.call("Objections", "recordOf", cast.agencies[agency]))


def status(cast: AssetCast, which: Which, at: int | None = None) -> ObjectionStatus:
    when = cast.ledger.now() if at is None else at
    return ObjectionStatus(cast.call("Objections", "statusAt", *which, 1, when))


def test_the_key_of_the_notice_objects_and_whoever_carries_it(cast: AssetCast, held: Which) -> None:
    object_to(cast, held)
    (event,) = cast.ledger.events("Objections", "Objected")
    by = cast.call("Objections", "reviewBy", *held, 1)
    assert (event.args["hold"], event.args["number"], event.args["reviewBy"]) == (hold_id(*held), 1, by)
    assert by == cast.ledger.now() + 10 * DAY
    assert cast.hold(held).flags & HoldFlag.OBJECTED
    assert status(cast, held, by) is ObjectionStatus.PENDING
    assert status(cast, held, by + 1) is ObjectionStatus.OVERDUE
    assert record(cast) == (1, 0, 0, 0)
    refused("StillPending", lambda: object_to(cast, held, keccak(text="another")))


def test_what_is_signed_is_the_digest_of_the_contract(cast: AssetCast, held: Which) -> None:
    *_, deadline, signature = sign(cast, held)
    digest = cast.call("Objections", "objectionDigest", *held, GROUNDS, deadline)
    assert Account._recover_hash(digest, signature=signature) == cast.key("holder one").address


def test_an_objection_that_cannot_be(cast: AssetCast, held: Which) -> None:
    refused("EmptyGrounds", lambda: object_to(cast, held, NONE))
    refused("DeadlinePassed", lambda: object_to(cast, held, deadline=cast.ledger.now()))
    refused("InvalidSignature", lambda: object_to(cast, held, by="stranger"))
    request, _, key, *rest = sign(cast, held)
    other = (request, PAPER, key, *rest)
    refused("NotTheNoticeKey", lambda: cast.send("stranger", "Objections", "objectTo", *other))
    fresh = cast.ratified("one", order=PAPER), cast.named()
    refused("NothingHeld", lambda: object_to(cast, fresh))
    object_to(cast, held, deadline=cast.ledger.now() + 1)


def test_members_object_but_not_the_requester(cast: AssetCast, held: Which) -> None:
    def act(by: str) -> None:
        cast.send(by, "Objections", "objectAsMember", *held, GROUNDS)

    refused("OwnRequest", lambda: act("releaser"))
    refused("NotAuthorised", lambda: act("teller"))
    act("bank_releaser")
    assert cast.call("Objections", "objectionCount", hold_id(*held)) == 1


def test_an_objection_upheld_in_part_lets_go_at_once(cast: AssetCast, held: Which) -> None:
    object_to(cast, held)
    refused("OwnRequest", lambda: review(cast, held, Outcome.UPHELD, by="police_reviewer"))
    refused("NotTheReviewer", lambda: review(cast, held, Outcome.UPHELD, by="bank_reviewer"))
    refused("OtherJurisdiction", lambda: review(cast, held, Outcome.UPHELD, by="my_judge"))
    refused("NotAuthorised", lambda: review(cast, held, Outcome.UPHELD, by="ratifier"))
    for outcome, released in ((Outcome.UPHELD_IN_PART, 0), (Outcome.UPHELD_IN_PART, 1000)):
        refused("OutcomeMisstated", lambda o=outcome, r=released: review(cast, held, o, r))
    refused("OutcomeMisstated", lambda: review(cast, held, Outcome.DISMISSED, 1))
    refused("OutcomeMisstated", lambda: review(cast, held, Outcome.NONE))
    empty = (*held, int(Outcome.UPHELD), 0, NONE)
    refused("EmptyDecision", lambda: cast.send("reviewer", "Objections", "review", *empty))

    review(cast, held, Outcome.UPHELD_IN_PART, 400)
    assert cast.balance(held) == (1000, 400, 0, 0, 600)
    assert cast.status(held) is HoldStatus.HELD
    assert not cast.hold(held).flags & HoldFlag.OBJECTED
    assert record(cast) == (1, 0, 1, 0)
    assert status(cast, held) is ObjectionStatus.DECIDED
    released = cast.ledger.events("Holds", "Released")[-1].args
    assert (released["amount"], released["reason"]) == (400, 5)
    refused("NoObjectionPending", lambda: review(cast, held, Outcome.UPHELD))


def test_who_ratified_never_reviews(cast: AssetCast) -> None:
    request = cast.request()
    cast.send("judge", "FreezeRequests", "ratify", request)
    which = request, cast.named()
    cast.answer(which, AnswerKind.HELD, 1000)
    object_to(cast, which)
    refused("OwnRatification", lambda: review(cast, which, Outcome.UPHELD, by="judge"))
    review(cast, which, Outcome.UPHELD)


def test_upheld_lets_everything_go_also_what_a_court_ordered(cast: AssetCast, held: Which) -> None:
    cast.send("judge", "Holds", "renew", *held, DAY, PAPER)
    object_to(cast, held)
    review(cast, held, Outcome.UPHELD)
    assert cast.status(held) is HoldStatus.RELEASED
    assert cast.call("Objections", "objectionOf", hold_id(*held), 1).released == 1000
    assert record(cast) == (1, 1, 0, 0)


def test_dismissed_grounds_are_heard_once(cast: AssetCast, held: Which) -> None:
    object_to(cast, held)
    review(cast, held, Outcome.DISMISSED, by="judge")
    refused("SameGrounds", lambda: object_to(cast, held))
    object_to(cast, held, keccak(text="new grounds"))
    assert record(cast) == (2, 0, 0, 0)


def test_a_late_review_is_counted_once_decided_or_not(cast: AssetCast, held: Which) -> None:
    object_to(cast, held)
    by = cast.call("Objections", "reviewBy", *held, 1)

    def count(number: int = 1) -> None:
        cast.send("stranger", "Objections", "recordOverdue", *held, number)

    refused("NotOverdue", lambda: count())
    refused("NotOverdue", lambda: count(2))
    cast.pass_to(by + 1)
    review(cast, held, Outcome.UPHELD)
    assert cast.status(held) is HoldStatus.EXPIRED, "it was over, and is on record as wrong"
    assert record(cast) == (1, 1, 0, 0)
    count()
    refused("AlreadyRecorded", lambda: count())
    assert record(cast) == (1, 1, 0, 1)


def test_the_endorser_of_a_foreign_request_does_not_review_it(cast: AssetCast) -> None:
    request = cast.request(by="my_requester")
    cast.send("my_ratifier", "FreezeRequests", "ratify", request)
    cast.send("endorser", "FreezeRequests", "endorse", request)
    which = request, cast.named()
    cast.answer(which, AnswerKind.HELD, 1000)
    object_to(cast, which)
    refused("NotTheReviewer", lambda: review(cast, which, Outcome.UPHELD, by="unit_reviewer"))
    review(cast, which, Outcome.UPHELD)
    assert record(cast, "my_police") == (1, 1, 0, 0)


def test_a_court_divides_what_is_held(cast: AssetCast, held: Which) -> None:
    def dispose(to_return: int, forfeited: int, by: str = "judge") -> None:
        cast.send(by, "Objections", "dispose", *held, to_return, forfeited, PAPER)

    def propose(by: str) -> None:
        cast.send(by, "Objections", "propose", *held, PAPER)

    refused("NotAProsecutor", lambda: propose("police_proposer"))
    refused("OtherJurisdiction", lambda: propose("my_prosecutor_officer"))
    propose("prosecutor")
    refused("NotAuthorised", lambda: dispose(1, 1, "prosecutor"))
    refused("OtherJurisdiction", lambda: dispose(1, 1, "my_judge"))
    refused("SplitMisstated", lambda: dispose(600, 401))
    dispose(600, 300)
    assert cast.status(held) is HoldStatus.DISPOSED
    assert cast.balance(held) == (1000, 100, 0, 300, 600)
    assert cast.call("Holds", "returnable", *held) == (cast.agencies["sg_bank"], 702, 600, True)
    refused("NothingHeld", lambda: dispose(1, 1))
    refused("NothingHeld", lambda: object_to(cast, held))
    refused("HoldInStatus", lambda: cast.send("judge", "Holds", "release", *held, 1, 6))
    cast.send("releaser", "FreezeRequests", "withdraw", held[0], 2)
    assert cast.status(held, cast.hold(held).since + 10_000 * DAY) is HoldStatus.DISPOSED


def test_nothing_awarded_is_over_at_once_for_whoever_waits(cast: AssetCast, held: Which) -> None:
    second = cast.ratified("second", cast.target("second")), cast.named("second")
    cast.answer(second, AnswerKind.BEHIND, earlier=held)
    cast.check(second)
    cast.send("judge", "Objections", "dispose", *held, 0, 1000, PAPER)
    assert cast.status(second) is HoldStatus.TURN
