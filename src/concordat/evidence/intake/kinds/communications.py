# SPDX-License-Identifier: Apache-2.0
"""Records of communication that are neither chat nor calls: text messages, contacts, appointments."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe
from concordat.evidence.intake.kinds.structure import xml_root

_XML_ROOTS = {"smses": Kind.COMMUNICATION_RECORD, "calls": Kind.CALL_RECORDS}


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise vCard, iCalendar, and the XML of SMS and call backups."""
    opening = probe.opening()[:4096].lstrip("\ufeff \t\r\n")
    if opening[:11].upper() == "BEGIN:VCARD":
        yield Candidate(Kind.COMMUNICATION_RECORD, "text/vcard", 95)
    elif opening[:15].upper() == "BEGIN:VCALENDAR":
        yield Candidate(Kind.COMMUNICATION_RECORD, "text/calendar", 95)
    elif opening.startswith("<") and (root := xml_root(opening)) and root.name in _XML_ROOTS:
        member = {"smses": ("<sms ", "<mms "), "calls": ("<call ",)}[root.name]
        yield Candidate(
            _XML_ROOTS[root.name], "application/xml", 92 if any(m in opening for m in member) else 60
        )
