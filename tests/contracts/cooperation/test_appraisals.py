# SPDX-License-Identifier: Apache-2.0
"""Opinions: by bodies that are accredited for the field, about the very item that was sent."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from concordat.cooperation.words import AppraisalField
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.stage import MESSAGE, PAPER, YEAR
from tests.contracts.gasbook import GasBook
from tests.contracts.reverts import reverts
from tests.contracts.suite import APPRAISE, ASK, DAY, LEAD, MY, ZERO32, Suite

DATA, ASSETS = AppraisalField.ELECTRONIC_DATA, AppraisalField.ASSETS
ITEM, OPINION, CERTIFICATE = b"\x31" * 32, b"\x32" * 32, b"\x33" * 32


def accredit(suite: Suite, body: str = "my_lab", field: int = DATA, period: int = YEAR) -> Any:
    by_authority = {"from": suite.actors[f"{body.split('_')[0]}_authority"]}
    return suite.appraisals.accredit(suite.ids[body], field, now() + period, CERTIFICATE, by_authority)


def ask(suite: Suite, by: str = "cn_asker", **changes: Any) -> Any:
    values = {
        "body": suite.ids["my_lab"],
        "field": DATA,
        "item": ITEM,
        "due": now() + 30 * DAY,
        "message": MESSAGE,
    }
    return suite.appraisals.ask(*(values | changes).values(), {"from": suite.actors[by]})


def asked(suite: Suite) -> bytes:
    """Malaysia's laboratory is accredited and asked by the police of China; the appraisal."""
    accredit(suite)
    ask(suite)
    values = (suite.ids["cn_police"], suite.ids["my_lab"], int(DATA), ITEM, MESSAGE)
    return bytes(web3.keccak(encode(["uint32", "uint32", "uint8", "bytes32", "bytes32"], values)))


def opine(suite: Suite, appraisal: bytes, by: str = "my_expert", item: bytes = ITEM) -> Any:
    return suite.appraisals.opine(appraisal, item, OPINION, {"from": suite.actors[by]})


def accredited(suite: Suite, at: int, body: str = "my_lab", field: int = DATA) -> bool:
    return bool(suite.appraisals.isAccreditedAt(suite.ids[body], field, at))


# Accreditation


def test_a_body_is_accredited_for_a_field_and_a_time(suite: Suite) -> None:
    tx = accredit(suite)
    start, until = tx.timestamp, tx.events["Accredited"]["until"]
    assert tx.events["Accredited"]["certificate"] == "0x" + CERTIFICATE.hex()
    times = (start - 1, start, until - 1, until)
    assert [accredited(suite, at) for at in times] == [False, True, True, False]
    assert not accredited(suite, start, field=ASSETS)
    assert not accredited(suite, start, body="sg_lab")


def test_what_ends_was_nevertheless(suite: Suite) -> None:
    """Years later it still shows who was accredited when; between two times nobody is."""
    first = accredit(suite).timestamp
    next_block_at(first + DAY)
    suite.appraisals.endAccreditation(suite.ids["my_lab"], DATA, {"from": suite.my_transmitter})
    next_block_at(first + 2 * DAY)
    accredit(suite)
    times = (first, first + DAY - 1, first + DAY, first + 2 * DAY - 1, first + 2 * DAY)
    assert [accredited(suite, at) for at in times] == [True, True, False, False, True]


def test_a_new_accreditation_replaces_the_one_that_runs(suite: Suite) -> None:
    accredit(suite)
    accredit(suite, period=DAY)
    assert accredited(suite, now())
    assert not accredited(suite, now() + DAY)


@pytest.mark.parametrize("field", [0, 6])
def test_fields_are_known(suite: Suite, field: int) -> None:
    with reverts("UnknownField", field):
        accredit(suite, field=field)


def test_an_accreditation_is_of_an_own_body_by_a_certificate(suite: Suite) -> None:
    lab, until = suite.ids["my_lab"], now() + DAY
    by_authority = {"from": suite.my_authority}
    with reverts("NotCentralAuthority", suite.sg_authority, MY):
        suite.appraisals.accredit(lab, DATA, until, CERTIFICATE, {"from": suite.sg_authority})
    with reverts("NotCentralAuthority", suite.my_lab, MY):
        suite.appraisals.accredit(lab, DATA, until, CERTIFICATE, {"from": suite.my_lab})
    with reverts("NoSuchAgency", lab + 90):
        suite.appraisals.accredit(lab + 90, DATA, until, CERTIFICATE, by_authority)
    with reverts("NoCertificate"):
        suite.appraisals.accredit(lab, DATA, until, ZERO32, by_authority)


@pytest.mark.parametrize(("ahead", "possible"), [(0, False), (1, True)])
def test_it_ends_later_than_it_begins(suite: Suite, ahead: int, possible: bool) -> None:
    lab, time = suite.ids["my_lab"], now() + DAY
    next_block_at(time)
    given = (lab, DATA, time + ahead, CERTIFICATE, {"from": suite.my_authority})
    if possible:
        suite.appraisals.accredit(*given)
        return
    with reverts("InvalidDue", time, time):
        suite.appraisals.accredit(*given)


def test_only_what_runs_is_ended(suite: Suite) -> None:
    lab = suite.ids["my_lab"]
    with reverts("NotAccredited", lab, DATA):
        suite.appraisals.endAccreditation(lab, DATA, {"from": suite.my_authority})
    accredit(suite)
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        suite.appraisals.endAccreditation(lab, DATA, {"from": suite.cn_authority})
    suite.appraisals.endAccreditation(lab, DATA, {"from": suite.my_authority})
    with reverts("NotAccredited", lab, DATA):
        suite.appraisals.endAccreditation(lab, DATA, {"from": suite.my_authority})


# Questions and opinions


def test_an_opinion_links_to_the_items_hash(suite: Suite) -> None:
    appraisal = asked(suite)
    given = opine(suite, appraisal).events["OpinionGiven"]
    assert (given["appraisal"], given["item"], given["opinion"]) == (
        "0x" + appraisal.hex(),
        "0x" + ITEM.hex(),
        "0x" + OPINION.hex(),
    )
    assert (given["body"], given["officer"]) == (suite.ids["my_lab"], suite.my_expert)
    item, opinion, given_at, due = suite.appraisals.opinionOf(appraisal)
    assert (bytes(item), bytes(opinion), given_at) == (ITEM, OPINION, now())
    assert due > given_at


def test_nobody_asks_a_body_that_is_not_accredited(suite: Suite) -> None:
    with reverts("NotAccredited", suite.ids["my_lab"], DATA):
        ask(suite)
    accredit(suite)
    with reverts("NotAccredited", suite.ids["my_lab"], ASSETS):
        ask(suite, field=ASSETS)


@pytest.mark.parametrize(("second", "possible"), [(-1, True), (0, False)])
def test_an_opinion_is_refused_from_the_second_of_its_end(suite: Suite, second: int, possible: bool) -> None:
    appraisal = asked(suite)
    suite.appraisals.accredit(
        suite.ids["my_lab"], DATA, end := now() + 10 * DAY, CERTIFICATE, {"from": suite.my_authority}
    )
    next_block_at(end + second)
    if possible:
        opine(suite, appraisal)
        return
    with reverts("NotAccredited", suite.ids["my_lab"], DATA):
        opine(suite, appraisal)


def test_an_opinion_about_another_item_is_none(suite: Suite) -> None:
    appraisal = asked(suite)
    with reverts("OtherItem", appraisal, PAPER):
        opine(suite, appraisal, item=PAPER)
    with reverts("EmptyOpinion"):
        suite.appraisals.opine(appraisal, ITEM, ZERO32, {"from": suite.my_expert})


def test_a_late_opinion_shows(suite: Suite) -> None:
    appraisal = asked(suite)
    next_block_at(now() + 31 * DAY)
    opine(suite, appraisal)
    _, _, given_at, due = suite.appraisals.opinionOf(appraisal)
    assert given_at > due


@pytest.mark.parametrize("by", ["cn_asker", "cn_leader", "my_leader"])
def test_who_asks(suite: Suite, by: str) -> None:
    accredit(suite)
    ask(suite, by=by)


def test_who_does_not(suite: Suite) -> None:
    accredit(suite)
    for by in ("cn_answerer", "stranger", "cn_police"):
        with reverts("NotAuthorised", suite.actors[by], ASK | LEAD):
            ask(suite, by=by)


def test_what_is_asked_is_something_new_with_time(suite: Suite) -> None:
    appraisal = asked(suite)
    with reverts("AppraisalExists", appraisal):
        ask(suite)
    with reverts("NothingToAppraise"):
        ask(suite, item=ZERO32)
    next_block_at(time := now() + DAY)
    with reverts("InvalidDue", time, time):
        ask(suite, due=time, message=PAPER)


def test_who_was_asked_answers(suite: Suite) -> None:
    appraisal = asked(suite)
    ours, theirs = suite.ids["my_lab"], suite.ids["sg_lab"]
    with reverts("NotAuthorised", suite.cn_asker, APPRAISE):
        opine(suite, appraisal, by="cn_asker")
    with reverts("NotTheBody", theirs, ours):
        opine(suite, appraisal, by="sg_expert")
    with reverts("NotTheBody", theirs, ours):
        suite.appraisals.decline(appraisal, 1, {"from": suite.sg_expert})
    with reverts("NoSuchAppraisal", PAPER):
        opine(suite, PAPER)


@pytest.mark.parametrize("declined", [False, True])
def test_it_is_answered_once(suite: Suite, declined: bool) -> None:
    appraisal = asked(suite)
    if declined:
        with reverts("NoReason"):
            suite.appraisals.decline(appraisal, 0, {"from": suite.my_expert})
        tx = suite.appraisals.decline(appraisal, 3, {"from": suite.my_expert})
        assert tx.events["AppraisalDeclined"]["reason"] == 3
    else:
        opine(suite, appraisal)
    with reverts("AppraisalAnswered", appraisal):
        opine(suite, appraisal)
    with reverts("AppraisalAnswered", appraisal):
        suite.appraisals.decline(appraisal, 1, {"from": suite.my_expert})


def test_gas(suite: Suite, gas: GasBook) -> None:
    appraisal = asked(suite)
    gas.note("appraisal: give an opinion", opine(suite, appraisal))
