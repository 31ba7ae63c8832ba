# SPDX-License-Identifier: Apache-2.0
"""The fixed words of cooperation: kinds of requests, bases, urgency, channels, limits, grounds, handling, in
English and Chinese.

The numbers are those of the contracts (``contracts/types/RequestKind.sol``, ``interfaces/cooperation/``); the
codes of reasons that a contract takes as a bare number are this project's own lists. None is ever renumbered.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag, unique
from typing import Final, Self

from concordat.evidence.laws import Text


class Word(IntEnum):
    """A number with its words: members are written ``NAME = number, English, Chinese``."""

    text: Text

    def __new__(cls, number: int, en: str = "", zh: str = "") -> Self:
        """The number is the value, the words are beside it; none are given where a member is looked up."""
        found = int.__new__(cls, number)
        found._value_ = number
        found.text = Text(en, zh)
        return found

    def label(self) -> Text:
        """Its name, or the sentence, for people."""
        return self.text


@unique
class RequestKind(Word):
    """What one agency asks another for."""

    POLICE_INFORMATION = 1, "police information", "警务情报信息"
    VERIFY_PERSONS = 2, "verification of persons", "核查人员身份"
    OBSERVE_SITE = 3, "observation of a site", "现场观察"
    PRESERVE_DATA = 4, "preservation of data", "保全数据"
    DISCLOSE_TRAFFIC = 5, "disclosure of traffic data", "披露流量数据"
    DISCLOSE_SUBSCRIBER = 6, "disclosure of subscriber data", "披露用户信息"
    EMERGENCY_DISCLOSURE = 7, "emergency disclosure of data", "紧急披露数据"
    DATA_EXCHANGE = 8, "exchange of case data", "交换案件数据"
    EVIDENCE = 9, "taking of evidence", "调查取证"
    SERVICE_OF_DOCUMENTS = 10, "service of documents", "送达文书"
    WITNESS = 11, "hearing of a witness", "安排证人作证"
    SEARCH_ARREST = 12, "search and arrest", "搜查、抓捕"
    FREEZE_ASSETS = 13, "freezing of assets", "查封、扣押、冻结涉案财物"
    RECOVER_ASSETS = 14, "confiscation and return of assets", "没收、返还违法所得及其他涉案财物"
    EXTRADITION = 15, "extradition", "引渡"
    REPATRIATION = 16, "repatriation", "遣返"
    JOINT_TEAM = 17, "joint investigation team", "联合侦查"
    TRANSFER_PROCEEDINGS = 18, "transfer of proceedings", "移管刑事诉讼"
    PRODUCTION_ORDER = 19, "production order to a provider", "向服务提供者调取数据令"

    @property
    def is_direct(self) -> bool:
        """Whether it goes from agency to agency, and not through the central authorities."""
        return self in DIRECT_KINDS

    @property
    def is_for_police(self) -> bool:
        """Whether it needs no agreement."""
        return self in POLICE_KINDS

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether the answer is yes, no or in part, without lists."""
        return self in (RequestKind.VERIFY_PERSONS, RequestKind.OBSERVE_SITE)


POLICE_KINDS: Final = frozenset(
    {RequestKind.POLICE_INFORMATION, RequestKind.VERIFY_PERSONS, RequestKind.OBSERVE_SITE}
)
DIRECT_KINDS: Final = POLICE_KINDS | {
    RequestKind.PRESERVE_DATA,
    RequestKind.EMERGENCY_DISCLOSURE,
    RequestKind.DATA_EXCHANGE,
}


@unique
class LegalBasis(Word):
    """On what the parties of an agreement, or of a request, stand."""

    TREATY = 1, "treaty", "条约"
    CONVENTION = 2, "multilateral convention", "多边公约"
    RECIPROCITY = 3, "promise of reciprocity", "互惠承诺"
    POLICE = 4, "police cooperation", "警务合作"


@unique
class Urgency(Word):
    """Whether something is urgent, and the code that justifies it."""

    NONE = 0, "not urgent", "非紧急"
    DANGER_TO_LIFE = 1, "danger to life or limb", "危及人身安全"
    MONEY_ABOUT_TO_MOVE = 2, "money is about to move on", "资金即将转移"
    DATA_ABOUT_TO_BE_LOST = 3, "data are about to be lost", "数据即将灭失"
    PERSON_ABOUT_TO_FLEE = 4, "a person is about to flee", "有关人员即将逃匿"
    HEARING_DATE = 5, "the date of a hearing is near", "庭审日期临近"


@unique
class Channel(Word):
    """Over which way the paper goes."""

    LEDGER = 0, "this ledger", "本链"
    INTERPOL = 1, "INTERPOL (National Central Bureau)", "国际刑警组织（国家中心局）"
    CENTRAL_AUTHORITY = 2, "central authority", "中央机关（对外联系机关）"
    LIAISON_OFFICER = 3, "liaison officer", "警务联络官"
    DIPLOMATIC = 4, "diplomatic channel", "外交途径"
    NETWORK_24_7 = 5, "24/7 network", "全天候联络网络"


class UseLimit(IntFlag):
    """``USE_*`` bits: for what the answer may be used."""

    CASE_ONLY = 1
    NO_DEATH_PENALTY = 2
    NO_FORWARDING = 4
    ASK_BEFORE_COURT = 8
    DELETE_AFTER = 16

    def labels(self) -> tuple[Text, ...]:
        """Each limit for people, in the order of the bits."""
        return tuple(text for limit, text in _USES.items() if limit in self)


@unique
class Confidentiality(Word):
    """How secret requests of a kind are under an agreement."""

    OPEN = 0, "open", "公开"
    RESTRICTED = 1, "restricted", "内部"
    CONFIDENTIAL = 2, "confidential", "机密"
    SECRET = 3, "secret", "绝密"


@unique
class RefusalGround(Word):
    """Why assistance is refused (IMLA art 14; UN Model Treaty art 4)."""

    NO_DUAL_CRIMINALITY = (
        1,
        "The act is no offence under the law of the state asked.",
        "依被请求国法律，请求所针对的行为不构成犯罪。",
    )
    DOMESTIC_PROCEEDINGS_OR_TIME_BARRED = (
        2,
        "The state asked has tried or is trying the same act, has ended proceedings, or time has run out.",
        "被请求国正在或者已经对同一行为进行侦查、起诉、审判，或者已过追诉时效。",
    )
    POLITICAL = 3, "The request is about a political offence.", "请求针对政治犯罪。"
    MILITARY = 4, "The request is about a purely military offence.", "请求针对纯属军事犯罪。"
    DISCRIMINATION = (
        5,
        "The request serves to prosecute or punish for race, religion, nationality, sex, political opinion "
        "or status, or the person may suffer unfairly for them.",
        "请求目的是基于种族、民族、宗教、国籍、性别、政治见解或者身份等原因进行追诉、处罚，"
        "或者当事人可能由此受到不公正待遇。",
    )
    NO_SUBSTANTIAL_LINK = (
        6,
        "What is asked for has no substantial link with the case.",
        "请求事项与请求协助的案件之间缺乏实质性联系。",
    )
    SOVEREIGNTY_SECURITY_PUBLIC_INTEREST = (
        7,
        "It would harm sovereignty, security or public interest.",
        "可能损害被请求国主权、安全和社会公共利益。",
    )
    FORMAL_DEFECT = (
        8,
        "The request lacks something that law or agreement requires, and was not supplemented.",
        "请求不符合法律或者协议规定的形式和内容要求，且未予补充。",
    )
    OTHER = 9, "Another ground, given in words.", "其他理由，另行说明。"

    @property
    def costs_standing(self) -> bool:
        """Whether it counts against who refuses: it says nothing."""
        return self is RefusalGround.OTHER


@unique
class PostponeReason(Word):
    """Why a request is postponed."""

    OWN_PROCEEDINGS = (
        1,
        "Own investigation or proceedings would suffer.",
        "立即执行会妨碍正在进行的侦查、起诉、审判。",
    )
    PERSON_NOT_AVAILABLE = 2, "The person is not available now.", "有关人员目前无法到场。"
    OTHER = 3, "Another reason, given in words.", "其他原因，另行说明。"


@unique
class DeclineReason(Word):
    """Why the own central authority does not pass a request on, or an agency declines what it is asked."""

    INCOMPLETE = 1, "It lacks something that is required.", "内容不完整。"
    NO_BASIS = 2, "Nothing in law or agreement carries it.", "缺乏法律或者协议依据。"
    NOT_PROPORTIONATE = 3, "The case does not justify it.", "与案情不相称。"
    OTHER_WAY = 4, "It has to go another way.", "应通过其他途径提出。"
    NOT_COMPETENT = 5, "The agency is not competent for it.", "不属于本机关职权范围。"
    NO_CAPACITY = 6, "The agency cannot do it in time.", "本机关无法按期完成。"
    OTHER = 99, "Another reason, given in words.", "其他原因，另行说明。"


@unique
class WithdrawalReason(Word):
    """Why a request is withdrawn."""

    CASE_CLOSED = 1, "The case is over.", "案件已终结。"
    OBTAINED_OTHERWISE = 2, "It was obtained in another way.", "已通过其他途径取得。"
    SENT_TWICE = 3, "It was sent twice.", "重复提出。"
    MISTAKE = 4, "It was sent by mistake.", "误发。"
    OTHER = 99, "Another reason.", "其他原因。"


@unique
class ShortAnswer(Word):
    """How an answer without lists answers."""

    YES = 1, "yes", "是"
    NO = 2, "no", "否"
    IN_PART = 3, "in part", "部分"


@unique
class ReferenceKind(Word):
    """What an answer points at."""

    ACQUISITION = 1, "acquisition", "取证"
    FREEZE_REQUEST = 2, "freeze request", "冻结请求"
    HOLD = 3, "hold", "控制措施"
    DOCUMENT = 4, "document", "文书"


@unique
class ClaimGround(Word):
    """On what a jurisdiction claims a case."""

    TERRITORY = 1, "committed there", "犯罪行为地"
    EFFECT = 2, "the loss arose there", "犯罪结果地"
    OFFENDER_NATIONALITY = 3, "nationality of the offender", "犯罪人国籍"
    VICTIM_NATIONALITY = 4, "nationality of the victim", "被害人国籍"
    VESSEL_OR_AIRCRAFT = 5, "on board its vessel or aircraft", "本国船舶或者航空器内"
    UNIVERSAL = 6, "universal jurisdiction", "普遍管辖"
    OFFENDER_PRESENT = 7, "the offender is there", "犯罪人所在地"
    TRANSFERRED = 8, "proceedings taken over", "接受移管"


@unique
class Handling(Word):
    """How far something may go (FIRST Traffic Light Protocol 2.0)."""

    RED = 1, "TLP:RED, the recipient alone", "TLP:RED，仅限收件人本人"
    AMBER_STRICT = 2, "TLP:AMBER+STRICT, the recipient's agency", "TLP:AMBER+STRICT，仅限收件机关"
    AMBER = 3, "TLP:AMBER, agencies of the recipient's country", "TLP:AMBER，限收件机关所在国各机关"
    GREEN = 4, "TLP:GREEN, members", "TLP:GREEN，限成员单位"
    CLEAR = 5, "TLP:CLEAR, anybody", "TLP:CLEAR，不限"


@unique
class Purpose(Word):
    """For what something is shared."""

    INVESTIGATION = 1, "investigation", "侦查"
    PROSECUTION = 2, "prosecution", "起诉"
    TRIAL = 3, "trial", "审判"
    RECOVERY = 4, "recovery of assets", "追赃挽损"
    PREVENTION = 5, "prevention", "预防"


@unique
class AppraisalField(Word):
    """For what a body is accredited."""

    DOCUMENTS = 1, "documents", "文书"
    ELECTRONIC_DATA = 2, "electronic data", "电子数据"
    ACCOUNTS = 3, "accounts", "账目"
    ASSETS = 4, "assets", "财产"
    IDENTITY = 5, "identity of persons", "人身身份"


@unique
class DisputeKind(Word):
    """What a dispute is about."""

    ANSWER = 1, "this is not what was asked", "答复与请求不符"
    USE_BREACH = 2, "it was used against its limits", "违反使用限制"
    OUTCOME = 3, "the outcome is wrong", "评价记录有误"


_USES: Final[Mapping[UseLimit, Text]] = {
    UseLimit.CASE_ONLY: Text("only in the case named", "仅限用于所列案件"),
    UseLimit.NO_DEATH_PENALTY: Text(
        "not to impose or carry out the death penalty", "不得据以判处或者执行死刑"
    ),
    UseLimit.NO_FORWARDING: Text("not to be passed on to any third state", "不得转交第三国"),
    UseLimit.ASK_BEFORE_COURT: Text("as evidence in court only after asking", "用作法庭证据须事先征得同意"),
    UseLimit.DELETE_AFTER: Text("to be deleted when the case is over", "案件终结后须删除"),
}
