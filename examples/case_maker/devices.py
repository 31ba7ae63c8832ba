# SPDX-License-Identifier: Apache-2.0
"""The stick's image (FAT12), built byte by byte: three files that are there, one deleted but not wiped."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime

from . import story

SECTOR = 512
SECTORS = 2_880
FAT_SECTORS = 9
ROOT_ENTRIES = 224
_ROOT_SECTORS = ROOT_ENTRIES * 32 // SECTOR
_DATA_START = 1 + 2 * FAT_SECTORS + _ROOT_SECTORS
_END = 0xFFF


@dataclass(frozen=True, slots=True)
class StickFile:
    """A file on the stick: long and 8.3 name, bytes, local time of its last change, deleted or not."""

    name: str
    short: str
    data: bytes
    when: datetime
    deleted: bool = False


def _stick_files() -> list[StickFile]:
    keys = (
        "# server backup, read only\nhost=www.quorvex.example\nuser=orion\nkey=see 保险柜 (paper)\n".encode()
    )
    roster = (
        "agent;shift;victims;bonus\n"
        "agent01;night;C-0311,C-0317;2.0%\nagent02;night;C-0298;1.0%\nagent03;day;C-0301,C-0306;1.5%\n"
    ).encode("ascii")
    wages = (
        "nama;peranan;gaji_rm\nJB-07;keldai akaun;3%\nMia;pembantu;4200\n"
        "Orion;mentor;18000\nK;kewangan;12000\n"
    ).encode("ascii")
    note = "跑分守则：一人一卡，一卡一机。警察来了先格式化 U 盘。\r\n".encode()
    return [
        StickFile("README.TXT", "README  TXT", note, story.at(3, 12, 20, 2, 10)),
        StickFile("server-backup.conf", "SERVER~1CON", keys, story.at(3, 12, 19, 50, 44)),
        StickFile("gaji-mac.csv", "GAJI-MACCSV", wages, story.at(3, 9, 23, 15, 30), deleted=True),
        StickFile("agent roster.csv", "AGENTR~1CSV", roster, story.at(3, 11, 8, 30, 0)),
    ]


def _fat_time(when: datetime) -> tuple[int, int]:
    date = (when.year - 1980) << 9 | when.month << 5 | when.day
    return date, when.hour << 11 | when.minute << 5 | when.second // 2


def _boot_sector() -> bytes:
    sector = bytearray(SECTOR)
    sector[0:11] = b"\xeb\x3c\x90MSDOS5.0"
    struct.pack_into(
        "<HBHBHHBHHHII", sector, 11, SECTOR, 1, 1, 2, ROOT_ENTRIES, SECTORS, 0xF0, FAT_SECTORS, 18, 2, 0, 0
    )
    struct.pack_into("<BBBI11s8s", sector, 36, 0, 0, 0x29, 0x0317_2026, b"CASE0317   ", b"FAT12   ")
    sector[510:512] = b"\x55\xaa"
    return bytes(sector)


def _entry(file: StickFile, cluster: int) -> bytes:
    date, time = _fat_time(file.when)
    name = file.short.encode("ascii")
    if file.deleted:
        name = b"\xe5" + name[1:]
    return struct.pack(
        "<11sBBBHHHHHHHI", name, 0x20, 0, 0, time, date, date, 0, time, date, cluster, len(file.data)
    )


def _long_name(file: StickFile) -> bytes:
    """Give the directory slots of a long name, last part first, as VFAT stores them."""
    check = 0
    for byte in file.short.encode("ascii"):
        check = (((check & 1) << 7) + (check >> 1) + byte) & 0xFF
    units = file.name.encode("utf-16-le")
    parts = [units[i : i + 26] for i in range(0, len(units), 26)]
    slots = []
    for number, part in enumerate(parts, start=1):
        text = part if len(part) == 26 else (part + b"\x00\x00").ljust(26, b"\xff")
        order = 0xE5 if file.deleted else number | (0x40 if number == len(parts) else 0)
        slots.append(
            struct.pack("<B10sBBB12sH4s", order, text[:10], 0x0F, 0, check, text[10:22], 0, text[22:])
        )
    return b"".join(reversed(slots))


def _fat(chains: list[list[int]]) -> bytes:
    table = [0] * (FAT_SECTORS * SECTOR * 2 // 3)
    table[0], table[1] = 0xFF0, _END
    for chain in chains:
        for here, following in zip(chain, [*chain[1:], _END], strict=True):
            table[here] = following
    packed = bytearray()
    for low, high in zip(table[::2], table[1::2], strict=True):
        packed += bytes((low & 0xFF, low >> 8 | (high & 0xF) << 4, high >> 4))
    return bytes(packed).ljust(FAT_SECTORS * SECTOR, b"\x00")


def stick_image() -> bytes:
    """Build the image: 1.44 MB, FAT12; the deleted file's clusters are marked free but still hold it."""
    root = bytearray(
        struct.pack("<11sB10sHHHI", b"CASE0317   ", 0x08, b"", 0, _fat_time(story.at(2, 1, 12, 0))[0], 0, 0)
    )
    data = bytearray()
    chains: list[list[int]] = []
    cluster = 2
    for file in _stick_files():
        count = -(-len(file.data) // SECTOR)
        if (
            file.name.upper() != file.short[:8].strip() + "." + file.short[8:].strip()
            or file.name != file.name.upper()
        ):
            root += _long_name(file)
        root += _entry(file, cluster)
        if not file.deleted:
            chains.append(list(range(cluster, cluster + count)))
        data += file.data.ljust(count * SECTOR, b"\x00")
        cluster += count
    fat = _fat(chains)
    image = _boot_sector() + fat + fat + bytes(root).ljust(_ROOT_SECTORS * SECTOR, b"\x00") + bytes(data)
    assert len(image) <= SECTORS * SECTOR and _DATA_START == 33  # noqa: S101 - the geometry of a 1.44 MB disk
    return image.ljust(SECTORS * SECTOR, b"\x00")
