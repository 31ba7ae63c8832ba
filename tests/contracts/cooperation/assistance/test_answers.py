# SPDX-License-Identifier: Apache-2.0
"""Answers: who gives them, what they point at, and what a court makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import web3

from concordat.evidence.steps import mask
from tests.contracts.assets.stage import CASH, FREEZE, Profile, adopt_profiles, hold_id, target
from tests.contracts.assets.stage import order as freeze_order
from tests.contracts.assets.stage import request_id as freeze_id
from tests.contracts.clock import next_block_at, now, pass_time
from tests.contracts.cooperation.assistance.acts import (
    ACQUISITION,
    ACTS,
    ANSWERED_AT,
    DOCUMENT,
    FLAGS,
    FORMAL_DEFECT,
    FREEZE_REQUEST,
    GRANTED,
    GROUND,
    HOLD,
    IN_PART,
    NO,
    NUMBER,
    OTHER_GROUND,
    REFERENCE,
    WISHED,
    YES,
    ask,
    bring_to,
    direct_order,
    do,
    hexed,
    order,
    status,
    told,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER, Kind
from tests.contracts.reverts import reverts
from tests.contracts.suite import ASK, CN, ENDORSE, HOUR, JUDGE, MY, OBJECT, REQUEST, ZERO32, A, B, C, Suite

ROOT = bytes(web3.keccak(text="an acquisition"))
RULING = b"\x51" * 32
FOR_CHINA: dict[str, Any] = {"forum": CN, "checklist": PAPER}


def collected(suite: Suite) -> tuple[int, int, bytes]:
    """An acquisition of Malaysian police at home, without a list of the items: the reference to it."""
    facts = suite.facts(mask(A, C))
    suite.register(suite.collection(suite.collector, facts, root=ROOT), suite.collector)
    return (ACQUISITION, suite.ids["my_police"], ROOT)


def answer(suite: Suite, request: bytes, *references: Any, **changes: Any) -> Any:
    values = {"complete": True, "short": 0, "references": list(references), "message": MESSAGE}
    assert changes.keys() <= values.keys()
    given = (values | changes).values()
    return suite.answers.answer(request, *given, {"from": suite.my_answerer})


# Accepting, postponing, refusing


def test_it_is_accepted_without_conditions_or_with(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    assert suite.answers.acceptedAt(request) == 0
    tx = do(suite, request, "acceptWithConditions")
    event = tx.events["RequestAccepted"]
    assert (event["executor"], event["officer"]) == (suite.ids["my_police"], suite.my_answerer)
    assert bytes(event["conditions"]) == PAPER
    assert tx.events["StateChanged"]["state"] == NUMBER["AcceptedWithConditions"]
    assert suite.answers.conditionsOf(request) == hexed(PAPER)
    assert suite.answers.acceptedAt(request) == tx.timestamp

    other = ask(suite, order("another"))
    do(suite, other, "passOn", "acknowledge", "assign", "accept")
    assert suite.answers.conditionsOf(other) == hexed(ZERO32)


@pytest.mark.parametrize("granted", [False, True])
def test_presence_is_granted_or_refused_where_it_was_wished(suite: Suite, granted: bool) -> None:
    request = bring_to(suite, "Assigned", order(presence=True))
    tx = suite.answers.accept(request, PAPER, granted, {"from": suite.my_answerer})
    assert tx.events["RequestAccepted"]["presenceGranted"] is granted
    assert told(suite, request, FLAGS) == (WISHED | GRANTED if granted else WISHED)


def test_nobody_is_invited_who_did_not_ask(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    with reverts("PresenceNotWished", hexed(request)):
        suite.answers.accept(request, ZERO32, True, {"from": suite.my_answerer})


@pytest.mark.parametrize("act", ["accept", "askSupplement", "postpone", "begin", "refuse", "answer"])
def test_the_executor_alone_answers(suite: Suite, act: str) -> None:
    request = bring_to(suite, "Accepted" if act == "begin" else "Assigned")
    of_other_agencies = ("my_prosecution_answerer", "my_authority_answerer", "cn_answerer")
    assert set(ACTS[act].would(suite, request, *of_other_agencies)) == {"NotTheExecutor"}
    without_power = ("my_asker", "my_leader", "my_transmitter", "stranger", "my_police")
    assert set(ACTS[act].would(suite, request, *without_power)) == {"NotAuthorised"}
    assert ACTS[act].would(suite, request) == ["done"]


def test_who_refuses_says_why(suite: Suite) -> None:
    request, by = bring_to(suite, "Assigned"), {"from": suite.my_answerer}
    with reverts("NoGround"):
        suite.answers.refuse(request, 0, MESSAGE, by)
    with reverts("EmptyMessage"):
        suite.answers.refuse(request, FORMAL_DEFECT, ZERO32, by)
    tx = suite.answers.refuse(request, OTHER_GROUND, MESSAGE, by)
    assert tx.events["RequestRefused"]["ground"] == OTHER_GROUND == told(suite, request, GROUND)
    assert told(suite, request, ANSWERED_AT) == tx.timestamp


@pytest.mark.parametrize("reason", [0, 4])
def test_who_postpones_says_why(suite: Suite, reason: int) -> None:
    request, by = bring_to(suite, "Assigned"), {"from": suite.my_answerer}
    with reverts("NoGround"):
        suite.answers.postpone(request, now() + HOUR, reason, MESSAGE, by)
    with reverts("EmptyMessage"):
        suite.answers.postpone(request, now() + HOUR, 3, ZERO32, by)
    event = suite.answers.postpone(request, now() + HOUR, 3, MESSAGE, by).events["RequestPostponed"]
    assert (event["reason"], event["executor"]) == (3, suite.ids["my_police"])


def test_who_asks_a_supplement_says_what(suite: Suite) -> None:
    request, by = bring_to(suite, "Assigned"), {"from": suite.my_answerer}
    with reverts("EmptyMessage"):
        suite.answers.askSupplement(request, ZERO32, by)
    event = suite.answers.askSupplement(request, PAPER, by).events["SupplementAskedFor"]
    assert bytes(event["message"]) == PAPER


# What answers point at


def test_an_answer_points_at_something_that_is_there(suite: Suite) -> None:
    request = bring_to(suite, "Assigned")
    with reverts("NoReferences"):
        answer(suite, request)
    with reverts("TooManyReferences", 33, 32):
        answer(suite, request, *REFERENCE * 33)
    with reverts("EmptyMessage"):
        answer(suite, request, *REFERENCE, message=ZERO32)
    for kind in (0, ACQUISITION, FREEZE_REQUEST, HOLD):
        with reverts("ReferenceUnknown", hexed(PAPER)):
            answer(suite, request, (kind, suite.ids["my_police"], PAPER))
    with reverts("ReferenceUnknown", hexed(ZERO32)):
        answer(suite, request, (DOCUMENT, 0, ZERO32))
    event = answer(suite, request, *REFERENCE * 32).events["RequestAnswered"]
    assert event["complete"] is True
    assert [tuple(one) for one in event["references"]] == [(DOCUMENT, 0, hexed(PAPER))] * 32


@pytest.mark.parametrize("forum", [0, CN])
def test_an_acquisition_is_judged_for_the_forum_as_it_is_given(suite: Suite, forum: int) -> None:
    asked = order(**(FOR_CHINA if forum else {}))
    request, given = bring_to(suite, "Accepted", asked), collected(suite)
    police = suite.ids["my_police"]
    assert not suite.answers.answeredWith(request, police, ROOT)
    event = answer(suite, request, given).events["AcquisitionAnswered"]
    found = suite.evidence.assess(police, ROOT, CN)
    expected = (found[0], found[2] | found[3] | found[4]) if forum else (0, 0)
    assert (event["forum"], event["verdict"], event["missing"]) == (forum, *expected)
    assert (event["agency"], bytes(event["root"])) == (police, ROOT)
    assert suite.answers.answeredWith(request, police, ROOT)
    assert event["missing"] & mask(B) == (mask(B) if forum else 0)


def test_nobody_answers_with_what_a_third_country_collected(suite: Suite) -> None:
    request = bring_to(suite, "Accepted")
    facts = suite.facts(place=CN, data_location=CN)
    collection = suite.collection(suite.cn_collector, facts, "cn_police")
    suite.register(collection, suite.cn_collector)
    with reverts("ReferenceUnknown", hexed(ROOT)):
        answer(suite, request, (ACQUISITION, suite.ids["cn_police"], ROOT))


@pytest.mark.parametrize("granted", [True, False])
def test_what_the_askers_officials_collected_there_is_an_answer(suite: Suite, granted: bool) -> None:
    """Only under this very request, where their presence was granted."""
    request = bring_to(suite, "Assigned", order(presence=True, methods=1 << 2))
    suite.answers.accept(request, ZERO32, granted, {"from": suite.my_answerer})
    pass_time(2 * HOUR)
    given = suite.collection(suite.cn_collector, suite.facts(), "cn_police", mandate=request)
    if not granted:
        with reverts("MandateDoesNotCover", hexed(request)):
            suite.register(given, suite.cn_collector)
        return
    suite.register(given, suite.cn_collector)
    answer(suite, request, (ACQUISITION, suite.ids["cn_police"], ROOT))
    assert status(suite, request) == "Fulfilled"


def test_a_freeze_is_an_answer_once_it_binds_there(suite: Suite) -> None:
    suite.appoint("my_police", "my_requester", REQUEST)
    suite.appoint("cn_police", "cn_requester", REQUEST)
    suite.appoint("my_authority", "my_endorser", ENDORSE)
    profile = Profile(endorser=suite.ids["my_authority"])
    adopt_profiles(suite, "my_authority", MY, (FREEZE, CASH, profile))
    given = freeze_order(jurisdiction=MY)
    request, bank = bring_to(suite, "Accepted", order(kind=Kind.FREEZE_ASSETS)), suite.ids["my_bank"]
    for agency, by, ratifier in (
        ("my_police", "my_requester", "my_high_ratifier"),
        ("cn_police", "cn_requester", "cn_high_ratifier"),
    ):
        named = target(suite, agency, institution="my_bank")
        suite.requests.request(given, [named], {"from": suite.actors[by]})
        freeze = freeze_id(suite.ids[agency], given)
        reference = (FREEZE_REQUEST, suite.ids[agency], freeze)
        with reverts("ReferenceUnknown", hexed(freeze)):
            answer(suite, request, reference, complete=False)
        suite.requests.ratify(freeze, {"from": suite.actors[ratifier]})
        if agency == "cn_police":  # a foreign freeze binds by domestic approval alone
            with reverts("ReferenceUnknown", hexed(freeze)):
                answer(suite, request, reference, complete=False)
            suite.requests.endorse(freeze, {"from": suite.my_endorser})
        with reverts("ReferenceUnknown", hexed(freeze)):
            answer(suite, request, (FREEZE_REQUEST, suite.ids["my_court"], freeze), complete=False)
        hold = hold_id(freeze, named[1])
        with reverts("ReferenceUnknown", hexed(hold)):
            answer(suite, request, (HOLD, suite.ids["my_police"], hold), complete=False)
        answer(suite, request, reference, (HOLD, bank, hold), complete=False)
    assert status(suite, request) == "Partial"


@pytest.mark.parametrize("kind", [Kind.VERIFY_PERSONS, Kind.OBSERVE_SITE])
def test_some_questions_are_answered_without_lists(suite: Suite, kind: Kind) -> None:
    request = ask(suite, direct_order(suite, kind=kind))
    suite.assistance.acknowledge(request, MESSAGE, {"from": suite.my_answerer})
    with reverts("ShortAnswerMissing"):
        answer(suite, request)
    with reverts("TooManyReferences", 1, 0):
        answer(suite, request, *REFERENCE, short=YES)
    assert answer(suite, request, short=NO, complete=False).events["RequestAnswered"]["short"] == NO
    answer(suite, request, short=IN_PART)
    assert status(suite, request) == "Fulfilled"


def test_it_is_answered_in_parts(suite: Suite) -> None:
    request = bring_to(suite, "Executing")
    first = answer(suite, request, *REFERENCE, complete=False)
    assert (status(suite, request), told(suite, request, ANSWERED_AT)) == ("Partial", first.timestamp)
    next_block_at(now() + HOUR)
    answer(suite, request, *REFERENCE, complete=False)
    next_block_at(now() + HOUR)
    last = answer(suite, request, *REFERENCE)
    assert (status(suite, request), told(suite, request, ANSWERED_AT)) == ("Fulfilled", last.timestamp)


# The asker, and a court


def test_the_asker_alone_confirms(suite: Suite) -> None:
    request = bring_to(suite, "Fulfilled")
    answered = told(suite, request, ANSWERED_AT)
    with reverts("NotTheAsker", suite.ids["cn_prosecutor"], suite.ids["cn_police"]):
        suite.answers.confirm(request, {"from": suite.cn_prosecution_asker})
    with reverts("NotAuthorised", suite.my_answerer, ASK | OBJECT):
        suite.answers.confirm(request, {"from": suite.my_answerer})
    tx = do(suite, request, "confirm")
    assert tx.events["AnswerConfirmed"]["asker"] == suite.ids["cn_police"]
    assert told(suite, request, ANSWERED_AT) == answered


def test_a_court_excludes_what_was_answered_with(suite: Suite) -> None:
    request, given = bring_to(suite, "Accepted", order(**FOR_CHINA)), collected(suite)
    court, police = suite.ids["cn_court"], suite.ids["my_police"]
    by = {"from": suite.cn_judge}
    with reverts("NotAnswered", hexed(request), hexed(ROOT)):
        suite.answers.recordExclusion(request, police, ROOT, RULING, by)
    answer(suite, request, given)
    with reverts("EmptyMessage"):
        suite.answers.recordExclusion(request, police, ROOT, ZERO32, by)
    event = suite.answers.recordExclusion(request, police, ROOT, RULING, by).events["EvidenceExcluded"]
    assert (event["executor"], event["court"]) == (police, court)
    assert suite.answers.exclusionsOf(request) == 1
    assert suite.answers.answeredWith(request, police, ROOT)
    with reverts("AlreadyExcluded", hexed(request), hexed(ROOT)):
        suite.answers.recordExclusion(request, police, ROOT, RULING, by)


def test_a_court_of_the_proceedings_and_no_other(suite: Suite) -> None:
    request, police = bring_to(suite, "Accepted", order(**FOR_CHINA)), suite.ids["my_police"]
    answer(suite, request, collected(suite))
    suite.appoint("cn_police", "cn_police_judge", JUDGE)
    for by, agency in (("my_judge", "my_court"), ("sg_judge", "sg_court"), ("cn_police_judge", "cn_police")):
        with reverts("NotACourtOf", suite.ids[agency], CN):
            suite.answers.recordExclusion(request, police, ROOT, RULING, {"from": suite.actors[by]})
    with reverts("NotAuthorised", suite.cn_asker, JUDGE):
        suite.answers.recordExclusion(request, police, ROOT, RULING, {"from": suite.cn_asker})


def test_the_court_of_a_third_forum_decides_too(suite: Suite) -> None:
    """Evidence may be collected by the standard of the country where the trial will be."""
    request, police = bring_to(suite, "Accepted", order(forum=702, checklist=PAPER)), suite.ids["my_police"]
    answer(suite, request, collected(suite))
    with reverts("NotACourtOf", suite.ids["my_court"], 702):
        suite.answers.recordExclusion(request, police, ROOT, RULING, {"from": suite.my_judge})
    suite.answers.recordExclusion(request, police, ROOT, RULING, {"from": suite.sg_judge})


def test_no_request_is_no_request(suite: Suite) -> None:
    unknown = b"\x44" * 32
    for act in ("accept", "askSupplement", "postpone", "begin", "refuse", "answer", "confirm"):
        with reverts("NoSuchRequest", hexed(unknown)):
            do(suite, unknown, act)
    with reverts("NoSuchRequest", hexed(unknown)):
        suite.answers.recordExclusion(unknown, 1, ROOT, RULING, {"from": suite.cn_judge})
