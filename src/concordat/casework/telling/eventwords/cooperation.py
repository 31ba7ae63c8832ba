# SPDX-License-Identifier: Apache-2.0
"""Events of cooperation: agreements, requests for assistance, cases, teams, tasks, grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "AgreementRegistry": {
        "Accepted": ("a party accepted a version", "一方接受版本"),
        "Agreed": ("all parties accepted the same version", "各方已商定同一版本"),
        "EnteredIntoForce": ("an agreement entered into force", "协定生效"),
        "ObligationPerformed": ("a duty was performed", "义务已履行"),
        "Proposed": ("a version of an agreement was put forward", "提出协定文本"),
        "Ratified": ("a party ratified", "一方批准"),
        "ReservationWithdrawn": ("a reservation was withdrawn", "保留已撤回"),
        "WithdrawalNotified": ("a party gave notice of withdrawal", "一方通知退出"),
    },
    "AssistanceRequests": {
        "Acknowledged": ("a request was acknowledged", "请求已签收"),
        "Asked": ("assistance was asked for", "请求协助"),
        "AssignedTo": ("an executing agency was assigned", "指定执行机关"),
        "Forwarded": ("a request was passed to the competent agency", "请求转交主管机关"),
        "MessageReceived": ("a message was opened by its addressee", "信息已由收件方开启"),
        "NotPassedOnBy": ("the central authority did not pass it on", "中央机关未予转递"),
        "PassedOn": ("the central authority passed a request on", "中央机关已转递"),
        "RequestWithdrawn": ("a request was withdrawn", "请求已撤回"),
        "StateChanged": ("the state of a request changed", "请求状态变更"),
        "Supplemented": ("a supplement was given", "已补充材料"),
    },
    "AssistanceAnswers": {
        "AcquisitionAnswered": (
            "an acquisition answers a request; the forum's verdict",
            "以取证答复请求及法域评定",
        ),
        "AnswerConfirmed": ("the asker confirmed the answer", "请求方确认答复"),
        "EvidenceExcluded": ("a court excluded evidence", "法院排除证据"),
        "ExecutionBegun": ("execution began", "开始执行"),
        "RequestAccepted": ("a request was accepted", "同意协助"),
        "RequestAnswered": ("a request was answered", "答复请求"),
        "RequestPostponed": ("a request was postponed", "暂缓协助"),
        "RequestRefused": ("a request was refused", "拒绝协助"),
        "SupplementAskedFor": ("a supplement was asked for", "要求补充材料"),
    },
    "Appraisals": {
        "AccreditationEnded": ("an accreditation ended", "资质终止"),
        "Accredited": ("a body was accredited", "机构获得资质"),
        "AppraisalAsked": ("an appraisal was asked for", "委托鉴定"),
        "AppraisalDeclined": ("an appraisal was declined", "不予受理鉴定"),
        "OpinionGiven": ("an opinion was given", "出具鉴定意见"),
    },
    "CaseRegistry": {
        "CaseClosed": ("a case was closed", "结案"),
        "CaseOpened": ("a case was opened", "立案"),
        "ClaimDropped": ("a jurisdiction gave up its claim", "法域放弃管辖主张"),
        "ConflictOpened": ("several jurisdictions claim a case", "出现管辖冲突"),
        "Consulted": ("a position was stated", "陈述立场"),
        "DeadlineMet": ("a deadline was met", "期限已履行"),
        "DeadlineSet": ("a deadline was set", "设定期限"),
        "JurisdictionClaimed": ("a jurisdiction claimed a case", "法域主张管辖"),
        "LeadAgreed": ("a claimant agreed who leads", "一方同意主导方提议"),
        "LeadProposed": ("it was proposed who leads", "提议主导方"),
        "LeadSettled": ("it is settled who leads", "主导方已确定"),
        "MinutesAnchored": ("minutes were anchored", "会议记录已存证"),
        "TransferAccepted": ("a transfer of proceedings was accepted", "接受移管"),
        "TransferOffered": ("a transfer of proceedings was offered", "提出移管"),
        "VictimsCounted": ("victims were counted", "统计被害人"),
    },
    "JointTeams": {
        "ActionApproved": ("a joint action was approved by a member", "成员批准联合行动"),
        "ActionDone": ("a joint action was carried out", "联合行动已执行"),
        "ActionProposed": ("a joint action was proposed", "提议联合行动"),
        "ExtensionAgreed": ("a member agreed to an extension", "成员同意延期"),
        "MemberInvited": ("a member was invited", "邀请成员"),
        "MemberRemoved": ("a member was removed", "移除成员"),
        "Shared": ("an item was shared in a team", "联合侦查组内共享"),
        "TeamEnded": ("a team ended", "联合侦查组结束"),
        "TeamExtended": ("a team was extended", "联合侦查组延期"),
        "TeamJoined": ("a member joined a team", "成员加入联合侦查组"),
        "TeamProposed": ("a team was proposed", "提议组建联合侦查组"),
        "TeamRunning": ("a team is running", "联合侦查组开始运行"),
    },
    "Tasks": {
        "Consolidated": ("the result of a task was consolidated", "任务结果已汇总"),
        "TaskAccepted": ("a task was accepted", "接受任务"),
        "TaskAssigned": ("a task was assigned", "交办任务"),
        "TaskCancelled": ("a task was cancelled", "任务取消"),
        "TaskDeclined": ("a task was declined", "不予办理任务"),
        "TaskDone": ("a task was done", "任务办结"),
    },
    "Sharing": {
        "ForwardedOn": ("shared data were passed on", "共享数据被转送"),
        "Granted": ("data were shared by a grant", "授权共享数据"),
        "Revoked": ("a grant was revoked", "授权撤销"),
    },
}
