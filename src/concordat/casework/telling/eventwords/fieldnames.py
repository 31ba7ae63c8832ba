# SPDX-License-Identifier: Apache-2.0
"""The values of events as people call them; a value that is not here keeps its Solidity name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CHINESE: Final[Mapping[str, str]] = {
    "account": "账户", "action": "行动", "agency": "机构", "agreement": "协定", "amount": "金额",
    "answers": "所答复版本", "appraisal": "鉴定", "asker": "请求方", "asset": "财物", "at": "时间",
    "authority": "中央机关", "basis": "依据", "binds": "具约束力", "body": "鉴定机构", "by": "提出方",
    "caseId": "案件", "channel": "渠道", "checklist": "清单", "claim": "债权", "claimant": "主张方",
    "code": "代码", "collector": "取证人", "complete": "完整答复", "conditions": "条件",
    "confirmer": "确认方", "consultUntil": "磋商期限", "counterparty": "相对方", "court": "法院",
    "currency": "币种", "custodian": "保管人", "debtor": "义务方", "decision": "决定", "detail": "详情",
    "dispute": "争议", "documents": "文书", "due": "期限", "earlier": "前一措施", "endorser": "主管机关",
    "endsAt": "截止", "evidence": "证据", "executor": "执行机关", "field": "领域", "fields": "字段",
    "forfeited": "没收", "forum": "适用法域", "from": "来自", "grant": "授权", "ground": "理由",
    "grounds": "理由", "handling": "处理级别", "hold": "措施", "id": "案件", "institution": "机构",
    "item": "材料", "items": "材料", "judgment": "裁判", "jurisdiction": "法域", "key": "密钥",
    "kind": "类型", "lead": "主导方", "mandate": "依据", "message": "信息", "methods": "取证方法",
    "missing": "缺少步骤", "name": "名称", "number": "编号", "obligation": "义务", "officer": "承办人",
    "opinion": "意见", "order": "命令", "outcome": "结果", "party": "缔约方", "period": "期间",
    "plan": "方案", "position": "立场", "powers": "权限", "presence": "派员在场",
    "profileVersion": "规则版本", "proposal": "提议", "purpose": "用途", "reason": "原因",
    "receiver": "接收方", "registrar": "登记人", "released": "解除", "remaining": "剩余", "request": "请求",
    "requester": "请求方", "respondent": "被申请方", "result": "结果", "reviewer": "审查方", "role": "角色",
    "root": "取证根值", "score": "分值", "since": "自", "startsAt": "起始", "state": "状态",
    "status": "状态", "steps": "步骤", "subject": "事项", "successor": "替代取证", "support": "表决",
    "target": "对象", "task": "任务", "team": "联合侦查组", "text": "文本", "thread": "协定",
    "tier": "等级", "tip": "线索", "to": "送往", "total": "总计", "turn": "期次", "until": "至",
    "urgency": "紧急程度", "verdict": "评定", "version": "版本", "voter": "投票人",
}  # fmt: skip


def called(name: str, lang: str) -> str:
    """A value's name in a language: ``answerBy`` becomes "answer by"."""
    if lang == "zh" and name in CHINESE:
        return CHINESE[name]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
