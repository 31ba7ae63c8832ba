# SPDX-License-Identifier: Apache-2.0
"""Asks every recogniser and decides."""

from __future__ import annotations

from concordat.evidence.intake.kinds.base import Kind, Probe, Recognised

_TEXT_CONFIDENCE = 40


def recognise(probe: Probe) -> Recognised:
    """Decide what a file is. Never raises and reads a bounded amount, whatever the content."""
    if probe.size and probe.text():
        return Recognised(Kind.DOCUMENT, "text/plain", False, _TEXT_CONFIDENCE)
    return Recognised(Kind.OPAQUE, None, False, 0)
