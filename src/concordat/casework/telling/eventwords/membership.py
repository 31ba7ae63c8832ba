# SPDX-License-Identifier: Apache-2.0
"""Events of the membership's contracts: creation, agencies, the Council, standing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "Genesis": {
        "ModuleCreated": ("a contract of the suite was created", "合约已创建"),
        "SuiteFounded": ("the suite was founded and closed", "合约组已创立并封闭"),
    },
    "Directory": {
        "DirectorySealed": ("the Directory was sealed", "合约目录已封存"),
        "ModuleListed": ("a contract, or a new version of one, was listed", "合约（或其新版本）已列入目录"),
        "ModuleStateChanged": ("a version of a contract changed its state", "合约版本状态变更"),
    },
    "AgencyRegistry": {
        "AccountChanged": ("an agency changed its key", "机构密钥已更换"),
        "AccountProposed": ("an agency named a new key", "机构提出新密钥"),
        "AgenciesReached": ("how many agencies were reached by the change", "变更所及机构数"),
        "AgencyAdmitted": ("an agency was admitted", "机构加入"),
        "AgencySuspended": ("an agency was suspended by its central authority", "机构被本国中央机关中止权限"),
        "AgencySuspendedBy": ("an agency was suspended", "机构被中止权限"),
        "AgencySuspensionLifted": ("the suspension of an agency was lifted", "机构权限中止已解除"),
        "AppointmentEnded": ("an appointment was ended", "任命终止"),
        "CompromiseReported": ("a key was reported as compromised", "密钥被报告泄露"),
        "ContactPointSet": ("a contact point was named", "指定联络点"),
        "CouncilSuspensionLifted": ("the Council's suspension was lifted", "理事会的中止决定已解除"),
        "EncryptionKeyPublished": ("an encryption key was published", "公布加密密钥"),
        "JurisdictionJoined": ("a jurisdiction joined", "法域加入"),
        "JurisdictionLeft": ("a jurisdiction left, or was excluded", "法域退出或被除名"),
        "OfficerAppointed": ("an officer was appointed", "任命承办人"),
        "OfficerSuspended": ("an officer was suspended", "承办人被中止权限"),
        "OfficerSuspensionLifted": ("the suspension of an officer was lifted", "承办人权限中止已解除"),
        "PowersWithheld": ("powers of an agency are withheld", "机构部分权限被暂停"),
        "ReplacementProposed": ("a new key was proposed for an agency", "提议更换机构密钥"),
        "ReplacementVetoed": ("the new key was vetoed", "更换密钥被否决"),
    },
    "Council": {
        "DecisionProposed": ("a decision was proposed to the Council", "向理事会提出议案"),
        "JurisdictionVoted": ("a jurisdiction voted", "法域投票"),
        "KindRuleSet": (
            "quorum and threshold of a kind of decision were set",
            "某类决定的法定人数与通过票数已设定",
        ),
        "PaceSet": ("the pace of votes was set", "表决时限已设定"),
        "ProposalCreated": ("a proposal was created", "议案已创建"),
        "ProposalCanceled": ("a proposal was cancelled", "议案已取消"),
        "ProposalQueued": ("a proposal passed and waits for its time", "议案通过，等待生效"),
        "ProposalExecuted": ("a decision was carried out", "决定已执行"),
        "VoteCast": ("a vote was cast", "已投票"),
        "VoteCastWithParams": ("a vote was cast", "已投票"),
        "TimelockChange": ("the timelock was set", "时间锁已设定"),
        "EIP712DomainChanged": ("the domain of signatures changed", "签名域变更"),
    },
    "CouncilTimelock": {
        "CallExecuted": ("a call of a decision was carried out", "决定中的调用已执行"),
        "CallSalt": ("the salt of a decision", "决定的盐值"),
        "CallScheduled": ("a call of a decision was scheduled", "决定中的调用已排期"),
        "Cancelled": ("a scheduled decision was cancelled", "已排期的决定被取消"),
        "MinDelayChange": ("the shortest delay was set", "最短等待期已设定"),
        "RoleAdminChanged": ("who gives a role was set", "角色管理者已设定"),
        "RoleGranted": ("a role was given", "授予角色"),
        "RoleRevoked": ("a role was taken", "撤销角色"),
    },
    "Emergencies": {
        "SupportGiven": ("a jurisdiction supports an emergency suspension", "法域支持紧急中止"),
        "SupportWithdrawn": ("a jurisdiction withdrew its support", "法域撤回支持"),
        "SuspendedInEmergency": ("suspended in emergency", "紧急中止生效"),
    },
    "CommonRules": {
        "RuleAdopted": ("a common rule was adopted", "共同规则已通过"),
    },
    "AgencyReputation": {
        "OutcomeAnnulled": ("an outcome was annulled by a panel", "结果记录被评议撤销"),
        "OutcomeRecorded": ("an outcome was recorded", "记录结果"),
        "PowersReturned": ("powers were returned", "权限恢复"),
        "PowersWithheld": ("powers are withheld because of standing", "因信誉暂停权限"),
        "Replied": ("the rated agency replied", "被评价机构回应"),
        "StandingChanged": ("standing changed", "信誉变化"),
        "StandingDeclared": ("a jurisdiction declared whether standing binds", "法域声明信誉是否具有约束力"),
    },
    "Panels": {
        "Committed": ("a side committed to a secret", "一方提交密值承诺"),
        "DisputeClosed": ("a dispute was closed", "争议终结"),
        "DisputeOpened": ("a dispute was opened", "提起争议"),
        "PanelDrawn": ("a panel was drawn", "评议组已抽定"),
        "PanelVoted": ("a member of the panel voted", "评议成员表决"),
        "Revealed": ("a side revealed its secret", "一方公开密值"),
    },
}
