# SPDX-License-Identifier: Apache-2.0
"""Documents: PDF, the older Office files, RTF, plain text. (Newer Office files are ZIP; see `zips`.)"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe
from concordat.evidence.intake.kinds.structure import is_json_lines, xml_root

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("__properties_version1.0", Kind.EMAIL, "application/vnd.ms-outlook"),
    ("WordDocument", Kind.DOCUMENT, "application/msword"),
    ("Workbook", Kind.DOCUMENT, "application/vnd.ms-excel"),
    ("Book", Kind.DOCUMENT, "application/vnd.ms-excel"),
    ("PowerPoint Document", Kind.DOCUMENT, "application/vnd.ms-powerpoint"),
    ("HwpSummaryInformation", Kind.DOCUMENT, "application/x-hwp"),
)
_DIRECTORY_BYTES = 1 << 15
_PDF_TAIL = 1 << 15
_PDF_MADE = re.compile(
    rb"/CreationDate\s*\(D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([Z+-]?)(\d\d)?'?(\d\d)?"
)
_PDF_BROWSER = re.compile(
    rb"/Producer\s*\((?:Skia/PDF|Qt [\d.]+|iOS [^)]*Quartz)|/Creator\s*\((?:Chromium|Mozilla/|Safari)"
)
_TEXT = 40


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise documents; anything that reads as text is at least plain text, with low confidence."""
    pdf = probe.head[:1024].find(b"%PDF-")
    if pdf >= 0:
        yield from _pdf(probe, pdf)
    if probe.head.startswith(_OLE):
        yield _ole(probe)
    if probe.head.startswith(b"{\\rtf"):
        yield Candidate(Kind.DOCUMENT, "application/rtf", 95)
    if probe.head.startswith(b"%!PS"):
        yield Candidate(Kind.DOCUMENT, "application/postscript", 95)
    if probe.head.startswith(b"AT&TFORM"):
        yield Candidate(Kind.DOCUMENT, "image/vnd.djvu", 95)
    if probe.opening().strip():
        yield Candidate(Kind.DOCUMENT, _text_media(probe), _TEXT)


def _pdf(probe: Probe, at: int) -> Iterator[Candidate]:
    tail = probe.at(max(0, probe.size - _PDF_TAIL), _PDF_TAIL)
    observations: dict[str, Observation] = {"version": probe.head[at + 5 : at + 8].decode("ascii", "replace")}
    if b"/Encrypt" in tail:
        observations["encrypted"] = True
    made = _PDF_MADE.search(probe.head) or _PDF_MADE.search(tail)
    if made:
        observations["created"] = _pdf_time(made)
    yield Candidate(Kind.DOCUMENT, "application/pdf", 95 if at == 0 else 85, observations)
    if _PDF_BROWSER.search(probe.head) or _PDF_BROWSER.search(tail):
        # a browser printed it, so a page was shown, but what is kept is its print: let a person decide
        yield Candidate(Kind.WEB_PAGE, "application/pdf", 85)


def _pdf_time(match: re.Match[bytes]) -> str:
    """``D:20260317094210+08'00'`` as ISO 8601; parts left out are the first of their kind."""
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = (
        (part or b"").decode("ascii") for part in match.groups()
    )
    zone = (
        "+00:00" if sign == "Z" else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign and zone_hour else ""
    )
    return f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"


def _ole(probe: Probe) -> Candidate:
    """Look for the names of streams in the directory, of which the header says where it begins."""
    names = frozenset[str]()
    if len(probe.head) >= 52:
        (shift,) = struct.unpack_from("<H", probe.head, 30)
        (first,) = struct.unpack_from("<I", probe.head, 48)
        if shift in (9, 12):
            names = _ole_names(probe.at((first + 1) << shift, _DIRECTORY_BYTES))
    for stream, kind, media in _OLE_STREAMS:
        if stream in names:
            return Candidate(kind, media, 95, {"encrypted": True} if "EncryptedPackage" in names else {})
    if "EncryptedPackage" in names:
        return Candidate(Kind.DOCUMENT, "application/x-ole-storage", 90, {"encrypted": True})
    return Candidate(Kind.DOCUMENT, "application/x-ole-storage", 70)


def _ole_names(directory: bytes) -> frozenset[str]:
    names: set[str] = set()
    for at in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        if 2 < length <= 64:
            names.add(directory[at : at + length - 2].decode("utf-16-le", "replace").strip("\x05\x01\x03"))
    return frozenset(names)


def _text_media(probe: Probe) -> str:
    if probe.keys():
        return "application/x-ndjson" if is_json_lines(probe.opening()) else "application/json"
    if xml_root(probe.opening()) is not None:
        return "application/xml"
    return "text/csv" if probe.table() is not None else "text/plain"
