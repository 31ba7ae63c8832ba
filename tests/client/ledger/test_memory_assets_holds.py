# SPDX-License-Identifier: Apache-2.0
"""Holds in memory: answers, checks, clocks, renewals, releases, and chains of holds on one account."""

from __future__ import annotations

import pytest
from assetcast import (
    DAY,
    HOUR,
    LATER_CREDITS,
    NONE,
    PAPER,
    USD,
    WHOLE,
    AssetCast,
    adoption,
    make_asset_cast,
    refused,
    said,
)

from concordat.assets.states import HoldFlag, HoldStatus
from concordat.assets.values.commitments import hold_id
from concordat.assets.words import AnswerKind, Measure

Which = tuple[bytes, bytes]


@pytest.fixture
def cast() -> AssetCast:
    return make_asset_cast()


@pytest.fixture
def named(cast: AssetCast) -> Which:
    """A target that waits for its answer."""
    return cast.ratified(), cast.named()


# Answers


def test_the_life_of_a_hold_from_request_to_release(cast: AssetCast, named: Which) -> None:
    cast.answer(named, AnswerKind.DELIVERED)
    assert cast.status(named) is HoldStatus.DELIVERED
    cast.answer(named, AnswerKind.ACKNOWLEDGED)
    assert cast.status(named) is HoldStatus.ACKNOWLEDGED
    receipt = cast.answer(named, AnswerKind.HELD, 1000)
    since = cast.ledger.now()
    assert receipt.event("Answered").args["until"] == since + 10 * DAY
    assert receipt.event("Answered").args["hold"] == hold_id(*named)
    cast.check(named)
    assert (cast.hold(named).since, cast.hold(named).until) == (since, since + 10 * DAY)
    assert cast.status(named) is HoldStatus.HELD

    cast.send("releaser", "Holds", "release", *named, 300, 1)
    assert cast.balance(named) == (1000, 300, 0, 0, 700)
    refused("AmountMisstated", lambda: cast.send("releaser", "Holds", "release", *named, 701, 1))
    refused("AmountMisstated", lambda: cast.send("releaser", "Holds", "release", *named, 0, 1))
    refused("NoReason", lambda: cast.send("releaser", "Holds", "release", *named, 1, 0))
    refused("HoldInStatus", lambda: cast.send("teller", "Holds", "confirmRelease", *named))
    cast.send("releaser", "Holds", "release", *named, 700, 2)
    assert cast.status(named) is HoldStatus.RELEASED
    assert cast.balance(named) == (1000, 1000, 0, 0, 0)
    assert cast.hold(named).until == cast.ledger.now()
    cast.send("teller", "Holds", "confirmRelease", *named)
    refused("HoldInStatus", lambda: cast.send("releaser", "Holds", "release", *named, 1, 2))


def test_time_alone_ends_a_hold(cast: AssetCast) -> None:
    which = cast.held()
    until = cast.hold(which).until
    assert cast.status(which, until - 1) is HoldStatus.HELD
    assert cast.status(which, until) is HoldStatus.EXPIRED
    assert cast.balance(which, until) == (1000, 1000, 0, 0, 0)
    cast.pass_to(until)
    refused("HoldInStatus", lambda: cast.send("ratifier", "Holds", "renew", *which, DAY, PAPER))
    receipt = cast.send("stranger", "Holds", "recordLapse", *which)
    assert receipt.event("HoldLapseRecorded").args["status"] == HoldStatus.EXPIRED
    refused("LapseAlreadyRecorded", lambda: cast.send("stranger", "Holds", "recordLapse", *which))


def test_the_reply_clock_is_seen_and_late_answers_are_taken(cast: AssetCast, named: Which) -> None:
    by = cast.call("Holds", "replyBy", *named)
    assert cast.status(named, by) is HoldStatus.OPEN
    assert cast.status(named, by + 1) is HoldStatus.OVERDUE
    cast.answer(named, AnswerKind.ACKNOWLEDGED)
    assert cast.call("Holds", "replyBy", *named) == by
    assert cast.status(named, by + 1) is HoldStatus.OVERDUE
    cast.pass_to(by + 1)
    cast.send("stranger", "Holds", "recordLapse", *named)
    cast.answer(named, AnswerKind.HELD, 1000)
    assert cast.status(named) is HoldStatus.HELD


def test_what_cannot_be_read_stops_the_clock_until_it_is_sent_again(cast: AssetCast, named: Which) -> None:
    refused("HoldInStatus", lambda: cast.send("requester", "Holds", "sendAgain", *named, PAPER, 2))
    cast.answer(named, AnswerKind.UNREADABLE)
    assert cast.status(named, cast.ledger.now() + 4 * HOUR + 1) is HoldStatus.OPEN, "nobody checked it"
    cast.check(named)
    assert cast.status(named, cast.ledger.now() + 99 * DAY) is HoldStatus.UNREADABLE
    refused("NotAuthorised", lambda: cast.send("releaser", "Holds", "sendAgain", *named, PAPER, 2))
    refused("NotOfRequester", lambda: cast.send("my_requester", "Holds", "sendAgain", *named, PAPER, 2))
    cast.ledger.pass_time(3 * DAY)
    cast.send("requester", "Holds", "sendAgain", *named, PAPER, 2)
    assert cast.status(named) is HoldStatus.OPEN
    assert cast.call("Holds", "replyBy", *named) == cast.ledger.now() + DAY


@pytest.mark.parametrize(
    ("kind", "values", "error"),
    [
        (AnswerKind.HELD, {"amount": 999}, "AmountMisstated"),
        (AnswerKind.HELD_PART, {"amount": 1000}, "AmountMisstated"),
        (AnswerKind.HELD_PART, {"amount": 0}, "AmountMisstated"),
        (AnswerKind.NO_FUNDS, {"amount": 1}, "AmountMisstated"),
        (AnswerKind.REFUSED, {}, "RefusalCode"),
        (AnswerKind.HELD, {"amount": 1000, "code": 3}, "RefusalCode"),
        (AnswerKind.BEHIND, {}, "EarlierMisstated"),
        (AnswerKind.BEHIND, {"earlier": (PAPER, PAPER)}, "EarlierMisstated"),
        (AnswerKind.NOT_FOUND, {"earlier": (PAPER, PAPER)}, "EarlierMisstated"),
    ],
)
def test_an_answer_that_cannot_be(
    cast: AssetCast, named: Which, kind: AnswerKind, values: dict[str, object], error: str
) -> None:
    refused(error, lambda: cast.answer(named, kind, **values))  # type: ignore[arg-type]


def test_who_answers_and_who_checks(cast: AssetCast, named: Which) -> None:
    refused("NotTheInstitution", lambda: cast.answer(named, AnswerKind.HELD, 1000, by="payer_teller"))
    refused("NotAuthorised", lambda: cast.answer(named, AnswerKind.HELD, 1000, by="checker"))
    refused("NoSuchHold", lambda: cast.answer((named[0], PAPER), AnswerKind.HELD, 1000))
    answer = {**said(named, AnswerKind.HELD), "kind": 0}
    refused("NotAnAnswer", lambda: cast.send("teller", "Holds", "answer", [answer]))
    refused("NothingToCheck", lambda: cast.check(named))
    cast.answer(named, AnswerKind.HELD, 1000)
    refused("NotTheInstitution", lambda: cast.check(named, by="payer_checker"))
    refused("NotAuthorised", lambda: cast.check(named, by="teller"))
    before = cast.seen(named)
    cast.answer(named, AnswerKind.HELD, 1000)
    refused("OtherThanSeen", lambda: cast.send("checker", "Holds", "check", [before]))
    cast.check(named)
    refused("AlreadyChecked", lambda: cast.check(named))


def test_many_are_answered_all_or_none(cast: AssetCast) -> None:
    names = [f"account {number}" for number in range(20)]
    request = cast.ratified("one", *(cast.target(name) for name in names))
    holds = [(request, cast.named(name)) for name in names]
    good = [said(each, AnswerKind.HELD, 1000) for each in holds]
    bad = [*good[:-1], said(holds[-1], AnswerKind.HELD, 1001)]
    refused("AmountMisstated", lambda: cast.send("teller", "Holds", "answer", bad))
    assert {cast.status(each) for each in holds} == {HoldStatus.OPEN}
    cast.send("teller", "Holds", "answer", good)
    refused("AlreadyChecked", lambda: cast.check(*holds, holds[0]))
    cast.check(*holds)
    assert all(cast.hold(each).flags & HoldFlag.CHECKED for each in holds)


def test_a_holding_that_nobody_checks_lapses_and_another_outcome_counts_as_none(cast: AssetCast) -> None:
    request = cast.ratified("one", cast.target("one"), cast.target("two"))
    held, missing = (request, cast.named("one")), (request, cast.named("two"))
    cast.answer(held, AnswerKind.HELD, 1000)
    cast.answer(missing, AnswerKind.NOT_FOUND)
    last = cast.hold(missing).since + 4 * HOUR
    assert cast.status(missing, last) is HoldStatus.NOT_FOUND
    assert cast.status(missing, last + 1) is HoldStatus.OPEN
    assert cast.status(missing, last + DAY) is HoldStatus.OVERDUE
    cast.pass_to(last + 1)
    refused("HoldInStatus", lambda: cast.check(missing))
    refused("HoldInStatus", lambda: cast.check(held))
    refused("HoldInStatus", lambda: cast.answer(missing, AnswerKind.DELIVERED))
    cast.answer(missing, AnswerKind.HELD, 1000)
    assert cast.status(held) is HoldStatus.LAPSED
    assert cast.balance(held) == (1000, 1000, 0, 0, 0)
    refused("HoldInStatus", lambda: cast.answer(held, AnswerKind.HELD, 1000))


def test_an_outcome_is_corrected_until_it_is_checked(cast: AssetCast, named: Which) -> None:
    cast.answer(named, AnswerKind.REFUSED, code=6)
    assert cast.hold(named).code == 6
    refused("HoldInStatus", lambda: cast.answer(named, AnswerKind.ACKNOWLEDGED))
    cast.answer(named, AnswerKind.HELD, 1000)
    assert cast.hold(named).code == 0
    until = cast.hold(named).until
    cast.ledger.pass_time(HOUR)
    cast.answer(named, AnswerKind.HELD_PART, 400)
    assert cast.hold(named).until == until
    assert cast.balance(named) == (400, 0, 0, 0, 400)
    refused("HoldInStatus", lambda: cast.answer(named, AnswerKind.NOT_FOUND))
    cast.check(named)
    refused("HoldInStatus", lambda: cast.answer(named, AnswerKind.HELD_PART, 300))


def test_a_correction_after_a_release_in_part_keeps_the_balance(cast: AssetCast) -> None:
    target = cast.target("whole", 0, scope=WHOLE)
    whole = cast.ratified("whole", target), target["target"]
    cast.answer(whole, AnswerKind.HELD, 50)
    cast.send("releaser", "Holds", "release", *whole, 10, 4)
    cast.answer(whole, AnswerKind.HELD, 2000)
    assert cast.balance(whole) == (2010, 10, 0, 0, 2000)


def test_more_comes_in_only_where_that_was_asked(cast: AssetCast) -> None:
    capped = cast.held("capped")
    refused("NoLaterCredits", lambda: cast.send("teller", "Holds", "credit", *capped, 5))
    target = cast.target("whole", 0, scope=WHOLE | LATER_CREDITS)
    whole = cast.ratified("whole", target), target["target"]
    refused("HoldInStatus", lambda: cast.send("teller", "Holds", "credit", *whole, 5))
    refused("AmountMisstated", lambda: cast.answer(whole, AnswerKind.HELD))
    cast.answer(whole, AnswerKind.HELD, 50)
    refused("AmountMisstated", lambda: cast.send("teller", "Holds", "credit", *whole, 0))
    cast.send("teller", "Holds", "credit", *whole, 5)
    cast.send("releaser", "Holds", "release", *whole, 10, 4)
    assert cast.balance(whole) == (55, 10, 0, 0, 45)


# Renewal


def test_renewals_are_few_within_periods_and_a_total(cast: AssetCast) -> None:
    which = cast.held(period=30 * DAY)

    def renew(period: int, by: str = "ratifier") -> None:
        cast.send(by, "Holds", "renew", *which, period, PAPER)

    refused("PeriodBeyondProfile", lambda: renew(30 * DAY + 1))
    refused("PeriodBeyondProfile", lambda: renew(0))
    refused("EmptyOrder", lambda: cast.send("ratifier", "Holds", "renew", *which, DAY, NONE))
    refused("NotOfRequester", lambda: renew(DAY, "unit_ratifier"))
    refused("NotOfRequester", lambda: renew(DAY, "my_judge"))
    refused("NotAuthorised", lambda: renew(DAY, "requester"))
    renew(30 * DAY)
    renew(29 * DAY, "prosecutor")
    refused("TotalBeyondProfile", lambda: renew(DAY + 1))
    renew(DAY)
    refused("TooManyRenewals", lambda: renew(1))
    assert cast.hold(which).until == cast.hold(which).since + 90 * DAY


def test_what_a_court_renewed_only_a_court_lets_go(cast: AssetCast) -> None:
    which = cast.held()
    cast.send("judge", "Holds", "renew", *which, DAY, PAPER)
    assert cast.hold(which).flags & HoldFlag.BY_COURT
    refused("CourtOrdered", lambda: cast.send("releaser", "Holds", "release", *which, 1, 1))
    refused("CourtOrdered", lambda: cast.send("bank_releaser", "Holds", "release", *which, 1, 1))
    refused("NotAuthorised", lambda: cast.send("requester", "Holds", "release", *which, 1, 1))
    cast.send("releaser", "FreezeRequests", "withdraw", which[0], 2)
    assert cast.status(which) is HoldStatus.HELD
    cast.send("judge", "Holds", "release", *which, 1000, 6)
    assert cast.status(which) is HoldStatus.RELEASED


def test_a_hold_is_renewed_only_when_it_is_checked(cast: AssetCast, named: Which) -> None:
    cast.answer(named, AnswerKind.HELD, 1000)
    refused("HoldInStatus", lambda: cast.send("ratifier", "Holds", "renew", *named, DAY, PAPER))


# Chains


def test_eight_wait_behind_one_hold_and_the_ninth_does_not(cast: AssetCast) -> None:
    first = cast.held("first")
    names = [f"case {number}" for number in range(9)]
    waiting = [(cast.ratified(name, cast.target(name)), cast.named(name)) for name in names]
    for each in waiting[:8]:
        cast.answer(each, AnswerKind.BEHIND, earlier=first)
    cast.check(*waiting[:8])
    assert cast.link(first).waiting == 8
    refused("QueueFull", lambda: cast.answer(waiting[8], AnswerKind.BEHIND, earlier=first))
    cast.send("releaser", "FreezeRequests", "withdraw", waiting[0][0], 1)
    cast.send("stranger", "Holds", "recordLapse", *waiting[0])
    assert cast.link(first).waiting == 7
    cast.answer(waiting[8], AnswerKind.BEHIND, earlier=first)

    until = cast.hold(first).until
    assert cast.status(waiting[1], until - 1) is HoldStatus.WAITING
    assert cast.status(waiting[1], until) is HoldStatus.TURN
    assert cast.status(waiting[1], until + DAY) is HoldStatus.TURN
    assert cast.status(waiting[1], until + DAY + 1) is HoldStatus.LAPSED
    assert cast.status(waiting[8], until) is HoldStatus.OVERDUE, "nobody checked that it waits"


def test_whose_turn_comes_names_the_hold_before_and_its_time_counts(cast: AssetCast) -> None:
    first = cast.held("first", period=20 * DAY)
    begun = cast.hold(first).since
    second = cast.ratified("second", cast.target("second"), period=30 * DAY), cast.named("second")
    cast.answer(second, AnswerKind.BEHIND, earlier=first)
    cast.check(second)
    cast.ledger.pass_time(15 * DAY)
    cast.send("releaser", "Holds", "release", *first, 1000, 2)
    ended = cast.ledger.now()
    assert cast.status(second) is HoldStatus.TURN
    refused("EarlierMisstated", lambda: cast.answer(second, AnswerKind.HELD, 1000))
    refused("HoldInStatus", lambda: cast.answer(second, AnswerKind.ACKNOWLEDGED))
    cast.ledger.pass_time(HOUR)
    cast.answer(second, AnswerKind.HELD, 1000, earlier=first)
    link = cast.link(second)
    assert (link.earlierRequest, link.earlierTarget) == first
    assert link.heldBefore == ended - begun
    assert link.heldSince == cast.ledger.now()
    assert cast.status(first) is HoldStatus.RELEASED


def test_a_hold_before_that_lapses_unchecked_gives_the_turn(cast: AssetCast) -> None:
    first = cast.ratified("first", cast.target("first")), cast.named("first")
    cast.answer(first, AnswerKind.HELD, 1000)
    second = cast.ratified("second", cast.target("second")), cast.named("second")
    cast.answer(second, AnswerKind.BEHIND, earlier=first)
    cast.check(second)
    over = cast.hold(first).since + 4 * HOUR + 1
    assert cast.status(second, over - 1) is HoldStatus.WAITING
    assert cast.status(second, over) is HoldStatus.TURN


def test_holds_that_continue_each_other_share_one_total(cast: AssetCast) -> None:
    chain = [cast.held("0", period=30 * DAY)]
    for number in range(1, 4):
        cast.ledger.pass_time(28 * DAY)
        which = cast.ratified(str(number), cast.target(str(number)), period=30 * DAY), cast.named(str(number))
        cast.answer(which, AnswerKind.HELD, 1000, earlier=chain[-1])
        cast.check(which)
        assert cast.status(chain[-1]) is HoldStatus.CONTINUED
        assert cast.balance(chain[-1]) == (1000, 1000, 0, 0, 0)
        chain.append(which)
    begun = [cast.ledger.events("Holds", "Answered", hold=hold_id(*each))[0].time for each in chain]
    assert cast.link(chain[-1]).heldBefore == begun[-1] - begun[0]
    assert cast.hold(chain[-1]).until == begun[0] + 90 * DAY
    refused("TotalBeyondProfile", lambda: cast.send("ratifier", "Holds", "renew", *chain[-1], 1, PAPER))

    last = cast.ratified("last", cast.target("last")), cast.named("last")
    cast.answer(last, AnswerKind.BEHIND, earlier=chain[-1])
    cast.check(last)
    cast.pass_to(begun[0] + 90 * DAY)
    refused("NothingLeft", lambda: cast.answer(last, AnswerKind.HELD, 1000, earlier=chain[-1]))


def test_stop_payments_along_a_chain_are_counted(cast: AssetCast) -> None:
    def stop(name: str) -> Which:
        request = cast.request(name, Measure.STOP_PAYMENT, cast.target(name), period=DAY)
        return request, cast.named(name)

    first, second, third = stop("first"), stop("second"), stop("third")
    cast.answer(first, AnswerKind.HELD, 1000)
    cast.answer(second, AnswerKind.HELD, 1000, earlier=first)
    refused("EarlierMisstated", lambda: cast.answer(third, AnswerKind.HELD, 1000, earlier=second))
    cast.check(second)
    refused("TooManyStops", lambda: cast.answer(third, AnswerKind.HELD, 1000, earlier=second))
    assert cast.status(second) is HoldStatus.HELD, "what was refused ended nothing"
    freeze = cast.ratified("freeze", cast.target("freeze")), cast.named("freeze")
    cast.answer(freeze, AnswerKind.HELD, 1000, earlier=second)
    assert cast.link(freeze).stopsBefore == 2


def test_only_a_live_hold_on_such_an_account_is_an_earlier_one(cast: AssetCast) -> None:
    first = cast.held("first")
    other = cast.ratified("two", cast.target("two", currency=USD)), cast.named("two")
    refused("EarlierMisstated", lambda: cast.answer(other, AnswerKind.HELD, 1000, earlier=first))
    refused("EarlierMisstated", lambda: cast.answer(other, AnswerKind.HELD, 1000, earlier=other))
    third = cast.ratified("three", cast.target("three")), cast.named("three")
    cast.send("releaser", "Holds", "release", *first, 1000, 2)
    refused("EarlierMisstated", lambda: cast.answer(third, AnswerKind.BEHIND, earlier=first))


def test_what_a_court_ordered_only_a_courts_order_continues(cast: AssetCast) -> None:
    first = cast.held("first")
    cast.send("judge", "Holds", "renew", *first, DAY, PAPER)
    second = cast.ratified("second", cast.target("second")), cast.named("second")
    refused("CourtOrdered", lambda: cast.answer(second, AnswerKind.HELD, 1000, earlier=first))
    request = cast.request("third", Measure.FREEZE, cast.target("third"))
    cast.send("judge", "FreezeRequests", "ratify", request)
    cast.answer((request, cast.named("third")), AnswerKind.HELD, 1000, earlier=first)
    assert cast.status(first) is HoldStatus.HELD, "one officer ends nothing"
    refused("AlreadyContinuing", lambda: _another(cast, first))
    cast.check((request, cast.named("third")))
    assert cast.status(first) is HoldStatus.CONTINUED


def _another(cast: AssetCast, first: Which) -> None:
    request = cast.request("fourth", Measure.FREEZE, cast.target("fourth"))
    cast.send("judge", "FreezeRequests", "ratify", request)
    cast.answer((request, cast.named("fourth")), AnswerKind.HELD, 1000, earlier=first)


def test_renewals_without_limit_are_counted_as_far_as_they_can_be() -> None:
    cast = make_asset_cast(adoption(Measure.FREEZE, renewals=255, total=0))
    which = cast.held()
    for _ in range(257):
        cast.send("ratifier", "Holds", "renew", *which, 1, PAPER)
    assert cast.hold(which).renewals == 255
