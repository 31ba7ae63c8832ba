# SPDX-License-Identifier: Apache-2.0
"""``concordat trace``: where evidence came from, where it went, and what never showed up."""

from __future__ import annotations

from assistancestage import EVIDENCE, HOUR, collected, written
from hall import Hall, Offices

from concordat.cooperation import sharing
from concordat.cooperation.words import Handling, Purpose


def test_the_way_of_an_acquisition_and_its_gap(hall: Hall, office: Offices) -> None:
    asker, police = office("CN-MPS"), office("MY-PDRM")
    written(asker.folder, "request.yaml", EVIDENCE)
    asked = asker.done("assistance", "ask", "request.yaml")["request"]
    for authority, code in (("CN-MOJ", "cn"), ("MY-AGC", "my")):
        office(authority).done("standard", "adopt", code, key=office(authority).agency_key)
    office("CN-MOJ").done("assistance", "pass-on", asked, "--yes")
    office("MY-AGC").done("assistance", "acknowledge", asked)
    office("MY-AGC").done("assistance", "assign", asked, "MY-PDRM")
    police.done("assistance", "accept", asked, "--presence", "refused")
    hall.pass_time(4 * HOUR)
    package = collected(hall, police, asked)

    alone = police.done("trace", package)
    assert alone["agency"] == "MY-PDRM" and alone["gaps"] == []
    assert alone["steps"][0]["event"] == "EvidenceRegistry.AcquisitionRegistered"
    root = alone["root"]
    written(police.folder, "answer.txt", "The phone.")
    police.done("assistance", "answer", asked, "--text", "answer.txt", "--acquisition", package, "--yes")

    sent = office("SG-SPF").done("trace", root)
    assert [(gap["event"], gap["to"]) for gap in sent["gaps"]] == [
        ("AssistanceAnswers.RequestAnswered", "CN-MPS")
    ]
    assert "A gap" in office("SG-SPF")("trace", root).err
    assert "缺口" in office("SG-SPF")("trace", root, "--lang", "zh").err

    asker.done("assistance", "receive", asked)
    asker.done("assistance", "confirm", asked)
    grant = sharing.grant(
        hall.chain,
        hall.signer("MY-PDRM"),
        hall.number("SG-SPF"),
        bytes.fromhex(root[2:]),
        3,
        Purpose.INVESTIGATION,
        Handling.AMBER,
        hall.now + 24 * HOUR,
    )
    assert grant.event("Granted")
    whole = office("SG-SPF").done("trace", root)
    assert whole["gaps"] == []
    names = [each["event"].partition(".")[2] for each in whole["steps"]]
    assert names[0] == "Asked", "the request came before the evidence"
    tail = ["RequestAnswered", "AcquisitionAnswered", "MessageReceived", "AnswerConfirmed", "Granted"]
    assert names[-5:] == tail
    places = [tuple(map(int, each["cursor"].split(":")[:2])) for each in whole["steps"]]
    assert places == sorted(places)
    assert all(each["signer"].startswith("0x") for each in whole["steps"])
    received = whole["steps"][-3]
    assert (received["agency"], received["signer"], received["request"]) == (
        "CN-MPS",
        hall.officers["CN-MPS"],
        asked,
    )


def test_what_nobody_registered(office: Offices) -> None:
    assert "Nobody registered" in office("MY-PDRM").refused("trace", "0x" + "ab" * 32)
    assert "is not 64 hexadecimal digits" in office("MY-PDRM").refused("trace", "nothing")
