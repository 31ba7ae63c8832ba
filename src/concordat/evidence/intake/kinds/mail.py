# SPDX-License-Identifier: Apache-2.0
"""E-mail: messages (RFC 5322), mailboxes, Outlook's stores. (Outlook's .msg is OLE; see `documents`.)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from concordat.evidence.intake.kinds.addresses import addresses
from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe

_HEADERS = 1 << 15
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?(.{0,2000})$")
_MBOX = re.compile(r"From \S{1,320} +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ")
_EMLX = re.compile(r"\d{1,10}\s*\n")
_WHO = frozenset(("from", "sender", "return-path", "received", "delivered-to"))
_WHAT = frozenset(("to", "date", "subject", "message-id", "mime-version", "cc", "dkim-signature", "reply-to"))


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by header fields; tell the date, the number of relays and of addresses in their traces."""
    if probe.head.startswith(b"!BDN"):
        yield Candidate(Kind.EMAIL, "application/vnd.ms-outlook-pst", 95)
    if probe.head.startswith(b"\x78\x9f\x3e\x22"):
        yield Candidate(Kind.EMAIL, "application/vnd.ms-tnef", 95)
    text = probe.opening()[:_HEADERS]
    if not text:
        return
    mailbox = _MBOX.match(text)
    if mailbox:
        text = text.partition("\n")[2]
    elif counted := _EMLX.match(text):
        text = text[counted.end() :]
    fields = _fields(text)
    names = {name for name, _ in fields}
    who, what = names & _WHO, names & _WHAT
    if "snapshot-content-location" in names:
        return
    if who and len(what) >= 2 and (len(who) + len(what) >= 4 or mailbox):
        yield Candidate(Kind.EMAIL, "application/mbox" if mailbox else "message/rfc822", 92, _observe(fields))
    elif who and len(what) >= 2:
        yield Candidate(Kind.EMAIL, "message/rfc822", 60, _observe(fields))


def _fields(text: str) -> list[tuple[str, str]]:
    """Header fields up to the first empty line, folded lines joined; [] if the text begins with none."""
    fields: list[tuple[str, str]] = []
    for line in text.lstrip("\ufeff").split("\n"):
        line = line.rstrip("\r")
        if not line:
            break
        if line[0] in " \t" and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}"[:8000])
            continue
        match = _FIELD.match(line)
        if match is None:
            break
        fields.append((match.group(1).casefold(), match.group(2)))
    return fields


def _observe(fields: list[tuple[str, str]]) -> dict[str, Observation]:
    received = [value for name, value in fields if name == "received"]
    found: dict[str, Observation] = {"relays": len(received)}
    if received:
        found["relay_addresses"] = len({address for value in received for address in addresses(value)})
    for name, value in fields:
        if name == "date":
            try:
                found["mail_date"] = parsedate_to_datetime(value[:200]).isoformat()
            except (ValueError, TypeError, IndexError, OverflowError):
                found["mail_date_unreadable"] = True
            break
    return found
