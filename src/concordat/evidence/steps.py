# SPDX-License-Identifier: Apache-2.0
"""The shared vocabulary: 64 steps that some law asks of those who collect data.

Each step is one bit, worded so that a set bit is good. What each attests is in ``step_texts``; which law asks
for it is in the rulebooks; ``docs/procedures.md`` shows all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum, unique
from types import MappingProxyType
from typing import Final

from concordat.evidence.step_texts import ATTESTS


@unique
class Step(IntEnum):
    """A procedural step; the value is the bit in the 64-bit mask."""

    COLLECTOR_SIGNED = 0
    SECOND_OFFICER_SIGNED = 1
    WITNESS_SIGNED = 2
    HOLDER_SIGNED = 3
    MANDATE_COVERS = 4
    DATA_IN_FORUM = 5
    COLLECTOR_QUALIFIED = 6
    DEVICE_SIGNED = 7
    LEGAL_BASIS_CITED = 8
    LEGAL_BASIS_IN_TIME = 9
    APPROVED_AT_REQUIRED_RANK = 10
    COURT_AUTHORISED = 11
    SURVEILLANCE_APPROVED_OR_UNUSED = 12
    LEGAL_PROCESS_FITS_DATA = 13
    DATA_PUBLIC = 14
    FREELY_OBTAINED = 15
    HASHED_AT_SOURCE = 16
    HASHES_MATCH_ALL_STAGES = 17
    NO_UNEXPLAINED_CHANGE = 18
    WRITE_BLOCKER_USED = 19
    WRITE_BLOCKER_WAIVER_REASONED = 20
    WORKING_COPY_USED = 21
    CLOCK_OFFSET_RECORDED = 22
    TOOL_IDENTIFIED = 23
    TOOL_VALIDATED = 24
    TECHNICAL_STANDARD_FOLLOWED = 25
    REPRODUCIBLE = 26
    VOLATILITY_ORDER_FOLLOWED = 27
    INTEGRITY_SECURED = 28
    ELECTRONIC_SIGNATURE_PRESENT = 29
    MINUTES_MADE = 30
    ITEM_LIST_MADE = 31
    SEIZURE_LIST_GIVEN = 32
    VIDEO_RECORDED = 33
    HOLDER_ABSENCE_REASONED = 34
    WITNESS_ELIGIBLE = 35
    WITNESS_ABSENCE_REASONED = 36
    ORIGINAL_SEALED = 37
    ORIGINAL_NOT_SEIZED_REASONED = 38
    SEAL_PHOTOGRAPHED = 39
    RADIO_SHIELDED = 40
    SEALED_IN_TRANSFER = 41
    CUSTODY_UNBROKEN = 42
    ITEMS_NUMBERED = 43
    ACCESS_LOG_KEPT = 44
    ONLINE_RECORD_COMPLETE = 45
    PROVIDER_SEALED = 46
    JARGON_EXPLAINED = 47
    CONFIDENTIALITY_SET = 48
    SOURCE_STATEMENT = 49
    USE_LIMITS_STATED = 50
    TRANSLATED = 51
    TREATY_CHANNEL_CITED = 52
    COMPUTER_OUTPUT_CERTIFIED = 53
    GOOD_WORKING_ORDER_CERTIFIED = 54
    HASH_PROCESS_CERTIFIED = 55
    WITNESS_CAN_TESTIFY = 56
    BUSINESS_RECORD_STATED = 57
    DEPOSITED_WITH_COURT = 58
    NOTICE_GIVEN = 59
    RESPONSIBLE_OFFICER_NAMED = 60
    PRACTITIONER_CODE_DECLARED = 61
    PLATFORM_QUALIFIED = 62
    PRE_CHAIN_HISTORY_STATED = 63


@unique
class Support(Enum):
    """What a set bit rests on."""

    SEEN = "seen"
    """The contract saw it and set the bit itself."""
    SUPPORTED = "supported"
    """The manifest cites a document by its role, or a named attester."""
    DECLARED = "declared"
    """The collector's word alone."""

    def label(self, lang: str = "en") -> str:
        """Return the word for people, in ``en`` or ``zh``."""
        en, zh = _SUPPORT_LABELS[self]
        return zh if lang == "zh" else en


_SUPPORT_LABELS: Final = {
    Support.SEEN: ("seen by the contract", "合约核验"),
    Support.SUPPORTED: ("supported by a document or attester", "有材料或者证明人佐证"),
    Support.DECLARED: ("declared only", "仅为声明"),
}


@unique
class Role(StrEnum):
    """What a document is in the file."""

    MINUTES = "MINUTES"
    ITEM_LIST = "ITEM_LIST"
    SEIZURE_LIST = "SEIZURE_LIST"
    LEGAL_BASIS = "LEGAL_BASIS"
    APPROVAL = "APPROVAL"
    VIDEO = "VIDEO"
    SEAL_PHOTO = "SEAL_PHOTO"
    CERTIFICATE = "CERTIFICATE"
    TRANSLATION = "TRANSLATION"
    SOURCE_STATEMENT = "SOURCE_STATEMENT"
    USE_LIMITS = "USE_LIMITS"
    COOPERATION_LETTER = "COOPERATION_LETTER"
    HASH_LIST = "HASH_LIST"
    TOOL_VALIDATION = "TOOL_VALIDATION"
    CUSTODY_LOG = "CUSTODY_LOG"
    ACCESS_LOG = "ACCESS_LOG"
    TRANSCRIPT = "TRANSCRIPT"
    EXPERT_OPINION = "EXPERT_OPINION"
    REASON = "REASON"
    OTHER = "OTHER"

    def label(self, lang: str = "en") -> str:
        """Return the name for people, in ``en`` or ``zh``."""
        en, zh = _ROLE_LABELS[self]
        return zh if lang == "zh" else en


_ROLE_LABELS: Final[Mapping[Role, tuple[str, str]]] = {
    Role.MINUTES: ("Minutes", "笔录"),
    Role.ITEM_LIST: ("List of items", "电子数据清单"),
    Role.SEIZURE_LIST: ("Seizure list", "扣押清单"),
    Role.LEGAL_BASIS: ("Legal basis", "法律文书"),
    Role.APPROVAL: ("Approval", "审批文书"),
    Role.VIDEO: ("Video of the collection", "取证过程录像"),
    Role.SEAL_PHOTO: ("Photograph of the seal", "封存照片"),
    Role.CERTIFICATE: ("Certificate", "证明书"),
    Role.TRANSLATION: ("Translation", "译本"),
    Role.SOURCE_STATEMENT: ("Statement of source", "来源说明"),
    Role.USE_LIMITS: ("Limits of use", "使用限制说明"),
    Role.COOPERATION_LETTER: ("Letter of cooperation", "司法协助（警务合作）函件"),
    Role.HASH_LIST: ("List of integrity values", "完整性校验值清单"),
    Role.TOOL_VALIDATION: ("Validation of a tool", "工具验证材料"),
    Role.CUSTODY_LOG: ("Custody log", "保管交接记录"),
    Role.ACCESS_LOG: ("Access log", "访问操作日志"),
    Role.TRANSCRIPT: ("Transcript or explanation", "文字抄清材料或者说明"),
    Role.EXPERT_OPINION: ("Expert opinion", "鉴定意见"),
    Role.REASON: ("Statement of reasons", "情况说明"),
    Role.OTHER: ("Other document", "其他材料"),
}


@dataclass(frozen=True, slots=True)
class StepInfo:
    """What a step is.

    Attributes:
        step: the bit.
        support: what a set bit rests on.
        roles: documents that a SUPPORTED step may cite; empty: any role, or a named attester.
        attests: what a set bit says, by language (``en``, ``zh``).

    """

    step: Step
    support: Support
    roles: tuple[Role, ...]
    attests: Mapping[str, str]


_ROLES: Final[Mapping[Step, tuple[Role, ...]]] = {
    Step.LEGAL_BASIS_CITED: (Role.LEGAL_BASIS,),
    Step.APPROVED_AT_REQUIRED_RANK: (Role.APPROVAL, Role.LEGAL_BASIS),
    Step.COURT_AUTHORISED: (Role.LEGAL_BASIS,),
    Step.SURVEILLANCE_APPROVED_OR_UNUSED: (Role.APPROVAL,),
    Step.HASHED_AT_SOURCE: (Role.HASH_LIST,),
    Step.TOOL_VALIDATED: (Role.TOOL_VALIDATION,),
    Step.MINUTES_MADE: (Role.MINUTES,),
    Step.ITEM_LIST_MADE: (Role.ITEM_LIST,),
    Step.SEIZURE_LIST_GIVEN: (Role.SEIZURE_LIST,),
    Step.VIDEO_RECORDED: (Role.VIDEO,),
    Step.HOLDER_ABSENCE_REASONED: (Role.MINUTES,),
    Step.WITNESS_ABSENCE_REASONED: (Role.MINUTES,),
    Step.ORIGINAL_NOT_SEIZED_REASONED: (Role.MINUTES,),
    Step.SEAL_PHOTOGRAPHED: (Role.SEAL_PHOTO,),
    Step.CUSTODY_UNBROKEN: (Role.CUSTODY_LOG,),
    Step.ACCESS_LOG_KEPT: (Role.ACCESS_LOG,),
    Step.JARGON_EXPLAINED: (Role.TRANSCRIPT,),
    Step.SOURCE_STATEMENT: (Role.SOURCE_STATEMENT,),
    Step.USE_LIMITS_STATED: (Role.USE_LIMITS,),
    Step.TRANSLATED: (Role.TRANSLATION,),
    Step.TREATY_CHANNEL_CITED: (Role.COOPERATION_LETTER,),
    Step.COMPUTER_OUTPUT_CERTIFIED: (Role.CERTIFICATE,),
    Step.GOOD_WORKING_ORDER_CERTIFIED: (Role.CERTIFICATE,),
    Step.HASH_PROCESS_CERTIFIED: (Role.CERTIFICATE,),
    Step.BUSINESS_RECORD_STATED: (Role.CERTIFICATE,),
}

_DECLARED: Final = frozenset(
    {
        Step.DATA_PUBLIC,
        Step.FREELY_OBTAINED,
        Step.NO_UNEXPLAINED_CHANGE,
        Step.WORKING_COPY_USED,
        Step.REPRODUCIBLE,
        Step.VOLATILITY_ORDER_FOLLOWED,
        Step.WITNESS_ELIGIBLE,
        Step.RADIO_SHIELDED,
        Step.SEALED_IN_TRANSFER,
        Step.WITNESS_CAN_TESTIFY,
        Step.RESPONSIBLE_OFFICER_NAMED,
        Step.PRACTITIONER_CODE_DECLARED,
    }
)

SEEN: Final = 0xFF
"""Mask of the steps that the contract clears and sets itself: bits 0 to 7."""


def mask(*steps: Step) -> int:
    """Return the mask with the bits of the steps named."""
    return mask_of(steps)


def mask_of(steps: Iterable[Step]) -> int:
    """Return the mask with the bits of all steps of an iterable."""
    result = 0
    for step in steps:
        result |= 1 << step
    return result


def steps_in(mask: int) -> tuple[Step, ...]:
    """Return the steps of a mask, lowest bit first; bits from 64 up are not steps and are left out."""
    return tuple(step for step in Step if mask >> step & 1)


def _support(step: Step) -> Support:
    if SEEN >> step & 1:
        return Support.SEEN
    return Support.DECLARED if step in _DECLARED else Support.SUPPORTED


STEPS: Final[Mapping[Step, StepInfo]] = MappingProxyType(
    {
        step: StepInfo(
            step=step,
            support=_support(step),
            roles=_ROLES.get(step, ()),
            attests=MappingProxyType(dict(zip(("en", "zh"), ATTESTS[step.name], strict=True))),
        )
        for step in Step
    }
)
"""All 64 steps."""
