# SPDX-License-Identifier: Apache-2.0
"""Kinds of evidence, recognised from content."""

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe, Recognised
from concordat.evidence.intake.kinds.decide import recognise

__all__ = ["Candidate", "Kind", "Observation", "Probe", "Recognised", "recognise"]
