# SPDX-License-Identifier: Apache-2.0
"""Logs that hold network addresses: access, system and JSON logs, tables of log-ins, lists, captures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from concordat.evidence.intake.kinds.addresses import addresses, is_address
from concordat.evidence.intake.kinds.base import OPENING, Candidate, Kind, Observation, Probe
from concordat.evidence.intake.kinds.structure import is_json_lines
from concordat.evidence.intake.kinds.tables import TIME
from concordat.evidence.intake.kinds.times import has_time, times

_LINES = 500
_ACCESS = re.compile(
    r"^(?:\S{1,260}:\d{1,5} )?(\S{2,260}) \S{1,200} .{1,200}? ?"
    r'\[\d{1,2}/[A-Z][a-z]{2}/\d{4}:[\d: +-]{8,15}\] "'
)
_HEADERS = ("#Software: Microsoft Internet Information", "#Fields: ", "#Version: 1.0", "#separator \\x09")
_CAPTURES = (
    (b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    (b"\x4d\x3c\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (b"\xa1\xb2\x3c\x4d", "application/vnd.tcpdump.pcap"),
    (b"\x0a\x0d\x0d\x0a", "application/x-pcapng"),
)
_ADDRESS_KEYS = re.compile(
    r"^(?:(?:remote|client|source|src|dest|destination|dst|server|peer|real|login)?_?-?(?:ip|addr|address|ipaddr|ipaddress)"
    r"(?:_?v?[46])?)$",
    re.IGNORECASE,
)
_TIME_KEYS = re.compile(r"(?:^|_|@)(?:time|ts|date)|time(?:stamp)?$|_at$|Date$", re.IGNORECASE)


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by the form of lines; count addresses and tell the span of time."""
    for signature, media in _CAPTURES:
        if probe.head.startswith(signature) and len(probe.head) >= 24:
            yield Candidate(Kind.IP_LOG, media, 90)
    text = probe.opening()
    if not text or text[:64].lstrip("\ufeff \t\r\n").startswith("<"):
        return
    confidence, media = _judge(probe, text)
    if confidence:
        yield Candidate(Kind.IP_LOG, media, confidence, _observe(probe, text))


def _judge(probe: Probe, text: str) -> tuple[int, str]:
    lines = [line for line in text.splitlines()[:_LINES] if line.strip()]
    if not lines:
        return 0, ""
    if any(text.startswith(mark) for mark in _HEADERS) and "#Fields" in text[:4096].title():
        return 90, "text/plain"
    if probe.keys():
        return _json(probe.keys(), text), "application/json"
    if (share := _share_of_access(lines)) >= 0.8:
        return 95, "text/plain"
    table = probe.table()
    if table is not None:
        cells = table.column("address") if table.has("address") else []
        sound = (
            bool(cells)
            and sum(map(is_address, cells)) >= 0.8 * len(cells)
            and table.share("time", TIME) >= 0.8
        )
        return (85 if sound else 0), "text/csv"
    return max(_free(lines), 60 if share >= 0.3 else 0), "text/plain"


def _share_of_access(lines: Sequence[str]) -> float:
    """Share of lines in the common or combined log format; a client may be a host's name."""
    return sum(1 for line in lines if _ACCESS.match(line[:2000])) / len(lines)


def _free(lines: Sequence[str]) -> int:
    with_address = [line for line in lines if any(True for _ in addresses(line[:4000]))]
    if len(with_address) == len(lines) and all(is_address(line) for line in lines):
        return 75 if len(lines) >= 2 else 60
    both = sum(1 for line in with_address if has_time(line[:400]))
    if len(lines) < 2 or both * 4 < len(lines):
        return 0
    return 78 if both * 10 >= len(lines) * 6 else 60


def _json(keys: frozenset[str], text: str) -> int:
    found = any(True for _ in addresses(text))
    if not found or not any(map(_ADDRESS_KEYS.match, keys)) or not any(map(_TIME_KEYS.search, keys)):
        return 0
    return 85 if is_json_lines(text) else 75


def _observe(probe: Probe, text: str) -> dict[str, Observation]:
    found = set(addresses(text))
    seen: dict[str, Observation] = {
        "ipv4_addresses": sum(1 for address in found if address.version == 4),
        "ipv6_addresses": sum(1 for address in found if address.version == 6),
        "counted": "whole file" if len(text) >= probe.size or len(probe.text()) <= OPENING else "first part",
    }
    tail = probe.at(max(0, probe.size - 8192), 8192).decode("utf-8", "replace")
    return {**seen, **_span([*times(text), *times(tail)])}


def _span(found: list[datetime]) -> dict[str, Observation]:
    """First and last time. Times with and without offset cannot be compared; those with one are preferred."""
    aware = [time for time in found if time.tzinfo is not None]
    comparable = aware or found
    if not comparable:
        return {}
    return {"first_time": min(comparable).isoformat(), "last_time": max(comparable).isoformat()}
