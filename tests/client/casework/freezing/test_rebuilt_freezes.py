# SPDX-License-Identifier: Apache-2.0
"""Freeze requests and holds from their events alone: after each act equal to what the contracts say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from freeze_stage import DAY, HOUR, Stage, request_text, stop

from concordat.assets.states import ReleaseReason
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework.freezing import lasting, requesting
from concordat.casework.rebuilding import World, compare


def equal(stage: Stage) -> None:
    """Rebuild everything; nothing may differ, now or later."""
    world, now = World().take(stage.ledger.world.events), stage.ledger.now()
    for at in (now, now + HOUR, now + 3 * DAY, now + 400 * DAY):
        found = compare(world, stage.ledger.call, at)
        assert found.differences == ()
        assert found.objects == found.equal
    assert found.objects["freeze"] and found.objects["hold"]


def renewed(stage: Stage, request: bytes) -> None:
    lasting.renew(stage.desk("superintendent"), request_text(request), stage.paper())


def by_court(stage: Stage, request: bytes) -> None:
    lasting.renew(stage.desk("judge"), request_text(request), stage.paper())


def reduced(stage: Stage, request: bytes) -> None:
    lasting.reduce(stage.desk("inspector"), request_text(request) + "#1", "200.00", ReleaseReason.UNRELATED)


def released(stage: Stage, request: bytes) -> None:
    lasting.release(stage.desk("inspector"), request_text(request), ReleaseReason.UNRELATED)


def expired(stage: Stage, _: bytes) -> None:
    stage.pass_time(40 * DAY)


@pytest.mark.parametrize("act", [renewed, reduced, released, expired])
def test_what_becomes_of_a_hold(freezing: Stage, act: Callable[[Stage, bytes], None]) -> None:
    request = freezing.held()
    equal(freezing)
    act(freezing, request)
    equal(freezing)


def test_answers_of_every_kind(freezing: Stage) -> None:
    for number, kind in enumerate((AnswerKind.NOT_FOUND, AnswerKind.MOVED_ON, AnswerKind.UNREADABLE)):
        request = freezing.running(number=f"JCC-{number}")
        freezing.answer(request, kind=kind, checker="")
        equal(freezing)
        freezing.pass_time(2 * DAY)
        equal(freezing)
    refused = freezing.running(number="JCC-9")
    freezing.answer(refused, kind=AnswerKind.REFUSED, code=next(iter(Refusal)))
    equal(freezing)


def test_stop_payments_lapse_or_are_continued(freezing: Stage) -> None:
    first = freezing.requested(number="JCC-STOP", **stop())
    freezing.answer(first)
    equal(freezing)
    requesting.ratify(freezing.desk("superintendent"), request_text(first))
    equal(freezing)
    second = freezing.running(number="JCC-FREEZE")
    freezing.answer(second, earlier=freezing.named(first), checker="")
    equal(freezing)
    third = freezing.requested(number="JCC-LAPSE", **stop())
    freezing.answer(third, kind=AnswerKind.BEHIND, earlier=freezing.named(first))
    equal(freezing)
    freezing.pass_time(3 * DAY)
    equal(freezing)


def test_foreign_requests(freezing: Stage) -> None:
    foreign = freezing.requested("my-inspector")
    equal(freezing)
    requesting.ratify(freezing.desk("my-superintendent"), request_text(foreign))
    equal(freezing)
    requesting.endorse(freezing.desk("endorser"), request_text(foreign))
    freezing.answer(foreign)
    equal(freezing)
    requesting.withdraw(freezing.desk("my-inspector"), request_text(foreign), ReleaseReason.FULFILLED)
    equal(freezing)
