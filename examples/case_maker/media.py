# SPDX-License-Identifier: Apache-2.0
"""Sound and moving pictures: a voice message (WAV) and the recording of a screen (AVI of JPEG frames)."""

from __future__ import annotations

import math
import struct

from PIL import Image, ImageDraw

from . import story
from .letters import write
from .pixels import jpeg

RATE = 8_000
_SINE = [round(math.sin(2 * math.pi * i / 1024) * 32_000) for i in range(1024)]  # the rest is whole numbers
# Pitch and two formants in Hz of ten syllables, as a vocoder would have them; zero is a pause.
_SYLLABLES = (
    (118, 730, 1_090), (126, 530, 1_840), (131, 390, 1_990), (0, 0, 0), (122, 570, 840), (115, 440, 1_020),
    (134, 660, 1_720), (0, 0, 0), (128, 270, 2_290), (110, 640, 1_190),
)  # fmt: skip


def _resonance(frequency: int, formant: int) -> int:
    """Say how strongly (0..256) a formant lifts a harmonic of this frequency."""
    distance = abs(frequency - formant)
    return max(0, 256 - distance * 256 // 420)


def voice(pitch_shift: int = 0, what: str = "voice") -> bytes:
    """Make two seconds like a muffled voice: harmonics under two formants; 8 kHz, 16 bits, mono."""
    dice = story.dice(what)
    samples: list[int] = []
    for pitch, first, second in _SYLLABLES:
        base = pitch and pitch + pitch_shift
        harmonics = [
            (base * h, _resonance(base * h, first) + _resonance(base * h, second) * 5 // 8)
            for h in range(1, 25)
            if base and base * h < RATE // 2
        ]
        for position in range(RATE // 5):
            envelope = min(position, RATE // 5 - position, 320)
            value = sum(_SINE[(position * hz * 1024 // RATE) % 1024] * loud for hz, loud in harmonics)
            samples.append(value * envelope // (320 * 1_400) + dice.randrange(-60, 61))
    pcm = b"".join(struct.pack("<h", max(-32_768, min(32_767, s))) for s in samples)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(pcm),
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        RATE,
        RATE * 2,
        2,
        16,
        b"data",
        len(pcm),
    )
    return head + pcm


def intercepted_voice() -> bytes:
    """Give what the interception left: another pitch, another noise."""
    return voice(24, "intercepted voice")


_LINES = (
    "14:00:05  w32tm: offset +85 ms (NTP ntp.example)",
    "14:00:41  ip address of this host 198.51.100.17",
    "14:01:20  tracert www.quorvex.example -> 192.0.2.80",
    "14:04:12  GET https://www.quorvex.example/  200",
    "14:04:13  save landing.html",
    "14:11:55  GET /logs/  200  directory index, no login",
    "14:12:30  GET /logs/access.log  200",
    "14:15:02  GET /download/quorvex-1.4.2.apk  200",
    "14:31:18  certutil -hashfile *.* SHA256",
    "14:33:40  sha256 and sm3 written to hash list",
    "14:47:50  w32tm: offset +86 ms",
    "14:48:00  recording ends",
)


def _frame(shown: int) -> bytes:
    picture = Image.new("RGB", (640, 400), (18, 26, 40))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((16, 16, 624, 360), fill=(12, 12, 14), outline=(90, 100, 120))
    draw.rectangle((16, 16, 624, 38), fill=(52, 62, 84))
    write(picture, (26, 22), "REMOTE EXTRACTION  0317-W  (fictional)", 1, (235, 238, 244))
    for number, text in enumerate(_LINES[:shown]):
        write(picture, (30, 52 + number * 24), text, 1, (150, 226, 160))
    draw.rectangle((0, 372, 640, 400), fill=(34, 44, 66))
    write(picture, (520, 380), f"2026-03-17 14:{4 * shown:02d}", 1, (235, 238, 244))
    return jpeg(picture, quality=70)


def _list(kind: bytes, body: bytes) -> bytes:
    return b"LIST" + struct.pack("<I", len(body) + 4) + kind + body


def _part(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def screen_recording() -> bytes:
    """Make the recording of the officers' screen: motion JPEG in AVI, one frame a second, twelve seconds."""
    frames = [_frame(number) for number in range(1, len(_LINES) + 1)]
    largest = max(map(len, frames))
    head = struct.pack("<14I", 1_000_000, largest, 0, 0x10, len(frames), 0, 1, largest, 640, 400, 0, 0, 0, 0)
    stream = struct.pack(
        "<4s4sIHHIIIIIIII4H",
        b"vids",
        b"MJPG",
        0,
        0,
        0,
        0,
        1,
        1,
        0,
        len(frames),
        largest,
        0xFFFFFFFF,
        0,
        0,
        0,
        640,
        400,
    )
    bitmap = struct.pack("<IiiHH4sIiiII", 40, 640, 400, 1, 24, b"MJPG", 640 * 400 * 3, 0, 0, 0, 0)
    header = _list(
        b"hdrl", _part(b"avih", head) + _list(b"strl", _part(b"strh", stream) + _part(b"strf", bitmap))
    )
    movie, index = b"", b""
    for frame in frames:
        index += struct.pack("<4sIII", b"00dc", 0x10, 4 + len(movie), len(frame))
        movie += _part(b"00dc", frame)
    body = header + _list(b"movi", movie) + _part(b"idx1", index)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"AVI " + body
