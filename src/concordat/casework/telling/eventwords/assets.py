# SPDX-License-Identifier: Apache-2.0
"""Events of evidence and assets: standards, acquisitions, freezes, seized things, restitution, tips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "StandardsRegistry": {
        "AdoptionCancelled": ("the adoption of a standard was cancelled", "标准的采纳被取消"),
        "StandardAdopted": ("a standard was adopted", "标准已采纳"),
    },
    "EvidenceRegistry": {
        "AcquisitionRegistered": ("an acquisition was registered", "取证登记"),
        "CoSigned": ("an acquisition was co-signed", "取证会签"),
        "DateConfirmed": ("the date of an acquisition was confirmed", "取证日期已确认"),
        "MandateCited": ("an acquisition cites its mandate", "取证援引其依据"),
        "Superseded": ("an acquisition was superseded", "取证被替代"),
        "Supplemented": ("an acquisition was supplemented", "取证已补正"),
        "Withdrawn": ("an acquisition was withdrawn", "取证已撤回"),
    },
    "FreezeProfiles": {
        "ProfileAdopted": ("a freeze profile was adopted", "冻结规则已采纳"),
        "ProfileCancelled": ("a freeze profile was cancelled", "冻结规则被取消"),
    },
    "FreezeRequests": {
        "FreezeDeclined": ("the domestic authority did not take over a request", "本国主管机关不予认可"),
        "FreezeEndorsed": ("the domestic authority took over a request", "本国主管机关已认可"),
        "FreezeRatified": ("a freeze request was ratified", "冻结请求已批准"),
        "FreezeRequested": ("a freeze was requested", "提出冻结请求"),
        "FreezeWithdrawn": ("a freeze request was withdrawn", "冻结请求已撤回"),
        "RequestLapseRecorded": ("the lapse of a request was recorded", "请求失效已记录"),
    },
    "Holds": {
        "Answered": ("an institution answered", "机构答复"),
        "Checked": ("a second officer checked the answer", "复核人已复核"),
        "Continued": ("a hold was continued by a later one", "措施由后续措施接续"),
        "Continuing": ("a hold is to continue an earlier one", "措施拟接续前一措施"),
        "Credited": ("more came in and is held", "新增资金已控制"),
        "Disposed": ("a court disposed of what is held", "法院处理已控制财产"),
        "HoldLapseRecorded": ("the lapse of a hold was recorded", "措施失效已记录"),
        "PaidOut": ("money was paid out of a hold", "从控制资金中支付"),
        "ReleaseConfirmed": ("the institution confirmed the release", "机构确认解除"),
        "Released": ("a hold was released", "解除措施"),
        "Renewed": ("a hold was renewed", "续冻"),
        "SentAgain": ("an unreadable message was sent again", "无法读取的信息已重新发送"),
        "TargetNamed": ("a target was named", "列明控制对象"),
    },
    "Objections": {
        "DispositionDecided": ("a court decided on what is held", "法院就控制财产作出裁判"),
        "DispositionProposed": ("a disposition was proposed to the court", "向法院提出处理建议"),
        "Objected": ("the holder objected", "持有人提出异议"),
        "ObjectionDecided": ("an objection was decided", "异议已决定"),
        "ReviewOverdueRecorded": ("a review is overdue", "审查逾期已记录"),
    },
    "AssetRegister": {
        "AcquisitionLinked": ("evidence was linked to a thing", "证据已关联财物"),
        "AssetDisposed": ("a court disposed of a thing", "法院处理财物"),
        "AssetIdentified": ("a thing was entered", "财物登记"),
        "AssetReleased": ("a thing was released", "财物解除"),
        "Attested": ("the custodian attested its condition", "保管人确认状况"),
        "CaseTransferred": ("the things of a case went to another agency", "案件财物移交"),
        "CustodianChanged": ("custody changed", "保管人变更"),
        "CustodyOffered": ("custody was offered", "提出移交保管"),
        "DossierFilled": ("a part of the dossier was filled in", "档案内容已填报"),
        "PaidOut": ("proceeds were paid out", "价款支付"),
        "SaleOrdered": ("a sale was ordered", "裁定变卖"),
        "Sold": ("a thing was sold", "财物已变卖"),
        "Valued": ("a thing was valued", "财物已估价"),
    },
    "Restitution": {
        "ClaimEntered": ("a victim's claim was entered", "登记被害人债权"),
        "ClaimObjected": ("a claim was objected to", "对债权提出异议"),
        "ClaimObjectionDecided": ("an objection to a claim was decided", "债权异议已决定"),
        "Paid": ("a claim was paid", "债权已支付"),
        "PaymentConfirmed": ("a payment was confirmed", "支付已确认"),
        "PlanClosed": ("a restitution plan was closed", "返还方案终结"),
        "PlanDecided": ("a restitution plan was decided", "返还方案已决定"),
        "PlanOpened": ("a restitution plan was opened", "返还方案启动"),
    },
    "FreezeOracle": {
        "Removed": ("a token account is no longer frozen", "代币账户解除冻结"),
        "Revealed": ("a token account was revealed as held", "代币账户公开为被控制"),
        "TokenNamed": ("a token was named", "指定代币"),
    },
    "Tips": {
        "RewardClaimed": ("a reward was claimed", "申领奖励"),
        "RewardGranted": ("a reward was granted", "奖励已核定"),
        "RewardPaid": ("a reward was paid", "奖励已支付"),
        "TipJudged": ("a tip was judged", "线索已评定"),
        "TipSubmitted": ("a tip was submitted", "提交线索"),
    },
}
