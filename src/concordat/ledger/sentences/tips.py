# SPDX-License-Identifier: Apache-2.0
"""Tips and their rewards."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractUsageError, Sentence

_SEE = "See where it stands with: concordat tip show"
_SEE_ZH = "查看当前状态：concordat tip show"

TIPS = {
    "EmptyMessage": Sentence(
        ContractUsageError,
        "There is no message.",
        "缺少消息。",
        "The chain keeps the hash of what was sealed to the agency: it proves what was sent and opened.",
        "Write the message and seal it to the agency.",
        "请写明内容并加密发送给该机构。",
    ),
    "AlreadySubmitted": Sentence(
        ContractUsageError,
        "The tip {tip} is on record already.",
        "线索 {tip} 已登记。",
        "A tip counts once, from the block that holds it.",
        _SEE,
        _SEE_ZH,
    ),
    "TipInState": Sentence(
        ContractUsageError,
        "The tip {tip} is {tipState}; this act has no place there.",
        "线索 {tip} 当前状态为 {tipState}，不能办理此事项。",
        "A tip is submitted, judged, rewarded and paid, one after the other and each once.",
        _SEE,
        _SEE_ZH,
    ),
    "NoReward": Sentence(
        ContractUsageError,
        "A reward of nothing was granted.",
        "奖励金额为零。",
        "Who grants a reward says how much.",
        "State the amount.",
        "请注明金额。",
    ),
    "AlreadyClaimed": Sentence(
        ContractUsageError,
        "The reward for {tip} was claimed already.",
        "线索 {tip} 的奖励已被申领。",
        "Where to pay is said once, with the tip's own key, so that nobody redirects it later.",
        _SEE,
        _SEE_ZH,
    ),
    "NotClaimed": Sentence(
        ContractUsageError,
        "Nobody has said yet where the reward for {tip} is to be paid.",
        "线索 {tip} 的奖励尚未申领，付款去向不明。",
        "The tipster names the payee with the tip's key, before anything is paid.",
        "Wait for the claim.",
        "请等待申领。",
    ),
}
