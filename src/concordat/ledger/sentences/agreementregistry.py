# SPDX-License-Identifier: Apache-2.0
"""Agreements: consulting about them, ratifying and leaving them, and what they oblige to."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See where it stands with: concordat agreement show"
_SEE_ZH = "查看当前状态：concordat agreement show"

AGREEMENTS = {
    "InvalidDraft": Sentence(
        ContractUsageError,
        "The draft of the agreement is not in order: {draftPart}.",
        "协定草案有误：{draftPart}。",
        "What is accepted binds exactly as it stands, so a draft is complete before anybody accepts it: a "
        "text, 2 to 32 parties in ascending order, a basis with its name, ratifications and dates that can "
        "be met, each kind of request once with its times, duties of parties alone.",
        "Correct the draft and propose it again.",
        "请改正草案后重新提出。",
    ),
    "NotAParty": Sentence(
        ContractAuthorityError,
        "{jurisdiction} is not a party of this version of the agreement {thread}.",
        "{jurisdiction} 不是协定 {thread} 该版本的当事方。",
        "Parties alone propose and accept; versions are put forward by those who were there from the first, "
        "and leave none of them out.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchThread": Sentence(
        ContractUsageError,
        "There is no agreement {thread}.",
        "不存在协定 {thread}。",
        "A thread begins with its first proposal, and its number follows from it.",
        "List the agreements with: concordat agreement list",
        "列出协定：concordat agreement list",
    ),
    "NoSuchDraft": Sentence(
        ContractUsageError,
        "The agreement {thread} has no version {version}.",
        "协定 {thread} 没有版本 {version}。",
        "An acceptance binds one version, by the hash of every word and number in it.",
        _SEE,
        _SEE_ZH,
    ),
    "DraftExists": Sentence(
        ContractUsageError,
        "The version {version} was put forward already.",
        "版本 {version} 已经提出。",
        "The same draft by the same country is the same version.",
        "Accept it, or change the draft.",
        "请接受该版本，或修改草案。",
    ),
    "NotNegotiating": Sentence(
        ContractUsageError,
        "The agreement {thread} is {agreementStatus}; there is nothing to consult about any more.",
        "协定 {thread} 当前状态为“{agreementStatus}”，磋商已经结束。",
        "When all parties accepted one version, all others are void.",
        "Ratify the version agreed upon, or propose another agreement.",
        "请批准已商定的版本，或另行提出协定。",
    ),
    "AlreadyAccepted": Sentence(
        ContractUsageError,
        "{party} accepted the version {version} of {thread} already.",
        "{party} 已接受协定 {thread} 的版本 {version}。",
        "An acceptance counts once; a proposal is one.",
        _SEE,
        _SEE_ZH,
    ),
    "NotAgreed": Sentence(
        ContractUsageError,
        "{version} is no version of {thread} that can be ratified now.",
        "{version} 不是协定 {thread} 目前可以批准的版本。",
        "What is ratified is what all parties agreed upon, as long as it has not ended.",
        _SEE,
        _SEE_ZH,
    ),
    "AlreadyRatified": Sentence(
        ContractUsageError,
        "{party} has ratified {thread} before.",
        "{party} 此前已批准协定 {thread}。",
        "An agreement is ratified once; who left it comes back by another one.",
        _SEE,
        _SEE_ZH,
    ),
    "NotOpen": Sentence(
        ContractAuthorityError,
        "The agreement {thread} is not open to others than its parties.",
        "协定 {thread} 不对非当事方开放加入。",
        "Whether others may accede, the parties agreed upon.",
        "Propose an agreement of your own to them.",
        "请与其另行商订协定。",
    ),
    "NotRatified": Sentence(
        ContractUsageError,
        "{party} has not ratified {thread}.",
        "{party} 尚未批准协定 {thread}。",
        "Who is not bound has nothing to withdraw or to perform.",
        "Ratify it first: concordat agreement ratify",
        "请先批准：concordat agreement ratify",
    ),
    "HasWithdrawn": Sentence(
        ContractUsageError,
        "{party} has withdrawn from {thread} already.",
        "{party} 已通知退出协定 {thread}。",
        "The notice runs from the first notification.",
        _SEE,
        _SEE_ZH,
    ),
    "NotCovered": Sentence(
        ContractUsageError,
        "The agreement {thread} does not cover what is to be reserved: {kinds}.",
        "协定 {thread} 不涵盖拟保留的事项：{kinds}。",
        "A reservation excludes kinds of requests that the agreement covers.",
        "Name only kinds that it covers: concordat agreement show",
        "请仅列明协定涵盖的类型：concordat agreement show",
    ),
    "NothingReserved": Sentence(
        ContractUsageError,
        "{party} has no reservation to withdraw from {thread} about: {kinds}.",
        "{party} 对协定 {thread} 没有可撤回的保留：{kinds}。",
        "Only what is reserved now can be given up, each kind once.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchObligation": Sentence(
        ContractUsageError,
        "Under {thread}, {debtor} owes no duty number {obligation}.",
        "根据协定 {thread}，{debtor} 不承担第 {obligation} 项义务。",
        "A duty is owed by the party that it names, or by all, from when it is bound. What falls due after "
        "it left is not owed.",
        _SEE,
        _SEE_ZH,
    ),
    "AlreadyPerformed": Sentence(
        ContractUsageError,
        "{debtor} has performed duty {obligation} of {thread} for turn {turn} already.",
        "{debtor} 已履行协定 {thread} 第 {obligation} 项义务（第 {turn} 期）。",
        "Each turn is performed once.",
        "Wait for the next turn, if there is one.",
        "如有下一期，请届时办理。",
    ),
    "NotYetDue": Sentence(
        ContractUsageError,
        "The agreement {thread} does not bind this party yet (from {from}).",
        "协定 {thread} 尚未对该方生效（生效时间 {from}）。",
        "Duties begin when the agreement enters into force for who owes them.",
        "Wait until it is in force.",
        "请待协定生效后办理。",
    ),
    "EmptyInstrument": Sentence(
        ContractUsageError,
        "No document was named.",
        "未指明文书。",
        "To ratify, to withdraw or to have performed is shown by a document, known by its hash.",
        "Name the document.",
        "请指明文书。",
    ),
    "NoBasis": Sentence(
        ContractUsageError,
        "The agreement {thread} is no basis for this kind of request between {asker} and {asked} now: "
        "{requestKind}.",
        "协定 {thread} 目前不能作为 {asker} 与 {asked} 之间此类请求的依据：{requestKind}。",
        "Both must be bound, the agreement must cover the kind, and neither may have reserved it.",
        "Name another basis, or ask for police information, which needs none.",
        "请另择依据，或以无需协定的警务情报方式提出。",
    ),
}
