# SPDX-License-Identifier: Apache-2.0
"""States and statuses of requests, holds and objections, in English and Chinese.

The numbers and bits are those of ``interfaces/assets/IFreezeRequests.sol``, ``IHolds.sol`` and
``IObjections.sol``. A state is what was last written; a status is what it means at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag, unique
from typing import Final

from concordat.evidence.laws import Text


@unique
class RequestStatus(IntEnum):
    """What a request is at a time."""

    NONE = 0
    AWAITING_RATIFICATION = 1
    AWAITING_ENDORSEMENT = 2
    PROVISIONAL = 3
    RUNNING = 4
    LAPSED = 5
    DECLINED = 6
    WITHDRAWN = 7

    def label(self) -> Text:
        """Its name for people."""
        return _REQUESTS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing can bind anybody under it any more."""
        return self in (RequestStatus.LAPSED, RequestStatus.DECLINED, RequestStatus.WITHDRAWN)

    @property
    def binds(self) -> bool:
        """Whether it binds the institutions."""
        return self in (RequestStatus.PROVISIONAL, RequestStatus.RUNNING)


class RequestFlag(IntFlag):
    """``REQUEST_*`` bits."""

    FOREIGN = 1
    DECLINED = 2
    WITHDRAWN = 4
    BY_COURT = 8
    OWN = 16
    LAPSE_RECORDED = 32


class Scope(IntFlag):
    """``SCOPE_*`` bits of a target."""

    WHOLE = 1
    LATER_CREDITS = 2
    INTEREST = 4


@unique
class HoldState(IntEnum):
    """What was last written of a hold."""

    NONE = 0
    NAMED = 1
    DELIVERED = 2
    ACKNOWLEDGED = 3
    HELD = 4
    HELD_PART = 5
    NOT_FOUND = 6
    NO_FUNDS = 7
    MOVED_ON = 8
    MISMATCH = 9
    UNREADABLE = 10
    REFUSED = 11
    WAITING = 12
    RELEASED = 13
    CONTINUED = 14
    DISPOSED = 15


@unique
class HoldStatus(IntEnum):
    """What a hold is at a time."""

    NONE = 0
    DORMANT = 1
    OPEN = 2
    DELIVERED = 3
    ACKNOWLEDGED = 4
    OVERDUE = 5
    HELD = 6
    HELD_PART = 7
    NOT_FOUND = 8
    NO_FUNDS = 9
    MOVED_ON = 10
    MISMATCH = 11
    UNREADABLE = 12
    REFUSED = 13
    WAITING = 14
    TURN = 15
    RELEASED = 16
    CONTINUED = 17
    DISPOSED = 18
    EXPIRED = 19
    LAPSED = 20
    WITHDRAWN = 21

    def label(self) -> Text:
        """Its name for people."""
        return _HOLDS[self]

    @property
    def holds(self) -> bool:
        """Whether something is held now."""
        return self in (HoldStatus.HELD, HoldStatus.HELD_PART)

    @property
    def awaits_answer(self) -> bool:
        """Whether the institution still owes an outcome."""
        return self in (
            HoldStatus.OPEN,
            HoldStatus.DELIVERED,
            HoldStatus.ACKNOWLEDGED,
            HoldStatus.OVERDUE,
            HoldStatus.TURN,
        )

    @property
    def is_over(self) -> bool:
        """Whether it ended, whoever or whatever ended it."""
        return self in (
            HoldStatus.RELEASED,
            HoldStatus.CONTINUED,
            HoldStatus.EXPIRED,
            HoldStatus.LAPSED,
            HoldStatus.WITHDRAWN,
        )


class HoldFlag(IntFlag):
    """``HOLD_*`` bits."""

    CHECKED = 1
    WHOLE = 2
    LATER_CREDITS = 4
    INTEREST = 8
    LINKED = 16
    BY_COURT = 32
    OBJECTED = 64
    LAPSE_RECORDED = 128


@unique
class ReleaseReason(IntEnum):
    """Why a hold is let go, or a request withdrawn."""

    UNRELATED = 1
    FULFILLED = 2
    NAMED_TWICE = 3
    EXEMPT_MINIMUM = 4
    OBJECTION = 5
    ORDERED_BY_COURT = 6
    OTHER = 7

    def label(self) -> Text:
        """The reason for people."""
        return _RELEASES[self]


@unique
class Outcome(IntEnum):
    """What a review decided."""

    NONE = 0
    UPHELD = 1
    UPHELD_IN_PART = 2
    DISMISSED = 3

    def label(self) -> Text:
        """The outcome for people."""
        return _OUTCOMES[self]


@unique
class ObjectionStatus(IntEnum):
    """What an objection is at a time."""

    NONE = 0
    PENDING = 1
    OVERDUE = 2
    DECIDED = 3

    def label(self) -> Text:
        """Its name for people."""
        return _OBJECTIONS[self]


_REQUESTS: Final[Mapping[RequestStatus, Text]] = {
    RequestStatus.NONE: Text("unknown", "未知"),
    RequestStatus.AWAITING_RATIFICATION: Text("awaits ratification, binds nobody", "待批准，尚无约束力"),
    RequestStatus.AWAITING_ENDORSEMENT: Text(
        "awaits endorsement at home, binds nobody", "待本国主管机关认可，尚无约束力"
    ),
    RequestStatus.PROVISIONAL: Text("binds, lapses unless ratified in time", "临时生效，逾期未批准即失效"),
    RequestStatus.RUNNING: Text("binds", "生效中"),
    RequestStatus.LAPSED: Text("lapsed", "已失效"),
    RequestStatus.DECLINED: Text("declined", "不予认可"),
    RequestStatus.WITHDRAWN: Text("withdrawn", "已撤回"),
}
_HOLDS: Final[Mapping[HoldStatus, Text]] = {
    HoldStatus.NONE: Text("unknown", "未知"),
    HoldStatus.DORMANT: Text("binds nobody yet", "尚无约束力"),
    HoldStatus.OPEN: Text("to be answered", "待答复"),
    HoldStatus.DELIVERED: Text("delivered", "已送达"),
    HoldStatus.ACKNOWLEDGED: Text("acknowledged", "已签收"),
    HoldStatus.OVERDUE: Text("OVERDUE", "逾期未答复"),
    HoldStatus.HELD: Text("held", "已全额控制"),
    HoldStatus.HELD_PART: Text("held in part", "已部分控制"),
    HoldStatus.NOT_FOUND: Text("no such account", "查无此账户"),
    HoldStatus.NO_FUNDS: Text("nothing to hold", "无可控制资金"),
    HoldStatus.MOVED_ON: Text("moved on", "资金已转出"),
    HoldStatus.MISMATCH: Text("does not match", "信息不符"),
    HoldStatus.UNREADABLE: Text("cannot be read, to be sent again", "无法读取，待重新发送"),
    HoldStatus.REFUSED: Text("refused", "不予办理"),
    HoldStatus.WAITING: Text("waits behind an earlier hold", "轮候"),
    HoldStatus.TURN: Text("its turn has come", "轮候生效，待确认"),
    HoldStatus.RELEASED: Text("released", "已解除"),
    HoldStatus.CONTINUED: Text("continued by a later hold", "由后续措施接续"),
    HoldStatus.DISPOSED: Text("disposed by a court", "法院已处理"),
    HoldStatus.EXPIRED: Text("expired", "已到期"),
    HoldStatus.LAPSED: Text("lapsed", "已失效"),
    HoldStatus.WITHDRAWN: Text("withdrawn", "已撤回"),
}
_RELEASES: Final[Mapping[ReleaseReason, Text]] = {
    ReleaseReason.UNRELATED: Text("It has nothing to do with the case.", "经查明与案件无关。"),
    ReleaseReason.FULFILLED: Text("The purpose is fulfilled.", "措施目的已实现。"),
    ReleaseReason.NAMED_TWICE: Text("It was named twice.", "重复列入。"),
    ReleaseReason.EXEMPT_MINIMUM: Text(
        "What the holder and his dependants live on is exempt.", "保留本人及所扶养家属的生活必需费用。"
    ),
    ReleaseReason.OBJECTION: Text("An objection was justified.", "异议成立。"),
    ReleaseReason.ORDERED_BY_COURT: Text("A court ordered it.", "法院裁定解除。"),
    ReleaseReason.OTHER: Text("Another reason.", "其他原因。"),
}
_OUTCOMES: Final[Mapping[Outcome, Text]] = {
    Outcome.NONE: Text("not decided", "未决定"),
    Outcome.UPHELD: Text("upheld", "异议成立"),
    Outcome.UPHELD_IN_PART: Text("upheld in part", "异议部分成立"),
    Outcome.DISMISSED: Text("dismissed", "驳回异议"),
}
_OBJECTIONS: Final[Mapping[ObjectionStatus, Text]] = {
    ObjectionStatus.NONE: Text("unknown", "未知"),
    ObjectionStatus.PENDING: Text("awaits review", "待审查"),
    ObjectionStatus.OVERDUE: Text("review OVERDUE", "审查逾期"),
    ObjectionStatus.DECIDED: Text("decided", "已决定"),
}
