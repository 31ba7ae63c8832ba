# SPDX-License-Identifier: Apache-2.0
"""Objections against what is held, their review, and what a court makes of it."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_OTHER = "Let an officer of another agency of that country do it."
_OTHER_ZH = "请由该国其他机构的人员办理。"
_SEE = "See where it stands with: concordat freeze show"
_SEE_ZH = "查看当前状态：concordat freeze show"

OBJECTIONS = {
    "NotTheNoticeKey": Sentence(
        ContractUsageError,
        "With the key {key} the account opens no target of this request.",
        "该账户与密钥 {key} 不对应本请求中的任何目标。",
        "Account and notice key together make the target; whoever has both stands behind it.",
        "Use request, account and key as they stand in the notice to the account holder.",
        "请使用账户持有人通知书中的请求编号、账户和密钥。",
    ),
    "EmptyGrounds": Sentence(
        ContractUsageError,
        "The objection gives no grounds.",
        "异议未说明理由。",
        "Whoever decides must know what to decide on; the chain keeps the hash of the grounds.",
        "Write the grounds down and give their file.",
        "请书面说明理由并提供文件。",
    ),
    "EmptyDecision": Sentence(
        ContractUsageError,
        "The act names no document: its hash is empty.",
        "该行为未注明文书：文书哈希为空。",
        "A decision, proposal, judgment or receipt can be checked later only by the hash of its paper.",
        "Give the file of the paper.",
        "请提供文书文件。",
    ),
    "NothingHeld": Sentence(
        ContractUsageError,
        "Nothing is held under {hold} now.",
        "{hold} 项下目前没有被控制的财产。",
        "The act concerns what an institution holds: not what it does not hold yet or any more, nor what a "
        "court disposed of.",
        _SEE,
        _SEE_ZH,
    ),
    "StillPending": Sentence(
        ContractUsageError,
        "Objection {number} against {hold} awaits its decision.",
        "针对 {hold} 的第 {number} 号异议尚待决定。",
        "The account holder has one at a time, members another; further grounds reach the reviewer with it.",
        "Wait for the decision, or record that it is overdue once its time is over.",
        "请等待决定；逾期未决的，可予以记录。",
    ),
    "NoObjectionPending": Sentence(
        ContractUsageError,
        "No objection against {hold} awaits a decision.",
        "没有针对 {hold} 的待决异议。",
        "An objection is decided once.",
        _SEE,
        _SEE_ZH,
    ),
    "SameGrounds": Sentence(
        ContractUsageError,
        "The grounds {grounds} were heard against {hold} before.",
        "针对 {hold} 的理由 {grounds} 已经审理。",
        "Else anybody who saw the signature could send a decided objection again.",
        "Object on other grounds, in a new paper.",
        "请以其他理由另行提出书面异议。",
    ),
    "NotTheReviewer": Sentence(
        ContractAuthorityError,
        "Agency {agency} cannot decide on this objection.",
        "机构 {agency} 不能对该异议作出决定。",
        "Whoever planned, took over or carries out what is objected to has judged it before.",
        _OTHER,
        _OTHER_ZH,
    ),
    "OwnRequest": Sentence(
        ContractAuthorityError,
        "Agency {agency} asked for this hold itself.",
        "该控制措施系机构 {agency} 自行请求。",
        "Whoever asked neither objects nor decides on objections; it can let go.",
        "To let go: concordat freeze release. To decide: let an officer of another agency do it.",
        "如需解除：concordat freeze release。如需决定：请由其他机构的人员办理。",
    ),
    "OutcomeMisstated": Sentence(
        ContractUsageError,
        "The outcome does not fit the amount {released} that it lets go of.",
        "该结论与所解除的金额 {released} 不符。",
        "Upheld lets go of everything and dismissed of nothing, so neither names an amount; upheld in part "
        "names more than nothing and less than is held; of what is over nothing is left to let go of.",
        "State the amount anew; what is held now: concordat freeze show",
        "请重新填写金额；当前控制金额：concordat freeze show",
    ),
    "NotACourt": Sentence(
        ContractAuthorityError,
        "Agency {agency} is not a court.",
        "机构 {agency} 不是法院。",
        "What finally becomes of somebody's property only a court decides.",
        "Let an officer of a court of that country do it.",
        "请由该国法院的人员办理。",
    ),
    "NotAProsecutor": Sentence(
        ContractAuthorityError,
        "Agency {agency} is not a prosecutor's office.",
        "机构 {agency} 不是检察机关。",
        "A prosecutor proposes, a court decides.",
        "Let an officer of a prosecutor's office do it.",
        "请由检察机关的人员办理。",
    ),
    "OwnRenewal": Sentence(
        ContractAuthorityError,
        "The officer {officer} renewed this hold.",
        "人员 {officer} 曾批准该控制措施续期。",
        "Nobody reviews what he prolonged himself.",
        "Another officer decides: --key.",
        "请由其他人员决定：--key。",
    ),
    "TooManyObjections": Sentence(
        ContractUsageError,
        "{agency} objected to {hold} {most} times already.",
        "{agency} 已对 {hold} 提出 {most} 次异议。",
        "A member's objections to one hold are bounded, so that nobody delays a return without end.",
        "The account holder's own objections are not counted here.",
        "账户持有人自己的异议不计入此限。",
    ),
    "OwnRatification": Sentence(
        ContractAuthorityError,
        "{officer} ratified the request and does not decide on the objection.",
        "{officer} 批准了该请求，不得就异议作出决定。",
        "Nobody reviews what he approved himself, be it as a court.",
        _OTHER,
        _OTHER_ZH,
    ),
    "OtherJurisdiction": Sentence(
        ContractAuthorityError,
        "Agency {agency} is not of {jurisdiction}, whose law applies.",
        "机构 {agency} 不属于适用其法律的法域 {jurisdiction}。",
        "The law of one country is applied by its own agencies.",
        "Name, or let act, an agency of that country.",
        "请指定该国机构或由其办理。",
    ),
    "NotOverdue": Sentence(
        ContractUsageError,
        "Objection {number} against {hold} is not overdue.",
        "针对 {hold} 的第 {number} 号异议未逾期。",
        "A deadline is met at its second.",
        _SEE,
        _SEE_ZH,
    ),
    "AlreadyRecorded": Sentence(
        ContractUsageError,
        "It is on record that objection {number} against {hold} was overdue.",
        "针对 {hold} 的第 {number} 号异议的逾期已有记录。",
        "One delay counts once.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
}
