# SPDX-License-Identifier: Apache-2.0
"""Agencies and officers through the public API, on a suite in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakecast import CN, MPS, MY, PDRM, Cast, hire, key

from concordat.errors import UsageError
from concordat.ledger.sentences import ContractError
from concordat.membership import agencies, numbers, officers, powers
from concordat.membership.agencies import AgencyKind, Competence
from concordat.membership.officers import Acceptance, Qualification, Terms
from concordat.membership.powers import Power

ORDER = b"\x0f" * 32


def refused(name: str, act: Callable[[], object]) -> None:
    with pytest.raises(ContractError) as error:
        act()
    assert error.value.revert.name == name


# Agencies


def test_members_are_listed_in_order(cast: Cast) -> None:
    assert [member.name for member in agencies.agencies(cast.ledger)] == ["MY-AGC", "MY-PDRM", "CN-MPS"]


@pytest.mark.parametrize("text", ["MY-PDRM", "my-pdrm", "MY-2", "30015490"])
def test_a_member_is_found_by_whatever_names_it(cast: Cast, text: str) -> None:
    found = agencies.find_agency(cast.ledger, text)

    assert (found.number, found.kind, found.account) == (PDRM, AgencyKind.POLICE, cast.police.address)
    assert found.jurisdiction == MY


@pytest.mark.parametrize("text", ["", "MY", "MY-9", "999", "somebody"])
def test_an_unknown_member_is_told(cast: Cast, text: str) -> None:
    with pytest.raises(UsageError) as unknown:
        agencies.find_agency(cast.ledger, text)
    assert unknown.value.code == "agency.unknown"


def test_a_contact_point_is_named_by_the_central_authority_alone(cast: Cast) -> None:
    refused("NoContactPoint", lambda: agencies.contact_point(cast.ledger, MY, Competence.FREEZING_OF_FUNDS))
    refused(
        "NotCentralAuthority",
        lambda: agencies.set_contact_point(cast.ledger, cast.police, Competence.FREEZING_OF_FUNDS, PDRM),
    )
    agencies.set_contact_point(cast.ledger, cast.authority, Competence.FREEZING_OF_FUNDS, PDRM)
    assert agencies.contact_point(cast.ledger, MY, Competence.FREEZING_OF_FUNDS).name == "MY-PDRM"
    refused("NoSuchAgency", lambda: agencies.set_contact_point(cast.ledger, cast.authority, 1, MY << 16 | 9))


def test_encryption_keys_keep_their_versions(cast: Cast) -> None:
    assert agencies.encryption_key(cast.ledger, PDRM)[1] == 0
    for value in (b"\1" * 32, b"\2" * 32):
        agencies.publish_encryption_key(cast.ledger, cast.police, value)
    assert agencies.encryption_key(cast.ledger, PDRM) == (b"\2" * 32, 2)
    assert agencies.encryption_key(cast.ledger, PDRM, 1) == (b"\1" * 32, 1)
    with pytest.raises(UsageError, match="32"):
        agencies.publish_encryption_key(cast.ledger, cast.police, b"\1")
    refused("EmptyKey", lambda: agencies.publish_encryption_key(cast.ledger, cast.police, bytes(32)))


def test_a_key_is_changed_in_two_steps(cast: Cast) -> None:
    new = key("new police")
    refused("NotProposed", lambda: agencies.accept_account(cast.ledger, new, PDRM))
    agencies.propose_account(cast.ledger, cast.police, new.address)
    assert agencies.agency_of_account(cast.ledger, cast.police.address) == PDRM

    agencies.accept_account(cast.ledger, new, PDRM)
    assert agencies.agency_of_account(cast.ledger, new.address) == PDRM
    refused("NotAnAgency", lambda: agencies.publish_encryption_key(cast.ledger, cast.police, ORDER))
    refused(
        "AddressInUse", lambda: agencies.propose_account(cast.ledger, new, cast.officer.address)
    )  # an officer's key is nobody else's


def test_a_suspension_leaves_the_floor_of_powers(cast: Cast) -> None:
    hire(cast, cast.foreign, MPS, key("withdrawer"), Power.WITHDRAW | Power.REGISTER)
    now = cast.ledger.now()
    refused(
        "NotCentralAuthority",
        lambda: agencies.suspend_agency(cast.ledger, cast.authority, MPS, now + 99, ORDER),
    )
    agencies.suspend_agency(cast.ledger, cast.authority, PDRM, now + 1000, ORDER)

    held = officers.appointment(cast.ledger, cast.officer.address)
    assert held is not None
    at = cast.ledger.now()
    assert officers.is_entitled(cast.ledger, held, Power.REGISTER, at)
    assert not officers.is_entitled(cast.ledger, held, Power.WITHDRAW, at)
    assert officers.is_entitled(cast.ledger, held, Power.WITHDRAW, now)  # before it, he was

    refused(
        "AlreadySuspended", lambda: agencies.suspend_agency(cast.ledger, cast.authority, PDRM, at + 9, ORDER)
    )
    agencies.lift_agency_suspension(cast.ledger, cast.authority, PDRM)
    refused("NotSuspended", lambda: agencies.lift_agency_suspension(cast.ledger, cast.authority, PDRM))
    assert officers.is_entitled(cast.ledger, held, Power.WITHDRAW, cast.ledger.now())
    assert agencies.agency(cast.ledger, PDRM).suspensions == 1


# Officers


def terms(cast: Cast, **changes: object) -> Terms:
    now = cast.ledger.now()
    usual = Terms(PDRM, cast.stranger.address, Power.COLLECT, 0, now + 1000, 1)
    return replace(usual, **changes)  # type: ignore[arg-type]


def accepted(cast: Cast, offered: Terms) -> Acceptance:
    return officers.accept(
        cast.stranger,
        offered,
        chain_id=cast.ledger.chain_id,
        genesis_id=cast.ledger.genesis_id,
        registry=cast.ledger.address("AgencyRegistry"),
    )


def test_who_accepted_is_appointed(cast: Cast) -> None:
    acceptance = Acceptance.decode(accepted(cast, terms(cast)).encode())
    officers.appoint(cast.ledger, cast.police, acceptance)

    found = officers.appointment(cast.ledger, cast.stranger.address)
    assert found is not None
    assert (found.agency, found.powers, found.number) == (PDRM, Power.COLLECT, 1)
    assert found.runs_at(cast.ledger.now())
    assert not found.runs_at(found.ends_at)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"powers": Power(0)}, "NoPowers"),
        ({"powers": Power.COLLECT | Power.CURE}, "ConflictingPowers"),
        ({"agency": MPS}, "NotTheAgency"),
        ({"number": 2}, "WrongNumber"),
        ({"starts_at": 1}, "StartsInPast"),
        ({"ends_at": 5}, "EndsBeforeStart"),
    ],
)
def test_terms_that_cannot_be(cast: Cast, change: dict[str, object], error: str) -> None:
    acceptance = accepted(cast, terms(cast, **change))
    refused(error, lambda: officers.appoint(cast.ledger, cast.police, acceptance))


def test_nobody_is_appointed_on_other_terms_than_accepted(cast: Cast) -> None:
    acceptance = accepted(cast, terms(cast))
    more = replace(acceptance, terms=replace(acceptance.terms, powers=Power.COLLECT | Power.REGISTER))
    refused("InvalidAcceptance", lambda: officers.appoint(cast.ledger, cast.police, more))


def test_an_acceptance_is_by_the_appointee(cast: Cast) -> None:
    with pytest.raises(UsageError) as other:
        accepted(cast, terms(cast, officer=cast.curer.address))
    assert other.value.code == "acceptance.other_key"


def test_an_acceptance_is_for_one_suite(cast: Cast) -> None:
    acceptance = replace(accepted(cast, terms(cast)), genesis_id=b"\1" * 32)
    with pytest.raises(UsageError) as other:
        officers.appoint(cast.ledger, cast.police, acceptance)
    assert other.value.code == "acceptance.other_suite"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"concordat":"acceptance/2"}', b'{"concordat": "acceptance/1"}']
)
def test_a_file_that_is_no_acceptance(data: bytes) -> None:
    with pytest.raises(UsageError) as form:
        Acceptance.decode(data)
    assert form.value.code == "acceptance.form"


def test_powers_beyond_the_charter_cannot_be_given(cast: Cast) -> None:
    acceptance = accepted(cast, terms(cast, agency=MY << 16 | 1))
    refused("BeyondCharter", lambda: officers.appoint(cast.ledger, cast.authority, acceptance))


def test_one_running_appointment_an_address(cast: Cast) -> None:
    officers.appoint(cast.ledger, cast.police, accepted(cast, terms(cast)))
    again = accepted(cast, terms(cast, number=2))
    refused("AlreadyAppointed", lambda: officers.appoint(cast.ledger, cast.police, again))

    officers.end_appointment(cast.ledger, cast.stranger, cast.stranger.address)
    refused(
        "AlreadyEnded",
        lambda: officers.end_appointment(cast.ledger, cast.police, cast.stranger.address),
    )
    cast.ledger.pass_time(1)
    officers.appoint(cast.ledger, cast.police, accepted(cast, terms(cast, number=2)))
    assert [each.number for each in officers.appointments(cast.ledger, cast.stranger.address)] == [1, 2]


def test_what_was_then_is_answered_years_later(cast: Cast) -> None:
    """Suspended before the collection: refused. Suspended after it: it still counts (S007)."""
    before = cast.ledger.now()
    officers.suspend_officer(cast.ledger, cast.police, cast.officer.address, before + 1000, ORDER)
    during = cast.ledger.now()
    officers.lift_officer_suspension(cast.ledger, cast.police, cast.officer.address)
    cast.ledger.pass_time(5 * 365 * 86400)

    held = officers.appointment(cast.ledger, cast.officer.address, 1)
    assert held is not None
    assert held.marked
    entitled = [
        officers.is_entitled(cast.ledger, held, Power.COLLECT, at) for at in (before, during, during + 2)
    ]
    assert entitled == [True, False, True]
    assert not officers.is_entitled(cast.ledger, held, Power.COLLECT, cast.ledger.now())
    [suspension] = officers.suspensions(cast.ledger, cast.officer.address)
    assert (suspension.start, suspension.reason) == (during, ORDER)
    assert officers.appointment_at(cast.ledger, cast.officer.address, during) == held
    assert officers.appointment_at(cast.ledger, cast.officer.address, 5) is None


def test_a_reported_key_has_no_power_since_then(cast: Cast) -> None:
    """The agency may reach back for its officer; nobody for the key with which he reports."""
    officer, since = cast.officer.address, cast.ledger.now() - 1
    refused("CannotReachBack", lambda: officers.report_compromise(cast.ledger, cast.officer, officer, since))
    officers.report_compromise(cast.ledger, cast.officer, officer, 0)
    reported = officers.compromised_since(cast.ledger, officer)
    assert reported == cast.ledger.now()
    officers.report_compromise(cast.ledger, cast.police, officer, since)

    held = officers.appointment(cast.ledger, officer)
    assert held is not None
    assert officers.is_entitled(cast.ledger, held, Power.COLLECT, since - 1)
    assert not officers.is_entitled(cast.ledger, held, Power.COLLECT, since)
    assert officers.compromised_since(cast.ledger, officer) == since
    refused(
        "AlreadyReported", lambda: officers.report_compromise(cast.ledger, cast.police, officer, since + 1)
    )
    refused(
        "ReportedInFuture",
        lambda: officers.report_compromise(cast.ledger, cast.police, cast.second.address, since + 10**6),
    )


def test_strangers_have_no_say(cast: Cast) -> None:
    officer = cast.officer.address
    refused(
        "NotYourOfficer", lambda: officers.suspend_officer(cast.ledger, cast.foreign, officer, 1 << 35, ORDER)
    )
    refused("NotAnAgency", lambda: officers.end_appointment(cast.ledger, cast.stranger, officer))
    refused("NotAnOfficer", lambda: officers.end_appointment(cast.ledger, cast.police, cast.stranger.address))
    refused(
        "NotAnOfficer", lambda: officers.report_compromise(cast.ledger, cast.police, cast.stranger.address, 1)
    )


def test_a_qualification_counts_while_it_is_valid(cast: Cast) -> None:
    now = cast.ledger.now()
    assert officers.entitled_at(cast.ledger, cast.officer.address, 1, Power.COLLECT, now) == (
        PDRM,
        True,
        False,
    )
    assert officers.entitled_at(cast.ledger, cast.device.address, 1, Power.COLLECT, now) == (
        PDRM,
        False,
        True,
    )
    assert Qualification.SPECIALIST == 2


# Words


def test_powers_have_names() -> None:
    assert powers.from_names(["collect", "CONFIRM-DATE"]) == Power.COLLECT | Power.CONFIRM_DATE
    assert powers.to_names(int(Power.COLLECT | Power.VOTE) | 1 << 50) == ["COLLECT", "VOTE", "bit 50"]
    with pytest.raises(UsageError, match="no power"):
        powers.from_names(["RULE"])


def test_numbers_have_labels() -> None:
    assert numbers.label(PDRM) == "MY-2 (30015490)"
    assert numbers.label(950 << 16 | 1) == "950-1 (62259201)"
    assert numbers.label(0) == "no agency"
    assert numbers.jurisdiction_of(MPS) == CN
