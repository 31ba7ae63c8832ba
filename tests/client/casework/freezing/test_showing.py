# SPDX-License-Identifier: Apache-2.0
"""What stands now, by the client's clock: alerts without transactions, deadlines, history, lapses."""

from __future__ import annotations

from typing import Any

import pytest
from fakecast import key
from freeze_stage import DAY, HOUR, NUMBER, Stage, request_text, stop

from concordat.assets import objections
from concordat.assets.inbox.deadlines import Due, calendar
from concordat.assets.states import HoldStatus, RequestStatus
from concordat.assets.words import AnswerKind
from concordat.casework import desk as desks
from concordat.casework.freezing import requesting, reviewing, showing
from concordat.errors import UsageError


def clock(stage: Stage, monkeypatch: pytest.MonkeyPatch, ahead: int) -> int:
    """Set this machine's clock ahead of the quiet chain's."""
    now = stage.ledger.now() + ahead
    monkeypatch.setattr(desks.time, "time", lambda: float(now))
    return now


def statuses(listing: showing.Listing) -> list[list[HoldStatus]]:
    return [[hold.status for hold in row.view.holds] for row in listing.rows]


def test_a_deadline_that_passed_shows_without_any_transaction(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S036: nothing was sent, the chain's clock stands still, and the alert list contains it."""
    request = freezing.requested(**stop())
    requesting.ratify(freezing.desk("superintendent"), request_text(request))
    reply = showing.show(freezing.desk("inspector"), request_text(request)).view.holds[0].reply_by
    for late, expected in ((0, HoldStatus.OPEN), (1, HoldStatus.OVERDUE)):
        count = freezing.sent()
        at = clock(freezing, monkeypatch, reply - freezing.ledger.now() + late)
        for who in ("inspector", "teller"):
            listing = showing.list_(freezing.desk(who))
            assert (listing.at, listing.there) == (at, freezing.ledger.now())
            assert statuses(listing) == [[expected]]
            assert len(showing.list_(freezing.desk(who), overdue=True).rows) == late
        assert freezing.sent() == count
    row = showing.list_(freezing.desk("inspector"), overdue=True).rows[0]
    assert row.next_due is not None and (row.next_due.due, row.next_due.at) == (Due.REPLY, reply)


def test_one_can_look_ahead_and_not_back(freezing: Stage) -> None:
    request = freezing.held()
    desk = freezing.desk("inspector")
    end = showing.show(desk, "JCC-0317#1").view.holds[0].end
    for at, status in ((end - 1, HoldStatus.HELD), (end, HoldStatus.EXPIRED)):
        assert showing.show(desk, "JCC-0317#1", at).view.holds[0].status is status
    assert showing.list_(desk, overdue=True, at=end).rows[0].view.id == request
    with pytest.raises(UsageError) as past:
        showing.list_(desk, at=freezing.ledger.now() - 1)
    assert past.value.code == "freeze.past"


def test_a_request_that_nobody_ratified_is_an_alert(freezing: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    freezing.requested(**stop())
    freezing.pass_time(DAY - HOUR)
    clock(freezing, monkeypatch, 2 * HOUR)
    shown = showing.show(freezing.desk("inspector"), "JCC-0317")
    assert (shown.view.status, shown.view.status_there) == (RequestStatus.LAPSED, RequestStatus.PROVISIONAL)
    assert shown.view.holds[0].status is HoldStatus.LAPSED
    assert showing.list_(freezing.desk("inspector"), overdue=True).rows[0].alert


def test_the_list_is_of_what_concerns_the_own_agency(freezing: Stage) -> None:
    home = freezing.requested(number="JCC-0001")
    abroad = freezing.requested("my-inspector", number="JCC-0002", **stop())
    ids = {
        who: {row.view.id for row in showing.list_(freezing.desk(who)).rows}
        for who in ("inspector", "my-inspector", "endorser", "teller", "orchid-teller", "my-teller")
    }
    assert ids == {
        "inspector": {home},
        "my-inspector": {abroad},
        "endorser": {abroad},
        "teller": {home, abroad},
        "orchid-teller": {home},
        "my-teller": set(),
    }
    assert len(showing.list_(freezing.desk("my-teller"), everything=True).rows) == 2
    assert [row.number for row in showing.list_(freezing.desk("inspector"), mine=True).rows] == ["JCC-0001"]
    at_bank = showing.list_(freezing.desk("orchid-teller"), institution=True)
    assert [len(row.view.holds) for row in at_bank.rows] == [1]


def test_show_tells_the_whole_life_with_times(freezing: Stage) -> None:
    request = freezing.held()
    name = request_text(request)
    reviewing.object_as_member(freezing.desk("teller"), f"{name}#1", bytes(31) + b"\1")
    reviewing.dispose(freezing.desk("judge"), f"{name}#1", freezing.paper(), give_back="SGD 1,500.00")
    shown = showing.show(freezing.desk("inspector"), name)
    names = [event.name for event in shown.events]
    assert sorted(names[:3]) == ["FreezeRequested", "TargetNamed", "TargetNamed"]
    assert names[3:7] == ["FreezeRatified", "Answered", "Checked", "Objected"]
    assert sorted(names[7:]) == ["Disposed", "DispositionDecided"]
    times = [event.time for event in shown.events]
    assert all(times) and times == sorted(times)
    first, second = shown.view.holds
    assert (first.status, second.status) == (HoldStatus.DISPOSED, HoldStatus.OPEN)
    assert shown.balances[first.id].remaining == 150_000
    assert second.id not in shown.balances
    assert shown.objections[first.id][0].number == 1
    assert shown.target(first) is not None
    assert showing.show(freezing.desk("my-inspector"), name).target(first) is None


def test_one_hold_is_shown_alone(freezing: Stage) -> None:
    request = freezing.held()
    shown = showing.show(freezing.desk("inspector"), request_text(request) + "#2")
    assert [hold.number for hold in shown.view.holds] == [2]
    assert "Checked" not in [event.name for event in shown.events]


def test_a_hold_that_waits_gets_its_turn_by_time_alone(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = freezing.held()
    second = freezing.running(number="JCC-0400", targets=_one())
    freezing.answer(second, kind=AnswerKind.BEHIND, earlier=freezing.named(first))
    view = showing.show(freezing.desk("inspector"), "JCC-0400").view
    assert view.holds[0].status is HoldStatus.WAITING
    end = showing.show(freezing.desk("inspector"), "JCC-0317#1").view.holds[0].end
    freezing.pass_time(end - freezing.ledger.now() - HOUR)
    clock(freezing, monkeypatch, HOUR + 10)
    hold = showing.show(freezing.desk("inspector"), "JCC-0400").view.holds[0]
    assert hold.status is HoldStatus.TURN
    assert hold.turn_by == end + 72 * HOUR


def test_deadlines_are_by_time_and_make_a_calendar(freezing: Stage) -> None:
    freezing.held()
    freezing.requested(number="JCC-0400")
    found = showing.deadlines(freezing.desk("inspector"))
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert {each.due for each in found} == {Due.REPLY, Due.END, Due.RATIFY}
    assert not any(each.account or each.holder for each in found)
    one = showing.deadlines(freezing.desk("inspector"), "JCC-0317#1")
    assert [each.due for each in one] == [Due.END]
    assert "7890" in one[0].account and "1234567890" not in one[0].account
    content = calendar(found, stamp=freezing.ledger.now())
    assert content.count(b"BEGIN:VEVENT") == len(found)


def test_lapses_are_recorded_once(freezing: Stage) -> None:
    request = freezing.requested(**stop())
    desk = freezing.desk("inspector")
    nothing(desk, "JCC-0317")
    freezing.pass_time(DAY + 2)
    found = showing.record_lapses(desk, request_text(request))
    assert [done.name for done in found.done] == ["JCC-0317", "JCC-0317#1"]
    nothing(freezing.desk("inspector"), "JCC-0317")


def test_a_late_review_is_recorded_once(freezing: Stage) -> None:
    named = freezing.named(freezing.held())
    objections.object_as_member(freezing.ledger, key("teller"), named.request, named.target, b"\x09" * 32)
    freezing.pass_time(60 * DAY)
    found = showing.record_lapses(freezing.desk("inspector"), f"0x{named.request.hex()}")
    assert "JCC-0317#1 review 1" in [done.name for done in found.done]
    nothing(freezing.desk("inspector"), f"0x{named.request.hex()}")
    assert objections.record_of(freezing.ledger, NUMBER["SG-SPF"]).overdue_reviews == 1


def nothing(desk: Any, text: str) -> None:
    with pytest.raises(UsageError) as found:
        showing.record_lapses(desk, text)
    assert found.value.code == "freeze.nothing_lapsed"


def _one() -> list[Any]:
    from freeze_stage import ACCOUNTS, target

    return [target("SG-MERLION", ACCOUNTS[0], "SGD 100.00")]


def test_on_a_chain_that_stopped_long_ago_both_clocks_are_told(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S036: a chain behind by more than a day is judged by its own clock, and nobody's lateness is hidden."""
    request = freezing.requested(**stop())
    requesting.ratify(freezing.desk("superintendent"), request_text(request))
    there = freezing.ledger.now()
    here = clock(freezing, monkeypatch, 3 * DAY)
    desk = freezing.desk("inspector")
    assert (desk.clock.now, desk.clock.here) == (there, here) and desk.clock.warning
    listing = showing.list_(desk, overdue=True)
    assert (listing.at, listing.there, listing.here) == (there, there, here)
    hold = listing.rows[0].view.holds[0]
    assert (hold.status, hold.status_here) == (HoldStatus.OPEN, HoldStatus.OVERDUE)
    assert listing.rows[0].alert and hold.overdue
    shown = showing.show(desk, request_text(request)).view
    assert (shown.at, shown.here, shown.holds[0].status_here) == (there, here, HoldStatus.OVERDUE)

    ahead = showing.list_(desk, at=there + HOUR).rows[0].view  # whoever names a time is judged by that time
    assert (ahead.at, ahead.here) == (there + HOUR, there + HOUR)
    assert ahead.holds[0].status is ahead.holds[0].status_here


def test_a_request_that_lapsed_while_the_chain_stood_still_is_an_alert(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing.requested(**stop())
    assert not showing.list_(freezing.desk("inspector"), overdue=True, at=freezing.ledger.now()).rows
    clock(freezing, monkeypatch, 5 * DAY)
    view = showing.list_(freezing.desk("inspector"), overdue=True).rows[0].view
    assert (view.status, view.status_here) == (RequestStatus.PROVISIONAL, RequestStatus.LAPSED)
    assert view.holds[0].lapsed


def test_a_chain_that_is_ahead_is_judged_by_itself_only(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing.requested(**stop())
    clock(freezing, monkeypatch, -3 * DAY)
    view = showing.list_(freezing.desk("inspector")).rows[0].view
    assert view.at == view.here == freezing.ledger.now() and view.status is view.status_here
