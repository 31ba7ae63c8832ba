# SPDX-License-Identifier: Apache-2.0
"""What an agency does with its own account, and a central authority in its own country."""

from __future__ import annotations

from tests.contracts.clock import next_block_at, now, pass_time
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    CN,
    COLLECT,
    CONFIRM_DATE,
    CURE,
    DAY,
    MY,
    NOBODY,
    REGISTER,
    WITHDRAW,
    ZERO32,
    Suite,
    agency_id,
)

REASON = b"\x01" * 32


# Accounts


def test_account_changes_in_two_steps(suite: Suite) -> None:
    new = suite.actor("new key")
    suite.agencies.proposeAccount(new, {"from": suite.my_police})
    assert suite.agencies.agencyByAccount(suite.my_police) == suite.ids["my_police"]
    changed = suite.agencies.acceptAccount(suite.ids["my_police"], {"from": new}).events["AccountChanged"]
    assert (changed["previous"], changed["account"]) == (suite.my_police, new)
    assert suite.agencies.agencyByAccount(new) == suite.ids["my_police"]
    assert suite.agencies.agencyByAccount(suite.my_police) == 0
    with reverts("NotAnAgency", suite.my_police):
        suite.agencies.publishEncryptionKey(REASON, {"from": suite.my_police})


def test_authority_stays_authority_with_its_new_account(suite: Suite) -> None:
    new = suite.actor("new key")
    suite.agencies.proposeAccount(new, {"from": suite.my_authority})
    suite.agencies.acceptAccount(suite.ids["my_authority"], {"from": new})
    assert suite.agencies.authorityOf(new, MY) == suite.ids["my_authority"]
    with reverts("NotCentralAuthority", suite.my_authority, MY):
        suite.agencies.authorityOf(suite.my_authority, MY)


def test_only_the_proposed_key_accepts(suite: Suite) -> None:
    suite.agencies.proposeAccount(suite.actor("new key"), {"from": suite.my_police})
    with reverts("NotProposed", suite.stranger, suite.ids["my_police"]):
        suite.agencies.acceptAccount(suite.ids["my_police"], {"from": suite.stranger})


def test_proposes_only_a_free_address(suite: Suite) -> None:
    for taken in (NOBODY, suite.cn_police.address, suite.collector.address):
        with reverts("AddressInUse", taken):
            suite.agencies.proposeAccount(taken, {"from": suite.my_police})


def test_address_must_still_be_free_when_it_accepts(suite: Suite) -> None:
    new = suite.actor("new key")
    suite.agencies.proposeAccount(new, {"from": suite.my_police})
    suite.agencies.proposeAccount(new, {"from": suite.cn_police})
    suite.agencies.acceptAccount(suite.ids["cn_police"], {"from": new})
    with reverts("AddressInUse", new):
        suite.agencies.acceptAccount(suite.ids["my_police"], {"from": new})

    other = suite.actor("other key")
    suite.agencies.proposeAccount(other, {"from": suite.my_police})
    suite.appoint("sg_bank", "other key", COLLECT)
    with reverts("AddressInUse", other):
        suite.agencies.acceptAccount(suite.ids["my_police"], {"from": other})


def test_only_an_agency_proposes(suite: Suite) -> None:
    with reverts("NotAnAgency", suite.collector):
        suite.agencies.proposeAccount(suite.actor("new key"), {"from": suite.collector})


# Encryption keys


def test_encryption_keys_have_versions_and_stay_readable(suite: Suite) -> None:
    assert suite.agencies.encryptionKey(suite.ids["my_police"]) == ("0x" + "00" * 32, 0)
    for version in (1, 2):
        suite.agencies.publishEncryptionKey(bytes([version]) * 32, {"from": suite.my_police})
    assert suite.agencies.encryptionKey(suite.ids["my_police"]) == ("0x" + "02" * 32, 2)
    assert suite.agencies.encryptionKeyAt(suite.ids["my_police"], 1) == "0x" + "01" * 32


def test_publishes_no_empty_key_and_only_its_own(suite: Suite) -> None:
    with reverts("EmptyKey"):
        suite.agencies.publishEncryptionKey(ZERO32, {"from": suite.my_police})
    with reverts("NotAnAgency", suite.stranger):
        suite.agencies.publishEncryptionKey(REASON, {"from": suite.stranger})


# Contact points


def test_routes_to_the_right_body_or_says_there_is_none(suite: Suite) -> None:
    with reverts("NoContactPoint", MY, 3):
        suite.agencies.contactPoint(MY, 3)
    suite.agencies.setContactPoint(3, suite.ids["my_police"], {"from": suite.my_authority})
    assert suite.agencies.contactPoint(MY, 3) == suite.ids["my_police"]
    with reverts("NoContactPoint", CN, 3):
        suite.agencies.contactPoint(CN, 3)


def test_contact_points_are_the_countrys_own(suite: Suite) -> None:
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        suite.agencies.setContactPoint(3, suite.ids["my_police"], {"from": suite.cn_authority})
    with reverts("NoSuchAgency", agency_id(MY, 9)):
        suite.agencies.setContactPoint(3, agency_id(MY, 9), {"from": suite.my_authority})


# Suspension of an agency


def test_suspended_agency_keeps_the_floor(suite: Suite) -> None:
    suite.agencies.suspendAgency(suite.ids["my_police"], now() + DAY, REASON, {"from": suite.my_authority})
    for officer, power in ((suite.collector, COLLECT), (suite.registrar, REGISTER)):
        assert suite.agencies.authorize(officer, power) == suite.ids["my_police"]
    for power in (CURE, WITHDRAW):
        with reverts("NotAuthorised", suite.curer, power):
            suite.agencies.authorize(suite.curer, power)
    assert suite.agencies.authorize(suite.cn_confirmer, CONFIRM_DATE) == suite.ids["cn_police"]


def test_nothing_changes_a_charter(suite: Suite) -> None:
    """No appointment is given more than the charter: the registry relies on both."""
    police, by_authority = suite.ids["my_police"], {"from": suite.my_authority}
    charter = suite.agencies.agencyOf(police)[1]
    suite.agencies.proposeAccount(suite.stranger, {"from": suite.my_police})
    suite.agencies.acceptAccount(police, {"from": suite.stranger})
    suite.agencies.publishEncryptionKey(REASON, {"from": suite.stranger})
    suite.agencies.setContactPoint(3, police, by_authority)
    suite.agencies.suspendAgency(police, now() + DAY, REASON, by_authority)
    assert suite.agencies.agencyOf(police)[1] == charter
    suite.agencies.liftAgencySuspension(police, by_authority)
    assert suite.agencies.agencyOf(police)[1] == charter


def test_suspension_of_an_agency_ends_by_itself(suite: Suite) -> None:
    suite.agencies.suspendAgency(suite.ids["my_police"], now() + DAY, REASON, {"from": suite.my_authority})
    pass_time(DAY + 1)
    assert suite.agencies.authorize(suite.curer, CURE) == suite.ids["my_police"]


def test_suspension_of_an_agency_is_lifted_at_once_and_stays_on_record(suite: Suite) -> None:
    suite.agencies.suspendAgency(suite.ids["my_police"], now() + DAY, REASON, {"from": suite.my_authority})
    during = now()
    next_block_at(now() + 10)
    suite.agencies.liftAgencySuspension(suite.ids["my_police"], {"from": suite.my_authority})
    assert suite.agencies.authorize(suite.curer, CURE) == suite.ids["my_police"]
    with reverts("NotEntitledThen", suite.curer, 1, CURE, during):
        suite.agencies.entitledAt(suite.curer, 1, CURE, during)
    ((begin, until, reason),) = suite.agencies.suspensionsBy(suite.ids["my_police"], 0)
    assert begin == during < until == now() and bytes(reason) == REASON


def test_authority_suspends_others_of_its_own_country_only(suite: Suite) -> None:
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        suite.agencies.suspendAgency(
            suite.ids["my_police"], now() + DAY, REASON, {"from": suite.cn_authority}
        )
    for agency in (suite.ids["my_authority"], agency_id(MY, 9)):
        with reverts("NoSuchAgency", agency):
            suite.agencies.suspendAgency(agency, now() + DAY, REASON, {"from": suite.my_authority})
        with reverts("NoSuchAgency", agency):
            suite.agencies.liftAgencySuspension(agency, {"from": suite.my_authority})


def test_suspension_of_an_agency_makes_sense(suite: Suite) -> None:
    by_authority = {"from": suite.my_authority}
    with reverts("NotSuspended"):
        suite.agencies.liftAgencySuspension(suite.ids["my_police"], by_authority)
    with reverts("InvalidSuspension"):
        suite.agencies.suspendAgency(suite.ids["my_police"], now() - 1, REASON, by_authority)
    until = now() + DAY
    suite.agencies.suspendAgency(suite.ids["my_police"], until, REASON, by_authority)
    with reverts("AlreadySuspended", until):
        suite.agencies.suspendAgency(suite.ids["my_police"], until + DAY, REASON, by_authority)
