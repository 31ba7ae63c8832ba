# SPDX-License-Identifier: Apache-2.0
"""What each step attests, in English and Chinese, in the terms of the laws that ask for it.

The Chinese follows the Provisions on Electronic Data (Fa Fa [2016] 22), the Rules of the Ministry of Public
Security of 2019, the SPC Interpretation of 2021 and the Rules of Online Litigation, where these have a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ATTESTS: Final[Mapping[str, tuple[str, str]]] = {
    "COLLECTOR_SIGNED": (
        "The collector signed the acquisition with the key of an appointment that was live.",
        "取证人员已使用其有效任命所登记的密钥对本次取证签名。",
    ),
    "SECOND_OFFICER_SIGNED": (
        "A second officer, another person than the collector, signed the acquisition.",
        "取证人员以外的另一名侦查人员已对本次取证签名。",
    ),
    "WITNESS_SIGNED": (
        "The attesting witness signed the acquisition.",
        "见证人已对本次取证签名。",
    ),
    "HOLDER_SIGNED": (
        "The holder or provider of the data or the device signed the acquisition.",
        "电子数据持有人（提供人）已对本次取证签名。",
    ),
    "MANDATE_COVERS": (
        "An accepted request for assistance covers the collection or the custody abroad.",
        "已获接受的协助请求涵盖本次境外取证或者境外保管。",
    ),
    "DATA_IN_FORUM": (
        "The data lay in the territory of the forum that judges them.",
        "取证时数据所在地位于审查该证据的法域境内。",
    ),
    "COLLECTOR_QUALIFIED": (
        "The collector's appointment records a forensic qualification that was valid when collection began.",
        "取证开始时，取证人员任命中登记的电子数据取证资质有效。",
    ),
    "DEVICE_SIGNED": (
        "An appointed recording device signed the acquisition.",
        "经登记的取证设备已对本次取证签名。",
    ),
    "LEGAL_BASIS_CITED": (
        "The warrant, order, consent or other legal basis is cited with its reference.",
        "已载明所依据的搜查证、调取通知书、同意书或者其他法律文书及其文号。",
    ),
    "LEGAL_BASIS_IN_TIME": (
        "The legal basis was in force when collection began.",
        "取证开始时，所依据的法律文书处于有效期限内。",
    ),
    "APPROVED_AT_REQUIRED_RANK": (
        "An officer or authority of the rank that the law requires approved the measure.",
        "该措施已经法律规定级别的负责人或者机关批准。",
    ),
    "COURT_AUTHORISED": (
        "A court or judge authorised the measure.",
        "该措施已经法院或者法官授权。",
    ),
    "SURVEILLANCE_APPROVED_OR_UNUSED": (
        "No technical surveillance was used, or its approval is cited.",
        "未采取技术侦查措施，或者已附采取技术侦查措施的批准文书。",
    ),
    "LEGAL_PROCESS_FITS_DATA": (
        "The kind of legal process fits the kind of data obtained, such as subscriber or content data.",
        "所用法律程序的种类与所取得数据的种类（用户信息、流量数据、内容数据等）相适应。",
    ),
    "DATA_PUBLIC": (
        "The data were open to the public when they were collected.",
        "取证时，该数据系面向不特定公众公开发布的数据。",
    ),
    "FREELY_OBTAINED": (
        "Nothing was obtained by torture, threat, inducement, deception or other unlawful means.",
        "未采用刑讯逼供、威胁、引诱、欺骗或者其他非法方法收集证据。",
    ),
    "HASHED_AT_SOURCE": (
        "Integrity values were calculated at the source during collection and are listed.",
        "收集、提取时已在源端计算完整性校验值并列明。",
    ),
    "HASHES_MATCH_ALL_STAGES": (
        "The integrity values agree at every stage: source, copy, transfer and registration.",
        "源数据、备份、移送和登记各环节的完整性校验值一致。",
    ),
    "NO_UNEXPLAINED_CHANGE": (
        "Nothing in the data was added, deleted or changed, or every such change is explained.",
        "电子数据没有增加、删除、修改，或者对增加、删除、修改的情形已附说明。",
    ),
    "WRITE_BLOCKER_USED": (
        "The original medium was read through a write blocker.",
        "通过写保护设备读取原始存储介质。",
    ),
    "WRITE_BLOCKER_WAIVER_REASONED": (
        "The reason why no write blocker could be used is recorded (live system, phone).",
        "已注明无法使用写保护设备的原因（正在运行的系统、嵌入式设备、手机等）。",
    ),
    "WORKING_COPY_USED": (
        "Only a working copy was examined; the original was not.",
        "已制作备份，仅对备份进行检查，未对原始数据进行检查。",
    ),
    "CLOCK_OFFSET_RECORDED": (
        "The clock was compared with a reference time and its offset recorded.",
        "已将设备时钟与标准时间核对，并记录时间偏差。",
    ),
    "TOOL_IDENTIFIED": (
        "Every tool used is named with its version.",
        "已载明所用取证工具的名称和版本。",
    ),
    "TOOL_VALIDATED": (
        "The tools were validated for this use, and the validation is cited.",
        "所用取证工具已就该项用途经过验证，并附验证材料。",
    ),
    "TECHNICAL_STANDARD_FOLLOWED": (
        "The method follows a technical standard, which is cited.",
        "取证方法符合相关技术标准，并已注明标准编号。",
    ),
    "REPRODUCIBLE": (
        "Another examiner can repeat the process and obtain the same result.",
        "电子数据的收集、提取过程可以重现。",
    ),
    "VOLATILITY_ORDER_FOLLOWED": (
        "Volatile data were collected in the order of their volatility.",
        "易失性数据已按易失程度的先后顺序提取。",
    ),
    "INTEGRITY_SECURED": (
        "An integrity value, a locked account or another measure keeps the preserved data from change.",
        "对冻结的电子数据已采取计算完整性校验值、锁定网络应用账号或者其他防止增加、删除、修改的措施。",
    ),
    "ELECTRONIC_SIGNATURE_PRESENT": (
        "The data carry a digital signature, a digital certificate or another special mark.",
        "电子数据具有数字签名、数字证书等特殊标识。",
    ),
    "MINUTES_MADE": (
        "Minutes state the cause, object, content, time, place, method and process of the collection.",
        "已制作笔录，记录案由、对象、内容以及收集、提取电子数据的时间、地点、方法、过程。",
    ),
    "ITEM_LIST_MADE": (
        "A list of the items gives the category, file format and integrity value of each.",
        "已附电子数据清单，注明类别、文件格式、完整性校验值等。",
    ),
    "SEIZURE_LIST_GIVEN": (
        "A list of what was seized was made, and the holder or occupier received a copy.",
        "已开列扣押清单，并将一份交给持有人或者场所占有人。",
    ),
    "VIDEO_RECORDED": (
        "The collection was recorded on video.",
        "已对收集、提取电子数据的过程进行录像。",
    ),
    "HOLDER_ABSENCE_REASONED": (
        "The reason why the holder or provider could not or would not sign is recorded.",
        "持有人（提供人）无法签名或者拒绝签名的，已在笔录中注明。",
    ),
    "WITNESS_ELIGIBLE": (
        "The attesting witness was of sufficient understanding, without interest in the case, "
        "and not of the investigating authority.",
        "见证人符合法定条件：具有相应辨别能力，与案件无利害关系，且不是办案机关的工作人员或者其聘用的人员。",
    ),
    "WITNESS_ABSENCE_REASONED": (
        "The reason why no eligible witness could be had is recorded.",
        "由于客观原因无法由符合条件的人员担任见证人的，已在笔录中注明情况。",
    ),
    "ORIGINAL_SEALED": (
        "The original storage medium was seized and sealed.",
        "原始存储介质已扣押、封存。",
    ),
    "ORIGINAL_NOT_SEIZED_REASONED": (
        "The reason why the original medium was not seized, and where it is, are recorded.",
        "已在笔录中注明不能扣押原始存储介质的原因、其存放地点或者电子数据的来源等情况。",
    ),
    "SEAL_PHOTOGRAPHED": (
        "The medium was photographed before and after sealing so that the seal can be seen.",
        "封存前后已拍摄被封存原始存储介质的照片，清晰反映封口或者张贴封条处的状况。",
    ),
    "RADIO_SHIELDED": (
        "A medium with wireless functions was shielded, blocked or cut off from power.",
        "封存具有无线通信功能的存储介质时，已采取信号屏蔽、信号阻断或者切断电源等措施。",
    ),
    "SEALED_IN_TRANSFER": (
        "The original medium was transferred in a sealed state.",
        "原始存储介质以封存状态移送。",
    ),
    "CUSTODY_UNBROKEN": (
        "Every hand-over is logged without a gap: who, when, where, why, state of seal and integrity value.",
        "保管链条完整，每次交接的人员、时间、地点、事由、封存状态和完整性校验情况均有记录。",
    ),
    "ITEMS_NUMBERED": (
        "Every exhibit has a number that occurs once.",
        "每件证据均有唯一编号。",
    ),
    "ACCESS_LOG_KEPT": (
        "The log of accesses and operations since preservation or storage is kept.",
        "已留存冻结（保管）后的访问操作日志。",
    ),
    "ONLINE_RECORD_COMPLETE": (
        "The record of online extraction gives time, tool, network address, access path and hash process.",
        "网络在线提取已记录提取时间、提取工具、网络地址、访问路径以及完整性校验值的计算过程等。",
    ),
    "PROVIDER_SEALED": (
        "The provider answered under an order number, with its electronic seal and an integrity value.",
        "数据提供方的回复已载明调取文书编号，加盖电子印章，并附完整性校验值。",
    ),
    "JARGON_EXPLAINED": (
        "A transcript or explanation covers nicknames, slang, code words and dialect.",
        "已附文字抄清材料以及对绰号、暗语、俗语、方言等不易理解内容的说明。",
    ),
    "CONFIDENTIALITY_SET": (
        "A level of confidentiality is set.",
        "已确定保密级别。",
    ),
    "SOURCE_STATEMENT": (
        "A statement says where the evidence comes from, who provided it, who extracted it and when.",
        "已附对证据来源、提供人、提取人、提取时间等情况的说明。",
    ),
    "USE_LIMITS_STATED": (
        "The limits that the provider or the treaty sets on the use of the evidence are stated.",
        "已载明提供方或者条约对证据使用范围的限制。",
    ),
    "TRANSLATED": (
        "A translation into the language of the forum is attached.",
        "已附审查法域所用语言文字的译本。",
    ),
    "TREATY_CHANNEL_CITED": (
        "The treaty, central authority or police channel through which the evidence came is cited.",
        "已载明取得证据所经由的条约、中央机关或者警务合作渠道及其文号。",
    ),
    "COMPUTER_OUTPUT_CERTIFIED": (
        "A responsible person certifies that a computer produced the document in its ordinary use.",
        "负责人员已出具证明书，证明该文件系计算机在其日常使用过程中生成。",
    ),
    "GOOD_WORKING_ORDER_CERTIFIED": (
        "A certificate says that the computer was in good working order and properly operated.",
        "已附证明书，证明计算机运行状态良好、操作适当。",
    ),
    "HASH_PROCESS_CERTIFIED": (
        "A qualified person certifies how the copy was identified, such as by comparing hashes.",
        "具备资质的人员已出具证明书，说明通过比对哈希值等识别复制数据的过程。",
    ),
    "WITNESS_CAN_TESTIFY": (
        "A person with knowledge can testify how the data were produced or collected.",
        "了解数据生成或者收集情况的人员可以出庭作证。",
    ),
    "BUSINESS_RECORD_STATED": (
        "A statement says that the record was made and kept in the ordinary course of business.",
        "已附证明书，说明该记录系在业务活动的通常过程中制作并保存。",
    ),
    "DEPOSITED_WITH_COURT": (
        "The data were deposited with the court, sealed, within the time set.",
        "数据已在规定期限内封存并交存法院。",
    ),
    "NOTICE_GIVEN": (
        "The notice that the law requires was given to the person or party concerned.",
        "已依法通知有关人员或者对方当事人。",
    ),
    "RESPONSIBLE_OFFICER_NAMED": (
        "The officer accountable for the whole collection is named.",
        "已指明对整个取证过程负责的主管人员。",
    ),
    "PRACTITIONER_CODE_DECLARED": (
        "The practitioner declares compliance with the code of practice that applies.",
        "取证人员已声明遵守所适用的从业准则。",
    ),
    "PLATFORM_QUALIFIED": (
        "The evidence platform is filed, has no interest in the case and meets the platform standards.",
        "存证平台已依规备案，与当事人无利害关系，且其信息系统符合有关清洁性、安全性、可靠性、可用性的标准。",
    ),
    "PRE_CHAIN_HISTORY_STATED": (
        "The source, the generation and the storage of the data before registration are stated.",
        "已说明数据上链存储前的具体来源、生成机制和存储过程。",
    ),
}
