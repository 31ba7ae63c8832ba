# SPDX-License-Identifier: Apache-2.0
"""Intake: from paths to exhibits, digested, recognised and remarked on."""

from concordat.evidence.intake.expect import Comparison, Outcome
from concordat.evidence.intake.findings import Finding, FindingCode, FindingSeverity
from concordat.evidence.intake.index import CaseIndex, Occurrence
from concordat.evidence.intake.kinds import Kind, Recognised
from concordat.evidence.intake.model import Context, Exhibit, Hashes, Progress, Resume, Summary
from concordat.evidence.intake.names import json_path, shown
from concordat.evidence.intake.run import Intake, intake

__all__ = [
    "CaseIndex",
    "Comparison",
    "Context",
    "Exhibit",
    "Finding",
    "FindingCode",
    "FindingSeverity",
    "Hashes",
    "Intake",
    "Kind",
    "Occurrence",
    "Outcome",
    "Progress",
    "Recognised",
    "Resume",
    "Summary",
    "intake",
    "json_path",
    "shown",
]
