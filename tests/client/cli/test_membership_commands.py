# SPDX-License-Identifier: Apache-2.0
"""agency, officer, standard, suite: what is typed, what is printed, what the chain then says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakecast import MY, PDRM, Cast
from fakenode import FakeNode

from concordat.membership import agencies, officers
from concordat.membership.powers import Power

LATER = "2037-01-01T00:00:00+08:00"
ORDER = "ab" * 32

pytestmark = pytest.mark.usefixtures("workspace")


# agency


def test_members_are_listed_and_shown(concordat: Any) -> None:
    listed = concordat("agency", "list")
    assert [line.split()[0] for line in listed.out.splitlines()] == ["name", "MY-AGC", "MY-PDRM", "CN-MPS"]
    shown = concordat("agency", "show", "my-pdrm", "--json").json
    assert (shown["number"], shown["kind"], shown["jurisdiction"]) == (PDRM, "POLICE", "MY")
    assert "Malaysia" in concordat("agency", "show", "my-pdrm").out
    assert concordat("agency", "show", "nobody").code == 2


def test_a_contact_point_is_named_and_found(concordat: Any) -> None:
    point = ("agency", "contact", "MY", "freezing_of_funds")
    assert concordat(*point).code == 2
    assert concordat(*point, "--set", "MY-PDRM", "--key", "keystore:police").code == 6
    assert concordat(*point, "--set", "MY-PDRM", "--key", "keystore:authority").code == 0
    assert concordat(*point, "--json").json["name"] == "MY-PDRM"


def test_an_encryption_key_is_published_and_shown(concordat: Any) -> None:
    assert concordat("agency", "encryption-key").out.strip() == "None is published."
    published = concordat(
        "agency", "encryption-key", "--publish", "0x" + "cd" * 32, "--key", "keystore:police", "--json"
    )
    assert published.json["version"] == 1
    assert concordat("agency", "encryption-key", "--of", "MY-PDRM", "--json").json["key"] == "cd" * 32
    assert concordat("agency", "encryption-key", "--publish", "cd").code == 2


def test_the_agencys_key_is_changed_in_two_steps(concordat: Any, cast: Cast) -> None:
    assert concordat("agency", "rotate").code == 2
    assert concordat("agency", "rotate", "--to", "keystore:stranger", "--key", "keystore:police").code == 0
    assert concordat("agency", "rotate", "--accept", "--key", "keystore:stranger").code == 0
    assert agencies.agency_of_account(cast.ledger, cast.stranger.address) == PDRM


def test_a_member_is_suspended_and_restored(concordat: Any, cast: Cast) -> None:
    suspend = (
        "agency",
        "suspend",
        "MY-PDRM",
        "--until",
        LATER,
        "--order",
        ORDER,
        "--key",
        "keystore:authority",
    )
    assert concordat(*suspend).code == 2  # nobody there to say yes
    assert concordat(*suspend, "--yes").code == 0
    assert concordat("agency", "lift", "MY-PDRM", "--key", "keystore:authority").code == 0
    assert agencies.agency(cast.ledger, PDRM).suspensions == 1


# officer


def hired(concordat: Any, tmp_path: Path, *more: str) -> Any:
    file = str(tmp_path / "acceptance.json")
    return concordat(
        "officer", "accept", "--power", "COLLECT,REGISTER", "--until", LATER, "--out", file,
        "--key", "keystore:stranger", *more,
    )  # fmt: skip


def test_an_officer_accepts_and_is_appointed(concordat: Any, cast: Cast, tmp_path: Path) -> None:
    accepted = hired(concordat, tmp_path, "--qualification", "specialist", "--json")
    assert accepted.json["number"] == 1
    appointed = concordat("officer", "appoint", str(tmp_path / "acceptance.json"), "--key", "keystore:police")
    assert appointed.code == 0
    assert "COLLECT, REGISTER" in appointed.err

    held = officers.appointment(cast.ledger, cast.stranger.address)
    assert held is not None
    assert held.powers == Power.COLLECT | Power.REGISTER
    assert held.qualified_until == held.ends_at
    shown = concordat("officer", "show", "keystore:stranger", "--json").json
    assert shown["powers"] == ["COLLECT", "REGISTER"]
    assert shown["appointments"][0]["ends_at"] == "2036-12-31T16:00:00Z"


def test_an_appointment_ends_and_what_was_then_stays_known(concordat: Any, cast: Cast) -> None:
    assert concordat("officer", "end", cast.officer.address, "--key", "keystore:police", "--yes").code == 0
    assert concordat("officer", "end", cast.officer.address, "--key", "keystore:police", "--yes").code == 2
    assert concordat("officer", "show", "keystore:officer", "--json").json["powers"] == []
    then = concordat("officer", "show", "keystore:officer", "--at", "2027-01-15T08:00:05Z", "--json").json
    assert then["powers"] == ["COLLECT", "REGISTER", "WITHDRAW"]


def test_an_officer_is_suspended_and_restored(concordat: Any) -> None:
    options = ("--until", LATER, "--order", ORDER, "--key", "keystore:police")
    assert concordat("officer", "suspend", "keystore:officer", *options).code == 0
    shown = concordat("officer", "show", "keystore:officer")
    assert ORDER in shown.out
    assert "none" in shown.out
    assert concordat("officer", "lift", "keystore:officer", "--key", "keystore:police").code == 0
    assert concordat("officer", "lift", "keystore:officer", "--key", "keystore:police").code == 2


def test_a_lost_key_is_reported(concordat: Any) -> None:
    report = ("officer", "compromise", "keystore:officer", "--yes")
    back = ("--since", "2027-01-15T08:00:00Z")
    assert concordat(*report, *back, "--key", "keystore:officer").code == 2
    assert concordat(*report, "--key", "keystore:officer").code == 0
    assert concordat(*report, *back, "--key", "keystore:police").code == 0
    shown = concordat("officer", "show", "keystore:officer", "--json").json
    assert shown["compromised_since"] == "2027-01-15T08:00:00Z"
    assert shown["powers"] == []


@pytest.mark.parametrize(
    ("option", "value"),
    [("--until", "tomorrow"), ("--until", "2037-01-01T00:00:00"), ("--power", "RULE"), ("--power", "")],
)
def test_values_that_say_nothing_are_refused(concordat: Any, tmp_path: Path, option: str, value: str) -> None:
    outcome = hired(concordat, tmp_path, option, value)
    if outcome.code == 0:  # no power at all is for the contract to refuse
        outcome = concordat(
            "officer", "appoint", str(tmp_path / "acceptance.json"), "--key", "keystore:police"
        )
    assert outcome.code == 2


def test_who_is_meant_must_be_known(concordat: Any) -> None:
    assert concordat("officer", "show", "keystore:nobody").code == 2
    assert concordat("officer", "show", "0x12").code == 2
    assert concordat("officer", "appoint", "gone.json").code == 8


# standard


def test_a_rulebook_is_adopted_once(concordat: Any, cast: Cast, node: FakeNode) -> None:
    planned = concordat("standard", "adopt", "my", "--dry-run", "--json").json
    assert len(planned["adopted"]) == 24
    assert planned["transactions"] == []
    assert node.sent == []

    assert concordat("standard", "adopt", "my", "--key", "keystore:police").code == 6
    adopted = concordat("standard", "adopt", "my", "--key", "keystore:authority", "--json")
    assert adopted.json["adopted"] == planned["adopted"]
    assert adopted.json["review"] == "drafted"
    assert "Nothing to adopt" in concordat("standard", "adopt", "my", "--key", "keystore:authority").out
    assert concordat("standard", "adopt", "intl").code == 2


def test_standards_are_listed_and_shown_in_words(concordat: Any, node: FakeNode) -> None:
    concordat("standard", "adopt", "my", "--key", "keystore:authority")
    listed = concordat("standard", "list", "--json").json["standards"]
    assert len(listed) == 36
    shown = concordat("standard", "show", "MY", "STORAGE_IMAGING")
    assert "LEGAL_BASIS_CITED" in shown.out
    assert "Evidence Act 1950" in shown.out
    assert "not reviewed by counsel" in shown.out
    chinese = concordat("standard", "show", "MY", "STORAGE_IMAGING", "--foreign", "--lang", "zh")
    assert "可补正" in chinese.out
    assert concordat("standard", "show", "CN", "OTHER").code == 2
    assert concordat("standard", "show", "CN", "OTHER", "--written").code == 0
    assert concordat("standard", "show", "FR", "OTHER", "--written").code == 2

    node.lost = {"*": "before"}
    offline = concordat("standard", "list", "--offline", "--json").json["standards"]
    assert offline == listed


def test_without_a_node_the_last_reading_is_shown(concordat: Any, workspace: Path) -> None:
    config = workspace / "config.json"
    config.write_text(config.read_text().replace(json.loads(config.read_text())["rpc"], "http://127.0.0.1:1"))
    outcome = concordat("standard", "list")
    assert outcome.code == 0
    assert "as read on" in outcome.err


def test_rule_files_are_linted(concordat: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "xx.yaml"
    wrong.write_text("jurisdiction: MY\nwhat: 1\n")
    outcome = concordat("standard", "lint", str(wrong))
    assert outcome.code == 2
    assert f"{wrong}:" in outcome.out
    assert concordat("standard", "lint", str(wrong), "--json").json["findings"]
    assert concordat("standard", "lint", str(tmp_path / "gone.yaml")).code == 8


# suite


def test_creating_a_suite_asks_first_and_reads_the_founders(
    concordat: Any, url: str, tmp_path: Path, node: FakeNode
) -> None:
    file = tmp_path / "founders.yaml"
    create = ("suite", "create", "--rpc", url, "--founders", str(file), "--out", str(tmp_path / "suite.json"))
    assert concordat(*create, "--key", "keystore:police").code == 8
    file.write_text('- {jurisdiction: MY, kind: POLICE, account: "keystore:nobody", name: X, charter: []}')
    assert concordat(*create, "--key", "keystore:police").code == 2
    file.write_text('- {jurisdiction: MY, kind: POLICE, account: "keystore:police", name: X, charter: []}')
    assert concordat(*create).code == 2
    unasked = concordat(*create, "--key", "keystore:police", "--json")
    assert unasked.json["code"] == "no_terminal"
    assert node.sent == []
    assert MY == 458
