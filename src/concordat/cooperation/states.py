# SPDX-License-Identifier: Apache-2.0
"""States and statuses of cooperation in English and Chinese, and what time makes of a request for assistance.

The numbers are those of ``interfaces/cooperation/``. A state is what was last written; a status is what it
means at a time. The contract computes the same; the client shows a status at its own clock, which goes on
where a quiet chain's stands still. A deadline is met at its very second. What lasts until T is over at T.
Times are seconds since 1970 UTC.
"""

# ruff: noqa: D102 - what the parts mean, the struct says

from __future__ import annotations

from enum import IntFlag, unique
from typing import Final, NamedTuple, Protocol

from concordat.cooperation.words import Word

DAY: Final = 86_400
SUPPLEMENT_WITHIN: Final = 60 * DAY
"""The asker gives what was asked for in addition."""
LONGEST_POSTPONEMENT: Final = 180 * DAY
"""Of one request in all."""


@unique
class AssistanceStatus(Word):
    """What a request for assistance is; the last four are made by time alone."""

    NONE = 0, "unknown", "未知"
    SUBMITTED = 1, "at the own central authority", "待本国中央机关转递"
    NOT_PASSED_ON = 2, "not passed on by the own central authority", "本国中央机关未予转递"
    SENT = 3, "sent, not yet acknowledged", "已发出，待签收"
    RECEIVED = 4, "received, not yet assigned", "已签收，待指定执行机关"
    ASSIGNED = 5, "with the executing agency", "已交执行机关"
    SUPPLEMENT_ASKED = 6, "a supplement is asked for; the clock stands", "要求补充材料，期限中止"
    ACCEPTED = 7, "accepted", "同意协助"
    ACCEPTED_WITH_CONDITIONS = 8, "accepted with conditions", "附条件同意协助"
    POSTPONED = 9, "postponed; the clock stands", "暂缓协助，期限中止"
    EXECUTING = 10, "being carried out", "执行中"
    PARTIAL = 11, "answered in part", "已部分答复"
    FULFILLED = 12, "fulfilled", "已完成"
    CONFIRMED = 13, "confirmed by the asker", "请求方已确认"
    DISPUTED = 14, "disputed, before a panel", "有争议，评议中"
    DISPUTE_LOST = 15, "not what was asked, a panel found", "评议认定与请求不符"
    REFUSED = 16, "refused", "拒绝协助"
    WITHDRAWN = 17, "withdrawn", "已撤回"
    OVERDUE_AT_HOME = 18, "OVERDUE at the own central authority", "本国中央机关逾期未转递"
    OVERDUE_RECEIPT = 19, "OVERDUE: nobody acknowledged", "逾期未签收"
    OVERDUE = 20, "OVERDUE: no answer", "逾期未答复"
    STALE = 21, "lapsed: the supplement never came", "逾期未补充，已失效"

    @property
    def is_over(self) -> bool:
        """Whether nobody owes an answer any more."""
        return self in _OVER

    @property
    def is_late(self) -> bool:
        """Whether somebody's deadline has passed."""
        return self in _LATE

    @property
    def stands(self) -> bool:
        """Whether the clock stands."""
        return self in (AssistanceStatus.SUPPLEMENT_ASKED, AssistanceStatus.POSTPONED)


class AssistanceFlag(IntFlag):
    """``ASSISTANCE_*`` bits."""

    DIRECT = 1
    PRESENCE_WISHED = 2
    PRESENCE_GRANTED = 4
    BEYOND_CAP = 8
    FORWARDED = 16
    ASSIGNED_LATE = 32


@unique
class AgreementStatus(Word):
    """What an agreement is at a time."""

    NONE = 0, "unknown", "未知"
    NEGOTIATING = 1, "under negotiation, binds nobody", "磋商中，尚无约束力"
    AGREED = 2, "agreed, being ratified", "已商定，待批准"
    IN_FORCE = 3, "in force", "有效"
    ENDED = 4, "ended", "已终止"


@unique
class ObligationStatus(Word):
    """What a duty under an agreement is at a time."""

    NONE = 0, "unknown", "未知"
    PENDING = 1, "to be performed", "待履行"
    PERFORMED = 2, "performed", "已履行"
    BREACHED = 3, "BREACHED", "逾期未履行"


@unique
class CaseStatus(Word):
    """What a case is."""

    NONE = 0, "unknown", "未知"
    OPEN = 1, "open, one jurisdiction leads", "办理中，由一方主导"
    CONFLICT = 2, "claimed by several, under consultation", "管辖冲突，磋商中"
    SETTLED = 3, "settled who leads", "已商定主导方"
    CLOSED = 4, "closed", "已结案"


@unique
class TeamStatus(Word):
    """What a joint team is at a time."""

    NONE = 0, "unknown", "未知"
    FORMING = 1, "being formed", "组建中"
    RUNNING = 2, "running", "运行中"
    ENDED = 3, "ended", "已结束"


@unique
class ActionStatus(Word):
    """What a joint action is at a time."""

    NONE = 0, "unknown", "未知"
    PROPOSED = 1, "proposed", "已提议"
    APPROVED = 2, "approved", "已批准"
    DONE = 3, "carried out", "已执行"
    EXPIRED = 4, "expired", "已过期"


@unique
class TaskStatus(Word):
    """What a task between units is at a time."""

    NONE = 0, "unknown", "未知"
    ASSIGNED = 1, "assigned", "已交办"
    ACCEPTED = 2, "accepted", "已接受"
    DONE = 3, "done", "已办结"
    DECLINED = 4, "declined", "不予办理"
    CANCELLED = 5, "cancelled", "已取消"
    OVERDUE = 6, "OVERDUE", "逾期未办结"


@unique
class DisputeStatus(Word):
    """What a dispute is at a time."""

    NONE = 0, "unknown", "未知"
    COMMITTING = 1, "waits for a commitment", "待提交承诺"
    REVEALING = 2, "both sides reveal their secrets", "待公开密值"
    VOTING = 3, "the panel votes", "评议表决中"
    UPHELD = 4, "upheld", "异议成立"
    DISMISSED = 5, "dismissed", "异议不成立"
    UNDECIDED = 6, "undecided: nothing changes", "未作出决定，维持原状"


class AssistanceFacts(Protocol):
    """What a request's status depends on: the struct ``Assistance`` has it."""

    @property
    def state(self) -> int: ...
    @property
    def acknowledge_by(self) -> int: ...
    @property
    def answer_by(self) -> int: ...
    @property
    def paused_at(self) -> int: ...


class Pause(NamedTuple):
    """What ``pauseOf`` says of a request whose clock stands.

    Attributes:
        before: the state to which it returns.
        until: end of a postponement, which the deadline counts on already; 0: nobody knows.
    """

    before: AssistanceStatus = AssistanceStatus.NONE
    until: int = 0


EXECUTABLE: Final = frozenset(
    {
        AssistanceStatus.ASSIGNED,
        AssistanceStatus.ACCEPTED,
        AssistanceStatus.ACCEPTED_WITH_CONDITIONS,
        AssistanceStatus.EXECUTING,
        AssistanceStatus.PARTIAL,
    }
)
"""An answer is expected of the executor, and the clock runs."""
_CLOCKED: Final = EXECUTABLE | {AssistanceStatus.SENT, AssistanceStatus.RECEIVED}
_OVER: Final = frozenset(
    {
        AssistanceStatus.NOT_PASSED_ON,
        AssistanceStatus.FULFILLED,
        AssistanceStatus.CONFIRMED,
        AssistanceStatus.DISPUTED,
        AssistanceStatus.DISPUTE_LOST,
        AssistanceStatus.REFUSED,
        AssistanceStatus.WITHDRAWN,
        AssistanceStatus.STALE,
    }
)
_LATE: Final = frozenset(
    {AssistanceStatus.OVERDUE_AT_HOME, AssistanceStatus.OVERDUE_RECEIPT, AssistanceStatus.OVERDUE}
)


def status_at(request: AssistanceFacts, at: int, pause: Pause | None = None) -> AssistanceStatus:
    """What a request is at a time.

    Args:
        request: as last written.
        at: when, not before the last change.
        pause: of a request whose clock stands.
    """
    state, stands = AssistanceStatus(request.state), pause or Pause()
    if state is AssistanceStatus.SUBMITTED:
        return AssistanceStatus.OVERDUE_AT_HOME if at > request.acknowledge_by else state
    if state is AssistanceStatus.SUPPLEMENT_ASKED:
        return AssistanceStatus.STALE if at > request.paused_at + SUPPLEMENT_WITHIN else state
    if state is AssistanceStatus.POSTPONED:
        if at < stands.until:
            return state
        state = AssistanceStatus(stands.before)
    if state not in _CLOCKED:
        return state
    if at > request.answer_by:
        return AssistanceStatus.OVERDUE
    late = state is AssistanceStatus.SENT and at > request.acknowledge_by
    return AssistanceStatus.OVERDUE_RECEIPT if late else state


def answer_due(request: AssistanceFacts, at: int) -> int:
    """Until when the answer is due, if a supplement that is asked for came at that time."""
    if request.state == AssistanceStatus.SUPPLEMENT_ASKED:
        return request.answer_by + max(0, at - request.paused_at)
    return request.answer_by
