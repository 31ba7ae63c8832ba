# SPDX-License-Identifier: Apache-2.0
"""Standing: outcomes, what is reported, and disputes before panels."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See it with: concordat standing show"
_SEE_ZH = "查看：concordat standing show"
_DISPUTE = "See where it stands with: concordat standing dispute list"
_DISPUTE_ZH = "查看当前状态：concordat standing dispute list"

STANDING = {
    "OutcomeExists": Sentence(
        ContractUsageError,
        "The outcome {outcome} is on record already.",
        "评价结果 {outcome} 已登记。",
        "What happened counts once.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchOutcome": Sentence(
        ContractUsageError,
        "There is no outcome {outcome}.",
        "不存在评价结果 {outcome}。",
        "Only what was recorded is replied to or taken back.",
        _SEE,
        _SEE_ZH,
    ),
    "AlreadyAnnulled": Sentence(
        ContractUsageError,
        "The outcome {outcome} was taken back already.",
        "评价结果 {outcome} 已被撤销。",
        "A panel takes an outcome back once, and for good.",
        _SEE,
        _SEE_ZH,
    ),
    "NotTheRated": Sentence(
        ContractAuthorityError,
        "The outcome is about {agency}; you act for {theirs}.",
        "该评价结果涉及 {agency}，而您代表 {theirs}。",
        "Whoever is rated replies on the record, and nobody else for it.",
        "Reply to outcomes of your own agency. " + _SEE,
        "请仅对本机构的评价结果作出回应。" + _SEE_ZH,
    ),
    "EmptyReply": Sentence(
        ContractUsageError,
        "The reply has no text.",
        "回应没有内容。",
        "The chain keeps the hash of what is said.",
        "Write the reply down and give it to: concordat standing reply",
        "请写明回应内容：concordat standing reply",
    ),
    "AlreadyDeclared": Sentence(
        ContractUsageError,
        "{jurisdiction} has declared this already (binding: {binds}).",
        "{jurisdiction} 已作出该声明（具有约束力：{binds}）。",
        "Standing advises until a central authority declares that it binds, and again 30 days after it "
        "declares the contrary.",
        _SEE,
        _SEE_ZH,
    ),
    "NothingToReport": Sentence(
        ContractUsageError,
        "Nothing follows from {subject} that is not on record.",
        "{subject} 没有尚未登记的评价结果。",
        "Outcomes follow from what the other contracts say at this moment, each once and within 182 days; an "
        "answer in time counts once it is confirmed or stood for 60 days; a refusal with its ground is none.",
        "Wait until something follows, or look at what was recorded. " + _SEE,
        "请等待新的事实发生，或查看已登记的结果。" + _SEE_ZH,
    ),
    "NothingToDispute": Sentence(
        ContractUsageError,
        "There is nothing to dispute in {subject}.",
        "{subject} 没有可提出争议的内容。",
        "An answer is disputed while it is complete and not confirmed, a use once something was given, an "
        "outcome while it stands and weighs against the agency. What a panel found goes before no other.",
        "Look at it first. " + _DISPUTE,
        "请先查看有关内容。" + _DISPUTE_ZH,
    ),
    "AlreadyDisputed": Sentence(
        ContractUsageError,
        "You have disputed {subject} before.",
        "您已就 {subject} 提出过争议。",
        "A matter goes before a panel once.",
        _DISPUTE,
        _DISPUTE_ZH,
    ),
    "NoSuchDispute": Sentence(
        ContractUsageError,
        "There is no dispute {dispute}.",
        "不存在争议 {dispute}。",
        "The number of a dispute comes from its kind, its subject and who opened it.",
        _DISPUTE,
        _DISPUTE_ZH,
    ),
    "WrongPhase": Sentence(
        ContractUsageError,
        "This act has no place in the dispute {dispute} now: {disputeStatus}.",
        "争议 {dispute} 的当前状态为“{disputeStatus}”，不能办理此事项。",
        "Both sides commit, then reveal, then the panel votes, each within its time; then it is closed.",
        _DISPUTE,
        _DISPUTE_ZH,
    ),
    "NotASide": Sentence(
        ContractAuthorityError,
        "{agency} is no side that could do this in {dispute}.",
        "{agency} 不是可在争议 {dispute} 中办理此事项的一方。",
        "The asker disputes an answer, the executor a use, the rated an outcome; the other side commits.",
        "Leave it to the side whose act it is.",
        "请由有权的一方办理。",
    ),
    "WrongSecret": Sentence(
        ContractUsageError,
        "No side of {dispute} committed this secret.",
        "争议 {dispute} 的任何一方均未对该密值作出承诺。",
        "What is revealed must be what was committed before the panel was drawn.",
        "Use the key package in which the request or the dispute was made: it holds the secret.",
        "请使用提出请求或争议时的材料包，其中保存有该密值。",
    ),
    "SecretRevealed": Sentence(
        ContractUsageError,
        "The secret of {agency} is revealed already.",
        "{agency} 的密值已公开。",
        "Each side reveals once.",
        _DISPUTE,
        _DISPUTE_ZH,
    ),
    "NotOnThePanel": Sentence(
        ContractAuthorityError,
        "{jurisdiction} is not on the panel of {dispute}.",
        "{jurisdiction} 不是争议 {dispute} 评议组的成员。",
        "The panel was drawn from the secrets of both sides; nobody else's vote counts, least of all theirs.",
        _DISPUTE,
        _DISPUTE_ZH,
    ),
    "AlreadyVoted": Sentence(
        ContractUsageError,
        "{jurisdiction} has voted on {dispute} already.",
        "{jurisdiction} 已就争议 {dispute} 投票。",
        "A jurisdiction votes once, by whatever key.",
        _DISPUTE,
        _DISPUTE_ZH,
    ),
    "TooFewJurisdictions": Sentence(
        ContractUsageError,
        "There are {found} other jurisdictions; a panel needs one at least.",
        "其他司法管辖区数量为 {found}，评议组至少需要一个。",
        "Both sides' own jurisdictions never sit on the panel.",
        "Settle it between yourselves, or when more jurisdictions are members.",
        "请自行协商解决，或待更多司法管辖区加入后再提出。",
    ),
    "TooLate": Sentence(
        ContractUsageError,
        "{subject} could be disputed until {until}.",
        "对 {subject} 提出争议的期限为 {until}。",
        "A dispute is opened within 60 days, so that a standing becomes settled.",
        "Reply on the record: concordat standing reply",
        "可在记录中作出回应：concordat standing reply",
    ),
    "EmptyCommitment": Sentence(
        ContractUsageError,
        "No secret is committed for the draw of the panel.",
        "未提交评议组抽签所需的承诺值。",
        "Both sides commit before either reveals, so that neither can choose who decides. A secret serves "
        "one draw.",
        "Use the released client: it makes the secret and keeps it.",
        "请使用正式发布的客户端，由其生成并保存密值。",
    ),
}
