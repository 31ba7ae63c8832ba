# SPDX-License-Identifier: Apache-2.0
"""Grants: what is sealed under one is never more than it permits, nor after its end."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from casestage import written
from hall import DAY, Hall, Office, Offices

ITEMS = """\
concordat: items/1
items:
  - id: account-7
    fields: {ACCOUNTS: "EXAMPLE PAY 100200300", PERSONS: [Tan Example, Lim Example]}
  - id: server-image
    resident: true
    fields: {ACCOUNTS: This body stays.}
"""
MORE = ITEMS + "  - {id: account-8, fields: {ACCOUNTS: '5'}}\n"


def _given(hall: Hall, to: str = "MY-PDRM", handling: str = "GREEN") -> tuple[str, ...]:
    until = datetime.fromtimestamp(max(hall.now, int(time.time())) + 10 * DAY, UTC).isoformat()
    more = ("--purpose", "INVESTIGATION", "--handling", handling, "--until", until)
    return ("case", "grant", "give", to, "items.yaml", "--field", "ACCOUNTS", *more)


@pytest.fixture
def giver(office: Offices) -> Office:
    """Has the items."""
    found = office("CN-MPS")
    written(found.folder, "items.yaml", ITEMS)
    written(found.folder, "more.yaml", MORE)
    return found


@pytest.fixture
def granted(hall: Hall, giver: Office) -> str:
    """To Malaysia, for ten days, among members."""
    found: str = giver.done(*_given(hall))["grant"]
    return found


def test_granted_fields_travel_and_what_is_resident_stays(
    hall: Hall, giver: Office, granted: str, office: Offices
) -> None:
    sent = giver.done("case", "grant", "send", granted, "items.yaml")
    assert (sent["proofs"], sent["left_out"]) == (["server-image"], ["PERSONS"])
    reader = office("MY-PDRM")
    opened = reader.done("case", "grant", "open", sent["hash"], "--out", "came.json")
    items: dict[str, Any] = {each["id"]: each for each in opened["items"]}
    assert items["account-7"]["fields"] == {"ACCOUNTS": ["EXAMPLE PAY 100200300"]}
    assert items["server-image"]["fields"] == {}
    assert len(items["server-image"]["proof"]) == 64
    assert "stays in the country" in reader("case", "grant", "open", sent["hash"]).out
    assert "not for agency" in office("SG-SPF").refused("case", "grant", "open", sent["hash"])
    assert reader.done("case", "grant", "check", granted, "--field", "ACCOUNTS")["permits"]
    assert not reader.done("case", "grant", "check", granted, "--field", "PERSONS")["permits"]


def test_beyond_the_grant_nothing_is_sealed(giver: Office, granted: str, office: Offices) -> None:
    outside = giver.refused("case", "grant", "send", granted, "items.yaml", "--field", "PERSONS")
    assert "does not permit" in outside
    assert "not granted: account-8" in giver.refused("case", "grant", "send", granted, "more.yaml")
    other = office("SG-SPF")
    written(other.folder, "items.yaml", ITEMS)
    assert "another agency" in other.refused("case", "grant", "send", granted, "items.yaml")


def test_after_its_end_nothing_is_sealed_or_opened(
    hall: Hall, giver: Office, granted: str, office: Offices
) -> None:
    sent = giver.done("case", "grant", "send", granted, "items.yaml")
    hall.pass_time(11 * DAY)
    assert "is over" in giver.refused("case", "grant", "send", granted, "items.yaml")
    assert "is over" in office("MY-PDRM").refused("case", "grant", "open", sent["hash"])
    assert not giver.done("case", "grant", "list")["grants"][0]["permits"]


def test_revoked_with_what_was_passed_on(hall: Hall, giver: Office, granted: str, office: Offices) -> None:
    sent = giver.done("case", "grant", "send", granted, "items.yaml")
    reader, third = office("MY-PDRM"), office("SG-SPF")
    reader.done("case", "grant", "open", sent["hash"], "--out", "came.json")
    onward = reader.done("case", "grant", "forward", granted, "SG-SPF")
    assert reader.done("case", "grant", "forward", granted, "SG-SPF")["before"]
    passed = reader.done("case", "grant", "send", onward["grant"], "came.json")
    items = third.done("case", "grant", "open", passed["hash"])["items"]
    before = json.loads((reader.folder / "came.json").read_text(encoding="utf-8"))["items"]
    assert items == before
    giver.done("case", "grant", "revoke", granted)
    assert giver.done("case", "grant", "revoke", granted)["before"]
    assert "revoked" in reader.refused("case", "grant", "send", onward["grant"], "came.json")
    assert "revoked" in third.refused("case", "grant", "open", passed["hash"])


def test_handling_is_kept_and_mistakes_are_sentences(hall: Hall, giver: Office, office: Offices) -> None:
    red = giver.done(*_given(hall, handling="RED"))["grant"]
    assert office("MY-PDRM").refused("case", "grant", "forward", red, "SG-SPF")
    giver.done("case", "grant", "new", "template.yaml")
    assert "exists" in giver.refused("case", "grant", "new", "template.yaml")
    template = [each if each != "items.yaml" else "template.yaml" for each in _given(hall)]
    giver.done(*template)
    written(giver.folder, "items.yaml", ITEMS.replace("ACCOUNTS", "ACOUNTS"))
    assert "unknown field" in giver.refused(*_given(hall))
    assert "No grants begin with" in giver.refused("case", "grant", "check", "0x123456")
