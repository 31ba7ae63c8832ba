# SPDX-License-Identifier: Apache-2.0
"""Pictures with the same bytes on every machine: whole-number drawing, own PNG writer, JPEG with EXIF."""

from __future__ import annotations

import binascii
import io
import random
import struct
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", binascii.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    """Wrap `data` as a zlib stream without compression: a deflate library's bytes depend on its version."""
    blocks = bytearray(b"\x78\x01")
    for start in range(0, len(data), 65_535):
        part = data[start : start + 65_535]
        last = start + 65_535 >= len(data)
        blocks += struct.pack("<BHH", last, len(part), len(part) ^ 0xFFFF) + part
    one, two = 1, 0
    for byte in data:
        one = (one + byte) % 65_521
        two = (two + one) % 65_521
    return bytes(blocks) + struct.pack(">I", two << 16 | one)


def png(picture: Image.Image, colours: int = 16) -> bytes:
    """Write an RGB picture as an indexed PNG: its 16 commonest colours, four bits a pixel."""
    counts = Counter(zip(*[iter(picture.tobytes())] * 3, strict=True))
    palette = sorted(counts, key=lambda colour: (-counts[colour], colour))[:colours]
    index: dict[Colour, int] = {}

    def nearest(colour: Colour) -> int:
        if colour not in index:
            index[colour] = min(
                range(len(palette)),
                key=lambda i: sum((a - b) ** 2 for a, b in zip(palette[i], colour, strict=True)),
            )
        return index[colour]

    width, height = picture.size
    flat = picture.tobytes()
    raw = bytearray()
    for y in range(height):
        row = [
            nearest((flat[o], flat[o + 1], flat[o + 2])) for o in range(y * width * 3, (y + 1) * width * 3, 3)
        ]
        row += [0] * (width % 2)
        raw.append(0)
        raw += bytes(row[x] << 4 | row[x + 1] for x in range(0, len(row), 2))
    header = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    colours_chunk = b"".join(bytes(colour) for colour in palette)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"PLTE", colours_chunk)
        + _chunk(b"IDAT", _stored(bytes(raw)))
        + _chunk(b"IEND", b"")
    )


@dataclass(frozen=True, slots=True)
class Shot:
    """What a camera writes into a picture: its clock (local) with offset, its place in degrees, its model."""

    when: datetime
    latitude: Fraction
    longitude: Fraction
    maker: str
    model: str


def _degrees(value: Fraction) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    seconds = (minutes - int(minutes)) * 60
    return float(whole), float(int(minutes)), float(round(seconds, 2))


def _exif(shot: Shot) -> bytes:
    exif = Image.Exif()
    stamp = shot.when.strftime("%Y:%m:%d %H:%M:%S")
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x0132] = shot.maker, shot.model, 1, stamp
    detail = exif.get_ifd(0x8769)
    detail[0x9000], detail[0x9003], detail[0x9004] = b"0232", stamp, stamp
    detail[0x9010] = detail[0x9011] = shot.when.strftime("%z")[:3] + ":" + shot.when.strftime("%z")[3:]
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N" if shot.latitude >= 0 else "S", _degrees(abs(shot.latitude))
    gps[3], gps[4] = "E" if shot.longitude >= 0 else "W", _degrees(abs(shot.longitude))
    gps[0], gps[0x12] = b"\x02\x03\x00\x00", "WGS-84"
    return exif.tobytes()


def jpeg(picture: Image.Image, shot: Shot | None = None, quality: int = 82) -> bytes:
    """Write a picture as baseline JPEG, with EXIF if `shot` is given."""
    out = io.BytesIO()
    if shot is None:
        picture.save(out, "JPEG", quality=quality, subsampling="4:2:0")
    else:
        picture.save(out, "JPEG", quality=quality, subsampling="4:2:0", exif=_exif(shot))
    return out.getvalue()


def shadow(
    picture: Image.Image, box: Box, radius: int, offset: tuple[int, int] = (14, 20), strength: int = 130
) -> None:
    """Darken the picture under a rounded box, softly, as a lamp from the upper left does."""
    soft = 18
    left, top, right, bottom = box
    area = (
        left - 3 * soft + offset[0],
        top - 3 * soft + offset[1],
        right + 3 * soft + offset[0],
        bottom + 3 * soft + offset[1],
    )
    mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
    inner = (3 * soft, 3 * soft, mask.width - 3 * soft, mask.height - 3 * soft)
    ImageDraw.Draw(mask).rounded_rectangle(inner, radius, fill=strength)
    mask = mask.filter(ImageFilter.BoxBlur(soft)).filter(ImageFilter.BoxBlur(soft // 2))
    picture.paste((8, 6, 4), (area[0], area[1]), mask)


def fade(picture: Image.Image, top: Colour, bottom: Colour) -> None:
    """Fill a picture with a vertical gradient."""
    draw = ImageDraw.Draw(picture)
    height = picture.height
    for y in range(height):
        draw.line(
            (0, y, picture.width, y),
            fill=tuple((a * (height - y) + b * y) // height for a, b in zip(top, bottom, strict=True)),
        )


def grain(picture: Image.Image, dice: random.Random, strength: int) -> Image.Image:
    """Add a sensor's noise of plus or minus `strength` levels, the same for the three colours."""
    count = picture.width * picture.height
    raw = dice.getrandbits(8 * count).to_bytes(count, "big")
    table = bytes(128 + (value * (2 * strength + 1) >> 8) - strength for value in range(256))
    noise = Image.frombytes("L", picture.size, raw.translate(table))
    data, levels = bytearray(picture.tobytes()), noise.tobytes()
    clip = [max(0, min(255, value)) for value in range(-128, 384)]
    for plane in range(3):
        data[plane::3] = bytes(clip[a + b] for a, b in zip(data[plane::3], levels, strict=True))
    return Image.frombytes("RGB", picture.size, bytes(data))


def corners_darker(picture: Image.Image, strength: int) -> None:
    """Darken towards the corners, as a small lens does."""
    width, height = picture.size
    small = Image.new("L", (64, 48))
    for y in range(48):
        for x in range(64):
            far = ((x - 32) ** 2 * 9 + (y - 24) ** 2 * 16) * strength // (2 * 32 * 32 * 9)
            small.putpixel((x, y), min(255, far))
    mask = small.resize((width // 16 * 16, height // 16 * 16), Image.Resampling.NEAREST).resize(
        (width, height)
    )
    for _ in range(2):
        mask = mask.filter(ImageFilter.BoxBlur(24))
    picture.paste((0, 0, 0), (0, 0), mask)
