# SPDX-License-Identifier: Apache-2.0
"""Photos and pictures, with the time and place that the camera wrote."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from typing import IO, Literal, cast

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe
from concordat.evidence.intake.kinds.exif import read_exif

_EXIF_BYTES = 1 << 18
_STEPS = 256
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by signature and add what EXIF says."""
    media = _media(probe)
    if media is None:
        return
    yield Candidate(Kind.PHOTO, media, 95, _observe(probe, media))


def _media(probe: Probe) -> str | None:
    head = probe.head
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "image/tiff"
    if head[4:8] == b"ftyp":
        return _heif(head)
    if head.startswith(b"BM") and _is_bitmap(probe):
        return "image/bmp"
    return None


def _heif(head: bytes) -> str | None:
    if head[8:12] in (b"avif", b"avis"):
        return "image/avif"
    return "image/heic" if head[8:12] in _HEIF_BRANDS else None


def _is_bitmap(probe: Probe) -> bool:
    """``BM`` alone begins many texts: size, reserved words and header length must fit too."""
    if len(probe.head) < 26:
        return False
    size, reserved, pixels, header = struct.unpack_from("<4I", probe.head, 2)
    return (
        reserved == 0
        and header in (12, 40, 52, 56, 64, 108, 124)
        and 14 + header <= pixels <= max(size, probe.size)
    )


class _Bounded(io.RawIOBase):
    """The probe as a file, for directories that a TIFF keeps anywhere: the probe's budget is the bound."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._at = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._probe.at(self._at, min(size, _EXIF_BYTES) if size >= 0 else _EXIF_BYTES)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._probe.size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at


def _observe(probe: Probe, media: str) -> dict[str, Observation]:
    if media == "image/tiff":
        return read_exif(cast(IO[bytes], _Bounded(probe))) if _tiff_entries(probe) <= _STEPS else {}
    block = {
        "image/jpeg": _jpeg_exif,
        "image/png": _png_exif,
        "image/webp": _webp_exif,
        "image/heic": _heif_exif,
        "image/avif": _heif_exif,
    }.get(media, _none)(probe)
    return read_exif(io.BytesIO(block)) if block else {}


def _tiff_entries(probe: Probe) -> int:
    """Count the entries that the first directory claims: cameras write some dozens."""
    order: Literal["little", "big"] = "little" if probe.head.startswith(b"II") else "big"
    return int.from_bytes(probe.at(int.from_bytes(probe.head[4:8], order), 2), order)


def _none(_probe: Probe) -> bytes:
    return b""


def _jpeg_exif(probe: Probe) -> bytes:
    """Walk the segments before the picture itself to the one called Exif."""
    at = 2
    for _ in range(_STEPS):
        marker = probe.at(at, 10)
        if len(marker) < 4 or marker[0] != 0xFF or marker[1] in (0xD9, 0xDA):
            break
        length = int.from_bytes(marker[2:4], "big")
        if marker[1] == 0xE1 and marker[4:10] == b"Exif\0\0":
            return probe.at(at + 10, length - 8)
        at += 2 + max(length, 2)
    return b""


def _png_exif(probe: Probe) -> bytes:
    return _chunk(probe, at=8, wanted=b"eXIf", name_first=False, order="big", padded=False)


def _webp_exif(probe: Probe) -> bytes:
    blob = _chunk(probe, at=12, wanted=b"EXIF", name_first=True, order="little", padded=True)
    return blob.removeprefix(b"Exif\0\0")


def _chunk(probe: Probe, *, at: int, wanted: bytes, name_first: bool, order: str, padded: bool) -> bytes:
    """Walk chunks of ``name, length`` or ``length, name`` and return the content of the wanted one."""
    for _ in range(_STEPS):
        header = probe.at(at, 8)
        if len(header) < 8:
            break
        name, raw = (header[:4], header[4:]) if name_first else (header[4:], header[:4])
        length = int.from_bytes(raw, "little" if order == "little" else "big")
        if name == wanted:
            return probe.at(at + 8, min(length, _EXIF_BYTES))
        at += 8 + length + (length & 1 if padded else 4)
    return b""


def _heif_exif(probe: Probe) -> bytes:
    """Find the Exif item where cameras put it, before the picture; reading all boxes would gain nothing."""
    at = probe.head.find(b"Exif\0\0")
    return probe.head[at + 6 : at + 6 + _EXIF_BYTES] if at >= 0 else b""
