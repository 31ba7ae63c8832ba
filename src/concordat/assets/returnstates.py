# SPDX-License-Identifier: Apache-2.0
"""States of seized property, of restitution plans and of tips, in English and Chinese.

The numbers are those of ``interfaces/assets/IAssetRegister.sol``, ``IRestitution.sol`` and ``ITips.sol``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, unique
from typing import Final

from concordat.evidence.laws import Text


@unique
class AssetState(IntEnum):
    """Where a seized thing stands."""

    NONE = 0
    IDENTIFIED = 1
    VALUED = 2
    SALE_ORDERED = 3
    SOLD = 4
    DISPOSED = 5
    RELEASED = 6

    def label(self) -> Text:
        """Its name for people."""
        return _ASSETS[self]

    @property
    def is_kept(self) -> bool:
        """Whether a custodian has the thing, or its proceeds before a court decided on them."""
        return AssetState.IDENTIFIED <= self <= AssetState.SOLD


@unique
class DossierPart(IntEnum):
    """What a case needs of each asset before it may be transferred; the bit of the contract's masks."""

    SOURCE = 0
    NATURE = 1
    OWNERSHIP = 2
    VALUE = 3
    NEED = 4
    ACQUISITIONS = 5

    def label(self) -> Text:
        """Its name for people."""
        return _PARTS[self]

    @classmethod
    def of_mask(cls, mask: int) -> tuple[DossierPart, ...]:
        """The parts whose bits are set."""
        return tuple(part for part in cls if mask & 1 << part)


@unique
class Method(IntEnum):
    """How what was held is divided."""

    TRACING = 1
    PRO_RATA = 2

    def label(self) -> Text:
        """Its name for people."""
        return _METHODS[self]


@unique
class PlanState(IntEnum):
    """Where a restitution plan stands."""

    NONE = 0
    OPEN = 1
    DECIDED = 2
    CLOSED = 3

    def label(self) -> Text:
        """Its name for people."""
        return _PLANS[self]


@unique
class TipState(IntEnum):
    """What became of a lead."""

    NONE = 0
    SUBMITTED = 1
    ACTIONABLE = 2
    NOT_ACTIONABLE = 3
    REWARDED = 4
    PAID = 5

    def label(self) -> Text:
        """Its name for people."""
        return _TIPS[self]


_ASSETS: Final[Mapping[AssetState, Text]] = {
    AssetState.NONE: Text("unknown", "不存在"),
    AssetState.IDENTIFIED: Text("identified", "已识别"),
    AssetState.VALUED: Text("valued", "已估价"),
    AssetState.SALE_ORDERED: Text("sale ordered by a court", "法院已裁定变卖"),
    AssetState.SOLD: Text("sold, proceeds held", "已变卖，价款在管"),
    AssetState.DISPOSED: Text("disposed of by a court", "法院已判决处置"),
    AssetState.RELEASED: Text("given back", "已发还"),
}
_PARTS: Final[Mapping[DossierPart, Text]] = {
    DossierPart.SOURCE: Text("source", "来源"),
    DossierPart.NATURE: Text("nature", "性质"),
    DossierPart.OWNERSHIP: Text("ownership", "权属"),
    DossierPart.VALUE: Text("value", "价值"),
    DossierPart.NEED: Text("need for recovery, confiscation or return", "追缴、没收或者返还的必要性"),
    DossierPart.ACQUISITIONS: Text("linked acquisitions", "关联取证"),
}
_METHODS: Final[Mapping[Method, Text]] = {
    Method.TRACING: Text("what was traced to each", "按查明的流向逐一返还"),
    Method.PRO_RATA: Text("the same part of every claim", "按比例返还"),
}
_PLANS: Final[Mapping[PlanState, Text]] = {
    PlanState.NONE: Text("unknown", "不存在"),
    PlanState.OPEN: Text("open: claims and objections are taken", "公告期内：受理申报和异议"),
    PlanState.DECIDED: Text("decided: shares are paid", "已决定：正在返还"),
    PlanState.CLOSED: Text("closed", "已结束"),
}
_TIPS: Final[Mapping[TipState, Text]] = {
    TipState.NONE: Text("unknown", "不存在"),
    TipState.SUBMITTED: Text("submitted", "已提交"),
    TipState.ACTIONABLE: Text("actionable", "线索有效"),
    TipState.NOT_ACTIONABLE: Text("not actionable", "线索无效"),
    TipState.REWARDED: Text("reward granted", "已批准奖励"),
    TipState.PAID: Text("reward paid", "奖励已支付"),
}
