# SPDX-License-Identifier: Apache-2.0
"""Who becomes a member, who goes, what is taken from whom by whom, and what nobody takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import now, pass_time
from tests.contracts.membership.councilstage import (
    REASON,
    VN,
    by_council,
    founder,
    may,
    requester,
    voting_officer,
)
from tests.contracts.nodes import set_storage
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    ANSWER,
    CHECK,
    CN,
    COLLECT,
    CURE,
    DAY,
    MY,
    NOBODY,
    OBJECT,
    OFFICE,
    REGISTER,
    RELEASE,
    REQUEST,
    SG,
    VOTE,
    WITHDRAW,
    Suite,
    agency_id,
)

FLOOR = (COLLECT, REGISTER, ANSWER, CHECK, RELEASE, OBJECT, VOTE)
FOR_EVER = 2**40 - 1
EMERGENCY, EXCLUSION, STANDING = 2, 3, 4


def terms_of(suite: Suite, agency: str, officer: str) -> tuple[Any, ...]:
    return suite.terms(agency, suite.actor(officer), COLLECT)


# Admission


def test_the_council_admits_a_new_jurisdiction(suite: Suite) -> None:
    tx = suite.agencies.admit(founder(suite, "vn_authority", VN), by_council(suite))
    assert tx.events["JurisdictionJoined"]["jurisdiction"] == VN
    assert suite.agencies.wasMemberAt(VN, now()) and not suite.agencies.wasMemberAt(VN, now() - 1)
    assert suite.agencies.membersAt(now()) == 4 and suite.agencies.membersAt(now() - 1) == 3
    assert suite.agencies.membersAt(1) == 0
    assert suite.agencies.votingJurisdiction(suite.vn_authority) == VN


def test_nobody_else_admits(suite: Suite) -> None:
    newcomer = founder(suite, "vn_authority", VN)
    for name in ("stranger", "cn_authority", "cn_police", "collector"):
        with reverts("NotTheCouncil", suite.actors[name]):
            suite.agencies.admit(newcomer, {"from": suite.actors[name]})
        with reverts("NotTheCouncil", suite.actors[name]):
            suite.agencies.readmit(VN, {"from": suite.actors[name]})


def test_a_jurisdiction_without_authority_has_no_vote(suite: Suite) -> None:
    """Until its central authority is admitted too; then it admits the others itself."""
    council = by_council(suite)
    suite.agencies.admit(founder(suite, "vn_police", VN, "Police"), council)
    assert not suite.agencies.wasMemberAt(VN, now())
    with reverts("NotAVoter", suite.vn_police):
        suite.agencies.votingJurisdiction(suite.vn_police)
    suite.agencies.admit(founder(suite, "vn_authority", VN), council)
    assert suite.agencies.centralAuthority(VN) == agency_id(VN, 2)
    with reverts("HasOwnAuthority", VN):
        suite.agencies.admit(founder(suite, "vn_court", VN, "Court"), council)
    suite.agencies.admitOwn(founder(suite, "vn_court", VN, "Court"), {"from": suite.vn_authority})
    suite.agencies.acceptAccount(agency_id(VN, 3), {"from": suite.vn_court})
    assert suite.agencies.agencyByAccount(suite.vn_court) == agency_id(VN, 3)


def test_nobody_is_admitted_without_a_word(suite: Suite) -> None:
    """Whoever is named has no part until it accepts, and stays free for what it meant to do."""
    named = founder(suite, "planned", CN, "Police")
    tx = suite.agencies.admitOwn(named, {"from": suite.cn_authority})
    agency = tx.events["AgencyAdmitted"]["agency"]
    assert tx.events["AccountProposed"]["account"] == suite.planned
    assert suite.agencies.agencyByAccount(suite.planned) == 0
    with reverts("NoSuchAgency", agency):
        suite.agencies.setContactPoint(3, agency, {"from": suite.cn_authority})
    with reverts("NotProposed", suite.stranger, agency):
        suite.agencies.acceptAccount(agency, {"from": suite.stranger})
    suite.agencies.proposeAccount(suite.planned, {"from": suite.my_police})
    suite.agencies.acceptAccount(suite.ids["my_police"], {"from": suite.planned})
    with reverts("AddressInUse", suite.planned):
        suite.agencies.acceptAccount(agency, {"from": suite.planned})


def test_a_suspended_authority_does_nothing_by_its_account_either(suite: Suite) -> None:
    """The emergency is meant for a stolen key: it admits nobody, names no contact point, adopts nothing."""
    suite.agencies.suspendByCouncil(suite.ids["cn_authority"], now() + DAY, REASON, by_council(suite))
    by = {"from": suite.cn_authority}
    with reverts("AuthoritySuspended", suite.ids["cn_authority"]):
        suite.agencies.admitOwn(founder(suite, "another", CN, "Police"), by)
    with reverts("AuthoritySuspended", suite.ids["cn_authority"]):
        suite.agencies.setContactPoint(3, suite.ids["cn_police"], by)
    with reverts("AuthoritySuspended", suite.ids["cn_authority"]):
        suite.agencies.suspendAgency(suite.ids["cn_police"], now() + DAY, REASON, by)
    assert suite.agencies.votingJurisdiction(suite.cn_authority) == CN
    pass_time(DAY + 1)
    suite.agencies.setContactPoint(3, suite.ids["cn_police"], by)
    suite.agencies.leave(by)


def test_an_authority_admits_only_its_own_and_no_second_authority(suite: Suite) -> None:
    by = {"from": suite.cn_authority}
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        suite.agencies.admitOwn(founder(suite, "another", MY, "Police"), by)
    with reverts("NotCentralAuthority", suite.cn_police, CN):
        suite.agencies.admitOwn(founder(suite, "another", CN, "Police"), {"from": suite.cn_police})
    with reverts("SecondCentralAuthority", CN):
        suite.agencies.admitOwn(founder(suite, "another", CN), by)
    with reverts("InvalidFounder", 0):
        suite.agencies.admitOwn(founder(suite, "another", CN, "InternationalOffice"), by)


def test_who_is_admitted_makes_sense(suite: Suite) -> None:
    council, good = by_council(suite), founder(suite, "vn_authority", VN)
    for at, value in ((0, 0), (0, 1000), (1, 0), (2, NOBODY), (3, 1 << 60)):
        with reverts("InvalidFounder", 0):
            suite.agencies.admit((*good[:at], value, *good[at + 1 :]), council)
    for taken in ("cn_police", "collector"):
        with reverts("AddressInUse", suite.actors[taken]):
            suite.agencies.admit((*good[:2], suite.actors[taken], *good[3:]), council)


def test_bodies_of_no_single_country_never_vote(suite: Suite) -> None:
    """Neither an office nor what calls itself a central authority there."""
    suite.agencies.admit(founder(suite, "union_authority", 901), by_council(suite))
    for name in ("union_authority", "office"):
        with reverts("NotAVoter", suite.actors[name]):
            suite.agencies.votingJurisdiction(suite.actors[name])
    assert suite.agencies.membersAt(now()) == 3
    with reverts("NotAMember", 901):
        suite.agencies.leave({"from": suite.union_authority})
    with reverts("NotCentralAuthority", suite.office, OFFICE):
        suite.agencies.leave({"from": suite.office})
    suite.agencies.exclude(agency_id(901, 1), REASON, by_council(suite))


# Leaving and exclusion


def test_leaving_is_at_once(suite: Suite) -> None:
    suite.agencies.leave({"from": suite.sg_authority})
    assert not suite.agencies.wasMemberAt(SG, now()) and suite.agencies.wasMemberAt(SG, now() - 1)
    assert list(suite.agencies.memberJurisdictions()) == [CN, MY]
    assert suite.agencies.membersAt(now()) == 2
    with reverts("NotAVoter", suite.sg_authority):
        suite.agencies.votingJurisdiction(suite.sg_authority)
    with reverts("NotAMember", SG):
        suite.agencies.leave({"from": suite.sg_authority})
    with reverts("AuthoritySuspended", suite.ids["sg_authority"]):
        suite.agencies.admitOwn(founder(suite, "another", SG, "Police"), {"from": suite.sg_authority})


def test_only_a_central_authority_leaves(suite: Suite) -> None:
    with reverts("NotCentralAuthority", suite.sg_police, SG):
        suite.agencies.leave({"from": suite.sg_police})
    with reverts("NotAnAgency", suite.stranger):
        suite.agencies.leave({"from": suite.stranger})


def test_the_excluded_keep_the_floor_and_nothing_more(suite: Suite) -> None:
    """They answer and let go what they hold; they begin nothing and appoint nobody."""
    officer = requester(suite)
    before = now()
    assert may(suite, officer, REQUEST)
    pass_time(10)
    suite.agencies.excludeJurisdiction(MY, REASON, by_council(suite))
    assert not may(suite, officer, REQUEST) and not may(suite, officer, WITHDRAW)
    assert may(suite, officer, RELEASE)
    for power in (COLLECT, REGISTER):
        assert suite.agencies.authorize(suite.collector, power) == suite.ids["my_police"]
    with reverts("NotAuthorised", suite.curer, CURE):
        suite.agencies.authorize(suite.curer, CURE)
    suite.agencies.entitledAt(officer, 1, REQUEST, before)
    with reverts("AgencyIsOut", suite.ids["my_police"]):
        suite.agencies.appoint(terms_of(suite, "my_police", "recruit"), b"", {"from": suite.my_police})
    suite.agencies.endAppointment(officer, {"from": suite.my_police})
    suite.register(suite.collection(suite.collector), suite.collector)


@pytest.mark.parametrize("power", FLOOR)
def test_nothing_takes_the_floor(suite: Suite, power: int) -> None:
    """Every source at once."""
    officer = suite.appoint("sg_police", "floor officer", power)
    agency, until = suite.ids["sg_police"], now() + 9 * DAY
    suite.agencies.suspendAgency(agency, until, REASON, {"from": suite.sg_authority})
    suite.agencies.suspendByCouncil(agency, until, REASON, by_council(suite))
    suite.agencies.suspendInEmergency(agency, until, REASON, {"from": as_module(suite.emergencies)})
    suite.agencies.exclude(agency, REASON, by_council(suite))
    suite.agencies.excludeJurisdiction(SG, REASON, by_council(suite))
    assert suite.agencies.authorize(officer, power) == agency


def test_one_agency_is_excluded(suite: Suite) -> None:
    officer, council = requester(suite), by_council(suite)
    suite.agencies.exclude(suite.ids["my_police"], REASON, council)
    assert not may(suite, officer, REQUEST)
    (order,) = suite.agencies.suspensionsBy(suite.ids["my_police"], EXCLUSION)
    assert tuple(order) == (now(), FOR_EVER, "0x" + REASON.hex())
    with reverts("AgencyIsOut", suite.ids["my_police"]):
        suite.agencies.appoint(terms_of(suite, "my_police", "recruit"), b"", {"from": suite.my_police})
    with reverts("AgencyIsOut", suite.ids["my_police"]):
        suite.agencies.exclude(suite.ids["my_police"], REASON, council)
    with reverts("IsCentralAuthority", suite.ids["my_authority"]):
        suite.agencies.exclude(suite.ids["my_authority"], REASON, council)
    with reverts("NoSuchAgency", agency_id(MY, 99)):
        suite.agencies.exclude(agency_id(MY, 99), REASON, council)
    assert suite.agencies.votingJurisdiction(suite.my_authority) == MY


def test_a_jurisdiction_comes_back_as_it_was(suite: Suite) -> None:
    officer, council = requester(suite), by_council(suite)
    suite.agencies.leave({"from": suite.my_authority})
    left = now()
    pass_time(DAY)
    suite.agencies.readmit(MY, council)
    assert may(suite, officer, REQUEST)
    assert suite.agencies.votingJurisdiction(suite.my_authority) == MY
    assert list(suite.agencies.memberJurisdictions()) == [CN, MY, SG]
    assert [suite.agencies.wasMemberAt(MY, at) for at in (left - 1, left, now() - 1, now())] == [
        True, False, False, True,
    ]  # fmt: skip
    with reverts("NotEntitledThen", officer, 1, REQUEST, left):
        suite.agencies.entitledAt(officer, 1, REQUEST, left)
    ((begin, end, _),) = suite.agencies.suspensionsBy(MY << 16, EXCLUSION)
    assert (begin, end) == (left, now())
    for jurisdiction in (MY, VN):
        with reverts("NotAbsent", jurisdiction):
            suite.agencies.readmit(jurisdiction, council)


def test_only_members_are_excluded(suite: Suite) -> None:
    for jurisdiction in (VN, OFFICE):
        with reverts("NotAMember", jurisdiction):
            suite.agencies.excludeJurisdiction(jurisdiction, REASON, by_council(suite))


def test_a_large_jurisdiction_is_reached_step_by_step(suite: Suite) -> None:
    """No number of agencies keeps a jurisdiction from being excluded; the rest is reached by anybody."""
    for number in range(66):
        another = founder(suite, "unfunded", CN, "Bank")
        key = f"0x{number + 1:040x}"
        suite.agencies.admitOwn((*another[:2], key, *another[3:]), {"from": suite.cn_authority})
    last = agency_id(CN, 70)
    with reverts("NotAbsent", CN):
        suite.agencies.reach(CN, 10, {"from": suite.stranger})
    tx = suite.agencies.excludeJurisdiction(CN, REASON, by_council(suite))
    assert dict(tx.events["AgenciesReached"]) == {"jurisdiction": CN, "reached": 64, "agencies": 70}
    assert [suite.agencies.agencyOf(agency_id(CN, at))[3] for at in (1, 64, 65)] == [1, 1, 0]
    suite.agencies.reach(CN, 5, {"from": suite.stranger})
    assert [suite.agencies.agencyOf(agency_id(CN, at))[3] for at in (69, 70)] == [1, 0]
    suite.agencies.reach(CN, 500, {"from": suite.stranger})
    suite.agencies.reach(CN, 500, {"from": suite.stranger})
    assert suite.agencies.agencyOf(last)[3] == 1


def test_as_many_agencies_as_have_numbers_are_reached(suite: Suite) -> None:
    """The 65,535th is the last; nobody hides behind it."""
    word = {name: _of_country(name, CN) for name in ("_lastOrdinal", "_reached")}
    set_storage(suite.agencies, word["_lastOrdinal"], 65_535)
    set_storage(suite.agencies, word["_reached"], 65_533)
    tx = suite.agencies.excludeJurisdiction(CN, REASON, by_council(suite))
    assert tx.events["AgenciesReached"]["reached"] == 65_535
    assert [suite.agencies.agencyOf(agency_id(CN, at))[3] for at in (65_534, 65_535)] == [1, 1]


def _of_country(label: str, jurisdiction: int) -> bytes:
    """The slot of a mapping by jurisdiction in AgencyRegistry."""
    layout = json.loads(Path("snapshots/storage/AgencyRegistry.json").read_text(encoding="utf-8"))
    (slot,) = (each["slot"] for each in layout["storage"] if each["label"] == label)
    return bytes(web3.keccak(encode(["uint16", "uint256"], [jurisdiction, int(slot)])))


# Votes


def test_votes_are_of_a_seated_authority(suite: Suite) -> None:
    voter = voting_officer(suite, "my_authority", "my_voter")
    assert suite.agencies.votingJurisdiction(voter) == MY
    suite.agencies.suspendOfficer(voter, now() + DAY, REASON, {"from": suite.my_authority})
    with reverts("NotAVoter", voter):
        suite.agencies.votingJurisdiction(voter)
    pass_time(DAY)
    assert suite.agencies.votingJurisdiction(voter) == MY
