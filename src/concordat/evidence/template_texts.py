# SPDX-License-Identifier: Apache-2.0
"""Comments of the template of a record, by field, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "head": (
        "Record of a collection. Fill in what is true, leave the rest empty. Lines with # are comments.",
        "取证记录。如实填写，不适用的留空。以 # 开头的行为注释。",
    ),
    "method": ("Method", "取证方法"),
    "asked_of": ("Asked for are the rules of", "适用规则的法域"),
    "domestic": ("collected there", "在该法域境内取证"),
    "foreign": ("collected elsewhere", "在该法域境外取证"),
    "no_rulebook": ("no rulebook is known; nothing is asked for it", "无已知规则文件，未列出其要求"),
    "if_home": (
        "Written for a collection in {home}; elsewhere other rules apply.",
        "本模板按在 {home} 境内取证编写；在其他地方取证适用不同规则。",
    ),
    "laws": ("Laws and standards cited", "所引法律和标准"),
    "case": ('Number of the case, in quotes: "0317"', '案件编号，须加引号，如 "0317"'),
    "title": ("What this collection is, in a few words (may stay empty)", "本次取证的简要名称（可留空）"),
    "agency": ("Short name of your agency as admitted, or its number", "贵机关登记的简称或者编号"),
    "forums": ("Home forum first, then where it will be used", "首项为本法域，其后为拟使用证据的法域"),
    "place": ("Where it was collected", "取证地点"),
    "place.country": ("ISO 3166-1 code such as MY, or UNKNOWN", "ISO 3166-1 国家代码，如 MY；不明填 UNKNOWN"),
    "place.subdivision": (
        "ISO 3166-2 code such as MY-01 (may stay empty)",
        "ISO 3166-2 代码，如 MY-01（可留空）",
    ),
    "place.description": ("Address (may stay empty)", "地址（可留空）"),
    "data_location": ("Where the data lay: code, EU or UNKNOWN", "数据所在地：国家代码、EU 或者 UNKNOWN"),
    "started": (
        "With the offset from UTC: 2026-03-17T09:30:00+08:00",
        "须含与协调世界时的时差，如 2026-03-17T09:30:00+08:00",
    ),
    "ended": ("In the same form", "格式同上"),
    "officers": (
        "Stays in the package and never reaches the chain; name or badge suffices",
        "仅保存在证据包中，不上链；姓名、警号填写其一即可",
    ),
    "officers.second": (
        "Also signs; at least {count} officers must",
        "另行签名；至少须有 {count} 名侦查人员签名",
    ),
    "clock": ("Comparison of the clock with a reference", "设备时钟与标准时间的核对"),
    "clock.source": ("NTP, GNSS or MANUAL", "NTP、GNSS 或者 MANUAL（人工核对）"),
    "clock.offset_ms": ("Device minus reference, milliseconds", "设备时间减去标准时间，单位为毫秒"),
    "legal_basis": ("What entitles the collection", "取证的法律依据"),
    "legal_basis.type": (
        "WARRANT, COURT_ORDER, PROSECUTOR_ORDER, POLICE_ORDER, CONSENT, MLA_REQUEST, PROVIDER_VOLUNTARY,"
        " PUBLIC_DATA or EMERGENCY",
        "WARRANT 搜查证、COURT_ORDER 法院文书、PROSECUTOR_ORDER 检察文书、POLICE_ORDER 公安文书、"
        "CONSENT 同意、MLA_REQUEST 司法协助请求、"
        "PROVIDER_VOLUNTARY 自愿提供、PUBLIC_DATA 公开数据、EMERGENCY 紧急情况",
    ),
    "legal_basis.reference": ("Its number", "文书编号"),
    "legal_basis.issuer_rank": ("Rank of who issued or approved it", "签发人或者批准人的级别"),
    "legal_basis.from": ("Valid from (time with offset)", "有效期起（含时差）"),
    "legal_basis.until": ("Valid until; empty if open", "有效期止；无期限的留空"),
    "holder": ("Holder or provider of the data", "电子数据持有人（提供人）"),
    "witness": ("Attesting witness", "见证人"),
    "present": ("true or false", "true 在场，false 不在场"),
    "reason": ("Why absent, or why there is no signature", "不在场或者未签名的原因"),
    "eligible": (
        "Whether the law lets this person attest: true or false",
        "是否符合法定条件：true 或者 false",
    ),
    "tools": ("Each tool; versions in quotes", "逐一列明所用工具；版本号加引号"),
    "confidentiality": (
        "OPEN, RESTRICTED, CONFIDENTIAL or SECRET",
        "OPEN、RESTRICTED、CONFIDENTIAL 或者 SECRET",
    ),
    "use_limits": ("Limits that the provider or a treaty sets", "提供方或者条约设定的使用限制"),
    "source": ("Where the data come from", "数据来源"),
    "source.description": ("From whom or what", "由何人提供或者来自何处"),
    "source.locator": ("URL, network address, account or path", "网址、网络地址、账号或者路径"),
    "original_not_seized": ("Only if the original was not seized", "仅在未扣押原始存储介质时填写"),
    "original_not_seized.reason": (
        "CANNOT_SEAL, NOT_ON_MAGNETIC_MEDIUM, ABROAD or OTHER",
        "CANNOT_SEAL 不便封存、NOT_ON_MAGNETIC_MEDIUM 不在磁性存储介质上、ABROAD 位于境外、OTHER 其他",
    ),
    "original_not_seized.location": ("Where the original is", "原始存储介质的存放地点或者数据来源"),
    "preservation": ("Data preservation", "冻结电子数据"),
    "preservation.reason": (
        "LARGE_VOLUME, EXTRACTION_TOO_SLOW, SHOWN_BETTER_ONLINE or OTHER",
        "LARGE_VOLUME 数据量大、EXTRACTION_TOO_SLOW 提取时间长、"
        "SHOWN_BETTER_ONLINE 通过网络应用展示更直观、OTHER 其他",
    ),
    "preservation.until": ("Until (time with offset)", "冻结期限届满时间（含时差）"),
    "items": (
        "Exhibits by path, each with category: PLATFORM_PUBLICATION, COMMUNICATION,"
        " REGISTRATION_ID_TRANSACTION_LOG, FILE_PROGRAM_CERT, PHYSICAL, DOCUMENT, SITE_PHOTO or AV_RECORDING",
        "按路径列明各项证据及其类别：PLATFORM_PUBLICATION 网络平台发布的信息、COMMUNICATION 通信信息、"
        "REGISTRATION_ID_TRANSACTION_LOG 注册、身份认证、交易、登录等信息、"
        "FILE_PROGRAM_CERT 文档、程序、数字证书等、"
        "PHYSICAL 物证、DOCUMENT 书证、SITE_PHOTO 现场照片、AV_RECORDING 视听资料",
    ),
    "documents": ("Take away the # before each document that you have", "删除所附材料各行前的 #"),
    "steps": (
        "What was done; leave empty what was not. ROLE stands for the role of a document above.",
        "已完成的程序步骤；未完成的留空。ROLE 代表上列任一材料的类别代码。",
    ),
    "steps.write": ("If so, write", "如属实，填写"),
    "or": ("or", "或者"),
    "any_of": ("one of these suffices", "下列之一即可"),
    "seen": (
        "Not to be written; the contract sees it when they sign, or from appointment, place and mandate:",
        "以下步骤无需填写，由合约根据签名、任命、地点和协助请求自行核验：",
    ),
    "delay": ("to be registered within {hours} hours after the end", "须在取证结束后 {hours} 小时内登记"),
    "preserve": (
        "true: keep it as Preserved if the home standard refuses it and the baseline is met",
        "true：本法域标准不予登记但符合国际基准时，仅予保存",
    ),
    "mandate": (
        'Key of the assistance request for what was collected or held abroad: "0x..."',
        '境外取证或者数据位于境外的，填写协助请求编号："0x..."',
    ),
}


def comment(field: str, lang: str) -> str:
    """Give the comment of a field in ``en`` or ``zh``."""
    en, zh = COMMENTS[field]
    return zh if lang == "zh" else en
