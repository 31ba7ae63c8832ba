# SPDX-License-Identifier: Apache-2.0
"""Agencies: accounts, contact points, suspension by the central authority."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_LIST = "See who is a member with: concordat agency list"
_LIST_ZH = "查看成员名单：concordat agency list"

AGENCIES = {
    "AddressInUse": Sentence(
        ContractUsageError,
        "{account} is already the account of an agency or of an officer.",
        "{account} 已是某机构或人员的账户。",
        "One address is one party: otherwise one act could be taken for another's.",
        "Use a key of its own: concordat key new NAME",
        "请使用单独的密钥：concordat key new NAME",
    ),
    "NotAnAgency": Sentence(
        ContractAuthorityError,
        "{caller} is not the account of a member agency.",
        "{caller} 不是成员机构的账户。",
        "This act is the agency's own, not an officer's.",
        "Use the agency's key (--key). " + _LIST,
        "请使用机构的密钥（--key）。" + _LIST_ZH,
    ),
    "NotTheAgency": Sentence(
        ContractAuthorityError,
        "{caller} is not the account of agency {agency}.",
        "{caller} 不是机构 {agency} 的账户。",
        "An agency acts for itself; nobody acts for another.",
        "Use the key of that agency (--key). " + _LIST,
        "请使用该机构的密钥（--key）。" + _LIST_ZH,
    ),
    "NotCentralAuthority": Sentence(
        ContractAuthorityError,
        "{caller} is not the central authority of {jurisdiction}.",
        "{caller} 不是 {jurisdiction} 的中央机关。",
        "Standards, contact points and suspensions of a jurisdiction are its central authority's alone.",
        "Use the key of the central authority of {jurisdiction} (--key). " + _LIST,
        "请使用 {jurisdiction} 中央机关的密钥（--key）。" + _LIST_ZH,
    ),
    "NoSuchAgency": Sentence(
        ContractUsageError,
        "There is no agency {agency}.",
        "机构 {agency} 不存在。",
        "The number names no member of this suite.",
        _LIST,
        _LIST_ZH,
    ),
    "NotProposed": Sentence(
        ContractAuthorityError,
        "{caller} was not proposed as the new account of agency {agency}.",
        "{caller} 未被提名为机构 {agency} 的新账户。",
        "A key is changed in two steps: the old one names the new one, the new one accepts.",
        "Propose it first with the old key: concordat agency rotate --to ADDRESS",
        "请先用旧密钥提名：concordat agency rotate --to 地址",
    ),
    "InvalidSuspension": Sentence(
        ContractUsageError,
        "A suspension until {until} would be over before it begins ({present}).",
        "暂停期限 {until} 早于当前时间（{present}）。",
        "A suspension starts now; nothing can be suspended in the past.",
        "Give a later end.",
        "请指定更晚的结束时间。",
    ),
    "AlreadySuspended": Sentence(
        ContractUsageError,
        "There is already a suspension, until {until}.",
        "已处于暂停状态，至 {until} 为止。",
        "Suspensions never overlap, so that their history stays readable.",
        "Lift it first, or wait until it ends.",
        "请先解除，或等待其期满。",
    ),
    "NotSuspended": Sentence(
        ContractUsageError,
        "There is no suspension to lift.",
        "当前没有可解除的暂停。",
        "It ended, was lifted, or never was.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    "NoContactPoint": Sentence(
        ContractUsageError,
        "{jurisdiction} named no contact point for competence {competence}.",
        "{jurisdiction} 未就职能 {competence} 指定联络机构。",
        "The central authority names who receives requests of each kind.",
        "Ask the central authority of {jurisdiction} to name one: concordat agency contact",
        "请 {jurisdiction} 的中央机关指定：concordat agency contact",
    ),
    "EmptyKey": Sentence(
        ContractUsageError,
        "The encryption key is empty.",
        "加密公钥为空。",
        "Messages could not be encrypted for the agency.",
        "Give the X25519 public key, 32 bytes.",
        "请提供 32 字节的 X25519 公钥。",
    ),
}
