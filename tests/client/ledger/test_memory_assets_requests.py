# SPDX-License-Identifier: Apache-2.0
"""Profiles and requests in memory: who may ask, ratify, endorse, withdraw, and what lapses by itself."""

from __future__ import annotations

from typing import Any

import pytest
from assetcast import DAY, HOUR, NONE, PAPER, SG, SGD, AssetCast, adoption, make_asset_cast, refused

from concordat.assets.states import HoldStatus, RequestFlag, RequestStatus
from concordat.assets.words import AnswerKind, AssetClass, Measure
from concordat.membership.powers import Power

KEY = SG << 8 | Measure.FREEZE << 4 | AssetClass.CASH


@pytest.fixture
def cast() -> AssetCast:
    return make_asset_cast()


# Profiles


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"longest": 0}, "NoPeriod"),
        ({"total": 29 * DAY}, "TotalBelowPeriod"),
        ({"turnWithin": 0}, "DeadlineMissing"),
        ({"ratifyWithin": 0}, "DeadlineMissing"),
        ({"renewers": 0}, "RolesMissing"),
        ({"renewers": 1 << 30}, "RolesUndefined"),
        ({"reviewers": int(Power.REQUEST) >> 8}, "RolesOverlap"),
        ({"endorser": 458 << 16 | 1}, "UnfitEndorser"),
        ({"endorser": SG << 16 | 2}, "UnfitEndorser"),
        ({"endorser": SG << 16 | 99}, "UnfitEndorser"),
        ({"ownHold": HOUR}, "OwnHoldMisdeclared"),
        ({"until": 5}, "ProfileUntilGiven"),
        ({"flags": 2}, "FlagsUndefined"),
    ],
)
def test_a_profile_that_cannot_be(cast: AssetCast, changes: dict[str, int], error: str) -> None:
    refused(error, lambda: cast.adopt(adoption(Measure.FREEZE, AssetClass.EQUITY, **changes)))
    refused("NoProfile", lambda: cast.call("FreezeProfiles", "current", KEY & ~0xF | AssetClass.EQUITY))


@pytest.mark.parametrize("own", [{"ownHold": 2, "ownTotal": 1}, {"ownTotal": 1}])
def test_an_own_hold_is_not_extended_to_less(cast: AssetCast, own: dict[str, int]) -> None:
    made = adoption(Measure.STOP_PAYMENT, AssetClass.EQUITY, **own)
    refused("OwnHoldMisdeclared", lambda: cast.adopt(made))


def test_only_the_central_authority_adopts_for_its_country(cast: AssetCast) -> None:
    made = adoption(Measure.FREEZE, AssetClass.EQUITY)
    refused("NotCentralAuthority", lambda: cast.adopt(made, by="my_authority"))
    refused("UnknownKind", lambda: cast.adopt({**made, "measure": 0}))
    refused("UnknownKind", lambda: cast.adopt({**made, "assetClass": 0}))


def test_a_later_version_comes_with_notice_and_can_be_cancelled(cast: AssetCast) -> None:
    soon = cast.ledger.now() + 1 + 7 * DAY
    refused("ProfileNoticeTooShort", lambda: cast.adopt(adoption(Measure.FREEZE, **{"from": soon - 1})))
    cast.adopt(adoption(Measure.FREEZE, longest=DAY, **{"from": soon}))
    refused("ProfilePending", lambda: cast.adopt(adoption(Measure.FREEZE, **{"from": soon + 9 * DAY})))
    assert cast.call("FreezeProfiles", "profileAt", KEY, 1).until == soon
    assert cast.call("FreezeProfiles", "versionInForce", KEY, soon - 1) == 1
    assert cast.call("FreezeProfiles", "versionInForce", KEY, soon) == 2

    cast.send("sg_authority", "FreezeProfiles", "cancel", KEY)
    assert cast.call("FreezeProfiles", "profileAt", KEY, 1).until == 0
    assert cast.call("FreezeProfiles", "versionCount", KEY) == 1
    refused("NoProfilePending", lambda: cast.send("sg_authority", "FreezeProfiles", "cancel", KEY))
    refused("NoSuchProfileVersion", lambda: cast.call("FreezeProfiles", "profileAt", KEY, 2))


def test_the_version_of_the_request_stays_its_law(cast: AssetCast) -> None:
    request = cast.request(period=30 * DAY)
    soon = cast.ledger.now() + 1 + 7 * DAY
    cast.adopt(adoption(Measure.FREEZE, longest=DAY, ratifyWithin=1, **{"from": soon}))
    cast.pass_to(soon)
    refused("PeriodBeyondProfile", lambda: cast.request("two", period=DAY + 1))
    assert cast.call("FreezeRequests", "requestOf", request).ratifyWithin == 2 * DAY
    cast.pass_to(soon + 1)
    assert cast.call("FreezeProfiles", "current", KEY).version == 2


# Asking


def test_an_officer_starts_and_the_higher_power_makes_it_bind(cast: AssetCast) -> None:
    request = cast.request()
    assert cast.request_status(request) is RequestStatus.AWAITING_RATIFICATION
    assert cast.status((request, cast.named())) is HoldStatus.DORMANT
    refused("HoldInStatus", lambda: cast.answer((request, cast.named()), AnswerKind.DELIVERED))

    cast.send("ratifier", "FreezeRequests", "ratify", request)
    found = cast.call("FreezeRequests", "requestOf", request)
    assert found.boundAt == found.ratifiedAt == cast.ledger.now()
    assert cast.request_status(request) is RequestStatus.RUNNING
    assert cast.status((request, cast.named())) is HoldStatus.OPEN
    assert cast.call("Holds", "replyBy", request, cast.named()) == found.boundAt + DAY
    refused("WrongStatus", lambda: cast.send("ratifier", "FreezeRequests", "ratify", request))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"target": NONE}, "EmptyTarget"),
        ({"amount": 0}, "AmountMissing"),
        ({"institution": 0}, "NotAnInstitution"),
        ({"institution": SG << 16 | 5}, "NotAnInstitution"),
        ({"institution": SG << 16 | 4}, "NotAnInstitution"),
    ],
)
def test_a_target_that_cannot_be(cast: AssetCast, changes: dict[str, Any], error: str) -> None:
    refused(error, lambda: cast.request("one", Measure.FREEZE, cast.target(**changes)))


def test_what_is_refused_leaves_nothing_behind(cast: AssetCast) -> None:
    twice = cast.target("one"), cast.target("two"), cast.target("one")
    refused("TargetTwice", lambda: cast.request("one", Measure.FREEZE, *twice))
    request = cast.request("one", Measure.FREEZE, *twice[:2])
    assert [cast.status((request, each["target"])) for each in twice[:2]] == [HoldStatus.DORMANT] * 2


def test_what_cannot_be_asked(cast: AssetCast) -> None:
    cast.request()
    refused("AlreadyRequested", lambda: cast.request())
    refused("PeriodBeyondProfile", lambda: cast.request("two", period=0))
    refused("PeriodBeyondProfile", lambda: cast.request("two", period=30 * DAY + 1))
    refused("NoProfile", lambda: cast.request("two", asset_class=AssetClass.EQUITY))
    refused("NotAuthorised", lambda: cast.request("two", by="ratifier"))
    fields = {"measure": 2, "assetClass": 1, "jurisdiction": SG, "period": DAY, "message": NONE}

    def ask(order: bytes, *targets: dict[str, Any]) -> None:
        given = {"order": order, **fields}
        cast.send("requester", "FreezeRequests", "request", given, list(targets))

    refused("EmptyOrder", lambda: ask(NONE, cast.target()))
    refused("NoTargets", lambda: ask(PAPER))


def test_things_are_seized_with_whoever_keeps_them_but_the_requester(cast: AssetCast) -> None:
    def seize(keeper: str) -> bytes:
        target = cast.target(keeper, institution=cast.agencies[keeper])
        return cast.request(keeper, Measure.SEIZE, target, asset_class=AssetClass.VEHICLE)

    assert cast.request_status(seize("sg_unit")) is RequestStatus.AWAITING_RATIFICATION
    refused("NotAnInstitution", lambda: seize("sg_police"))
    refused("OtherJurisdiction", lambda: seize("my_police"))


# Ratifying


def test_courts_and_prosecutors_of_the_requesters_country_ratify(cast: AssetCast) -> None:
    first, second = cast.request("one"), cast.request("two")
    refused("NotOfRequester", lambda: cast.send("unit_ratifier", "FreezeRequests", "ratify", first))
    refused("NotOfRequester", lambda: cast.send("my_judge", "FreezeRequests", "ratify", first))
    refused("NotAuthorised", lambda: cast.send("endorser", "FreezeRequests", "ratify", first))
    cast.send("judge", "FreezeRequests", "ratify", first)
    cast.send("prosecutor", "FreezeRequests", "ratify", second)
    flags = [cast.call("FreezeRequests", "requestOf", each).flags for each in (first, second)]
    assert flags == [RequestFlag.BY_COURT, 0]

    refused("CourtOrdered", lambda: cast.send("releaser", "FreezeRequests", "withdraw", first, 2))
    refused("NotAuthorised", lambda: cast.send("teller", "FreezeRequests", "withdraw", first, 2))
    cast.send("judge", "FreezeRequests", "withdraw", first, 2)
    assert cast.request_status(first) is RequestStatus.WITHDRAWN


def test_what_nobody_ratifies_in_time_has_lapsed(cast: AssetCast) -> None:
    freeze, stop = cast.request("one"), cast.request("two", Measure.STOP_PAYMENT, period=3 * DAY)
    which = stop, cast.named("two")
    assert cast.request_status(stop) is RequestStatus.PROVISIONAL
    cast.answer(which, AnswerKind.HELD, 1000)
    cast.check(which)

    last = cast.ledger.now() - 2 + 2 * DAY
    assert cast.call("FreezeRequests", "requestOf", stop).requestedAt + 2 * DAY == last
    assert cast.status(which, last) is HoldStatus.HELD
    assert cast.status(which, last + 1) is HoldStatus.LAPSED
    assert cast.balance(which, last + 1) == (1000, 1000, 0, 0, 0)
    assert cast.request_status(stop, last + 1) is cast.request_status(freeze, last + 1)
    assert cast.request_status(stop, last + 1) is RequestStatus.LAPSED

    refused("NotLapsed", lambda: cast.send("stranger", "FreezeRequests", "recordLapse", stop))
    cast.pass_to(last + 1)
    refused("WrongStatus", lambda: cast.send("ratifier", "FreezeRequests", "ratify", stop))
    receipt = cast.send("stranger", "FreezeRequests", "recordLapse", stop)
    assert receipt.event("RequestLapseRecorded").args["lapsedAt"] == last
    refused("LapseAlreadyRecorded", lambda: cast.send("stranger", "FreezeRequests", "recordLapse", stop))
    cast.send("stranger", "Holds", "recordLapse", *which)
    refused("LapseAlreadyRecorded", lambda: cast.send("stranger", "Holds", "recordLapse", *which))


def test_ratification_is_in_time_at_its_last_second(cast: AssetCast) -> None:
    stop = cast.request("two", Measure.STOP_PAYMENT, period=DAY)
    cast.pass_to(cast.ledger.now() + 2 * DAY)
    cast.send("ratifier", "FreezeRequests", "ratify", stop)
    assert cast.request_status(stop) is RequestStatus.RUNNING


# Foreign requests


def test_a_foreign_freeze_is_ratified_abroad_and_endorsed_at_home(cast: AssetCast) -> None:
    request = cast.request(by="my_requester")
    assert cast.request_status(request) is RequestStatus.AWAITING_RATIFICATION
    refused("WrongStatus", lambda: cast.send("endorser", "FreezeRequests", "endorse", request))
    refused("NotOfRequester", lambda: cast.send("judge", "FreezeRequests", "ratify", request))
    cast.send("my_ratifier", "FreezeRequests", "ratify", request)
    assert cast.request_status(request) is RequestStatus.AWAITING_ENDORSEMENT
    assert cast.status((request, cast.named())) is HoldStatus.DORMANT
    assert cast.call("Holds", "replyBy", request, cast.named()) == (1 << 40) - 1

    cast.send("endorser", "FreezeRequests", "endorse", request)
    assert cast.request_status(request) is RequestStatus.RUNNING
    assert cast.call("FreezeRequests", "requestOf", request).boundAt == cast.ledger.now()
    refused("WrongStatus", lambda: cast.send("endorser", "FreezeRequests", "endorse", request))
    which = request, cast.named()
    cast.answer(which, AnswerKind.HELD, 1000)
    cast.check(which)
    refused("NotOfRequester", lambda: cast.send("my_ratifier", "Holds", "renew", *which, DAY, PAPER))
    cast.send("unit_ratifier", "Holds", "renew", *which, DAY, PAPER)
    cast.send("endorser", "Holds", "release", *which, 400, 1)
    cast.send("my_releaser", "Holds", "release", *which, 600, 1)
    assert cast.status(which) is HoldStatus.RELEASED


def test_a_foreign_stop_payment_is_endorsed_first_and_ratified_later(cast: AssetCast) -> None:
    request = cast.request("one", Measure.STOP_PAYMENT, by="my_requester", period=DAY)
    assert cast.request_status(request) is RequestStatus.AWAITING_ENDORSEMENT
    cast.send("endorser", "FreezeRequests", "endorse", request)
    assert cast.request_status(request) is RequestStatus.PROVISIONAL
    cast.send("my_ratifier", "FreezeRequests", "ratify", request)
    assert cast.request_status(request) is RequestStatus.RUNNING


def test_what_nobody_endorses_lapses_and_what_is_declined_is_over(cast: AssetCast) -> None:
    first, second = cast.request("one", by="my_requester"), cast.request("two", by="my_requester")
    asked = cast.ledger.now() - 1
    for request in (first, second):
        cast.send("my_ratifier", "FreezeRequests", "ratify", request)
    assert cast.request_status(first, asked + 30 * DAY) is RequestStatus.AWAITING_ENDORSEMENT
    assert cast.request_status(first, asked + 30 * DAY + 1) is RequestStatus.LAPSED

    refused("NoReason", lambda: cast.send("endorser", "FreezeRequests", "decline", second, 0))
    cast.send("endorser", "FreezeRequests", "decline", second, 14)
    assert cast.request_status(second) is RequestStatus.DECLINED
    assert cast.status((second, cast.named("two"))) is HoldStatus.LAPSED
    assert cast.call("FreezeRequests", "endedAt", second) == cast.ledger.now()
    refused("WrongStatus", lambda: cast.send("my_releaser", "FreezeRequests", "withdraw", second, 1))


def test_only_the_endorser_of_the_profile_endorses_and_some_countries_take_none() -> None:
    cast = make_asset_cast(adoption(Measure.FREEZE))
    refused("ForeignNotAccepted", lambda: cast.request(by="my_requester"))
    cast = make_asset_cast(adoption(Measure.FREEZE, endorser=SG << 16 | 1))
    request = cast.request(by="my_requester")
    cast.send("my_ratifier", "FreezeRequests", "ratify", request)
    refused("NotTheEndorser", lambda: cast.send("endorser", "FreezeRequests", "endorse", request))


# The end


def test_a_withdrawal_ends_everything_under_it(cast: AssetCast) -> None:
    names = ("one", "two", "three")
    request = cast.ratified("one", *(cast.target(name) for name in names))
    holds = [(request, cast.named(name)) for name in names]
    cast.answer(holds[0], AnswerKind.HELD, 1000)
    cast.check(holds[0])
    cast.send("releaser", "Holds", "release", *holds[0], 400, 1)
    cast.answer(holds[1], AnswerKind.HELD, 1000)
    refused("NotOfRequester", lambda: cast.send("endorser", "FreezeRequests", "withdraw", request, 1))
    refused("NoReason", lambda: cast.send("releaser", "FreezeRequests", "withdraw", request, 0))
    cast.send("releaser", "FreezeRequests", "withdraw", request, 2)

    assert {cast.status(each) for each in holds} == {HoldStatus.WITHDRAWN}
    assert cast.balance(holds[0]) == (1000, 1000, 0, 0, 0)
    refused("HoldInStatus", lambda: cast.answer(holds[2], AnswerKind.HELD, 1000))
    cast.send("teller", "Holds", "confirmRelease", *holds[0])
    refused("HoldInStatus", lambda: cast.send("teller", "Holds", "confirmRelease", *holds[2]))


def test_an_institution_holds_of_its_own_motion(cast: AssetCast) -> None:
    order = {
        "order": PAPER,
        "measure": int(Measure.STOP_PAYMENT),
        "assetClass": 1,
        "jurisdiction": SG,
        "period": 3 * DAY,
        "message": NONE,
    }

    def hold(by: str = "teller", target: dict[str, Any] | None = None, **changes: Any) -> None:
        given = {**order, **changes}
        cast.send(by, "FreezeRequests", "holdOwn", given, target or cast.target())

    refused("NotAuthorised", lambda: hold(by="checker"))
    refused("PeriodBeyondProfile", lambda: hold(period=3 * DAY + 1))
    refused("OwnHoldNotAllowed", lambda: hold(measure=int(Measure.FREEZE)))
    refused("NotTheInstitution", lambda: hold(by="payer_teller"))
    refused("AmountMissing", lambda: hold(target=cast.target(amount=0)))
    hold()
    (named,) = cast.ledger.events("Holds", "TargetNamed")
    which = named.args["request"], named.args["target"]
    since = cast.ledger.now()
    assert cast.request_status(which[0]) is RequestStatus.RUNNING
    assert cast.hold(which).currency == SGD
    assert cast.status(which, since + 4 * HOUR) is HoldStatus.HELD
    assert cast.status(which, since + 4 * HOUR + 1) is HoldStatus.LAPSED

    cast.check(which)
    assert cast.status(which, since + 3 * DAY - 1) is HoldStatus.HELD
    assert cast.status(which, since + 3 * DAY) is HoldStatus.EXPIRED
    refused("TotalBeyondProfile", lambda: cast.send("checker", "Holds", "renew", *which, 7 * DAY + 1, PAPER))
    refused("NotTheInstitution", lambda: cast.send("payer_checker", "Holds", "renew", *which, DAY, PAPER))
    refused("NotAuthorised", lambda: cast.send("ratifier", "Holds", "renew", *which, DAY, PAPER))
    cast.send("checker", "Holds", "renew", *which, 7 * DAY, PAPER)
    assert cast.hold(which).until == since + 10 * DAY
    refused("NotOfRequester", lambda: cast.send("releaser", "Holds", "release", *which, 1000, 1))
    cast.send("bank_releaser", "Holds", "release", *which, 1000, 1)
    assert cast.status(which) is HoldStatus.RELEASED


def test_nobody_but_the_modules_calls_what_is_theirs(cast: AssetCast) -> None:
    which = cast.held()
    refused("NotTheModule", lambda: cast.send("judge", "Holds", "setObjected", *which, True))
    refused("NotTheModule", lambda: cast.send("judge", "Holds", "payOut", *which, 1))
    officer = cast.key("judge").address
    refused("NotTheModule", lambda: cast.send("judge", "Holds", "releaseOnReview", *which, 1, officer))
    refused("NotTheModule", lambda: cast.send("judge", "Holds", "dispose", *which, 1, 1, officer))
    refused("NotTheModule", lambda: cast.send("judge", "AssetRegister", "payOut", PAPER, 1))
    opened = (which[0], cast.agencies["sg_police"], KEY, [cast.target("two")])
    refused("NotTheModule", lambda: cast.send("judge", "Holds", "openHolds", *opened))
    own = (which[0], cast.target("two"), 5, officer)
    refused("NotTheModule", lambda: cast.send("judge", "Holds", "openOwn", *own))
