# SPDX-License-Identifier: Apache-2.0
"""While something is held: renewed, reduced, released, sent again; each once, and in time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakecast import key
from freeze_stage import DAY, NUMBER, PASSWORD, Stage, request_text

from concordat.assets import holds
from concordat.assets.orders.order import Period
from concordat.assets.states import HoldStatus, ReleaseReason
from concordat.assets.words import AnswerKind, PeriodUnit
from concordat.casework.freezing import lasting, post, views
from concordat.errors import ConcordatError
from concordat.mail.sealed import KeyRing
from concordat.membership import agencies

REASON = ReleaseReason.UNRELATED


def hold(stage: Stage, request: bytes, number: int = 1) -> holds.Hold:
    found = holds.hold_of(stage.ledger, stage.named(request, number).hold)
    assert found is not None
    return found


def status(stage: Stage, request: bytes, number: int = 1) -> HoldStatus:
    return holds.status_at(stage.ledger, request, stage.named(request, number).target, stage.ledger.now())


def refused(code: str, act: Any, *args: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args)
    assert found.value.code == code, found.value.message
    return found.value


# Renewing


def test_a_hold_is_renewed_by_the_law_s_own_period(freezing: Stage) -> None:
    request = freezing.held()
    before = hold(freezing, request)
    acts = lasting.renew(freezing.desk("superintendent"), request_text(request), freezing.paper())
    assert [done.name for done in acts.done] == ["JCC-0317#1"]
    assert [each.hold.named.number for each in acts.skipped] == [2]
    after = hold(freezing, request)
    assert after.renewals == 1
    assert 29 * DAY <= after.until - before.until <= 30 * DAY
    local = datetime.fromtimestamp(after.until, UTC).astimezone(ZoneInfo("Asia/Singapore"))
    assert (local.hour, local.minute) in ((0, 0), (23, 59))


def test_the_same_order_renews_once(freezing: Stage) -> None:
    request = freezing.held()
    desk, paper = freezing.desk("superintendent"), freezing.paper()
    name = request_text(request) + "#1"
    assert not lasting.renew(desk, name, paper).done[0].before
    assert lasting.renew(desk, name, paper).done[0].before
    assert hold(freezing, request).renewals == 1
    other = freezing.paper("second.pdf", b"second")
    assert not lasting.renew(desk, name, other, Period(10, PeriodUnit.DAYS)).done[0].before
    assert hold(freezing, request).renewals == 2


def test_five_renewals_of_singapore_fit_and_a_sixth_does_not(freezing: Stage) -> None:
    request = freezing.held()
    name, desk = request_text(request) + "#1", freezing.desk("superintendent")
    for number in range(5):
        lasting.renew(desk, name, freezing.paper(content=bytes([number])))
    assert hold(freezing, request).renewals == 5
    with pytest.raises(ConcordatError):
        lasting.renew(desk, name, freezing.paper(content=b"sixth"))


def test_what_ended_is_not_renewed(freezing: Stage) -> None:
    request = freezing.held()
    freezing.pass_time(32 * DAY)
    assert status(freezing, request) is HoldStatus.EXPIRED
    desk = freezing.desk("superintendent")
    refused("freeze.nothing_held", lasting.renew, desk, request_text(request), freezing.paper())
    refused("freeze.nothing_held", lasting.renew, desk, request_text(request) + "#1", freezing.paper())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 days", Period(30, PeriodUnit.DAYS)),
        ("1 month", Period(1, PeriodUnit.MONTHS)),
        ("10 working days", Period(10, PeriodUnit.WORKING_DAYS)),
        (" 48 hours ", Period(48, PeriodUnit.HOURS)),
    ],
)
def test_periods_are_read_as_they_are_said(text: str, expected: Period) -> None:
    assert lasting.period_of(text) == expected


@pytest.mark.parametrize(
    "text", ["", "30", "days", "-1 days", "0 days", "1.5 days", "3 fortnights", "\u0663 days"]
)
def test_what_is_no_period_is_told(text: str) -> None:
    assert "30 days" in refused("freeze.period", lasting.period_of, text).next


# Letting go


def test_all_that_is_held_is_let_go_at_once(freezing: Stage) -> None:
    request = freezing.held()
    freezing.answer(request, 2, who="orchid-teller", checker="orchid-checker")
    acts = lasting.release(freezing.desk("inspector"), request_text(request), REASON)
    assert len(acts.done) == 2
    assert status(freezing, request) is status(freezing, request, 2) is HoldStatus.RELEASED
    count = freezing.sent()
    again = lasting.release(freezing.desk("inspector"), request_text(request), REASON)
    assert [done.before for done in again.done] == [True, True]
    assert freezing.sent() == count


def test_one_hold_is_reduced_to_what_stays(freezing: Stage) -> None:
    request = freezing.held()
    desk, name = freezing.desk("inspector"), request_text(request) + "#1"
    assert not lasting.reduce(desk, name, "SGD 200.00", REASON).before
    named = freezing.named(request)
    balance = holds.balance_at(freezing.ledger, request, named.target, freezing.ledger.now())
    assert (balance.held, balance.released, balance.remaining) == (150_000, 130_000, 20_000)
    assert lasting.reduce(desk, name, "200.00", REASON).before  # said again, nothing is let go again
    for text in ("SGD 200.01", "SGD 0.00", "SGD 9,999.00"):
        refused("freeze.not_less", lasting.reduce, desk, name, text, REASON)
    refused("money.currencies_differ", lasting.reduce, desk, name, "MYR 1.00", REASON)


def test_two_targets_are_not_reduced_by_one_amount(freezing: Stage) -> None:
    request = freezing.held()
    desk = freezing.desk("inspector")
    refused("freeze.which_target", lasting.reduce, desk, request_text(request), "SGD 1.00", REASON)


# Sending again


def test_what_could_not_be_read_is_sealed_to_the_newest_key(freezing: Stage) -> None:
    request = freezing.running()
    number = NUMBER["SG-MERLION"]
    freezing.answer(request, kind=AnswerKind.UNREADABLE)
    public = KeyRing(freezing.workspace("SG-MERLION").keys, number).create(2, PASSWORD)
    agencies.publish_encryption_key(freezing.ledger, key("SG-MERLION"), public)
    acts = lasting.send_again(freezing.desk("inspector"), request_text(request))
    assert [done.name for done in acts.done] == ["JCC-0317#1"]
    assert len(acts.skipped) == 1
    digest, version = views.message_of(freezing.ledger, freezing.named(request))
    assert version == 2
    assert post.unseal(freezing.desk("teller"), number, digest, post.REQUEST)
    assert status(freezing, request) is HoldStatus.OPEN
    refused(
        "freeze.nothing_unreadable", lasting.send_again, freezing.desk("inspector"), request_text(request)
    )


def test_only_who_has_the_folder_sends_again(freezing: Stage) -> None:
    request = freezing.running()
    freezing.answer(request, kind=AnswerKind.UNREADABLE)
    refused("freeze.no_folder", lasting.send_again, freezing.desk("my-inspector"), request_text(request))
