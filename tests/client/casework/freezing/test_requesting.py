# SPDX-License-Identifier: Apache-2.0
"""From an order to a request that binds, at home and from abroad."""

from __future__ import annotations

from freeze_stage import Stage, request_text

from concordat.assets import holds, requests
from concordat.assets.states import HoldStatus, RequestStatus
from concordat.casework.freezing import requesting


def test_a_request_at_home_binds_once_ratified(freezing: Stage) -> None:
    sent = requesting.request(freezing.desk("inspector"), freezing.order())
    request = sent.file.told.id
    assert sent.carried and not sent.foreign and not sent.done.before
    now = freezing.ledger.now()
    assert requests.status_at(freezing.ledger, request, now) is RequestStatus.AWAITING_RATIFICATION
    done = requesting.ratify(freezing.desk("superintendent"), request_text(request))
    assert not done.before
    assert requests.status_at(freezing.ledger, request, freezing.ledger.now()) is RequestStatus.RUNNING
    named = freezing.named(request)
    assert holds.status_at(freezing.ledger, request, named.target, freezing.ledger.now()) is HoldStatus.OPEN
