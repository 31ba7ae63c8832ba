# SPDX-License-Identifier: Apache-2.0
"""Freeze requests: asking, ratifying, endorsing, withdrawing."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See where it stands with: concordat freeze show"
_SEE_ZH = "查看当前状态：concordat freeze show"

FREEZE_REQUESTS = {
    "EmptyOrder": Sentence(
        ContractUsageError,
        "The act names no order: its commitment is empty.",
        "该行为未注明法律文书：承诺值为空。",
        "Nobody holds, or holds for longer, without a paper that says why.",
        "Give the file of the order.",
        "请提供法律文书文件。",
    ),
    "NoTargets": Sentence(
        ContractUsageError,
        "The request names no target.",
        "请求未列明任何目标。",
        "A request asks for something to be held.",
        "Name at least one account or thing.",
        "请至少列明一个账户或物品。",
    ),
    "AlreadyRequested": Sentence(
        ContractUsageError,
        "The request {request} was made before.",
        "请求 {request} 已经提出。",
        "One order makes one request.",
        "Nothing needs to be done if it is yours. " + _SEE,
        "若为本机构的请求，则无需操作。" + _SEE_ZH,
    ),
    "NoSuchRequest": Sentence(
        ContractUsageError,
        "There is no request {request}.",
        "不存在请求 {request}。",
        "The act concerns a request that is not there.",
        "Check its number.",
        "请核对请求编号。",
    ),
    "PeriodBeyondProfile": Sentence(
        ContractUsageError,
        "{period} seconds were asked; the law of the institution allows 1 to {longest}.",
        "请求的期限为 {period} 秒；机构所在地法律允许 1 至 {longest} 秒。",
        "The profile says how long one period may be.",
        "Ask for a shorter period; it can be renewed where the law lets it.",
        "请缩短期限；法律允许的，可以续期。",
    ),
    "ForeignNotAccepted": Sentence(
        ContractUsageError,
        "{profile}: no authority there takes over requests from abroad.",
        "{profile}：该法域没有承接境外请求的主管机关。",
        "A foreign request binds only once an authority of the country endorses it.",
        "Ask through mutual legal assistance.",
        "请通过司法协助途径提出。",
    ),
    "WrongStatus": Sentence(
        ContractUsageError,
        "The request {request} is {requestStatus}; this step does not follow.",
        "请求 {request} 的状态为 {requestStatus}，不能进行此步骤。",
        "Ratify once and in time; endorse what is ratified, a stop-payment at once; what is over stays over.",
        _SEE,
        _SEE_ZH,
    ),
    "NotOfRequester": Sentence(
        ContractAuthorityError,
        "{officer} acts for {theirs}; this takes an officer of {agency}, of its court or prosecutor, or "
        "of the "
        "endorser.",
        "{officer} 代表 {theirs}；此操作须由 {agency}、其所属法院或检察机关、或者承接机关的人员办理。",
        "Whoever asked, or stands above him by law, decides on the request.",
        "Use the key of such an officer (--key).",
        "请使用上述人员的密钥（--key）。",
    ),
    "NotTheEndorser": Sentence(
        ContractAuthorityError,
        "The officer acts for {theirs}; {endorser} endorses such requests.",
        "该人员代表 {theirs}；此类请求由 {endorser} 承接。",
        "The profile names the one domestic authority that takes over foreign requests.",
        "Use the key of an officer of {endorser} (--key).",
        "请使用 {endorser} 人员的密钥（--key）。",
    ),
    "CourtOrdered": Sentence(
        ContractAuthorityError,
        "A court ordered {subject}; only a court can let it go.",
        "{subject} 系法院命令，只能由法院解除。",
        "Nobody undoes what a court ordered but a court of the requester's or the institution's country.",
        "Ask the court.",
        "请向法院申请。",
    ),
    "OwnHoldNotAllowed": Sentence(
        ContractUsageError,
        "{profile}: the law there lets no institution hold by itself.",
        "{profile}：该法域法律不允许机构自行止付。",
        "Some laws let an institution stop a payment of its own motion, for a short time, at home.",
        "Report to the police or the financial intelligence unit.",
        "请向警方或金融情报机构报告。",
    ),
    "NotAnInstitution": Sentence(
        ContractUsageError,
        "Agency {agency} cannot hold this.",
        "机构 {agency} 不能作为控制此类财产的机构。",
        "Money is held by banks, payment institutions, platforms and operators; things by any member "
        "but the one "
        "that asks.",
        "Name the institution that keeps the account or thing.",
        "请指定保管该账户或物品的机构。",
    ),
    "NotLapsed": Sentence(
        ContractUsageError,
        "The request {request} is {requestStatus}; it has not lapsed.",
        "请求 {request} 的状态为 {requestStatus}，并未失效。",
        "Only what time did is recorded.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    "LapseAlreadyRecorded": Sentence(
        ContractUsageError,
        "What time did to {subject} is recorded.",
        "{subject} 的逾期或失效已经记录。",
        "It counts once.",
        "Nothing needs to be done.",
        "无需操作。",
    ),
}
