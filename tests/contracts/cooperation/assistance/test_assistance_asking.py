# SPDX-License-Identifier: Apache-2.0
"""Asking: what a request says, on what it stands, by which way it goes, and how many are open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.assistance.acts import (
    ACKNOWLEDGE_BY,
    AGREED,
    AGREED_USE,
    ANSWER_BY,
    BETWEEN_POLICE,
    BEYOND_CAP,
    CONVENTION,
    DIRECT,
    EXECUTOR,
    FLAGS,
    FORWARDED,
    NUMBER,
    PASS_ON,
    PASS_ON_URGENT,
    POLICE,
    PROMISE,
    PROMISED,
    RECEIVER,
    RECIPROCITY,
    SECRET,
    SENT_AT,
    THEIR_SECRET,
    TREATY,
    WISHED,
    agree,
    ask,
    bring_to,
    direct_order,
    do,
    hexed,
    order,
    request_id,
    status,
    told,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER, TH, Kind
from tests.contracts.reverts import reverts
from tests.contracts.suite import ASK, CN, HOUR, MY, OFFICE, SG, ZERO32, Suite

ALWAYS_REACHABLE, POLICE_COOPERATION, DATA_PRESERVATION = 1, 3, 4
DIRECT_KINDS = {1, 2, 3, 4, 7, 8}
POLICE_KINDS = {1, 2, 3}


def set_contact(suite: Suite, agency: str, competence: int) -> None:
    suite.agencies.setContactPoint(competence, suite.ids[agency], {"from": suite.my_authority})


def agreed(suite: Suite, **changes: Any) -> tuple[Any, ...]:
    """Under the convention."""
    return order(**({"basis": CONVENTION, "agreement": suite.convention} | changes))


# What a request says


def test_a_request_is_submitted_to_the_own_authority(suite: Suite) -> None:
    given = order(forum=CN, checklist=PAPER, methods=0b100, presence=True, channel=2, urgency=3)
    tx = suite.assistance.ask(given, {"from": suite.cn_asker})
    request = request_id(suite.ids["cn_police"], given)
    event = tx.events["Asked"]
    assert (bytes(event["request"]), event["from"], event["to"]) == (request, suite.ids["cn_police"], MY)
    assert event["officer"] == suite.cn_asker
    assert list(event["order"]) == [hexed(one) if isinstance(one, bytes) else one for one in given]
    assert suite.assistance.requestOf(request) == (
        *(
            suite.ids["cn_police"],
            suite.ids["my_authority"],
            0,
            Kind.EVIDENCE,
            NUMBER["Submitted"],
            3,
            WISHED,
        ),
        *(0, tx.timestamp + PASS_ON_URGENT, 0, 0, tx.timestamp, 0, 0, 0, CN, 0b100),
    )
    assert suite.assistance.agreementOf(request) == (RECIPROCITY, hexed(PROMISE))
    assert suite.assistance.secretsOf(request) == (hexed(SECRET), hexed(ZERO32))
    assert suite.assistance.pauseOf(request) == (0, 0)
    assert status(suite, request, tx.timestamp) == "Submitted"


@pytest.mark.parametrize(
    ("changes", "error", "values"),
    [
        ({"order": ZERO32}, "EmptyOrder", ()),
        ({"secret": ZERO32}, "EmptySecret", ()),
        ({"message": ZERO32}, "EmptyMessage", ()),
        ({"kind": 0}, "InvalidOrder", (1,)),
        ({"to": 0}, "InvalidOrder", (2,)),
        ({"agency": MY << 16 | 2}, "InvalidOrder", (2,)),
        ({"to": CN}, "AskedAtHome", (CN,)),
        ({"basis": 0}, "InvalidOrder", (3,)),
        ({"agreement": ZERO32}, "InvalidOrder", (3,)),
        ({"basis": POLICE, "agreement": ZERO32}, "OnlyPoliceInformation", (Kind.EVIDENCE,)),
        ({"urgency": 6}, "InvalidOrder", (4,)),
        ({"channel": 6}, "InvalidOrder", (5,)),
        ({"forum": CN}, "InvalidOrder", (6,)),
        ({"checklist": PAPER}, "InvalidOrder", (6,)),
        ({"kind": Kind.OBSERVE_SITE, "methods": 2}, "InvalidOrder", (7,)),
        ({"to": OFFICE}, "NoCentralAuthority", (OFFICE,)),
        ({"to": 999}, "NoCentralAuthority", (999,)),
    ],
)
def test_what_is_wrong_is_refused(
    suite: Suite, changes: dict[str, Any], error: str, values: tuple[Any, ...]
) -> None:
    with reverts(error, *values):
        ask(suite, order(**changes))


@pytest.mark.parametrize("changes", [{"urgency": 5}, {"channel": 5}, {"methods": 0xFFFF}])
def test_what_is_just_right_is_sent(suite: Suite, changes: dict[str, Any]) -> None:
    assert status(suite, ask(suite, order(**changes))) == "Submitted"


def test_an_order_makes_one_request(suite: Suite) -> None:
    request = ask(suite)
    with reverts("AlreadyAsked", hexed(request)):
        ask(suite)
    assert ask(suite, by="cn_prosecution_asker", agency="cn_prosecutor") != request


@pytest.mark.parametrize("who", ["cn_transmitter", "cn_answerer", "cn_police", "stranger"])
def test_other_powers_ask_for_nothing(suite: Suite, who: str) -> None:
    with reverts("NotAuthorised", suite.actors[who], ASK):
        ask(suite, by=who)


def test_no_request_is_no_request(suite: Suite) -> None:
    unknown = b"\x44" * 32
    for act in ("passOn", "declineToPassOn", "acknowledge", "assign", "supplement", "withdraw", "begin"):
        with reverts("NoSuchRequest", hexed(unknown)):
            do(suite, unknown, act)
    assert status(suite, unknown) == "None"
    assert suite.assistance.responsibleAt(unknown, 2**40 - 1) == 0


# On what it stands


@pytest.mark.parametrize("kind", Kind)
def test_without_an_agreement_police_asks_for_information_only(suite: Suite, kind: Kind) -> None:
    given = direct_order(suite, kind=kind, agency=suite.ids["my_police"] if kind in DIRECT_KINDS else 0)
    if kind not in POLICE_KINDS:
        with reverts("OnlyPoliceInformation", kind):
            ask(suite, given)
        return
    assert status(suite, ask(suite, given)) == "Sent"


@pytest.mark.parametrize("kind", Kind)
def test_reciprocity_carries_every_kind(suite: Suite, kind: Kind) -> None:
    agency = suite.ids["my_police"] if kind in DIRECT_KINDS else 0
    request = ask(suite, order(kind=kind, agency=agency))
    assert status(suite, request) == ("Sent" if kind in DIRECT_KINDS else "Submitted")


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize(
    ("changes", "times"),
    [
        ({"kind": Kind.DATA_EXCHANGE}, PROMISED),
        ({"basis": POLICE, "agreement": ZERO32}, BETWEEN_POLICE),
        ({"kind": Kind.PRESERVE_DATA, "basis": CONVENTION}, AGREED[Kind.PRESERVE_DATA]),
    ],
)
def test_the_clocks_are_those_of_the_basis(
    suite: Suite, changes: dict[str, Any], times: tuple[int, ...], urgent: bool
) -> None:
    convention = changes.get("basis") == CONVENTION
    usual = {"basis": RECIPROCITY, "agreement": suite.convention if convention else PROMISE}
    given = direct_order(suite, urgency=2 if urgent else 0, **(usual | changes))
    request = ask(suite, given)
    sent = told(suite, request, SENT_AT)
    acknowledge, answer = times[2:] if urgent else times[:2]
    assert told(suite, request, ACKNOWLEDGE_BY) == sent + acknowledge
    assert told(suite, request, ANSWER_BY) == sent + answer
    assert suite.assistance.useLimitsOf(request) == (AGREED_USE if convention else 1)


def test_an_agreement_must_be_in_force_between_the_two_for_the_kind(suite: Suite) -> None:
    convention = suite.convention
    with reverts("NoBasis", hexed(convention), CN, SG, Kind.EVIDENCE):
        ask(suite, agreed(suite, to=SG))
    with reverts("NoBasis", hexed(convention), CN, MY, Kind.WITNESS):
        ask(suite, agreed(suite, kind=Kind.WITNESS))
    with reverts("InvalidOrder", 3):  # it is a convention, and no treaty
        ask(suite, agreed(suite, basis=TREATY))
    with reverts("UrgencyNotJustified", Kind.EVIDENCE, 2):
        ask(suite, agreed(suite, urgency=2))
    assert status(suite, ask(suite, agreed(suite, to=TH))) == "Submitted"


@pytest.mark.parametrize("basis", [RECIPROCITY, POLICE])
def test_a_memorandum_in_force_has_its_own_rules(suite: Suite, basis: int) -> None:
    """A promise or a memorandum between police forces may be concluded as an agreement, and then it rules."""
    terms = [(Kind.DATA_EXCHANGE, 2 * HOUR, 9 * HOUR, 0, 0, 4, 0)]
    thread = agree(suite, basis, terms, {CN: "cn_transmitter", MY: "my_transmitter"})
    given = direct_order(suite, kind=Kind.DATA_EXCHANGE, basis=basis, agreement=thread)
    request = ask(suite, given)
    sent = told(suite, request, SENT_AT)
    assert told(suite, request, ACKNOWLEDGE_BY) == sent + 2 * HOUR
    assert told(suite, request, ANSWER_BY) == sent + 9 * HOUR
    assert suite.assistance.useLimitsOf(request) == 4
    with reverts("NoBasis", hexed(thread), CN, MY, Kind.VERIFY_PERSONS):
        ask(suite, direct_order(suite, "b", kind=Kind.VERIFY_PERSONS, basis=basis, agreement=thread))
    other = {"basis": POLICE if basis == RECIPROCITY else RECIPROCITY, "agreement": thread}
    with reverts("InvalidOrder", 3):
        ask(suite, direct_order(suite, "c", kind=Kind.DATA_EXCHANGE, **other))


def test_the_rules_are_those_of_the_moment_it_leaves(suite: Suite) -> None:
    """The clocks of who is asked begin with the own authority's act, under the rules in force then."""
    request = ask(suite, agreed(suite))
    next_block_at(now() + 5 * HOUR)
    tx = do(suite, request, "passOn")
    acknowledge, answer, *_ = AGREED[Kind.EVIDENCE]
    assert told(suite, request, SENT_AT) == tx.timestamp
    assert told(suite, request, ACKNOWLEDGE_BY) == tx.timestamp + acknowledge
    assert told(suite, request, ANSWER_BY) == tx.timestamp + answer
    event = tx.events["PassedOn"]
    assert (event["authority"], event["receiver"]) == (suite.ids["cn_authority"], suite.ids["my_authority"])
    assert bytes(event["message"]) == MESSAGE


def test_what_nobody_is_bound_by_any_more_does_not_leave(suite: Suite) -> None:
    request = ask(suite, agreed(suite))
    suite.agreements.withdraw(suite.convention, PAPER, {"from": suite.my_transmitter})
    assert status(suite, request) == "Submitted"
    next_block_at(now() + 91 * 24 * HOUR)
    with reverts("NoBasis", hexed(suite.convention), CN, MY, Kind.EVIDENCE):
        do(suite, request, "passOn")


# By which way


@pytest.mark.parametrize("urgency", [0, 1])
def test_the_own_authority_has_a_week_or_a_day(suite: Suite, urgency: int) -> None:
    given = order(urgency=urgency)
    tx = suite.assistance.ask(given, {"from": suite.cn_asker})
    request = request_id(suite.ids["cn_police"], given)
    by = tx.timestamp + (PASS_ON_URGENT if urgency else PASS_ON)
    assert told(suite, request, ACKNOWLEDGE_BY) == by
    assert status(suite, request, by) == "Submitted"
    assert status(suite, request, by + 1) == "OverdueAtHome"


def test_an_authority_asks_for_itself(suite: Suite) -> None:
    suite.appoint("cn_authority", "cn_authority_asker", ASK)
    request = ask(suite, by="cn_authority_asker", agency="cn_authority")
    assert status(suite, request) == "Sent"
    assert told(suite, request, FLAGS) == 0


def test_a_country_without_authority_sends_nothing_coercive(suite: Suite) -> None:
    suite.appoint("my_police", "somebody", ASK)
    assert status(suite, ask(suite, order(to=CN), by="somebody", agency="my_police")) == "Submitted"
    suite.appoint("office", "office asker", ASK)
    with reverts("NoCentralAuthority", OFFICE):
        ask(suite, by="office asker", agency="office")
    direct = ask(suite, direct_order(suite), by="office asker", agency="office")
    assert (
        suite.assistance.responsibleAt(direct, told(suite, direct, ACKNOWLEDGE_BY)) == suite.ids["my_police"]
    )


@pytest.mark.parametrize(
    ("kind", "competence"),
    [
        (Kind.POLICE_INFORMATION, POLICE_COOPERATION),
        (Kind.VERIFY_PERSONS, POLICE_COOPERATION),
        (Kind.OBSERVE_SITE, POLICE_COOPERATION),
        (Kind.DATA_EXCHANGE, POLICE_COOPERATION),
        (Kind.PRESERVE_DATA, DATA_PRESERVATION),
        (Kind.EMERGENCY_DISCLOSURE, ALWAYS_REACHABLE),
    ],
)
def test_the_contact_point_receives_what_names_nobody(suite: Suite, kind: Kind, competence: int) -> None:
    given = order(kind=kind)
    with reverts("NoContactPoint", MY, competence):
        ask(suite, given)
    set_contact(suite, "my_prosecutor", competence)
    request = ask(suite, given)
    assert told(suite, request, RECEIVER) == suite.ids["my_prosecutor"]
    assert status(suite, request) == "Sent"
    assert told(suite, request, FLAGS) == DIRECT


def test_what_is_urgent_goes_to_whoever_can_always_be_reached(suite: Suite) -> None:
    given = order("urgent", kind=Kind.DATA_EXCHANGE, urgency=1)
    with reverts("NoContactPoint", MY, POLICE_COOPERATION):
        ask(suite, given)
    set_contact(suite, "my_prosecutor", POLICE_COOPERATION)
    assert told(suite, ask(suite, given), RECEIVER) == suite.ids["my_prosecutor"]
    set_contact(suite, "my_police", ALWAYS_REACHABLE)
    assert told(suite, ask(suite, order("b", kind=8, urgency=1)), RECEIVER) == suite.ids["my_police"]
    assert told(suite, ask(suite, order("c", kind=8)), RECEIVER) == suite.ids["my_prosecutor"]


def test_an_agency_named_is_one_of_the_country(suite: Suite) -> None:
    for agency in (suite.ids["sg_police"], MY << 16 | 99):
        with reverts("NotOfJurisdiction", agency, MY):
            ask(suite, direct_order(suite, agency=agency))


def test_it_is_passed_on_by_the_own_authority_alone(suite: Suite) -> None:
    request = ask(suite)
    for by in ("my_transmitter", "sg_transmitter"):
        theirs = suite.ids[f"{by[:2]}_authority"]
        with reverts("NotTheAuthority", theirs, suite.ids["cn_authority"]):
            suite.assistance.passOn(request, MESSAGE, {"from": suite.actors[by]})
    with reverts("EmptyMessage"):
        suite.assistance.passOn(request, ZERO32, {"from": suite.cn_transmitter})
    with reverts("NoReason"):
        suite.assistance.declineToPassOn(request, 0, {"from": suite.cn_transmitter})
    event = do(suite, request, "declineToPassOn").events["NotPassedOnBy"]
    assert (event["authority"], event["reason"]) == (suite.ids["cn_authority"], 1)


# Receiving


def test_whoever_receives_acknowledges_with_a_secret(suite: Suite) -> None:
    request = bring_to(suite, "Sent")
    with reverts("NotTheReceiver", suite.ids["my_police"], suite.ids["my_authority"]):
        suite.assistance.acknowledge(request, THEIR_SECRET, {"from": suite.my_answerer})
    with reverts("EmptySecret"):
        suite.assistance.acknowledge(request, ZERO32, {"from": suite.my_transmitter})
    tx = suite.assistance.acknowledge(request, THEIR_SECRET, {"from": suite.my_authority_answerer})
    assert tx.events["Acknowledged"]["receiver"] == suite.ids["my_authority"]
    assert suite.assistance.secretsOf(request) == (hexed(SECRET), hexed(THEIR_SECRET))
    assert told(suite, request, EXECUTOR) == 0


def test_the_authority_there_assigns_and_may_change_its_mind(suite: Suite) -> None:
    request = bring_to(suite, "Received")
    authority, police, prosecutor = (suite.ids[f"my_{it}"] for it in ("authority", "police", "prosecutor"))
    by = {"from": suite.my_transmitter}
    with reverts("NotTheAuthority", suite.ids["cn_authority"], authority):
        suite.assistance.assign(request, police, MESSAGE, {"from": suite.cn_transmitter})
    with reverts("NotOfJurisdiction", suite.ids["sg_police"], MY):
        suite.assistance.assign(request, suite.ids["sg_police"], MESSAGE, by)
    with reverts("EmptyMessage"):
        suite.assistance.assign(request, police, ZERO32, by)
    for executor, message in ((authority, ZERO32), (police, MESSAGE), (prosecutor, MESSAGE)):
        event = suite.assistance.assign(request, executor, message, by).events["AssignedTo"]
        assert event["executor"] == executor == told(suite, request, EXECUTOR)
    with reverts("NotTheExecutor", police, prosecutor):
        do(suite, request, "accept")


def test_a_receiver_that_is_not_competent_passes_it_on(suite: Suite) -> None:
    request = ask(suite, direct_order(suite))
    due = (told(suite, request, ACKNOWLEDGE_BY), told(suite, request, ANSWER_BY))
    asker, police, prosecutor = (suite.ids[it] for it in ("cn_police", "my_police", "my_prosecutor"))
    by = {"from": suite.my_answerer}
    with reverts("NotOfJurisdiction", suite.ids["sg_police"], MY):
        suite.assistance.forward(request, suite.ids["sg_police"], MESSAGE, by)
    with reverts("EmptyMessage"):
        suite.assistance.forward(request, prosecutor, ZERO32, by)
    with reverts("InvalidOrder", 2):
        suite.assistance.forward(request, police, MESSAGE, by)
    with reverts("NotTheReceiver", prosecutor, police):
        suite.assistance.forward(request, police, MESSAGE, {"from": suite.my_prosecution_answerer})
    event = suite.assistance.forward(request, prosecutor, MESSAGE, by).events["Forwarded"]
    assert (event["from"], event["to"]) == (police, prosecutor)
    assert told(suite, request, FLAGS) == DIRECT | FORWARDED
    assert due == (told(suite, request, ACKNOWLEDGE_BY), told(suite, request, ANSWER_BY))
    assert [suite.assistance.openBetween(asker, it) for it in (police, prosecutor)] == [0, 1]
    # Once acknowledged it stays so; but what the first committed the second could not reveal.
    suite.assistance.acknowledge(request, THEIR_SECRET, {"from": suite.my_prosecution_answerer})
    suite.assistance.forward(request, police, MESSAGE, {"from": suite.my_prosecution_answerer})
    assert (status(suite, request), told(suite, request, EXECUTOR)) == ("Assigned", police)
    assert suite.assistance.secretsOf(request)[1] == hexed(ZERO32)


def test_what_came_through_an_authority_is_not_forwarded(suite: Suite) -> None:
    request = bring_to(suite, "Sent")
    with reverts("AssistanceInStatus", hexed(request), NUMBER["Sent"]):
        suite.assistance.forward(
            request, suite.ids["my_police"], MESSAGE, {"from": suite.my_authority_answerer}
        )


def test_the_authority_takes_over_what_is_late(suite: Suite) -> None:
    request = ask(suite, direct_order(suite))
    with reverts("NotTheAuthority", suite.ids["cn_authority"], suite.ids["my_authority"]):
        suite.assistance.assign(request, suite.ids["my_police"], MESSAGE, {"from": suite.cn_transmitter})
    with reverts("AssistanceInStatus", hexed(request), NUMBER["Sent"]):
        do(suite, request, "assign")
    do(suite, request, "pastReceipt", "assign")
    assert status(suite, request) == "Assigned"
    assert told(suite, request, 12) > told(suite, request, ACKNOWLEDGE_BY)


# Supplement, withdrawal, receipts


def test_the_asker_alone_supplements_and_withdraws(suite: Suite) -> None:
    request = bring_to(suite, "SupplementAsked")
    others = {"from": suite.cn_prosecution_asker}
    for call in (suite.assistance.supplement, suite.assistance.withdraw):
        with reverts("NotTheAsker", suite.ids["cn_prosecutor"], suite.ids["cn_police"]):
            call(request, 1, others)
    with reverts("EmptyMessage"):
        suite.assistance.supplement(request, ZERO32, {"from": suite.cn_asker})
    with reverts("NoReason"):
        suite.assistance.withdraw(request, 0, {"from": suite.cn_asker})
    tx = do(suite, request, "supplement")
    assert bytes(tx.events["Supplemented"]["message"]) == MESSAGE
    assert tx.events["StateChanged"]["state"] == NUMBER["Assigned"]
    assert do(suite, request, "withdraw").events["RequestWithdrawn"]["reason"] == 1


def test_whomever_it_concerns_shows_that_he_opened_a_message(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    for by, agency in (
        ("cn_asker", "cn_police"),
        ("cn_transmitter", "cn_authority"),
        ("my_transmitter", "my_authority"),
        ("my_answerer", "my_police"),
    ):
        tx = suite.assistance.confirmReceipt(request, PAPER, {"from": suite.actors[by]})
        event = tx.events["MessageReceived"]
        assert (event["agency"], event["officer"]) == (suite.ids[agency], suite.actors[by])
        assert bytes(event["message"]) == PAPER
    with reverts("NotYourRequest", suite.ids["sg_police"], hexed(request)):
        suite.assistance.confirmReceipt(request, PAPER, {"from": suite.sg_asker})
    with reverts("EmptyMessage"):
        suite.assistance.confirmReceipt(request, ZERO32, {"from": suite.cn_asker})
    with reverts("NotAuthorised"):
        suite.assistance.confirmReceipt(request, PAPER, {"from": suite.stranger})


@pytest.mark.parametrize("who", ["cn_asker", "stranger", "my_transmitter"])
def test_only_modules_move_states(suite: Suite, who: str) -> None:
    request, by = bring_to(suite, "Assigned"), {"from": suite.actors[who]}
    with reverts("NotTheModule", suite.actors[who]):
        suite.assistance.advance(request, NUMBER["Accepted"], 0, False, by)
    with reverts("NotTheModule", suite.actors[who]):
        suite.assistance.postpone(request, 2**39, by)


# How many are open


def test_requests_beyond_the_cap_are_marked(suite: Suite) -> None:
    asker, police = suite.ids["cn_police"], suite.ids["my_police"]
    requests = [ask(suite, direct_order(suite, f"order {number}")) for number in range(21)]
    assert suite.assistance.openBetween(asker, police) == 21
    assert [told(suite, it, FLAGS) for it in requests[19:]] == [DIRECT, DIRECT | BEYOND_CAP]
    do(suite, requests[0], "withdraw")
    do(suite, requests[1], "withdraw")
    assert suite.assistance.openBetween(asker, police) == 19
    assert told(suite, ask(suite, direct_order(suite, "another")), FLAGS) == DIRECT
    assert told(suite, requests[20], FLAGS) == DIRECT | BEYOND_CAP


@pytest.mark.parametrize(
    ("path", "number"),
    [
        *(("Submitted", 0), ("Sent", 1), ("Received", 1), ("Postponed", 1), ("Partial", 1), ("Stale", 0)),
        *(("Fulfilled", 0), ("Refused", 0), ("Withdrawn", 0), ("Disputed", 0), ("Confirmed", 0)),
    ],
)
def test_open_is_what_was_sent_lately_and_has_no_end(suite: Suite, path: str, number: int) -> None:
    bring_to(suite, path)
    assert suite.assistance.openBetween(suite.ids["cn_police"], suite.ids["my_authority"]) == number


def test_a_request_that_never_left_counts_nowhere(suite: Suite) -> None:
    request = ask(suite)
    do(suite, request, "withdraw")
    assert suite.assistance.openBetween(suite.ids["cn_police"], suite.ids["my_authority"]) == 0


def test_what_a_panel_leaves_is_not_counted_down_twice(suite: Suite) -> None:
    bring_to(suite, "Sent", order("another"))
    request = bring_to(suite, "Disputed")
    do(suite, request, "panelLeaves", "confirm")
    assert suite.assistance.openBetween(suite.ids["cn_police"], suite.ids["my_authority"]) == 1
