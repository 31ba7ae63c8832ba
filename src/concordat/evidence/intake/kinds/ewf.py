# SPDX-License-Identifier: Apache-2.0
"""The digests inside an Expert Witness (E01) image. They are of the medium that was imaged, not of the file.

Source of the layout: libewf, "Expert Witness Compression Format specification", sections "hash" and "digest".
"""

from __future__ import annotations

import struct

from concordat.evidence.intake.kinds.base import Observation, Probe

_HEADER = 13
_SECTION = struct.Struct("<16sQQ")
_SECTION_BYTES = 76
_SECTIONS = 8192


def embedded_hashes(probe: Probe) -> dict[str, Observation]:
    """Read ``medium_md5`` and ``medium_sha1`` (hex) ; the last segment of an image holds them."""
    found: dict[str, Observation] = {}
    at = _HEADER
    for _ in range(_SECTIONS):
        header = probe.at(at, _SECTION.size)
        if len(header) < _SECTION.size:
            break
        name, following, _ = _SECTION.unpack(header)
        kind = name.rstrip(b"\0")
        if kind == b"digest":
            body = probe.at(at + _SECTION_BYTES, 36)
            found.update(_named("medium_md5", body[:16]), **_named("medium_sha1", body[16:36]))
        elif kind == b"hash":
            found.update(_named("medium_md5", probe.at(at + _SECTION_BYTES, 16)))
        if kind in (b"done", b"next") or following <= at:
            break
        at = following
    return found


def _named(name: str, digest: bytes) -> dict[str, Observation]:
    return {name: digest.hex()} if any(digest) else {}
