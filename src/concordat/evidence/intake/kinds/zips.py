# SPDX-License-Identifier: Apache-2.0
"""ZIP and what is made of it: office documents, app packages, phone extractions, web archives, AFF4.

Only the list of names at the end of the file is read, and of that a bounded part. Nothing is ever unpacked,
so a ZIP bomb is just a ZIP.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_MEMBER = struct.Struct("<4s6H3L5H2L")
_DIRECTORY_BYTES = 1 << 20
_NAMES = 4096
_FLAG_ENCRYPTED, _FLAG_UTF8 = 1, 0x800


@dataclass(frozen=True, slots=True)
class Directory:
    """Names of members as far as they were read, how many there are in all, and whether any is encrypted."""

    names: tuple[str, ...]
    total: int
    encrypted: bool


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise a ZIP by its directory; a ZIP that hangs on another file is offered too, as its rival."""
    starts = probe.head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))
    directory = read_directory(probe)
    if directory is None:
        if starts:
            yield Candidate(Kind.ARCHIVE, "application/zip", 60, {"damaged": True})
        return
    observations: dict[str, Observation] = {"members": directory.total, "encrypted": directory.encrypted}
    if not starts:
        # Self-extracting programs look like this, and so does a picture with something hidden behind it.
        yield Candidate(Kind.ARCHIVE, "application/zip", 90, {**observations, "appended": True})
        return
    kind, media = _content(probe, directory)
    yield Candidate(kind, media, 95, observations)


def read_directory(probe: Probe) -> Directory | None:
    """The central directory, or None if the file has no sound one."""
    tail_at = max(0, probe.size - (1 << 16) - _END.size)
    tail = probe.at(tail_at, probe.size - tail_at)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        return None
    total, length, _, comment = _END.unpack_from(tail, found)[4:]
    end = tail_at + found
    if end + _END.size + comment > probe.size:
        return None
    wide = _zip64(probe, end)
    if wide is not None:
        total, length, end = wide
    start = end - length  # holds also when something stands before the archive
    data = probe.at(start, min(length, _DIRECTORY_BYTES)) if start >= 0 else b""
    if total and not data.startswith(b"PK\x01\x02"):
        return None
    names, encrypted = _members(data)
    return Directory(tuple(names), total, encrypted)


def _zip64(probe: Probe, end: int) -> tuple[int, int, int] | None:
    """``(members, directory length, end of directory)`` of a large archive."""
    locator = probe.at(end - _LOCATOR.size, _LOCATOR.size)
    if len(locator) < _LOCATOR.size or not locator.startswith(b"PK\x06\x07"):
        return None
    at = _LOCATOR.unpack(locator)[2]
    record = probe.at(at, _END64.size)
    if len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
        return None
    fields = _END64.unpack(record)
    return fields[7], fields[8], at


def _members(data: bytes) -> tuple[list[str], bool]:
    names: list[str] = []
    encrypted, at = False, 0
    while at + _MEMBER.size <= len(data) and len(names) < _NAMES and data[at : at + 4] == b"PK\x01\x02":
        fields = _MEMBER.unpack_from(data, at)
        flags, name_length, extra_length, comment_length = fields[3], fields[10], fields[11], fields[12]
        raw = data[at + _MEMBER.size : at + _MEMBER.size + name_length]
        names.append(raw.decode("utf-8" if flags & _FLAG_UTF8 else "cp437", "replace"))
        encrypted = encrypted or bool(flags & _FLAG_ENCRYPTED)
        at += _MEMBER.size + name_length + extra_length + comment_length
    return names, encrypted


def _content(probe: Probe, directory: Directory) -> tuple[Kind, str]:
    names = frozenset(directory.names)
    for kind, media, fits in _FORMS:
        if fits(names):
            return kind, media
    return _by_first_member(probe) or (Kind.ARCHIVE, "application/zip")


def _by_first_member(probe: Probe) -> tuple[Kind, str] | None:
    """OpenDocument and EPUB store their media type, uncompressed, as the first member."""
    name_length, extra_length = struct.unpack_from("<2H", probe.head.ljust(30, b"\0"), 26)
    if probe.head[30 : 30 + name_length] != b"mimetype":
        return None
    at = 30 + name_length + extra_length
    media = probe.head[at : at + 80].split(b"PK", 1)[0].decode("ascii", "replace").strip()
    if media.startswith(("application/vnd.oasis.opendocument.", "application/epub+zip")):
        return Kind.DOCUMENT, media
    return None


def _has(*wanted: str) -> Callable[[frozenset[str]], bool]:
    return lambda names: all(name in names for name in wanted)


def _has_below(*folders: str) -> Callable[[frozenset[str]], bool]:
    return lambda names: all(any(name.startswith(folder) for name in names) for folder in folders)


def _is_apk(names: frozenset[str]) -> bool:
    return "AndroidManifest.xml" in names and ("classes.dex" in names or "resources.arsc" in names)


def _is_apk_set(names: frozenset[str]) -> bool:
    return "manifest.json" in names and any(name.endswith(".apk") for name in names)


def _is_ipa(names: frozenset[str]) -> bool:
    return any(name.startswith("Payload/") and ".app/" in name for name in names)


def _is_harmony(names: frozenset[str]) -> bool:
    return "module.json" in names and "resources.index" in names


def _is_ufdr(names: frozenset[str]) -> bool:
    collected = any(name.startswith("files/") for name in names)
    return ("report.xml" in names and collected) or any(name.lower().endswith(".ufd") for name in names)


def _is_aff4(names: frozenset[str]) -> bool:
    return any(name.rpartition("/")[2] in ("information.turtle", "container.description") for name in names)


def _is_wacz(names: frozenset[str]) -> bool:
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)


def _is_chat(names: frozenset[str]) -> bool:
    return any(name.rpartition("/")[2] == "_chat.txt" or name.startswith("WhatsApp Chat ") for name in names)


_OOXML = "application/vnd.openxmlformats-officedocument."
_FORMS: tuple[tuple[Kind, str, Callable[[frozenset[str]], bool]], ...] = (
    (Kind.DISK_IMAGE, "application/vnd.aff4", _is_aff4),
    (Kind.APP_PACKAGE, "application/vnd.android.package-archive", _is_apk),
    (Kind.APP_PACKAGE, "application/x-ios-app", _is_ipa),
    (Kind.APP_PACKAGE, "application/vnd.ohos.hap", _is_harmony),
    (Kind.APP_PACKAGE, "application/x-android-app-bundle", _has("BundleConfig.pb")),
    (Kind.APP_PACKAGE, "application/msix", _has("AppxManifest.xml")),
    (Kind.APP_PACKAGE, "application/xapk-package-archive", _is_apk_set),
    (Kind.WEB_PAGE, "application/wacz", _is_wacz),
    (Kind.DOCUMENT, _OOXML + "wordprocessingml.document", _has_below("[Content_Types].xml", "word/")),
    (Kind.DOCUMENT, _OOXML + "spreadsheetml.sheet", _has_below("[Content_Types].xml", "xl/")),
    (Kind.DOCUMENT, _OOXML + "presentationml.presentation", _has_below("[Content_Types].xml", "ppt/")),
    (Kind.DOCUMENT, "application/ofd", _has("OFD.xml")),
    (Kind.PHONE_EXTRACTION, "application/x-ufdr", _is_ufdr),
    (Kind.CHAT, "application/zip", _is_chat),
    (Kind.PROGRAM, "application/java-archive", _has("META-INF/MANIFEST.MF")),
)
