# SPDX-License-Identifier: Apache-2.0
"""The words of a verification, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """What became of one item."""

    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    RENAMED = "renamed"
    EXTRA = "extra"


def _pairs(rows: Sequence[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    return {key: (en, zh) for key, en, zh in rows}


FIELDS = _pairs(
    (
        ("sha256", "SHA-256", "SHA-256"),
        ("sm3", "SM3", "SM3"),
        ("agency", "agency", "机构"),
        ("facts", "declared facts", "申报事实"),
        ("root", "root", "根哈希"),
        ("chain_id", "chain", "链"),
        ("genesis", "genesis", "创世标识"),
        ("registry", "registry", "登记合约"),
        ("leaves", "number of leaves", "叶子数"),
        ("standard_version", "version of the standard", "标准版本"),
        ("record_sha256", "record", "笔录"),
        ("receipt", "receipt", "回执"),
    )
)
SENTENCES: Final = {
    State.CHANGED: ("Changed: {name} ({differs}).", "已改动：{name}（{differs}）。"),
    State.MISSING: ("Missing: {name}.", "缺失：{name}。"),
    State.UNREADABLE: ("Cannot be read: {name} ({now}).", "无法读取：{name}（{now}）。"),
    State.RENAMED: (
        "Renamed: {name} is here as {now}, with the same content.",
        "已更名：{name} 现名为 {now}，内容相同。",
    ),
    State.EXTRA: ("Extra: {name} was not registered.", "多出：{name} 未经登记。"),
}
NOTES: Final = {
    "interrupted": (
        "The last change of the package was interrupted; the next command that writes to it finishes it.",
        "证据包最近一次写入曾中断；下一次写入时将自动补全。",
    ),
    "no_manifest": (
        "The proof leaves the manifest out: agency, chain and number of exhibits are as the proof says.",
        "该证明未附清单：机构、链和证据项数量以证明所载为准。",
    ),
}
NOT_OPENED: Final = (
    "Not opened: this record does not belong to this manifest. Somebody else may have registered a copy.",
    "不予打开：该登记记录与此清单不符，可能是他人抄录登记。",
)
UNJUDGED: Final = (
    "What the exhibits are measured by is damaged, so that no file was compared. Take it from a backup.",
    "作为比对依据的文件已损坏，未比对任何文件。请从备份恢复。",
)
UNCHECKED: Final = (
    "Not looked at, because their files were not given: {count} exhibits.",
    "未提供文件，未核验的证据项：{count} 项。",
)
ALL: Final = (
    "All that was looked at is as it was packed; exhibits that match: {count}.",
    "所核验内容均与封装时一致；相符的证据项：{count} 项。",
)
OTHERS: Final = ("The others stand: {count} exhibits match.", "其余证据项不受影响：{count} 项相符。")
NONE: Final = ("No exhibit was found to match.", "没有相符的证据项。")
NO_CHAIN: Final = (
    "No chain was asked: this compares files with the package, not the package with what was registered.",
    "未查询区块链：以上仅为文件与证据包的比对，未与登记记录比对。",
)
