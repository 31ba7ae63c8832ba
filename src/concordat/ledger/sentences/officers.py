# SPDX-License-Identifier: Apache-2.0
"""Officers and devices: appointment, acceptance, suspension, reports of compromised keys, powers."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SHOW = "See the appointment with: concordat officer show ADDRESS"
_SHOW_ZH = "查看任命：concordat officer show 地址"
_ACCEPT = "Let the officer accept again these very terms: concordat officer accept"
_ACCEPT_ZH = "请该人员就这些条款重新接受：concordat officer accept"

OFFICERS = {
    "NotAuthorised": Sentence(
        ContractAuthorityError,
        "{caller} does not hold the power {power} now.",
        "{caller} 目前不具有 {power} 权限。",
        "The power must be in a running appointment, in the agency's charter, not suspended, and not "
        "withheld by standing (concordat standing show); the key must not be reported compromised.",
        _SHOW,
        _SHOW_ZH,
    ),
    "NotEntitledThen": Sentence(
        ContractAuthorityError,
        "{officer} was not entitled to {power} under appointment {appointment} at {at}.",
        "{officer} 依第 {appointment} 次任命在 {at} 不具有 {power} 权限。",
        "Whoever collects must have been in office, not suspended, with a sound key, at the start.",
        "Check the times of the record and the appointment. " + _SHOW,
        "请核对记录时间和任命。" + _SHOW_ZH,
    ),
    "NotAnOfficer": Sentence(
        ContractUsageError,
        "{account} was never appointed.",
        "{account} 从未被任命。",
        "The act concerns an officer or a device of a member agency.",
        "Check the address; appoint with: concordat officer appoint",
        "请核对地址；任命命令：concordat officer appoint",
    ),
    "OfficerOfOtherAgency": Sentence(
        ContractAuthorityError,
        "{officer} was an officer of agency {theirs} then, not of agency {agency}.",
        "{officer} 当时是机构 {theirs} 的人员，不是机构 {agency} 的人员。",
        "Collector and co-signing officers belong to the agency that registers.",
        "Check agency and officers of the record. " + _SHOW,
        "请核对记录中的机构和人员。" + _SHOW_ZH,
    ),
    "NotYourOfficer": Sentence(
        ContractAuthorityError,
        "{officer} is not an officer of agency {agency}.",
        "{officer} 不是机构 {agency} 的人员。",
        "An agency acts on its own officers only.",
        _SHOW,
        _SHOW_ZH,
    ),
    "AlreadyAppointed": Sentence(
        ContractUsageError,
        "{officer} has an appointment with agency {agency} until {endsAt}.",
        "{officer} 在机构 {agency} 的任命有效期至 {endsAt}。",
        "One address serves one agency at a time.",
        "End that appointment first (concordat officer end), or use another key.",
        "请先终止该任命（concordat officer end），或使用其他密钥。",
    ),
    "BeyondCharter": Sentence(
        ContractUsageError,
        "The appointment gives {powers}, the charter of the agency allows {charter}.",
        "任命授予 {powers}，而机构章程仅允许 {charter}。",
        "An agency cannot give what it does not have.",
        "Leave out the powers that the charter does not hold.",
        "请去掉章程未包含的权限。",
    ),
    "ConflictingPowers": Sentence(
        ContractUsageError,
        "Among {powers}, held now or before, are two that one officer must not have.",
        "{powers}（含曾任职务）中有同一人不得兼有的权限。",
        "Who collects must not cure, and each phase of a measure has its own hands.",
        "Use another officer, or a new key for the new office.",
        "请授予其他人员，或为新职务使用新密钥。",
    ),
    "NoPowers": Sentence(
        ContractUsageError,
        "The appointment gives no power.",
        "任命未授予任何权限。",
        "Such an appointment would do nothing but block the address.",
        "Name at least one power (--power).",
        "请至少指定一项权限（--power）。",
    ),
    "StartsInPast": Sentence(
        ContractUsageError,
        "The appointment would start at {startsAt}, which is before {present}.",
        "任命开始时间 {startsAt} 早于当前时间 {present}。",
        "Nobody can be made an officer for the past.",
        "Let it start now (leave out --from) or later. " + _ACCEPT,
        "请从现在（省略 --from）或更晚开始。" + _ACCEPT_ZH,
    ),
    "EndsBeforeStart": Sentence(
        ContractUsageError,
        "The appointment would end at {endsAt}, not after its start at {startsAt}.",
        "任命结束时间 {endsAt} 不晚于开始时间 {startsAt}。",
        "An appointment lasts some time.",
        "Give a later end (--until). " + _ACCEPT,
        "请指定更晚的结束时间（--until）。" + _ACCEPT_ZH,
    ),
    "WrongNumber": Sentence(
        ContractUsageError,
        "The terms are for appointment number {given}; the next one of this officer is number {expected}.",
        "条款针对第 {given} 次任命，而该人员的下一次任命为第 {expected} 次。",
        "The number makes an acceptance good for one appointment only.",
        _ACCEPT,
        _ACCEPT_ZH,
    ),
    "InvalidAcceptance": Sentence(
        ContractAuthorityError,
        "The acceptance is not signed by {officer} over these terms.",
        "该接受书不是 {officer} 对这些条款的签名。",
        "Nobody becomes an officer without having agreed to exactly these terms.",
        _ACCEPT,
        _ACCEPT_ZH,
    ),
    "AlreadyEnded": Sentence(
        ContractUsageError,
        "The appointment of {officer} ended at {endsAt}.",
        "{officer} 的任命已于 {endsAt} 终止。",
        "An end may be brought forward, never moved back.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    "ReportedInFuture": Sentence(
        ContractUsageError,
        "The report says that the key is compromised since {since}, which is after {present}.",
        "报告称密钥自 {since} 起泄露，晚于当前时间 {present}。",
        "A report is of what happened.",
        "Give the time at which the key came into other hands, or may have.",
        "请填写密钥（可能）落入他人之手的时间。",
    ),
    "CannotReachBack": Sentence(
        ContractUsageError,
        "{key} cannot report itself compromised since {since}.",
        "{key} 不得自行报告自 {since} 起泄露。",
        "Whoever holds a key could discredit what its rightful holder did; by itself it only disarms itself.",
        "Report it from now on (without --since). The agency may say since when, for its officers' keys.",
        "请自现在起报告（不填 --since）。对本机构人员的密钥，可由机构说明自何时起泄露。",
    ),
    "AlreadyReported": Sentence(
        ContractUsageError,
        "{key} is reported compromised since {since}.",
        "{key} 已被报告自 {since} 起泄露。",
        "A report can be widened to an earlier time, never narrowed or taken back.",
        "Report an earlier time, or do nothing.",
        "请报告更早的时间，否则无需操作。",
    ),
}
