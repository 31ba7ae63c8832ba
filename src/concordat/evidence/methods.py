# SPDX-License-Identifier: Apache-2.0
"""How data were collected: the 6-bit method of ``Facts``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, unique
from typing import Final


@unique
class Method(IntEnum):
    """Ways of collecting that laws tell apart.

    OTHER is judged by the union of what a forum asks for all methods, so that naming the wrong method on
    purpose gains nothing.
    """

    SEIZURE_OF_ORIGINAL = 1
    STORAGE_IMAGING = 2
    ONSITE_EXTRACTION = 3
    ONLINE_EXTRACTION = 4
    DATA_PRESERVATION = 5
    PROVIDER_PRODUCTION = 6
    LIVE_CAPTURE = 7
    PRINT_PHOTO_VIDEO = 8
    FOREIGN_TRANSFER = 9
    TECHNICAL_SURVEILLANCE = 10
    VICTIM_SUBMISSION = 11
    OTHER = 63

    def label(self, lang: str = "en") -> str:
        """Name for people, in ``en`` or ``zh``."""
        en, zh = _LABELS[self]
        return zh if lang == "zh" else en


_LABELS: Final[Mapping[Method, tuple[str, str]]] = {
    Method.SEIZURE_OF_ORIGINAL: ("Seizure of the original medium", "扣押、封存原始存储介质"),
    Method.STORAGE_IMAGING: ("Imaging of a storage medium", "制作存储介质镜像"),
    Method.ONSITE_EXTRACTION: ("Extraction on site", "现场提取电子数据"),
    Method.ONLINE_EXTRACTION: ("Extraction online", "网络在线提取电子数据"),
    Method.DATA_PRESERVATION: ("Data preservation", "冻结（保全）电子数据"),
    Method.PROVIDER_PRODUCTION: ("Production by a provider", "向网络服务提供者等调取电子数据"),
    Method.LIVE_CAPTURE: ("Capture from a running system", "在线运行系统实时提取"),
    Method.PRINT_PHOTO_VIDEO: ("Printing, photographing or filming", "打印、拍照或者录像固定"),
    Method.FOREIGN_TRANSFER: ("Transfer from abroad", "境外移交"),
    Method.TECHNICAL_SURVEILLANCE: ("Technical surveillance", "技术侦查措施"),
    Method.VICTIM_SUBMISSION: ("Submission by the victim", "被害人提交"),
    Method.OTHER: ("Other method", "其他方法"),
}
