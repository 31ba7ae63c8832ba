# SPDX-License-Identifier: Apache-2.0
"""Cases: claims of jurisdiction, who leads, transfer, clocks, victims."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See who claims it, who leads and what is due with: concordat case show"
_SEE_ZH = "查看主张管辖方、主导机构和期限：concordat case show"
_OWN_HASH = "Make it with the released client: concordat case open"
_OWN_HASH_ZH = "请用正式发布的客户端生成：concordat case open"

CASE_REGISTRY = {
    "EmptyCase": Sentence(
        ContractUsageError,
        "The case has no id.",
        "案件没有标识。",
        "A case is known by a salted commitment to its number, so that nobody guesses it.",
        _OWN_HASH,
        _OWN_HASH_ZH,
    ),
    "CaseAlreadyOpened": Sentence(
        ContractUsageError,
        "Your agency opened the case {id} before.",
        "本机构已登记案件 {id}。",
        "An agency opens a case once, whatever became of it.",
        "See how it stands: concordat case show",
        "请查看其状态：concordat case show",
    ),
    "NoSuchCase": Sentence(
        ContractUsageError,
        "There is no case {id}.",
        "不存在案件 {id}。",
        "Claims, clocks and victims belong to a case that was opened.",
        "Check the id with whoever told it to you, or open the case: concordat case open",
        "请向告知方核对标识，或登记案件：concordat case open",
    ),
    "NoClaimGround": Sentence(
        ContractUsageError,
        "The claim names no ground of jurisdiction.",
        "该主张没有说明管辖依据。",
        "A jurisdiction says on what it claims; proceedings that were transferred come by acceptance alone.",
        "Name the ground (--ground): territory, effect, nationality...",
        "请注明管辖依据（--ground）：犯罪地、结果地、国籍等。",
    ),
    "JurisdictionAlreadyClaimed": Sentence(
        ContractUsageError,
        "{jurisdiction} claims the case {id} already.",
        "{jurisdiction} 已对案件 {id} 主张管辖权。",
        "One jurisdiction has one claim, whichever of its agencies made it.",
        _SEE,
        _SEE_ZH,
    ),
    "NotAClaimant": Sentence(
        ContractAuthorityError,
        "{jurisdiction} does not claim the case {id}.",
        "{jurisdiction} 未对案件 {id} 主张管辖权。",
        "The claimants of a case decide on it among themselves, and one of them leads.",
        "Claim it first, if your law gives jurisdiction: concordat case claim",
        "如本国法律规定有管辖权，请先主张：concordat case claim",
    ),
    "LastClaim": Sentence(
        ContractUsageError,
        "The claim on case {id} is the only one left and cannot be dropped.",
        "案件 {id} 只剩此一项主张，不能放弃。",
        "A case always has a jurisdiction that answers for it.",
        "Transfer the proceedings (concordat case transfer) or close the case (concordat case close).",
        "请移交诉讼（concordat case transfer）或结案（concordat case close）。",
    ),
    "CaseInStatus": Sentence(
        ContractUsageError,
        "The case {id} is {caseStatus}; this act has no place there.",
        "案件 {id} 当前状态为 {caseStatus}，不能办理此事项。",
        "Consultation needs several claimants; nothing is closed while they consult; closed is closed.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchProposal": Sentence(
        ContractUsageError,
        "Nobody proposed {proposal} in the case {id}.",
        "案件 {id} 中没有提案 {proposal}。",
        "An agreement binds to exactly one proposal that is on record.",
        _SEE,
        _SEE_ZH,
    ),
    "AlreadyAgreed": Sentence(
        ContractUsageError,
        "{jurisdiction} agrees to proposal {proposal} in the case {id} already.",
        "{jurisdiction} 已同意案件 {id} 的提案 {proposal}。",
        "An agreement is given once; it stays until another is given.",
        "Wait for the other claimants. " + _SEE,
        "请等待其他主张方。" + _SEE_ZH,
    ),
    "NotTheLead": Sentence(
        ContractAuthorityError,
        "Agency {theirs} does not lead; agency {lead} does.",
        "机构 {theirs} 不是主导机构；主导机构为 {lead}。",
        "What concerns the whole case or team is the leading agency's.",
        "Ask the leading agency.",
        "请联系主导机构。",
    ),
    "NoTransferOffered": Sentence(
        ContractUsageError,
        "A transfer of case {id} on these terms is not offered to agency {to}.",
        "没有按此条件向机构 {to} 提出移交案件 {id}。",
        "Both sides sign the same text; an offer is void when another offer or another lead follows.",
        "Compare the text with the offer; ask the leading agency to offer it anew.",
        "请与要约文本核对；可请主导机构重新提出。",
    ),
    "NotConcernedByCase": Sentence(
        ContractAuthorityError,
        "An agency of {jurisdiction} has no part in this of case {id}.",
        "{jurisdiction} 的机构不能办理案件 {id} 的此事项。",
        "Whose clock it is meets it; victims are counted by claimants and by the teams of the case.",
        "Name the joint team in which you are (--team), or claim the case.",
        "请注明所属联合侦查组（--team），或先主张管辖权。",
    ),
    "InvalidDeadline": Sentence(
        ContractUsageError,
        "The deadline {due} is not after {present}.",
        "期限 {due} 不晚于 {present}。",
        "A clock is set before its time is over, so that it can warn.",
        "Give a later time (--due).",
        "请给出更晚的时间（--due）。",
    ),
    "NoSuchDeadline": Sentence(
        ContractUsageError,
        "The case {id} has no deadline {number}.",
        "案件 {id} 没有编号为 {number} 的期限。",
        "Deadlines are numbered from 1 as they are set.",
        _SEE,
        _SEE_ZH,
    ),
    "AlreadyMet": Sentence(
        ContractUsageError,
        "The deadline {number} of case {id} was met already.",
        "案件 {id} 的第 {number} 项期限已经履行。",
        "When a deadline was met is recorded once.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    "TooManyKeys": Sentence(
        ContractUsageError,
        "{given} keys of victims in one call; {most} are the most.",
        "一次提交了 {given} 个被害人标识，最多为 {most} 个。",
        "A transaction has to fit into a block.",
        "Count them in several calls; a key that was counted is not counted again.",
        "请分批提交；已计入的标识不会重复计算。",
    ),
    "EmptyText": Sentence(
        ContractUsageError,
        "The hash of what is written beside the chain is missing.",
        "缺少链下文书的哈希值。",
        "Whoever claims, consults, proposes or meets a deadline says on what document.",
        "Give the document.",
        "请提供文书。",
    ),
}
