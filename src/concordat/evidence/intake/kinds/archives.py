# SPDX-License-Identifier: Apache-2.0
"""Archives and compressed files other than ZIP. Of a gzip the first 64 KiB are unpacked, never more."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe

_PEEK = 1 << 16
_SIGNATURES = (
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x04\x22\x4d\x18", "application/x-lz4"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
)


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by signature; look into a gzip for a web archive."""
    for signature, media in _SIGNATURES:
        if probe.head.startswith(signature):
            yield Candidate(Kind.ARCHIVE, media, 95)
    if probe.head.startswith(b"BZh") and probe.head[4:10] == b"1AY&SY":
        yield Candidate(Kind.ARCHIVE, "application/x-bzip2", 95)
    if probe.head.startswith(b"\x1f\x8b\x08"):
        yield _gzip(probe)
    if _is_tar(probe.head):
        yield Candidate(Kind.ARCHIVE, "application/x-tar", 95)


def _gzip(probe: Probe) -> Candidate:
    inner = b""
    try:
        inner = zlib.decompressobj(31).decompress(probe.head[:_PEEK], _PEEK)
    except zlib.error:
        return Candidate(Kind.ARCHIVE, "application/gzip", 70, {"damaged": True})
    if inner.startswith(b"WARC/"):
        return Candidate(Kind.WEB_PAGE, "application/warc", 95, {"compressed": True})
    media = "application/x-tar" if _is_tar(inner) else None
    return Candidate(Kind.ARCHIVE, "application/gzip", 95, {"holds": media} if media else {})


def _is_tar(head: bytes) -> bool:
    """Check the signature of POSIX and GNU tar, and the header's checksum."""
    if len(head) < 512 or head[257:262] != b"ustar":
        return False
    try:
        stated = int(head[148:156].strip(b" \0"), 8)
    except ValueError:
        return False
    return stated == sum(head[:148]) + 8 * 32 + sum(head[156:512])
