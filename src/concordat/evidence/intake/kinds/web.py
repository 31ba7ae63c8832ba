# SPDX-License-Identifier: Apache-2.0
"""Saved web pages: HTML, MHTML, WARC, HAR, Safari's web archive. (WACZ is a ZIP; see `zips`.)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe

_TAGS = re.compile(r"<(html|head|body|title|meta|div|script|table|span|p|a|link|style|br)\b", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s+url: )(\S{1,2000})"
)
_CANONICAL = re.compile(
    r"""<link[^>]{0,300}rel=["']canonical["'][^>]{0,300}href=["']([^"']{1,2000})""", re.IGNORECASE
)
_LOCATION = re.compile(r"^Snapshot-Content-Location:\s*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_TARGET = re.compile(r"^WARC-Target-URI:\s*<?([^\s>]{1,2000})", re.IGNORECASE | re.MULTILINE)


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise a page, or an archive of pages, and say where it was saved from if it says so itself."""
    if probe.head.startswith(b"WARC/"):
        target = _TARGET.search(probe.head[:65536].decode("utf-8", "replace"))
        yield Candidate(Kind.WEB_PAGE, "application/warc", 100, _url(target))
        return
    if probe.head.startswith(b"bplist00") and b"WebMainResource" in probe.head:
        yield Candidate(Kind.WEB_PAGE, "application/x-webarchive", 95)
        return
    text = probe.opening()
    if not text:
        return
    opening = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if "multipart/related" in opening and "mime-version:" in opening:
        yield from _mhtml(text)
    elif opening.startswith("<") or "<html" in opening:
        yield from _html(text, opening)
    elif {"log", "entries", "request", "response"} <= probe.keys():
        yield Candidate(Kind.WEB_PAGE, "application/har+json", 90)


def _mhtml(text: str) -> Iterator[Candidate]:
    location = _LOCATION.search(text[:8192])
    if location or "content-type: text/html" in text.casefold():
        yield Candidate(Kind.WEB_PAGE, "multipart/related", 98 if location else 80, _url(location))


def _html(text: str, opening: str) -> Iterator[Candidate]:
    found = {tag.lower() for tag in _TAGS.findall(text)}
    address = _url(_SAVED_FROM.search(text[:8192]) or _CANONICAL.search(text))
    if opening.startswith("<!doctype html") or ("<html" in opening and found & {"head", "body", "title"}):
        media = (
            "application/xhtml+xml"
            if "www.w3.org/1999/xhtml" in opening and "<?xml" in opening
            else "text/html"
        )
        yield Candidate(Kind.WEB_PAGE, media, 85, address)
    elif len(found) >= 3:
        yield Candidate(Kind.WEB_PAGE, "text/html", 60, address)


def _url(match: re.Match[str] | None) -> dict[str, Observation]:
    return {"saved_from": match.group(1)} if match else {}
