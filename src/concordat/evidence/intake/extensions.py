# SPDX-License-Identifier: Apache-2.0
"""Which content an extension promises. One that promises nothing firm (.dat, .bin, .001) is not listed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

_TEXT = frozenset(
    (
        "text/plain", "text/csv", "text/html", "application/json", "application/x-ndjson", "application/xml",
        "message/rfc822", "application/mbox", "application/x-mt940", "application/x-swift-mt",
        "application/x-ofx", "application/sql", "application/x-pem-file", "text/x-script",
        "text/vcard", "text/calendar",
        "application/har+json", "multipart/related", "application/xhtml+xml", "application/x-vmdk",
    )
)  # fmt: skip
_OLE = frozenset(
    (
        "application/x-ole-storage",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
    )
)
_OOXML = "application/vnd.openxmlformats-officedocument."
_MP4 = frozenset(("video/mp4", "audio/mp4", "video/quicktime", "video/3gpp"))
_JSON = frozenset(("application/json", "application/x-ndjson", "application/har+json"))
_RAW = frozenset(
    ("application/x-raw-disk-image", "application/x-iso9660-image", "application/x-apple-diskimage")
)
_SQLITE = frozenset(("application/vnd.sqlite3", "application/x-msaccess", "application/x-ese"))


def _one(media: str) -> frozenset[str]:
    return frozenset((media,))


_PROMISES: Mapping[str, frozenset[str]] = {
    "txt": _TEXT,
    "log": _TEXT,
    "csv": _TEXT,
    "tsv": _TEXT,
    "json": _JSON,
    "jsonl": _JSON,
    "ndjson": _JSON,
    "xml": frozenset(("application/xml", "application/x-ofx", "application/xhtml+xml")),
    "html": frozenset(("text/html", "application/xhtml+xml")),
    "htm": frozenset(("text/html", "application/xhtml+xml")),
    "mhtml": _one("multipart/related"),
    "mht": _one("multipart/related"),
    "warc": _one("application/warc"),
    "eml": _one("message/rfc822"),
    "mbox": _one("application/mbox"),
    "msg": frozenset(("application/vnd.ms-outlook", "application/x-ole-storage")),
    "pst": _one("application/vnd.ms-outlook-pst"),
    "pdf": _one("application/pdf"),
    "doc": _OLE | {"application/rtf", "text/html"},
    "xls": _OLE
    | {"text/html", "text/csv", "text/plain", "application/xml"},  # banks send all of these as .xls
    "ppt": _OLE,
    "docx": frozenset((_OOXML + "wordprocessingml.document", "application/x-ole-storage")),
    "xlsx": frozenset((_OOXML + "spreadsheetml.sheet", "application/x-ole-storage")),
    "pptx": frozenset((_OOXML + "presentationml.presentation", "application/x-ole-storage")),
    "rtf": _one("application/rtf"),
    "ofd": _one("application/ofd"),
    "jpg": _one("image/jpeg"),
    "jpeg": _one("image/jpeg"),
    "png": _one("image/png"),
    "gif": _one("image/gif"),
    "webp": _one("image/webp"),
    "bmp": _one("image/bmp"),
    "tif": _one("image/tiff"),
    "tiff": _one("image/tiff"),
    "heic": frozenset(("image/heic", "image/jpeg")),  # what some phones send on under the old name
    "wav": _one("audio/wav"),
    "mp3": _one("audio/mpeg"),
    "flac": _one("audio/flac"),
    "ogg": frozenset(("audio/ogg", "video/ogg")),
    "opus": _one("audio/ogg"),
    "amr": frozenset(("audio/amr", "audio/silk")),
    "mp4": _MP4,
    "m4a": _MP4,
    "m4v": _MP4,
    "mov": _MP4,
    "3gp": _MP4,
    "avi": _one("video/x-msvideo"),
    "mkv": frozenset(("video/x-matroska", "video/webm")),
    "webm": frozenset(("video/x-matroska", "video/webm")),
    "zip": frozenset(("application/zip",)),
    "gz": frozenset(("application/gzip", "application/warc")),
    "7z": _one("application/x-7z-compressed"),
    "rar": _one("application/vnd.rar"),
    "tar": _one("application/x-tar"),
    "apk": _one("application/vnd.android.package-archive"),
    "ipa": _one("application/x-ios-app"),
    "exe": _one("application/vnd.microsoft.portable-executable"),
    "dll": _one("application/vnd.microsoft.portable-executable"),
    "e01": _one("application/x-ewf"),
    "aff4": _one("application/vnd.aff4"),
    "ufdr": _one("application/x-ufdr"),
    "vmdk": frozenset(("application/x-vmdk", "application/x-raw-disk-image")),
    "qcow2": _one("application/x-qemu-disk"),
    "iso": _RAW,
    "db": _SQLITE,
    "sqlite": _SQLITE,
    "sqlite3": _SQLITE,
    "pcap": frozenset(("application/vnd.tcpdump.pcap", "application/x-pcapng")),
    "pcapng": frozenset(("application/vnd.tcpdump.pcap", "application/x-pcapng")),
}


def extension_of(path: str) -> str:
    """The extension in lower case without its dot, or "" (``.profile`` has none)."""
    return PurePosixPath(path).suffix[1:].lower()


def promises_other(path: str, media: str | None) -> bool:
    """Whether the name promises something that the content is not."""
    promised = _PROMISES.get(extension_of(path))
    return promised is not None and media not in promised
