# SPDX-License-Identifier: Apache-2.0
"""Who may do what with outcomes, reports and disputes, for the table of test_roles.py.

Malaysia's police is rated by China's, and has opened one dispute, to which China has not committed yet.
"""

from __future__ import annotations

from brownie import web3
from eth_abi import encode

from tests.contracts.assets.impersonation import as_module
from tests.contracts.freezecast import Calls, Function
from tests.contracts.freezerows import Row, by, of_agency, with_any
from tests.contracts.suite import ANSWER, OBJECT, Suite

OUTCOME_DISPUTE, OVERDUE = 3, 6
SUBJECT, OTHER_SUBJECT, THIRD_SUBJECT, PAPER = (bytes([number]) * 32 for number in (0x81, 0x82, 0x83, 0x84))
AUTHORITIES = {"cn_authority", "my_authority", "sg_authority"}


def standing_calls(suite: Suite) -> Calls:
    """Arguments with which each succeeds for whoever may call it; of reports, nothing follows for anybody."""
    rated, other = suite.ids["my_police"], suite.ids["cn_police"]
    panels = {"from": as_module(suite.panels)}
    for subject in (SUBJECT, OTHER_SUBJECT):
        suite.reputation.record(rated, other, OVERDUE, subject, panels)
    outcome, disputed = (_outcome(rated, subject) for subject in (SUBJECT, OTHER_SUBJECT))
    opening = {"from": suite.actors["officer with OBJECT"]}
    suite.panels.open(OUTCOME_DISPUTE, disputed, PAPER, PAPER, opening)
    dispute = bytes(web3.keccak(encode(["uint8", "bytes32", "uint32"], [OUTCOME_DISPUTE, disputed, rated])))
    return {
        ("AgencyReputation", "record"): (rated, other, OVERDUE, THIRD_SUBJECT),
        ("AgencyReputation", "annul"): (outcome, dispute),
        ("AgencyReputation", "reply"): (outcome, PAPER),
        ("AgencyReputation", "declare"): (True,),
        ("OutcomeReports", "reportRequest"): (PAPER,),
        ("OutcomeReports", "reportExclusion"): (PAPER,),
        ("OutcomeReports", "reportHold"): (PAPER, PAPER),
        ("OutcomeReports", "reportObjection"): (PAPER, PAPER, 1),
        ("OutcomeReports", "reportObligation"): (PAPER, 0, 156, 1, 458),
        ("Panels", "open"): (OUTCOME_DISPUTE, outcome, PAPER, PAPER),
        ("Panels", "commit"): (dispute, PAPER),
        ("Panels", "reveal"): (dispute, PAPER),
        ("Panels", "vote"): (dispute, True, PAPER),
        ("Panels", "close"): (dispute,),
    }


def _outcome(agency: int, subject: bytes) -> bytes:
    return bytes(web3.keccak(encode(["uint32", "uint8", "bytes32"], [agency, OVERDUE, subject])))


NOTHING_FOLLOWS = Row(otherwise="NothingToReport")
STANDING_TABLE: dict[Function, Row] = {
    ("AgencyReputation", "record"): Row({"OutcomeReports", "Panels"}, "NotTheModule"),
    ("AgencyReputation", "annul"): Row({"Panels"}, "NotTheModule"),
    ("AgencyReputation", "reply"): by(OBJECT, of_agency("my_police", OBJECT), "NotTheRated"),
    ("AgencyReputation", "declare"): Row(AUTHORITIES, "NotCentralAuthority"),
    ("OutcomeReports", "reportRequest"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportExclusion"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportHold"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportObjection"): NOTHING_FOLLOWS,
    ("OutcomeReports", "reportObligation"): Row(otherwise="NoSuchThread"),
    ("Panels", "open"): by(OBJECT, of_agency("my_police", OBJECT), "NotASide"),
    ("Panels", "commit"): Row(
        {"officer of another agency"},
        "NotAuthorised",
        {"NotASide": with_any(OBJECT | ANSWER) - {"officer of another agency"}},
    ),
    ("Panels", "reveal"): Row(otherwise="WrongPhase"),
    ("Panels", "vote"): Row(otherwise="NotAVoter", but={"WrongPhase": AUTHORITIES}),
    ("Panels", "close"): Row(otherwise="WrongPhase"),
}
