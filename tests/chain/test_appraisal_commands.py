# SPDX-License-Identifier: Apache-2.0
"""Opinions of accredited bodies, as their three sides type them."""

from __future__ import annotations

import pytest
from assistancestage import written
from hall import DAY, Hall, Offices

from concordat.cli.output import moment

ITEM = "0x" + "17" * 32


@pytest.fixture
def accredited(hall: Hall, office: Offices) -> list[str]:
    """How to ask the institute, which is accredited for thirty days."""
    authority = office("CN-MOJ")
    written(authority.folder, "certificate.txt", "Accredited.")
    until = ("--until", moment(hall.now + 30 * DAY), "--certificate", "certificate.txt")
    words = ("assistance", "appraisal", "accredit", "CN-IFS", "--field", "ELECTRONIC_DATA", *until)
    authority.done(*words)
    assert authority.done(*words)["before"]
    written(office("CN-MPS").folder, "question.txt", "Was it changed?")
    by = ("--by", moment(hall.now + 20 * DAY), "--question", "question.txt")
    return ["assistance", "appraisal", "ask", "CN-IFS", "--field", "ELECTRONIC_DATA", "--item", ITEM, *by]


def test_asked_and_given(hall: Hall, office: Offices, accredited: list[str]) -> None:
    asker, body = office("CN-MPS"), office("CN-IFS")
    key = asker.done(*accredited)["id"]
    again = asker.done(*accredited)
    assert (again["before"], again["id"]) == (True, key)
    body.done("assistance", "appraisal", "show", key, "--out", "in")
    assert (body.folder / "in" / "question-question.txt").read_text(encoding="utf-8") == "Was it changed?"
    written(body.folder, "opinion.txt", "It was not.")
    opine = ("assistance", "appraisal", "opine", key, "--opinion", "opinion.txt", "--item")
    assert "is not about" in body.refused(*opine, "0x" + "18" * 32)
    body.done(*opine, ITEM)
    assert body.done(*opine, ITEM)["before"]
    found = asker.done("assistance", "appraisal", "show", key, "--out", "out")
    assert found["item"] == ITEM
    assert (asker.folder / "out" / "opinion-opinion.txt").read_text(encoding="utf-8") == "It was not."
    other = office("SG-SPF").done("assistance", "appraisal", "show", key)
    assert (other["question"], other["opinion"], bool(other["given_at"])) == (None, None, True)


def test_who_is_not_accredited_is_refused(hall: Hall, office: Offices, accredited: list[str]) -> None:
    asker, body = office("CN-MPS"), office("CN-IFS")
    key = asker.done(*accredited)["id"]
    other = [each.replace("ELECTRONIC_DATA", "ASSETS") for each in accredited]
    assert "accredited" in asker.refused(*other)
    office("CN-MOJ").done("assistance", "appraisal", "end", "CN-IFS", "--field", "ELECTRONIC_DATA")
    written(body.folder, "opinion.txt", "It was not.")
    opine = ("assistance", "appraisal", "opine", key, "--opinion", "opinion.txt", "--item", ITEM)
    assert "accredited" in body.refused(*opine)
    body.done("assistance", "appraisal", "decline", key, "--reason", "NOT_COMPETENT")
    assert asker.done("assistance", "appraisal", "show", key)["declined"] == "NOT_COMPETENT"
    assert "No appraisals begin with" in asker.refused("assistance", "appraisal", "show", "0x12345678")
