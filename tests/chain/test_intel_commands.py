# SPDX-License-Identifier: Apache-2.0
"""``concordat intel`` as agencies type it: sealed, opened, passed on, merged; and what two both know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from assistancestage import written
from hall import Hall, Office, Offices

from concordat.casework.cooperating import intelligence
from concordat.cooperation.intelligence import notes

NOTE = """\
concordat: intelligence/1
number: {number}
agency: {agency}
kind: IDENTITY
handling: {handling}
case: "0317"
facts:
  - {{about: Person A, attribute: PHONE, value: "+60123456789", grade: B2}}
  - {{about: Person A, attribute: {attribute}, value: Ah Example, grade: C3}}
"""
OURS = "phone:+60 12 345 6789\naccount:MERLSGSG:1234567890\nphone:+60111111111\n"
THEIRS = "account:MERLSGSG:1234567890\nphone:+8613000000000\n"


def sent(office: Office, number: str, handling: str, *to: str, attribute: str = "ALIAS") -> list[str]:
    """A note that was given; the hashes of its messages."""
    text = NOTE.format(number=number, agency=office.name, handling=handling, attribute=attribute)
    written(office.folder, f"{number}.yaml", text)
    words = [word for each in to for word in ("--to", each)]
    return [each["message"] for each in office.done("intel", "send", f"{number}.yaml", *words)["given"]]


def test_sealed_to_whom_it_is_named(office: Offices) -> None:
    pdrm, mps, spf = office("MY-PDRM"), office("CN-MPS"), office("SG-SPF")
    pdrm.done("intel", "new", "PATTERN")
    assert "mistakes" in pdrm.refused("intel", "send", "note.yaml", "--to", "CN-MPS")
    first = sent(pdrm, "MY-INT-7", "AMBER", "CN-MPS", "TH-RTP")
    assert sent(pdrm, "MY-INT-7", "AMBER", "CN-MPS", "TH-RTP") == first, "nothing is sealed twice"
    opened = mps.done("intel", "open", first[0])
    assert opened["agency"] == "MY-PDRM" and [hop["to"] for hop in opened["way"]] == ["CN-MPS"]
    assert opened["facts"][0]["sources"] == [{"agency": "MY-PDRM", "note": "MY-INT-7", "grade": "B2"}]
    assert mps.done("intel", "open", first[0])["note"] == opened["note"]
    assert "is for agency" in spf.refused("intel", "open", first[0])
    changed = NOTE.format(number="MY-INT-7", agency="MY-PDRM", handling="RED", attribute="ALIAS")
    written(pdrm.folder, "other.yaml", changed)
    assert "number of another note" in pdrm.refused("intel", "send", "other.yaml", "--to", "SG-SPF")
    assert "usually reliable" in mps("intel", "show", "MY-INT-7").out


def test_passed_on_within_the_handling_code_alone(office: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    mps, moj, spf = office("CN-MPS"), office("CN-MOJ"), office("SG-SPF")
    message = sent(office("MY-PDRM"), "MY-INT-7", "AMBER", "CN-MPS")[0]
    mps.done("intel", "open", message)
    refused = mps.refused("intel", "forward", "MY-INT-7", "--to", "CN-MOJ", "--to", "SG-SPF")
    assert "may not go to SG-SPF" in refused and "TLP:AMBER" in refused
    home = mps.done("intel", "forward", "MY-INT-7", "--to", "CN-MOJ")["given"][0]["message"]
    way = moj.done("intel", "open", home)["way"]
    assert [(hop["from"], hop["to"]) for hop in way] == [("MY-PDRM", "CN-MPS"), ("CN-MPS", "CN-MOJ")]
    # A client that was changed passes it on all the same: whoever opens it is told.
    with monkeypatch.context() as patch:
        patch.setattr(notes, "require_may_go", lambda *_: None)
        beyond = mps.done("intel", "forward", "MY-INT-7", "--to", "SG-SPF")["given"][0]["message"]
    assert "goes beyond TLP:AMBER" in spf.refused("intel", "open", beyond)
    assert spf.done("intel", "list")["notes"] == []


def test_a_forged_way_is_seen(office: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    mps = office("CN-MPS")
    with monkeypatch.context() as patch:
        patch.setattr(intelligence, "_domain", lambda _: {"name": "other", "version": "1", "chainId": 1})
        forged = sent(office("MY-PDRM"), "MY-INT-7", "GREEN", "CN-MPS")[0]
    assert "not signed by an officer" in mps.refused("intel", "open", forged)


def test_merged_with_all_sources(office: Offices) -> None:
    pdrm, mps = office("MY-PDRM"), office("CN-MPS")
    pdrm.done("intel", "open", sent(mps, "CN-31", "GREEN", "MY-PDRM")[0])
    pdrm.done("intel", "open", sent(office("SG-SPF"), "SG-5", "AMBER_STRICT", "MY-PDRM", attribute="NAME")[0])
    merged = pdrm.done("intel", "merge", "CN-31", "SG-5", "--number", "MY-M-1")
    assert (merged["handling"], merged["confirmed"], len(merged["facts"])) == ("AMBER_STRICT", 1, 3)
    phone = next(fact for fact in merged["facts"] if fact["attribute"] == "PHONE")
    assert [source["agency"] for source in phone["sources"]] == ["CN-MPS", "SG-SPF"]
    assert "may not go to TH-RTP" in pdrm.refused("intel", "forward", "MY-M-1", "--to", "TH-RTP")
    assert len(pdrm.done("intel", "list")["notes"]) == 3


def carried(file: Path, to: Office) -> str:
    (to.folder / file.name).write_bytes(file.read_bytes())
    return file.name


def test_two_agencies_learn_of_a_common_account_and_nothing_of_the_others(
    hall: Hall, office: Offices
) -> None:
    pdrm, mps = office("MY-PDRM"), office("CN-MPS")
    written(pdrm.folder, "ours.txt", OURS)
    written(mps.folder, "theirs.txt", THEIRS)
    pdrm.done("intel", "match", "ask", "ours.txt", "--with", "CN-MPS", "--out", "ask.sealed")
    ask = carried(pdrm.folder / "ask.sealed", mps)
    answered = mps.done("intel", "match", "answer", ask, "theirs.txt", "--out", "answer.sealed")
    assert (answered["peer"], answered["theirs"], answered["common"]) == ("MY-PDRM", 3, None)
    assert "answered before" in mps.refused(
        "intel", "match", "answer", ask, "theirs.txt", "--out", "b.sealed"
    )
    answer = carried(mps.folder / "answer.sealed", pdrm)
    found = pdrm.done("intel", "match", "finish", answer, "--out", "finish.sealed")
    assert (found["common"], found["theirs"]) == (["account:MERLSGSG:1234567890"], 2)
    finish = carried(pdrm.folder / "finish.sealed", mps)
    closed = mps.done("intel", "match", "close", finish)
    assert closed["common"] == found["common"]

    for side, strange in ((pdrm, "+8613000000000"), (mps, "+60123456789")):
        files = [path for path in (side.folder / ".concordat").rglob("*") if path.is_file()]
        assert not any(strange.encode() in path.read_bytes() for path in files)
    kept = [json.loads(path.read_bytes()) for path in (pdrm.folder / ".concordat/intel/matching").iterdir()]
    assert kept == [{"role": "over", "peer": hall.number("CN-MPS")}], "secrets are forgotten"
    log = [(each["what"], each["count"]) for each in mps.done("intel", "match", "log")["log"]]
    assert log == [("answered", 3), ("found", 1)]
    assert "No such matching" in mps.refused("intel", "match", "close", finish)
    assert "not the message for this step" in mps.refused("intel", "match", "close", ask)
    third = office("SG-SPF")
    carried(pdrm.folder / "ask.sealed", third)
    written(third.folder, "theirs.txt", THEIRS)
    refused = third.refused("intel", "match", "answer", "ask.sealed", "theirs.txt", "--out", "x.sealed")
    assert "is for agency" in refused


def test_how_much_may_be_asked_is_limited(office: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    pdrm, mps = office("MY-PDRM"), office("CN-MPS")
    monkeypatch.setattr("concordat.casework.cooperating.matching.BUDGET", 2)
    written(pdrm.folder, "ours.txt", OURS)
    written(mps.folder, "theirs.txt", THEIRS)
    pdrm.done("intel", "match", "ask", "ours.txt", "--with", "CN-MPS", "--out", "ask.sealed")
    ask = carried(pdrm.folder / "ask.sealed", mps)
    refused = mps.refused("intel", "match", "answer", ask, "theirs.txt", "--out", "answer.sealed")
    assert "3 more are above 2" in refused
    assert not (mps.folder / "answer.sealed").exists()
