# SPDX-License-Identifier: Apache-2.0
"""Fixed wordings in both languages that more than one part of the documents uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concordat.evidence.intake.kinds.base import Kind
from concordat.evidence.standards import Verdict
from concordat.evidence.steps import Role
from concordat.rendering.content import Mark, Text, data

STATEMENT: Final = Text("Assessment of declared facts, not a ruling", "对所申报事实的评估，并非裁决")
NOT_REVIEWED: Final = Text(
    "drafted by engineers, not reviewed by counsel", "由工程师起草，未经法律专业人士审阅"
)
NONE: Final = Text("none", "无")
NOT_STATED: Final = Text("not stated in the record", "笔录未载明")

MARKS_MEAN: Final[Mapping[Mark, Text]] = {
    Mark.SEEN: Text(
        "the contract itself saw it when the collection was registered (a signature, an appointment)",
        "登记时由合约直接查验（如签名、任命）",
    ),
    Mark.MEASURED: Text(
        "the program took it from the bytes of the exhibits", "由程序直接从检材的字节数据得出"
    ),
    Mark.SUPPORTED: Text(
        "a document among the exhibits or a named attester stands behind it; nobody has judged its content",
        "有检材中的文书或具名证明人为据；其内容未经任何人评判",
    ),
    Mark.DECLARED: Text("only the collector's word stands behind it", "仅有取证人员的陈述"),
}

VERDICTS: Final[Mapping[Verdict, Text]] = {
    Verdict.NO_STANDARD: Text(
        "No standard is in force for this method and origin.", "对该取证方法和来源地，尚无有效标准。"
    ),
    Verdict.CONFORMS: Text(
        "The declared facts meet every rule of the standard.", "所申报事实满足该标准的全部规则。"
    ),
    Verdict.CONFORMS_WITH_NOTE: Text(
        "The declared facts meet the standard; points that bear on weight are listed.",
        "所申报事实满足该标准；影响证明力的事项列于下表。",
    ),
    Verdict.CURABLE: Text(
        "Something is missing that can still be supplied or explained.",
        "存在欠缺，但仍可补正或作出合理解释。",
    ),
    Verdict.PRESERVED: Text(
        "Refused by this forum's standard; kept unchanged at the registrar's request for another forum.",
        "不符合本法域标准；应登记人请求仅作完整性保全，供其他法域使用。",
    ),
    Verdict.REFUSED: Text("A rule is not met that nothing can cure.", "有不可补正的规则未获满足。"),
}

SEVERITIES: Final[Mapping[str, Text]] = {
    "NOTED": Text("weight only", "仅影响证明力"),
    "CURABLE": Text("curable", "可补正"),
    "FATAL": Text("fatal", "不可补正"),
}

FINDING_SEVERITIES: Final[Mapping[str, Text]] = {
    "info": Text("for information", "提示"),
    "warn": Text("needs an answer", "须作说明"),
}

CERTAINTIES: Final[Mapping[str, Text]] = {
    "V": Text("read in the original", "已核对原文"),
    "P": Text("known from a secondary source", "据二手资料"),
    "M+": Text("not looked up, high confidence", "未核对，把握较高"),
    "M": Text("not looked up, medium confidence", "未核对，把握一般"),
    "M-": Text("not looked up, low confidence", "未核对，把握较低"),
}

ROLES: Final[Mapping[str, Text]] = {
    **{role.value: Text(role.label("en"), role.label("zh")) for role in Role},
    "COLLECTION_REPORT": Text("Collection report", "取证报告"),
}

KINDS: Final[Mapping[str, Text]] = {kind.value: Text(kind.label("en"), kind.label("zh")) for kind in Kind}

CATEGORIES: Final[Mapping[str, Text]] = {
    "PLATFORM_PUBLICATION": Text("platform publication", "网络平台发布信息"),
    "COMMUNICATION": Text("communication", "通信信息"),
    "REGISTRATION_ID_TRANSACTION_LOG": Text(
        "registration, identity, transaction or log data", "注册、身份认证、交易及日志信息"
    ),
    "FILE_PROGRAM_CERT": Text("file, program or certificate", "文档、程序、数字证书等电子文件"),
    "PHYSICAL": Text("physical object", "物证"),
    "DOCUMENT": Text("document", "书证"),
    "SITE_PHOTO": Text("photograph of the site", "现场照片"),
    "AV_RECORDING": Text("audio or video recording", "视听资料"),
}

CONFIDENTIALITY: Final[Mapping[str, Text]] = {
    "OPEN": Text("open", "公开"),
    "RESTRICTED": Text("restricted", "限制"),
    "CONFIDENTIAL": Text("confidential", "机密"),
    "SECRET": Text("secret", "绝密"),
}


def word(words: Mapping[str, Text], code: str | None) -> Text:
    """Find the wording of a code; a code without one stands for itself, an absent one for "not stated"."""
    if not code:
        return Text("not stated", "未注明")
    return words.get(code, data(code))


def verdict(value: Verdict) -> Text:
    """Name a verdict."""
    return Text(value.label("en"), value.label("zh"))


def yes(value: bool) -> Text:
    """Say yes or no."""
    return Text("yes", "是") if value else Text("no", "否")
