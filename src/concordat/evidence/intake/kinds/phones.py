# SPDX-License-Identifier: Apache-2.0
"""Extractions of phones: reports and containers of extraction tools, backups. (UFDR is a ZIP; see `zips`.)"""

from __future__ import annotations

from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe
from concordat.evidence.intake.kinds.structure import xml_root


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise Cellebrite's report and description, and Android's backup."""
    if probe.head.startswith(b"ANDROID BACKUP\n"):
        yield Candidate(Kind.PHONE_EXTRACTION, "application/x-android-backup", 98)
        return
    opening = probe.opening()[:8192]
    root = xml_root(opening) if opening else None
    if (
        root is not None
        and root.name == "project"
        and any("cellebrite.com/report" in space for space in root.spaces)
    ):
        yield Candidate(Kind.PHONE_EXTRACTION, "application/xml", 98)
    elif (
        opening.lstrip("\ufeff").startswith("[")
        and "ExtractionType=" in opening
        and "[DeviceInfo]" in opening
    ):
        yield Candidate(Kind.PHONE_EXTRACTION, "text/plain", 90)
