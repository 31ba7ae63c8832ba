# SPDX-License-Identifier: Apache-2.0
"""Joint actions: as many approvals as was agreed, in time; hidden until their hour; opened with the salt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.casework import (
    SALT,
    action_id,
    action_status,
    content_of,
    leader,
    proposed,
    running,
    team_status,
)
from tests.contracts.cooperation.stage import PAPER
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, ZERO32, Suite

COUNTS = (12, 3, 40, 7)
TIME_TO_RECORD = 30 * DAY
CONTENT = content_of()
HASH, NEEDED, DATES = 1, 2, 3
PROPOSED, APPROVED, DONE, EXPIRED = range(1, 5)


def planned(suite: Suite, team: bytes, needed: int = 2, **changes: Any) -> bytes:
    """For two days ahead, a day before it expires."""
    values = {"content": CONTENT, "needed": needed, "release": now() + 2 * DAY, "expires": now() + 3 * DAY}
    assert changes.keys() <= values.keys()
    values |= changes
    suite.teams.proposeAction(team, *values.values(), leader(suite, "my_police"))
    return action_id(suite, team, values["content"])


def approve(suite: Suite, action: bytes, by: str = "cn_police") -> Any:
    return suite.teams.approveAction(action, leader(suite, by))


def record(
    suite: Suite, action: bytes, by: str = "my_police", salt: bytes = SALT, text: bytes = PAPER
) -> Any:
    return suite.teams.recordAction(action, salt, text, COUNTS, leader(suite, by))


def dates(suite: Suite, action: bytes) -> tuple[int, int]:
    return suite.teams.actionOf(action)[3:]


def test_from_proposal_to_record(suite: Suite) -> None:
    team = running(suite)
    release, expires = now() + 2 * DAY, now() + 3 * DAY
    tx = suite.teams.proposeAction(team, CONTENT, 2, release, expires, leader(suite, "my_police"))
    action = action_id(suite, team, CONTENT)
    assert tx.return_value == "0x" + action.hex()
    assert dict(tx.events["ActionProposed"]) == {
        "team": "0x" + team.hex(),
        "action": "0x" + action.hex(),
        "agency": suite.ids["my_police"],
        "needed": 2,
        "releaseAt": release,
        "expiresAt": expires,
    }
    assert tx.events["ActionApproved"]["agency"] == suite.ids["my_police"]
    assert action_status(suite, action) == "Proposed"
    approved = approve(suite, action)
    assert approved.events["ActionApproved"]["officer"] == suite.cn_leader
    assert action_status(suite, action) == "Approved"
    assert suite.teams.actionOf(action) == ("0x" + team.hex(), 2, 2, release, expires)
    next_block_at(release)
    done = record(suite, action, by="cn_police")
    assert done.events["ActionDone"]["content"] == "0x" + PAPER.hex()
    assert done.events["ActionDone"]["counts"] == COUNTS
    assert action_status(suite, action) == "Done"


def test_a_member_that_proposes_first_takes_no_id(suite: Suite) -> None:
    """It may have seen the transaction coming, and let the same content need less, or expire at once."""
    team = running(suite)
    at_once = now() + HOUR
    suite.teams.proposeAction(team, CONTENT, 2, at_once, at_once, leader(suite, "cn_police"))
    mine, taken = planned(suite, team), action_id(suite, team, CONTENT, "cn_police")
    assert dates(suite, taken) == (at_once, at_once)
    assert dates(suite, mine)[0] > at_once + DAY


def test_status_is_a_function_of_time(suite: Suite) -> None:
    team = running(suite)
    action = planned(suite, team)
    began = now()
    release, expires = dates(suite, action)
    next_block_at(began + HOUR)
    approve(suite, action)
    last = expires + TIME_TO_RECORD
    times = (began - 1, began, began + HOUR - 1, began + HOUR, expires, last - 1, last)
    found = [action_status(suite, action, at) for at in times]
    assert found == ["None", "Proposed", "Proposed", *["Approved"] * 3, "Expired"]
    next_block_at(release)
    record(suite, action)
    assert action_status(suite, action, release - 1) == "Approved"
    assert action_status(suite, action, last) == "Done"
    assert action_status(suite, PAPER) == "None"


def test_what_is_not_approved_in_time_expires(suite: Suite) -> None:
    team = running(suite)
    action = planned(suite, team)
    _, expires = dates(suite, action)
    assert action_status(suite, action, expires - 1) == "Proposed"
    assert action_status(suite, action, expires) == "Expired"
    next_block_at(expires)
    with reverts("WrongActionStatus", action, EXPIRED):
        approve(suite, action)
    with reverts("WrongActionStatus", action, EXPIRED):
        record(suite, action)


def test_the_last_second_to_approve(suite: Suite) -> None:
    team = running(suite)
    action = planned(suite, team)
    next_block_at(dates(suite, action)[1] - 1)
    approve(suite, action)
    assert action_status(suite, action) == "Approved"


def test_as_many_as_was_agreed(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police", "kh_police")
    action = planned(suite, team, needed=3)
    approve(suite, action)
    next_block_at(dates(suite, action)[0])
    with reverts("WrongActionStatus", action, PROPOSED):
        record(suite, action)
    approve(suite, action, "th_police")
    approve(suite, action, "kh_police")
    assert suite.teams.actionOf(action)[1] == 4
    record(suite, action)


@pytest.mark.parametrize("last", ["cn_police", "cn_prosecutor"])
def test_one_country_alone_approves_nothing(suite: Suite, last: str) -> None:
    """However many of its agencies sit in the team."""
    team = running(suite, "cn_police", "cn_prosecutor", "my_authority")
    action = planned(suite, team)
    approve(suite, action, "my_authority")
    assert suite.teams.actionOf(action)[1:3] == (2, 2)
    assert action_status(suite, action) == "Proposed"
    approve(suite, action, last)
    assert action_status(suite, action) == "Approved"


def test_hidden_until_its_hour(suite: Suite) -> None:
    team = running(suite)
    action = planned(suite, team)
    approve(suite, action)
    release, _ = dates(suite, action)
    next_block_at(release - 1)
    with reverts("NotYetReleased", action, release):
        record(suite, action)
    next_block_at(release)
    record(suite, action)


def test_recorded_within_30_days_after(suite: Suite) -> None:
    action = _approved(suite)
    next_block_at(dates(suite, action)[1] + TIME_TO_RECORD - 1)
    record(suite, action)


def test_not_recorded_30_days_after(suite: Suite) -> None:
    action = _approved(suite)
    next_block_at(dates(suite, action)[1] + TIME_TO_RECORD)
    with reverts("WrongActionStatus", action, EXPIRED):
        record(suite, action)


def _approved(suite: Suite) -> bytes:
    action = planned(suite, running(suite))
    approve(suite, action)
    return action


def test_recorded_also_when_the_team_has_ended(suite: Suite) -> None:
    team = running(suite)
    action = planned(suite, team)
    approve(suite, action)
    next_block_at(dates(suite, action)[0])
    suite.teams.end(team, leader(suite, "my_police"))
    record(suite, action)
    assert team_status(suite, team) == "Ended"
    with reverts("WrongActionStatus", action, DONE):
        record(suite, action)


def test_opened_with_salt_and_text(suite: Suite) -> None:
    team = running(suite)
    action = planned(suite, team)
    approve(suite, action)
    next_block_at(dates(suite, action)[0])
    for salt, text in ((PAPER, PAPER), (SALT, SALT)):
        with reverts("ContentDiffers", action, content_of(salt, text)):
            record(suite, action, salt=salt, text=text)
    record(suite, action)


def test_nobody_elsewhere_takes_its_id(suite: Suite) -> None:
    """The same content in two teams is two actions."""
    first, second = running(suite), running(suite, terms=PAPER)
    assert planned(suite, first) != planned(suite, second)


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        (HASH, {"content": ZERO32}),
        (NEEDED, {"needed": 1}),
        (NEEDED, {"needed": 3}),
        (DATES, {"release": 1}),
        (DATES, {"expires": 1}),
        (DATES, {"release": 2**40 - 1, "expires": 2**40 - 1}),
    ],
)
def test_proposing_is_refused(suite: Suite, fault: int, changes: dict[str, Any]) -> None:
    team = running(suite)
    with reverts("InvalidAction", fault):
        planned(suite, team, **changes)


def test_dates_at_their_bounds(suite: Suite) -> None:
    team = running(suite)
    ends, hour = suite.teams.endOf(team), now() + HOUR
    next_block_at(hour)
    with reverts("InvalidAction", DATES):
        planned(suite, team, release=hour, expires=hour)
    next_block_at(hour + 1)
    with reverts("InvalidAction", DATES):
        planned(suite, team, release=hour, expires=ends)
    with reverts("InvalidAction", DATES):
        planned(suite, team, expires=ends + 1)
    next_block_at(hour + HOUR)
    planned(suite, team, release=hour + HOUR, expires=ends)


def test_acting_is_refused(suite: Suite) -> None:
    team = proposed(suite)
    with reverts("TeamNotRunning", team, 1):
        planned(suite, team)
    suite.teams.join(team, leader(suite, "cn_police"))
    for act, given in (("approveAction", ()), ("recordAction", (SALT, PAPER, COUNTS))):
        with reverts("NoSuchAction", PAPER):
            getattr(suite.teams, act)(PAPER, *given, leader(suite, "cn_police"))
    action = planned(suite, team)
    with reverts("ActionAlreadyProposed", action):
        planned(suite, team)
    with reverts("AlreadyApproved", action, suite.ids["my_police"]):
        approve(suite, action, "my_police")
    for act, given in (("approveAction", ()), ("recordAction", (SALT, PAPER, COUNTS))):
        with reverts("NotInTeam", suite.ids["sg_police"], team):
            getattr(suite.teams, act)(action, *given, leader(suite, "sg_police"))
        with reverts("NotAuthorised"):
            getattr(suite.teams, act)(action, *given, {"from": suite.cn_asker})
    with reverts("NotAuthorised"):
        suite.teams.proposeAction(team, PAPER, 2, now() + DAY, now() + DAY, {"from": suite.my_asker})
    suite.teams.end(team, leader(suite, "my_police"))
    with reverts("TeamNotRunning", team, 3):
        approve(suite, action)


def test_approved_but_over_is_not_approved_again(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police")
    action = planned(suite, team)
    approve(suite, action)
    next_block_at(dates(suite, action)[1])
    with reverts("WrongActionStatus", action, APPROVED):
        approve(suite, action, "th_police")
