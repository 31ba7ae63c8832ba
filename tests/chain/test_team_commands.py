# SPDX-License-Identifier: Apache-2.0
"""A joint team: founded, sharing, acting, losing and gaining members, ended, written out."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from casestage import NUMBER, VICTIMS, invited, written
from hall import DAY, Hall, Office, Offices


def _at(hall: Hall, later: int) -> str:
    return datetime.fromtimestamp(max(hall.now, int(time.time())) + later, UTC).isoformat()


@pytest.fixture
def china(china: Office) -> Office:
    """With the terms of the team that it leads."""
    written(china.folder, "terms.txt", "Purpose: to find the callers. Law: of where one acts.")
    return china


@pytest.fixture
def team(hall: Hall, china: Office, malaysia: Office) -> str:
    """A team that runs."""
    until = ("--until", _at(hall, 300 * DAY))
    proposed = china.done("case", "team", "propose", NUMBER, "terms.txt", "MY-PDRM", *until)
    assert malaysia.done("case", "team", "join", proposed["team"], "--yes")["status"] == "RUNNING"
    return str(proposed["team"])


def test_founded_shared_and_written_out(
    hall: Hall, china: Office, malaysia: Office, team: str, tmp_path: Path
) -> None:
    until = ("--until", _at(hall, 400 * DAY))
    assert malaysia.done("case", "team", "join", team, "--yes")["before"]
    assert not china.done("case", "team", "extend", team, *until)["before"]
    written(china.folder, "accounts.csv", "1234,5678\n")
    china.done("case", "team", "share", team, "accounts.csv")
    assert china.done("case", "team", "share", team, "accounts.csv")["before"]
    written(malaysia.folder, "secret.txt", "The body stays in Malaysia.")
    malaysia.done("case", "team", "share", team, "secret.txt", "--resident")
    pool = china.done("case", "team", "pool", team)["pool"]
    assert pool[0]["text"] == "1234,5678\n"
    assert json.loads(pool[1]["text"])["resident"]
    assert "The body stays" not in pool[1]["text"]
    china.done("case", "team", "end", team, "--yes")
    assert malaysia.done("case", "team", "show", team)["status"] == "ENDED"
    exported = malaysia.done("case", "team", "export", team, str(tmp_path / "pool"))
    assert (exported["items"], exported["read"]) == (2, 2)
    assert exported["head"] == malaysia.done("case", "team", "show", team)["head"]
    assert (tmp_path / "pool" / "0001-accounts.csv").read_text(encoding="utf-8") == "1234,5678\n"
    assert "exists" in malaysia.refused("case", "team", "export", team, str(tmp_path / "pool"))


def test_whoever_shares_first_hinders_no_other_member(china: Office, malaysia: Office, team: str) -> None:
    for office in (malaysia, china):
        written(office.folder, "accounts.csv", "1234,5678\n")
        assert not office.done("case", "team", "share", team, "accounts.csv")["before"]
    assert len(china.done("case", "team", "pool", team)["pool"]) == 2


def test_who_comes_later_sees_from_then_on_or_from_the_start(
    china: Office, malaysia: Office, team: str, office: Offices
) -> None:
    written(china.folder, "one.txt", "first")
    china.done("case", "team", "share", team, "one.txt")
    for name, start in (("TH-RTP", ("--from-start",)), ("SG-SPF", ())):
        told = china.done("case", "team", "invite", team, name, *start)
        other = office(name)
        other.done("case", "receive", told["hash"])
        other.done("case", "team", "join", team, "--yes")
    admitted = china.done("case", "team", "admit", team, "TH-RTP")
    assert "may see nothing" in china.refused("case", "team", "admit", team, "SG-SPF")
    thailand, singapore = office("TH-RTP"), office("SG-SPF")
    thailand.done("case", "receive", admitted["hash"])
    assert [each["text"] for each in thailand.done("case", "team", "pool", team)["pool"]] == ["first"]
    written(china.folder, "two.txt", "second")
    china.done("case", "team", "share", team, "two.txt")
    assert [each["text"] for each in singapore.done("case", "team", "pool", team)["pool"]] == [None, "second"]
    written(china.folder, "reason.txt", "Not needed any more.")
    china.done("case", "team", "remove", team, "reason.txt", "--agency", "SG-SPF", "--yes")
    written(china.folder, "three.txt", "third")
    china.done("case", "team", "share", team, "three.txt")
    assert [each["text"] for each in singapore.done("case", "team", "pool", team)["pool"]][2] is None
    assert [each["text"] for each in thailand.done("case", "team", "pool", team)["pool"]][2] == "third"
    written(thailand.folder, "victims.csv", VICTIMS)
    counted = thailand.done("case", "victims", "count", NUMBER, "victims.csv", "--team", team)
    assert counted["total"] == 3


def test_an_action_is_hidden_until_its_hour(
    hall: Hall, china: Office, malaysia: Office, team: str, office: Offices
) -> None:
    written(china.folder, "raid.txt", "Floor 7 of the Example Tower, at 05:00.")
    times = ("--release", _at(hall, DAY), "--expires", _at(hall, 2 * DAY))
    order = ("case", "team", "action", "propose", team, "raid.txt", "--needed", "2", *times)
    action = china.done(*order)["action"]
    assert china.done(*order)["before"]
    stranger = invited(china, office("SG-SPF"), "SG-SPF")
    assert "cannot be read here" in stranger.refused("case", "team", "action", "show", team, action)
    assert "needs a yes" in malaysia.refused("case", "team", "action", "approve", team, action)
    shown = malaysia("case", "team", "action", "approve", team, action)
    assert "Floor 7" in shown.err
    approved = malaysia.done("case", "team", "action", "approve", team, action[:14], "--yes")
    assert (approved["status"], approved["approvals"]) == ("APPROVED", 2)
    counts = ("--arrested", "12", "--searched", "1", "--seized", "200")
    assert malaysia.refused("case", "team", "action", "record", team, action, *counts)
    hall.pass_time(DAY + 60)
    malaysia.done("case", "team", "action", "record", team, action, *counts)
    (found,) = china.done("case", "team", "show", team)["actions"]
    assert (found["status"], found["counts"]) == ("DONE", [12, 1, 200, 0])
    assert "Floor 7" in china("case", "team", "action", "show", team, action).out


def test_mistakes_are_sentences(hall: Hall, china: Office, team: str, office: Offices) -> None:
    assert "No joint teams begin with" in china.refused("case", "team", "show", "0x123456")
    assert "no folder here" in office("KH-NP").refused("case", "team", "join", team)
    assert "No actions" in china.refused("case", "team", "action", "approve", team, "0x123456")
    assert [each["id"] for each in china.done("case", "team", "list")["teams"]] == [team]
    assert office("KH-NP").done("case", "team", "list")["teams"] == []
