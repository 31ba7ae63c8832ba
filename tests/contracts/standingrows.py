# SPDX-License-Identifier: Apache-2.0
"""Who may do what with outcomes, reports and disputes, for the table of test_roles.py."""

from __future__ import annotations

from tests.contracts.agreementrows import AUTHORITIES, OTHERS, OURS
from tests.contracts.councilrows import LEFT, VOTERS
from tests.contracts.freezecast import Function
from tests.contracts.freezerows import Row, by, of_agency, with_any
from tests.contracts.suite import ANSWER, OBJECT, TRANSMIT

NOTHING_FOLLOWS = Row(otherwise="NothingToReport")
STANDING_TABLE: dict[Function, Row] = {
    ("AgencyReputation", "record"): Row({"OutcomeReports", "Panels"}, "NotTheModule"),
    ("AgencyReputation", "annul"): Row({"Panels"}, "NotTheModule"),
    ("AgencyReputation", "reply"): by(OBJECT, of_agency("my_police", OBJECT), "NotTheRated"),
    ("AgencyReputation", "declare"): Row(VOTERS, "NotCentralAuthority", {"AuthoritySuspended": LEFT}),
    ("OutcomeReports", "reportRequest"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportExclusion"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportHold"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportObjection"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportObligation"): Row(
        otherwise="NotAuthorised",
        but={
            "NoSuchObligation": (AUTHORITIES | OURS) - LEFT,
            "AuthoritySuspended": LEFT,
            "NotCentralAuthority": (OTHERS | with_any(TRANSMIT)) - OURS,
        },
    ),
    ("Panels", "open"): by(OBJECT, of_agency("my_police", OBJECT), "NotASide"),
    ("Panels", "commit"): Row(
        {"officer of another agency"},
        "NotAuthorised",
        {"NotASide": with_any(OBJECT | ANSWER) - {"officer of another agency"}},
    ),
    ("Panels", "reveal"): Row(otherwise="WrongPhase"),
    ("Panels", "vote"): Row(otherwise="NotAVoter", but={"WrongPhase": VOTERS}),
    ("Panels", "close"): Row(otherwise="WrongPhase"),
}
