# SPDX-License-Identifier: Apache-2.0
"""Freeze profiles: adopted by the country itself, with every deadline and role; later ones after notice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.contracts.assets.stage import (
    CASH,
    FREEZE,
    INSURANCE,
    RULES,
    SECURITIES,
    STOP,
    Profile,
    adopt_profiles,
    ask,
    order,
    profile_key,
)
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import COLLECT, DAY, HOUR, JUDGE, MY, RATIFY_HIGH, REQUEST, REVIEW, SG, Suite

KEY = profile_key(SG, FREEZE, SECURITIES)
NOTICE = 7 * DAY


def adopt(suite: Suite, profile: Profile, by: str = "sg_authority", measure: int = FREEZE) -> Any:
    return adopt_profiles(suite, by, SG, (measure, SECURITIES, profile))


def later(suite: Suite, ahead: int = 8 * DAY, **changes: Any) -> Profile:
    """A second version, announced."""
    adopt(suite, Profile())
    profile = Profile(start=now() + ahead, longest=10 * DAY, **changes)
    adopt(suite, profile)
    return profile


# Adopting


def test_what_is_adopted_stands(suite: Suite) -> None:
    every = Profile(
        start=1_600_000_000, longest=1, total=2, ratify_within=3, reply_within=4, check_within=5, renewals=6,
        stops=7, flags=1, starters=REQUEST, ratifiers=RATIFY_HIGH, renewers=JUDGE, reviewers=REVIEW,
        endorser=suite.ids["sg_unit"], review_within=8, turn_within=9, own_hold=10, own_total=11,
    )  # fmt: skip
    tx = adopt(suite, every, measure=STOP)
    key = profile_key(SG, STOP, SECURITIES)
    assert suite.profiles.current(key) == (1, every.struct())
    assert suite.profiles.profileAt(key, 1) == every.struct()
    assert (suite.profiles.versionCount(key), suite.profiles.versionInForce(key, now())) == (1, 1)
    event = tx.events["ProfileAdopted"]
    assert (event["key"], event["version"], event["profile"]) == (key, 1, every.struct())
    assert bytes(event["rules"]) == RULES


def test_widest_values_fit(suite: Suite) -> None:
    """Nothing runs into its neighbour."""
    most = Profile(
        longest=2**32 - 1, total=2**32 - 1, ratify_within=2**24 - 1, reply_within=2**24 - 1,
        check_within=2**24 - 1, renewals=255, stops=255, flags=1, review_within=2**24 - 1,
        turn_within=2**24 - 1, own_hold=2**24 - 1, own_total=2**24 - 1,
    )  # fmt: skip
    adopt(suite, most, measure=STOP)
    assert suite.profiles.current(profile_key(SG, STOP, SECURITIES)) == (1, most.struct())


@pytest.mark.parametrize("who", ["my_authority", "sg_police", "requester", "judge", "stranger"])
def test_only_the_countrys_own_authority_adopts_and_cancels(suite: Suite, who: str) -> None:
    with reverts("NotCentralAuthority", suite.actors[who], SG):
        adopt(suite, Profile(), by=who)
    later(suite)
    with reverts("NotCentralAuthority", suite.actors[who], SG):
        suite.profiles.cancel(KEY, {"from": suite.actors[who]})


@pytest.mark.parametrize(
    ("changes", "error", "values"),
    [
        ({"longest": 0}, "NoPeriod", ()),
        ({"longest": 10, "total": 9}, "TotalBelowPeriod", (9, 10)),
        ({"ratify_within": 0}, "DeadlineMissing", ()),
        ({"reply_within": 0}, "DeadlineMissing", ()),
        ({"check_within": 0}, "DeadlineMissing", ()),
        ({"review_within": 0}, "DeadlineMissing", ()),
        ({"turn_within": 0}, "DeadlineMissing", ()),
        ({"starters": 0}, "RolesMissing", ()),
        ({"ratifiers": 0}, "RolesMissing", ()),
        ({"renewers": 0}, "RolesMissing", ()),
        ({"reviewers": 0}, "RolesMissing", ()),
        ({"reviewers": REVIEW | 1 << 39}, "RolesUndefined", (1 << 31,)),
        ({"renewers": 1 << 22}, "RolesUndefined", (1 << 14,)),
        ({"ratifiers": REQUEST | JUDGE}, "RolesOverlap", (REQUEST >> 8,)),
        ({"reviewers": REQUEST | JUDGE}, "RolesOverlap", (REQUEST >> 8,)),
        ({"own_hold": 1}, "OwnHoldMisdeclared", ()),
        ({"own_total": 1}, "OwnHoldMisdeclared", ()),
        ({"until": 1}, "ProfileUntilGiven", ()),
        ({"flags": 2}, "FlagsUndefined", (2,)),
    ],
)
def test_what_is_no_law_is_refused(
    suite: Suite, changes: dict[str, int], error: str, values: tuple[int, ...]
) -> None:
    with reverts(error, KEY, *values):
        adopt(suite, Profile(**changes))


def test_an_extension_ends_no_earlier_than_what_it_extends(suite: Suite) -> None:
    with reverts("OwnHoldMisdeclared", profile_key(SG, STOP, SECURITIES)):
        adopt(suite, Profile(own_hold=10, own_total=9), measure=STOP)


@pytest.mark.parametrize(("measure", "asset_class"), [(0, CASH), (FREEZE, 0)])
def test_a_profile_is_of_a_measure_and_a_class(suite: Suite, measure: int, asset_class: int) -> None:
    with reverts("UnknownKind", measure, asset_class):
        adopt_profiles(suite, "sg_authority", SG, (measure, asset_class, Profile()))


@pytest.mark.parametrize("name", ["my_police", "sg_bank", "sg_payer"])
def test_an_endorser_is_an_authority_of_the_country(suite: Suite, name: str) -> None:
    """Not from abroad, and never one who would answer its own endorsement."""
    with reverts("UnfitEndorser", KEY, suite.ids[name]):
        adopt(suite, Profile(endorser=suite.ids[name]))
    with reverts("UnfitEndorser", KEY, SG << 16 | 99):
        adopt(suite, Profile(endorser=SG << 16 | 99))


def test_masks_carry_the_powers_themselves(suite: Suite) -> None:
    assert COLLECT >> 8 == 0
    with reverts("RolesMissing", KEY):
        adopt(suite, Profile(starters=COLLECT))


# Versions


@pytest.mark.parametrize(("early", "fine"), [(1, False), (0, True)])
def test_a_later_version_needs_seven_days(suite: Suite, early: int, fine: bool) -> None:
    adopt(suite, Profile())
    at = now() + HOUR
    next_block_at(at)
    profile = Profile(start=at + NOTICE - early)
    if fine:
        adopt(suite, profile)
        return
    with reverts("ProfileNoticeTooShort", KEY, at + NOTICE - early, at + NOTICE):
        adopt(suite, profile)


def test_the_first_may_start_at_the_laws_own_date(suite: Suite) -> None:
    adopt(suite, Profile(start=1))
    assert suite.profiles.versionInForce(KEY, 0) == 0
    assert suite.profiles.versionInForce(KEY, 1) == 1


def test_a_version_takes_over_at_its_second(suite: Suite) -> None:
    second = later(suite)
    assert suite.profiles.current(KEY)[0] == 1
    assert suite.profiles.versionInForce(KEY, second.start - 1) == 1
    assert suite.profiles.versionInForce(KEY, second.start) == 2
    first = suite.profiles.profileAt(KEY, 1)
    assert first == replace(Profile(), until=second.start).struct()
    next_block_at(second.start)
    adopt_profiles(suite, "my_authority", MY, (FREEZE, INSURANCE, Profile()))  # a block at that second
    assert suite.profiles.current(KEY) == (2, second.struct())


def test_one_version_waits_at_a_time(suite: Suite) -> None:
    second = later(suite)
    with reverts("ProfilePending", KEY, 2, second.start):
        adopt(suite, Profile(start=now() + 30 * DAY))


def test_cancelling_reopens_the_one_before(suite: Suite) -> None:
    later(suite)
    tx = suite.profiles.cancel(KEY, {"from": suite.sg_authority})
    assert (tx.events["ProfileCancelled"]["key"], tx.events["ProfileCancelled"]["version"]) == (KEY, 2)
    assert suite.profiles.current(KEY) == (1, Profile().struct())
    assert suite.profiles.versionCount(KEY) == 1
    with reverts("NoSuchProfileVersion", KEY, 2):
        suite.profiles.profileAt(KEY, 2)
    with reverts("NoProfilePending", KEY):
        suite.profiles.cancel(KEY, {"from": suite.sg_authority})
    adopt(suite, Profile(start=now() + 8 * DAY))


def test_what_is_in_force_is_not_cancelled(suite: Suite) -> None:
    second = later(suite)
    next_block_at(second.start)
    with reverts("NoProfilePending", KEY):
        suite.profiles.cancel(KEY, {"from": suite.sg_authority})


def test_without_a_profile_in_force_there_is_none(suite: Suite) -> None:
    with reverts("NoProfile", KEY):
        suite.profiles.current(KEY)
    with reverts("NoProfile", KEY):
        suite.profiles.termsNow(KEY)
    with reverts("NoSuchProfileVersion", KEY, 0):
        suite.profiles.profileAt(KEY, 0)
    adopt(suite, Profile(start=now() + DAY))
    with reverts("NoProfile", KEY):
        suite.profiles.current(KEY)


def test_a_request_keeps_the_law_under_which_it_was_made(suite: Suite) -> None:
    second = later(suite)
    old = ask(suite, order("old", asset_class=SECURITIES, period=180 * DAY))
    next_block_at(second.start)
    with reverts("PeriodBeyondProfile", 180 * DAY, 10 * DAY):
        ask(suite, order("new", asset_class=SECURITIES, period=180 * DAY))
    assert suite.requests.requestOf(old)[2] == 1
    new = ask(suite, order("new", asset_class=SECURITIES, period=10 * DAY))
    assert suite.requests.requestOf(new)[2] == 2
