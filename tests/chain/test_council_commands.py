# SPDX-License-Identifier: Apache-2.0
"""``concordat council`` as members type it, on a chain: one country one vote, each step in its time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hall import DAY, Hall, Office, Offices

VOTERS = ("CN-MOJ", "MY-AGC", "SG-AGC", "TH-OAG", "KH-MOJ")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A proposal in words."""
    path = tmp_path / "proposal.txt"
    path.write_text("Viet Nam asks to be admitted. 越南申请加入。\n", encoding="utf-8")
    return path


@pytest.fixture
def proposed(hall: Hall, office: Offices, text: Path) -> dict[str, object]:
    """Viet Nam's admission, proposed by China."""
    return propose_vietnam(hall, office("CN-MOJ"), text)


def propose_vietnam(hall: Hall, proposer: Office, text: Path) -> dict[str, object]:
    words = ("council", "propose", "admit", "VN", "CENTRAL_AUTHORITY", "VN-MPS", "--text", str(text))
    done: dict[str, object] = proposer.done(*words, "--account", hall.spare[0], "--charter", "VOTE,TRANSMIT")
    return done


def vote(office: Offices, name: str, how: str, number: int = 1) -> dict[str, object]:
    done: dict[str, object] = office(name).done("council", "vote", str(number), f"--{how}", "--yes")
    return done


def test_a_country_joins_by_vote_and_admits_its_own_police(
    hall: Hall, office: Offices, proposed: dict[str, object]
) -> None:
    assert proposed["kind"] == "ADMISSION"
    assert proposed["state"] == "PENDING"
    hall.pass_time(DAY + 1)
    for name in VOTERS[:3]:
        vote(office, name, "for")
    vote(office, "TH-OAG", "abstain")
    vote(office, "KH-MOJ", "against")
    shown = office("MY-PDRM").done("council", "show", "1")
    assert shown["state"] == "ACTIVE"
    assert shown["votes"]["by"] == {
        "CN": "FOR", "MY": "FOR", "SG": "FOR", "TH": "ABSTAIN", "KH": "AGAINST"
    }  # fmt: skip
    hall.pass_time(7 * DAY)
    office("MY-PDRM").done("council", "queue", "1")
    early = office("MY-PDRM")("council", "execute", "1")
    assert early.code != 0
    hall.pass_time(2 * DAY)
    carried = office("MY-PDRM").done("council", "execute", "1")
    assert carried["state"] == "EXECUTED"
    members = office("MY-PDRM").done("council", "members")
    assert [each["place"] for each in members["members"]] == ["CN", "MY", "SG", "TH", "KH", "VN"]
    admitted = office("MY-PDRM").done(
        *("agency", "admit", "VN", "POLICE", "VN-C02", "--account", hall.spare[1]),
        *("--charter", "COLLECT,REGISTER,ANSWER"),
        key=f"node:{hall.spare[0]}",
    )
    assert admitted["agency"] == (704 << 16) + 2
    office("MY-PDRM").done("agency", "rotate", "--accept", "--agency", "VN-C02", key=f"node:{hall.spare[1]}")
    shown = office("MY-PDRM").done("agency", "show", "VN-C02")
    assert shown["account"] == hall.spare[1]


def test_one_country_has_one_vote_whoever_casts_it(
    hall: Hall, office: Offices, proposed: dict[str, object]
) -> None:
    hall.pass_time(DAY + 1)
    vote(office, "MY-AGC", "for")
    again = vote(office, "MY-AGC", "for")
    assert again["before"] is True
    with_account = office("MY-AGC")(
        "council", "vote", "1", "--against", "--yes", key=office("MY-AGC").agency_key
    )
    assert with_account.code != 0
    assert "has voted" in with_account.err
    police = office("MY-PDRM")("council", "vote", "1", "--for", "--yes")
    assert police.code != 0


def test_without_quorum_it_is_defeated(hall: Hall, office: Offices, proposed: dict[str, object]) -> None:
    hall.pass_time(DAY + 1)
    vote(office, "CN-MOJ", "for")
    vote(office, "MY-AGC", "for")
    hall.pass_time(7 * DAY)
    assert office("CN-MOJ").done("council", "list")["proposals"][0]["state"] == "DEFEATED"
    assert office("CN-MOJ")("council", "queue", "1").code != 0


def test_what_nobody_carries_out_expires(hall: Hall, office: Offices, proposed: dict[str, object]) -> None:
    hall.pass_time(DAY + 1)
    for name in VOTERS:
        vote(office, name, "for")
    hall.pass_time(7 * DAY)
    office("CN-MOJ").done("council", "queue", "1")
    hall.pass_time(33 * DAY)
    assert office("CN-MOJ").done("council", "show", "1")["state"] == "EXPIRED"
    assert office("CN-MOJ")("council", "execute", "1").code != 0


def test_a_voter_reads_what_it_votes_on(
    hall: Hall, office: Offices, proposed: dict[str, object], text: Path, tmp_path: Path
) -> None:
    shown = office("MY-AGC").done("council", "show", "1", "--text", str(text))
    assert shown["text_matches"] is True
    assert shown["would"][0]["en"].startswith("Admit VN-MPS (CENTRAL_AUTHORITY) of Viet")
    assert shown["would"][0]["zh"].startswith("接纳")
    other = tmp_path / "other.txt"
    other.write_text("Something else.\n")
    hall.pass_time(DAY + 1)
    words = ("council", "vote", "1", "--for", "--yes", "--text", str(other))
    assert "not the text" in office("MY-AGC").refused(*words)
    assert office("MY-AGC").done("council", "show", "1")["quorum"]["voted"] == 0


def test_the_same_is_not_proposed_twice(
    hall: Hall, office: Offices, proposed: dict[str, object], text: Path
) -> None:
    again = propose_vietnam(hall, office("CN-MOJ"), text)
    assert again["before"] is True
    assert again["number"] == 1


def test_who_has_no_vote_proposes_nothing(hall: Hall, office: Offices, text: Path) -> None:
    words = ("council", "propose", "pace", "--wait", "2", "--vote", "5", "--text", str(text))
    refusal = office("MY-PDRM").refused(*words)
    assert "may not vote" in refusal
    assert "Nothing changed on the chain" in refusal


def test_common_rules_by_version(hall: Hall, office: Offices, text: Path, tmp_path: Path) -> None:
    rule = tmp_path / "screening.yaml"
    rule.write_text("threshold: 50000\n")
    since = hall.now + 30 * DAY
    moment = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = ("council", "propose", "rule", "screening", "--rule", str(rule), "--parameters", "0xc350")
    office("SG-AGC").done(*words, "--from", moment, "--text", str(text))
    hall.pass_time(DAY + 1)
    for name in VOTERS[:4]:
        vote(office, name, "for")
    hall.pass_time(7 * DAY)
    office("SG-AGC").done("council", "queue", "1")
    hall.pass_time(2 * DAY)
    office("SG-AGC").done("council", "execute", "1")
    assert office("MY-PDRM").done("council", "rules")["rules"] == []
    then = office("MY-PDRM").done("council", "rules", "--at", moment)["rules"][0]
    assert (then["name"], then["version"], then["parameters"]) == ("screening", 1, "0xc350")


def test_an_emergency_needs_others(hall: Hall, office: Offices, tmp_path: Path) -> None:
    reason = tmp_path / "reason.txt"
    reason.write_text("The key signs what nobody ordered.\n")
    words = ("council", "emergency", "support", "KH-NP", "--reason", str(reason), "--yes")
    first = office("CN-MOJ").done(*words)
    assert first["suspended_until"] is None
    assert first["needed"] == 2
    assert office("KH-MOJ")(*words).code != 0  # its own country is not counted
    second = office("MY-AGC").done(*words)
    assert second["suspended_until"] is not None
    assert office("SG-AGC").done("council", "emergency", "show", "KH-NP")["last"] is not None


def test_modules_and_their_states(hall: Hall, office: Offices) -> None:
    found = {each["name"]: each for each in office("MY-PDRM").done("council", "modules")["modules"]}
    assert found["EvidenceRegistry"]["state"] == "ACTIVE"
    assert {"Council", "CouncilTimelock", "AgencyRegistry"} <= set(found)
