# SPDX-License-Identifier: Apache-2.0
"""The part of the stage of cast.py that is about standing.

Malaysia's police is rated by China's, and has opened one dispute, to which China has not committed yet.
"""

from __future__ import annotations

from brownie import web3
from eth_abi import encode

from tests.contracts.assets.impersonation import as_module
from tests.contracts.freezecast import Calls
from tests.contracts.suite import Suite

OUTCOME_DISPUTE, OVERDUE = 3, 6
SUBJECT, OTHER_SUBJECT, THIRD_SUBJECT, PAPER = (bytes([number]) * 32 for number in (0x81, 0x82, 0x83, 0x84))


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
        ("OutcomeReports", "reportObligation"): (PAPER, 0, 156, 1),
        ("Panels", "open"): (OUTCOME_DISPUTE, outcome, PAPER, PAPER),
        ("Panels", "commit"): (dispute, PAPER),
        ("Panels", "reveal"): (dispute, PAPER),
        ("Panels", "vote"): (dispute, True, PAPER),
        ("Panels", "close"): (dispute,),
    }


def _outcome(agency: int, subject: bytes) -> bytes:
    return bytes(web3.keccak(encode(["uint32", "uint8", "bytes32"], [agency, OVERDUE, subject])))
