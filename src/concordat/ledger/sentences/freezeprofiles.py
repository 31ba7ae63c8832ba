# SPDX-License-Identifier: Apache-2.0
"""Freeze profiles: what a country's law lets be frozen, how long and by whom."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractUsageError, Sentence

_LINT = "Correct the profile's file; concordat freeze profile lint names the line."
_LINT_ZH = "请改正规则文件；concordat freeze profile lint 可指出所在行。"
_SHOW = "See the versions with: concordat freeze profile show"
_SHOW_ZH = "查看版本：concordat freeze profile show"

FREEZE_PROFILES = {
    "UnknownKind": Sentence(
        ContractUsageError,
        "There is no profile for measure {measure} on asset class {assetClass}.",
        "不存在针对措施 {measure} 与资产类别 {assetClass} 的规则。",
        "A profile is for one measure on one class of assets.",
        _LINT,
        _LINT_ZH,
    ),
    "NoPeriod": Sentence(
        ContractUsageError,
        "{profile}: it says no longest period.",
        "{profile}：未规定最长期限。",
        "Nothing is held without an end.",
        _LINT,
        _LINT_ZH,
    ),
    "TotalBelowPeriod": Sentence(
        ContractUsageError,
        "{profile}: all periods together ({total} s) are shorter than one ({longest} s).",
        "{profile}：累计期限（{total} 秒）短于单次期限（{longest} 秒）。",
        "The total is the limit of all periods one after the other.",
        _LINT,
        _LINT_ZH,
    ),
    "DeadlineMissing": Sentence(
        ContractUsageError,
        "{profile}: a deadline is missing.",
        "{profile}：缺少期限规定。",
        "Ratifying, answering, checking, reviewing and taking one's turn each have a deadline.",
        _LINT,
        _LINT_ZH,
    ),
    "RolesMissing": Sentence(
        ContractUsageError,
        "{profile}: nobody may start, ratify, renew or review.",
        "{profile}：未规定由谁发起、批准、续期或复议。",
        "Each of the four needs hands of its own.",
        _LINT,
        _LINT_ZH,
    ),
    "RolesUndefined": Sentence(
        ContractUsageError,
        "{profile}: powers that are no hands of a measure (mask {undefined}).",
        "{profile}：包含不属于措施各环节的权限（掩码 {undefined}）。",
        "Only of the phases of a measure one officer never has two; any other power could meet with them.",
        _LINT,
        _LINT_ZH,
    ),
    "RolesOverlap": Sentence(
        ContractUsageError,
        "{profile}: who starts would also ratify or review.",
        "{profile}：发起人同时可以批准或复议。",
        "Whoever asks never approves, nor decides on objections.",
        _LINT,
        _LINT_ZH,
    ),
    "UnfitEndorser": Sentence(
        ContractUsageError,
        "{profile}: agency {endorser} cannot endorse.",
        "{profile}：机构 {endorser} 不能作为承接机关。",
        "The endorser is an authority of that country, admitted, and no institution that itself answers.",
        "Name an authority of the country.",
        "请指定该国的主管机关。",
    ),
    "OwnHoldMisdeclared": Sentence(
        ContractUsageError,
        "{profile}: what institutions may hold by themselves is misdeclared.",
        "{profile}：机构自行止付的规定有误。",
        "Only a payment is stopped by an institution itself, and with extension no shorter than without.",
        _LINT,
        _LINT_ZH,
    ),
    "ProfileUntilGiven": Sentence(
        ContractUsageError,
        "{profile}: it names its own end.",
        "{profile}：自行规定了终止时间。",
        "A profile ends when the next version begins; so there is never a gap.",
        _LINT,
        _LINT_ZH,
    ),
    "FlagsUndefined": Sentence(
        ContractUsageError,
        "{profile}: flags that do not exist ({flags}).",
        "{profile}：包含未定义的标志（{flags}）。",
        "What is unknown today could mean something tomorrow.",
        _LINT,
        _LINT_ZH,
    ),
    "ProfileNoticeTooShort": Sentence(
        ContractUsageError,
        "{profile}: the new version would start at {from}, it may start at {earliest} at the earliest.",
        "{profile}：新版本拟于 {from} 生效，最早只能于 {earliest} 生效。",
        "A later version needs seven days' notice: no deadline is moved unseen.",
        "Give a later start (--from).",
        "请指定更晚的生效时间（--from）。",
    ),
    "ProfilePending": Sentence(
        ContractUsageError,
        "{profile}: version {version} is adopted and starts at {from}.",
        "{profile}：第 {version} 版已采纳，将于 {from} 生效。",
        "One version waits at a time.",
        "Cancel it first, or wait until it is in force.",
        "请先撤销，或等待其生效。",
    ),
    "NoProfilePending": Sentence(
        ContractUsageError,
        "{profile}: no version waits to come into force.",
        "{profile}：没有待生效的版本。",
        "What is or was in force may have been relied upon and cannot be cancelled.",
        "Adopt a new version instead.",
        "请采纳新的版本。",
    ),
    "NoProfile": Sentence(
        ContractUsageError,
        "{profile}: no law that this suite knows allows this measure there.",
        "{profile}：本系统没有允许在该法域采取此措施的规则。",
        "Without a profile in force nothing is frozen.",
        _SHOW,
        _SHOW_ZH,
    ),
    "NoSuchProfileVersion": Sentence(
        ContractUsageError,
        "{profile}: there is no version {version}.",
        "{profile}：不存在第 {version} 版。",
        "It was never adopted, or it was cancelled before it came into force.",
        _SHOW,
        _SHOW_ZH,
    ),
}
