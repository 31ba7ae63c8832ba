# SPDX-License-Identifier: Apache-2.0
"""The vocabulary of kinds, and what a recogniser is given and gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from concordat.evidence.intake.kinds.structure import json_keys
from concordat.evidence.intake.kinds.tables import Table, read_table
from concordat.evidence.intake.kinds.texts import decode

OPENING = 1 << 16
"""Characters of text that recognisers look at."""

Observation = str | int | float | bool | None | list[str]
"""A JSON value without depth: what a recogniser read on its way."""


class Kind(StrEnum):
    """What an exhibit is, told from its content."""

    WEB_PAGE = "WEB_PAGE"
    CHAT = "CHAT"
    TRANSFER_RECORD = "TRANSFER_RECORD"
    IP_LOG = "IP_LOG"
    CALL_RECORDS = "CALL_RECORDS"
    COMMUNICATION_RECORD = "COMMUNICATION_RECORD"
    EMAIL = "EMAIL"
    DISK_IMAGE = "DISK_IMAGE"
    PHONE_EXTRACTION = "PHONE_EXTRACTION"
    AUDIO_VIDEO = "AUDIO_VIDEO"
    PHOTO = "PHOTO"
    DOCUMENT = "DOCUMENT"
    APP_PACKAGE = "APP_PACKAGE"
    PROGRAM = "PROGRAM"
    ARCHIVE = "ARCHIVE"
    DATABASE = "DATABASE"
    OPAQUE = "OPAQUE"

    def label(self, language: str = "en") -> str:
        """The kind in words, ``en`` or ``zh``."""
        return _LABELS[self][1 if language.startswith("zh") else 0]


_LABELS: Mapping[Kind, tuple[str, str]] = {
    Kind.WEB_PAGE: ("web page", "网页"),
    Kind.CHAT: ("chat record", "聊天记录"),
    Kind.TRANSFER_RECORD: ("transfer record", "转账记录"),
    Kind.IP_LOG: ("log with network addresses", "网络地址日志"),
    Kind.CALL_RECORDS: ("call detail records", "通话详单"),
    Kind.COMMUNICATION_RECORD: ("communication record", "通信记录"),
    Kind.EMAIL: ("e-mail", "电子邮件"),
    Kind.DISK_IMAGE: ("disk image", "磁盘镜像"),
    Kind.PHONE_EXTRACTION: ("phone extraction", "手机取证数据包"),
    Kind.AUDIO_VIDEO: ("audio or video", "音视频"),
    Kind.PHOTO: ("photo or picture", "照片或图片"),
    Kind.DOCUMENT: ("document", "文档"),
    Kind.APP_PACKAGE: ("app package", "应用安装包"),
    Kind.PROGRAM: ("program or certificate", "程序或数字证书"),
    Kind.ARCHIVE: ("archive", "压缩包"),
    Kind.DATABASE: ("database", "数据库"),
    Kind.OPAQUE: ("data of unknown form", "未识别数据"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One recogniser's opinion.

    ``confidence``: 100 a signature that nothing else has; 80 a structure that was checked; 60 a likeness;
    below 50 a guess.
    """

    kind: Kind
    media: str | None
    confidence: int
    observations: Mapping[str, Observation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The decision.

    ``manual`` asks a person to look: the content speaks for several kinds (``rivals``) or hardly for one.
    """

    kind: Kind
    media: str | None
    manual: bool
    confidence: int
    observations: Mapping[str, Observation] = field(default_factory=dict)
    rivals: tuple[Kind, ...] = ()


class Source(Protocol):
    """Where a probe reads from: an open binary file."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a byte."""

    def read(self, size: int = -1, /) -> bytes | None:
        """Read up to ``size`` bytes."""


@dataclass(slots=True)
class Probe:
    """A bounded view of a file: its first bytes, and a budget for looking elsewhere.

    However the file is made, a recogniser never gets more than ``BUDGET`` bytes beside the head.
    """

    BUDGET = 8 << 20

    head: bytes
    size: int
    source: Source | None = None
    spent: int = 0
    _text: str | None = None
    _opening: str | None = None
    _keys: frozenset[str] | None = None
    _table: Table | tuple[()] | None = ()

    def at(self, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes at ``offset``; fewer at the end of the file or of the budget."""
        if offset < 0 or length <= 0 or offset >= self.size:
            return b""
        if offset + length <= len(self.head) or len(self.head) == self.size:
            return self.head[offset : offset + length]
        length = min(length, self.BUDGET - self.spent, self.size - offset)
        if self.source is None or length <= 0:
            return self.head[offset : offset + length] if length > 0 else b""
        self.source.seek(offset)
        data = self.source.read(length) or b""
        self.spent += max(len(data), 512)
        return data

    def text(self) -> str:
        """Give the head as text, or "" if it is none. See `concordat.evidence.intake.kinds.texts.decode`."""
        if self._text is None:
            self._text = decode(self.head, complete=len(self.head) >= self.size)
        return self._text

    def opening(self) -> str:
        """Give the first 64 Ki characters: what the recognisers of text look at."""
        if self._opening is None:
            self._opening = self.text()[:OPENING]
        return self._opening

    def keys(self) -> frozenset[str]:
        """Names of members, if the opening is JSON."""
        if self._keys is None:
            self._keys = json_keys(self.opening())
        return self._keys

    def table(self) -> Table | None:
        """Read the opening as a table, if it is one; several recognisers ask, so it is read once."""
        if self._table == ():
            self._table = read_table(self.opening())
        return self._table or None
