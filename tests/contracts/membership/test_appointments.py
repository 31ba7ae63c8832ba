# SPDX-License-Identifier: Apache-2.0
"""Officers: appointed with their consent, entitled in their time, answerable for it years later (S007)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.clock import now, pass_time
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    ACCEPTANCE,
    ALL_POWERS,
    ANSWER,
    CHECK,
    COLLECT,
    CURE,
    DAY,
    ENDORSE,
    JUDGE,
    KEEP,
    PROPOSE,
    RATIFY,
    RATIFY_HIGH,
    REGISTER,
    RELEASE,
    REQUEST,
    REVIEW,
    VOTE,
    WITHDRAW,
    Suite,
)

REASON = b"\x02" * 32


def offer(suite: Suite, officer: str = "recruit", *, signer: str | None = None, **changes: Any) -> Any:
    account = suite.actor(officer)
    terms = suite.terms("my_police", account, changes.pop("powers", COLLECT), **changes)
    acceptance = suite.sign(suite.actor(signer or officer), suite.agencies, ACCEPTANCE, terms)
    return suite.agencies.appoint(terms, acceptance, {"from": suite.my_police})


# Appointing


def test_appointment_says_what_was_accepted(suite: Suite) -> None:
    event = offer(suite, qualification=2, device=True).events["OfficerAppointed"]
    agency, powers, starts, ends, number, qualification, _, device, marked = suite.agencies.appointmentOf(
        suite.recruit
    )
    assert (agency, powers, number, qualification, device, marked) == (
        suite.ids["my_police"],
        COLLECT,
        1,
        2,
        True,
        False,
    )
    assert starts == now() == event["startsAt"] and ends == event["endsAt"]


def test_needs_the_officers_own_consent(suite: Suite) -> None:
    """No address is blocked, and no act claimed, by an appointment never accepted (review A7)."""
    with reverts("InvalidAcceptance", suite.actor("recruit")):
        offer(suite, signer="stranger")


def test_consent_is_to_these_terms_only(suite: Suite) -> None:
    recruit = suite.actor("recruit")
    accepted = suite.terms("my_police", recruit, COLLECT)
    acceptance = suite.sign(recruit, suite.agencies, ACCEPTANCE, accepted)
    more = (*accepted[:2], COLLECT | REGISTER, *accepted[3:])
    with reverts("InvalidAcceptance", recruit):
        suite.agencies.appoint(more, acceptance, {"from": suite.my_police})


def test_consent_is_used_once(suite: Suite) -> None:
    recruit = suite.actor("recruit")
    terms = suite.terms("my_police", recruit, COLLECT)
    acceptance = suite.sign(recruit, suite.agencies, ACCEPTANCE, terms)
    suite.agencies.appoint(terms, acceptance, {"from": suite.my_police})
    suite.agencies.endAppointment(recruit, {"from": suite.my_police})
    with reverts("WrongNumber", 1, 2):
        suite.agencies.appoint(terms, acceptance, {"from": suite.my_police})


def test_only_the_agency_appoints(suite: Suite) -> None:
    recruit = suite.actor("recruit")
    terms = suite.terms("my_police", recruit)
    acceptance = suite.sign(recruit, suite.agencies, ACCEPTANCE, terms)
    for sender in (suite.cn_police, suite.my_authority, recruit):
        with reverts("NotTheAgency", sender, suite.ids["my_police"]):
            suite.agencies.appoint(terms, acceptance, {"from": sender})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"powers": 0}, "NoPowers"),
        ({"powers": COLLECT | CURE}, "ConflictingPowers"),
        ({"powers": REQUEST | RATIFY}, "ConflictingPowers"),
        ({"powers": ANSWER | CHECK | RELEASE}, "ConflictingPowers"),
        ({"powers": 1 << 40}, "BeyondCharter"),
        ({"startsAt": 1}, "StartsInPast"),
        ({"endsAt": 1}, "EndsBeforeStart"),
        ({"number": 2}, "WrongNumber"),
    ],
)
def test_refuses_terms_that_cannot_be(suite: Suite, changes: dict[str, Any], error: str) -> None:
    with reverts(error):
        offer(suite, **changes)


def test_gives_no_more_than_the_charter(suite: Suite) -> None:
    teller = suite.actor("teller")
    terms = suite.terms("sg_bank", teller, COLLECT | VOTE)
    acceptance = suite.sign(teller, suite.agencies, ACCEPTANCE, terms)
    charter = suite.agencies.agencyOf(suite.ids["sg_bank"])[1]
    with reverts("BeyondCharter", COLLECT | VOTE, charter):
        suite.agencies.appoint(terms, acceptance, {"from": suite.sg_bank})


def test_one_live_appointment_an_address(suite: Suite) -> None:
    until = suite.agencies.appointmentOf(suite.collector)[3]
    with reverts("AlreadyAppointed", suite.collector, suite.ids["my_police"], until):
        offer(suite, "collector", number=2)


def test_an_agencys_account_is_nobodys_officer(suite: Suite) -> None:
    with reverts("AddressInUse", suite.cn_police):
        offer(suite, "cn_police")


def test_starts_later_if_agreed(suite: Suite) -> None:
    offer(suite, startsAt=now() + DAY)
    with reverts("NotAuthorised", suite.recruit, COLLECT):
        suite.agencies.authorize(suite.recruit, COLLECT)
    pass_time(DAY + 60)
    assert suite.agencies.authorize(suite.recruit, COLLECT) == suite.ids["my_police"]


# Authority now


def test_authorises_what_was_given_and_nothing_else(suite: Suite) -> None:
    assert suite.agencies.authorize(suite.collector, COLLECT) == suite.ids["my_police"]
    assert suite.agencies.authorize(suite.collector, COLLECT | REGISTER) == suite.ids["my_police"]
    for power in (0, WITHDRAW, COLLECT | WITHDRAW, ALL_POWERS):
        with reverts("NotAuthorised", suite.collector, power):
            suite.agencies.authorize(suite.collector, power)


def test_ends_by_itself(suite: Suite) -> None:
    offer(suite, endsAt=now() + DAY)
    pass_time(DAY + 60)
    with reverts("NotAuthorised", suite.recruit, COLLECT):
        suite.agencies.authorize(suite.recruit, COLLECT)


@pytest.mark.parametrize("by", ["my_police", "collector"])
def test_agency_or_officer_ends_it_at_once(suite: Suite, by: str) -> None:
    before = now()
    pass_time(1)
    suite.agencies.endAppointment(suite.collector, {"from": suite.actors[by]})
    with reverts("NotAuthorised", suite.collector, COLLECT):
        suite.agencies.authorize(suite.collector, COLLECT)
    assert suite.agencies.entitledAt(suite.collector, 1, COLLECT, before)[0] == suite.ids["my_police"]
    with reverts("AlreadyEnded", suite.collector, now()):
        suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})


def test_nobody_else_ends_or_suspends(suite: Suite) -> None:
    for sender in (suite.cn_police, suite.my_authority):
        agency = suite.agencies.agencyByAccount(sender)
        with reverts("NotYourOfficer", suite.collector, agency):
            suite.agencies.endAppointment(suite.collector, {"from": sender})
        with reverts("NotYourOfficer", suite.collector, agency):
            suite.agencies.suspendOfficer(suite.collector, now() + DAY, REASON, {"from": sender})
        with reverts("NotYourOfficer", suite.collector, agency):
            suite.agencies.liftOfficerSuspension(suite.collector, {"from": sender})
    with reverts("NotAnAgency", suite.second):
        suite.agencies.endAppointment(suite.collector, {"from": suite.second})
    with reverts("NotAnOfficer", suite.stranger):
        suite.agencies.endAppointment(suite.stranger, {"from": suite.stranger})
    with reverts("NotAnOfficer", suite.stranger):
        suite.agencies.suspendOfficer(suite.stranger, now() + DAY, REASON, {"from": suite.my_police})


# Authority then


def test_suspended_before_is_not_entitled_and_suspended_after_is(suite: Suite) -> None:
    """S007: suspended before capture, rejected; suspended after capture, still good."""
    before = now()
    pass_time(1)
    suite.agencies.suspendOfficer(suite.collector, now() + DAY, REASON, {"from": suite.my_police})
    during = now()
    pass_time(60)
    suite.agencies.liftOfficerSuspension(suite.collector, {"from": suite.my_police})
    after = now()
    for moment in (before, after):
        assert suite.agencies.entitledAt(suite.collector, 1, COLLECT, moment)[0] == suite.ids["my_police"]
    for moment in (during, after - 1):
        with reverts("NotEntitledThen", suite.collector, 1, COLLECT, moment):
            suite.agencies.entitledAt(suite.collector, 1, COLLECT, moment)


def test_suspensions_are_never_erased(suite: Suite) -> None:
    for _ in range(3):
        suite.agencies.suspendOfficer(suite.collector, now() + DAY, REASON, {"from": suite.my_police})
        pass_time(60)
        suite.agencies.liftOfficerSuspension(suite.collector, {"from": suite.my_police})
        pass_time(60)
    intervals = suite.agencies.suspensionsOf(suite.collector)
    assert len(intervals) == 3
    for begin, until, _ in intervals:
        with reverts("NotEntitledThen"):
            suite.agencies.entitledAt(suite.collector, 1, COLLECT, begin)
        assert suite.agencies.entitledAt(suite.collector, 1, COLLECT, until)[0]


def test_suspension_of_an_officer_makes_sense(suite: Suite) -> None:
    by_agency = {"from": suite.my_police}
    with reverts("NotSuspended"):
        suite.agencies.liftOfficerSuspension(suite.collector, by_agency)
    with reverts("InvalidSuspension"):
        suite.agencies.suspendOfficer(suite.collector, 1, REASON, by_agency)
    until = now() + DAY
    suite.agencies.suspendOfficer(suite.collector, until, REASON, by_agency)
    with reverts("AlreadySuspended", until):
        suite.agencies.suspendOfficer(suite.collector, until + 1, REASON, by_agency)


def test_earlier_appointments_keep_their_answer(suite: Suite) -> None:
    first = now()
    pass_time(1)
    suite.agencies.endAppointment(suite.collector, {"from": suite.collector})
    between = now()
    pass_time(60)
    offer(suite, "collector", powers=WITHDRAW, number=2, qualification=0)
    assert suite.agencies.entitledAt(suite.collector, 1, COLLECT, first) == (
        suite.ids["my_police"],
        True,
        False,
    )
    assert suite.agencies.entitledAt(suite.collector, 2, WITHDRAW, now()) == (
        suite.ids["my_police"],
        False,
        False,
    )
    assert suite.agencies.appointmentAt(suite.collector, 1)[1] == COLLECT | REGISTER
    never = (
        (1, WITHDRAW, first),
        (2, WITHDRAW, first),
        (1, COLLECT, between),
        (1, COLLECT, now()),
        (3, COLLECT, first),
    )
    for number, power, moment in never:
        with reverts("NotEntitledThen", suite.collector, number, power, moment):
            suite.agencies.entitledAt(suite.collector, number, power, moment)


# Both questions at once


def test_registrar_and_collector_are_asked_about_together(suite: Suite) -> None:
    answer = suite.agencies.authorizeFor(suite.registrar, REGISTER, suite.collector, 1, COLLECT, now())
    assert answer == (suite.ids["my_police"], True, False)
    assert suite.agencies.authorizeFor(suite.recorder, COLLECT, suite.recorder, 1, COLLECT, now())[2] is True
    with reverts("NotAuthorised", suite.stranger, REGISTER):
        suite.agencies.authorizeFor(suite.stranger, REGISTER, suite.collector, 1, COLLECT, now())
    with reverts("NotEntitledThen", suite.registrar, 1, COLLECT, now()):
        suite.agencies.authorizeFor(suite.registrar, REGISTER, suite.registrar, 1, COLLECT, now())
    with reverts("OfficerOfOtherAgency", suite.cn_collector, suite.ids["cn_police"], suite.ids["my_police"]):
        suite.agencies.authorizeFor(suite.registrar, REGISTER, suite.cn_collector, 1, COLLECT, now())


# Compromise


def test_reported_key_is_marked_from_then_on(suite: Suite) -> None:
    pass_time(60)
    before, since = now() - 40, now() - 30
    suite.agencies.reportCompromise(suite.collector, since, {"from": suite.my_police})
    assert suite.agencies.compromisedSince(suite.collector) == since
    with reverts("NotAuthorised", suite.collector, COLLECT):
        suite.agencies.authorize(suite.collector, COLLECT)
    assert suite.agencies.entitledAt(suite.collector, 1, COLLECT, before)[0] == suite.ids["my_police"]
    with reverts("NotEntitledThen"):
        suite.agencies.entitledAt(suite.collector, 1, COLLECT, since)


def test_report_reaches_back_behind_the_newest_appointment(suite: Suite) -> None:
    first = now()
    suite.agencies.endAppointment(suite.collector, {"from": suite.collector})
    pass_time(60)
    offer(suite, "collector", number=2)
    suite.agencies.reportCompromise(suite.collector, first, {"from": suite.my_police})
    with reverts("NotEntitledThen", suite.collector, 1, COLLECT, first):
        suite.agencies.entitledAt(suite.collector, 1, COLLECT, first)


def test_only_an_earlier_time_may_follow(suite: Suite) -> None:
    earlier = now()
    pass_time(60)
    suite.agencies.reportCompromise(suite.collector, 0, {"from": suite.collector})
    since = now()
    assert suite.agencies.compromisedSince(suite.collector) == since
    for later in (since, since + 1, 0):
        pass_time(2)
        with reverts("AlreadyReported", suite.collector, since):
            suite.agencies.reportCompromise(suite.collector, later, {"from": suite.my_police})
    suite.agencies.reportCompromise(suite.collector, earlier, {"from": suite.my_police})
    assert suite.agencies.compromisedSince(suite.collector) == earlier


def test_nobody_reaches_back_for_the_key_with_which_he_reports(suite: Suite) -> None:
    """A thief, or an officer who turned, could discredit years of evidence; it can only disarm itself."""
    before = now()
    for key in (suite.collector, suite.my_police):
        with reverts("CannotReachBack", key, 1):
            suite.agencies.reportCompromise(key, 1, {"from": key})
    pass_time(60)
    suite.agencies.reportCompromise(suite.collector, 0, {"from": suite.collector})
    assert suite.agencies.entitledAt(suite.collector, 1, COLLECT, before)[0] == suite.ids["my_police"]


def test_reports_are_about_ones_own_keys_and_never_the_future(suite: Suite) -> None:
    with reverts("ReportedInFuture"):
        suite.agencies.reportCompromise(suite.collector, now() + DAY, {"from": suite.my_police})
    with reverts("NotYourOfficer", suite.collector, suite.ids["cn_police"]):
        suite.agencies.reportCompromise(suite.collector, 1, {"from": suite.cn_police})
    with reverts("NotAnOfficer", suite.stranger):
        suite.agencies.reportCompromise(suite.stranger, 1, {"from": suite.my_police})
    with reverts("NotAnAgency", suite.stranger):
        suite.agencies.reportCompromise(suite.stranger, 0, {"from": suite.stranger})
    suite.agencies.reportCompromise(suite.my_police, 0, {"from": suite.my_police})
    assert suite.agencies.compromisedSince(suite.my_police) == now()


def test_whoever_had_one_phase_of_a_measure_never_has_another(suite: Suite) -> None:
    officer = suite.appoint("my_police", "riser", REQUEST | COLLECT | RELEASE)
    suite.agencies.endAppointment(officer, {"from": suite.my_police})
    for later in (RATIFY, RATIFY_HIGH, ENDORSE, ANSWER, CHECK, REVIEW, PROPOSE, JUDGE):
        with reverts("ConflictingPowers", REQUEST | later):
            suite.appoint("my_police", "riser", later)
    suite.appoint("my_police", "riser", REQUEST | KEEP)


def test_two_ranks_that_ratify_are_one_phase(suite: Suite) -> None:
    suite.appoint("my_police", "chief", RATIFY | RATIFY_HIGH)
    assert suite.agencies.authorize(suite.chief, RATIFY_HIGH) == suite.ids["my_police"]


def test_any_of_several_powers(suite: Suite) -> None:
    """What the caller does not hold does not harm; what a suspension withholds does not help."""
    officer = suite.appoint("my_police", "asker", REQUEST | RELEASE)
    police = suite.ids["my_police"]
    assert suite.agencies.authorizeAny(officer, REQUEST | JUDGE) == (police, REQUEST)
    with reverts("NotAuthorised", officer, RATIFY | JUDGE):
        suite.agencies.authorizeAny(officer, RATIFY | JUDGE)
    with reverts("NotAuthorised", officer, 0):
        suite.agencies.authorizeAny(officer, 0)
    suite.agencies.suspendAgency(police, now() + DAY, b"\1" * 32, {"from": suite.my_authority})
    assert suite.agencies.authorizeAny(officer, REQUEST | RELEASE) == (police, RELEASE)
    with reverts("NotAuthorised", officer, REQUEST):
        suite.agencies.authorizeAny(officer, REQUEST)
