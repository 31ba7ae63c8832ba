# SPDX-License-Identifier: Apache-2.0
"""What can be said of an agency, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concordat.evidence.laws import Text
from concordat.membership.standing.score import Outcome

TEXTS: Final[Mapping[Outcome, Text]] = {
    Outcome.ANSWERED_IN_TIME: Text("answered in time", "按期答复"),
    Outcome.CONFIRMED: Text("confirmed by the other side", "获对方确认"),
    Outcome.FREEZE_ANSWERED: Text("answered a freeze request in time", "按期答复冻结请求"),
    Outcome.ACKNOWLEDGED_LATE: Text("acknowledged late", "逾期签收"),
    Outcome.ANSWERED_LATE: Text("answered late", "逾期答复"),
    Outcome.OVERDUE: Text("did not answer in time", "逾期未答复"),
    Outcome.REFUSED_WITHOUT_GROUND: Text("refused without a ground of law", "无法定理由拒绝"),
    Outcome.FREEZE_ANSWERED_LATE: Text("answered a freeze request late", "逾期答复冻结请求"),
    Outcome.FREEZE_OVERDUE: Text("did not answer a freeze request in time", "逾期未答复冻结请求"),
    Outcome.FREEZE_UNJUSTIFIED: Text("froze what had to be released", "冻结经审查应予解除"),
    Outcome.EVIDENCE_EXCLUDED: Text("gave evidence that a court excluded", "所提供证据被法院排除"),
    Outcome.DISPUTE_LOST: Text("lost a dispute before a panel", "评议败诉"),
    Outcome.USE_LIMIT_BREACHED: Text("used what it got against its limits", "违反使用限制"),
    Outcome.OBLIGATION_BREACHED: Text("did not perform a duty in time", "逾期未履行义务"),
}
