# SPDX-License-Identifier: Apache-2.0
"""Where the example case lies, and a FAT reader that shares nothing with the program that made the image."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
CASE = EXAMPLES / "case-0317"
PHONE = CASE / "exhibits" / "my-phone"
ONLINE = CASE / "exhibits" / "cn-online"
STANDARDS = EXAMPLES.parent / "standards"


def fat12_entries(image: bytes) -> Iterator[tuple[str, bool, int, bytes]]:
    """Read the root folder of a FAT12 volume: 8.3 name, deleted or not, first cluster's value, content."""
    geometry = struct.unpack_from("<HBHBHHBH", image, 11)
    size, per_cluster, reserved, fats, entries, _, _, fat_sectors = geometry
    root = (reserved + fats * fat_sectors) * size
    data = root + entries * 32
    fat = image[reserved * size :]
    for at in range(root, data, 32):
        entry = image[at : at + 32]
        if entry[0] == 0:
            return
        if entry[11] == 0x0F or entry[11] & 0x08:  # part of a long name, or the volume's label
            continue
        first, length = struct.unpack_from("<HI", entry, 26)
        pair = fat[first * 3 // 2] | fat[first * 3 // 2 + 1] << 8
        value = pair >> 4 if first % 2 else pair & 0xFFF
        start = data + (first - 2) * per_cluster * size
        name = entry[:11].decode("latin-1")
        yield name, entry[0] == 0xE5, value, image[start : start + length]
