# SPDX-License-Identifier: Apache-2.0
"""Attacks on freezing that a hostile review found, each named by what it would win, and how it fails.

Every caller may be hostile, members and officers too: an institution that lets go, an agency that keeps an
account holder from being heard, an authority that lets one key do what takes two.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.assets.objectors import (
    DISMISSED,
    GROUNDS,
    IN_PART,
    OTHER_GROUNDS,
    UPHELD,
    awaits_review,
    object_to,
    on_notice,
    review,
    status,
)
from tests.contracts.assets.stage import (
    BEHIND,
    FREEZE,
    HELD,
    HELD_PART,
    INSURANCE,
    JEWELLERY,
    WHOLE,
    Profile,
    adopt_profiles,
    answer,
    ask,
    check,
    endorsed,
    held,
    hold_id,
    hold_status,
    order,
    profile_key,
    ratified,
    stop_order,
    target,
)
from tests.contracts.assets.victims import (
    enter,
    entry,
    objections_until,
    open_plan,
    signed_objection,
    victims_entry,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, HOUR, JUDGE, OBJECT, RATIFY, RATIFY_HIGH, RELEASE, REVIEW, SG, Suite

AMOUNT = 1_000_00
Which = tuple[bytes, bytes]


def naming(earlier: Which) -> dict[str, Any]:
    return {"earlier_request": earlier[0], "earlier_target": earlier[1]}


def hexed(which: Which) -> str:
    return "0x" + hold_id(*which).hex()


def waiting(suite: Suite, first: Which) -> int:
    return int(suite.holds.linkOf(hold_id(*first))[4])


# An institution lets go of what others ordered


def test_an_answer_to_one_agency_ends_no_hold_of_another(suite: Suite) -> None:
    first = held(suite, name="first")
    abroad = target(suite, "second")
    second = endorsed(suite, abroad, given=order("from abroad")), abroad[1]
    with reverts("EarlierMisstated", hexed(first)):
        answer(suite, *second, **naming(first))
    answer(suite, *second, BEHIND, **naming(first))
    assert (hold_status(suite, *first), hold_status(suite, *second)) == ("Held", "Waiting")


@pytest.mark.parametrize("kind", [HELD, HELD_PART])
def test_an_answer_lets_go_of_nothing(suite: Suite, kind: int) -> None:
    """One unit held "instead of" a thousand, by one officer and unconfirmed."""
    first = held(suite, name="first")
    named = target(suite, "second", amount=0, scope=WHOLE)
    second = ratified(suite, named, given=order("second")), named[1]
    with reverts("AmountMisstated", hexed(second), AMOUNT - 1, AMOUNT):
        answer(suite, *second, kind, AMOUNT - 1, **naming(first))
    assert hold_status(suite, *first) == "Held"
    answer(suite, *second, kind, AMOUNT, **naming(first))
    check(suite, *second)
    assert hold_status(suite, *first) == "Continued"


def test_what_was_let_go_of_before_need_not_be_held_again(suite: Suite) -> None:
    first = held(suite, name="first")
    named = target(suite, "second", amount=400_00)
    second = ratified(suite, named, given=order("second")), named[1]
    suite.holds.release(*first, 600_00, 1, {"from": suite.releaser})
    answer(suite, *second, HELD, 400_00, **naming(first))
    check(suite, *second)
    assert hold_status(suite, *first) == "Continued"


def test_an_institutions_own_hold_is_continued_for_whoever_asks(suite: Suite) -> None:
    own = target(suite, "own")
    given = stop_order("own", period=DAY)
    tx = suite.requests.holdOwn(given, own, {"from": suite.teller})
    first = bytes(tx.events["FreezeRequested"]["request"]), own[1]
    check(suite, *first)
    abroad = target(suite, "second")
    second = endorsed(suite, abroad, given=order("from abroad")), abroad[1]
    answer(suite, *second, **naming(first))
    check(suite, *second)
    assert hold_status(suite, *first) == "Continued"


# Places in the queue that nobody gives back


def test_a_place_is_free_once_the_lapse_of_who_waited_is_recorded(suite: Suite) -> None:
    """Behind, never confirmed, overdue: recorded, and withdrawn later; the place was lost for ever."""
    first, named = held(suite, name="first"), target(suite, "second")
    second = ratified(suite, named, given=order("second")), named[1]
    answer(suite, *second, BEHIND, **naming(first))
    assert waiting(suite, first) == 1
    next_block_at(suite.holds.replyBy(*second) + 1)
    suite.holds.recordLapse(*second, {"from": suite.actor("stranger")})
    assert (hold_status(suite, *second), waiting(suite, first)) == ("Overdue", 0)
    suite.requests.withdraw(second[0], 1, {"from": suite.releaser})
    with reverts("LapseAlreadyRecorded", hexed(second)):
        suite.holds.recordLapse(*second, {"from": suite.actor("stranger")})


def test_nobody_gives_back_a_place_twice(suite: Suite) -> None:
    first, names = held(suite, name="first"), [target(suite, name) for name in ("second", "third")]
    request = ratified(suite, *names, given=order("both"))
    second, third = ((request, each[1]) for each in names)
    answer(suite, *second, BEHIND, **naming(first))
    answer(suite, *third, BEHIND, **naming(first))
    check(suite, *third)
    next_block_at(suite.holds.replyBy(*second) + 1)
    suite.holds.recordLapse(*second, {"from": suite.actor("stranger")})
    assert waiting(suite, first) == 1
    answer(suite, *second, BEHIND, **naming(first))
    assert waiting(suite, first) == 2
    answer(suite, *second)
    assert waiting(suite, first) == 1


# An account holder who is not heard


def test_a_members_objections_to_one_hold_are_bounded(suite: Suite) -> None:
    """Each of them stops a return before judgment until somebody decides it."""
    request, named = on_notice(suite)
    for number in range(3):
        grounds = bytes([number + 1]) * 32
        suite.objections.objectAsMember(request, named, grounds, {"from": suite.bank_objector})
        review(suite, request, named, DISMISSED)
    with reverts("TooManyObjections", hold_id(request, named), suite.ids["sg_bank"], 3):
        suite.objections.objectAsMember(request, named, b"\x09" * 32, {"from": suite.bank_objector})
    object_to(suite, request)


def test_who_judges_does_so_for_a_court(suite: Suite) -> None:
    """An agency that is no court gives an officer of its own the power to judge."""
    suite.appoint("sg_police", "judging officer", JUDGE)
    suite.appoint("sg_unit", "judging unit", JUDGE)
    mine, unit = {"from": suite.actor("judging officer")}, {"from": suite.actor("judging unit")}
    not_ours = reverts("NotACourt", suite.ids["sg_police"])
    named = target(suite, "asked")
    asked = ask(suite, order("asked"), named)
    with not_ours:
        suite.requests.ratify(asked, mine)
    suite.requests.ratify(asked, {"from": suite.judge})
    answer(suite, asked, named[1])
    check(suite, asked, named[1])
    with not_ours:
        suite.requests.withdraw(asked, 1, mine)
    with not_ours:
        suite.holds.release(asked, named[1], 1, 1, mine)
    with not_ours:
        suite.holds.renew(asked, named[1], DAY, b"\x09" * 32, mine)
    suite.objections.objectAsMember(asked, named[1], b"\x09" * 32, {"from": suite.bank_objector})
    with reverts("NotACourt", suite.ids["sg_unit"]):
        suite.objections.review(asked, named[1], DISMISSED, 0, b"\x09" * 32, unit)


def test_no_members_objection_keeps_the_account_holder_out(suite: Suite) -> None:
    request, named = on_notice(suite)
    suite.objections.objectAsMember(request, named, OTHER_GROUNDS, {"from": suite.bank_objector})
    object_to(suite, request)
    suite.appoint("sg_unit", "unit objector", OBJECT)
    with reverts("StillPending", hold_id(request, named), 1):
        suite.objections.objectAsMember(request, named, b"\x09" * 32, {"from": suite.actor("unit objector")})
    with reverts("StillPending", hold_id(request, named), 2):
        object_to(suite, request, b"\x09" * 32)


def test_no_member_takes_an_account_holders_grounds(suite: Suite) -> None:
    """The signature seen on its way, its grounds objected to first as one's own, and dismissed."""
    request, named = on_notice(suite)
    suite.objections.objectAsMember(request, named, GROUNDS, {"from": suite.bank_objector})
    review(suite, request, named, DISMISSED)
    object_to(suite, request)
    assert status(suite, request, named, 2) == "Pending"
    with reverts("SameGrounds", hold_id(request, named), GROUNDS):
        suite.objections.objectAsMember(request, named, GROUNDS, {"from": suite.bank_objector})


@pytest.mark.parametrize("holder_first", [True, False])
def test_a_decision_meets_the_older_of_two(suite: Suite, holder_first: bool) -> None:
    request, named = on_notice(suite)
    if holder_first:
        object_to(suite, request)
    suite.objections.objectAsMember(request, named, OTHER_GROUNDS, {"from": suite.bank_objector})
    if not holder_first:
        object_to(suite, request)
    review(suite, request, named, IN_PART, 1_00)
    assert [status(suite, request, named, number) for number in (1, 2)] == ["Decided", "Pending"]
    assert awaits_review(suite, request, named)
    review(suite, request, named, UPHELD)
    assert status(suite, request, named, 2) == "Decided"
    assert not awaits_review(suite, request, named)
    with reverts("NoObjectionPending", hold_id(request, named)):
        review(suite, request, named, DISMISSED)


def test_a_claim_entered_at_the_last_second_is_objected_to(suite: Suite) -> None:
    plan = open_plan(suite)
    entries = victims_entry(suite), entry("another")
    next_block_at(suite.restitution.planOf(plan)[7])
    enter(suite, plan, *entries)
    last = objections_until(suite, plan)
    next_block_at(last - HOUR)
    suite.actor("stranger").transfer(suite.actor("victim"), 0)
    given = signed_objection(suite, plan)
    next_block_at(last)
    suite.restitution.objectTo(*given, {"from": suite.actor("stranger")})
    next_block_at(last + 1)
    with reverts("ObjectionsOpen", 1):
        suite.restitution.decide(plan, b"\x01" * 32, {"from": suite.judge})


def test_a_notice_without_an_end_breaks_nothing(suite: Suite) -> None:
    end = (1 << 40) - 1
    plan = open_plan(suite, notice=end - now() - DAY)
    enter(suite, plan, entry("one"))
    with reverts("NoticeRuns"):
        suite.restitution.decide(plan, b"\x01" * 32, {"from": suite.judge})
    suite.restitution.close(plan, {"from": suite.distributor})


# A law that lets one key do what takes two


@pytest.mark.parametrize(
    ("changes", "error", "mask"),
    [
        ({"ratifiers": RELEASE}, "RolesUndefined", RELEASE),
        ({"reviewers": REVIEW | OBJECT}, "RolesUndefined", OBJECT),
        ({"starters": RATIFY, "ratifiers": RATIFY_HIGH}, "RolesOverlap", RATIFY | RATIFY_HIGH),
        (
            {"starters": RATIFY_HIGH, "ratifiers": JUDGE, "reviewers": RATIFY},
            "RolesOverlap",
            RATIFY | RATIFY_HIGH,
        ),
    ],
)
def test_no_law_lets_one_key_start_and_approve(
    suite: Suite, changes: dict[str, int], error: str, mask: int
) -> None:
    """An officer may have REQUEST and RELEASE, or both ranks that ratify, in one key."""
    with reverts(error, profile_key(SG, FREEZE, JEWELLERY), mask >> 8):
        adopt_profiles(suite, "sg_authority", SG, (FREEZE, JEWELLERY, Profile(**changes)))


def test_a_first_law_with_a_wrong_year_is_cancelled(suite: Suite) -> None:
    """It would have barred every other until then."""
    key = profile_key(SG, FREEZE, INSURANCE)
    adopt_profiles(suite, "sg_authority", SG, (FREEZE, INSURANCE, Profile(start=now() + 1000 * 365 * DAY)))
    suite.profiles.cancel(key, {"from": suite.sg_authority})
    assert suite.profiles.versionCount(key) == 0
    with reverts("NoProfile", key):
        suite.profiles.current(key)
    adopt_profiles(suite, "sg_authority", SG, (FREEZE, INSURANCE, Profile()))
    assert suite.profiles.current(key)[0] == 1
    with reverts("NoProfilePending", key):
        suite.profiles.cancel(key, {"from": suite.sg_authority})
