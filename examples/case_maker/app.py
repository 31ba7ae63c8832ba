# SPDX-License-Identifier: Apache-2.0
"""The platform's Android package: a harmless shell with the parts that tools look for."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib

from . import story

_STRINGS = (
    "package",
    "versionName",
    "manifest",
    "example.quorvex.app",
    "1.4.2",
    "application",
    "label",
    "Quorvex",
    "",
)


def _manifest() -> bytes:
    """Write AndroidManifest.xml in Android's binary XML: package, versionName, one application."""
    offsets, data = b"", b""
    for text in _STRINGS:
        offsets += struct.pack("<I", len(data))
        data += struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\x00\x00"
    data += b"\x00" * (-len(data) % 4)
    start = 28 + len(offsets)
    pool = (
        struct.pack("<HHIIIIII", 0x0001, 28, start + len(data), len(_STRINGS), 0, 0, start, 0)
        + offsets
        + data
    )

    def opening(name: int, attributes: list[tuple[int, int]]) -> bytes:
        body = struct.pack("<IIII", 1, 0xFFFFFFFF, 0xFFFFFFFF, name)
        body += struct.pack("<HHHHHH", 20, 20, len(attributes), 0, 0, 0)
        for key, value in attributes:
            body += struct.pack("<IIIHBBI", 0xFFFFFFFF, key, value, 8, 0, 3, value)
        return struct.pack("<HHI", 0x0102, 16, 8 + len(body)) + body

    def closing(name: int) -> bytes:
        return struct.pack("<HHIIIII", 0x0103, 16, 24, 1, 0xFFFFFFFF, 0xFFFFFFFF, name)

    tree = opening(2, [(0, 3), (1, 4)]) + opening(5, [(6, 7)]) + closing(5) + closing(2)
    return struct.pack("<HHI", 0x0003, 8, 8 + len(pool) + len(tree)) + pool + tree


def _dex() -> bytes:
    """Write a dex file without a class: header and map, with the check sum and SHA-1 of its format."""
    table = (
        struct.pack("<I", 2) + struct.pack("<HHII", 0x0000, 0, 1, 0) + struct.pack("<HHII", 0x1000, 0, 1, 112)
    )
    sizes = (
        struct.pack("<IIIIII", 112 + len(table), 112, 0x12345678, 0, 0, 112)
        + b"\x00" * 48
        + struct.pack("<II", len(table), 112)
    )
    signature = hashlib.sha1(sizes + table, usedforsecurity=False).digest()
    check = zlib.adler32(signature + sizes + table)
    return b"dex\n035\x00" + struct.pack("<I", check) + signature + sizes + table


def package() -> bytes:
    """Zip the package: stored, fixed times and system, so that its bytes depend on no library."""
    config = (
        f'{{"api":"https://{story.HOST}/api","feed":"emulated","pay_to":"{story.MULE.number}"}}\n'.encode(
            "ascii"
        )
    )
    members = (
        ("AndroidManifest.xml", _manifest()), ("classes.dex", _dex()), ("assets/config.json", config),
        ("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\r\nCreated-By: 0317 (fictional)\r\n\r\n"),
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 1, 20, 8, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
