# SPDX-License-Identifier: Apache-2.0
"""Who may do what with cases and joint teams, for the table of test_roles.py; see casecast.py."""

from __future__ import annotations

from tests.contracts.casecast import FOREIGN_LEADER, LEADER
from tests.contracts.freezecast import Function
from tests.contracts.freezerows import Row, by, with_any
from tests.contracts.suite import ASK, LEAD

BOTH = {LEADER, FOREIGN_LEADER}

CASE_TABLE: dict[Function, Row] = {
    ("CaseRegistry", "open"): Row(with_any(LEAD), "NotAuthorised"),
    ("CaseRegistry", "claim"): by(LEAD, {LEADER}, "JurisdictionAlreadyClaimed"),
    ("CaseRegistry", "dropClaim"): by(LEAD, BOTH, "NotAClaimant"),
    ("CaseRegistry", "consult"): by(LEAD, BOTH, "NotAClaimant"),
    ("CaseRegistry", "proposeLead"): by(LEAD, BOTH, "NotAClaimant"),
    ("CaseRegistry", "agreeLead"): by(LEAD, {LEADER}, "AlreadyAgreed"),
    ("CaseRegistry", "offerTransfer"): by(LEAD, {LEADER}, "NotTheLead"),
    ("CaseRegistry", "acceptTransfer"): by(LEAD, {LEADER}, "NoTransferOffered"),
    ("CaseRegistry", "setDeadline"): by(LEAD, {LEADER}, "NotAClaimant"),
    ("CaseRegistry", "meetDeadline"): by(LEAD, {LEADER}, "NotConcernedByCase"),
    ("CaseRegistry", "countVictims"): by(LEAD | ASK, {LEADER, "officer with ASK"}, "NotConcernedByCase"),
    ("CaseRegistry", "anchorMinutes"): by(LEAD, {LEADER}, "NotAClaimant"),
    ("CaseRegistry", "close"): by(LEAD, {LEADER}, "NotTheLead"),
    ("JointTeams", "propose"): by(LEAD, {LEADER}, "NotAClaimant"),
    ("JointTeams", "join"): by(LEAD, {LEADER}, "AlreadyInTeam"),
    ("JointTeams", "invite"): by(LEAD, {LEADER}, "NotTheLead"),
    ("JointTeams", "remove"): by(LEAD, BOTH, "NotTheLead"),
    ("JointTeams", "extend"): by(LEAD, BOTH, "NotInTeam"),
    ("JointTeams", "end"): by(LEAD, {LEADER}, "NotTheLead"),
    ("JointTeams", "share"): by(LEAD | ASK, {*BOTH, "officer with ASK"}, "NotInTeam"),
    ("JointTeams", "proposeAction"): by(LEAD, BOTH, "NotInTeam"),
    ("JointTeams", "approveAction"): by(LEAD, {LEADER}, "AlreadyApproved"),
    ("JointTeams", "recordAction"): by(LEAD, BOTH, "NotInTeam"),
}
