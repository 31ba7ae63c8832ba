# SPDX-License-Identifier: Apache-2.0
"""The files of case 0521: each is read by the part of the client that the demonstration gives it to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from case_files import EXAMPLES

from concordat.assets.orders import orderfile
from concordat.cooperation.agreements import agreementfile
from concordat.cooperation.agreements.comparison import changes
from concordat.cooperation.orders import requestfile
from concordat.cooperation.victimkeys import read_victims, victim_keys
from concordat.cooperation.words import RequestKind
from concordat.evidence.record import parse

CASE = EXAMPLES / "case-0521"
TEXTS = sorted(path for path in CASE.rglob("*") if path.suffix in {".txt", ".csv", ".yaml"})


def text(name: str) -> str:
    return Path(CASE / name).read_text(encoding="utf-8")


def test_malaysia_wants_evidence_sooner_and_never_passed_on() -> None:
    first, second = (agreementfile.parse(text(name), name) for name in ("agreement.yaml", "agreement-2.yaml"))
    contents = {language: (CASE / file).read_bytes() for language, file in first.texts.items()}
    assert [each["en"] for each in changes(first.draft(contents), second.draft(contents))] == [
        "Taking of evidence: answer: 30 days instead of 60 days.",
        "Taking of evidence: new limit, not to be passed on to any third state.",
    ]


def test_the_agreement_lies_in_each_of_its_languages() -> None:
    agreement = agreementfile.parse(text("agreement.yaml"))
    assert set(agreement.texts) == {"en", "zh"}
    assert all((CASE / file).is_file() for file in agreement.texts.values())


def test_the_request_has_what_the_treaty_asks_for() -> None:
    request = requestfile.parse(text("request.yaml"))
    assert (request.kind, request.to, request.forum) == (RequestKind.EVIDENCE, "MY", "CN")
    assert not requestfile.lacking(request)


@pytest.mark.parametrize("agency", ["CN-MPS-CID", "KH-NP"])
def test_what_police_ask_is_one_question_for_all(agency: str) -> None:
    filled = text("police.yaml").replace("ASKER-NUMBER", f"{agency}-1").replace("ASKER", agency)
    request = requestfile.parse(filled)
    assert (request.kind, request.to, request.authority) == (RequestKind.POLICE_INFORMATION, "PH", agency)


def test_the_record_cites_a_mandate_and_names_every_exhibit() -> None:
    record = parse(text("phone.yaml"), "phone.yaml")
    exhibits = CASE / "exhibits" / "phone"
    found = {path.relative_to(exhibits).as_posix() for path in exhibits.rglob("*") if path.is_file()}
    assert record.mandate == bytes(32)
    assert all(f"path: {name}" in text("phone.yaml") for name in found)


def test_the_hash_list_of_the_source_matches_every_exhibit() -> None:
    for line in text("documents/hash-list.sha256").splitlines():
        digest, path = line.split(" *", 1)
        assert hashlib.sha256((CASE / "exhibits" / "phone" / path).read_bytes()).hexdigest() == digest


def test_one_victim_stands_in_both_lists() -> None:
    counted = [
        {
            key
            for victim in read_victims((CASE / name).read_bytes(), name)
            for key in victim_keys(victim, bytes(32))
        }
        for name in ("victims-cn.csv", "victims-my.csv")
    ]
    assert [len(each) for each in counted] == [3, 2]
    assert len(counted[0] & counted[1]) == 1


def test_the_stop_payment_is_complete() -> None:
    assert orderfile.parse(text("stop.yaml")).agency == "PH-UNIT-9"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_lines_are_short_enough_for_paper(path: Path) -> None:
    assert all(len(line) <= 120 for line in path.read_text(encoding="utf-8").splitlines())
