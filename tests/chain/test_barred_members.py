# SPDX-License-Identifier: Apache-2.0
"""Who left, was excluded or is suspended gets nothing new that several agencies read; everybody sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from casestage import NUMBER, invited, written
from hall import DAY, Hall, Office, Offices

from concordat.mail import shared


@pytest.fixture
def thailand(china: Office, office: Offices) -> Office:
    """The Thai police, which was told of it and claims it."""
    found = invited(china, office("TH-RTP"), "TH-RTP")
    found.done("case", "claim", NUMBER, "text.txt", "--ground", "TERRITORY")
    return found


def leaves(office: Offices, authority: str) -> None:
    """The country of an authority leaves."""
    found = office(authority)
    found.done("agency", "leave", "--yes", key=found.agency_key)


def suspended(office: Offices, name: str, folder: Path) -> None:
    """In an emergency, by two countries."""
    written(folder, "reason.txt", "Its keys are in other hands.")
    words = ("council", "emergency", "support", name, "--reason", str(folder / "reason.txt"), "--yes")
    for authority in ("MY-AGC", "SG-AGC"):
        office(authority).done(*words)


@pytest.mark.usefixtures("thailand")
def test_a_country_that_left_reads_no_position_any_more(hall: Hall, china: Office, office: Offices) -> None:
    assert china.done("agency", "show", "TH-RTP")["barred"] is None
    leaves(office, "TH-OAG")
    assert "left or was excluded" in china.done("agency", "show", "TH-RTP")["barred"]
    listed = {each["name"]: each["barred"] for each in china.done("agency", "list")["agencies"]}
    assert [name for name, order in listed.items() if order] == ["TH-OAG", "TH-RTP"]
    ran = china("case", "consult", NUMBER, "text.txt")
    assert (ran.code, "Nothing is sealed to TH-RTP: its country left" in ran.err) == (0, True)
    event = hall.chain.events("CaseRegistry", "Consulted")[-1]
    position = f"0x{event.args['position'].hex()}"
    china.done("case", "export", position, "position.sealed")
    readers = shared.read((china.folder / "position.sealed").read_bytes()).recipients
    assert readers == (hall.number("CN-MPS"),)


def test_a_suspended_member_of_a_team_gets_nothing_until_it_is_over(
    hall: Hall, china: Office, thailand: Office, office: Offices, tmp_path: Path
) -> None:
    written(china.folder, "terms.txt", "Purpose: to find the callers.")
    until = ("--until", datetime.fromtimestamp(hall.now + 300 * DAY, UTC).isoformat())
    team = china.done("case", "team", "propose", NUMBER, "terms.txt", "TH-RTP", *until)["team"]
    thailand.done("case", "team", "join", team, "--yes")
    suspended(office, "TH-RTP", tmp_path)
    assert "suspended until" in china.done("agency", "show", "TH-RTP")["barred"]
    written(china.folder, "one.txt", "first")
    ran = china("case", "team", "share", team, "one.txt")
    assert (ran.code, "Nothing is sealed to TH-RTP: suspended until" in ran.err) == (0, True)
    hall.pass_time(15 * DAY)
    assert china.done("agency", "show", "TH-RTP")["barred"] is None
    written(china.folder, "two.txt", "second")
    assert "Nothing is sealed" not in china("case", "team", "share", team, "two.txt").err
    assert [each["text"] for each in thailand.done("case", "team", "pool", team)["pool"]] == [None, "second"]
    admitted = china.done("case", "team", "admit", team, "TH-RTP")
    thailand.done("case", "receive", admitted["hash"])
    assert [each["text"] for each in thailand.done("case", "team", "pool", team)["pool"]] == [
        "first",
        "second",
    ]


def test_whoever_names_it_is_refused(hall: Hall, china: Office, office: Offices) -> None:
    leaves(office, "TH-OAG")
    due = datetime.fromtimestamp(hall.now + DAY, UTC).isoformat()
    for words in (("invite", NUMBER, "TH-RTP"), ("task", "assign", "TH-RTP", "text.txt", "--due", due)):
        assert "Nothing is sealed to TH-RTP" in china.refused("case", *words)
