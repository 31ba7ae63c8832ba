# SPDX-License-Identifier: Apache-2.0
"""An agreement from the first proposal to withdrawal, as three central authorities type it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from assistancestage import EVIDENCE, written
from hall import DAY, Hall, Office, Offices

AGREEMENT = """\
concordat: agreement/1
title: {en: Agreement on evidence, zh: 取证协议}
parties: [CN, MY]
basis: TREATY
reference: CN-MY EXAMPLE
texts:
  - {language: en, file: a.en.txt}
  - {language: zh, file: a.zh.txt}
ratifications: 2
notice: 90 days
open: false
terms:
  - kind: EVIDENCE
    acknowledge: 7 days
    answer: 60 days
    urgent: {acknowledge: 24 hours, answer: 7 days}
    use: [CASE_ONLY]
    confidentiality: CONFIDENTIAL
  - kind: EXTRADITION
    acknowledge: 7 days
    answer: 90 days
obligations:
  - {debtor: EVERY, due: 30 days, every: 365 days, duty: "Name a contact point."}
"""
COUNTER = AGREEMENT.replace("answer: 60 days", "answer: 45 days")
TEXTS = ("--text", "en=a.en.txt", "--text", "zh=a.zh.txt")


def _texts(office: Office) -> Office:
    written(office.folder, "a.en.txt", "The parties help each other.\n")
    written(office.folder, "a.zh.txt", "双方相互协助。\n")
    return office


@pytest.fixture
def china(office: Offices) -> Office:
    """The Chinese authority with the agreement's file."""
    found = _texts(office("CN-MOJ"))
    written(found.folder, "agreement.yaml", AGREEMENT)
    written(found.folder, "instrument.txt", "Ratified.")
    return found


@pytest.fixture
def malaysia(office: Offices) -> Office:
    """The Malaysian authority with another version."""
    found = _texts(office("MY-AGC"))
    written(found.folder, "agreement.yaml", COUNTER)
    written(found.folder, "instrument.txt", "Ratified, too.")
    written(found.folder, "reservation.txt", "No extradition.")
    return found


@pytest.fixture
def in_force(china: Office, malaysia: Office) -> dict[str, Any]:
    """Proposed, countered, accepted, ratified with a reservation."""
    thread = china.done("agreement", "propose", "agreement.yaml")["thread"]
    answered: dict[str, Any] = malaysia.done("agreement", "counter", thread, "agreement.yaml", "--yes")
    china.done("agreement", "accept", thread, "--version", answered["version"], *TEXTS)
    china.done("agreement", "ratify", thread, "--instrument", "instrument.txt")
    reserved = ("--reserve", "EXTRADITION", "--text", "reservation.txt")
    malaysia.done("agreement", "ratify", thread, "--instrument", "instrument.txt", *reserved)
    return answered


def test_proposed_countered_agreed_ratified(china: Office, malaysia: Office) -> None:
    proposed = china.done("agreement", "propose", "agreement.yaml")
    thread = proposed["thread"]
    assert china.done("agreement", "propose", "agreement.yaml")["before"]
    check = malaysia("agreement", "counter", thread, "agreement.yaml", "--check")
    assert "45 days instead of 60 days" in check.out
    answered = malaysia.done("agreement", "counter", thread, "agreement.yaml", "--yes")
    assert malaysia.done("agreement", "counter", thread, "agreement.yaml", "--yes")["before"]
    written(china.folder, "other.txt", "The parties help each other, perhaps.\n")
    other = ("--text", "en=other.txt", "--text", "zh=a.zh.txt")
    refused = china.refused("agreement", "accept", thread, "--version", answered["version"], *other)
    assert "not the text of the version" in refused
    done = china.done("agreement", "accept", thread, "--version", answered["version"][:12], *TEXTS)
    assert done["agreed"] == answered["version"]
    shown = china.done("agreement", "show", thread)
    assert (shown["status"], len(shown["versions"])) == ("AGREED", 2)
    assert shown["versions"][1]["changed"][0]["en"].startswith("Taking of evidence: answer: 45 days")
    assert china.done("agreement", "ratify", thread, "--instrument", "instrument.txt")["status"] == "AGREED"
    done = malaysia.done("agreement", "ratify", thread, "--instrument", "instrument.txt")
    assert done["status"] == "IN_FORCE"


def test_what_applies_between_two(
    hall: Hall, china: Office, malaysia: Office, in_force: dict[str, Any]
) -> None:
    made = china.done("agreement", "paper", in_force["thread"], "--file", "agreement.yaml")["files"]
    assert len([each for each in made if each.endswith(".pdf")]) == 2
    rules = china.done("agreement", "between", "CN", "MY")["rules"]
    assert [(each["kind"], each["answerWithin"]) for each in rules] == [("EVIDENCE", 45 * DAY)]
    none = china("agreement", "between", "CN", "MY", "--kind", "EXTRADITION")
    assert "No agreement on this chain carries requests from China to Malaysia" in none.out
    malaysia.done("agreement", "include", in_force["thread"], "--kind", "EXTRADITION")
    assert len(china.done("agreement", "between", "CN", "MY")["rules"]) == 2
    nobody = china.done("agreement", "between", "CN", "SG", "--kind", "EVIDENCE")
    assert nobody["rules"] == []


def test_a_request_lives_by_its_rules(hall: Hall, office: Offices, in_force: dict[str, Any]) -> None:
    asker = office("CN-MPS")
    basis = f'{{on: TREATY, agreement: "{in_force["thread"]}"}}'
    promised = "{on: RECIPROCITY, promise: The same will be done for Malaysia in a like case.}"
    assert promised in EVIDENCE
    written(asker.folder, "request.yaml", EVIDENCE.replace(promised, basis))
    key = asker.done("assistance", "ask", "request.yaml")["request"]
    done = office("CN-MOJ").done("assistance", "pass-on", key, "--yes")
    shown = asker.done("assistance", "show", key)
    assert done["id"] == key
    assert shown["status"] == "SENT"
    assert shown["answer_by"] > shown["acknowledge_by"]
    assert shown["use_limits"] == ["CASE_ONLY"]


def test_duties_breach_by_the_clock_and_can_be_performed(
    hall: Hall, china: Office, malaysia: Office, in_force: dict[str, Any]
) -> None:
    thread = in_force["thread"]
    assert {each["status"] for each in china.done("agreement", "show", thread)["duties"]} == {"PENDING"}
    written(china.folder, "report.txt", "Named.")
    china.done("agreement", "perform", thread, "1", "--evidence", "report.txt")
    assert china.done("agreement", "perform", thread, "1", "--evidence", "report.txt")["before"]
    hall.pass_time(31 * DAY)
    duties = {each["debtor"]: each["status"] for each in china.done("agreement", "show", thread)["duties"]}
    assert duties["MY"] == "BREACHED"
    assert duties["CN"] in ("PERFORMED", "PENDING")
    assert "BREACHED" in malaysia("agreement", "show", thread).out
    listed = malaysia("agreement", "list")
    assert "CN MY" in listed.out


def test_a_party_leaves_with_notice(hall: Hall, china: Office, in_force: dict[str, Any]) -> None:
    thread = in_force["thread"]
    china.done("agreement", "withdraw", thread, "--instrument", "instrument.txt", "--yes")
    assert china.done("agreement", "between", "CN", "MY")["rules"]
    hall.pass_time(91 * DAY)
    assert not china.done("agreement", "between", "CN", "MY")["rules"]
    assert china.done("agreement", "show", thread)["status"] == "ENDED"


def test_the_key_is_of_the_workspaces_agency(china: Office, malaysia: Office) -> None:
    """Else what the one accepted would be told as what the other did."""
    thread = china.done("agreement", "propose", "agreement.yaml")["thread"]
    version = malaysia.done("agreement", "counter", thread, "agreement.yaml", "--yes")["version"]
    told = china.refused("agreement", "accept", thread, "--version", version, *TEXTS, key=malaysia.key)
    assert "This workspace is of" in told


def test_mistakes_are_sentences(china: Office, office: Offices, tmp_path: Path) -> None:
    assert "LANG=FILE" in china.refused("agreement", "propose", "agreement.yaml", "--text", "en")
    assert "No agreements begin with" in china.refused("agreement", "show", "0x123456")
    police = _texts(office("CN-MPS"))
    written(police.folder, "agreement.yaml", AGREEMENT)
    assert police.refused("agreement", "propose", "agreement.yaml")
    made = china.done("agreement", "new", "n.yaml", "--parties", "CN", "--parties", "SG", "--basis", "TREATY")
    assert "concordat: agreement/1" in (china.folder / made["file"]).read_text(encoding="utf-8")
