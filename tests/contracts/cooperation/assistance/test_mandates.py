# SPDX-License-Identifier: Apache-2.0
"""What a request covers: whose collection, where, when and how; asked alone and by the evidence registry."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.evidence.methods import Method
from tests.contracts.clock import next_block_at, now, pass_time
from tests.contracts.cooperation.assistance.acts import (
    CHANGED_AT,
    PATHS,
    bring_to,
    do,
    hexed,
    order,
    told,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, HOUR, METHOD, MY, SG, ZERO32, Suite

IMAGING, PRODUCTION = Method.STORAGE_IMAGING, Method.PROVIDER_PRODUCTION
ASKED = order(methods=1 << IMAGING | 1 << PRODUCTION, presence=True)


def covers(suite: Suite, request: bytes, **changes: Any) -> bool:
    """Of a collection of Malaysian police at home, now, by imaging."""
    values = {
        "agency": suite.ids["my_police"],
        "place": MY,
        "data_location": MY,
        "at": now(),
        "method": IMAGING,
    }
    assert changes.keys() <= values.keys()
    return bool(suite.mandates.covers(request, *(values | changes).values()))


ACCEPTED = {path for path, steps in PATHS.items() if {"accept", "acceptWithConditions"} & set(steps)}
ANSWERED = {"Fulfilled", "Confirmed", "Disputed", "DisputeLost"}


@pytest.mark.parametrize("path", PATHS)
def test_it_covers_from_acceptance_to_the_full_answer(suite: Suite, path: str) -> None:
    request = bring_to(suite, path, ASKED)
    accepted = suite.answers.acceptedAt(request)
    assert bool(accepted) == (path in ACCEPTED)
    assert covers(suite, request, at=accepted) == (path in ACCEPTED)
    assert not covers(suite, request, at=max(accepted, 1) - 1)
    assert covers(suite, request, at=now() + HOUR) == (path in ACCEPTED - ANSWERED)
    if path in ANSWERED:
        answered = told(suite, request, 13)
        assert covers(suite, request, at=answered)
        assert not covers(suite, request, at=answered + 1)


@pytest.mark.parametrize("end", ["withdraw", "refuse"])
def test_it_covers_until_it_is_taken_back_or_refused(suite: Suite, end: str) -> None:
    request = bring_to(suite, "Accepted", ASKED)
    next_block_at(now() + HOUR)
    do(suite, request, end)
    over = told(suite, request, CHANGED_AT)
    assert covers(suite, request, at=over - 1)
    assert not covers(suite, request, at=over)


@pytest.mark.parametrize(
    "changes",
    [
        {"place": CN},
        {"place": SG, "data_location": SG},
        {"data_location": CN},
        {"method": Method.LIVE_CAPTURE},
        {"method": Method.OTHER},
        {"method": 0},
        {"method": 18},
    ],
)
def test_it_covers_nothing_else(suite: Suite, changes: dict[str, Any]) -> None:
    request = bring_to(suite, "Accepted", ASKED)
    assert covers(suite, request)
    assert covers(suite, request, method=PRODUCTION)
    assert not covers(suite, request, **changes)


def test_other_methods_are_covered_where_they_are_named(suite: Suite) -> None:
    request = bring_to(suite, "Accepted", order(methods=1))
    assert covers(suite, request, method=Method.OTHER)
    assert not covers(suite, request, method=0)
    assert not covers(suite, request, method=IMAGING)
    assert not covers(suite, request, method=16)


def test_it_covers_nobody_else(suite: Suite) -> None:
    request = bring_to(suite, "Accepted", ASKED)
    for agency in ("my_prosecutor", "my_authority", "cn_police", "sg_police"):
        assert not covers(suite, request, agency=suite.ids[agency])


@pytest.mark.parametrize("granted", [True, False])
def test_the_askers_officials_are_covered_where_their_presence_was_granted(
    suite: Suite, granted: bool
) -> None:
    request = bring_to(suite, "Assigned", ASKED)
    suite.answers.accept(request, ZERO32, granted, {"from": suite.my_answerer})
    asker = suite.ids["cn_police"]
    assert covers(suite, request, agency=asker) == granted
    assert covers(suite, request, agency=asker, data_location=CN) == granted
    assert not covers(suite, request, agency=asker, data_location=SG)
    assert not covers(suite, request, agency=asker, place=CN)
    assert covers(suite, request)
    assert not covers(suite, request, data_location=CN)


def test_an_unknown_request_covers_nothing(suite: Suite) -> None:
    assert not covers(suite, ZERO32)
    assert not covers(suite, b"\x66" * 32, agency=0, place=0, data_location=0)


def test_evidence_collected_at_home_may_cite_it_and_then_it_must_cover(suite: Suite) -> None:
    request = bring_to(suite, "Accepted", ASKED)
    pass_time(2 * HOUR)
    early = suite.collection(suite.collector, suite.facts(ago=3 * HOUR), mandate=request)
    with reverts("MandateDoesNotCover", hexed(request)):
        suite.register(early, suite.collector)
    assert METHOD == IMAGING
    given = suite.collection(suite.collector, suite.facts(), mandate=request)
    event = suite.register(given, suite.collector).events["MandateCited"]
    assert bytes(event["mandate"]) == request
