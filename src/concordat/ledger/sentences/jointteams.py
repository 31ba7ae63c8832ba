# SPDX-License-Identifier: Apache-2.0
"""Joint investigation teams: members, pool, actions."""

from __future__ import annotations

from concordat.ledger.sentences.table import (
    ContractAuthorityError,
    ContractUsageError,
    ContractVerificationError,
    Sentence,
)

_SEE = "See members, end and status with: concordat case team show"
_SEE_ZH = "查看成员、期限和状态：concordat case team show"

JOINT_TEAMS = {
    "InvalidTeam": Sentence(
        ContractUsageError,
        "A team cannot be like this: {teamFault}.",
        "联合侦查组的设置不成立：{teamFault}。",
        "A joint team has a lead, up to 32 members of at least two jurisdictions, each once, written terms, "
        "and an end within five years.",
        "Correct it. The lead does not leave; it ends the team.",
        "请更正。主导机构不能退出，只能解散联合侦查组。",
    ),
    "TeamAlreadyProposed": Sentence(
        ContractUsageError,
        "The team {team} is proposed already.",
        "联合侦查组 {team} 已经提出。",
        "The same lead proposes the same terms for a case once.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchTeam": Sentence(
        ContractUsageError,
        "There is no team {team}.",
        "不存在联合侦查组 {team}。",
        "A team is what was proposed on record.",
        "Check the id with the leading agency.",
        "请向主导机构核对标识。",
    ),
    "NotInvited": Sentence(
        ContractAuthorityError,
        "Agency {agency} was not named in team {team} and not invited.",
        "机构 {agency} 未列入也未受邀加入联合侦查组 {team}。",
        "Members are named by the proposal or invited by the lead, and join by their own signature.",
        "Ask the leading agency for an invitation.",
        "请向主导机构申请邀请。",
    ),
    "AlreadyInTeam": Sentence(
        ContractUsageError,
        "Agency {agency} is in team {team} already, or named as its founder.",
        "机构 {agency} 已是联合侦查组 {team} 的成员或已被列为创始成员。",
        "An agency has one seat in a team.",
        _SEE,
        _SEE_ZH,
    ),
    "NotInTeam": Sentence(
        ContractAuthorityError,
        "Agency {agency} is not in team {team}.",
        "机构 {agency} 不在联合侦查组 {team} 中。",
        "Only members share, see what is shared, and carry actions.",
        _SEE,
        _SEE_ZH,
    ),
    "TeamNotRunning": Sentence(
        ContractUsageError,
        "The team {team} is {teamStatus}, not running.",
        "联合侦查组 {team} 当前状态为 {teamStatus}，并非运行中。",
        "A team works from when all founders joined until its end.",
        _SEE,
        _SEE_ZH,
    ),
    "EmptyItem": Sentence(
        ContractUsageError,
        "The item to share is empty.",
        "共享的材料为空。",
        "The pool is a list of commitments to what was shared.",
        "Give the file that you share.",
        "请提供要共享的文件。",
    ),
    "AlreadyShared": Sentence(
        ContractUsageError,
        "Your agency shared the item {item} with team {team} before.",
        "本机构已将材料 {item} 共享给联合侦查组 {team}。",
        "An agency shares an item once, so that what it shared can be counted.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    "NoSuchAction": Sentence(
        ContractUsageError,
        "There is no action {action}.",
        "不存在行动 {action}。",
        "An action is proposed in a team before anybody approves it.",
        "Check the id with whoever proposed it.",
        "请向提出方核对标识。",
    ),
    "ActionAlreadyProposed": Sentence(
        ContractUsageError,
        "Your agency proposed the action {action} before.",
        "本机构已提出行动 {action}。",
        "An agency proposes the same content once; another salt makes another of it.",
        "See who approved it: concordat case team action show",
        "请查看批准情况：concordat case team action show",
    ),
    "AlreadyApproved": Sentence(
        ContractUsageError,
        "Agency {agency} approved the action {action} already.",
        "机构 {agency} 已批准行动 {action}。",
        "Each member's approval counts once.",
        "Wait for the other members.",
        "请等待其他成员。",
    ),
    "WrongActionStatus": Sentence(
        ContractUsageError,
        "The action {action} is {actionStatus}; this has no place there.",
        "行动 {action} 当前状态为 {actionStatus}，不能办理此事项。",
        "An action is approved by two jurisdictions at least, before it expires, and recorded once, within "
        "30 days after.",
        "Propose it anew, where it is still needed.",
        "如仍有需要，请重新提出。",
    ),
    "InvalidAction": Sentence(
        ContractUsageError,
        "An action cannot be like this: {actionFault}.",
        "行动的设置不成立：{actionFault}。",
        "It has a content; two approvals at least and no more than there are members; its hour is not past "
        "and not after its expiry, and that not after the team's end.",
        "Correct it.",
        "请更正。",
    ),
    "NotYetReleased": Sentence(
        ContractUsageError,
        "The action {action} stays hidden until {releaseAt}.",
        "行动 {action} 在 {releaseAt} 之前保密。",
        "Recording it opens what it is; before its hour that would warn whom it is for.",
        "Record it from that time on.",
        "请在该时间之后登记。",
    ),
    "ContentDiffers": Sentence(
        ContractVerificationError,
        "Salt and text give {found}, which is not what was approved as action {action}.",
        "盐值与文本得出 {found}，与已批准的行动 {action} 不符。",
        "What is recorded is exactly what the members approved.",
        "Use salt and text of the proposal.",
        "请使用提案的盐值与文本。",
    ),
}
