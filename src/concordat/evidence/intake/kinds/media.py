# SPDX-License-Identifier: Apache-2.0
"""Sound and moving pictures, with the recording time where the container has one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe

_SIGNATURES = (
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"#!SILK_V3", "audio/silk"),
    (b"\x02#!SILK_V3", "audio/silk"),
    (b"MThd\0\0\0\x06", "audio/midi"),
    (b"caff\0\1", "audio/x-caf"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "video/x-ms-asf"),
    (b"FLV\x01", "video/x-flv"),
    (b"\0\0\1\xba", "video/mpeg"),
    (b"\0\0\1\xb3", "video/mpeg"),
    (b"IMKH", "video/x-hikvision"),
    (b"DHAV", "video/x-dahua"),
    (b".RMF", "application/vnd.rn-realmedia"),
)
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_AUDIO_BRANDS = frozenset((b"M4A ", b"M4B ", b"M4P "))
_PICTURE_BRANDS = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
)
_QUICKTIME_BOXES = frozenset((b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_MP3_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_MP3_FREQUENCIES = (44100, 48000, 32000, 0)
_BOXES = 64


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by signature, by the boxes of MP4, or by frames that follow each other."""
    head = probe.head
    for signature, media in _SIGNATURES:
        if head.startswith(signature):
            yield Candidate(Kind.AUDIO_VIDEO, media, 95)
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        yield Candidate(Kind.AUDIO_VIDEO, _RIFF[head[8:12]], 95, _wave(head) if head[8:12] == b"WAVE" else {})
    if head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"):
        yield Candidate(Kind.AUDIO_VIDEO, "audio/aiff", 95)
    if head.startswith(b"OggS"):
        yield Candidate(Kind.AUDIO_VIDEO, "video/ogg" if b"theora" in head[:512] else "audio/ogg", 95)
    if head.startswith(b"\x1aE\xdf\xa3"):
        yield Candidate(Kind.AUDIO_VIDEO, "video/webm" if b"webm" in head[:64] else "video/x-matroska", 95)
    if (boxed := _mp4(head)) is not None:
        yield Candidate(Kind.AUDIO_VIDEO, boxed, 95, _movie(probe))
    if _is_mp3(head):
        yield Candidate(Kind.AUDIO_VIDEO, "audio/mpeg", 85)
    if _is_transport_stream(head):
        yield Candidate(Kind.AUDIO_VIDEO, "video/mp2t", 85)


def _wave(head: bytes) -> dict[str, Observation]:
    at = head.find(b"fmt ", 12, 4096)
    data = head.find(b"data", 12, 65536)
    if at < 0 or data < 0 or len(head) < max(at + 24, data + 8):
        return {}
    (rate,) = struct.unpack_from("<I", head, at + 16)
    (length,) = struct.unpack_from("<I", head, data + 4)
    return {"seconds": round(length / rate, 3)} if rate and length != 0xFFFFFFFF else {}


def _mp4(head: bytes) -> str | None:
    if head[4:8] in _QUICKTIME_BOXES and int.from_bytes(head[:4], "big") >= 8:
        return "video/quicktime"
    if head[4:8] != b"ftyp" or head[8:12] in _PICTURE_BRANDS:
        return None
    brand = head[8:12]
    if brand in _AUDIO_BRANDS:
        return "audio/mp4"
    if brand == b"qt  ":
        return "video/quicktime"
    return "video/3gpp" if brand.startswith(b"3g") else "video/mp4"


def _movie(probe: Probe) -> dict[str, Observation]:
    """Recording time and length from ``moov/mvhd``. The time is UTC, though some cameras write local time."""
    at = 0
    for _ in range(_BOXES):
        header = probe.at(at, 16)
        if len(header) < 8:
            break
        length = int.from_bytes(header[:4], "big")
        if length == 1 and len(header) == 16:
            length = int.from_bytes(header[8:], "big")
        if header[4:8] == b"moov":
            return _movie_header(probe.at(at + 8, 128))
        if length < 8:
            break
        at += length
    return {}


def _movie_header(box: bytes) -> dict[str, Observation]:
    if len(box) < 40 or box[4:8] != b"mvhd":
        return {}
    made, scale, length = (
        (struct.unpack_from(">Q", box, 12)[0], *struct.unpack_from(">IQ", box, 28))
        if box[8] == 1
        else (struct.unpack_from(">I", box, 12)[0], *struct.unpack_from(">II", box, 20))
    )
    found: dict[str, Observation] = {}
    if 0 < made < 1 << 33:
        found["recorded"] = (_EPOCH_1904 + timedelta(seconds=made)).isoformat()
    if scale and length < 1 << 48:
        found["seconds"] = round(length / scale, 3)
    return found


def _is_mp3(head: bytes) -> bool:
    """Check that three MPEG-1 layer III frames follow each other: two bytes alone prove nothing."""
    at = 0
    for _ in range(3):
        length = _mp3_frame(head[at : at + 4])
        if not length:
            return False
        at += length
    return True


def _mp3_frame(header: bytes) -> int:
    """Length in bytes of the frame with this header, 0 if it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xFE != 0xFA:
        return 0
    rate, frequency = _MP3_RATES[header[2] >> 4], _MP3_FREQUENCIES[header[2] >> 2 & 3]
    if not rate or not frequency:
        return 0
    return 144_000 * rate // frequency + (header[2] >> 1 & 1)


def _is_transport_stream(head: bytes) -> bool:
    return len(head) >= 5 * 188 and all(head[packet * 188] == 0x47 for packet in range(5))
