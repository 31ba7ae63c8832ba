# SPDX-License-Identifier: Apache-2.0
"""Teams: who is in, from when to when, and until when the team runs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.casework import (
    CASE,
    TERMS,
    claim,
    item,
    leader,
    opened,
    proposed,
    running,
    share,
    team_id,
    team_status,
)
from tests.contracts.cooperation.stage import PAPER, YEAR
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, LEAD, MY, SG, ZERO32, Suite

LONGEST = 5 * YEAR
MEMBERS, END, TERMS_MISSING, ALONE, WITHOUT_LEAD = range(1, 6)
FORMING, ENDED = 1, 3


def ids(suite: Suite, *names: str) -> list[int]:
    return sorted(suite.ids[name] for name in names)


def sees(suite: Suite, team: bytes, agency: str, items: int = 4) -> list[int]:
    return [n for n in range(items + 1) if suite.teams.maySee(team, suite.ids[agency], n)]


# From proposal to run


def test_a_team_runs_when_all_founders_joined(suite: Suite) -> None:
    opened(suite)
    ends = now() + YEAR
    named = [suite.ids["cn_police"], suite.ids["th_police"]]
    tx = suite.teams.propose(CASE, named, ends, TERMS, leader(suite, "my_police"))
    team = team_id(suite)
    assert dict(tx.events["TeamProposed"]) == {
        "team": "0x" + team.hex(),
        "caseId": "0x" + CASE.hex(),
        "lead": suite.ids["my_police"],
        "members": tuple(named),
        "endsAt": ends,
        "terms": "0x" + TERMS.hex(),
    }
    assert tx.events["TeamJoined"]["agency"] == suite.ids["my_police"]
    assert team_status(suite, team) == "Forming"
    assert list(suite.teams.membersOf(team)) == [suite.ids["my_police"]]
    first = suite.teams.join(team, leader(suite, "cn_police"))
    assert "TeamRunning" not in first.events
    last = suite.teams.join(team, leader(suite, "th_police"))
    assert last.events["TeamJoined"]["officer"] == suite.th_leader
    assert "TeamRunning" in last.events
    assert team_status(suite, team) == "Running"
    assert sorted(suite.teams.membersOf(team)) == ids(suite, "my_police", "cn_police", "th_police")
    assert suite.teams.leadOf(team) == suite.ids["my_police"]
    assert suite.teams.caseOf(team) == "0x" + CASE.hex()
    assert suite.teams.endOf(team) == ends


def test_status_is_a_function_of_time(suite: Suite) -> None:
    team = proposed(suite)
    began = now()
    next_block_at(began + DAY)
    suite.teams.join(team, leader(suite, "cn_police"))
    ends = suite.teams.endOf(team)
    times = (began - 1, began, began + DAY - 1, began + DAY, ends - 1, ends)
    assert [team_status(suite, team, at) for at in times] == [
        *("None", "Forming", "Forming", "Running", "Running", "Ended"),
    ]
    assert team_status(suite, PAPER) == "None"


def test_whoever_declines_is_not_waited_for(suite: Suite) -> None:
    team = proposed(suite, ("cn_police", "th_police"))
    suite.teams.join(team, leader(suite, "cn_police"))
    tx = suite.teams.remove(team, suite.ids["th_police"], ZERO32, leader(suite, "th_police"))
    assert "TeamRunning" in tx.events
    assert team_status(suite, team) == "Running"


def test_a_team_that_all_others_declined_waits_for_another_country(suite: Suite) -> None:
    team = proposed(suite, ("cn_police",))
    suite.teams.remove(team, suite.ids["cn_police"], PAPER, leader(suite, "my_police"))
    assert team_status(suite, team) == "Forming"
    by = leader(suite, "my_police")
    suite.teams.invite(team, suite.ids["my_prosecutor"], False, by)
    suite.teams.join(team, leader(suite, "my_prosecutor"))
    assert team_status(suite, team) == "Forming"
    suite.teams.invite(team, suite.ids["th_police"], False, by)
    suite.teams.join(team, leader(suite, "th_police"))
    assert team_status(suite, team) == "Running"


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        ((), MEMBERS),
        (("my_police", "cn_police"), MEMBERS),
        (("cn_police", "cn_police"), MEMBERS),
        (("my_prosecutor",), ALONE),
    ],
)
def test_members_are_others_each_once_and_of_two_countries(
    suite: Suite, named: tuple[str, ...], fault: int
) -> None:
    with reverts("InvalidTeam", fault):
        proposed(suite, named)


def test_proposing_is_refused(suite: Suite) -> None:
    opened(suite)
    by, other = leader(suite, "my_police"), [suite.ids["cn_police"]]

    def propose(members: list[int], ends_at: int, terms: bytes = TERMS, sender: Any = by) -> None:
        suite.teams.propose(CASE, members, ends_at, terms, sender)

    with reverts("InvalidTeam", MEMBERS):
        propose(list(range(32)), now() + YEAR)
    with reverts("NoSuchAgency", 5):
        propose([5], now() + YEAR)
    begins = now() + DAY
    next_block_at(begins)
    with reverts("InvalidTeam", END):
        propose(other, begins)
    begins = now() + DAY
    next_block_at(begins)
    with reverts("InvalidTeam", END):
        propose(other, begins + LONGEST + 1)
    with reverts("InvalidTeam", TERMS_MISSING):
        propose(other, now() + YEAR, ZERO32)
    with reverts("NotAClaimant", CASE, SG):
        propose(other, now() + YEAR, sender=leader(suite, "sg_police"))
    with reverts("NotAuthorised"):
        propose(other, now() + YEAR, sender={"from": suite.my_coordinator})
    propose(other, now() + YEAR)
    with reverts("TeamAlreadyProposed", team_id(suite)):
        propose(other, now() + DAY)
    suite.cases.close(CASE, 1, PAPER, by)
    with reverts("CaseInStatus", CASE, 4):
        propose(other, now() + YEAR, PAPER)


def test_the_longest_team(suite: Suite) -> None:
    opened(suite)
    begins = now() + DAY
    next_block_at(begins)
    given = (CASE, [suite.ids["cn_police"]], begins + LONGEST, TERMS, leader(suite, "my_police"))
    suite.teams.propose(*given)
    assert suite.teams.endOf(team_id(suite)) == begins + LONGEST


def test_a_claimant_leads_a_team_of_its_own(suite: Suite) -> None:
    opened(suite)
    claim(suite, "cn_police")
    team = proposed(suite, ("th_police",), lead="cn_police")
    assert suite.teams.leadOf(team) == suite.ids["cn_police"]


def test_joining_is_refused(suite: Suite) -> None:
    with reverts("NoSuchTeam", PAPER):
        suite.teams.join(PAPER, leader(suite, "cn_police"))
    team = proposed(suite)
    with reverts("NotInvited", suite.ids["sg_police"], team):
        suite.teams.join(team, leader(suite, "sg_police"))
    with reverts("AlreadyInTeam", suite.ids["my_police"], team):
        suite.teams.join(team, leader(suite, "my_police"))
    with reverts("NotAuthorised"):
        suite.teams.join(team, {"from": suite.cn_asker})
    next_block_at(suite.teams.endOf(team))
    with reverts("TeamNotRunning", team, ENDED):
        suite.teams.join(team, leader(suite, "cn_police"))


# Later members, and those who go


def test_invited_from_then_on_or_from_the_start(suite: Suite) -> None:
    team = running(suite)
    by = leader(suite, "my_police")
    share(suite, team, item=item(1))
    for agency, from_the_start in (("sg_police", False), ("th_police", True)):
        tx = suite.teams.invite(team, suite.ids[agency], from_the_start, by)
        assert tx.events["MemberInvited"]["fromTheStart"] == from_the_start
    share(suite, team, item=item(2))
    for agency in ("sg_police", "th_police"):
        assert sees(suite, team, agency) == []
        suite.teams.join(team, leader(suite, agency))
    share(suite, team, item=item(3))
    assert sees(suite, team, "my_police") == sees(suite, team, "cn_police") == [1, 2, 3]
    assert sees(suite, team, "sg_police") == [3], "from when it joined"
    assert sees(suite, team, "th_police") == [1, 2, 3]
    assert sees(suite, team, "kh_police") == []


def test_removal_stops_new_access(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police")
    share(suite, team, item=item(1))
    tx = suite.teams.remove(team, suite.ids["cn_police"], PAPER, leader(suite, "my_police"))
    assert tx.events["MemberRemoved"]["reason"] == "0x" + PAPER.hex()
    share(suite, team, item=item(2))
    assert sees(suite, team, "cn_police") == [1]
    assert not suite.teams.isMember(team, suite.ids["cn_police"])
    assert sorted(suite.teams.membersOf(team)) == ids(suite, "my_police", "th_police")
    with reverts("NotInTeam", suite.ids["cn_police"], team):
        share(suite, team, by="cn_police", item=item(3))


def test_whoever_comes_back_sees_what_was_his_and_what_follows(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police")
    share(suite, team, item=item(1))
    suite.teams.remove(team, suite.ids["cn_police"], ZERO32, leader(suite, "cn_police"))
    share(suite, team, item=item(2))
    suite.teams.invite(team, suite.ids["cn_police"], False, leader(suite, "my_police"))
    suite.teams.join(team, leader(suite, "cn_police"))
    share(suite, team, item=item(3))
    assert sees(suite, team, "cn_police") == [1, 3]


def test_an_invitation_is_taken_back(suite: Suite) -> None:
    team = running(suite)
    by = leader(suite, "my_police")
    suite.teams.invite(team, suite.ids["sg_police"], False, by)
    suite.teams.remove(team, suite.ids["sg_police"], PAPER, by)
    with reverts("NotInvited", suite.ids["sg_police"], team):
        suite.teams.join(team, leader(suite, "sg_police"))


def test_inviting_is_refused(suite: Suite) -> None:
    team = proposed(suite)
    by = leader(suite, "my_police")
    with reverts("NoSuchTeam", PAPER):
        suite.teams.invite(PAPER, suite.ids["sg_police"], False, by)
    with reverts("NotTheLead", suite.ids["cn_police"], suite.ids["my_police"]):
        suite.teams.invite(team, suite.ids["sg_police"], False, leader(suite, "cn_police"))
    with reverts("NoSuchAgency", 5):
        suite.teams.invite(team, 5, False, by)
    for agency in ("my_police", "cn_police"):
        with reverts("AlreadyInTeam", suite.ids[agency], team):
            suite.teams.invite(team, suite.ids[agency], False, by)


def test_removing_is_refused(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police")
    by = leader(suite, "my_police")
    with reverts("NotTheLead", suite.ids["cn_police"], suite.ids["my_police"]):
        suite.teams.remove(team, suite.ids["th_police"], PAPER, leader(suite, "cn_police"))
    with reverts("NoReason"):
        suite.teams.remove(team, suite.ids["th_police"], ZERO32, by)
    with reverts("InvalidTeam", WITHOUT_LEAD):
        suite.teams.remove(team, suite.ids["my_police"], PAPER, by)
    with reverts("NotInTeam", suite.ids["sg_police"], team):
        suite.teams.remove(team, suite.ids["sg_police"], PAPER, by)
    with reverts("NotInTeam", suite.ids["sg_police"], team):
        suite.teams.remove(team, suite.ids["sg_police"], PAPER, leader(suite, "sg_police"))


def test_a_team_of_at_most_32(suite: Suite) -> None:
    """Every agency of the stage that could lead; the 33rd finds no seat."""
    names = [name for name in suite.ids if name != "my_police"]
    team = proposed(suite, tuple(names[:31]))
    for name in names[:31]:
        officer = suite.appoint(name, f"joiner of {name}", LEAD)
        suite.teams.join(team, {"from": officer})
    assert len(suite.teams.membersOf(team)) == 32
    suite.teams.invite(team, suite.ids[names[31]], False, leader(suite, "my_police"))
    late = suite.appoint(names[31], "a late one", LEAD)
    with reverts("InvalidTeam", MEMBERS):
        suite.teams.join(team, {"from": late})


# The end


def test_every_member_agrees_to_a_later_end(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police")
    before, later = suite.teams.endOf(team), suite.teams.endOf(team) + YEAR
    for agency in ("my_police", "cn_police"):
        tx = suite.teams.extend(team, later, leader(suite, agency))
        assert tx.events["ExtensionAgreed"]["endsAt"] == later
        assert suite.teams.endOf(team) == before
    suite.teams.extend(team, later + 1, leader(suite, "th_police"))
    assert suite.teams.endOf(team) == before, "to another end"
    tx = suite.teams.extend(team, later, leader(suite, "th_police"))
    assert tx.events["TeamExtended"]["endsAt"] == later
    assert suite.teams.endOf(team) == later


def test_whoever_left_is_not_waited_for(suite: Suite) -> None:
    team = running(suite, "cn_police", "th_police")
    later = suite.teams.endOf(team) + YEAR
    for agency in ("my_police", "cn_police"):
        suite.teams.extend(team, later, leader(suite, agency))
    suite.teams.remove(team, suite.ids["th_police"], ZERO32, leader(suite, "th_police"))
    suite.teams.extend(team, later, leader(suite, "cn_police"))
    assert suite.teams.endOf(team) == later


def test_extending_is_refused(suite: Suite) -> None:
    team = proposed(suite)
    by = leader(suite, "my_police")
    ends = suite.teams.endOf(team)
    with reverts("TeamNotRunning", team, FORMING):
        suite.teams.extend(team, ends + 1, by)
    suite.teams.join(team, leader(suite, "cn_police"))
    for end in (ends, now() + LONGEST + YEAR):
        with reverts("InvalidTeam", END):
            suite.teams.extend(team, end, by)
    with reverts("NotInTeam", suite.ids["sg_police"], team):
        suite.teams.extend(team, ends + 1, leader(suite, "sg_police"))
    next_block_at(ends)
    with reverts("TeamNotRunning", team, ENDED):
        suite.teams.extend(team, ends + 1, by)


def test_the_end_exports_the_head(suite: Suite) -> None:
    team = running(suite)
    head = share(suite, team).events["Shared"]["head"]
    with reverts("NotTheLead", suite.ids["cn_police"], suite.ids["my_police"]):
        suite.teams.end(team, leader(suite, "cn_police"))
    tx = suite.teams.end(team, leader(suite, "my_police"))
    assert dict(tx.events["TeamEnded"]) == {"team": "0x" + team.hex(), "poolHead": head, "items": 1}
    assert team_status(suite, team) == "Ended"
    assert suite.teams.poolOf(team) == (head, 1)
    assert sees(suite, team, "cn_police") == [1]
    with reverts("TeamNotRunning", team, ENDED):
        suite.teams.end(team, leader(suite, "my_police"))


def test_a_member_is_one_while_the_team_runs(suite: Suite) -> None:
    team = proposed(suite)
    police = suite.ids["my_police"]
    assert not suite.teams.isMember(team, police)
    suite.teams.join(team, leader(suite, "cn_police"))
    assert suite.teams.isMember(team, police)
    assert not suite.teams.isMember(team, MY << 16 | 999)
    suite.teams.end(team, leader(suite, "my_police"))
    assert not suite.teams.isMember(team, police)
