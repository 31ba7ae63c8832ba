# SPDX-License-Identifier: Apache-2.0
"""Accreditation, and opinions of accredited bodies."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See what was asked and answered."
_SEE_ZH = "请查看委托与意见。"

APPRAISALS = {
    "NotAccredited": Sentence(
        ContractAuthorityError,
        "{body} is not accredited for this field now: {field}.",
        "{body} 目前不具备该领域的鉴定资质：{field}。",
        "An opinion counts for what the body's own country accredited it for, at the time when it is given.",
        "Ask a body that is accredited for it, or let its central authority accredit it.",
        "请委托具备资质的机构，或由其中央机关予以认可。",
    ),
    "UnknownField": Sentence(
        ContractUsageError,
        "There is no field of appraisal number {field}.",
        "不存在编号为 {field} 的鉴定领域。",
        "Fields are 1 documents, 2 electronic data, 3 accounts, 4 assets, 5 identity of persons.",
        "Name one of them.",
        "请选择其中之一。",
    ),
    "NoCertificate": Sentence(
        ContractUsageError,
        "The accreditation names no certificate.",
        "认可未附资质证书。",
        "What a body is accredited for stands in a certificate, known by its hash.",
        "Name the certificate.",
        "请指明资质证书。",
    ),
    "NothingToAppraise": Sentence(
        ContractUsageError,
        "Nothing to appraise was named.",
        "未指明鉴定对象。",
        "An opinion is about one item, by its hash.",
        "Name the item: an exhibit, an acquisition or a dossier.",
        "请指明检材、取证或财产档案。",
    ),
    "EmptyOpinion": Sentence(
        ContractUsageError,
        "The opinion is empty.",
        "鉴定意见为空。",
        "The chain keeps the hash of the signed opinion.",
        "Give the opinion's file.",
        "请提供鉴定意见文件。",
    ),
    "AppraisalExists": Sentence(
        ContractUsageError,
        "The appraisal {appraisal} was asked for already.",
        "鉴定 {appraisal} 已经委托。",
        "The same item, field and message ask the same body once.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchAppraisal": Sentence(
        ContractUsageError,
        "There is no appraisal {appraisal}.",
        "不存在鉴定 {appraisal}。",
        "An opinion answers a question that is on record.",
        _SEE,
        _SEE_ZH,
    ),
    "NotTheBody": Sentence(
        ContractAuthorityError,
        "You act for {theirs}; {body} was asked.",
        "您代表 {theirs}，而受委托的是 {body}。",
        "Who was asked answers itself.",
        "Let an officer of that body answer.",
        "请由受委托机构的人员答复。",
    ),
    "AppraisalAnswered": Sentence(
        ContractUsageError,
        "The appraisal {appraisal} has been answered.",
        "鉴定 {appraisal} 已经答复。",
        "An opinion is given once and stays as it is.",
        "For another opinion, ask again.",
        "如需另行鉴定，请重新委托。",
    ),
    "OtherItem": Sentence(
        ContractUsageError,
        "The appraisal {appraisal} is not about {item}.",
        "鉴定 {appraisal} 的对象不是 {item}。",
        "An opinion names the very item that was sent for appraisal.",
        _SEE,
        _SEE_ZH,
    ),
    "InvalidDue": Sentence(
        ContractUsageError,
        "The time {due} has passed; it is {present}.",
        "期限 {due} 已过，当前时间为 {present}。",
        "What is to be done by a time is asked for before it.",
        "Name a later time.",
        "请设定更晚的期限。",
    ),
}
