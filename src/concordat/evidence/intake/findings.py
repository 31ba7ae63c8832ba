# SPDX-License-Identifier: Apache-2.0
"""What intake tells the investigator before registering: coded, with a sentence in English and Chinese.

A finding is no verdict. It is shown, stored in the manifest, and left to the officer to explain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from concordat.evidence.intake.names import json_path, shown


class FindingSeverity(StrEnum):
    """``warn``: somebody will ask about it in court; ``info``: worth knowing."""

    INFO = "info"
    WARN = "warn"


class FindingCode(StrEnum):
    """Stable names; the meaning of one never changes."""

    EXTENSION_MISMATCH = "EXTENSION_MISMATCH"
    AMBIGUOUS_KIND = "AMBIGUOUS_KIND"
    EMPTY_FILE = "EMPTY_FILE"
    EMPTY_FOLDER = "EMPTY_FOLDER"
    LINK_NOT_FOLLOWED = "LINK_NOT_FOLLOWED"
    LEFT_OUT = "LEFT_OUT"
    NAMES_COLLIDE = "NAMES_COLLIDE"
    NAME_UNDECODABLE = "NAME_UNDECODABLE"
    DUPLICATE_IN_ACQUISITION = "DUPLICATE_IN_ACQUISITION"
    DUPLICATE_IN_CASE = "DUPLICATE_IN_CASE"
    DUPLICATE_IN_OTHER_CASE = "DUPLICATE_IN_OTHER_CASE"
    EXIF_TIME_OUTSIDE = "EXIF_TIME_OUTSIDE"
    EXIF_PLACE_OUTSIDE = "EXIF_PLACE_OUTSIDE"
    TIME_IN_FUTURE = "TIME_IN_FUTURE"
    CLOCK_OFFSET = "CLOCK_OFFSET"
    EMBEDDED_HASH_OF_MEDIUM = "EMBEDDED_HASH_OF_MEDIUM"
    EXPECT_MISMATCH = "EXPECT_MISMATCH"
    EXPECT_NOT_LISTED = "EXPECT_NOT_LISTED"
    EXPECT_MISSING = "EXPECT_MISSING"
    EXPECT_WEAK_ONLY = "EXPECT_WEAK_ONLY"


_TEXTS: Mapping[FindingCode, tuple[str, str]] = {
    FindingCode.EXTENSION_MISMATCH: (
        "The name ends in “{extension}”, but the content is {media} ({kind}).",
        "文件名后缀为“{extension}”，但内容为 {media}（{kind_zh}）。",
    ),
    FindingCode.AMBIGUOUS_KIND: (
        "The content does not settle what it is (best guess: {kind}; also possible: {others}); "
        "look at it yourself.",
        "根据内容无法确定类型（最可能：{kind_zh}；也可能：{others_zh}），请人工核对。",
    ),
    FindingCode.EMPTY_FILE: ("The file is empty.", "文件为空（0 字节）。"),
    FindingCode.EMPTY_FOLDER: (
        "The folder is empty; it is no exhibit and only mentioned here.",
        "文件夹为空；不作为检材，仅在此注明。",
    ),
    FindingCode.LINK_NOT_FOLLOWED: (
        "A symbolic link to “{target}”; it was not followed, its target is not part of the acquisition.",
        "指向“{target}”的符号链接；未跟随，其目标不属于本次取证。",
    ),
    FindingCode.LEFT_OUT: (
        "Left out because it is the package that is being made or an earlier one.",
        "已排除：这是正在制作的或先前的证据包。",
    ),
    FindingCode.NAMES_COLLIDE: (
        "{count} names in this folder are the same to a system that ignores case (for instance “{first}” and "
        "“{second}”); a copy there would lose one of them.",
        "该文件夹中有 {count} 个名称在不区分大小写的系统上相同（例如“{first}”与“{second}”），"
        "复制到该类系统会丢失文件。",
    ),
    FindingCode.NAME_UNDECODABLE: (
        "The name is not UTF-8; its bytes are kept as hex in path_bytes.",
        "文件名不是 UTF-8 编码；其原始字节以十六进制保存在 path_bytes 中。",
    ),
    FindingCode.DUPLICATE_IN_ACQUISITION: (
        "Same content as “{first}” of this acquisition.",
        "与本次取证中的“{first}”内容相同。",
    ),
    FindingCode.DUPLICATE_IN_CASE: (
        "Same content as exhibit {number} of package {package} in this case "
        "(known from this agency's own index).",
        "与本案证据包 {package} 第 {number} 号检材内容相同（据本机构自有索引）。",
    ),
    FindingCode.DUPLICATE_IN_OTHER_CASE: (
        "Same content as exhibit {number} of package {package} in case {case} "
        "(known from this agency's own index).",
        "与案件 {case} 证据包 {package} 第 {number} 号检材内容相同（据本机构自有索引）。",
    ),
    FindingCode.EXIF_TIME_OUTSIDE: (
        "The camera's time {time} lies {relation} the collection ({started} to {ended}).",
        "照片拍摄时间 {time} {relation_zh}取证时间（{started} 至 {ended}）。",
    ),
    FindingCode.EXIF_PLACE_OUTSIDE: (
        "The photo's coordinates {latitude}, {longitude} lie outside {country}, the place of collection.",
        "照片坐标 {latitude}, {longitude} 不在取证地 {country} 境内。",
    ),
    FindingCode.TIME_IN_FUTURE: (
        "{what} {time} lies in the future (now {now}).",
        "{what_zh} {time} 晚于当前时间（{now}）。",
    ),
    FindingCode.CLOCK_OFFSET: (
        "The collecting clock was {seconds} s {direction}; times in this acquisition carry that offset.",
        "取证设备时钟{direction_zh} {seconds} 秒；本次取证的时间含此偏差。",
    ),
    FindingCode.EMBEDDED_HASH_OF_MEDIUM: (
        "The image holds {algorithms} of the medium, not of this file: {digest}.",
        "镜像内含的 {algorithms} 是存储介质的校验值，而非本文件的校验值：{digest}。",
    ),
    FindingCode.EXPECT_MISMATCH: (
        "{algorithm} of the {of} is {actual}, but the list expects {expected}.",
        "{of_zh}的 {algorithm} 为 {actual}，与清单所列 {expected} 不符。",
    ),
    FindingCode.EXPECT_NOT_LISTED: ("The expected list does not name this file.", "预期清单未列出此文件。"),
    FindingCode.EXPECT_MISSING: (
        "The expected list names this file, but it was not found.",
        "预期清单列有此文件，但未找到。",
    ),
    FindingCode.EXPECT_WEAK_ONLY: (
        "The expected list holds only {algorithms}; they were computed in addition and prove less than "
        "SHA-256 and SM3.",
        "预期清单仅含 {algorithms}；已另行计算，其证明力弱于 SHA-256 与 SM3。",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: code, severity, the path it is about ("" = the acquisition), values of its sentence."""

    code: FindingCode
    severity: FindingSeverity
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence, ``en`` or ``zh``, on one line whatever the names hold."""
        sentence = _TEXTS[self.code][1 if language.startswith("zh") else 0]
        return sentence.format_map({key: shown(value) for key, value in self.values.items()})

    def as_dict(self) -> dict[str, object]:
        """Stable JSON form."""
        path, path_bytes = json_path(self.path)
        form: dict[str, object] = {
            "code": str(self.code),
            "severity": str(self.severity),
            "path": path,
            "en": self.text("en"),
            "zh": self.text("zh"),
        }
        if path_bytes is not None:
            form["path_bytes"] = path_bytes
        return form


def info(code: FindingCode, path: str = "", **values: str) -> Finding:
    """A finding worth knowing."""
    return Finding(code, FindingSeverity.INFO, path, values)


def warn(code: FindingCode, path: str = "", **values: str) -> Finding:
    """A finding that somebody will ask about."""
    return Finding(code, FindingSeverity.WARN, path, values)
