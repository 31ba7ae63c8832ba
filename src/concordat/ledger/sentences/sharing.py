# SPDX-License-Identifier: Apache-2.0
"""Grants: what is shared with whom, for what, until when."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See what was granted, and from where it comes."
_SEE_ZH = "请查看授权及其来源。"

SHARING = {
    "EmptyItems": Sentence(
        ContractUsageError,
        "Nothing to share was named.",
        "未指明共享内容。",
        "A grant is about items, by the root over their numbers.",
        "Name the items.",
        "请指明共享项目。",
    ),
    "NoFields": Sentence(
        ContractUsageError,
        "The grant names no field.",
        "授权未指明字段。",
        "Only named fields are shared, never a whole record because nothing was said.",
        "Name the fields.",
        "请指明字段。",
    ),
    "UnknownPurpose": Sentence(
        ContractUsageError,
        "There is no purpose number {purpose}.",
        "不存在编号为 {purpose} 的目的。",
        "Purposes are 1 investigation, 2 prosecution, 3 trial, 4 recovery of assets, 5 prevention.",
        "Name one of them.",
        "请选择其中之一。",
    ),
    "UnknownHandling": Sentence(
        ContractUsageError,
        "The grant has no handling code.",
        "授权未指明处理代码。",
        "How far something may go is said before it goes (Traffic Light Protocol).",
        "Name a code from TLP:RED to TLP:CLEAR.",
        "请选择 TLP:RED 至 TLP:CLEAR 之一。",
    ),
    "InvalidUntil": Sentence(
        ContractUsageError,
        "The grant would end at {until}; it is {present}.",
        "授权将于 {until} 结束，当前时间为 {present}。",
        "A grant lasts for a time that begins now.",
        "Name a later end.",
        "请设定更晚的结束时间。",
    ),
    "AlreadyGranted": Sentence(
        ContractUsageError,
        "The grant {grant} is on record already.",
        "授权 {grant} 已登记。",
        "The same items, fields, purpose and end are the same grant, also once it was revoked.",
        "Name another end to grant it anew.",
        "如需重新授权，请另设结束时间。",
    ),
    "NoSuchGrant": Sentence(
        ContractUsageError,
        "There is no grant {grant}.",
        "不存在授权 {grant}。",
        "Only what was granted is passed on or revoked.",
        _SEE,
        _SEE_ZH,
    ),
    "NotTheGranter": Sentence(
        ContractAuthorityError,
        "You act for {theirs}; the grant is {granter}'s.",
        "您代表 {theirs}，而授权机构为 {granter}。",
        "Who granted revokes. What was passed on from a grant ends with it.",
        "Ask the agency that granted it.",
        "请联系授权机构。",
    ),
    "NotTheRecipient": Sentence(
        ContractAuthorityError,
        "You act for {theirs}; it was granted to {recipient}.",
        "您代表 {theirs}，而被授权机构为 {recipient}。",
        "Nobody passes on what he was not given.",
        "Ask for a grant of your own.",
        "请申请授权。",
    ),
    "AlreadyRevoked": Sentence(
        ContractUsageError,
        "The grant {grant} was revoked before.",
        "授权 {grant} 此前已撤销。",
        "A grant is revoked once, from that second on.",
        _SEE,
        _SEE_ZH,
    ),
    "HandlingForbids": Sentence(
        ContractAuthorityError,
        "The handling code of {grant} does not let it go to {to}: {handling}.",
        "授权 {grant} 的处理代码不允许转发给 {to}：{handling}。",
        "Who shared it said how far it may go; that holds for everybody who has it.",
        "Ask the agency from which it comes to share it.",
        "请联系来源机构直接共享。",
    ),
    "BeyondGrant": Sentence(
        ContractUsageError,
        "What is to be passed on is wider or longer than {grant}, or {grant} is over.",
        "拟转发的范围或期限超出授权 {grant}，或该授权已终止。",
        "Nobody gives more than he has: the same purpose, no other field, no later end.",
        _SEE,
        _SEE_ZH,
    ),
    "TooFar": Sentence(
        ContractUsageError,
        "{grant} was passed on {most} times already.",
        "{grant} 已转发 {most} 次。",
        "Whether a grant still stands is found by going back to the first; the way is kept short.",
        "Ask the agency from which it comes for a grant of your own.",
        "请联系来源机构直接授权。",
    ),
}
