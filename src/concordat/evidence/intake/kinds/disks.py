# SPDX-License-Identifier: Apache-2.0
"""Images of storage media: raw ones told by partition table or file system, forensic and virtual disks."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Probe
from concordat.evidence.intake.kinds.ewf import embedded_hashes

_CONTAINERS = (
    (b"EVF\x09\x0d\x0a\xff\x00", "application/x-ewf"),
    (b"LVF\x09\x0d\x0a\xff\x00", "application/x-ewf-logical"),
    (b"EVF2\r\n\x81\x00", "application/x-ewf2"),
    (b"LEF2\r\n\x81\x00", "application/x-ewf2-logical"),
    (b"AFF10\r\n\x00", "application/x-aff"),
    (b"QFI\xfb", "application/x-qemu-disk"),
    (b"KDMV", "application/x-vmdk"),
    (b"COWD", "application/x-vmdk"),
    (b"# Disk DescriptorFile", "application/x-vmdk"),
    (b"vhdxfile", "application/x-vhdx"),
    (b"conectix", "application/x-vhd"),
    (b"\x3a\xff\x26\xed", "application/x-android-sparse-image"),
    (b"ANDROID!", "application/x-android-boot-image"),
    (b"LUKS\xba\xbe", "application/x-luks"),
)
_RAW = "application/x-raw-disk-image"
# (where, signature, file system) of a medium without partition table, or of one partition
_FILE_SYSTEMS = (
    (3, b"NTFS    ", "NTFS"),
    (3, b"EXFAT   ", "exFAT"),
    (3, b"-FVE-FS-", "BitLocker"),
    (82, b"FAT32   ", "FAT32"),
    (54, b"FAT16   ", "FAT16"),
    (54, b"FAT12   ", "FAT12"),
    (32, b"NXSB", "APFS"),
    (1024, b"H+\0\x04", "HFS+"),
    (1024, b"HX\0\x05", "HFSX"),
    (1024, b"\x10\x20\xf5\xf2", "F2FS"),
    (0, b"XFSB", "XFS"),
    (65600, b"_BHRfS_M", "Btrfs"),
    (32769, b"CD001", "ISO 9660"),
)
_SECTORS = (512, 4096)
_MBR = struct.Struct("<B3sB3sII")


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by container signature, partition table, or file system."""
    for signature, media in _CONTAINERS:
        if probe.head.startswith(signature):
            hashes = embedded_hashes(probe) if media == "application/x-ewf" else {}
            yield Candidate(Kind.DISK_IMAGE, media, 95, hashes)
    if probe.head[64:68] == b"\x7f\x10\xda\xbe":
        yield Candidate(Kind.DISK_IMAGE, "application/x-virtualbox-vdi", 95)
    if probe.size > 512 and probe.at(probe.size - 512, 4) == b"koly":
        yield Candidate(Kind.DISK_IMAGE, "application/x-apple-diskimage", 95)
    yield from _raw(probe)


def _raw(probe: Probe) -> Iterator[Candidate]:
    for sector in _SECTORS:
        if probe.head[sector : sector + 8] == b"EFI PART":
            yield Candidate(Kind.DISK_IMAGE, _RAW, 95, {"partition_table": "GPT", "sector_bytes": sector})
            return
    system = _file_system(probe)
    if system is not None:
        media = "application/x-iso9660-image" if system == "ISO 9660" else _RAW
        yield Candidate(Kind.DISK_IMAGE, media, 90, {"file_system": system})
        return
    partitions = _partitions(probe)
    if partitions:
        yield Candidate(Kind.DISK_IMAGE, _RAW, 85, {"partition_table": "MBR", "partitions": partitions})


def _file_system(probe: Probe) -> str | None:
    for at, signature, name in _FILE_SYSTEMS:
        if probe.at(at, len(signature)) == signature:
            return name
    return _ext(probe.head[1024:1184])


def _ext(block: bytes) -> str | None:
    """Name ext2 to ext4 by the superblock: its signature is two bytes, so block size and counts must fit."""
    if len(block) < 104 or block[56:58] != b"\x53\xef":
        return None
    inodes, blocks = struct.unpack_from("<2I", block)
    (shift,) = struct.unpack_from("<I", block, 24)
    compatible, incompatible = struct.unpack_from("<2I", block, 92)
    if not inodes or not blocks or shift > 6:
        return None
    if incompatible & 0x40:
        return "ext4"
    return "ext3" if compatible & 4 else "ext2"


def _partitions(probe: Probe) -> int:
    """Count the entries of a master boot record; 0 if it is none (its two last bytes end any boot sector)."""
    if len(probe.head) < 512 or probe.head[510:512] != b"\x55\xaa":
        return 0
    count, sectors = 0, -(-probe.size // 512)
    for slot in range(4):
        active, _, system, _, start, length = _MBR.unpack_from(probe.head, 446 + 16 * slot)
        if active not in (0, 0x80):
            return 0
        if system and length:
            # an image may be cut, but its first partition begins inside it
            if not start or start >= max(sectors, 1):
                return 0
            count += 1
    return count
