# SPDX-License-Identifier: Apache-2.0
"""Who may be a founder, and what a founder becomes."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import accounts

from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    ALL_POWERS,
    CN,
    FOUNDERS,
    KINDS,
    MY,
    NOBODY,
    OFFICE,
    SG,
    Suite,
    agency_id,
    deploy,
    usual_baseline,
)

AUTHORITY, POLICE = KINDS.index("CentralAuthority"), KINDS.index("Police")


def founder(
    jurisdiction: int = MY, kind: int = POLICE, account: Any = None, charter: int = ALL_POWERS
) -> tuple[Any, ...]:
    return (jurisdiction, kind, account or accounts[9].address, charter, b"X".ljust(32, b"\0"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"jurisdiction": 0},
        {"jurisdiction": 1000},
        {"kind": 0},
        {"account": NOBODY},
        {"charter": 1 << 5},
        {"charter": 1 << 63},
    ],
)
def test_refuses_a_founder_who_is_none(suite: Suite, wrong: dict[str, Any]) -> None:
    with reverts("InvalidFounder", 1):
        deploy([founder(account=accounts[8].address), founder(**wrong)], usual_baseline())


def test_refuses_one_account_for_two_agencies(suite: Suite) -> None:
    with reverts("AddressInUse", accounts[9]):
        deploy([founder(), founder()], usual_baseline())


def test_refuses_two_central_authorities_of_one_country(suite: Suite) -> None:
    with reverts("SecondCentralAuthority", MY):
        deploy(
            [founder(kind=AUTHORITY), founder(kind=AUTHORITY, account=accounts[8].address)], usual_baseline()
        )


def test_founders_are_what_the_list_said(suite: Suite) -> None:
    for name, jurisdiction, kind, charter, _ in FOUNDERS:
        account, held, kind_number, suspensions = suite.agencies.agencyOf(suite.ids[name])
        assert account == suite.actors[name]
        assert (held, KINDS[kind_number], suspensions) == (charter, kind, 0)
        assert suite.agencies.agencyByAccount(account) == suite.ids[name]
        assert suite.ids[name] >> 16 == jurisdiction


def test_each_country_has_its_central_authority(suite: Suite) -> None:
    for jurisdiction, name in ((CN, "cn_authority"), (MY, "my_authority"), (SG, "sg_authority")):
        assert suite.agencies.centralAuthority(jurisdiction) == suite.ids[name]
        assert suite.agencies.authorityOf(suite.actors[name], jurisdiction) == suite.ids[name]
    assert suite.agencies.centralAuthority(OFFICE) == 0


def test_authority_is_of_its_own_country_only(suite: Suite) -> None:
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        suite.agencies.authorityOf(suite.cn_authority, MY)
    with reverts("NotCentralAuthority", NOBODY, 999):
        suite.agencies.authorityOf(NOBODY, 999)


def test_nobody_else_is_a_member(suite: Suite) -> None:
    assert suite.agencies.agencyOf(agency_id(MY, 6))[0] == NOBODY
    assert suite.agencies.agencyByAccount(accounts[1]) == 0
